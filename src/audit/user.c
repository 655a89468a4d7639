/* The user an image runs as. */
#include "audit/checks.h"

#include "audit/sighting.h"
#include "base/escape.h"
#include "content/passwd.h"

enum { SHOWN_MAX = 120 };

/* "name:group" of config.User, trimmed. */
struct user {
	struct silt_bytes whole, name, group;
	bool has_number;
	int64_t number; /* if the name is one */
};

static struct user parse_user(struct silt_bytes text)
{
	struct user user = {.whole = silt_bytes_trim(text)};
	struct silt_bytes rest = user.whole;
	silt_bytes_cut(&rest, ':', &user.name);
	user.group = rest;
	user.has_number = silt_account_number(user.name, &user.number);
	return user;
}

static bool is_root(const struct user *user)
{
	return user->name.len == 0 || silt_bytes_equal(user->name, SILT_LITERAL("root")) ||
	       (user->has_number && user->number == 0);
}

/* ---- Lists of accounts --------------------------------------------------------------------------------------------- */

enum accounts_state {
	ACCOUNTS_READ,
	ACCOUNTS_ABSENT,  /* the image has no such file */
	ACCOUNTS_UNKNOWN, /* it may have one that cannot be read: a layer is absent, or the file is too large */
};

struct accounts {
	enum accounts_state state;
	struct silt_bytes body;
};

static struct accounts read_accounts(const struct silt_audited_image *image, struct silt_bytes path)
{
	struct accounts accounts = {.state = ACCOUNTS_ABSENT};
	for (size_t i = 0; i < image->layer_count; i++) {
		if (!image->layers[i]) {
			accounts.state = ACCOUNTS_UNKNOWN;
		}
	}
	struct silt_node node;
	if (!silt_rootfs_find(image->rootfs, path, true, &node) || !silt_node_is_file(image, &node)) {
		return accounts;
	}
	const struct silt_record *record = image->layers[node.content.layer];
	const struct silt_capture *capture = silt_record_capture(record, node.content.entry);
	if (capture && capture->whole) {
		return (struct accounts){ACCOUNTS_READ, capture->body};
	}
	bool empty = record->entries[node.content.entry].size == 0;
	accounts.state = empty ? ACCOUNTS_READ : ACCOUNTS_UNKNOWN;
	return accounts;
}

/* The first line that a runtime takes for this user: the name as it is, or the number (moby/sys/user, GetExecUser). */
static bool find_user(const struct accounts *passwd, const struct user *user, struct silt_account *out)
{
	struct silt_bytes rest = passwd->body;
	while (passwd->state == ACCOUNTS_READ && silt_account_next(&rest, out)) {
		if (silt_bytes_equal(out->name, user->name) || (user->has_number && out->id == user->number)) {
			return true;
		}
	}
	return false;
}

/* ---- Evidence ------------------------------------------------------------------------------------------------------ */

/* The last USER instruction of the history, or that there is none. */
static void tell_instruction(const struct silt_config *config, struct silt_buffer *out)
{
	struct silt_buffer line = {0};
	for (size_t i = config->history_count; i > 0; i--) {
		silt_buffer_clear(&line);
		silt_history_instruction(&config->history[i - 1], &line);
		if (silt_bytes_start_with(silt_buffer_bytes(&line), SILT_LITERAL("USER "))) {
			char shown[SHOWN_MAX];
			silt_escape_text(silt_buffer_bytes(&line), shown, sizeof(shown));
			silt_buffer_printf(out, "The last USER instruction is \"%s\" (history line %zu).", shown, i);
			silt_buffer_done(&line);
			return;
		}
	}
	out->failed = out->failed || line.failed;
	silt_buffer_done(&line);
	if (config->history_count == 0) {
		silt_buffer_add_text(out, "The image has no history.");
	} else {
		silt_buffer_printf(out, "There is no USER instruction in %zu history entries.", config->history_count);
	}
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static enum silt_status add(const struct silt_context *context, size_t image, const struct silt_draft *draft,
			    struct silt_findings *findings, struct silt_error *err)
{
	size_t number;
	struct silt_sighting sighting;
	enum silt_status status = silt_sight_config(context, image, "User", &sighting, err);
	if (status == SILT_OK) {
		status = silt_findings_add(findings, draft, &number, err);
	}
	return status == SILT_OK ? silt_findings_sight(findings, number, &sighting, err) : status;
}

/* Adds `draft` with the user as its subject and identity, and the instruction behind `reason` as its detail. */
static enum silt_status report(const struct silt_context *context, size_t image, const struct user *user,
			       struct silt_draft *draft, const char *reason, struct silt_findings *findings,
			       struct silt_error *err)
{
	const char *shown = silt_escape_cut(context->arena, user->whole, SHOWN_MAX);
	draft->subject = user->whole.len == 0 ? "no user set"
			 : shown              ? silt_arena_printf(context->arena, "user %s", shown)
					      : NULL;
	draft->confidence = SILT_CONFIDENCE_PROVEN;
	draft->identity = &user->whole;
	draft->identity_count = 1;
	struct silt_buffer detail = {0};
	silt_buffer_add_text(&detail, reason);
	tell_instruction(&context->images[image].declared->config, &detail);
	draft->detail = silt_buffer_text(&detail);
	enum silt_status status = shown && draft->subject && !detail.failed ? add(context, image, draft, findings, err)
									    : silt_fail_memory(err);
	silt_buffer_done(&detail);
	return status;
}

static enum silt_status report_root(const struct silt_context *context, size_t image, const struct user *user,
				    struct silt_findings *findings, struct silt_error *err)
{
	struct silt_draft draft = {
		.rule = "user-root",
		.title = "Runs as root",
		.severity = SILT_SEVERITY_HIGH,
		.remedy = "Create a user and end the Dockerfile with a numeric one, such as USER 10001. It can still "
			  "be overridden at run time.",
	};
	return report(context, image, user, &draft, "", findings, err);
}

static enum silt_status report_alias(const struct silt_context *context, size_t image, const struct user *user,
				     struct silt_findings *findings, struct silt_error *err)
{
	struct silt_draft draft = {
		.rule = "user-uid0-alias",
		.title = "Runs as root under another name",
		.severity = SILT_SEVERITY_HIGH,
		.remedy = "Give the account a uid of its own, and set USER to a number, such as USER 10001.",
	};
	return report(context, image, user, &draft, "The image's own /etc/passwd gives this user the uid 0. ", findings,
		      err);
}

static enum silt_status report_unknown(const struct silt_context *context, size_t image, const struct user *user,
				       const char *reason, struct silt_findings *findings, struct silt_error *err)
{
	struct silt_draft draft = {
		.rule = "user-unknown",
		.title = "User does not exist in the image",
		.severity = SILT_SEVERITY_MEDIUM,
		.remedy = "Create the user and group in the image, or use numbers: a container with an unknown name "
			  "does not start.",
	};
	return report(context, image, user, &draft, reason, findings, err);
}

/* ---- The check ----------------------------------------------------------------------------------------------------- */

/* Why the group cannot be found; NULL if it can, or if nobody can tell. */
static const char *group_trouble(const struct silt_audited_image *image, const struct user *user)
{
	int64_t number;
	struct silt_account account;
	if (user->group.len == 0 || silt_account_number(user->group, &number)) {
		return NULL;
	}
	struct accounts groups = read_accounts(image, SILT_LITERAL("etc/group"));
	if (groups.state == ACCOUNTS_UNKNOWN ||
	    (groups.state == ACCOUNTS_READ && silt_account_by_name(groups.body, user->group, &account))) {
		return NULL;
	}
	return groups.state == ACCOUNTS_ABSENT ? "The image has no /etc/group to look its group up in. "
					       : "Its group is not in the image's /etc/group. ";
}

/* Why a name cannot be found. */
static const char *name_trouble(const struct user *user, const struct accounts *passwd)
{
	if (user->has_number || passwd->state == ACCOUNTS_UNKNOWN) {
		return NULL;
	}
	return passwd->state == ACCOUNTS_ABSENT ? "The image has no /etc/passwd to look the name up in. "
						: "The name is not in the image's /etc/passwd. ";
}

static enum silt_status check_image(const struct silt_context *context, size_t image, struct silt_findings *findings,
				    struct silt_error *err)
{
	const struct silt_audited_image *audited = &context->images[image];
	struct user user = parse_user(audited->declared->config.user);
	struct accounts passwd = read_accounts(audited, SILT_LITERAL("etc/passwd"));
	struct silt_account account;
	const char *trouble = NULL;
	enum silt_status status = SILT_OK;
	if (is_root(&user)) {
		status = report_root(context, image, &user, findings, err);
	} else if (!find_user(&passwd, &user, &account)) {
		trouble = name_trouble(&user, &passwd);
	} else if (account.id == 0) {
		status = report_alias(context, image, &user, findings, err);
	}
	trouble = trouble ? trouble : group_trouble(audited, &user);
	if (status == SILT_OK && trouble) {
		status = report_unknown(context, image, &user, trouble, findings, err);
	}
	return status;
}

enum silt_status silt_check_user(const struct silt_context *context, struct silt_findings *findings,
				 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		const struct silt_declared_image *declared = context->images[image].declared;
		if (declared && declared->config_member != SILT_MEMBER_NONE) {
			status = check_image(context, image, findings, err);
		}
	}
	return status;
}
