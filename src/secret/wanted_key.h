/* A private key that is looked for: what is in its armor, however that is written again. */
#ifndef SILT_SECRET_WANTED_KEY_H
#define SILT_SECRET_WANTED_KEY_H

#include "secret/wanted_rules.h"

/*
 * If value `number` is base64 between BEGIN and END lines, or DER, its bytes are looked for without them: as they are,
 * in hexadecimal, and in base64 with and without line ends, at whichever byte of a group they begin. What is no such
 * value is left alone. SILT_ERR_MEMORY.
 */
enum silt_status silt_wanted_key_add(struct silt_wanted_rules *rules, struct silt_bytes value, uint32_t number,
				     struct silt_error *err);

#endif
