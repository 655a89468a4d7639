/*
 * Entries that only libarchive reads, kept until they may be given: it may find them inside of a body of Go's, and a body
 * is not interrupted.
 */
#ifndef SILT_STREAM_TAR_BACKLOG_H
#define SILT_STREAM_TAR_BACKLOG_H

#include "stream/tar_entry.h"

struct silt_tar_backlog_item {
	struct silt_tar_entry entry;
	bool told; /* that it is disputed */
};

/* Starts with `max` set and the rest zero. */
struct silt_tar_backlog {
	size_t max;                          /* entries; and KiB of what they point to */
	struct silt_tar_backlog_item *items; /* owns */
	size_t count, next, capacity;
	size_t weight;           /* bytes of what they point to */
	uint64_t dropped;        /* entries beyond that, not yet told */
	struct silt_arena arena; /* of what they point to */
};

void silt_tar_backlog_done(struct silt_tar_backlog *backlog);

/* Keeps a copy. False: memory ran out. */
bool silt_tar_backlog_add(struct silt_tar_backlog *backlog, const struct silt_tar_entry *entry, bool told);

/* The next to be given, or NULL. */
struct silt_tar_backlog_item *silt_tar_backlog_peek(struct silt_tar_backlog *backlog);

/* It was given, and is valid until the next call of silt_tar_backlog_peek. */
void silt_tar_backlog_pop(struct silt_tar_backlog *backlog);

#endif
