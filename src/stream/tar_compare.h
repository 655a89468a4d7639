/* Two readings of one tar, compared entry by entry: libarchive's, as events, and the walk's (tar_walk.h). */
#ifndef SILT_STREAM_TAR_COMPARE_H
#define SILT_STREAM_TAR_COMPARE_H

#include "stream/tar.h"
#include "stream/tar_walk.h"

/* Starts zeroed. Fields are private. */
struct silt_tar_compare {
	struct silt_tar_walk walk;
	bool over; /* they disagree, or damage was noted: there is nothing more to compare */
};

void silt_tar_compare_done(struct silt_tar_compare *compare);

/* Sees every event of the reader, in order. SILT_ERR_MEMORY only. */
enum silt_status silt_tar_compare_follow(struct silt_tar_compare *compare, const struct silt_tar_event *event,
					 struct silt_error *err);

/*
 * Asked before each event is given, until it is false. True, at most once for a tar, if the walk found something else
 * since the last entry than this entry, or anything before the end; and once for each body whose padding is not zero.
 * `*note` is then the event to give first. `at`: place in the stream.
 */
bool silt_tar_compare_note(struct silt_tar_compare *compare, const struct silt_tar_event *next, uint64_t at,
			   struct silt_tar_event *note);

#endif
