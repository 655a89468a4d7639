/*
 * Packages, a hash table of Berkeley DB (rpm before 4.16: RHEL 8 and older, CentOS). Keys are package numbers, values are
 * headers. Numbers are in the order of the machine that wrote them; those of little-endian machines are read.
 *
 *     page 0        at 12: magic 0x061561; at 20: size of a page; at 25: type 8
 *     other pages   at 16: number of the next page; at 20: number of items, or (overflow) at 22: bytes on this page;
 *                   at 25: type; from 26: hash: offsets of the items, 2 bytes each; overflow: data
 *     items         by turns a key and a value; the first byte says how it is kept:
 *                   1: here; 3: on overflow pages: 3 bytes unused, number of the first page 4, length 4
 */
#include "base/buffer.h"
#include "content/package_parse.h"

enum {
	MAGIC = 0x061561,
	MAGIC_AT = 12,
	PAGE_SIZE_AT = 20,
	NEXT_AT = 16,
	COUNT_AT = 20,
	FREE_AT = 22,
	TYPE_AT = 25,
	PAGE_HEADER = 26,
	PAGE_SIZE_MIN = 512,
	PAGE_SIZE_MAX = 65536,

	PAGE_HASH_UNSORTED = 2,
	PAGE_OVERFLOW = 7,
	PAGE_HASH = 13,

	ITEM_HERE = 1,
	ITEM_OFF_PAGE = 3,
	OFF_PAGE_SIZE = 12,
	COUNTER_SIZE = 4,
};

struct table {
	struct silt_bytes whole;
	size_t page_size;
	uint64_t budget; /* pages that may still be read: chains that share pages, or loop, are not of Berkeley DB */
};

static size_t u16le(const uint8_t p[static 2])
{
	return (size_t)p[0] | (size_t)p[1] << 8;
}

/* A page of the file; NULL if it is not there, or too many were read. */
static const uint8_t *read_page(struct table *table, uint64_t number)
{
	if (table->budget == 0 || number >= table->whole.len / table->page_size) {
		return NULL;
	}
	table->budget--;
	return table->whole.ptr + number * table->page_size;
}

/* Joins the overflow pages of a value. False if they do not make `length` bytes. */
static bool join(struct table *table, uint32_t first, uint32_t length, struct silt_buffer *out)
{
	uint32_t number = first;
	silt_buffer_clear(out);
	while (out->len < length && number != 0) {
		const uint8_t *page = read_page(table, number);
		if (!page || page[TYPE_AT] != PAGE_OVERFLOW || u16le(page + FREE_AT) > table->page_size - PAGE_HEADER) {
			return false;
		}
		silt_buffer_add(out, silt_bytes(page + PAGE_HEADER, u16le(page + FREE_AT)));
		number = silt_u32le(page + NEXT_AT);
	}
	return out->len == length;
}

/* The value that an item holds, or points to; empty if it is damaged. */
static struct silt_bytes value_of(struct table *table, struct silt_bytes item, struct silt_buffer *room)
{
	if (item.ptr[0] == ITEM_HERE) {
		return silt_bytes_slice(item, 1, item.len);
	}
	bool joined = item.ptr[0] == ITEM_OFF_PAGE && item.len >= OFF_PAGE_SIZE &&
		      join(table, silt_u32le(item.ptr + 4), silt_u32le(item.ptr + 8), room);
	return joined ? silt_buffer_bytes(room) : silt_bytes(NULL, 0);
}

/* Items fill a page from its end: each ends where the one before it begins. */
static enum silt_status give_page(struct silt_package_reader *reader, struct table *table, const uint8_t *page,
				  struct silt_buffer *room, struct silt_error *err)
{
	size_t count = u16le(page + COUNT_AT), end = table->page_size;
	enum silt_status status = SILT_OK;
	if ((page[TYPE_AT] != PAGE_HASH && page[TYPE_AT] != PAGE_HASH_UNSORTED) ||
	    count > (table->page_size - PAGE_HEADER) / 2) {
		return SILT_OK;
	}
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		size_t at = u16le(page + PAGE_HEADER + 2 * i);
		if (at < PAGE_HEADER + 2 * count || at >= end) {
			reader->damaged = true;
			return SILT_OK;
		}
		if (i % 2 == 1) {
			struct silt_bytes value = value_of(table, silt_bytes(page + at, end - at), room);
			bool counter = value.len == COUNTER_SIZE; /* which package number comes next */
			if (room->failed) {
				return silt_fail_memory(err);
			}
			status = counter ? SILT_OK : silt_rpm_header(reader, value, err);
		}
		end = at;
	}
	return status;
}

enum silt_status silt_rpm_hash(struct silt_package_reader *reader, struct silt_bytes whole, struct silt_error *err)
{
	if (whole.len < PAGE_SIZE_MIN || silt_u32le(whole.ptr + MAGIC_AT) != MAGIC) {
		reader->damaged = true;
		return SILT_OK;
	}
	size_t page_size = silt_u32le(whole.ptr + PAGE_SIZE_AT);
	if (page_size < PAGE_SIZE_MIN || page_size > PAGE_SIZE_MAX) {
		reader->damaged = true;
		return SILT_OK;
	}
	uint64_t pages = whole.len / page_size;
	struct table table = {.whole = whole, .page_size = page_size, .budget = 2 * pages};
	struct silt_buffer room = {0};
	enum silt_status status = SILT_OK;
	for (uint64_t number = 1; number < pages && status == SILT_OK; number++) {
		const uint8_t *page = read_page(&table, number);
		status = page ? give_page(reader, &table, page, &room, err) : SILT_OK;
	}
	silt_buffer_done(&room);
	return status;
}
