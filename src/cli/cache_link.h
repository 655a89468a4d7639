/*
 * The record cache of a child that can open nothing: it asks its parent, who has the folder.
 *
 *   child                                     parent
 *   find(kind, key)      -- pipe of reports -->   looks into the cache
 *                        <-- pipe of answers --   a value, or none
 *   claim(key)           -->                      yes or no: it never waits
 *                        <--
 *   release, refuse, keep(kind, key, value)  -->  no answer
 *
 * The parent takes nothing apart: it seals and stores the bytes that it gets, up to SILT_CACHE_VALUE_MAX of them, and gives
 * back what it has sealed. A child that was taken over can so lie about any layer to later scans (docs/sandbox.md), and
 * about nothing else.
 */
#ifndef SILT_CLI_CACHE_LINK_H
#define SILT_CLI_CACHE_LINK_H

#include "cli/wire.h"
#include "silt/cache.h"

#include <pthread.h>

/* Kinds of messages. Those of reports are below. */
enum { CLI_CACHE_FIND = 16, CLI_CACHE_CLAIM, CLI_CACHE_RELEASE, CLI_CACHE_KEEP, CLI_CACHE_REFUSE, CLI_CACHE_END };

/* The child's end. */
struct cli_cache_link {
	int to, from;          /* borrows */
	pthread_mutex_t mutex; /* a question and its answer belong together */
	bool broken;           /* the parent does not answer: everything is a miss */
};

/* Lets a child ask by these pipes. The callbacks live as long as `link`. */
struct silt_cache_access cli_cache_link_open(struct cli_cache_link *link, int to, int from);

/* Bytes that one child may have kept, so that it cannot fill the disk: sixty layers of a million files each. */
#define CLI_CACHE_KEPT_MAX (UINT64_C(1) << 30)

/* The parent's end. */
struct cli_cache_host {
	struct silt_cache *cache; /* owns; NULL: there is none */
	uint64_t kept;            /* bytes so far */
};

/*
 * In the parent: answers a message of one of the kinds above, whose head was read `from` the child. False if it is no
 * such message, or the child is gone.
 */
bool cli_cache_link_answer(struct cli_cache_host *host, const struct cli_wire_head *head, int from, int to);

/* Says what was wrong with a cache that is about to be closed. `folder`: its name, as typed. */
void cli_cache_say(struct silt_cache *cache, const char *folder);

#endif
