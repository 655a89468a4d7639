/* Quoting commands. */
#include "audit/history_quote.h"

#include "audit/credential.h"
#include "base/ascii.h"
#include "base/escape.h"

/* Options whose value is often a secret, of curl, wget, git, mysql and many more. */
static const char valued[] = "-H --header --proxy-user -d --data --data-raw --data-binary --data-urlencode "
			     "-F --form -b --cookie --oauth2-bearer --password --http-password --http-user "
			     "--proxy-password --token --auth-token --secret --passphrase --api-key --key --pass "
			     "--post-data";

/* Options whose value is a name, and perhaps a password behind a colon. */
static const char named[] = "-u -U --user --username";

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

/* True if the word behind `option` is not to be shown. */
static bool hides(struct silt_bytes option, struct silt_bytes word)
{
	return silt_is_word_of(option, valued) ||
	       (silt_is_word_of(option, named) && silt_bytes_find_byte(word, ':') != SIZE_MAX);
}

static void add_pair(struct silt_buffer *out, struct silt_bytes word, size_t equals)
{
	enum silt_confidence confidence;
	struct silt_bytes name = silt_bytes_slice(word, 0, equals);
	struct silt_bytes value = silt_bytes_slice(word, equals + 1, word.len);
	bool secret = hides(name, value) || silt_looks_like_credential(name, value, &confidence);
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

static void add_behind(struct silt_buffer *out, struct silt_bytes option, struct silt_bytes word)
{
	if (hides(option, word)) {
		silt_buffer_add_text(out, HIDDEN);
	} else {
		add_word(out, word);
	}
}

void silt_quote_words(const struct silt_build *build, const struct silt_command *command, size_t first, size_t last,
		      struct silt_buffer *out)
{
	struct silt_buffer text = {0};
	struct silt_bytes option = {0};
	for (size_t i = first; i < last && i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		silt_buffer_add_text(&text, i > first ? " " : "");
		add_behind(&text, option, word);
		option = word;
	}
	silt_redact(&build->redactor, silt_buffer_bytes(&text), out);
	out->failed |= text.failed;
	silt_buffer_done(&text);
}

const char *silt_quote_line(const struct silt_build *build, struct silt_bytes line, struct silt_arena *arena)
{
	struct silt_buffer text = {0}, quoted = {0};
	struct silt_bytes option = {0}, word;
	while (silt_bytes_cut(&line, ' ', &word)) {
		silt_buffer_add_text(&text, text.len > 0 ? " " : "");
		add_behind(&text, option, word);
		option = word;
	}
	silt_redact(&build->redactor, silt_buffer_bytes(&text), &quoted);
	quoted.failed |= text.failed;
	silt_buffer_done(&text);
	return silt_quote_text(&quoted, arena);
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
