/* Which programs are shells: by their names, and by what is in them whatever their names. */
#ifndef SILT_AUDIT_SHELL_KINDS_H
#define SILT_AUDIT_SHELL_KINDS_H

#include "audit/programs.h"

/* The names that shells go by, those of programs before those that are often links to them: SILT_SHELLS names. */
enum { SILT_SHELLS = 18 };

/* Number of the last component of a path among them; SILT_SHELLS if it is none. */
size_t silt_shell_number(struct silt_bytes path);
/* Name `number` of SILT_SHELLS. */
const char *silt_shell_of_number(size_t number);

/*
 * True if the last component of a path says that it is a shell, by one of those names or one less usual, also of a
 * version or build of it: "bash-static", "zsh-5.9", "busybox.suid".
 */
bool silt_says_shell(struct silt_bytes path);

/* True for a shell that is many programs in one, and answers to the names of all of them: busybox, toybox. */
bool silt_is_many_programs(struct silt_bytes shell);
/* True if such a one may answer to the name: the last component of a path. */
bool silt_is_applet(struct silt_bytes name);

/*
 * The shell that the body of an entry is by its text, or NULL; of an entry without such a text that is called busybox or
 * toybox, that name.
 */
const char *silt_shell_by_text(const struct silt_audited_image *image, struct silt_place content);

/* Adds a sentence, with a blank before it, about what etc/shells lists; nothing if it is not there or empty. */
void silt_tell_listed_shells(const struct silt_audited_image *image, struct silt_buffer *out);

#endif
