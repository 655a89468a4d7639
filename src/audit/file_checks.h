/* The checks of files: those that share the walk of files.c. */
#ifndef SILT_AUDIT_FILE_CHECKS_H
#define SILT_AUDIT_FILE_CHECKS_H

#include "audit/files.h"

extern const struct silt_file_check silt_files_access;           /* secret-authorized-keys, secret-weak-auth */
extern const struct silt_file_check silt_files_accounts;         /* fs-passwd-writable */
extern const struct silt_file_check silt_files_context;          /* fs-build-context */
extern const struct silt_file_check silt_files_core_dump;        /* fs-core-dump */
extern const struct silt_file_check silt_files_device;           /* fs-device-node */
extern const struct silt_file_check silt_files_env_file;         /* secret-env-file */
extern const struct silt_file_check silt_files_history;          /* fs-history-file */
extern const struct silt_file_check silt_files_ids;              /* fs-high-uid */
extern const struct silt_file_check silt_files_lock;             /* fs-no-lockfile */
extern const struct silt_file_check silt_files_log;              /* fs-log-content */
extern const struct silt_file_check silt_files_owner;            /* fs-app-owns-system */
extern const struct silt_file_check silt_files_package_cache;    /* fs-pkg-cache */
extern const struct silt_file_check silt_files_package_modified; /* integrity-package-modified */
extern const struct silt_file_check silt_files_repository;       /* fs-vcs-dir */
extern const struct silt_file_check silt_files_secret;           /* secret-mount-leak, secret-file-name */
extern const struct silt_file_check silt_files_shells_hidden;    /* shell-hidden */
extern const struct silt_file_check silt_files_sources;          /* fs-repo-unsigned */
extern const struct silt_file_check silt_files_sshd;             /* pkg-sshd */
extern const struct silt_file_check silt_files_sudo;             /* priv-sudo-* */
extern const struct silt_file_check silt_files_tools;            /* shell-interpreter, pkg-* but pkg-sshd */
extern const struct silt_file_check silt_files_wasted;           /* fs-wasted */
extern const struct silt_file_check silt_files_writable;         /* fs-world-writable */

/* One line each. */
#define SILT_FILE_CHECKS                                                                                               \
	&silt_files_access, &silt_files_accounts, &silt_files_context, &silt_files_core_dump, &silt_files_device,      \
		&silt_files_env_file, &silt_files_history, &silt_files_ids, &silt_files_lock, &silt_files_log,         \
		&silt_files_owner, &silt_files_package_cache, &silt_files_package_modified, &silt_files_repository,    \
		&silt_files_secret, &silt_files_shells_hidden, &silt_files_sources, &silt_files_sshd,                  \
		&silt_files_sudo, &silt_files_tools, &silt_files_wasted, &silt_files_writable

#endif
