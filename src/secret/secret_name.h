/*
 * What the name of a variable, a setting or a member says about its value: that it is a password, something secret, or
 * something that may be.
 */
#ifndef SILT_SECRET_SECRET_NAME_H
#define SILT_SECRET_SECRET_NAME_H

#include "base/bytes.h"

enum silt_name_says {
	SILT_NAME_SAYS_NOTHING,
	/* KEY, AUTH, TOKEN: the name of much else, too. */
	SILT_NAME_SAYS_LOOSELY,
	SILT_NAME_SAYS_SECRET,
	/* People choose passwords: a word may be one. */
	SILT_NAME_SAYS_PASSWORD,
};

/*
 * Reads the words of a name, which '_', '-', '.' or capitals part. Words count as a whole ("monkey", "BYPASS" and
 * "KEYCLOAK_HOME" say nothing), and with some of them the value is about a secret and not one: "TOKEN_URL",
 * "passwordField", "GPG_KEY" (a fingerprint).
 */
enum silt_name_says silt_read_name(struct silt_bytes name);

#endif
