/* Finding and reading the settings file. */
#include "cli/settings_file.h"

#include "cli/message.h"
#include "cli/settings_keys.h"
#include "cli/text_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* More than such a file can have, so that the library says what is wrong with one that is too long. */
enum { SETTINGS_FILE_MAX = 2 * 1024 * 1024 };

static const char system_path[] = "/etc/silt/config.yaml";

/* ---- Places ---------------------------------------------------------------------------------------------------------- */

/*
 * The path of the user's file, as the XDG base directory specification has it, which wants relative ones to be ignored.
 * False: there is none. `path` has room for PATH_MAX bytes.
 */
static bool user_path(char *path)
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int length = 0;
	if (base != NULL && base[0] == '/') {
		length = snprintf(path, PATH_MAX, "%s/silt/config.yaml", base);
	} else if (home != NULL && home[0] == '/') {
		length = snprintf(path, PATH_MAX, "%s/.config/silt/config.yaml", home);
	}
	return length > 0 && length < PATH_MAX;
}

static void add_place(struct cli_settings_file *file, const char *path)
{
	(void)snprintf(file->places[file->place_count++], PATH_MAX, "%s", path);
}

static void list_places(struct cli_settings_file *file, bool wary)
{
	char user[PATH_MAX];
	if (!wary) {
		add_place(file, CLI_SETTINGS_LOCAL);
	}
	if (user_path(user)) {
		add_place(file, user);
	}
	add_place(file, system_path);
}

/*
 * A file that is there and cannot be looked at is an error: what it sets could be stricter than the default. A local one
 * is taken only as a file of its own: a link could lead to a file whose words an error would show, a pipe would block.
 */
static enum silt_status is_there(const char *path, bool local, bool *there, struct silt_error *err)
{
	struct stat info;
	*there = (local ? lstat(path, &info) : stat(path, &info)) == 0;
	if (!*there && errno != ENOENT && errno != ENOTDIR) {
		return cli_fail(err, SILT_ERR_IO, "%s: %s; --config none reads no file.", cli_printable(path).text,
				strerror(errno));
	}
	if (*there && local && !S_ISREG(info.st_mode)) {
		return cli_fail(err, SILT_ERR_USAGE, "%s is no regular file; --config none reads no file.", path);
	}
	return SILT_OK;
}

/* ---- Reading --------------------------------------------------------------------------------------------------------- */

static enum silt_status read_file(struct cli_settings_file *file, struct silt_error *err)
{
	struct cli_text_file text = {0};
	struct silt_error why = {0};
	enum silt_status status = cli_text_file_read(file->path, SETTINGS_FILE_MAX, &text, err);
	if (status == SILT_OK) {
		const struct silt_settings_file view = {.name = file->path, .text = text.text, .size = text.size};
		status = silt_settings_read(&view, &file->settings, &why);
		status = status == SILT_OK ? SILT_OK : cli_fail(err, status, "%s.", why.text);
	}
	cli_text_file_done(&text);
	return status == SILT_OK ? cli_settings_check_keys(file, err) : status;
}

static enum silt_status use(struct cli_settings_file *file, const char *path, struct silt_error *err)
{
	const int length = snprintf(file->path, sizeof(file->path), "%s", path);
	return length < PATH_MAX ? read_file(file, err)
				 : cli_fail(err, SILT_ERR_USAGE, "the path of the settings file is too long.");
}

enum silt_status cli_settings_file_find(const char *named, bool wary, struct cli_settings_file *out,
					struct silt_error *err)
{
	if (named != NULL) {
		return strcmp(named, "none") == 0 ? SILT_OK : use(out, named, err);
	}
	list_places(out, wary);
	for (size_t i = 0; i < out->place_count; i++) {
		const char *path = out->places[i];
		bool there = false;
		out->local = strcmp(path, CLI_SETTINGS_LOCAL) == 0;
		const enum silt_status status = is_there(path, out->local, &there, err);
		if (status != SILT_OK || there) {
			return status == SILT_OK ? use(out, path, err) : status;
		}
	}
	return SILT_OK;
}

void cli_settings_file_done(struct cli_settings_file *file)
{
	silt_settings_free(file->settings);
	file->settings = NULL;
}

const struct silt_setting *cli_settings_file_get(const struct cli_settings_file *file, const char *key)
{
	size_t count = 0;
	const struct silt_setting *items = file->settings != NULL ? silt_settings_get(file->settings, &count) : NULL;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(items[i].key, key) == 0) {
			return &items[i];
		}
	}
	return NULL;
}
