/* How bad it is that a program gives its caller more rights: by what it is, who owns it, and where it lies. */
#include "audit/privilege.h"

enum { WORLD_WRITE = 02, ANY_EXECUTE = 0111 };

/* ---- Circumstances ------------------------------------------------------------------------------------------------- */

static const struct silt_audited_image *image_of(const struct silt_privileged_group *group)
{
	return &group->context->images[group->image];
}

/* True if everybody may write to the folder of a path, and so replace what is in it. */
static bool is_in_open_folder(const struct silt_audited_image *image, struct silt_bytes path)
{
	struct silt_node node;
	struct silt_bytes name = silt_path_basename(path);
	struct silt_bytes folder = silt_bytes_slice(path, 0, path.len - name.len);
	return silt_rootfs_find(image->rootfs, folder, true, &node) && !silt_place_none(node.meta) &&
	       (silt_entry_at(image, node.meta)->mode & WORLD_WRITE);
}

static const char *shell_of(const struct silt_audited_image *image, struct silt_place content)
{
	const struct silt_program *program = silt_record_program(image->layers[content.layer], content.entry);
	return program ? program->shell : NULL;
}

static void look_at_name(const struct silt_privileged_group *group, const struct silt_privileged *name,
			 struct silt_circumstances *about)
{
	struct silt_owner owner = silt_owner_of(group->ownership, name->path, name->content);
	if (owner.state > about->owner.state) {
		about->owner = owner;
	}
	about->open_folder = about->open_folder || is_in_open_folder(image_of(group), name->path);
	about->by_design = about->by_design && silt_is_privileged_by_design(name->path);
	about->runs_anything = about->runs_anything || silt_runs_anything(name->path);
	about->may_escape = about->may_escape || silt_may_escape(name->path);
}

struct silt_circumstances silt_circumstances_of(const struct silt_privileged_group *group)
{
	const struct silt_audited_image *image = image_of(group);
	struct silt_place content = group->names[0].content;
	struct silt_circumstances about = {
		.shell = shell_of(image, content),
		.script = silt_entry_at(image, content)->program == SILT_PROGRAM_SCRIPT,
		.by_design = true,
	};
	for (size_t i = 0; i < group->count; i++) {
		look_at_name(group, &group->names[i], &about);
	}
	return about;
}

/* ---- Severity ------------------------------------------------------------------------------------------------------ */

static bool is_packaged(const struct silt_circumstances *about)
{
	return about->owner.state == SILT_OWNED_UNMODIFIED || about->owner.state == SILT_OWNED_UNKNOWN;
}

/* Distributions ship programs of that name so. Where no package database can say more, the name has to do. */
static bool is_by_design(const struct silt_circumstances *about)
{
	return about->by_design && (is_packaged(about) || about->owner.state == SILT_OWNED_NO_DATABASE);
}

static enum silt_severity setuid_severity(const struct silt_privileged *first, const struct silt_circumstances *about)
{
	if (!(first->mode & ANY_EXECUTE) || about->script) {
		return SILT_SEVERITY_INFO;
	}
	enum silt_severity severity = SILT_SEVERITY_HIGH;
	bool shipped_so = is_packaged(about) && (about->owner.flags & SILT_LISTED_SETUID) && !about->may_escape;
	if ((first->mode & WORLD_WRITE) || about->open_folder || about->runs_anything || about->shell ||
	    about->owner.state == SILT_OWNED_MODIFIED) {
		severity = SILT_SEVERITY_CRITICAL;
	} else if (is_by_design(about) || shipped_so) {
		severity = SILT_SEVERITY_LOW;
	}
	return first->uid == 0 ? severity : severity - 1;
}

/* dpkg keeps no modes: what it owns is taken to be shipped so, unless its name says that it cannot be. */
static enum silt_severity setgid_severity(const struct silt_circumstances *about)
{
	if (about->script) {
		return SILT_SEVERITY_INFO;
	}
	bool listed_so = !about->owner.tells_rights || (about->owner.flags & SILT_LISTED_SETGID);
	bool shipped_so = is_packaged(about) && listed_so && !about->may_escape && !about->runs_anything &&
			  !about->shell;
	return is_by_design(about) || shipped_so ? SILT_SEVERITY_LOW : SILT_SEVERITY_MEDIUM;
}

enum silt_severity silt_right_severity(enum silt_right right, const struct silt_privileged *first,
				       const struct silt_circumstances *about)
{
	switch (right) {
	case SILT_RIGHT_SETUID:
		return setuid_severity(first, about);
	case SILT_RIGHT_SETGID:
		return setgid_severity(about);
	case SILT_RIGHT_CAPABILITY:
		return silt_capability_severity(first->capability, is_packaged(about) || is_by_design(about));
	case SILT_RIGHTS:
		break;
	}
	return SILT_SEVERITY_INFO;
}
