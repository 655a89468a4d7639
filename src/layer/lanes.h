/*
 * The streams of bytes that a survey matches. Kinds of them interleave: bodies (and other strings with edges), bytes
 * that no entry claims, framing of the compression, and files inside of files, which are read at the same time as those
 * they are in. Each kind has a search of its own, made when it is first needed.
 */
#ifndef SILT_LAYER_LANES_H
#define SILT_LAYER_LANES_H

#include "base/limits.h"
#include "base/pulse.h"
#include "base/shared_use.h"
#include "layer/settle.h"
#include "secret/search.h"

#include <pthread.h>

/* Files that may be open inside of each other: so many archives, and around and in each of them what it is packed in. */
enum { SILT_NESTED_LEVELS = 2 * SILT_NESTED_DEPTH_MAX + 1 };

enum silt_lane {
	SILT_LANE_BODY,
	SILT_LANE_UNCLAIMED,
	SILT_LANE_FRAMING,
	SILT_LANE_INNER, /* and further ones: files in the body, files in those, ... */
	SILT_LANES = SILT_LANE_INNER + SILT_NESTED_LEVELS,
};

/*
 * Searches that no survey needs at the moment. One takes 8 MiB, most of them never touched: surveys hand them on, those
 * that follow each other and those that run side by side.
 */
struct silt_spare_searches {
	pthread_mutex_t lock;
	struct silt_search *list[SILT_LANES]; /* owns */
	size_t count;
};

/* Makes an empty one. */
void silt_spare_searches_init(struct silt_spare_searches *spare);
void silt_spare_searches_done(struct silt_spare_searches *spare);

struct silt_lanes {
	const struct silt_matcher *matcher; /* borrows; NULL: streams are opened and ended, and nobody searches them */
	struct silt_shared_use *total;      /* borrows; as in the wish */
	bool keep_secrets;                  /* hits hold the values */
	struct silt_pulse pulse;
	struct silt_spare_searches *spare;        /* borrows; NULL: none */
	struct silt_collector *collector;         /* borrows: gets the hits */
	struct silt_search *searches[SILT_LANES]; /* owns */
	struct silt_hit origin[SILT_LANES];     /* what a match in this lane is a hit of; offset: the stream's start */
	struct silt_unsettled hits[SILT_LANES]; /* of the open stream */
	bool open[SILT_LANES];
	enum silt_lane lane;        /* of the match callback */
	struct silt_path_room path; /* of the entry whose body is open */
};

void silt_lanes_done(struct silt_lanes *lanes);

/* Starts a stream; the lane must not be open. */
enum silt_status silt_lane_open(struct silt_lanes *lanes, enum silt_lane lane, struct silt_hit origin,
				struct silt_error *err);

/* The next bytes of an open stream; `last` ends it. A flood of matches becomes an anomaly. */
enum silt_status silt_lane_feed(struct silt_lanes *lanes, enum silt_lane lane, struct silt_bytes bytes, bool last,
				struct silt_error *err);

/* Ends the stream if one is open. */
enum silt_status silt_lane_close(struct silt_lanes *lanes, enum silt_lane lane, struct silt_error *err);

/* A whole stream of the body lane at once; nothing for an empty one. */
enum silt_status silt_lane_string(struct silt_lanes *lanes, struct silt_hit origin, struct silt_bytes string,
				  struct silt_error *err);

/*
 * Matches the strings of a header: name, link target, extended attributes. `gap_hits` is the number of hits before the
 * header's raw bytes were matched: what was found in those and is found again in a field is one hit, that of the field.
 */
enum silt_status silt_match_header(struct silt_lanes *lanes, const struct silt_tar_entry *entry, uint32_t index,
				   size_t gap_hits, struct silt_error *err);

#endif
