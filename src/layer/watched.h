/*
 * Which files are digested whatever is in them, so that they can be compared with what packages say of them: those whose
 * replacement would matter. Digesting all of a layer would be the largest cost of a scan.
 */
#ifndef SILT_LAYER_WATCHED_H
#define SILT_LAYER_WATCHED_H

#include "layer/record.h"

/*
 * Whether the digests of a file that begins with `start` are wanted: it is setuid, setgid or has capabilities; it is a
 * program of at most SILT_WATCHED_PROGRAM_MAX bytes in one of the usual folders of programs; or it is a part of every
 * program or login, such as the C library.
 */
bool silt_is_watched(const struct silt_record *record, const struct silt_entry *file, struct silt_bytes start);

/*
 * The sums that the package manager of a system uses, one bit for each, if a file of that path tells which system it is;
 * else 0. Three sums cost twice as much as the one that is needed.
 */
unsigned silt_sums_of_system(struct silt_bytes path);

#endif
