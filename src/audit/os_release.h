/* The distribution that an image says it is. */
#ifndef SILT_AUDIT_OS_RELEASE_H
#define SILT_AUDIT_OS_RELEASE_H

#include "audit/context.h"

/* What os-release says. Raw text of the image; empty if it says nothing of it. */
struct silt_os_release {
	struct silt_place place;
	struct silt_bytes id, version, name; /* ID, VERSION_ID, PRETTY_NAME */
};

/* True if the final tree has an os-release. That in /etc goes before that in /usr/lib, which it mostly is a link to. */
bool silt_os_release_of(const struct silt_audited_image *image, struct silt_os_release *out);

/* True if a day such as "2023-05-31" was over at `now`, in seconds since 1970. */
bool silt_day_is_over(const char *day, int64_t now);

#endif
