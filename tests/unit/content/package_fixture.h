/*
 * For tests of package databases: rpm headers and the databases that hold them, and what a reader gives of them as text.
 */
#ifndef SILT_TESTS_PACKAGE_FIXTURE_H
#define SILT_TESTS_PACKAGE_FIXTURE_H

#include "content/package.h"

/*
 * What a database of that kind at `path` lists, one a line: "PACKAGE PATH SUM" with the sum in hex ("-" for none) and
 * words for flags; "=NAME VERSION" for a package. Fed in pieces of `piece` bytes. The caller frees the buffer.
 */
struct silt_buffer package_read(const char *path, struct silt_bytes body, size_t piece);

/* One file of a package of rpm; `hex` is its digest, "" for what is no file, and for ghosts. */
struct rpm_file {
	uint32_t folder;
	const char *name;
	const char *hex;
	uint16_t mode;            /* with its type */
	uint32_t flags;           /* 1 configuration, 64 ghost */
	const char *capabilities; /* NULL: "" */
};

/* A header of version 1:2.3-4 with folders "/usr/share/one/" (0) and "/etc/" (1). `algorithm` 0: none is named. The caller frees it. */
struct silt_buffer rpm_header(const char *package, uint32_t algorithm, const struct rpm_file *files, size_t count);

/* Databases with that one header. The caller frees them. */
struct silt_buffer rpm_ndb(struct silt_bytes header);
struct silt_buffer rpm_hash(struct silt_bytes header, bool off_page);
struct silt_buffer rpm_sqlite(const char *schema, struct silt_bytes header);

#endif
