/*
 * The man page in mdoc(7), and other documents made from the tables.
 *
 * In mdoc a line that begins with "." is a macro and its words may be macros too, so text of the tables is written on
 * lines of its own, one sentence to a line, where only "\" and a leading "." or "'" have a meaning.
 */
#include "cli/manual.h"

#include "cli/commands.h"
#include "cli/config.h"

#include <string.h>

/* Day of the last change of the page's own words; tables change it too, but a date of the build would differ always. */
#define PAGE_DATE "November 22, 2026"

/* Writes `len` bytes as a line that roff takes for text. */
static void write_line(FILE *out, const char *text, size_t len)
{
	if (len > 0 && (text[0] == '.' || text[0] == '\'')) {
		fputs("\\&", out);
	}
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\\') {
			fputs("\\e", out);
		} else {
			fputc(text[i], out);
		}
	}
	fputc('\n', out);
}

/* One sentence to a line, as mdoc wants it: the formatter then knows where sentences end. */
static void write_sentences(FILE *out, const char *text)
{
	const char *end = NULL;
	while ((end = strstr(text, ". ")) != NULL) {
		write_line(out, text, (size_t)(end + 1 - text));
		text = end + 2;
	}
	write_line(out, text, strlen(text));
}

static void write_choices(FILE *out, const struct cli_option *option)
{
	if (option->choices != NULL) {
		fprintf(out, "One of %s; the default is %s.\n", option->choices, option->fallback);
	}
}

static void write_option(FILE *out, const struct cli_option *option)
{
	fputs(".It", out);
	if (option->letter != 0) {
		fprintf(out, " Fl %c ,", option->letter);
	}
	fprintf(out, " Fl \\-%s", option->name);
	if (option->argument != NULL) {
		fprintf(out, " Ar %s", option->argument);
	}
	fputc('\n', out);
	write_sentences(out, option->manual);
	write_choices(out, option);
}

static void write_options(FILE *out, enum cli_scope scope)
{
	fputs(".Bl -tag -width Ds\n", out);
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if ((cli_options[id].scope & (unsigned)scope) != 0) {
			write_option(out, &cli_options[id]);
		}
	}
	fputs(".El\n", out);
}

static void write_synopsis(FILE *out)
{
	fputs(".Sh SYNOPSIS\n.Nm\n.Fl \\-help | Fl \\-version\n", out);
	for (size_t i = 0; i < cli_command_count; i++) {
		fprintf(out, ".Nm\n.Cm %s\n.Ar %s\n", cli_commands[i].name, cli_commands[i].operands);
	}
}

static void write_description(FILE *out)
{
	fputs(".Sh DESCRIPTION\n.Nm\naudits container image files, as\n"
	      ".Xr docker 1 ,\n.Xr podman 1 ,\n.Xr skopeo 1\nand others write them.\n"
	      "It reads every layer once, rebuilds the layered file system and reports what should not be in there: "
	      "secrets, also those that a later layer deleted or overwrote, set-user-ID and capability binaries, "
	      "shells, "
	      "a root user, and archives whose parts contradict each other.\n"
	      "Nothing of an image is executed, and secrets are redacted in every report.\n"
	      ".Pp\nThe options of\n.Nm\nitself are:\n",
	      out);
	write_options(out, cli_program.scope);
}

static void write_commands(FILE *out)
{
	fputs(".Sh COMMANDS\n", out);
	for (size_t i = 0; i < cli_command_count; i++) {
		const struct cli_command *command = &cli_commands[i];
		fprintf(out, ".Ss %s\n", command->name);
		write_sentences(out, command->description);
		fputs(".Pp\nThe options are:\n", out);
		write_options(out, command->scope);
	}
}

static void write_exit_statuses(FILE *out)
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

static void write_examples(FILE *out)
{
	fputs(".Sh EXAMPLES\n", out);
	for (size_t i = 0; i < cli_command_count; i++) {
		for (size_t k = 0; k < CLI_EXAMPLES && cli_commands[i].examples[k].line; k++) {
			const struct cli_example *example = &cli_commands[i].examples[k];
			const char first[] = {(char)(example->purpose[0] - 'a' + 'A'), '\0'};
			fprintf(out, "%s%s%s:\n.Dl $ %s\n", i + k > 0 ? ".Pp\n" : "", first, example->purpose + 1,
				example->line);
		}
	}
}

bool cli_manual_write(FILE *out)
{
	fputs(".\\\" Made from the tables in src/cli by silt-generate: change those, not this file.\n"
	      ".Dd " PAGE_DATE "\n.Dt SILT 1\n.Os\n.Sh NAME\n.Nm silt\n.Nd ",
	      out);
	fprintf(out, "%s\n", cli_program.summary);
	write_synopsis(out);
	write_description(out);
	write_commands(out);
	fputs(".Sh ENVIRONMENT\n.Bl -tag -width SOURCE_DATE_EPOCH\n.It Ev NO_COLOR\n"
	      "If set and not empty, a report has no colours unless\n.Fl \\-color Cm always\nasks for them.\n",
	      out);
	cli_config_manual_variables(out);
	fputs(".It Ev SOURCE_DATE_EPOCH\nSeconds since 1970 that stand for the clock, which is asked for one thing "
	      "only: whether a token that carries its own expiry has expired.\n"
	      ".It Ev TERM\nIf it is\n.Dq dumb ,\nthere are no colours and no progress line.\n.El\n",
	      out);
	cli_config_manual_files(out);
	write_exit_statuses(out);
	write_examples(out);
	fputs(".Sh SEE ALSO\n.Xr buildah 1 ,\n.Xr docker 1 ,\n.Xr podman 1 ,\n.Xr skopeo 1\n", out);
	return ferror(out) == 0;
}

bool cli_exit_table_write(FILE *out)
{
	fputs("| status | word | meaning |\n| ---: | --- | --- |\n", out);
	for (size_t i = 0; i < cli_exit_row_count; i++) {
		const struct cli_exit_row *row = &cli_exit_rows[i];
		fprintf(out, "| %d | %s | %s. |\n", (int)row->status, row->word, row->meaning);
	}
	return ferror(out) == 0;
}
