/*
 * Certificates and public keys of the whole bundle, to be asked for by the id of a private key: what it opens.
 */
#ifndef SILT_AUDIT_PUBLIC_HALVES_H
#define SILT_AUDIT_PUBLIC_HALVES_H

#include "audit/context.h"

struct silt_known_half;

struct silt_public_halves {
	struct silt_known_half *items; /* owns; by id, then by path */
	size_t count;
};

/* Of all records, of whatever layer or image. The records must outlive it. Fails for memory only. */
enum silt_status silt_public_halves_init(struct silt_public_halves *halves, const struct silt_context *context,
					 struct silt_error *err);
void silt_public_halves_done(struct silt_public_halves *halves);

/*
 * Adds a sentence for each kind of place where the public half of this key is, naming two of them: "Its certificate is
 * in /etc/ssl/certs/server.crt." Nothing if it is nowhere.
 */
void silt_public_halves_tell(const struct silt_public_halves *halves, const uint8_t id[static SILT_PUBLIC_ID_SIZE],
			     struct silt_buffer *out);

#endif
