/* authorized_keys, of sshd(8): one key on each line, "[OPTIONS] ALGORITHM BASE64 [COMMENT]". */
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("**/.ssh", "authorized_keys*"),       SILT_PLACE("etc/ssh/authorized_keys.d", "*"),
	SILT_PLACE("etc/ssh/authorized_keys.d/**", "*"), SILT_PLACE("etc/ssh", "authorized_keys*"),
	SILT_PLACE("etc/dropbear", "authorized_keys*"),
};

static const char algorithms[] =
	"ssh-rsa ssh-dss ssh-ed25519 ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521 "
	"sk-ssh-ed25519@openssh.com sk-ecdsa-sha2-nistp256@openssh.com ssh-rsa-cert-v01@openssh.com "
	"ssh-ed25519-cert-v01@openssh.com ecdsa-sha2-nistp256-cert-v01@openssh.com "
	"ecdsa-sha2-nistp384-cert-v01@openssh.com ecdsa-sha2-nistp521-cert-v01@openssh.com";

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places));
}

/* Behind the options: they end at the first blank outside of double quotes. */
static struct silt_bytes behind_options(struct silt_bytes line)
{
	bool quoted = false;
	size_t at = 0;
	for (; at < line.len && (quoted || (line.ptr[at] != ' ' && line.ptr[at] != '\t')); at++) {
		if (line.ptr[at] == '"') {
			quoted = !quoted;
		} else if (line.ptr[at] == '\\' && quoted) {
			at++;
		}
	}
	return silt_bytes_slice(line, at, line.len);
}

/* True if `text` begins as a key: an algorithm, and base64 of what begins with the length of a name. */
static bool begins_as_key(struct silt_bytes text, struct silt_bytes *algorithm)
{
	struct silt_bytes blob;
	return silt_fact_word(&text, algorithm) && silt_fact_is_one(*algorithm, algorithms) &&
	       silt_fact_word(&text, &blob) && silt_bytes_start_with(blob, SILT_LITERAL("AAAA"));
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line, algorithm;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		if (begins_as_key(line, &algorithm) || begins_as_key(behind_options(line), &algorithm)) {
			status = silt_fact_tell(&listener, SILT_FACT_AUTHORIZED_KEY, lines.number, algorithm);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_authorized_keys = {.wants = wants, .read = read};
