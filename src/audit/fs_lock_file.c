/* Applications that name what they need, and not in which version. */
#include "audit/file_checks.h"

#include "audit/application.h"
#include "audit/name_list.h"
#include "base/limits.h"

enum { LOCKS_MAX = 7, SEARCHED_MAX = 64 };

static const struct manifest {
	const char *name;
	const char *locks[LOCKS_MAX]; /* any of them will do */
} manifests[] = {
	{"Cargo.toml", {"Cargo.lock"}},
	{"Gemfile", {"Gemfile.lock"}},
	{"Pipfile", {"Pipfile.lock"}},
	{"composer.json", {"composer.lock"}},
	{"go.mod", {"go.sum", "go.work.sum"}},
	{"package.json",
	 {"package-lock.json", "yarn.lock", "pnpm-lock.yaml", "npm-shrinkwrap.json", "bun.lock", "bun.lockb",
	  "deno.lock"}},
	{"pyproject.toml",
	 {"poetry.lock", "uv.lock", "pdm.lock", "pylock.toml", "requirements.txt", "Pipfile.lock",
	  "requirements.lock"}},
};

enum { MANIFESTS = SILT_COUNT(manifests) };

struct state {
	struct silt_case of;
};

static size_t manifest_called(struct silt_bytes name)
{
	size_t i = 0;
	while (i < MANIFESTS && !silt_bytes_are(name, manifests[i].name)) {
		i++;
	}
	return i;
}

static bool has_file(const struct silt_audited_image *image, struct silt_bytes folder, const char *name)
{
	uint8_t path[SILT_PATH_MAX + SEARCHED_MAX];
	size_t len = strlen(name);
	struct silt_node node;
	memcpy(path, folder.ptr, folder.len);
	path[folder.len] = '/';
	memcpy(path + folder.len + 1, name, len);
	return silt_rootfs_find(image->rootfs, silt_bytes(path, folder.len + 1 + len), true, &node);
}

static bool has_lock(const struct silt_audited_image *image, struct silt_bytes folder, const struct manifest *manifest)
{
	for (size_t i = 0; i < LOCKS_MAX && manifest->locks[i]; i++) {
		if (has_file(image, folder, manifest->locks[i])) {
			return true;
		}
	}
	return false;
}

/*
 * A lock file may be in a folder above, where the packages of one workspace share it; and what has a manifest above it is
 * a part of that application, which is judged by itself.
 */
static bool is_settled(const struct silt_audited_image *image, struct silt_bytes folder,
		       const struct manifest *manifest)
{
	bool settled = has_lock(image, folder, manifest);
	for (size_t depth = 0; depth < SEARCHED_MAX && folder.len > 0 && !settled; depth++) {
		folder = silt_path_parent(folder);
		settled = has_lock(image, folder, manifest) || has_file(image, folder, manifest->name);
	}
	return settled || folder.len > 0; /* nobody keeps an application that deep */
}

static enum silt_status tell(const struct state *state, const struct silt_file *file, const struct manifest *manifest,
			     struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_name_list locks = {0};
	for (size_t i = 0; i < LOCKS_MAX && manifest->locks[i]; i++) {
		silt_name_list_add_text(&locks, manifest->locks[i]);
	}
	bool several = locks.count > 1;
	const char *names = silt_name_list_end(&locks, arena);
	struct silt_telling telling = {
		.rule = "fs-no-lockfile",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_place_text(arena, file->path),
		.detail = names ? silt_arena_printf(arena, "Neither here nor above is %s%s.",
						    several ? "one of " : "a ", names)
				: NULL,
		.identity = file->path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->node.meta, err) : silt_fail_memory(err);
}

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	const struct state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	size_t number = manifest_called(file->name);
	if (number == MANIFESTS || file->type != SILT_ENTRY_FILE || !file->meta || !silt_is_application(file->path) ||
	    silt_heritage_of_layer(image, file->node.content.layer) == SILT_HERITAGE_BASE) {
		return SILT_OK;
	}
	return is_settled(image, silt_path_parent(file->path), &manifests[number])
		       ? SILT_OK
		       : tell(state, file, &manifests[number], err);
}

const struct silt_file_check silt_files_lock = {
	.name = "lock files",
	.state_size = sizeof(struct state),
	.see = see,
};
