/*
 * Texts that repeat themselves. What was refused is not looked at again, and that must not be seen: in blocks of a single
 * byte nothing is remembered, and so they say what is in a text.
 */
#include "check.h"
#include "scan_kit.h"

#include "base/attributes.h"
#include "base/buffer.h"

#include <stdlib.h>

#define ANCHORS(...) ((const struct silt_bytes[]){__VA_ARGS__, {0}})
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct silt_rule rules[] = {
	{.id = "word",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("WORD")),
	 .pattern = "(?<![a-z])WORD[a-z]{3,6}(?![a-z])",
	 .reach = 10},
	{.id = "back",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("mid#")),
	 .pattern = "(?<![a-z])[a-z]{2,8}mid#[0-9]{2}(?![0-9])",
	 .back = 8,
	 .reach = 6},
	{.id = "near",
	 .anchors = ANCHORS(SILT_LITERAL_INIT("KEY="), SILT_LITERAL_INIT("KEYS=")),
	 .pattern = "KEYS?=(?<secret>[a-z]{3})",
	 .reach = 8,
	 .keywords = WORDS("bank=", "vault"),
	 .within = 20},
};

/* Lines with anchors in which nothing is found, and with them what changes one of them, near or at the edge of its window. */
static const char *const units[] = {
	"xWORDabc ",
	"WORDabcdefg ",
	"amid#1 ",
	"xxxxxxxxxmid#12 ",
	"KEY=abc ",
	"KEYS=ab ",
	"WORDab KEY=xyz mid#12 ",
	" WORDabc ",
	"WORDabcdef ",
	"WORDabcdefg_WORDabcdef ",
	"aamid#12 ",
	"KEYS=abc ",
	"bbmid#12 mid#1",
	"BANK=",
	"vault",
	"a",
	" ",
};

enum { REFUSED = 7, ROUNDS = 60, REPEATS_MAX = 24, SIZE_MIN = 6000 };

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 16;
}

/* Runs of one line, now and then broken by something else. */
static void make_flood(struct silt_buffer *out, uint32_t seed)
{
	while (out->len < SIZE_MIN) {
		const char *line = units[next_random(&seed) % REFUSED];
		for (uint32_t i = next_random(&seed) % REPEATS_MAX; i > 0; i--) {
			silt_buffer_add(out, silt_bytes_text(line));
		}
		silt_buffer_add(out, silt_bytes_text(units[next_random(&seed) % SILT_COUNT(units)]));
	}
	assert_false(out->failed);
}

static void assert_same_in_one_block(struct kit *kit, struct silt_bytes text)
{
	kit_scan(kit, text, 1);
	size_t count = kit->count;
	uint64_t offsets[KIT_MATCHES_MAX];
	const struct silt_rule *found[KIT_MATCHES_MAX];
	for (size_t i = 0; i < count; i++) {
		offsets[i] = kit->matches[i].offset;
		found[i] = kit->matches[i].rule;
	}
	static const size_t blocks[] = {0, 1000, 64};
	for (size_t k = 0; k < SILT_COUNT(blocks); k++) {
		kit_scan(kit, text, blocks[k]);
		assert_int_equal(kit->count, count);
		for (size_t i = 0; i < count; i++) {
			assert_int_equal(kit->matches[i].offset, offsets[i]);
			assert_ptr_equal(kit->matches[i].rule, found[i]);
		}
	}
}

static void a_window_that_differs_in_a_byte_is_looked_at(void **state)
{
	(void)state;
	struct kit kit;
	size_t matches = 0;
	kit_open_rules(&kit, rules, SILT_COUNT(rules));
	for (uint32_t seed = 1; seed <= ROUNDS; seed++) {
		SILT_CLEANUP(silt_buffer_done) struct silt_buffer flood = {0};
		make_flood(&flood, seed);
		assert_same_in_one_block(&kit, silt_buffer_bytes(&flood));
		matches += kit.count;
	}
	assert_true(matches > (size_t)ROUNDS);
	kit_close(&kit);
}

/* As they would be written, with one secret among two thousand lines that hold none. */
static void a_secret_in_a_flood_is_found(void **state)
{
	(void)state;
	static const struct {
		const char *line, *secret, *rule;
	} floods[] = {
		{"aws_access_key_id = $AWS_ACCESS_KEY_ID\n", "aws_access_key_id = AKIARZPUZDIKGFKFRZUS\n",
		 "aws-access-key-id"},
		{"AKIAAKIA", " AKIARZPUZDIKGFKFRZUS ", "aws-access-key-id"},
		{"token: ghp_xxxx\n", "token: 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\n", "github-pat"},
		{"https://user:password@host/\n", "https://deploy:k7wQx2LmZt4k@git.acme.io/\n", "url-password"},
		{"server=a;uid=sa;password=changeme;\n", "server=a;uid=sa;password=Zt4-kQ9xWv;\n", "connection-string"},
		{"AKIARZPUZDIKGFKFRZU ", "AKIARZPUZDIKJDCI52HU,Hgz/F3ldB5DJ69wZ4S+K18Z5YjiLrzSUpojJBOB/\n",
		 "aws-secret-access-key-beside-id"},
	};
	enum { LINES = 2000 };
	struct kit kit;
	kit_open(&kit);
	for (size_t i = 0; i < SILT_COUNT(floods); i++) {
		SILT_CLEANUP(silt_buffer_done) struct silt_buffer text = {0};
		for (size_t k = 0; k < LINES; k++) {
			silt_buffer_add(&text, silt_bytes_text(k == LINES - 7 ? floods[i].secret : floods[i].line));
		}
		assert_false(text.failed);
		kit_scan_file(&kit, SILT_LITERAL("srv/notes.txt"), silt_buffer_bytes(&text), 0);
		if (kit_count(&kit, floods[i].rule) != 1) {
			fail_msg("%s: %zu", floods[i].rule, kit_count(&kit, floods[i].rule));
		}
	}
	kit_close(&kit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_that_differs_in_a_byte_is_looked_at),
		cmocka_unit_test(a_secret_in_a_flood_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
