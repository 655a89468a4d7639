/*
 * What several stages use up together, whichever threads they run in. Zeroed: nothing was used yet.
 *
 * The sum of what was used does not depend on the order of the stages. Which of them is the first that gets nothing any
 * more does: so whoever is refused says it (`refused`), and who runs stages side by side must run them again, one after
 * the other, if one was.
 */
#ifndef SILT_BASE_SHARED_USE_H
#define SILT_BASE_SHARED_USE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct silt_shared_use {
	_Atomic uint64_t used;
	_Atomic bool refused; /* somebody found nothing left, or too little */
};

/* How much of `limit` is left. */
static inline uint64_t silt_shared_left(const struct silt_shared_use *use, uint64_t limit)
{
	const uint64_t used = atomic_load_explicit(&use->used, memory_order_relaxed);
	return used < limit ? limit - used : 0;
}

static inline void silt_shared_take(struct silt_shared_use *use, uint64_t amount)
{
	atomic_fetch_add_explicit(&use->used, amount, memory_order_relaxed);
}

static inline void silt_shared_refuse(struct silt_shared_use *use)
{
	atomic_store_explicit(&use->refused, true, memory_order_relaxed);
}

/* Takes `amount` if so much of `limit` is left; else false. */
static inline bool silt_shared_claim(struct silt_shared_use *use, uint64_t limit, uint64_t amount)
{
	const bool fits = amount <= silt_shared_left(use, limit);
	if (fits) {
		silt_shared_take(use, amount);
	} else {
		silt_shared_refuse(use);
	}
	return fits;
}

/* True if `limit` did or may have decided over a stage. For when all stages have ended. */
static inline bool silt_shared_was_short(const struct silt_shared_use *use, uint64_t limit)
{
	return atomic_load(&use->refused) || atomic_load(&use->used) > limit;
}

#endif
