/*
 * What no parser claims: bytes of a bundle that belong to no file, no header and no document.
 */
#ifndef SILT_CARVE_H
#define SILT_CARVE_H

#include "silt/dig.h"
#include "silt/report.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One run of them. */
struct silt_scrap {
	struct silt_dig_item item; /* to have it back */
	/* PADDING: slack behind a body; TAIL: behind the end of a tar; FRAMING: beside what is compressed; STORED: a file of the
	 * bundle that no image uses, or that one uses and nobody could decode. */
	enum silt_dig_part part;
	uint64_t offset,
		length; /* of the bytes as stored; PADDING, TAIL: of the tar; zeros at both ends are left out */
	unsigned entropy_hundredths; /* Shannon entropy of a byte, in hundredths of a bit: 0 to 800 */
	const char *type;            /* what it begins like: "a zip archive", "text" */
	const char *framing;         /* FRAMING: "gzip comment"; else "" */
	char address[96];            /* what silt_find reads: "stored:3+100+20" */
};

/* Gets them as they lie in the bundle; what it returns if it is not SILT_OK ends the carving. */
typedef enum silt_status silt_carve_fn(void *ctx, const struct silt_scrap *scrap, struct silt_error *err);

/* Reads the bundle again and gives every run that is not all zeros. */
SILT_API enum silt_status silt_carve(struct silt_bundle *bundle, const struct silt_result *result, silt_carve_fn *fn,
				     void *ctx, struct silt_error *err);

/* The same as text (a line each, for people) or as JSON lines. SILT_ERR_USAGE: another format. */
SILT_API enum silt_status silt_carve_write(struct silt_bundle *bundle, const struct silt_result *result,
					   enum silt_format format, struct silt_sink sink, struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
