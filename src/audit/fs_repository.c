/* Working copies of version control: their history holds every version of every file. */
#include "audit/file_checks.h"

#include "audit/application.h"
#include "audit/name_list.h"
#include "base/path.h"

#include <stdlib.h>

/*
 * How a working copy is known: its folder, which begins with a dot; a file that shows that it is one; the folders of its
 * history or of names.
 */
struct kind {
	const char *name, *folder;
	const char *signs[2], *histories[2], *names;
};

static const struct kind kinds[] = {
	{"git", ".git", {"HEAD", NULL}, {"objects", NULL}, "refs"},
	{"Mercurial", ".hg", {"requires", "00changelog.i"}, {"store", "data"}, "cache"},
	{"Subversion", ".svn", {"wc.db", "entries"}, {"pristine", "text-base"}, "props"},
};

/* A folder that may be a working copy, as far as one run of entries shows it. */
struct copy {
	struct silt_bytes folder; /* of a record */
	const struct kind *kind;
	struct silt_place sign; /* none: not seen */
	bool history, names;    /* it has such a folder */
	size_t files;           /* of history, with a body */
	uint64_t bytes;
};

struct state {
	struct silt_case of;
	struct copy *copies; /* owns; in the order of entries */
	size_t count, capacity;
	const struct kind *kind; /* of the working copy that the entries under way are in */
	size_t folder_len;       /* of its path */
};

/* The kind of the outermost working copy that what is in `path` is in; `*len` is the length of its folder. */
static const struct kind *kind_of(struct silt_bytes path, size_t *len)
{
	struct silt_bytes component;
	for (*len = 0; silt_path_next_hidden(path, len, &component);) {
		for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
			if (silt_bytes_are(component, kinds[i].folder)) {
				return &kinds[i];
			}
		}
	}
	return NULL;
}

static bool is_one_of(struct silt_bytes name, const char *const names[static 2])
{
	return silt_bytes_equal(name, silt_bytes_text(names[0])) ||
	       (names[1] && silt_bytes_equal(name, silt_bytes_text(names[1])));
}

static struct copy *copy_at(struct state *state, struct silt_bytes folder, const struct kind *kind)
{
	struct copy *last = state->count > 0 ? &state->copies[state->count - 1] : NULL;
	if (last && silt_bytes_equal(last->folder, folder)) {
		return last;
	}
	void *copies = state->copies;
	struct silt_bytes kept = silt_arena_copy(state->of.context->arena, folder);
	if (!kept.ptr || !silt_grow(&copies, state->count, &state->capacity, sizeof(*last))) {
		return NULL;
	}
	state->copies = copies;
	state->copies[state->count] = (struct copy){.folder = kept, .kind = kind, .sign = {UINT32_MAX, 0}};
	return &state->copies[state->count++];
}

/* The folder that an entry is, or is in. */
static void look_into(struct copy *copy, struct silt_bytes inside, const struct silt_entry *entry)
{
	struct silt_bytes rest = inside, first;
	if (!silt_path_next(&rest, &first) || (rest.len == 0 && entry->type != SILT_ENTRY_DIRECTORY)) {
		return;
	}
	copy->names |= silt_bytes_equal(first, silt_bytes_text(copy->kind->names));
	if (!is_one_of(first, copy->kind->histories)) {
		return;
	}
	copy->history = true;
	/* git keeps lists beside the objects. */
	if (entry->type == SILT_ENTRY_FILE && entry->size > 0 && !silt_bytes_start_with(rest, SILT_LITERAL("info/"))) {
		copy->files++;
		copy->bytes += entry->size;
	}
}

static bool enter(void *ctx, const struct silt_layer_folder *folder)
{
	struct state *state = ctx;
	state->kind = kind_of(folder->path, &state->folder_len);
	return state->kind != NULL;
}

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	struct silt_bytes folder = silt_bytes_slice(file->path, 0, state->folder_len);
	struct silt_bytes inside = silt_bytes_slice(file->path, state->folder_len + 1, file->path.len);
	struct copy *copy = copy_at(state, folder, state->kind);
	if (!copy) {
		return silt_fail_memory(err);
	}
	bool has_body = file->entry->type == SILT_ENTRY_FILE && file->entry->size > 0;
	if (has_body && silt_place_none(copy->sign) && is_one_of(inside, state->kind->signs)) {
		copy->sign = file->place;
	}
	look_into(copy, inside, file->entry);
	return SILT_OK;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

static int by_folder(const void *left, const void *right)
{
	const struct copy *a = left, *b = right;
	int order = silt_bytes_compare(a->folder, b->folder);
	return order != 0 ? order : silt_place_compare(a->sign, b->sign);
}

static const char *detail_of(const struct copy *copy, struct silt_arena *arena)
{
	const char *amount = silt_amount_text(arena, copy->bytes);
	if (copy->files == 0 || !amount) {
		return !amount ? NULL
			       : silt_arena_printf(arena,
						   "A working copy of %s without files of its history: names, "
						   "addresses and settings can be read.",
						   copy->kind->name);
	}
	return silt_arena_printf(arena,
				 "A working copy of %s with %zu file%s of history (%s): every version of every file "
				 "that was ever committed can be read, also what was removed since.",
				 copy->kind->name, copy->files, copy->files == 1 ? "" : "s", amount);
}

/* The runs of one folder, those with a sign first. `whole` is all of them together. */
static enum silt_status tell(const struct state *state, const struct copy *runs, size_t count, const struct copy *whole,
			     struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	bool grave = whole->history && !silt_is_vendored(whole->folder);
	struct silt_telling telling = {
		.rule = "fs-vcs-dir",
		.severity = grave ? SILT_SEVERITY_HIGH : SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, whole->folder),
		.detail = detail_of(whole, arena),
		.identity = whole->folder,
	};
	enum silt_status status = telling.detail ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < count && !silt_place_none(runs[i].sign) && status == SILT_OK; i++) {
		status = silt_tell_entry(&state->of, &telling, runs[i].sign, err);
	}
	return status;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_status status = SILT_OK;
	if (state->count > 1) {
		qsort(state->copies, state->count, sizeof(*state->copies), by_folder);
	}
	for (size_t first = 0, next; first < state->count && status == SILT_OK; first = next) {
		struct copy whole = state->copies[first];
		for (next = first + 1;
		     next < state->count && silt_bytes_equal(state->copies[next].folder, whole.folder); next++) {
			whole.history |= state->copies[next].history;
			whole.names |= state->copies[next].names;
			whole.files += state->copies[next].files;
			whole.bytes += state->copies[next].bytes;
		}
		if ((whole.history || whole.names) && !silt_place_none(whole.sign)) {
			status = tell(state, &state->copies[first], next - first, &whole, err);
		}
	}
	return status;
}

static void done(void *ctx)
{
	free(((struct state *)ctx)->copies);
}

const struct silt_file_check silt_files_repository = {
	.name = "working copies",
	.state_size = sizeof(struct state),
	.enter = enter,
	.see_any = see_any,
	.end = end,
	.done = done,
};
