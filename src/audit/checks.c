/* The table of checks. */
#include "audit/checks.h"

#include "base/attributes.h"

/* In the order of docs: what a person should hear of first comes first. Findings are ordered on their own. */
static const struct {
	const char *name;
	silt_check_fn *run;
} checks[] = {
	{"secrets", silt_check_secrets},
	{"privilege", silt_check_privilege},
	{"shells", silt_check_shells},
	{"user", silt_check_user},
	{"accounts", silt_check_accounts},
	{"ids", silt_check_ids},
	{"arbitrary users", silt_check_arbitrary_user},
	{"files", silt_check_files},
	{"base", silt_check_base},
	{"config", silt_check_config},
	{"distribution", silt_check_os_eol},
	{"history", silt_check_history},
	{"integrity", silt_check_integrity},
};

enum silt_status silt_checks_run(const struct silt_context *context, struct silt_findings *findings,
				 struct silt_error *err)
{
	for (size_t i = 0; i < SILT_COUNT(checks); i++) {
		silt_pulse_beat(silt_pulse_of(context->options));
		enum silt_status status = checks[i].run(context, findings, err);
		if (status != SILT_OK) {
			silt_error_at(err, "check of %s", checks[i].name);
			return status;
		}
	}
	return SILT_OK;
}
