/* What a rule can ask for beyond its pattern: files, keywords, limits, allowed values, places, words. */
#include "check.h"
#include "scan_kit.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "secret/unwrap.h"
#include "secret/validate.h"

#include <stdio.h>
#include <stdlib.h>

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ANCHORS(...) ((const struct silt_bytes[]){__VA_ARGS__, {0}})

static void open_with(struct kit *kit, const struct silt_rule *rule)
{
	kit_open_rules(kit, rule, 1);
}

/* How many matches the text has, however it is cut in two. */
static size_t count_in(struct kit *kit, const char *path, struct silt_bytes text)
{
	kit_scan_file(kit, silt_bytes_text(path), text, 0);
	size_t count = kit->count;
	for (size_t split = 0; split <= text.len; split++) {
		kit_scan_file_split(kit, silt_bytes_text(path), text, split);
		assert_int_equal(kit->count, count);
	}
	return count;
}

/* ---- Anchors --------------------------------------------------------------------------------------------------------- */

static void the_case_of_an_anchor_counts_only_if_the_rule_says_so(void **state)
{
	(void)state;
	struct kit kit;
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("Key!")),
				       .anchors_any_case = LIST("token"),
				       .pattern = "(?i)(?:key!|token)=[0-9]{3}",
				       .reach = 12};
	open_with(&kit, &rule);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("Key!=111 key!=222 KEY!=333")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("token=111 TOKEN=222 ToKeN=333 t0ken=444")), 3);
	kit_close(&kit);
}

static void one_literal_may_be_the_anchor_of_many_rules(void **state)
{
	(void)state;
	const struct silt_rule rules[] = {
		{.id = "a",
		 .anchors = ANCHORS(SILT_LITERAL_INIT("acme"), SILT_LITERAL_INIT("zzz9")),
		 .pattern = "acme[0-9]",
		 .reach = 8},
		{.id = "b", .anchors = ANCHORS(SILT_LITERAL_INIT("acme")), .pattern = "acme[a-z]", .reach = 8},
		{.id = "c", .anchors_any_case = LIST("acme"), .pattern = "(?i)acme.", .reach = 8},
		{.id = "d", .anchors_any_case = LIST("acme"), .pattern = "(?i)acme[A-Z0-9]", .reach = 300},
		{.id = "e", .anchors = ANCHORS(SILT_LITERAL_INIT("acm")), .pattern = "acm[^z]", .reach = 4},
	};
	struct kit kit;
	kit_open_rules(&kit, rules, SILT_COUNT(rules));
	assert_int_equal(kit.matcher->anchors.count, 4 + silt_escape_sign_count);
	struct silt_bytes text = SILT_LITERAL("acme1 acmex ACME! acm");
	for (size_t split = 0; split <= text.len; split++) {
		kit_scan_split(&kit, text, split);
		assert_int_equal(kit_count(&kit, "a"), 1);
		assert_int_equal(kit_count(&kit, "b"), 1);
		assert_int_equal(kit_count(&kit, "c"), 3);
		assert_int_equal(kit_count(&kit, "d"), 2);
		assert_int_equal(kit_count(&kit, "e"), 2);
	}
	kit_close(&kit);
}

static void at_start_is_the_first_byte_of_the_stream(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("MAGIC")),
				       .pattern = ".{0,4}MAGIC[0-9]",
				       .back = 4,
				       .reach = 6,
				       .at_start = true};
	struct kit kit;
	open_with(&kit, &rule);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("MAGIC1 MAGIC2")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("abMAGIC1")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("abcdeMAGIC1")), 0);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("MAGICx MAGIC1")), 0);
	kit_close(&kit);
}

/* ---- Files ----------------------------------------------------------------------------------------------------------- */

/* All of a file that begins as the rule says, and nothing of one that has it further behind. */
static void a_file_is_known_by_its_first_bytes(void **state)
{
	(void)state;
	enum { LENGTH = 70000 };
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("\xfe\0\xed\0")),
				       .pattern = "[^\\xfe]{0,3}\\xfe\\x00\\xed\\x00[\\x00-\\xff]{40000}",
				       .back = 3,
				       .reach = 65536,
				       .at_start = true};
	static uint8_t file[LENGTH];
	struct kit kit;
	open_with(&kit, &rule);
	assert_true(kit.matcher->window_usual < 100);
	const size_t blocks[] = {0, 1, 7, 4096, 50000};
	for (size_t at = 0; at < 5; at++) {
		memset(file, 0, sizeof(file));
		memcpy(file + at, "\xfe\0\xed\0", 4);
		memcpy(file + 5000, "\xfe\0\xed\0", 4);
		for (size_t i = 0; i < SILT_COUNT(blocks); i++) {
			kit_scan(&kit, silt_bytes(file, sizeof(file)), blocks[i]);
			assert_int_equal(kit.count, at <= 3 ? 1 : 0);
			assert_true(at > 3 || (kit.matches[0].offset == 0 && kit.matches[0].length == at + 40004));
		}
	}
	kit_close(&kit);
}

static void a_rule_with_files_and_anchors_looks_at_those_files_only(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("pw:")),
				       .pattern = "pw:[0-9]+",
				       .reach = 20,
				       .files = LIST("*.conf", "/etc/x")};
	struct kit kit;
	open_with(&kit, &rule);
	struct silt_bytes text = SILT_LITERAL("pw:1 pw:2");
	assert_int_equal(count_in(&kit, "a/b.conf", text), 2);
	assert_int_equal(count_in(&kit, "etc/x", text), 2);
	assert_int_equal(count_in(&kit, "a/etc/x", text), 0);
	assert_int_equal(count_in(&kit, "", text), 0);
	kit_close(&kit);
}

/* Every line, wherever the pieces that are searched meet. */
static void a_rule_about_whole_files_finds_every_line_of_a_long_one(void **state)
{
	(void)state;
	const struct silt_rule rules[] = {
		{.id = "line",
		 .pattern = "(?m)^user[0-9]+:(?<secret>[^\\n:]+)$",
		 .reach = 256,
		 .files = LIST(".pgpass")},
		{.id = "word", .pattern = "user[0-9]+(?=:)", .reach = 256, .files = LIST(".pgpass")},
		{.id = "head", .pattern = "\\Ax+user", .reach = 256, .files = LIST(".pgpass")},
	};
	struct kit kit;
	kit_open_rules(&kit, rules, SILT_COUNT(rules));
	struct silt_buffer text = {0};
	for (unsigned i = 0; i < 600; i++) {
		silt_buffer_printf(&text, "%.*suser%u:%0*u\n", i % 3 == 2, "x", i, 1 + (int)(i * 37 % 61), i);
	}
	static const size_t blocks[] = {0, 100, 4095, 4096, 4097, 8193};
	for (size_t b = 0; b < SILT_COUNT(blocks); b++) {
		kit_scan_file(&kit, SILT_LITERAL("home/u/.pgpass"), silt_buffer_bytes(&text), blocks[b]);
		assert_int_equal(kit_count(&kit, "line"), 400);
		assert_int_equal(kit_count(&kit, "word"), 600);
		assert_int_equal(kit_count(&kit, "head"), 0);
		assert_true(kit.in_order);
		assert_false(kit.overflowed);
	}
	kit_scan_file(&kit, SILT_LITERAL("home/u/pgpass"), silt_buffer_bytes(&text), 0);
	assert_int_equal(kit.count, 0);
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void a_match_may_lie_across_pieces_of_a_file(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r", .pattern = "<[a-z]{100}>", .reach = 256, .files = LIST("f")};
	struct kit kit;
	open_with(&kit, &rule);
	char match[103];
	memset(match, 'a', 102);
	match[0] = '<';
	match[101] = '>';
	match[102] = '\0';
	for (size_t lead = 2 * SILT_FILE_PIECE - 104; lead <= 2 * SILT_FILE_PIECE + 1; lead++) {
		struct silt_buffer text = {0};
		for (size_t i = 0; i < lead; i++) {
			silt_buffer_add_byte(&text, '.');
		}
		silt_buffer_add_text(&text, match);
		silt_buffer_add_text(&text, match);
		kit_scan_file(&kit, SILT_LITERAL("f"), silt_buffer_bytes(&text), 1000);
		assert_int_equal(kit.count, 2);
		assert_int_equal(kit.matches[0].offset, lead);
		assert_int_equal(kit.matches[1].offset, lead + 102);
		silt_buffer_done(&text);
	}
	kit_close(&kit);
}

static void a_pattern_that_begins_with_the_file_may_match_all_of_it(void **state)
{
	(void)state;
	const struct silt_rule rules[] = {
		{.id = "all", .pattern = "\\AMAGIC.*\\z", .reach = 256, .files = LIST("*.jks")},
		{.id = "empty", .pattern = "\\A(?=MAGIC)", .reach = 256, .files = LIST("*.jks")},
	};
	struct kit kit;
	kit_open_rules(&kit, rules, SILT_COUNT(rules));
	struct silt_buffer text = {0};
	silt_buffer_add_text(&text, "MAGIC");
	for (size_t i = 0; i < 300000; i++) {
		silt_buffer_add_byte(&text, (uint8_t)(i * 7));
	}
	static const size_t blocks[] = {0, 4096, 65536, 300000};
	for (size_t b = 0; b < SILT_COUNT(blocks); b++) {
		kit_scan_file(&kit, SILT_LITERAL("a.jks"), silt_buffer_bytes(&text), blocks[b]);
		assert_int_equal(kit.count, 2);
		assert_int_equal(kit_find(&kit, "all")->length, text.len);
		assert_int_equal(kit_find(&kit, "empty")->length, 0);
	}
	kit_scan_file(&kit, SILT_LITERAL("a.jks"), SILT_LITERAL("xMAGIC"), 0);
	assert_int_equal(kit.count, 0);
	kit_scan_file(&kit, SILT_LITERAL("a.jks"), SILT_LITERAL(""), 0);
	assert_int_equal(kit.count, 0);
	silt_buffer_done(&text);
	kit_close(&kit);
}

static void what_a_rule_about_whole_files_refuses_does_not_hide_what_follows(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r",
				       .pattern = "[a-z]+=(?<secret>[0-9]+)",
				       .reach = 256,
				       .files = LIST("f"),
				       .allow = LIST("0+")};
	struct kit kit;
	open_with(&kit, &rule);
	assert_int_equal(count_in(&kit, "f", SILT_LITERAL("a=000 b=0 c=12 d=0000 e=34")), 2);
	kit_close(&kit);
}

/* A quadratic pattern on one endless line: the answer matters less than that it comes. */
static void a_costly_pattern_on_a_huge_line_stays_bounded(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r", .pattern = "[a-z]+:[0-9]", .reach = 256, .files = LIST("f")};
	struct kit kit;
	open_with(&kit, &rule);
	size_t size = 200000;
	uint8_t *text = malloc(size);
	assert_non_null(text);
	memset(text, 'a', size);
	text[size - 1] = ':';
	kit_scan_file(&kit, SILT_LITERAL("f"), silt_bytes(text, size), 0);
	assert_int_equal(kit.count, 0);
	free(text);
	kit_close(&kit);
}

static void a_rule_that_runs_into_limits_again_and_again_is_given_up(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("BOOM")),
				       .pattern = "BOOM(?:(?:a+)+)+[bc]",
				       .reach = 60};
	struct kit kit;
	open_with(&kit, &rule);
	struct silt_buffer text = {0};
	for (int i = 0; i < SILT_PATTERN_LIMITS_MAX - 1; i++) {
		silt_buffer_add_text(&text, "BOOMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! ");
	}
	silt_buffer_add_text(&text, "BOOMab");
	kit_scan(&kit, silt_buffer_bytes(&text), 0);
	assert_int_equal(kit.count, 1);
	assert_true(kit.overflowed);
	silt_buffer_add_text(&text, " BOOMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! BOOMac");
	kit_scan(&kit, silt_buffer_bytes(&text), 0);
	assert_int_equal(kit.count, 1);
	kit_scan(&kit, SILT_LITERAL("BOOMab"), 0);
	assert_int_equal(kit.count, 1);
	assert_false(kit.overflowed);
	silt_buffer_done(&text);
	kit_close(&kit);
}

/* ---- Values ---------------------------------------------------------------------------------------------------------- */

static void a_keyword_must_stand_near_the_value_and_not_in_it(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("key=")),
				       .pattern = "key=(?<secret>[a-z0-9]{4,20})",
				       .reach = 24,
				       .keywords = LIST("twilio", "sms"),
				       .within = 12};
	struct kit kit;
	open_with(&kit, &rule);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("Twilio: key=a1b2")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=a1b2 # TWILIO")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=a1b2 #    TWILIO")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=a1b2 #     TWILIO")), 0);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("sms    .key=a1b2")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("sms     .key=a1b2")), 0);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=xtwiliox")), 0);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=a1b2")), 0);
	kit_close(&kit);
}

static void limits_and_allowed_values_decide_on_the_whole_value(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("key=")),
				       .pattern = "key=(?<secret>[a-z0-9*]{1,20})",
				       .reach = 24,
				       .limits = {.min_length = 4, .max_length = 12, .digits = 1, .entropy_tenths = 15},
				       .allow = LIST("x+1", "false|true", "test[0-9]")};
	struct kit kit;
	open_with(&kit, &rule);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=ab1 key=hkbdzf1 key=hkbdzf key=aaaaaaaaaaa1")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=hkbdzfqwxnmt1 key=hkbdzfqwxnm1")), 1);
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=abcdefghijk1")), 0); /* a sequence */
	assert_int_equal(count_in(&kit, "", SILT_LITERAL("key=test1 key=test12 key=atest1 key=xfalse1")), 3);
	kit_close(&kit);
}

static void only_generic_rules_mind_placeholders_and_plain_values(void **state)
{
	(void)state;
	const struct silt_rule rules[] = {
		{.id = "generic",
		 .anchors_any_case = LIST("password"),
		 .pattern = "(?i:password)\\s*=\\s*(?<secret>\\S+)",
		 .reach = 100,
		 .generic = true},
		{.id = "exact",
		 .anchors_any_case = LIST("password"),
		 .pattern = "(?i:password)\\s*=\\s*(?<secret>\\S+)",
		 .reach = 100},
	};
	struct kit kit;
	kit_open_rules(&kit, rules, SILT_COUNT(rules));
	struct silt_bytes text = SILT_LITERAL("password = changeme\nPASSWORD=${PW}\npassword = hunter2\n"
					      "sha1_password=0a4d55a8d778e5022fab701977c5d840bbc486d0\n");
	for (size_t split = 0; split <= text.len; split++) {
		kit_scan_split(&kit, text, split);
		assert_int_equal(kit_count(&kit, "generic"), 1);
		assert_int_equal(kit_count(&kit, "exact"), 4);
		assert_int_equal(kit_find(&kit, "generic")->length, 7);
	}
	kit_close(&kit);
}

/* ---- What a match says ----------------------------------------------------------------------------------------------- */

static bool tell(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	snprintf(verdict->facts, SILT_FACTS_SIZE, "%zu of %zu bytes in %.*s", secret.len, verdict->window.len,
		 (int)verdict->path.len, (const char *)verdict->path.ptr);
	verdict->expires = 1700000000;
	silt_verdict_proven(verdict, SILT_SEVERITY_CRITICAL, "told");
	return true;
}

static enum silt_status see_secret(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	(void)err;
	struct silt_match *seen = ctx;
	assert_true(silt_bytes_equal(match->secret, SILT_LITERAL("12345")));
	*seen = *match;
	return SILT_OK;
}

static void a_match_carries_secret_facts_and_expiry(void **state)
{
	(void)state;
	const struct silt_rule rule = {.id = "r",
				       .anchors = ANCHORS(SILT_LITERAL_INIT("key=")),
				       .pattern = "key=(?<secret>[0-9]+)",
				       .reach = 24,
				       .context = 2,
				       .keywords = LIST("far"),
				       .within = 60,
				       .validate = tell};
	struct kit kit;
	struct silt_match seen = {0};
	open_with(&kit, &rule);
	silt_scanner_begin(kit.scanner, SILT_LITERAL("a/b"), see_secret, &seen);
	struct silt_bytes text = SILT_LITERAL("something far before key=12345 and something far behind the value");
	assert_int_equal(silt_scanner_feed(kit.scanner, text, true, NULL), SILT_OK);
	/* The validator sees the bytes of its own window, not those that keywords are looked for in. */
	assert_string_equal(seen.facts, "5 of 28 bytes in a/b");
	assert_int_equal(seen.expires, 1700000000);
	assert_int_equal(seen.offset, 25);
	assert_int_equal(seen.confidence, SILT_CONFIDENCE_PROVEN);
	assert_string_equal(seen.note, "told");
	assert_null(seen.via);
	kit_close(&kit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_case_of_an_anchor_counts_only_if_the_rule_says_so),
		cmocka_unit_test(one_literal_may_be_the_anchor_of_many_rules),
		cmocka_unit_test(at_start_is_the_first_byte_of_the_stream),
		cmocka_unit_test(a_file_is_known_by_its_first_bytes),
		cmocka_unit_test(a_rule_with_files_and_anchors_looks_at_those_files_only),
		cmocka_unit_test(a_rule_about_whole_files_finds_every_line_of_a_long_one),
		cmocka_unit_test(a_match_may_lie_across_pieces_of_a_file),
		cmocka_unit_test(a_pattern_that_begins_with_the_file_may_match_all_of_it),
		cmocka_unit_test(what_a_rule_about_whole_files_refuses_does_not_hide_what_follows),
		cmocka_unit_test(a_costly_pattern_on_a_huge_line_stays_bounded),
		cmocka_unit_test(a_rule_that_runs_into_limits_again_and_again_is_given_up),
		cmocka_unit_test(a_keyword_must_stand_near_the_value_and_not_in_it),
		cmocka_unit_test(limits_and_allowed_values_decide_on_the_whole_value),
		cmocka_unit_test(only_generic_rules_mind_placeholders_and_plain_values),
		cmocka_unit_test(a_match_carries_secret_facts_and_expiry),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
