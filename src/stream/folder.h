/*
 * A folder as the stream of events that the same files in a tar would give (tar.h), without gaps.
 *
 * Names come in byte order of their full path, relative to the folder. Nothing is followed: symlinks are entries with
 * their target as text; every file is opened with O_NOFOLLOW relative to its folder. Devices, sockets and fifos are
 * entries and are never opened.
 *
 * Names are read once, at opening; what an entry is and how long it is counts as of the moment its turn comes. A
 * directory's path has no "/" at its end. Extended attributes are not read. A hard link is one more file.
 */
#ifndef SILT_STREAM_FOLDER_H
#define SILT_STREAM_FOLDER_H

#include "stream/tar.h"

struct silt_folder;

/*
 * The folder that `root` is open on (borrowed, not closed). SILT_ERR_IO if it is no folder or something in it cannot be
 * read; SILT_ERR_INPUT if it has more than SILT_MEMBERS_MAX entries or a path longer than SILT_PATH_MAX.
 */
enum silt_status silt_folder_new(int root, struct silt_folder **out, struct silt_error *err);
void silt_folder_free(struct silt_folder *folder);

/*
 * As silt_tar_next. A file that cannot be opened or read is SILT_ERR_IO; one that got shorter while it was read gives
 * a TRUNCATED note.
 */
enum silt_status silt_folder_next(struct silt_folder *folder, struct silt_tar_event *event, struct silt_error *err);

/*
 * The file of the entry given last, for somebody else to read: its descriptor becomes the caller's, and the rest of its
 * body is not given any more. False if it has none, or all of it was given.
 */
bool silt_folder_take(struct silt_folder *folder, struct silt_file_range *range);

/* To the first entry again. */
void silt_folder_rewind(struct silt_folder *folder);

/* Bytes of bodies given so far, and of all files, as of opening. */
uint64_t silt_folder_position(const struct silt_folder *folder);
uint64_t silt_folder_total(const struct silt_folder *folder);

#endif
