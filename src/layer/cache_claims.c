/* Claims, by locks of the kernel. */
#include "layer/cache_claims.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Layers that are surveyed at the same time are few; who claims more is up to no good, and locks are memory of the kernel. */
enum { CLAIMS_MAX = 1024 };

/* Two keys may share a place: then one waits without need. */
static uint64_t place_of(const unsigned char *key)
{
	return ((uint64_t)silt_u32le(key) | (uint64_t)silt_u32le(key + 4) << 32) >> 2;
}

static bool lock(int fd, short type, uint64_t place)
{
	struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)place, .l_len = 1};
	return fcntl(fd, F_OFD_SETLK, &range) == 0 || (errno != EAGAIN && errno != EACCES);
}

static size_t find(const struct silt_cache_claims *claims, uint64_t place)
{
	size_t at = 0;
	while (at < claims->count && claims->held[at] != place) {
		at++;
	}
	return at;
}

void silt_cache_claims_init(struct silt_cache_claims *claims)
{
	*claims = (struct silt_cache_claims){.fd = -1};
	(void)pthread_mutex_init(&claims->mutex, NULL);
}

void silt_cache_claims_done(struct silt_cache_claims *claims)
{
	if (claims->fd >= 0) {
		(void)close(claims->fd);
	}
	(void)pthread_mutex_destroy(&claims->mutex);
	free(claims->held);
}

bool silt_cache_claims_take(struct silt_cache_claims *claims, const unsigned char *key)
{
	const uint64_t place = place_of(key);
	(void)pthread_mutex_lock(&claims->mutex);
	const bool lockable = claims->fd >= 0 && claims->count < CLAIMS_MAX;
	const bool taken = find(claims, place) == claims->count && (!lockable || lock(claims->fd, F_WRLCK, place));
	if (taken && claims->count < CLAIMS_MAX &&
	    silt_grow((void **)&claims->held, claims->count, &claims->capacity, sizeof(place))) {
		claims->held[claims->count++] = place;
	}
	(void)pthread_mutex_unlock(&claims->mutex);
	return taken;
}

void silt_cache_claims_give(struct silt_cache_claims *claims, const unsigned char *key)
{
	const uint64_t place = place_of(key);
	(void)pthread_mutex_lock(&claims->mutex);
	const size_t at = find(claims, place);
	if (at < claims->count) {
		claims->held[at] = claims->held[--claims->count];
	}
	if (claims->fd >= 0) {
		(void)lock(claims->fd, F_UNLCK, place);
	}
	(void)pthread_mutex_unlock(&claims->mutex);
}
