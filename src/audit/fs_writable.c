/* Files and directories that every user may write. */
#include "audit/file_checks.h"

#include "audit/application.h"
#include "audit/file_groups.h"
#include "audit/root_runs.h"

enum { WRITABLE_BY_OTHERS = 0002, STICKY = 01000 };

struct state {
	struct silt_case of;
	struct silt_file_groups groups;
	struct silt_file_groups disputed; /* not of the tree: only other readers of their tar than Docker's find them */
	struct silt_root_runs root_runs;
	bool asked; /* what root runs is looked up with the first file that matters */
};

static bool is_writable_by_all(enum silt_entry_type type, uint16_t mode)
{
	bool directory = type == SILT_ENTRY_DIRECTORY;
	return (directory || type == SILT_ENTRY_FILE) && (mode & WRITABLE_BY_OTHERS) && !(directory && (mode & STICKY));
}

/* Runtimes mount over these whatever the image has there. */
static bool is_mounted_over(struct silt_bytes path)
{
	return silt_path_is_within(path, SILT_LITERAL("dev")) || silt_path_is_within(path, SILT_LITERAL("proc")) ||
	       silt_path_is_within(path, SILT_LITERAL("sys"));
}

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	const char *reason = NULL;
	if (!file->meta || !is_writable_by_all(file->type, file->meta->mode) || is_mounted_over(file->path)) {
		return SILT_OK;
	}
	enum silt_status status = SILT_OK;
	if (!state->asked) {
		state->asked = true;
		status = silt_root_runs_find(&state->root_runs, &state->of, err);
	}
	if (status == SILT_OK) {
		status = silt_root_runs_why(&state->root_runs, &state->of, file, &reason, err);
	}
	bool grave = reason || silt_is_system(file->path);
	return status == SILT_OK ? silt_file_groups_add(&state->groups, &state->of, file,
							grave ? SILT_SEVERITY_HIGH : SILT_SEVERITY_MEDIUM, reason, err)
				 : status;
}

/* A disputed hardlink gives its mode to a file that is there, for those who read it. */
static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_entry_type type = file->entry->type == SILT_ENTRY_HARDLINK ? SILT_ENTRY_FILE
									     : (enum silt_entry_type)file->entry->type;
	if (!(file->entry->flags & SILT_ENTRY_DISPUTED) || !is_writable_by_all(type, file->entry->mode) ||
	    is_mounted_over(file->path)) {
		return SILT_OK;
	}
	struct silt_file name = {
		.path = file->path,
		.node = {.meta = file->place, .content = file->place},
		.meta = file->entry,
		.content = file->entry,
		.type = type,
	};
	return silt_file_groups_add(&state->disputed, &state->of, &name, SILT_SEVERITY_MEDIUM, NULL, err);
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	enum silt_status status = silt_file_groups_tell(&state->groups, &state->of, "fs-world-writable",
							"Its mode lets every user of the container write it.",
							"Their modes let every user of the container write them", err);
	return status == SILT_OK ? silt_file_groups_tell(
					   &state->disputed, &state->of, "fs-world-writable",
					   "Its mode lets every user write it. Docker does not see it in the tar, "
					   "other programs do and extract it.",
					   "Docker does not see them in the tar, other programs do, and extract them "
					   "with modes that let every user write them",
					   err)
				 : status;
}

static void done(void *ctx)
{
	struct state *state = ctx;
	silt_file_groups_done(&state->groups);
	silt_file_groups_done(&state->disputed);
	silt_root_runs_done(&state->root_runs);
}

const struct silt_file_check silt_files_writable = {
	.name = "world-writable files",
	.state_size = sizeof(struct state),
	.see = see,
	.see_any = see_any,
	.end = end,
	.done = done,
};
