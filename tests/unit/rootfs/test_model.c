/* Thousands of random small stacks, told by the rootfs and by a naive model of the same rules. */
#include "unit/rootfs/model.h"
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* xorshift64: the same stacks in every run. */
static unsigned below(uint64_t *seed, unsigned limit)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned)(*seed >> 33) % limit;
}

static const char *const components[] = {"a", "b", "c"};

static void random_path(uint64_t *seed, char path[static 32])
{
	path[0] = '\0';
	for (unsigned depth = 1 + below(seed, 3); depth > 0; depth--) {
		strcat(path, path[0] ? "/" : "");
		strcat(path, components[below(seed, SILT_COUNT(components))]);
	}
}

static void random_mark(uint64_t *seed, struct stack *stack)
{
	char path[32];
	random_path(seed, path);
	char *base = strrchr(path, '/');
	base = base ? base + 1 : path;
	char name = base[0];
	bool opaque = below(seed, 3) == 0;
	snprintf(base, 16, opaque ? ".wh..wh..opq" : ".wh.%c", name);
	file(stack, path);
}

static void random_entry(uint64_t *seed, struct stack *stack, bool symlinks)
{
	static const char *const targets[] = {"a",     "b",  "c/a", "../b",   "/a/b",          "/c",
					      "a/./b", "..", "/",   "b/../c", "b/c/../../a/.."};
	char path[32];
	char link[32];
	random_path(seed, path);
	random_path(seed, link);
	switch (below(seed, symlinks ? 9 : 8)) {
	case 0:
	case 1:
	case 2:
		file(stack, path);
		break;
	case 3:
		dir(stack, path);
		break;
	case 4:
		hardlink(stack, path, link);
		break;
	case 5:
	case 6:
	case 7:
		random_mark(seed, stack);
		break;
	default:
		symlink_to(stack, path, targets[below(seed, SILT_COUNT(targets))]);
		break;
	}
}

static void random_stack(uint64_t *seed, struct stack *stack, bool symlinks)
{
	for (unsigned layers = 2 + below(seed, MODEL_LAYERS_MAX - 1); layers > 0; layers--) {
		next_layer(stack);
		for (unsigned entries = 1 + below(seed, 8); entries > 0; entries--) {
			random_entry(seed, stack, symlinks);
		}
	}
}

/* ---- Comparison ------------------------------------------------------------------------------------------------------ */

struct comparison {
	struct model *model;
	struct stack *stack;
	unsigned names;
	bool differs;
};

static bool is_same(struct silt_place a, struct silt_place b)
{
	return a.layer == b.layer && a.entry == b.entry;
}

static enum silt_status compare_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				     struct silt_error *err)
{
	(void)err;
	struct comparison *comparison = ctx;
	if (path.len == 0) {
		return SILT_OK;
	}
	comparison->names++;
	const struct thing *thing = model_find(comparison->model, path);
	if (!thing || !is_same(thing->meta, node->meta) || !is_same(thing->content, node->content)) {
		print_error("name %.*s\n", (int)path.len, (const char *)path.ptr);
		comparison->differs = true;
	}
	return SILT_OK;
}

static void compare_fate(struct comparison *comparison, const char *what, struct silt_place place,
			 struct silt_fate_of is, struct silt_fate_of should)
{
	if (is.fate != should.fate || !is_same(is.cause, should.cause) || is.is_mark != should.is_mark) {
		print_error("fate of the %s of %u.%u: %d by %d.%d, expected %d by %d.%d\n", what, place.layer,
			    place.entry, (int)is.fate, (int)is.cause.layer, (int)is.cause.entry, (int)should.fate,
			    (int)should.cause.layer, (int)should.cause.entry);
		comparison->differs = true;
	}
}

static void compare_fates(struct comparison *comparison)
{
	const struct silt_rootfs *rootfs = comparison->stack->rootfs;
	for (uint32_t layer = 0; layer < comparison->model->layers; layer++) {
		for (uint32_t i = 0; i < comparison->stack->records[layer]->entry_count; i++) {
			const struct silt_place place = {layer, i};
			compare_fate(comparison, "content", place, silt_rootfs_fate(rootfs, place),
				     comparison->model->fates[layer][i]);
			compare_fate(comparison, "name", place, silt_rootfs_name_fate(rootfs, place),
				     comparison->model->name_fates[layer][i]);
		}
	}
}

/* The thing at the same path in other things, if it is no directory there. */
static bool is_file_in(const struct things *things, const struct thing *like)
{
	for (unsigned i = 0; i < things->count; i++) {
		if (strcmp(things->list[i].path, like->path) == 0) {
			return things->list[i].type != SILT_ENTRY_DIRECTORY;
		}
	}
	return false;
}

/* What the layer that was pushed last did, by the names before and after it. */
static struct silt_layer_effect effect_of(const struct model *model)
{
	struct silt_layer_effect effect = {0};
	for (unsigned i = 0; i < model->view.count; i++) {
		const struct thing *thing = &model->view.list[i];
		bool is_new = thing->meta.layer == model->layers - 1 && thing->type != SILT_ENTRY_DIRECTORY;
		bool was_file = is_file_in(&model->before, thing);
		effect.added += is_new && !was_file;
		effect.changed += is_new && was_file;
	}
	for (unsigned i = 0; i < model->before.count; i++) {
		const struct thing *thing = &model->before.list[i];
		effect.deleted += thing->type != SILT_ENTRY_DIRECTORY && !is_file_in(&model->view, thing);
	}
	return effect;
}

static void compare_effect(struct comparison *comparison, const struct silt_layer_effect *should, uint32_t layer)
{
	const struct silt_layer_effect *is = silt_rootfs_effect(comparison->stack->rootfs, layer);
	if (is->added != should->added || is->changed != should->changed || is->deleted != should->deleted) {
		print_error("layer %u adds %d, changes %d, deletes %d; expected %d, %d, %d\n", layer, (int)is->added,
			    (int)is->changed, (int)is->deleted, (int)should->added, (int)should->changed,
			    (int)should->deleted);
		comparison->differs = true;
	}
}

static void print_stack(struct stack *stack)
{
	for (uint32_t layer = 0; layer < stack->layers; layer++) {
		const struct silt_record *record = stack->records[layer];
		for (size_t i = 0; i < record->entry_count; i++) {
			const struct silt_entry *e = &record->entries[i];
			struct silt_path_room room;
			struct silt_bytes path = silt_entry_path(record, e, &room), link = silt_entry_link(record, e);
			print_error("%u.%zu type %d %.*s -> %.*s\n", layer, i, e->type, (int)path.len,
				    (const char *)path.ptr, (int)link.len, (const char *)link.ptr);
		}
	}
	print_error("%s\n", tree_of(stack));
}

static void compare(struct model *model, uint64_t seed, bool symlinks)
{
	struct stack stack = {0};
	random_stack(&seed, &stack, symlinks);
	model->layers = 0;
	model->view.count = 0;
	struct silt_layer_effect effects[MODEL_LAYERS_MAX];
	for (uint32_t i = 0; i < stack.layers; i++) {
		model_push(model, stack.records[i]);
		effects[i] = effect_of(model);
	}
	struct comparison comparison = {.model = model, .stack = &stack};
	assert_int_equal(silt_rootfs_walk(rootfs_of(&stack), compare_name, &comparison, NULL), SILT_OK);
	compare_fates(&comparison);
	for (uint32_t i = 0; i < stack.layers; i++) {
		compare_effect(&comparison, &effects[i], i);
	}
	if (comparison.differs || comparison.names != model->view.count) {
		print_stack(&stack);
		for (unsigned i = 0; i < model->view.count; i++) {
			print_error("expected %s\n", model->view.list[i].path);
		}
		fail();
	}
	stack_done(&stack);
}

static void compare_many(bool symlinks)
{
	enum { STACKS = 4000 };
	struct model *model = calloc(1, sizeof(*model));
	assert_non_null(model);
	for (uint64_t i = 1; i <= STACKS; i++) {
		compare(model, i * 0x9E3779B97F4A7C15U, symlinks);
	}
	free(model);
}

static void random_stacks_without_symlinks_are_as_the_model_says(void **state)
{
	(void)state;
	compare_many(false);
}

static void random_stacks_with_symlinks_are_as_the_model_says(void **state)
{
	(void)state;
	compare_many(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_stacks_without_symlinks_are_as_the_model_says),
		cmocka_unit_test(random_stacks_with_symlinks_are_as_the_model_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
