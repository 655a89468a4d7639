/* What is told of a program that gives its caller more rights. */
#include "audit/privilege.h"

#include "base/encoding.h"
#include "base/escape.h"
#include "layer/owned.h"

enum { SETUID = 04000, SETGID = 02000, WORLD_WRITE = 02, GROUP_EXECUTE = 010, ANY_EXECUTE = 0111, NAMES_TOLD = 8 };

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

/* What makes it worse. */
static void tell_dangers(const struct silt_privileged *first, const struct silt_circumstances *about,
			 struct silt_buffer *out)
{
	if (first->mode & WORLD_WRITE) {
		silt_buffer_add_text(out, " Everybody may write to it.");
	}
	if (about->open_folder) {
		silt_buffer_add_text(out, " Everybody may write to its folder.");
	}
	if (about->shell) {
		silt_buffer_printf(out, " By its content it is the shell %s.", about->shell);
	} else if (about->runs_anything) {
		silt_buffer_add_text(out, " It runs whatever its caller tells it to run.");
	} else if (about->may_escape) {
		silt_buffer_add_text(out, " It is known for ways to make it run other commands, or write any file.");
	}
}

static bool has_no_effect(const struct silt_privileged *first, const struct silt_circumstances *about)
{
	return !(first->mode & ANY_EXECUTE) || about->script;
}

static void tell_mode(const struct silt_privileged *first, const struct silt_circumstances *about,
		      struct silt_buffer *out)
{
	silt_buffer_printf(out, "Mode %04o, owner %u:%u.", (unsigned)first->mode, first->uid, first->gid);
	if (!(first->mode & ANY_EXECUTE)) {
		silt_buffer_add_text(out, " Nobody may execute it, so the bit has no effect.");
	} else if (about->script) {
		silt_buffer_add_text(out, " It is a script: the kernel ignores the bit on a script.");
	} else {
		tell_dangers(first, about, out);
	}
	if (first->linked) {
		silt_buffer_add_text(
			out, " Another header of the file, that of a hardlink or its target, gives it the bit.");
	}
}

static void tell_capability(const struct silt_privileged *first, const struct silt_circumstances *about,
			    struct silt_buffer *out)
{
	(void)about;
	silt_tell_capability(first->capability, out);
}

/* ---- The three rights ---------------------------------------------------------------------------------------------- */

static const struct right {
	const char *rule, *title_below, *title_disputed;
	unsigned listed; /* how a database says that a package ships it so */
	void (*tell)(const struct silt_privileged *first, const struct silt_circumstances *about,
		     struct silt_buffer *out);
} rights[SILT_RIGHTS] = {
	[SILT_RIGHT_SETUID] = {"priv-setuid", "Setuid program in a lower layer", "Setuid program that a tar hides",
			       SILT_LISTED_SETUID, tell_mode},
	[SILT_RIGHT_SETGID] = {"priv-setgid", "Setgid program in a lower layer", "Setgid program that a tar hides",
			       SILT_LISTED_SETGID, tell_mode},
	[SILT_RIGHT_CAPABILITY] = {"priv-filecap", "Program with file capabilities in a lower layer",
				   "Program with file capabilities that a tar hides", SILT_LISTED_CAPABILITY,
				   tell_capability},
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

/* Who owns it, unless that does not matter; and whether the package ships it so, where a database can tell. */
static void tell_owner(const struct right *right, const struct silt_owner *owner, struct silt_buffer *out)
{
	silt_owner_tell(owner, out);
	if (owner->tells_rights) {
		silt_buffer_add_text(out, owner->flags & right->listed ? " The package ships it so."
								       : " The package ships it without.");
	}
}

static void tell(const struct right *right, const struct silt_privileged_group *group,
		 const struct silt_circumstances *about, enum silt_presence presence, struct silt_buffer *out)
{
	const struct silt_privileged *first = &group->names[0];
	right->tell(first, about, out);
	if (presence == SILT_PRESENT_BELOW) {
		silt_buffer_add_text(out, " It is not in the final filesystem, but can still be extracted.");
	} else if (presence == SILT_PRESENT_DISPUTED) {
		silt_buffer_add_text(out, " Docker does not see it in the tar, other programs do and extract it.");
	} else if (right->listed == SILT_LISTED_CAPABILITY || !has_no_effect(first, about)) {
		tell_owner(right, &about->owner, out);
	}
	tell_names(group, out);
}

/* The rights and the content of a name, as a policy may want them. NULL if memory ran out. */
static const struct silt_sighted_file *describe(const struct silt_privileged_group *group,
						const struct silt_privileged *name)
{
	struct silt_arena *arena = group->context->arena;
	const struct silt_record *record = group->context->images[group->image].layers[name->content.layer];
	const struct silt_body_digests *digests = silt_record_digests(record, name->content.entry);
	struct silt_sighted_file *file = silt_arena_alloc(arena, sizeof(*file));
	char hex[2 * SILT_SUM_MAX + 1];
	if (!file) {
		return NULL;
	}
	*file = (struct silt_sighted_file){.mode = name->mode, .uid = name->uid, .gid = name->gid, .digest = ""};
	if (digests && digests->known[SILT_SUM_SHA256]) {
		silt_hex(silt_bytes(digests->value[SILT_SUM_SHA256], SILT_SUM_MAX), hex);
		file->digest = silt_arena_printf(arena, "sha256:%s", hex);
	}
	return file->digest ? file : NULL;
}

static enum silt_status sight_names(struct silt_findings *findings, size_t number,
				    const struct silt_privileged_group *group, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < group->count && status == SILT_OK; i++) {
		struct silt_sighting sighting;
		status = silt_sight_entry(group->context, group->image, group->names[i].meta, &sighting, err);
		if (status == SILT_OK) {
			sighting.file = describe(group, &group->names[i]);
			status = sighting.file ? silt_findings_sight(findings, number, &sighting, err)
					       : silt_fail_memory(err);
		}
	}
	return status;
}

/* NULL: that of the catalogue. */
static const char *title_of(const struct right *right, enum silt_presence presence)
{
	const char *below = presence == SILT_PRESENT_BELOW ? right->title_below : NULL;
	return presence == SILT_PRESENT_DISPUTED ? right->title_disputed : below;
}

/* Nothing gets into a tar twice by accident: what is hidden there is worse than what was deleted. */
static enum silt_severity severity_of(enum silt_right which, const struct silt_privileged_group *group,
				      const struct silt_circumstances *about, enum silt_presence presence)
{
	if (presence == SILT_PRESENT_IN_TREE) {
		return silt_right_severity(which, &group->names[0], about);
	}
	return presence == SILT_PRESENT_DISPUTED ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_INFO;
}

enum silt_status silt_report_right(struct silt_findings *findings, enum silt_right which,
				   const struct silt_privileged_group *group, enum silt_presence presence,
				   struct silt_error *err)
{
	const struct right *right = &rights[which];
	const struct silt_circumstances about = silt_circumstances_of(group);
	struct silt_buffer detail = {0};
	tell(right, group, &about, presence, &detail);
	struct silt_draft draft = {
		.rule = right->rule,
		.title = title_of(right, presence),
		.subject = subject_of(group),
		.detail = silt_buffer_text(&detail),
		.severity = severity_of(which, group, &about, presence),
		.confidence = SILT_CONFIDENCE_PROVEN,
		.identity = &group->names[0].path,
		.identity_count = 1,
	};
	size_t number = 0;
	enum silt_status status = draft.subject && !detail.failed ? SILT_OK : silt_fail_memory(err);
	if (status == SILT_OK) {
		status = silt_findings_add(findings, &draft, &number, err);
	}
	if (status == SILT_OK) {
		status = sight_names(findings, number, group, err);
	}
	silt_buffer_done(&detail);
	return status;
}
