/* What package managers downloaded, and nobody needs any more. Files decide: text of the history proves nothing. */
#include "audit/file_checks.h"

#include "audit/gathering.h"
#include "base/path.h"

/*
 * Where a manager keeps its downloads: a path from the root, or, with "~/" in front, one in any folder, that begins with a dot.
 */
static const struct {
	const char *manager, *folder;
} caches[] = {
	{"apk", "etc/apk/cache"},  {"apk", "var/cache/apk"},
	{"apt", "var/cache/apt"},  {"apt", "var/lib/apt/lists"},
	{"dnf", "var/cache/dnf"},  {"dnf", "var/cache/libdnf5"},
	{"npm", "~/.npm"},         {"pip", "~/.cache/pip"},
	{"yarn", "~/.cache/yarn"}, {"yarn", "~/.yarn/berry/cache"},
	{"yum", "var/cache/yum"},  {"zypper", "var/cache/zypp"},
};

/* What a proper clean-up leaves there: components below such a folder. */
static const char *const remains[] = {
	"@System",
	"_logs",
	"_update-notifier-last-checked",
	"anonymous-cli-metrics.json",
	"cachecookie",
	"expired_repos.json",
	"last_makecache",
	"lock",
	"log_lock.pid",
	"packages.db",
	"selfcheck",
	"tempfiles.json",
	"timedhosts",
	"CACHEDIR.TAG",
};

enum { CACHES = SILT_COUNT(caches) };

/* Of each layer that has some, the first is a place of the finding. */
struct downloads {
	struct silt_gathering files;
	uint32_t last_layer; /* one more than its number; 0: none */
	size_t folder_len;   /* of the first: its path begins with the folder */
};

struct cache {
	struct downloads visible, hidden;
};

struct state {
	struct silt_case of;
	struct cache caches[CACHES];
	size_t number, folder_len; /* of the cache that the folder under way is in, and of its path */
};

/* The length of the part of `path`, that of a folder, that is a cache of a home directory; 0 if it is in none. */
static size_t length_at_home(struct silt_bytes path, struct silt_bytes folder)
{
	struct silt_bytes component;
	for (size_t end = 0; silt_path_next_hidden(path, &end, &component);) {
		size_t at = end - component.len;
		if (silt_path_is_within(silt_bytes_slice(path, at, path.len), folder)) {
			return at + folder.len;
		}
	}
	return 0;
}

/* The length of the part of `path`, that of a folder, that is the cache; 0 if it is not in it. `hidden`: a dot begins it. */
static size_t length_of_cache(struct silt_bytes path, const char *folder, bool hidden)
{
	if (folder[0] == '~') {
		return hidden ? length_at_home(path, silt_bytes_text(folder + 2)) : 0;
	}
	if (path.len == 0 || path.ptr[0] != (uint8_t)folder[0]) {
		return 0;
	}
	struct silt_bytes name = silt_bytes_text(folder);
	return silt_path_is_within(path, name) ? name.len : 0;
}

static bool is_remainder(struct silt_bytes inside)
{
	struct silt_bytes component;
	while (silt_path_next(&inside, &component)) {
		for (size_t i = 0; i < SILT_COUNT(remains); i++) {
			if (silt_bytes_equal(component, silt_bytes_text(remains[i]))) {
				return true;
			}
		}
	}
	return false;
}

/* The cache that what is in `folder` is in; CACHES if it is in none. */
static size_t cache_of(struct silt_bytes folder, size_t *len)
{
	size_t i = 0, end = 0;
	struct silt_bytes component;
	bool hidden = silt_path_next_hidden(folder, &end, &component);
	while (i < CACHES && (*len = length_of_cache(folder, caches[i].folder, hidden)) == 0) {
		i++;
	}
	return i;
}

static void count(struct downloads *downloads, const struct silt_layer_file *file, size_t folder_len)
{
	if (downloads->last_layer == file->place.layer + 1) {
		downloads->files.count++;
		downloads->files.bytes += file->entry->size;
		return;
	}
	downloads->folder_len = downloads->last_layer > 0 ? downloads->folder_len : folder_len;
	downloads->last_layer = file->place.layer + 1;
	silt_gather(&downloads->files, file->place, file->entry->size);
}

static bool enter(void *ctx, const struct silt_layer_folder *folder)
{
	struct state *state = ctx;
	if (silt_heritage_of_layer(silt_case_image(&state->of), folder->layer) == SILT_HERITAGE_BASE) {
		return false;
	}
	state->number = cache_of(folder->path, &state->folder_len);
	return state->number < CACHES;
}

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	(void)err;
	struct state *state = ctx;
	if (file->entry->type != SILT_ENTRY_FILE || file->entry->size == 0 ||
	    is_remainder(silt_bytes_slice(file->path, state->folder_len + 1, file->path.len))) {
		return SILT_OK;
	}
	struct cache *cache = &state->caches[state->number];
	bool visible = silt_rootfs_fate(silt_case_image(&state->of)->rootfs, file->place).fate == SILT_FATE_VISIBLE;
	count(visible ? &cache->visible : &cache->hidden, file, state->folder_len);
	return SILT_OK;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

static const char *detail_of(size_t number, const struct silt_gathering *files, bool hidden, struct silt_arena *arena)
{
	const char *amount = silt_amount_text(arena, files->bytes);
	return amount ? silt_arena_printf(arena, "%zu file%s with %s that %s downloaded%s.", files->count,
					  files->count == 1 ? "" : "s", amount, caches[number].manager,
					  hidden ? "; they were removed in a later layer, and are still in the image"
						 : "")
		      : NULL;
}

static enum silt_status tell(const struct state *state, size_t number, struct silt_error *err)
{
	const struct cache *cache = &state->caches[number];
	const struct silt_case *of = &state->of;
	bool hidden = cache->visible.files.count == 0;
	const struct downloads *downloads = hidden ? &cache->hidden : &cache->visible;
	const struct silt_gathering *files = &downloads->files;
	if (files->count == 0) {
		return SILT_OK;
	}
	struct silt_path_room room;
	struct silt_bytes first = silt_path_at(silt_case_image(of), files->places[0], &room);
	struct silt_bytes folder = silt_bytes_slice(first, 0, downloads->folder_len);
	struct silt_telling telling = {
		.rule = "fs-pkg-cache",
		.severity = hidden ? SILT_SEVERITY_INFO : SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(of->context->arena, folder),
		.detail = detail_of(number, files, hidden, of->context->arena),
		.identity = silt_bytes_text(caches[number].folder),
	};
	return telling.detail ? silt_tell_gathering(of, &telling, files, err) : silt_fail_memory(err);
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < CACHES && status == SILT_OK; i++) {
		status = tell(state, i, err);
	}
	return status;
}

const struct silt_file_check silt_files_package_cache = {
	.name = "caches of package managers",
	.state_size = sizeof(struct state),
	.enter = enter,
	.see_any = see_any,
	.end = end,
};
