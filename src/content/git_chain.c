/*
 * The second pass over a pack: the trees of deltas, from their roots down. Each delta is applied once, to a base that is
 * at hand; the way from the root to it is in memory, never a whole level of the tree.
 */
#include "content/git_reader.h"

#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>

/* One object on the way from a root to a delta, and which of its deltas come next. */
struct silt_git_step {
	struct silt_buffer content; /* owns */
	uint64_t start;
	uint8_t id[SILT_GIT_ID_BYTES];
	uint32_t next_by_offset, next_by_id;
};

/* ---- Deltas by their bases ------------------------------------------------------------------------------------------- */

static int order_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int order_by_base(const void *left, const void *right, void *ctx)
{
	const struct silt_git_row *objects = ctx;
	const struct silt_git_row *a = &objects[*(const uint32_t *)left], *b = &objects[*(const uint32_t *)right];
	return a->base != b->base ? order_numbers(a->base, b->base) : order_numbers(a->start, b->start);
}

static int order_by_id(const void *left, const void *right, void *ctx)
{
	const struct silt_git_row *objects = ctx;
	const struct silt_git_row *a = &objects[*(const uint32_t *)left], *b = &objects[*(const uint32_t *)right];
	int order = memcmp(a->id, b->id, SILT_GIT_ID_BYTES);
	return order != 0 ? order : order_numbers(a->start, b->start);
}

enum silt_status silt_git_begin_deltas(struct silt_git *git, struct silt_error *err)
{
	struct silt_git_forest *forest = &git->forest;
	forest->by_offset = calloc((size_t)git->count + 1, sizeof(uint32_t));
	forest->by_id = calloc((size_t)git->count + 1, sizeof(uint32_t));
	if (!forest->by_offset || !forest->by_id) {
		return silt_fail_memory(err);
	}
	for (uint32_t i = 0; i < git->count; i++) {
		if (git->rows[i].type == SILT_GIT_OFS_DELTA) {
			forest->by_offset[forest->by_offset_count++] = i;
		} else if (git->rows[i].type == SILT_GIT_REF_DELTA) {
			forest->by_id[forest->by_id_count++] = i;
		}
	}
	qsort_r(forest->by_offset, forest->by_offset_count, sizeof(uint32_t), order_by_base, git->rows);
	qsort_r(forest->by_id, forest->by_id_count, sizeof(uint32_t), order_by_id, git->rows);
	return SILT_OK;
}

/* The first delta in a list whose base does not come before the one of a step. */
static uint32_t first_on(const struct silt_git *git, const struct silt_git_step *step, bool by_id)
{
	const uint32_t *list = by_id ? git->forest.by_id : git->forest.by_offset;
	uint32_t low = 0, high = by_id ? git->forest.by_id_count : git->forest.by_offset_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct silt_git_row *at = &git->rows[list[middle]];
		bool before = by_id ? memcmp(at->id, step->id, SILT_GIT_ID_BYTES) < 0 : at->base < step->start;
		low = before ? middle + 1 : low;
		high = before ? high : middle;
	}
	return low;
}

/* The next delta that stands on a step, or NULL. */
static struct silt_git_row *next_on(const struct silt_git *git, struct silt_git_step *step)
{
	const struct silt_git_forest *forest = &git->forest;
	if (step->next_by_offset < forest->by_offset_count &&
	    git->rows[forest->by_offset[step->next_by_offset]].base == step->start) {
		return &git->rows[forest->by_offset[step->next_by_offset++]];
	}
	if (step->next_by_id < forest->by_id_count &&
	    memcmp(git->rows[forest->by_id[step->next_by_id]].id, step->id, SILT_GIT_ID_BYTES) == 0) {
		return &git->rows[forest->by_id[step->next_by_id++]];
	}
	return NULL;
}

/* ---- The way down -------------------------------------------------------------------------------------------------- */

/* Takes the content over. */
static enum silt_status push(struct silt_git *git, struct silt_git_step *step, struct silt_error *err)
{
	struct silt_git_way *way = &git->way;
	if (!silt_grow((void **)&way->steps, way->depth, &way->capacity, sizeof(*step))) {
		return silt_fail_memory(err);
	}
	step->next_by_offset = first_on(git, step, false);
	step->next_by_id = first_on(git, step, true);
	way->bytes += step->content.len;
	way->steps[way->depth++] = *step;
	step->content = (struct silt_buffer){0};
	return SILT_OK;
}

static void pop(struct silt_git_way *way)
{
	struct silt_git_step *step = &way->steps[--way->depth];
	way->bytes -= step->content.len;
	silt_buffer_done(&step->content);
}

/* Makes the content of a delta of the last step. False, with a problem noted, if that cannot be done. */
static bool make(struct silt_git *git, const struct silt_git_row *row, struct silt_buffer *content)
{
	struct silt_git_way *way = &git->way;
	struct silt_bytes data = silt_bytes_slice(git->file, row->data, SIZE_MAX);
	struct silt_bytes base = silt_buffer_bytes(&way->steps[way->depth - 1].content);
	const uint64_t most = git->limits->value[SILT_LIMIT_GIT_CHAIN_BYTES];
	uint64_t left = way->bytes < most ? most - way->bytes : 0;
	if (way->depth > git->limits->value[SILT_LIMIT_GIT_DEPTH]) {
		silt_git_problem(git, row->start, SILT_LIMIT_GIT_DEPTH, "a chain of deltas is longer");
		return false;
	}
	return silt_git_inflate(git, &data, row->start, &way->delta) &&
	       silt_git_apply_delta(git, row->start, base, silt_buffer_bytes(&way->delta), left, content);
}

/* Makes a delta of the last step, and puts it on the way. `*more` false: it could not be made. */
static enum silt_status follow(struct silt_git *git, struct silt_git_row *row, struct silt_git_object *object,
			       bool *more, struct silt_error *err)
{
	struct silt_git_step step = {.start = row->start};
	enum silt_status status = SILT_OK;
	row->given = true;
	if (make(git, row, &step.content)) {
		*more = true;
		status = silt_git_name(git, git->way.kind, silt_buffer_bytes(&step.content), step.id, object, err);
		status = status == SILT_OK ? push(git, &step, err) : status;
	} else if (step.content.failed || git->way.delta.failed) {
		status = silt_fail_memory(err);
	}
	silt_buffer_done(&step.content);
	return status;
}

/* Puts an object that is whole at the start of the way, if deltas stand on it. It was given in the first pass. */
static enum silt_status start_way(struct silt_git *git, const struct silt_git_row *root, struct silt_error *err)
{
	struct silt_git_step step = {.start = root->start};
	memcpy(step.id, root->id, SILT_GIT_ID_BYTES);
	step.next_by_offset = first_on(git, &step, false);
	step.next_by_id = first_on(git, &step, true);
	if (!next_on(git, &step)) {
		return SILT_OK;
	}
	struct silt_bytes data = silt_bytes_slice(git->file, root->data, SIZE_MAX);
	enum silt_status status = SILT_OK;
	git->way.kind = silt_git_kind(root->type);
	if (silt_git_inflate(git, &data, root->start, &step.content)) {
		status = push(git, &step, err);
	} else if (step.content.failed) {
		status = silt_fail_memory(err);
	}
	silt_buffer_done(&step.content);
	return status;
}

/* What stands on a base that is elsewhere, or on a problem that is noted already. */
static void note_orphans(struct silt_git *git)
{
	for (uint32_t i = 0; i < git->count; i++) {
		if (!git->rows[i].given) {
			silt_git_problem(git, git->rows[i].start, SILT_LIMIT_NONE,
					 "expected the base of a delta in the same git pack");
			return;
		}
	}
}

enum silt_status silt_git_next_delta(struct silt_git *git, struct silt_git_object *object, bool *more,
				     struct silt_error *err)
{
	struct silt_git_way *way = &git->way;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && !*more && (way->depth > 0 || git->root < git->count)) {
		if (way->depth == 0) {
			const struct silt_git_row *root = &git->rows[git->root++];
			status = silt_git_kind(root->type) ? start_way(git, root, err) : SILT_OK;
			continue;
		}
		struct silt_git_row *row = next_on(git, &way->steps[way->depth - 1]);
		if (!row) {
			pop(way);
		} else if (!row->given) {
			status = follow(git, row, object, more, err);
		}
	}
	if (!*more) {
		note_orphans(git);
	}
	return status;
}

void silt_git_end_deltas(struct silt_git *git)
{
	while (git->way.depth > 0) {
		pop(&git->way);
	}
	free(git->way.steps);
	silt_buffer_done(&git->way.delta);
	free(git->forest.by_offset);
	free(git->forest.by_id);
	git->way = (struct silt_git_way){0};
	git->forest = (struct silt_git_forest){0};
	git->root = 0;
}
