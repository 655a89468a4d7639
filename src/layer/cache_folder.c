/* The folder of a cache. What others could change or read is refused: a cache is believed. */
#include "layer/cache_folder.h"

#include "base/secure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OTHERS_WRITE = 022, OTHERS_ANY = 077, KEY_NAME_SIZE = 32 };

static const char key_name[] = "key";

static enum silt_status fail(const struct silt_cache_folder *folder, const char *what, int cause,
			     struct silt_error *err)
{
	return silt_fail(err, SILT_ERR_IO, "the cache %s: %s: %s", folder->shown, what, strerrordesc_np(cause));
}

/* ---- The folder ------------------------------------------------------------------------------------------------------ */

/* Each folder of the path, from the first one on; those that are there stay as they are. */
static bool make_folders(const char *path)
{
	struct silt_buffer copy = {0};
	silt_buffer_add_text(&copy, path);
	bool made = !copy.failed && copy.len > 0;
	for (size_t i = 1; made && i <= copy.len; i++) {
		if (i == copy.len || copy.ptr[i] == '/') {
			copy.ptr[i] = '\0';
			made = mkdir((const char *)copy.ptr, 0700) == 0 || errno == EEXIST;
			copy.ptr[i] = i == copy.len ? '\0' : '/';
		}
	}
	const int cause = errno;
	silt_buffer_done(&copy);
	errno = cause;
	return made;
}

static enum silt_status check(const struct silt_cache_folder *folder, const char *name, const struct stat *facts,
			      unsigned forbidden, struct silt_error *err)
{
	const bool key = forbidden == OTHERS_ANY;
	if (facts->st_uid != geteuid()) {
		return silt_fail(err, SILT_ERR_IO,
				 "the cache %s: %s belongs to another user, who could make it say anything",
				 folder->shown, name);
	}
	if (facts->st_mode & forbidden) {
		return silt_fail(err, SILT_ERR_IO, "the cache %s: others may %s %s (mode %04o): chmod %s",
				 folder->shown, key ? "use" : "write to", name, (unsigned)(facts->st_mode & 07777),
				 key ? "0600, and remove the cache if somebody did" : "go-w");
	}
	return SILT_OK;
}

enum silt_status silt_cache_folder_open(const char *path, bool create, struct silt_cache_folder *folder,
					struct silt_error *err)
{
	struct stat facts;
	if (create && !make_folders(path)) {
		return fail(folder, "it cannot be made", errno, err);
	}
	folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder->fd < 0 || fstat(folder->fd, &facts) != 0) {
		return fail(folder, "it cannot be opened", errno, err);
	}
	return check(folder, "the folder", &facts, OTHERS_WRITE, err);
}

void silt_cache_folder_done(struct silt_cache_folder *folder)
{
	if (folder->fd >= 0) {
		(void)close(folder->fd);
	}
	folder->fd = -1;
}

static enum silt_status check_file(const struct silt_cache_folder *folder, const char *name, const struct stat *facts,
				   unsigned forbidden, struct silt_error *err)
{
	return S_ISREG(facts->st_mode)
		       ? check(folder, name, facts, forbidden, err)
		       : silt_fail(err, SILT_ERR_IO, "the cache %s: %s is no file", folder->shown, name);
}

enum silt_status silt_cache_folder_file(const struct silt_cache_folder *folder, const char *name, bool create,
					unsigned forbidden, int *fd, struct silt_error *err)
{
	struct stat facts;
	*fd = openat(folder->fd, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (create ? O_CREAT : 0), 0600);
	if (*fd < 0 || fstat(*fd, &facts) != 0) {
		return fail(folder, name, errno, err);
	}
	return check_file(folder, name, &facts, forbidden, err);
}

enum silt_status silt_cache_folder_check(const struct silt_cache_folder *folder, const char *name, bool create,
					 unsigned forbidden, struct silt_error *err)
{
	struct stat facts;
	const int fd = create ? openat(folder->fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
	if (fd >= 0) {
		(void)close(fd);
	}
	return fstatat(folder->fd, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
		       ? check_file(folder, name, &facts, forbidden, err)
		       : fail(folder, name, errno, err);
}

/* ---- The key --------------------------------------------------------------------------------------------------------- */

static bool write_key(int fd)
{
	uint8_t key[SILT_SEAL_KEY_SIZE];
	silt_random(key, sizeof(key));
	const bool written = write(fd, key, sizeof(key)) == (ssize_t)sizeof(key) && fsync(fd) == 0;
	silt_wipe(key, sizeof(key));
	return written;
}

/*
 * Written under a name of its own and linked to the right one, which fails if another process was faster: nobody ever
 * sees half a key, and there is never a second one.
 */
static enum silt_status make_key(const struct silt_cache_folder *folder, struct silt_error *err)
{
	char name[KEY_NAME_SIZE];
	uint8_t salt[8];
	silt_random(salt, sizeof(salt));
	(void)snprintf(name, sizeof(name), "key.%08x%08x", silt_u32le(salt), silt_u32le(salt + 4));
	const int fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		return fail(folder, "a key cannot be made", errno, err);
	}
	const bool linked = write_key(fd) &&
			    (linkat(folder->fd, name, folder->fd, key_name, 0) == 0 || errno == EEXIST);
	const int cause = errno;
	(void)close(fd);
	(void)unlinkat(folder->fd, name, 0);
	return linked ? SILT_OK : fail(folder, "a key cannot be made", cause, err);
}

enum silt_status silt_cache_folder_key(const struct silt_cache_folder *folder, bool create,
				       uint8_t key[static SILT_SEAL_KEY_SIZE], struct silt_error *err)
{
	int fd = -1;
	if (create && faccessat(folder->fd, key_name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 &&
	    make_key(folder, err) != SILT_OK) {
		return SILT_ERR_IO;
	}
	enum silt_status status = silt_cache_folder_file(folder, key_name, false, OTHERS_ANY, &fd, err);
	uint8_t excess;
	if (status == SILT_OK &&
	    (read(fd, key, SILT_SEAL_KEY_SIZE) != SILT_SEAL_KEY_SIZE || read(fd, &excess, 1) != 0)) {
		status = silt_fail(err, SILT_ERR_IO, "the cache %s: its key is damaged: remove the cache",
				   folder->shown);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	return status;
}
