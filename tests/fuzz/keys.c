/* Fuzz target: private keys, in armor and as bytes. What is decoded lies within its room and says the same twice. */
#include "secret/armor.h"
#include "secret/key.h"

#include <stdlib.h>

typedef struct silt_key parser(struct silt_bytes bytes, struct silt_public_key *out);

static parser *const parsers[] = {silt_key_of_der, silt_key_of_openssh, silt_key_of_ssh2};

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes body = silt_bytes(data, size);
	judge(body);
	read_lines(body);
	read_armor(body, false);
	read_armor(body, true);
	return 0;
}
