/*
 * The report for the test views of CI servers, as Jenkins, GitLab and others read JUnit's: docs/report.md.
 *
 * A suite for each bundle. In it a case that fails for each finding that counts, a skipped one for each that is accepted,
 * one that passes for each family of which nothing counts, and one for the coverage. No times: nobody measured any.
 */
#include "report/formats.h"

#include "report/outlet.h"
#include "report/plain.h"
#include "report/xml.h"

#include <string.h>

/* Servers keep all of a report in memory, and people read no more. */
enum { LINES_MAX = 20 };

/* What the attributes of a suite promise. */
struct totals {
	size_t tests, failures, errors, skipped;
	size_t failures_of[SILT_CHECK_FAMILIES];
};

static struct totals totals_of(const struct silt_judgement *judgement)
{
	struct totals totals = {.tests = 1}; /* the coverage */
	totals.errors = !silt_result_coverage(judgement->result)->complete;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		bool fails = finding->standing == SILT_STANDING_COUNTS;
		totals.failures += fails;
		totals.failures_of[silt_plain_family(finding)] += fails;
		totals.skipped += silt_is_accepted(finding);
	}
	totals.tests += totals.failures + totals.skipped;
	for (size_t family = 0; family < SILT_CHECK_FAMILIES; family++) {
		totals.tests += totals.failures_of[family] == 0;
	}
	return totals;
}

/* ---- Cases ------------------------------------------------------------------------------------------------------- */

/*
 * Opens a case. Servers show what is before the last dot of a class name as a package, which is the bundle here; and
 * tell by class and name which case of another run is the same.
 */
static void open_case(struct silt_buffer *out, const char *bundle, const char *class_name, const char *name)
{
	silt_buffer_add_text(out, "    <testcase classname=\"");
	silt_xml_add(out, bundle);
	silt_buffer_printf(out, ".%s\"", class_name);
	silt_xml_attribute(out, "name", name);
	silt_buffer_add_byte(out, '>');
}

static void close_case(struct silt_buffer *out)
{
	silt_buffer_add_text(out, "</testcase>\n");
}

/* Adds a buffer of plain text, and gives it back. */
static void add_plain(struct silt_buffer *out, struct silt_buffer *plain)
{
	silt_xml_add(out, silt_buffer_text(plain));
	out->failed |= plain->failed;
	silt_buffer_done(plain);
}

static void add_more(struct silt_buffer *body, size_t count, size_t shown)
{
	if (count > shown) {
		silt_buffer_printf(body, "and %zu more\n", count - shown);
	}
}

static void open_finding(struct silt_buffer *out, const struct silt_judgement *judgement,
			 const struct silt_finding *finding)
{
	enum { FINGERPRINT_SHOWN = 12 };
	struct silt_buffer name = {0};
	silt_buffer_printf(&name, "%s: %s (%.*s)", finding->rule, finding->subject, FINGERPRINT_SHOWN,
			   finding->fingerprint);
	open_case(out, silt_result_name(judgement->result), silt_check_family_name(silt_plain_family(finding)),
		  silt_buffer_text(&name));
	out->failed |= name.failed;
	silt_buffer_done(&name);
}

static void add_body(struct silt_buffer *out, const struct silt_judgement *judgement,
		     const struct silt_finding *finding)
{
	struct silt_buffer body = {0};
	const size_t shown = finding->sighting_count < LINES_MAX ? finding->sighting_count : LINES_MAX;
	silt_buffer_printf(&body, "what: %s\n", finding->subject);
	for (size_t i = 0; i < shown; i++) {
		silt_buffer_add_text(&body, "where: ");
		silt_plain_sighting(&body, &finding->sightings[i], judgement->result);
		silt_buffer_add_byte(&body, '\n');
	}
	add_more(&body, finding->sighting_count, shown);
	if (finding->detail[0]) {
		silt_buffer_printf(&body, "why: %s\n", finding->detail);
	}
	silt_buffer_printf(&body, "fix: %s\nid: %s\n", finding->remedy, finding->fingerprint);
	add_plain(out, &body);
}

static void write_failure(struct silt_buffer *out, const struct silt_judgement *judgement,
			  const struct silt_finding *finding)
{
	struct silt_buffer message = {0};
	silt_buffer_printf(&message, "%s: ", silt_severity_name(finding->severity));
	silt_plain_title(&message, finding);
	open_finding(out, judgement, finding);
	silt_buffer_add_text(out, "<failure");
	silt_xml_attribute(out, "type", finding->rule);
	silt_xml_attribute(out, "message", silt_buffer_text(&message));
	silt_buffer_add_byte(out, '>');
	add_body(out, judgement, finding);
	silt_buffer_add_text(out, "</failure>");
	close_case(out);
	out->failed |= message.failed;
	silt_buffer_done(&message);
}

static void write_skipped(struct silt_buffer *out, const struct silt_judgement *judgement,
			  const struct silt_finding *finding)
{
	struct silt_buffer message = {0};
	silt_buffer_printf(&message, "%s %s: %s", silt_severity_name(finding->severity),
			   silt_standing_name(finding->standing), finding->standing_why);
	open_finding(out, judgement, finding);
	silt_buffer_add_text(out, "<skipped");
	silt_xml_attribute(out, "message", silt_buffer_text(&message));
	silt_buffer_add_text(out, "/>");
	close_case(out);
	out->failed |= message.failed;
	silt_buffer_done(&message);
}

/* Passes, and lists what is too light to count. */
static void write_family(struct silt_buffer *out, const struct silt_judgement *judgement, enum silt_check_family family)
{
	struct silt_buffer body = {0};
	size_t below = 0;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		if (finding->standing != SILT_STANDING_BELOW || silt_plain_family(finding) != family) {
			continue;
		}
		if (below++ < LINES_MAX) {
			silt_buffer_printf(&body, "%s: %s: %s\n", silt_severity_name(finding->severity), finding->rule,
					   finding->subject);
		}
	}
	add_more(&body, below, LINES_MAX);
	open_case(out, silt_result_name(judgement->result), silt_check_family_name(family), "nothing counts");
	if (below > 0) {
		silt_buffer_add_text(out, "<system-out>");
		add_plain(out, &body);
		silt_buffer_add_text(out, "</system-out>");
	}
	close_case(out);
	silt_buffer_done(&body);
}

static void write_coverage(struct silt_buffer *out, const struct silt_result *result)
{
	const struct silt_coverage *coverage = silt_result_coverage(result);
	const size_t shown = coverage->gap_count < LINES_MAX ? coverage->gap_count : LINES_MAX;
	struct silt_buffer body = {0};
	open_case(out, silt_result_name(result), "coverage", "everything was looked at");
	if (!coverage->complete) {
		silt_buffer_printf(out, "<error type=\"gap\" message=\"%zu not looked at\">", coverage->gap_count);
		for (size_t i = 0; i < shown; i++) {
			silt_buffer_add_text(&body, "gap: ");
			silt_plain_gap(&body, &coverage->gaps[i]);
			silt_buffer_add_byte(&body, '\n');
		}
		add_more(&body, coverage->gap_count, shown);
		add_plain(out, &body);
		silt_buffer_add_text(out, "</error>");
	}
	close_case(out);
}

/* ---- Suites ------------------------------------------------------------------------------------------------------ */

static void write_property(struct silt_buffer *out, const char *name, const char *value)
{
	silt_buffer_add_text(out, "      <property");
	silt_xml_attribute(out, "name", name);
	silt_xml_attribute(out, "value", value);
	silt_buffer_add_text(out, "/>\n");
}

static void write_properties(struct silt_buffer *out, const struct silt_judgement *judgement)
{
	struct silt_buffer sentence = {0};
	silt_plain_verdict(&sentence, judgement);
	silt_buffer_add_text(out, "    <properties>\n");
	write_property(out, "verdict", silt_verdict_name(judgement->verdict));
	write_property(out, "verdict.text", silt_buffer_text(&sentence));
	for (size_t i = 0; i < judgement->note_count; i++) {
		write_property(out, "policy.note", judgement->notes[i].text);
	}
	silt_buffer_add_text(out, "    </properties>\n");
	out->failed |= sentence.failed;
	silt_buffer_done(&sentence);
}

static void open_suite(struct silt_buffer *out, const char *name, const struct totals *totals)
{
	silt_buffer_add_text(out, "  <testsuite");
	silt_xml_attribute(out, "name", name);
	silt_buffer_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n", totals->tests,
			   totals->failures, totals->errors, totals->skipped);
}

static void write_suite(struct silt_outlet *outlet, const struct silt_judgement *judgement)
{
	struct silt_buffer *out = &outlet->out;
	const struct totals totals = totals_of(judgement);
	open_suite(out, silt_result_name(judgement->result), &totals);
	write_properties(out, judgement);
	write_coverage(out, judgement->result);
	for (int family = 0; family < SILT_CHECK_FAMILIES; family++) {
		if (totals.failures_of[family] == 0) {
			write_family(out, judgement, (enum silt_check_family)family);
		}
	}
	for (size_t i = 0; i < judgement->finding_count && silt_outlet_flush(outlet) == SILT_OK; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		if (finding->standing == SILT_STANDING_COUNTS) {
			write_failure(out, judgement, finding);
		} else if (silt_is_accepted(finding)) {
			write_skipped(out, judgement, finding);
		}
	}
	silt_buffer_add_text(out, "  </testsuite>\n");
}

/* Inputs that have no suite, because nobody could read them. */
static void write_unread(struct silt_buffer *out, size_t unread)
{
	const struct totals totals = {.tests = 1, .errors = 1};
	open_suite(out, "inputs", &totals);
	open_case(out, "inputs", "coverage", "every input was audited");
	silt_buffer_printf(out, "<error type=\"unread\" message=\"%zu could not be audited\"/>", unread);
	close_case(out);
	silt_buffer_add_text(out, "  </testsuite>\n");
}

static void open_suites(struct silt_buffer *out, const struct silt_judgement *const *judgements, size_t count,
			size_t unread)
{
	struct totals all = {.tests = unread > 0, .errors = unread > 0};
	for (size_t i = 0; i < count; i++) {
		const struct totals totals = totals_of(judgements[i]);
		all.tests += totals.tests;
		all.failures += totals.failures;
		all.errors += totals.errors;
	}
	silt_buffer_printf(out,
			   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<testsuites name=\"silt\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
			   all.tests, all.failures, all.errors);
}

enum silt_status silt_report_junit(const struct silt_judgement *const *judgements, size_t count,
				   const struct silt_report_options *options, struct silt_sink sink,
				   struct silt_error *err)
{
	struct silt_outlet outlet = silt_outlet(sink, err);
	open_suites(&outlet.out, judgements, count, options->unread);
	for (size_t i = 0; i < count && silt_outlet_flush(&outlet) == SILT_OK; i++) {
		write_suite(&outlet, judgements[i]);
	}
	if (options->unread > 0) {
		write_unread(&outlet.out, options->unread);
	}
	silt_buffer_add_text(&outlet.out, "</testsuites>\n");
	return silt_outlet_end(&outlet);
}
