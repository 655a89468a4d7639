/* The posture of an image as a table of facts, its surface, and what came of each family of checks. */
#include "report/html_parts.h"

#include "report/surface.h"

#include <inttypes.h>

/* A row: its heading, and the cell that the caller fills and ends. */
static void begin(struct silt_html *html, const char *title)
{
	silt_html_printf(html, "<tr><th scope=\"row\">%s</th><td>", title);
}

static void end(struct silt_html *html)
{
	silt_html_add(html, "</td></tr>\n");
}

static bool is_some(const char *text)
{
	return text && text[0];
}

static void add_texts(struct silt_html *html, const struct silt_texts *texts)
{
	if (!texts->known) {
		silt_html_add(html, "not known");
	} else if (texts->total == 0) {
		silt_html_add(html, "none");
	}
	for (size_t i = 0; texts->known && i < texts->count; i++) {
		silt_html_add(html, i > 0 ? " " : "");
		silt_html_code(html, texts->items[i]);
	}
	if (texts->known && texts->count < texts->total) {
		silt_html_printf(html, " and %" PRIu64 " more", texts->total - texts->count);
	}
}

static void add_number(struct silt_html *html, uint64_t number)
{
	if (number != SILT_UNKNOWN) {
		silt_html_printf(html, "%" PRIu64, number);
	} else {
		silt_html_add(html, "not known");
	}
}

static void write_texts(struct silt_html *html, const char *title, const struct silt_texts *texts)
{
	begin(html, title);
	add_texts(html, texts);
	end(html);
}

/* ---- What it is ---------------------------------------------------------------------------------------------------- */

static void write_base(struct silt_html *html, const struct silt_posture_base *base)
{
	begin(html, "Base");
	if (is_some(base->distribution)) {
		silt_html_code(html, base->distribution);
	} else {
		silt_html_add(html, base->distribution ? "no distribution" : "not known");
	}
	if (is_some(base->end_of_life)) {
		bool expired = base->expired == SILT_ANSWER_YES;
		silt_html_add(html, expired ? " <strong>out of support since " : " supported until ");
		silt_html_text(html, base->end_of_life);
		silt_html_add(html, expired ? "</strong>" : "");
	}
	if (is_some(base->name)) {
		silt_html_add(html, ", built on ");
		silt_html_code(html, base->name);
	}
	if (base->layers != SILT_UNKNOWN && base->layers > 0) {
		silt_html_add(html, "; the lowest ");
		silt_html_count(html, base->layers, "layer is", "layers are");
		silt_html_add(html, base->guessed ? " inherited, by the history" : " inherited");
	}
	end(html);
}

static void write_size(struct silt_html *html, const struct silt_posture_size *size)
{
	begin(html, "Size");
	if (size->files == SILT_UNKNOWN) {
		silt_html_add(html, "not known: a layer is absent");
		end(html);
		return;
	}
	silt_html_count(html, size->files, "file", "files");
	silt_html_add(html, ", ");
	silt_html_size(html, size->bytes);
	if (size->own_files != SILT_UNKNOWN) {
		silt_html_printf(html, "; %" PRIu64 " of them, ", size->own_files);
		silt_html_size(html, size->own_bytes);
		silt_html_add(html, ", above the base");
	}
	silt_html_add(html, "; ");
	silt_html_size(html, size->wasted_bytes);
	silt_html_add(html, " in layers only");
	end(html);
	begin(html, "Programs");
	silt_html_count(html, size->executables, "executable", "executables");
	silt_html_printf(html, ", %" PRIu64 " static; ", size->static_executables);
	silt_html_count(html, size->scripts, "script", "scripts");
	silt_html_add(html, "; packages: ");
	add_number(html, size->packages);
	end(html);
}

static void write_user(struct silt_html *html, const struct silt_posture_user *user)
{
	begin(html, "Runs as");
	if (is_some(user->name)) {
		silt_html_code(html, user->name);
		silt_html_add(html, ": ");
	}
	silt_html_add(html, "uid ");
	add_number(html, user->uid);
	silt_html_add(html, ", gid ");
	add_number(html, user->gid);
	silt_html_add(html, user->root == SILT_ANSWER_YES ? " <strong>(root)</strong>" : "");
	if (user->fits_userns == SILT_ANSWER_NO) {
		silt_html_printf(html,
				 "; owners up to uid %" PRIu64 ", gid %" PRIu64
				 " do not fit the 65536 ids of a user namespace",
				 user->largest_uid, user->largest_gid);
	}
	end(html);
}

static void write_start(struct silt_html *html, const struct silt_posture_start *start)
{
	write_texts(html, "Starts", &start->chain);
	begin(html, "Init");
	if (is_some(start->init)) {
		silt_html_code(html, start->init);
	} else {
		silt_html_add(html, start->init ? "none" : "not known");
	}
	if (is_some(start->drops)) {
		silt_html_add(html, "; drops privilege with ");
		silt_html_code(html, start->drops);
		silt_html_add(html, " at ");
		silt_html_code(html, is_some(start->drops_at) ? start->drops_at : "?");
	}
	end(html);
}

static void write_rights(struct silt_html *html, const struct silt_posture_rights *rights)
{
	static const char *const answers[] = {
		[SILT_ANSWER_UNKNOWN] = "not known",
		[SILT_ANSWER_NO] = "takes rights from programs",
		[SILT_ANSWER_YES] = "takes nothing from any program",
	};
	begin(html, "no-new-privileges");
	silt_html_add(html, answers[rights->no_new_privileges]);
	if (rights->losers.known && rights->losers.total > 0) {
		silt_html_add(html, ": ");
		add_texts(html, &rights->losers);
	}
	end(html);
}

static void write_writable(struct silt_html *html, const struct silt_posture *posture)
{
	begin(html, posture->user.root == SILT_ANSWER_NO ? "Can write to" : "Given to others than root");
	if (!posture->writable_known || posture->writable_count == 0) {
		silt_html_add(html, posture->writable_known ? "nothing" : "not known");
	}
	for (size_t i = 0; i < posture->writable_count; i++) {
		const struct silt_posture_writable *item = &posture->writable[i];
		silt_html_add(html, i > 0 ? " " : "");
		silt_html_code(html, item->path);
		silt_html_printf(html, " <span class=\"aside\">%04o%s</span>", item->mode & 07777,
				 item->volume ? ", volume" : "");
	}
	end(html);
}

static void write_services(struct silt_html *html, const struct silt_posture *posture)
{
	write_texts(html, "Ports", &posture->ports);
	write_texts(html, "Volumes", &posture->volumes);
	begin(html, "Health check");
	silt_html_add(html, silt_health_name(posture->health));
	end(html);
	write_texts(html, "Logs to the standard output", &posture->logs);
	write_texts(html, "Authorities added", &posture->certificates);
	write_texts(html, "Lock files", &posture->lock_files);
}

static void write_origin(struct silt_html *html, const struct silt_posture *posture)
{
	begin(html, "Made by");
	if (is_some(posture->builder)) {
		silt_html_code(html, posture->builder);
	} else {
		silt_html_add(html, posture->builder ? "the history does not say" : "not known");
	}
	silt_html_add(html, "; ");
	silt_html_count(html, posture->attestations, "attestation", "attestations");
	silt_html_add(html, ", ");
	silt_html_count(html, posture->signatures, "signature (not verified)", "signatures (not verified)");
	end(html);
}

/* ---- What can be used in it ---------------------------------------------------------------------------------------- */

static void write_group(struct silt_html *html, const struct silt_judgement *judgement, size_t image,
			const struct silt_surface_group *group)
{
	bool any = false;
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		if (silt_surface_has(group, finding, image)) {
			silt_html_add(html, any ? ", " : "");
			silt_html_code(html, finding->subject);
			any = true;
		}
	}
	silt_html_add(html, any ? "" : "none found");
}

static void write_surface(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image)
{
	size_t count;
	const struct silt_surface_group *groups = silt_surface_groups(&count);
	silt_html_add(html, "<div class=\"panel\">\n<h4>Surface</h4>\n<table class=\"rows\">"
			    "<caption>What whoever gets in finds there</caption>\n<tbody>\n");
	for (size_t i = 0; i < count; i++) {
		begin(html, groups[i].title);
		write_group(html, bundle->judgement, image, &groups[i]);
		end(html);
	}
	silt_html_add(html, "</tbody></table>\n</div>\n");
}

static void write_score(struct silt_html *html, const struct silt_posture *posture)
{
	silt_html_add(html, "<div class=\"panel\">\n<h4>Score</h4>\n<table class=\"rows\">"
			    "<caption>What the checks of each family found</caption>\n<thead><tr>"
			    "<th scope=\"col\">Family</th><th scope=\"col\" class=\"n\">Findings</th>"
			    "<th scope=\"col\">Worst</th></tr></thead>\n<tbody>\n");
	for (int family = 0; family < SILT_CHECK_FAMILIES; family++) {
		const struct silt_posture_score *score = &posture->score[family];
		silt_html_printf(html, "<tr><th scope=\"row\">%s</th><td class=\"n\">%" PRIu64 "</td><td>",
				 silt_check_family_name((enum silt_check_family)family), score->findings);
		if (score->findings > 0) {
			silt_html_severity(html, score->worst);
		} else {
			silt_html_add(html, "none");
		}
		end(html);
	}
	silt_html_add(html, "</tbody></table>\n</div>\n");
}

void silt_html_posture(struct silt_html *html, const struct silt_html_bundle *bundle, size_t image)
{
	const struct silt_posture *posture = bundle->images[image].posture;
	if (!posture) {
		return;
	}
	silt_html_printf(html,
			 "<section class=\"posture\" aria-labelledby=\"b%zu b%zu-p%zu\">\n<h3 id=\"b%zu-p%zu\">Posture",
			 bundle->number, bundle->number, image + 1, bundle->number, image + 1);
	if (bundle->image_count > 1) {
		silt_html_add(html, " of ");
		silt_html_image_name(html, bundle, image);
	}
	silt_html_add(html, "</h3>\n<table class=\"rows\"><caption>What the image is like</caption>\n<tbody>\n");
	write_base(html, &posture->base);
	write_size(html, &posture->size);
	write_user(html, &posture->user);
	write_start(html, &posture->start);
	write_rights(html, &posture->rights);
	write_writable(html, posture);
	write_services(html, posture);
	write_origin(html, posture);
	silt_html_add(html, "</tbody></table>\n<div class=\"panels\">\n");
	write_surface(html, bundle, image);
	write_score(html, posture);
	silt_html_add(html, "</div>\n</section>\n");
}
