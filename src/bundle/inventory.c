/* The list of members of a bundle. */
#include "bundle/inventory.h"

#include "base/limits.h"

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

bool silt_member_is_blob(const struct silt_member *member)
{
	return silt_bytes_start_with(member->name, SILT_LITERAL("blobs/sha256/"));
}

bool silt_member_is_of_save(const struct silt_member *member)
{
	struct silt_bytes name = member->name;
	if (member->kind == SILT_MEMBER_DOCUMENT) {
		return member->document_kind != SILT_DOCUMENT_OTHER; /* "{}" is kept, and may be anything */
	}
	if (silt_member_is_blob(member)) {
		return true;
	}
	struct silt_digest digest;
	struct silt_bytes first = silt_bytes_slice(name, 0, 64);
	return member->kind == SILT_MEMBER_TAR &&
	       (silt_digest_parse_hex(first, &digest) || silt_bytes_start_with(name, SILT_LITERAL("sha256:")) ||
		silt_bytes_equal(silt_path_basename(name), SILT_LITERAL("layer.tar")));
}

/* True if images may be made of it, or if its name is one that only bundles of images have. */
static bool is_telling(const struct silt_member *member)
{
	static const struct silt_bytes names[] = {
		SILT_LITERAL_INIT("index.json"),
		SILT_LITERAL_INIT("manifest.json"),
		SILT_LITERAL_INIT("oci-layout"),
		SILT_LITERAL_INIT("repositories"),
	};
	bool telling = member->kind == SILT_MEMBER_TAR || member->kind == SILT_MEMBER_DOCUMENT || member->problem ||
		       silt_member_is_blob(member) ||
		       silt_bytes_equal(silt_path_basename(member->name), SILT_LITERAL("layer.tar"));
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		telling |= silt_bytes_equal(member->name, names[i]);
	}
	return telling;
}

enum silt_status silt_inventory_add(struct silt_inventory *inventory, const struct silt_member *member,
				    struct silt_error *err)
{
	bool telling = is_telling(member);
	enum silt_status status = SILT_OK;
	if (inventory->count < (telling ? SILT_KEPT_MEMBERS_MAX : SILT_PLAIN_MEMBERS_MAX)) {
		status = append(inventory, member, err);
		if (status == SILT_OK) {
			return status;
		}
	} else {
		inventory->left_out++;
		inventory->telling_left_out |= telling;
	}
	silt_json_free(member->document);
	return status;
}

uint32_t silt_inventory_find(const struct silt_inventory *inventory, uint32_t entry)
{
	size_t low = 0, high = inventory->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (inventory->members[middle].entry < entry) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	bool found = low < inventory->count && inventory->members[low].entry == entry;
	return found ? (uint32_t)low : SILT_MEMBER_NONE;
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
