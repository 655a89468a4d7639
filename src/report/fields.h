/*
 * The fields of a result, and how each of them stands in JSON: one table for each struct, by which a report is written
 * and read back. So what is written can be read, and nothing is said twice.
 */
#ifndef SILT_REPORT_FIELDS_H
#define SILT_REPORT_FIELDS_H

#include "base/arena.h"
#include "base/json.h"
#include "silt/posture.h"
#include "silt/report.h"

enum silt_field_kind {
	SILT_FIELD_TEXT,         /* const char *, also "" */
	SILT_FIELD_TEXT_OR_NULL, /* const char *: null is "" */
	SILT_FIELD_KNOWN_TEXT,   /* const char *: null is NULL */
	SILT_FIELD_FINGERPRINT,  /* char[SILT_FINGERPRINT_SIZE] */
	SILT_FIELD_BYTES,        /* struct silt_bytes: null is none */
	SILT_FIELD_SECRET,       /* the same, if it may be shown */
	SILT_FIELD_NUMBER,       /* uint64_t */
	SILT_FIELD_KNOWN_NUMBER, /* uint64_t: null is SILT_UNKNOWN */
	SILT_FIELD_OFFSET,       /* uint64_t, with a bool at `aux`: null is that there is none */
	SILT_FIELD_INDEX,        /* size_t: null is SIZE_MAX */
	SILT_FIELD_BOOL,         /* bool */
	SILT_FIELD_NOT,          /* bool, written as its opposite */
	SILT_FIELD_ANSWER,       /* enum silt_answer: null, false, true */
	SILT_FIELD_UNSIGNED,     /* unsigned */
	SILT_FIELD_MODE,         /* unsigned, as chmod takes it: "0755" */
	SILT_FIELD_NAME,         /* an enumeration, by `name_of` */
	SILT_FIELD_KNOWN_NAME,   /* the same: null is its value 0 */
	SILT_FIELD_SEVERITY_OF,  /* enum silt_severity: null if the uint64_t at `aux` is 0 */
	SILT_FIELD_TEXTS,        /* struct silt_texts: total and items; null if it is not known */
	SILT_FIELD_NAMES,        /* const char *const *, so many as the size_t at `aux` says */
	SILT_FIELD_OBJECT,       /* a struct in place, by `of` */
	SILT_FIELD_POINTER,      /* a pointer to a struct, by `of`: null is NULL */
	SILT_FIELD_LIST,         /* a pointer to structs, by `of`, so many as the size_t at `aux` says */
	SILT_FIELD_KNOWN_LIST,   /* the same, with a bool at `known`: null if it is false */
	SILT_FIELD_DERIVED,      /* written by `write`; what is read of it is left aside */
};

struct silt_fields;

struct silt_field {
	const char *name;
	enum silt_field_kind kind;
	size_t at, aux, known; /* offsets in the struct */
	const char *(*name_of)(int value);
	const struct silt_fields *of;
	void (*write)(struct silt_json_writer *writer, const void *object); /* one member or several */
};

/* A struct of `size` bytes. */
struct silt_fields {
	const struct silt_field *fields;
	size_t count, size;
};

extern const struct silt_fields silt_fields_image;    /* struct silt_image */
extern const struct silt_fields silt_fields_finding;  /* struct silt_finding */
extern const struct silt_fields silt_fields_coverage; /* struct silt_coverage */
extern const struct silt_fields silt_fields_gap;      /* struct silt_gap */
extern const struct silt_fields silt_fields_posture;  /* struct silt_posture */
extern const struct silt_fields silt_fields_note;     /* struct silt_policy_note */
extern const struct silt_fields silt_fields_sandbox;  /* struct silt_sandbox */

/* As member `key` of an object, or with NULL as an element of a list. */
void silt_fields_write(struct silt_json_writer *writer, const char *key, const struct silt_fields *of,
		       const void *object, bool show_secrets);
/* The members of an object that is open, but for the one that is called `without`; NULL: all. */
void silt_fields_write_members(struct silt_json_writer *writer, const struct silt_fields *of, const void *object,
			       bool show_secrets, const char *without);
/* `count` structs in a row. */
void silt_fields_write_list(struct silt_json_writer *writer, const char *key, const struct silt_fields *of,
			    const void *objects, size_t count, bool show_secrets);

/* Where a reader is, and what it makes. */
struct silt_fields_reader {
	struct silt_arena *arena; /* borrows; has all that is read */
	struct silt_buffer path;  /* owns; of the value at hand: "bundles[0].findings[3]" */
	struct silt_error *err;   /* borrows */
};

/*
 * Reads a struct, which comes zeroed; members that are not known are left aside. SILT_ERR_INPUT, with the path and what
 * was expected there, if one is absent or of another kind; SILT_ERR_MEMORY.
 */
enum silt_status silt_fields_read(struct silt_fields_reader *reader, const struct silt_fields *of,
				  const struct silt_json_value *value, void *object);
/* Reads the member `key` of an object, a list of structs. `items` is the address of a pointer to such. */
enum silt_status silt_fields_read_list(struct silt_fields_reader *reader, const char *key, const struct silt_fields *of,
				       const struct silt_json_value *object, void *items, size_t *count);
/* What is wrong with member `key`. Returns SILT_ERR_INPUT. */
enum silt_status silt_fields_refuse(struct silt_fields_reader *reader, const char *key, const char *expected);
/* The text of member `key`; SILT_ERR_INPUT if it is none. */
enum silt_status silt_fields_read_text(struct silt_fields_reader *reader, const char *key,
				       const struct silt_json_value *object, const char **out);

#endif
