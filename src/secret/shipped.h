/*
 * The rule files that silt ships, as the build puts them into the library (embed.cmake).
 *
 * Every byte is inverted: the files are full of examples of secrets, and an image with silt in it has no findings
 * for them.
 */
#ifndef SILT_SECRET_SHIPPED_H
#define SILT_SECRET_SHIPPED_H

#include <stddef.h>
#include <stdint.h>

struct silt_shipped_file {
	const char *name; /* "silt/rules/aws.yaml"; NULL: behind the last one */
	const uint8_t *inverted;
	size_t size;
};

/* The first files: macros for all others, and programs that are known by a text in them. Behind them are secrets. */
enum { SILT_SHIPPED_MACROS, SILT_SHIPPED_PROGRAMS };

extern const struct silt_shipped_file silt_shipped_files[];

#endif
