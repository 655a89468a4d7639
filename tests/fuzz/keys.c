/* Fuzz target: private keys, in armor and as bytes, and what judges keys, tokens and hashes. What is decoded lies within its room and says the same twice. */
#include "secret/armor.h"
#include "secret/key.h"
#include "secret/validate.h"

#include "base/secure.h"

#include <stdlib.h>

typedef struct silt_key parser(struct silt_bytes bytes, struct silt_public_key *out);

static parser *const parsers[] = {silt_key_of_der,    silt_key_of_openssh,    silt_key_of_ssh2,
				  silt_key_of_cosign, silt_key_of_tendermint, silt_key_of_nebula};

/* The same bytes, the same answer; the fingerprints of any public half can be taken. */
static void judge_with(parser *parse, struct silt_bytes bytes)
{
	struct silt_public_key out, out_again;
	uint8_t digest[32];
	struct silt_key key = parse(bytes, &out);
	struct silt_key again = parse(bytes, &out_again);
	if (key.state > SILT_KEY_PLAIN || key.state != again.state || key.note != again.note ||
	    out.algorithm != out_again.algorithm || silt_public_bits(&out) != silt_public_bits(&out_again)) {
		abort();
	}
	if (bytes.len == 0 && key.state != SILT_KEY_BROKEN) {
		abort();
	}
	silt_public_ssh_digest(&out, digest);
	silt_public_spki_digest(&out, digest);
}

static void judge(struct silt_bytes bytes)
{
	struct silt_pgp_facts facts, facts_again;
	struct silt_public_key out;
	uint8_t digest[32];
	for (size_t i = 0; i < sizeof(parsers) / sizeof(parsers[0]); i++) {
		judge_with(parsers[i], bytes);
	}
	struct silt_key key = silt_key_of_pgp(bytes, &facts);
	if (key.state != silt_key_of_pgp(bytes, &facts_again).state || facts.bits != facts_again.bits) {
		abort();
	}
	if (silt_public_of_ssh(bytes, &out)) {
		silt_public_ssh_digest(&out, digest);
		silt_public_spki_digest(&out, digest);
	}
}

static void read_armor(struct silt_bytes body, bool cut_short)
{
	struct silt_armor armor;
	uint8_t *room = malloc(body.len + 1); /* never NULL; the parser is told of body.len bytes */
	if (!room) {
		abort();
	}
	room[body.len] = 0xA5;
	if (silt_armor_read(body, cut_short, room, &armor)) {
		if (armor.data.len == 0 || armor.data.len > body.len) {
			abort();
		}
		judge(armor.data);
	}
	if (room[body.len] != 0xA5) {
		abort();
	}
	free(room);
}

/* Every line is cut out of what was left, and something is left fewer times than there are bytes. */
static void read_lines(struct silt_bytes rest)
{
	struct silt_bytes line;
	size_t left = rest.len;
	while (silt_armor_line(&rest, &line)) {
		if (rest.len >= left || line.len > left - rest.len) {
			abort();
		}
		left = rest.len;
	}
}

/* All that judge whole values of keys, tokens and hashes. */
static silt_validate_fn *const validators[] = {
	silt_validate_pem,
	silt_validate_der_key,
	silt_validate_public_pem,
	silt_validate_public_ssh,
	silt_validate_pgp,
	silt_validate_putty,
	silt_validate_pgp_packets,
	silt_validate_jwk,
	silt_validate_xml_rsa,
	silt_validate_wireguard,
	silt_validate_minisign,
	silt_validate_gnupg_key,
	silt_validate_totp,
	silt_validate_openvpn_static,
	silt_validate_java_keystore,
	silt_validate_pkcs12,
	silt_validate_nss_keys,
	silt_validate_extended_key,
	silt_validate_wif,
	silt_validate_stellar,
	silt_validate_bech32,
	silt_validate_solana,
	silt_validate_ethereum,
	silt_validate_jwt,
	silt_validate_kubernetes_token,
	silt_validate_crypt_hash,
	silt_validate_keytab,
	silt_validate_ccache,
};

/* What their patterns promise of a value. */
static bool may_judge(silt_validate_fn *validate, struct silt_bytes value)
{
	if (validate == silt_validate_pem || validate == silt_validate_public_pem) {
		return silt_bytes_start_with(value, SILT_LITERAL("-----BEGIN "));
	}
	return value.len >= 2;
}

static void validate(silt_validate_fn *fn, struct silt_bytes value)
{
	char facts[SILT_FACTS_SIZE] = "";
	uint8_t *room = malloc(value.len);
	if (!room) {
		abort();
	}
	struct silt_confirmation verdict = {
		.identity = value,
		.window = value,
		.room = room,
		.facts = facts,
	};
	if (fn(value, &verdict) && verdict.identity.len > value.len) {
		abort();
	}
	for (size_t i = 0; facts[i] != '\0'; i++) {
		if (i == sizeof(facts) - 1 || facts[i] < ' ' || facts[i] > '~') {
			abort();
		}
	}
	free(room);
}

static void validate_all(struct silt_bytes value)
{
	uint8_t *tight = malloc(value.len + 1);
	if (!tight) {
		abort();
	}
	/* At the end of its memory, so that the sanitizer sees a read beyond it. */
	uint8_t *start = tight + 1;
	if (value.len > 0) {
		memcpy(start, value.ptr, value.len);
	}
	for (size_t i = 0; i < sizeof(validators) / sizeof(validators[0]); i++) {
		if (may_judge(validators[i], value)) {
			validate(validators[i], silt_bytes(start, value.len));
		}
	}
	free(tight);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes body = silt_bytes(data, size);
	judge(body);
	read_lines(body);
	read_armor(body, false);
	read_armor(body, true);
	if (silt_secure_init(NULL) != SILT_OK) {
		abort();
	}
	validate_all(body);
	return 0;
}
