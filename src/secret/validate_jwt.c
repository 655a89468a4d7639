/*
 * JSON Web Tokens (RFC 7519), and what they say of themselves.
 *
 *   signed (RFC 7515)      BASE64URL(header) . BASE64URL(claims) . BASE64URL(signature)
 *   encrypted (RFC 7516)   BASE64URL(header) . key . IV . ciphertext . tag
 *
 * Nothing here proves that a token is accepted anywhere: its key is not in it.
 */
#include "secret/validate.h"

#include "base/encoding.h"
#include "base/json.h"

enum {
	SIGNED_PARTS = 3,
	ENCRYPTED_PARTS = 5,
	/* A signature of HMAC-SHA-256 has 43 characters, and there is none shorter. */
	SIGNATURE_MIN = 43,
};

struct token {
	struct silt_bytes parts[ENCRYPTED_PARTS];
	size_t count;
	struct silt_json *header;
	struct silt_json *claims; /* NULL: encrypted, or they do not parse */
};

static size_t split(struct silt_bytes text, struct silt_bytes parts[static ENCRYPTED_PARTS])
{
	size_t count = 0;
	for (;;) {
		size_t dot = silt_bytes_find_byte(text, '.');
		parts[count++] = silt_bytes_slice(text, 0, dot);
		if (dot == SIZE_MAX) {
			return count;
		}
		if (count == ENCRYPTED_PARTS) {
			return 0;
		}
		text = silt_bytes_slice(text, dot + 1, text.len);
	}
}

/* The object that a part is the base64 of; SILT_ERR_INPUT if it is none. `room` is used during the call only. */
static enum silt_status read_part(struct silt_bytes part, uint8_t *room, struct silt_json **out)
{
	struct silt_bytes text = {.ptr = room};
	struct silt_json *json = NULL;
	if (!silt_base64_decode(part, room, &text.len)) {
		return SILT_ERR_INPUT;
	}
	enum silt_status status = silt_json_parse(text, &json, NULL);
	if (status == SILT_OK && silt_json_type(silt_json_root(json)) != SILT_JSON_OBJECT) {
		silt_json_free(json);
		return SILT_ERR_INPUT;
	}
	*out = json;
	return status;
}

static struct silt_bytes header_text(const struct token *token, const char *name)
{
	return silt_json_string(silt_json_get(silt_json_root(token->header), name));
}

static const struct silt_json_value *claim(const struct token *token, const char *name)
{
	return token->claims ? silt_json_get(silt_json_root(token->claims), name) : NULL;
}

static void close_token(struct token *token)
{
	silt_json_free(token->header);
	silt_json_free(token->claims);
}

static enum silt_status read_token(struct silt_bytes secret, uint8_t *room, struct token *token)
{
	token->count = split(secret, token->parts);
	if (token->count != SIGNED_PARTS && token->count != ENCRYPTED_PARTS) {
		return SILT_ERR_INPUT;
	}
	enum silt_status status = read_part(token->parts[0], room, &token->header);
	if (status == SILT_OK && header_text(token, "alg").len == 0) {
		status = SILT_ERR_INPUT;
	}
	if (status == SILT_OK && token->count == SIGNED_PARTS) {
		status = read_part(token->parts[1], room, &token->claims);
		status = status == SILT_ERR_INPUT ? SILT_OK : status;
	}
	return status;
}

/* SILT_ERR_INPUT if it is no JWT: no such parts, or no header that names an algorithm. SILT_ERR_MEMORY: who knows. */
static enum silt_status open_token(struct silt_bytes secret, uint8_t *room, struct token *token)
{
	*token = (struct token){0};
	enum silt_status status = read_token(secret, room, token);
	if (status != SILT_OK) {
		close_token(token);
	}
	return status;
}

/* The debugger of jwt.io starts with these claims, and so does half of the documentation there is. */
static bool is_sample(const struct token *token)
{
	return silt_bytes_equal(silt_json_string(claim(token, "sub")), SILT_LITERAL("1234567890")) &&
	       silt_bytes_equal(silt_json_string(claim(token, "name")), SILT_LITERAL("John Doe"));
}

static bool is_unsigned(const struct token *token)
{
	return token->parts[2].len < SIGNATURE_MIN ||
	       silt_bytes_equal_nocase(header_text(token, "alg"), SILT_LITERAL("none"));
}

static void judge(const struct token *token, struct silt_confirmation *verdict)
{
	if (token->count == ENCRYPTED_PARTS) {
		verdict->note = "encrypted (JWE)";
	} else if (!token->claims) {
		silt_verdict_doubtful(verdict, "its claims do not parse: cut short, redacted or made up");
	} else if (is_sample(token)) {
		silt_verdict_harmless(verdict, "publicly known: the sample of jwt.io");
	} else if (is_unsigned(token)) {
		silt_verdict_doubtful(verdict, "not signed");
	}
}

static void tell(const struct token *token, struct silt_confirmation *verdict)
{
	uint64_t expires = 0;
	silt_facts_add_word(verdict, "alg", header_text(token, "alg"));
	silt_facts_add_word(verdict, "issuer", silt_json_string(claim(token, "iss")));
	silt_facts_add_word(verdict, "role", silt_json_string(claim(token, "role")));
	if (silt_json_unsigned(claim(token, "exp"), &expires)) {
		verdict->expires = (int64_t)expires;
	} else if (token->claims) {
		silt_facts_add(verdict, "never expires");
	}
}

/* ---- Kubernetes -------------------------------------------------------------------------------------------------- */

/*
 * Whose token it is. Bound tokens have an object of claims, those kept in a Secret (without expiry) have them singly:
 *
 *   "kubernetes.io": {"namespace": NS, "serviceaccount": {"name": NAME}}
 *   "kubernetes.io/serviceaccount/namespace": NS, "kubernetes.io/serviceaccount/service-account.name": NAME
 */
struct account {
	struct silt_bytes space;
	struct silt_bytes name;
};

static bool find_account(const struct token *token, struct account *account)
{
	const struct silt_json_value *bound = claim(token, "kubernetes.io");
	if (bound) {
		account->space = silt_json_string(silt_json_get(bound, "namespace"));
		account->name = silt_json_string(silt_json_get(silt_json_get(bound, "serviceaccount"), "name"));
	} else {
		account->space = silt_json_string(claim(token, "kubernetes.io/serviceaccount/namespace"));
		account->name = silt_json_string(claim(token, "kubernetes.io/serviceaccount/service-account.name"));
	}
	return account->name.len > 0;
}

bool silt_validate_jwt(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct token token;
	struct account account;
	enum silt_status status = open_token(secret, verdict->room, &token);
	if (status != SILT_OK) {
		verdict->starved = status == SILT_ERR_MEMORY;
		return false;
	}
	bool other = find_account(&token, &account); /* has a rule of its own */
	if (!other) {
		judge(&token, verdict);
		tell(&token, verdict);
	}
	close_token(&token);
	return !other;
}

bool silt_validate_kubernetes_token(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct token token;
	struct account account;
	enum silt_status status = open_token(secret, verdict->room, &token);
	if (status != SILT_OK) {
		verdict->starved = status == SILT_ERR_MEMORY;
		return false;
	}
	bool found = find_account(&token, &account);
	if (found) {
		judge(&token, verdict);
		silt_facts_add_word(verdict, "namespace", account.space);
		silt_facts_add_word(verdict, "service account", account.name);
		tell(&token, verdict);
	}
	close_token(&token);
	return found;
}
