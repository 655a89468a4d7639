/*
 * Names and values in a line of image history.
 *
 *     /bin/sh -c #(nop)  ENV A=b                classic docker build, buildah
 *     ENV A=b                                   BuildKit, kaniko
 *     ENV A b                                   kaniko, if the Dockerfile says so
 *     ARG TOKEN=x                               BuildKit: the value given, not only the default
 *     |2 TOKEN=x V=1 /bin/sh -c cmd             classic docker build, buildah
 *     RUN |2 TOKEN=x V=1 /bin/sh -c cmd         BuildKit
 *     ... export A=b C="d e" && ...             within the command: all that command_line.h reads
 */
#ifndef SILT_AUDIT_HISTORY_LINE_H
#define SILT_AUDIT_HISTORY_LINE_H

#include "audit/command_line.h"
#include "audit/config_commands.h"

enum silt_assignment_kind {
	SILT_ASSIGNMENT_ENV,
	SILT_ASSIGNMENT_BUILD_ARG, /* ARG, and the |N prefix of a RUN */
	SILT_ASSIGNMENT_COMMAND,
};

struct silt_assignment {
	enum silt_assignment_kind kind;
	struct silt_bytes name;
	struct silt_bytes value; /* of the line, without quotes around it */
};

/* A walk over one line. Its fields are private. */
struct silt_assignments {
	struct silt_bytes rest;
	enum silt_assignment_kind kind;
	size_t left; /* how many more of this kind there can be */
	struct silt_command_line command;
};

struct silt_assignments silt_assignments_of(struct silt_bytes line);

/* The same for any command of a config; a list of words has nothing but what a command has. */
struct silt_assignments silt_assignments_of_command(const struct silt_config_command *command);

/* The next assignment, in order of the line. False at the end. */
bool silt_assignment_next(struct silt_assignments *walk, struct silt_assignment *out);

/* How many bytes of the start of `line` end with its last build argument; 0 if it has none. */
size_t silt_line_build_args(struct silt_bytes line);

#endif
