/*
 * Programs that give their caller more rights: what is found of them, which are meant to, and how bad the others are.
 */
#ifndef SILT_AUDIT_PRIVILEGE_H
#define SILT_AUDIT_PRIVILEGE_H

#include "audit/findings.h"
#include "audit/ownership.h"
#include "audit/sighting.h"

/* The rights a program may give. */
enum silt_right { SILT_RIGHT_SETUID, SILT_RIGHT_SETGID, SILT_RIGHT_CAPABILITY, SILT_RIGHTS };

/* A name that may give some. */
struct silt_privileged {
	struct silt_bytes path;    /* arena */
	struct silt_place content; /* names of one content are one subject */
	struct silt_place meta;
	uint16_t mode;
	bool linked; /* a setuid or setgid bit is that of another name of the file, which may be deleted */
	uint32_t uid, gid;
	struct silt_bytes capability; /* raw; empty: none */
};

/* What the hardlink entries of all layers give to a file. */
struct silt_linked_right {
	struct silt_place content;
	uint16_t mode;                /* silt_mode_of_right of all of them together */
	uint32_t uid;                 /* the lowest owner of those with such a bit; UINT32_MAX: none */
	struct silt_bytes capability; /* raw, of one that has some; empty: none has */
};

struct silt_linked_rights {
	struct silt_linked_right *items; /* owns; ordered by content */
	size_t count, capacity;
};

/* The setuid and setgid bits of a mode and who may execute it; 0 if it has no such bit. */
uint16_t silt_mode_of_right(uint16_t mode);

/* To be ended with silt_linked_rights_done, whatever it returns. */
enum silt_status silt_linked_rights_find(struct silt_linked_rights *rights, const struct silt_audited_image *image,
					 struct silt_error *err);
/* No bits and no capability if no link gives it any. */
struct silt_linked_right silt_linked_right_of(const struct silt_linked_rights *rights, struct silt_place content);
void silt_linked_rights_done(struct silt_linked_rights *rights);

bool silt_gives_right(const struct silt_privileged *name, enum silt_right right);

/* The names of one content that give one right. */
struct silt_privileged_group {
	const struct silt_context *context;
	size_t image;
	const struct silt_ownership *ownership; /* of the image */
	const struct silt_privileged *names;
	size_t count; /* at least 1 */
};

/* What matters about such a program beside its mode. */
struct silt_circumstances {
	struct silt_owner owner; /* by the name that a package knows best */
	const char *shell;       /* static: the shell that it is by its content; NULL: none that is known */
	bool script;             /* the kernel ignores setuid and setgid bits of scripts */
	bool open_folder;        /* everybody may replace one of the names */
	bool by_design;          /* silt_is_privileged_by_design, by all names */
	bool runs_anything;      /* silt_runs_anything, by a name */
	bool may_escape;         /* silt_may_escape, by a name */
};

struct silt_circumstances silt_circumstances_of(const struct silt_privileged_group *group);

/* How bad it is that the program, which is visible, gives the right. */
enum silt_severity silt_right_severity(enum silt_right right, const struct silt_privileged *first,
				       const struct silt_circumstances *about);

/* Where a program is. */
enum silt_presence {
	SILT_PRESENT_IN_TREE,
	SILT_PRESENT_BELOW,    /* in a layer, and not in the final tree */
	SILT_PRESENT_DISPUTED, /* only for other readers of the tar than Docker's */
};

/* Adds the finding of a group. */
enum silt_status silt_report_right(struct silt_findings *findings, enum silt_right right,
				   const struct silt_privileged_group *group, enum silt_presence presence,
				   struct silt_error *err);

/* Adds a finding for the setuid programs in tars of the bundle that are no layers. */
enum silt_status silt_privilege_of_strays(const struct silt_context *context, struct silt_findings *findings,
					  struct silt_error *err);

/*
 * True for a program that distributions ship with such rights: su, passwd, ping, ssh-keysign, ... by name and folder. It
 * says nothing of its content.
 */
bool silt_is_privileged_by_design(struct silt_bytes path);

/* True if the purpose of a program of this name is to run others: a shell, an interpreter, gosu. */
bool silt_runs_anything(struct silt_bytes path);

/* True if a program of this name can be made to run others, or to write any file: find, vim, tar, cp. */
bool silt_may_escape(struct silt_bytes path);

/*
 * How bad the raw value of security.capability is. Capabilities that amount to root are critical, others medium, binding
 * low ports is low; one step down if a package ships the program, if it has to ask for them, or if they count in another
 * user namespace only. A malformed value is medium.
 */
enum silt_severity silt_capability_severity(struct silt_bytes value, bool packaged);

/* Adds a sentence about the value: "It has cap_net_raw=ep." */
void silt_tell_capability(struct silt_bytes value, struct silt_buffer *out);

#endif
