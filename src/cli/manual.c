/* The man pages: silt(1) tells what belongs to all commands, and each command has a page of its own. */
#include "cli/manual.h"

#include "cli/config.h"
#include "cli/mdoc.h"

#include <string.h>

/* A name of a variable or a file, and sentences about it. */
struct named {
	const char *name;
	const char *text;
};

static const struct named variables[] = {
	{"NO_COLOR", "If set and not empty, a report has no colours unless --color always asks for them."},
	{"SOURCE_DATE_EPOCH",
	 "Seconds since 1970 that stand for the clock. It is asked whether a token that carries its own expiry has "
	 "expired, whether a waiver of a policy still holds, and for the day in a baseline. A gate takes no day for it "
	 "that is over."},
	{"TERM", "If it is dumb, there are no colours and no progress line."},
	{"XDG_CACHE_HOME", "The folder of caches; without it .cache in the home folder."},
	{"XDG_CONFIG_HOME", "The folder of settings; without it .config in the home folder."},
};

static const struct named files[] = {
	{"$XDG_CACHE_HOME/silt", "The cache of layers that a command uses if it is told of no other."},
	{"share/silt/policies", "The policies that silt ships, below the folder that it is installed in."},
	{"libexec/docker/cli-plugins/docker-silt", "A link that makes silt a command of docker: docker silt scan."},
};

/* What a command's end may tell. */
static const struct {
	unsigned statuses; /* bits: 1 << number; 70 belongs to all, 5 to those that need a key */
	const char *done;  /* what 0 says; NULL, here and below: what the table of statuses says */
	const char *found; /* what 1 says */
} endings[] = {
	[CLI_ENDS_BY_VERDICT] = {1 << CLI_EXIT_CLEAN | 1 << CLI_EXIT_FINDINGS | 1 << CLI_EXIT_USAGE |
					 1 << CLI_EXIT_INCOMPLETE | 1 << CLI_EXIT_SYSTEM,
				 NULL, NULL},
	[CLI_ENDS_BY_COMPARISON] =
		{1 << CLI_EXIT_CLEAN | 1 << CLI_EXIT_FINDINGS | 1 << CLI_EXIT_USAGE | 1 << CLI_EXIT_INCOMPLETE |
			 1 << CLI_EXIT_SYSTEM,
		 "Both were looked at whole, no secret that counts survived, and no new finding does",
		 "A secret that counts survived, or a new finding counts"},
	[CLI_ENDS_WHEN_READ] = {1 << CLI_EXIT_CLEAN | 1 << CLI_EXIT_USAGE | 1 << CLI_EXIT_INCOMPLETE |
					1 << CLI_EXIT_SYSTEM,
				"All was read and written, whatever was found", NULL},
	[CLI_ENDS_WHEN_DONE] = {1 << CLI_EXIT_CLEAN | 1 << CLI_EXIT_USAGE | 1 << CLI_EXIT_SYSTEM,
				"What was asked for is done", NULL},
};

void cli_manual_name(const struct cli_command *command, char out[static CLI_MANUAL_NAME_MAX])
{
	(void)snprintf(out, CLI_MANUAL_NAME_MAX, "%s%s", command == &cli_program ? "" : "silt-", command->name);
}

/* ---- silt(1) --------------------------------------------------------------------------------------------------------- */

static void write_synopsis(FILE *out)
{
	fputs(".Sh SYNOPSIS\n.Nm\n.Ar COMMAND\n.Op Ar OPTIONS\n.Op Ar OPERAND ...\n"
	      ".Nm\n.Fl \\-help | Fl \\-version\n",
	      out);
}

static void write_description(FILE *out)
{
	fputs(".Sh DESCRIPTION\n.Nm\naudits container image files, as\n"
	      ".Xr docker 1 ,\n.Xr podman 1 ,\n.Xr skopeo 1\nand others write them.\n"
	      "It reads every layer once, rebuilds the layered file system and reports what should not be in there: "
	      "secrets, also those that a later layer deleted or overwrote, set-user-ID and capability binaries, "
	      "shells, a root user, and archives whose parts contradict each other.\n"
	      "Nothing of an image is executed, and secrets are redacted in every report.\n"
	      ".Pp\nThe options of\n.Nm\nitself are:\n",
	      out);
	cli_mdoc_options(out, &cli_program);
}

static void write_commands(FILE *out)
{
	fputs(".Sh COMMANDS\nEach command has a page of its own.\n.Bl -tag -width run-args\n", out);
	for (size_t i = 0; i < cli_command_count; i++) {
		char name[CLI_MANUAL_NAME_MAX];
		cli_manual_name(&cli_commands[i], name);
		fprintf(out, ".It Cm %s\n.Xr %s 1 :\n%s.\n", cli_commands[i].name, name, cli_commands[i].summary);
	}
	fputs(".El\n", out);
}

/* Items of a list. */
static void write_named(FILE *out, const char *macro, const struct named *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		fprintf(out, ".It %s %s\n", macro, rows[i].name);
		cli_mdoc_sentences(out, rows[i].text);
	}
}

static void write_all_statuses(FILE *out)
{
	fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds\n", out);
	for (size_t i = 0; i < cli_exit_row_count; i++) {
		fprintf(out, ".It %d\n%s.\n", (int)cli_exit_rows[i].status, cli_exit_rows[i].meaning);
	}
	fputs(".El\n.Pp\nOf several that apply, the one that comes first in this list is given:\n", out);
	for (size_t rank = cli_exit_row_count; rank-- > 0;) {
		for (size_t i = 0; i < cli_exit_row_count; i++) {
			if (cli_exit_rows[i].rank == rank) {
				fprintf(out, "%d%s\n", (int)cli_exit_rows[i].status, rank > 0 ? "," : ".");
			}
		}
	}
}

/* The first in byte order of those commands that come behind `name`; NULL: none. */
static const struct cli_command *command_behind(const char *name)
{
	const struct cli_command *next = NULL;
	for (size_t i = 0; i < cli_command_count; i++) {
		const struct cli_command *command = &cli_commands[i];
		if (strcmp(command->name, name) > 0 && (next == NULL || strcmp(command->name, next->name) < 0)) {
			next = command;
		}
	}
	return next;
}

static void write_see_also(FILE *out)
{
	const struct cli_command *command = NULL;
	fputs(".Sh SEE ALSO\n.Xr buildah 1 ,\n.Xr docker 1 ,\n.Xr podman 1 ,\n", out);
	for (const char *last = ""; (command = command_behind(last)) != NULL; last = command->name) {
		fprintf(out, ".Xr silt-%s 1 ,\n", command->name);
	}
	fputs(".Xr skopeo 1\n", out);
}

static void write_program_page(FILE *out)
{
	cli_mdoc_title(out, cli_program.name, cli_program.summary);
	write_synopsis(out);
	write_description(out);
	write_commands(out);
	fputs(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n", out);
	cli_config_manual_variables(out);
	write_named(out, "Ev", variables, sizeof(variables) / sizeof(variables[0]));
	fputs(".El\n", out);
	cli_config_manual_files(out);
	fputs(".Pp\nOther files are:\n.Bl -tag -width Ds\n", out);
	write_named(out, "Pa", files, sizeof(files) / sizeof(files[0]));
	fputs(".El\n", out);
	write_all_statuses(out);
	fputs(".Sh EXAMPLES\n", out);
	cli_mdoc_examples(out, &cli_program);
	write_see_also(out);
}

/* ---- The page of a command ------------------------------------------------------------------------------------------- */

static const char *meaning_of(const struct cli_exit_row *row, enum cli_ending ending)
{
	if (row->status == CLI_EXIT_CLEAN && endings[ending].done != NULL) {
		return endings[ending].done;
	}
	if (row->status == CLI_EXIT_FINDINGS && endings[ending].found != NULL) {
		return endings[ending].found;
	}
	return row->meaning;
}

static bool takes(const struct cli_command *command, enum cli_option_id id)
{
	return (cli_options[id].scope & (unsigned)command->scope) != 0;
}

/* Whoever opens or verifies something with a key may find that it does not hold. */
static unsigned statuses_of(const struct cli_command *command)
{
	const bool proves = takes(command, CLI_OPTION_KEY) || takes(command, CLI_OPTION_ATTEST);
	return endings[command->ending].statuses | (proves ? 1U << CLI_EXIT_UNPROVEN : 0);
}

static void write_statuses(FILE *out, const struct cli_command *command)
{
	fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds\n", out);
	for (size_t i = 0; i < cli_exit_row_count; i++) {
		const struct cli_exit_row *row = &cli_exit_rows[i];
		if (row->status == CLI_EXIT_BUG || (statuses_of(command) & 1U << row->status) != 0) {
			fprintf(out, ".It %d\n%s.\n", (int)row->status, meaning_of(row, command->ending));
		}
	}
	fputs(".El\n", out);
}

static void write_command_page(FILE *out, const struct cli_command *command)
{
	char name[CLI_MANUAL_NAME_MAX];
	cli_manual_name(command, name);
	cli_mdoc_title(out, name, command->summary);
	fprintf(out, ".Sh SYNOPSIS\n.Nm silt\n.Cm %s\n", command->name);
	cli_mdoc_operands(out, command->operands);
	fputs(".Sh DESCRIPTION\n", out);
	cli_mdoc_sentences(out, command->description);
	fputs(".Pp\nThe options are:\n", out);
	cli_mdoc_options(out, command);
	write_statuses(out, command);
	fputs(".Sh EXAMPLES\n", out);
	cli_mdoc_examples(out, command);
	fputs(".Sh SEE ALSO\n.Xr silt 1\n", out);
}

bool cli_manual_write(FILE *out, const struct cli_command *command)
{
	if (command == &cli_program) {
		write_program_page(out);
	} else {
		write_command_page(out, command);
	}
	return ferror(out) == 0;
}

/* ---- docs/exit-status.md --------------------------------------------------------------------------------------------- */

bool cli_exit_table_write(FILE *out)
{
	fputs("| status | word | meaning |\n| ---: | --- | --- |\n", out);
	for (size_t i = 0; i < cli_exit_row_count; i++) {
		const struct cli_exit_row *row = &cli_exit_rows[i];
		fprintf(out, "| %d | %s | %s. |\n", (int)row->status, row->word, row->meaning);
	}
	return ferror(out) == 0;
}
