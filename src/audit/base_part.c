/* Telling the base of an image from what was built on it. */
#include "audit/base_part.h"

#include "audit/history_id.h"

#include <stdio.h>

/* ---- Bases that somebody named ------------------------------------------------------------------------------------- */

static bool is_layer(const struct silt_record *record, const char *diff_id)
{
	char text[SILT_DIGEST_TEXT_SIZE];
	if (!record) {
		return false; /* of an absent layer nothing is known but a claim */
	}
	silt_digest_text(&record->diff_id, text);
	return strcmp(text, diff_id) == 0;
}

bool silt_image_begins_with(const struct silt_audited_image *image, const struct silt_base *base)
{
	for (size_t i = 0; i < base->count; i++) {
		if (i >= image->layer_count || !is_layer(image->layers[i], base->diff_ids[i])) {
			return false;
		}
	}
	return base->count > 0;
}

/* Lines of history that made the first `layers` layers, with those without a layer behind the last of them. */
static size_t lines_of_layers(const struct silt_audited_image *image, size_t layers)
{
	const struct silt_config *config = &image->declared->config;
	if (config->history_layers != image->layer_count) {
		return 0;
	}
	size_t line = 0;
	for (size_t seen = 0; line < config->history_count; line++) {
		seen += !config->history[line].empty_layer;
		if (seen > layers) {
			break;
		}
	}
	/* What has no layer and follows the base may be of either; what it sets belongs to who can change it. */
	while (line > 0 && layers > 0 && config->history[line - 1].empty_layer) {
		line--;
	}
	return line;
}

bool silt_history_is_plain(const struct silt_declared_image *declared, const struct silt_inventory *inventory)
{
	if (declared->config_member == SILT_MEMBER_NONE) {
		return false;
	}
	const struct silt_json *config = inventory->members[declared->config_member].document;
	return config && !silt_json_collision(config, 0);
}

/* So many lines from the first on are in the history of the base, too, of `lines` that could be. */
static size_t lines_in_common(const struct silt_config *config, const struct silt_base *base, size_t lines)
{
	size_t line = 0;
	char id[SILT_HISTORY_ID_SIZE];
	while (line < lines && line < base->line_count && *silt_history_id(&config->history[line], id) &&
	       strcmp(id, base->lines[line]) == 0) {
		line++;
	}
	return line;
}

/*
 * Diff IDs vouch for the tars and for nothing else: whoever builds the image writes all of its history, and compresses
 * the layers as they like.
 */
static struct silt_base_part named_base(const struct silt_options *options, const struct silt_audited_image *image,
					const struct silt_inventory *inventory)
{
	struct silt_base_part part = {.known = true, .named = true};
	bool plain = image->declared && silt_history_is_plain(image->declared, inventory);
	for (size_t i = 0; i < options->base_count; i++) {
		const struct silt_base *base = &options->bases[i];
		if (base->count < part.layers || !silt_image_begins_with(image, base)) {
			continue;
		}
		size_t lines = image->declared ? lines_of_layers(image, base->count) : 0;
		size_t vouched = plain ? lines_in_common(&image->declared->config, base, lines) : 0;
		if (base->count > part.layers || vouched > part.vouched_lines) {
			part.layers = base->count;
			part.lines = lines;
			part.vouched_lines = vouched;
		}
	}
	return part;
}

/* ---- Bases in the same bundle -------------------------------------------------------------------------------------- */

struct silt_bytes silt_base_label(const struct silt_declared_image *declared, const struct silt_inventory *inventory,
				  const char *key)
{
	char name[64];
	snprintf(name, sizeof(name), "org.opencontainers.image.%s", key);
	for (size_t i = 0; i < declared->config.label_count; i++) {
		if (silt_bytes_equal(declared->config.labels[i].key, silt_bytes_text(name))) {
			return declared->config.labels[i].value;
		}
	}
	if (declared->manifest_member == SILT_MEMBER_NONE) {
		return silt_bytes(NULL, 0);
	}
	const struct silt_json *manifest = inventory->members[declared->manifest_member].document;
	if (!manifest) {
		return silt_bytes(NULL, 0);
	}
	const struct silt_json_value *annotations = silt_json_get(silt_json_root(manifest), "annotations");
	return silt_json_string(silt_json_get(annotations, name));
}

static bool is_called(const struct silt_declared_image *image, struct silt_bytes name, struct silt_bytes digest)
{
	char text[SILT_DIGEST_TEXT_SIZE];
	silt_digest_text(&image->manifest_digest, text);
	bool found = digest.len > 0 && silt_bytes_equal(digest, silt_bytes_text(text));
	for (size_t i = 0; i < image->name_count; i++) {
		found = found || (name.len > 0 && silt_bytes_equal(image->names[i], name));
	}
	return found;
}

static bool is_built_on(const struct silt_declared_image *image, const struct silt_declared_image *base)
{
	bool begins = base->layer_count > 0 && base->layer_count < image->layer_count;
	for (size_t i = 0; begins && i < base->layer_count; i++) {
		begins = image->layers[i].member == base->layers[i].member &&
			 image->layers[i].member != SILT_MEMBER_NONE;
	}
	return begins;
}

static struct silt_base_part labelled_base(const struct silt_images *images, const struct silt_audited_image *image,
					   const struct silt_inventory *inventory)
{
	struct silt_bytes name = silt_base_label(image->declared, inventory, "base.name");
	struct silt_bytes digest = silt_base_label(image->declared, inventory, "base.digest");
	for (size_t i = 0; i < images->count; i++) {
		const struct silt_declared_image *base = &images->images[i];
		if (is_called(base, name, digest) && is_built_on(image->declared, base)) {
			size_t lines = lines_of_layers(image, base->layer_count);
			return (struct silt_base_part){.known = true,
						       .blobs = true,
						       .layers = base->layer_count,
						       .lines = lines,
						       .vouched_lines = lines};
		}
	}
	return (struct silt_base_part){0};
}

/* ---- Guessing ------------------------------------------------------------------------------------------------------ */

static bool begins_instruction(const struct silt_history *history, const char *word, bool to_root)
{
	struct silt_instruction instruction = silt_history_read(history);
	return silt_instruction_begins(instruction, word) &&
	       (!to_root || silt_bytes_end_with(silt_bytes_trim(instruction.text), SILT_LITERAL(" /")));
}

/* Some distributions set labels and variables before they add their files. */
static size_t first_filling_line(const struct silt_config *config)
{
	size_t line = 0;
	while (line < config->history_count && config->history[line].empty_layer &&
	       !begins_instruction(&config->history[line], "ADD ", false) &&
	       !begins_instruction(&config->history[line], "COPY ", false) &&
	       !begins_instruction(&config->history[line], "RUN ", false)) {
		line++;
	}
	return line;
}

/*
 * Base images end with the CMD that those built on them replace:
 *
 *     LABEL ..., ADD file:1 in /, CMD ["bash"]     the ADD has no layer, and CMD has it: buildah without --layers
 *     # debian.sh --arch 'amd64' ...               all of it, since debuerreotype writes the image without a builder
 */
static struct silt_base_part guessed_base(const struct silt_audited_image *image)
{
	const struct silt_config *config = &image->declared->config;
	struct silt_base_part part = {.known = true, .guessed = true};
	size_t first = first_filling_line(config);
	if (config->history_layers != image->layer_count || first == config->history_count) {
		return (struct silt_base_part){0};
	}
	const struct silt_history *root = &config->history[first];
	bool complete = silt_bytes_start_with(root->comment, SILT_LITERAL("debuerreotype"));
	bool adds = begins_instruction(root, "ADD ", true);
	while ((adds || complete) && part.lines < config->history_count) {
		const struct silt_history *line = &config->history[part.lines++];
		bool ends = begins_instruction(line, "CMD ", false) && (line->empty_layer || root->empty_layer);
		part.layers += !line->empty_layer;
		if (ends || (complete && line == root)) {
			part.vouched_lines = part.lines; /* nobody vouches for anything in a guess */
			return part;
		}
	}
	return (struct silt_base_part){0};
}

struct silt_base_part silt_base_part_of(const struct silt_options *options, const struct silt_images *images,
					const struct silt_audited_image *image, const struct silt_inventory *inventory)
{
	if (options && options->base_count > 0) {
		return named_base(options, image, inventory);
	}
	if (!image->declared) {
		return (struct silt_base_part){0};
	}
	struct silt_base_part part = labelled_base(images, image, inventory);
	return part.known ? part : guessed_base(image);
}

/* ---- Findings ------------------------------------------------------------------------------------------------------ */

static enum silt_heritage of_place(const struct silt_context *context, const struct silt_sighting *sighting)
{
	if (sighting->image >= context->image_count) {
		return SILT_HERITAGE_UNKNOWN;
	}
	const struct silt_audited_image *image = &context->images[sighting->image];
	if (!image->base.known) {
		return SILT_HERITAGE_UNKNOWN;
	}
	if (sighting->layer != SIZE_MAX && (!sighting->framing || image->base.blobs)) {
		return silt_heritage_of_layer(image, sighting->layer);
	}
	if (sighting->history_line != SIZE_MAX && sighting->history_line < image->base.vouched_lines) {
		return SILT_HERITAGE_BASE;
	}
	return SILT_HERITAGE_OWN; /* each image has a config of its own */
}

enum silt_heritage silt_heritage_of_places(const struct silt_context *context, const struct silt_sighting *sightings,
					   size_t count)
{
	bool unknown = count == 0;
	for (size_t i = 0; i < count; i++) {
		enum silt_heritage heritage = of_place(context, &sightings[i]);
		if (heritage == SILT_HERITAGE_OWN) {
			return heritage;
		}
		unknown = unknown || heritage == SILT_HERITAGE_UNKNOWN;
	}
	return unknown ? SILT_HERITAGE_UNKNOWN : SILT_HERITAGE_BASE;
}
