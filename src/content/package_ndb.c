/*
 * Packages.db, rpm's own format "ndb" (SUSE). All numbers are little endian.
 *
 *     +----------+---------+------------+-------+----------------------------------------------+
 *     | "RpmP" 4 | version | generation | pages | ... 32 bytes in all                          |
 *     +----------+---------+------------+-------+----------------------------------------------+
 *     | slots, 16 bytes each, up to pages * 4096: "Slot", package, block, blocks (of 16 bytes) |
 *     +----------------------------------------------------------------------------------------+
 *     | blobs: "BlbS", package, generation, length; the header; its end                        |
 *     +----------------------------------------------------------------------------------------+
 */
#include "content/package_parse.h"

enum {
	HEADER_SIZE = 32,
	PAGES_AT = 12,
	PAGE_SIZE = 4096,
	SLOT_SIZE = 16,
	BLOCK_SIZE = 16,
	BLOB_HEADER_SIZE = 16,
};

/* The blob that a slot points to; empty if it is not one of that package. */
static struct silt_bytes blob_of(struct silt_bytes whole, const uint8_t slot[static SLOT_SIZE])
{
	uint64_t at = (uint64_t)silt_u32le(slot + 8) * BLOCK_SIZE;
	if (at >= whole.len) {
		return silt_bytes(NULL, 0);
	}
	struct silt_bytes blob = silt_bytes_slice(whole, (size_t)at, whole.len);
	if (blob.len < BLOB_HEADER_SIZE || !silt_bytes_start_with(blob, SILT_LITERAL("BlbS")) ||
	    silt_u32le(blob.ptr + 4) != silt_u32le(slot + 4)) {
		return silt_bytes(NULL, 0);
	}
	return silt_bytes_slice(blob, BLOB_HEADER_SIZE, silt_u32le(blob.ptr + 12));
}

enum silt_status silt_rpm_ndb(struct silt_package_reader *reader, struct silt_bytes whole, struct silt_error *err)
{
	if (whole.len < HEADER_SIZE || !silt_bytes_start_with(whole, SILT_LITERAL("RpmP"))) {
		reader->damaged = true;
		return SILT_OK;
	}
	uint64_t slots_end = (uint64_t)silt_u32le(whole.ptr + PAGES_AT) * PAGE_SIZE;
	struct silt_bytes slots = silt_bytes_slice(whole, 0, slots_end < whole.len ? (size_t)slots_end : whole.len);
	uint64_t budget = whole.len; /* each byte is read once: slots that share a blob are no database of rpm's */
	enum silt_status status = SILT_OK;
	for (size_t at = HEADER_SIZE; status == SILT_OK && at + SLOT_SIZE <= slots.len; at += SLOT_SIZE) {
		const uint8_t *slot = slots.ptr + at;
		if (!silt_bytes_start_with(silt_bytes(slot, SLOT_SIZE), SILT_LITERAL("Slot"))) {
			reader->damaged = true;
			return SILT_OK;
		}
		if (silt_u32le(slot + 4) == 0) {
			continue;
		}
		struct silt_bytes blob = blob_of(whole, slot);
		if (blob.len > budget) {
			reader->damaged = true;
			return SILT_OK;
		}
		budget -= blob.len;
		status = silt_rpm_header(reader, blob, err);
	}
	return status;
}
