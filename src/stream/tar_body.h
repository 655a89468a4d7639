/*
 * The bodies of a stream of tar events as sources, one after the other.
 *
 * Events are pushed on by whoever reads them; what reads a body (a decompressor, another tar) pulls. This turns the one
 * into the other: the events are read through silt_tar_body_event, and at an ENTRY its body may be read as a source.
 *
 * A hole of a sparse body is given as one block of 512 zeros, however long it is: its length is not what was promised,
 * but what stands on its two sides never becomes neighbours.
 */
#ifndef SILT_STREAM_TAR_BODY_H
#define SILT_STREAM_TAR_BODY_H

#include "stream/tar.h"

typedef enum silt_status silt_tar_next_fn(void *ctx, struct silt_tar_event *event, struct silt_error *err);
typedef enum silt_status silt_tar_take_fn(void *ctx, const struct silt_tar_event *event, struct silt_error *err);

/* Start with `next`, `take` and `ctx` set and the rest zero. */
struct silt_tar_body {
	silt_tar_next_fn *next; /* where the events come from */
	silt_tar_take_fn *take; /* gets what stands between the pieces of a body: GAP and NOTE */
	void *ctx;              /* borrows; of both */

	bool open;                     /* the last piece of the body was not given */
	uint64_t at;                   /* where its next piece should begin */
	struct silt_tar_event stashed; /* read too early */
	bool has_stashed;
};

/* The next event. */
enum silt_status silt_tar_body_event(struct silt_tar_body *body, struct silt_tar_event *event, struct silt_error *err);

/* The body of the entry whose ENTRY was the last event. It should be read to its end; what is not comes as DATA events. */
struct silt_source silt_tar_body_source(struct silt_tar_body *body);

#endif
