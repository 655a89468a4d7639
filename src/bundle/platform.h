/*
 * Platforms as runtimes understand them. containerd's normalisation: "Linux/x86_64" is linux/amd64, "linux/arm64/v8" is
 * linux/arm64, "linux/armhf" is linux/arm/v7.
 */
#ifndef SILT_BUNDLE_PLATFORM_H
#define SILT_BUNDLE_PLATFORM_H

#include "base/bytes.h"

enum { SILT_PLATFORM_PART = 64 };

/* Parts that are longer are cut; "" is not known, or none. */
struct silt_platform {
	char os[SILT_PLATFORM_PART], architecture[SILT_PLATFORM_PART], variant[SILT_PLATFORM_PART];
	bool any_variant; /* none was said */
};

/* Reads "OS/ARCHITECTURE" or "OS/ARCHITECTURE/VARIANT". */
struct silt_platform silt_platform_read(struct silt_bytes text);

/* True if both may be the same operating system and architecture: what is not known may be. */
bool silt_platform_same_machine(const struct silt_platform *a, const struct silt_platform *b);

/* True if an image of this platform may be run where `wanted` is asked for: "linux/arm64" wants any variant. */
bool silt_platform_fits(struct silt_bytes platform, struct silt_bytes wanted);

#endif
