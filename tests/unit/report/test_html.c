/* The page for a browser: that it tells what it should, and that nothing of an image is markup in it. */
#include "fake.h"

#include "base/attributes.h"

#include "support/judged.h"

#include <stdio.h>
#include <string.h>

static bool add(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

static void assert_has(const struct silt_buffer *page, const char *text)
{
	if (!strstr(silt_buffer_text(page), text)) {
		fail_msg("the page has no %s", text);
	}
}

static void assert_lacks(const struct silt_buffer *page, const char *text)
{
	const char *found = strstr(silt_buffer_text(page), text);
	if (found) {
		fail_msg("the page has %.200s", found);
	}
}

static struct silt_buffer page_of(const struct silt_result *result)
{
	const struct silt_report_options options = {.format = SILT_FORMAT_HTML};
	struct silt_buffer page = {0};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &page);
	return page;
}

static struct silt_buffer page_of_judgement(const struct silt_judgement *judgement)
{
	const struct silt_report_options options = {.format = SILT_FORMAT_HTML};
	struct silt_buffer page = {0};
	struct silt_sink sink = {.write = add, .ctx = &page};
	assert_int_equal(silt_report_write(&judgement, 1, &options, sink, NULL), SILT_OK);
	return page;
}

/* ---- What it tells --------------------------------------------------------------------------------------------------- */

static void the_verdict_and_its_reasons_are_first(void **state)
{
	(void)state;
	struct silt_buffer page = page_of(&fake_dirty);
	assert_has(&page, "<h1>Incomplete</h1>");
	assert_has(&page, "1 finding counts (1 critical): the threshold is high.");
	assert_has(&page, "2 gaps in what was looked at");
	assert_has(&page, "<a href=\"#b1-f1\">Private key</a>");
	silt_buffer_done(&page);
	page = page_of(&fake_clean);
	assert_has(&page, "<h1>Pass</h1>");
	assert_has(&page, "Nothing was found: the threshold is high.");
	assert_has(&page, "Everything was looked at.");
	silt_buffer_done(&page);
}

static void inputs_without_a_result_are_told(void **state)
{
	(void)state;
	const struct silt_sandbox sandbox = {.enabled = true, .seccomp = true};
	const struct silt_report_options options = {.format = SILT_FORMAT_HTML, .unread = 2, .sandbox = &sandbox};
	const struct silt_result *result = &fake_clean;
	struct silt_buffer page = {0};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &page);
	assert_has(&page, "<h1>Incomplete</h1>");
	assert_has(&page, "2 inputs could not be audited at all.");
	assert_has(&page, "The sandbox was without Landlock, which the kernel does not offer.");
	assert_lacks(&page, "Everything was looked at.</li>");
	silt_buffer_done(&page);
}

static void a_layer_tells_what_it_did(void **state)
{
	(void)state;
	struct silt_buffer page = page_of(&fake_dirty);
	assert_has(&page, "<td class=\"n added\">+3005<");
	assert_has(&page, "<td class=\"n deleted\">&#8722;31<");
	assert_has(&page, "<td class=\"n kept\">4.1&#160;MB</td>");
	assert_has(&page, "<strong>not in the bundle</strong>");
	silt_buffer_done(&page);
}

static void the_life_of_a_finding_is_drawn_and_told(void **state)
{
	(void)state;
	struct silt_buffer page = page_of(&fake_dirty);
	assert_has(&page, "aria-label=\"Layer 2 of 4 added it, layer 4 hid it; it stays in the file\"");
	assert_has(&page, "Added by <a href=\"#b1-i1-l2\">layer 2</a> <code>COPY id_rsa /root/.ssh/</code>");
	assert_has(&page, "Deleted by <a href=\"#b1-i1-l4\">layer 4</a>");
	assert_has(&page, "<strong>Still readable in the file</strong>");
	assert_has(&page, "<td class=\"lane born critical\"><span>added</span></td>");
	assert_has(&page, "In a blob that no image uses");
	silt_buffer_done(&page);
}

static void a_secret_is_shown_to_those_who_ask(void **state)
{
	(void)state;
	struct silt_finding finding = fake_dirty.findings[0];
	finding.secret = silt_bytes_text("hunter<2>\n");
	const struct silt_judgement judgement = {
		.result = &fake_dirty, .findings = &finding, .finding_count = 1, .threshold = SILT_SEVERITY_HIGH};
	struct silt_buffer page = page_of_judgement(&judgement);
	assert_lacks(&page, "hunter");
	silt_buffer_clear(&page);
	const struct silt_report_options options = {.format = SILT_FORMAT_HTML, .show_secrets = true};
	const struct silt_judgement *one = &judgement;
	struct silt_sink sink = {.write = add, .ctx = &page};
	assert_int_equal(silt_report_write(&one, 1, &options, sink, NULL), SILT_OK);
	assert_has(&page, "<code>hunter&lt;2&gt;\\n</code>");
	silt_buffer_done(&page);
}

static void what_was_accepted_is_told_apart_with_its_reason(void **state)
{
	(void)state;
	struct silt_finding findings[3];
	memcpy(findings, fake_dirty.findings, sizeof(findings));
	findings[0].standing = SILT_STANDING_WAIVED;
	findings[0].standing_why = "waiver 2 of policy.yaml: rotated in May";
	findings[1].standing = SILT_STANDING_COUNTS;
	findings[2].standing = SILT_STANDING_KNOWN;
	const struct silt_policy_note note = {"waiver 7 of policy.yaml accepts nothing."};
	const struct silt_judgement judgement = {.result = &fake_dirty,
						 .verdict = SILT_VERDICT_FAIL,
						 .threshold = SILT_SEVERITY_MEDIUM,
						 .findings = findings,
						 .finding_count = 3,
						 .counting = 1,
						 .notes = &note,
						 .note_count = 1};
	struct silt_buffer page = page_of_judgement(&judgement);
	assert_has(&page, "1 finding counts (1 medium): the threshold is medium.");
	assert_has(&page, "Accepted by a waiver <span class=\"count\">1</span>");
	assert_has(&page, "Known from the baseline <span class=\"count\">1</span>");
	assert_has(&page, "<dd>waived: waiver 2 of policy.yaml: rotated in May</dd>");
	assert_has(&page, "<li>waiver 7 of policy.yaml accepts nothing.</li>");
	assert_has(&page, "name=\"standing\" value=\"waived\"");
	silt_buffer_done(&page);

	findings[1].severity = SILT_SEVERITY_LOW; /* lighter than the threshold, and counts */
	page = page_of_judgement(&judgement);
	assert_has(&page, "1 finding counts (1 low): the policy says what counts.");
	silt_buffer_done(&page);
}

static void suppressed_secrets_are_told_even_if_only_their_number_is_known(void **state)
{
	(void)state;
	const struct silt_report_options options = {.format = SILT_FORMAT_HTML, .show_suppressed = true};
	struct silt_result result = fake_vendored;
	const struct silt_result *one = &result;
	struct silt_buffer page = {0};
	fake_report(&one, 1, SILT_SEVERITY_HIGH, &options, &page);
	assert_has(&page, "1 secret that was seen only in unmodified files of packages");
	assert_has(&page, "<dt>Suppressed</dt><dd>unmodified content of package libgnutls30");
	silt_buffer_clear(&page);
	result.suppressed = NULL;
	fake_report(&one, 1, SILT_SEVERITY_HIGH, &options, &page);
	assert_has(&page, "1 secret that was seen only in unmodified files of packages");
	assert_lacks(&page, "libgnutls30");
	silt_buffer_done(&page);
}

static void many_findings_alike_are_one_table(void **state)
{
	(void)state;
	enum { MANY = 500 };
	static struct silt_finding findings[MANY];
	for (size_t i = 0; i < MANY; i++) {
		findings[i] = fake_dirty.findings[1];
		findings[i].standing = SILT_STANDING_BELOW;
	}
	const struct silt_judgement judgement = {.result = &fake_dirty,
						 .verdict = SILT_VERDICT_PASS,
						 .threshold = SILT_SEVERITY_HIGH,
						 .findings = findings,
						 .finding_count = MANY};
	struct silt_buffer page = page_of_judgement(&judgement);
	assert_has(&page, "<b>Setuid program</b> in 500 places");
	assert_has(&page, "<tr class=\"item\" id=\"b1-f500\" data-severity=\"medium\" data-family=\"user\"");
	assert_lacks(&page, "<details class=\"finding item\"");
	silt_buffer_done(&page);
}

/* ---- What an image cannot do ----------------------------------------------------------------------------------------- */

/* A page without its text and without the values of its attributes: the markup alone. */
static struct silt_buffer skeleton_of(const struct silt_buffer *page)
{
	struct silt_buffer skeleton = {0};
	bool in_tag = false, in_value = false;
	for (size_t i = 0; i < page->len; i++) {
		char c = (char)page->ptr[i];
		if (!in_tag) {
			in_tag = c == '<';
		} else if (c == '"') {
			in_value = !in_value;
		} else if (c == '>' && !in_value) {
			in_tag = false;
		}
		if (in_tag && !in_value) {
			silt_buffer_add_byte(&skeleton, (uint8_t)c);
		}
	}
	assert_false(skeleton.failed);
	return skeleton;
}

enum { FINDINGS = 6 };

static struct silt_posture posture_with(const char *text, const struct silt_texts *texts,
					const struct silt_posture_writable *writable)
{
	return (struct silt_posture){
		.base = {.distribution = text, .id = text, .version = text, .end_of_life = text, .name = text},
		.user = {.name = text},
		.start = {*texts, text, text, text, text, *texts},
		.rights = {.losers = *texts, .shells = *texts},
		.ports = *texts,
		.volumes = *texts,
		.writable = writable,
		.writable_count = 1,
		.writable_known = true,
		.builder = text,
		.logs = *texts,
		.lock_files = *texts,
		.certificates = *texts,
	};
}

static struct silt_image image_with(const char *const *text, const struct silt_layer *layer,
				    const struct silt_posture *posture)
{
	return (struct silt_image){
		.names = text,
		.name_count = 2,
		.config_digest = *text,
		.manifest_digest = *text,
		.platform = *text,
		.created = *text,
		.user = *text,
		.declared_by = *text,
		.layers = layer,
		.layer_count = 2,
		.posture = posture,
	};
}

static struct silt_sighting sighting_with(const char *text)
{
	return (struct silt_sighting){
		.place = text,
		.path = silt_bytes_text(text),
		.member = text,
		.added_by = text,
		.hidden_by = text,
		.note = text,
		.fate = SILT_FATE_DELETED,
		.cause_layer = 1,
		.has_offset = true,
	};
}

/* The first is one of a secret in two places, the others are alike but for the last. */
static void findings_with(const char *text, const struct silt_sighting sightings[static 2],
			  struct silt_finding findings[static FINDINGS])
{
	for (size_t i = 0; i < FINDINGS; i++) {
		findings[i] = (struct silt_finding){
			.rule = i == FINDINGS - 1 ? "pkg-sshd" : text,
			.pattern = i == 0 ? text : "",
			.title = text,
			.severity = SILT_SEVERITY_MEDIUM,
			.subject = text,
			.detail = text,
			.remedy = text,
			.secret = silt_bytes_text(i == 0 ? text : ""),
			.suppressed = "",
			.standing = SILT_STANDING_COUNTS,
			.standing_why = text,
			.sightings = sightings,
			.sighting_count = i == 0 ? 2 : 1,
		};
	}
}

static struct silt_buffer page_twice(const struct silt_judgement *judgement)
{
	const struct silt_judgement *const judgements[] = {judgement, judgement};
	const struct silt_report_options options = {
		.format = SILT_FORMAT_HTML, .show_secrets = true, .show_suppressed = true};
	struct silt_buffer page = {0};
	struct silt_sink sink = {.write = add, .ctx = &page};
	assert_int_equal(silt_report_write(judgements, 2, &options, sink, NULL), SILT_OK);
	return page;
}

/* A page over images of which every text is this one. */
static struct silt_buffer page_with(const char *text)
{
	const char *const names[] = {text, text};
	const struct silt_texts texts = {.items = names, .count = 2, .total = 3, .known = true};
	const struct silt_posture_writable writable = {.path = text};
	const struct silt_posture posture = posture_with(text, &texts, &writable);
	const struct silt_layer layers[] = {{text, text, text, text, text, .present = true},
					    {text, text, text, text, text, .present = false}};
	const struct silt_image images[] = {image_with(names, layers, &posture), image_with(names, layers, &posture)};
	struct silt_sighting sightings[] = {sighting_with(text), sighting_with(text)};
	sightings[1].image = sightings[1].layer = SIZE_MAX;
	sightings[1].resurrected = true;
	struct silt_finding findings[FINDINGS];
	findings_with(text, sightings, findings);
	struct silt_finding suppressed = findings[0];
	suppressed.suppressed = text;
	const struct silt_gap gap = {.place = text, .reason = text, .limit = text};
	const struct silt_limit_setting limit = {.name = text, .value = 1};
	const struct silt_result result = {
		.name = text,
		.format = text,
		.images = images,
		.image_count = 2,
		.findings = findings,
		.finding_count = FINDINGS,
		.suppressed = &suppressed,
		.suppressed_count = 1,
		.coverage = {.gaps = &gap, .gap_count = 1, .limits = &limit, .limit_count = 1},
	};
	const struct silt_policy_note note = {text};
	const struct silt_judgement judgement = {.result = &result,
						 .verdict = SILT_VERDICT_INCOMPLETE,
						 .findings = findings,
						 .finding_count = FINDINGS,
						 .counting = FINDINGS,
						 .notes = &note,
						 .note_count = 1};
	return page_twice(&judgement);
}

static void no_text_of_an_image_is_markup(void **state)
{
	(void)state;
	static const char *const hostile[] = {
		"<script>alert(1)</script>",
		"\" onmouseover=\"alert(1)",
		"' onfocus='alert(1)' autofocus",
		"</title></style></script><img src=x onerror=alert(1)>",
		"--><svg/onload=alert(1)>",
		"<![CDATA[ ]]>",
		"&lt;b&gt; &#60;b&#62;",
		"<!--",
		"`=cmd|' /C calc'!A0",
		"a\\nb\\x00\\xff%0A::error::",
		"<meta http-equiv=refresh content=0;url=//x>",
		"javascript:alert(1)//",
		"<",
		"\"",
		">",
	};
	struct silt_buffer page = page_with("x");
	struct silt_buffer expected = skeleton_of(&page);
	assert_true(expected.len > 4000);
	silt_buffer_done(&page);
	for (size_t i = 0; i < SILT_COUNT(hostile); i++) {
		page = page_with(hostile[i]);
		struct silt_buffer skeleton = skeleton_of(&page);
		assert_string_equal(silt_buffer_text(&skeleton), silt_buffer_text(&expected));
		silt_buffer_done(&skeleton);
		silt_buffer_done(&page);
	}
	silt_buffer_done(&expected);
}

static void what_is_escaped_reads_as_it_was(void **state)
{
	(void)state;
	struct silt_buffer page = page_with("<a href=\"x\">'&amp;'</a>");
	assert_has(&page, "<code>&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;</code>");
	silt_buffer_done(&page);
}

static void a_control_byte_that_should_not_be_there_is_dropped(void **state)
{
	(void)state;
	struct silt_buffer page = page_with("\x1b[2J\x03x\x7f");
	assert_has(&page, "<code>[2Jx</code>");
	silt_buffer_done(&page);
}

static void nothing_is_asked_of_the_network(void **state)
{
	(void)state;
	struct silt_buffer page = page_of(&fake_dirty);
	assert_has(&page, "content=\"default-src 'none'; style-src 'sha256-");
	assert_lacks(&page, "http:");
	assert_lacks(&page, "https:");
	assert_lacks(&page, "src=");
	assert_lacks(&page, "url(");
	assert_lacks(&page, "style=");
	assert_lacks(&page, "unsafe");
	silt_buffer_done(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_verdict_and_its_reasons_are_first),
		cmocka_unit_test(inputs_without_a_result_are_told),
		cmocka_unit_test(a_layer_tells_what_it_did),
		cmocka_unit_test(the_life_of_a_finding_is_drawn_and_told),
		cmocka_unit_test(a_secret_is_shown_to_those_who_ask),
		cmocka_unit_test(what_was_accepted_is_told_apart_with_its_reason),
		cmocka_unit_test(suppressed_secrets_are_told_even_if_only_their_number_is_known),
		cmocka_unit_test(many_findings_alike_are_one_table),
		cmocka_unit_test(no_text_of_an_image_is_markup),
		cmocka_unit_test(what_is_escaped_reads_as_it_was),
		cmocka_unit_test(a_control_byte_that_should_not_be_there_is_dropped),
		cmocka_unit_test(nothing_is_asked_of_the_network),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
