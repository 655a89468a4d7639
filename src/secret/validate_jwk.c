/*
 * Private keys whose numbers stand singly in base64: JSON Web Keys (RFC 7517, 7518, 8037) and the XML of .NET
 * (XML Signature section 6.4.2).
 *
 *   {"kty":"RSA","n":..,"e":..,"d":..,"p":..,"q":..}        {"kty":"EC","crv":"P-256","x":..,"y":..,"d":..}
 *   {"kty":"OKP","crv":"Ed25519","x":..,"d":..}             {"kty":"oct","k":..}
 *   <RSAKeyValue><Modulus>..</Modulus><Exponent>..</Exponent><P>..</P><Q>..</Q>..<D>..</D></RSAKeyValue>
 */
#include "secret/der.h"
#include "secret/key.h"
#include "secret/validate.h"

#include "base/attributes.h"
#include "base/encoding.h"
#include "base/json.h"

enum {
	/* Bytes of a private number or symmetric key, at least. */
	SECRET_MIN = 16,
	/* Bytes of a coordinate: P-521. */
	COORDINATE_MAX = 66,
};

static const char broken[] = "does not parse as a key: an example, cut short or damaged";

/* Where decoded numbers are put, one behind the other. */
struct desk {
	uint8_t *room;
	size_t left;
};

/* The number that a text is the base64 of; empty if it is none. */
static struct silt_bytes decode(struct desk *desk, struct silt_bytes text)
{
	struct silt_bytes number = {.ptr = desk->room};
	if (text.len > desk->left || !silt_base64_decode(text, desk->room, &number.len)) {
		return silt_bytes(NULL, 0);
	}
	desk->room += number.len;
	desk->left -= number.len;
	return number;
}

static void judge(struct silt_confirmation *verdict, struct silt_public_key *out, struct silt_bytes secret)
{
	struct silt_key key = {secret.len > 0 ? SILT_KEY_PLAIN : SILT_KEY_BROKEN, NULL};
	if (secret.len > 0) {
		verdict->identity = secret;
	}
	silt_verdict_key(verdict, key, out, broken);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static struct silt_bytes member(const struct silt_json_value *jwk, const char *name)
{
	return silt_json_string(silt_json_get(jwk, name));
}

static void read_rsa(const struct silt_json_value *jwk, struct desk *desk, struct silt_public_key *out)
{
	out->algorithm = silt_key_algorithm_rsa();
	out->numbers[0] = silt_der_unsigned(decode(desk, member(jwk, "n")));
	out->numbers[1] = silt_der_unsigned(decode(desk, member(jwk, "e")));
	out->proof[0] = silt_der_unsigned(decode(desk, member(jwk, "p")));
	out->proof[1] = silt_der_unsigned(decode(desk, member(jwk, "q")));
}

/* As JOSE calls them. */
static const struct {
	const char *jose;
	const char *ssh; /* how the table of algorithms is asked for it */
} curves[] = {
	{"P-256", "ecdsa-sha2-nistp256"},
	{"P-384", "ecdsa-sha2-nistp384"},
	{"P-521", "ecdsa-sha2-nistp521"},
	{"Ed25519", "ssh-ed25519"},
};

static const struct silt_key_algorithm *find_curve(struct silt_bytes name)
{
	for (size_t i = 0; i < SILT_COUNT(curves); i++) {
		if (silt_bytes_equal(name, silt_bytes_text(curves[i].jose))) {
			return silt_key_algorithm_ssh(silt_bytes_text(curves[i].ssh));
		}
	}
	return NULL;
}

/* The point is 04, x, y: they stand apart here. */
static void read_curve(const struct silt_json_value *jwk, struct desk *desk, struct silt_public_key *out)
{
	out->algorithm = find_curve(member(jwk, "crv"));
	if (out->algorithm && out->algorithm->form == SILT_FORM_RAW) {
		out->numbers[0] = decode(desk, member(jwk, "x"));
		return;
	}
	if (!out->algorithm || desk->left == 0) {
		return;
	}
	uint8_t *point = desk->room++;
	desk->left--;
	*point = 4;
	struct silt_bytes x = decode(desk, member(jwk, "x"));
	struct silt_bytes y = decode(desk, member(jwk, "y"));
	if (x.len > 0 && x.len <= COORDINATE_MAX && x.len == y.len) {
		out->numbers[0] = silt_bytes(point, 1 + 2 * x.len);
	}
}

static bool judge_jwk(const struct silt_json_value *jwk, struct desk *desk, struct silt_confirmation *verdict)
{
	struct silt_public_key out = {0};
	struct silt_bytes type = member(jwk, "kty");
	bool symmetric = silt_bytes_equal(type, SILT_LITERAL("oct"));
	struct silt_bytes secret = decode(desk, member(jwk, symmetric ? "k" : "d"));
	if (secret.len < SECRET_MIN) {
		return false;
	}
	if (symmetric) {
		verdict->identity = secret;
		silt_facts_add(verdict, "symmetric key, %zu bits", secret.len * 8);
		silt_verdict_proven(verdict, SILT_SEVERITY_HIGH, NULL);
	} else {
		if (silt_bytes_equal(type, SILT_LITERAL("RSA"))) {
			read_rsa(jwk, desk, &out);
		} else {
			read_curve(jwk, desk, &out);
			out.proof[0] = secret;
		}
		judge(verdict, &out, secret);
	}
	silt_facts_add_word(verdict, "kid", member(jwk, "kid"));
	return true;
}

bool silt_validate_jwk(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_json *json = NULL;
	struct desk desk = {verdict->room, verdict->window.len};
	verdict->kind = "JSON Web Key";
	enum silt_status status = silt_json_parse(secret, &json, NULL);
	if (status != SILT_OK) {
		verdict->starved = status == SILT_ERR_MEMORY;
		return false;
	}
	bool found = judge_jwk(silt_json_root(json), &desk, verdict);
	silt_json_free(json);
	return found;
}

/* ---- XML --------------------------------------------------------------------------------------------------------- */

/* Drops the white space that XML may be wrapped with, in place. */
static struct silt_bytes join(struct desk *desk, struct silt_bytes text)
{
	size_t len = 0;
	if (text.len > desk->left) {
		return silt_bytes(NULL, 0);
	}
	for (size_t i = 0; i < text.len; i++) {
		if (silt_is_base64(text.ptr[i]) || text.ptr[i] == '=') {
			desk->room[len++] = text.ptr[i];
		}
	}
	return silt_bytes(desk->room, len);
}

/* What stands between <NAME> and </NAME>, decoded. */
static struct silt_bytes element(struct silt_bytes xml, const char *open, const char *close, struct desk *desk)
{
	size_t start = silt_bytes_find(xml, silt_bytes_text(open));
	if (start == SIZE_MAX) {
		return silt_bytes(NULL, 0);
	}
	struct silt_bytes rest = silt_bytes_slice(xml, start + strlen(open), xml.len);
	size_t end = silt_bytes_find(rest, silt_bytes_text(close));
	return end == SIZE_MAX ? silt_bytes(NULL, 0) : decode(desk, join(desk, silt_bytes_slice(rest, 0, end)));
}

bool silt_validate_xml_rsa(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct desk desk = {verdict->room, verdict->window.len};
	struct silt_public_key out = {.algorithm = silt_key_algorithm_rsa()};
	out.numbers[0] = silt_der_unsigned(element(secret, "<Modulus>", "</Modulus>", &desk));
	out.numbers[1] = silt_der_unsigned(element(secret, "<Exponent>", "</Exponent>", &desk));
	out.proof[0] = silt_der_unsigned(element(secret, "<P>", "</P>", &desk));
	out.proof[1] = silt_der_unsigned(element(secret, "<Q>", "</Q>", &desk));
	struct silt_bytes number = element(secret, "<D>", "</D>", &desk);
	verdict->kind = "RSA key in XML";
	judge(verdict, &out, number.len >= SECRET_MIN ? number : silt_bytes(NULL, 0));
	return true;
}
