/* Both ends of the link. */
#include "cli/cache_link.h"

#include "cli/message.h"

#include <stdlib.h>
#include <string.h>

/*
 *   0      1            33
 *   +------+------------+---------------+
 *   | kind | key 32     | value         |      the value of KEEP only
 *   +------+------------+---------------+
 */
struct question {
	unsigned char kind;
	unsigned char key[SILT_CACHE_KEY_SIZE];
};

_Static_assert(sizeof(struct question) == 1 + SILT_CACHE_KEY_SIZE, "no padding goes through the pipe");

/* ---- The child ------------------------------------------------------------------------------------------------------- */

static void ask(struct cli_cache_link *link, uint32_t what, enum silt_cache_kind kind, const unsigned char *key,
		const void *value, size_t size)
{
	struct question question = {.kind = (unsigned char)kind};
	memcpy(question.key, key, sizeof(question.key));
	link->broken = link->broken || !cli_wire_begin(link->to, what, sizeof(question) + size) ||
		       !cli_wire_write(link->to, &question, sizeof(question)) || !cli_wire_write(link->to, value, size);
}

/* The number that an answer begins with; 0 if there is none. */
static uint32_t answer(struct cli_cache_link *link)
{
	uint32_t number = 0;
	link->broken = link->broken || !cli_wire_read(link->from, &number, sizeof(number));
	return link->broken ? 0 : number;
}

static bool take_value(struct cli_cache_link *link, uint32_t size, void **value)
{
	char *bytes = size > 0 && size <= SILT_CACHE_VALUE_MAX ? malloc(size) : NULL;
	link->broken = link->broken || (size > 0 && bytes == NULL) || !cli_wire_read(link->from, bytes, size);
	if (link->broken) {
		free(bytes);
		return false;
	}
	*value = bytes;
	return size > 0;
}

static bool find(void *ctx, enum silt_cache_kind kind, const unsigned char *key, void **value, size_t *size)
{
	struct cli_cache_link *link = ctx;
	(void)pthread_mutex_lock(&link->mutex);
	ask(link, CLI_CACHE_FIND, kind, key, NULL, 0);
	const uint32_t length = answer(link);
	const bool found = take_value(link, length, value);
	(void)pthread_mutex_unlock(&link->mutex);
	*size = found ? length : 0;
	return found;
}

static bool claim(void *ctx, const unsigned char *key)
{
	struct cli_cache_link *link = ctx;
	(void)pthread_mutex_lock(&link->mutex);
	ask(link, CLI_CACHE_CLAIM, SILT_CACHE_BLOB, key, NULL, 0);
	const bool claimed = answer(link) != 0 || link->broken;
	(void)pthread_mutex_unlock(&link->mutex);
	return claimed;
}

static void tell(struct cli_cache_link *link, uint32_t what, enum silt_cache_kind kind, const unsigned char *key,
		 const void *value, size_t size)
{
	(void)pthread_mutex_lock(&link->mutex);
	ask(link, what, kind, key, value, size);
	(void)pthread_mutex_unlock(&link->mutex);
}

static void release(void *ctx, const unsigned char *key)
{
	tell(ctx, CLI_CACHE_RELEASE, SILT_CACHE_BLOB, key, NULL, 0);
}

static void keep(void *ctx, enum silt_cache_kind kind, const unsigned char *key, const void *value, size_t size)
{
	if (size > 0 && size <= SILT_CACHE_VALUE_MAX) {
		tell(ctx, CLI_CACHE_KEEP, kind, key, value, size);
	}
}

static void refuse(void *ctx, enum silt_cache_kind kind, const unsigned char *key)
{
	tell(ctx, CLI_CACHE_REFUSE, kind, key, NULL, 0);
}

struct silt_cache_access cli_cache_link_open(struct cli_cache_link *link, int to, int from)
{
	*link = (struct cli_cache_link){.to = to, .from = from};
	(void)pthread_mutex_init(&link->mutex, NULL);
	return (struct silt_cache_access){
		.ctx = link, .find = find, .claim = claim, .release = release, .keep = keep, .refuse = refuse};
}

/* ---- The parent ------------------------------------------------------------------------------------------------------ */

static bool answer_find(const struct silt_cache_access *access, const struct question *question, int to)
{
	void *value = NULL;
	size_t size = 0;
	const bool found =
		access->find(access->ctx, (enum silt_cache_kind)question->kind, question->key, &value, &size);
	const uint32_t length = found ? (uint32_t)size : 0;
	const bool told = cli_wire_write(to, &length, sizeof(length)) && cli_wire_write(to, value, length);
	free(value);
	return told;
}

static bool answer_claim(const struct silt_cache_access *access, const struct question *question, int to)
{
	const uint32_t claimed = access->claim(access->ctx, question->key);
	return cli_wire_write(to, &claimed, sizeof(claimed));
}

/* False also if there is no memory for it: what the child sends then cannot be told apart any more. */
static bool take_kept(struct cli_cache_host *host, const struct silt_cache_access *access,
		      const struct question *question, size_t size, int from)
{
	char *value = malloc(size);
	const bool taken = value != NULL && cli_wire_read(from, value, size);
	host->kept += size;
	if (taken && host->kept <= CLI_CACHE_KEPT_MAX) {
		access->keep(access->ctx, (enum silt_cache_kind)question->kind, question->key, value, size);
	}
	free(value);
	return taken;
}

bool cli_cache_link_answer(struct cli_cache_host *host, const struct cli_wire_head *head, int from, int to)
{
	struct question question;
	const bool keeps = head->kind == CLI_CACHE_KEEP;
	const size_t value = head->length > sizeof(question) ? head->length - sizeof(question) : 0;
	if (host->cache == NULL || head->length < sizeof(question) || (keeps ? value == 0 : value > 0) ||
	    value > SILT_CACHE_VALUE_MAX || !cli_wire_read(from, &question, sizeof(question)) ||
	    question.kind >= SILT_CACHE_KINDS) {
		return false;
	}
	const struct silt_cache_access access = silt_cache_access(host->cache);
	switch (head->kind) {
	case CLI_CACHE_FIND:
		return answer_find(&access, &question, to);
	case CLI_CACHE_CLAIM:
		return answer_claim(&access, &question, to);
	case CLI_CACHE_RELEASE:
		access.release(access.ctx, question.key);
		return true;
	case CLI_CACHE_KEEP:
		return take_kept(host, &access, &question, value, from);
	case CLI_CACHE_REFUSE:
		access.refuse(access.ctx, (enum silt_cache_kind)question.kind, question.key);
		return true;
	default:
		return false;
	}
}

void cli_cache_say(struct silt_cache *cache, const char *folder)
{
	struct silt_cache_use use;
	silt_cache_used(cache, &use);
	if (use.bad > 0) {
		cli_say("the cache %s: %llu %s no good, damaged or sealed with another key: the layers were read "
			"instead.",
			cli_printable(folder).text, use.bad, use.bad == 1 ? "record was" : "records were");
	}
	if (use.trouble[0] != '\0') {
		cli_say("%s; the scan went on without.", use.trouble);
	}
}
