/*
 * Places of secrets: which of them have a check of their own, and how much a secret weighs there.
 */
#ifndef SILT_AUDIT_SECRET_PLACES_H
#define SILT_AUDIT_SECRET_PLACES_H

#include "audit/secret_list.h"

struct silt_secret_place {
	const char *rule; /* the check; NULL: the pattern rule names the finding */
	const char *why;  /* why the secret is exposed in such a place; "" if that depends on its layer */
	/* It weighs at least so much there: if a rule is sure of it and takes it for medium, or (`always`) in any case. */
	enum silt_severity floor;
	bool always;
};

const struct silt_secret_place *silt_secret_place(enum silt_secret_where where);

/* The severity of a secret of that severity and confidence in such a place. */
enum silt_severity silt_secret_place_severity(enum silt_secret_where where, enum silt_severity severity,
					      enum silt_confidence confidence);

/* What place a file is: SILT_SECRET_IN_CONTENT or one before it. `path`: clean, in an archive with "!/"; `rule` its id. */
enum silt_secret_where silt_secret_place_of_file(struct silt_bytes path, const char *rule);

/* True for what secret mounts of builds and of orchestrators are called. */
bool silt_is_secret_mount(struct silt_bytes path);

/* "in a log", "in a log (history)", ...; NULL for any other file. Static. */
const char *silt_log_note(const struct silt_entry *entry, struct silt_bytes path);

#endif
