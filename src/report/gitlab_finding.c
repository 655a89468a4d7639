/* A finding as a vulnerability. */
#include "report/gitlab.h"

#include "base/ascii.h"
#include "report/phrase.h"
#include "silt/checks.h"
#include "silt/posture.h"

#include <string.h>

enum {
	NAME_COLUMNS = 250, /* of the 255 that the schema takes */
	PACKAGE_COLUMNS = 250,
	SOLUTION_COLUMNS = 6000, /* of 7000 */
	IMAGE_COLUMNS = 200,
	ALIASES_MAX = 16, /* GitLab takes 20 identifiers */
	PLACES_MAX = 100,
};

/* ---- What it is -------------------------------------------------------------------------------------------------- */

static const char *severity_word(enum silt_severity severity)
{
	static const char *const words[] = {
		[SILT_SEVERITY_INFO] = "Info", [SILT_SEVERITY_LOW] = "Low",           [SILT_SEVERITY_MEDIUM] = "Medium",
		[SILT_SEVERITY_HIGH] = "High", [SILT_SEVERITY_CRITICAL] = "Critical",
	};
	return words[severity];
}

static void write_cut(struct silt_gitlab *report, const char *key, const char *text, size_t max)
{
	struct silt_buffer cut = {0};
	silt_phrase_cut(&cut, text, max);
	silt_gitlab_put(report, key, &cut);
}

/*
 * The fingerprint as a UUID of version 8 (RFC 9562: bits of one's own). The number of the bundle is mixed in, so that no
 * two of a report are the same; that of the first changes nothing.
 *
 *     fingerprint  ffffffff ffff ffff ffff ffffffffffff
 *     id           ffffffff-ffff-8fff-8fff-ffffffffnnnn
 */
static void write_id(struct silt_gitlab *report, const char *fingerprint, size_t bundle)
{
	struct silt_buffer id = {0};
	unsigned tail = 0;
	for (size_t i = 28; i < 32; i++) {
		tail = tail << 4 | (unsigned)silt_hex_value(fingerprint[i]);
	}
	silt_buffer_printf(&id, "%.8s-%.4s-8%.3s-8%.3s-%.8s%04x", fingerprint, fingerprint + 8, fingerprint + 13,
			   fingerprint + 17, fingerprint + 20, (tail ^ (unsigned)bundle) & 0xFFFFU);
	silt_gitlab_put(report, "id", &id);
}

static void write_identifier(struct silt_json_writer *w, const char *type, const char *name, struct silt_bytes value)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "type", type);
	if (name) {
		silt_json_write_text(w, "name", name);
	} else {
		silt_json_write_bytes(w, "name", value);
	}
	silt_json_write_bytes(w, "value", value);
	silt_json_close(w);
}

/* The first one tells findings of one rule and place apart. The second one is what rules of a policy there go by. */
static void write_identifiers(struct silt_json_writer *w, const struct silt_finding *finding,
			      const struct silt_check_info *check)
{
	struct silt_bytes rest = silt_bytes_text(check ? check->aliases : ""), alias;
	silt_json_open_array(w, "identifiers");
	write_identifier(w, "silt", finding->rule, silt_bytes_text(finding->fingerprint));
	write_identifier(w, "silt_rule", finding->rule, silt_bytes_text(finding->rule));
	for (size_t i = 0; i < ALIASES_MAX && silt_bytes_cut(&rest, ' ', &alias); i++) {
		write_identifier(w, "silt_alias", NULL, alias);
	}
	silt_json_close(w);
}

static void write_links(struct silt_json_writer *w, const struct silt_check_info *check)
{
	struct silt_bytes rest = silt_bytes_text(check ? check->references : ""), address;
	silt_json_open_array(w, "links");
	while (silt_bytes_cut(&rest, ' ', &address)) {
		silt_json_open_object(w, NULL);
		silt_json_write_bytes(w, "url", address); /* of ours: nothing in it is escaped */
		silt_json_close(w);
	}
	silt_json_close(w);
}

/* GitLab shows it as its Markdown. */
static void write_description(struct silt_gitlab *report, const struct silt_finding *finding,
			      const struct silt_image *images, size_t count)
{
	struct silt_prose prose = {.markdown = true};
	silt_prose_text(&prose, finding->title);
	silt_prose_words(&prose, ": ");
	silt_prose_name(&prose, finding->subject, SILT_GITLAB_SUBJECT_COLUMNS);
	silt_prose_stop(&prose);
	if (finding->detail[0]) {
		silt_prose_words(&prose, " ");
		silt_prose_text(&prose, finding->detail);
		silt_prose_stop(&prose);
	}
	if (finding->sighting_count > 0) {
		silt_prose_words(&prose, " Seen at ");
		silt_place_tell(&prose, images, count, &finding->sightings[silt_place_worst(finding)]);
		if (finding->sighting_count > 1) {
			silt_buffer_printf(&prose.out, ", and at %zu more", finding->sighting_count - 1);
		}
		silt_prose_stop(&prose);
	}
	silt_gitlab_put(report, "description", &prose.out);
}

/* ---- Where it is ------------------------------------------------------------------------------------------------- */

/*
 * What GitLab can take apart: "host:5000/path/name:tag", of letters, digits and "_.-". It leaves the tag out when it
 * compares.
 */
static bool is_reference(const char *name)
{
	const char *last = strrchr(name, '/');
	const char *tag = strchr(last ? last : name, ':');
	for (const char *at = name; *at; at++) {
		bool in_host = *at == ':' && silt_is_digit(at[1]) && !memchr(name, '/', (size_t)(at - name));
		if (!silt_is_letter(*at) && !silt_is_digit(*at) && !strchr("/_.-", *at) && at != tag && !in_host) {
			return false;
		}
	}
	return tag && tag != name && tag[1] != '\0' && strlen(name) <= IMAGE_COLUMNS;
}

/* A reference made of any name: what cannot be in one becomes "_". */
static void add_reference(struct silt_buffer *out, const char *name, const char *digest)
{
	for (size_t i = 0; name[i] && i < IMAGE_COLUMNS; i++) {
		bool plain = silt_is_letter(name[i]) || silt_is_digit(name[i]) || strchr("/_.-", name[i]);
		silt_buffer_add_byte(out, (uint8_t)(plain ? name[i] : '_'));
	}
	silt_buffer_add_text(out, name[0] ? ":" : "_:");
	if (digest[0]) {
		silt_phrase_digest(out, digest);
	} else {
		silt_buffer_add_text(out, "unknown");
	}
}

static void write_image(struct silt_gitlab *report, const struct silt_result *result, const struct silt_image *image)
{
	const char *name = image && image->name_count > 0 ? image->names[0] : silt_result_name(result);
	struct silt_buffer reference = {0};
	if (is_reference(name)) {
		silt_buffer_add_text(&reference, name);
	} else {
		add_reference(&reference, name, image ? image->config_digest : "");
	}
	silt_gitlab_put(report, "image", &reference);
}

static void write_system(struct silt_gitlab *report, const struct silt_image *image)
{
	const struct silt_posture_base *base = image && image->posture ? &image->posture->base : NULL;
	struct silt_buffer system = {0};
	if (base && base->id && base->id[0]) {
		silt_phrase_cut(&system, base->id, NAME_COLUMNS / 2);
		silt_buffer_add_byte(&system, ':');
		silt_phrase_cut(&system, base->version && base->version[0] ? base->version : "unknown",
				NAME_COLUMNS / 2);
	} else {
		silt_buffer_add_text(&system, "unknown");
	}
	silt_gitlab_put(report, "operating_system", &system);
}

static void write_location(struct silt_gitlab *report, const struct silt_result *result,
			   const struct silt_finding *finding, const struct silt_image *image)
{
	const char *place = finding->sighting_count > 0 ? finding->sightings[silt_place_worst(finding)].place
							: finding->subject;
	silt_json_open_object(report->w, "location");
	write_image(report, result, image);
	write_system(report, image);
	silt_json_open_object(report->w, "dependency");
	silt_json_open_object(report->w, "package");
	write_cut(report, "name", place[0] ? place : "image", PACKAGE_COLUMNS);
	silt_json_close(report->w);
	silt_json_write_text(report->w, "version", "");
	silt_json_close(report->w);
	silt_json_close(report->w);
}

/* ---- More about it ----------------------------------------------------------------------------------------------- */

static void write_text_detail(struct silt_json_writer *w, const char *key, const char *name, const char *value)
{
	silt_json_open_object(w, key);
	if (name) {
		silt_json_write_text(w, "name", name);
	}
	silt_json_write_text(w, "type", "text");
	silt_json_write_text(w, "value", value);
	silt_json_close(w);
}

static void write_places(struct silt_gitlab *report, const struct silt_finding *finding,
			 const struct silt_image *images, size_t count)
{
	silt_json_open_object(report->w, "places");
	silt_json_write_text(report->w, "name", "Places");
	silt_json_write_text(report->w, "type", "list");
	silt_json_open_array(report->w, "items");
	for (size_t i = 0; i < finding->sighting_count && i < PLACES_MAX; i++) {
		struct silt_prose prose = {0};
		silt_place_tell(&prose, images, count, &finding->sightings[i]);
		report->failed |= prose.out.failed;
		write_text_detail(report->w, NULL, NULL, silt_buffer_text(&prose.out));
		silt_buffer_done(&prose.out);
	}
	silt_json_close(report->w);
	silt_json_close(report->w);
}

static void write_details(struct silt_gitlab *report, const struct silt_finding *finding,
			  const struct silt_image *images, size_t count)
{
	silt_json_open_object(report->w, "details");
	write_text_detail(report->w, "confidence", "Confidence", silt_confidence_name(finding->confidence));
	write_text_detail(report->w, "exposure", "Exposure", silt_fate_name(finding->exposure));
	write_text_detail(report->w, "fingerprint", "Fingerprint", finding->fingerprint);
	write_places(report, finding, images, count);
	silt_json_close(report->w);
}

/* The image it is told of: that of its worst place, otherwise the first one. NULL: the bundle has none. */
static const struct silt_image *image_of(const struct silt_finding *finding, const struct silt_image *images,
					 size_t count)
{
	size_t image = finding->sighting_count > 0 ? finding->sightings[silt_place_worst(finding)].image : 0;
	return count > 0 ? &images[image < count ? image : 0] : NULL;
}

void silt_gitlab_vulnerability(struct silt_gitlab *report, const struct silt_result *result,
			       const struct silt_finding *finding, size_t bundle)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	const struct silt_check_info *check = silt_checks_find(finding->rule);
	silt_json_open_object(report->w, NULL);
	write_id(report, finding->fingerprint, bundle);
	write_cut(report, "name", finding->title, NAME_COLUMNS);
	write_description(report, finding, images, count);
	silt_json_write_text(report->w, "severity", severity_word(finding->severity));
	write_cut(report, "solution", finding->remedy, SOLUTION_COLUMNS);
	write_identifiers(report->w, finding, check);
	write_links(report->w, check);
	write_location(report, result, finding, image_of(finding, images, count));
	write_details(report, finding, images, count);
	silt_json_close(report->w);
}
