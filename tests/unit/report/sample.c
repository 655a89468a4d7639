/*
 * For validators: writes a report over all made-up results in the format of that name. For check_schema.py: JSON without
 * a name, and with "names" the names of each enumeration.
 */
#include "fake.h"

#include "base/attributes.h"

#include "support/judged.h"

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

int main(int argc, char **argv)
{
	const struct silt_result *const results[] = {&fake_clean, &fake_dirty, &fake_hostile, &fake_vendored,
						     &fake_naughty};
	const struct silt_sandbox sandbox = {.enabled = true, .landlock_abi = 7};
	struct silt_report_options options = {.format = SILT_FORMAT_JSON, .show_suppressed = true, .sandbox = &sandbox};
	if (argc > 1 && strcmp(argv[1], "names") == 0) {
		write_names("severity", severity_name);
		write_names("confidence", confidence_name);
		write_names("fate", fate_name);
		return 0;
	}
	if (argc > 1 && !silt_format_parse(argv[1], &options.format)) {
		return 2;
	}
	struct silt_sink sink = {.write = write_stdout};
	return judged_report(results, SILT_COUNT(results), SILT_SEVERITY_HIGH, &options, sink, NULL) == SILT_OK ? 0 : 1;
}
