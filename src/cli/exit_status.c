/* Which number the program ends with. */
#include "cli/exit_status.h"

#include <limits.h>

const struct cli_exit_row cli_exit_rows[] = {
	{CLI_EXIT_CLEAN, 0, "clean", "Everything was looked at, and no finding counts by threshold and policy"},
	{CLI_EXIT_FINDINGS, 1, "findings", "Everything was looked at, and there are findings that count"},
	{CLI_EXIT_USAGE, 4, "usage", "The command line, a setting or a policy makes no sense; nothing was done"},
	{CLI_EXIT_INCOMPLETE, 2, "incomplete", "An input is damaged, unreadable as an image, or not fully covered"},
	{CLI_EXIT_SYSTEM, 5, "system",
	 "The system refused: a file could not be opened, read or written, or memory ran out"},
	{CLI_EXIT_UNPROVEN, 3, "unproven", "A signature, a seal or a password does not hold"},
	{CLI_EXIT_BUG, 6, "bug", "A fault in silt itself, or a library that ended the program"},
};

const size_t cli_exit_row_count = sizeof(cli_exit_rows) / sizeof(cli_exit_rows[0]);

static unsigned rank_of(enum cli_exit status)
{
	for (size_t i = 0; i < cli_exit_row_count; i++) {
		if (cli_exit_rows[i].status == status) {
			return cli_exit_rows[i].rank;
		}
	}
	return UINT_MAX; /* not one of ours: never let it pass for something better */
}

bool cli_exit_is_known(enum cli_exit status)
{
	return rank_of(status) != UINT_MAX;
}

enum cli_exit cli_exit_worse(enum cli_exit a, enum cli_exit b)
{
	return rank_of(b) > rank_of(a) ? b : a;
}

enum cli_exit cli_exit_of_status(enum silt_status status)
{
	switch (status) {
	case SILT_OK:
		return CLI_EXIT_CLEAN;
	case SILT_ERR_USAGE:
		return CLI_EXIT_USAGE;
	case SILT_ERR_INPUT:
		return CLI_EXIT_INCOMPLETE;
	case SILT_ERR_IO:
	case SILT_ERR_MEMORY:
		return CLI_EXIT_SYSTEM;
	case SILT_ERR_UNPROVEN:
		return CLI_EXIT_UNPROVEN;
	case SILT_ERR_STOPPED: /* no callback of ours asks for it */
	case SILT_ERR_INTERNAL:
		break;
	}
	return CLI_EXIT_BUG;
}

enum cli_exit cli_exit_of_verdict(enum silt_verdict verdict)
{
	switch (verdict) {
	case SILT_VERDICT_PASS:
		return CLI_EXIT_CLEAN;
	case SILT_VERDICT_FAIL:
		return CLI_EXIT_FINDINGS;
	case SILT_VERDICT_INCOMPLETE:
		return CLI_EXIT_INCOMPLETE;
	}
	return CLI_EXIT_BUG;
}
