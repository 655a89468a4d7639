/* Files with one flaw, by the part of the tree they are in. */
#include "audit/file_groups.h"

#include <stdlib.h>

enum {
	/* So many findings of one check can be read; what comes later is one more. */
	GROUPS_MAX = 32,
	/* Components of the folder by which files are told together: "usr/lib", "opt/app". */
	FOLDER_DEPTH = 2,
};

/* The first components of the folder that the file is in. */
static struct silt_bytes upper_folder(struct silt_bytes path)
{
	struct silt_bytes folder = silt_path_parent(path);
	size_t slashes = 0;
	for (size_t i = 0; i < folder.len; i++) {
		slashes += folder.ptr[i] == '/';
		if (slashes == FOLDER_DEPTH) {
			return silt_bytes_slice(folder, 0, i);
		}
	}
	return folder;
}

static struct silt_file_group *find(struct silt_file_groups *groups, struct silt_bytes folder,
				    enum silt_severity severity)
{
	for (size_t i = 0; groups->list && i < groups->count; i++) {
		struct silt_file_group *group = &groups->list[i];
		if (!group->whole && group->severity == severity && silt_bytes_equal(group->folder, folder)) {
			return group;
		}
	}
	return NULL;
}

static struct silt_file_group *append(struct silt_file_groups *groups, const struct silt_case *of,
				      const struct silt_file_group *new)
{
	void *list = groups->list;
	if (!silt_grow(&list, groups->count, &groups->capacity, sizeof(*new))) {
		return NULL;
	}
	groups->list = list;
	groups->list[groups->count] = *new;
	struct silt_bytes copy = silt_arena_copy(of->context->arena, new->folder);
	groups->list[groups->count].folder = copy;
	return copy.ptr ? &groups->list[groups->count++] : NULL;
}

/* The group of a file that is in no whole folder so far. NULL if memory ran out. */
static struct silt_file_group *place_in(struct silt_file_groups *groups, const struct silt_case *of,
					const struct silt_file *file, enum silt_severity severity)
{
	bool full = groups->count >= GROUPS_MAX;
	bool whole = file->type == SILT_ENTRY_DIRECTORY && !full;
	struct silt_bytes everywhere = {0};
	struct silt_bytes folder = whole ? file->path : full ? everywhere : upper_folder(file->path);
	struct silt_file_group *group = whole ? NULL : find(groups, folder, severity);
	if (!group) {
		struct silt_file_group new = {.folder = folder, .whole = whole, .severity = severity};
		group = append(groups, of, &new);
	}
	groups->within = whole ? groups->count : 0;
	return group;
}

enum silt_status silt_file_groups_add(struct silt_file_groups *groups, const struct silt_case *of,
				      const struct silt_file *file, enum silt_severity severity, const char *reason,
				      struct silt_error *err)
{
	struct silt_file_group *group = groups->within > 0 ? &groups->list[groups->within - 1] : NULL;
	if (!group || !silt_path_is_within(file->path, group->folder)) {
		group = place_in(groups, of, file, severity);
	}
	if (!group) {
		return silt_fail_memory(err);
	}
	group->severity = severity > group->severity ? severity : group->severity;
	group->reason = group->reason ? group->reason : reason;
	silt_gather(&group->files, file->node.meta, 0);
	return SILT_OK;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

static const char *subject_of(const struct silt_file_group *group, const struct silt_case *of)
{
	size_t below = group->files.count - 1;
	if (!group->whole || below == 0) {
		return silt_gathering_subject(&group->files, of);
	}
	const char *folder = silt_place_text(of->context->arena, group->folder);
	return folder ? silt_arena_printf(of->context->arena, "%s and %zu more below it", folder, below) : NULL;
}

static const char *detail_of(const struct silt_file_group *group, const struct silt_case *of, const char *flaw,
			     const char *flaws)
{
	struct silt_arena *arena = of->context->arena;
	const char *blank = group->reason ? " " : "", *reason = group->reason ? group->reason : "";
	if (group->files.count == 1) {
		return silt_arena_printf(arena, "%s%s%s", flaw, blank, reason);
	}
	const char *names = silt_gathering_names(&group->files, of);
	return names ? silt_arena_printf(arena, "%s: %s.%s%s", flaws, names, blank, reason) : NULL;
}

static enum silt_status tell(const struct silt_file_group *group, const struct silt_case *of, const char *rule,
			     const char *flaw, const char *flaws, struct silt_error *err)
{
	/* Files that are worse for a reason of their own must not be taken for the others of their folder. */
	bool own = group->files.count == 1 || (group->reason && !group->whole);
	struct silt_path_room room;
	struct silt_telling telling = {
		.rule = rule,
		.severity = group->severity,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = subject_of(group, of),
		.detail = detail_of(group, of, flaw, flaws),
		.identity = own ? silt_path_at(silt_case_image(of), group->files.places[0], &room) : group->folder,
	};
	return telling.detail ? silt_tell_gathering(of, &telling, &group->files, err) : silt_fail_memory(err);
}

enum silt_status silt_file_groups_tell(const struct silt_file_groups *groups, const struct silt_case *of,
				       const char *rule, const char *flaw, const char *flaws, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < groups->count && status == SILT_OK; i++) {
		status = tell(&groups->list[i], of, rule, flaw, flaws, err);
	}
	return status;
}

void silt_file_groups_done(struct silt_file_groups *groups)
{
	free(groups->list);
	*groups = (struct silt_file_groups){0};
}
