/* `silt limits`, and the document of the same rows. */
#include "cli/limits.h"

#include "cli/message.h"
#include "cli/suggest.h"
#include "cli/wrap.h"

#include <string.h>

enum { NAME_WIDTH = 20, VALUE_WIDTH = 10, MARGIN = 10, COLUMNS = 80 };

/* A value as text; lives as long as the expression it is made in. */
struct shown {
	char text[SILT_LIMIT_TEXT_MAX];
};

static struct shown show(const struct silt_limit *limit, uint64_t value)
{
	struct shown shown;
	silt_limit_text(limit->unit, value, shown.text, sizeof(shown.text));
	return shown;
}

static void list_all(void)
{
	for (size_t i = 0; i < silt_limits_count(); i++) {
		const struct silt_limit *limit = silt_limits_get(i);
		printf("%-*s  %*s  ", NAME_WIDTH, limit->name, VALUE_WIDTH, show(limit, limit->fallback).text);
		cli_wrap(stdout, limit->what, NAME_WIDTH + VALUE_WIDTH + 4, NAME_WIDTH + VALUE_WIDTH + 4, COLUMNS);
	}
}

static void show_one(const struct silt_limit *limit)
{
	printf("%s\n%s\n\n", limit->name, limit->what);
	printf("%-*s%s\n", MARGIN, "default", show(limit, limit->fallback).text);
	printf("%-*s%s to %s\n", MARGIN, "range", show(limit, limit->least).text, show(limit, limit->most).text);
	printf("%-*s", MARGIN, "why");
	cli_wrap(stdout, limit->why, MARGIN, MARGIN, COLUMNS);
}

static enum silt_status show_named(const char *name, struct silt_error *err)
{
	const struct silt_limit *limit = silt_limits_find(name);
	if (limit != NULL) {
		show_one(limit);
		return SILT_OK;
	}
	struct cli_suggestion suggestion = cli_suggestion(name);
	for (size_t i = 0; i < silt_limits_count(); i++) {
		cli_suggestion_offer(&suggestion, silt_limits_get(i)->name);
	}
	return cli_fail(err, SILT_ERR_USAGE, "no limit is called '%s'%s%s%s", cli_printable(name).text,
			suggestion.best != NULL ? ": did you mean '" : ": silt limits lists them.",
			suggestion.best != NULL ? suggestion.best : "", suggestion.best != NULL ? "'?" : "");
}

enum cli_exit cli_limits_list(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	enum silt_status status = SILT_OK;
	if (arguments->operand_count == 0) {
		list_all();
	}
	for (size_t i = 0; i < arguments->operand_count && status == SILT_OK; i++) {
		printf("%s", i > 0 ? "\n" : "");
		status = show_named(arguments->operands[i], &err);
	}
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}

bool cli_limits_document(FILE *out)
{
	fprintf(out,
		"# Limits\n\n<!-- Made from src/base/limits.h by silt-generate: change that, not this file. -->\n\n"
		"What an image may ask of silt. Whatever is beyond a limit is not looked at further, and never passed "
		"over "
		"in silence: a finding and the coverage account of the report name the limit, the scan is incomplete "
		"(exit status 3), and the rest is audited all the same. Where it is otherwise the table says so.\n\n"
		"`--limit NAME=VALUE` sets one for a scan; `K`, `M`, `G` and `T` behind a number stand for powers of "
		"1024. "
		"`silt limits` lists them.\n\n"
		"| limit | default | may be set to | what | why |\n| --- | ---: | --- | --- | --- |\n");
	for (size_t i = 0; i < silt_limits_count(); i++) {
		const struct silt_limit *limit = silt_limits_get(i);
		fprintf(out, "| `%s` | %s | %s to %s | %s | %s |\n", limit->name, show(limit, limit->fallback).text,
			show(limit, limit->least).text, show(limit, limit->most).text, limit->what, limit->why);
	}
	return ferror(out) == 0;
}
