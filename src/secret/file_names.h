/*
 * Which rules about whole files a path concerns: asked once for every file, and so answered in time that grows with the
 * length of the name and not with the number of rules.
 */
#ifndef SILT_SECRET_FILE_NAMES_H
#define SILT_SECRET_FILE_NAMES_H

#include "base/attributes.h"
#include "secret/rule.h"

/* One glob of one rule. */
struct silt_file_name {
	struct silt_bytes glob; /* borrows */
	uint32_t rule;
	uint32_t next; /* in its chain; UINT32_MAX: the last */
	uint64_t key;
	uint64_t letters; /* the bytes that a name must have: silt_file_names_find skips what cannot fit */
};

struct silt_file_names {
	struct silt_file_name *list; /* owns */
	size_t count;
	uint32_t *chains; /* owns: `mask` + 1 places in `list`, UINT32_MAX: none */
	size_t mask;
	size_t rule_count; /* that have a glob here */
	/* By the first byte of a folder's name, a bit for its length: of those that globs are filed under. */
	uint64_t folders[256]; /* alone */
	uint64_t parents[256]; /* with the name in them */
	bool any_folder;       /* in `folders` */
};

/* Of those of the rules that have no anchors, in their order. False if memory ran out; done is due all the same. */
bool silt_file_names_init(struct silt_file_names *names, const struct silt_rule *rules, size_t count) SILT_MUST_USE;
void silt_file_names_done(struct silt_file_names *names);

/*
 * Writes the places of the rules that name `path` to `out`, ascending, each once; `out` has room for names->rule_count.
 * Returns how many there are.
 */
size_t silt_file_names_find(const struct silt_file_names *names, struct silt_bytes path, uint32_t *out);

#endif
