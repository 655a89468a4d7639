/* The user an image runs as. */
#include "audit/user.h"

#include "audit/accounts.h"
#include "audit/checks.h"
#include "audit/entrypoint.h"
#include "base/attributes.h"
#include "base/escape.h"

enum { SHOWN_MAX = 120 };

static struct silt_user parse_user(struct silt_bytes text)
{
	struct silt_user user = {.whole = silt_bytes_trim(text)};
	struct silt_bytes rest = user.whole;
	silt_bytes_cut(&rest, ':', &user.name);
	user.group = rest;
	user.has_number = silt_account_number(user.name, &user.number);
	return user;
}

static bool is_root(const struct silt_user *user)
{
	return user->name.len == 0 || silt_bytes_equal(user->name, SILT_LITERAL("root")) ||
	       (user->has_number && user->number == 0);
}

/* Runtimes of today refuse such numbers; older ones let them overflow. */
static bool is_out_of_range(const struct silt_user *user)
{
	return user->has_number && (user->number < 0 || user->number > INT32_MAX);
}

/* ---- The account ---------------------------------------------------------------------------------------------------- */

/* The first line that a runtime takes for this user: the name as it is, or the number (moby/sys/user, GetExecUser). */
static bool find_user(const struct silt_accounts *passwd, const struct silt_user *user, struct silt_account *out)
{
	struct silt_bytes rest = passwd->body;
	while (passwd->state == SILT_ACCOUNTS_READ && silt_account_next(&rest, out)) {
		if (silt_bytes_equal(out->name, user->name) || (user->has_number && out->id == user->number)) {
			return true;
		}
	}
	return false;
}

/* What looking up came to. */
struct outcome {
	const char *no_name, *no_group; /* why it is not there; NULL: it is, or nobody can tell */
	bool is_name;                   /* a name that is in the list, and not root's */
};

static enum silt_status check_group(const struct silt_case *of, const struct silt_user *user, struct outcome *outcome,
				    struct silt_error *err)
{
	const struct silt_bytes path = SILT_LITERAL("etc/group");
	int64_t number;
	struct silt_account account;
	if (user->group.len == 0 || silt_account_number(user->group, &number)) {
		return SILT_OK;
	}
	struct silt_accounts groups = silt_accounts_read(silt_case_image(of), path);
	if (groups.state == SILT_ACCOUNTS_UNREAD) {
		return silt_report_unread_accounts(of, path, groups.at, err);
	}
	if (groups.state == SILT_ACCOUNTS_ABSENT) {
		outcome->no_group = "The image has no /etc/group to look its group up in. ";
	} else if (groups.state == SILT_ACCOUNTS_READ && !silt_account_by_name(groups.body, user->group, &account)) {
		outcome->no_group = "Its group is not in the image's /etc/group. ";
	}
	return SILT_OK;
}

/* A user that is neither root nor out of range by what the config says. */
static enum silt_status check_account(const struct silt_case *of, const struct silt_user *user, struct outcome *outcome,
				      struct silt_error *err)
{
	const struct silt_bytes path = SILT_LITERAL("etc/passwd");
	struct silt_accounts passwd = silt_accounts_read(silt_case_image(of), path);
	struct silt_account account;
	if (find_user(&passwd, user, &account)) {
		outcome->is_name = !user->has_number && account.id != 0;
		return account.id != 0
			       ? SILT_OK
			       : silt_report_user(of, user, SILT_USER_ALIAS,
						  "The image's own /etc/passwd gives this user the uid 0. ", err);
	}
	if (user->has_number) {
		return SILT_OK;
	}
	if (passwd.state == SILT_ACCOUNTS_UNREAD) {
		return silt_report_unread_accounts(of, path, passwd.at, err);
	}
	if (passwd.state == SILT_ACCOUNTS_ABSENT) {
		outcome->no_name = "The image has no /etc/passwd to look the name up in. ";
	} else if (passwd.state == SILT_ACCOUNTS_READ) {
		outcome->no_name = "The name is not in the image's /etc/passwd. ";
	}
	return SILT_OK;
}

/* ---- Giving root up ------------------------------------------------------------------------------------------------ */

/* A program that the image starts and that goes on as somebody else. */
static bool changes_user(const struct silt_entry_link *link)
{
	static const char *const names[] = {"gosu",  "su-exec",      "setpriv",   "runuser",
					    "chpst", "s6-setuidgid", "setuidgid", "s6-applyuidgid"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		if (link->found && silt_bytes_equal(silt_path_basename(link->path), silt_bytes_text(names[i]))) {
			return true;
		}
	}
	return false;
}

/* The sentence that says where, of the arena or static; "" if nothing proves it. NULL if memory ran out. */
static const char *tell_drop(const struct silt_entry_chain *chain, struct silt_arena *arena)
{
	size_t link;
	const struct silt_fact *fact = silt_entry_fact(chain, SILT_FACT_SCRIPT_DROPS, &link);
	if (fact) {
		const char *script = silt_escape_cut(arena, chain->links[link].path, SHOWN_MAX);
		const char *program = silt_escape_cut(arena, fact->text, SHOWN_MAX);
		return script && program ? silt_arena_printf(arena, "/%s:%u gives root up with %s. ", script,
							     (unsigned)fact->line, program)
					 : NULL;
	}
	for (size_t i = 0; i < chain->count; i++) {
		if (changes_user(&chain->links[i])) {
			const char *program = silt_escape_cut(arena, chain->links[i].path, SHOWN_MAX);
			return program ? silt_arena_printf(arena, "What it starts gives root up with /%s. ", program)
				       : NULL;
		}
	}
	return "";
}

static enum silt_status report_root(const struct silt_case *of, const struct silt_user *user, struct silt_error *err)
{
	struct silt_entry_chain chain;
	enum silt_status status = silt_entry_chain(of->context, of->image, &chain, err);
	if (status != SILT_OK) {
		return status;
	}
	const char *drop = tell_drop(&chain, of->context->arena);
	return drop ? silt_report_user(of, user, *drop ? SILT_USER_ROOT_AT_START : SILT_USER_ROOT, drop, err)
		    : silt_fail_memory(err);
}

/* ---- The check ----------------------------------------------------------------------------------------------------- */

static enum silt_status check_name(const struct silt_case *of, const struct silt_user *user, struct outcome *outcome,
				   struct silt_error *err)
{
	if (is_root(user)) {
		return report_root(of, user, err);
	}
	if (is_out_of_range(user)) {
		return silt_report_user(of, user, SILT_USER_ROOT,
					"The number is outside 0 to 2147483647: older containerd may run such a user "
					"as root (CVE-2024-40635), newer ones refuse it. ",
					err);
	}
	return check_account(of, user, outcome, err);
}

/* A user that does not exist is not told to be a name as well. */
static enum silt_status check_image(const struct silt_case *of, struct silt_error *err)
{
	struct silt_user user = parse_user(silt_case_config(of)->user);
	struct outcome outcome = {0};
	enum silt_status status = check_name(of, &user, &outcome, err);
	if (status == SILT_OK) {
		status = check_group(of, &user, &outcome, err);
	}
	const char *reason = outcome.no_name ? outcome.no_name : outcome.no_group;
	if (status == SILT_OK && (reason || outcome.is_name)) {
		enum silt_user_trouble trouble = reason ? SILT_USER_UNKNOWN : SILT_USER_NAMED;
		status = silt_report_user(of, &user, trouble, reason ? reason : "", err);
	}
	return status;
}

enum silt_status silt_check_user(const struct silt_context *context, struct silt_findings *findings,
				 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		const struct silt_case of = {context, image, findings};
		const struct silt_declared_image *declared = silt_case_image(&of)->declared;
		if (declared && declared->config_member != SILT_MEMBER_NONE) {
			status = check_image(&of, err);
		}
	}
	return status;
}
