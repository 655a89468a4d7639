/* The end of the stack: names and notes in their final order. */
#include "rootfs/tree.h"

#include <assert.h>
#include <stdlib.h>

/* ---- Names: lists of children are sorted where they are, without memory for millions of them ---------------------- */

/* So many lists, each of them of twice as many runs as the one before. */
enum { SORTED_LISTS = 32 };

static bool is_before(const struct silt_rootfs *rootfs, uint32_t a, uint32_t b)
{
	return silt_bytes_compare(silt_name_text(rootfs, a), silt_name_text(rootfs, b)) < 0;
}

/* Merges two sorted lists; either may be empty. */
static uint32_t merge(struct silt_rootfs *rootfs, uint32_t a, uint32_t b)
{
	uint32_t first = SILT_NO_NAME, *end = &first;
	while (a != SILT_NO_NAME && b != SILT_NO_NAME) {
		uint32_t *smaller = is_before(rootfs, b, a) ? &b : &a;
		*end = *smaller;
		end = &rootfs->names[*smaller].next;
		*smaller = *end;
	}
	*end = a != SILT_NO_NAME ? a : b;
	return first;
}

/* Takes the longest start off a list that is sorted the other way round, and turns it. */
static uint32_t cut_falling_run(struct silt_rootfs *rootfs, uint32_t *list)
{
	uint32_t run = *list, next = rootfs->names[run].next;
	rootfs->names[run].next = SILT_NO_NAME;
	while (next != SILT_NO_NAME && is_before(rootfs, next, run)) {
		uint32_t rest = rootfs->names[next].next;
		rootfs->names[next].next = run;
		run = next;
		next = rest;
	}
	*list = next;
	return run;
}

/* Takes the longest sorted start off a list that is not empty. */
static uint32_t cut_run(struct silt_rootfs *rootfs, uint32_t *list)
{
	uint32_t run = *list, last = run, next = rootfs->names[last].next;
	if (next != SILT_NO_NAME && is_before(rootfs, next, run)) {
		return cut_falling_run(rootfs, list);
	}
	while (next != SILT_NO_NAME && is_before(rootfs, last, next)) {
		last = next;
		next = rootfs->names[last].next;
	}
	rootfs->names[last].next = SILT_NO_NAME;
	*list = next;
	return run;
}

static uint32_t sort(struct silt_rootfs *rootfs, uint32_t list)
{
	uint32_t sorted[SORTED_LISTS], first = cut_run(rootfs, &list);
	if (list == SILT_NO_NAME) {
		return first;
	}
	for (size_t i = 0; i < SORTED_LISTS; i++) {
		sorted[i] = SILT_NO_NAME;
	}
	sorted[0] = first;
	while (list != SILT_NO_NAME) {
		uint32_t run = cut_run(rootfs, &list);
		size_t i = 0;
		for (; i + 1 < SORTED_LISTS && sorted[i] != SILT_NO_NAME; i++) {
			run = merge(rootfs, sorted[i], run);
			sorted[i] = SILT_NO_NAME;
		}
		sorted[i] = merge(rootfs, sorted[i], run);
	}
	uint32_t all = SILT_NO_NAME;
	for (size_t i = 0; i < SORTED_LISTS; i++) {
		all = merge(rootfs, sorted[i], all);
	}
	return all;
}

/* As it is where an archive has a folder in order, and most of it came from there. */
static bool is_sorted(const struct silt_rootfs *rootfs, uint32_t list)
{
	struct silt_bytes text = silt_name_text(rootfs, list);
	for (uint32_t id = rootfs->names[list].next; id != SILT_NO_NAME; id = rootfs->names[id].next) {
		const struct silt_bytes before = text;
		text = silt_name_text(rootfs, id);
		if (silt_bytes_compare(before, text) >= 0) {
			return false;
		}
	}
	return true;
}

static void sort_children(struct silt_rootfs *rootfs, uint32_t parent)
{
	if (is_sorted(rootfs, rootfs->names[parent].child)) {
		return;
	}
	uint32_t first = sort(rootfs, rootfs->names[parent].child), last = first;
	rootfs->names[parent].child = first;
	for (uint32_t id = first; id != SILT_NO_NAME; id = rootfs->names[id].next) {
		rootfs->names[id].prev = last;
		last = id;
	}
	rootfs->names[first].prev = last;
}

/* ---- Notes --------------------------------------------------------------------------------------------------------- */

static uint32_t ordinal(const struct silt_rootfs_note *note, int field)
{
	return field == 0 ? note->place.layer : field == 1 ? note->place.entry : (uint32_t)note->kind;
}

static int by_place(const void *a, const void *b)
{
	for (int field = 0; field < 3; field++) {
		uint32_t x = ordinal(a, field);
		uint32_t y = ordinal(b, field);
		if (x != y) {
			return x < y ? -1 : 1;
		}
	}
	return 0;
}

static void sort_notes(struct silt_rootfs *rootfs)
{
	if (rootfs->note_count > 1) {
		qsort(rootfs->notes, rootfs->note_count, sizeof(*rootfs->notes), by_place);
	}
}

/*
 * What stands below a link of a lower layer stands somewhere else where layers are extracted alone. If it is gone here,
 * whatever made it go did not do so there. Notes are in order, so that of one entry the two kinds follow each other.
 */
static void note_what_else_may_be_there(struct silt_rootfs *rootfs)
{
	size_t count = rootfs->note_count;
	for (size_t i = 0; i < count; i++) {
		struct silt_rootfs_note note = rootfs->notes[i];
		bool noted = i + 1 < count && rootfs->notes[i + 1].kind == SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK;
		if (note.kind != SILT_ROOTFS_NOTE_THROUGH_LINK || noted) {
			continue;
		}
		struct silt_fate_of fate = silt_rootfs_fate(rootfs, note.place);
		if (fate.fate != SILT_FATE_VISIBLE && !fate.is_mark) {
			silt_rootfs_note_at(rootfs, SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK, note.place);
		}
	}
}

/* ---- The end ------------------------------------------------------------------------------------------------------- */

static void free_list(uint32_t **items, size_t *count, size_t *capacity)
{
	free(*items);
	*items = NULL;
	*count = *capacity = 0;
}

/* What only a layer under way needs. */
static void free_books(struct silt_rootfs *rootfs)
{
	free_list(&rootfs->pending, &rootfs->pending_count, &rootfs->pending_capacity);
	free_list(&rootfs->chain, &rootfs->chain_count, &rootfs->chain_capacity);
	free_list(&rootfs->late, &rootfs->late_count, &rootfs->late_capacity);
	free(rootfs->changes);
	free(rootfs->losses);
	free(rootfs->frames);
	free(rootfs->missing);
	rootfs->missing = NULL;
	rootfs->missing_capacity = 0;
	rootfs->changes = NULL;
	rootfs->losses = NULL;
	rootfs->frames = NULL;
	rootfs->change_capacity = rootfs->loss_capacity = rootfs->frame_capacity = 0;
}

enum silt_status silt_rootfs_finish(struct silt_rootfs *rootfs, struct silt_error *err)
{
	assert(!rootfs->finished && rootfs->failure == SILT_OK);
	free_books(rootfs);
	for (uint32_t id = 0; id < rootfs->name_count; id++) {
		if (rootfs->names[id].child != SILT_NO_NAME) {
			sort_children(rootfs, id);
		}
	}
	silt_lost_names_sort(rootfs);
	sort_notes(rootfs);
	note_what_else_may_be_there(rootfs);
	sort_notes(rootfs);
	rootfs->finished = true;
	return rootfs->failure == SILT_OK ? SILT_OK : silt_fail_memory(err);
}
