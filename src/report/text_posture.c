/* The posture of an image in a dozen lines. What is not known is left out, or said to be so where it would be missed. */
#include "report/text.h"

#include "report/phrase.h"

#include <inttypes.h>

enum {
	LIST_SHOWN_MAX = 4, /* of the longer lists */
	WRITABLE_SHOWN_MAX = 6,
};

/* A paragraph with a label that grows clause by clause. */
struct line {
	const char *label;
	struct silt_buffer text;
};

/* Begins a clause. */
static struct silt_buffer *clause(struct line *line)
{
	silt_buffer_add_text(&line->text, line->text.len > 0 ? "; " : "");
	return &line->text;
}

/* Writes the line, if it says anything, and makes it ready for the next one. */
static void end(struct silt_page *page, struct line *line)
{
	page->outlet.out.failed |= line->text.failed;
	if (line->text.len > 0) {
		silt_page_labelled(page, SILT_TEXT_LABEL, SILT_TEXT_BODY, SILT_TEXT_BODY, line->label,
				   silt_buffer_text(&line->text));
	}
	silt_buffer_done(&line->text);
}

static bool is_some(const char *text)
{
	return text && text[0];
}

/* "a, b, c, d and 3 more"; `joint` between them. */
static void add_list(struct silt_buffer *out, const struct silt_texts *texts, const char *joint)
{
	size_t shown = texts->count < LIST_SHOWN_MAX ? texts->count : LIST_SHOWN_MAX;
	for (size_t i = 0; i < shown; i++) {
		silt_buffer_add_text(out, i > 0 ? joint : "");
		silt_phrase_unbroken(out, texts->items[i]);
	}
	if (shown < texts->total) {
		silt_buffer_printf(out, " and %" PRIu64 " more", texts->total - shown);
	}
}

/* "WHAT a, b" if the list has any. */
static void add_listed(struct line *line, const char *what, const struct silt_texts *texts)
{
	if (texts->total > 0) {
		silt_buffer_add_text(clause(line), what);
		add_list(&line->text, texts, ", ");
	}
}

/* ---- The lines ----------------------------------------------------------------------------------------------------- */

static void add_support(struct silt_buffer *out, const struct silt_posture_base *base)
{
	if (!is_some(base->end_of_life)) {
		return;
	}
	if (base->expired == SILT_ANSWER_YES) {
		silt_buffer_printf(out, ", " SILT_MARK_YELLOW "out of support since %s" SILT_MARK_PLAIN,
				   base->end_of_life);
	} else {
		silt_buffer_printf(out, ", supported until %s", base->end_of_life);
	}
}

static void write_base(struct silt_page *page, const struct silt_image *image)
{
	const struct silt_posture_base *base = &image->posture->base;
	struct line line = {.label = "base"};
	if (is_some(base->distribution) || is_some(base->id)) {
		silt_buffer_add_text(clause(&line), is_some(base->distribution) ? base->distribution : base->id);
		add_support(&line.text, base);
	} else if (base->distribution) {
		silt_buffer_add_text(clause(&line), "no distribution");
	}
	if (is_some(base->name)) {
		silt_buffer_add_text(clause(&line), "built on ");
		silt_phrase_unbroken(&line.text, base->name);
	}
	if (base->layers != SILT_UNKNOWN && base->layers > 0) {
		silt_buffer_printf(clause(&line), "%" PRIu64 " of %zu layers%s", base->layers, image->layer_count,
				   base->guessed ? ", by the history" : "");
	}
	if (base->layers == 0 && !base->guessed) {
		silt_buffer_add_text(clause(&line), "not built on a base that was given");
	}
	end(page, &line);
}

static void write_size(struct silt_page *page, const struct silt_posture_size *size)
{
	struct line line = {.label = "size"};
	if (size->files == SILT_UNKNOWN) {
		silt_buffer_add_text(clause(&line), "not known, a layer is absent");
		end(page, &line);
		return;
	}
	silt_phrase_count(clause(&line), size->files, "file", "files");
	silt_buffer_add_text(&line.text, ", ");
	silt_phrase_size(&line.text, size->bytes);
	if (size->own_files != SILT_UNKNOWN) {
		silt_buffer_printf(&line.text, " (%" PRIu64 ", ", size->own_files);
		silt_phrase_size(&line.text, size->own_bytes);
		silt_buffer_add_text(&line.text, " above the base)");
	}
	if (size->packages != SILT_UNKNOWN && size->packages > 0) {
		silt_phrase_count(clause(&line), size->packages, "package", "packages");
	}
	silt_phrase_count(clause(&line), size->executables, "executable", "executables");
	silt_buffer_printf(&line.text, ", %" PRIu64 " static", size->static_executables);
	if (size->scripts > 0) {
		silt_buffer_add_text(&line.text, ", ");
		silt_phrase_count(&line.text, size->scripts, "script", "scripts");
	}
	if (size->wasted_bytes > 0) {
		silt_phrase_size(clause(&line), size->wasted_bytes);
		silt_buffer_add_text(&line.text, " in layers only");
	}
	end(page, &line);
}

static void write_start(struct silt_page *page, const struct silt_posture_start *start)
{
	struct line line = {.label = "starts"};
	if (!start->chain.known) {
		return;
	}
	silt_buffer_add_text(clause(&line), start->chain.total > 0 ? "" : "nothing by itself");
	add_list(&line.text, &start->chain, ", then ");
	if (start->chain.total > 0) {
		silt_buffer_add_text(clause(&line), is_some(start->init) ? "init " : "no init");
		silt_phrase_unbroken(&line.text, is_some(start->init) ? start->init : "");
	}
	if (is_some(start->drops)) {
		silt_buffer_add_text(clause(&line), "drops privilege with ");
		silt_phrase_unbroken(&line.text, start->drops);
		silt_buffer_add_text(&line.text, " (");
		silt_phrase_unbroken(&line.text, start->drops_at);
		silt_buffer_add_byte(&line.text, ')');
	}
	end(page, &line);
}

static void write_user(struct silt_page *page, const struct silt_posture_user *user)
{
	struct line line = {.label = "runs as"};
	if (user->uid == SILT_UNKNOWN) {
		silt_buffer_add_text(&line.text, user->name ? "a user whose number the image does not tell" : "");
	} else {
		silt_buffer_printf(&line.text, "uid %" PRIu64 ", gid %" PRIu64, user->uid, user->gid);
	}
	if (user->fits_userns == SILT_ANSWER_YES) {
		silt_buffer_add_text(clause(&line), "all owners fit the 65536 ids of a user namespace");
	} else if (user->fits_userns == SILT_ANSWER_NO) {
		silt_buffer_printf(clause(&line),
				   "owners up to uid %" PRIu64 ", gid %" PRIu64
				   " do not fit the 65536 ids of a user namespace",
				   user->largest_uid, user->largest_gid);
	}
	end(page, &line);
}

static void write_rights(struct silt_page *page, const struct silt_posture *posture)
{
	const struct silt_posture_rights *rights = &posture->rights;
	struct line line = {.label = "rights"};
	if (rights->no_new_privileges == SILT_ANSWER_YES) {
		bool root = posture->user.root == SILT_ANSWER_YES;
		silt_buffer_add_text(clause(&line),
				     root ? "all those of root" : "no-new-privileges takes nothing from any program");
	}
	add_listed(&line, "no-new-privileges takes rights from ", &rights->losers);
	if (rights->shell_free == SILT_ANSWER_YES) {
		silt_buffer_add_text(clause(&line), "neither shell nor interpreter");
	}
	end(page, &line);
}

/* "/tmp, /var/cache/app, /app (12 files)" */
static void add_writable(struct silt_buffer *out, const struct silt_posture *posture)
{
	size_t shown = posture->writable_count < WRITABLE_SHOWN_MAX ? posture->writable_count : WRITABLE_SHOWN_MAX;
	for (size_t i = 0; i < shown; i++) {
		silt_buffer_add_text(out, i > 0 ? ", " : "");
		silt_phrase_unbroken(out, posture->writable[i].path);
		if (posture->writable[i].files > 0) {
			silt_buffer_add_text(out, " (");
			silt_phrase_count(out, posture->writable[i].files, "file", "files");
			silt_buffer_add_byte(out, ')');
		}
	}
	if (shown < posture->writable_count) {
		silt_buffer_printf(out, " and %zu more", posture->writable_count - shown);
	}
}

static void write_writable(struct silt_page *page, const struct silt_posture *posture)
{
	static const struct {
		const char *some, *none;
	} words[] = {
		[SILT_ANSWER_UNKNOWN] = {"given to others than root: ", "nothing is given to others than root"},
		[SILT_ANSWER_NO] = {"", "nowhere"},
		[SILT_ANSWER_YES] = {"anywhere, as root; given to others: ", "anywhere, as root"},
	};
	struct line line = {.label = "writes"};
	if (posture->writable_known) {
		bool any = posture->writable_count > 0;
		silt_buffer_add_text(clause(&line),
				     any ? words[posture->user.root].some : words[posture->user.root].none);
		add_writable(&line.text, posture);
	}
	add_listed(&line, "volumes ", &posture->volumes);
	end(page, &line);
}

static void write_network(struct silt_page *page, const struct silt_posture *posture)
{
	static const char *const health[] = {
		[SILT_HEALTH_UNKNOWN] = "",
		[SILT_HEALTH_NONE] = "no health check",
		[SILT_HEALTH_OFF] = "health check of the base switched off",
		[SILT_HEALTH_PRESENT] = "health check",
		[SILT_HEALTH_NOT_REPRESENTABLE] = "no health check (the OCI format has none)",
	};
	struct line line = {.label = "serves"};
	if (posture->ports.known && posture->ports.total == 0) {
		silt_buffer_add_text(clause(&line), "no port exposed");
	}
	add_listed(&line, "ports ", &posture->ports);
	if (posture->health != SILT_HEALTH_UNKNOWN) {
		silt_buffer_add_text(clause(&line), health[posture->health]);
	}
	add_listed(&line, "logs to the standard output by ", &posture->logs);
	end(page, &line);
}

static void write_origin(struct silt_page *page, const struct silt_posture *posture)
{
	struct line line = {.label = "made by"};
	if (is_some(posture->builder)) {
		silt_buffer_add_text(clause(&line), posture->builder);
	}
	if (posture->attestations > 0) {
		silt_phrase_count(clause(&line), posture->attestations, "attestation", "attestations");
	}
	if (posture->signatures > 0) {
		silt_phrase_count(clause(&line), posture->signatures, "signature (not verified)",
				  "signatures (not verified)");
	}
	add_listed(&line, "lock files ", &posture->lock_files);
	add_listed(&line, "authorities added: ", &posture->certificates);
	end(page, &line);
}

static void write_score(struct silt_page *page, const struct silt_posture *posture)
{
	struct line line = {.label = "score"};
	for (int family = 0; family < SILT_CHECK_FAMILIES; family++) {
		const struct silt_posture_score *score = &posture->score[family];
		silt_buffer_add_text(&line.text, family > 0 ? ", " : "");
		silt_buffer_printf(&line.text, "%s" SILT_MARK_SPACE,
				   silt_check_family_name((enum silt_check_family)family));
		if (score->findings == 0) {
			silt_buffer_add_text(&line.text, score->unasked ? "not asked" : "ok");
			continue;
		}
		silt_buffer_printf(&line.text, "%s%s" SILT_MARK_PLAIN SILT_MARK_SPACE "(%" PRIu64 ")",
				   silt_phrase_severity_mark(score->worst), silt_severity_name(score->worst),
				   score->findings);
	}
	end(page, &line);
}

void silt_text_posture(struct silt_page *page, const struct silt_result *result, size_t number)
{
	size_t count;
	const struct silt_image *image = &silt_result_images(result, &count)[number];
	const struct silt_posture *posture = image->posture;
	if (!posture) {
		return;
	}
	write_base(page, image);
	write_size(page, &posture->size);
	write_start(page, &posture->start);
	write_user(page, &posture->user);
	write_rights(page, posture);
	silt_text_surface(page, result, number);
	write_writable(page, posture);
	write_network(page, posture);
	write_origin(page, posture);
	write_score(page, posture);
}
