/* Layers written by hand. */
#include "unit/rootfs/stack.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

void stack_done(struct stack *stack)
{
	silt_rootfs_free(stack->rootfs);
	for (uint32_t i = 0; i < stack->layers; i++) {
		silt_record_free(stack->records[i]);
	}
	*stack = (struct stack){0};
}

void absent_layer(struct stack *stack)
{
	assert_in_range(stack->layers, 0, STACK_LAYERS_MAX - 1);
	assert_null(stack->rootfs);
	stack->records[stack->layers++] = NULL;
}

void next_layer(struct stack *stack)
{
	absent_layer(stack);
	struct silt_record *record = calloc(1, sizeof(*record));
	assert_non_null(record);
	stack->records[stack->layers - 1] = record;
	stack->entry_room = 0;
	stack->extra_room = 0;
}

/* What the survey makes of a name. */
static uint8_t whiteout_in(struct silt_bytes path)
{
	struct silt_bytes base = silt_path_basename(path);
	if (!silt_bytes_start_with(base, SILT_LITERAL(".wh."))) {
		return SILT_WHITEOUT_NONE;
	}
	if (silt_bytes_equal(base, SILT_LITERAL(".wh..wh..opq"))) {
		return SILT_WHITEOUT_OPAQUE;
	}
	struct silt_bytes name = silt_bytes_slice(base, 4, base.len);
	return silt_bytes_all(name, '.') && name.len <= 2 ? SILT_WHITEOUT_INVALID : SILT_WHITEOUT_FILE;
}

static void add_extra(struct stack *stack, struct silt_record *record, const char *link)
{
	void *items = record->extras;
	assert_true(silt_grow(&items, record->extra_count, &stack->extra_room, sizeof(*record->extras)));
	record->extras = items;
	struct silt_extra extra = {.entry = (uint32_t)record->entry_count};
	assert_true(silt_text_pool_add(&record->texts, silt_bytes_text(link), &extra.link));
	record->extras[record->extra_count++] = extra;
}

struct silt_place entry(struct stack *stack, enum silt_entry_type type, const char *path, const char *link)
{
	struct silt_record *record = stack->records[stack->layers - 1];
	struct silt_entry made = {.type = (uint8_t)type, .whiteout = whiteout_in(silt_bytes_text(path))};
	assert_true(silt_entry_set_path(&record->texts, &made, silt_bytes_text(path)));
	if (link) {
		add_extra(stack, record, link);
		made.flags = SILT_ENTRY_HAS_EXTRA;
	}
	void *items = record->entries;
	assert_true(silt_grow(&items, record->entry_count, &stack->entry_room, sizeof(*record->entries)));
	record->entries = items;
	record->entries[record->entry_count] = made;
	return (struct silt_place){stack->layers - 1, (uint32_t)record->entry_count++};
}

struct silt_place file(struct stack *stack, const char *path)
{
	return entry(stack, SILT_ENTRY_FILE, path, NULL);
}

struct silt_place dir(struct stack *stack, const char *path)
{
	return entry(stack, SILT_ENTRY_DIRECTORY, path, NULL);
}

struct silt_place hardlink(struct stack *stack, const char *path, const char *target)
{
	return entry(stack, SILT_ENTRY_HARDLINK, path, target);
}

struct silt_place symlink_to(struct stack *stack, const char *path, const char *target)
{
	return entry(stack, SILT_ENTRY_SYMLINK, path, target);
}

struct silt_rootfs *rootfs_of(struct stack *stack)
{
	if (stack->rootfs) {
		return stack->rootfs;
	}
	struct silt_error err = {0};
	assert_int_equal(silt_rootfs_new(NULL, &stack->rootfs, &err), SILT_OK);
	for (uint32_t i = 0; i < stack->layers; i++) {
		assert_int_equal(silt_rootfs_push(stack->rootfs, stack->records[i], &err), SILT_OK);
	}
	assert_int_equal(silt_rootfs_finish(stack->rootfs, &err), SILT_OK);
	return stack->rootfs;
}

/* ---- Answers as text ------------------------------------------------------------------------------------------------- */

static void say(struct stack *stack, const char *format, ...) SILT_PRINTF(2, 3);

static void say(struct stack *stack, const char *format, ...)
{
	size_t used = strlen(stack->text);
	va_list args;
	va_start(args, format);
	int wanted = vsnprintf(stack->text + used, sizeof(stack->text) - used, format, args);
	va_end(args);
	assert_in_range(wanted, 0, sizeof(stack->text) - used - 1);
}

static bool is_same(struct silt_place a, struct silt_place b)
{
	return a.layer == b.layer && a.entry == b.entry;
}

static void say_node(struct stack *stack, const struct silt_node *node)
{
	if (silt_place_none(node->meta)) {
		assert_true(silt_place_none(node->content));
		say(stack, "/");
		return;
	}
	say(stack, ":%u.%u", node->meta.layer, node->meta.entry);
	if (silt_place_none(node->content)) {
		say(stack, ">none");
	} else if (!is_same(node->meta, node->content)) {
		say(stack, ">%u.%u", node->content.layer, node->content.entry);
	}
}

static enum silt_status say_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				 struct silt_error *err)
{
	(void)err;
	struct stack *stack = ctx;
	if (path.len > 0) {
		say(stack, "%s%.*s", stack->text[0] ? " " : "", (int)path.len, (const char *)path.ptr);
		say_node(stack, node);
	}
	return SILT_OK;
}

const char *tree_of(struct stack *stack)
{
	struct silt_rootfs *rootfs = rootfs_of(stack);
	stack->text[0] = '\0';
	assert_int_equal(silt_rootfs_walk(rootfs, say_name, stack, NULL), SILT_OK);
	return stack->text;
}

const char *fate_of(struct stack *stack, struct silt_place place)
{
	struct silt_fate_of answer = silt_rootfs_fate(rootfs_of(stack), place);
	stack->text[0] = '\0';
	if (answer.is_mark) {
		assert_int_equal(answer.fate, SILT_FATE_VISIBLE);
		say(stack, "mark");
		return stack->text;
	}
	static const char *const names[] = {
		[SILT_FATE_SHADOWED] = "shadowed",       [SILT_FATE_MASKED] = "masked",
		[SILT_FATE_OVERWRITTEN] = "overwritten", [SILT_FATE_DELETED] = "deleted",
		[SILT_FATE_VISIBLE] = "visible",
	};
	say(stack, "%s", names[answer.fate]);
	if (!silt_place_none(answer.cause)) {
		say(stack, " by %u.%u", answer.cause.layer, answer.cause.entry);
	}
	return stack->text;
}

const char *notes_of(struct stack *stack)
{
	static const char *const names[] = {
		[SILT_ROOTFS_NOTE_BOTH] = "both",
		[SILT_ROOTFS_NOTE_LATE_OPAQUE] = "late opaque",
		[SILT_ROOTFS_NOTE_THROUGH_LINK] = "through link",
		[SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK] = "hides through link",
		[SILT_ROOTFS_NOTE_DANGLING] = "dangling",
		[SILT_ROOTFS_NOTE_LATE_TARGET] = "late target",
		[SILT_ROOTFS_NOTE_ROOT] = "root",
		[SILT_ROOTFS_NOTE_LINK_LOOP] = "loop",
		[SILT_ROOTFS_NOTE_NO_PARENT] = "no parent",
		[SILT_ROOTFS_NOTE_MADE_AGAIN] = "made again",
		[SILT_ROOTFS_NOTE_OPAQUE_ROOT] = "opaque root",
		[SILT_ROOTFS_NOTE_UNDONE] = "undone",
	};
	size_t count;
	const struct silt_rootfs_note *notes = silt_rootfs_notes(rootfs_of(stack), &count);
	stack->text[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		say(stack, "%s%s %u.%u", i > 0 ? ", " : "", names[notes[i].kind], notes[i].place.layer,
		    notes[i].place.entry);
	}
	return stack->text;
}

const char *found(struct stack *stack, const char *path, bool follow)
{
	struct silt_node node;
	bool is_there = silt_rootfs_find(rootfs_of(stack), silt_bytes_text(path), follow, &node);
	stack->text[0] = '\0';
	if (is_there) {
		say_node(stack, &node);
	} else {
		say(stack, "nothing");
	}
	return stack->text;
}
