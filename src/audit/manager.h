/*
 * Commands of package managers: which one, what it was told to do, to which packages.
 */
#ifndef SILT_AUDIT_MANAGER_H
#define SILT_AUDIT_MANAGER_H

#include "base/shell_words.h"
#include "content/package.h"

/* How the version of a package is written. */
enum silt_pin {
	SILT_PIN_NONE,   /* it has none, or nobody asks for it */
	SILT_PIN_EQUALS, /* curl=7.1, curl/bookworm */
	SILT_PIN_APK,    /* curl=7.1, curl~7, curl<8 */
	SILT_PIN_RPM,    /* curl-7.1 */
	SILT_PIN_ZYPPER, /* curl=7.1, curl>7 */
	SILT_PIN_PYTHON, /* x==1, x>=1 */
	SILT_PIN_NPM,    /* x@1, @scope/x@1 */
	SILT_PIN_GEM,    /* x:1, or an option -v */
	SILT_PIN_GO,     /* x@v1, not x@latest */
};

/* One manager. Lists are words with one blank between. */
struct silt_manager {
	const char *programs; /* without the versions behind their names */
	bool database;        /* it writes one of kind `db` */
	enum silt_package_db db;
	const char *groups;   /* may come before a verb */
	const char *install;  /* verbs that install the packages named */
	const char *upgrade;  /* verbs that upgrade all of them, or those named */
	const char *refresh;  /* verbs that fetch the list of packages */
	const char *valued;   /* options whose value is the next word */
	const char *foreign;  /* options that take packages from elsewhere, or unsigned */
	const char *trusting; /* options that do without signatures */
	const char *yes;      /* options that answer its question; "": it asks none */
	const char *listed;   /* options that name a file with versions */
	enum silt_pin pin;
	const char *families; /* ids of os-release whose own manager it is */
};

enum silt_manager_task {
	SILT_TASK_OTHER,
	SILT_TASK_INSTALL,
	SILT_TASK_UPGRADE,
	SILT_TASK_REFRESH,
};

/* A command of a manager. */
struct silt_managing {
	const struct silt_manager *manager;
	enum silt_manager_task task;
	const struct silt_shell_word *words; /* of the command; borrowed */
	size_t count;
	size_t program, verb; /* where they stand; `verb` is `count` if there is none */
};

/* The manager of a distribution with one of these ids (os-release ID, ID_LIKE); NULL if none is known. */
const struct silt_manager *silt_manager_of_family(const struct silt_bytes *ids, size_t count);

/* Reads a command whose program is words[program]. False if that is no package manager. */
bool silt_managing_read(const struct silt_shell_word *words, size_t count, size_t program, struct silt_managing *out);

/* The next operand from word `*at` on, first at `verb` + 1: its index in `*at`, to be counted up. False: no more. */
bool silt_managing_operand(const struct silt_managing *managing, size_t *at);

/* True if some word is one of `options`, as it is or with "=value" behind it. */
bool silt_managing_has(const struct silt_managing *managing, const char *options);

/* A file, a folder or an address, in place of the name of a package: "./x.deb", ".[dev]", "https://h/x". */
bool silt_package_is_from_elsewhere(struct silt_bytes operand);

#endif
