/* Whether a command starts a server for SSH. Internal to the readers of facts. */
#ifndef SILT_CONTENT_FACT_STARTS_H
#define SILT_CONTENT_FACT_STARTS_H

#include "base/shell_words.h"

/* True, and its program in `*program`, if a command starts sshd or dropbear: itself or as a service, not "sshd -t". */
bool silt_fact_starts_sshd(const struct silt_shell_command *command, struct silt_bytes *program);

#endif
