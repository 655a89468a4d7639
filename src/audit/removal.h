/*
 * What the history says it removed, although the image has it.
 *
 * rm, unlink, shred -u, find -delete and git rm name paths, some by patterns; cd and WORKDIR say from where. Such a path
 * that is in the final filesystem all the same is told, unless it came, or may have come, after the removal: in a later
 * layer, by a later COPY or ADD, or by a later command that names it.
 */
#ifndef SILT_AUDIT_REMOVAL_H
#define SILT_AUDIT_REMOVAL_H

#include "audit/history.h"
#include "audit/squash.h"

/* One operand of one command: a path, or a pattern. */
struct silt_removal {
	const struct silt_step *step;
	const struct silt_command *command;
	struct silt_bytes path;  /* clean, absolute in the image without the leading "/"; may be a pattern */
	struct silt_bytes named; /* find -name: what the last component must be like; empty: anything */
	bool pattern;            /* `path` has * ? or [ */
	bool below;              /* what is below it is removed too */
	bool only_below;         /* ... but not itself */
	struct silt_bytes first; /* a file of the final tree that it should have removed; ptr NULL: there is none */
	struct silt_place place; /* the entry that this is */
	size_t count;            /* of such files */
	bool secret;             /* one of them holds a secret */
};

/* A file that it should have removed. */
struct silt_survivor {
	struct silt_bytes path;
	size_t removal;            /* the last one that fits */
	struct silt_place content; /* the entry whose body it shows */
};

struct silt_removals {
	struct silt_removal *items; /* owns; in the order of the history */
	size_t count, capacity;
	struct silt_survivor *survivors; /* owns; by path */
	size_t survivor_count, survivor_capacity;
	enum silt_limit_id cut; /* the limit for which not all was compared; none: all was */
};

/* Compares the history of an image with its tree. Text is of `arena`. To be ended in any case. */
enum silt_status silt_removals_find(const struct silt_build *build, struct silt_arena *arena, struct silt_removals *out,
				    struct silt_error *err);
void silt_removals_done(struct silt_removals *removals);

/* The file of that clean path, if it survived a removal; else NULL. */
const struct silt_survivor *silt_survivor_find(const struct silt_removals *removals, struct silt_bytes path);

/* "history line 4: RUN rm /app/key": escaped, of `arena`. NULL if memory ran out. */
const char *silt_removal_text(const struct silt_build *build, const struct silt_removal *removal,
			      struct silt_arena *arena);

#endif
