/* Rule files: what becomes of every key, and every mistake with its place and words. */
#include "check.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "secret/rule_set.h"
#include "secret/validate.h"
#include "secret/validators.h"

#include <stdio.h>

#define HEAD "rules:\n- id: a\n  title: Token of A\n  severity: high\n"
#define ANCHOR "  anchors: [AAA_]\n"
#define PATTERN "  pattern: 'AAA_[0-9]{8}'\n"
#define EXAMPLES "  positive: [AAA_12345678]\n  negative: [AAA_]\n"
#define RULE HEAD ANCHOR PATTERN EXAMPLES

static void add(struct silt_rule_set *set, const char *yaml)
{
	struct silt_error err = {0};
	if (silt_rule_set_add(set, silt_bytes_text(yaml), "f", &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
}

static struct silt_rule_set *set_of(const char *yaml)
{
	struct silt_rule_set *set = silt_rule_set_new();
	assert_non_null(set);
	add(set, yaml);
	return set;
}

static const struct silt_rule *rule_of(const struct silt_rule_set *set, const char *id)
{
	const struct silt_rule *rule = silt_rule_set_find(set, silt_bytes_text(id));
	assert_non_null(rule);
	return rule;
}

static void assert_list(const char *const *list, const char *first, const char *second)
{
	assert_string_equal(list[0], first);
	if (second) {
		assert_string_equal(list[1], second);
	}
	assert_null(list[second ? 2 : 1]);
}

/* ---- What is right ----------------------------------------------------------------------------------------------- */

static void a_short_rule_has_the_defaults(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of("# comment\n" RULE);
	const struct silt_rule *rule = rule_of(set, "a");
	assert_string_equal(rule->title, "Token of A");
	assert_null(rule->provider);
	assert_string_equal(rule->remedy, "Revoke it where it was issued, and issue a new one.");
	assert_null(rule->references);
	assert_int_equal(rule->severity, SILT_SEVERITY_HIGH);
	assert_int_equal(rule->confidence, SILT_CONFIDENCE_LIKELY);
	assert_list(rule->anchor_texts, "AAA_", NULL);
	assert_null(rule->anchors_any_case);
	assert_string_equal(rule->pattern, "AAA_[0-9]{8}");
	assert_int_equal(rule->back, 0);
	assert_int_equal(rule->reach, 256);
	assert_int_equal(rule->context, 10);
	assert_int_equal(rule->show, 0);
	assert_null(rule->files);
	assert_null(rule->keywords);
	assert_int_equal(rule->within, 60);
	assert_null(rule->allow);
	assert_int_equal(rule->limits.min_length, 0);
	assert_int_equal(rule->limits.entropy_tenths, 0);
	assert_false(rule->generic || rule->at_start || rule->never_vendor);
	assert_null(rule->validator);
	assert_null(rule->validate);
	assert_int_equal(rule->positive_count, 1);
	assert_int_equal(rule->negative_count, 1);
	assert_string_equal(rule->source, "f");
	assert_int_equal(rule->line, 3);
	silt_rule_set_free(set);
}

static void every_key_reaches_its_member(void **state)
{
	(void)state;
	struct silt_rule_set *set =
		set_of("rules:\n"
		       "- id: all-keys-2\n"
		       "  title: Everything\n"
		       "  provider: Somebody\n"
		       "  severity: info\n"
		       "  confidence: possible\n"
		       "  anchors: ['BBB_', 'CCC=']\n"
		       "  anchors-any-case: [twilio]\n"
		       "  pattern: '(?:BBB_|CCC=|(?i:twilio))[a-z0-9]{9,60}'\n"
		       "  back: 5\n"
		       "  reach: 100\n"
		       "  context: 20\n"
		       "  show: 4\n"
		       "  files: ['*.tfvars', '/etc/**/x?']\n"
		       "  keywords: [secret, token]\n"
		       "  within: 70\n"
		       "  limits: {min-length: 8, max-length: 90, digits: 1, uppers: 2, lowers: 3, entropy: 3.5}\n"
		       "  allow: ['x+', '\\*+']\n"
		       "  generic: true\n"
		       "  at-start: true\n"
		       "  never-vendor: true\n"
		       "  validate: github-fine-grained\n"
		       "  revoke: At the bank.\n"
		       "  references: ['https://example.org/a', 'http://example.org/b']\n"
		       "  positive:\n"
		       "  - {file: a.tfvars, text: \"BBB_1\\0\"}\n"
		       "  - {file: etc/x1, text: !!binary \"AP8=\"}\n"
		       "  negative:\n"
		       "  - !!binary |\n"
		       "    AAEC\n"
		       "    Aw==\n");
	const struct silt_rule *rule = rule_of(set, "all-keys-2");
	assert_string_equal(rule->title, "Everything");
	assert_string_equal(rule->provider, "Somebody");
	assert_int_equal(rule->severity, SILT_SEVERITY_INFO);
	assert_int_equal(rule->confidence, SILT_CONFIDENCE_POSSIBLE);
	assert_list(rule->anchor_texts, "BBB_", "CCC=");
	assert_list(rule->anchors_any_case, "twilio", NULL);
	assert_int_equal(rule->back, 5);
	assert_int_equal(rule->reach, 100);
	assert_int_equal(rule->context, 20);
	assert_int_equal(rule->show, 4);
	assert_list(rule->files, "*.tfvars", "/etc/**/x?");
	assert_list(rule->keywords, "secret", "token");
	assert_int_equal(rule->within, 70);
	assert_int_equal(rule->limits.min_length, 8);
	assert_int_equal(rule->limits.max_length, 90);
	assert_int_equal(rule->limits.digits, 1);
	assert_int_equal(rule->limits.uppers, 2);
	assert_int_equal(rule->limits.lowers, 3);
	assert_int_equal(rule->limits.entropy_tenths, 35);
	assert_list(rule->allow, "x+", "\\*+");
	assert_true(rule->generic && rule->at_start && rule->never_vendor);
	assert_string_equal(rule->validator, "github-fine-grained");
	assert_ptr_equal(rule->validate, silt_validate_github_fine_grained);
	assert_string_equal(rule->remedy, "At the bank.");
	assert_list(rule->references, "https://example.org/a", "http://example.org/b");
	silt_rule_set_free(set);
}

static void examples_are_bytes_with_the_name_of_a_file(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of(HEAD ANCHOR PATTERN
					   "  positive: [{file: etc/x, text: \"A\\0\"}, {text: !!binary \"AP8=\"}]\n"
					   "  negative: [!!binary \"AAEC Aw==\", b, '']\n");
	const struct silt_rule *rule = rule_of(set, "a");
	assert_int_equal(rule->positive_count, 2);
	assert_string_equal(rule->positives[0].file, "etc/x");
	assert_true(silt_bytes_equal(rule->positives[0].text, silt_bytes("A\0", 2)));
	assert_string_equal(rule->positives[1].file, "");
	assert_true(silt_bytes_equal(rule->positives[1].text, silt_bytes("\0\377", 2)));
	assert_int_equal(rule->negative_count, 3);
	assert_true(silt_bytes_equal(rule->negatives[0].text, silt_bytes("\0\1\2\3", 4)));
	assert_true(silt_bytes_equal(rule->negatives[1].text, SILT_LITERAL("b")));
	assert_int_equal(rule->negatives[2].text.len, 0); /* an empty file is an example too */
	silt_rule_set_free(set);
}

static void anchors_of_any_bytes_are_written_in_base64(void **state)
{
	(void)state;
	struct silt_rule_set *set =
		set_of(HEAD "  anchors: ['AAA\\', !!binary \"/u0A/g==\"]\n  back: 2\n" PATTERN EXAMPLES);
	const struct silt_rule *rule = rule_of(set, "a");
	assert_true(silt_bytes_equal(rule->anchors[0], SILT_LITERAL("AAA\\")));
	assert_true(silt_bytes_equal(rule->anchors[1], SILT_LITERAL("\xfe\xed\x00\xfe")));
	assert_null(rule->anchors[2].ptr);
	assert_list(rule->anchor_texts, "AAA\\\\", "\\xfe\\xed\\x00\\xfe");
	silt_rule_set_free(set);
}

static void a_rule_without_anchors_is_about_whole_files(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of(HEAD
					   "  pattern: '(?m)^[a-z]{9}'\n  files: [.pgpass]\n"
					   "  positive: [{file: root/.pgpass, text: abcdefghi}]\n  negative: [b]\n");
	assert_null(rule_of(set, "a")->anchors);
	assert_null(rule_of(set, "a")->anchors_any_case);
	assert_list(rule_of(set, "a")->files, ".pgpass", NULL);
	silt_rule_set_free(set);
}

static void rules_keep_their_order_over_files(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of(RULE "- id: b\n  title: B\n  severity: low\n" ANCHOR PATTERN EXAMPLES);
	add(set, "rules:\n- id: c\n  title: C\n  severity: low\n" ANCHOR PATTERN EXAMPLES);
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	assert_int_equal(count, 3);
	assert_string_equal(rules[0].id, "a");
	assert_string_equal(rules[1].id, "b");
	assert_string_equal(rules[2].id, "c");
	assert_null(silt_rule_set_find(set, SILT_LITERAL("d")));
	silt_rule_set_free(set);
}

/* ---- Macros ------------------------------------------------------------------------------------------------------ */

static void macros_stand_for_their_text_also_in_macros(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of("define:\n  hex: '[0-9a-f]'\n  hex_8: '%{hex}{8}'\n" HEAD ANCHOR
					   "  pattern: 'AAA_%{hex_8}-%{hex}%\\{'\n  allow: ['%{hex}+']\n" EXAMPLES);
	assert_string_equal(rule_of(set, "a")->pattern, "AAA_[0-9a-f]{8}-[0-9a-f]%\\{");
	assert_list(rule_of(set, "a")->allow, "[0-9a-f]+", NULL);
	silt_rule_set_free(set);
}

static void macros_of_a_file_with_rules_end_with_it(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of("define: {x: y}\n" RULE);
	struct silt_error err = {0};
	const char *yaml = "rules:\n- id: b\n  title: B\n  severity: low\n  anchors: [AAA_]\n  pattern: 'AAA_%{x}'\n";
	assert_int_equal(silt_rule_set_add(set, silt_bytes_text(yaml), "g", &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "g:6: rule b: no macro is called %{x}");
	silt_rule_set_free(set);
}

static void macros_of_a_file_without_rules_are_for_all_after_it(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of("define: {x: '[0-9]'}\n");
	add(set, "define: {y: '%{x}{8}'}\n" HEAD ANCHOR "  pattern: 'AAA_%{y}'\n" EXAMPLES);
	assert_string_equal(rule_of(set, "a")->pattern, "AAA_[0-9]{8}");
	struct silt_error err = {0};
	assert_int_equal(silt_rule_set_add(set, SILT_LITERAL("define:\n  x: z\n"), "g", &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "g:2: macro x is already defined in f:1");
	silt_rule_set_free(set);
}

static void macros_cannot_grow_beyond_the_bound_of_a_pattern(void **state)
{
	(void)state;
	struct silt_buffer yaml = {0};
	struct silt_rule_set *set = silt_rule_set_new();
	struct silt_error err = {0};
	silt_buffer_add_text(&yaml, "define:\n  m0: aaaaaaaa\n");
	for (int i = 1; i < 30; i++) {
		silt_buffer_printf(&yaml, "  m%d: '%%{m%d}%%{m%d}'\n", i, i - 1, i - 1);
	}
	assert_int_equal(silt_rule_set_add(set, silt_buffer_bytes(&yaml), "f", &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "f:14: expected at most 16384 bytes of pattern with all macros, found more");
	silt_buffer_done(&yaml);
	silt_rule_set_free(set);
}

/* ---- What is wrong ----------------------------------------------------------------------------------------------- */

struct wrong {
	const char *yaml;
	const char *why;
};

#define WITH(lines) HEAD ANCHOR PATTERN lines EXAMPLES
#define NO_LIST ": expected a list of 1 to 256 texts, found "

static const struct wrong wrongs[] = {
	/* The file. */
	{"", "f:1:1: there is nothing in it"},
	{"a: [\n", "f:2:1: no YAML, while parsing a flow node: did not find expected node content"},
	{"a: *b\n", "f:1:4: alias \"b\" is refused: nothing may be said by reference"},
	{"- a\n", "f:1: expected a map with the keys define and rules, found a list"},
	{"{}\n", "f:1: expected a map with the keys define and rules, found a map"},
	{"rule: []\n", "f:1: unknown key \"rule\"; known are define and rules"},
	{"rules:\n", "f:1: rules: expected a list of rules, found nothing"},
	{"rules: []\n", "f:1: rules: expected a list of rules, found a list"},
	{"rules: {a: b}\n", "f:1: rules: expected a list of rules, found a map"},
	{"rules:\n- a\n", "f:2: rules: expected a map for each rule, found a text"},

	/* Macros. */
	{"define: []\n", "f:1: define: expected a map of names to parts of patterns, found a list"},
	{"define: {A: b}\n", "f:1: expected a macro's name of [a-z0-9_], found \"A\""},
	{"define: {a: [b]}\n", "f:1: expected a pattern, found a list"},
	{"define: {a: ''}\n", "f:1: expected a pattern, found nothing"},
	{"define: {a: !!binary YQ==}\n", "f:1: expected a pattern, found !!binary"},
	{"define: {a: \"b\\0\"}\n",
	 "f:1: expected a pattern of printable characters on one line, found others; write \\n, \\x00"},
	{"define: {a: '%{a}'}\n", "f:1: no macro is called %{a}"},
	{"define: {a: '%{b'}\n",
	 "f:1: expected a macro such as %{left}, found \"%{b\" (the bytes are %\\{, a count is [%]{2})"},
	{"define: {a: '%{2,3}'}\n",
	 "f:1: expected a macro such as %{left}, found \"%{2,3}\" (the bytes are %\\{, a count is [%]{2})"},

	/* The id, which names the rule in every other error. */
	{"rules:\n- title: A\n", "f:2: rule: expected an id, found none"},
	{"rules:\n- id: [a]\n", "f:2: id: expected lower-case words joined by '-', found a list"},
	{"rules:\n- id: A\n", "f:2: id: expected lower-case words joined by '-', found \"A\""},
	{"rules:\n- id: a--b\n", "f:2: id: expected lower-case words joined by '-', found \"a--b\""},
	{"rules:\n- id: -a\n", "f:2: id: expected lower-case words joined by '-', found \"-a\""},
	{"rules:\n- id: a-\n", "f:2: id: expected lower-case words joined by '-', found \"a-\""},
	{"rules:\n- id: a\n  id: b\n", "f:3:3: key \"id\" is given twice"},
	{RULE "\n- id: a\n  title: B\n  severity: low\n" ANCHOR PATTERN EXAMPLES,
	 "f:10: rule a: the id is taken by the rule at f:2"},

	/* Keys. */
	{WITH("  anchor: [AAA_]\n"), "f:7: rule a: unknown key \"anchor\"; known are id, title, severity, "
				     "pattern, positive, negative, provider, "
				     "confidence, anchors, anchors-any-case, back, reach, context, show, "
				     "files, keywords, within, limits, allow, "
				     "generic, at-start, public, never-vendor, validate, revoke, references"},
	{WITH("  <<: {back: 1}\n"), "f:7: rule a: unknown key \"<<\"; known are id, title, severity, pattern, "
				    "positive, negative, provider, "
				    "confidence, anchors, anchors-any-case, back, reach, context, show, files, "
				    "keywords, within, limits, allow, "
				    "generic, at-start, public, never-vendor, validate, revoke, references"},
	{"rules:\n- id: a\n  severity: low\n" ANCHOR PATTERN EXAMPLES, "f:2: rule a: the key title is missing"},
	{"rules:\n- id: a\n  title: A\n" ANCHOR PATTERN EXAMPLES, "f:2: rule a: the key severity is missing"},
	{HEAD ANCHOR EXAMPLES, "f:2: rule a: the key pattern is missing"},
	{HEAD ANCHOR PATTERN "  negative: [a]\n", "f:2: rule a: the key positive is missing"},
	{HEAD ANCHOR PATTERN "  positive: [a]\n", "f:2: rule a: the key negative is missing"},

	/* Single values. */
	{WITH("  provider: [a]\n"), "f:7: rule a: provider: expected one printable line of at most 80 bytes "
				    "without backslash, found a list"},
	{WITH("  provider: \"a\\nb\"\n"), "f:7: rule a: provider: expected one printable line of at most 80 "
					  "bytes without backslash, found \"a\\nb\""},
	{WITH("  provider: \"\\e[31mred\"\n"), "f:7: rule a: provider: expected one printable line of at most 80 bytes "
					       "without backslash, found \"\\x1b[31mred\""},
	{WITH("  provider: \"a\\0b\"\n"), "f:7: rule a: provider: expected one printable line of at most 80 "
					  "bytes without backslash, found \"a\\x00b\""},
	{WITH("  provider: !!binary YQ==\n"), "f:7: rule a: provider: expected one printable line of at most "
					      "80 bytes without backslash, found !!binary"},
	{WITH("  provider:\n"), "f:7: rule a: provider: expected one printable line of at most 80 bytes "
				"without backslash, found nothing"},
	{"rules:\n- id: a\n  severity: urgent\n",
	 "f:3: rule a: severity: expected critical, high, medium, low or info, found \"urgent\""},
	{WITH("  confidence: High\n"), "f:7: rule a: confidence: expected proven, likely or possible, found \"High\""},
	{WITH("  back: -1\n"), "f:7: rule a: back: expected a whole number from 0 to 4096, found \"-1\""},
	{WITH("  back: 4097\n"), "f:7: rule a: back: expected a whole number from 0 to 4096, found \"4097\""},
	{WITH("  back: 4294967296\n"),
	 "f:7: rule a: back: expected a whole number from 0 to 4096, found \"4294967296\""},
	{WITH("  back: 0x10\n"), "f:7: rule a: back: expected a whole number from 0 to 4096, found \"0x10\""},
	{WITH("  back: 1.0\n"), "f:7: rule a: back: expected a whole number from 0 to 4096, found \"1.0\""},
	{WITH("  reach: 0\n"), "f:7: rule a: reach: expected a whole number from 1 to 1048576, found \"0\""},
	{WITH("  reach: 1048577\n"),
	 "f:7: rule a: reach: expected a whole number from 1 to 1048576, found \"1048577\""},
	{WITH("  context: 4097\n"), "f:7: rule a: context: expected a whole number from 0 to 4096, found \"4097\""},
	{WITH("  show: 9\n"), "f:7: rule a: show: expected a whole number from 0 to 8, found \"9\""},
	{WITH("  generic: yes\n"), "f:7: rule a: generic: expected true or false, found \"yes\""},
	{WITH("  at-start: [true]\n"), "f:7: rule a: at-start: expected true or false, found a list"},
	{WITH("  validate: gihub\n"), "f:7: rule a: validate: no validator is called \"gihub\""},
	{WITH("  validate: []\n"), "f:7: rule a: validate: no validator is called \"\""},

	/* Lists. */
	{WITH("  keywords: token\n"), "f:7: rule a: keywords" NO_LIST "a text"},
	{WITH("  keywords: {a: b}\n"), "f:7: rule a: keywords" NO_LIST "a map"},
	{WITH("  keywords: []\n"), "f:7: rule a: keywords" NO_LIST "an empty list"},
	{WITH("  keywords: [[a]]\n"), "f:7: rule a: keywords: expected a text in the list, found a list"},
	{WITH("  keywords: ['']\n"), "f:7: rule a: keywords: expected a text in the list, found nothing"},
	{WITH("  keywords: [Token]\n"),
	 "f:7: rule a: keywords: expected lower case (it stands for any case), found \"Token\""},
	{WITH("  keywords: [\"a\\0bc\"]\n"),
	 "f:7: rule a: keywords: expected printable characters on one line, found \"a\\x00bc\""},
	{HEAD "  anchors: [AA]\n" PATTERN EXAMPLES, "f:5: rule a: anchors: expected 3 to 128 bytes, found \"AA\""},
	{HEAD "  anchors: [x----------------, x-----------------]\n" PATTERN EXAMPLES,
	 "f:5: rule a: anchors: expected no byte more than 16 times in a row, found \"x-----------------\""},
	{HEAD "  anchors: [!!binary AAEC]\n" PATTERN EXAMPLES,
	 "f:5: rule a: anchors: expected 4 to 128 bytes behind !!binary, found \"\\x00\\x01\\x02\""},
	{HEAD "  anchors: [!!binary 'AA-.']\n" PATTERN EXAMPLES,
	 "f:5: rule a: anchors: expected base64 behind !!binary"},
	{HEAD "  anchors: [!!binary AAAAAAAAAAAAAAAAAAAAAAAA]\n" PATTERN EXAMPLES,
	 "f:5: rule a: anchors: expected no byte more than 16 times in a row behind !!binary, found "
	 "\"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\""},
	{HEAD "  anchors-any-case: [!!binary AAECAw==]\n" PATTERN EXAMPLES,
	 "f:5: rule a: anchors-any-case: expected a text in the list, found !!binary"},
	{WITH("  public: true\n"),
	 "f:7: rule a: public: expected a validator that tells the id of the key, found none"},
	{WITH("  reach: 24577\n"), "f:7: rule a: reach: 24577 is more than 24576, which is for rules with at-start"},
	{HEAD "  anchors-any-case: [AAA]\n" PATTERN EXAMPLES,
	 "f:5: rule a: anchors-any-case: expected lower case (it stands for any case), found \"AAA\""},
	{HEAD "  anchors-any-case: [aa]\n" PATTERN EXAMPLES,
	 "f:5: rule a: anchors-any-case: expected 3 to 128 bytes, found \"aa\""},
	{WITH("  references: [example.org]\n"),
	 "f:7: rule a: references: expected an https address, found \"example.org\""},
	{WITH("  files: [etc/]\n"),
	 "f:7: rule a: files: expected the name of a file or the end of a path, found \"etc/\""},
	{WITH("  files: [a//b]\n"), "f:7: rule a: files: expected no empty component, found \"a//b\""},
	{WITH("  files: [a**/b]\n"), "f:7: rule a: files: expected ** as a whole component, found \"a**/b\""},
	{WITH("  allow: [x, '(']\n"),
	 "f:7: rule a: allow: PCRE2 refuses \"(\" (macros expanded), byte 1: missing closing parenthesis"},
	{WITH("  allow: ['%{no}']\n"), "f:7: rule a: no macro is called %{no}"},

	/* Limits. */
	{WITH("  limits: 8\n"), "f:7: rule a: limits: expected a map such as {min-length: 20}, found a text"},
	{WITH("  limits: {min: 8}\n"),
	 "f:7: rule a: unknown key \"min\"; known are min-length, max-length, digits, uppers, lowers, entropy"},
	{WITH("  limits: {digits: x}\n"), "f:7: rule a: digits: expected a whole number from 0 to 24576, found \"x\""},
	{WITH("  limits: {entropy: 3.55}\n"),
	 "f:7: rule a: entropy: expected a number such as 3.5, from 0.0 to 8.0, found \"3.55\""},
	{WITH("  limits: {entropy: 8.1}\n"),
	 "f:7: rule a: entropy: expected a number such as 3.5, from 0.0 to 8.0, found \"8.1\""},
	{WITH("  limits: {entropy: .5}\n"),
	 "f:7: rule a: entropy: expected a number such as 3.5, from 0.0 to 8.0, found \".5\""},
	{WITH("  limits: {entropy: '3.'}\n"),
	 "f:7: rule a: entropy: expected a number such as 3.5, from 0.0 to 8.0, found \"3.\""},
	{WITH("  limits: {min-length: 30, max-length: 20}\n"),
	 "f:7: rule a: limits: min-length is 30, and no value is longer than 20"},
	{WITH("  reach: 20\n  limits: {min-length: 21}\n"),
	 "f:8: rule a: limits: min-length is 21, and no value is longer than 20"},
	{WITH("  limits: {max-length: 20, digits: 10, uppers: 10, lowers: 1}\n"),
	 "f:7: rule a: limits: digits, uppers and lowers are 21, and no value is longer than 20"},
	{WITH("  limits: {max-length: 8, entropy: 3.1}\n"),
	 "f:7: rule a: limits: no value of 8 bytes has an entropy of 3.1 bits"},

	/* Examples. */
	{HEAD ANCHOR PATTERN "  positive: AAA_12345678\n",
	 "f:7: rule a: positive: expected a list of 1 to 256 examples"},
	{HEAD ANCHOR PATTERN "  positive: []\n", "f:7: rule a: positive: expected a list of 1 to 256 examples"},
	{HEAD ANCHOR PATTERN "  negative: ['']\n  positive: ['']\n",
	 "f:8: rule a: positive: expected a text, found nothing"},
	{HEAD ANCHOR PATTERN "  positive: [[a]]\n", "f:7: rule a: positive: expected a text, found a list"},
	{HEAD ANCHOR PATTERN "  positive: [{file: a}]\n",
	 "f:7: rule a: positive: expected a text in the map, found none"},
	{HEAD ANCHOR PATTERN "  positive: [{text: a, path: b}]\n",
	 "f:7: rule a: unknown key \"path\"; known are text, file"},
	{HEAD ANCHOR PATTERN "  negative: [!!binary 'a b?']\n",
	 "f:7: rule a: negative: expected base64 behind !!binary"},
	{HEAD ANCHOR PATTERN "  negative: [{text: !!binary 'A'}]\n",
	 "f:7: rule a: text: expected base64 behind !!binary"},
	{WITH("  files: [a]\n"),
	 "f:8: rule a: positive: expected {file: ..., text: ...} for a rule with files, found no file"},

	/* What does not go together. */
	{WITH("  reach: 3\n"), "f:7: rule a: reach: 3 is less than the 4 bytes of anchor \"AAA_\""},
	{HEAD "  anchors-any-case: [aaa_]\n  reach: 3\n" PATTERN EXAMPLES,
	 "f:6: rule a: reach: 3 is less than the 4 bytes of anchor \"aaa_\""},
	{HEAD PATTERN EXAMPLES, "f:2: rule a: expected anchors, or files for a rule about whole files; found neither"},
	{HEAD PATTERN "  files: [a]\n  back: 20\n" EXAMPLES,
	 "f:7: rule a: back: a rule without anchors looks at whole files, where it means nothing"},
	{WITH("  within: 20\n"), "f:7: rule a: within: expected keywords as well, found none"},

	/* Patterns. */
	{HEAD ANCHOR "  pattern: 'AAA_['\n" EXAMPLES,
	 "f:6: rule a: pattern: PCRE2 refuses \"AAA_[\" (macros expanded), byte 5: missing terminating ] for character "
	 "class"},
	{HEAD ANCHOR "  pattern: '(*UTF)AAA_'\n" EXAMPLES,
	 "f:6: rule a: pattern: PCRE2 refuses \"(*UTF)AAA_\" (macros expanded), byte 6: using UTF is "
	 "disabled by the "
	 "application"},
	{HEAD ANCHOR "  pattern: 'AAA_|'\n" EXAMPLES,
	 "f:6: rule a: pattern: expected one that needs at least one byte, found one that matches "
	 "nothing at all"},
	{HEAD ANCHOR "  pattern: 'AAA_[0-9]{8}'\n  reach: 11\n" EXAMPLES,
	 "f:6: rule a: pattern: its shortest match has 12 bytes, and back and reach allow 11"},
	{HEAD ANCHOR "  pattern: '(?<!abcdefghijkl)AAA_'\n" EXAMPLES,
	 "f:6: rule a: pattern: it looks back 12 bytes, and context allows 11"},
	{HEAD ANCHOR "  pattern: '(?<a>A)(?<b>A)(?<c>A)(?<d>_)(?<e>.)(?<f>.)(?<g>.)(?<secret>.)'\n" EXAMPLES,
	 "f:6: rule a: pattern: PCRE2 refuses "
	 "\"(?<a>A)(?<b>A)(?<c>A)(?<d>_)(?<e>.)(?<f>.)(?<g>.)(?<secret>.)\" "
	 "(macros "
	 "expanded), group secret is number 8, at most 7 is kept"},
	{HEAD ANCHOR "  pattern: '(?J)AAA_(?:(?<secret>a)|(?<secret>b))'\n" EXAMPLES,
	 "f:6: rule a: pattern: PCRE2 refuses \"(?J)AAA_(?:(?<secret>a)|(?<secret>b))\" (macros "
	 "expanded), several "
	 "groups named secret: (?|...|...) makes them one"},
	{HEAD ANCHOR "  pattern: 'AAA_%{nowhere}'\n" EXAMPLES, "f:6: rule a: no macro is called %{nowhere}"},
};

static void every_mistake_is_named_with_its_place(void **state)
{
	(void)state;
	size_t failures = 0;
	for (size_t i = 0; i < SILT_COUNT(wrongs); i++) {
		struct silt_rule_set *set = silt_rule_set_new();
		struct silt_error err = {0};
		enum silt_status status = silt_rule_set_add(set, silt_bytes_text(wrongs[i].yaml), "f", &err);
		if (status != SILT_ERR_USAGE || strcmp(err.text, wrongs[i].why) != 0) {
			print_error("%s\nwanted %s\ngot    %s\n\n", wrongs[i].yaml, wrongs[i].why, err.text);
			failures++;
		}
		size_t count = 1;
		silt_rule_set_rules(set, &count);
		assert_int_equal(count, 0);
		silt_rule_set_free(set);
	}
	assert_int_equal(failures, 0);
}

static void a_refused_file_leaves_the_set_as_it_was(void **state)
{
	(void)state;
	struct silt_rule_set *set = set_of(RULE);
	struct silt_error err = {0};
	const char *yaml = "define: {m: a}\nrules:\n- id: b\n  title: B\n  severity: low\n" ANCHOR PATTERN EXAMPLES
			   "- id: c\n";
	assert_int_equal(silt_rule_set_add(set, silt_bytes_text(yaml), "g", &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "g:10: rule c: the key title is missing");
	size_t count = 0;
	silt_rule_set_rules(set, &count);
	assert_int_equal(count, 1);
	add(set, "define: {m: b}\n"); /* no macro of the refused file is left */
	silt_rule_set_free(set);
}

static void the_name_of_a_file_is_escaped(void **state)
{
	(void)state;
	struct silt_rule_set *set = silt_rule_set_new();
	struct silt_error err = {0};
	assert_int_equal(silt_rule_set_add(set, SILT_LITERAL("[]"), "a\033[31m", &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "a\\x1b[31m:1: expected a map with the keys define and rules, found a list");
	silt_rule_set_free(set);
	silt_rule_set_free(NULL);
}

/* ---- Validators -------------------------------------------------------------------------------------------------- */

static void validators_are_found_by_their_names(void **state)
{
	(void)state;
	assert_ptr_equal(silt_validator_find(SILT_LITERAL("pem"))->validate, silt_validate_pem);
	assert_null(silt_validator_find(SILT_LITERAL("")));
	assert_null(silt_validator_find(SILT_LITERAL("Pem")));
	assert_null(silt_validator_find(SILT_LITERAL("pe")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_rule_has_the_defaults),
		cmocka_unit_test(every_key_reaches_its_member),
		cmocka_unit_test(examples_are_bytes_with_the_name_of_a_file),
		cmocka_unit_test(anchors_of_any_bytes_are_written_in_base64),
		cmocka_unit_test(a_rule_without_anchors_is_about_whole_files),
		cmocka_unit_test(rules_keep_their_order_over_files),
		cmocka_unit_test(macros_stand_for_their_text_also_in_macros),
		cmocka_unit_test(macros_of_a_file_with_rules_end_with_it),
		cmocka_unit_test(macros_of_a_file_without_rules_are_for_all_after_it),
		cmocka_unit_test(macros_cannot_grow_beyond_the_bound_of_a_pattern),
		cmocka_unit_test(every_mistake_is_named_with_its_place),
		cmocka_unit_test(a_refused_file_leaves_the_set_as_it_was),
		cmocka_unit_test(the_name_of_a_file_is_escaped),
		cmocka_unit_test(validators_are_found_by_their_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
