/* Every order of the entries of one layer gives the same tree and fates, if the entries themselves do not collide. */
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SPECS_MAX = 6 };

struct spec {
	enum silt_entry_type type;
	const char *path;
	const char *link;
};

/* A lower layer, and a layer whose entries may stand in any order. Ends with a NULL path each. */
struct scenario {
	struct spec lower[SPECS_MAX + 1];
	struct spec upper[SPECS_MAX + 1];
};

static const struct scenario scenarios[] = {
	{{{SILT_ENTRY_FILE, "x", NULL}}, {{SILT_ENTRY_FILE, "x", NULL}, {SILT_ENTRY_FILE, ".wh.x", NULL}}},
	{{{SILT_ENTRY_DIRECTORY, "d", NULL}, {SILT_ENTRY_FILE, "d/old", NULL}, {SILT_ENTRY_FILE, "d/both", NULL}},
	 {{SILT_ENTRY_FILE, ".wh.d", NULL},
	  {SILT_ENTRY_FILE, "d/.wh.both", NULL},
	  {SILT_ENTRY_FILE, "d/.wh..wh..opq", NULL},
	  {SILT_ENTRY_FILE, "d/both", NULL},
	  {SILT_ENTRY_FILE, "d/new", NULL}}},
	{{{SILT_ENTRY_FILE, "d", NULL}},
	 {{SILT_ENTRY_FILE, "d/new", NULL}, {SILT_ENTRY_FILE, ".wh.d", NULL}, {SILT_ENTRY_FILE, "e", NULL}}},
	{{{SILT_ENTRY_FILE, "d", NULL}},
	 {{SILT_ENTRY_FILE, "d/new", NULL},
	  {SILT_ENTRY_FILE, ".wh..wh..opq", NULL},
	  {SILT_ENTRY_DIRECTORY, "d", NULL}}},
	{{{SILT_ENTRY_FILE, "d/e/x", NULL}, {SILT_ENTRY_FILE, "d/e/y", NULL}},
	 {{SILT_ENTRY_FILE, "d", NULL},
	  {SILT_ENTRY_FILE, "d/.wh.e", NULL},
	  {SILT_ENTRY_FILE, "d/e/.wh.x", NULL},
	  {SILT_ENTRY_FILE, "d/e/.wh..wh..opq", NULL},
	  {SILT_ENTRY_FILE, "d/.wh..wh..opq", NULL}}},
	{{{SILT_ENTRY_FILE, "a", NULL}, {SILT_ENTRY_HARDLINK, "b", "a"}, {SILT_ENTRY_HARDLINK, "c", "a"}},
	 {{SILT_ENTRY_FILE, ".wh.a", NULL}, {SILT_ENTRY_FILE, ".wh.b", NULL}, {SILT_ENTRY_FILE, "c", NULL}}},
	{{{SILT_ENTRY_FILE, "a", NULL}, {SILT_ENTRY_HARDLINK, "b", "a"}},
	 {{SILT_ENTRY_FILE, ".wh.a", NULL}, {SILT_ENTRY_FILE, ".wh.b", NULL}, {SILT_ENTRY_FILE, ".wh.b", NULL}}},
	{{{SILT_ENTRY_FILE, "d/a", NULL}},
	 {{SILT_ENTRY_FILE, ".wh.d", NULL},
	  {SILT_ENTRY_HARDLINK, "d/b", "d/a"},
	  {SILT_ENTRY_FILE, "d/.wh.a", NULL},
	  {SILT_ENTRY_HARDLINK, "c", "d/b"}}},
	{{{SILT_ENTRY_SYMLINK, "lib", "usr/lib"}, {SILT_ENTRY_FILE, "usr/lib/x", NULL}},
	 {{SILT_ENTRY_FILE, "lib/.wh.x", NULL},
	  {SILT_ENTRY_FILE, "lib/y", NULL},
	  {SILT_ENTRY_FILE, "usr/lib/x", NULL}}},
};

/* The size of an entry tells which of the specs it is, wherever it stands. */
static void add_spec(struct stack *s, const struct spec *spec, uint64_t tag)
{
	struct silt_place place = entry(s, spec->type, spec->path, spec->link);
	s->records[place.layer]->entries[place.entry].size = tag;
}

static void say_place(struct stack *s, FILE *out, struct silt_place place)
{
	if (silt_place_none(place)) {
		fputs("-", out);
	} else {
		const struct silt_record *record = s->records[place.layer];
		struct silt_path_room room;
		struct silt_bytes path = silt_entry_path(record, &record->entries[place.entry], &room);
		/* Equal specs are interchangeable: the path is all there is to tell. */
		fprintf(out, "%u.%.*s", place.layer, (int)path.len, (const char *)path.ptr);
	}
}

struct teller {
	struct stack *stack;
	FILE *out;
};

static enum silt_status tell_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	(void)err;
	const struct teller *teller = ctx;
	fprintf(teller->out, "%.*s ", (int)path.len, (const char *)path.ptr);
	say_place(teller->stack, teller->out, node->meta);
	fputs(" ", teller->out);
	say_place(teller->stack, teller->out, node->content);
	fputs("\n", teller->out);
	return SILT_OK;
}

static struct silt_place place_of_tag(const struct stack *s, uint32_t layer, uint64_t tag)
{
	uint32_t i = 0;
	while (s->records[layer]->entries[i].size != tag) {
		i++;
	}
	return (struct silt_place){layer, i};
}

/* Tree, fates and notes, told by paths and specs: nothing that depends on the order. Freed by the caller. */
static char *everything(struct stack *s)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	assert_non_null(out);
	struct teller teller = {s, out};
	assert_int_equal(silt_rootfs_walk(rootfs_of(s), tell_name, &teller, NULL), SILT_OK);
	for (uint32_t layer = 0; layer < s->layers; layer++) {
		for (uint32_t tag = 0; tag < s->records[layer]->entry_count; tag++) {
			struct silt_fate_of fate = silt_rootfs_fate(s->rootfs, place_of_tag(s, layer, tag));
			fprintf(out, "%u.%u %d %d ", layer, tag, (int)fate.fate, fate.is_mark);
			say_place(s, out, fate.cause);
			fputs("\n", out);
		}
	}
	size_t count;
	const struct silt_rootfs_note *notes = silt_rootfs_notes(s->rootfs, &count);
	unsigned kinds[SILT_ROOTFS_NOTE_UNDONE + 1] = {0};
	for (size_t i = 0; i < count; i++) {
		bool of_order = notes[i].kind == SILT_ROOTFS_NOTE_LATE_OPAQUE ||
				notes[i].kind == SILT_ROOTFS_NOTE_LATE_TARGET;
		kinds[notes[i].kind] += !of_order;
	}
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		fprintf(out, "%u ", kinds[i]);
	}
	fclose(out);
	return text;
}

static unsigned count_of(const struct spec *specs)
{
	unsigned count = 0;
	while (specs[count].path) {
		count++;
	}
	return count;
}

static char *outcome(const struct scenario *scenario, const unsigned *order, unsigned count)
{
	struct stack s = {0};
	next_layer(&s);
	for (unsigned i = 0; i < count_of(scenario->lower); i++) {
		add_spec(&s, &scenario->lower[i], i);
	}
	next_layer(&s);
	for (unsigned i = 0; i < count; i++) {
		add_spec(&s, &scenario->upper[order[i]], order[i]);
	}
	char *text = everything(&s);
	stack_done(&s);
	return text;
}

/* The next permutation in lexical order; false after the last. */
static bool next_order(unsigned *order, unsigned count)
{
	unsigned i = count - 1;
	while (i > 0 && order[i - 1] > order[i]) {
		i--;
	}
	if (i == 0) {
		return false;
	}
	unsigned k = count - 1;
	while (order[k] < order[i - 1]) {
		k--;
	}
	unsigned swap = order[i - 1];
	order[i - 1] = order[k];
	order[k] = swap;
	for (unsigned a = i, b = count - 1; a < b; a++, b--) {
		swap = order[a];
		order[a] = order[b];
		order[b] = swap;
	}
	return true;
}

static void every_order_of_a_layer_gives_the_same_tree_and_fates(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(scenarios); i++) {
		unsigned order[SPECS_MAX] = {0, 1, 2, 3, 4, 5};
		unsigned count = count_of(scenarios[i].upper);
		char *first = outcome(&scenarios[i], order, count);
		while (next_order(order, count)) {
			char *other = outcome(&scenarios[i], order, count);
			assert_string_equal(other, first);
			free(other);
		}
		free(first);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_order_of_a_layer_gives_the_same_tree_and_fates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
