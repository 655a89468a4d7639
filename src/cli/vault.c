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

enum { COMPONENT_MAX = 255, TWINS_MAX = 1000 };

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
	*out = (struct cli_vault){.folder = -1, .file = -1, .path = path};
	const bool made = mkdir(path, 0700) == 0;
	if (made || errno == EEXIST) {
		out->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	if (out->folder < 0) {
		return cli_fail(err, SILT_ERR_IO, "cannot write into the folder %s: %s", cli_printable(path).text,
				strerror(errno));
	}
	if (!made && !is_empty(out->folder)) {
		cli_vault_close(out);
		return cli_fail(err, SILT_ERR_USAGE,
				"the folder %s is not empty: name a new one, so that what is in it is evidence and "
				"nothing else.",
				cli_printable(path).text);
	}
	return SILT_OK;
}

void cli_vault_close(struct cli_vault *vault)
{
	if (vault->file >= 0) {
		(void)close(vault->file);
	}
	if (vault->folder >= 0) {
		(void)close(vault->folder);
	}
	vault->file = vault->folder = -1;
}

/* ---- Names ------------------------------------------------------------------------------------------------------------- */

static bool refuse(struct cli_vault *vault, const char *what, const char *name)
{
	(void)cli_fail(&vault->err, SILT_ERR_IO, "%s/%s: %s", cli_printable(vault->path).text, cli_printable(name).text,
		       what);
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

/* The folder of that name; or, where a file has it, one with a number behind. */
static int enter(int folder, const char *component)
{
	char name[COMPONENT_MAX + 16];
	int fd = -1;
	(void)snprintf(name, sizeof(name), "%s", component);
	for (int twin = 2; twin <= TWINS_MAX; twin++) {
		if (mkdirat(folder, name, 0700) != 0 && errno != EEXIST) {
			return -1;
		}
		fd = open_beneath(folder, name, O_RDONLY | O_DIRECTORY, 0);
		if (fd >= 0 || errno != ENOTDIR) {
			return fd;
		}
		(void)snprintf(name, sizeof(name), "%s~%d", component, twin);
	}
	return fd;
}

/* A new file; where the name is taken, one with a number behind. */
static int make(int folder, const char *component)
{
	char name[COMPONENT_MAX + 16];
	int fd = -1;
	(void)snprintf(name, sizeof(name), "%s", component);
	for (int twin = 2; twin <= TWINS_MAX; twin++) {
		fd = open_beneath(folder, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
		if (fd >= 0 || errno != EEXIST) {
			return fd;
		}
		(void)snprintf(name, sizeof(name), "%s~%d", component, twin);
	}
	return fd;
}

/* `name` is taken apart in its place. */
static bool begin(struct cli_vault *vault, char *name)
{
	char shown[128];
	(void)snprintf(shown, sizeof(shown), "%s", name);
	if (vault->file >= 0) {
		return refuse(vault, "a file began before the last one had ended", shown);
	}
	int folder = dup(vault->folder);
	char *rest = name;
	for (char *slash = strchr(rest, '/'); folder >= 0 && slash; slash = strchr(rest, '/')) {
		*slash = '\0';
		const int next = is_safe(rest) ? enter(folder, rest) : -1;
		if (next < 0 && !is_safe(rest)) {
			errno = EINVAL;
		}
		const int failure = errno;
		(void)close(folder);
		errno = failure;
		folder = next;
		rest = slash + 1;
	}
	if (folder >= 0) {
		errno = EINVAL;
		vault->file = is_safe(rest) ? make(folder, rest) : -1;
		const int failure = errno;
		(void)close(folder);
		errno = failure;
	}
	vault->written = 0;
	return vault->file >= 0 || refuse(vault, strerror(errno), shown);
}

/* ---- Bytes ------------------------------------------------------------------------------------------------------------- */

static bool add(struct cli_vault *vault, const uint8_t *bytes, size_t size)
{
	while (size > 0) {
		const ssize_t put = pwrite(vault->file, bytes, size, (off_t)vault->written);
		if (put <= 0 && errno != EINTR) {
			return refuse(vault, strerror(errno), "a file could not be written");
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
	const int fd = vault->file;
	vault->file = -1;
	const bool whole = ftruncate(fd, (off_t)vault->written) == 0;
	const bool closed = close(fd) == 0;
	return (whole && closed) || refuse(vault, strerror(errno), "a file could not be written");
}

static bool begin_copy(struct cli_vault *vault, const void *bytes, size_t size)
{
	char *name = size <= CLI_VAULT_NAME_MAX && memchr(bytes, '\0', size) == NULL ? strndup(bytes, size) : NULL;
	const bool begun = name != NULL ? begin(vault, name) : refuse(vault, "it is no name of a file", "");
	free(name);
	return begun;
}

static bool skip(struct cli_vault *vault, const void *bytes, size_t size)
{
	uint64_t zeros;
	if (size != sizeof(zeros)) {
		return refuse(vault, "a hole without a size", "");
	}
	memcpy(&zeros, bytes, sizeof(zeros));
	if (zeros > (uint64_t)INT64_MAX - vault->written) {
		return refuse(vault, "a file larger than any", "");
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
