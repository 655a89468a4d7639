/* The locale in which libarchive leaves names as they are. */
#ifndef SILT_STREAM_TAR_LOCALE_H
#define SILT_STREAM_TAR_LOCALE_H

#include <locale.h>

/*
 * C.UTF-8: in any other locale libarchive warns of every name that is not ASCII. 0 if there is none: it only warns.
 * Made by the first who asks and kept until the process ends: the C library reads files for it, which a process that
 * confines itself after its preparations could not do again. Thread-safe.
 */
locale_t silt_tar_locale(void);

#endif
