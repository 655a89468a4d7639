/* Posture: its parts put together, and what config and findings say. */
#include "audit/posture.h"

#include "audit/base_part.h"
#include "audit/choice.h"
#include "audit/history.h"
#include "audit/os_eol.h"
#include "audit/os_release.h"
#include "audit/packages.h"

/* Ids of a user namespace as userns-remap and rootless engines make them (subuid(5)). */
enum { USERNS_IDS = 65536 };

static enum silt_answer answer(bool yes)
{
	return yes ? SILT_ANSWER_YES : SILT_ANSWER_NO;
}

/* True if there is a config: without one nobody knows what an image starts, as whom, and what it exposes. */
static bool has_config(const struct silt_audited_image *image)
{
	return image->declared && image->declared->config_member != SILT_MEMBER_NONE;
}

/* ---- Base ---------------------------------------------------------------------------------------------------------- */

static void set_support(const struct silt_posture_work *work, const struct silt_os_release *release)
{
	struct silt_posture_base *base = &work->posture->base;
	base->end_of_life = silt_os_eol(release->id, release->version, release->name);
	if (base->end_of_life && work->context->now != 0) {
		base->expired = answer(silt_day_is_over(base->end_of_life, work->context->now));
	}
}

/* A layer that is absent may have it. */
static enum silt_status set_distribution(const struct silt_posture_work *work, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	struct silt_posture_base *base = &work->posture->base;
	struct silt_os_release release = {0};
	if (silt_os_release_of(image, &release)) {
		set_support(work, &release);
	} else if (silt_image_is_partial(image)) {
		return SILT_OK;
	}
	base->distribution = silt_posture_text(work, release.name);
	base->id = silt_posture_text(work, release.id);
	base->version = silt_posture_text(work, release.version);
	return base->distribution && base->id && base->version ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status set_base(const struct silt_posture_work *work, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	struct silt_posture_base *base = &work->posture->base;
	base->layers = image->base.known ? image->base.layers : SILT_UNKNOWN;
	base->guessed = image->base.known && image->base.guessed;
	base->named = image->base.known && image->base.named;
	enum silt_status status = set_distribution(work, err);
	if (status != SILT_OK || !has_config(image)) {
		return status; /* without a config there are no labels */
	}
	const struct silt_inventory *inventory = work->context->inventory;
	base->name = silt_posture_text(work, silt_base_label(image->declared, inventory, "base.name"));
	base->digest = silt_posture_text(work, silt_base_label(image->declared, inventory, "base.digest"));
	return base->name && base->digest ? SILT_OK : silt_fail_memory(err);
}

/* ---- Packages ------------------------------------------------------------------------------------------------------ */

static enum silt_status set_packages(const struct silt_posture_work *work, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	struct silt_packages packages;
	enum silt_status status = silt_packages_list(image, image->layer_count, &packages, err);
	work->posture->size.packages = silt_image_is_partial(image) ? SILT_UNKNOWN : packages.count;
	silt_packages_done(&packages);
	return status;
}

/* ---- User ---------------------------------------------------------------------------------------------------------- */

static enum silt_answer fits_userns(const struct silt_posture_user *user)
{
	if (user->uid == SILT_UNKNOWN || user->largest_uid == SILT_UNKNOWN) {
		return SILT_ANSWER_UNKNOWN;
	}
	return answer(user->uid < USERNS_IDS && user->gid < USERNS_IDS && user->largest_uid < USERNS_IDS &&
		      user->largest_gid < USERNS_IDS);
}

static enum silt_status set_user(const struct silt_posture_work *work, const struct silt_access *access,
				 struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	struct silt_posture_user *user = &work->posture->user;
	bool known = has_config(image) && access->known && access->uid >= 0 && access->gid >= 0;
	user->uid = known ? (uint64_t)access->uid : SILT_UNKNOWN;
	user->gid = known ? (uint64_t)access->gid : SILT_UNKNOWN;
	user->root = known ? answer(access->uid == 0) : SILT_ANSWER_UNKNOWN;
	user->fits_userns = fits_userns(user);
	if (!has_config(image)) {
		return SILT_OK;
	}
	user->name = silt_posture_text(work, silt_bytes_trim(image->declared->config.user));
	return user->name ? SILT_OK : silt_fail_memory(err);
}

/* ---- Config -------------------------------------------------------------------------------------------------------- */

static enum silt_health health_of(const struct silt_declared_image *declared)
{
	const struct silt_config *config = &declared->config;
	if (config->health_count > 0 && silt_bytes_equal(config->health[0], SILT_LITERAL("NONE"))) {
		return SILT_HEALTH_OFF;
	}
	if (config->has_health && config->health_count > 0) {
		return SILT_HEALTH_PRESENT;
	}
	return declared->declared & (SILT_DECLARED_ARCHIVE | SILT_DECLARED_LEGACY) ? SILT_HEALTH_NONE
										   : SILT_HEALTH_NOT_REPRESENTABLE;
}

static enum silt_status list_spans(const struct silt_posture_work *work, const struct silt_bytes *spans, size_t count,
				   struct silt_texts *out, struct silt_error *err)
{
	struct silt_text_list list = {0};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = silt_text_list_add(&list, work, spans[i], false, err);
	}
	return status == SILT_OK ? silt_text_list_end(&list, work, out, err) : status;
}

static enum silt_status set_config(const struct silt_posture_work *work, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	struct silt_posture *posture = work->posture;
	if (!has_config(image)) {
		return SILT_OK;
	}
	const struct silt_config *config = &image->declared->config;
	posture->health = health_of(image->declared);
	posture->builder = silt_builder_name(silt_builder_of(config));
	enum silt_status status = list_spans(work, config->ports, config->port_count, &posture->ports, err);
	if (status == SILT_OK) {
		status = list_spans(work, config->volumes, config->volume_count, &posture->volumes, err);
	}
	return status;
}

/* ---- Score --------------------------------------------------------------------------------------------------------- */

/* What is told of no image is of the bundle, and so of each of its images. */
static bool concerns(const struct silt_finding *finding, size_t image)
{
	bool none = true;
	for (size_t i = 0; i < finding->sighting_count; i++) {
		if (finding->sightings[i].image == image) {
			return true;
		}
		none = none && finding->sightings[i].image == SIZE_MAX;
	}
	return none;
}

static void set_score(const struct silt_posture_work *work, const struct silt_finding *findings, size_t count)
{
	for (int family = 0; family < SILT_CHECK_FAMILIES; family++) {
		work->posture->score[family].unasked =
			!silt_choice_asks(work->context->options, (enum silt_check_family)family);
	}
	for (size_t i = 0; i < count; i++) {
		const struct silt_check_info *check = silt_checks_find(findings[i].rule);
		struct silt_posture_score *score = &work->posture->score[check ? check->family : SILT_CHECKS_SECRET];
		if (concerns(&findings[i], work->image)) {
			score->findings++;
			score->worst = findings[i].severity > score->worst ? findings[i].severity : score->worst;
		}
	}
}

/* ---- All of it ----------------------------------------------------------------------------------------------------- */

static enum silt_status fill(const struct silt_posture_work *work, struct silt_error *err)
{
	struct silt_access access = silt_access_of(silt_posture_image(work));
	access.known = access.known && has_config(silt_posture_image(work)); /* anybody may run a bare rootfs */
	silt_posture_size(work);
	silt_posture_identity(work);
	enum silt_status status = set_base(work, err);
	if (status == SILT_OK) {
		status = set_packages(work, err);
	}
	if (status == SILT_OK) {
		status = set_user(work, &access, err);
	}
	if (status == SILT_OK) {
		status = set_config(work, err);
	}
	if (status == SILT_OK) {
		status = silt_posture_start(work, err);
	}
	return status == SILT_OK ? silt_posture_tree(work, &access, err) : status;
}

enum silt_status silt_posture_make(const struct silt_context *context, size_t image, struct silt_line_matches *matches,
				   const struct silt_finding *findings, size_t finding_count,
				   const struct silt_posture **out, struct silt_error *err)
{
	struct silt_posture_work work = {.context = context, .image = image, .matches = matches};
	work.posture = silt_arena_alloc(context->arena, sizeof(*work.posture));
	if (!work.posture) {
		return silt_fail_memory(err);
	}
	set_score(&work, findings, finding_count);
	*out = work.posture;
	return fill(&work, err);
}
