/*
 * Which part of a file system holds what people build: their application, not the system under it, and not the
 * libraries of others that came with it. All by the path alone.
 */
#ifndef SILT_AUDIT_APPLICATION_H
#define SILT_AUDIT_APPLICATION_H

#include "base/bytes.h"

/*
 * True for a path where applications are put: anywhere but in the folders of the system. Of /usr only what images use for
 * applications counts (usr/src/app, usr/share/nginx/html, most of usr/local), of /var what is served or run from there.
 * What silt_is_vendored says is left out.
 */
bool silt_is_application(struct silt_bytes path);

/* True for a path inside what a package manager of a language unpacked: node_modules, vendor, site-packages, ... */
bool silt_is_vendored(struct silt_bytes path);

/* True for a path in the folders that the programs of the system and their settings are in: bin, etc, lib, sbin, usr. */
bool silt_is_system(struct silt_bytes path);

#endif
