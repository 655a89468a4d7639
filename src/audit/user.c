/* The user an image runs as. */
#include "audit/user.h"

#include "audit/checks.h"
#include "content/passwd.h"

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

/* ---- Lists of accounts --------------------------------------------------------------------------------------------- */

enum accounts_state {
	ACCOUNTS_READ,
	ACCOUNTS_ABSENT,  /* the image has no such file */
	ACCOUNTS_UNKNOWN, /* a layer is absent, which is told elsewhere; it may have the file */
	ACCOUNTS_UNREAD,  /* the image has the file, but what is in it is not known */
};

struct accounts {
	enum accounts_state state;
	struct silt_bytes body;
	struct silt_place at; /* of UNREAD: the file */
};

static enum accounts_state state_without_file(const struct silt_audited_image *image)
{
	for (size_t i = 0; i < image->layer_count; i++) {
		if (!image->layers[i]) {
			return ACCOUNTS_UNKNOWN;
		}
	}
	return ACCOUNTS_ABSENT;
}

static struct accounts read_accounts(const struct silt_audited_image *image, struct silt_bytes path)
{
	struct silt_node node;
	if (!silt_rootfs_find(image->rootfs, path, true, &node) || !silt_node_is_file(image, &node)) {
		return (struct accounts){.state = state_without_file(image)};
	}
	const struct silt_record *record = image->layers[node.content.layer];
	const struct silt_capture *capture = silt_record_capture(record, node.content.entry);
	if (capture && capture->whole) {
		return (struct accounts){.state = ACCOUNTS_READ, .body = capture->body};
	}
	bool empty = record->entries[node.content.entry].size == 0;
	return (struct accounts){.state = empty ? ACCOUNTS_READ : ACCOUNTS_UNREAD, .at = node.content};
}

/* The first line that a runtime takes for this user: the name as it is, or the number (moby/sys/user, GetExecUser). */
static bool find_user(const struct accounts *passwd, const struct silt_user *user, struct silt_account *out)
{
	struct silt_bytes rest = passwd->body;
	while (passwd->state == ACCOUNTS_READ && silt_account_next(&rest, out)) {
		if (silt_bytes_equal(out->name, user->name) || (user->has_number && out->id == user->number)) {
			return true;
		}
	}
	return false;
}

/* ---- The check ----------------------------------------------------------------------------------------------------- */

/* `*unknown` becomes the reason if the group cannot be found; it stays if it can, or if nobody can tell. */
static enum silt_status check_group(const struct silt_context *context, size_t image, const struct silt_user *user,
				    const char **unknown, struct silt_findings *findings, struct silt_error *err)
{
	const struct silt_bytes path = SILT_LITERAL("etc/group");
	int64_t number;
	struct silt_account account;
	if (user->group.len == 0 || silt_account_number(user->group, &number)) {
		return SILT_OK;
	}
	struct accounts groups = read_accounts(&context->images[image], path);
	if (groups.state == ACCOUNTS_UNREAD) {
		return silt_report_unread_accounts(context, image, path, groups.at, findings, err);
	}
	if (groups.state == ACCOUNTS_ABSENT) {
		*unknown = "The image has no /etc/group to look its group up in. ";
	} else if (groups.state == ACCOUNTS_READ && !silt_account_by_name(groups.body, user->group, &account)) {
		*unknown = "Its group is not in the image's /etc/group. ";
	}
	return SILT_OK;
}

/* A user that is neither root nor out of range by what the config says. `*unknown` as above. */
static enum silt_status check_account(const struct silt_context *context, size_t image, const struct silt_user *user,
				      const char **unknown, struct silt_findings *findings, struct silt_error *err)
{
	const struct silt_bytes path = SILT_LITERAL("etc/passwd");
	struct accounts passwd = read_accounts(&context->images[image], path);
	struct silt_account account;
	if (find_user(&passwd, user, &account)) {
		return account.id != 0 ? SILT_OK
				       : silt_report_user(context, image, user, SILT_USER_ALIAS,
							  "The image's own /etc/passwd gives this user the uid 0. ",
							  findings, err);
	}
	if (user->has_number) {
		return SILT_OK;
	}
	if (passwd.state == ACCOUNTS_UNREAD) {
		return silt_report_unread_accounts(context, image, path, passwd.at, findings, err);
	}
	if (passwd.state == ACCOUNTS_ABSENT) {
		*unknown = "The image has no /etc/passwd to look the name up in. ";
	} else if (passwd.state == ACCOUNTS_READ) {
		*unknown = "The name is not in the image's /etc/passwd. ";
	}
	return SILT_OK;
}

static enum silt_status check_name(const struct silt_context *context, size_t image, const struct silt_user *user,
				   const char **unknown, struct silt_findings *findings, struct silt_error *err)
{
	if (is_root(user)) {
		return silt_report_user(context, image, user, SILT_USER_ROOT, "", findings, err);
	}
	if (is_out_of_range(user)) {
		return silt_report_user(context, image, user, SILT_USER_ROOT,
					"The number is outside 0 to 2147483647: older containerd may run such a user "
					"as root (CVE-2024-40635), newer ones refuse it. ",
					findings, err);
	}
	return check_account(context, image, user, unknown, findings, err);
}

static enum silt_status check_image(const struct silt_context *context, size_t image, struct silt_findings *findings,
				    struct silt_error *err)
{
	struct silt_user user = parse_user(context->images[image].declared->config.user);
	const char *unknown_name = NULL, *unknown_group = NULL;
	enum silt_status status = check_name(context, image, &user, &unknown_name, findings, err);
	if (status == SILT_OK) {
		status = check_group(context, image, &user, &unknown_group, findings, err);
	}
	const char *unknown = unknown_name ? unknown_name : unknown_group;
	if (status == SILT_OK && unknown) {
		status = silt_report_user(context, image, &user, SILT_USER_UNKNOWN, unknown, findings, err);
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
