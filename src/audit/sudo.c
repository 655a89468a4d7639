/* sudo and doas: whether the image has them, and whom they let become root. */
#include "audit/file_checks.h"

#include "base/attributes.h"
#include "base/escape.h"

enum { SETUID = 04000, ANY_EXECUTE = 0111, WHO_SHOWN = 80 };

enum tool { SUDO, DOAS, TOOLS };

static const char *const names[TOOLS] = {[SUDO] = "sudo", [DOAS] = "doas"};

struct state {
	struct silt_case of;
	bool has[TOOLS]; /* as a program of the final tree */
};

/* ---- The programs -------------------------------------------------------------------------------------------------- */

static enum silt_status tell_program(const struct state *state, const struct silt_file *file, struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_telling telling = {
		.rule = "priv-sudo-present",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, file->path),
		.detail = silt_arena_printf(arena, "It is setuid (mode %04o): whoever its rules name can become root.",
					    (unsigned)file->meta->mode),
		.identity = file->path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->node.meta, err) : silt_fail_memory(err);
}

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	for (size_t i = 0; i < TOOLS; i++) {
		if (file->type == SILT_ENTRY_FILE && file->meta->mode & ANY_EXECUTE &&
		    silt_bytes_are(file->name, names[i])) {
			state->has[i] = true;
			return file->meta->mode & SETUID ? tell_program(state, file, err) : SILT_OK;
		}
	}
	return SILT_OK;
}

/* ---- Their rules --------------------------------------------------------------------------------------------------- */

/* What a line of sudoers or doas.conf allows. */
static const struct grant {
	enum silt_fact_kind kind;
	const char *rule;
	enum silt_severity severity, idle; /* idle: the image has no program that would read the line */
	const char *what;                  /* continues "Line 3 lets app " */
	bool by_default;                   /* distributions ship such a line for the groups below */
} grants[] = {
	{SILT_FACT_SUDO_NOPASSWD_ALL, "priv-sudo-nopasswd", SILT_SEVERITY_CRITICAL, SILT_SEVERITY_LOW,
	 "run every command as another user without a password", false},
	{SILT_FACT_SUDO_NOPASSWD_SOME, "priv-sudo-nopasswd", SILT_SEVERITY_HIGH, SILT_SEVERITY_LOW,
	 "run some commands as another user without a password", false},
	{SILT_FACT_SUDO_ALL, "priv-sudo-all", SILT_SEVERITY_MEDIUM, SILT_SEVERITY_MEDIUM,
	 "run every command as another user", true},
};

/* root may do everything anyway; a group that a distribution names has no members until somebody adds them. */
static bool is_expected(const struct grant *grant, struct silt_bytes who)
{
	static const char *const roots[] = {"root", "#0"};
	static const char *const groups[] = {"%sudo", "%wheel", "%admin"};
	return silt_is_text_of(who, roots, SILT_COUNT(roots)) ||
	       (grant->by_default && silt_is_text_of(who, groups, SILT_COUNT(groups)));
}

static enum silt_status tell_grant(const struct state *state, const struct grant *grant, const struct silt_fact *fact,
				   struct silt_place place, struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_path_room room;
	struct silt_bytes path = silt_path_at(silt_case_image(&state->of), place, &room);
	enum tool tool = silt_bytes_equal(path, SILT_LITERAL("etc/doas.conf")) ? DOAS : SUDO;
	const char *who = silt_escape_cut(arena, fact->text, WHO_SHOWN), *where = silt_place_text(arena, path);
	const char *idle = state->has[tool] ? "" : silt_arena_printf(arena, " The image has no %s.", names[tool]);
	if (!who || !where || !idle) {
		return silt_fail_memory(err);
	}
	struct silt_telling telling = {
		.rule = grant->rule,
		.severity = state->has[tool] ? grant->severity : grant->idle,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_arena_printf(arena, "%s in %s", who, where),
		.detail =
			silt_arena_printf(arena, "Line %u lets %s %s.%s", (unsigned)fact->line, who, grant->what, idle),
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, place, err) : silt_fail_memory(err);
}

static enum silt_status judge(const struct state *state, uint32_t layer, const struct silt_fact *fact,
			      struct silt_error *err)
{
	struct silt_place place = {layer, fact->entry};
	for (size_t i = 0; i < SILT_COUNT(grants); i++) {
		if (fact->kind == grants[i].kind && !is_expected(&grants[i], fact->text) &&
		    silt_rootfs_fate(silt_case_image(&state->of)->rootfs, place).fate == SILT_FATE_VISIBLE) {
			return tell_grant(state, &grants[i], fact, place, err);
		}
	}
	return SILT_OK;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	enum silt_status status = SILT_OK;
	for (uint32_t layer = 0; layer < image->layer_count; layer++) {
		size_t count = image->layers[layer] ? image->layers[layer]->fact_count : 0;
		for (size_t i = 0; i < count && status == SILT_OK; i++) {
			status = judge(state, layer, &image->layers[layer]->facts[i], err);
		}
	}
	return status;
}

const struct silt_file_check silt_files_sudo = {
	.name = "sudo",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
};
