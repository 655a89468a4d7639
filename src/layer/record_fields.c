/* The rows of a layer record. */
#include "layer/record_fields.h"

#include "base/attributes.h"

#define NUMBER(type, member, most)                                                                                     \
	{                                                                                                              \
		offsetof(type, member), sizeof(((type *)0)->member), 1, SILT_FIELD_NUMBER, most                        \
	}
#define NUMBERS(type, member, most)                                                                                    \
	{                                                                                                              \
		offsetof(type, member), sizeof(((type *)0)->member[0]), SILT_COUNT(((type *)0)->member),               \
			SILT_FIELD_NUMBER, most                                                                        \
	}
#define RAW(type, member)                                                                                              \
	{                                                                                                              \
		offsetof(type, member), sizeof(((type *)0)->member), 1, SILT_FIELD_RAW, 0                              \
	}
#define TEXT(type, member)                                                                                             \
	{                                                                                                              \
		offsetof(type, member), sizeof(const char *), 1, SILT_FIELD_TEXT, 0                                    \
	}
#define SPAN(type, member)                                                                                             \
	{                                                                                                              \
		offsetof(type, member), sizeof(struct silt_bytes), 1, SILT_FIELD_SPAN, 0                               \
	}
#define ARRAY(member, number, rows)                                                                                    \
	{                                                                                                              \
		offsetof(struct silt_record, member), offsetof(struct silt_record, number),                            \
			sizeof(*((struct silt_record *)0)->member), rows, SILT_COUNT(rows)                             \
	}

enum { ENTRY_FLAGS = SILT_ENTRY_ODD_TIME * 2 - 1, MODE_BITS = 07777 };

static const struct silt_record_field head[] = {
	RAW(struct silt_record, digest.sha256),
	NUMBER(struct silt_record, digest.known, 1),
	RAW(struct silt_record, diff_id.sha256),
	NUMBER(struct silt_record, diff_id.known, 1),
	NUMBER(struct silt_record, compression, SILT_COMPRESSION_BZIP2),
	NUMBER(struct silt_record, blob_bytes, UINT64_MAX),
	NUMBER(struct silt_record, bytes, UINT64_MAX),
	NUMBER(struct silt_record, entry_bytes, UINT64_MAX),
	NUMBER(struct silt_record, nested_bytes, UINT64_MAX),
	NUMBERS(struct silt_record, anomaly_totals, UINT64_MAX),
	NUMBER(struct silt_record, complete, 1),
};

static const struct silt_record_field entry[] = {
	NUMBER(struct silt_entry, size, UINT64_MAX),       NUMBER(struct silt_entry, folder, UINT32_MAX),
	NUMBER(struct silt_entry, name, UINT32_MAX),       NUMBER(struct silt_entry, block, UINT32_MAX),
	NUMBER(struct silt_entry, time, UINT32_MAX),       NUMBER(struct silt_entry, uid, UINT32_MAX),
	NUMBER(struct silt_entry, gid, UINT32_MAX),        NUMBER(struct silt_entry, mode, MODE_BITS),
	NUMBER(struct silt_entry, type, SILT_ENTRY_OTHER), NUMBER(struct silt_entry, whiteout, SILT_WHITEOUT_INVALID),
	NUMBER(struct silt_entry, flags, ENTRY_FLAGS),     NUMBER(struct silt_entry, program, SILT_PROGRAM_SCRIPT),
};

static const struct silt_record_field extra[] = {
	NUMBER(struct silt_extra, entry, UINT32_MAX),      NUMBER(struct silt_extra, link, UINT32_MAX),
	NUMBER(struct silt_extra, capability, UINT32_MAX), NUMBER(struct silt_extra, dev_major, UINT32_MAX),
	NUMBER(struct silt_extra, dev_minor, UINT32_MAX),  NUMBER(struct silt_extra, mtime, UINT64_MAX),
};

/* All but `secret`: a record that has secrets is not packed. */
static const struct silt_record_field hit[] = {
	{offsetof(struct silt_hit, rule), sizeof(void *), 1, SILT_FIELD_RULE, 0},
	NUMBER(struct silt_hit, place, SILT_HIT_FRAMING), /* fields are of documents, whose records nobody packs */
	NUMBER(struct silt_hit, severity, SILT_SEVERITY_CRITICAL),
	NUMBER(struct silt_hit, confidence, SILT_CONFIDENCE_PROVEN),
	NUMBER(struct silt_hit, entry, UINT32_MAX),
	NUMBER(struct silt_hit, offset, UINT64_MAX),
	NUMBER(struct silt_hit, length, UINT64_MAX),
	TEXT(struct silt_hit, note),
	TEXT(struct silt_hit, field),
	TEXT(struct silt_hit, preview),
	TEXT(struct silt_hit, via),
	TEXT(struct silt_hit, facts),
	NUMBER(struct silt_hit, expires, UINT64_MAX),
	SPAN(struct silt_hit, inner),
	RAW(struct silt_hit, value),
	RAW(struct silt_hit, public_id),
};

static const struct silt_record_field public_half[] = {
	RAW(struct silt_public_half, id),
	NUMBER(struct silt_public_half, entry, UINT32_MAX),
	TEXT(struct silt_public_half, what),
	SPAN(struct silt_public_half, inner),
};

static const struct silt_record_field capture[] = {
	NUMBER(struct silt_capture, entry, UINT32_MAX),
	SPAN(struct silt_capture, body),
	NUMBER(struct silt_capture, whole, 1),
};

static const struct silt_record_field fact[] = {
	NUMBER(struct silt_fact, entry, UINT32_MAX),
	NUMBER(struct silt_fact, line, UINT32_MAX),
	NUMBER(struct silt_fact, kind, SILT_FACT_KINDS - 1),
	SPAN(struct silt_fact, text),
};

static const struct silt_record_field program[] = {
	NUMBER(struct silt_program, entry, UINT32_MAX),
	NUMBER(struct silt_program, kind, SILT_PROGRAM_SCRIPT),
	SPAN(struct silt_program, interpreter),
	TEXT(struct silt_program, shell),
	NUMBER(struct silt_program, build_id_len, SILT_BUILD_ID_MAX),
	RAW(struct silt_program, build_id),
};

static const struct silt_record_field package[] = {
	SPAN(struct silt_package, name),
	NUMBER(struct silt_package, database, UINT32_MAX),
	NUMBER(struct silt_package, kind, SILT_PACKAGE_DB_KINDS - 1),
};

static const struct silt_record_field claim[] = {
	RAW(struct silt_claim, id),
	{0, sizeof(uint32_t), 1, SILT_FIELD_CLAIM, 0},
};

static const struct silt_record_field digests[] = {
	NUMBER(struct silt_body_digests, entry, UINT32_MAX),
	NUMBERS(struct silt_body_digests, known, 1),
	RAW(struct silt_body_digests, value),
};

static const struct silt_record_field anomaly[] = {
	NUMBER(struct silt_anomaly, kind, SILT_ANOMALY_KINDS - 1),
	NUMBER(struct silt_anomaly, limit, SILT_LIMIT_COUNT - 1),
	NUMBER(struct silt_anomaly, entry, UINT32_MAX),
	NUMBER(struct silt_anomaly, offset, UINT64_MAX),
	TEXT(struct silt_anomaly, text),
};

/* On 64 bits. If one of these fails, a member has no row yet. */
_Static_assert(sizeof(void *) != 8 || (sizeof(struct silt_entry) == 40 && sizeof(struct silt_extra) == 32 &&
				       sizeof(struct silt_hit) == 152 && sizeof(struct silt_public_half) == 48 &&
				       sizeof(struct silt_capture) == 32 && sizeof(struct silt_fact) == 32 &&
				       sizeof(struct silt_program) == 56 && sizeof(struct silt_package) == 24 &&
				       sizeof(struct silt_claim) == 28 && sizeof(struct silt_body_digests) == 104 &&
				       sizeof(struct silt_anomaly) == 32),
	       "a member of a record without a row");

const struct silt_record_array silt_record_head = {0, 0, sizeof(struct silt_record), head, SILT_COUNT(head)};

const struct silt_record_array silt_record_arrays[] = {
	ARRAY(entries, entry_count, entry),
	ARRAY(extras, extra_count, extra),
	ARRAY(hits, hit_count, hit),
	ARRAY(public_halves, public_count, public_half),
	ARRAY(captures, capture_count, capture),
	ARRAY(facts, fact_count, fact),
	ARRAY(programs, program_count, program),
	ARRAY(packages, package_count, package),
	ARRAY(claims, claim_count, claim),
	ARRAY(digests, digest_count, digests),
	ARRAY(anomalies, anomaly_count, anomaly),
};

const size_t silt_record_array_count = SILT_COUNT(silt_record_arrays);

size_t silt_record_field_bytes(const struct silt_record_field *field)
{
	switch (field->kind) {
	case SILT_FIELD_NUMBER:
		return (size_t)field->size * field->times;
	case SILT_FIELD_RAW:
		return field->size;
	case SILT_FIELD_TEXT:
	case SILT_FIELD_SPAN:
	case SILT_FIELD_RULE:
	case SILT_FIELD_CLAIM:
		break;
	}
	return sizeof(uint32_t);
}
