/* Reading --jobs N. */
#include "cli/jobs.h"

#include "cli/message.h"

#include <sched.h>
#include <string.h>

enum { JOBS_MAX = 256 };

/* A container may be allowed fewer processors than the machine has. */
static unsigned processors(void)
{
	cpu_set_t set;
	const int count = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;
	return count < 1 ? 1 : count > JOBS_MAX ? JOBS_MAX : (unsigned)count;
}

enum silt_status cli_jobs_read(const struct cli_arguments *arguments, unsigned *jobs, struct silt_error *err)
{
	const char *text = arguments->values[CLI_OPTION_JOBS];
	if (text == NULL) {
		*jobs = processors();
		return SILT_OK;
	}
	const size_t digits = strspn(text, "0123456789");
	*jobs = 0;
	for (size_t i = 0; i < digits && *jobs <= JOBS_MAX; i++) {
		*jobs = *jobs * 10 + (unsigned)(text[i] - '0');
	}
	if (text[digits] != '\0' || *jobs < 1 || *jobs > JOBS_MAX) {
		return cli_fail(err, SILT_ERR_USAGE, "--jobs needs a number of threads from 1 to %d, not '%s'.",
				JOBS_MAX, cli_printable(text).text);
	}
	return SILT_OK;
}
