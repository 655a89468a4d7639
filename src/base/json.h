/*
 * JSON documents as the programs that load images read them, by jansson (the only user of it).
 *
 * Go's encoding/json decides what Docker, containerd and podman see in a manifest or config: keys are matched without
 * case (ASCII, and U+017F for s, U+212A for k), and of several that match one field the last wins. This reader follows
 * it, and tells of every such collision. Before jansson sees a byte, a strict pass (json_check.h) bounds size, nesting
 * and number of tokens (limits.h), so that the tree cannot be large: 30 MB at the worst (measured).
 *
 * In one thing it does not follow Go: of two objects for one field Go takes members of both, the later over the
 * earlier; silt_json_get takes the last object alone. Nothing is lost by that: the collision is told, and
 * silt_json_each_string visits the members of both.
 */
#ifndef SILT_BASE_JSON_H
#define SILT_BASE_JSON_H

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/limits.h"

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

struct silt_json;       /* a parsed document; owns its tree */
struct silt_json_value; /* a value in it; borrowed, lives as long as the document */

enum silt_json_type {
	SILT_JSON_NULL,
	SILT_JSON_BOOL,
	SILT_JSON_NUMBER,
	SILT_JSON_STRING,
	SILT_JSON_ARRAY,
	SILT_JSON_OBJECT,
};

/*
 * Parses `text`: one object or array, white space around it, nothing else. SILT_ERR_INPUT, with a sentence that has
 * line, column and what was expected, for anything that is not strict JSON (RFC 8259), has invalid UTF-8, a NUL in a
 * key, or exceeds one of `limits`; `*excess` becomes that one then.
 */
enum silt_status silt_json_parse_within(struct silt_bytes text, const struct silt_limits *limits,
					struct silt_json **out, enum silt_limit_id *excess, struct silt_error *err);

/* The same within the default limits: for what is no document of a bundle. */
enum silt_status silt_json_parse(struct silt_bytes text, struct silt_json **out, struct silt_error *err);
void silt_json_free(struct silt_json *json);

const struct silt_json_value *silt_json_root(const struct silt_json *json);

/* Values and keys in the text: what the memory of the tree goes by. */
size_t silt_json_tokens(const struct silt_json *json);

/* All of these take NULL for "no such value" and then answer as for JSON null. */
enum silt_json_type silt_json_type(const struct silt_json_value *value);

/* The member of an object that Go would give a field of this name: matched without case, last wins. NULL if none. */
const struct silt_json_value *silt_json_get(const struct silt_json_value *object, const char *name);

/* Elements of an array or members of an object; 0 for anything else. */
size_t silt_json_count(const struct silt_json_value *value);
/* Element `index` of an array, in order; NULL beyond. */
const struct silt_json_value *silt_json_at(const struct silt_json_value *array, size_t index);
/* Member `index` of an object, in order of the text; colliding keys are all there. False beyond. */
bool silt_json_member(const struct silt_json_value *object, size_t index, struct silt_bytes *key,
		      const struct silt_json_value **value);

/* A string's bytes (UTF-8); the empty span for anything else. */
struct silt_bytes silt_json_string(const struct silt_json_value *value);
/* True only for the literal true. */
bool silt_json_true(const struct silt_json_value *value);
/*
 * A whole number of 0..2^63-1, written in digits alone, without point or exponent, as Go wants it; false and `*out`
 * untouched for anything else.
 */
bool silt_json_unsigned(const struct silt_json_value *value, uint64_t *out);

/*
 * Visits every string of the document, in order of the text: values, and keys of objects (`is_key`). `path` is how a
 * person would write the place: "config.Env[2]", "[0].Layers[3]", "Labels[\"org.example/key\"]" for a key that is no
 * word (escaped and cut); of a key, the path of its member. Valid during the call. Stops at and returns what `visit`
 * returns if it is not SILT_OK.
 */
typedef enum silt_status silt_json_visit_fn(void *ctx, const char *path, struct silt_bytes string, bool is_key,
					    struct silt_error *err);
enum silt_status silt_json_each_string(const struct silt_json *json, silt_json_visit_fn *visit, void *ctx,
				       struct silt_error *err);

/*
 * Keys of one object that collide, case variants and exact duplicates: "config: \"Env\" and \"env\"". One line for all
 * that fold to the same key: the first, and the last, which wins; "(3 in all)" behind them if there are more. At most
 * SILT_ANOMALIES_PER_KIND_MAX lines. Printable, owned by the document. NULL beyond the last.
 */
const char *silt_json_collision(const struct silt_json *json, size_t index);

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

/*
 * Builds a document from the outside in. Failure sticks and shows at the end. Member order is the order of the calls.
 *
 *     struct silt_json_writer *w = ...;
 *     silt_json_open_object(w, NULL);
 *     silt_json_write_text(w, "name", "app");
 *     silt_json_open_array(w, "layers");
 *     ...
 *     silt_json_close(w);
 *     silt_json_close(w);
 *
 * `key` names the member when the place is an object, and is NULL in an array and at the top.
 */
struct silt_json_writer;

/* Fetches the random numbers that objects are kept by, which the first object would do by opening /dev/urandom. */
void silt_json_prepare(void);

enum silt_status silt_json_writer_new(struct silt_json_writer **out, struct silt_error *err);
void silt_json_writer_free(struct silt_json_writer *writer);
void silt_json_open_object(struct silt_json_writer *writer, const char *key);
void silt_json_open_array(struct silt_json_writer *writer, const char *key);
void silt_json_close(struct silt_json_writer *writer);
/* `text` is valid UTF-8 (ours, or escaped before). */
void silt_json_write_text(struct silt_json_writer *writer, const char *key, const char *text);
/*
 * Bytes of an image: as a string with every byte that is not printable UTF-8 escaped (base/escape.h), and, if that
 * changed anything, a second member KEY_base64 with the raw bytes (objects only).
 */
void silt_json_write_bytes(struct silt_json_writer *writer, const char *key, struct silt_bytes bytes);
/* A number above 2^63-1, which no file has, is written as 2^63-1. */
void silt_json_write_unsigned(struct silt_json_writer *writer, const char *key, uint64_t number);
void silt_json_write_signed(struct silt_json_writer *writer, const char *key, int64_t number);
void silt_json_write_bool(struct silt_json_writer *writer, const char *key, bool value);
void silt_json_write_null(struct silt_json_writer *writer, const char *key);
/* Ends the document: indented by two, ASCII only (other characters as \u), newline at the end, into `out`. */
enum silt_status silt_json_writer_end(struct silt_json_writer *writer, struct silt_buffer *out, struct silt_error *err);
/* The same in one line, without blanks. */
enum silt_status silt_json_writer_end_line(struct silt_json_writer *writer, struct silt_buffer *out,
					   struct silt_error *err);

#endif
