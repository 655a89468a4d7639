/* What readers of facts have in common: places of files, lines and words of text, and telling. Internal to them. */
#ifndef SILT_CONTENT_FACT_PARTS_H
#define SILT_CONTENT_FACT_PARTS_H

#include "base/attributes.h"
#include "content/fact.h"
#include "content/fact_readers.h"

/*
 * Where files of a kind are. A folder is written whole ("etc/ssh"; "" is the root), with "**" before it if it may be
 * in any other or the root ("**" alone: any folder), with "**" behind it if it may have folders of its own. A name
 * may hold one "*" for whatever bytes, or none. These are tried for each file of an image: cheap, and few.
 */
struct silt_fact_place {
	struct silt_bytes folder;
	struct silt_bytes name;
};

#define SILT_PLACE(folder, name)                                                                                       \
	{                                                                                                              \
		SILT_LITERAL_INIT(folder), SILT_LITERAL_INIT(name)                                                     \
	}

/* The file at a clean path, of which the start is not known. */
struct silt_fact_file silt_fact_file_at(struct silt_bytes path);

/* True if the file is at one of these places. */
bool silt_fact_is_at(const struct silt_fact_file *file, const struct silt_fact_place *places, size_t count);

/* Whom a reader tells what it read. */
struct silt_fact_listener {
	silt_fact_fn *fn;
	void *ctx;
	struct silt_error *err;
};

enum silt_status silt_fact_tell(const struct silt_fact_listener *listener, enum silt_fact_kind kind, uint32_t line,
				struct silt_bytes text) SILT_MUST_USE;

/* Tells the parts one behind the other, cut if they are very long. */
enum silt_status silt_fact_tell_parts(const struct silt_fact_listener *listener, enum silt_fact_kind kind,
				      uint32_t line, const struct silt_bytes *parts, size_t count) SILT_MUST_USE;

/* A walk over the lines of a body. */
struct silt_fact_lines {
	struct silt_bytes rest;
	uint32_t number; /* of the line that was cut last */
	bool indented;   /* it began with a blank */
};

/* The next line without the blanks around it; not blank, and no comment ("#"). False at the end. */
bool silt_fact_line(struct silt_fact_lines *lines, struct silt_bytes *line);

/* Cuts the next word off `*rest`: what stands between blanks. False if there is none. */
bool silt_fact_word(struct silt_bytes *rest, struct silt_bytes *word);

/* Splits "NAME SEPARATOR VALUE" at the first separator, both trimmed. False, and nothing set, if there is none. */
bool silt_fact_split(struct silt_bytes line, uint8_t separator, struct silt_bytes *name, struct silt_bytes *value);

/* True if `word` is, in any case, one of the words of `list`, which one blank separates. */
bool silt_fact_is_one(struct silt_bytes word, const char *list);

/* What programs of all kinds take for yes and for no: "true", "1", "off" ... in any case. */
bool silt_fact_is_yes(struct silt_bytes value);
bool silt_fact_is_no(struct silt_bytes value);

/* True if a body that begins with `start` is a script of a shell that base/shell_words.h reads. */
bool silt_fact_is_shell_script(struct silt_bytes start);

/*
 * The part of an address that is no secret: "https://user:pw@host:81/path?token=x" gives scheme "https" and host
 * "host:81". A name of a host alone has no scheme. False if it does not read as an address; nothing of it may be told.
 */
struct silt_fact_address {
	struct silt_bytes scheme; /* may be empty */
	struct silt_bytes host;   /* with its port; empty for "file:///x" */
};

bool silt_fact_address(struct silt_bytes text, struct silt_fact_address *out);

/* True if what it names is on this host: "file:/x", "http://localhost:8080/", "127.0.0.1". */
bool silt_fact_is_local(const struct silt_fact_address *address);

#endif
