/* The catalogue as a document. */
#include "cli/catalogue.h"

#include "silt/silt.h"

#include <string.h>

/* Titles of families, in the order of enum silt_check_family. */
static const char *const titles[SILT_CHECK_FAMILIES] = {
	[SILT_CHECKS_USER] = "Users and privilege",
	[SILT_CHECKS_SECRET] = "Secrets by their place",
	[SILT_CHECKS_SURFACE] = "Surface: shells, tools, packages",
	[SILT_CHECKS_CONFIG] = "Config",
	[SILT_CHECKS_HISTORY] = "History",
	[SILT_CHECKS_FILESYSTEM] = "Files",
	[SILT_CHECKS_INTEGRITY] = "Integrity",
};

/* Words that Markdown takes for something: a star, an underscore, a bar, a pointed bracket. */
static void write_text(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		fputs(strchr("*_|<`\\", *text) != NULL ? "\\" : "", out);
		fputc(*text, out);
	}
}

static void write_row(FILE *out, const char *name, const char *text)
{
	if (*text != '\0') {
		fprintf(out, "* **%s:** ", name);
		write_text(out, text);
		fputc('\n', out);
	}
}

/* Words with one blank between; `form` shows one. */
static void write_words(FILE *out, const char *name, const char *words, const char *form)
{
	for (const char *lead = ""; *words != '\0'; lead = ", ") {
		const size_t len = strcspn(words, " ");
		char word[512];
		(void)snprintf(word, sizeof(word), "%.*s", (int)len, words);
		if (*lead == '\0') {
			fprintf(out, "* **%s:** ", name);
		}
		fputs(lead, out);
		fprintf(out, "%s%s%s", form, word, *form == '<' ? ">" : form);
		words += len + (words[len] == ' ');
		fputs(*words == '\0' ? "\n" : "", out);
	}
}

static void write_check(FILE *out, const struct silt_check_info *check)
{
	fprintf(out, "\n### %s\n\n", check->id);
	write_text(out, check->title);
	fprintf(out, ".\n\n");
	write_row(out, "Severity",
		  *check->severities != '\0' ? check->severities : silt_severity_name(check->severity));
	write_row(out, "Told", check->lint ? "only with --lint" : "");
	write_row(out, "Looks at", check->looks_at);
	write_row(out, "Decides", check->decides);
	write_row(out, "Why", check->why);
	write_row(out, "Fix", check->fix);
	write_words(out, "Elsewhere", check->aliases, "`");
	write_words(out, "See", check->references, "<");
	if (*check->dockerfile != '\0') {
		fprintf(out, "\n```Dockerfile\n%s\n```\n", check->dockerfile);
	}
}

static void write_family(FILE *out, enum silt_check_family family)
{
	fprintf(out, "\n## %s\n", titles[family]);
	for (size_t i = 0; i < silt_checks_count(); i++) {
		if (silt_checks_get(i)->family == family) {
			write_check(out, silt_checks_get(i));
		}
	}
}

static void write_contents(FILE *out)
{
	fputs("\n| id | what it finds | at worst | elsewhere |\n| --- | --- | --- | --- |\n", out);
	for (size_t i = 0; i < silt_checks_count(); i++) {
		const struct silt_check_info *check = silt_checks_get(i);
		fprintf(out, "| [%s](#%s) | ", check->id, check->id);
		write_text(out, check->title);
		fprintf(out, " | %s | %s |\n", check->lint ? "lint" : silt_severity_name(check->severity),
			check->aliases);
	}
}

static void write_practices(FILE *out)
{
	fputs("\n## What an image cannot show\n\nPractices of running, building and shipping that leave no trace in "
	      "the "
	      "file of an image, and what silt tells that helps with them.\n\n"
	      "| practice | why not | instead | elsewhere |\n| --- | --- | --- | --- |\n",
	      out);
	for (size_t i = 0; i < silt_practices_count(); i++) {
		const struct silt_practice_info *practice = silt_practices_get(i);
		const char *const cells[] = {practice->practice, practice->why_not, practice->instead,
					     practice->aliases};
		for (size_t k = 0; k < sizeof(cells) / sizeof(cells[0]); k++) {
			fputs("| ", out);
			write_text(out, cells[k]);
			fputc(' ', out);
		}
		fputs("|\n", out);
	}
}

bool cli_catalogue_document(FILE *out)
{
	fprintf(out,
		"# Checks\n\n<!-- Made from src/audit/catalogue_*.c by silt-generate: change those, not this file. "
		"-->\n\n"
		"The %zu checks of silt. `silt explain NAME` tells the same of one of them, by its id here or by the "
		"one "
		"that another tool has for it; `--only` and `--skip` take the same names. What is found in the bytes "
		"of "
		"files has ids of its own: [rules.md](rules.md).\n",
		silt_checks_count());
	write_contents(out);
	for (size_t family = 0; family < SILT_CHECK_FAMILIES; family++) {
		write_family(out, (enum silt_check_family)family);
	}
	write_practices(out);
	return ferror(out) == 0;
}

bool cli_catalogue_ids(FILE *out)
{
	for (size_t i = 0; i < silt_checks_count(); i++) {
		fprintf(out, "%s\n", silt_checks_get(i)->id);
	}
	return ferror(out) == 0;
}
