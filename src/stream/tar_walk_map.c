/* The maps of sparse files that stand in blocks of their own, behind the header or at the start of the body. */
#include "stream/tar_walk_parts.h"

static size_t map_blocks_max(const struct silt_tar_walk *walk)
{
	return silt_limit_size(silt_limits_or_default(walk->limits), SILT_LIMIT_SPARSE_MAP_BYTES) / SILT_TAR_BLOCK;
}

void silt_tar_walk_begin_map(struct silt_tar_walk *walk, enum silt_tar_map_place place)
{
	walk->state = place == SILT_TAR_MAP_BEHIND ? SILT_TAR_WALK_MAP_OLD : SILT_TAR_WALK_MAP_TEXT;
	walk->map_blocks = 0;
	walk->map_lines = 0;
	walk->map_lines_wanted = 1;
	silt_buffer_clear(&walk->map_text);
}

static void take_map_block(struct silt_tar_walk *walk)
{
	bool more;
	/* For Go the part of the map in the header counts, too. */
	if (++walk->map_blocks >= map_blocks_max(walk)) {
		silt_tar_walk_refuse_limit(walk, SILT_LIMIT_SPARSE_MAP_BYTES, "the map of a sparse file is too large");
	} else if (!silt_tar_map_old_more(&walk->map, walk->more, &more)) {
		silt_tar_walk_refuse(walk, "the map of a sparse file is invalid");
	} else if (!more) {
		silt_tar_walk_ready(walk);
	}
}

static const char *read_map_text(struct silt_tar_walk *walk)
{
	struct silt_bytes text = silt_buffer_bytes(&walk->map_text);
	if (walk->map_lines >= walk->map_lines_wanted && walk->map_lines_wanted == 1) {
		walk->map_lines_wanted = silt_tar_map_lines(text);
	}
	if (walk->map_lines_wanted == 0) {
		return "the map of a sparse file is invalid";
	}
	if (walk->map_lines < walk->map_lines_wanted) {
		return NULL;
	}
	if (!silt_tar_map_text(&walk->map, text)) {
		return "the map of a sparse file is invalid";
	}
	silt_tar_walk_ready(walk);
	return NULL;
}

static void take_map_text(struct silt_tar_walk *walk)
{
	struct silt_bytes text = silt_bytes(walk->more, SILT_TAR_BLOCK);
	if (++walk->map_blocks > map_blocks_max(walk)) {
		silt_tar_walk_refuse_limit(walk, SILT_LIMIT_SPARSE_MAP_BYTES, "the map of a sparse file is too large");
		return;
	}
	silt_buffer_add(&walk->map_text, text);
	walk->failed = walk->failed || walk->map_text.failed;
	walk->left -= SILT_TAR_BLOCK;
	for (size_t i = 0; i < text.len; i++) {
		walk->map_lines += text.ptr[i] == '\n';
	}
	const char *refusal = read_map_text(walk);
	if (!refusal && walk->state == SILT_TAR_WALK_MAP_TEXT && walk->left < SILT_TAR_BLOCK) {
		refusal = "the map of a sparse file does not end in its body";
	}
	if (refusal) {
		silt_tar_walk_refuse(walk, refusal);
	}
}

void silt_tar_walk_take_map(struct silt_tar_walk *walk)
{
	if (walk->state == SILT_TAR_WALK_MAP_OLD) {
		take_map_block(walk);
	} else {
		take_map_text(walk);
	}
}
