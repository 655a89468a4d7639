/* The check of secrets: one finding per secret, with every place where it was seen. */
#include "audit/checks.h"

#include "audit/public_halves.h"
#include "audit/secret_list.h"
#include "audit/secret_marks.h"
#include "audit/secret_places.h"
#include "base/date.h"

#include <stdlib.h>

/* Of a published test key or a key of the documentation. */
#define PUBLIC_REMEDY "Nothing to rotate, the value is public. Should it guard anything, replace it there."

/* What findings are made with. */
struct reporter {
	const struct silt_context *context;
	const struct silt_public_halves *halves;
	const struct silt_secret_marks *marks;
	struct silt_findings *findings;
};

/* All the places of one secret: a run of the ordered list. */
struct group {
	const struct silt_secret *items;
	size_t count;
};

/* ---- Choosing ------------------------------------------------------------------------------------------------------ */

static int order_secrets(const void *left, const void *right)
{
	const struct silt_secret *a = left, *b = right;
	int order = memcmp(a->value, b->value, sizeof(a->value));
	if (order != 0) {
		return order;
	}
	return (a->rule != NULL) - (b->rule != NULL);
}

static bool same_secret(const struct silt_secret *a, const struct silt_secret *b)
{
	return memcmp(a->value, b->value, sizeof(a->value)) == 0 && !a->rule == !b->rule;
}

/* A total order over the places of one secret, so that the choice does not depend on the order of arrival. */
static bool is_better_place(const struct silt_secret *a, const struct silt_secret *b)
{
	if (a->sighting.fate != b->sighting.fate) {
		return a->sighting.fate > b->sighting.fate;
	}
	if (a->sighting.image != b->sighting.image) {
		return a->sighting.image < b->sighting.image;
	}
	if (a->sighting.layer != b->sighting.layer) {
		return a->sighting.layer < b->sighting.layer;
	}
	return strcmp(a->sighting.place, b->sighting.place) < 0;
}

/* Of the places of the worst kind the most exposed one. */
static const struct silt_secret *best_place(const struct group *group)
{
	const struct silt_secret *best = &group->items[0];
	for (size_t i = 1; i < group->count; i++) {
		const struct silt_secret *other = &group->items[i];
		if (other->where != best->where ? other->where < best->where : is_better_place(other, best)) {
			best = other;
		}
	}
	return best;
}

/* Several rules may match one value: the surest names it, then the most severe, then the first by id. */
static const struct silt_rule *best_rule(const struct group *group)
{
	const struct silt_secret *best = &group->items[0];
	for (size_t i = 1; best->rule && i < group->count; i++) {
		const struct silt_secret *other = &group->items[i];
		bool better = other->confidence != best->confidence ? other->confidence > best->confidence
			      : other->severity != best->severity   ? other->severity > best->severity
								    : strcmp(other->rule->id, best->rule->id) < 0;
		best = better ? other : best;
	}
	return best->rule;
}

static bool has_expired(const struct silt_secret *secret, int64_t now)
{
	return secret->expires != 0 && now != 0 && secret->expires < now;
}

static enum silt_severity severity_of(const struct silt_secret *secret, int64_t now)
{
	bool lower = has_expired(secret, now) && secret->severity > SILT_SEVERITY_LOW;
	enum silt_severity severity = lower ? SILT_SEVERITY_LOW : secret->severity;
	return secret->rule ? silt_secret_place_severity(secret->where, severity, secret->confidence) : severity;
}

static void worst_of(const struct group *group, int64_t now, struct silt_draft *draft)
{
	for (size_t i = 0; i < group->count; i++) {
		enum silt_severity severity = severity_of(&group->items[i], now);
		if (severity > draft->severity) {
			draft->severity = severity;
		}
		if (group->items[i].confidence > draft->confidence) {
			draft->confidence = group->items[i].confidence;
		}
	}
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

/* The sightings tell which layer added and hid it; this is what follows from it. */
static const char *why_content(const struct silt_sighting *sighting)
{
	if (sighting->layer == SIZE_MAX) {
		return "It belongs to no image, but whoever has the file can read it.";
	}
	return sighting->fate == SILT_FATE_VISIBLE ? ""
						   : "What a later layer deletes or replaces stays in the image: "
						     "whoever has it can read the secret.";
}

static void begin_sentence(struct silt_buffer *out)
{
	silt_buffer_add_text(out, out->len > 0 ? " " : "");
}

static void tell_sentence(struct silt_buffer *out, const char *sentence)
{
	if (*sentence) {
		begin_sentence(out);
		silt_buffer_add_text(out, sentence);
	}
}

static void tell_facts(struct silt_buffer *out, const struct silt_secret *best, int64_t now)
{
	if (*best->facts) {
		begin_sentence(out);
		silt_buffer_printf(out, "%s.", best->facts);
	}
	if (best->expires != 0) {
		char date[SILT_DATE_SIZE];
		begin_sentence(out);
		silt_buffer_printf(out, "It %s %s.", has_expired(best, now) ? "expired on" : "is valid until",
				   silt_date_text(best->expires, date));
	}
}

/*
 * The facts of the value first, then what it opens, then what follows from its place. Equal values have equal facts and
 * ids.
 */
static void tell(struct silt_buffer *out, const struct silt_secret *best, const struct silt_public_halves *halves,
		 int64_t now)
{
	tell_facts(out, best, now);
	if (best->public_id) {
		silt_public_halves_tell(halves, best->public_id, out);
	}
	tell_sentence(out, silt_secret_place(best->where)->why);
	tell_sentence(out, best->where <= SILT_SECRET_IN_CONTENT ? why_content(&best->sighting) : "");
	tell_sentence(out, best->rule ? "" : "Its name gives it away; the value has no known format.");
}

/* True if the secret was seen nowhere but in unmodified files of packages. */
static bool is_suppressed(const struct group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		if (!group->items[i].suppressed) {
			return false;
		}
	}
	return true;
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

/* A place that would be no finding by itself says so, unless the whole finding says it. */
static enum silt_status sight(const struct reporter *reporter, size_t number, const struct silt_secret *secret,
			      const char *said, struct silt_error *err)
{
	struct silt_sighting sighting = secret->sighting;
	if (secret->suppressed && (!said || strcmp(secret->suppressed, said) != 0)) {
		sighting.note = silt_arena_printf(reporter->context->arena, "%s%s%s", sighting.note,
						  *sighting.note ? "; " : "", secret->suppressed);
	}
	if (!sighting.note) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_secret_mark(reporter->marks, &sighting, err);
	return status == SILT_OK ? silt_findings_sight(reporter->findings, number, &sighting, err) : status;
}

static enum silt_status sight_all(const struct reporter *reporter, size_t number, const struct group *group,
				  const char *said, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < group->count && status == SILT_OK; i++) {
		status = sight(reporter, number, &group->items[i], said, err);
	}
	return status;
}

static struct silt_bytes public_id_of(const struct silt_secret *secret)
{
	static const uint8_t unknown[SILT_PUBLIC_ID_SIZE];
	const bool known = secret->public_id && memcmp(secret->public_id, unknown, sizeof(unknown)) != 0;
	return known ? silt_bytes(secret->public_id, SILT_PUBLIC_ID_SIZE) : (struct silt_bytes){0};
}

static enum silt_status report(const struct reporter *reporter, const struct group *group, struct silt_error *err)
{
	const struct silt_context *context = reporter->context;
	struct silt_findings *findings = reporter->findings;
	const struct silt_secret *best = best_place(group);
	const struct silt_rule *rule = best_rule(group);
	const struct silt_bytes identity = silt_bytes(best->value, sizeof(best->value));
	const char *place_rule = silt_secret_place(best->where)->rule;
	struct silt_draft draft = {
		.rule = place_rule || !rule ? place_rule : rule->id,
		.pattern = rule ? rule->id : NULL,
		.title = rule ? rule->title : NULL,
		.remedy = rule ? rule->remedy : NULL,
		.suppressed = is_suppressed(group) ? best->suppressed : NULL,
		.domain = rule ? "secret" : "secret-name",
		.identity = &identity,
		.identity_count = 1,
	};
	worst_of(group, context->now, &draft);
	if (draft.severity == SILT_SEVERITY_INFO) {
		draft.remedy = PUBLIC_REMEDY;
	}
	draft.secret = best->bytes;
	draft.public_id = public_id_of(best);
	draft.subject = silt_arena_printf(context->arena, "%s in %s", best->preview, best->sighting.place);
	struct silt_buffer detail = {0};
	tell(&detail, best, reporter->halves, context->now);
	draft.detail = silt_buffer_text(&detail);
	enum silt_status status = draft.subject && !detail.failed ? SILT_OK : silt_fail_memory(err);
	size_t number;
	if (status == SILT_OK) {
		status = silt_findings_add(findings, &draft, &number, err);
	}
	if (status == SILT_OK) {
		status = sight_all(reporter, number, group, draft.suppressed, err);
	}
	silt_buffer_done(&detail);
	return status;
}

static enum silt_status report_groups(struct silt_secret_list *list, struct silt_findings *findings,
				      struct silt_error *err)
{
	struct silt_public_halves halves = {0};
	struct silt_secret_marks marks;
	const struct reporter reporter = {list->context, &halves, &marks, findings};
	if (list->count == 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_secret_marks_init(&marks, list->context, err);
	if (status == SILT_OK) {
		status = silt_public_halves_init(&halves, list->context, err);
	}
	qsort(list->items, list->count, sizeof(*list->items), order_secrets);
	for (size_t first = 0, next; first < list->count && status == SILT_OK; first = next) {
		for (next = first + 1; next < list->count && same_secret(&list->items[first], &list->items[next]);) {
			next++;
		}
		struct group group = {&list->items[first], next - first};
		status = report(&reporter, &group, err);
	}
	silt_public_halves_done(&halves);
	silt_secret_marks_done(&marks);
	return status;
}

enum silt_status silt_check_secrets(const struct silt_context *context, struct silt_findings *findings,
				    struct silt_error *err)
{
	struct silt_secret_list list = {.context = context};
	enum silt_status status = silt_secrets_in_layers(&list, err);
	if (status == SILT_OK) {
		status = silt_secrets_in_documents(&list, err);
	}
	if (status == SILT_OK) {
		status = silt_secrets_by_name(&list, err);
	}
	if (status == SILT_OK) {
		status = report_groups(&list, findings, err);
	}
	silt_secret_list_done(&list);
	return status;
}
