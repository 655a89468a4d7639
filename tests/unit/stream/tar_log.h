/* All events of a tar or folder, as text that a test compares, and the bytes they carried. */
#ifndef SILT_TESTS_TAR_LOG_H
#define SILT_TESTS_TAR_LOG_H

#include "base/buffer.h"
#include "stream/tar.h"

struct tar_log {
	/*
	 * A line an event, without GAPs: "file 644 etc/motd 6 @0", "symlink 777 l 0 @1024 -> etc/motd", "xattr NAME=HEX",
	 * "data 0+6 last", "note tail", "end". Pieces of one body that follow each other are one line. An entry that only
	 * one reader of the tar has ends in " (go)" or " (other)".
	 */
	struct silt_buffer text;
	struct silt_buffer raw;       /* DATA and GAP bytes, in order */
	struct silt_buffer bodies;    /* DATA bytes */
	struct silt_buffer gaps;      /* GAP bytes */
	struct silt_buffer sentences; /* the texts of the notes, a line each */
	uint64_t data_start, data_end;
	bool in_data;
	unsigned gap_offset_errors; /* GAPs whose offset was not the number of bytes seen before */
};

void tar_log_done(struct tar_log *log);

/* Adds one event. */
void tar_log_add(struct tar_log *log, const struct silt_tar_event *event);

/* Reads the whole archive in blocks of `block_len` (0: one block). Fails the test on a status that is not SILT_OK. */
void tar_log_read(struct tar_log *log, struct silt_bytes archive, size_t block_len);

#endif
