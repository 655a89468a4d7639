/*
 * The text of sudoers(5): lines that go on, lists, and aliases in them. Internal to the reader of facts.
 *
 * All spans are of the body. A backslash before a line end counts as a blank.
 */
#ifndef SILT_CONTENT_SUDOERS_TEXT_H
#define SILT_CONTENT_SUDOERS_TEXT_H

#include "base/bytes.h"

enum {
	SILT_SUDOERS_ALIASES_MAX = 128, /* of one file; others are taken for names of users and commands */
	SILT_SUDOERS_DEPTH_MAX = 8,     /* aliases in aliases */
	/* Items of lists looked at for one file beyond those that are written in its rules: aliases of aliases may grow
	 * without end. What is not looked at stays the name of an alias. */
	SILT_SUDOERS_STEPS_MAX = 200000,
};

enum silt_sudoers_alias_kind {
	SILT_SUDOERS_USERS,
	SILT_SUDOERS_RUNAS,
	SILT_SUDOERS_HOSTS,
	SILT_SUDOERS_COMMANDS,
	SILT_SUDOERS_NO_ALIAS,
};

struct silt_sudoers_alias {
	enum silt_sudoers_alias_kind kind;
	struct silt_bytes name, list;
};

struct silt_sudoers_aliases {
	struct silt_sudoers_alias items[SILT_SUDOERS_ALIASES_MAX];
	size_t count;
	size_t steps; /* done so far */
};

/* A walk over the lines that are not blank, without their comments. */
struct silt_sudoers_lines {
	struct silt_bytes rest;
	uint32_t number; /* where the line that was cut last begins; from 1 */
	uint32_t next;   /* lines before `rest` */
};

bool silt_sudoers_line(struct silt_sudoers_lines *lines, struct silt_bytes *line);

/* `text` without the blanks it begins, or ends, with. */
struct silt_bytes silt_sudoers_trim(struct silt_bytes text);

/* Cuts a list off the start of `*text`: items with commas between them, which blanks may surround. */
struct silt_bytes silt_sudoers_take_list(struct silt_bytes *text);

/* How far it is to the first of `ends` that is neither quoted nor escaped; all of `text` if there is none. */
size_t silt_sudoers_length_before(struct silt_bytes text, const char *ends);

/* Which kind of alias a line defines, with its keyword cut off; or NO_ALIAS. */
enum silt_sudoers_alias_kind silt_sudoers_alias_line(struct silt_bytes *line);

/* Adds the aliases of the rest of such a line: "NAME = LIST : NAME = LIST". */
void silt_sudoers_add_aliases(struct silt_sudoers_aliases *aliases, enum silt_sudoers_alias_kind kind,
			      struct silt_bytes text);

/* A walk over the items of a list, and of the aliases in it. */
struct silt_sudoers_items {
	struct silt_sudoers_aliases *aliases;
	enum silt_sudoers_alias_kind kind;
	size_t depth;
	struct silt_bytes lists[SILT_SUDOERS_DEPTH_MAX]; /* what is left of each */
	struct silt_bytes names[SILT_SUDOERS_DEPTH_MAX]; /* of their aliases; the first has none */
};

struct silt_sudoers_items silt_sudoers_items(struct silt_sudoers_aliases *aliases, enum silt_sudoers_alias_kind kind,
					     struct silt_bytes list);

/* The next item, without quotes around it; one that is excluded begins with '!'. False at the end. */
bool silt_sudoers_item(struct silt_sudoers_items *items, struct silt_bytes *item);

#endif
