/* Strings that do harm where they are not escaped, as findings. */
#include "nasty.h"

#include "base/attributes.h"

#include <stdio.h>
#include <string.h>

#define TIMES_4(text) text text text text
#define LONG TIMES_4(TIMES_4(TIMES_4(TIMES_4("a long name "))))

const char *const nasty_strings[] = {
	"<script>alert(1)</script>",
	"\"><img src=x onerror='alert(1)'>",
	"&lt;b&gt; &#64; &amp;",
	"]]><!-- --> <?xml?> <![CDATA[x",
	"a,b;c\"d\"\"e",
	"=cmd|' /C calc'!A0",
	"+1+1",
	"-2+3",
	"@SUM(1+1)",
	"x;=1+1;\"=1+1&\"",
	" =1+1",
	"\uFF1D1+1",
	"line\\nbreak\\r\\ttab\\x00nul",
	"%0A::error::owned%0D%25%3A%2C",
	"::stop-commands::x",
	"\\n::error file=/etc/passwd,line=1::owned",
	"##[error]owned",
	"a|b\\|c|",
	"`code` ``more`` ```fence",
	"```",
	"~~~",
	"@octocat #1 GH-2 octo/repo#3 octocat@example.com",
	"[link](https://example.com) ![image](https://example.com/x.png) <https://example.com>",
	"https://example.com/ www.example.com ftp://example.com mailto:a@example.com",
	"</details></summary></code></pre></table>",
	"*bold* _it_ ~~gone~~ # head > quote - item 1. item",
	"--- === +++ | --- |",
	"$x^2$ \\(y\\) :smile: {{ x }} ${{ secrets.X }}",
	"{\"json\": \"\\\\u0000\", 'single'}",
	"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x90\xB3 \xE6\xBC\xA2\xE5\xAD\x97 na\xC3\xAFve",
	"\\xff\\xfe\\u{202e}",
	"''",
	"/",
	"\\",
	" ",
	LONG,
	TIMES_4(TIMES_4("`|<&*_%=,;")),
};
const size_t nasty_count = SILT_COUNT(nasty_strings);

enum { FINDINGS = SILT_COUNT(nasty_strings) };

static struct silt_sighting sightings[FINDINGS];
static struct silt_finding findings[FINDINGS], accepted[FINDINGS];
static struct silt_gap gaps[FINDINGS];
static struct silt_policy_note notes[FINDINGS];
static struct silt_layer layers[2];
static struct silt_image images[2];
static struct silt_result result, result_accepted;
static struct silt_judgement judgement, judgement_accepted;

static const enum silt_standing standings[] = {SILT_STANDING_COUNTS, SILT_STANDING_BELOW, SILT_STANDING_ALLOWED,
					       SILT_STANDING_WAIVED, SILT_STANDING_KNOWN};

static void make_images(void)
{
	for (size_t i = 0; i < SILT_COUNT(layers); i++) {
		layers[i] = (struct silt_layer){.diff_id = "",
						.digest = "",
						.compression = "none",
						.member = nasty_strings[i],
						.instruction = nasty_strings[i],
						.present = true};
	}
	for (size_t i = 0; i < SILT_COUNT(images); i++) {
		images[i] = (struct silt_image){.names = &nasty_strings[i * 3],
						.name_count = 1,
						.config_digest = "",
						.manifest_digest = "",
						.platform = "",
						.created = "",
						.user = nasty_strings[i],
						.declared_by = "",
						.layers = layers,
						.layer_count = SILT_COUNT(layers)};
	}
}

static struct silt_sighting sighting_of(size_t i, const char *text)
{
	return (struct silt_sighting){
		.image = i % SILT_COUNT(images),
		.layer = i % SILT_COUNT(layers),
		.history_line = SIZE_MAX,
		.place = text,
		.path = {(const uint8_t *)text, strlen(text)},
		.member = text,
		.has_offset = true,
		.offset = i,
		.length = 1,
		.fate = (enum silt_fate)(i % (SILT_FATE_VISIBLE + 1)),
		.added_by = text,
		.cause_layer = 1,
		.hidden_by = text,
		.resurrected = i % 7 == 0,
		.note = text,
	};
}

static struct silt_finding finding_of(size_t i, const char *text)
{
	const enum silt_standing standing = standings[i % SILT_COUNT(standings)];
	const bool judged = standing != SILT_STANDING_COUNTS && standing != SILT_STANDING_BELOW;
	struct silt_finding finding = {
		.rule = i % 2 == 0 ? "priv-setuid" : "github-pat",
		.pattern = i % 2 == 0 ? "" : "github-pat",
		.title = text,
		.severity = (enum silt_severity)(SILT_SEVERITY_CRITICAL - i * (SILT_SEVERITY_CRITICAL + 1) / FINDINGS),
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = text,
		.detail = text,
		.remedy = text,
		.exposure = SILT_FATE_VISIBLE,
		.suppressed = "",
		.standing = standing,
		.standing_why = judged ? text : "",
		.sightings = &sightings[i],
		.sighting_count = 1,
	};
	(void)snprintf(finding.fingerprint, sizeof(finding.fingerprint), "%032zx", i);
	return finding;
}

static void make_all(void)
{
	size_t counting = 0, others = 0;
	make_images();
	for (size_t i = 0; i < FINDINGS; i++) {
		const char *text = nasty_strings[i];
		sightings[i] = sighting_of(i, text);
		findings[i] = finding_of(i, text);
		gaps[i] = (struct silt_gap){.place = text, .reason = text, .has_offset = true, .bytes = 1};
		notes[i] = (struct silt_policy_note){text};
		counting += findings[i].standing == SILT_STANDING_COUNTS;
		if (findings[i].standing != SILT_STANDING_COUNTS) {
			accepted[others++] = findings[i];
		}
	}
	result = (struct silt_result){.name = nasty_strings[0],
				      .format = "docker",
				      .images = images,
				      .image_count = SILT_COUNT(images),
				      .coverage = {.gaps = gaps, .gap_count = FINDINGS}};
	result_accepted = result;
	result_accepted.coverage = (struct silt_coverage){.complete = true};
	judgement = (struct silt_judgement){.result = &result,
					    .verdict = SILT_VERDICT_INCOMPLETE,
					    .threshold = SILT_SEVERITY_HIGH,
					    .findings = findings,
					    .finding_count = FINDINGS,
					    .counting = counting,
					    .notes = notes,
					    .note_count = FINDINGS};
	judgement_accepted = judgement;
	judgement_accepted.result = &result_accepted;
	judgement_accepted.verdict = SILT_VERDICT_PASS;
	judgement_accepted.findings = accepted;
	judgement_accepted.finding_count = others;
	judgement_accepted.counting = 0;
}

const struct silt_judgement *nasty_judgement(void)
{
	if (!judgement.result) {
		make_all();
	}
	return &judgement;
}

const struct silt_judgement *nasty_accepted(void)
{
	(void)nasty_judgement();
	return &judgement_accepted;
}

static bool add_to_buffer(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

void nasty_report(const struct silt_judgement *const *judgements, size_t count,
		  const struct silt_report_options *options, struct silt_buffer *out)
{
	struct silt_error err = {0};
	struct silt_sink sink = {.write = add_to_buffer, .ctx = out};
	if (silt_report_write(judgements, count, options, sink, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
}
