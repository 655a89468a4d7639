/* From groups of bytes to tips. */
#include "secret/unwrap_tips.h"

#include "base/arena.h"
#include "base/secure.h"

#include <stdlib.h>

void silt_tips_init(struct silt_tips *tips)
{
	*tips = (struct silt_tips){0};
	silt_row_filter_init(&tips->filter);
}

void silt_tips_done(struct silt_tips *tips)
{
	silt_tips_reset(tips);
	free(tips->list);
	tips->list = NULL;
}

void silt_tips_reset(struct silt_tips *tips)
{
	silt_wipe(tips->group, sizeof(tips->group));
	tips->count = 0;
	tips->failed = false;
}

static void add(struct silt_tips *tips, enum silt_tip_kind kind, uint64_t at)
{
	void *list = tips->list;
	if (!silt_grow(&list, tips->count, &tips->capacity, sizeof(*tips->list))) {
		tips->failed = true;
		return;
	}
	tips->list = list;
	tips->list[tips->count++] = (struct silt_tip){at, kind};
}

void silt_tips_sign(struct silt_tips *tips, uint32_t sign, uint64_t at)
{
	bool percent = silt_escape_kind_of(sign) == &silt_escapes_percent;
	add(tips, percent ? SILT_TIP_PERCENT : SILT_TIP_BACKSLASH, at);
}

/* What the gate let through: one more look tells most of it from text. */
static void look_at_windows(struct silt_tips *tips, const uint8_t *group, unsigned windows, uint64_t at)
{
	for (; windows; windows >>= 1, group += SILT_GATE_WINDOW, at += SILT_GATE_WINDOW) {
		if (!(windows & 1)) {
			continue;
		}
		if ((group[0] == 0) != (group[1] == 0)) {
			add(tips, SILT_TIP_WIDE, at);
		} else if (silt_row_filter_passes(&tips->filter, group, SILT_GATE_WINDOW)) {
			add(tips, SILT_TIP_ROWS, at);
		}
	}
}

static void look_at_groups(struct silt_tips *tips, const uint8_t *bytes, size_t count, uint64_t at)
{
	struct silt_gate_hit hits[SILT_GATE_GROUPS_MAX + 1];
	while (count > 0) {
		size_t some = count < SILT_GATE_GROUPS_MAX ? count : SILT_GATE_GROUPS_MAX;
		size_t found = silt_gate(bytes, some, hits);
		for (size_t i = 0; i < found; i++) {
			size_t offset = hits[i].group * SILT_GATE_GROUP;
			look_at_windows(tips, bytes + offset, hits[i].windows, at + offset);
		}
		bytes += some * SILT_GATE_GROUP;
		at += some * SILT_GATE_GROUP;
		count -= some;
	}
}

/* Adds the head of the block to the group that the block before began; returns how many bytes of it that takes. */
static size_t complete_group(struct silt_tips *tips, struct silt_bytes block, uint64_t at)
{
	size_t begun = at % SILT_GATE_GROUP;
	struct silt_bytes head = silt_bytes_slice(block, 0, begun > 0 ? SILT_GATE_GROUP - begun : 0);
	if (head.len > 0) {
		memcpy(tips->group + begun, head.ptr, head.len);
	}
	if (begun + head.len == SILT_GATE_GROUP) {
		look_at_groups(tips, tips->group, 1, at - begun);
		silt_wipe(tips->group, sizeof(tips->group));
	}
	return head.len;
}

/*
 * Groups are at multiples of their size, wherever blocks are cut. The last one of a stream is filled up with zeros,
 * which is what the rest of `group` always has.
 */
void silt_tips_look(struct silt_tips *tips, struct silt_bytes block, uint64_t at, bool last)
{
	uint64_t end = at + block.len;
	size_t head = complete_group(tips, block, at);
	struct silt_bytes rest = silt_bytes_slice(block, head, block.len);
	size_t whole = rest.len / SILT_GATE_GROUP;
	look_at_groups(tips, rest.ptr, whole, at + head);
	struct silt_bytes tail = silt_bytes_slice(rest, whole * SILT_GATE_GROUP, rest.len);
	if (tail.len > 0) {
		memcpy(tips->group, tail.ptr, tail.len);
	}
	if (last && end % SILT_GATE_GROUP > 0) {
		look_at_groups(tips, tips->group, 1, end - end % SILT_GATE_GROUP);
	}
}

void silt_tips_drop(struct silt_tips *tips, uint64_t limit)
{
	size_t kept = 0;
	for (size_t i = 0; i < tips->count; i++) {
		if (tips->list[i].at >= limit) {
			tips->list[kept++] = tips->list[i];
		}
	}
	tips->count = kept;
}
