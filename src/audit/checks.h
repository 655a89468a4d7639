/*
 * The checks: facts in, findings out. One file per subject; this table is all that the audit knows of them.
 */
#ifndef SILT_AUDIT_CHECKS_H
#define SILT_AUDIT_CHECKS_H

#include "audit/context.h"
#include "audit/findings.h"

typedef enum silt_status silt_check_fn(const struct silt_context *context, struct silt_findings *findings,
				       struct silt_error *err);

silt_check_fn silt_check_secrets;        /* hits of records, config and history -> one finding per secret */
silt_check_fn silt_check_privilege;      /* priv-setuid, priv-setgid, priv-filecap */
silt_check_fn silt_check_shells;         /* shell-present, shell-deleted */
silt_check_fn silt_check_user;           /* user-root, user-uid0-alias, user-unknown, user-nonnumeric */
silt_check_fn silt_check_accounts;       /* user-second-uid0, user-empty-password, user-login-shell */
silt_check_fn silt_check_ids;            /* user-dup-id */
silt_check_fn silt_check_arbitrary_user; /* user-arbitrary-uid */
silt_check_fn silt_check_base;           /* config-base-*, config-large-base */
silt_check_fn silt_check_config;         /* all other config-*: config_checks.h */
silt_check_fn silt_check_files;          /* what is told of files as such: the checks of file_checks.h */
silt_check_fn silt_check_os_eol;         /* pkg-os-eol */
silt_check_fn silt_check_history;        /* build instructions: the checks of history_checks.h */
silt_check_fn silt_check_integrity;      /* integrity-*: anomalies, claims against facts, bundle issues, rootfs notes */

/* Runs all of them in a fixed order. */
enum silt_status silt_checks_run(const struct silt_context *context, struct silt_findings *findings,
				 struct silt_error *err);

#endif
