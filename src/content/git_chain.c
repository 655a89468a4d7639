/*
 * The second pass over a pack: the trees of deltas, from their roots down. Each delta is applied once, to a base that is
 * at hand; the way from the root to it is in memory, never a whole level of the tree.
 */
#include "content/git_pack.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/secure.h"

#include <stdlib.h>

/* The deltas of a pack, by what they stand on: places in pack->objects. */
struct forest {
	struct silt_git_pack *pack;
	uint32_t *by_offset; /* owns: OFS_DELTA, by base and then start */
	uint32_t by_offset_count;
	uint32_t *by_id; /* owns: REF_DELTA, by id of the base and then start */
	uint32_t by_id_count;
};

/* One object on the way from a root to a delta, and which of its deltas come next. */
struct step {
	struct silt_buffer content; /* owns */
	uint64_t start;
	uint8_t id[SILT_GIT_ID_BYTES];
	uint32_t next_by_offset, next_by_id;
};

struct way {
	struct step *steps; /* owns */
	size_t depth, capacity;
	uint64_t bytes;           /* of all contents on it */
	const char *kind;         /* of the root, and so of all */
	struct silt_buffer delta; /* owns */
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

static enum silt_status plant(struct forest *forest, struct silt_error *err)
{
	struct silt_git_row *objects = forest->pack->objects;
	uint32_t count = forest->pack->count;
	forest->by_offset = calloc((size_t)count + 1, sizeof(uint32_t));
	forest->by_id = calloc((size_t)count + 1, sizeof(uint32_t));
	if (!forest->by_offset || !forest->by_id) {
		return silt_fail_memory(err);
	}
	for (uint32_t i = 0; i < count; i++) {
		if (objects[i].type == SILT_GIT_OFS_DELTA) {
			forest->by_offset[forest->by_offset_count++] = i;
		} else if (objects[i].type == SILT_GIT_REF_DELTA) {
			forest->by_id[forest->by_id_count++] = i;
		}
	}
	qsort_r(forest->by_offset, forest->by_offset_count, sizeof(uint32_t), order_by_base, objects);
	qsort_r(forest->by_id, forest->by_id_count, sizeof(uint32_t), order_by_id, objects);
	return SILT_OK;
}

/* The first delta in a list whose base does not come before the one of a step. */
static uint32_t first_on(const struct forest *forest, const struct step *step, bool by_id)
{
	const uint32_t *list = by_id ? forest->by_id : forest->by_offset;
	uint32_t low = 0, high = by_id ? forest->by_id_count : forest->by_offset_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct silt_git_row *at = &forest->pack->objects[list[middle]];
		bool before = by_id ? memcmp(at->id, step->id, SILT_GIT_ID_BYTES) < 0 : at->base < step->start;
		low = before ? middle + 1 : low;
		high = before ? high : middle;
	}
	return low;
}

static void find_deltas(const struct forest *forest, struct step *step)
{
	step->next_by_offset = first_on(forest, step, false);
	step->next_by_id = first_on(forest, step, true);
}

/* The next delta that stands on a step, or NULL. */
static struct silt_git_row *next_delta(const struct forest *forest, struct step *step)
{
	struct silt_git_row *objects = forest->pack->objects;
	if (step->next_by_offset < forest->by_offset_count &&
	    objects[forest->by_offset[step->next_by_offset]].base == step->start) {
		return &objects[forest->by_offset[step->next_by_offset++]];
	}
	if (step->next_by_id < forest->by_id_count &&
	    memcmp(objects[forest->by_id[step->next_by_id]].id, step->id, SILT_GIT_ID_BYTES) == 0) {
		return &objects[forest->by_id[step->next_by_id++]];
	}
	return NULL;
}

/* ---- The way down -------------------------------------------------------------------------------------------------- */

/* Takes the content over. */
static enum silt_status push(const struct forest *forest, struct way *way, struct step *step, struct silt_error *err)
{
	if (!silt_grow((void **)&way->steps, way->depth, &way->capacity, sizeof(*step))) {
		return silt_fail_memory(err);
	}
	find_deltas(forest, step);
	way->bytes += step->content.len;
	way->steps[way->depth++] = *step;
	step->content = (struct silt_buffer){0};
	return SILT_OK;
}

static void pop(struct way *way)
{
	struct step *step = &way->steps[--way->depth];
	way->bytes -= step->content.len;
	silt_buffer_done(&step->content);
}

/* Makes the content of a delta of the last step. False, with a problem noted, if that cannot be done. */
static bool make(const struct forest *forest, struct way *way, const struct silt_git_row *object,
		 struct silt_buffer *content)
{
	struct silt_git_reader *reader = &forest->pack->reader;
	struct silt_bytes data = silt_bytes_slice(forest->pack->bytes, object->data, SIZE_MAX);
	struct silt_bytes base = silt_buffer_bytes(&way->steps[way->depth - 1].content);
	uint64_t left = way->bytes < SILT_GIT_WAY_MAX ? SILT_GIT_WAY_MAX - way->bytes : 0;
	uint64_t most = left < SILT_GIT_OBJECT_MAX ? left : SILT_GIT_OBJECT_MAX;
	if (way->depth >= SILT_GIT_DEPTH_MAX) {
		silt_git_problem(reader, object->start, true, "a chain of deltas is longer than git makes them");
		return false;
	}
	return silt_git_inflate(reader, &data, object->start, SILT_GIT_OBJECT_MAX, &way->delta) &&
	       silt_git_apply_delta(reader, object->start, base, silt_buffer_bytes(&way->delta), most, content);
}

/* Gives a delta of the last step, and puts it on the way. */
static enum silt_status follow(const struct forest *forest, struct way *way, struct silt_git_row *object,
			       struct silt_error *err)
{
	struct step step = {.start = object->start};
	enum silt_status status = SILT_OK;
	object->given = true;
	if (make(forest, way, object, &step.content)) {
		struct silt_bytes content = silt_buffer_bytes(&step.content);
		status = silt_git_name_and_give(&forest->pack->reader, way->kind, content, step.id, err);
		status = status == SILT_OK ? push(forest, way, &step, err) : status;
	} else if (step.content.failed || way->delta.failed) {
		status = silt_fail_memory(err);
	}
	silt_buffer_done(&step.content);
	return status;
}

/* Walks all deltas that stand on an object that is none; it was given in the first pass. */
static enum silt_status walk_root(const struct forest *forest, struct way *way, const struct silt_git_row *root,
				  struct silt_error *err)
{
	struct step step = {.start = root->start};
	memcpy(step.id, root->id, SILT_GIT_ID_BYTES);
	find_deltas(forest, &step);
	if (!next_delta(forest, &step)) {
		return SILT_OK;
	}
	struct silt_bytes data = silt_bytes_slice(forest->pack->bytes, root->data, SIZE_MAX);
	enum silt_status status = SILT_OK;
	way->kind = silt_git_kind(root->type);
	if (silt_git_inflate(&forest->pack->reader, &data, root->start, SILT_GIT_OBJECT_MAX, &step.content)) {
		status = push(forest, way, &step, err);
	} else if (step.content.failed) {
		status = silt_fail_memory(err);
	}
	silt_buffer_done(&step.content);
	while (status == SILT_OK && way->depth > 0) {
		struct silt_git_row *object = next_delta(forest, &way->steps[way->depth - 1]);
		if (!object) {
			pop(way);
		} else if (!object->given) {
			status = follow(forest, way, object, err);
		}
	}
	return status;
}

enum silt_status silt_git_follow_deltas(struct silt_git_pack *pack, struct silt_error *err)
{
	struct forest forest = {.pack = pack};
	struct way way = {0};
	enum silt_status status = plant(&forest, err);
	for (uint32_t i = 0; i < pack->count && status == SILT_OK; i++) {
		if (silt_git_kind(pack->objects[i].type)) {
			status = walk_root(&forest, &way, &pack->objects[i], err);
		}
	}
	while (way.depth > 0) {
		pop(&way);
	}
	free(way.steps);
	silt_buffer_done(&way.delta);
	free(forest.by_offset);
	free(forest.by_id);
	return status;
}
