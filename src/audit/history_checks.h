/*
 * The checks of build instructions: each gets the history of one image, read once for all of them.
 */
#ifndef SILT_AUDIT_HISTORY_CHECKS_H
#define SILT_AUDIT_HISTORY_CHECKS_H

#include "audit/history_quote.h"
#include "audit/tell.h"

typedef enum silt_status silt_history_fn(const struct silt_case *of, const struct silt_build *build,
					 struct silt_error *err);

silt_history_fn silt_history_kept;      /* history-incomplete, history-squashed */
silt_history_fn silt_history_removals;  /* history-rm-not-effective */
silt_history_fn silt_history_unset;     /* history-unset-not-effective */
silt_history_fn silt_history_downloads; /* history-pipe-to-shell, history-unverified-download */
silt_history_fn silt_history_copies;    /* history-add, history-copy-root, history-maintainer */
silt_history_fn silt_history_packages;  /* history-upgrade, -update-alone, -no-yes, -recommends */
silt_history_fn silt_history_versions;  /* history-unpinned */
silt_history_fn silt_history_mismatch;  /* history-pm-mismatch */
silt_history_fn silt_history_commands;  /* history-sudo, -cd, -wget-and-curl, -style as far as single commands go */
silt_history_fn silt_history_style;     /* history-repeated, and -style as far as it takes several lines */

/* A command, and the line it stands in. */
struct silt_history_place {
	const struct silt_step *step;
	const struct silt_command *command; /* NULL: the line as a whole */
};

/*
 * Tells of a command, or of a line: the subject, which `telling` leaves out, is the command (or line) quoted, the identity
 * its words; the sighting is the line of the history. The whole text of a RUN is never shown: only the words of a command
 * are known well enough to tell what in them may be a secret.
 */
enum silt_status silt_tell_step(const struct silt_case *of, const struct silt_build *build,
				const struct silt_telling *telling, struct silt_history_place place,
				struct silt_error *err);

/* Tells of what has a subject of its own (NULL: memory ran out), and is seen in that line of the history. */
enum silt_status silt_tell_line(const struct silt_case *of, const struct silt_telling *telling,
				const struct silt_step *step, struct silt_error *err);

#endif
