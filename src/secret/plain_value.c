/* One small test for each kind of value that is no secret. */
#include "secret/plain_value.h"

#include "base/ascii.h"
#include "base/attributes.h"

enum {
	/* Bytes before a value in which its name stands. */
	NAME_BEFORE = 40,
	/* Letters of a word, on average, in a name made of words. Base62 comes to less than two. */
	WORD_LETTERS = 3,
};

static bool starts_with(struct silt_bytes value, const char *text)
{
	return silt_bytes_start_with(value, silt_bytes_text(text));
}

/* ---- Words ----------------------------------------------------------------------------------------------------------- */

/* What a name is made of: "oauth2Token_id" has the words oauth, Token, id, of 12 letters, and one number. */
struct census {
	size_t words, letters, numbers, digits;
	size_t joints;
	bool strange; /* something that stands in no name */
};

/* A word begins with a letter behind something else, or with a capital behind a small letter. */
static bool begins_word(struct silt_bytes value, size_t at)
{
	uint8_t here = value.ptr[at];
	uint8_t before = at > 0 ? value.ptr[at - 1] : 0;
	if (silt_is_upper(here)) {
		bool ends_capitals = silt_is_upper(before) && at + 1 < value.len && silt_is_lower(value.ptr[at + 1]);
		return !silt_is_upper(before) || ends_capitals;
	}
	return !silt_is_lower(before) && !silt_is_upper(before);
}

static struct census count_words(struct silt_bytes value)
{
	struct census census = {0};
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		if (silt_is_letter(c)) {
			census.letters++;
			census.words += begins_word(value, i);
		} else if (silt_is_digit(c)) {
			census.digits++;
			census.numbers += i == 0 || !silt_is_digit(value.ptr[i - 1]);
		} else if (silt_is_one_of(c, "_-.:/\\<>=&|*()[]{}'\" ,;")) {
			census.joints++; /* as in code; what only passwords have ("!", "#", "@") is strange */
		} else {
			census.strange = true;
		}
	}
	return census;
}

bool silt_is_identifier(struct silt_bytes value)
{
	struct census census = count_words(value);
	if (census.strange || census.words == 0 || census.letters < WORD_LETTERS * census.words) {
		return false;
	}
	if (census.digits == 0) {
		return true;
	}
	return census.words >= 2 && census.numbers <= 1 + census.words / 4 && 4 * census.digits <= census.letters;
}

bool silt_is_call(struct silt_bytes value)
{
	size_t name = 0;
	while (name < value.len && !silt_is_one_of(value.ptr[name], "([")) {
		name++;
	}
	if (name == value.len || name < WORD_LETTERS || !silt_is_identifier(silt_bytes_slice(value, 0, name))) {
		return false;
	}
	return name + 1 == value.len || silt_is_one_of(value.ptr[value.len - 1], ")];,(");
}

/* ---- Places ---------------------------------------------------------------------------------------------------------- */

/* Bytes of "scheme://" in front, or 0. */
static size_t scheme_length(struct silt_bytes value)
{
	size_t at = 0;
	while (at < value.len && (silt_is_letter(value.ptr[at]) ||
				  (at > 0 && (silt_is_digit(value.ptr[at]) || silt_is_one_of(value.ptr[at], "+.-"))))) {
		at++;
	}
	return at > 0 && starts_with(silt_bytes_slice(value, at, value.len), "://") ? at + 3 : 0;
}

bool silt_is_bare_url(struct silt_bytes value)
{
	size_t scheme = scheme_length(value);
	if (scheme == 0) {
		return false;
	}
	struct silt_bytes host = silt_bytes_slice(value, scheme, value.len);
	size_t end = 0;
	while (end < host.len && !silt_is_one_of(host.ptr[end], "/?#")) {
		end++;
	}
	host.len = end;
	size_t at = silt_bytes_find_last_byte(host, '@');
	return at == SIZE_MAX || silt_bytes_find_byte(silt_bytes_slice(host, 0, at), ':') == SIZE_MAX;
}

bool silt_is_email(struct silt_bytes value)
{
	size_t at = silt_bytes_find_byte(value, '@');
	if (at == SIZE_MAX || at == 0) {
		return false;
	}
	struct silt_bytes user = silt_bytes_slice(value, 0, at);
	struct silt_bytes host = silt_bytes_slice(value, at + 1, value.len);
	struct census words = count_words(host);
	return !count_words(user).strange && !words.strange && words.letters >= WORD_LETTERS * words.words &&
	       words.words >= 2 && silt_bytes_find_byte(host, '.') != SIZE_MAX;
}

/* A component of a path: nothing, dots, a number, words, or words and a number ("python3"). */
static bool is_component(struct silt_bytes part)
{
	struct census census = count_words(part);
	return !census.strange && census.letters >= WORD_LETTERS * census.words && census.digits <= 8 &&
	       census.numbers <= 2 + census.joints;
}

bool silt_is_path(struct silt_bytes value)
{
	static const char *const starts[] = {
		"./",     "../",    "~/",    ".\\",     "..\\",    "/app/", "/bin/", "/boot/", "/data/", "/dev/",
		"/etc/",  "/home/", "/lib/", "/lib64/", "/media/", "/mnt/", "/opt/", "/proc/", "/root/", "/run/",
		"/sbin/", "/srv/",  "/sys/", "/tmp/",   "/usr/",   "/var/", "arn:",  "urn:",
	};
	for (size_t i = 0; i < SILT_COUNT(starts); i++) {
		if (starts_with(value, starts[i])) {
			return true;
		}
	}
	if (value.len > 3 && (silt_is_letter(value.ptr[0])) && value.ptr[1] == ':' &&
	    silt_is_one_of(value.ptr[2], "/\\")) {
		return true;
	}
	if (silt_bytes_find_byte(value, '/') == SIZE_MAX) {
		return false;
	}
	struct silt_bytes part;
	while (silt_bytes_cut(&value, '/', &part)) {
		if (!is_component(part)) {
			return false;
		}
	}
	return true;
}

/* ---- Numbers and digests --------------------------------------------------------------------------------------------- */

bool silt_is_uuid(struct silt_bytes value)
{
	if (value.len == 38 && value.ptr[0] == '{' && value.ptr[37] == '}') {
		value = silt_bytes_slice(value, 1, 36);
	}
	if (value.len != 36) {
		return false;
	}
	for (size_t i = 0; i < value.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? value.ptr[i] != '-' : !silt_is_hex(value.ptr[i])) {
			return false;
		}
	}
	return true;
}

bool silt_is_number(struct silt_bytes value)
{
	if (value.len > 2 && (starts_with(value, "0x") || starts_with(value, "0X"))) {
		return value.len <= 18 && silt_all_hex(silt_bytes_slice(value, 2, value.len));
	}
	if (value.len == 7 && value.ptr[0] == '#') {
		return silt_all_hex(silt_bytes_slice(value, 1, value.len));
	}
	size_t joints = 0;
	for (size_t i = 0; i < value.len; i++) {
		bool joint = silt_is_one_of(value.ptr[i], ".:-/,+ _TZ");
		joints += joint;
		if (!joint && !silt_is_digit(value.ptr[i])) {
			return false;
		}
	}
	return joints > 0;
}

/* Names of digests, in lower case: "md5:..." in a value, "sha1 = " before one. */
static const char *const digests[] = {
	"md5",    "sha1",   "sha-1",   "sha224", "sha256", "sha-256",
	"sha384", "sha512", "sha-512", "blake2", "blake3", "ripemd",
};

/* What else says that hexadecimal digits behind it are no secret. */
static const char *const digest_names[] = {
	"checksum", "chksum",   "cksum",     "digest",  "integrity", "fingerprint", "thumbprint", "etag",
	"commit",   "revision", "changeset", "git-sha", "gitsha",    "git_sha",     "crc",
};

static bool stands_at(struct silt_bytes text, size_t at, const char *word)
{
	struct silt_bytes wanted = silt_bytes_text(word);
	return wanted.len <= text.len - at && silt_bytes_equal_nocase(silt_bytes(text.ptr + at, wanted.len), wanted);
}

static bool contains_one(struct silt_bytes text, const char *const *list, size_t count)
{
	for (size_t at = 0; at < text.len; at++) {
		for (size_t i = 0; i < count; i++) {
			if (stands_at(text, at, list[i])) {
				return true;
			}
		}
	}
	return false;
}

/* MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512 in hexadecimal. */
static bool is_digest_length(size_t length)
{
	return length == 32 || length == 40 || length == 56 || length == 64 || length == 96 || length == 128;
}

/* "sha256:...": the name, and something between. */
static bool begins_with_digest(struct silt_bytes value)
{
	for (size_t i = 0; i < SILT_COUNT(digests); i++) {
		size_t len = strlen(digests[i]);
		if (value.len > len + 1 && stands_at(value, 0, digests[i]) &&
		    silt_is_one_of(value.ptr[len], ":-=_ $")) {
			return true;
		}
	}
	return false;
}

bool silt_is_named_digest(struct silt_bytes value, struct silt_bytes before)
{
	if (begins_with_digest(value)) {
		return true;
	}
	if (!is_digest_length(value.len) || !silt_all_hex(value)) {
		return false;
	}
	size_t start = before.len > NAME_BEFORE ? before.len - NAME_BEFORE : 0;
	struct silt_bytes name = silt_bytes_slice(before, start, before.len);
	size_t line = silt_bytes_find_last_byte(name, '\n');
	name = line == SIZE_MAX ? name : silt_bytes_slice(name, line, name.len);
	return contains_one(name, digests, SILT_COUNT(digests)) ||
	       contains_one(name, digest_names, SILT_COUNT(digest_names));
}

/* ---- All of it --------------------------------------------------------------------------------------------------------- */

/* What code leaves around a name when a pattern stops at the next space: "'name')", "**kwargs", "None):". */
static struct silt_bytes without_code(struct silt_bytes value)
{
	static const char around[] = "'\"`()[]{}<>*&:;,";
	while (value.len > 0 && silt_is_one_of(value.ptr[0], around)) {
		value = silt_bytes_slice(value, 1, value.len);
	}
	while (value.len > 0 && silt_is_one_of(value.ptr[value.len - 1], around)) {
		value.len--;
	}
	return value;
}

static bool is_plain(struct silt_bytes value)
{
	return silt_is_bare_url(value) || silt_is_path(value) || silt_is_email(value) || silt_is_identifier(value) ||
	       silt_is_call(value) || silt_is_uuid(value) || silt_is_number(value);
}

bool silt_is_plain_value(struct silt_bytes value, struct silt_bytes before)
{
	value = silt_bytes_trim(value);
	struct silt_bytes bare = without_code(value);
	return bare.len == 0 || is_plain(value) || is_plain(bare) || silt_is_named_digest(bare, before);
}
