/*
 * The image config (OCI image-spec config.md; Docker's is a superset), as far as silt reads it.
 *
 * Read by Go's key rules. Wrong JSON types and absent fields are what Go would make of them: empty. All text is raw
 * bytes of the image, owned by the document it came from.
 */
#ifndef SILT_BUNDLE_CONFIG_H
#define SILT_BUNDLE_CONFIG_H

#include "base/arena.h"
#include "base/json.h"

struct silt_pair {
	struct silt_bytes key, value;
};

struct silt_history {
	struct silt_bytes created, created_by, comment, author;
	bool empty_layer;
	bool plain; /* an object that holds these alone, each once at most and of the right type */
};

struct silt_config {
	struct silt_bytes created, architecture, os, variant, author;
	struct silt_bytes user, working_dir;
	struct silt_bytes *env; /* "NAME=value" */
	size_t env_count;
	struct silt_bytes *entrypoint;
	size_t entrypoint_count;
	struct silt_bytes *cmd;
	size_t cmd_count;
	struct silt_bytes *on_build; /* instructions */
	size_t on_build_count;
	struct silt_bytes *shell; /* what the shell form of instructions runs; none: ["/bin/sh", "-c"] */
	size_t shell_count;
	struct silt_bytes *volumes; /* paths, as they stand */
	size_t volume_count;
	struct silt_bytes *ports; /* "80/tcp", as they stand */
	size_t port_count;
	struct silt_bytes stop_signal;
	struct silt_bytes *health; /* Healthcheck.Test; ["NONE"]: the one of the base is switched off */
	size_t health_count;
	bool has_health; /* there is a Healthcheck */
	struct silt_pair *labels;
	size_t label_count;
	struct silt_bytes *diff_ids;
	size_t diff_id_count;
	struct silt_history *history;
	size_t history_count;
	size_t history_layers; /* entries without empty_layer */
};

/* Reads a config. Arrays are of `arena`. SILT_ERR_MEMORY is the only failure. */
enum silt_status silt_config_read(const struct silt_json *document, struct silt_arena *arena, struct silt_config *out,
				  struct silt_error *err);

/*
 * The history entry that made layer `layer` of `layer_count`, or NULL if history cannot be attributed: there is none,
 * or the number of its non-empty entries is not `layer_count` (image-formats 6).
 */
const struct silt_history *silt_config_instruction(const struct silt_config *config, size_t layer, size_t layer_count);

/* An instruction, unescaped: `text` as it stands, or `text` behind "RUN " where the line only says what was run. */
struct silt_instruction {
	bool runs;
	struct silt_bytes text; /* borrows from the line */
};

/*
 * A history line as a person would write it in a Dockerfile: "/bin/sh -c #(nop) COPY file:1 in /x " is
 * "COPY file:1 in /x", "RUN /bin/sh -c rm x # buildkit" and "/bin/sh -c rm x" are "RUN rm x", "|1 A=b /bin/sh -c c"
 * is "RUN c". If there is no created_by, the comment is used.
 */
struct silt_instruction silt_history_read(const struct silt_history *history);

/* True if it begins with `start`: "COPY ", "RUN ". */
bool silt_instruction_begins(struct silt_instruction instruction, const char *start);

/* Adds its whole text to `out`. */
void silt_history_instruction(const struct silt_history *history, struct silt_buffer *out);

#endif
