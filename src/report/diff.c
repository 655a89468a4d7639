/* The formats of a comparison, and the sentences that two of them have. */
#include "report/diff.h"

#include "base/attributes.h"
#include "base/error.h"
#include "report/phrase.h"

#include <inttypes.h>

static const struct {
	enum silt_format format;
	silt_diff_fn *write;
} formats[] = {
	{SILT_FORMAT_TEXT, silt_diff_text},
	{SILT_FORMAT_JSON, silt_diff_json},
	{SILT_FORMAT_MARKDOWN, silt_diff_markdown},
};

enum silt_status silt_comparison_write(const struct silt_comparison *comparison,
				       const struct silt_report_options *options, struct silt_sink sink,
				       struct silt_error *err)
{
	for (size_t i = 0; i < SILT_COUNT(formats); i++) {
		if (formats[i].format == options->format) {
			return formats[i].write(comparison, options, sink, err);
		}
	}
	return silt_fail(err, SILT_ERR_USAGE, "a comparison is written as text, json or markdown");
}

char silt_diff_sign(enum silt_change change)
{
	static const char signs[] = {
		[SILT_CHANGE_SAME] = ' ',
		[SILT_CHANGE_ADDED] = '+',
		[SILT_CHANGE_REMOVED] = '-',
		[SILT_CHANGE_CHANGED] = '~',
	};
	return signs[change];
}

/* ---- The answer ---------------------------------------------------------------------------------------------------- */

static bool is_complete(const struct silt_judgement *judgement)
{
	return silt_result_coverage(judgement->result)->complete;
}

static const char *first_word(const struct silt_comparison *comparison)
{
	if (comparison->survived_counting > 0) {
		return "NOT FREE";
	}
	if (comparison->verdict == SILT_COMPARISON_INCOMPLETE) {
		return "INCOMPLETE";
	}
	return comparison->survived > 0 ? "free of what counts" : "free";
}

static void tell_incomplete(struct silt_buffer *out, const struct silt_comparison *comparison)
{
	const bool before = is_complete(comparison->before), after = is_complete(comparison->after);
	if (!before || !after) {
		silt_buffer_printf(out, "; not all of %s was looked at, so there may be more",
				   before  ? "NEW"
				   : after ? "OLD"
					   : "OLD and NEW");
	}
}

/* ", 2 of which count": only of those that survived, and only if they are not alike. */
static void tell_counting(struct silt_buffer *out, const struct silt_comparison *comparison)
{
	const size_t counting = comparison->survived_counting;
	if (counting == comparison->survived) {
		return;
	}
	if (counting == 0) {
		silt_buffer_add_text(out, ", none of which counts");
	} else {
		silt_buffer_printf(out, ", %zu of which count%s", counting, counting == 1 ? "s" : "");
	}
}

void silt_diff_answer(struct silt_buffer *out, const struct silt_comparison *comparison)
{
	silt_buffer_printf(out, "%s: ", first_word(comparison));
	if (comparison->secret_count == 0) {
		silt_buffer_add_text(out, "no secret was found in OLD");
	} else {
		silt_buffer_printf(out, "%zu of ", comparison->survived);
		silt_phrase_count(out, comparison->secret_count, "secret", "secrets");
		silt_buffer_printf(out, " of OLD %s in NEW", comparison->secret_count == 1 ? "is" : "are");
	}
	tell_counting(out, comparison);
	if (comparison->too_short > 0) {
		silt_buffer_printf(out, "; %zu not looked for, too short", comparison->too_short);
	}
	if (comparison->worse > 0) {
		silt_buffer_add_text(out, "; ");
		silt_phrase_count(out, comparison->worse, "finding", "findings");
		silt_buffer_printf(out, " of NEW count%s that did not before", comparison->worse == 1 ? "s" : "");
	}
	tell_incomplete(out, comparison);
	silt_buffer_add_byte(out, '.');
}

const char *silt_diff_survival(const struct silt_compared_secret *secret)
{
	switch (secret->survival) {
	case SILT_SURVIVAL_SURVIVED:
		return secret->literal ? "its value is in NEW" : "it is in NEW, spelled otherwise";
	case SILT_SURVIVAL_SHORT:
		return "not looked for: too short";
	case SILT_SURVIVAL_UNKNOWN:
		return "not met, but not all of NEW was looked at";
	case SILT_SURVIVAL_GONE:
		break;
	}
	return "it is nowhere in NEW";
}

/* ---- Numbers ------------------------------------------------------------------------------------------------------- */

static void add_number(struct silt_buffer *out, uint64_t number, const char *what, const char *between)
{
	if (number > 0) {
		silt_buffer_printf(out, "%s%" PRIu64 " %s", between, number, what);
	}
}

static void tell_changes(struct silt_buffer *out, const struct silt_file_counts *counts)
{
	const struct {
		uint64_t number;
		const char *what;
	} parts[] = {
		{counts->content, "content"}, {counts->mode, "mode"}, {counts->owner, "owner"}, {counts->type, "type"}};
	bool first = true;
	for (size_t i = 0; i < SILT_COUNT(parts); i++) {
		if (parts[i].number > 0) {
			add_number(out, parts[i].number, parts[i].what, first ? " (" : ", ");
			first = false;
		}
	}
	silt_buffer_add_text(out, first ? "" : ")");
}

static void tell_bytes(struct silt_buffer *out, uint64_t bytes)
{
	if (bytes > 0) {
		silt_buffer_add_text(out, " (");
		silt_phrase_size(out, bytes);
		silt_buffer_add_text(out, ")");
	}
}

void silt_diff_files(struct silt_buffer *out, const struct silt_file_counts *counts)
{
	silt_buffer_printf(out, "%" PRIu64 " added", counts->added);
	tell_bytes(out, counts->bytes_added);
	silt_buffer_printf(out, ", %" PRIu64 " removed", counts->removed);
	tell_bytes(out, counts->bytes_removed);
	silt_buffer_printf(out, ", %" PRIu64 " changed", counts->changed);
	tell_changes(out, counts);
	silt_buffer_printf(out, ", %" PRIu64 " the same", counts->same);
	add_number(out, counts->uncompared, "of them could not be compared byte by byte", ", ");
	silt_buffer_add_byte(out, '.');
}

void silt_diff_findings(struct silt_buffer *out, const struct silt_comparison *comparison)
{
	silt_buffer_printf(out, "%zu new, %zu fixed, %zu changed, %zu the same.", comparison->findings_new,
			   comparison->findings_fixed, comparison->findings_changed, comparison->findings_same);
}

void silt_diff_file(struct silt_buffer *out, const struct silt_compared_file *file)
{
	const struct silt_file_state *before = &file->before, *after = &file->after;
	const char *between = "";
	if (file->differs & SILT_DIFFERS_TYPE) {
		silt_buffer_printf(out, "%s to %s", silt_entry_type_name(before->type),
				   silt_entry_type_name(after->type));
		between = ", ";
	}
	if (file->differs & SILT_DIFFERS_CONTENT) {
		silt_buffer_printf(out, "%scontent", between);
		between = ", ";
	}
	if (file->differs & SILT_DIFFERS_MODE) {
		silt_buffer_printf(out, "%smode %04o to %04o", between, before->mode, after->mode);
		between = ", ";
	}
	if (file->differs & SILT_DIFFERS_OWNER) {
		silt_buffer_printf(out, "%sowner %" PRIu64 ":%" PRIu64 " to %" PRIu64 ":%" PRIu64, between, before->uid,
				   before->gid, after->uid, after->gid);
	}
}
