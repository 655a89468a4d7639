/*
 * What an image starts: Entrypoint and Cmd resolved to programs of the final tree.
 *
 * The chain begins with the program that the config names and goes on with what that one starts: the argument of an
 * init or of env, the command of `sh -c`, what a script ends in, interpreters and loaders. A link comes behind the one
 * that starts it.
 */
#ifndef SILT_AUDIT_ENTRYPOINT_H
#define SILT_AUDIT_ENTRYPOINT_H

#include "audit/context.h"

/* Who starts the program of a link, and so what has to be right for that. */
enum silt_start {
	SILT_START_CONFIG,      /* the runtime: Entrypoint[0], else Cmd[0] */
	SILT_START_ARGUMENT,    /* a program that starts its argument: tini APP, env A=b APP, gosu USER APP */
	SILT_START_COMMAND,     /* a shell, in its command string: sh -c "exec APP" */
	SILT_START_READ,        /* a shell that reads the script it is given: sh APP; no x bit is needed */
	SILT_START_SCRIPT,      /* a script: it executes this program, or its own arguments */
	SILT_START_INTERPRETER, /* the kernel, for the "#!" line of the link before */
	SILT_START_LOADER,      /* the kernel, as the interpreter that the ELF program before names */
};

/* One program. */
struct silt_entry_link {
	enum silt_start start;
	size_t starter;            /* the link that starts it; SIZE_MAX: the runtime */
	struct silt_bytes written; /* as it is called: "nginx", "/bin/sh"; raw */
	bool found;                /* it is a regular file of the image */
	struct silt_bytes path;    /* if found: where it is, links followed; clean, raw. Of the context's arena */
	struct silt_node node;     /* if found */
	bool executable;           /* found, and config.User may reach and run it (if started by reading: reach) */
	bool certain;              /* false: guessed; it may never be run, or not by this name */
	bool replaces;             /* it takes the place, and the process id, of the link that starts it */
	bool init; /* an init that reaps children and passes signals on: tini, dumb-init, s6, /init, ... */
	enum silt_program_kind kind;
	const struct silt_program *program; /* NULL: not known */
	const struct silt_fact *facts;      /* what its script says */
	size_t fact_count;
};

/* Links of one chain; docker-entrypoint.sh with tini, env, gosu and a loader for each has ten. */
enum { SILT_ENTRY_LINKS_MAX = 16 };

struct silt_entry_chain {
	struct silt_entry_link links[SILT_ENTRY_LINKS_MAX];
	size_t count; /* 0: the image starts nothing by itself, or is for another system than Linux */
	bool open;    /* parts of a layer are not known: what was not found may be in them */
};

/* Of an image of the context. SILT_ERR_MEMORY is the only failure. */
enum silt_status silt_entry_chain(const struct silt_context *context, size_t image, struct silt_entry_chain *out,
				  struct silt_error *err);

/* The words of Entrypoint and Cmd, one list. Of `arena`; NULL if memory ran out. */
const struct silt_bytes *silt_entry_words(const struct silt_config *config, struct silt_arena *arena, size_t *count);

/* The program that a name without "/" means, by PATH of the config; a file that nobody may run only if there is none else. */
bool silt_program_find(const struct silt_audited_image *image, struct silt_bytes name, struct silt_node *node);

/* The first fact of that kind of any script in the chain, and in which link; NULL if there is none. */
const struct silt_fact *silt_entry_fact(const struct silt_entry_chain *chain, enum silt_fact_kind kind, size_t *link);

#endif
