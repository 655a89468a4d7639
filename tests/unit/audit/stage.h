/*
 * A stage for checks: images made of hand-written layer records on the real rootfs. A test that runs out of memory
 * aborts.
 *
 *     struct stage stage;
 *     stage_begin(&stage);
 *     size_t layer = stage_layer(&stage, "COPY key /key");
 *     stage_file(&stage, layer, "key", 0600);
 *     stage_hit(&stage, layer, 0, &rule, "value");
 *     stage_run(&stage, silt_check_secrets);
 *     assert_string_equal(stage_only(&stage)->rule, "some-rule");
 *     stage_end(&stage);
 */
#ifndef SILT_TESTS_STAGE_H
#define SILT_TESTS_STAGE_H

#include "audit/checks.h"

enum { STAGE_LAYERS_MAX = 8, STAGE_MEMBERS_MAX = 16 };

struct stage {
	struct silt_arena arena;
	struct silt_inventory inventory;
	struct silt_images declared;
	struct silt_declared_image image;
	struct silt_declared_layer declared_layers[STAGE_LAYERS_MAX];
	bool referenced[STAGE_MEMBERS_MAX];
	struct silt_record *records[STAGE_MEMBERS_MAX];
	size_t record_count;
	struct silt_record *outer;
	const struct silt_record *layers[STAGE_LAYERS_MAX];
	const char *instructions[STAGE_LAYERS_MAX];
	size_t layer_count;
	struct silt_audited_image audited;
	struct silt_rootfs *rootfs;
	struct silt_findings *findings;
	const struct silt_finding *found;
	size_t found_count;
	int64_t now;             /* 0 unless the test says so */
	size_t suppressed_count; /* behind those found */
};

void stage_begin(struct stage *stage);
void stage_end(struct stage *stage);

/* For one test: a stage as its state. */
int stage_setup(void **state);
int stage_teardown(void **state);

/* One more layer of the image, in a member "layerN"; its number. */
size_t stage_layer(struct stage *stage, const char *instruction);
/* A tar that no image uses; the record is the stage's. */
struct silt_record *stage_stray(struct stage *stage, const char *name);
/* The config of the image, or (`used` false) another document. The record is the stage's. */
struct silt_record *stage_document(struct stage *stage, const char *name, enum silt_document_kind kind,
				   const char *json, bool used);

/* The record of a layer. */
struct silt_record *stage_record(struct stage *stage, size_t layer);

/* Entries; the index within the record. `to` is the target. */
uint32_t stage_entry(struct silt_record *record, enum silt_entry_type type, const char *path, unsigned mode);
uint32_t stage_link(struct silt_record *record, enum silt_entry_type type, const char *path, const char *to);
void stage_capability(struct silt_record *record, uint32_t entry, struct silt_bytes value);
void stage_capture(struct silt_record *record, uint32_t entry, const char *body);
/* Says what the entry, above that of the last call, is as a program. Valid until the next call with that record. */
struct silt_program *stage_program(struct silt_record *record, uint32_t entry, enum silt_program_kind kind,
				   const char *interpreter);

/* Hits of `rule`; equal values give equal ids. */
struct silt_hit *stage_hit(struct silt_record *record, enum silt_hit_place place, uint32_t entry,
			   const struct silt_rule *rule, const char *value);
/* A public half: 16 bytes of `id`. */
void stage_public(struct silt_record *record, uint32_t entry, const char *what, const char *inner, const char *id);
/* In a field of a document, at `offset` of its string. */
struct silt_hit *stage_field_hit(struct silt_record *record, const char *field, uint64_t offset,
				 const struct silt_rule *rule, const char *value);

/* What the file of the entry says; entries in their order. */
void stage_fact(struct silt_record *record, uint32_t entry, enum silt_fact_kind kind, uint32_t line, const char *text);

void stage_anomaly(struct silt_record *record, enum silt_anomaly_kind kind, uint32_t entry, const char *text);

/* Stacks the layers, runs the check, ends the findings. `bare`: the image is the bundle itself, layer 0 its record. */
void stage_run(struct stage *stage, silt_check_fn *check);
void stage_run_bare(struct stage *stage, silt_check_fn *check);

/* The one finding; fails the test if there is none or more. */
const struct silt_finding *stage_only(const struct stage *stage);
/* The finding of that rule; fails the test if there is none or more than one. */
const struct silt_finding *stage_found(const struct stage *stage, const char *rule);

#endif
