/*
 * A hash table over the last components of globs. What a glob is filed under is what a name can be asked for without
 * knowing the globs: all of it, one of its endings that begin with a dot, its first byte, or its last one.
 */
#include "secret/file_names.h"

#include "secret/glob.h"

#include <stdlib.h>

enum kind {
	EXACT,  /* "id_rsa", "etc/shadow" */
	ENDING, /* "*.tfvars" */
	FIRST,  /* ".env.*": by its first byte */
	LAST,   /* "*_rsa": by its last byte */
	ANY,    /* "*secret*" */
};

static uint8_t lower(uint8_t byte)
{
	return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
}

/* FNV-1a, from the end to the start of a name, so that all its endings are hashed on the way. */
static const uint64_t hash_start = 0xcbf29ce484222325U;

static uint64_t hash_more(uint64_t hash, uint8_t byte)
{
	return (hash ^ lower(byte)) * 0x100000001b3U;
}

static uint64_t key_of(enum kind kind, uint64_t hash)
{
	uint64_t key = hash_more(hash, (uint8_t)kind);
	return key ^ key >> 32;
}

static uint64_t hash_of(struct silt_bytes text)
{
	uint64_t hash = hash_start;
	for (size_t i = text.len; i > 0; i--) {
		hash = hash_more(hash, text.ptr[i - 1]);
	}
	return hash;
}

static bool is_wild(uint8_t byte)
{
	return byte == '*' || byte == '?';
}

static bool has_wild(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (is_wild(text.ptr[i])) {
			return true;
		}
	}
	return false;
}

/* What a glob is filed under. */
static uint64_t file_key(struct silt_bytes glob)
{
	struct silt_bytes name = silt_path_basename(glob);
	if (!has_wild(name)) {
		return key_of(EXACT, hash_of(name));
	}
	struct silt_bytes ending = silt_bytes_slice(name, 1, name.len);
	if (name.ptr[0] == '*' && ending.len > 0 && ending.ptr[0] == '.' && !has_wild(ending)) {
		return key_of(ENDING, hash_of(ending));
	}
	if (!is_wild(name.ptr[0])) {
		return key_of(FIRST, hash_more(hash_start, name.ptr[0]));
	}
	if (!is_wild(name.ptr[name.len - 1])) {
		return key_of(LAST, hash_more(hash_start, name.ptr[name.len - 1]));
	}
	return key_of(ANY, hash_start);
}

static bool is_about_files(const struct silt_rule *rule)
{
	return !rule->anchors && !rule->anchors_any_case && rule->files;
}

static size_t count_globs(const struct silt_rule *rules, size_t count)
{
	size_t total = 0;
	for (size_t i = 0; i < count; i++) {
		for (const char *const *glob = rules[i].files; is_about_files(&rules[i]) && *glob; glob++) {
			total++;
		}
	}
	return total;
}

static void add(struct silt_file_names *names, const char *glob, uint32_t rule)
{
	struct silt_file_name *name = &names->list[names->count];
	*name = (struct silt_file_name){.glob = silt_bytes_text(glob), .rule = rule};
	name->key = file_key(name->glob);
	uint32_t *chain = &names->chains[name->key & names->mask];
	name->next = *chain;
	*chain = (uint32_t)names->count++;
}

bool silt_file_names_init(struct silt_file_names *names, const struct silt_rule *rules, size_t count)
{
	size_t globs = count_globs(rules, count);
	size_t size = 64;
	while (size < 4 * globs) {
		size *= 2;
	}
	*names = (struct silt_file_names){.mask = size - 1};
	names->list = calloc(globs + 1, sizeof(*names->list));
	names->chains = malloc(size * sizeof(*names->chains));
	if (!names->list || !names->chains) {
		return false;
	}
	memset(names->chains, 0xff, size * sizeof(*names->chains));
	for (size_t i = 0; i < count; i++) {
		if (is_about_files(&rules[i])) {
			names->rule_count++;
			for (const char *const *glob = rules[i].files; *glob; glob++) {
				add(names, *glob, (uint32_t)i);
			}
		}
	}
	return true;
}

void silt_file_names_done(struct silt_file_names *names)
{
	free(names->list);
	free(names->chains);
	*names = (struct silt_file_names){0};
}

/* One path, and the rules found so far. */
struct question {
	const struct silt_file_names *names;
	struct silt_bytes path;
	uint32_t *out;
	size_t count;
};

static void insert(struct question *question, uint32_t rule)
{
	size_t at = question->count;
	while (at > 0 && question->out[at - 1] > rule) {
		at--;
	}
	if (at > 0 && question->out[at - 1] == rule) {
		return;
	}
	memmove(question->out + at + 1, question->out + at, (question->count - at) * sizeof(*question->out));
	question->out[at] = rule;
	question->count++;
}

static void look_up(struct question *question, uint64_t key)
{
	const struct silt_file_names *names = question->names;
	for (uint32_t i = names->chains[key & names->mask]; i != UINT32_MAX; i = names->list[i].next) {
		const struct silt_file_name *name = &names->list[i];
		if (name->key == key && silt_glob_names(name->glob, question->path)) {
			insert(question, name->rule);
		}
	}
}

size_t silt_file_names_find(const struct silt_file_names *names, struct silt_bytes path, uint32_t *out)
{
	struct silt_bytes name = silt_path_basename(path);
	if (name.len == 0 || names->count == 0) {
		return 0;
	}
	struct question question = {names, path, out, 0};
	uint64_t hash = hash_start;
	for (size_t i = name.len; i > 0; i--) {
		hash = hash_more(hash, name.ptr[i - 1]);
		if (name.ptr[i - 1] == '.') {
			look_up(&question, key_of(ENDING, hash));
		}
	}
	look_up(&question, key_of(EXACT, hash));
	look_up(&question, key_of(FIRST, hash_more(hash_start, name.ptr[0])));
	look_up(&question, key_of(LAST, hash_more(hash_start, name.ptr[name.len - 1])));
	look_up(&question, key_of(ANY, hash_start));
	return question.count;
}
