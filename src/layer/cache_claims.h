/*
 * Who makes the value of a key: one at a time, among the threads of a process and among processes.
 *
 * A claim is a lock on one byte of a file, at a place made of the key. The kernel takes it back when a process ends,
 * however it does. Locks are of the open file (F_OFD_SETLK), so threads of one process are told apart by a list.
 */
#ifndef SILT_LAYER_CACHE_CLAIMS_H
#define SILT_LAYER_CACHE_CLAIMS_H

#include "silt/cache.h"

#include <pthread.h>
#include <stdint.h>

struct silt_cache_claims {
	int fd; /* owns; -1: there is no file, and nobody waits for anybody */
	pthread_mutex_t mutex;
	uint64_t *held; /* owns; places */
	size_t count, capacity;
};

void silt_cache_claims_init(struct silt_cache_claims *claims);
/* Gives all of them back. */
void silt_cache_claims_done(struct silt_cache_claims *claims);

/* False: somebody else has it. What goes wrong otherwise is no reason to wait: true. */
bool silt_cache_claims_take(struct silt_cache_claims *claims, const unsigned char *key);
void silt_cache_claims_give(struct silt_cache_claims *claims, const unsigned char *key);

#endif
