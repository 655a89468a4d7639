/*
 * Ignore files, line by line: "NAME [exp:YYYY-MM-DD] [# comment]".
 *
 * Such files are written for several tools at once, and mostly for scanners of vulnerabilities. So a name that is not
 * silt's is no mistake, and is told once with all others of its kind.
 */
#include "policy/policy.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/escape.h"
#include "policy/names.h"
#include "policy/read.h"

enum {
	BYTES_MAX = 1024 * 1024,
	LINES_MAX = 50000,
	ENTRIES_MAX = 10000,
	NOTES_MAX = 20,
	SOURCE_MAX = 200,
	NAME_MAX_BYTES = 200,
};

/* One file being read. */
struct reader {
	struct silt_policy *policy;
	const struct silt_rules *rules;
	const char *source;
	uint32_t line;
	size_t entries, notes;
	size_t vulnerabilities; /* names such as CVE-2024-1234 */
	bool starved;
};

/* ---- Notes --------------------------------------------------------------------------------------------------------- */

static void note_line(struct reader *reader, struct silt_bytes text, const char *why)
{
	char shown[SILT_POLICY_SHOWN_SIZE];
	if (reader->notes++ < NOTES_MAX &&
	    !silt_policy_add_note(reader->policy, "line %u of %s: \"%s\" %s", (unsigned)reader->line, reader->source,
				  silt_policy_show(text, shown), why)) {
		reader->starved = true;
	}
}

static void note_rest(struct reader *reader)
{
	bool noted = true;
	if (reader->notes > NOTES_MAX) {
		noted = silt_policy_add_note(reader->policy, "%s: %zu more lines that cannot be followed",
					     reader->source, reader->notes - NOTES_MAX);
	}
	if (noted && reader->vulnerabilities > 0) {
		noted = silt_policy_add_note(
			reader->policy, "%s: %zu %s of vulnerabilities, which silt does not look for", reader->source,
			reader->vulnerabilities, reader->vulnerabilities == 1 ? "name" : "names");
	}
	reader->starved = reader->starved || !noted;
}

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

static bool is_vulnerability(struct silt_bytes name)
{
	static const char *const starts[] = {"CVE-",     "GHSA-", "DLA-",  "DSA-",  "ELSA-",    "RHSA-", "RHBA-",
					     "RHEA-",    "ALAS-", "ALAS2", "USN-",  "SUSE-",    "GO-",   "PYSEC-",
					     "RUSTSEC-", "TEMP-", "ALSA-", "RLSA-", "openSUSE-"};
	for (size_t i = 0; i < SILT_COUNT(starts); i++) {
		struct silt_bytes start = silt_bytes_text(starts[i]);
		if (silt_bytes_equal_nocase(silt_bytes_slice(name, 0, start.len), start)) {
			return true;
		}
	}
	return false;
}

/* Up to a '#' that begins the line or stands behind a blank. */
static struct silt_bytes without_comment(struct silt_bytes line)
{
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '#' && (i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t')) {
			line.len = i;
		}
	}
	return silt_bytes_trim(line);
}

/* The next word of a line; false if there is none. */
static bool next_word(struct silt_bytes *rest, struct silt_bytes *word)
{
	*rest = silt_bytes_trim(*rest);
	size_t len = 0;
	while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '\t') {
		len++;
	}
	*word = silt_bytes_slice(*rest, 0, len);
	*rest = silt_bytes_slice(*rest, len, rest->len);
	return len > 0;
}

/* What stands behind the name: nothing, or "exp:" and a day. */
static bool read_rest(struct silt_bytes rest, int64_t *expires)
{
	struct silt_bytes word, none, exp = SILT_LITERAL("exp:");
	*expires = INT64_MAX;
	if (!next_word(&rest, &word)) {
		return true;
	}
	return silt_bytes_start_with(word, exp) &&
	       silt_policy_day(silt_bytes_slice(word, exp.len, word.len), expires) && !next_word(&rest, &none);
}

static void add_entry(struct reader *reader, struct silt_bytes name, bool fingerprint, int64_t expires)
{
	struct silt_arena *arena = &reader->policy->arena;
	struct silt_policy_waiver *waiver = silt_arena_alloc(arena, sizeof(*waiver));
	struct silt_policy_text *text = silt_arena_alloc(arena, sizeof(*text));
	struct silt_bytes copy = silt_arena_copy(arena, name);
	if (!waiver || !text || !copy.ptr) {
		reader->starved = true;
		return;
	}
	*text = (struct silt_policy_text){.text = (const char *)copy.ptr, .bytes = copy};
	*waiver = (struct silt_policy_waiver){.source = reader->source,
					      .line = reader->line,
					      .number = ++reader->entries,
					      .fingerprints = fingerprint ? text : NULL,
					      .rules = fingerprint ? NULL : text,
					      .reason = "",
					      .expires = expires,
					      .ignore = true};
	silt_policy_add_waiver(reader->policy, waiver);
}

static bool name_is_known(const struct reader *reader, struct silt_bytes name)
{
	char text[NAME_MAX_BYTES + 1];
	if (name.len > NAME_MAX_BYTES) {
		return false;
	}
	memcpy(text, name.ptr, name.len);
	text[name.len] = '\0';
	return silt_policy_id_known(text, reader->rules);
}

static void read_line(struct reader *reader, struct silt_bytes line)
{
	struct silt_bytes name, rest = without_comment(line);
	int64_t expires;
	if (!next_word(&rest, &name)) {
		return;
	}
	bool fingerprint = silt_policy_is_fingerprint(name);
	if (is_vulnerability(name)) {
		reader->vulnerabilities++;
	} else if (!fingerprint && !name_is_known(reader, name)) {
		note_line(reader, name, "is called so by no check and no rule");
	} else if (!read_rest(rest, &expires)) {
		note_line(reader, silt_bytes_trim(rest), "is no last day, such as exp:2027-01-31: it accepts nothing");
	} else if (reader->entries == ENTRIES_MAX) {
		note_line(reader, name, "is one too many: it accepts nothing");
	} else {
		add_entry(reader, name, fingerprint, expires);
	}
}

/* ---- The file ------------------------------------------------------------------------------------------------------ */

static enum silt_status check_text(const char *source, struct silt_bytes text, struct silt_error *err)
{
	if (text.len > BYTES_MAX) {
		return silt_fail(err, SILT_ERR_USAGE, "%s: more than %d bytes are no file of names", source, BYTES_MAX);
	}
	if (silt_bytes_find_byte(text, '\0') != SIZE_MAX) {
		return silt_fail(err, SILT_ERR_USAGE, "%s: expected lines of text, found a NUL", source);
	}
	return SILT_OK;
}

enum silt_status silt_policy_add_ignores(struct silt_policy *policy, const struct silt_policy_file *file,
					 const struct silt_rules *rules, struct silt_error *err)
{
	struct reader reader = {.policy = policy, .rules = rules};
	struct silt_bytes line, text = silt_bytes(file->text, file->size), bom = SILT_LITERAL("\xEF\xBB\xBF");
	reader.source = silt_escape_cut(&policy->arena, silt_bytes_text(file->name), SOURCE_MAX);
	if (!reader.source) {
		return silt_fail_memory(err);
	}
	enum silt_status status = check_text(reader.source, text, err);
	if (status != SILT_OK) {
		return status;
	}
	text = silt_bytes_start_with(text, bom) ? silt_bytes_slice(text, bom.len, text.len) : text;
	while (silt_bytes_cut(&text, '\n', &line) && !reader.starved) {
		if (++reader.line > LINES_MAX) {
			return silt_fail(err, SILT_ERR_USAGE, "%s: more than %d lines", reader.source, LINES_MAX);
		}
		read_line(&reader, line);
	}
	note_rest(&reader);
	return reader.starved ? silt_fail_memory(err) : SILT_OK;
}
