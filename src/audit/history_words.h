/*
 * The text of a RUN as simple commands.
 */
#ifndef SILT_AUDIT_HISTORY_WORDS_H
#define SILT_AUDIT_HISTORY_WORDS_H

#include "audit/history.h"

/* Words that may still be kept of one history. */
struct silt_words_budget {
	size_t left;
	bool spent; /* there were more */
};

/*
 * Reads what stands behind the word RUN into the commands of `step`: a script, the JSON form ["program", "word"], a
 * here-document, or the words of another shell ("/bin/bash -o pipefail -c script"). Scripts in words of a command
 * (sh -c, eval, substitutions) follow that command, some levels deep. What no such shell runs (PowerShell, or a
 * here-document for python) gives no commands.
 */
enum silt_status silt_words_read(struct silt_bytes text, struct silt_arena *arena, struct silt_words_budget *budget,
				 struct silt_step *step, struct silt_error *err);

/*
 * The part of such a text that a shell reads: without the options of RUN, and the words of the instruction SHELL that
 * some builders put before it. Empty if no such shell reads it. The JSON form is not told apart here.
 */
struct silt_bytes silt_script_of_run(struct silt_bytes text);

#endif
