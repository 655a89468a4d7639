/*
 * Inside the reader of rules: from a YAML tree to a struct silt_rule. rule_load.c knows the keys, rule_field.c how a
 * value is written, rule_macros.c what %{name} stands for, rule_check.c what does not go together.
 */
#ifndef SILT_SECRET_RULE_READ_H
#define SILT_SECRET_RULE_READ_H

#include "base/yaml.h"
#include "secret/rule.h"

/* A named part of patterns; its text has no macros in it any more. */
struct silt_rule_macro {
	const char *name;
	struct silt_bytes text;
	const char *source;
	uint32_t line;
};

struct silt_rule_macros {
	struct silt_rule_macro *items; /* owns; the strings are an arena's */
	size_t count;
	size_t capacity;
};

/* One file being read. */
struct silt_rule_reader {
	struct silt_arena *arena;        /* borrows: of the set */
	struct silt_rule_macros *macros; /* borrows: what may be named now */
	const char *source;              /* name of the file, printable */
	bool own;                        /* silt's: its rules have more keys */
	const char *rule;                /* "rule ID" while one is read; NULL elsewhere */
	struct silt_error *err;          /* borrows */
};

/* Records "FILE:LINE: rule ID: ..." and returns SILT_ERR_USAGE. The caller has escaped what comes from the file. */
enum silt_status silt_rule_fail(const struct silt_rule_reader *reader, const struct silt_yaml_node *node,
				const char *format, ...) SILT_PRINTF(3, 4);

/* Bytes of a text from the file that an error shows, with its NUL; and the text, escaped and cut. */
#define SILT_RULE_SHOWN_SIZE 80
const char *silt_rule_show(struct silt_bytes text, char shown[static SILT_RULE_SHOWN_SIZE]);

/* What a value is, for "found ...": "a list", "a map", "!!binary", "nothing" or "a text". */
const char *silt_rule_kind(const struct silt_yaml_node *node);

/* True for a text that can be shown as it is, on one line; unlike silt_is_plain, with backslashes. */
bool silt_rule_is_printable(struct silt_bytes text);

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

struct silt_rule_field;

/* Reads a value into `*place`, whose type the row of the table knows. */
typedef enum silt_status silt_rule_field_fn(struct silt_rule_reader *reader, const struct silt_rule_field *field,
					    const struct silt_yaml_node *node, void *place);

/* A key and what becomes of its value. */
struct silt_rule_field {
	const char *key;
	silt_rule_field_fn *read;
	size_t offset; /* of the member it is read into */
	uint32_t min;  /* of a number; bytes of a text; what a list's items must have */
	uint32_t max;
};

/* Reads every key of a map into `target`. `*seen` gets bit i for row i (of 64 at most). */
enum silt_status silt_rule_read_map(struct silt_rule_reader *reader, const struct silt_rule_field *fields, size_t count,
				    const struct silt_yaml_node *map, void *target, uint64_t *seen);

silt_rule_field_fn silt_rule_read_line;       /* const char *: one printable line */
silt_rule_field_fn silt_rule_read_id;         /* const char *: lower-case words joined by '-' */
silt_rule_field_fn silt_rule_read_number;     /* uint32_t */
silt_rule_field_fn silt_rule_read_tenths;     /* uint32_t: tenths of a number such as 3.5 */
silt_rule_field_fn silt_rule_read_flag;       /* bool */
silt_rule_field_fn silt_rule_read_severity;   /* enum silt_severity */
silt_rule_field_fn silt_rule_read_confidence; /* enum silt_confidence */
silt_rule_field_fn silt_rule_read_bytes;      /* struct silt_bytes: any text, or !!binary */
silt_rule_field_fn silt_rule_read_pattern;    /* const char *: with its macros expanded */

silt_rule_field_fn silt_rule_read_anchors; /* struct silt_rule: its anchors and their texts */

/* const char *const *: NULL-terminated, at least one. */
silt_rule_field_fn silt_rule_read_anchors_any_case;
silt_rule_field_fn silt_rule_read_keywords;
silt_rule_field_fn silt_rule_read_files;
silt_rule_field_fn silt_rule_read_patterns;
silt_rule_field_fn silt_rule_read_addresses;

/* ---- Macros ------------------------------------------------------------------------------------------------------ */

/* Adds the macros of a `define:` map. */
enum silt_status silt_rule_define(struct silt_rule_reader *reader, const struct silt_yaml_node *map);

/* The text of a node with every %{name} replaced; a C string of the arena, without NUL inside. */
enum silt_status silt_rule_expand(struct silt_rule_reader *reader, const struct silt_yaml_node *node, const char **out);

/* ---- Whole rules ------------------------------------------------------------------------------------------------- */

/* Reads one rule. */
enum silt_status silt_rule_read(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				struct silt_rule *rule);

/* What no single value shows: things that exclude each other, and patterns that PCRE2 refuses. `map` is the rule's. */
enum silt_status silt_rule_check(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				 const struct silt_rule *rule);

#endif
