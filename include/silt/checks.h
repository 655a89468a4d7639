/*
 * The catalogue: every check that silt knows, and every practice that no image file can show.
 *
 * Findings carry the id of a check; pattern rules (rules.h) are not in here. Everything is static and printable text.
 */
#ifndef SILT_CHECKS_H
#define SILT_CHECKS_H

#include "silt/export.h"
#include "silt/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a check is about. */
enum silt_check_family {
	SILT_CHECKS_USER,    /* users and privilege */
	SILT_CHECKS_SECRET,  /* secrets in other places than the bytes of files, and secrets by the name of a place */
	SILT_CHECKS_SURFACE, /* shells, tools, packages */
	SILT_CHECKS_CONFIG,  /* image config */
	SILT_CHECKS_HISTORY, /* build instructions */
	SILT_CHECKS_FILESYSTEM, /* hygiene of files */
	SILT_CHECKS_INTEGRITY,  /* archives that lie */
	SILT_CHECK_FAMILIES,
};

/* "user", "secret", "surface", "config", "history", "filesystem", "integrity". */
SILT_API const char *silt_check_family_name(enum silt_check_family family);

/* One check. No text is NULL; "" says that there is nothing to say. Lists are words with one blank between. */
struct silt_check_info {
	const char *id; /* "user-root" */
	enum silt_check_family family;
	const char *title;           /* a few words, no full stop; the title of its findings unless they know better */
	enum silt_severity severity; /* the worst it gives */
	const char *severities;      /* how the severity is chosen; "" if it is always `severity` */
	const char *looks_at;        /* "config.User, etc/passwd" */
	const char *decides;         /* how it decides, and what it leaves alone; one or two sentences */
	const char *why;             /* why it matters; where a common belief about it is wrong, what is true */
	const char *fix;             /* what to do, one or two sentences; the remedy of its findings */
	const char *dockerfile;      /* lines of a Dockerfile that do so; "" if none would help */
	const char *aliases;         /* ids of other tools: "CIS-DI-0001 DS-0002 DL3002 4.1" */
	const char *references;      /* addresses */
	bool lint;                   /* style: only if asked for (silt_options.lint) */
};

SILT_API size_t silt_checks_count(void);
/* Check `index` of silt_checks_count, by family. */
SILT_API const struct silt_check_info *silt_checks_get(size_t index);
/* The check with that id; NULL if there is none. */
SILT_API const struct silt_check_info *silt_checks_find(const char *id);
/*
 * Whether `name` means the check: its id, one of its aliases (in any case; older spellings AVD-DS-0002 and DS002 too),
 * its family, or a pattern such as "history-*".
 */
SILT_API bool silt_check_is_called(const struct silt_check_info *check, const char *name);

/* A practice that the file of an image cannot show, and what silt tells instead. */
struct silt_practice_info {
	const char *practice; /* "Run without --privileged and with no-new-privileges" */
	const char *why_not;  /* why the image cannot show it */
	const char *instead;  /* what silt prints that helps with it */
	const char *aliases;  /* "CIS-DI-0005 4.5" */
};

SILT_API size_t silt_practices_count(void);
SILT_API const struct silt_practice_info *silt_practices_get(size_t index);

#ifdef __cplusplus
}
#endif

#endif
