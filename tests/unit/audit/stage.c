#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void demand(bool ok)
{
	if (!ok) {
		abort();
	}
}

static struct silt_bytes copied(struct silt_arena *arena, struct silt_bytes bytes)
{
	struct silt_bytes copy = silt_arena_copy(arena, bytes);
	demand(copy.ptr != NULL);
	return copy;
}

static void *grown(void *items, size_t count, size_t size)
{
	void *more = realloc(items, (count + 1) * size);
	demand(more != NULL);
	memset((char *)more + count * size, 0, size);
	return more;
}

static struct silt_record *new_record(void)
{
	struct silt_record *record = calloc(1, sizeof(*record));
	demand(record != NULL);
	record->complete = true;
	return record;
}

void stage_begin(struct stage *stage)
{
	*stage = (struct stage){0};
	stage->outer = new_record();
	stage->image = (struct silt_declared_image){
		.config_member = SILT_MEMBER_NONE,
		.manifest_member = SILT_MEMBER_NONE,
		.layers = stage->declared_layers,
	};
	stage->declared = (struct silt_images){.images = &stage->image, .count = 1, .referenced = stage->referenced};
}

void stage_end(struct stage *stage)
{
	silt_findings_free(stage->findings);
	silt_rootfs_free(stage->rootfs);
	for (size_t i = 0; i < stage->record_count; i++) {
		silt_record_free(stage->records[i]);
	}
	silt_record_free(stage->outer);
	silt_inventory_done(&stage->inventory);
	silt_arena_done(&stage->arena);
}

int stage_setup(void **state)
{
	static struct stage stage;
	stage_begin(&stage);
	*state = &stage;
	return 0;
}

int stage_teardown(void **state)
{
	stage_end(*state);
	return 0;
}

/* ---- Members ------------------------------------------------------------------------------------------------------- */

static struct silt_record *add_member(struct stage *stage, struct silt_member member, bool referenced)
{
	demand(stage->inventory.count < STAGE_MEMBERS_MAX);
	member.entry = (uint32_t)stage->inventory.count;
	member.record = (uint32_t)stage->record_count;
	stage->referenced[stage->inventory.count] = referenced;
	demand(silt_inventory_add(&stage->inventory, &member, NULL) == SILT_OK);
	stage->records[stage->record_count] = new_record();
	return stage->records[stage->record_count++];
}

size_t stage_layer(struct stage *stage, const char *instruction)
{
	demand(stage->layer_count < STAGE_LAYERS_MAX);
	size_t layer = stage->layer_count++;
	char name[32];
	snprintf(name, sizeof(name), "layer%zu", layer);
	stage->declared_layers[layer].member = (uint32_t)stage->inventory.count;
	stage->image.layer_count = stage->layer_count;
	stage->instructions[layer] = instruction;
	stage->layers[layer] =
		add_member(stage, (struct silt_member){.name = silt_bytes_text(name), .kind = SILT_MEMBER_TAR}, true);
	return layer;
}

struct silt_record *stage_stray(struct stage *stage, const char *name)
{
	return add_member(stage, (struct silt_member){.name = silt_bytes_text(name), .kind = SILT_MEMBER_TAR}, false);
}

struct silt_record *stage_document(struct stage *stage, const char *name, enum silt_document_kind kind,
				   const char *json, bool used)
{
	struct silt_member member = {
		.name = silt_bytes_text(name), .kind = SILT_MEMBER_DOCUMENT, .document_kind = kind};
	struct silt_error err = {0};
	if (silt_json_parse(silt_bytes_text(json), &member.document, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	if (used && kind == SILT_DOCUMENT_CONFIG) {
		stage->image.config_member = (uint32_t)stage->inventory.count;
		demand(silt_config_read(member.document, &stage->arena, &stage->image.config, NULL) == SILT_OK);
		stage->audited.config = add_member(stage, member, used);
		return stage->records[stage->record_count - 1];
	}
	return add_member(stage, member, used);
}

struct silt_record *stage_record(struct stage *stage, size_t layer)
{
	return stage->records[stage->inventory.members[stage->declared_layers[layer].member].record];
}

/* ---- Entries ------------------------------------------------------------------------------------------------------- */

static enum silt_whiteout whiteout_of(struct silt_bytes name)
{
	if (silt_bytes_equal(name, SILT_LITERAL(".wh..wh..opq"))) {
		return SILT_WHITEOUT_OPAQUE;
	}
	return silt_bytes_start_with(name, SILT_LITERAL(".wh.")) ? SILT_WHITEOUT_FILE : SILT_WHITEOUT_NONE;
}

uint32_t stage_entry(struct silt_record *record, enum silt_entry_type type, const char *path, unsigned mode)
{
	struct silt_bytes whole = silt_bytes_text(path);
	record->entries = grown(record->entries, record->entry_count, sizeof(*record->entries));
	struct silt_entry *entry = &record->entries[record->entry_count];
	*entry = (struct silt_entry){
		.size = type == SILT_ENTRY_FILE ? 100 : 0,
		.mode = (uint16_t)mode,
		.type = (uint8_t)type,
		.whiteout = (uint8_t)whiteout_of(silt_path_basename(whole)),
	};
	demand(silt_entry_set_path(&record->texts, entry, whole));
	return (uint32_t)record->entry_count++;
}

static struct silt_extra *extra_of(struct silt_record *record, uint32_t index)
{
	size_t at = 0;
	while (at < record->extra_count && record->extras[at].entry < index) {
		at++;
	}
	if (!(record->entries[index].flags & SILT_ENTRY_HAS_EXTRA)) {
		record->extras = grown(record->extras, record->extra_count, sizeof(*record->extras));
		memmove(&record->extras[at + 1], &record->extras[at],
			(record->extra_count - at) * sizeof(*record->extras));
		record->extras[at] = (struct silt_extra){.entry = index};
		record->extra_count++;
		record->entries[index].flags |= SILT_ENTRY_HAS_EXTRA;
	}
	return &record->extras[at];
}

uint32_t stage_link(struct silt_record *record, enum silt_entry_type type, const char *path, const char *to)
{
	uint32_t entry = stage_entry(record, type, path, type == SILT_ENTRY_SYMLINK ? 0777 : 0755);
	demand(silt_text_pool_add(&record->texts, silt_bytes_text(to), &extra_of(record, entry)->link));
	return entry;
}

void stage_capability(struct silt_record *record, uint32_t entry, struct silt_bytes value)
{
	demand(silt_text_pool_add(&record->texts, value, &extra_of(record, entry)->capability));
}

void stage_capture(struct silt_record *record, uint32_t entry, const char *body)
{
	record->captures = grown(record->captures, record->capture_count, sizeof(*record->captures));
	record->captures[record->capture_count++] =
		(struct silt_capture){entry, copied(&record->arena, silt_bytes_text(body)), true};
}

struct silt_program *stage_program(struct silt_record *record, uint32_t entry, enum silt_program_kind kind,
				   const char *interpreter)
{
	record->entries[entry].program = (uint8_t)kind;
	record->programs = grown(record->programs, record->program_count, sizeof(*record->programs));
	struct silt_program *program = &record->programs[record->program_count++];
	*program = (struct silt_program){.entry = entry, .kind = kind};
	program->interpreter = copied(&record->arena, silt_bytes_text(interpreter));
	return program;
}

/* ---- Hits and anomalies -------------------------------------------------------------------------------------------- */

struct silt_hit *stage_hit(struct silt_record *record, enum silt_hit_place place, uint32_t entry,
			   const struct silt_rule *rule, const char *value)
{
	record->hits = grown(record->hits, record->hit_count, sizeof(*record->hits));
	struct silt_hit *hit = &record->hits[record->hit_count++];
	*hit = (struct silt_hit){
		.rule = rule,
		.place = place,
		.severity = rule->severity,
		.confidence = rule->confidence,
		.entry = entry,
		.offset = 10,
		.length = strlen(value),
		.preview = "ghp_... (40 bytes)",
	};
	struct silt_bytes start = silt_bytes_slice(silt_bytes_text(value), 0, sizeof(hit->value));
	memcpy(hit->value, start.ptr, start.len);
	return hit;
}

void stage_public(struct silt_record *record, uint32_t entry, const char *what, const char *inner, const char *id)
{
	record->public_halves = grown(record->public_halves, record->public_count, sizeof(*record->public_halves));
	struct silt_public_half *half = &record->public_halves[record->public_count++];
	*half = (struct silt_public_half){.entry = entry, .what = what, .inner = silt_bytes_text(inner)};
	memcpy(half->id, id, sizeof(half->id));
}

struct silt_hit *stage_field_hit(struct silt_record *record, const char *field, uint64_t offset,
				 const struct silt_rule *rule, const char *value)
{
	struct silt_hit *hit = stage_hit(record, SILT_HIT_FIELD, UINT32_MAX, rule, value);
	hit->field = field;
	hit->offset = offset;
	return hit;
}

void stage_fact(struct silt_record *record, uint32_t entry, enum silt_fact_kind kind, uint32_t line, const char *text)
{
	record->facts = grown(record->facts, record->fact_count, sizeof(*record->facts));
	record->facts[record->fact_count++] =
		(struct silt_fact){entry, line, kind, copied(&record->arena, silt_bytes_text(text))};
}

void stage_anomaly(struct silt_record *record, enum silt_anomaly_kind kind, uint32_t entry, const char *text)
{
	record->anomalies = grown(record->anomalies, record->anomaly_count, sizeof(*record->anomalies));
	record->anomalies[record->anomaly_count++] = (struct silt_anomaly){.kind = kind, .entry = entry, .text = text};
	record->anomaly_totals[kind]++;
}

/* ---- Running ------------------------------------------------------------------------------------------------------- */

static void run(struct stage *stage, silt_check_fn *check)
{
	struct silt_error err = {0};
	stage->audited.layers = stage->layers;
	stage->audited.instructions = stage->instructions;
	stage->audited.layer_count = stage->layer_count;
	demand(silt_rootfs_new(NULL, &stage->rootfs, &err) == SILT_OK);
	for (size_t i = 0; i < stage->layer_count; i++) {
		demand(silt_rootfs_push(stage->rootfs, stage->layers[i], &err) == SILT_OK);
	}
	demand(silt_rootfs_finish(stage->rootfs, &err) == SILT_OK);
	stage->audited.rootfs = stage->rootfs;
	struct silt_context context = {
		.inventory = &stage->inventory,
		.images_declared = &stage->declared,
		.records = (const struct silt_record *const *)stage->records,
		.record_count = stage->record_count,
		.outer = stage->outer,
		.images = &stage->audited,
		.image_count = 1,
		.arena = &stage->arena,
		.now = stage->now,
	};
	demand(silt_findings_new(&stage->arena, &stage->findings, &err) == SILT_OK);
	if (check(&context, stage->findings, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	demand(silt_findings_end(stage->findings, &stage->found, &stage->found_count, &stage->suppressed_count, &err) ==
	       SILT_OK);
}

void stage_run(struct stage *stage, silt_check_fn *check)
{
	stage->audited.declared = &stage->image;
	run(stage, check);
}

void stage_run_bare(struct stage *stage, silt_check_fn *check)
{
	stage->declared.count = 0;
	stage->layers[0] = stage->outer;
	stage->instructions[0] = "";
	stage->layer_count = 1;
	run(stage, check);
}

static void print_findings(const struct stage *stage)
{
	for (size_t i = 0; i < stage->found_count; i++) {
		print_error("  %s %s: %s: %s\n", silt_severity_name(stage->found[i].severity), stage->found[i].rule,
			    stage->found[i].subject, stage->found[i].detail);
	}
}

const struct silt_finding *stage_only(const struct stage *stage)
{
	if (stage->found_count != 1) {
		print_findings(stage);
		fail_msg("expected one finding, found %zu", stage->found_count);
	}
	return &stage->found[0];
}

const struct silt_finding *stage_found(const struct stage *stage, const char *rule)
{
	const struct silt_finding *found = NULL;
	size_t count = 0;
	for (size_t i = 0; i < stage->found_count; i++) {
		if (strcmp(stage->found[i].rule, rule) == 0) {
			found = &stage->found[i];
			count++;
		}
	}
	if (count != 1) {
		print_findings(stage);
		fail_msg("expected one finding of %s, found %zu", rule, count);
	}
	return found;
}
