/* Commands that fetch from the network. */
#include "audit/fetch.h"

#include "base/ascii.h"
#include "base/attributes.h"

/* Options of curl, of one letter, whose value is the rest of the word or the next one. */
static const char curl_valued[] = "AbcCdDeEFhHKmoPQrTtuUwxXyYz";

static bool is_this_host(struct silt_bytes address)
{
	static const char *const hosts[] = {"localhost", "127.", "0.0.0.0", "[::1]"};
	size_t at = silt_bytes_find(address, SILT_LITERAL("://"));
	address = silt_bytes_slice(address, at == SIZE_MAX ? 0 : at + strlen("://"), address.len);
	for (size_t i = 0; i < SILT_COUNT(hosts); i++) {
		if (silt_bytes_begin(address, hosts[i])) {
			return true;
		}
	}
	return false;
}

/* "-kL" and "-fsSLk", not "-ok", which writes to a file k. */
static bool has_curl_letter(struct silt_bytes word, uint8_t letter)
{
	if (word.len < 2 || word.ptr[0] != '-' || word.ptr[1] == '-') {
		return false;
	}
	for (size_t i = 1; i < word.len; i++) {
		if (word.ptr[i] == letter) {
			return true;
		}
		if (silt_is_one_of(word.ptr[i], curl_valued)) {
			return false;
		}
	}
	return false;
}

static bool is_insecure_option(const struct silt_command *command, struct silt_bytes word)
{
	return silt_command_is(command, "curl")
		       ? has_curl_letter(word, 'k') || silt_bytes_equal(word, SILT_LITERAL("--insecure"))
		       : silt_bytes_equal(word, SILT_LITERAL("--no-check-certificate"));
}

/* What sends something, or only asks whether somebody is there, fetches nothing to keep. */
static bool sends(const struct silt_command *command, struct silt_bytes word)
{
	static const char options[] =
		"-V --version --help -I --head --spider --post-data --post-file --data --data-raw "
		"--data-binary --data-urlencode --form --upload-file";
	return silt_is_word_of(word, options) ||
	       (silt_command_is(command, "curl") && (has_curl_letter(word, 'd') || has_curl_letter(word, 'F') ||
						     has_curl_letter(word, 'T') || has_curl_letter(word, 'I')));
}

/* "get.docker.com/x", which curl and wget take for http://get.docker.com/x. */
static bool is_bare_address(struct silt_bytes word)
{
	struct silt_bytes host = silt_bytes_slice(word, 0, silt_bytes_find_byte(word, '/'));
	size_t dot = silt_bytes_find_last_byte(host, '.');
	if (dot == SIZE_MAX || dot == 0 || host.len - dot - 1 < 2) {
		return false;
	}
	for (size_t i = 0; i < host.len; i++) {
		bool plain = silt_is_letter(host.ptr[i]) ||
			     (i <= dot && (silt_is_digit(host.ptr[i]) || silt_is_one_of(host.ptr[i], ".-")));
		if (!plain) {
			return false;
		}
	}
	return true;
}

static bool is_address(const struct silt_shell_word *word)
{
	bool unknown = (word->flags & SILT_SHELL_EXPANDED) != 0 && silt_bytes_begin(word->text, "$");
	bool whole = silt_bytes_find(word->text, SILT_LITERAL("://")) != SIZE_MAX;
	return (whole || unknown || is_bare_address(word->text)) && !is_this_host(word->text);
}

bool silt_fetch_read(const struct silt_command *command, struct silt_fetch *out)
{
	bool found = false;
	*out = (struct silt_fetch){0};
	if (!silt_command_is(command, "curl wget")) {
		return false;
	}
	for (size_t i = command->program + 1; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		if (sends(command, word)) {
			return false;
		}
		found = found || is_address(&command->words[i]);
		out->insecure = out->insecure || is_insecure_option(command, word);
		out->plain = out->plain || ((silt_bytes_begin(word, "http://") || silt_bytes_begin(word, "ftp://")) &&
					    !is_this_host(word));
	}
	return found;
}
