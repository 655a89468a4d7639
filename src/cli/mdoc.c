/* Parts of man pages. */
#include "cli/mdoc.h"

#include "cli/formats.h"
#include "silt/report.h"

#include <ctype.h>
#include <string.h>

/* Day of the last change of the pages' own words; tables change them too, but a date of the build would differ always. */
#define PAGE_DATE "November 23, 2026"

static int upper(int letter)
{
	return letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter;
}

void cli_mdoc_title(FILE *out, const char *name, const char *summary)
{
	fputs(".\\\" Made from the tables in src/cli by silt-generate: change those, not this file.\n"
	      ".Dd " PAGE_DATE "\n.Dt ",
	      out);
	for (const char *letter = name; *letter != '\0'; letter++) {
		fputc(upper(*letter), out);
	}
	fprintf(out, " 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd %s\n", name, summary);
}

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

void cli_mdoc_sentences(FILE *out, const char *text)
{
	const char *end = NULL;
	while ((end = strstr(text, ". ")) != NULL) {
		write_line(out, text, (size_t)(end + 1 - text));
		text = end + 2;
	}
	write_line(out, text, strlen(text));
}

/* "list", "NAME...", "[NAME...]" or "|": what is in lower case is typed as it stands. */
static void write_operand(FILE *out, const char *word, size_t len)
{
	if (word[0] == '|') {
		fputs(".No \\(ba\n", out);
		return;
	}
	const bool optional = len > 2 && word[0] == '[' && word[len - 1] == ']';
	word += optional;
	len -= optional ? 2 : 0;
	const bool several = len > 3 && memcmp(word + len - 3, "...", 3) == 0;
	len -= several ? 3 : 0;
	const char *macro = islower((unsigned char)word[0]) ? "Cm" : "Ar";
	fprintf(out, ".%s%s %.*s%s\n", optional ? "Op " : "", macro, (int)len, word, several ? " ..." : "");
}

void cli_mdoc_operands(FILE *out, const char *operands)
{
	while (*operands != '\0') {
		const size_t len = strcspn(operands, " ");
		write_operand(out, operands, len);
		operands += len + (operands[len] == ' ');
	}
}

static void write_formats(FILE *out, const struct cli_command *command)
{
	fputs("The formats are:\n.Bl -tag -width codequality -compact\n", out);
	struct cli_format format;
	for (size_t i = 0; cli_format_at(command, i, &format); i++) {
		if (format.name != NULL) {
			fprintf(out, ".It Cm %s\n%s\n", format.name, format.about);
		}
	}
	fputs(".El\n", out);
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
	cli_mdoc_sentences(out, option->manual);
	if (option->choices != NULL) {
		fprintf(out, "One of %s; the default is %s.\n", option->choices, option->fallback);
	}
}

void cli_mdoc_options(FILE *out, const struct cli_command *command)
{
	fputs(".Bl -tag -width Ds\n", out);
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if ((cli_options[id].scope & (unsigned)command->scope) == 0) {
			continue;
		}
		write_option(out, &cli_options[id]);
		if (id == CLI_OPTION_OUTPUT) {
			write_formats(out, command);
		}
	}
	fputs(".El\n", out);
}

void cli_mdoc_examples(FILE *out, const struct cli_command *command)
{
	for (size_t i = 0; i < CLI_EXAMPLES; i++) {
		const char *purpose = command->examples[i].purpose;
		const bool question = purpose[strlen(purpose) - 1] == '?';
		fprintf(out, "%s%c%s%s\n.Dl $ %s\n", i > 0 ? ".Pp\n" : "", upper(purpose[0]), purpose + 1,
			question ? "" : ":", command->examples[i].line);
	}
}
