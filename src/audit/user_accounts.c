/* The accounts of an image: a second root, empty passwords, shells to log in with. */
#include "audit/accounts.h"
#include "audit/checks.h"
#include "audit/tell.h"
#include "base/escape.h"

enum {
	SHOWN_MAX = 80,
	SHADOW_FIELDS = 2,
	PASSWD_FIELDS = 4, /* what getpwent asks for: home and shell may be left out */
};

/* One image, and its list of accounts. */
struct state {
	struct silt_case of;
	struct silt_accounts passwd;
	struct silt_account_index index; /* owns; of passwd */
};

/* `telling` needs a detail; the subject is the account. */
static enum silt_status tell(const struct state *state, struct silt_telling telling, struct silt_bytes name,
			     struct silt_place at, struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	const char *shown = silt_escape_cut(arena, name, SHOWN_MAX);
	telling.subject = shown ? silt_arena_printf(arena, "account %s", shown) : NULL;
	telling.identity = name;
	telling.confidence = SILT_CONFIDENCE_PROVEN;
	return telling.detail ? silt_tell_entry(&state->of, &telling, at, err) : silt_fail_memory(err);
}

/* ---- Roots and shells ---------------------------------------------------------------------------------------------- */

static const char *shell_text(const struct state *state, const struct silt_account *account)
{
	return silt_escape_cut(state->of.context->arena, silt_account_shell(account), SHOWN_MAX);
}

static enum silt_status tell_second_root(const struct state *state, const struct silt_account *account, uint32_t line,
					 bool has_shell, struct silt_error *err)
{
	const char *shell = shell_text(state, account);
	struct silt_telling telling = {
		.rule = "user-second-uid0",
		.severity = has_shell ? SILT_SEVERITY_HIGH : SILT_SEVERITY_MEDIUM,
		.detail = shell ? silt_arena_printf(state->of.context->arena,
						    "Line %u of /etc/passwd gives it the uid 0; its shell is %s%s.",
						    (unsigned)line, shell,
						    has_shell ? "" : ", with which nobody can work")
				: NULL,
	};
	return tell(state, telling, account->name, state->passwd.at, err);
}

static enum silt_status tell_shell(const struct state *state, const struct silt_account *account, uint32_t line,
				   struct silt_error *err)
{
	const char *shell = shell_text(state, account);
	struct silt_telling telling = {
		.rule = "user-login-shell",
		.severity = SILT_SEVERITY_LOW,
		.detail = shell ? silt_arena_printf(state->of.context->arena,
						    "Line %u of /etc/passwd gives it (uid %lld) the shell %s, which "
						    "the image has.",
						    (unsigned)line, (long long)account->id, shell)
				: NULL,
	};
	return tell(state, telling, account->name, state->passwd.at, err);
}

/* ---- Empty passwords ----------------------------------------------------------------------------------------------- */

static enum silt_status tell_empty(const struct state *state, struct silt_bytes name, bool has_shell, const char *file,
				   uint32_t line, struct silt_place at, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "user-empty-password",
		.severity = has_shell ? SILT_SEVERITY_CRITICAL : SILT_SEVERITY_HIGH,
		.detail = silt_arena_printf(state->of.context->arena, "Its password is empty in line %u of /%s%s.",
					    (unsigned)line, file, has_shell ? "" : "; it has no shell to work with"),
	};
	return tell(state, telling, name, at, err);
}

/* Whose password is empty in shadow is known; the shell is in passwd. */
static bool has_shell_by_name(const struct state *state, struct silt_bytes name)
{
	struct silt_account account;
	return silt_account_index_find(&state->index, name, &account) &&
	       silt_account_has_shell(silt_case_image(&state->of), &account);
}

static enum silt_status check_shadow(const struct state *state, const char *path, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_node node;
	if (!silt_rootfs_find(image->rootfs, silt_bytes_text(path), true, &node) || !silt_node_is_file(image, &node)) {
		return SILT_OK;
	}
	size_t count;
	const struct silt_fact *facts =
		silt_record_facts(image->layers[node.content.layer], node.content.entry, &count);
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		if (facts[i].kind == SILT_FACT_PASSWORD_EMPTY) {
			status = tell_empty(state, facts[i].text, has_shell_by_name(state, facts[i].text), path,
					    facts[i].line, node.content, err);
		}
	}
	return status;
}

/* ---- The check ----------------------------------------------------------------------------------------------------- */

static enum silt_status check_account(const struct state *state, const struct silt_account *account, uint32_t line,
				      struct silt_error *err)
{
	bool has_shell = silt_account_has_shell(silt_case_image(&state->of), account);
	enum silt_status status = SILT_OK;
	if (account->password.len == 0 && silt_account_is_entry(account, SHADOW_FIELDS)) {
		status = tell_empty(state, account->name, has_shell, "etc/passwd", line, state->passwd.at, err);
	}
	if (status != SILT_OK || !silt_account_is_entry(account, PASSWD_FIELDS) || !account->has_id) {
		return status;
	}
	if (account->id != 0) {
		return has_shell ? tell_shell(state, account, line, err) : SILT_OK;
	}
	bool is_root = silt_bytes_equal(account->name, SILT_LITERAL("root"));
	return is_root ? SILT_OK : tell_second_root(state, account, line, has_shell, err);
}

static enum silt_status check_passwd(const struct state *state, struct silt_error *err)
{
	struct silt_bytes rest = state->passwd.body, text;
	struct silt_account account;
	enum silt_status status = SILT_OK;
	for (uint32_t line = 1; status == SILT_OK && silt_bytes_cut(&rest, '\n', &text); line++) {
		if (silt_account_read(text, &account)) {
			status = check_account(state, &account, line, err);
		}
	}
	return status;
}

static enum silt_status check_shadows(const struct state *state, struct silt_error *err)
{
	static const char *const paths[] = {"etc/shadow", "etc/shadow-", "etc/master.passwd"};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(paths) && status == SILT_OK; i++) {
		status = check_shadow(state, paths[i], err);
	}
	return status;
}

enum silt_status silt_check_accounts(const struct silt_context *context, struct silt_findings *findings,
				     struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		struct state state = {.of = {context, image, findings}};
		state.passwd = silt_accounts_read(silt_case_image(&state.of), SILT_LITERAL("etc/passwd"));
		status = silt_account_index_make(state.passwd.body, &state.index, err);
		if (status == SILT_OK) {
			status = check_passwd(&state, err);
		}
		if (status == SILT_OK) {
			status = check_shadows(&state, err);
		}
		silt_account_index_done(&state.index);
	}
	return status;
}
