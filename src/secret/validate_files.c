/* Secrets that a whole file is, and passwords that programs hide from the eye only. */
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/encoding.h"

/* ---- Presence ------------------------------------------------------------------------------------------------------ */

/*
 * A file that should not be there at all, whatever is in it: its path is what it is known by, so that it stays one
 * finding when a later layer adds a line to it. The rule's value is the first byte: a longer one would stand in the way
 * of generic rules, which find the passwords in it.
 */
bool silt_validate_presence(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	(void)secret;
	verdict->identity = verdict->path;
	verdict->kind = "whole file";
	return true;
}

/* ---- MySQL --------------------------------------------------------------------------------------------------------- */

/*
 * .mylogin.cnf, as mysql_config_editor writes it; what follows the first four bytes, which are zero:
 *
 *     key                     line                          line
 *    ├───────────────────────┼────────┬────────────────────┼────── ...
 *     20 bytes                u32 LE   so many bytes
 *
 * A line is encrypted with AES-128 in ECB mode, so its length is a multiple of 16. The key stands in the file.
 */
bool silt_validate_mysql_login_path(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	enum { KEY_SIZE = 20, LENGTH_SIZE = 4, BLOCK_SIZE = 16 };
	size_t at = KEY_SIZE;
	size_t lines = 0;
	while (secret.len > at && secret.len - at >= LENGTH_SIZE) {
		uint32_t size = silt_u32le(secret.ptr + at);
		at += LENGTH_SIZE;
		if (size == 0 || size % BLOCK_SIZE != 0 || size > secret.len - at) {
			return false;
		}
		at += size;
		lines++;
	}
	if (lines == 0 || at != secret.len) {
		return false;
	}
	silt_verdict_proven(verdict, verdict->severity, "encrypted with a key that stands beside it");
	verdict->kind = "login path file";
	return true;
}

/* ---- JetBrains ----------------------------------------------------------------------------------------------------- */

/* Each UTF-16 unit of the password, XOR 0xDFAA, in four hexadecimal digits. The rule's pattern has seen to the digits. */
bool silt_validate_jetbrains_password(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	enum { DIGITS = 4, MASK = 0xdfaa };
	size_t len = 0;
	for (size_t at = 0; secret.len - at >= DIGITS; at += DIGITS) {
		uint32_t unit = 0;
		for (size_t i = 0; i < DIGITS; i++) {
			unit = unit << 4 | (uint32_t)silt_hex_value(secret.ptr[at + i]);
		}
		unit ^= MASK;
		if (unit < ' ' || unit > '~') { /* a password outside ASCII stays as it is written */
			return true;
		}
		verdict->room[len++] = (uint8_t)unit;
	}
	verdict->identity = silt_bytes(verdict->room, len);
	silt_verdict_proven(verdict, verdict->severity, "decodes to a password");
	return len > 0;
}
