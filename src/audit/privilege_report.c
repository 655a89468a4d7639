/* What is told of a program that gives its caller more rights. */
#include "audit/privilege.h"

#include "base/escape.h"

enum { SETUID = 04000, SETGID = 02000, WORLD_WRITE = 02, GROUP_EXECUTE = 010, ANY_EXECUTE = 0111, NAMES_TOLD = 8 };

static bool all_by_design(const struct silt_privileged_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		if (!silt_is_privileged_by_design(group->names[i].path)) {
			return false;
		}
	}
	return true;
}

static bool any_gives_shell(const struct silt_privileged_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		if (silt_gives_a_shell(group->names[i].path)) {
			return true;
		}
	}
	return false;
}

static enum silt_severity one_step_down(enum silt_severity severity)
{
	return severity > SILT_SEVERITY_INFO ? severity - 1 : severity;
}

/* By its body, whatever name it has. */
static bool is_script(const struct silt_privileged_group *group)
{
	const struct silt_audited_image *image = &group->context->images[group->image];
	return silt_entry_at(image, group->names[0].content)->program == SILT_PROGRAM_SCRIPT;
}

static enum silt_severity setuid_severity(const struct silt_privileged_group *group)
{
	const struct silt_privileged *first = &group->names[0];
	enum silt_severity severity = SILT_SEVERITY_HIGH;
	if (!(first->mode & ANY_EXECUTE) || is_script(group)) {
		return SILT_SEVERITY_INFO;
	}
	if (first->mode & WORLD_WRITE || any_gives_shell(group)) {
		severity = SILT_SEVERITY_CRITICAL;
	} else if (all_by_design(group)) {
		severity = SILT_SEVERITY_LOW;
	}
	return first->uid == 0 ? severity : one_step_down(severity);
}

static enum silt_severity setgid_severity(const struct silt_privileged_group *group)
{
	if (is_script(group)) {
		return SILT_SEVERITY_INFO;
	}
	return all_by_design(group) ? SILT_SEVERITY_LOW : SILT_SEVERITY_MEDIUM;
}

static enum silt_severity capability_severity(const struct silt_privileged_group *group)
{
	return silt_capability_severity(group->names[0].capability, all_by_design(group));
}

/* "/bin/busybox", "/bin/busybox and 396 more names". NULL if memory ran out. */
static const char *subject_of(const struct silt_privileged_group *group)
{
	struct silt_arena *arena = group->context->arena;
	const char *first = silt_place_text(arena, group->names[0].path);
	if (!first || group->count == 1) {
		return first;
	}
	return silt_arena_printf(arena, "%s and %zu more name%s", first, group->count - 1,
				 group->count == 2 ? "" : "s");
}

static void tell_names(const struct silt_privileged_group *group, struct silt_buffer *out)
{
	if (group->count == 1) {
		return;
	}
	silt_buffer_add_text(out, " Its names:");
	for (size_t i = 0; i < group->count && i < NAMES_TOLD; i++) {
		silt_buffer_add_text(out, i == 0 ? " /" : ", /");
		silt_escape(out, group->names[i].path);
	}
	if (group->count > NAMES_TOLD) {
		silt_buffer_printf(out, " and %zu more", group->count - NAMES_TOLD);
	}
	silt_buffer_add_text(out, ".");
}

static void tell_mode(const struct silt_privileged_group *group, struct silt_buffer *out)
{
	const struct silt_privileged *first = &group->names[0];
	silt_buffer_printf(out, "Mode %04o, owner %u:%u.", (unsigned)first->mode, first->uid, first->gid);
	if (!(first->mode & ANY_EXECUTE)) {
		silt_buffer_add_text(out, " Nobody may execute it, so the bit has no effect.");
	} else if (is_script(group)) {
		silt_buffer_add_text(out, " It is a script: the kernel ignores the bit on a script.");
	} else if (first->mode & WORLD_WRITE) {
		silt_buffer_add_text(out, " Everybody may write to it.");
	}
	if (first->linked) {
		silt_buffer_add_text(out, " Another name of it, a hardlink of the same layer, gives it the bit.");
	}
	tell_names(group, out);
}

static void tell_capability(const struct silt_privileged_group *group, struct silt_buffer *out)
{
	silt_tell_capability(group->names[0].capability, out);
	tell_names(group, out);
}

/* ---- The three rights ---------------------------------------------------------------------------------------------- */

static const struct right {
	const char *rule, *title, *title_hidden, *remedy;
	enum silt_severity (*severity)(const struct silt_privileged_group *group);
	void (*tell)(const struct silt_privileged_group *group, struct silt_buffer *out);
} rights[SILT_RIGHTS] = {
	[SILT_RIGHT_SETUID] = {"priv-setuid", "Setuid program", "Setuid program in a lower layer",
			       "Remove the bit (chmod u-s) in the instruction that adds the file: a later chmod leaves "
			       "the old copy below it.",
			       setuid_severity, tell_mode},
	[SILT_RIGHT_SETGID] = {"priv-setgid", "Setgid program", "Setgid program in a lower layer",
			       "Remove the bit (chmod g-s) in the instruction that adds the file: a later chmod leaves "
			       "the old copy below it.",
			       setgid_severity, tell_mode},
	[SILT_RIGHT_CAPABILITY] = {"priv-filecap", "Program with file capabilities",
				   "Program with file capabilities in a lower layer",
				   "Remove them (setcap -r) in the instruction that adds the file, or run with "
				   "--cap-drop ALL.",
				   capability_severity, tell_capability},
};

bool silt_gives_right(const struct silt_privileged *name, enum silt_right right)
{
	switch (right) {
	case SILT_RIGHT_SETUID:
		return name->mode & SETUID;
	case SILT_RIGHT_SETGID:
		return name->mode & SETGID && name->mode & GROUP_EXECUTE; /* without it: mandatory locking */
	case SILT_RIGHT_CAPABILITY:
		return name->capability.len > 0;
	case SILT_RIGHTS:
		break;
	}
	return false;
}

enum silt_status silt_report_right(struct silt_findings *findings, enum silt_right which,
				   const struct silt_privileged_group *group, bool hidden, struct silt_error *err)
{
	const struct right *right = &rights[which];
	struct silt_draft draft = {
		.rule = right->rule,
		.title = hidden ? right->title_hidden : right->title,
		.subject = subject_of(group),
		.remedy = right->remedy,
		.severity = hidden ? SILT_SEVERITY_INFO : right->severity(group),
		.confidence = SILT_CONFIDENCE_PROVEN,
		.identity = &group->names[0].path,
		.identity_count = 1,
	};
	struct silt_buffer detail = {0};
	right->tell(group, &detail);
	if (hidden) {
		silt_buffer_add_text(&detail, " It is not in the final filesystem, but can still be extracted.");
	}
	draft.detail = silt_buffer_text(&detail);
	size_t number;
	enum silt_status status = draft.subject && !detail.failed ? SILT_OK : silt_fail_memory(err);
	if (status == SILT_OK) {
		status = silt_findings_add(findings, &draft, &number, err);
	}
	for (size_t i = 0; i < group->count && status == SILT_OK; i++) {
		struct silt_sighting sighting;
		status = silt_sight_entry(group->context, group->image, group->names[i].meta, &sighting, err);
		if (status == SILT_OK) {
			status = silt_findings_sight(findings, number, &sighting, err);
		}
	}
	silt_buffer_done(&detail);
	return status;
}
