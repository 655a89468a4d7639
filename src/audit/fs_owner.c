/* Parts of the system that belong to the user whom the application runs as. */
#include "audit/file_checks.h"

#include "audit/access.h"
#include "audit/application.h"
#include "audit/file_groups.h"

enum { OWNER_WRITES = 0200 };

struct state {
	struct silt_case of;
	struct silt_file_groups groups;
	struct silt_access user;
	bool asked;
};

/* Of the system, less what images use for applications. */
static bool is_of_system(struct silt_bytes path)
{
	return silt_is_system(path) && !silt_path_is_within(path, SILT_LITERAL("usr/local")) &&
	       !silt_path_is_within(path, SILT_LITERAL("usr/src")) &&
	       !silt_path_is_within(path, SILT_LITERAL("usr/share/nginx"));
}

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	if (!state->asked) {
		state->asked = true;
		state->user = silt_access_of(silt_case_image(&state->of));
	}
	bool written = file->type == SILT_ENTRY_FILE || file->type == SILT_ENTRY_DIRECTORY;
	if (!state->user.known || state->user.uid == 0 || !file->meta || !written ||
	    (int64_t)file->meta->uid != state->user.uid || !(file->meta->mode & OWNER_WRITES) ||
	    !is_of_system(file->path)) {
		return SILT_OK;
	}
	return silt_file_groups_add(&state->groups, &state->of, file, SILT_SEVERITY_MEDIUM, NULL, err);
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	return silt_file_groups_tell(&state->groups, &state->of, "fs-app-owns-system",
				     "It belongs to the user whom the container runs as, who may write it.",
				     "They belong to the user whom the container runs as, who may write them", err);
}

static void done(void *ctx)
{
	silt_file_groups_done(&((struct state *)ctx)->groups);
}

const struct silt_file_check silt_files_owner = {
	.name = "owners of the system",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
	.done = done,
};
