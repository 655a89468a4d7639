/* The sandbox, step by step. */
#include "cli/sandbox.h"

#include "cli/message.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>

static enum silt_status set(int option, unsigned long value, const char *what, struct silt_error *err)
{
	if (prctl(option, value, 0UL, 0UL, 0UL) != 0) {
		return cli_fail(err, SILT_ERR_IO, "sandbox: cannot set %s: %s; --no-sandbox goes without.", what,
				strerror(errno));
	}
	return SILT_OK;
}

enum silt_status cli_sandbox_enter(const struct cli_sandbox_needs *needs, struct silt_sandbox *state,
				   struct silt_error *err)
{
	*state = (struct silt_sandbox){.enabled = true};
	enum silt_status status = set(PR_SET_NO_NEW_PRIVS, 1, "no_new_privs", err);
	state->no_new_privileges = status == SILT_OK;
	if (status == SILT_OK) {
		status = set(PR_SET_DUMPABLE, 0, "the process undumpable", err);
		state->not_dumpable = status == SILT_OK;
	}
	if (status == SILT_OK) {
		status = cli_sandbox_landlock(needs, &state->landlock_abi, err);
	}
	if (status == SILT_OK) {
		status = cli_sandbox_seccomp(needs->folder_count > 0, &state->seccomp, err);
	}
	return status;
}
