/* Reports written to standard output or, all at once, to a file. */
#include "cli/output.h"

#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum silt_status fail_reason(struct silt_error *err, const char *path, int reason)
{
	const char *name = path != NULL ? path : "standard output";
	return cli_fail(err, SILT_ERR_IO, "%s: %s", cli_printable(name).text, strerror(reason));
}

static enum silt_status fail_errno(struct silt_error *err, const char *path)
{
	return fail_reason(err, path, errno);
}

/* True if `path` is to be replaced by a rename: nothing or a regular file stands there. */
static bool is_replaceable(const char *path)
{
	struct stat status;
	return lstat(path, &status) != 0 || S_ISREG(status.st_mode);
}

/* The folder of `path` with its final "/" ("" for the current one) and `name` behind it. NULL: memory ran out. */
static char *beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');
	const size_t folder_len = slash != NULL ? (size_t)(slash - path) + 1 : 0;
	const size_t name_size = strlen(name) + 1;
	char *out = malloc(folder_len + name_size);
	if (out != NULL) {
		memcpy(out, path, folder_len);
		memcpy(out + folder_len, name, name_size);
	}
	return out;
}

enum silt_status cli_output_check(const char *path, struct silt_error *err)
{
	if (path == NULL) {
		return SILT_OK;
	}
	if (!is_replaceable(path)) {
		return access(path, W_OK) == 0 ? SILT_OK : fail_errno(err, path);
	}
	char *folder = beside(path, ".");
	if (folder == NULL) {
		return cli_fail(err, SILT_ERR_MEMORY, "memory ran out.");
	}
	const bool writable = access(folder, W_OK) == 0;
	const int reason = errno;
	free(folder);
	errno = reason;
	return writable ? SILT_OK : fail_errno(err, path);
}

bool cli_output_is_input(const char *path, const char *input)
{
	struct stat target;
	struct stat source;
	const int found = strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &source) : stat(input, &source);
	return found == 0 && stat(path, &target) == 0 && !S_ISCHR(target.st_mode) && target.st_dev == source.st_dev &&
	       target.st_ino == source.st_ino;
}

bool cli_output_is_standard(const char *path)
{
	struct stat target;
	struct stat standard;
	return stat(path, &target) == 0 && fstat(STDOUT_FILENO, &standard) == 0 && target.st_dev == standard.st_dev &&
	       target.st_ino == standard.st_ino && (!S_ISCHR(standard.st_mode) || isatty(STDOUT_FILENO) == 1);
}

static const char *name_in(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash != NULL ? slash + 1 : path;
}

/* What is not there yet is one file if it has one name in one folder. */
bool cli_output_is_same(const char *a, const char *b)
{
	if (strcmp(a, b) == 0 || cli_output_is_input(a, b)) {
		return true;
	}
	char *folder_of_a = beside(a, ".");
	char *folder_of_b = beside(b, ".");
	struct stat of_a;
	struct stat of_b;
	const bool same = folder_of_a != NULL && folder_of_b != NULL && strcmp(name_in(a), name_in(b)) == 0 &&
			  stat(folder_of_a, &of_a) == 0 && stat(folder_of_b, &of_b) == 0 &&
			  of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
	free(folder_of_a);
	free(folder_of_b);
	return same;
}

/* ---- Files on their way -------------------------------------------------------------------------------------------- */

/* The way by which an open file without a name can be given one. */
struct way {
	char text[32];
};

static struct way way_to(int fd)
{
	struct way way;
	(void)snprintf(way.text, sizeof(way.text), "/proc/self/fd/%d", fd);
	return way;
}

/* True if it could be given a name: by way of /proc, and as a file of ours, which not every network file system makes. */
static bool can_be_named(int fd)
{
	struct stat status;
	return fstat(fd, &status) == 0 && status.st_uid == geteuid() && access(way_to(fd).text, F_OK) == 0;
}

/* However the process ends, nothing is left of such a file. -1: the system has none here. */
static int open_nameless(const char *path)
{
	char *folder = beside(path, ".");
	const int fd = folder != NULL ? open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600) : -1;
	free(folder);
	if (fd >= 0 && !can_be_named(fd)) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static int open_named(struct cli_output *output)
{
	output->temporary = beside(output->path, ".silt-XXXXXX");
	return output->temporary != NULL ? mkostemp(output->temporary, O_CLOEXEC) : -1;
}

/* Who could not open an output has nothing to end: no file is left, and no name. */
static FILE *open_temporary(struct cli_output *output)
{
	int fd = open_nameless(output->path);
	output->nameless = fd >= 0;
	fd = output->nameless ? fd : open_named(output);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (file == NULL) {
		const int reason = errno;
		if (fd >= 0) {
			(void)close(fd);
		}
		if (fd >= 0 && output->temporary != NULL) {
			(void)unlink(output->temporary);
		}
		free(output->temporary);
		output->temporary = NULL;
		errno = reason;
	}
	return file;
}

/* A file cannot be linked over another one: it gets a name that nobody has, from which it is renamed. */
static bool give_name(struct cli_output *output, int fd)
{
	enum { TRIES = 100 };
	bool named = false;
	errno = EEXIST;
	for (int i = 0; i < TRIES && !named && errno == EEXIST; i++) {
		uint32_t number = 0;
		char name[sizeof(".silt-XXXXXXXX")];
		(void)!getentropy(&number, sizeof(number));
		(void)snprintf(name, sizeof(name), ".silt-%08" PRIx32, number);
		free(output->temporary);
		output->temporary = beside(output->path, name);
		named = output->temporary != NULL &&
			linkat(AT_FDCWD, way_to(fd).text, AT_FDCWD, output->temporary, AT_SYMLINK_FOLLOW) == 0;
	}
	if (!named) { /* what is there belongs to somebody else */
		const int reason = errno;
		free(output->temporary);
		output->temporary = NULL;
		errno = reason;
	}
	return named;
}

/* ---- Outputs ------------------------------------------------------------------------------------------------------- */

enum silt_status cli_output_demand_private(const char *path, struct silt_error *err)
{
	if (path == NULL && !isatty(STDOUT_FILENO)) {
		return cli_fail(err, SILT_ERR_USAGE,
				"--show-secrets writes to a terminal only, or with --output FORMAT=FILE to a file of "
				"yours: name one.");
	}
	if (path != NULL && !is_replaceable(path)) {
		return cli_fail(err, SILT_ERR_USAGE, "--show-secrets: %s is no regular file, and others may read it.",
				cli_printable(path).text);
	}
	return SILT_OK;
}

enum silt_status cli_output_open(struct cli_output *output, const char *path, bool private, struct silt_error *err)
{
	*output = (struct cli_output){.path = path, .private = private};
	if (path == NULL) {
		output->file = stdout;
	} else if (is_replaceable(path)) {
		output->file = open_temporary(output);
	} else {
		output->file = fopen(path, "we");
	}
	return output->file != NULL ? SILT_OK : fail_errno(err, path);
}

static bool write_bytes(void *ctx, const void *bytes, size_t size)
{
	struct cli_output *output = ctx;
	if (fwrite(bytes, 1, size, output->file) == size) {
		return true;
	}
	output->refusal = errno;
	return false;
}

struct silt_sink cli_output_sink(struct cli_output *output)
{
	return (struct silt_sink){.write = write_bytes, .ctx = output};
}

enum silt_status cli_output_refused(const struct cli_output *output, struct silt_error *err)
{
	return fail_reason(err, output->path, output->refusal);
}

/* The mode of a file that any program makes anew. The mask can only be read by setting it. */
static mode_t mode_of_new_file(void)
{
	const mode_t mask = umask(077);
	(void)umask(mask);
	return 0666 & ~mask;
}

/* Gives the file owner and group of the old one, and returns the mode it may have then. */
static mode_t inherit(int fd, const struct stat *old)
{
	const mode_t mode = old->st_mode & 0777;
	/* Only root can give a file away; the group alone can be kept by its members. */
	if (fchown(fd, old->st_uid, old->st_gid) == 0 || fchown(fd, (uid_t)-1, old->st_gid) == 0) {
		return mode;
	}
	/* What the old group was allowed to do, another one may do only if everybody may. */
	return mode & (0707 | (mode & 07) << 3);
}

/*
 * The temporary file, made for its owner only, gets what the report at `path` had or would have; one with
 * secrets stays as it was made.
 */
static bool set_access(int fd, const struct cli_output *output)
{
	struct stat old;
	if (output->private) {
		return fchmod(fd, 0600) == 0;
	}
	const bool replaces = lstat(output->path, &old) == 0 && S_ISREG(old.st_mode);
	return fchmod(fd, replaces ? inherit(fd, &old) : mode_of_new_file()) == 0;
}

static bool sync_and_close(struct cli_output *output)
{
	FILE *file = output->file;
	const int fd = fileno(file);
	output->file = NULL;
	const bool replaces = output->nameless || output->temporary != NULL;
	const bool synced = fflush(file) == 0 && (!replaces || (set_access(fd, output) && fsync(fd) == 0)) &&
			    (!output->nameless || give_name(output, fd));
	const int reason = errno;
	const bool closed = fclose(file) == 0;
	if (!synced) {
		errno = reason;
	}
	return synced && closed;
}

enum silt_status cli_output_commit(struct cli_output *output, struct silt_error *err)
{
	if (output->path == NULL) {
		return fflush(stdout) == 0 ? SILT_OK : fail_errno(err, NULL);
	}
	if (!sync_and_close(output)) {
		return fail_errno(err, output->path);
	}
	if (output->temporary != NULL) {
		if (rename(output->temporary, output->path) != 0) {
			return fail_errno(err, output->path);
		}
		free(output->temporary);
		output->temporary = NULL;
	}
	return SILT_OK;
}

void cli_output_done(struct cli_output *output)
{
	if (output->file != NULL && output->path != NULL) {
		(void)fclose(output->file);
	}
	if (output->temporary != NULL) {
		(void)unlink(output->temporary);
		free(output->temporary);
	}
	*output = (struct cli_output){0};
}
