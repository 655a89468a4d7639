/* Quoting commands. */
#include "audit/history_quote.h"

#include "audit/credential.h"
#include "base/ascii.h"
#include "base/escape.h"

/* Options whose value is often a secret, of curl, wget, git, mysql and many more. */
static const char valued[] = "-H --header -u --user --proxy-user -d --data --data-raw --data-binary --data-urlencode "
			     "-F --form -b --cookie -U --oauth2-bearer --password --http-password --http-user "
			     "--proxy-password --token --auth-token --secret --passphrase --api-key --key --pass "
			     "--username --post-data";

#define HIDDEN "***"

static void add_hidden(struct silt_buffer *out, struct silt_bytes shown)
{
	silt_buffer_add(out, shown);
	silt_buffer_add_text(out, HIDDEN);
}

/* "https://user:x@host/a?b=c" without "user:x" and "b=c". */
static void add_address(struct silt_buffer *out, struct silt_bytes word, size_t authority)
{
	struct silt_bytes rest = silt_bytes_slice(word, authority, word.len);
	size_t host_end = 0;
	while (host_end < rest.len && !silt_is_one_of(rest.ptr[host_end], "/?#")) {
		host_end++;
	}
	size_t at = silt_bytes_find_last_byte(silt_bytes_slice(rest, 0, host_end), '@');
	silt_buffer_add(out, silt_bytes_slice(word, 0, authority));
	if (at != SIZE_MAX) {
		silt_buffer_add_text(out, HIDDEN);
		rest = silt_bytes_slice(rest, at, rest.len);
	}
	size_t query = silt_bytes_find_byte(rest, '?');
	if (query != SIZE_MAX && query + 1 < rest.len) {
		add_hidden(out, silt_bytes_slice(rest, 0, query + 1));
	} else {
		silt_buffer_add(out, rest);
	}
}

static void add_pair(struct silt_buffer *out, struct silt_bytes word, size_t equals)
{
	enum silt_confidence confidence;
	struct silt_bytes name = silt_bytes_slice(word, 0, equals);
	struct silt_bytes value = silt_bytes_slice(word, equals + 1, word.len);
	bool secret = silt_is_word_of(name, valued) || silt_looks_like_credential(name, value, &confidence);
	if (secret) {
		add_hidden(out, silt_bytes_slice(word, 0, equals + 1));
	} else {
		silt_buffer_add(out, word);
	}
}

static void add_word(struct silt_buffer *out, struct silt_bytes word)
{
	size_t scheme = silt_bytes_find(word, SILT_LITERAL("://"));
	size_t equals = silt_bytes_find_byte(word, '=');
	if (scheme != SIZE_MAX) {
		add_address(out, word, scheme + strlen("://"));
	} else if (equals != SIZE_MAX) {
		add_pair(out, word, equals);
	} else {
		silt_buffer_add(out, word);
	}
}

void silt_quote_words(const struct silt_build *build, const struct silt_command *command, size_t first, size_t last,
		      struct silt_buffer *out)
{
	struct silt_buffer text = {0};
	bool hide = false;
	for (size_t i = first; i < last && i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		silt_buffer_add_text(&text, i > first ? " " : "");
		if (hide) {
			silt_buffer_add_text(&text, HIDDEN);
		} else {
			add_word(&text, word);
		}
		hide = !hide && silt_is_word_of(word, valued);
	}
	silt_redact(&build->redactor, silt_buffer_bytes(&text), out);
	out->failed |= text.failed;
	silt_buffer_done(&text);
}

const char *silt_quote_text(struct silt_buffer *quoted, struct silt_arena *arena)
{
	const char *text = quoted->failed ? NULL : silt_escape_cut(arena, silt_buffer_bytes(quoted), SILT_QUOTE_MAX);
	silt_buffer_done(quoted);
	*quoted = (struct silt_buffer){0};
	return text;
}

const char *silt_quote_command(const struct silt_build *build, const struct silt_command *command,
			       struct silt_arena *arena)
{
	struct silt_buffer quoted = {0};
	silt_quote_words(build, command, command->outer, command->count, &quoted);
	return silt_quote_text(&quoted, arena);
}
