/* Inside the forensics floor: something that happened at a moment, in the formats of timelines. */
#ifndef SILT_FORENSICS_TIMELINE_ROW_H
#define SILT_FORENSICS_TIMELINE_ROW_H

#include "base/error.h"
#include "forensics/listed.h"

struct silt_timeline_row {
	const struct silt_listed *listed; /* the entry; NULL: a build step */
	size_t step;                      /* its number, from 1 */
	size_t layer;                     /* of the build step; SIZE_MAX: none */
	int64_t seconds;                  /* since 1970 */
	const char *what;                 /* happened then */
	struct silt_bytes message;        /* escaped */
};

/*
 * A line as the Sleuth Kit 3 writes it: MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime.
 * mactime leaves out what has no time and sorts ten digits, so a time before 1970-01-01T00:00:01 is 1, and one of more digits 9999999999.
 */
void silt_timeline_body(const struct silt_timeline_row *row, struct silt_buffer *out);

/* With a first line. */
void silt_timeline_csv_head(struct silt_buffer *out);
void silt_timeline_csv(const struct silt_timeline_row *row, struct silt_buffer *out);

/* An object with what Timesketch asks for, and all that is known of the entry. */
enum silt_status silt_timeline_json(const struct silt_result *result, const struct silt_timeline_row *row,
				    struct silt_buffer *out, struct silt_error *err);

/* Adds the instruction of a line, escaped: as its layer has it; of RUN without build arguments; or as it stands there. */
void silt_timeline_add_step(const struct silt_image *image, const struct silt_history_view *line,
			    struct silt_buffer *out);

#endif
