/* Reading base images. */
#include "cli/bases.h"

#include "cli/message.h"
#include "cli/watchdog.h"
#include "silt/silt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BASES_MAX = 1000, LAYERS_MAX = 1000, LIST_BYTES_MAX = 1024 * 1024 };

static const char digest_start[] = "sha256:";
enum { DIGEST_LENGTH = sizeof(digest_start) - 1 + 64 };

/* ---- Adding ------------------------------------------------------------------------------------------------------------ */

static void free_texts(const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free((void *)(uintptr_t)texts[i]);
	}
	free((void *)(uintptr_t)texts);
}

static void free_base(const struct silt_base *base)
{
	free_texts(base->diff_ids, base->count);
	free_texts(base->lines, base->line_count);
	free((void *)(uintptr_t)base->name);
}

/* Copies of `count` texts; NULL if memory ran out. */
static const char *const *copy_texts(const char *const *texts, size_t count)
{
	const char **copies = calloc(count + 1, sizeof(*copies));
	for (size_t i = 0; copies != NULL && i < count; i++) {
		copies[i] = strdup(texts[i]);
		if (copies[i] == NULL) {
			free_texts(copies, i);
			return NULL;
		}
	}
	return copies;
}

/* Copies `base`. */
static enum silt_status add_base(struct cli_bases *bases, const struct silt_base *base, struct silt_error *err)
{
	struct silt_base *items = realloc(bases->items, (bases->count + 1) * sizeof(*items));
	bases->items = items != NULL ? items : bases->items;
	struct silt_base copy = {.name = strdup(base->name),
				 .diff_ids = copy_texts(base->diff_ids, base->count),
				 .lines = copy_texts(base->lines, base->line_count)};
	copy.count = copy.diff_ids != NULL ? base->count : 0;
	copy.line_count = copy.lines != NULL ? base->line_count : 0;
	if (items == NULL || copy.name == NULL || copy.diff_ids == NULL || copy.lines == NULL) {
		free_base(&copy);
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	bases->items[bases->count++] = copy;
	return SILT_OK;
}

/* ---- Lists of diff IDs -------------------------------------------------------------------------------------------------- */

static bool is_diff_id(const char *text)
{
	const size_t start = sizeof(digest_start) - 1;
	return strlen(text) == DIGEST_LENGTH && strncmp(text, digest_start, start) == 0 &&
	       strspn(text + start, "0123456789abcdef") == 64;
}

/* "sha256:...,sha256:..." of which `text` is made pieces. */
static enum silt_status read_chain(struct cli_bases *bases, const char *option, const char *name, char *text,
				   struct silt_error *err)
{
	const char *ids[LAYERS_MAX];
	struct silt_base base = {.name = name, .diff_ids = ids};
	for (char *rest = text, *id = strsep(&rest, ","); id != NULL; id = strsep(&rest, ",")) {
		if (!is_diff_id(id)) {
			return cli_fail(err, SILT_ERR_USAGE,
					"--%s: '%s' is no diff ID: expected sha256: and 64 hex digits.", option,
					cli_printable(id).text);
		}
		if (base.count == LAYERS_MAX || bases->count == BASES_MAX) {
			return cli_fail(err, SILT_ERR_USAGE, "--%s: more than %d bases, or layers of one.", option,
					BASES_MAX);
		}
		ids[base.count++] = id;
	}
	return add_base(bases, &base, err);
}

static enum silt_status read_argument(struct cli_bases *bases, const char *option, const char *argument,
				      struct silt_error *err)
{
	char *copy = strdup(argument);
	if (copy == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	const enum silt_status status = read_chain(bases, option, "", copy, err);
	free(copy);
	return status;
}

/* "NAME sha256:..." or "sha256:..." */
static enum silt_status read_line(struct cli_bases *bases, const char *option, char *line, struct silt_error *err)
{
	line[strcspn(line, "#\r\n")] = '\0';
	line += strspn(line, " \t");
	line[strcspn(line, "\t")] = '\0';
	for (size_t len = strlen(line); len > 0 && line[len - 1] == ' '; len--) {
		line[len - 1] = '\0';
	}
	if (*line == '\0') {
		return SILT_OK;
	}
	char *chain = strrchr(line, ' ');
	if (chain == NULL) {
		return read_chain(bases, option, "", line, err);
	}
	*chain = '\0';
	return read_chain(bases, option, line, chain + 1, err);
}

static enum silt_status read_list(struct cli_bases *bases, const char *option, const char *path, struct silt_error *err)
{
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(path).text, strerror(errno));
	}
	enum silt_status status = SILT_OK;
	char *line = NULL;
	size_t room = 0;
	while (status == SILT_OK && getline(&line, &room, file) > 0) {
		status = read_line(bases, option, line, err);
	}
	free(line);
	(void)fclose(file);
	return status;
}

/* A text whose first line that is neither empty nor a comment names a diff ID. A tar has a NUL in its first bytes. */
static bool begins_like_list(char *text)
{
	for (char *line = strsep(&text, "\n"); line != NULL; line = strsep(&text, "\n")) {
		if (*line != '#' && *line != '\r' && *line != '\0') {
			return strstr(line, digest_start) != NULL;
		}
	}
	return false;
}

static bool is_list(const char *path)
{
	struct stat info;
	char start[4096] = "";
	if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > LIST_BYTES_MAX) {
		return false;
	}
	FILE *file = fopen(path, "re");
	const size_t size = file != NULL ? fread(start, 1, sizeof(start) - 1, file) : 0;
	if (file != NULL) {
		(void)fclose(file);
	}
	return memchr(start, '\0', size) == NULL && begins_like_list(start);
}

/* ---- Images ------------------------------------------------------------------------------------------------------------- */

static enum silt_status add_image(struct cli_bases *bases, const struct silt_image *image, struct silt_error *err)
{
	const char *ids[LAYERS_MAX];
	struct silt_base base = {.name = image->name_count > 0 ? image->names[0] : "",
				 .diff_ids = ids,
				 .lines = image->history_ids,
				 .line_count = image->history_id_count};
	for (; base.count < image->layer_count && base.count < LAYERS_MAX; base.count++) {
		ids[base.count] = image->layers[base.count].diff_id;
	}
	return base.count > 0 ? add_base(bases, &base, err) : SILT_OK;
}

static enum silt_status read_images(struct cli_bases *bases, const struct cli_limits *limits,
				    const struct silt_cache_access *cache, struct silt_error *err)
{
	/* Layers only count as what they are, so they are read: a config could claim the layers of another image. */
	const char *const nothing[] = {"config-base-unknown"};
	const struct silt_options options = {.only = nothing,
					     .only_count = 1,
					     .cache = cache,
					     .limits = limits->items,
					     .limit_count = limits->count,
					     .pulse = cli_watchdog_beat};
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	struct silt_error why = {0};
	struct cli_waiting waiting;
	enum silt_status status = cli_input_bundle(&bases->image, limits, &waiting, &bundle, &why);
	if (status == SILT_OK) {
		status = silt_audit(bundle, &options, &result, &why);
	}
	if (status != SILT_OK) {
		(void)cli_fail(err, status, "--%s %s: %s", bases->option, cli_printable(bases->image.word).text,
			       why.text);
	}
	size_t count = 0;
	const struct silt_image *images = status == SILT_OK ? silt_result_images(result, &count) : NULL;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = add_image(bases, &images[i], err);
	}
	silt_result_free(result);
	silt_bundle_free(bundle);
	return status;
}

static enum silt_status demand_some(const struct cli_bases *bases, const char *option, const char *argument,
				    struct silt_error *err)
{
	return bases->count > 0 ? SILT_OK
				: cli_fail(err, SILT_ERR_USAGE, "--%s %s: no image with layers is in it.", option,
					   cli_printable(argument).text);
}

static enum silt_status open_image(struct cli_bases *bases, const char *option, const char *path,
				   struct silt_error *err)
{
	struct silt_error why = {0};
	const enum silt_status status = cli_input_open(path, &bases->image, &why);
	if (status != SILT_OK) {
		return cli_fail(err, status, "--%s %s: %s", option, cli_printable(path).text, why.text);
	}
	bases->option = option;
	return SILT_OK;
}

enum silt_status cli_bases_take(struct cli_bases *bases, const char *option, const char *argument,
				struct silt_error *err)
{
	*bases = (struct cli_bases){0};
	if (argument == NULL) {
		return SILT_OK;
	}
	enum silt_status status = SILT_OK;
	if (strncmp(argument, digest_start, sizeof(digest_start) - 1) == 0) {
		status = read_argument(bases, option, argument, err);
	} else if (is_list(argument)) {
		status = read_list(bases, option, argument, err);
	} else {
		return open_image(bases, option, argument, err);
	}
	return status == SILT_OK ? demand_some(bases, option, argument, err) : status;
}

enum silt_status cli_bases_read(struct cli_bases *bases, const struct cli_limits *limits,
				const struct silt_cache_access *cache, struct silt_error *err)
{
	if (bases->option == NULL) {
		return SILT_OK;
	}
	const enum silt_status status = read_images(bases, limits, cache, err);
	return status == SILT_OK ? demand_some(bases, bases->option, bases->image.word, err) : status;
}

void cli_bases_done(struct cli_bases *bases)
{
	for (size_t i = 0; i < bases->count; i++) {
		free_base(&bases->items[i]);
	}
	free(bases->items);
	if (bases->option != NULL) {
		cli_input_close(&bases->image);
	}
}
