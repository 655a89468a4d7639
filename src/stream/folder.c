/* A folder as tar events: names from one walk at opening, bodies and attributes as they are when their turn comes. */
#include "stream/folder.h"

#include "base/limits.h"
#include "base/secure.h"
#include "stream/folder_walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/sysmacros.h>
#include <unistd.h>

struct silt_folder {
	int root; /* borrows */
	struct silt_folder_list list;
	size_t next; /* of the list */
	uint64_t position, total;
	int parent;              /* owns: the folder of the entry given last, or -1; neighbours share it */
	const char *parent_path; /* a path of the list that lies in it */

	struct silt_tar_entry entry;
	int file;         /* owns: the body that is being read, or -1 */
	uint64_t body_at; /* bytes of it given */
	bool cut_short;   /* the note is due */
	char link[SILT_PATH_MAX + 1];
	uint8_t block[SILT_BLOCK_SIZE];
};

enum silt_status silt_folder_new(int root, struct silt_folder **out, struct silt_error *err)
{
	struct silt_folder *folder = calloc(1, sizeof(*folder));
	if (!folder) {
		return silt_fail_memory(err);
	}
	silt_leave_undumped(folder, sizeof(*folder));
	folder->root = root;
	folder->parent = folder->file = -1;
	enum silt_status status = silt_folder_walk(root, &folder->list, err);
	if (status != SILT_OK) {
		silt_folder_free(folder);
		return status;
	}
	for (size_t i = 0; i < folder->list.count; i++) {
		folder->total += folder->list.names[i].size;
	}
	*out = folder;
	return SILT_OK;
}

static void close_one(int *fd)
{
	if (*fd >= 0) {
		close(*fd);
		*fd = -1;
	}
}

void silt_folder_free(struct silt_folder *folder)
{
	if (!folder) {
		return;
	}
	close_one(&folder->file);
	close_one(&folder->parent);
	silt_folder_list_done(&folder->list);
	silt_wipe(folder->block, sizeof(folder->block));
	free(folder);
}

bool silt_folder_take(struct silt_folder *folder, struct silt_file_range *range)
{
	*range = (struct silt_file_range){.fd = folder->file, .size = folder->entry.size};
	if (folder->file >= 0) {
		/* Whoever took it reads it: what comes next lies where it always does. */
		folder->position += folder->entry.size - folder->body_at;
	}
	folder->file = -1;
	return range->fd >= 0;
}

void silt_folder_rewind(struct silt_folder *folder)
{
	close_one(&folder->file);
	folder->next = 0;
	folder->position = 0;
	folder->cut_short = false;
}

uint64_t silt_folder_position(const struct silt_folder *folder)
{
	return folder->position;
}

uint64_t silt_folder_total(const struct silt_folder *folder)
{
	return folder->total;
}

/* ---- Entries ------------------------------------------------------------------------------------------------------- */

static enum silt_entry_type type_of(mode_t mode)
{
	static const struct {
		mode_t mode;
		enum silt_entry_type type;
	} types[] = {
		{S_IFREG, SILT_ENTRY_FILE},        {S_IFLNK, SILT_ENTRY_SYMLINK},      {S_IFDIR, SILT_ENTRY_DIRECTORY},
		{S_IFCHR, SILT_ENTRY_CHAR_DEVICE}, {S_IFBLK, SILT_ENTRY_BLOCK_DEVICE}, {S_IFIFO, SILT_ENTRY_FIFO},
	};
	for (size_t i = 0; i < SILT_COUNT(types); i++) {
		if ((mode & S_IFMT) == types[i].mode) {
			return types[i].type;
		}
	}
	return SILT_ENTRY_OTHER;
}

static void fill_entry(struct silt_folder *folder, const char *path, const struct stat *status)
{
	bool device = S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode);
	folder->entry = (struct silt_tar_entry){
		.path = silt_bytes_text(path),
		.type = type_of(status->st_mode),
		.mode = (uint16_t)(status->st_mode & 07777),
		.uid = status->st_uid,
		.gid = status->st_gid,
		.size = S_ISREG(status->st_mode) ? (uint64_t)status->st_size : 0,
		.has_data = S_ISREG(status->st_mode) && status->st_size > 0,
		.mtime = status->st_mtime,
		.dev_major = device ? major(status->st_rdev) : 0,
		.dev_minor = device ? minor(status->st_rdev) : 0,
		.offset = folder->position,
	};
}

static enum silt_status read_link(struct silt_folder *folder, const char *path, const char *name,
				  struct silt_error *err)
{
	ssize_t len = readlinkat(folder->parent, name, folder->link, sizeof(folder->link));
	if (len < 0) {
		return silt_folder_fail(err, path, "read the symlink", errno);
	}
	folder->entry.link = silt_bytes(folder->link, (size_t)len);
	return SILT_OK;
}

/* A regular file is opened, and what it is and how long it is counts from then on. */
static enum silt_status open_file(struct silt_folder *folder, const char *path, const char *name, struct stat *status,
				  struct silt_error *err)
{
	/* Not blocking: should it have become a fifo since the walk, nobody may hold us up. */
	folder->file = openat(folder->parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (folder->file < 0 || fstat(folder->file, status) != 0) {
		return silt_folder_fail(err, path, "open", errno);
	}
	if (!S_ISREG(status->st_mode)) {
		return silt_folder_fail(err, path, "read what took the place of the file", ESTALE);
	}
	return SILT_OK;
}

static enum silt_status open_entry(struct silt_folder *folder, const char *path, const char *name,
				   struct silt_error *err)
{
	struct stat status;
	if (fstatat(folder->parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
		return silt_folder_fail(err, path, "read the attributes", errno);
	}
	if (S_ISREG(status.st_mode)) {
		enum silt_status opened = open_file(folder, path, name, &status, err);
		if (opened != SILT_OK) {
			return opened;
		}
	}
	fill_entry(folder, path, &status);
	folder->body_at = 0;
	if (folder->entry.size == 0) {
		close_one(&folder->file);
	}
	return S_ISLNK(status.st_mode) ? read_link(folder, path, name, err) : SILT_OK;
}

static size_t parent_len(const char *path)
{
	return (size_t)(silt_folder_last_name(path) - path);
}

static bool share_parent(const char *a, const char *b)
{
	return silt_bytes_equal(silt_bytes(a, parent_len(a)), silt_bytes(b, parent_len(b)));
}

/* Opens the folder that holds `path`, unless it is open already. */
static enum silt_status open_parent(struct silt_folder *folder, const char *path, struct silt_error *err)
{
	if (folder->parent >= 0 && share_parent(folder->parent_path, path)) {
		return SILT_OK;
	}
	close_one(&folder->parent);
	folder->parent = silt_folder_open_parent(folder->root, path);
	folder->parent_path = path;
	return folder->parent >= 0 ? SILT_OK : silt_folder_fail(err, path, "open the folder of", errno);
}

static enum silt_status next_entry(struct silt_folder *folder, struct silt_tar_event *event, struct silt_error *err)
{
	const char *path = folder->list.names[folder->next].path;
	const char *name = silt_folder_last_name(path);
	enum silt_status status = open_parent(folder, path, err);
	if (status == SILT_OK) {
		status = open_entry(folder, path, name, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	folder->next++;
	*event = (struct silt_tar_event){.kind = SILT_TAR_ENTRY, .entry = &folder->entry};
	return SILT_OK;
}

/* ---- Bodies -------------------------------------------------------------------------------------------------------- */

/* Fills the block, but no further than the size the entry was given with. */
static enum silt_status fill_block(struct silt_folder *folder, size_t *len, struct silt_error *err)
{
	uint64_t left = folder->entry.size - folder->body_at;
	size_t wanted = left < SILT_BLOCK_SIZE ? (size_t)left : SILT_BLOCK_SIZE;
	*len = 0;
	while (*len < wanted) {
		ssize_t got = read(folder->file, folder->block + *len, wanted - *len);
		if (got == 0) {
			folder->cut_short = true;
			return SILT_OK;
		}
		if (got > 0) {
			*len += (size_t)got;
		} else if (errno != EINTR) {
			return silt_folder_fail(err, folder->list.names[folder->next - 1].path, "read", errno);
		}
	}
	return SILT_OK;
}

static enum silt_status next_data(struct silt_folder *folder, struct silt_tar_event *event, struct silt_error *err)
{
	size_t len;
	enum silt_status status = fill_block(folder, &len, err);
	if (status != SILT_OK) {
		return status;
	}
	*event = (struct silt_tar_event){
		.kind = SILT_TAR_DATA, .bytes = silt_bytes(folder->block, len), .offset = folder->body_at};
	folder->body_at += len;
	folder->position += len;
	event->last = folder->cut_short || folder->body_at == folder->entry.size;
	if (event->last) {
		close_one(&folder->file);
	}
	return SILT_OK;
}

enum silt_status silt_folder_next(struct silt_folder *folder, struct silt_tar_event *event, struct silt_error *err)
{
	if (folder->file >= 0) {
		return next_data(folder, event, err);
	}
	if (folder->cut_short) {
		folder->cut_short = false;
		*event = (struct silt_tar_event){.kind = SILT_TAR_NOTE,
						 .note = SILT_TAR_NOTE_TRUNCATED,
						 .offset = folder->position,
						 .text = "the file got shorter while it was read"};
		return SILT_OK;
	}
	if (folder->next < folder->list.count) {
		return next_entry(folder, event, err);
	}
	*event = (struct silt_tar_event){.kind = SILT_TAR_END, .offset = folder->position};
	return SILT_OK;
}
