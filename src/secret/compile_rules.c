/*
 * A tool of the build, not installed: reads the rule files that silt ships, checks them as those of a user, and writes
 * shipped.c (shipped.h says what is in it).
 *
 *     silt-compile-rules OUTPUT macros.yaml programs.yaml FILE...
 *
 * Macros for all files come first, then programs that are known by a text in them; behind them are secrets.
 */
#include "base/buffer.h"
#include "secret/anchors.h"
#include "secret/rule_pack.h"
#include "secret/rule_set.h"
#include "secret/shipped.h"
#include "secret/unwrap_tips.h"

#include <stdio.h>
#include <stdlib.h>

/* The library asks for them; in the program that makes them there are none. */
const struct silt_shipped_part silt_shipped_rules = {NULL, 0};
const struct silt_shipped_part silt_shipped_anchors = {NULL, 0};

enum { FIRST_FILE = 2, BYTES_A_LINE = 24 };

/* ---- Reading ------------------------------------------------------------------------------------------------------- */

static enum silt_status read_file(const char *path, struct silt_buffer *out, struct silt_error *err)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		return silt_fail(err, SILT_ERR_IO, "%s: cannot be read", path);
	}
	uint8_t block[BUFSIZ];
	for (size_t got = fread(block, 1, sizeof(block), file); got > 0; got = fread(block, 1, sizeof(block), file)) {
		silt_buffer_add(out, silt_bytes(block, got));
	}
	bool failed = ferror(file) != 0;
	fclose(file);
	return failed ? silt_fail(err, SILT_ERR_IO, "%s: cannot be read", path) : SILT_OK;
}

static enum silt_status add_file(struct silt_rule_set *set, const char *path, struct silt_error *err)
{
	SILT_CLEANUP(silt_buffer_done) struct silt_buffer yaml = {0};
	SILT_CLEANUP(silt_buffer_done) struct silt_buffer name = {0};
	struct silt_bytes base = silt_path_basename(silt_bytes_text(path));
	silt_buffer_printf(&name, "silt/rules/%.*s", (int)base.len, (const char *)base.ptr);
	enum silt_status status = read_file(path, &yaml, err);
	if (status != SILT_OK || yaml.failed || name.failed) {
		return status == SILT_OK ? silt_fail_memory(err) : status;
	}
	return silt_rule_set_add_own(set, silt_buffer_bytes(&yaml), silt_buffer_text(&name), err);
}

/* ---- Packing ------------------------------------------------------------------------------------------------------- */

static enum silt_status pack_rules(const struct silt_rule_set *set, struct silt_buffer *out, struct silt_error *err)
{
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	return silt_rule_pack_write(rules, count, silt_rule_set_macros(set), out, err);
}

static enum silt_status pack_anchors(const struct silt_rule_set *set, struct silt_buffer *out, struct silt_error *err)
{
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	SILT_CLEANUP(silt_anchors_done) struct silt_anchors anchors;
	if (!silt_anchors_init(&anchors, rules, count, silt_signs, silt_sign_count)) {
		return silt_fail_memory(err);
	}
	return silt_literals_pack(anchors.literals, anchors.count, out, err);
}

/* ---- Writing ------------------------------------------------------------------------------------------------------- */

static void write_part(FILE *out, const char *name, struct silt_bytes bytes)
{
	fprintf(out, "\nstatic const uint8_t %s[] = {", name);
	for (size_t i = 0; i < bytes.len; i++) {
		fprintf(out, "%s%d,", i % BYTES_A_LINE == 0 ? "\n" : "", (uint8_t)~bytes.ptr[i]);
	}
	fprintf(out, "\n};\nconst struct silt_shipped_part silt_shipped_%s = {%s, sizeof(%s)};\n", name, name, name);
}

static enum silt_status write_parts(const char *path, struct silt_bytes rules, struct silt_bytes anchors,
				    struct silt_error *err)
{
	FILE *out = fopen(path, "w");
	if (!out) {
		return silt_fail(err, SILT_ERR_IO, "%s: cannot be written", path);
	}
	fprintf(out, "/* Made by silt-compile-rules from the files in src/secret/rules. */\n#include "
		     "\"secret/shipped.h\"\n");
	write_part(out, "rules", rules);
	write_part(out, "anchors", anchors);
	bool failed = ferror(out) != 0;
	failed = fclose(out) != 0 || failed;
	return failed ? silt_fail(err, SILT_ERR_IO, "%s: cannot be written", path) : SILT_OK;
}

static enum silt_status write_set(const struct silt_rule_set *set, const char *path, struct silt_error *err)
{
	SILT_CLEANUP(silt_buffer_done) struct silt_buffer rules = {0};
	SILT_CLEANUP(silt_buffer_done) struct silt_buffer anchors = {0};
	enum silt_status status = pack_rules(set, &rules, err);
	if (status == SILT_OK) {
		status = pack_anchors(set, &anchors, err);
	}
	if (status == SILT_OK && (rules.failed || anchors.failed)) {
		status = silt_fail_memory(err);
	}
	return status == SILT_OK ? write_parts(path, silt_buffer_bytes(&rules), silt_buffer_bytes(&anchors), err)
				 : status;
}

int main(int argc, char **argv)
{
	struct silt_error err = {0};
	struct silt_rule_set *set = silt_rule_set_new();
	enum silt_status status = set ? SILT_OK : silt_fail_memory(&err);
	for (int i = FIRST_FILE; i < argc && status == SILT_OK; i++) {
		status = add_file(set, argv[i], &err);
	}
	if (status == SILT_OK && argc > FIRST_FILE) {
		status = write_set(set, argv[1], &err);
	}
	silt_rule_set_free(set);
	if (status != SILT_OK || argc <= FIRST_FILE) {
		fprintf(stderr, "silt-compile-rules: %s\n",
			status == SILT_OK ? "an output and rule files, please" : err.text);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
