/* Files and directories that every user may write. */
#include "audit/file_checks.h"

#include "audit/application.h"
#include "audit/file_groups.h"
#include "audit/root_runs.h"

enum { WRITABLE_BY_OTHERS = 0002, STICKY = 01000 };

struct state {
	struct silt_case of;
	struct silt_file_groups groups;
	struct silt_root_runs root_runs;
	bool asked; /* what root runs is looked up with the first file that matters */
};

static bool is_writable_by_all(const struct silt_file *file)
{
	bool directory = file->type == SILT_ENTRY_DIRECTORY;
	return file->meta && (directory || file->type == SILT_ENTRY_FILE) && (file->meta->mode & WRITABLE_BY_OTHERS) &&
	       !(directory && (file->meta->mode & STICKY));
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
	if (!is_writable_by_all(file) || is_mounted_over(file->path)) {
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

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	return silt_file_groups_tell(&state->groups, &state->of, "fs-world-writable",
				     "Its mode lets every user of the container write it.",
				     "Their modes let every user of the container write them", err);
}

static void done(void *ctx)
{
	struct state *state = ctx;
	silt_file_groups_done(&state->groups);
	silt_root_runs_done(&state->root_runs);
}

const struct silt_file_check silt_files_writable = {
	.name = "world-writable files",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
	.done = done,
};
