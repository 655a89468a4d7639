/* Ports as the config of an image exposes them: "80", "80/tcp", "8000-8100/udp". */
#ifndef SILT_AUDIT_EXPOSED_PORT_H
#define SILT_AUDIT_EXPOSED_PORT_H

#include "base/bytes.h"

enum { SILT_PORT_SSH = 22, SILT_PORT_LAST = 65535 };

struct silt_ports {
	uint64_t first, last; /* may be beyond SILT_PORT_LAST; UINT64_MAX: far beyond */
};

/* False: the text is no port. */
bool silt_ports_read(struct silt_bytes text, struct silt_ports *out);

static inline bool silt_ports_have(const struct silt_ports *ports, uint64_t port)
{
	return ports->first <= port && ports->last >= port;
}

#endif
