/* What the writers of both formats share. Internal to this folder. */
#ifndef SILT_SBOM_DOCUMENT_H
#define SILT_SBOM_DOCUMENT_H

#include "base/json.h"
#include "report/outlet.h"
#include "sbom/inventory.h"

/* "2026-01-05T21:51:51Z" and a NUL. */
enum { SILT_SBOM_TIME_SIZE = 32, SILT_SBOM_ID_SIZE = 33, SILT_SBOM_UUID_SIZE = 37 };

struct silt_sbom_document {
	const struct silt_sbom_inventory *inventory;
	const struct silt_image *image;
	const struct silt_sbom_options *options;
	char time[SILT_SBOM_TIME_SIZE];
	char uuid[SILT_SBOM_UUID_SIZE]; /* of the image and the options: the same for the same document */
	struct silt_outlet outlet;
	struct silt_arena arena; /* texts of what is under way */
};

/* Fills in time and uuid. */
enum silt_status silt_sbom_document_begin(struct silt_sbom_document *document, struct silt_error *err);

/* True if a package is told: it is visible, or all are asked for. */
bool silt_sbom_is_told(const struct silt_sbom_document *document, const struct silt_sbom_package *package);

/* The id of a package as 32 hex digits. */
const char *silt_sbom_id(const struct silt_sbom_package *package, char text[static SILT_SBOM_ID_SIZE]);

/* What the image is called: its first name, else its config, else "image". */
const char *silt_sbom_image_name(const struct silt_image *image);

/* Writes escaped text; what is missing for want of memory shows at the end of the piece. */
void silt_sbom_text(struct silt_sbom_document *document, struct silt_json_writer *w, const char *key,
		    struct silt_bytes text);

/* The package URL as text of the arena; "" if there is none. */
const char *silt_sbom_purl_text(struct silt_sbom_document *document, const struct silt_sbom_found *found);

/* What is said of where a package is and what became of it: the row-th of these. False: there is none behind. */
struct silt_sbom_fact {
	const char *name; /* "silt:layer", ... */
	const char *value;
};
bool silt_sbom_fact_at(struct silt_sbom_document *document, const struct silt_sbom_package *package, size_t row,
		       struct silt_sbom_fact *out);

/*
 * One value of the document on a line of its own, behind `before` (","). Made by `write`, whose first call opens the value.
 */
typedef void silt_sbom_write_fn(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what);
enum silt_status silt_sbom_line_out(struct silt_sbom_document *document, const char *before, silt_sbom_write_fn *write,
				    const void *what, struct silt_error *err);

/* The same of an object whose members the document begins with: it is left open. */
enum silt_status silt_sbom_head_out(struct silt_sbom_document *document, silt_sbom_write_fn *write,
				    struct silt_error *err);

enum silt_status silt_sbom_write_cyclonedx(struct silt_sbom_document *document, struct silt_error *err);
enum silt_status silt_sbom_write_spdx(struct silt_sbom_document *document, struct silt_error *err);

#endif
