/* Writing below one folder, by names that nobody believes. */
#include "cli/vault.h"

#include "cli/message.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { COMPONENT_MAX = 255, TWINS_MAX = 1 << 30 };

/* ---- The folder -------------------------------------------------------------------------------------------------------- */

static bool is_empty(int folder)
{
	const int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = copy >= 0 ? fdopendir(copy) : NULL;
	bool empty = list != NULL;
	for (const struct dirent *item = list ? readdir(list) : NULL; item && empty; item = readdir(list)) {
		empty = strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0;
	}
	if (list) {
		(void)closedir(list);
	} else if (copy >= 0) {
		(void)close(copy);
	}
	return empty;
}

enum silt_status cli_vault_open(const char *path, struct cli_vault *out, struct silt_error *err)
{
	*out = (struct cli_vault){.folder = -1, .parent = -1, .file = -1, .path = path};
	out->made = mkdir(path, 0700) == 0;
	if (out->made || errno == EEXIST) {
		out->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (out->folder < 0) {
		return cli_fail(err, SILT_ERR_IO, "cannot write into the folder %s: %s", cli_printable(path).text,
				strerror(errno));
	}
	if (!out->made && !is_empty(out->folder)) {
		cli_vault_close(out);
		return cli_fail(err, SILT_ERR_USAGE,
				"the folder %s is not empty: name a new one, so that what is in it is evidence and "
				"nothing else.",
				cli_printable(path).text);
	}
	return SILT_OK;
}

static void close_one(int *fd)
{
	if (*fd >= 0) {
		(void)close(*fd);
	}
	*fd = -1;
}

/* Ends the file under way. What is not whole would be taken for the file that it is a part of. */
static void drop(struct cli_vault *vault)
{
	if (vault->file >= 0) {
		(void)unlinkat(vault->parent, vault->name, 0);
	}
	close_one(&vault->file);
	close_one(&vault->parent);
}

/* A folder that was made and has nothing in it is of no use to anybody. */
void cli_vault_close(struct cli_vault *vault)
{
	const bool open = vault->folder >= 0;
	drop(vault);
	close_one(&vault->folder);
	free(vault->asked);
	vault->asked = NULL;
	if (open && vault->made) {
		(void)rmdir(vault->path);
	}
}

/* ---- Names ------------------------------------------------------------------------------------------------------------- */

static bool refuse(struct cli_vault *vault, const char *what, const char *name)
{
	(void)cli_fail(&vault->err, SILT_ERR_IO, "%s/%s: %s", cli_printable(vault->path).text, cli_printable(name).text,
		       what);
	drop(vault);
	return false;
}

/* A component that leads nowhere else. */
static bool is_safe(const char *component)
{
	const size_t len = strlen(component);
	return len > 0 && len <= COMPONENT_MAX && strcmp(component, ".") != 0 && strcmp(component, "..") != 0 &&
	       strchr(component, '/') == NULL;
}

static int open_beneath(int folder, const char *component, int flags, mode_t mode)
{
	struct open_how how = {.flags = (uint64_t)((unsigned)flags | O_CLOEXEC | O_NOFOLLOW),
			       .mode = mode,
			       .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
	const long fd = syscall(SYS_openat2, folder, component, &how, sizeof(how));
	return fd < 0 && errno == ENOSYS ? openat(folder, component, flags | O_CLOEXEC | O_NOFOLLOW, mode) : (int)fd;
}

/* A component outside of the image, before it gets its number. */
struct wanted {
	const char *stem; /* borrows */
	int stem_len;
	enum wanted_kind { WANTED_FOLDER, WANTED_FILE, WANTED_RECORD } kind;
};

/* Of a record of no file: what that would be called. Nothing of an image has this ending outside. */
static struct wanted want(const char *component, bool folder)
{
	const size_t len = strlen(component), ending = strlen(CLI_VAULT_RECORD);
	const bool record = !folder && len >= ending && strcmp(component + len - ending, CLI_VAULT_RECORD) == 0;
	return (struct wanted){.stem = component,
			       .stem_len = (int)(record ? len - ending : len),
			       .kind = folder   ? WANTED_FOLDER
				       : record ? WANTED_RECORD
						: WANTED_FILE};
}

/* "NAME~2", and "NAME~2.silt.json". */
static void number_name(char name[static CLI_VAULT_COMPONENT_SIZE], const struct wanted *wanted, int number,
			bool record)
{
	char behind[16] = "";
	if (number > 1) {
		(void)snprintf(behind, sizeof(behind), "~%d", number);
	}
	(void)snprintf(name, CLI_VAULT_COMPONENT_SIZE, "%.*s%s%s", wanted->stem_len, wanted->stem, behind,
		       record ? CLI_VAULT_RECORD : "");
}

/* Whether something is called so. A folder does not count where it is no hindrance; a file and its record go together. */
static bool is_taken(int folder, const struct wanted *wanted, int number)
{
	char name[CLI_VAULT_COMPONENT_SIZE];
	struct stat facts;
	number_name(name, wanted, number, false);
	if (fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
	    (wanted->kind == WANTED_FILE || !S_ISDIR(facts.st_mode))) {
		return true;
	}
	number_name(name, wanted, number, true);
	return wanted->kind != WANTED_FOLDER && fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0;
}

/*
 * The number that a name gets: 1 is the name alone. An image may have a name as often as it likes, so numbers are not
 * tried one by one: from the first power of two that is free down to one above a number that is taken.
 */
static int free_number(int folder, const struct wanted *wanted)
{
	int taken = 0, high = 1;
	while (high < TWINS_MAX && is_taken(folder, wanted, high)) {
		taken = high;
		high *= 2;
	}
	while (high - taken > 1) {
		const int half = taken + (high - taken) / 2;
		if (is_taken(folder, wanted, half)) {
			taken = half;
		} else {
			high = half;
		}
	}
	return high;
}

/* The folder of that name; or, where something else has it, one with a number behind. */
static int enter(int folder, const char *component)
{
	char name[CLI_VAULT_COMPONENT_SIZE];
	const struct wanted wanted = want(component, true);
	number_name(name, &wanted, free_number(folder, &wanted), false);
	return mkdirat(folder, name, 0700) == 0 || errno == EEXIST
		       ? open_beneath(folder, name, O_RDONLY | O_DIRECTORY, 0)
		       : -1;
}

/* A new file, or a record of none; where the name is taken, one with a number. */
static int make(int folder, const char *component, char name[static CLI_VAULT_COMPONENT_SIZE])
{
	const struct wanted wanted = want(component, false);
	number_name(name, &wanted, free_number(folder, &wanted), wanted.kind == WANTED_RECORD);
	return open_beneath(folder, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

/* The record of the last file, which left the name for it. */
static int make_beside(const struct cli_vault *vault, char name[static CLI_VAULT_COMPONENT_SIZE])
{
	char beside[CLI_VAULT_COMPONENT_SIZE + sizeof(CLI_VAULT_RECORD)];
	(void)snprintf(beside, sizeof(beside), "%s" CLI_VAULT_RECORD, vault->name);
	errno = EINVAL;
	if (!is_safe(beside)) {
		return -1;
	}
	memcpy(name, beside, strlen(beside) + 1);
	return open_beneath(vault->parent, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

/* The folder that a file lies in; `*name` is then the last component. */
static int enter_all(const struct cli_vault *vault, char **name)
{
	int folder = dup(vault->folder);
	for (char *slash = strchr(*name, '/'); folder >= 0 && slash; slash = strchr(*name, '/')) {
		*slash = '\0';
		errno = EINVAL;
		const int next = is_safe(*name) ? enter(folder, *name) : -1;
		const int failure = errno;
		(void)close(folder);
		errno = failure;
		folder = next;
		*name = slash + 1;
	}
	return folder;
}

/* Whether it is the record of the last file. */
static bool is_record(const struct cli_vault *vault, const char *name)
{
	const size_t len = vault->asked != NULL ? strlen(vault->asked) : 0;
	return len > 0 && strncmp(name, vault->asked, len) == 0 && strcmp(name + len, CLI_VAULT_RECORD) == 0;
}

/* `name` is taken apart in its place. */
static bool begin(struct cli_vault *vault, char *name)
{
	const bool record = is_record(vault, name);
	(void)snprintf(vault->shown, sizeof(vault->shown), "%s", name);
	if (vault->file >= 0) {
		return refuse(vault, "a file began before the last one had ended", vault->shown);
	}
	vault->parent = enter_all(vault, &name);
	if (vault->parent >= 0) {
		errno = EINVAL;
		vault->file = record          ? make_beside(vault, vault->name)
			      : is_safe(name) ? make(vault->parent, name, vault->name)
					      : -1;
	}
	vault->written = 0;
	return vault->file >= 0 || refuse(vault, strerror(errno), vault->shown);
}

/* ---- Bytes ------------------------------------------------------------------------------------------------------------- */

static bool add(struct cli_vault *vault, const uint8_t *bytes, size_t size)
{
	while (size > 0) {
		const ssize_t put = pwrite(vault->file, bytes, size, (off_t)vault->written);
		if (put <= 0 && errno != EINTR) {
			return refuse(vault, strerror(errno), vault->shown);
		}
		const size_t done = put > 0 ? (size_t)put : 0;
		bytes += done;
		size -= done;
		vault->written += done;
	}
	return true;
}

/* The file gets its length when it ends: a hole takes no room. */
static bool end(struct cli_vault *vault)
{
	if (ftruncate(vault->file, (off_t)vault->written) != 0) {
		return refuse(vault, strerror(errno), vault->shown);
	}
	if (close(vault->file) != 0) {
		const int failure = errno;
		(void)unlinkat(vault->parent, vault->name, 0);
		vault->file = -1;
		return refuse(vault, strerror(failure), vault->shown);
	}
	vault->file = -1;
	close_one(&vault->parent);
	return true;
}

static bool begin_copy(struct cli_vault *vault, const void *bytes, size_t size)
{
	char *name = size <= CLI_VAULT_NAME_MAX && memchr(bytes, '\0', size) == NULL ? strndup(bytes, size) : NULL;
	char *asked = name != NULL ? strdup(name) : NULL;
	const bool begun = asked != NULL ? begin(vault, name) : refuse(vault, "it is no name of a file", "");
	free(name);
	free(vault->asked);
	vault->asked = asked;
	return begun;
}

static bool skip(struct cli_vault *vault, const void *bytes, size_t size)
{
	uint64_t zeros;
	if (size != sizeof(zeros)) {
		return refuse(vault, "a hole without a size", vault->shown);
	}
	memcpy(&zeros, bytes, sizeof(zeros));
	if (zeros > (uint64_t)INT64_MAX - vault->written) {
		return refuse(vault, "a file larger than any", vault->shown);
	}
	vault->written += zeros;
	return true;
}

bool cli_vault_take(struct cli_vault *vault, unsigned kind, const void *bytes, size_t size)
{
	if (vault->err.status != SILT_OK) {
		return false;
	}
	if (kind == CLI_VAULT_BEGIN) {
		return begin_copy(vault, bytes, size);
	}
	if (vault->file < 0) {
		return refuse(vault, "bytes without a file", "");
	}
	return kind == CLI_VAULT_DATA   ? add(vault, bytes, size)
	       : kind == CLI_VAULT_HOLE ? skip(vault, bytes, size)
					: end(vault);
}
