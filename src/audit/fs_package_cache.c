/* What package managers downloaded, and nobody needs any more. Files decide: text of the history proves nothing. */
#include "audit/file_checks.h"

#include "audit/gathering.h"
#include "base/path.h"

/*
 * Where a manager keeps its downloads: a path from the root, or, with "~/" in front, the end of a path in any folder.
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
};

/* The length of the part of `path` that is the folder; 0 if it is not in it. */
static size_t length_of_folder(struct silt_bytes path, const char *folder)
{
	struct silt_bytes name = silt_bytes_text(folder);
	if (!silt_bytes_start_with(name, SILT_LITERAL("~/"))) {
		return silt_path_is_within(path, name) && path.len > name.len ? name.len : 0;
	}
	name = silt_bytes_slice(name, 2, name.len);
	for (size_t at = 0; at + name.len < path.len; at++) {
		bool begins = at == 0 || path.ptr[at - 1] == '/';
		if (begins && silt_path_is_within(silt_bytes_slice(path, at, path.len), name)) {
			return at + name.len;
		}
	}
	return 0;
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

/* The manager whose download the file is; CACHES if it is none. */
static size_t cache_of(struct silt_bytes path, size_t *folder_len)
{
	for (size_t i = 0; i < CACHES; i++) {
		*folder_len = length_of_folder(path, caches[i].folder);
		if (*folder_len > 0) {
			return is_remainder(silt_bytes_slice(path, *folder_len + 1, path.len)) ? CACHES : i;
		}
	}
	return CACHES;
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

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	(void)err;
	struct state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	if (file->entry->type != SILT_ENTRY_FILE || file->entry->size == 0 ||
	    silt_heritage_of_layer(image, file->place.layer) == SILT_HERITAGE_BASE) {
		return SILT_OK;
	}
	size_t folder_len, number = cache_of(file->path, &folder_len);
	if (number == CACHES) {
		return SILT_OK;
	}
	struct cache *cache = &state->caches[number];
	bool visible = silt_rootfs_fate(image->rootfs, file->place).fate == SILT_FATE_VISIBLE;
	count(visible ? &cache->visible : &cache->hidden, file, folder_len);
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
	.see_any = see_any,
	.end = end,
};
