/*
 * Waivers: which findings they fit, and what is to be said of them.
 *
 * A waiver fits by all of its conditions. One of places fits only a finding that is seen in such places alone: a secret
 * that is somewhere else as well has to be accepted there as well. A file is in all the places that it has names in.
 */
#include "policy/court.h"

#include "base/date.h"
#include "base/escape.h"
#include "policy/glob.h"
#include "policy/names.h"

enum { DIGEST_PREFIX_MIN = 12 };

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

static bool fits_fingerprint(const struct silt_policy_text *list, const struct silt_finding *finding)
{
	for (; list; list = list->next) {
		if (strcmp(list->text, finding->fingerprint) == 0) {
			return true;
		}
	}
	return false;
}

static bool fits_rule(const struct silt_policy_text *list, const struct silt_finding *finding)
{
	for (; list; list = list->next) {
		if (silt_policy_calls(list->text, finding) != SILT_POLICY_NOT_CALLED) {
			return true;
		}
	}
	return false;
}

/* The glob has '/' or a double star in front, the path neither. */
static bool names_path(struct silt_bytes glob, struct silt_bytes path)
{
	if (glob.ptr[0] == '/') {
		return silt_policy_glob(silt_bytes_slice(glob, 1, glob.len), path);
	}
	return silt_policy_glob(glob, path) || silt_policy_glob(silt_bytes_slice(glob, 3, glob.len), path);
}

static bool fits_path(const struct silt_policy_text *list, struct silt_bytes path)
{
	for (; list && path.len > 0; list = list->next) {
		if (names_path(list->bytes, path)) {
			return true;
		}
	}
	return false;
}

/* "sha256:..." of 12 digits or more that a digest begins with. */
static bool begins_digest(struct silt_bytes start, const char *digest)
{
	struct silt_bytes algorithm = SILT_LITERAL("sha256:");
	return silt_bytes_start_with(start, algorithm) && start.len >= algorithm.len + DIGEST_PREFIX_MIN &&
	       silt_bytes_start_with(silt_bytes_text(digest), start);
}

static bool calls_image(struct silt_bytes glob, const struct silt_image *image)
{
	for (size_t i = 0; i < image->name_count; i++) {
		if (silt_policy_glob(glob, silt_bytes_text(image->names[i]))) {
			return true;
		}
	}
	return begins_digest(glob, image->config_digest) || begins_digest(glob, image->manifest_digest);
}

static bool fits_image(const struct silt_policy_text *list, const struct silt_court *court, size_t image)
{
	for (; list && image < court->image_count; list = list->next) {
		if (calls_image(list->bytes, &court->images[image])) {
			return true;
		}
	}
	return false;
}

/* By every name that the file has. Of too many nobody knows. */
static bool fits_names(const struct silt_policy_text *list, const struct silt_sighting *at)
{
	const struct silt_other_names *others = at->other_names;
	bool fit = fits_path(list, at->path) && (!others || !others->more);
	for (size_t i = 0; fit && others && i < others->count; i++) {
		fit = fits_path(list, others->paths[i]);
	}
	return fit;
}

static bool fits_places(const struct silt_court *court, const struct silt_policy_waiver *waiver,
			const struct silt_finding *finding)
{
	for (size_t i = 0; i < finding->sighting_count; i++) {
		const struct silt_sighting *at = &finding->sightings[i];
		if ((waiver->paths && !fits_names(waiver->paths, at)) ||
		    (waiver->images && !fits_image(waiver->images, court, at->image))) {
			return false;
		}
	}
	return finding->sighting_count > 0 || (!waiver->paths && !waiver->images);
}

static bool fits(const struct silt_court *court, const struct silt_policy_waiver *waiver,
		 const struct silt_finding *finding)
{
	return (!waiver->fingerprints || fits_fingerprint(waiver->fingerprints, finding)) &&
	       (!waiver->rules || fits_rule(waiver->rules, finding)) && fits_places(court, waiver, finding);
}

/* ---- Judging ----------------------------------------------------------------------------------------------------- */

/* "waiver 2 of policy.yaml, line 12", "line 3 of .trivyignore". NULL if memory ran out. */
static const char *call(struct silt_arena *arena, const struct silt_policy_waiver *waiver)
{
	if (waiver->ignore) {
		return silt_arena_printf(arena, "line %u of %s", (unsigned)waiver->line, waiver->source);
	}
	return silt_arena_printf(arena, "waiver %zu of %s, line %u", waiver->number, waiver->source,
				 (unsigned)waiver->line);
}

static const char *last_day(const struct silt_policy_waiver *waiver, char text[SILT_DATE_SIZE])
{
	return silt_date_text(waiver->expires - 1, text);
}

static const char *why(struct silt_arena *arena, const struct silt_policy_waiver *waiver)
{
	char day[SILT_DATE_SIZE];
	const char *name = call(arena, waiver);
	const char *joint = *waiver->reason ? ": " : "";
	if (!name || waiver->expires == INT64_MAX) {
		return name ? silt_arena_printf(arena, "%s%s%s", name, joint, waiver->reason) : NULL;
	}
	return silt_arena_printf(arena, "%s%s%s (until %s)", name, joint, waiver->reason, last_day(waiver, day));
}

/* All waivers that fit are of use, and the first that holds gives the reason. */
bool silt_court_waive(struct silt_court *court, struct silt_finding *finding)
{
	const struct silt_policy_waiver *first = NULL;
	for (const struct silt_policy_waiver *waiver = court->policy->waivers; waiver; waiver = waiver->next) {
		if (!fits(court, waiver, finding)) {
			continue;
		}
		court->waived[waiver->index]++;
		first = !first && silt_policy_waiver_holds(court->policy, waiver) ? waiver : first;
	}
	return first && silt_court_decide(court, finding, SILT_STANDING_WAIVED, why(court->arena, first));
}

/* ---- Notes ------------------------------------------------------------------------------------------------------- */

/* A waiver for other images has nothing to do here. */
static bool is_for_others(const struct silt_court *court, const struct silt_policy_waiver *waiver)
{
	for (size_t i = 0; waiver->images && i < court->image_count; i++) {
		if (fits_image(waiver->images, court, i)) {
			return false;
		}
	}
	return waiver->images != NULL;
}

static void note_waiver(struct silt_court *court, const struct silt_policy_waiver *waiver)
{
	char day[SILT_DATE_SIZE];
	const char *name = call(court->arena, waiver);
	size_t count = court->waived[waiver->index];
	court->starved = court->starved || !name;
	if (!name || is_for_others(court, waiver)) {
		return;
	}
	if (!silt_policy_waiver_holds(court->policy, waiver)) {
		silt_court_note(court, "%s %s %s: %zu finding%s that it fits %s no more accepted by it", name,
				court->policy->now > 0 ? "expired after"
						       : "does not hold, the day being unknown, until",
				last_day(waiver, day), count, count == 1 ? "" : "s", count == 1 ? "is" : "are");
	} else if (count == 0 && !waiver->ignore) {
		silt_court_note(court, "%s is of no use: nothing that it fits was found", name);
	}
}

void silt_court_note_waivers(struct silt_court *court)
{
	for (const struct silt_policy_waiver *waiver = court->policy->waivers; waiver; waiver = waiver->next) {
		note_waiver(court, waiver);
	}
}
