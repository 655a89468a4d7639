/* The carry between blocks. It holds what may be secrets, and is wiped. */
#include "secret/recent.h"

#include "base/pages.h"
#include "base/secure.h"

#include <assert.h>

/* Bytes that an engine may read, not use, behind a buffer of ours. */
enum { SLACK = 64 };

/* A carry that held more gives its memory back: few streams do. */
enum { USUAL = 256 * 1024 };

static size_t carry_size(const struct silt_recent *recent)
{
	return 3 * recent->keep_max + SLACK;
}

bool silt_recent_init(struct silt_recent *recent, size_t keep_max)
{
	*recent = (struct silt_recent){.keep = keep_max, .keep_max = keep_max};
	recent->carry = silt_pages_new(carry_size(recent));
	return recent->carry != NULL;
}

void silt_recent_done(struct silt_recent *recent)
{
	silt_recent_reset(recent);
	silt_pages_free(recent->carry, carry_size(recent));
	recent->carry = NULL;
}

void silt_recent_reset(struct silt_recent *recent)
{
	if (recent->carry_used > USUAL) {
		silt_pages_clear(recent->carry, carry_size(recent));
	} else if (recent->carry_used > 0) {
		silt_wipe(recent->carry, recent->carry_used);
	}
	recent->block = (struct silt_bytes){0};
	recent->fed = 0;
	recent->carry_len = 0;
	recent->carry_used = 0;
	recent->joined = 0;
}

void silt_recent_begin(struct silt_recent *recent, size_t keep)
{
	assert(keep <= recent->keep_max);
	silt_recent_reset(recent);
	recent->keep = keep;
}

void silt_recent_widen(struct silt_recent *recent, size_t keep)
{
	assert(keep <= recent->keep_max);
	recent->keep = keep > recent->keep ? keep : recent->keep;
}

void silt_recent_push(struct silt_recent *recent, struct silt_bytes block)
{
	recent->block = block;
	recent->fed += block.len;
	recent->joined = 0;
}

static void copy_behind_carry(struct silt_recent *recent, struct silt_bytes bytes)
{
	/* No bytes may have no address, which memcpy does not take. */
	if (bytes.len > 0) {
		memcpy(recent->carry + recent->carry_len, bytes.ptr, bytes.len);
	}
	size_t used = recent->carry_len + bytes.len;
	recent->carry_used = used > recent->carry_used ? used : recent->carry_used;
}

/*
 * Puts the head of the block behind the carry: as much as a run that begins in the carry can need. More of it if the
 * stream was widened since.
 */
static void join(struct silt_recent *recent)
{
	struct silt_bytes head = silt_bytes_slice(recent->block, 0, recent->keep);
	if (recent->joined < head.len) {
		copy_behind_carry(recent, head);
		recent->joined = head.len;
	}
}

/*
 * Keeps at least `keep` bytes, if there were as many, and at most twice that. Small blocks pile up before the older
 * half is dropped, so that a stream of single bytes is not moved at each of them.
 */
void silt_recent_settle(struct silt_recent *recent)
{
	size_t keep = recent->keep;
	if (recent->block.len >= keep) {
		recent->carry_len = 0;
		copy_behind_carry(recent, silt_bytes_slice(recent->block, recent->block.len - keep, keep));
		recent->carry_len = keep;
	} else {
		join(recent);
		recent->carry_len += recent->joined;
	}
	if (recent->carry_len > 2 * keep) {
		memmove(recent->carry, recent->carry + recent->carry_len - keep, keep);
		recent->carry_len = keep;
	}
	recent->block = (struct silt_bytes){0};
	recent->joined = 0;
}

struct silt_bytes silt_recent_bytes(struct silt_recent *recent, uint64_t at, size_t len)
{
	assert(len <= recent->keep && at <= recent->fed && len <= recent->fed - at);
	uint64_t block_at = recent->fed - recent->block.len;
	if (at >= block_at) {
		return silt_bytes(recent->block.ptr + (at - block_at), len);
	}
	assert(block_at - at <= recent->carry_len);
	join(recent);
	return silt_bytes(recent->carry + recent->carry_len - (block_at - at), len);
}
