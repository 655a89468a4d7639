/* What is told of the user an image runs as. */
#include "audit/user.h"

#include "audit/redact.h"
#include "base/escape.h"

enum { SHOWN_MAX = 120 };

static const struct {
	const char *rule, *title;
	enum silt_severity severity;
	const char *remedy;
} troubles[] = {
	[SILT_USER_ROOT] = {"user-root", "Runs as root", SILT_SEVERITY_HIGH,
			    "Create a user and end the Dockerfile with a numeric one, such as USER 10001. It can still "
			    "be overridden at run time."},
	[SILT_USER_ALIAS] = {"user-uid0-alias", "Runs as root under another name", SILT_SEVERITY_HIGH,
			     "Give the account a uid of its own, and set USER to a number, such as USER 10001."},
	[SILT_USER_UNKNOWN] = {"user-unknown", "User does not exist in the image", SILT_SEVERITY_MEDIUM,
			       "Create the user and group in the image, or use numbers: a container with an unknown "
			       "name does not start."},
};

/* ---- Evidence ------------------------------------------------------------------------------------------------------ */

static bool is_user_instruction(const struct silt_history *history, struct silt_buffer *line)
{
	silt_buffer_clear(line);
	silt_history_instruction(history, line);
	return silt_bytes_start_with(silt_buffer_bytes(line), SILT_LITERAL("USER "));
}

/* The number of the last USER instruction from 1, 0 for none; `line` gets its text. */
static size_t last_user_instruction(const struct silt_config *config, struct silt_buffer *line)
{
	size_t number = config->history_count;
	while (number > 0 && !is_user_instruction(&config->history[number - 1], line)) {
		number--;
	}
	return number;
}

/* The last USER instruction of the history, or that there is none. */
static void tell_instruction(const struct silt_config *config, const struct silt_redactor *redactor,
			     struct silt_buffer *out)
{
	struct silt_buffer line = {0}, redacted = {0};
	size_t number = last_user_instruction(config, &line);
	if (number > 0) {
		char shown[SHOWN_MAX];
		silt_redact(redactor, silt_buffer_bytes(&line), &redacted);
		silt_escape_text(silt_buffer_bytes(&redacted), shown, sizeof(shown));
		silt_buffer_printf(out, "The last USER instruction is \"%s\" (history line %zu).", shown, number);
	} else if (config->history_count == 0) {
		silt_buffer_add_text(out, "The image has no history.");
	} else if (config->history_count == 1) {
		silt_buffer_add_text(out, "There is no USER instruction in the one history entry.");
	} else {
		silt_buffer_printf(out, "There is no USER instruction in %zu history entries.", config->history_count);
	}
	out->failed = out->failed || line.failed || redacted.failed;
	silt_buffer_done(&redacted);
	silt_buffer_done(&line);
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

static enum silt_status add(const struct silt_draft *draft, const struct silt_sighting *sighting,
			    struct silt_findings *findings, struct silt_error *err)
{
	size_t number;
	enum silt_status status = silt_findings_add(findings, draft, &number, err);
	return status == SILT_OK ? silt_findings_sight(findings, number, sighting, err) : status;
}

static enum silt_status report(const struct silt_context *context, size_t image, struct silt_draft *draft,
			       struct silt_findings *findings, struct silt_error *err)
{
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_config(context, image, "User", &sighting, err);
	return status == SILT_OK ? add(draft, &sighting, findings, err) : status;
}

enum silt_status silt_report_user(const struct silt_context *context, size_t image, const struct silt_user *user,
				  enum silt_user_trouble trouble, const char *reason, struct silt_findings *findings,
				  struct silt_error *err)
{
	const struct silt_declared_image *declared = context->images[image].declared;
	struct silt_redactor redactor;
	struct silt_buffer detail = {0};
	enum silt_status status = silt_redactor_init(&redactor, declared, context->matcher, err);
	if (status == SILT_OK) {
		silt_buffer_add_text(&detail, reason);
		tell_instruction(&declared->config, &redactor, &detail);
		struct silt_draft draft = {
			.rule = troubles[trouble].rule,
			.title = troubles[trouble].title,
			.subject = subject_of(user, &redactor, context->arena),
			.detail = silt_buffer_text(&detail),
			.remedy = troubles[trouble].remedy,
			.severity = troubles[trouble].severity,
			.confidence = SILT_CONFIDENCE_PROVEN,
			.identity = &user->whole,
			.identity_count = 1,
		};
		status = draft.subject && !detail.failed ? report(context, image, &draft, findings, err)
							 : silt_fail_memory(err);
	}
	silt_buffer_done(&detail);
	silt_redactor_done(&redactor);
	return status;
}

enum silt_status silt_report_unread_accounts(const struct silt_context *context, size_t image, struct silt_bytes path,
					     struct silt_place at, struct silt_findings *findings,
					     struct silt_error *err)
{
	struct silt_draft draft = {
		.rule = "integrity-not-inspectable",
		.title = "List of accounts that was not read",
		.subject = silt_place_text(context->arena, path),
		.detail = "The list of accounts that decides who USER is could not be read.",
		.remedy = "Look at the file itself, or set USER to a number, such as USER 10001:10001.",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.identity = &path,
		.identity_count = 1,
	};
	struct silt_sighting sighting;
	enum silt_status status = draft.subject ? silt_sight_entry(context, image, at, &sighting, err)
						: silt_fail_memory(err);
	return status == SILT_OK ? add(&draft, &sighting, findings, err) : status;
}
