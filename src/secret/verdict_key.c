/* What a verdict says of a key: its lock, its kind, and the fingerprints by which its owner finds where it is trusted. */
#include "secret/key.h"
#include "secret/known_values.h"
#include "secret/validate.h"

#include "base/buffer.h"
#include "base/encoding.h"
#include "base/path.h"
#include "base/secure.h"

enum {
	/* Characters of base64 without padding that ssh-keygen shows. */
	SSH_ID_LEN = 43,
	/* Bytes of the longer fingerprint: enough to look for, short enough to stand in a line. */
	SPKI_SHOWN = 16,
};

static void judge_state(struct silt_confirmation *verdict, struct silt_key key, const char *broken)
{
	switch (key.state) {
	case SILT_KEY_PLAIN:
		silt_verdict_proven(verdict, SILT_SEVERITY_CRITICAL, key.note);
		break;
	case SILT_KEY_ENCRYPTED:
		silt_verdict_proven(verdict, SILT_SEVERITY_MEDIUM, key.note);
		break;
	case SILT_KEY_STUB:
		silt_verdict_proven(verdict, SILT_SEVERITY_INFO, key.note);
		break;
	case SILT_KEY_BROKEN:
		silt_verdict_doubtful(verdict, broken);
		break;
	}
}

static void tell_kind(struct silt_confirmation *verdict, const struct silt_public_key *out)
{
	silt_facts_add(verdict, "%s", out->algorithm->name);
	uint32_t bits = silt_public_bits(out);
	if (bits > 0 && out->algorithm->bits == 0) {
		silt_facts_add(verdict, "%u bits", bits);
	}
}

static void tell_ssh(struct silt_confirmation *verdict, struct silt_public_key *out)
{
	uint8_t digest[32];
	struct silt_buffer text = {0};
	if (silt_public_ssh_digest(out, digest)) {
		silt_base64(&text, silt_bytes(digest, sizeof(digest)));
		silt_facts_add(verdict, "public key SHA256:%.*s", SSH_ID_LEN, silt_buffer_text(&text));
	}
	verdict->starved = verdict->starved || text.failed;
	silt_buffer_done(&text);
}

/* Every container of the image has the same one, and anybody who has the image can pose as any of them. */
static bool is_host_key(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	return silt_bytes_start_with(name, SILT_LITERAL("ssh_host_")) &&
	       silt_bytes_end_with(name, SILT_LITERAL("_key"));
}

/* Harmless, but never as the key of a server: then everybody can pose as it. */
static void judge_known(struct silt_confirmation *verdict, struct silt_public_key *out, const uint8_t spki[static 32],
			bool host_key)
{
	const char *known = silt_known_key(spki);
	if (known && silt_public_belongs(out)) {
		verdict->severity = host_key ? verdict->severity : SILT_SEVERITY_INFO;
		verdict->note = known;
	}
}

void silt_verdict_key(struct silt_confirmation *verdict, struct silt_key key, struct silt_public_key *out,
		      const char *broken)
{
	uint8_t spki[32];
	char hex[2 * SPKI_SHOWN + 1];
	bool host_key = is_host_key(verdict->path);
	judge_state(verdict, key, broken);
	if (key.state == SILT_KEY_BROKEN) {
		return;
	}
	if (host_key) {
		silt_facts_add(verdict, "SSH host key");
	}
	if (!out || !out->algorithm) {
		return;
	}
	tell_kind(verdict, out);
	tell_ssh(verdict, out);
	if (silt_public_spki_digest(out, spki)) {
		memcpy(verdict->public_id, spki, SILT_PUBLIC_ID_SIZE);
		silt_hex(silt_bytes(spki, SPKI_SHOWN), hex);
		silt_facts_add(verdict, "spki sha256:%s", hex);
		judge_known(verdict, out, spki, host_key);
	}
	verdict->starved = verdict->starved || out->starved;
}
