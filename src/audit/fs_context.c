/* What came into an image only because all of the build context was copied. */
#include "audit/file_checks.h"

#include "audit/application.h"
#include "audit/gathering.h"
#include "audit/ignore_list.h"
#include "base/ascii.h"
#include "base/path.h"
#include "secret/glob.h"

#include <stdlib.h>

/* What belongs beside the sources of an application, and not into its image. */
struct unwanted {
	const char *name; /* a glob of one component */
	bool at_home;     /* programs make it in a home directory, too: only in what was copied it tells something */
	bool repository;  /* another check tells it; here it is ignored together with the rest */
};

/* All begin with a dot, by which they are looked for. */
static const struct unwanted unwanted_folders[] = {
	{".aws", true, false}, {".azure", true, false},   {".cache", true, false}, {".gcp", true, false},
	{".git", false, true}, {".hg", false, true},      {".idea", false, false}, {".npm", true, false},
	{".svn", false, true}, {".vscode", false, false},
};

static const struct unwanted unwanted_files[] = {
	{".DS_Store", false, false},
	{".dockerignore", false, false},
	{".vimrc", true, false},
	{"Containerfile", false, false},
	{"Dockerfile", false, false},
	{"Dockerfile-*", false, false},
	{"Dockerfile.*", false, false},
	{"compose.yaml", false, false},
	{"compose.yml", false, false},
	{"docker-compose*.yaml", false, false},
	{"docker-compose*.yml", false, false},
	{"terraform.tfstate", false, false},
	{"*.swp", false, false},
};

/* One unwanted thing: the path of a file, or of a folder that entries are in. */
struct found {
	struct silt_bytes path; /* of the context's arena */
	const struct unwanted *what;
	struct silt_place place; /* of the first entry that shows it */
	bool visible;
};

struct state {
	struct silt_case of;
	uint32_t layer;                   /* the one under way */
	const struct unwanted *around;    /* the outermost that the folder under way is in, or is; NULL: none */
	size_t around_len;                /* of its path */
	struct silt_bytes top;            /* the folder that all its files are in */
	struct found *found;              /* owns; of this layer */
	size_t count, capacity, offences; /* of which so many are for this check to tell */
};

/* ---- Finding ------------------------------------------------------------------------------------------------------- */

static bool is_copied(const struct state *state, uint32_t layer)
{
	const char *instruction = silt_case_image(&state->of)->instructions[layer];
	return strncmp(instruction, "COPY ", 5) == 0 || strncmp(instruction, "ADD ", 4) == 0;
}

/* Commands fetch and make files of their own. What nobody knows the origin of may have been copied. */
static bool is_built(const struct state *state, uint32_t layer)
{
	return strncmp(silt_case_image(&state->of)->instructions[layer], "RUN ", 4) == 0;
}

/* Asked of the name of each entry: few begin as anything here does. */
static const struct unwanted *unwanted_called(struct silt_bytes name, const struct unwanted *list, size_t count)
{
	uint8_t first = name.len > 0 ? silt_lower(name.ptr[0]) : 0;
	for (size_t i = 0; i < count; i++) {
		bool may = list[i].name[0] == '*' || silt_lower((uint8_t)list[i].name[0]) == first;
		if (may && silt_glob_fits(silt_bytes_text(list[i].name), name)) {
			return &list[i];
		}
	}
	return NULL;
}

/* The outermost component of the path of a folder that is unwanted; `*len` is the length of the path until there. */
static const struct unwanted *unwanted_around(struct silt_bytes folder, size_t *len)
{
	const struct unwanted *what = NULL;
	struct silt_bytes component;
	for (*len = 0; !what && silt_path_next_hidden(folder, len, &component);) {
		what = unwanted_called(component, unwanted_folders, SILT_COUNT(unwanted_folders));
	}
	return what;
}

/* The longest folder that both are in. */
static struct silt_bytes common_folder(struct silt_bytes folder, struct silt_bytes path)
{
	while (!silt_path_is_within(path, folder)) {
		folder = silt_path_parent(folder);
	}
	return folder;
}

static enum silt_status add(struct state *state, const struct silt_layer_file *file, const struct unwanted *what,
			    struct silt_bytes path, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	bool visible = silt_rootfs_fate(image->rootfs, file->place).fate == SILT_FATE_VISIBLE;
	struct found *last = state->count > 0 ? &state->found[state->count - 1] : NULL;
	if (last && silt_bytes_equal(last->path, path)) {
		last->visible |= visible;
		return SILT_OK;
	}
	void *found = state->found;
	struct silt_bytes copy = silt_arena_copy(state->of.context->arena, path);
	if (!copy.ptr || !silt_grow(&found, state->count, &state->capacity, sizeof(*last))) {
		return silt_fail_memory(err);
	}
	state->found = found;
	state->found[state->count++] = (struct found){copy, what, file->place, visible};
	state->offences += !what->repository;
	return SILT_OK;
}

static enum silt_status look_at(struct state *state, const struct silt_layer_file *file, struct silt_error *err)
{
	bool is_folder = file->entry->type == SILT_ENTRY_DIRECTORY;
	if (!is_folder && state->top.ptr != file->folder.ptr) {
		state->top = state->top.ptr ? common_folder(state->top, file->folder) : file->folder;
	}
	const struct unwanted *what = state->around;
	size_t len = state->around_len;
	if (!what) {
		what = is_folder ? unwanted_called(file->name, unwanted_folders, SILT_COUNT(unwanted_folders))
				 : unwanted_called(file->name, unwanted_files, SILT_COUNT(unwanted_files));
		len = file->path.len;
	}
	struct silt_bytes until = silt_bytes_slice(file->path, 0, len);
	return what && silt_is_application(silt_path_parent(until)) &&
			       (!what->at_home || is_copied(state, state->layer))
		       ? add(state, file, what, until, err)
		       : SILT_OK;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

/* The part of a path below the top of what the layer has. */
static struct silt_bytes inside(const struct state *state, struct silt_bytes path)
{
	size_t skipped = state->top.len > 0 ? state->top.len + 1 : 0;
	return silt_path_is_within(path, state->top) ? silt_bytes_slice(path, skipped, path.len) : path;
}

static bool is_in_repository(struct silt_bytes path)
{
	size_t len;
	const struct unwanted *what = unwanted_around(silt_path_parent(path), &len);
	return what && what->repository;
}

static void ignore_secrets(const struct state *state, struct silt_ignore_list *list)
{
	const struct silt_record *record = silt_case_image(&state->of)->layers[state->layer];
	for (size_t i = 0; i < record->hit_count; i++) {
		const struct silt_hit *hit = &record->hits[i];
		if (hit->place != SILT_HIT_BODY || hit->severity < SILT_SEVERITY_HIGH || hit->inner.len > 0) {
			continue;
		}
		struct silt_path_room room;
		struct silt_bytes path = silt_entry_path(record, &record->entries[hit->entry], &room);
		if (silt_is_application(path) && !is_in_repository(path)) {
			silt_ignore_secret(list, inside(state, path));
		}
	}
}

static void ignore_found(const struct state *state, bool repositories, struct silt_ignore_list *list)
{
	for (size_t i = 0; i < state->count; i++) {
		const struct found *found = &state->found[i];
		bool is_glob = found->what->name[0] == '*';
		struct silt_bytes name = is_glob ? silt_bytes_text(found->what->name) : silt_path_basename(found->path);
		if (found->what->repository == repositories) {
			silt_ignore_name(list, name, inside(state, found->path));
		}
	}
}

static const char *remedy_of(const struct state *state)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_ignore_list list = {.arena = arena};
	ignore_found(state, true, &list);
	ignore_secrets(state, &list);
	ignore_found(state, false, &list);
	const char *lines = silt_ignore_text(&list);
	return lines ? silt_arena_printf(arena, "Put a .dockerignore beside the Dockerfile, with the lines: %s.", lines)
		     : NULL;
}

/* "Dockerfile, .vscode in /app" */
static const char *subject_of(const struct state *state)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_name_list list = {0};
	for (size_t i = 0; i < state->count; i++) {
		if (!state->found[i].what->repository) {
			silt_name_list_add(&list, inside(state, state->found[i].path));
		}
	}
	const char *names = silt_name_list_end(&list, arena);
	const char *top = silt_place_text(arena, state->top);
	return names && top ? silt_arena_printf(arena, "%s in %s", names, top) : NULL;
}

/* What it is called by in a rebuild: what is unwanted, and where the context went. */
static struct silt_bytes identity_of(const struct state *state)
{
	struct silt_buffer text = {0};
	silt_buffer_add(&text, state->top);
	for (size_t i = 0; i < state->count; i++) {
		silt_buffer_add_byte(&text, '\0');
		silt_buffer_add(&text, state->found[i].path);
	}
	struct silt_bytes copy = silt_arena_copy(state->of.context->arena, silt_buffer_bytes(&text));
	copy.ptr = text.failed ? NULL : copy.ptr;
	silt_buffer_done(&text);
	return copy;
}

static enum silt_status tell(const struct state *state, struct silt_error *err)
{
	bool visible = false;
	struct silt_gathering files = {0};
	for (size_t i = 0; i < state->count; i++) {
		if (!state->found[i].what->repository) {
			visible |= state->found[i].visible;
			silt_gather(&files, state->found[i].place, 0);
		}
	}
	struct silt_telling telling = {
		.rule = "fs-build-context",
		.severity = visible ? SILT_SEVERITY_LOW : SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = subject_of(state),
		.detail = "They belong beside the sources, and came in with a copy of the whole build context.",
		.remedy = remedy_of(state),
		.identity = identity_of(state),
	};
	return telling.remedy && telling.identity.ptr ? silt_tell_gathering(&state->of, &telling, &files, err)
						      : silt_fail_memory(err);
}

/* ---- Layer by layer ------------------------------------------------------------------------------------------------ */

/* A folder that all files of the layer are in may be unwanted itself: it is told as one in the folder around it. */
static void rise_above_found(struct state *state)
{
	for (size_t i = 0; i < state->count; i++) {
		state->top = common_folder(state->top, silt_path_parent(state->found[i].path));
	}
}

static enum silt_status end_layer(struct state *state, struct silt_error *err)
{
	rise_above_found(state);
	enum silt_status status = state->offences > 0 ? tell(state, err) : SILT_OK;
	state->count = state->offences = 0;
	state->top = silt_bytes(NULL, 0);
	return status;
}

static bool enter(void *ctx, const struct silt_layer_folder *folder)
{
	struct state *state = ctx;
	if (silt_heritage_of_layer(silt_case_image(&state->of), folder->layer) == SILT_HERITAGE_BASE ||
	    is_built(state, folder->layer)) {
		return false;
	}
	state->around = unwanted_around(folder->path, &state->around_len);
	return true;
}

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_status status = SILT_OK;
	if (state->layer != file->place.layer) {
		status = end_layer(state, err);
		state->layer = file->place.layer;
	}
	return status == SILT_OK ? look_at(state, file, err) : status;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	return end_layer(ctx, err);
}

static void done(void *ctx)
{
	free(((struct state *)ctx)->found);
}

const struct silt_file_check silt_files_context = {
	.name = "build context",
	.state_size = sizeof(struct state),
	.enter = enter,
	.see_any = see_any,
	.end = end,
	.done = done,
};
