/*
 * silt as a plugin of the docker client: `docker silt scan app.tar`.
 *
 * The client looks for programs named docker-NAME in its folders of plugins, asks each for its metadata whenever it lists
 * its commands, and runs one with its own whole command line:
 *
 *     docker-silt docker-cli-plugin-metadata
 *     docker-silt --context default silt scan app.tar
 *     docker-silt help silt scan
 *     docker-silt __complete silt scan --f
 *
 * A link of that name is all that is needed: the program knows by its name how it is called. Exit status and standard
 * streams pass through the client. A signal that is sent to the client alone does not (it speaks of it on a socket that a
 * plugin may listen to): the scan goes on to its end; one of a terminal goes to both.
 */
#ifndef SILT_CLI_DOCKER_PLUGIN_H
#define SILT_CLI_DOCKER_PLUGIN_H

#include <stdbool.h>
#include <stdio.h>

/* True if argv[0] is the name that the client calls. */
bool cli_docker_plugin_is_called(int argc, char *const *argv);

/* True if the client asks who we are. */
bool cli_docker_plugin_is_asked(int argc, char *const *argv);

/* The answer, in JSON. */
void cli_docker_plugin_answer(FILE *out);

/*
 * Takes what belongs to the client out of a command line: its options and our name. What is left is what a person would
 * type behind "silt". `argv` is reordered in place; one without our name, which no client makes, stays as it is.
 */
void cli_docker_plugin_unwrap(int *argc, char ***argv);

#endif
