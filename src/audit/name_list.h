/* Lists in sentences: the first few names, and how many more there are: "/a, /b and 3 more". */
#ifndef SILT_AUDIT_NAME_LIST_H
#define SILT_AUDIT_NAME_LIST_H

#include "base/arena.h"
#include "base/buffer.h"

enum { SILT_NAME_LIST_MAX = 8 };

/* A zeroed struct is an empty list. Memory that ran out shows at the end. */
struct silt_name_list {
	struct silt_buffer text;
	size_t count; /* also those not shown */
};

/* One more: raw bytes, which are escaped, or text that is printable already. */
void silt_name_list_add(struct silt_name_list *list, struct silt_bytes name);
void silt_name_list_add_text(struct silt_name_list *list, const char *name);

/* The sentence part, of `arena`; the list is empty and needs no end afterwards. NULL if memory ran out. */
const char *silt_name_list_end(struct silt_name_list *list, struct silt_arena *arena) SILT_MUST_USE;

void silt_name_list_done(struct silt_name_list *list);

/* "512 bytes", "17.2 MB": decimal. NULL if memory ran out. */
const char *silt_amount_text(struct silt_arena *arena, uint64_t bytes) SILT_MUST_USE;

#endif
