/* Signs of squashing and flattening. What each tool leaves is in image-formats 12 and in its own source. */
#include "audit/squash.h"

#include "audit/history.h"
#include "base/attributes.h"

/* The last layer, and the last line, unless a sign says otherwise. */
struct sign {
	const struct silt_audited_image *image;
	const struct silt_config *config;
	size_t line; /* that it was found in */
};

static bool starts(struct silt_bytes text, const char *start)
{
	return silt_bytes_start_with(silt_bytes_trim(text), silt_bytes_text(start));
}

/* moby daemon/images/image_squash.go: the steps stay without layers, a last line has the merged one. */
static bool is_docker_squash_flag(struct sign *sign)
{
	for (size_t i = sign->config->history_count; i > 0; i--) {
		const struct silt_history *line = &sign->config->history[i - 1];
		sign->line = i - 1;
		if (line->created_by.len == 0 &&
		    (starts(line->comment, "merge sha256:") || starts(line->comment, "create new from sha256:"))) {
			return true;
		}
	}
	return false;
}

/* go-containerregistry cmd/crane/cmd/flatten.go: one line, with the old history as JSON for a comment. */
static bool is_crane_flatten(struct sign *sign)
{
	const struct silt_config *config = sign->config;
	if (config->history_count == 0) {
		return false;
	}
	const struct silt_history *line = &config->history[0];
	sign->line = 0;
	return silt_bytes_find(line->created_by, SILT_LITERAL("crane flatten ")) != SIZE_MAX ||
	       (config->history_count == 1 && config->diff_id_count == 1 && starts(line->comment, "[{"));
}

/* One layer, one line: the tree of a container that was exported, or of anything else. */
static bool is_import(struct sign *sign)
{
	const struct silt_config *config = sign->config;
	sign->line = 0;
	if (config->history_count != 1 || config->diff_id_count != 1) {
		return false;
	}
	enum silt_builder builder = silt_builder_of_line(config, &config->history[0]);
	bool bare = builder == SILT_BUILDER_UNKNOWN && config->history[0].created_by.len == 0 &&
		    config->history[0].comment.len > 0;
	return builder == SILT_BUILDER_IMPORT || bare;
}

static bool is_mint(struct sign *sign)
{
	for (size_t i = 0; i < sign->config->history_count; i++) {
		sign->line = i;
		if (silt_builder_of_line(sign->config, &sign->config->history[i]) == SILT_BUILDER_MINT) {
			return true;
		}
	}
	return false;
}

static bool is_date_of_nothing(struct silt_bytes created)
{
	return created.len == 0 || starts(created, "0001") || starts(created, "1970") || starts(created, "1980");
}

/*
 * goldmann/docker-squash docker_squash/v2_image.py: the history of the layers that were left alone, and one more line
 * with a layer, a date, perhaps a comment, and nothing else. Tools that write such lines for each of their layers, or
 * without a date, are others.
 */
static bool is_docker_squash_tool(struct sign *sign)
{
	const struct silt_config *config = sign->config;
	if (config->history_count < 2) {
		return false;
	}
	sign->line = config->history_count - 1;
	const struct silt_history *last = &config->history[sign->line], *before = last - 1;
	return last->created_by.len == 0 && last->author.len == 0 && !last->empty_layer &&
	       !is_date_of_nothing(last->created) && before->created_by.len > 0 &&
	       silt_builder_of_line(config, last) == SILT_BUILDER_UNKNOWN;
}

static bool adds_files(enum silt_step_kind kind)
{
	return kind == SILT_STEP_COPY || kind == SILT_STEP_ADD;
}

/* What cannot put a file into a layer. WORKDIR makes its directory. */
static bool is_setting(enum silt_step_kind kind)
{
	return kind != SILT_STEP_OTHER && kind != SILT_STEP_RUN && kind != SILT_STEP_WORKDIR && !adds_files(kind);
}

/* One that copied files has no layer, or one that set something has: other lines' files are in it. */
static bool is_buildah(struct sign *sign)
{
	for (size_t i = sign->config->history_count; i > 0; i--) {
		const struct silt_history *line = &sign->config->history[i - 1];
		enum silt_step_kind kind = silt_step_kind_of(line);
		sign->line = i - 1;
		bool odd = line->empty_layer ? adds_files(kind) : is_setting(kind);
		if (odd && silt_builder_of_line(sign->config, line) == SILT_BUILDER_BUILDAH) {
			return true;
		}
	}
	return false;
}

/* The one line of kaniko is a setting, and has a layer with files. */
static bool is_kaniko(struct sign *sign)
{
	size_t count = 0;
	for (size_t i = 0; i < sign->config->history_count; i++) {
		if (silt_builder_of_line(sign->config, &sign->config->history[i]) == SILT_BUILDER_KANIKO) {
			sign->line = i;
			count++;
		}
	}
	const struct silt_record *last =
		sign->image->layer_count > 0 ? sign->image->layers[sign->image->layer_count - 1] : NULL;
	return count == 1 && !sign->config->history[sign->line].empty_layer && last && last->entry_count > 0 &&
	       is_setting(silt_step_kind_of(&sign->config->history[sign->line]));
}

static const struct {
	bool (*fits)(struct sign *sign);
	const char *tool, *sign;
} signs[] = {
	{is_docker_squash_flag, "docker build --squash", "is the mark of a merge"},
	{is_crane_flatten, "crane flatten", "holds the history that was replaced"},
	{is_import, "docker import", "is the only one, and says where the files were imported from"},
	{is_mint, "mint (docker-slim)", "was written by mint"},
	{is_docker_squash_tool, "docker-squash, or docker commit", "has a layer and no instruction"},
	{is_buildah, "buildah or podman, with --squash or without --layers",
	 "has its files in the layer of another line"},
	{is_kaniko, "kaniko --single-snapshot", "is a setting, and has a layer with files"},
};

/* The layer of a line, or the last one if that cannot be said. */
static size_t layer_of_line(const struct silt_audited_image *image, size_t line)
{
	const struct silt_config *config = &image->declared->config;
	size_t layer = 0, last = image->layer_count > 0 ? image->layer_count - 1 : 0;
	if (config->history_layers != image->layer_count) {
		return last;
	}
	for (size_t i = 0; i < line; i++) {
		layer += !config->history[i].empty_layer;
	}
	return layer < last ? layer : last;
}

static size_t lines_without_layer(const struct silt_config *config)
{
	size_t count = 0;
	for (size_t i = 0; i < config->history_count; i++) {
		enum silt_step_kind kind = silt_step_kind_of(&config->history[i]);
		count += config->history[i].empty_layer && (kind == SILT_STEP_RUN || adds_files(kind));
	}
	return count;
}

struct silt_squash silt_squash_of(const struct silt_audited_image *image)
{
	struct silt_squash squash = {0};
	if (!image->declared) {
		return squash;
	}
	struct sign sign = {.image = image, .config = &image->declared->config};
	for (size_t i = 0; i < SILT_COUNT(signs) && !squash.tool; i++) {
		if (signs[i].fits(&sign)) {
			squash.tool = signs[i].tool;
			squash.sign = signs[i].sign;
			squash.line = sign.line;
			squash.layer = layer_of_line(image, sign.line);
			squash.without = lines_without_layer(sign.config);
		}
	}
	return squash;
}

/* ---- What survives -------------------------------------------------------------------------------------------------- */

const struct silt_squash *silt_squashes_of(const struct silt_context *context)
{
	struct silt_squash *squashes = silt_arena_alloc(context->arena, context->image_count * sizeof(*squashes));
	for (size_t i = 0; squashes && i < context->image_count; i++) {
		squashes[i] = silt_squash_of(&context->images[i]);
	}
	return squashes;
}

const char *silt_squash_survivor(const struct silt_context *context, const struct silt_squash *squashes,
				 const struct silt_sighting *sighting, const char **tool)
{
	*tool = NULL;
	if (sighting->image < context->image_count) {
		*tool = squashes[sighting->image].tool;
	}
	for (size_t i = 0; sighting->image == SIZE_MAX && i < context->image_count && !*tool; i++) {
		*tool = squashes[i].tool;
	}
	if (!*tool) {
		return NULL;
	}
	if (sighting->image == SIZE_MAX) {
		return "what lies beside the image is kept";
	}
	if (sighting->layer == SIZE_MAX) {
		bool history = strstr(sighting->place, "history line") != NULL;
		return history ? "the text of the history is kept" : "the config is kept";
	}
	return sighting->layer < squashes[sighting->image].layer ? "the layers below are kept" : NULL;
}
