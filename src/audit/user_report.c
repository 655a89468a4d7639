/* What is told of the user an image runs as. */
#include "audit/user.h"

#include "audit/redact.h"
#include "base/escape.h"

enum { SHOWN_MAX = 120 };

static const struct {
	const char *rule;
	enum silt_severity severity;
} troubles[] = {
	[SILT_USER_ROOT] = {"user-root", SILT_SEVERITY_HIGH},
	[SILT_USER_ROOT_AT_START] = {"user-root", SILT_SEVERITY_MEDIUM},
	[SILT_USER_ALIAS] = {"user-uid0-alias", SILT_SEVERITY_HIGH},
	[SILT_USER_UNKNOWN] = {"user-unknown", SILT_SEVERITY_MEDIUM},
	[SILT_USER_NAMED] = {"user-nonnumeric", SILT_SEVERITY_INFO},
};

/* ---- Evidence ------------------------------------------------------------------------------------------------------ */

/* The number of the last USER instruction from 1, 0 for none. */
static size_t last_user_instruction(const struct silt_config *config)
{
	size_t number = config->history_count;
	while (number > 0 && !silt_instruction_begins(silt_history_read(&config->history[number - 1]), "USER ")) {
		number--;
	}
	return number;
}

/* The last USER instruction of the history, or that there is none. */
static void tell_instruction(const struct silt_config *config, const struct silt_redactor *redactor,
			     struct silt_buffer *out)
{
	struct silt_buffer redacted = {0};
	size_t number = last_user_instruction(config);
	if (number > 0) {
		char shown[SHOWN_MAX];
		silt_redact(redactor, silt_history_read(&config->history[number - 1]).text, &redacted);
		silt_escape_text(silt_buffer_bytes(&redacted), shown, sizeof(shown));
		silt_buffer_printf(out, "The last USER instruction is \"%s\" (history line %zu).", shown, number);
	} else if (config->history_count == 0) {
		silt_buffer_add_text(out, "The image has no history.");
	} else if (config->history_count == 1) {
		silt_buffer_add_text(out, "There is no USER instruction in the one history entry.");
	} else {
		silt_buffer_printf(out, "There is no USER instruction in %zu history entries.", config->history_count);
	}
	out->failed = out->failed || redacted.failed;
	silt_buffer_done(&redacted);
}

/* "user app", "no user set". NULL if memory ran out. */
static const char *subject_of(const struct silt_user *user, const struct silt_redactor *redactor,
			      struct silt_arena *arena)
{
	if (user->whole.len == 0) {
		return "no user set";
	}
	struct silt_buffer redacted = {0};
	silt_redact(redactor, user->whole, &redacted);
	const char *shown = redacted.failed ? NULL : silt_escape_cut(arena, silt_buffer_bytes(&redacted), SHOWN_MAX);
	silt_buffer_done(&redacted);
	return shown ? silt_arena_printf(arena, "user %s", shown) : NULL;
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static enum silt_status report(const struct silt_case *of, const struct silt_user *user, enum silt_user_trouble trouble,
			       const char *subject, const struct silt_buffer *detail, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = troubles[trouble].rule,
		.severity = troubles[trouble].severity,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = subject,
		.detail = silt_buffer_text(detail),
		.identity = user->whole.ptr ? user->whole : silt_bytes_text(""),
	};
	return detail->failed ? silt_fail_memory(err) : silt_tell_config(of, &telling, "User", err);
}

enum silt_status silt_report_user(const struct silt_case *of, const struct silt_user *user,
				  enum silt_user_trouble trouble, const char *reason, struct silt_error *err)
{
	const struct silt_declared_image *declared = silt_case_image(of)->declared;
	struct silt_redactor redactor;
	struct silt_buffer detail = {0};
	enum silt_status status = silt_redactor_init(&redactor, declared, of->context->masker, err);
	if (status == SILT_OK) {
		silt_buffer_add_text(&detail, reason);
		tell_instruction(&declared->config, &redactor, &detail);
		const char *subject = subject_of(user, &redactor, of->context->arena);
		status = report(of, user, trouble, subject, &detail, err);
	}
	silt_buffer_done(&detail);
	silt_redactor_done(&redactor);
	return status;
}

enum silt_status silt_report_unread_accounts(const struct silt_case *of, struct silt_bytes path, struct silt_place at,
					     struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "integrity-not-inspectable",
		.title = "List of accounts that was not read",
		.subject = silt_place_text(of->context->arena, path),
		.detail = "The list of accounts that decides who USER is could not be read.",
		.remedy = "Look at the file itself, or set USER to a number, such as USER 10001:10001.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.identity = path,
	};
	return silt_tell_entry(of, &telling, at, err);
}
