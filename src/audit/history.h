/*
 * How an image was built, as its history tells: one step for each line, the commands of a RUN as words.
 *
 *     /bin/sh -c #(nop) COPY file:<sha> in /app/      a COPY of the classic builder
 *     |1 TOKEN=x /bin/sh -c apt-get update            a RUN of it: "apt-get update"
 *     RUN /bin/sh -c apt-get update # buildkit        the same of BuildKit
 *
 * History is text that whoever made the image chose. It is believed to say what was meant, never what is in the image.
 */
#ifndef SILT_AUDIT_HISTORY_H
#define SILT_AUDIT_HISTORY_H

#include "audit/context.h"
#include "audit/redact.h"
#include "base/shell_words.h"

/* What wrote a line. */
enum silt_builder {
	SILT_BUILDER_UNKNOWN,
	SILT_BUILDER_CLASSIC, /* docker before BuildKit, and what writes as it did */
	SILT_BUILDER_BUILDKIT,
	SILT_BUILDER_BUILDAH, /* and podman */
	SILT_BUILDER_KANIKO,
	SILT_BUILDER_JIB,
	SILT_BUILDER_BAZEL,
	SILT_BUILDER_NIX,
	SILT_BUILDER_APKO,
	SILT_BUILDER_KO,
	SILT_BUILDER_CRANE,
	SILT_BUILDER_UMOCI,
	SILT_BUILDER_BUILDPACKS,
	SILT_BUILDER_MINT,   /* docker-slim */
	SILT_BUILDER_IMPORT, /* docker import, podman import */
	SILT_BUILDERS,
};

/* "docker (classic builder)", "BuildKit", ...; "" for UNKNOWN. */
const char *silt_builder_name(enum silt_builder builder);

enum silt_step_kind {
	SILT_STEP_OTHER, /* words of a tool, or nothing that is known */
	SILT_STEP_RUN,
	SILT_STEP_COPY,
	SILT_STEP_ADD,
	SILT_STEP_ENV,
	SILT_STEP_ARG,
	SILT_STEP_USER,
	SILT_STEP_CMD,
	SILT_STEP_ENTRYPOINT,
	SILT_STEP_WORKDIR,
	SILT_STEP_LABEL,
	SILT_STEP_HEALTHCHECK,
	SILT_STEP_EXPOSE,
	SILT_STEP_VOLUME,
	SILT_STEP_ONBUILD,
	SILT_STEP_MAINTAINER,
	SILT_STEP_SHELL,
	SILT_STEP_STOPSIGNAL,
};

/* A simple command of a RUN. Words are raw bytes without their quotes; assignments (A=b) come first. */
struct silt_command {
	const struct silt_shell_word *words;
	size_t count;
	const struct silt_shell_redirection *redirections;
	size_t redirection_count;
	size_t outer;                 /* index of its command word: "sudo" of "sudo rm x"; count: none */
	size_t program;               /* of the program that it really runs: "rm"; count: none */
	enum silt_shell_joint before; /* what stands between it and the command before it of the same script */
	/* Commands of one script have one number, in the order of the text. 0 is the RUN itself; others are scripts in a
	 * word of command `within`, and follow it. */
	size_t script, within;
	size_t previous;  /* command of the same script; SIZE_MAX: it is the first */
	unsigned depth;   /* of scripts in scripts; 0 for script 0 */
	bool substituted; /* its script is a substitution, whose output becomes text; else it is run: sh -c, eval */
	bool whole;       /* no words were cut off */
};

struct silt_step {
	size_t line;  /* number in the history, from 0; of embedded ones that of the line they are embedded in */
	size_t layer; /* that it made; SIZE_MAX: none, or not known */
	enum silt_step_kind kind;
	enum silt_builder builder;
	enum silt_heritage heritage;
	bool empty;                          /* the history says that it made no layer */
	bool embedded;                       /* of the old history that crane flatten keeps in a comment */
	bool rootfs;                         /* an ADD or COPY that is the root filesystem of the base image */
	const char *text;                    /* "RUN apt-get update": redacted, escaped */
	struct silt_bytes raw;               /* as a Dockerfile has it: "RUN apt-get update" */
	struct silt_bytes arguments;         /* what follows the word for its kind, raw */
	struct silt_bytes comment;           /* raw */
	const struct silt_command *commands; /* of a RUN, in the order of its text */
	size_t command_count;
};

struct silt_build {
	const struct silt_audited_image *image;
	const struct silt_step *steps;
	size_t count;
	enum silt_builder builder; /* of the last line of which it is known */
	bool attributed;           /* steps without `empty` are the layers, one by one */
	enum silt_limit_id cut;    /* the limit for which the rest was not read; none: all was */
	struct silt_redactor redactor;
};

/*
 * Reads the history of an image. Steps, words and text are of `arena`, or of the documents of the image. An image
 * without a config has no steps. To be ended with silt_build_done in any case.
 */
enum silt_status silt_build_read(const struct silt_audited_image *image, const struct silt_matcher *matcher,
				 struct silt_arena *arena, struct silt_build *out, struct silt_error *err);
void silt_build_done(struct silt_build *build);

/* The builder of the last line that has one. No words are read: for who wants no more. */
enum silt_builder silt_builder_of(const struct silt_config *config);

/* What wrote one line of a config; UNKNOWN if it bears no mark. */
enum silt_builder silt_builder_of_line(const struct silt_config *config, const struct silt_history *line);

/* What a line is. OTHER also if memory runs out. */
enum silt_step_kind silt_step_kind_of(const struct silt_history *line);

/* True if it may be of those who built on the base image: style is theirs alone. */
static inline bool silt_step_is_own(const struct silt_step *step)
{
	return step->heritage != SILT_HERITAGE_BASE;
}

/* The name of the program that a command really runs, without folders: "apt-get". Empty if it runs none. */
struct silt_bytes silt_command_name(const struct silt_command *command);

/* True if the name of its program is one of `names`. */
bool silt_command_is(const struct silt_command *command, const char *names);

/* The operands of a COPY or ADD, raw. */
struct silt_copy {
	struct silt_bytes sources; /* words with a blank between; options are cut off */
	struct silt_bytes target;
	bool hashed; /* the text of the classic builder, "file:SUM in /x", which hides the names */
};

struct silt_copy silt_copy_read(struct silt_bytes arguments);

#endif
