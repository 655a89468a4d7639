/*
 * A hash table of globs. What a glob is filed under is what a path can be asked for without knowing the globs: its last
 * component, alone or with the folder it is in; one of its folders; one of the endings of its name that begin with a
 * dot; how its name begins, or its last byte.
 */
#include "secret/file_names.h"

#include "base/ascii.h"
#include "secret/glob.h"

#include <stdlib.h>

enum kind {
	EXACT,  /* "id_rsa"; "etc/shadow": with its parent */
	FOLDER, /* "yum.repos.d" and a pattern in it: by its last folder without a wildcard */
	ENDING, /* "*.tfvars" */
	START,  /* ".env.*": by its first three bytes */
	FIRST,  /* "x?.pem": by its first byte */
	LAST,   /* "*_rsa": by its last byte */
	ANY,    /* "*secret*" */
};

/* Bytes of a name's start that it can be asked for. */
enum { START_LENGTH = 3 };

/* FNV-1a, from the end to the start of a name, so that all its endings are hashed on the way. */
static const uint64_t hash_start = 0xcbf29ce484222325U;

static uint64_t hash_more(uint64_t hash, uint8_t byte)
{
	return (hash ^ silt_lower(byte)) * 0x100000001b3U;
}

static uint64_t key_of(enum kind kind, uint64_t hash)
{
	uint64_t key = hash_more(hash, (uint8_t)kind);
	return key ^ key >> 32;
}

/* Goes on from `hash` with the bytes of `text`, the last one first. */
static uint64_t hash_back(uint64_t hash, struct silt_bytes text)
{
	for (size_t i = text.len; i > 0; i--) {
		hash = hash_more(hash, text.ptr[i - 1]);
	}
	return hash;
}

static uint64_t hash_of(struct silt_bytes text)
{
	return hash_back(hash_start, text);
}

/* "folder/name", for a name that has been hashed. */
static uint64_t hash_with_parent(uint64_t name, struct silt_bytes parent)
{
	return hash_back(hash_more(name, '/'), parent);
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

/* Cuts the last component off a path, and the slash before it. (Byte by byte this would be half of the whole cost.) */
static struct silt_bytes cut_last(struct silt_bytes *path)
{
	const uint8_t *slash = path->len > 0 ? memrchr(path->ptr, '/', path->len) : NULL;
	size_t start = slash ? (size_t)(slash - path->ptr) + 1 : 0;
	struct silt_bytes last = silt_bytes_slice(*path, start, path->len);
	path->len = slash ? start - 1 : 0;
	return last;
}

static uint64_t length_bit(struct silt_bytes folder)
{
	return UINT64_C(1) << (folder.len < 63 ? folder.len : 63);
}

static void note_folder(uint64_t lengths[static 256], struct silt_bytes folder)
{
	lengths[silt_lower(folder.ptr[0])] |= length_bit(folder);
}

static bool may_be_folder(const uint64_t lengths[static 256], struct silt_bytes folder)
{
	return folder.len > 0 && (lengths[silt_lower(folder.ptr[0])] & length_bit(folder)) != 0;
}

/* The last folder that has no wildcard; the empty one if there is none. */
static struct silt_bytes plain_folder(struct silt_bytes folders)
{
	while (folders.len > 0) {
		struct silt_bytes folder = cut_last(&folders);
		if (folder.len > 0 && !has_wild(folder)) {
			return folder;
		}
	}
	return silt_bytes(NULL, 0);
}

/* What a name with wildcards is filed under, if no folder tells more. */
static uint64_t name_key(struct silt_bytes name)
{
	struct silt_bytes ending = silt_bytes_slice(name, 1, name.len);
	if (name.ptr[0] == '*' && ending.len > 0 && ending.ptr[0] == '.' && !has_wild(ending)) {
		return key_of(ENDING, hash_of(ending));
	}
	struct silt_bytes start = silt_bytes_slice(name, 0, START_LENGTH);
	if (start.len == START_LENGTH && !has_wild(start)) {
		return key_of(START, hash_of(start));
	}
	if (!is_wild(name.ptr[0])) {
		return key_of(FIRST, hash_more(hash_start, name.ptr[0]));
	}
	if (!is_wild(name.ptr[name.len - 1])) {
		return key_of(LAST, hash_more(hash_start, name.ptr[name.len - 1]));
	}
	return key_of(ANY, hash_start);
}

/* What a glob is filed under. */
static uint64_t file_key(struct silt_file_names *names, struct silt_bytes glob)
{
	struct silt_bytes folders = glob;
	struct silt_bytes name = cut_last(&folders);
	struct silt_bytes parent = silt_path_basename(folders);
	if (!has_wild(name)) {
		if (parent.len == 0 || has_wild(parent)) {
			return key_of(EXACT, hash_of(name));
		}
		note_folder(names->parents, parent);
		return key_of(EXACT, hash_with_parent(hash_of(name), parent));
	}
	struct silt_bytes folder = plain_folder(folders);
	if (folder.len == 0) {
		return name_key(name);
	}
	note_folder(names->folders, folder);
	names->any_folder = true;
	return key_of(FOLDER, hash_of(folder));
}

/* A bit for each byte of the name that is no wildcard; many bytes share one. */
static uint64_t letters_of(struct silt_bytes name)
{
	uint64_t letters = 0;
	for (size_t i = 0; i < name.len; i++) {
		letters |= is_wild(name.ptr[i]) ? 0 : UINT64_C(1) << (silt_lower(name.ptr[i]) & 63);
	}
	return letters;
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
	name->key = file_key(names, name->glob);
	name->letters = letters_of(silt_path_basename(name->glob));
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
	struct silt_bytes name; /* its last component */
	uint64_t letters;       /* of the name; 0: nobody asked yet */
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

/* True if the name of the path has all the letters that the glob wants. */
static bool has_letters(struct question *question, uint64_t letters)
{
	if (question->letters == 0) {
		question->letters = letters_of(question->name);
	}
	return (letters & ~question->letters) == 0;
}

static void look_up(struct question *question, uint64_t key)
{
	const struct silt_file_names *names = question->names;
	for (uint32_t i = names->chains[key & names->mask]; i != UINT32_MAX; i = names->list[i].next) {
		const struct silt_file_name *name = &names->list[i];
		if (name->key == key && has_letters(question, name->letters) &&
		    silt_glob_names(name->glob, question->path)) {
			insert(question, name->rule);
		}
	}
}

/* By the name alone; returns its hash. */
static uint64_t look_up_name(struct question *question, struct silt_bytes name)
{
	uint64_t hash = hash_start;
	for (size_t i = name.len; i > 0; i--) {
		hash = hash_more(hash, name.ptr[i - 1]);
		if (name.ptr[i - 1] == '.') {
			look_up(question, key_of(ENDING, hash));
		}
	}
	look_up(question, key_of(EXACT, hash));
	if (name.len >= START_LENGTH) {
		look_up(question, key_of(START, hash_of(silt_bytes_slice(name, 0, START_LENGTH))));
	}
	look_up(question, key_of(FIRST, hash_more(hash_start, name.ptr[0])));
	look_up(question, key_of(LAST, hash_more(hash_start, name.ptr[name.len - 1])));
	look_up(question, key_of(ANY, hash_start));
	return hash;
}

size_t silt_file_names_find(const struct silt_file_names *names, struct silt_bytes path, uint32_t *out)
{
	struct silt_bytes folders = path;
	struct silt_bytes name = cut_last(&folders);
	if (name.len == 0 || names->count == 0) {
		return 0;
	}
	struct question question = {.names = names, .path = path, .name = name, .out = out};
	uint64_t hash = look_up_name(&question, name);
	if (may_be_folder(names->folders, name)) { /* two stars behind a folder stand for nothing, too */
		look_up(&question, key_of(FOLDER, hash));
	}
	for (bool parent = true; folders.len > 0 && (parent || names->any_folder); parent = false) {
		struct silt_bytes folder = cut_last(&folders);
		if (parent && may_be_folder(names->parents, folder)) {
			look_up(&question, key_of(EXACT, hash_with_parent(hash, folder)));
		}
		if (may_be_folder(names->folders, folder)) {
			look_up(&question, key_of(FOLDER, hash_of(folder)));
		}
	}
	return question.count;
}
