/*
 * Telling: how the checks of images make their findings, in one call for the usual ones.
 *
 * Title and remedy are those of the catalogue. Text is escaped, and copied; what may be the name of a file is masked on
 * its way. One rule and one identity are one finding, however many images and places it has.
 */
#ifndef SILT_AUDIT_TELL_H
#define SILT_AUDIT_TELL_H

#include "audit/findings.h"
#include "audit/sighting.h"

/* One image under judgement, and where its findings go. */
struct silt_case {
	const struct silt_context *context;
	size_t image; /* of context->images */
	struct silt_findings *findings;
};

static inline const struct silt_audited_image *silt_case_image(const struct silt_case *of)
{
	return &of->context->images[of->image];
}

/* The config of the image; one of zeros if it has none. */
const struct silt_config *silt_case_config(const struct silt_case *of);

/* What a check says. */
struct silt_telling {
	const char *rule; /* of the catalogue */
	enum silt_severity severity;
	enum silt_confidence confidence;
	const char *subject;        /* escaped. NULL: memory ran out while it was made, and the call fails so */
	const char *detail;         /* escaped, one or two sentences; NULL: the title says it all */
	const char *title, *remedy; /* NULL: those of the catalogue */
	struct silt_bytes identity; /* what makes it the same in a rebuild; ptr NULL: the subject */
	const char *note;           /* more about the place; NULL: nothing */
};

/* About a place that was made by hand; silt_sighting.note is not touched. */
enum silt_status silt_tell(const struct silt_case *of, const struct silt_telling *telling,
			   const struct silt_sighting *sighting, struct silt_error *err);

/* About an entry of a layer. */
enum silt_status silt_tell_entry(const struct silt_case *of, const struct silt_telling *telling,
				 struct silt_place place, struct silt_error *err);

/* About a part of the config: `part` is "User", "Env PATH", "Label x"; escaped. */
enum silt_status silt_tell_config(const struct silt_case *of, const struct silt_telling *telling, const char *part,
				  struct silt_error *err);

/* About a line of the history, counted from 0: place "history line 4". */
enum silt_status silt_tell_history(const struct silt_case *of, const struct silt_telling *telling, size_t line,
				   struct silt_error *err);

/* About a layer as a whole, counted from 0. */
enum silt_status silt_tell_layer(const struct silt_case *of, const struct silt_telling *telling, size_t layer,
				 struct silt_error *err);

#endif
