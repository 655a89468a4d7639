/* redis.conf: whether the server answers everybody. Valkey and KeyDB read the same. */
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("**/etc", "redis*.conf"),  SILT_PLACE("**/redis", "*.conf"), SILT_PLACE("**/etc", "valkey*.conf"),
	SILT_PLACE("**/valkey", "*.conf"),    SILT_PLACE("", "redis*.conf"),    SILT_PLACE("**/etc", "keydb*.conf"),
	SILT_PLACE("**/conf", "redis*.conf"), SILT_PLACE("**/keydb", "*.conf"),
};

/* A sentinel must be reached by others, and its sample says "protected-mode no". */
static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places)) &&
	       silt_bytes_find(file->name, SILT_LITERAL("sentinel")) == SIZE_MAX;
}

/* What the lines say in the end: of most settings the last one holds. */
struct redis {
	uint32_t unprotected; /* the line; 0: it is protected */
	uint32_t password;
	const char *by; /* the setting that asks for one */
	bool loopback;  /* it listens on nothing else */
};

static bool is_loopback_list(struct silt_bytes addresses)
{
	struct silt_bytes word;
	size_t count = 0;
	for (; silt_fact_word(&addresses, &word); count++) {
		if (word.ptr[0] == '-') {
			word = silt_bytes_slice(word, 1, word.len); /* "if there is such an address" */
		}
		struct silt_fact_address address = {.host = silt_bytes_unquoted(word)};
		if (!silt_fact_is_local(&address)) {
			return false;
		}
	}
	return count > 0;
}

/* user NAME on >password ~* +@all */
static bool user_has_password(struct silt_bytes rules)
{
	struct silt_bytes word;
	bool has = false;
	while (silt_fact_word(&rules, &word)) {
		if (silt_bytes_equal_nocase(word, SILT_LITERAL("nopass"))) {
			return false;
		}
		has = has || word.ptr[0] == '>' || word.ptr[0] == '#';
	}
	return has;
}

static void read_password(struct redis *redis, uint32_t line, struct silt_bytes name, struct silt_bytes value)
{
	static const char *const settings[] = {"requirepass", "aclfile", "user"};
	for (size_t i = 0; i < SILT_COUNT(settings); i++) {
		bool user = i == 2;
		if (silt_bytes_equal_nocase(name, silt_bytes_text(settings[i])) &&
		    (user ? user_has_password(value) : silt_bytes_unquoted(value).len > 0)) {
			redis->password = line;
			redis->by = settings[i];
		}
	}
}

static void read_line(struct redis *redis, struct silt_bytes line, uint32_t number)
{
	struct silt_bytes name, value;
	silt_fact_word(&line, &name);
	value = silt_bytes_trim(line);
	if (silt_bytes_equal_nocase(name, SILT_LITERAL("protected-mode"))) {
		redis->unprotected = silt_fact_is_one(silt_bytes_unquoted(value), "no") ? number : 0;
	} else if (silt_bytes_equal_nocase(name, SILT_LITERAL("bind"))) {
		redis->loopback = is_loopback_list(value);
	} else {
		read_password(redis, number, name, value);
	}
}

/* In the order of their lines. */
static enum silt_status tell(const struct silt_fact_listener *listener, const struct redis *redis)
{
	const struct silt_fact_seen open = {SILT_FACT_REDIS_UNPROTECTED, redis->loopback ? 0 : redis->unprotected,
					    SILT_LITERAL("protected-mode no")};
	const struct silt_fact_seen closed = {SILT_FACT_REDIS_HAS_PASSWORD, redis->password,
					      silt_bytes_text(redis->by)};
	bool open_first = open.line < closed.line;
	const struct silt_fact_seen facts[] = {open_first ? open : closed, open_first ? closed : open};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(facts) && status == SILT_OK; i++) {
		status = facts[i].line > 0 ? listener->fn(listener->ctx, &facts[i], listener->err) : SILT_OK;
	}
	return status;
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line;
	struct redis redis = {0};
	while (silt_fact_line(&lines, &line)) {
		read_line(&redis, line, lines.number);
	}
	return tell(&listener, &redis);
}

const struct silt_fact_reader silt_facts_of_redis = {.wants = wants, .read = read};
