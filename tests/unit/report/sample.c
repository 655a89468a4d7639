/*
 * For the check_*.py: writes a report over all made-up results, in JSON or in the format that is named, with a second
 * word those of nasty.h, too; with "names" the names of each enumeration, with "nasty" the strings of nasty.h, one in a
 * line.
 */
#include "nasty.h"

#include "base/attributes.h"

#include <stdio.h>
#include <string.h>

static const char *severity_name(int value)
{
	return silt_severity_name((enum silt_severity)value);
}

static const char *confidence_name(int value)
{
	return silt_confidence_name((enum silt_confidence)value);
}

static const char *fate_name(int value)
{
	return silt_fate_name((enum silt_fate)value);
}

static void write_names(const char *what, const char *(*name)(int value))
{
	printf("%s", what);
	for (int i = 0; strcmp(name(i), "unknown") != 0; i++) {
		printf(" %s", name(i));
	}
	printf("\n");
}

static bool write_stdout(void *ctx, const void *bytes, size_t size)
{
	(void)ctx;
	return fwrite(bytes, 1, size, stdout) == size;
}

static void write_strings(void)
{
	for (size_t i = 0; i < nasty_count; i++) {
		printf("%s\n", nasty_strings[i]);
	}
}

/* Judged results; `with_nasty`: the last of them is that of nasty.h, and one more. */
static enum silt_status write_report(const struct silt_report_options *options, bool with_nasty, struct silt_sink sink)
{
	static const struct silt_result *const results[] = {&fake_clean, &fake_dirty, &fake_hostile, &fake_vendored,
							    &fake_naughty};
	struct silt_judgement *judged[SILT_COUNT(results)] = {0};
	const struct silt_judgement *all[SILT_COUNT(results) + 2] = {0};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(results) && status == SILT_OK; i++) {
		status = silt_judge(results[i], NULL, &judged[i], NULL);
		all[i] = judged[i];
	}
	size_t count = SILT_COUNT(results);
	if (with_nasty) {
		all[count - 1] = nasty_judgement(); /* in place of the naughty one */
		all[count++] = nasty_accepted();
	}
	if (status == SILT_OK) {
		status = silt_report_write(all, count, options, sink, NULL);
	}
	for (size_t i = 0; i < SILT_COUNT(results); i++) {
		silt_judgement_free(judged[i]);
	}
	return status;
}

int main(int argc, char **argv)
{
	const struct silt_sandbox sandbox = {.enabled = true, .landlock_abi = 7};
	struct silt_report_options options = {.format = SILT_FORMAT_JSON, .show_suppressed = true, .sandbox = &sandbox};
	if (argc > 1 && strcmp(argv[1], "names") == 0) {
		write_names("severity", severity_name);
		write_names("confidence", confidence_name);
		write_names("fate", fate_name);
		return 0;
	}
	if (argc > 1 && strcmp(argv[1], "nasty") == 0) {
		write_strings();
		return 0;
	}
	if (argc > 1 && !silt_format_parse(argv[1], &options.format)) {
		return 1;
	}
	struct silt_sink sink = {.write = write_stdout};
	return write_report(&options, argc > 2, sink) == SILT_OK ? 0 : 1;
}
