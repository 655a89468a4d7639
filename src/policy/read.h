/*
 * Inside the reader of policies: from a YAML tree to a struct silt_policy. read.c knows the keys at the top, read_rules.c
 * thresholds and ratings, read_allowed.c the lists of what may be, read_waivers.c waivers; read_map.c how keys are found,
 * read_field.c how single values are written.
 *
 * A mistake is told and reading goes on, so that a person learns of all of them; what is read of a file with mistakes is
 * never used. Only memory ends reading early, by `starved`.
 */
#ifndef SILT_POLICY_READ_H
#define SILT_POLICY_READ_H

#include "base/yaml.h"
#include "policy/policy.h"

struct silt_policy_reader {
	struct silt_policy *policy;
	const struct silt_rules *rules; /* NULL: any id may be one of a rule */
	void (*tell)(void *ctx, const char *mistake);
	void *ctx;
	size_t mistakes;
	bool starved;
};

/* Tells of a mistake: "FILE:LINE:COLUMN: ...". The caller has escaped what comes from the file. */
void silt_policy_mistake(struct silt_policy_reader *reader, struct silt_yaml_place place, const char *format, ...)
	SILT_PRINTF(3, 4);

/* Memory of the policy, or NULL and `starved`. */
void *silt_policy_alloc(struct silt_policy_reader *reader, size_t size);

/* Bytes of a text from the file that a mistake shows, with its NUL; and the text, escaped and cut. */
#define SILT_POLICY_SHOWN_SIZE 80
const char *silt_policy_show(struct silt_bytes text, char shown[static SILT_POLICY_SHOWN_SIZE]);

/* Items of one list of a policy, and bytes of one text. */
enum { SILT_POLICY_ITEMS_MAX = 10000, SILT_POLICY_TEXT_MAX = 1024 };

/* ---- Fields ------------------------------------------------------------------------------------------------------ */

struct silt_policy_field;

/* Reads a value into `*place`, whose type the row of the table knows. */
typedef void silt_policy_field_fn(struct silt_policy_reader *reader, const struct silt_policy_field *field,
				  const struct silt_yaml_node *node, void *place);

/* A key and what becomes of its value. */
struct silt_policy_field {
	const char *key;
	silt_policy_field_fn *read;
	size_t offset; /* of the member it is read into */
	bool required;
};

/* Reads every key of a map into `target`. `what`: what the map is about, for mistakes. */
void silt_policy_read_map(struct silt_policy_reader *reader, const struct silt_policy_field *fields, size_t count,
			  const struct silt_yaml_node *map, const char *what, void *target);

/* "KEY: expected EXPECTED, found FOUND". */
void silt_policy_unexpected(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			    const struct silt_yaml_node *node, const char *expected);

/* True for a text with at least one byte and at most SILT_POLICY_TEXT_MAX; tells of anything else. */
bool silt_policy_is_text(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			 const struct silt_yaml_node *node, const char *expected);

/* True for a list that is not too long; tells of anything else. */
bool silt_policy_is_list(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			 const struct silt_yaml_node *node, const char *expected);

silt_policy_field_fn silt_policy_read_flag;        /* bool */
silt_policy_field_fn silt_policy_read_line;        /* const char *: escaped */
silt_policy_field_fn silt_policy_read_severity;    /* enum silt_severity */
silt_policy_field_fn silt_policy_read_level;       /* int: a severity, or SILT_POLICY_NEVER */
silt_policy_field_fn silt_policy_read_day;         /* int64_t: see silt_policy_waiver.expires */
silt_policy_field_fn silt_policy_read_families;    /* unsigned: sets, of one name or a list */
silt_policy_field_fn silt_policy_read_fates;       /* the same */
silt_policy_field_fn silt_policy_read_confidences; /* the same */
silt_policy_field_fn silt_policy_read_heritages;   /* the same */

/* NULL if an item is right, else what was expected. `text` ends with a NUL. */
typedef const char *silt_policy_item_fn(const struct silt_policy_reader *reader, struct silt_bytes text);

/* const struct silt_policy_text *: one text or a list of them. */
void silt_policy_read_texts(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			    const struct silt_yaml_node *node, silt_policy_item_fn *judge, void *place);

/* The same: names of checks and rules. */
silt_policy_field_fn silt_policy_read_names;

/* True if `text` is a fingerprint. */
bool silt_policy_is_fingerprint(struct silt_bytes text);

/* Tells that nothing has a name, and what is called nearly so. */
void silt_policy_unknown_name(struct silt_policy_reader *reader, struct silt_yaml_place place, struct silt_bytes name);

/* ---- Parts ------------------------------------------------------------------------------------------------------- */

silt_policy_field_fn silt_policy_read_thresholds; /* struct silt_policy */
silt_policy_field_fn silt_policy_read_ratings;    /* struct silt_policy */
silt_policy_field_fn silt_policy_read_waivers;    /* struct silt_policy */
silt_policy_field_fn silt_policy_read_allowed;    /* struct silt_policy */

/* "8080", "8080/tcp", "8000-8010/udp"; without a protocol it is tcp. False for anything else. */
struct silt_policy_ports {
	unsigned first, last;
	struct silt_bytes protocol;
};
bool silt_policy_ports_read(struct silt_bytes text, struct silt_policy_ports *out);

/*
 * A day, as "2027-01-31": the first second after it. False for anything else, and for days that no calendar has.
 */
bool silt_policy_day(struct silt_bytes text, int64_t *end);

#endif
