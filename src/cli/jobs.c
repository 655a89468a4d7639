/* Reading --jobs N. */
#include "cli/jobs.h"

#include "cli/message.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

enum { JOBS_MAX = 256 };

/* What a hostile layer can take by the limits of decoders: windows of what it is packed in, and of archives in it. */
static const long bytes_per_job = 1L << 30;

static unsigned clip(long number)
{
	return number < 1 ? 1 : number > JOBS_MAX ? JOBS_MAX : (unsigned)number;
}

/* A container may be allowed fewer processors than the machine has. */
static unsigned processors(void)
{
	cpu_set_t set;
	return sched_getaffinity(0, sizeof(set), &set) == 0 ? clip(CPU_COUNT(&set)) : 1;
}

static unsigned jobs_in_memory(void)
{
	const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
	return pages > 0 && page > 0 ? clip(pages / (bytes_per_job / page)) : 1;
}

/* As many as can be at work at the same time, whatever the layers ask for. */
static unsigned jobs_of_machine(void)
{
	const unsigned most = jobs_in_memory(), count = processors();
	return count < most ? count : most;
}

enum silt_status cli_jobs_read(const struct cli_arguments *arguments, unsigned *jobs, struct silt_error *err)
{
	const char *text = arguments->values[CLI_OPTION_JOBS];
	if (text == NULL) {
		*jobs = jobs_of_machine();
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
