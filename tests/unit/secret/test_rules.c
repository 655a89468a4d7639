/*
 * The rules for the vendors silt knew first, against texts they must match and texts they must not, cut in every way.
 * (test_shipped_rules.c does the same, uncut, for the examples of every rule.)
 *
 * No token stands in this file. A row is a template from which a token is made when the test runs, checksums and all,
 * so that other scanners have nothing to find here:
 *
 *   @A30  thirty letters and digits    @U base32   @H hex   @B base64   @L base64url   @D digits   @P lower and digits
 *   @C    six base62 digits of the CRC-32 of what stands since the last '_'
 *   @G    seven base36 digits of the CRC-32 of the value so far
 *   @F    eight base32 digits of the SHA-256 of the value so far
 *   @Q(x) base64 of x
 *   \1 \2 the value that must be found starts and ends here
 */
#include "check.h"
#include "scan_kit.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/encoding.h"
#include "stream/crc32.h"
#include "stream/digest.h"

#include <stdlib.h>

#define CRITICAL SILT_SEVERITY_CRITICAL
#define HIGH SILT_SEVERITY_HIGH
#define MEDIUM SILT_SEVERITY_MEDIUM
#define LOW SILT_SEVERITY_LOW
#define INFO SILT_SEVERITY_INFO

#define KEY_HEAD "-----BEGIN "
#define KEY_NAME "PRIVATE KEY-----"

struct positive {
	const char *rule;
	const char *text;
	enum silt_severity severity;
};

struct negative {
	const char *rule;
	const char *text;
};

static const struct positive positives[] = {
	{"private-key", "\1" KEY_HEAD "RSA " KEY_NAME "\n...\n-----END RSA " KEY_NAME "\2\n", LOW},
	{"private-key", "x \1" KEY_HEAD KEY_NAME "\\nMIIE@B60\\n@B64\\n-----END " KEY_NAME "\2\\n", LOW},
	{"private-key", "\1" KEY_HEAD "EC " KEY_NAME "\n@B64\n@B20\2 .", LOW},
	{"private-key",
	 "\1" KEY_HEAD "RSA " KEY_NAME "\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,@H32\r\n\r\n@B64\r\n"
	 "-----END RSA " KEY_NAME "\2",
	 MEDIUM},
	{"putty-private-key",
	 "\1PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\n@B64\nPrivate-Lines: 1\n"
	 "AAAABHNpbHQ=\nPrivate-MAC: @H40\2\n",
	 CRITICAL},
	{"putty-private-key",
	 "  \1PuTTY-User-Key-File-3: ssh-ed25519\r\n  Encryption: aes256-cbc\r\n  Comment: x\r\n  Public-Lines: 1\r\n  "
	 "@B64\r\n"
	 "  Key-Derivation: Argon2id\r\n  Private-Lines: 1\r\n  @B64\r\n  Private-MAC: @H64\2\r\n",
	 MEDIUM},
	{"putty-private-key", "\1PuTTY-User-Key-File-2: ssh-dss\nEncryption: aes256-cbc\2\nComment: cut short", LOW},
	{"pgp-private-key",
	 "\1" KEY_HEAD "PGP PRIVATE KEY BLOCK-----\nVersion: x\n\n@B64\n=@B4\n-----END PGP PRIVATE KEY BLOCK-----\2\n",
	 LOW},
	{"pgp-private-key",
	 "\1" KEY_HEAD "PGP PRIVATE KEY BLOCK-----\\n\\n@B64\\n-----END PGP PRIVATE KEY BLOCK-----\2", LOW},
	{"pgp-private-key", "\1" KEY_HEAD "PGP PRIVATE KEY BLOCK-----\n\n@B64\n@B30\2", LOW},
	{"aws-access-key-id", "aws_access_key_id = \1AKIA@U16\2\n", HIGH},
	{"aws-access-key-id", "\"\1ASIA@U16\2\"", HIGH},
	{"aws-access-key-id", "Credential=\1AKIA@U16\2/20260101/us-east-1", HIGH},
	{"aws-access-key-id", "id \1AKIA@U9EXAMPLE\2 ", INFO},
	{"aws-secret-access-key", "aws_secret_access_key = \1@B40\2\n", HIGH},
	{"aws-secret-access-key", "export AWS_SECRET_ACCESS_KEY='\1@B40\2'", HIGH},
	{"aws-secret-access-key", "ENV AWS_SECRET_ACCESS_KEY \1@B40\2", HIGH},
	{"aws-secret-access-key", "{\"SecretAccessKey\": \"\1@B40\2\", ", HIGH},
	{"aws-secret-access-key", "{\\\"secretAccessKey\\\":\\\"\1@B40\2\\\"}", HIGH},
	{"aws-secret-access-key", "<SecretAccessKey>\1@B40\2</SecretAccessKey>", HIGH},
	{"aws-secret-access-key", "aws_secret_access_key=\1@B20/EXAMPLE@B12\2 ", INFO},
	{"aws-session-token", "aws_session_token = \1FwoGZXIvYXdz@B300\2\n", HIGH},
	{"aws-session-token", "\"SessionToken\": \"\1IQoJb3JpZ2lu@B500==\2\"", HIGH},
	{"aws-session-token", "AWS_SESSION_TOKEN=\1@B200\2", LOW},
	{"github-pat", "token: \1ghp_@A30@C\2\n", CRITICAL},
	{"github-pat", "https://\1ghp_@A30@C\2@github.com/", CRITICAL},
	{"github-pat", "\1ghp_@A36\2", LOW},
	{"github-oauth", "\1gho_@A30@C\2", CRITICAL},
	{"github-oauth", "oauth_token: \1gho_@A30@C\2", CRITICAL},
	{"github-oauth", "x=\1gho_@A36\2;", LOW},
	{"github-app-token", "\1ghu_@A30@C\2", CRITICAL},
	{"github-app-token", "\1ghs_@A30@C\2\"", CRITICAL},
	{"github-app-token", " \1ghs_@A36\2 ", HIGH},
	{"github-app-token", " \1ghs_@L40.@L120.@L60\2 ", HIGH},
	{"github-refresh-token", "\1ghr_@A70@C\2", CRITICAL},
	{"github-refresh-token", "(\1ghr_@A30@C\2)", CRITICAL},
	{"github-refresh-token", "\1ghr_@A76\2", LOW},
	{"github-fine-grained-pat", "\1github_pat_@A22_@A43@F@A8\2", CRITICAL},
	{"github-fine-grained-pat", "GITHUB_TOKEN=\1github_pat_@A22_@A43@F@A8\2\n", CRITICAL},
	{"github-fine-grained-pat", "\1github_pat_@A22_@A59\2", LOW},
	{"gitlab-pat", "PRIVATE-TOKEN: \1glpat-@A20\2\n", HIGH},
	{"gitlab-pat", "\1glpat-@A27.01.0w@G\2", CRITICAL},
	{"gitlab-pat", "\1glpat-@A60.01.1c@G\2.", CRITICAL},
	{"gitlab-pat", "\1glpat-@A27.01.0w@P7\2", LOW},
	{"gitlab-token", "\1gldt-@A20\2", HIGH},
	{"gitlab-token", "\1glcbt-64_@A20\2", HIGH},
	{"gitlab-token", "token = \"\1glrt-t1_@A20\2\"", HIGH},
	{"gitlab-token", "\1glptt-@H40\2", HIGH},
	{"gitlab-token", "\1glrt-@A27.01.0w@G\2", CRITICAL},
	{"gitlab-token", "\1GR1348941@A20\2", HIGH},
	{"slack-token", "\1xoxb-@D12-@D13-@A24\2", HIGH},
	{"slack-token", "SLACK=\1xoxp-@D12-@D12-@D13-@H32\2", HIGH},
	{"slack-token", "\1xapp-1-A@U10-@D13-@H64\2", HIGH},
	{"slack-token", "\1xoxe.xoxp-1-@A160\2", HIGH},
	{"slack-token", "\1xoxd-@A100%2B@A40\2;", HIGH},
	{"slack-webhook", "https://\1hooks.slack.com/services/T@U10/B@U10/@A24\2", HIGH},
	{"slack-webhook", "\"\1hooks.slack.com/services/T@U8/B@U8/@A24\2\"", HIGH},
	{"slack-webhook", "\1hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX\2", INFO},
	{"google-api-key", "key=\1AIza@L34a\2&x", MEDIUM},
	{"google-api-key", "\"\1AIza@L34a\2\"", MEDIUM},
	{"google-api-key", "\1AIza@L34a\2", MEDIUM},
	{"google-service-account",
	 "{\"type\": \"service_account\", \"private_key\": \"\1" KEY_HEAD KEY_NAME "\\n@B64\\n-----END " KEY_NAME
	 "\2\\n\", \"client_email\": \"x\"}",
	 LOW},
	{"google-service-account",
	 "{\"client_email\": \"x\", \"private_key\":\"\1" KEY_HEAD KEY_NAME "\\n@B64\\n-----END " KEY_NAME
	 "\2\", \"type\": \"service_account\"}",
	 LOW},
	{"google-service-account",
	 "\"{\\\"type\\\": \\\"service_account\\\", \\\"private_key\\\": \\\"\1" KEY_HEAD KEY_NAME
	 "\\\\n@B64\\\\n-----END " KEY_NAME "\2\\\\n\\\", \\\"client_email\\\": \\\"x\\\"}\"",
	 LOW},
	{"google-oauth-client-secret", "\"client_secret\":\"\1GOCSPX-@L27a\2\"", HIGH},
	{"google-oauth-client-secret", "\1GOCSPX-@L27a\2", HIGH},
	{"google-oauth-client-secret", "x: \1GOCSPX-@L27a\2\n", HIGH},
	{"google-oauth-token", "\1ya29.@L150a\2", HIGH},
	{"google-oauth-token", "Bearer \1ya29.a0@L200a\2\n", HIGH},
	{"google-oauth-token", "'\1ya29.c.@L60a\2'", HIGH},
	{"npm-token", "\1npm_@A30@C\2", CRITICAL},
	{"npm-token", "//registry.npmjs.org/:_authToken=\1npm_@A30@C\2\n", CRITICAL},
	{"npm-token", "NPM_TOKEN=\1npm_@A36\2", LOW},
	{"npmrc-auth", "//r.example.com/:_authToken=\1@H8-@H4-@H4-@H4-@H12\2\n", HIGH},
	{"npmrc-auth", "//r.example.com/:_authToken=\"\1NpmToken.@A30\2\"\n", HIGH},
	{"npmrc-auth", "_auth = \1@Q(deploy:@A12)\2\nalways-auth=true", HIGH},
	{"npmrc-auth", "//r.example.com/:_password=\1@Q(@A12)\2\n", HIGH},
	{"npmrc-auth", "printf 'registry=x\\n_auth=\1@Q(deploy:@A12)\2\\n'", HIGH},
	{"npmrc-auth", "//r.example.com/:_password=\1@Q(password1)\2\n", HIGH},
	{"npmrc-auth", "//r.example.com/:_authToken=\1mytoken1x\2\n", HIGH},
	{"docker-config-auth", "{\"auths\":{\"r.example.com\":{\"auth\":\"\1@Q(robot:@A20)\2\"}}}", HIGH},
	{"docker-config-auth", "\t\"auth\": \"\1@Q(_json_key:{\n \"x\": 1\n})\2\"", HIGH},
	{"docker-config-auth", "{\\\"auth\\\": \\\"\1@Q(u:@A9)\2\\\"}", HIGH},
	{"docker-config-auth", "\"identitytoken\": \"\1@L40\2\"", HIGH},
	{"docker-config-auth", "printf '{\\n\"auth\": \"\1@Q(u:@A9)\2\"}'", HIGH},
	{"docker-config-auth", "\"auth\": \"\1@Q(username:password)\2\"", LOW},
};

static const struct negative negatives[] = {
	{"private-key", KEY_HEAD "RSA " KEY_NAME "\n"},
	{"private-key", KEY_HEAD "OPENSSH " KEY_NAME "\n\0-----END"},
	{"private-key", KEY_HEAD "CERTIFICATE-----\n@B64\n-----END CERTIFICATE-----\n"},
	{"private-key", KEY_HEAD "RSA PUBLIC KEY-----\n@B64\n-----END RSA PUBLIC KEY-----\n"},
	{"private-key", KEY_HEAD "RSA " KEY_NAME "\", \"-----END RSA " KEY_NAME "\""},
	{"putty-private-key", "PuTTY-User-Key-File-%d: %s\n"},
	{"putty-private-key", "PuTTY-User-Key-File-2: "},
	{"putty-private-key", "the header PuTTY-User-Key-File-3 is followed by the algorithm"},
	{"pgp-private-key", KEY_HEAD "PGP PUBLIC KEY BLOCK-----\n\n@B64\n-----END PGP PUBLIC KEY BLOCK-----"},
	{"pgp-private-key", KEY_HEAD "PGP PRIVATE KEY BLOCK-----"},
	{"pgp-private-key", KEY_HEAD "PGP PRIVATE KEY BLOCK-----\n\n"},
	{"aws-access-key-id", "AKIA@U15"},
	{"aws-access-key-id", "AKIA@U16B"},
	{"aws-access-key-id", "xAKIA@U16"},
	{"aws-access-key-id", "AKIA@U8-@U8"},
	{"aws-secret-access-key", "aws_secret_access_key = @H40\n"},
	{"aws-secret-access-key", "aws_secret_access_key = @B39\n"},
	{"aws-secret-access-key", "aws_secret_access_key = @B41\n"},
	{"aws-secret-access-key", "aws_secret_access_key = YOURSECRETSECRETSECRETSECRETSECRETSECRET\n"},
	{"aws-secret-access-key", "aws_secret_access_key: ${AWS_SECRET}"},
	{"aws-session-token", "aws_session_token = ${TOKEN}"},
	{"aws-session-token", "sessionToken = @B60"},
	{"aws-session-token",
	 "AWS_SESSION_TOKEN=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	 "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
	{"github-pat", "ghp_@A35"},
	{"github-pat", "ghp_@A37"},
	{"github-pat", "aghp_@A30@C"},
	{"github-pat", "ghp_@A20-@A15"},
	{"github-oauth", "gho_@A35"},
	{"github-oauth", "gho_@A37"},
	{"github-oauth", "xgho_@A30@C"},
	{"github-app-token", "ghu_@A35"},
	{"github-app-token", "ghs_@A37"},
	{"github-app-token", "ghs_config"},
	{"github-refresh-token", "ghr_@A35"},
	{"github-refresh-token", "ghr_@A75"},
	{"github-refresh-token", "ghr_@A77"},
	{"github-fine-grained-pat", "github_pat_@A22_@A58"},
	{"github-fine-grained-pat", "github_pat_@A81"},
	{"github-fine-grained-pat", "github_pat_@A22_@A60"},
	{"gitlab-pat", "glpat-@A19"},
	{"gitlab-pat", "glpat-@A21"},
	{"gitlab-pat", "glpat-xxxx"},
	{"gitlab-token", "gldt-@A10"},
	{"gitlab-token", "glft-"},
	{"gitlab-token", "xglrt-@A20"},
	{"slack-token", "xoxb-not-a-token"},
	{"slack-token", "xoxb-@D12"},
	{"slack-token", "xapp-1-A@U10-@D13-@H63"},
	{"slack-webhook", "https://hooks.slack.com/services/T"},
	{"slack-webhook", "hooks.slack.com/services/T@U10/B@U10/@A23"},
	{"slack-webhook", "hooks.slack.com/services/T@U10/B@U10/@A25"},
	{"google-api-key", "AIza@A34"},
	{"google-api-key", "AIza@A36"},
	{"google-api-key", "xAIza@A35"},
	{"google-service-account", "{\"type\": \"service_account\", \"private_key\": \"\", \"client_email\": \"x\"}"},
	{"google-service-account", "{\"private_key\": \"" KEY_HEAD KEY_NAME "\\n@B64\\n-----END " KEY_NAME "\\n\"}"},
	{"google-service-account", "\"private_key_id\": \"service_account client_email\""},
	{"google-oauth-client-secret", "GOCSPX-@A27"},
	{"google-oauth-client-secret", "GOCSPX-@A29"},
	{"google-oauth-client-secret", "GOCSPX-..."},
	{"google-oauth-token", "ya29.@A20"},
	{"google-oauth-token", "xya29.@A60"},
	{"google-oauth-token", "ya29. @A60"},
	{"npm-token", "npm_config_registry=https://registry.npmjs.org/"},
	{"npm-token", "npm_@A35"},
	{"npm-token", "npm_@A37"},
	{"npmrc-auth", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n"},
	{"npmrc-auth", "//registry.npmjs.org/:_authToken=npm_@A36\n"},
	{"npmrc-auth", "self._auth = get_credentials\n"},
	{"npmrc-auth", "    _auth = HTTPBasicAuth\n"},
	{"npmrc-auth", "db_password=@A20\n"},
	{"npmrc-auth", "//npm.pkg.github.com/:_authToken=ghp_@A36\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=MYTOKEN\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=MYTOKEN1\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=mytoken2026\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=your-token\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=YOUR_TOKEN_HERE\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=your-auth-token\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=<token-of-yours>\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=xxxxxxxx\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=xxxxxxxxxxxx\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=00000000-0000-0000-0000-000000000000\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=${AUTH_TOKEN}\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=$AUTH_TOKEN\n"},
	{"npmrc-auth", "//r.example.com/:_authToken={{auth_token}}\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=ChangeMe\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=change_me_1\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=example1\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=secret123\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=Password1\n"},
	{"npmrc-auth", "//r.example.com/:_authToken=\"PASSWORD\"\n"},
	{"docker-config-auth", "{\\\"oauth\\\": \\\"@Q(u:@A9)\\\"}"},
	{"docker-config-auth", "{\"auths\":{\"r.example.com\":{\"auth\":\"\"}}}"},
	{"docker-config-auth", "\"auth\": \"required\""},
	{"docker-config-auth", "\"auth\": \"@Q(no colon here)\""},
	{"docker-config-auth", "\"auth\": \"@Q(user:)\""},
	{"docker-config-auth", "\"oauth\": \"@Q(user:@A12)\""},
	{"docker-config-auth", "\"identitytoken\": \"\""},
};

/* ---- From a template to a text ----------------------------------------------------------------------------------- */

struct text {
	struct silt_buffer bytes;
	size_t start;
	size_t end;
	uint64_t seed;
};

static unsigned draw(struct text *text)
{
	text->seed = text->seed * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(text->seed >> 40);
}

static const char *alphabet_of(char kind)
{
	switch (kind) {
	case 'A':
		return silt_digits_base62;
	case 'U':
		return "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	case 'H':
		return "0123456789abcdef";
	case 'B':
		return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/";
	case 'L':
		return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
	case 'D':
		return "0123456789";
	case 'P':
		return silt_digits_base36;
	default:
		return NULL;
	}
}

static void add_random(struct text *text, const char *alphabet, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(&text->bytes, (uint8_t)alphabet[draw(text) % strlen(alphabet)]);
	}
}

static void add_number(struct text *text, uint64_t number, const char *alphabet, size_t digits)
{
	char out[16];
	for (size_t i = digits; i > 0; i--) {
		out[i - 1] = alphabet[number % strlen(alphabet)];
		number /= strlen(alphabet);
	}
	silt_buffer_add(&text->bytes, silt_bytes(out, digits));
}

static struct silt_bytes value_so_far(const struct text *text)
{
	return silt_bytes(text->bytes.ptr + text->start, text->bytes.len - text->start);
}

static void add_sha256(struct text *text)
{
	struct silt_hasher *hasher = NULL;
	struct silt_digest digest;
	assert_int_equal(silt_hasher_new(&hasher, NULL), SILT_OK);
	silt_hasher_add(hasher, value_so_far(text));
	silt_hasher_end(hasher, &digest);
	silt_hasher_free(hasher);
	uint64_t bits = 0;
	for (size_t i = 0; i < 5; i++) {
		bits = bits << 8 | digest.sha256[i];
	}
	add_number(text, bits, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 8);
}

static void add_base64(struct text *text, struct silt_bytes plain)
{
	const char *alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < plain.len; i += 3) {
		size_t left = plain.len - i;
		uint32_t bits = (uint32_t)plain.ptr[i] << 16;
		bits |= left > 1 ? (uint32_t)plain.ptr[i + 1] << 8 : 0;
		bits |= left > 2 ? plain.ptr[i + 2] : 0;
		for (size_t c = 0; c < 4; c++) {
			char digit = c > left ? '=' : alphabet[(bits >> (18 - 6 * c)) & 63];
			silt_buffer_add_byte(&text->bytes, (uint8_t)digit);
		}
	}
}

static const char *add_template(struct text *text, const char *at, char stop);

/* One '@' command; returns the place behind it. */
static const char *add_command(struct text *text, const char *at)
{
	char kind = *at++;
	const char *alphabet = alphabet_of(kind);
	if (alphabet) {
		char *end = NULL;
		add_random(text, alphabet, strtoul(at, &end, 10));
		return end;
	}
	if (kind == 'C') {
		size_t head = silt_bytes_find_last_byte(silt_buffer_bytes(&text->bytes), '_') + 1;
		struct silt_bytes body = {text->bytes.ptr + head, text->bytes.len - head};
		add_number(text, silt_crc32(body), silt_digits_base62, 6);
	} else if (kind == 'G') {
		add_number(text, silt_crc32(value_so_far(text)), silt_digits_base36, 7);
	} else if (kind == 'F') {
		add_sha256(text);
	} else if (kind == 'Q') {
		struct text plain = {.seed = text->seed};
		at = add_template(&plain, at + 1, ')') + 1;
		add_base64(text, silt_buffer_bytes(&plain.bytes));
		silt_buffer_done(&plain.bytes);
	} else { /* an '@' that is meant */
		silt_buffer_add_byte(&text->bytes, '@');
		at--;
	}
	return at;
}

static const char *add_template(struct text *text, const char *at, char stop)
{
	while (*at != stop) {
		if (*at == '\1') {
			text->start = text->bytes.len;
			at++;
		} else if (*at == '\2') {
			text->end = text->bytes.len;
			at++;
		} else if (*at == '@') {
			at = add_command(text, at + 1);
		} else {
			silt_buffer_add_byte(&text->bytes, (uint8_t)*at++);
		}
	}
	return at;
}

static struct text make(const char *pattern, size_t lead, uint64_t seed)
{
	struct text text = {.seed = seed};
	for (size_t i = 0; i < lead; i++) {
		silt_buffer_add_byte(&text.bytes, '\n');
	}
	add_template(&text, pattern, '\0');
	assert_false(text.bytes.failed);
	return text;
}

/* ---- The tests --------------------------------------------------------------------------------------------------- */

static void assert_found(const struct kit *kit, const struct positive *row, const struct text *text, const char *how,
			 size_t number)
{
	const struct silt_match *match = kit_find(kit, row->rule);
	if (!match) {
		fail_msg("%s: not found (%s %zu): %.*s", row->rule, how, number, (int)text->bytes.len, text->bytes.ptr);
	}
	if (match->offset != text->start || match->length != text->end - text->start) {
		fail_msg("%s (%s %zu): found %llu+%llu instead of %zu+%zu in: %.*s", row->rule, how, number,
			 (unsigned long long)match->offset, (unsigned long long)match->length, text->start,
			 text->end - text->start, (int)text->bytes.len, text->bytes.ptr);
	}
	if (match->severity != row->severity) {
		fail_msg("%s (%s %zu): severity %d instead of %d in: %.*s", row->rule, how, number,
			 (int)match->severity, (int)row->severity, (int)text->bytes.len, text->bytes.ptr);
	}
	assert_int_equal(kit_count(kit, row->rule), 1);
}

static void every_positive_is_found_once_with_its_severity(void **state)
{
	struct kit *kit = *state;
	for (size_t i = 0; i < SILT_COUNT(positives); i++) {
		struct text text = make(positives[i].text, 0, i);
		kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
		assert_found(kit, &positives[i], &text, "whole", i);
		silt_buffer_done(&text.bytes);
	}
}

static void no_negative_is_found(void **state)
{
	struct kit *kit = *state;
	for (size_t i = 0; i < SILT_COUNT(negatives); i++) {
		struct text text = make(negatives[i].text, 0, i);
		kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
		if (kit_find(kit, negatives[i].rule)) {
			fail_msg("%s: found in: %.*s", negatives[i].rule, (int)text.bytes.len, text.bytes.ptr);
		}
		silt_buffer_done(&text.bytes);
	}
}

/* The rules whose value is known by its own beginning, and not by a name before it. */
static bool is_token(const struct kit *kit, const struct positive *row)
{
	return silt_rule_set_find(kit->matcher->set, silt_bytes_text(row->rule))->show > 0;
}

/* `before`, the value of the row with nothing else around it, `behind`. */
static struct text make_between(const char *before, const struct positive *row, const char *behind, uint64_t seed)
{
	struct text text = {.seed = seed};
	silt_buffer_add_text(&text.bytes, "text");
	silt_buffer_add_text(&text.bytes, before);
	const char *at = add_template(&text, strchr(row->text, '\1'), '\2');
	text.end = text.bytes.len;
	assert_int_equal(*at, '\2');
	silt_buffer_add_text(&text.bytes, behind);
	assert_false(text.bytes.failed);
	return text;
}

static void every_token_is_found_between_escapes(void **state)
{
	struct kit *kit = *state;
	static const char *const before[] = {"\\n",           "\\r",         "\\t",        "\\b",
					     "\\f",           "\\0",         "\\e",        "\\u003e",
					     "\\x3D",         "%3D",         "%20",        "\033[m",
					     "\033[0m",       "\033[31m",    "\033[1;31m", "\033[01;31m",
					     "\\e[31m",       "\\033[1;31m", "\\u001b[0m", "\033[01;31m\033[K",
					     "\033[38;5;196m"};
	static const char *const behind[] = {"\\n", "\\u0026", "\\", "\033[0m", "\\\"", "&"};
	for (size_t i = 0; i < SILT_COUNT(positives); i++) {
		for (size_t e = 0; is_token(kit, &positives[i]) && e < SILT_COUNT(before); e++) {
			struct text text = make_between(before[e], &positives[i], behind[e % SILT_COUNT(behind)], i);
			kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
			assert_found(kit, &positives[i], &text, "escape", e);
			kit_scan(kit, silt_buffer_bytes(&text.bytes), 1);
			assert_found(kit, &positives[i], &text, "single bytes, escape", e);
			silt_buffer_done(&text.bytes);
		}
	}
}

static void no_token_is_found_behind_what_only_resembles_an_escape(void **state)
{
	struct kit *kit = *state;
	static const char *const before[] = {"n",   "\\q",  "u003e", "\\u03e", "\\u003g", "x3d", "\\x3g", "3D",  "%3",
					     "%g0", "\\3D", "[31",   "31m",    "[31n",    "m",   "[1,1m", "[x1m"};
	for (size_t i = 0; i < SILT_COUNT(positives); i++) {
		for (size_t e = 0; is_token(kit, &positives[i]) && e < SILT_COUNT(before); e++) {
			struct text text = make_between(before[e], &positives[i], "", i);
			kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
			const struct silt_match *match = kit_find(kit, positives[i].rule);
			if (match && match->offset == text.start) { /* a Slack token may have another one in it */
				fail_msg("%s: found in: %.*s", positives[i].rule, (int)text.bytes.len, text.bytes.ptr);
			}
			silt_buffer_done(&text.bytes);
		}
	}
}

static void every_positive_is_found_at_every_offset_in_blocks(void **state)
{
	struct kit *kit = *state;
	for (size_t i = 0; i < SILT_COUNT(positives); i++) {
		for (size_t lead = 0; lead <= 70; lead++) {
			struct text text = make(positives[i].text, lead, i * 71 + lead);
			kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
			assert_found(kit, &positives[i], &text, "whole, lead", lead);
			kit_scan(kit, silt_buffer_bytes(&text.bytes), 64);
			assert_found(kit, &positives[i], &text, "blocks of 64, lead", lead);
			silt_buffer_done(&text.bytes);
		}
	}
}

static void every_positive_is_found_however_it_is_split(void **state)
{
	struct kit *kit = *state;
	for (size_t i = 0; i < SILT_COUNT(positives); i++) {
		struct text text = make(positives[i].text, 5, i);
		struct silt_bytes bytes = silt_buffer_bytes(&text.bytes);
		for (size_t split = 0; split <= bytes.len; split++) {
			kit_scan_split(kit, bytes, split);
			assert_found(kit, &positives[i], &text, "split", split);
		}
		for (size_t block = 1; block <= 7; block++) {
			kit_scan(kit, bytes, block);
			assert_found(kit, &positives[i], &text, "blocks", block);
		}
		silt_buffer_done(&text.bytes);
	}
}

static void every_positive_is_found_before_every_tail(void **state)
{
	struct kit *kit = *state;
	for (size_t i = 0; i < SILT_COUNT(positives); i++) {
		struct text text = make(positives[i].text, 61, i);
		for (size_t tail = 0; tail <= 64; tail++) {
			kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
			assert_found(kit, &positives[i], &text, "tail", tail);
			kit_scan(kit, silt_buffer_bytes(&text.bytes), 16);
			assert_found(kit, &positives[i], &text, "blocks of 16, tail", tail);
			silt_buffer_add_byte(&text.bytes, '.');
		}
		silt_buffer_done(&text.bytes);
	}
}

static void checksums_that_hold_are_proof_and_others_are_noted(void **state)
{
	struct kit *kit = *state;
	struct text text = make("ghp_@A30@C ghp_@A36", 0, 1);
	kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
	assert_int_equal(kit->count, 2);
	assert_int_equal(kit->matches[0].confidence, SILT_CONFIDENCE_PROVEN);
	assert_string_equal(kit->matches[0].note, "checksum holds");
	assert_int_equal(kit->matches[1].confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_string_equal(kit->matches[1].note, "checksum does not hold: revoked, edited, redacted or made up");
	silt_buffer_done(&text.bytes);
}

static void previews_show_the_kind_and_the_length_only(void **state)
{
	struct kit *kit = *state;
	struct text text = make("ghp_@A36 aws_secret_access_key=@B40", 0, 1);
	kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
	assert_int_equal(kit->count, 2);
	assert_string_equal(kit->matches[0].preview, "ghp_... (40 characters)");
	assert_string_equal(kit->matches[1].preview, "(40 characters)");
	silt_buffer_done(&text.bytes);
}

static void a_specific_token_in_an_npmrc_is_reported_once(void **state)
{
	struct kit *kit = *state;
	static const char *const texts[] = {
		"//r/:_authToken=npm_@A30@C\n",
		"//r/:_authToken=ghp_@A30@C\n",
		"//r/:_authToken=glpat-@A20\n",
		"//r/:_authToken=github_pat_@A22_@A59\n",
	};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		struct text text = make(texts[i], 0, i);
		kit_scan(kit, silt_buffer_bytes(&text.bytes), 0);
		assert_int_equal(kit->count, 1);
		assert_null(kit_find(kit, "npmrc-auth"));
		silt_buffer_done(&text.bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_positive_is_found_once_with_its_severity),
		cmocka_unit_test(no_negative_is_found),
		cmocka_unit_test(every_token_is_found_between_escapes),
		cmocka_unit_test(no_token_is_found_behind_what_only_resembles_an_escape),
		cmocka_unit_test(every_positive_is_found_at_every_offset_in_blocks),
		cmocka_unit_test(every_positive_is_found_however_it_is_split),
		cmocka_unit_test(every_positive_is_found_before_every_tail),
		cmocka_unit_test(checksums_that_hold_are_proof_and_others_are_noted),
		cmocka_unit_test(previews_show_the_kind_and_the_length_only),
		cmocka_unit_test(a_specific_token_in_an_npmrc_is_reported_once),
	};
	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
