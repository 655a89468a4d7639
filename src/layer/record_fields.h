/*
 * The members of a layer record, as rows: what packing, unpacking and checking go by. Internal to this folder.
 *
 * A member that is added to a struct of record.h needs a row here; record_fields.c has assertions that remind of it.
 */
#ifndef SILT_LAYER_RECORD_FIELDS_H
#define SILT_LAYER_RECORD_FIELDS_H

#include "layer/record.h"

enum silt_field_kind {
	SILT_FIELD_NUMBER, /* an integer, bool or enum of 1, 2, 4 or 8 bytes */
	SILT_FIELD_RAW,    /* so many bytes as they are */
	SILT_FIELD_TEXT,   /* const char *; may be NULL */
	SILT_FIELD_SPAN,   /* struct silt_bytes */
	SILT_FIELD_RULE,   /* const struct silt_rule *: by its id */
	SILT_FIELD_CLAIM,  /* the bit fields of a claim */
};

struct silt_record_field {
	uint16_t at;    /* in its struct */
	uint16_t size;  /* bytes of it in memory; of one, if there are several */
	uint16_t times; /* NUMBER: so many behind each other */
	enum silt_field_kind kind;
	uint64_t most; /* NUMBER: the largest value it may have */
};

/* An array of the record, or (the first row) what stands in the record itself, once. */
struct silt_record_array {
	uint16_t items, count; /* members of struct silt_record: the pointer, the number */
	uint16_t size;         /* bytes of one item */
	const struct silt_record_field *fields;
	size_t field_count;
};

/* What stands in the record itself. */
extern const struct silt_record_array silt_record_head;

extern const struct silt_record_array silt_record_arrays[];
extern const size_t silt_record_array_count;

/* Bytes that a field takes in a packed record, at least. */
size_t silt_record_field_bytes(const struct silt_record_field *field);

#endif
