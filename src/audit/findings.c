/* Collecting findings: one per identity, in an order that does not depend on how they came. */
#include "audit/findings.h"

#include "audit/base_part.h"
#include "audit/choice.h"
#include "audit/other_names.h"
#include "base/encoding.h"
#include "base/finding_order.h"
#include "base/secure.h"
#include "silt/checks.h"

#include <stdlib.h>

enum { FINGERPRINT_BYTES = (SILT_FINGERPRINT_SIZE - 1) / 2 };

/* Most findings are seen once: a list takes no room for more. Of the arena. */
struct seen {
	struct silt_sighting sighting;
	struct seen *before;
};

struct item {
	struct silt_finding finding;
	uint8_t id[FINGERPRINT_BYTES];
	struct seen *last;
	size_t seen_count;
};

struct silt_findings {
	struct silt_arena *arena;           /* borrows */
	struct silt_line_matches *matches;  /* borrows; NULL: names are shown as they are */
	const struct silt_context *context; /* borrows; NULL: everything is told, and of unknown heritage */
	struct item *items;                 /* owns */
	size_t count, capacity;
	struct silt_finding_counts counts;
	uint64_t left_out;
	size_t *slots; /* owns; open addressing over ids: number of the item and 1, 0 is free */
	size_t slot_count;
};

enum silt_status silt_findings_new(struct silt_arena *arena, struct silt_findings **out, struct silt_error *err)
{
	enum silt_status status = silt_secure_init(err);
	if (status != SILT_OK) {
		return status;
	}
	struct silt_findings *findings = calloc(1, sizeof(*findings));
	if (!findings) {
		return silt_fail_memory(err);
	}
	findings->arena = arena;
	*out = findings;
	return SILT_OK;
}

void silt_findings_free(struct silt_findings *findings)
{
	if (!findings) {
		return;
	}
	free(findings->items);
	silt_finding_counts_done(&findings->counts);
	free(findings->slots);
	free(findings);
}

/* ---- The table of identities --------------------------------------------------------------------------------------- */

/* The slot that has `id`, or the free one where it belongs. There is always a free one. */
static size_t *slot_of(const struct silt_findings *findings, const uint8_t id[FINGERPRINT_BYTES])
{
	size_t mask = findings->slot_count - 1;
	size_t at = (size_t)silt_table_hash(silt_bytes(id, FINGERPRINT_BYTES)) & mask;
	while (findings->slots[at] != 0 &&
	       memcmp(findings->items[findings->slots[at] - 1].id, id, FINGERPRINT_BYTES) != 0) {
		at = (at + 1) & mask;
	}
	return &findings->slots[at];
}

/* Keeps the table at most half full. */
static bool make_room(struct silt_findings *findings)
{
	if (findings->count < findings->slot_count / 2) {
		return true;
	}
	size_t wanted = findings->slot_count ? findings->slot_count * 2 : 64;
	size_t *slots = calloc(wanted, sizeof(*slots));
	if (!slots) {
		return false;
	}
	free(findings->slots);
	findings->slots = slots;
	findings->slot_count = wanted;
	for (size_t i = 0; i < findings->count; i++) {
		*slot_of(findings, findings->items[i].id) = i + 1;
	}
	return true;
}

/* ---- Adding -------------------------------------------------------------------------------------------------------- */

/* A copy of a C string; NULL becomes "". `*ok` becomes false if memory ran out. */
static const char *keep(struct silt_findings *findings, const char *text, bool *ok)
{
	struct silt_bytes copy = silt_arena_copy(findings->arena, silt_bytes_text(text));
	*ok = *ok && copy.ptr;
	return (const char *)copy.ptr;
}

void silt_findings_mask(struct silt_findings *findings, struct silt_line_matches *matches)
{
	findings->matches = matches;
}

void silt_findings_judge(struct silt_findings *findings, const struct silt_context *context)
{
	findings->context = context;
}

/* A copy of the name of a file as it is. `*ok` becomes false if memory ran out. */
static struct silt_bytes keep_name(struct silt_findings *findings, struct silt_bytes name, bool *ok)
{
	struct silt_buffer masked = {0};
	if (findings->matches) {
		*ok = *ok && silt_mask(findings->matches, name, &masked, NULL) == SILT_OK && !masked.failed;
		name = silt_buffer_bytes(&masked);
	}
	struct silt_bytes copy = silt_arena_copy(findings->arena, name);
	*ok = *ok && copy.ptr;
	silt_buffer_done(&masked);
	return copy;
}

/* A copy of text that may hold such names, escaped; NULL becomes "". */
static const char *keep_place(struct silt_findings *findings, const char *text, bool *ok)
{
	const char *copy = silt_mask_copy(findings->matches, silt_bytes_text(text), findings->arena);
	*ok = *ok && copy;
	return copy;
}

static enum silt_status append(struct silt_findings *findings, const struct silt_draft *draft, const uint8_t *id,
			       struct silt_error *err)
{
	bool ok = true;
	const struct silt_check_info *check = silt_checks_find(draft->rule);
	bool titled = draft->title || !check, remedied = draft->remedy || !check;
	struct item item = {.finding = {
				    .rule = check ? check->id : keep(findings, draft->rule, &ok),
				    .pattern = keep(findings, draft->pattern, &ok),
				    .title = titled ? keep(findings, draft->title, &ok) : check->title,
				    .severity = draft->severity,
				    .confidence = draft->confidence,
				    .subject = keep_place(findings, draft->subject, &ok),
				    .detail = keep_place(findings, draft->detail, &ok),
				    .remedy = remedied ? keep(findings, draft->remedy, &ok) : check->fix,
				    .suppressed = keep_place(findings, draft->suppressed, &ok),
				    .standing_why = "",
			    }};
	if (draft->secret.len > 0) {
		item.finding.secret = silt_arena_copy(findings->arena, draft->secret);
		ok = ok && item.finding.secret.ptr;
	}
	if (draft->public_id.len > 0) {
		item.finding.public_id = silt_arena_copy(findings->arena, draft->public_id);
		ok = ok && item.finding.public_id.ptr;
	}
	memcpy(item.id, id, sizeof(item.id));
	silt_hex(silt_bytes(item.id, FINGERPRINT_BYTES), item.finding.fingerprint);
	if (!ok || !silt_grow((void **)&findings->items, findings->count, &findings->capacity, sizeof(item))) {
		return silt_fail_memory(err);
	}
	findings->items[findings->count++] = item;
	return SILT_OK;
}

/* Counts one more finding of the rule. `*kept` false: it has as many as may be. */
static enum silt_status count_new(struct silt_findings *findings, const struct silt_draft *draft, bool *kept,
				  struct silt_error *err)
{
	const struct silt_limits *limits = silt_limits_or_default(findings->context ? findings->context->limits : NULL);
	struct silt_finding_count *count = silt_finding_count(&findings->counts, draft->rule);
	if (!count) {
		return silt_fail_memory(err);
	}
	*kept = count->kept < limits->value[SILT_LIMIT_FINDINGS_PER_CHECK];
	count->kept += *kept;
	count->dropped += !*kept;
	return SILT_OK;
}

const struct silt_finding_counts *silt_findings_counts(const struct silt_findings *findings)
{
	return &findings->counts;
}

enum silt_status silt_findings_add(struct silt_findings *findings, const struct silt_draft *draft, size_t *number,
				   struct silt_error *err)
{
	uint8_t id[FINGERPRINT_BYTES];
	silt_keyed_hash(draft->domain ? draft->domain : draft->rule, draft->identity, draft->identity_count, id,
			sizeof(id));
	if (!make_room(findings)) {
		return silt_fail_memory(err);
	}
	size_t *slot = slot_of(findings, id);
	*number = SILT_FINDING_DROPPED;
	if (*slot == 0) {
		bool kept = false;
		enum silt_status status = count_new(findings, draft, &kept, err);
		if (status == SILT_OK && kept) {
			status = append(findings, draft, id, err);
		}
		if (status != SILT_OK || !kept) {
			return status;
		}
		*slot = findings->count;
	}
	*number = *slot - 1;
	struct silt_finding *finding = &findings->items[*number].finding;
	if (draft->severity > finding->severity) {
		finding->severity = draft->severity;
	}
	if (draft->confidence > finding->confidence) {
		finding->confidence = draft->confidence;
	}
	if (!draft->suppressed) {
		finding->suppressed = "";
	}
	return SILT_OK;
}

static const struct silt_sighted_file *keep_file(struct silt_findings *findings, const struct silt_sighted_file *file,
						 bool *ok)
{
	struct silt_sighted_file *copy = file ? silt_arena_alloc(findings->arena, sizeof(*copy)) : NULL;
	if (copy) {
		*copy = *file;
		copy->digest = keep(findings, file->digest, ok);
	}
	*ok = *ok && (!file || copy);
	return copy;
}

enum silt_status silt_findings_sight(struct silt_findings *findings, size_t number,
				     const struct silt_sighting *sighting, struct silt_error *err)
{
	if (number == SILT_FINDING_DROPPED) {
		return SILT_OK;
	}
	struct item *item = &findings->items[number];
	bool ok = true;
	struct seen *seen = silt_arena_alloc(findings->arena, sizeof(*seen));
	struct silt_sighting copy = *sighting;
	copy.place = keep_place(findings, sighting->place, &ok);
	copy.member = keep_place(findings, sighting->member, &ok);
	copy.added_by = keep(findings, sighting->added_by, &ok);
	copy.hidden_by = keep(findings, sighting->hidden_by, &ok);
	copy.note = keep_place(findings, sighting->note, &ok);
	copy.path = keep_name(findings, sighting->path, &ok);
	copy.file = keep_file(findings, sighting->file, &ok);
	if (!ok || !seen) {
		return silt_fail_memory(err);
	}
	*seen = (struct seen){copy, item->last};
	item->last = seen;
	item->seen_count++;
	return SILT_OK;
}

/* ---- Order --------------------------------------------------------------------------------------------------------- */

static int order_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* A total order: only sightings that are equal in every field compare as 0. */
static int order_sightings(const void *left, const void *right)
{
	const struct silt_sighting *a = left, *b = right;
	const int by[] = {
		order_numbers(a->image, b->image),
		order_numbers(a->layer, b->layer),
		order_numbers(a->history_line + 1, b->history_line + 1), /* none, which is SIZE_MAX, first */
		strcmp(a->place, b->place),
		order_numbers(a->offset, b->offset),
		order_numbers(a->has_offset, b->has_offset),
		order_numbers(a->framing, b->framing),
		order_numbers(a->length, b->length),
		silt_bytes_compare(a->path, b->path),
		strcmp(a->member, b->member),
		order_numbers(a->fate, b->fate),
		order_numbers(a->cause_layer, b->cause_layer),
		strcmp(a->added_by, b->added_by),
		strcmp(a->hidden_by, b->hidden_by),
		order_numbers(a->resurrected, b->resurrected),
		strcmp(a->note, b->note),
		order_numbers(a->entry + 1, b->entry + 1),
	};
	for (size_t i = 0; i < SILT_COUNT(by); i++) {
		if (by[i] != 0) {
			return by[i];
		}
	}
	return 0;
}

/* The order of results that silt_findings_end promises. */
static int order_items(const void *left, const void *right)
{
	const struct silt_finding *a = &((const struct item *)left)->finding;
	const struct silt_finding *b = &((const struct item *)right)->finding;
	if (!*a->suppressed != !*b->suppressed) {
		return *a->suppressed ? 1 : -1;
	}
	return silt_finding_order(a, b);
}

/* Orders the sightings, drops what is there twice, and finds the worst fate. */
static enum silt_status settle_sightings(struct item *item, struct silt_arena *arena, struct silt_error *err)
{
	struct silt_finding *finding = &item->finding;
	struct silt_sighting *all = silt_arena_alloc(arena, item->seen_count * sizeof(*all));
	if (!all) {
		return silt_fail_memory(err);
	}
	size_t count = 0, kept = 0;
	for (const struct seen *seen = item->last; seen; seen = seen->before) {
		finding->exposure = seen->sighting.fate > finding->exposure ? seen->sighting.fate : finding->exposure;
		all[count++] = seen->sighting;
	}
	if (count > 1) {
		qsort(all, count, sizeof(*all), order_sightings);
	}
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || order_sightings(&all[kept - 1], &all[i]) != 0) {
			all[kept++] = all[i];
		}
	}
	finding->sightings = all;
	finding->sighting_count = kept;
	return SILT_OK;
}

enum silt_status silt_findings_end(struct silt_findings *findings, const struct silt_finding **out, size_t *count,
				   size_t *suppressed, struct silt_error *err)
{
	size_t apart = 0, kept = 0;
	const struct silt_context *context = findings->context;
	const struct silt_options *options = context ? context->options : NULL;
	struct silt_finding *all = silt_arena_alloc(findings->arena, findings->count * sizeof(*all));
	if (!all) {
		return silt_fail_memory(err);
	}
	if (findings->count > 0) {
		qsort(findings->items, findings->count, sizeof(*findings->items), order_items);
	}
	for (size_t i = 0; i < findings->count; i++) {
		struct item *item = &findings->items[i];
		if (!silt_choice_wants(options, item->finding.rule, item->finding.pattern)) {
			findings->left_out +=
				silt_choice_leaves_out(options, item->finding.rule, item->finding.pattern);
			continue;
		}
		enum silt_status status = settle_sightings(item, findings->arena, err);
		if (status != SILT_OK) {
			return status;
		}
		if (context) {
			item->finding.heritage =
				silt_heritage_of_places(context, item->finding.sightings, item->finding.sighting_count);
		}
		all[kept++] = item->finding;
		apart += *item->finding.suppressed != '\0';
	}
	*out = all;
	*count = kept - apart;
	*suppressed = apart;
	return context ? silt_other_names_tell(context, findings->matches, all, kept, err) : SILT_OK;
}

uint64_t silt_findings_left_out(const struct silt_findings *findings)
{
	return findings->left_out;
}
