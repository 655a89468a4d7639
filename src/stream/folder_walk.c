/*
 * Walking a folder without recursion: the list of names is also the queue of folders yet to be read.
 *
 * No descriptor is kept from one folder to the next, so depth costs nothing but time.
 */
#include "stream/folder_walk.h"

#include "base/escape.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

void silt_folder_list_done(struct silt_folder_list *list)
{
	free(list->names);
	silt_arena_done(&list->arena);
}

enum silt_status silt_folder_fail(struct silt_error *err, const char *path, const char *doing, int cause)
{
	char text[256];
	if (cause == ENOMEM) {
		return silt_fail_memory(err);
	}
	return silt_fail(err, SILT_ERR_IO, "%s: cannot %s: %s",
			 silt_escape_text(silt_bytes_text(path), text, sizeof(text)), doing, strerrordesc_np(cause));
}

const char *silt_folder_last_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* Opens the folder whose name is the first `len` bytes of `name`, and closes the one it is in. */
static int enter(int folder, const char *name, size_t len)
{
	char text[SILT_NAME_MAX + 1];
	int next = -1;
	errno = ENAMETOOLONG;
	if (len <= SILT_NAME_MAX) {
		memcpy(text, name, len);
		text[len] = '\0';
		next = openat(folder, text, FOLDER_FLAGS);
	}
	int cause = errno;
	close(folder);
	errno = cause;
	return next;
}

int silt_folder_open_parent(int root, const char *path)
{
	int folder = openat(root, ".", FOLDER_FLAGS);
	const char *slash;
	while (folder >= 0 && (slash = strchr(path, '/')) != NULL) {
		folder = enter(folder, path, (size_t)(slash - path));
		path = slash + 1;
	}
	return folder;
}

/* Adds a name that readdir gave for the folder `parent` ("" is the root). */
static enum silt_status add(struct silt_folder_list *list, const char *parent, const char *name,
			    const struct stat *status, struct silt_error *err)
{
	const char *path = silt_arena_printf(&list->arena, "%s%s%s", parent, parent[0] ? "/" : "", name);
	void *names = list->names;
	if (!path || !silt_grow(&names, list->count, &list->capacity, sizeof(*list->names))) {
		return silt_fail_memory(err);
	}
	list->names = names;
	if (list->count == SILT_MEMBERS_MAX) {
		return silt_fail(err, SILT_ERR_INPUT, "the folder has more than %d entries", SILT_MEMBERS_MAX);
	}
	if (strlen(path) > SILT_PATH_MAX) {
		return silt_fail(err, SILT_ERR_INPUT, "the folder has a path of more than %d bytes", SILT_PATH_MAX);
	}
	list->names[list->count++] = (struct silt_folder_name){
		.path = path,
		.mode = status->st_mode,
		.size = S_ISREG(status->st_mode) ? (uint64_t)status->st_size : 0,
	};
	return SILT_OK;
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Adds what is in the folder `parent`, which `stream` reads. */
static enum silt_status add_all(struct silt_folder_list *list, const char *parent, DIR *stream, struct silt_error *err)
{
	for (;;) {
		errno = 0;
		const struct dirent *found = readdir(stream);
		if (!found) {
			return errno == 0 ? SILT_OK : silt_folder_fail(err, parent, "list the folder", errno);
		}
		if (is_dots(found->d_name)) {
			continue;
		}
		struct stat status;
		if (fstatat(dirfd(stream), found->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
			return silt_folder_fail(err, found->d_name, "read the attributes", errno);
		}
		enum silt_status added = add(list, parent, found->d_name, &status, err);
		if (added != SILT_OK) {
			return added;
		}
	}
}

static DIR *open_folder(int root, const char *path)
{
	int parent = silt_folder_open_parent(root, path);
	if (parent < 0) {
		return NULL;
	}
	const char *name = silt_folder_last_name(path);
	int folder = openat(parent, name[0] ? name : ".", FOLDER_FLAGS);
	int cause = errno;
	close(parent);
	DIR *stream = folder < 0 ? NULL : fdopendir(folder);
	if (!stream && folder >= 0) {
		cause = errno;
		close(folder);
	}
	errno = cause;
	return stream;
}

static enum silt_status read_folder(int root, struct silt_folder_list *list, const char *path, struct silt_error *err)
{
	DIR *stream = open_folder(root, path);
	if (!stream) {
		return silt_folder_fail(err, path, "open the folder", errno);
	}
	enum silt_status status = add_all(list, path, stream, err);
	closedir(stream);
	return status;
}

static int compare(const void *a, const void *b)
{
	const struct silt_folder_name *left = a, *right = b;
	return strcmp(left->path, right->path);
}

enum silt_status silt_folder_walk(int root, struct silt_folder_list *list, struct silt_error *err)
{
	enum silt_status status = read_folder(root, list, "", err);
	for (size_t i = 0; status == SILT_OK && i < list->count; i++) {
		if (S_ISDIR(list->names[i].mode)) {
			status = read_folder(root, list, list->names[i].path, err);
		}
	}
	if (status == SILT_OK && list->count > 0) {
		qsort(list->names, list->count, sizeof(*list->names), compare);
	}
	return status;
}
