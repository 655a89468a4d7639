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

/* The secrets deeper than `inner`, sorted; `*count` of them. NULL if memory ran out. */
static struct same *sort_deeper(const struct silt_record *record, size_t from, uint32_t entry, struct silt_bytes inner,
				size_t *count)
{
	struct same *deeper = malloc((record->hit_count - from) * sizeof(*deeper));
	for (size_t i = from; i < record->hit_count && deeper; i++) {
		const struct silt_hit *hit = &record->hits[i];
		if (is_of_entry(hit, entry) && !silt_bytes_equal(hit->inner, inner)) {
			deeper[(*count)++] = same_of(hit);
		}
	}
	if (*count > 0) {
		qsort(deeper, *count, sizeof(*deeper), compare);
	}
	return deeper;
}

/* True if there are hits both in the file itself and deeper. */
static bool is_worthwhile(const struct silt_record *record, size_t from, uint32_t entry, struct silt_bytes inner)
{
	bool any[2] = {false, false};
	for (size_t i = from; i < record->hit_count; i++) {
		if (is_of_entry(&record->hits[i], entry)) {
			any[silt_bytes_equal(record->hits[i].inner, inner)] = true;
		}
	}
	return any[0] && any[1];
}

enum silt_status silt_drop_repeats(struct silt_record *record, size_t from, uint32_t entry, struct silt_bytes inner,
				   struct silt_error *err)
{
	size_t count = 0, kept = from;
	if (!is_worthwhile(record, from, entry, inner)) {
		return SILT_OK;
	}
	struct same *deeper = sort_deeper(record, from, entry, inner, &count);
	if (!deeper) {
		return silt_fail_memory(err);
	}
	for (size_t i = from; i < record->hit_count; i++) {
		const struct silt_hit *hit = &record->hits[i];
		struct same key = same_of(hit);
		bool repeated = is_of_entry(hit, entry) && silt_bytes_equal(hit->inner, inner) &&
				bsearch(&key, deeper, count, sizeof(*deeper), compare);
		if (!repeated) {
			record->hits[kept++] = *hit;
		}
	}
	record->hit_count = kept;
	free(deeper);
	return SILT_OK;
}
