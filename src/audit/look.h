/*
 * What a member or a whole bundle is, by its first bytes: never by its name, extension or declared type.
 */
#ifndef SILT_AUDIT_LOOK_H
#define SILT_AUDIT_LOOK_H

#include "stream/inflate.h"
#include "stream/source.h"

enum silt_content {
	SILT_CONTENT_OTHER,
	SILT_CONTENT_TAR,  /* a tar header with a good checksum, or the empty tar */
	SILT_CONTENT_JSON, /* begins like an object or array; whether it is one shows when it is parsed */
};

struct silt_look {
	enum silt_content content; /* of the inflated bytes */
	enum silt_compression compression;
};

/* Looks without consuming: the peek's source still gives everything. */
enum silt_status silt_look_at(struct silt_peek *peek, const struct silt_limits *limits, struct silt_look *look,
			      struct silt_error *err);

/* SILT_ERR_INPUT, in one sentence, for what is no tar at all, packed or not. Consumes nothing either. */
enum silt_status silt_demand_tar(struct silt_peek *peek, const struct silt_limits *limits, struct silt_error *err);

#endif
