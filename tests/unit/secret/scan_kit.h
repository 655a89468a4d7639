/* Scanning in tests: one call from bytes to the list of matches, however the bytes are cut. */
#ifndef SILT_TESTS_SCAN_KIT_H
#define SILT_TESTS_SCAN_KIT_H

#include "base/bytes.h"
#include "secret/matcher.h"

enum { KIT_MATCHES_MAX = 2048 };

struct kit {
	struct silt_matcher *matcher;
	struct silt_scanner *scanner;
	struct silt_match *matches; /* of the last scan, ordered by offset, then by rule */
	size_t count;
	bool overflowed;
	bool in_order; /* the matches of each rule came in order of offset */
};

/* With the rules silt ships, or with others. Fails the test if it cannot. */
void kit_open(struct kit *kit);
void kit_open_rules(struct kit *kit, const struct silt_rule *rules, size_t count);
/* With a set of rules, which it takes. */
void kit_open_set(struct kit *kit, struct silt_rule_set *set);
void kit_close(struct kit *kit);

/* For a group of tests: one kit with the rules silt ships, as their state. */
int kit_setup(void **state);
int kit_teardown(void **state);

/* One stream in blocks of `block` bytes (0: one block), each in memory of its own size. */
void kit_scan(struct kit *kit, struct silt_bytes bytes, size_t block);
/* The same for the content of a file. */
void kit_scan_file(struct kit *kit, struct silt_bytes path, struct silt_bytes bytes, size_t block);
/* One stream in two blocks. */
void kit_scan_split(struct kit *kit, struct silt_bytes bytes, size_t split);
void kit_scan_file_split(struct kit *kit, struct silt_bytes path, struct silt_bytes bytes, size_t split);

/* The first match of the rule, or NULL; and how many there are. */
const struct silt_match *kit_find(const struct kit *kit, const char *rule);
size_t kit_count(const struct kit *kit, const char *rule);

#endif
