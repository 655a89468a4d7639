/*
 * The report as workflow commands of GitHub Actions, which become annotations: docs/report.md.
 *
 *     ::error file=app.tar,title=critical secret-file%3A Private key::RSA private key%0Awhere: /root/.ssh/id_rsa
 *
 * A step shows 10 of each kind and leaves the others out without a word. So the worst come first, no more than 10 of a
 * kind are written, and the last of the notices tells how many are not there.
 */
#include "report/formats.h"

#include "report/outlet.h"
#include "report/phrase.h"
#include "report/plain.h"

#include <string.h>

enum level {
	LEVEL_ERROR,   /* what the verdict is for */
	LEVEL_WARNING, /* what is too light to count, and what the policy has to say */
	LEVEL_NOTICE,  /* what is lighter still, and what is accepted */
	LEVELS,
};

static const struct {
	const char *command;
	size_t most;
} levels[LEVELS] = {
	[LEVEL_ERROR] = {"error", 10},
	[LEVEL_WARNING] = {"warning", 10},
	[LEVEL_NOTICE] = {"notice", 9}, /* and the last one */
};

enum {
	TITLE_COLUMNS_MAX = 120,
	LINE_COLUMNS_MAX = 300,
	PLACES_MAX = 3,
};

struct annotations {
	struct silt_outlet outlet;
	size_t shown[LEVELS], left_out[LEVELS];
};

/* ---- Escaping ---------------------------------------------------------------------------------------------------- */

/*
 * A command is a line: no more than the ends of lines could begin another one. "%" begins an escape; ":" and "," end
 * what stands in front of the message.
 */
static void add_escaped(struct silt_buffer *out, const char *text, const char *special)
{
	for (; *text; text++) {
		if (strchr(special, *text)) {
			silt_buffer_printf(out, "%%%02X", (unsigned)(uint8_t)*text);
		} else {
			silt_buffer_add_byte(out, (uint8_t)*text);
		}
	}
}

static void add_property(struct silt_buffer *out, const char *text)
{
	add_escaped(out, text, "%\r\n:,");
}

static void add_message(struct silt_buffer *out, const char *text)
{
	add_escaped(out, text, "%\r\n");
}

/* A line of a message: "where: ...", cut. Gives `text` back. */
static void add_line(struct silt_buffer *message, const char *label, struct silt_buffer *text)
{
	silt_buffer_printf(message, "%s%s", message->len > 0 ? "\n" : "", label);
	silt_phrase_cut(message, silt_buffer_text(text), LINE_COLUMNS_MAX);
	message->failed |= text->failed;
	silt_buffer_done(text);
}

static void add_text_line(struct silt_buffer *message, const char *label, const char *text)
{
	struct silt_buffer line = {0};
	silt_buffer_add_text(&line, text);
	if (text[0]) {
		add_line(message, label, &line);
	}
	silt_buffer_done(&line);
}

/* ---- Annotations ------------------------------------------------------------------------------------------------- */

/* Whether there is room for one more; if not, it is counted. */
static bool has_room(struct annotations *all, enum level level)
{
	if (all->shown[level] < levels[level].most) {
		all->shown[level]++;
		return true;
	}
	all->left_out[level]++;
	return false;
}

/* One command, of the bundle `file` or, if it is NULL or standard input, of none. Gives both texts back. */
static void write_command(struct annotations *all, enum level level, const char *file, struct silt_buffer *title,
			  struct silt_buffer *message)
{
	struct silt_buffer *out = &all->outlet.out;
	struct silt_buffer cut = {0};
	silt_phrase_cut(&cut, silt_buffer_text(title), TITLE_COLUMNS_MAX);
	silt_buffer_printf(out, "::%s ", levels[level].command);
	if (file && strcmp(file, "-") != 0) {
		silt_buffer_add_text(out, "file=");
		add_property(out, file);
		silt_buffer_add_byte(out, ',');
	}
	silt_buffer_add_text(out, "title=");
	add_property(out, silt_buffer_text(&cut));
	silt_buffer_add_text(out, "::");
	add_message(out, silt_buffer_text(message));
	silt_buffer_add_byte(out, '\n');
	out->failed |= title->failed || message->failed || cut.failed;
	silt_buffer_done(&cut);
	silt_buffer_done(title);
	silt_buffer_done(message);
}

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

static enum level level_of(const struct silt_finding *finding)
{
	if (finding->standing == SILT_STANDING_COUNTS) {
		return LEVEL_ERROR;
	}
	return finding->severity >= SILT_SEVERITY_MEDIUM && !silt_is_accepted(finding) ? LEVEL_WARNING : LEVEL_NOTICE;
}

static void add_places(struct silt_buffer *message, const struct silt_finding *finding,
		       const struct silt_result *result)
{
	for (size_t i = 0; i < finding->sighting_count && i < PLACES_MAX; i++) {
		struct silt_buffer place = {0};
		silt_plain_sighting(&place, &finding->sightings[i], result);
		add_line(message, "where: ", &place);
	}
	if (finding->sighting_count > PLACES_MAX) {
		silt_buffer_printf(message, "\nand %zu more", finding->sighting_count - PLACES_MAX);
	}
}

static void write_finding(struct annotations *all, enum level level, const struct silt_finding *finding,
			  const struct silt_result *result)
{
	struct silt_buffer title = {0}, message = {0};
	bool accepted = silt_is_accepted(finding);
	silt_buffer_printf(&title, "%s%s%s %s: ", accepted ? silt_standing_name(finding->standing) : "",
			   accepted ? ": " : "", silt_severity_name(finding->severity), finding->rule);
	silt_plain_title(&title, finding);
	add_text_line(&message, "", finding->subject);
	add_places(&message, finding, result);
	add_text_line(&message, accepted ? "accepted: " : "why: ", accepted ? finding->standing_why : finding->detail);
	add_text_line(&message, "fix: ", accepted ? "" : finding->remedy);
	add_text_line(&message, "id: ", finding->fingerprint);
	write_command(all, level, silt_result_name(result), &title, &message);
}

static void write_findings_of(struct annotations *all, enum level level, enum silt_severity severity,
			      const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		if (finding->severity == severity && level_of(finding) == level && has_room(all, level)) {
			write_finding(all, level, finding, judgement->result);
		}
	}
}

/* Over all bundles, worst first: there may not be room for all. */
static void write_findings(struct annotations *all, enum level level, const struct silt_judgement *const *judgements,
			   size_t count)
{
	for (int severity = SILT_SEVERITY_CRITICAL; severity >= 0; severity--) {
		for (size_t i = 0; i < count && silt_outlet_flush(&all->outlet) == SILT_OK; i++) {
			write_findings_of(all, level, (enum silt_severity)severity, judgements[i]);
		}
	}
}

/* ---- The rest ---------------------------------------------------------------------------------------------------- */

static void write_unread(struct annotations *all, size_t unread)
{
	struct silt_buffer title = {0}, message = {0};
	if (unread > 0 && has_room(all, LEVEL_ERROR)) {
		silt_buffer_add_text(&title, "not audited");
		silt_phrase_count(&message, unread, "input", "inputs");
		silt_buffer_add_text(&message, " could not be audited at all.");
		write_command(all, LEVEL_ERROR, NULL, &title, &message);
	}
}

/* One for all bundles, so that there is room for findings. */
static void write_gaps(struct annotations *all, const struct silt_judgement *const *judgements, size_t count)
{
	const struct silt_result *first = NULL; /* that is not complete */
	struct silt_buffer title = {0}, message = {0}, gap = {0};
	size_t gaps = 0;
	for (size_t i = count; i > 0; i--) {
		const struct silt_coverage *coverage = silt_result_coverage(judgements[i - 1]->result);
		gaps += coverage->gap_count;
		first = coverage->complete ? first : judgements[i - 1]->result;
	}
	if (!first || !has_room(all, LEVEL_ERROR)) {
		return;
	}
	silt_buffer_add_text(&title, "not everything was looked at");
	silt_phrase_count(&message, gaps, "gap", "gaps");
	if (silt_result_coverage(first)->gap_count > 0) {
		silt_plain_gap(&gap, &silt_result_coverage(first)->gaps[0]);
		add_line(&message, "the first: ", &gap);
	}
	write_command(all, LEVEL_ERROR, silt_result_name(first), &title, &message);
}

static void write_notes(struct annotations *all, const struct silt_judgement *judgement)
{
	for (size_t i = 0; i < judgement->note_count; i++) {
		struct silt_buffer title = {0}, message = {0};
		if (has_room(all, LEVEL_WARNING)) {
			silt_buffer_add_text(&title, "policy");
			add_text_line(&message, "", judgement->notes[i].text);
			write_command(all, LEVEL_WARNING, silt_result_name(judgement->result), &title, &message);
		}
	}
}

/* The verdict, and how much of what it is about was left out. */
static void write_verdict(struct annotations *all, const struct silt_judgement *const *judgements, size_t count,
			  size_t unread)
{
	struct silt_buffer title = {0}, message = {0};
	silt_buffer_add_text(&title, "silt");
	silt_plain_overall(&message, judgements, count, unread);
	for (int level = 0; level < LEVELS; level++) {
		if (all->left_out[level] > 0) {
			silt_buffer_printf(&message, "\nNot shown: %zu more of kind %s.", all->left_out[level],
					   levels[level].command);
		}
	}
	write_command(all, LEVEL_NOTICE, NULL, &title, &message);
}

enum silt_status silt_report_github(const struct silt_judgement *const *judgements, size_t count,
				    const struct silt_report_options *options, struct silt_sink sink,
				    struct silt_error *err)
{
	struct annotations all = {.outlet = silt_outlet(sink, err)};
	write_unread(&all, options->unread);
	write_gaps(&all, judgements, count);
	write_findings(&all, LEVEL_ERROR, judgements, count);
	for (size_t i = 0; i < count; i++) {
		write_notes(&all, judgements[i]);
	}
	write_findings(&all, LEVEL_WARNING, judgements, count);
	write_findings(&all, LEVEL_NOTICE, judgements, count);
	write_verdict(&all, judgements, count, options->unread);
	return silt_outlet_end(&all.outlet);
}
