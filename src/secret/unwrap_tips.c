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
	free(tips->windows.list);
	free(tips->signs.list);
	tips->windows = tips->signs = (struct silt_tip_queue){0};
}

void silt_tips_reset(struct silt_tips *tips)
{
	silt_wipe(tips->group, sizeof(tips->group));
	tips->windows.next = tips->windows.count = 0;
	tips->signs.next = tips->signs.count = 0;
	tips->failed = false;
}

/* Signs come in the order of their ends: one may begin a few bytes before the one that came before it. */
static void add(struct silt_tips *tips, struct silt_tip_queue *queue, enum silt_tip_kind kind, uint64_t at)
{
	void *list = queue->list;
	if (!silt_grow(&list, queue->count, &queue->capacity, sizeof(*queue->list))) {
		tips->failed = true;
		return;
	}
	queue->list = list;
	size_t place = queue->count++;
	while (place > queue->next && queue->list[place - 1].at > at) {
		queue->list[place] = queue->list[place - 1];
		place--;
	}
	queue->list[place] = (struct silt_tip){at, kind};
}

/*
 * Letters and digits need no escape and seldom get one; the signs of a text that escapes everything are its dashes,
 * underscores, colons and line ends. JSON inside JSON shows by a name and its value in escaped quotes. Others are the
 * starts of values in base64 that are too short for the gate to be sure of: the ids of keys of AWS, AKIA and ASIA.
 */
const struct silt_literal silt_signs[] = {
	{SILT_LITERAL_INIT("%0a"), true},        {SILT_LITERAL_INIT("%20"), true},
	{SILT_LITERAL_INIT("%22"), true},        {SILT_LITERAL_INIT("%2b"), true},
	{SILT_LITERAL_INIT("%2d"), true},        {SILT_LITERAL_INIT("%2f"), true},
	{SILT_LITERAL_INIT("%3a"), true},        {SILT_LITERAL_INIT("%3d"), true},
	{SILT_LITERAL_INIT("%40"), true},        {SILT_LITERAL_INIT("%5f"), true},
	{SILT_LITERAL_INIT("\\u00"), false},     {SILT_LITERAL_INIT("\\x2"), false},
	{SILT_LITERAL_INIT("\\x3"), false},      {SILT_LITERAL_INIT("\\x4"), false},
	{SILT_LITERAL_INIT("\\x5"), false},      {SILT_LITERAL_INIT("\\x6"), false},
	{SILT_LITERAL_INIT("\\x7"), false},      {SILT_LITERAL_INIT("\\/"), false},
	{SILT_LITERAL_INIT("\\055"), false},     {SILT_LITERAL_INIT("\\137"), false},
	{SILT_LITERAL_INIT("\\\":\\\""), false}, {SILT_LITERAL_INIT("\\\": \\\""), false},
	{SILT_LITERAL_INIT("QUtJQ"), false},     {SILT_LITERAL_INIT("QVNJQ"), false},
};
const size_t silt_sign_count = SILT_COUNT(silt_signs);

void silt_tips_sign(struct silt_tips *tips, uint32_t sign, uint64_t at)
{
	switch (silt_signs[sign].text.ptr[0]) {
	case '%':
		add(tips, &tips->signs, SILT_TIP_PERCENT, at);
		break;
	case '\\':
		add(tips, &tips->signs, SILT_TIP_BACKSLASH, at);
		break;
	default:
		add(tips, &tips->signs, SILT_TIP_ROWS, at);
	}
}

/* True if 8 bytes are characters with zeros between them, in the order that the zeros of the window have. */
static bool is_wide(const uint8_t *bytes, bool zero_first)
{
	bool wide = true;
	for (size_t i = 0; i < 8; i += 2) {
		wide = wide && bytes[i + !zero_first] == 0 && bytes[i + zero_first] != 0;
	}
	return wide;
}

/* The shortest text is twice as long as a window: half of what is more stands before or behind it. */
static bool may_be_wide(const uint8_t *group, size_t at, bool zero_first)
{
	bool first = at == 0;
	bool last = at + SILT_GATE_WINDOW == SILT_GATE_GROUP;
	return first || last || is_wide(group + at - 8, zero_first) ||
	       is_wide(group + at + SILT_GATE_WINDOW, zero_first);
}

/* What the gate let through: one more look tells most of it from text. */
static void look_at_windows(struct silt_tips *tips, const uint8_t *group, unsigned windows, uint64_t group_at)
{
	for (; windows; windows &= windows - 1) {
		size_t at = SILT_LOWEST_BIT(windows) * (size_t)SILT_GATE_WINDOW;
		bool zero_first = group[at] == 0;
		if (zero_first != (group[at + 1] == 0)) {
			if (may_be_wide(group, at, zero_first)) {
				add(tips, &tips->windows, SILT_TIP_WIDE, group_at + at);
			}
		} else if (silt_row_filter_passes(&tips->filter, group + at)) {
			add(tips, &tips->windows, SILT_TIP_ROWS, group_at + at);
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

static uint64_t next_place(const struct silt_tip_queue *queue)
{
	return queue->next < queue->count ? queue->list[queue->next].at : UINT64_MAX;
}

bool silt_tips_take(struct silt_tips *tips, uint64_t limit, struct silt_tip *tip)
{
	bool sign_first = next_place(&tips->signs) < next_place(&tips->windows);
	struct silt_tip_queue *queue = sign_first ? &tips->signs : &tips->windows;
	if (next_place(queue) >= limit) {
		return false;
	}
	*tip = queue->list[queue->next++];
	return true;
}

static void settle(struct silt_tip_queue *queue)
{
	queue->count -= queue->next;
	if (queue->next > 0 && queue->count > 0) {
		memmove(queue->list, queue->list + queue->next, queue->count * sizeof(*queue->list));
	}
	queue->next = 0;
}

void silt_tips_settle(struct silt_tips *tips)
{
	settle(&tips->windows);
	settle(&tips->signs);
}
