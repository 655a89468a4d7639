/* The content of one zip member, decoded as it is read. Internal to the zip reader. */
#ifndef SILT_CONTENT_ZIP_CONTENT_H
#define SILT_CONTENT_ZIP_CONTENT_H

#include "content/archive.h"
#include "content/cursor.h"
#include "content/zip_header.h"
#include "stream/deflate.h"
#include "stream/inflate.h"

/* Starts with `limits` set and the rest zero. Decoders are made when they are first needed and kept. */
struct silt_zip_content {
	const struct silt_limits *limits; /* borrows */
	struct silt_cursor *in;           /* borrows: stands at the next packed byte */
	struct silt_zip_header header;
	struct silt_archive_flaw flaw;

	uint64_t left;  /* packed bytes not yet taken, if the header is sized */
	uint64_t given; /* bytes of content */
	uint32_t crc;   /* of them */
	bool over;      /* nothing more comes */
	bool whole;     /* all of it came */
	bool finished;  /* what is left was stepped over */

	struct silt_deflate *deflate; /* owns */
	uint8_t *out;                 /* owns: one block */
	struct silt_inflate *inflate; /* owns */
};

void silt_zip_content_done(struct silt_zip_content *content);

/* Begins with the content behind a header. What is sealed gives nothing, and a flaw. */
enum silt_status silt_zip_content_begin(struct silt_zip_content *content, struct silt_cursor *in,
					const struct silt_zip_header *header, struct silt_error *err);

/*
 * The content. At its end the source steps over what is left of the packed bytes, and compares the check value. Where
 * the length of these is not known, what comes next has to be searched.
 */
struct silt_source silt_zip_content_source(struct silt_zip_content *content);

#endif
