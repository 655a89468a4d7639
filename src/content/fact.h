/*
 * What small files of known formats say, as facts: one kind, one line, a few bytes of text.
 *
 * A fact holds no secret: a hash of a password, a token or the userinfo of an address never gets into its text. It says
 * what the file says, and judges nothing; whether the file is in the image in the end, and whether it matters, is for
 * the checks. A file is known by its name, or by how it begins; it is hostile like any other.
 */
#ifndef SILT_CONTENT_FACT_H
#define SILT_CONTENT_FACT_H

#include "base/bytes.h"
#include "base/error.h"

enum silt_fact_kind {
	/* etc/os-release, usr/lib/os-release. Text: the value without its quotes. */
	SILT_FACT_OS_ID,
	SILT_FACT_OS_ID_LIKE,
	SILT_FACT_OS_VERSION,  /* VERSION_ID */
	SILT_FACT_OS_CODENAME, /* VERSION_CODENAME */
	SILT_FACT_OS_NAME,     /* PRETTY_NAME */

	/* etc/shadow, etc/shadow-, etc/master.passwd: an account whose password is empty; is locked. Text: its name. */
	SILT_FACT_PASSWORD_EMPTY,
	SILT_FACT_PASSWORD_LOCKED,
	SILT_FACT_PASSWORD_SET, /* it has a hash, which is not in the text */

	/* sudoers and doas.conf. Text: who ("docker_app", "%wheel"). */
	SILT_FACT_SUDO_NOPASSWD_ALL,  /* any command without a password */
	SILT_FACT_SUDO_NOPASSWD_SOME, /* some commands without a password */
	SILT_FACT_SUDO_ALL,           /* any command, with a password */

	/* sshd_config. Text: the value in lower case. */
	SILT_FACT_SSHD_ROOT_LOGIN,
	SILT_FACT_SSHD_EMPTY_PASSWORDS,
	SILT_FACT_SSHD_PASSWORDS,

	/* Servers that ask for no password. Text: the setting as written. */
	SILT_FACT_PG_TRUST,           /* pg_hba.conf: "trust" on a line that is not for this host alone */
	SILT_FACT_REDIS_UNPROTECTED,  /* redis.conf: protected-mode no */
	SILT_FACT_REDIS_HAS_PASSWORD, /* redis.conf: requirepass, or an ACL */

	/* etc/shells. Text: an absolute path. */
	SILT_FACT_LOGIN_SHELL,

	/* etc/ld.so.preload. Text: the library. */
	SILT_FACT_PRELOAD,

	/* Package sources whose signature or certificate is not checked. Text: the setting, addresses without userinfo. */
	SILT_FACT_SOURCE_UNSIGNED,   /* [trusted=yes], AllowUnauthenticated, gpgcheck=0, ... */
	SILT_FACT_SOURCE_UNVERIFIED, /* sslverify=0, strict-ssl=false, trusted-host */
	SILT_FACT_SOURCE_PLAIN,      /* an http:// index of pip or npm */

	/* Crontabs. Text: the program of the command, an absolute path. */
	SILT_FACT_CRON_PROGRAM,

	/* Scripts of a shell, by their first line. */
	SILT_FACT_SCRIPT_EXECS,     /* it ends by replacing itself: exec PROGRAM. Text: the program as written */
	SILT_FACT_SCRIPT_DROPS,     /* it drops privilege: gosu, su-exec, setpriv, runuser, ... Text: the program */
	SILT_FACT_SCRIPT_EDITS_ETC, /* sed -i, or a redirection, to a file below /etc. Text: the file */
	SILT_FACT_STARTS_SSHD,      /* a script, supervisor, s6 or inittab line that starts sshd or dropbear */

	/* An authorized key. Text: its algorithm. */
	SILT_FACT_AUTHORIZED_KEY,

	/* dpkg status, apk installed, rpm: a package. Text: "NAME VERSION". */
	SILT_FACT_PACKAGE,

	SILT_FACT_KINDS,
};

/* One fact of a file. The text is valid during the callback. */
struct silt_fact_seen {
	enum silt_fact_kind kind;
	uint32_t line; /* from 1; 0: the file has none */
	struct silt_bytes text;
};

typedef enum silt_status silt_fact_fn(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err);

/* A file that readers are asked about: its parts are told apart once for all of them. */
struct silt_fact_file {
	struct silt_bytes path;         /* clean */
	struct silt_bytes folder, name; /* of the path; the folder without the slash behind it */
	struct silt_bytes start;        /* the first bytes of the body */
};

/*
 * A reader of one kind of file. `wants` decides by the path and the first bytes of the body; `read` gets all of the
 * body. Both are pure. `read` fails only with what `fn` returned.
 */
struct silt_fact_reader {
	bool (*wants)(const struct silt_fact_file *file);
	enum silt_status (*read)(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
				 struct silt_error *err);
	/* What it reads, for people, if a file of it that is too large to be read is a gap in the coverage; else NULL. */
	const char *demanded;
};

/* The readers that want a file, as bits by their number. */
typedef uint32_t silt_fact_wants;

silt_fact_wants silt_facts_wanted(struct silt_bytes path, struct silt_bytes start);

/* What a file is that must not be left unread, for people; NULL: it may be. */
const char *silt_facts_demanded(silt_fact_wants wants);

/* Reads a whole body by all readers that want it. Fails only with what `fn` returned. */
enum silt_status silt_facts_read(silt_fact_wants wants, struct silt_bytes path, struct silt_bytes body,
				 silt_fact_fn *fn, void *ctx, struct silt_error *err);

#endif
