/* The table of secrets that everybody has. */
#include "secret/known_values.h"

#include "base/attributes.h"

enum { HEX_SIZE = 2 * SILT_VALUE_ID_SIZE + 1 };

static const char gnutls[] = "publicly known: self-test key of GnuTLS";

/*
 * To add a key: scan the file it is in, and write down `value` of the match, which is what silt_confirm computes (the
 * id of a finding in a report is another). Add it only if its publisher meant it to be public, and say who that is. A
 * key has a value of its own in each of its encodings: "EC PRIVATE KEY" and "PRIVATE KEY" are two rows.
 */
static const struct known_value {
	char id[HEX_SIZE];
	const char *note;
} known_values[] = {
	/* lib/crypto-selftests-pk.c of GnuTLS 3.7, compiled into libgnutls.so.30, in the order of the library. */
	{"9f96847bd8a97ddb2b146d3111cb00cc", gnutls}, /* GOST R 34.10-2012, 512 bits */
	{"3581ad71baac8ac53899c64c58b5f36b", gnutls}, /* GOST R 34.10-2012, 256 bits */
	{"041c3cd6e98ceedfd4daa18e460277e6", gnutls}, /* GOST R 34.10-2001 */
	{"acb69fbff332a4c570cca08dde2644f8", gnutls}, /* EC, secp521r1 */
	{"01fcef5a66d78847369f158b3d8a7394", gnutls}, /* EC, secp384r1 */
	{"7e0a30912ef51b749826ef7593b9b4cc", gnutls}, /* EC, secp224r1 */
	{"4df0e96b0688572de3d26ab9e88ed8f7", gnutls}, /* EC, secp192r1 */
	{"017d0fc8695a494ddde7e1738b5d7a56", gnutls}, /* EC, secp256r1 */
	{"933c703597b31289482fab4503627855", gnutls}, /* DSA */
	{"8864bb981d37d04806ae6ade419b9ea5", gnutls}, /* RSA */
};

static void write_hex(const uint8_t *id, char hex[static HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < SILT_VALUE_ID_SIZE; i++) {
		hex[2 * i] = digits[id[i] >> 4];
		hex[2 * i + 1] = digits[id[i] & 15];
	}
	hex[HEX_SIZE - 1] = '\0';
}

const char *silt_known_value(const uint8_t id[static SILT_VALUE_ID_SIZE])
{
	char hex[HEX_SIZE];
	write_hex(id, hex);
	for (size_t i = 0; i < SILT_COUNT(known_values); i++) {
		if (memcmp(hex, known_values[i].id, HEX_SIZE) == 0) {
			return known_values[i].note;
		}
	}
	return NULL;
}
