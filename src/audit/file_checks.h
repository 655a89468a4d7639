/* The checks of files: those that share the walk of files.c. */
#ifndef SILT_AUDIT_FILE_CHECKS_H
#define SILT_AUDIT_FILE_CHECKS_H

#include "audit/files.h"

extern const struct silt_file_check silt_files_device; /* fs-device-node */
extern const struct silt_file_check silt_files_sudo;   /* priv-sudo-* */

/* One line each. */
#define SILT_FILE_CHECKS &silt_files_device, &silt_files_sudo

#endif
