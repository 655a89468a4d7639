/* Ignore files: lines that are followed, and lines that are not. */
#include "kit.h"

#include "base/buffer.h"
#include "base/bytes.h"

/* Judges by the default and an ignore file of these bytes. */
static struct silt_judgement *judge(struct silt_bytes text)
{
	struct silt_error err = {0};
	struct silt_judgement *judgement = NULL;
	struct silt_policy *policy = kit_policy("");
	const struct silt_policy_file file = {".trivyignore", text.ptr, text.len};
	assert_int_equal(silt_policy_add_ignores(policy, &file, NULL, &err), SILT_OK);
	assert_int_equal(silt_judge(kit_result(true), policy, &judgement, &err), SILT_OK);
	silt_policy_free(policy);
	return judgement;
}

/* Standings, a line each for the notes. */
static void check(const char *text, const char *want)
{
	struct silt_buffer got = {0};
	struct silt_judgement *judgement = judge(silt_bytes_text(text));
	for (int i = 0; i < KIT_FINDINGS; i++) {
		silt_buffer_printf(&got, "%s%s", i > 0 ? " " : "",
				   silt_standing_name(kit_finding(judgement, i)->standing));
	}
	for (size_t i = 0; i < judgement->note_count; i++) {
		silt_buffer_printf(&got, "\n%s", judgement->notes[i].text);
	}
	assert_string_equal(silt_buffer_text(&got), want);
	silt_buffer_done(&got);
	silt_judgement_free(judgement);
}

static void ids_aliases_and_fingerprints_are_followed(void **state)
{
	(void)state;
	check("", "counts counts below below below");
	check("user-root\n", "counts waived below below below");
	check("# dockle\n\nCIS-DI-0001\r\n", "counts waived below below below");
	check("\xEF\xBB\xBF"
	      "AVD-DS-0002 # why\n",
	      "counts waived below below below");
	check("DS002\nDL3020", "counts waived below below waived");
	check("\t11111111111111111111111111111111  \n", "waived counts below below below");
	check("github-pat\n", "waived counts below below below");
}

static void a_line_may_have_a_last_day(void **state)
{
	(void)state;
	check("user-root exp:2026-11-22\n", "counts waived below below below");
	check("user-root exp:2026-11-21\n",
	      "counts counts below below below\n"
	      "line 1 of .trivyignore expired after 2026-11-21: 1 finding that it fits is no more accepted by it");
	check("user-root exp:soon\n",
	      "counts counts below below below\n"
	      "line 1 of .trivyignore: \"exp:soon\" is no last day, such as exp:2027-01-31: it accepts nothing");
	check("user-root for now\n",
	      "counts counts below below below\n"
	      "line 1 of .trivyignore: \"for now\" is no last day, such as exp:2027-01-31: it accepts nothing");
}

static void names_that_nothing_has_are_noted(void **state)
{
	(void)state;
	check("CVE-2019-14697\ncve-2024-1 exp:2025-01-01\nGHSA-xxxx\nUser_Root\n",
	      "counts counts below below below\n"
	      "line 4 of .trivyignore: \"User_Root\" is called so by no check and no rule\n"
	      ".trivyignore: 3 names of vulnerabilities, which silt does not look for");
}

static void nobody_ignores_more_than_one_thing_by_a_line(void **state)
{
	(void)state;
	check("*\nsecret\nuser-*\n", "counts counts below below below\n"
				     "line 1 of .trivyignore: \"*\" is called so by no check and no rule\n"
				     "line 2 of .trivyignore: \"secret\" is called so by no check and no rule\n"
				     "line 3 of .trivyignore: \"user-*\" is called so by no check and no rule");
}

static void the_reason_is_the_line(void **state)
{
	(void)state;
	struct silt_judgement *judgement = judge(SILT_LITERAL("\nuser-root exp:2027-01-31\n"));
	assert_string_equal(kit_finding(judgement, KIT_ROOT)->standing_why,
			    "line 2 of .trivyignore (until 2027-01-31)");
	silt_judgement_free(judgement);
}

static void many_lines_that_say_nothing_are_noted_in_part(void **state)
{
	(void)state;
	struct silt_buffer text = {0};
	for (int i = 0; i < 1000; i++) {
		silt_buffer_add_text(&text, "What Is This\n");
	}
	struct silt_judgement *judgement = judge(silt_buffer_bytes(&text));
	assert_int_equal(judgement->note_count, 21);
	assert_string_equal(judgement->notes[20].text, ".trivyignore: 980 more lines that cannot be followed");
	silt_judgement_free(judgement);
	silt_buffer_done(&text);
}

static void what_is_no_text_is_refused(void **state)
{
	(void)state;
	struct silt_error err = {0};
	struct silt_policy *policy = kit_policy("");
	const struct silt_policy_file file = {"tar\n", "user-root\n\0", 11};
	assert_int_equal(silt_policy_add_ignores(policy, &file, NULL, &err), SILT_ERR_USAGE);
	assert_string_equal(err.text, "tar\\n: expected lines of text, found a NUL");
	silt_policy_free(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_aliases_and_fingerprints_are_followed),
		cmocka_unit_test(a_line_may_have_a_last_day),
		cmocka_unit_test(names_that_nothing_has_are_noted),
		cmocka_unit_test(nobody_ignores_more_than_one_thing_by_a_line),
		cmocka_unit_test(the_reason_is_the_line),
		cmocka_unit_test(many_lines_that_say_nothing_are_noted_in_part),
		cmocka_unit_test(what_is_no_text_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
