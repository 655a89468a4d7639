/* The report for pull requests; check_markdown.py renders it. */
#include "nasty.h"

#include "base/attributes.h"
#include "report/markdown.h"

#include <string.h>

enum { COMMENT_MAX = 65536 };

static struct silt_buffer report_of(const struct silt_result *const *results, size_t count, size_t unread)
{
	struct silt_report_options options = {.format = SILT_FORMAT_MARKDOWN, .unread = unread};
	struct silt_buffer out = {0};
	fake_report(results, count, SILT_SEVERITY_HIGH, &options, &out);
	return out;
}

static void assert_has(const struct silt_buffer *report, const char *text)
{
	if (!strstr(silt_buffer_text(report), text)) {
		fail_msg("no %s in\n%s", text, silt_buffer_text(report));
	}
}

static void assert_words(const char *text, const char *markdown, const char *html)
{
	struct silt_buffer out = {0};
	silt_markdown_words(&out, text);
	assert_string_equal(silt_buffer_text(&out), markdown);
	silt_buffer_clear(&out);
	silt_markdown_html_words(&out, text);
	assert_string_equal(silt_buffer_text(&out), html);
	silt_buffer_done(&out);
}

static void a_clean_bundle_is_a_verdict(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	struct silt_buffer report = report_of(&result, 1, 0);
	assert_string_equal(silt_buffer_text(&report), "## silt\n\nPASS: 1 bundle (1 pass): no findings.\n\n"
						       "### `app.tar`\n\nPASS: no findings.\n\n");
	silt_buffer_done(&report);
}

static void findings_unfold(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	struct silt_buffer report = report_of(&result, 1, 1);
	assert_has(&report, "## silt\n\nINCOMPLETE: 1 input could not be audited; ");
	assert_has(&report, "| severity | counts | too light | accepted |\n| --- | ---: | ---: | ---: |\n"
			    "| critical | 1 | 0 | 0 |\n| medium | 0 | 2 | 0 |\n");
	assert_has(&report, "**Not looked at:**\n\n- `registry.example.com/team/shop:2024.05`, layer 3: expected");
	assert_has(&report,
		   "<details><summary><b>critical</b> <code>secret-file</code> Private key (private-key-pem, "
		   "proven): <code>RSA private key, 3072 bits, MIIG...w5c=</code></summary>\n\n"
		   "- **where** `/root/.ssh/id_rsa`, byte 0, in `registry.example.com/team/shop:2024.05`: added "
		   "by layer 2 of 4 \"COPY `id_rsa` `/root/.ssh/`\", deleted by layer 4 \"RUN rm -rf");
	assert_has(&report, "<details><summary>4 findings too light to count</summary>\n\n"
			    "- **medium** `priv-setuid` `/usr/bin/");
	assert_has(&report, "- **medium** `priv-setuid` `/usr/bin/su`\n");
	silt_buffer_done(&report);
}

static void accepted_findings_have_their_reason(void **state)
{
	(void)state;
	const struct silt_judgement *judgement = nasty_accepted();
	struct silt_report_options options = {.format = SILT_FORMAT_MARKDOWN};
	struct silt_buffer report = {0};
	nasty_report(&judgement, 1, &options, &report);
	assert_has(&report, "<summary>21 findings accepted by the policy</summary>");
	assert_has(&report, "- **critical** `priv-setuid` `a,b;c\"d\"\"e`: known: `a,b;c\"d\"\"e`\n");
	silt_buffer_done(&report);
}

/* A report that is read back says what its rules are called. */
static void the_name_of_a_rule_is_as_hostile_as_any_text(void **state)
{
	(void)state;
	struct silt_finding findings[] = {fake_dirty.findings[0], fake_dirty.findings[0]};
	struct silt_result result = fake_dirty;
	const struct silt_result *one = &result;
	findings[0].rule = findings[1].rule = "x</code><img src=a>`@everyone";
	findings[1].severity = SILT_SEVERITY_LOW;
	result.findings = findings;
	result.finding_count = SILT_COUNT(findings);
	struct silt_buffer report = report_of(&one, 1, 0);
	assert_has(&report, "<b>critical</b> <code>x&lt;/code&gt;&lt;img src=a&gt;`@everyone</code> ");
	assert_has(&report, "- **low** `` x</code><img src=a>`@everyone `` ");
	silt_buffer_done(&report);
}

static void words_that_are_not_plain_are_code(void **state)
{
	(void)state;
	assert_words("", "", "");
	assert_words("expected 1.5 kB, found none (it's 50%).", "expected 1.5 kB, found none (it's 50%).",
		     "expected 1.5 kB, found none (it's 50%).");
	assert_words("in /etc/passwd: @octocat, #1", "in `/etc/passwd`: `@octocat`, `#1`",
		     "in <code>/etc/passwd</code>: <code>@octocat</code>, <code>#1</code>");
	assert_words("www.example.com GH-1 :smile: 0123456 x-1", "`www.example.com` `GH-1` `:smile`: `0123456` `x-1`",
		     "<code>www.example.com</code> <code>GH-1</code> <code>:smile</code>: <code>0123456</code> "
		     "<code>x-1</code>");
	assert_words("<b> &amp;", "`<b>` `&amp`;", "<code>&lt;b&gt;</code> <code>&amp;amp</code>;");
}

static void a_span_is_longer_than_the_backticks_in_it(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"", ""}, {"a b", "`a b`"}, {"`", "`` ` ``"}, {"a`b``c", "``` a`b``c ```"}, {" a ", "`  a  `"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct silt_buffer out = {0};
		silt_markdown_code(&out, cases[i][0]);
		assert_string_equal(silt_buffer_text(&out), cases[i][1]);
		silt_buffer_done(&out);
	}
}

static void what_has_no_room_is_counted(void **state)
{
	(void)state;
	enum { MANY = 200 };
	const struct silt_judgement *judgements[MANY];
	struct silt_report_options options = {.format = SILT_FORMAT_MARKDOWN};
	struct silt_buffer report = {0};
	for (size_t i = 0; i < MANY; i++) {
		judgements[i] = i % 2 == 0 ? nasty_judgement() : nasty_accepted();
	}
	nasty_report(judgements, MANY, &options, &report);
	assert_in_range(report.len, COMMENT_MAX - 8192, COMMENT_MAX);
	assert_has(&report, "\n**Cut here:** ");
	const char *end = "have no room in a comment of 64 KiB. Another format of silt has them all.\n";
	assert_string_equal(silt_buffer_text(&report) + report.len - strlen(end), end);
	size_t open = 0, closed = 0;
	for (const char *at = silt_buffer_text(&report); (at = strstr(at, "\n<details>")) != NULL; at++) {
		open++;
	}
	for (const char *at = silt_buffer_text(&report); (at = strstr(at, "\n</details>\n")) != NULL; at++) {
		closed++;
	}
	assert_int_equal(open, closed);
	silt_buffer_done(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_bundle_is_a_verdict),
		cmocka_unit_test(findings_unfold),
		cmocka_unit_test(accepted_findings_have_their_reason),
		cmocka_unit_test(the_name_of_a_rule_is_as_hostile_as_any_text),
		cmocka_unit_test(words_that_are_not_plain_are_code),
		cmocka_unit_test(a_span_is_longer_than_the_backticks_in_it),
		cmocka_unit_test(what_has_no_room_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
