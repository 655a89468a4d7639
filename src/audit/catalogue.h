/* The rows of the catalogue, one file per family; silt/checks.h says what is in a row. */
#ifndef SILT_AUDIT_CATALOGUE_H
#define SILT_AUDIT_CATALOGUE_H

#include "silt/checks.h"

struct silt_catalogue_part {
	const struct silt_check_info *rows; /* in the order of the documentation */
	size_t count;
};

extern const struct silt_catalogue_part silt_catalogue_user;       /* user-*, priv-sudo-* */
extern const struct silt_catalogue_part silt_catalogue_privilege;  /* priv-setuid, priv-setgid, priv-filecap */
extern const struct silt_catalogue_part silt_catalogue_secret;     /* secret-* */
extern const struct silt_catalogue_part silt_catalogue_surface;    /* shell-*, pkg-* */
extern const struct silt_catalogue_part silt_catalogue_os;         /* pkg-os-eol */
extern const struct silt_catalogue_part silt_catalogue_base;       /* config-base-*, config-large-base */
extern const struct silt_catalogue_part silt_catalogue_config;     /* config-*: names, service, environment */
extern const struct silt_catalogue_part silt_catalogue_start;      /* config-*: what an image starts */
extern const struct silt_catalogue_part silt_catalogue_history;    /* history-* */
extern const struct silt_catalogue_part silt_catalogue_lint;       /* history-* that are lint, config-label-invalid */
extern const struct silt_catalogue_part silt_catalogue_filesystem; /* fs-* */
extern const struct silt_catalogue_part silt_catalogue_programs;   /* fs-core-dump */
extern const struct silt_catalogue_part silt_catalogue_integrity;  /* integrity-* */
extern const struct silt_catalogue_part silt_catalogue_package;    /* integrity-package-modified */
extern const struct silt_catalogue_part silt_catalogue_policy;     /* *-not-allowed, by the lists of a policy */

#endif
