/*
 * The parsers behind package.h, one for each kind of database. Internal to this folder.
 */
#ifndef SILT_CONTENT_PACKAGE_PARSE_H
#define SILT_CONTENT_PACKAGE_PARSE_H

#include "content/package.h"

/* One line without its newline; lines of other forms are passed over. Behind the last one comes an empty one. */
typedef enum silt_status silt_package_line_fn(struct silt_package_reader *reader, struct silt_bytes line,
					      struct silt_error *err);
silt_package_line_fn silt_dpkg_line;
silt_package_line_fn silt_dpkg_list_line;
silt_package_line_fn silt_dpkg_status_line;
silt_package_line_fn silt_dpkg_diversion_line;
silt_package_line_fn silt_apk_line;
silt_package_line_fn silt_python_line;

/* A whole database. Damage ends it early, with SILT_OK. */
typedef enum silt_status silt_package_whole_fn(struct silt_package_reader *reader, struct silt_bytes whole,
					       struct silt_error *err);
silt_package_whole_fn silt_rpm_sqlite;
silt_package_whole_fn silt_rpm_ndb;
silt_package_whole_fn silt_rpm_hash;

/* The header of one package, as each of the three holds it (package_rpm.c). */
enum silt_status silt_rpm_header(struct silt_package_reader *reader, struct silt_bytes header, struct silt_error *err);

/*
 * Whether the RECORD under way may list a file of that clean path: it is in the RECORD's folder or, if that is
 * PREFIX/lib/pythonX.Y/site-packages, in one of the folders of the prefix where installers put files.
 */
bool silt_python_may_list(const struct silt_package_reader *reader, struct silt_bytes path);

/* A file in a database's own spelling. */
struct silt_package_listing {
	struct silt_bytes folder, name; /* joined; the folder may be empty */
	enum silt_sum_kind kind;
	const uint8_t *digest; /* NULL: none */
	unsigned flags;
};

/*
 * Cleans `folder` and `name` joined and hands the file on; nothing if the path is the root, too long, or one that a
 * RECORD may not list.
 */
enum silt_status silt_package_give(struct silt_package_reader *reader, const struct silt_package_listing *listing,
				   struct silt_error *err);

/* Forgets the package under way. */
void silt_package_forget(struct silt_package_reader *reader);

/* Hands on that the package under way is installed; nothing if its name or version is not known. */
enum silt_status silt_package_give_package(struct silt_package_reader *reader, struct silt_error *err);

/* Replaces what a buffer holds. */
void silt_package_keep(struct silt_buffer *buffer, struct silt_bytes value);

/* Sets the name of the package under way. */
void silt_package_name(struct silt_package_reader *reader, struct silt_bytes name);

#endif
