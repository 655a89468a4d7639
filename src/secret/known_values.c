/* The table of secrets that everybody has. */
#include "secret/known_values.h"

#include "base/attributes.h"
#include "base/encoding.h"

enum { HEX_SIZE = 2 * SILT_VALUE_ID_SIZE + 1 };

static const char gnutls[] = "publicly known: self-test key of GnuTLS";
static const char cmake[] = "publicly known: temporary key in the templates of CMake";
static const char jetty[] = "publicly known: demonstration keystore of Jetty";
static const char google_auth[] = "publicly known: test key of google-auth";
static const char gsutil[] = "publicly known: test key of gsutil";
static const char pyjwt[] = "publicly known: sample token in PyJWT's manual";
static const char go[] = "publicly known: test key in the source of Go";
static const char twisted[] = "publicly known: test key of Twisted";
static const char pycryptodome[] = "publicly known: self-test key of PyCryptodome";
static const char public_encrypt[] = "publicly known: test key of public-encrypt";
static const char stripe[] = "publicly known: sample key of Stripe's documentation";
static const char rfc[] = "publicly known: example of an RFC";
static const char aws[] = "publicly known: example in the API reference of AWS";
static const char azurite[] = "publicly known: account key of the Azure storage emulator";
static const char cosmos[] = "publicly known: account key of the Azure Cosmos DB emulator";
static const char minio[] = "publicly known: key of the public MinIO playground";
static const char sha_crypt[] = "publicly known: test vector of SHA-crypt";

/*
 * To add a key: scan the file it is in, and write down `value` of the match, which is what silt_confirm computes (the
 * id of a finding in a report is another): BLAKE2b of 16 bytes, keyed with "silt value 1" and zeros up to 64 bytes, over the
 * length of the value as 64 bits, low byte first, and the value: of a key its bytes between the lines, decoded, of
 * anything else the text itself. Add it only if its publisher meant it to be public, and say who that is.
 *
 * A key has a value of its own in each of its encodings: "EC PRIVATE KEY" and "PRIVATE KEY" are two rows. For the kinds
 * of keys that known_keys.c serves, one row there does for all.
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
	/* DSA and EC keys of longer curves, in each encoding in which they are published. */
	{"385be4b326e53a543ec18100cbb6ff21", go},
	{"535ecb42ac42efac066dca61c154dbc2", go},
	{"1c8483ec9032e385a9d58052075e4773", twisted},
	{"29cf2e03e76cf38269a8880f97cc828f", twisted},
	{"630793b1b22e35439fbfea4405284d41", twisted},
	{"6a090d1c0f800807c403bf20b01f1d7e", twisted},
	{"73b0089a36158cd45e4b5f33a9078b41", twisted},
	{"cae2510cbbac3badc0fa23816bd498c6", twisted},
	{"fa2c306c0e5aea41a466f2907c8e90c6", twisted},
	{"1e4c3270c987e363c4b459288a812398", pycryptodome},
	{"31794fe871e891f7c896958cf48886bb", pycryptodome},
	{"41a7a35edb46bd11b30f54bc06d80d15", pycryptodome},
	{"43e02c8dae997909752b4ba9a08aa5cb", pycryptodome},
	{"470e73218fc2e293a9d70027fcf6ab01", pycryptodome},
	{"5a5816351cec9741235ea3a70b0d3521", pycryptodome},
	{"717feab2685bf2a61760b0c922f3f7ae", pycryptodome},
	{"7f54797e688e8fa1e57332758a97b800", pycryptodome},
	{"b96f6eb16b13ce5f4740428a7ea03c06", pycryptodome},
	{"bbb25606db721c532be3d3e4e6f0fd54", pycryptodome},
	{"91fb70026798a54b428cfc08870fa887", public_encrypt},
	/* Tokens, account keys and hashes. */
	/* Credentials of RFC 6749, section 2.3.1, and RFC 7617, section 2: as they are sent, and their passwords. */
	{"cf3604ec03cfd1d99439c9811015aa9b", rfc},
	{"c2e8670ccc77993c2aeb6ae31c7cd0e5", rfc},
	{"ac0e43071ce8eb524393fe702d9519e7", rfc},
	{"ff51d88aed199f818d713d9c360cad39", rfc},
	/* Examples of STS, IAM, SSO OIDC, DataSync, Cognito, KMS and Artifact, which every aws-sdk carries. */
	{"0334b6702c14a27d0d4b9078ae314568", aws},
	{"92873b4e7f6eb72464b38f6097bc72da", aws},
	{"afdced18efebf8ef195502eee736a872", aws},
	{"b1b6187cf17160a3f8590204bb54e49b", aws},
	{"43574ea2ff391d78b5cb783d2b448d4b", aws},
	{"bb94ae482ade4711a5f3e7874f3e0d46", aws},
	{"0c6f16d708075afd1b5b520ace8f0067", aws},
	{"e3f7cda3ee10d2cbe1bbf2f42a47e678", aws},
	{"39b16839ae838d169ae2c238c455c804", aws},
	{"010f538e9def38883f5fc8b503ccd7b8", aws},
	{"0852c0080af1a7abc51c3adda1f5e548", aws},
	{"0a0a230ac87068fbfc245b3f5c722c67", aws},
	{"202ecca12d3f6248cfb0de2a695afb1f", aws},
	{"368cf30c82c51a008d642c0d92c7a2a9", aws},
	{"3bb393574bf334351c99a7d44cf42877", aws},
	{"41a390836ffe6d89536d808c8211b61c", aws},
	{"951685bc4b2adc7bff8ceec763036294", aws},
	{"a448aba2152c6e714ecb9c81f814ec10", aws},
	{"bda0b26a76b941babed0ca6016cf6cf1", aws},
	{"28432429ee9e913a7aa171ffc2c41dcc", stripe},
	{"c9f89f21057912b9d6b0eedcb4aea51c", stripe},
	{"10d25e759d459f13184185665b01f008", azurite},
	{"18696e0b5f593ea3c0179d20928ddab5", cosmos},
	{"c6d7785d00ebf8d9440bf0e62fdc2d1f", minio},
	{"1010078983530e42069789977e7572b9", minio},
	{"c0460dbb20f497cc56074080cce60e82", sha_crypt},
	{"07b37078e630758c8c57ee8711b655ef", sha_crypt},
	{"cd6f03bfbcc349d27831102c28be9367", sha_crypt},
	{"12c318b5bc2aaa32ca5bfd341370168a", sha_crypt},
	{"1b368d7f3d513de476db4e4421d727bf", pyjwt},
	/* Whole keystores. */
	{"03c838d01c3eaac119e2953de5915c83", cmake},
	{"0b3b24fb8307e3ba34ec4bb95ca91770", jetty},
	{"93cc7b4b18641e256e5526a5eba5778b", google_auth},
	{"15076f103515befc8c4b6d8af24e48a3", gsutil},
};

const char *silt_known_value(const uint8_t id[static SILT_VALUE_ID_SIZE])
{
	char hex[HEX_SIZE];
	silt_hex(silt_bytes(id, SILT_VALUE_ID_SIZE), hex);
	for (size_t i = 0; i < SILT_COUNT(known_values); i++) {
		if (memcmp(hex, known_values[i].id, HEX_SIZE) == 0) {
			return known_values[i].note;
		}
	}
	return NULL;
}
