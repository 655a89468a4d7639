/*
 * Private keys as the programs that make them write them. They are made when the test runs; a program that is missing
 * skips its tests.
 */
#include "check.h"
#include "scan_kit.h"

#include "base/attributes.h"
#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct bench {
	struct kit kit;
	char folder[64];
};

/* Runs a command of ours in the folder. True if it succeeded. */
static bool run(const struct bench *bench, const char *command)
{
	struct silt_buffer line = {0};
	silt_buffer_printf(&line,
			   "cd %s && HOME=%s GNUPGHOME=%s && export HOME GNUPGHOME && { %s; } >log 2>&1 </dev/null",
			   bench->folder, bench->folder, bench->folder, command);
	int result = system(silt_buffer_text(&line));
	silt_buffer_done(&line);
	return result == 0;
}

static bool has_program(const struct bench *bench, const char *name)
{
	char command[64];
	snprintf(command, sizeof(command), "command -v %s", name);
	return run(bench, command);
}

static void need(const struct bench *bench, const char *program)
{
	if (!has_program(bench, program)) {
		print_message("skipped: %s is not installed\n", program);
		skip();
	}
}

static struct silt_buffer read_made(const struct bench *bench, const char *name)
{
	char path[128];
	struct silt_buffer text = {0};
	uint8_t block[4096];
	size_t got;
	snprintf(path, sizeof(path), "%s/%s", bench->folder, name);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	while ((got = fread(block, 1, sizeof(block), file)) > 0) {
		silt_buffer_add(&text, silt_bytes(block, got));
	}
	fclose(file);
	assert_true(text.len > 0 && !text.failed);
	return text;
}

/* ---- Spellings --------------------------------------------------------------------------------------------------- */

typedef void spell_fn(struct silt_buffer *out, struct silt_bytes line);

static void spell_lf(struct silt_buffer *out, struct silt_bytes line)
{
	silt_buffer_add(out, line);
	silt_buffer_add_text(out, "\n");
}

static void spell_crlf(struct silt_buffer *out, struct silt_bytes line)
{
	silt_buffer_add(out, line);
	silt_buffer_add_text(out, "\r\n");
}

static void spell_escaped(struct silt_buffer *out, struct silt_bytes line)
{
	silt_buffer_add(out, line);
	silt_buffer_add_text(out, "\\n");
}

static void spell_escaped_twice(struct silt_buffer *out, struct silt_bytes line)
{
	silt_buffer_add(out, line);
	silt_buffer_add_text(out, "\\\\n");
}

static void spell_indented(struct silt_buffer *out, struct silt_bytes line)
{
	silt_buffer_add_text(out, "      ");
	silt_buffer_add(out, line);
	silt_buffer_add_text(out, "\n");
}

static void spell_quoted(struct silt_buffer *out, struct silt_bytes line)
{
	silt_buffer_add_text(out, "\"");
	silt_buffer_add(out, line);
	silt_buffer_add_text(out, "\\n\" +\n");
}

static struct silt_buffer spell(struct silt_bytes text, spell_fn *fn)
{
	struct silt_buffer out = {0};
	struct silt_bytes line;
	while (silt_bytes_cut(&text, '\n', &line)) {
		fn(&out, line.len > 0 && line.ptr[line.len - 1] == '\r' ? silt_bytes(line.ptr, line.len - 1) : line);
	}
	assert_false(out.failed);
	return out;
}

/* ---- The kinds of keys ------------------------------------------------------------------------------------------- */

enum expectation { PLAIN, LOCKED };

struct maker {
	const char *program;
	const char *command; /* writes the file "key" */
	const char *rule;
	const char *preview; /* starts so */
	enum expectation expectation;
	const char *note; /* NULL: none */
};

static const struct maker makers[] = {
	{"openssl", "openssl genrsa -traditional -out key 1024", "private-key", "RSA PRIVATE KEY (", PLAIN, NULL},
	{"openssl", "openssl genrsa -out key 1024", "private-key", "PRIVATE KEY (", PLAIN, NULL},
	{"openssl", "openssl genrsa -traditional -aes128 -passout pass:x123 -out key 1024", "private-key",
	 "RSA PRIVATE KEY (", LOCKED, "encrypted (aes-128-cbc, md5)"},
	{"openssl", "openssl genrsa -aes256 -passout pass:x123 -out key 1024", "private-key", "ENCRYPTED PRIVATE KEY (",
	 LOCKED, "encrypted (aes-256-cbc)"},
	{"openssl", "openssl ecparam -name prime256v1 -genkey -noout -out key", "private-key", "EC PRIVATE KEY (",
	 PLAIN, NULL},
	{"openssl", "openssl ecparam -name secp384r1 -genkey -out key", "private-key", "EC PRIVATE KEY (", PLAIN, NULL},
	{"openssl", "openssl genpkey -algorithm ed25519 -out key", "private-key", "PRIVATE KEY (", PLAIN, NULL},
	{"openssl", "openssl genpkey -algorithm x25519 -out key", "private-key", "PRIVATE KEY (", PLAIN, NULL},
	{"openssl",
	 "openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -pkeyopt dsa_paramgen_q_bits:160 "
	 "-out p &&"
	 " openssl genpkey -paramfile p -out k && openssl pkey -traditional -in k -out key",
	 "private-key", "DSA PRIVATE KEY (", PLAIN, NULL},
	{"ssh-keygen", "ssh-keygen -q -t ed25519 -N '' -C t -f key", "private-key", "OPENSSH PRIVATE KEY (", PLAIN,
	 NULL},
	{"ssh-keygen", "ssh-keygen -q -t rsa -b 1024 -N '' -f key", "private-key", "OPENSSH PRIVATE KEY (", PLAIN,
	 NULL},
	{"ssh-keygen", "ssh-keygen -q -t ecdsa -N x12345 -a 1 -f key", "private-key", "OPENSSH PRIVATE KEY (", LOCKED,
	 "encrypted (aes256-ctr, bcrypt)"},
	{"ssh-keygen", "ssh-keygen -q -t ed25519 -N x12345 -a 1 -Z aes256-gcm@openssh.com -f key", "private-key",
	 "OPENSSH PRIVATE KEY (", LOCKED, "encrypted (aes256-gcm, bcrypt)"},
	{"puttygen", "puttygen -q --random-device /dev/urandom -t rsa -b 1024 --new-passphrase /dev/null -o key",
	 "putty-private-key", "PuTTY private key (", PLAIN, NULL},
	{"puttygen", "puttygen -q --random-device /dev/urandom -t ed25519 --new-passphrase /dev/null -o key",
	 "putty-private-key", "PuTTY private key (", PLAIN, NULL},
	{"puttygen",
	 "puttygen -q --random-device /dev/urandom -t ecdsa --new-passphrase /dev/null --ppk-param version=2 -o key",
	 "putty-private-key", "PuTTY private key (", PLAIN, NULL},
	{"puttygen",
	 "printf secret1 >pass && puttygen -q --random-device /dev/urandom -t ed25519 --new-passphrase pass"
	 " --ppk-param memory=1024,passes=1 -o key",
	 "putty-private-key", "PuTTY private key (", LOCKED, "encrypted (aes256-cbc, argon2)"},
	{"puttygen",
	 "printf secret1 >pass && puttygen -q --random-device /dev/urandom -t ed25519 --new-passphrase pass"
	 " --ppk-param version=2 -o key",
	 "putty-private-key", "PuTTY private key (", LOCKED, "encrypted (aes256-cbc, sha1)"},
	{"puttygen",
	 "puttygen -q --random-device /dev/urandom -t rsa -b 1024 --new-passphrase /dev/null -o p &&"
	 " puttygen -q p -O private-sshcom --new-passphrase /dev/null -o key",
	 "private-key", "SSH2 ENCRYPTED PRIVATE KEY (", PLAIN, NULL},
	{"puttygen",
	 "printf secret1 >pass && puttygen -q --random-device /dev/urandom -t rsa -b 1024 --new-passphrase /dev/null "
	 "-o p &&"
	 " puttygen -q p -O private-sshcom --new-passphrase pass -o key",
	 "private-key", "SSH2 ENCRYPTED PRIVATE KEY (", LOCKED, "encrypted (3des-cbc)"},
	{"gpg",
	 "gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-gen-key t@example.org ed25519 sign "
	 "never &&"
	 " gpg --batch --armor --export-secret-keys >key; gpgconf --kill all",
	 "pgp-private-key", "PGP PRIVATE KEY BLOCK (", PLAIN, NULL},
	{"gpg",
	 "gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-gen-key t@example.org rsa1024 sign "
	 "never &&"
	 " gpg --batch --armor --export-secret-keys >key; gpgconf --kill all",
	 "pgp-private-key", "PGP PRIVATE KEY BLOCK (", PLAIN, NULL},
	{"gpg",
	 "gpg --batch --quiet --pinentry-mode loopback --passphrase x1 --quick-gen-key t@example.org future-default - "
	 "never &&"
	 " gpg --batch --pinentry-mode loopback --passphrase x1 --armor --export-secret-keys >key; gpgconf --kill all",
	 "pgp-private-key", "PGP PRIVATE KEY BLOCK (", LOCKED, "encrypted (aes128)"},
};

/* Makes the key of a row in a clean folder; false if its program is not there. */
static bool make(const struct bench *bench, const struct maker *maker, struct silt_buffer *key)
{
	if (!has_program(bench, maker->program)) {
		print_message("skipped: %s is not installed\n", maker->program);
		return false;
	}
	run(bench, "rm -rf key key.pub p k pass openpgp-revocs.d private-keys-v1.d pubring.kbx trustdb.gpg");
	if (!run(bench, maker->command)) {
		struct silt_buffer log = read_made(bench, "log");
		fail_msg("%s: %s", maker->command, silt_buffer_text(&log));
	}
	*key = read_made(bench, "key");
	return true;
}

static void assert_key(const struct kit *kit, const struct maker *maker)
{
	if (kit->count != 1) {
		fail_msg("%s: %zu matches", maker->command, kit->count);
	}
	const struct silt_match *match = &kit->matches[0];
	assert_string_equal(match->rule->id, maker->rule);
	if (match->confidence != SILT_CONFIDENCE_PROVEN) {
		fail_msg("%s: not proven: %s", maker->command, match->note);
	}
	assert_int_equal(match->severity, maker->expectation == PLAIN ? SILT_SEVERITY_CRITICAL : SILT_SEVERITY_MEDIUM);
	assert_memory_equal(match->preview, maker->preview, strlen(maker->preview));
	if (maker->note) {
		assert_string_equal(match->note, maker->note);
	} else {
		assert_null(match->note);
	}
}

static void every_kind_of_key_is_proven_and_its_lock_seen(void **state)
{
	struct bench *bench = *state;
	for (size_t i = 0; i < SILT_COUNT(makers); i++) {
		struct silt_buffer key = {0};
		if (make(bench, &makers[i], &key)) {
			kit_scan(&bench->kit, silt_buffer_bytes(&key), 0);
			assert_key(&bench->kit, &makers[i]);
			silt_buffer_done(&key);
		}
	}
}

static void every_spelling_of_a_key_has_the_same_value_id(void **state)
{
	struct bench *bench = *state;
	static spell_fn *const spellings[] = {spell_crlf, spell_escaped, spell_escaped_twice, spell_indented,
					      spell_quoted};
	static const size_t rows[] = {0, 2, 9, 14, 18, 20};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		struct silt_buffer key = {0};
		if (!make(bench, &makers[rows[i]], &key)) {
			continue;
		}
		struct silt_buffer plain = spell(silt_buffer_bytes(&key), spell_lf);
		kit_scan(&bench->kit, silt_buffer_bytes(&plain), 0);
		assert_key(&bench->kit, &makers[rows[i]]);
		struct silt_match first = bench->kit.matches[0];
		for (size_t s = 0; s < SILT_COUNT(spellings); s++) {
			struct silt_buffer other = spell(silt_buffer_bytes(&key), spellings[s]);
			kit_scan(&bench->kit, silt_buffer_bytes(&other), 0);
			assert_key(&bench->kit, &makers[rows[i]]);
			assert_memory_equal(bench->kit.matches[0].value, first.value, SILT_VALUE_ID_SIZE);
			silt_buffer_done(&other);
		}
		silt_buffer_done(&plain);
		silt_buffer_done(&key);
	}
}

static void two_keys_have_two_value_ids(void **state)
{
	struct bench *bench = *state;
	need(bench, "openssl");
	struct silt_buffer a = {0};
	struct silt_buffer b = {0};
	make(bench, &makers[6], &a);
	make(bench, &makers[6], &b);
	silt_buffer_add(&a, silt_buffer_bytes(&b));
	kit_scan(&bench->kit, silt_buffer_bytes(&a), 0);
	assert_int_equal(bench->kit.count, 2);
	assert_memory_not_equal(bench->kit.matches[0].value, bench->kit.matches[1].value, SILT_VALUE_ID_SIZE);
	silt_buffer_done(&a);
	silt_buffer_done(&b);
}

static void a_key_is_found_however_it_is_split(void **state)
{
	struct bench *bench = *state;
	need(bench, "ssh-keygen");
	struct silt_buffer key = {0};
	make(bench, &makers[9], &key);
	for (size_t split = 0; split <= key.len; split++) {
		kit_scan_split(&bench->kit, silt_buffer_bytes(&key), split);
		assert_key(&bench->kit, &makers[9]);
	}
	for (size_t block = 1; block < 40; block++) {
		kit_scan(&bench->kit, silt_buffer_bytes(&key), block);
		assert_key(&bench->kit, &makers[9]);
	}
	silt_buffer_done(&key);
}

static void a_key_with_a_byte_missing_is_only_possible(void **state)
{
	struct bench *bench = *state;
	need(bench, "openssl");
	struct silt_buffer key = {0};
	make(bench, &makers[0], &key);
	size_t cut = 100;
	memmove(key.ptr + cut, key.ptr + cut + 4, key.len - cut - 4);
	kit_scan(&bench->kit, silt_bytes(key.ptr, key.len - 4), 0);
	assert_int_equal(bench->kit.count, 1);
	assert_int_equal(bench->kit.matches[0].confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_int_equal(bench->kit.matches[0].severity, SILT_SEVERITY_LOW);
	assert_non_null(strstr(bench->kit.matches[0].note, "does not parse"));
	silt_buffer_done(&key);
}

static void a_key_without_its_end_line_is_still_proven(void **state)
{
	struct bench *bench = *state;
	need(bench, "openssl");
	struct silt_buffer key = {0};
	make(bench, &makers[0], &key);
	size_t end = silt_bytes_find(silt_buffer_bytes(&key), SILT_LITERAL("-----END"));
	kit_scan(&bench->kit, silt_bytes(key.ptr, end), 0);
	assert_key(&bench->kit, &makers[0]);
	silt_buffer_done(&key);
}

static void a_service_account_and_its_key_share_one_value_id(void **state)
{
	struct bench *bench = *state;
	need(bench, "openssl");
	struct silt_buffer key = {0};
	make(bench, &makers[1], &key);
	struct silt_buffer escaped = spell(silt_buffer_bytes(&key), spell_escaped);
	struct silt_buffer json = {0};
	silt_buffer_printf(&json,
			   "{\"client_email\": \"a@b.iam.gserviceaccount.com\", \"private_key\": \"%s\", \"type\": "
			   "\"service_account\"}",
			   silt_buffer_text(&escaped));
	kit_scan(&bench->kit, silt_buffer_bytes(&json), 0);
	assert_int_equal(bench->kit.count, 2);
	assert_string_equal(bench->kit.matches[0].rule->id, "google-service-account");
	assert_string_equal(bench->kit.matches[1].rule->id, "private-key");
	assert_int_equal(bench->kit.matches[0].confidence, SILT_CONFIDENCE_PROVEN);
	assert_memory_equal(bench->kit.matches[0].value, bench->kit.matches[1].value, SILT_VALUE_ID_SIZE);
	silt_buffer_done(&json);
	silt_buffer_done(&escaped);
	silt_buffer_done(&key);
}

/* ---- Public halves ----------------------------------------------------------------------------------------------- */

#define TO_SSH "chmod 600 key && ssh-keygen -yf key >key.pub && ssh-keygen -lf key.pub | cut -d ' ' -f 2 >ssh"
#define TO_SPKI "openssl pkey -in key -pubout -outform DER | sha256sum | cut -c 1-32 >spki"

/* What OpenSSH and OpenSSL say of the same key; a row without one of them has it from neither. */
static const struct {
	const char *command;
	const char *kind;
	bool ssh, spki;
} halves[] = {
	{"openssl genrsa -traditional -out key 1024 &&" TO_SSH "&&" TO_SPKI, "RSA, 1024 bits", true, true},
	{"openssl genrsa -out key 2048 &&" TO_SSH "&&" TO_SPKI, "RSA, 2048 bits", true, true},
	{"openssl genrsa -primes 3 -traditional -out key 2048 &&" TO_SPKI, "RSA, 2048 bits", false, true},
	{"openssl ecparam -name prime256v1 -genkey -noout -out key &&" TO_SSH "&&" TO_SPKI, "EC P-256", true, true},
	{"openssl ecparam -name secp384r1 -genkey -out key &&" TO_SSH "&&" TO_SPKI, "EC P-384", true, true},
	{"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key &&" TO_SSH "&&" TO_SPKI, "EC P-521",
	 true, true},
	{"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key &&" TO_SPKI, "EC secp256k1",
	 false, true},
	{"openssl ecparam -name prime256v1 -genkey -noout -out k && openssl ec -in k -no_public -out key && openssl "
	 "pkey "
	 "-in k -pubout -outform DER | sha256sum | cut -c 1-32 >spki",
	 "EC P-256", false, true},
	{"openssl genpkey -algorithm ed25519 -out key &&" TO_SPKI, "Ed25519", false, true},
	{"openssl genpkey -algorithm x25519 -out key &&" TO_SPKI, "X25519", false, true},
	{"openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -pkeyopt dsa_paramgen_q_bits:160 "
	 "-out p && openssl genpkey -paramfile p -out k && openssl pkey -traditional -in k -out key &&" TO_SSH
	 "&&" TO_SPKI,
	 "DSA, 1024 bits", true, true},
	{"ssh-keygen -q -t ed25519 -N '' -C t -f key &&" TO_SSH, "Ed25519", true, false},
	{"ssh-keygen -q -t rsa -b 1024 -N x12345 -a 1 -f key && ssh-keygen -lf key.pub | cut -d ' ' -f 2 >ssh &&"
	 "ssh-keygen -ef key.pub -m PKCS8 | openssl pkey -pubin -outform DER | sha256sum | cut -c 1-32 >spki",
	 "RSA, 1024 bits", true, true},
	{"ssh-keygen -q -t ecdsa -b 384 -N '' -f key && ssh-keygen -lf key.pub | cut -d ' ' -f 2 >ssh &&"
	 "ssh-keygen -ef key.pub -m PKCS8 | openssl pkey -pubin -outform DER | sha256sum | cut -c 1-32 >spki",
	 "EC P-384", true, true},
	{"puttygen -q --random-device /dev/urandom -t rsa -b 1024 --new-passphrase /dev/null -o key &&"
	 "puttygen key -O public-openssh -o key.pub && ssh-keygen -lf key.pub | cut -d ' ' -f 2 >ssh",
	 "RSA, 1024 bits", true, false},
	{"puttygen -q --random-device /dev/urandom -t ed25519 --new-passphrase /dev/null -o key &&"
	 "puttygen key -O public-openssh -o key.pub && ssh-keygen -lf key.pub | cut -d ' ' -f 2 >ssh",
	 "Ed25519", true, false},
};

static void assert_told(const struct bench *bench, const char *before, const char *file, const char *facts)
{
	struct silt_buffer fact = {0};
	struct silt_buffer value = read_made(bench, file);
	silt_buffer_printf(&fact, "%s%.*s", before, (int)value.len - 1, silt_buffer_text(&value));
	if (!strstr(facts, silt_buffer_text(&fact))) {
		fail_msg("%s: not in: %s", silt_buffer_text(&fact), facts);
	}
	silt_buffer_done(&fact);
	silt_buffer_done(&value);
}

static void public_halves_are_what_openssh_and_openssl_say(void **state)
{
	struct bench *bench = *state;
	need(bench, "openssl");
	need(bench, "ssh-keygen");
	need(bench, "puttygen");
	for (size_t i = 0; i < SILT_COUNT(halves); i++) {
		run(bench, "rm -rf key key.pub p k ssh spki");
		if (!run(bench, halves[i].command)) {
			struct silt_buffer log = read_made(bench, "log");
			fail_msg("%s: %s", halves[i].command, silt_buffer_text(&log));
		}
		struct silt_buffer key = read_made(bench, "key");
		kit_scan(&bench->kit, silt_buffer_bytes(&key), 0);
		assert_int_equal(bench->kit.count, 1);
		const char *facts = bench->kit.matches[0].facts;
		assert_memory_equal(facts, halves[i].kind, strlen(halves[i].kind));
		if (halves[i].ssh) {
			assert_told(bench, "public key ", "ssh", facts);
		}
		if (halves[i].spki) {
			assert_told(bench, "spki sha256:", "spki", facts);
		}
		silt_buffer_done(&key);
	}
}

/* A private key, and the public half of it that a program makes: "half", found by a rule of its own. */
static const struct {
	const char *command;
	const char *note;
} pairs[] = {
	{"openssl req -x509 -newkey rsa:1024 -nodes -keyout key -out half -subj /CN=x -days 9", "certificate"},
	{"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout key -out half -subj /CN=x/O=y",
	 "certificate"},
	{"openssl req -x509 -newkey ed25519 -nodes -keyout key -out half -subj /", "certificate"},
	{"openssl req -x509 -newkey rsa:1024 -nodes -keyout key -out c -subj /CN=x && openssl x509 -in c -trustout "
	 "-addtrust serverAuth -out half",
	 "certificate"},
	{"openssl genrsa -out key 1024 && openssl pkey -in key -pubout -out half", "public key"},
	{"openssl genrsa -out key 1024 && openssl rsa -in key -RSAPublicKey_out -out half", "public key"},
	{"openssl genpkey -algorithm ed25519 -out key && openssl pkey -in key -pubout -out half", "public key"},
	{"ssh-keygen -q -t rsa -b 1024 -N x12345 -a 1 -f key && mv key.pub half", "public key"},
	{"ssh-keygen -q -t ed25519 -N '' -f key && { printf 'from=\"10.*\" '; cat key.pub; } >half", "public key"},
	{"ssh-keygen -q -t ecdsa -b 521 -N '' -f key && { printf 'host,192.0.2.1 '; cat key.pub; } >half",
	 "public key"},
};

static void both_halves_of_a_key_have_one_public_id(void **state)
{
	struct bench *bench = *state;
	need(bench, "openssl");
	need(bench, "ssh-keygen");
	uint8_t zeros[SILT_PUBLIC_ID_SIZE] = {0}, id[SILT_PUBLIC_ID_SIZE];
	for (size_t i = 0; i < SILT_COUNT(pairs); i++) {
		assert_true(run(bench, "rm -f key key.pub c half"));
		if (!run(bench, pairs[i].command)) {
			struct silt_buffer log = read_made(bench, "log");
			fail_msg("%s: %s", pairs[i].command, silt_buffer_text(&log));
		}
		struct silt_buffer key = read_made(bench, "key"), half = read_made(bench, "half");
		kit_scan(&bench->kit, silt_buffer_bytes(&key), 0);
		assert_int_equal(bench->kit.count, 1);
		assert_false(bench->kit.matches[0].rule->public_half);
		memcpy(id, bench->kit.matches[0].public_id, sizeof(id));
		assert_memory_not_equal(id, zeros, sizeof(id));
		kit_scan(&bench->kit, silt_buffer_bytes(&half), 0);
		assert_int_equal(bench->kit.count, 1);
		assert_true(bench->kit.matches[0].rule->public_half);
		assert_memory_equal(bench->kit.matches[0].public_id, id, sizeof(id));
		assert_string_equal(bench->kit.matches[0].note, pairs[i].note);
		silt_buffer_done(&key);
		silt_buffer_done(&half);
	}
}

/* ---- DER --------------------------------------------------------------------------------------------------------- */

static const char *const in_der[] = {
	"openssl genrsa -traditional -out key 1024 && openssl rsa -traditional -in key -outform DER -out bare",
	"openssl genrsa -out key 2048 && openssl pkcs8 -topk8 -nocrypt -in key -outform DER -out bare",
	"openssl ecparam -name prime256v1 -genkey -noout -out key && openssl ec -in key -outform DER -out bare",
	("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key && "
	 "openssl pkcs8 -topk8 -nocrypt -in key -outform DER -out bare"),
	"openssl genpkey -algorithm ed25519 -out key && openssl pkey -in key -outform DER -out bare",
	("openssl genrsa 1024 | openssl pkcs8 -topk8 -passout pass:x1234 -out key && sed /-----/d key | "
	 "openssl base64 -d -out bare"),
};

static void a_key_in_der_has_the_value_id_of_its_pem(void **state)
{
	struct bench *bench = *state;
	need(bench, "openssl");
	for (size_t i = 0; i < SILT_COUNT(in_der); i++) {
		assert_true(run(bench, "rm -f key bare"));
		assert_true(run(bench, in_der[i]));
		struct silt_buffer key = read_made(bench, "key"), bare = read_made(bench, "bare");
		kit_scan(&bench->kit, silt_buffer_bytes(&key), 0);
		assert_int_equal(bench->kit.count, 1);
		struct silt_match pem = bench->kit.matches[0];
		for (size_t block = 0; block < 50; block += 7) {
			kit_scan(&bench->kit, silt_buffer_bytes(&bare), block);
			assert_int_equal(bench->kit.count, 1);
			assert_string_equal(bench->kit.matches[0].rule->id, "private-key-der");
			assert_int_equal(bench->kit.matches[0].severity, pem.severity);
			assert_memory_equal(bench->kit.matches[0].value, pem.value, SILT_VALUE_ID_SIZE);
		}
		for (size_t cut = 0; cut < bare.len; cut++) {
			kit_scan(&bench->kit, silt_bytes_slice(silt_buffer_bytes(&bare), 0, cut), 0);
			assert_int_equal(bench->kit.count, 0);
		}
		silt_buffer_done(&key);
		silt_buffer_done(&bare);
	}
}

static void an_openpgp_key_has_the_fingerprint_of_gnupg(void **state)
{
	struct bench *bench = *state;
	need(bench, "gpg");
	static const char *const kinds[] = {"rsa1024", "ed25519", "dsa1024", "nistp256"};
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		char command[512];
		run(bench, "rm -rf key openpgp-revocs.d private-keys-v1.d pubring.kbx trustdb.gpg");
		snprintf(
			command, sizeof(command),
			"gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-gen-key t@example.org %s "
			"sign never && gpg --batch --armor --export-secret-keys >key && gpg --batch --with-colons -K |"
			" grep ^fpr | cut -d : -f 10 | tr A-F a-f >fingerprint; gpgconf --kill all",
			kinds[i]);
		assert_true(run(bench, command));
		struct silt_buffer key = read_made(bench, "key");
		kit_scan(&bench->kit, silt_buffer_bytes(&key), 0);
		assert_int_equal(bench->kit.count, 1);
		assert_told(bench, "fingerprint ", "fingerprint", bench->kit.matches[0].facts);
		silt_buffer_done(&key);
	}
}

/* ---- Setting up -------------------------------------------------------------------------------------------------- */

static int open_bench(void **state)
{
	static struct bench bench;
	kit_open(&bench.kit);
	strcpy(bench.folder, "/tmp/silt-keys-XXXXXX"); /* short: gpg keeps a socket in it */
	assert_non_null(mkdtemp(bench.folder));
	*state = &bench;
	return 0;
}

static int close_bench(void **state)
{
	struct bench *bench = *state;
	char command[128];
	snprintf(command, sizeof(command), "rm -rf %s", bench->folder);
	kit_close(&bench->kit);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_key_is_proven_and_its_lock_seen),
		cmocka_unit_test(every_spelling_of_a_key_has_the_same_value_id),
		cmocka_unit_test(two_keys_have_two_value_ids),
		cmocka_unit_test(a_key_is_found_however_it_is_split),
		cmocka_unit_test(a_key_with_a_byte_missing_is_only_possible),
		cmocka_unit_test(a_key_without_its_end_line_is_still_proven),
		cmocka_unit_test(a_service_account_and_its_key_share_one_value_id),
		cmocka_unit_test(public_halves_are_what_openssh_and_openssl_say),
		cmocka_unit_test(both_halves_of_a_key_have_one_public_id),
		cmocka_unit_test(a_key_in_der_has_the_value_id_of_its_pem),
		cmocka_unit_test(an_openpgp_key_has_the_fingerprint_of_gnupg),
	};
	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
