/* Accounts by name. */
#include "content/passwd.h"

#include <stdlib.h>

struct silt_account_name {
	struct silt_bytes name, line;
};

/* Of one name the first line comes first: lines lie in the body in their order. */
static int order_names(const void *left, const void *right)
{
	const struct silt_account_name *a = left, *b = right;
	int order = silt_bytes_compare(a->name, b->name);
	return order != 0 ? order : (a->line.ptr > b->line.ptr) - (a->line.ptr < b->line.ptr);
}

enum silt_status silt_account_index_make(struct silt_bytes body, struct silt_account_index *out, struct silt_error *err)
{
	*out = (struct silt_account_index){.names = calloc(silt_account_lines(body) + 1, sizeof(*out->names))};
	if (!out->names) {
		return silt_fail_memory(err);
	}
	struct silt_bytes line;
	struct silt_account account;
	while (silt_bytes_cut(&body, '\n', &line)) {
		if (silt_account_read(line, &account)) {
			out->names[out->count++] = (struct silt_account_name){account.name, line};
		}
	}
	qsort(out->names, out->count, sizeof(*out->names), order_names);
	return SILT_OK;
}

bool silt_account_index_find(const struct silt_account_index *index, struct silt_bytes name, struct silt_account *out)
{
	size_t low = 0, high = index->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (silt_bytes_compare(index->names[middle].name, name) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < index->count && silt_bytes_equal(index->names[low].name, name) &&
	       silt_account_read(index->names[low].line, out);
}

void silt_account_index_done(struct silt_account_index *index)
{
	free(index->names);
	*index = (struct silt_account_index){0};
}
