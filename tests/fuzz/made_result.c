/* Drawing a result from bytes. When they are used up, everything is 0 and empty. */
#include "fuzz/made_result.h"

#include "base/escape.h"
#include "silt/posture.h"
#include "stream/digest.h"

#include <stdlib.h>

enum { LONGEST = 40, FLOOD = 400 };

struct draw {
	struct silt_bytes rest;
	struct silt_arena *arena;
};

static void *checked(void *memory)
{
	if (!memory) {
		abort();
	}
	return memory;
}

static uint8_t draw_byte(struct draw *draw)
{
	uint8_t byte = draw->rest.len > 0 ? draw->rest.ptr[0] : 0;
	draw->rest = silt_bytes_slice(draw->rest, 1, SIZE_MAX);
	return byte;
}

static size_t draw_below(struct draw *draw, size_t limit)
{
	return draw_byte(draw) % limit;
}

static uint64_t draw_number(struct draw *draw)
{
	uint64_t number = draw_byte(draw);
	return number < 250 ? number << number % 60 : UINT64_MAX - (number - 250);
}

/* A run of the bytes, or, rarely, one of them many times. */
static struct silt_bytes draw_bytes(struct draw *draw)
{
	size_t len = draw_byte(draw);
	if (len == UINT8_MAX) {
		uint8_t *flood = checked(silt_arena_alloc(draw->arena, FLOOD));
		memset(flood, draw_byte(draw), FLOOD);
		return silt_bytes(flood, FLOOD);
	}
	struct silt_bytes bytes = silt_bytes_slice(draw->rest, 0, len % LONGEST);
	draw->rest = silt_bytes_slice(draw->rest, bytes.len, SIZE_MAX);
	return bytes;
}

static const char *draw_text(struct draw *draw)
{
	return checked((void *)(uintptr_t)silt_escape_copy(draw->arena, draw_bytes(draw)));
}

/* As silt writes them, or none. */
static const char *draw_digest(struct draw *draw)
{
	char *text = checked(silt_arena_alloc(draw->arena, SILT_DIGEST_TEXT_SIZE));
	uint8_t byte = draw_byte(draw);
	if (byte > 0) {
		memcpy(text, "sha256:", 7);
		memset(text + 7, "0123456789abcdef"[byte % 16], 64);
	}
	return text;
}

/* NULL: not known. */
static const char *draw_answer(struct draw *draw)
{
	return draw_below(draw, 5) ? draw_text(draw) : NULL;
}

static const char *draw_path(struct draw *draw)
{
	return checked((void *)(uintptr_t)silt_arena_printf(draw->arena, "/%s", draw_text(draw)));
}

static const char *const *draw_items(struct draw *draw, size_t count, const char *(*draw_item)(struct draw *draw))
{
	const char **items = checked(silt_arena_alloc(draw->arena, (count + 1) * sizeof(*items)));
	for (size_t i = 0; i < count; i++) {
		items[i] = draw_item(draw);
	}
	return items;
}

static struct silt_texts draw_list(struct draw *draw, const char *(*draw_item)(struct draw *draw))
{
	size_t count = draw_below(draw, 4);
	const char *const *items = draw_items(draw, count, draw_item);
	return (struct silt_texts){items, count, count + draw_below(draw, 3), draw_below(draw, 5) > 0};
}

/* ---- Posture --------------------------------------------------------------------------------------------------------- */

static enum silt_answer draw_yes_or_no(struct draw *draw)
{
	return (enum silt_answer)draw_below(draw, SILT_ANSWER_YES + 1);
}

/* What may be mounted has a name that no escape changed, without colon and comma. */
static void draw_writable(struct draw *draw, struct silt_posture *posture)
{
	posture->writable_known = draw_below(draw, 4) > 0;
	posture->writable_count = draw_below(draw, 4);
	struct silt_posture_writable *all =
		checked(silt_arena_alloc(draw->arena, (posture->writable_count + 1) * sizeof(*all)));
	for (size_t i = 0; i < posture->writable_count; i++) {
		const char *path = draw_path(draw);
		all[i] = (struct silt_posture_writable){.path = path,
							.uid = draw_number(draw),
							.gid = draw_number(draw),
							.mode = draw_byte(draw) * 16U,
							.volume = draw_below(draw, 2),
							.files = draw_below(draw, 2),
							.directories = draw_below(draw, 3),
							.mountable = !strpbrk(path, ":,\\")};
	}
	posture->writable = all;
}

static void draw_user(struct draw *draw, struct silt_posture_user *user)
{
	*user = (struct silt_posture_user){.name = draw_answer(draw),
					   .uid = draw_number(draw),
					   .gid = draw_number(draw),
					   .root = draw_yes_or_no(draw),
					   .largest_uid = draw_number(draw),
					   .largest_gid = draw_number(draw),
					   .fits_userns = draw_yes_or_no(draw)};
}

static void draw_start(struct draw *draw, struct silt_posture_start *start)
{
	*start = (struct silt_posture_start){.chain = draw_list(draw, draw_path),
					     .init = draw_answer(draw),
					     .drops = draw_answer(draw),
					     .drops_at = draw_text(draw),
					     .privileged = draw_answer(draw),
					     .capabilities = draw_list(draw, draw_text)};
}

static const struct silt_posture *draw_posture(struct draw *draw)
{
	struct silt_posture *posture = checked(silt_arena_alloc(draw->arena, sizeof(*posture)));
	draw_user(draw, &posture->user);
	draw_start(draw, &posture->start);
	draw_writable(draw, posture);
	posture->base = (struct silt_posture_base){.distribution = draw_answer(draw),
						   .id = draw_text(draw),
						   .version = draw_text(draw),
						   .end_of_life = draw_answer(draw),
						   .expired = draw_yes_or_no(draw),
						   .name = draw_answer(draw),
						   .digest = draw_answer(draw),
						   .layers = draw_number(draw),
						   .guessed = draw_below(draw, 2)};
	posture->rights = (struct silt_posture_rights){.no_new_privileges = draw_yes_or_no(draw),
						       .losers = draw_list(draw, draw_path),
						       .shell_free = draw_yes_or_no(draw),
						       .shells = draw_list(draw, draw_path)};
	posture->health = (enum silt_health)draw_below(draw, SILT_HEALTH_NOT_REPRESENTABLE + 1);
	posture->ports = draw_list(draw, draw_text);
	posture->volumes = draw_list(draw, draw_path);
	posture->builder = draw_answer(draw);
	posture->logs = draw_list(draw, draw_path);
	posture->lock_files = draw_list(draw, draw_path);
	posture->certificates = draw_list(draw, draw_text);
	return posture;
}

/* ---- Images ---------------------------------------------------------------------------------------------------------- */

static void draw_image(struct draw *draw, struct silt_image *image)
{
	*image = (struct silt_image){.name_count = draw_below(draw, 3),
				     .config_digest = draw_digest(draw),
				     .manifest_digest = draw_digest(draw),
				     .platform = draw_text(draw),
				     .created = draw_text(draw),
				     .user = draw_text(draw),
				     .declared_by = draw_text(draw),
				     .history_attributed = draw_below(draw, 2),
				     .layer_count = draw_below(draw, 4),
				     .bytes = draw_number(draw)};
	image->names = draw_items(draw, image->name_count, draw_text);
	image->posture = draw_posture(draw);
	struct silt_layer *layers = checked(silt_arena_alloc(draw->arena, (image->layer_count + 1) * sizeof(*layers)));
	for (size_t i = 0; i < image->layer_count; i++) {
		layers[i] = (struct silt_layer){.diff_id = draw_digest(draw),
						.digest = draw_digest(draw),
						.compression = draw_text(draw),
						.member = draw_text(draw),
						.instruction = draw_text(draw),
						.heritage = (enum silt_heritage)draw_below(draw, 3),
						.present = draw_below(draw, 4)};
	}
	image->layers = layers;
}

/* ---- Findings -------------------------------------------------------------------------------------------------------- */

/* SIZE_MAX: none. */
static size_t draw_index(struct draw *draw, size_t count)
{
	size_t index = draw_below(draw, count + 1);
	return index < count ? index : SIZE_MAX;
}

static void draw_sighting(struct draw *draw, const struct silt_result *result, struct silt_sighting *sighting)
{
	size_t image = draw_index(draw, result->image_count);
	size_t layers = image == SIZE_MAX ? 0 : result->images[image].layer_count;
	*sighting = (struct silt_sighting){.image = image,
					   .layer = draw_index(draw, layers),
					   .history_line = draw_index(draw, 3),
					   .place = draw_text(draw),
					   .path = draw_bytes(draw),
					   .member = draw_text(draw),
					   .has_offset = draw_below(draw, 2),
					   .offset = draw_number(draw),
					   .length = draw_number(draw),
					   .fate = (enum silt_fate)draw_below(draw, SILT_FATE_VISIBLE + 1),
					   .added_by = draw_text(draw),
					   .cause_layer = draw_index(draw, layers),
					   .hidden_by = draw_text(draw),
					   .resurrected = draw_below(draw, 2),
					   .note = draw_text(draw)};
}

static void draw_finding(struct draw *draw, const struct silt_result *result, struct silt_finding *finding)
{
	*finding = (struct silt_finding){.rule = draw_text(draw),
					 .pattern = draw_text(draw),
					 .title = draw_text(draw),
					 .severity = (enum silt_severity)draw_below(draw, SILT_SEVERITY_CRITICAL + 1),
					 .confidence = (enum silt_confidence)draw_below(draw, 3),
					 .subject = draw_text(draw),
					 .detail = draw_text(draw),
					 .remedy = draw_text(draw),
					 .secret = draw_bytes(draw),
					 .exposure = (enum silt_fate)draw_below(draw, SILT_FATE_VISIBLE + 1),
					 .heritage = (enum silt_heritage)draw_below(draw, 3),
					 .fingerprint = "00000000000000000000000000000000",
					 .suppressed = "",
					 .standing_why = "",
					 .sighting_count = draw_below(draw, 4)};
	struct silt_sighting *all =
		checked(silt_arena_alloc(draw->arena, (finding->sighting_count + 1) * sizeof(*all)));
	for (size_t i = 0; i < finding->sighting_count; i++) {
		draw_sighting(draw, result, &all[i]);
	}
	finding->sightings = all;
}

static void draw_findings(struct draw *draw, struct silt_result *result)
{
	result->finding_count = draw_below(draw, 5);
	result->suppressed_count = draw_below(draw, 2);
	size_t count = result->finding_count + result->suppressed_count;
	struct silt_finding *all = checked(silt_arena_alloc(draw->arena, (count + 1) * sizeof(*all)));
	for (size_t i = 0; i < count; i++) {
		draw_finding(draw, result, &all[i]);
		all[i].suppressed = i < result->finding_count ? "" : "suppressed";
	}
	result->findings = all;
	result->suppressed = all + result->finding_count;
}

static void draw_gaps(struct draw *draw, struct silt_coverage *coverage)
{
	coverage->gap_count = draw_below(draw, 3);
	struct silt_gap *gaps = checked(silt_arena_alloc(draw->arena, (coverage->gap_count + 1) * sizeof(*gaps)));
	for (size_t i = 0; i < coverage->gap_count; i++) {
		gaps[i] = (struct silt_gap){.place = draw_text(draw),
					    .reason = draw_text(draw),
					    .has_offset = draw_below(draw, 2),
					    .offset = draw_number(draw),
					    .bytes = draw_number(draw)};
	}
	coverage->gaps = gaps;
	coverage->complete = coverage->gap_count == 0;
}

void make_result(struct silt_bytes bytes, struct silt_result *result)
{
	struct draw draw = {bytes, &result->arena};
	*result = (struct silt_result){.format = "unknown"};
	result->name = draw_text(&draw);
	result->image_count = draw_below(&draw, 3);
	struct silt_image *images = checked(silt_arena_alloc(draw.arena, (result->image_count + 1) * sizeof(*images)));
	for (size_t i = 0; i < result->image_count; i++) {
		draw_image(&draw, &images[i]);
	}
	result->images = images;
	draw_findings(&draw, result);
	draw_gaps(&draw, &result->coverage);
}
