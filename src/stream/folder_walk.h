/* The names in a folder, all of them, and safe opening of one of them. */
#ifndef SILT_STREAM_FOLDER_WALK_H
#define SILT_STREAM_FOLDER_WALK_H

#include "base/arena.h"
#include "base/error.h"

#include <sys/stat.h>

struct silt_folder_name {
	const char *path; /* relative to the folder; owned by the list's arena */
	mode_t mode;      /* as of the walk */
	uint64_t size;    /* as above; 0 for what is no regular file */
};

/* Start zeroed. */
struct silt_folder_list {
	struct silt_arena arena;
	struct silt_folder_name *names; /* owns; in byte order of the paths once walked */
	size_t count, capacity;
};

void silt_folder_list_done(struct silt_folder_list *list);

/*
 * Finds everything below the folder `root`. SILT_ERR_IO if a folder cannot be read; SILT_ERR_INPUT if there are more
 * than SILT_MEMBERS_MAX names or one is longer than SILT_PATH_MAX.
 */
enum silt_status silt_folder_walk(int root, struct silt_folder_list *list, struct silt_error *err);

/*
 * Opens the folder that holds `path`, one component after the other and never through a symlink, so that nobody who
 * moves things about meanwhile leads us out of `root`. The caller closes it. -1 with errno for a failure.
 */
int silt_folder_open_parent(int root, const char *path);

/* The last component of `path`, inside of it. */
const char *silt_folder_last_name(const char *path);

/* Records that `path` could not be handled; `doing` as in "open". Takes errno as `cause`. Returns SILT_ERR_IO. */
enum silt_status silt_folder_fail(struct silt_error *err, const char *path, const char *doing, int cause);

#endif
