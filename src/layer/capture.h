/*
 * Small bodies that say something, kept while they pass: lists of accounts go into the record, of other files the facts.
 * Internal to this folder.
 */
#ifndef SILT_LAYER_CAPTURE_H
#define SILT_LAYER_CAPTURE_H

#include "base/buffer.h"
#include "layer/collect.h"

/* Starts zeroed. */
struct silt_body_capture {
	struct silt_buffer body; /* as far as it was seen and may be kept */
	uint32_t index;          /* its entry */
	bool wanted;             /* as a list of accounts */
	silt_fact_wants facts;   /* by these readers */
};

/* A body begins with `start`: it is kept if somebody wants to read it. */
void silt_capture_begin(struct silt_body_capture *capture, const struct silt_collector *collector, uint32_t index,
			struct silt_bytes start);

/* Its next DATA, the first too. With the last one the body goes into the record; one that is too large is an anomaly. */
enum silt_status silt_capture_data(struct silt_body_capture *capture, struct silt_collector *collector,
				   const struct silt_tar_event *data, struct silt_error *err);

/* An empty list of accounts has no DATA, and says that there is no account: kept if the entry is one. */
enum silt_status silt_capture_empty(struct silt_collector *collector, uint32_t index, struct silt_error *err);

/* The body was cut off: it is not kept. */
void silt_capture_drop(struct silt_body_capture *capture);

void silt_capture_done(struct silt_body_capture *capture);

#endif
