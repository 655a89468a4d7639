/* What the docker client says to a plugin, and what it wants to hear. */
#include "cli/docker_plugin.h"

#include "silt/silt.h"

#include <string.h>

/* Behind "docker-", and in the client's command lines. */
#define NAME "silt"

/* The options of the client that take an argument; all others are flags. A letter stands for a long name, too. */
static const struct {
	char letter; /* 0: none */
	const char *name;
} with_argument[] = {
	{0, "config"},    {'c', "context"}, {'H', "host"}, {'l', "log-level"},
	{0, "tlscacert"}, {0, "tlscert"},   {0, "tlskey"},
};

bool cli_docker_plugin_is_called(int argc, char *const *argv)
{
	if (argc < 1) {
		return false;
	}
	const char *slash = strrchr(argv[0], '/');
	return strcmp(slash != NULL ? slash + 1 : argv[0], "docker-" NAME) == 0;
}

bool cli_docker_plugin_is_asked(int argc, char *const *argv)
{
	return argc > 1 && strcmp(argv[1], "docker-cli-plugin-metadata") == 0;
}

void cli_docker_plugin_answer(FILE *out)
{
	fprintf(out,
		"{\"SchemaVersion\":\"0.1.0\",\"Vendor\":\"silt\",\"Version\":\"%s\","
		"\"ShortDescription\":\"Audit container image files\"}\n",
		silt_version());
}

/* True if the next word is the argument of this one: "-c", "-Dc", "--context"; not "-cx", "--context=x". */
static bool wants_next(const char *word)
{
	const size_t len = strlen(word);
	for (size_t i = 0; i < sizeof(with_argument) / sizeof(with_argument[0]); i++) {
		const char letter = with_argument[i].letter;
		if (word[1] == '-' ? strcmp(word + 2, with_argument[i].name) == 0
				   : letter != 0 && strchr(word, letter) == word + len - 1) {
			return true;
		}
	}
	return false;
}

/*
 * A word of the client that is for us as a command: "help" before our name, or "--help" among its options; "__complete" is
 * what a shell asks it. NULL for an option that is not.
 */
static char *verb_of(char *word)
{
	static char help[] = "help";
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
		return help;
	}
	return word[0] != '-' ? word : NULL;
}

static bool is_verb(const char *word)
{
	return strcmp(word, "help") == 0 || strcmp(word, "__complete") == 0;
}

void cli_docker_plugin_unwrap(int *argc, char ***argv)
{
	char **words = *argv;
	char *verb = NULL;
	for (int i = 1; i < *argc; i++) {
		if (strcmp(words[i], NAME) == 0) {
			const int begin = verb != NULL ? i - 1 : i;
			words[i] = verb != NULL ? verb : words[i];
			words[begin] = words[0];
			*argv = words + begin;
			*argc -= begin;
			return;
		}
		char *found = verb_of(words[i]);
		if (found != NULL && !is_verb(found)) {
			return; /* the first word that is no option is our name, or one of these */
		}
		verb = found != NULL ? found : verb;
		i += found == NULL && wants_next(words[i]);
	}
}
