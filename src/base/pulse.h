/* A sign of life: called wherever work that can take long gets on. */
#ifndef SILT_BASE_PULSE_H
#define SILT_BASE_PULSE_H

#include <stddef.h>

/* Zeroed: nobody listens. */
struct silt_pulse {
	void (*beat)(void *ctx);
	void *ctx; /* borrows */
};

static inline void silt_pulse_beat(struct silt_pulse pulse)
{
	if (pulse.beat != NULL) {
		pulse.beat(pulse.ctx);
	}
}

#endif
