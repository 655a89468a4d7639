/*
 * The folder of a cache: whose it is, and the key in it. Internal to this folder.
 *
 *   DIR/records.db (-wal, -shm)   0600   values, sealed
 *   DIR/key                       0600   32 random bytes
 *   DIR/claims                    0600   empty; byte ranges of it are locked
 */
#ifndef SILT_LAYER_CACHE_FOLDER_H
#define SILT_LAYER_CACHE_FOLDER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/seal.h"

struct silt_cache_folder {
	int fd;            /* owns; -1: not open */
	const char *shown; /* borrows: its path, for people */
};

/* Opens the folder; `create`: makes it first, and those above it. SILT_ERR_IO if others may write to it. */
enum silt_status silt_cache_folder_open(const char *path, bool create, struct silt_cache_folder *folder,
					struct silt_error *err);
void silt_cache_folder_done(struct silt_cache_folder *folder);

/*
 * Opens the file `name` in it for reading and writing; `create`: makes an empty one if there is none. SILT_ERR_IO if it is
 * no regular file, another user's, or has a bit of `forbidden` in its mode.
 */
enum silt_status silt_cache_folder_file(const struct silt_cache_folder *folder, const char *name, bool create,
					unsigned forbidden, int *fd, struct silt_error *err);

/*
 * The same for a file that SQLite opens. It is not opened here if it is there: to close it would take away the locks that
 * SQLite may have on it in this process.
 */
enum silt_status silt_cache_folder_check(const struct silt_cache_folder *folder, const char *name, bool create,
					 unsigned forbidden, struct silt_error *err);

/* Reads the key; `create`: makes one if there is none, once for all processes that ask for it at the same time. */
enum silt_status silt_cache_folder_key(const struct silt_cache_folder *folder, bool create,
				       uint8_t key[static SILT_SEAL_KEY_SIZE], struct silt_error *err);

#endif
