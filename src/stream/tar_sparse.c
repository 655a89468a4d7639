/* Where the pieces of a sparse file lie. */
#include "stream/tar_sparse.h"

#include "base/arena.h"
#include "stream/tar_field.h"

#include <stdlib.h>

enum { ENTRY_LEN = 24, NUMBER_LEN = 12, HEADER_MAP_AT = 386, HEADER_ENTRIES = 4, BLOCK_ENTRIES = 21 };

void silt_tar_map_done(struct silt_tar_map *map)
{
	free(map->pieces);
}

bool silt_tar_map_begin(struct silt_tar_map *map, int64_t size)
{
	map->count = 0;
	map->end = 0;
	map->size = size < 0 ? 0 : (uint64_t)size;
	return size >= 0;
}

bool silt_tar_map_is_whole(const struct silt_tar_map *map)
{
	return map->size == 0 || (map->count == 1 && map->pieces[0].length == map->size);
}

static void add_piece(struct silt_tar_map *map, uint64_t offset, uint64_t length)
{
	struct silt_tar_piece *last = map->count > 0 ? &map->pieces[map->count - 1] : NULL;
	if (length == 0) {
		return;
	}
	if (last && last->offset + last->length == offset) {
		last->length += length;
		return;
	}
	void *items = map->pieces;
	if (!silt_grow(&items, map->count, &map->capacity, sizeof(*map->pieces))) {
		map->failed = true;
		return;
	}
	map->pieces = items;
	map->pieces[map->count++] = (struct silt_tar_piece){offset, length};
}

void silt_tar_map_plain(struct silt_tar_map *map, uint64_t size)
{
	map->count = 0;
	map->size = size;
	add_piece(map, 0, size);
}

/* Entries come in order, do not overlap, and end within the file. */
static bool add_entry(struct silt_tar_map *map, int64_t offset, int64_t length)
{
	if (offset < 0 || length < 0 || (uint64_t)offset < map->end || (uint64_t)offset > map->size ||
	    (uint64_t)length > map->size - (uint64_t)offset) {
		return false;
	}
	map->end = (uint64_t)offset + (uint64_t)length;
	add_piece(map, (uint64_t)offset, (uint64_t)length);
	return true;
}

/* ---- Old GNU --------------------------------------------------------------------------------------------------------- */

static bool read_entries(struct silt_tar_map *map, const uint8_t *entries, size_t count)
{
	bool good = true;
	for (const uint8_t *entry = entries; good && entry < entries + count * ENTRY_LEN && *entry != 0;
	     entry += ENTRY_LEN) {
		int64_t offset, length;
		good = silt_tar_number(silt_bytes(entry, NUMBER_LEN), &offset) &&
		       silt_tar_number(silt_bytes(entry + NUMBER_LEN, NUMBER_LEN), &length) &&
		       add_entry(map, offset, length);
	}
	return good;
}

bool silt_tar_map_old_header(struct silt_tar_map *map, const uint8_t *header, bool *more)
{
	int64_t size;
	const uint8_t *entries = header + HEADER_MAP_AT, *mark = entries + HEADER_ENTRIES * ENTRY_LEN;
	*more = *mark != 0;
	return silt_tar_number(silt_bytes(mark + 1, NUMBER_LEN), &size) && silt_tar_map_begin(map, size) &&
	       read_entries(map, entries, HEADER_ENTRIES);
}

bool silt_tar_map_old_more(struct silt_tar_map *map, const uint8_t *block, bool *more)
{
	*more = block[BLOCK_ENTRIES * ENTRY_LEN] != 0;
	return read_entries(map, block, BLOCK_ENTRIES);
}

/* ---- In decimal ------------------------------------------------------------------------------------------------------ */

/* Takes pairs of numbers that end in `separator` (the last need not). */
static bool read_pairs(struct silt_tar_map *map, struct silt_bytes numbers, uint8_t separator, int64_t pairs)
{
	struct silt_bytes text[2] = {{0}};
	int64_t offset, length;
	bool good = true;
	for (int64_t i = 0; i < pairs && good; i++) {
		good = silt_bytes_cut(&numbers, separator, &text[0]) && silt_bytes_cut(&numbers, separator, &text[1]) &&
		       silt_tar_decimal(text[0], &offset) && silt_tar_decimal(text[1], &length) &&
		       add_entry(map, offset, length);
	}
	return good;
}

static uint64_t count_bytes(struct silt_bytes text, uint8_t wanted)
{
	uint64_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += text.ptr[i] == wanted;
	}
	return count;
}

bool silt_tar_map_pax(struct silt_tar_map *map, struct silt_bytes count, struct silt_bytes numbers)
{
	int64_t pairs;
	uint64_t given = numbers.len > 0 ? count_bytes(numbers, ',') + 1 : 0;
	return silt_tar_decimal(count, &pairs) && pairs >= 0 && given % 2 == 0 && (uint64_t)pairs == given / 2 &&
	       read_pairs(map, numbers, ',', pairs);
}

uint64_t silt_tar_map_lines(struct silt_bytes text)
{
	int64_t pairs;
	size_t end = silt_bytes_find_byte(text, '\n');
	if (end == SIZE_MAX) {
		return 1;
	}
	if (!silt_tar_decimal(silt_bytes_slice(text, 0, end), &pairs) || pairs < 0 || pairs > INT64_MAX / 2) {
		return 0;
	}
	return 1 + 2 * (uint64_t)pairs;
}

bool silt_tar_map_text(struct silt_tar_map *map, struct silt_bytes text)
{
	struct silt_bytes first;
	int64_t pairs;
	return silt_bytes_cut(&text, '\n', &first) && silt_tar_decimal(first, &pairs) &&
	       read_pairs(map, text, '\n', pairs);
}
