/* Keeping what is read, and giving it again. */
#include "audit/spool.h"

#include "base/limits.h"
#include "base/seal.h"
#include "base/secure.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct silt_spool {
	int fd;             /* borrows */
	silt_read_fn *read; /* of the input */
	void *ctx;          /* borrows */
	uint64_t kept, given;
	uint8_t key[SILT_SEAL_KEY_SIZE];
	uint8_t room[SILT_BLOCK_SIZE]; /* a piece as it is in the file */
};

enum silt_status silt_spool_new(int fd, silt_read_fn *read, void *ctx, struct silt_spool **out, struct silt_error *err)
{
	enum silt_status status = silt_secure_init(err);
	struct silt_spool *spool = status == SILT_OK ? malloc(sizeof(*spool)) : NULL;
	if (!spool) {
		return status == SILT_OK ? silt_fail_memory(err) : status;
	}
	silt_leave_undumped(spool, sizeof(*spool));
	spool->fd = fd;
	spool->read = read;
	spool->ctx = ctx;
	spool->kept = spool->given = 0;
	silt_random(spool->key, sizeof(spool->key));
	*out = spool;
	return SILT_OK;
}

void silt_spool_free(struct silt_spool *spool)
{
	if (spool) {
		silt_wipe(spool->key, sizeof(spool->key));
	}
	free(spool);
}

void silt_spool_rewind(struct silt_spool *spool)
{
	spool->given = 0;
}

static bool write_all(const struct silt_spool *spool, size_t size)
{
	for (size_t done = 0; done < size;) {
		const ssize_t put = pwrite(spool->fd, spool->room + done, size - done, (off_t)(spool->kept + done));
		if (put <= 0 && errno != EINTR) {
			return false;
		}
		done += put > 0 ? (size_t)put : 0;
	}
	return true;
}

int64_t silt_spool_keep(void *ctx, void *buffer, size_t size)
{
	struct silt_spool *spool = ctx;
	const size_t most = size < sizeof(spool->room) ? size : sizeof(spool->room);
	const int64_t got = spool->read(spool->ctx, buffer, most);
	if (got <= 0 || (uint64_t)got > most) {
		return got;
	}
	silt_keystream_xor(spool->key, spool->kept, buffer, spool->room, (size_t)got);
	if (!write_all(spool, (size_t)got)) {
		return -1;
	}
	spool->kept += (uint64_t)got;
	return got;
}

int64_t silt_spool_give(void *ctx, void *buffer, size_t size)
{
	struct silt_spool *spool = ctx;
	const uint64_t left = spool->kept - spool->given;
	size_t most = size < sizeof(spool->room) ? size : sizeof(spool->room);
	most = most < left ? most : (size_t)left;
	ssize_t got;
	do {
		got = most == 0 ? 0 : pread(spool->fd, spool->room, most, (off_t)spool->given);
	} while (got < 0 && errno == EINTR);
	if (got > 0) {
		silt_keystream_xor(spool->key, spool->given, spool->room, buffer, (size_t)got);
		spool->given += (uint64_t)got;
	}
	return got;
}
