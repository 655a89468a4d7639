/*
 * Hashes of passwords, as crypt(5), Apache's htpasswd and LDAP write them. The hash is what is stolen: whoever has it
 * tries passwords against it at home, and the scheme says how fast.
 *
 *   $ID$ [rounds=N$] SALT $ HASH        {SHA} BASE64        DES: SALT:2 HASH:11
 */
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/encoding.h"

enum {
	DES_LEN = 13,
	BSDI_LEN = 20,
	/* Rounds of SHA-crypt that no "rounds=" states. */
	SHA_ROUNDS = 5000,
};

struct scheme {
	const char *prefix;
	const char *name;
	uint8_t hash;     /* characters of the last field */
	uint8_t salt_max; /* of the one before it; as many as the scheme's programs write, and some more */
	bool parameters;  /* a field of its own before the salt */
	bool rounds;      /* an optional field "rounds=N" before the salt */
	bool fast;        /* tried by the billion on one graphics card */
};

static const struct scheme schemes[] = {
	{"$1$", "md5crypt", 22, 8, false, false, true},     {"$apr1$", "Apache md5crypt", 22, 8, false, false, true},
	{"$5$", "sha256crypt", 43, 16, false, true, false}, {"$6$", "sha512crypt", 86, 16, false, true, false},
	{"$y$", "yescrypt", 43, 86, true, false, false},    {"$gy$", "gost-yescrypt", 43, 86, true, false, false},
};

static bool is_letter_of_crypt(uint8_t c)
{
	return c == '.' || c == '/' || (silt_is_base64(c) && c != '+');
}

static bool is_crypt64(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_letter_of_crypt(text.ptr[i])) {
			return false;
		}
	}
	return text.len > 0;
}

/* No digest: xxxxxxxx, ........ */
static bool is_filler(struct silt_bytes hash)
{
	return silt_bytes_all(hash, hash.len > 0 ? hash.ptr[0] : 0);
}

static bool read_decimal(struct silt_bytes text, uint64_t *number)
{
	return silt_decimal(text, 9, number) == text.len && text.len > 0;
}

static bool cut_rounds(struct silt_bytes *rest, uint64_t *rounds)
{
	struct silt_bytes word = SILT_LITERAL("rounds=");
	struct silt_bytes field;
	*rounds = SHA_ROUNDS;
	if (!silt_bytes_start_with(*rest, word)) {
		return true;
	}
	*rest = silt_bytes_slice(*rest, word.len, rest->len);
	return silt_bytes_cut(rest, '$', &field) && read_decimal(field, rounds);
}

static bool judge_scheme(const struct scheme *scheme, struct silt_bytes rest, struct silt_confirmation *verdict)
{
	struct silt_bytes salt, parameters;
	uint64_t rounds = 0;
	if ((scheme->rounds && !cut_rounds(&rest, &rounds)) ||
	    (scheme->parameters && !(silt_bytes_cut(&rest, '$', &parameters) && is_crypt64(parameters))) ||
	    !silt_bytes_cut(&rest, '$', &salt) || salt.len > scheme->salt_max || rest.len != scheme->hash ||
	    !is_crypt64(rest) || is_filler(rest)) {
		return false;
	}
	silt_facts_add(verdict, "%s", scheme->name);
	if (scheme->rounds) {
		silt_facts_add(verdict, "%llu rounds", (unsigned long long)rounds);
	}
	if (scheme->fast) {
		silt_facts_add(verdict, "fast to try passwords against");
	}
	return true;
}

/* $2b$12$ and 53 characters: 22 of salt, 31 of hash. */
static bool judge_bcrypt(struct silt_bytes hash, struct silt_confirmation *verdict)
{
	const uint8_t *p = hash.ptr;
	uint64_t cost;
	struct silt_bytes body = silt_bytes_slice(hash, 7, hash.len);
	bool variant = hash.len == 60 && memchr("abxy", p[2], 4) && p[3] == '$' && p[6] == '$';
	if (!variant || !read_decimal(silt_bytes_slice(hash, 4, 2), &cost) || cost < 4 || cost > 31 ||
	    !is_crypt64(body) || is_filler(body)) {
		return false;
	}
	silt_facts_add(verdict, "bcrypt, cost %u", (unsigned)cost);
	return true;
}

/* $7$, eleven characters of parameters, salt, '$', 43 characters. */
static bool judge_scrypt(struct silt_bytes rest, struct silt_confirmation *verdict)
{
	size_t dollar = silt_bytes_find_last_byte(rest, '$');
	struct silt_bytes digest = silt_bytes_slice(rest, dollar + 1, rest.len);
	if (dollar == SIZE_MAX || dollar < 11 || !is_crypt64(silt_bytes_slice(rest, 0, 11)) || digest.len != 43 ||
	    !is_crypt64(digest) || is_filler(digest)) {
		return false;
	}
	silt_facts_add(verdict, "scrypt");
	return true;
}

/*
 * The form of the Password Hashing Competition:
 *
 *   $argon2id$v=19$m=65536,t=3,p=4$SALT$HASH        $pbkdf2-sha256$29000$SALT$HASH
 */
static bool judge_competition(const char *name, struct silt_bytes rest, struct silt_confirmation *verdict)
{
	size_t dollar = silt_bytes_find_last_byte(rest, '$');
	struct silt_bytes digest = silt_bytes_slice(rest, dollar + 1, rest.len);
	struct silt_bytes before = silt_bytes_slice(rest, 0, dollar);
	if (dollar == SIZE_MAX || silt_bytes_find_byte(before, '$') == SIZE_MAX || digest.len < 20 ||
	    is_filler(digest)) {
		return false;
	}
	for (size_t i = 0; i < digest.len; i++) {
		if (!silt_is_base64(digest.ptr[i]) && digest.ptr[i] != '.' && digest.ptr[i] != '=') {
			return false;
		}
	}
	silt_facts_add(verdict, "%s", name);
	return true;
}

static const struct {
	const char *prefix;
	const char *name;
} competitors[] = {
	{"$argon2id$", "argon2id"},
	{"$argon2i$", "argon2i"},
	{"$argon2d$", "argon2d"},
	{"$pbkdf2-sha512$", "pbkdf2-sha512"},
	{"$pbkdf2-sha256$", "pbkdf2-sha256"},
	{"$pbkdf2$", "pbkdf2-sha1"},
	{"$scrypt$", "scrypt"},
};

/* LDAP's and Apache's: a digest in base64, salted ones with the salt behind it. */
static const struct {
	const char *prefix;
	const char *name;
	uint8_t size; /* bytes of the digest */
	bool salted;
} digests[] = {
	{"{SHA}", "unsalted SHA-1", 20, false},      {"{SSHA}", "salted SHA-1", 20, true},
	{"{MD5}", "unsalted MD5", 16, false},        {"{SMD5}", "salted MD5", 16, true},
	{"{SSHA256}", "salted SHA-256", 32, true},   {"{SSHA512}", "salted SHA-512", 64, true},
	{"{SHA256}", "unsalted SHA-256", 32, false}, {"{SHA512}", "unsalted SHA-512", 64, false},
};

static bool judge_digest(size_t row, struct silt_bytes text, struct silt_confirmation *verdict)
{
	size_t size;
	if (!silt_base64_decode(text, verdict->room, &size) || size < digests[row].size ||
	    (digests[row].salted ? size == digests[row].size : size != digests[row].size)) {
		return false;
	}
	silt_facts_add(verdict, "%s", digests[row].name);
	silt_facts_add(verdict, "fast to try passwords against");
	return true;
}

static struct silt_bytes behind(struct silt_bytes whole, const char *prefix)
{
	return silt_bytes_slice(whole, strlen(prefix), whole.len);
}

/* Anything that says what it is. */
static bool judge_named(struct silt_bytes hash, struct silt_confirmation *verdict)
{
	for (size_t i = 0; i < SILT_COUNT(schemes); i++) {
		if (silt_bytes_start_with(hash, silt_bytes_text(schemes[i].prefix))) {
			return judge_scheme(&schemes[i], behind(hash, schemes[i].prefix), verdict);
		}
	}
	for (size_t i = 0; i < SILT_COUNT(competitors); i++) {
		if (silt_bytes_start_with(hash, silt_bytes_text(competitors[i].prefix))) {
			struct silt_bytes rest = behind(hash, competitors[i].prefix);
			return judge_competition(competitors[i].name, rest, verdict);
		}
	}
	for (size_t i = 0; i < SILT_COUNT(digests); i++) {
		if (silt_bytes_start_with(hash, silt_bytes_text(digests[i].prefix))) {
			return judge_digest(i, behind(hash, digests[i].prefix), verdict);
		}
	}
	if (silt_bytes_start_with(hash, SILT_LITERAL("$2"))) {
		return judge_bcrypt(hash, verdict);
	}
	return silt_bytes_start_with(hash, SILT_LITERAL("$7$")) && judge_scrypt(behind(hash, "$7$"), verdict);
}

/* Thirteen letters, or '_' and nineteen: a shape that words have too, so it proves nothing. */
static bool judge_des(struct silt_bytes hash, struct silt_confirmation *verdict)
{
	bool extended = hash.len == BSDI_LEN && hash.ptr[0] == '_';
	struct silt_bytes letters = silt_bytes_slice(hash, extended ? 1 : 0, hash.len);
	if ((hash.len != DES_LEN && !extended) || !is_crypt64(letters) || is_filler(letters)) {
		return false;
	}
	silt_facts_add(verdict, extended ? "extended DES" : "DES");
	silt_facts_add(verdict, "fast to try passwords against");
	return true;
}

bool silt_validate_crypt_hash(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes hash = secret;
	while (hash.len > 0 && hash.ptr[0] == '!') { /* passwd -l: no login, but the hash is as good as before */
		hash = silt_bytes_slice(hash, 1, hash.len);
	}
	verdict->identity = hash;
	if (judge_named(hash, verdict)) {
		silt_verdict_proven(verdict, verdict->severity, NULL);
	} else if (!judge_des(hash, verdict)) {
		return false;
	}
	if (hash.len < secret.len) {
		verdict->severity = SILT_SEVERITY_MEDIUM;
		silt_facts_add(verdict, "locked");
	}
	return true;
}
