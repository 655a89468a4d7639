/* One secret at one place: the deepest one it was found in. */
#include "layer/repeats.h"

#include <stdlib.h>

static bool is_of_entry(const struct silt_hit *hit, uint32_t entry)
{
	return hit->place == SILT_HIT_BODY && hit->entry == entry;
}

/* What makes two hits the same secret. */
struct same {
	const struct silt_rule *rule;
	uint8_t value[SILT_VALUE_ID_SIZE];
};

static struct same same_of(const struct silt_hit *hit)
{
	struct same same = {.rule = hit->rule};
	memcpy(same.value, hit->value, sizeof(same.value));
	return same;
}

static int compare(const void *a, const void *b)
{
	const struct same *left = a, *right = b;
	int order = (left->rule > right->rule) - (left->rule < right->rule);
	return order != 0 ? order : memcmp(left->value, right->value, SILT_VALUE_ID_SIZE);
}

/* A file, and all that it is in: their inner names, from the body of an entry on. */
struct place {
	uint32_t entry;
	const struct silt_bytes *names; /* borrows */
	size_t count;                   /* 1 or more; the last one is the file's own */
};

static bool is_in_file(const struct silt_hit *hit, const struct place *place)
{
	return is_of_entry(hit, place->entry) && silt_bytes_equal(hit->inner, place->names[place->count - 1]);
}

/* What the file is in is read while the file is, so hits of that come between its own. */
static bool is_deeper(const struct silt_hit *hit, const struct place *place)
{
	bool deeper = is_of_entry(hit, place->entry);
	for (size_t i = 0; i < place->count && deeper; i++) {
		deeper = !silt_bytes_equal(hit->inner, place->names[i]);
	}
	return deeper;
}

/* The secrets deeper than the place, sorted; `*count` of them. NULL if memory ran out. */
static struct same *sort_deeper(const struct silt_record *record, size_t from, const struct place *place, size_t *count)
{
	struct same *deeper = malloc((record->hit_count - from) * sizeof(*deeper));
	for (size_t i = from; i < record->hit_count && deeper; i++) {
		if (is_deeper(&record->hits[i], place)) {
			deeper[(*count)++] = same_of(&record->hits[i]);
		}
	}
	if (*count > 0) {
		qsort(deeper, *count, sizeof(*deeper), compare);
	}
	return deeper;
}

/* True if there are hits both in the file itself and deeper. */
static bool is_worthwhile(const struct silt_record *record, size_t from, const struct place *place)
{
	bool own = false, deeper = false;
	for (size_t i = from; i < record->hit_count; i++) {
		own = own || is_in_file(&record->hits[i], place);
		deeper = deeper || is_deeper(&record->hits[i], place);
	}
	return own && deeper;
}

enum silt_status silt_drop_repeats(struct silt_record *record, size_t from, uint32_t entry,
				   const struct silt_bytes *names, size_t count, struct silt_error *err)
{
	const struct place place = {entry, names, count};
	size_t deeper_count = 0, kept = from;
	if (!is_worthwhile(record, from, &place)) {
		return SILT_OK;
	}
	struct same *deeper = sort_deeper(record, from, &place, &deeper_count);
	if (!deeper) {
		return silt_fail_memory(err);
	}
	for (size_t i = from; i < record->hit_count; i++) {
		const struct silt_hit *hit = &record->hits[i];
		struct same key = same_of(hit);
		bool repeated = is_in_file(hit, &place) &&
				bsearch(&key, deeper, deeper_count, sizeof(*deeper), compare);
		if (!repeated) {
			record->hits[kept++] = *hit;
		}
	}
	record->hit_count = kept;
	free(deeper);
	return SILT_OK;
}
