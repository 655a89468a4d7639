/*
 * Posture: what an image is like, whatever is wrong with it. Facts, never findings.
 *
 * What is not known is told apart from what is not there. Of a text NULL is "not known" and "" is "there is none"; of a
 * number SILT_UNKNOWN is "not known"; a list whose `known` is false is not known. Text is printable: hostile bytes are
 * escaped, secrets of a known shape are masked. Lists are in byte order unless they say otherwise.
 */
#ifndef SILT_POSTURE_H
#define SILT_POSTURE_H

#include "silt/checks.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SILT_UNKNOWN UINT64_MAX

enum silt_answer {
	SILT_ANSWER_UNKNOWN,
	SILT_ANSWER_NO,
	SILT_ANSWER_YES,
};

/* A list of texts: the first `count` of `total`. */
struct silt_texts {
	const char *const *items;
	size_t count;
	uint64_t total;
	bool known;
};

/* What the image stands on. */
struct silt_posture_base {
	const char *distribution; /* "Debian GNU/Linux 12 (bookworm)", by os-release; "": there is no os-release */
	const char *id, *version; /* "debian", "12"; "": it states none */
	const char *end_of_life;  /* last day of security support, "2028-06-30"; NULL: no table has it */
	enum silt_answer expired; /* that day was over at silt_options.now */
	const char *name;         /* of the base image, by a label or annotation; "": no label says it */
	const char *digest;       /* of the base image, the same way */
	uint64_t layers;          /* so many of the lowest layers are of the base image */
	bool guessed;             /* that number is a guess by the history alone */
	bool named;               /* it follows from silt_options.bases; else it is what the image says of itself */
};

/* How large the image is. Files are those of the final filesystem; the names of one file count once. */
struct silt_posture_size {
	uint64_t files, bytes;         /* regular files, and what is in them */
	uint64_t own_files, own_bytes; /* those in layers above the base */
	uint64_t packages;             /* of dpkg, apk or rpm */
	uint64_t wasted_bytes;       /* in layers, and no more in the final filesystem: overwritten, deleted, hidden */
	uint64_t executables;        /* ELF programs that somebody may execute */
	uint64_t static_executables; /* of them, those that need no loader */
	uint64_t scripts;            /* executable files that begin with "#!" */
};

/* Who runs it, and whose files it has. */
struct silt_posture_user {
	const char *name;                  /* config.User; "": not set, which is root */
	uint64_t uid, gid;                 /* what it comes to in this image */
	enum silt_answer root;             /* it is uid 0 */
	uint64_t largest_uid, largest_gid; /* of the owners of files */
	enum silt_answer
		fits_userns; /* they and the user are below 65536: a user namespace of that size maps them all */
};

/* What runs first: Entrypoint and Cmd, and what they start. */
struct silt_posture_start {
	struct silt_texts chain;        /* programs, each started by the one before: a script, then what it execs */
	const char *init;               /* "/sbin/tini": an init process among them; "": none */
	const char *drops;              /* "gosu": what a script among them drops privilege with; "": nothing */
	const char *drops_at;           /* where: "/docker-entrypoint.sh, line 40"; "": nowhere */
	const char *privileged;         /* the first of them that is setuid, setgid or has capabilities; "": none */
	struct silt_texts capabilities; /* that their files have: "NET_BIND_SERVICE" */
};

enum silt_health {
	SILT_HEALTH_UNKNOWN,          /* there is no config */
	SILT_HEALTH_NONE,             /* the image could have one, and has none */
	SILT_HEALTH_OFF,              /* ["NONE"]: that of the base is switched off */
	SILT_HEALTH_PRESENT,          /* there is one */
	SILT_HEALTH_NOT_REPRESENTABLE /* there is none, and the OCI format has no field for it */
};

/* "unknown", "none", "off", "present", "not representable". */
SILT_API const char *silt_health_name(enum silt_health health);

/* What a container of it needs, and can do without. */
struct silt_posture_rights {
	enum silt_answer no_new_privileges; /* yes: no program that the user may execute would lose rights by it */
	struct silt_texts losers;           /* programs that would: setuid, setgid, or with capabilities */
	enum silt_answer shell_free;        /* neither a shell nor an interpreter */
	struct silt_texts shells;           /* what there is of them */
};

/*
 * A directory that the user can write to, and no directory above it. Of root, who can write anywhere, and of a user that
 * is not known: a directory that is given to somebody else than root.
 */
struct silt_posture_writable {
	const char *path;     /* "/var/cache/app" */
	uint64_t uid, gid;    /* of its owner */
	unsigned mode;        /* 0..07777 */
	bool volume;          /* config.Volumes has it, or a directory above it */
	uint64_t files;       /* names below it that are no directories: what an empty filesystem there would hide */
	uint64_t directories; /* the same, of directories */
	bool mountable;       /* its path can stand in an option: printable as it is, without ':' and ',' */
};

/* What came of the checks of one family, for this image. */
struct silt_posture_score {
	uint64_t findings;
	enum silt_severity worst; /* if there are any */
	bool unasked;             /* the caller wants no finding of this family */
};

struct silt_posture {
	struct silt_posture_base base;
	struct silt_posture_size size;
	struct silt_posture_user user;
	struct silt_posture_start start;
	struct silt_posture_rights rights;
	enum silt_health health;
	struct silt_texts ports;                      /* config.ExposedPorts: "8080/tcp" */
	struct silt_texts volumes;                    /* config.Volumes */
	const struct silt_posture_writable *writable; /* from the root down, siblings in byte order */
	size_t writable_count;
	bool writable_known;
	const char *builder;            /* "BuildKit", "buildah", ... by the history; "": it does not say */
	uint64_t attestations;          /* of this image, in the bundle */
	uint64_t signatures;            /* the same: cosign, notation */
	struct silt_texts logs;         /* links to the standard output or error */
	struct silt_texts lock_files;   /* of package managers of languages */
	struct silt_texts certificates; /* authorities that own layers add to those of the distribution */
	struct silt_posture_score score[SILT_CHECK_FAMILIES];
};

#ifdef __cplusplus
}
#endif

#endif
