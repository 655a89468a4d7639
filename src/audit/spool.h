/*
 * What is read of a pipe, kept for a second reading: encrypted in a file, under a key that is in memory only.
 *
 *   byte n of the file = byte n of the input XOR byte n of the key stream (XChaCha20)
 *
 * The file has no name and nobody else; that it is not changed meanwhile is not proven, and a second reading compares what
 * it meets with the first one anyway.
 */
#ifndef SILT_AUDIT_SPOOL_H
#define SILT_AUDIT_SPOOL_H

#include "base/error.h"
#include "stream/source.h"

struct silt_spool;

/* `fd` and `ctx` are borrowed; `read` is that of the input. */
enum silt_status silt_spool_new(int fd, silt_read_fn *read, void *ctx, struct silt_spool **out, struct silt_error *err);
void silt_spool_free(struct silt_spool *spool);

/* A silt_read_fn with the spool as ctx: reads the input and keeps what comes. -1 with errno also if that fails. */
int64_t silt_spool_keep(void *spool, void *buffer, size_t size);

/* The same: gives what was kept, from its start. */
int64_t silt_spool_give(void *spool, void *buffer, size_t size);

/* The next byte given is the first. */
void silt_spool_rewind(struct silt_spool *spool);

#endif
