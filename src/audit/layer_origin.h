/*
 * What made a layer, told by its build instruction: whether package databases in it list what repositories published.
 */
#ifndef SILT_AUDIT_LAYER_ORIGIN_H
#define SILT_AUDIT_LAYER_ORIGIN_H

#include "content/package.h"

/* How a layer came about, as far as its number and its build instruction tell. */
enum silt_layer_origin {
	SILT_ORIGIN_BASE,    /* the lowest layer, of whatever origin but a COPY or ADD of less than a root filesystem */
	SILT_ORIGIN_INSTALL, /* an instruction that installs packages from repositories */
	SILT_ORIGIN_COPY,    /* COPY or ADD */
	SILT_ORIGIN_OTHER,   /* another instruction, or one that nobody knows */
};

/*
 * As the origin of a database of kind `db`. `instruction` is escaped text as silt_history_instruction begins it, "" if it
 * is not known; `layer` counts from 0.
 *
 * A RUN installs if one of its simple commands, by its words, is a manager that writes such a database, told to install,
 * and none of its operands is a file, a folder or an address: what `dpkg -i`, `rpm -i` or `apt install ./app.deb` unpack
 * is nothing that everybody can download. What else the RUN does cannot be known, and is not held against it.
 */
enum silt_status silt_layer_origin(const char *instruction, size_t layer, enum silt_package_db db,
				   enum silt_layer_origin *out, struct silt_error *err);

#endif
