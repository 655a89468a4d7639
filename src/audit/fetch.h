/*
 * Commands of a RUN that fetch something from the network to keep it: curl and wget, with an address of another host.
 */
#ifndef SILT_AUDIT_FETCH_H
#define SILT_AUDIT_FETCH_H

#include "audit/history.h"

struct silt_fetch {
	bool plain;    /* over http or ftp: anybody on the way can change it */
	bool insecure; /* the certificate is not checked */
};

/* False if the command is no such fetch: it sends something, asks whether somebody is there, or talks to this host. */
bool silt_fetch_read(const struct silt_command *command, struct silt_fetch *out);

#endif
