/* The list of members of a bundle. */
#include "bundle/inventory.h"

#include <stdlib.h>

static enum silt_status copy_texts(struct silt_arena *arena, struct silt_member *member, struct silt_error *err)
{
	member->name = silt_arena_copy(arena, member->name);
	member->link = silt_arena_copy(arena, member->link);
	if (!member->name.ptr || !member->link.ptr) {
		return silt_fail_memory(err);
	}
	if (member->problem) {
		member->problem = (const char *)silt_arena_copy(arena, silt_bytes_text(member->problem)).ptr;
		return member->problem ? SILT_OK : silt_fail_memory(err);
	}
	return SILT_OK;
}

static enum silt_status append(struct silt_inventory *inventory, const struct silt_member *member,
			       struct silt_error *err)
{
	struct silt_member copy = *member;
	enum silt_status status = copy_texts(&inventory->arena, &copy, err);
	if (status != SILT_OK) {
		return status;
	}
	void *members = inventory->members;
	if (!silt_grow(&members, inventory->count, &inventory->capacity, sizeof(copy))) {
		return silt_fail_memory(err);
	}
	inventory->members = members;
	inventory->members[inventory->count++] = copy;
	return SILT_OK;
}

enum silt_status silt_inventory_add(struct silt_inventory *inventory, const struct silt_member *member,
				    struct silt_error *err)
{
	enum silt_status status = append(inventory, member, err);
	if (status != SILT_OK) {
		silt_json_free(member->document);
	}
	return status;
}

void silt_inventory_done(struct silt_inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++) {
		silt_json_free(inventory->members[i].document);
	}
	free(inventory->members);
	silt_arena_done(&inventory->arena);
	*inventory = (struct silt_inventory){0};
}
