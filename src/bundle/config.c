/* Reading image configs. */
#include "bundle/config.h"

#include "bundle/runtime.h"

static struct silt_bytes text(const struct silt_json_value *object, const char *key)
{
	return silt_json_string(silt_json_get(object, key));
}

/* An array of strings. Elements that are none are kept as empty ones: places in a list mean something. */
static bool read_list(const struct silt_json_value *array, struct silt_arena *arena, struct silt_bytes **items,
		      size_t *count)
{
	*items = NULL;
	*count = silt_json_type(array) == SILT_JSON_ARRAY ? silt_json_count(array) : 0;
	if (*count == 0) {
		return true;
	}
	struct silt_bytes *list = silt_arena_alloc(arena, *count * sizeof(*list));
	for (size_t i = 0; list && i < *count; i++) {
		list[i] = silt_json_string(silt_json_at(array, i));
	}
	*items = list;
	return list != NULL;
}

/* Entrypoint and Cmd: Docker takes a lone string for a list of one. */
static bool read_command(const struct silt_json_value *value, struct silt_arena *arena, struct silt_bytes **items,
			 size_t *count)
{
	if (silt_json_type(value) != SILT_JSON_STRING) {
		return read_list(value, arena, items, count);
	}
	*items = silt_arena_alloc(arena, sizeof(**items));
	*count = *items ? 1 : 0;
	if (*items) {
		**items = silt_json_string(value);
	}
	return *items != NULL;
}

static bool read_labels(const struct silt_json_value *object, struct silt_arena *arena, struct silt_config *out)
{
	size_t count = silt_json_type(object) == SILT_JSON_OBJECT ? silt_json_count(object) : 0;
	if (count == 0) {
		return true;
	}
	out->labels = silt_arena_alloc(arena, count * sizeof(*out->labels));
	const struct silt_json_value *value;
	for (size_t i = 0; out->labels && silt_json_member(object, i, &out->labels[i].key, &value); i++) {
		out->labels[i].value = silt_json_string(value);
		out->label_count = i + 1;
	}
	return out->labels != NULL;
}

/* Nothing stands in the line that struct silt_history does not tell. */
static bool is_plain(const struct silt_json_value *entry)
{
	static const char *const texts[] = {"created", "created_by", "comment", "author"};
	const struct silt_json_value *empty = silt_json_get(entry, "empty_layer");
	size_t known = silt_json_type(empty) == SILT_JSON_BOOL;
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		known += silt_json_type(silt_json_get(entry, texts[i])) == SILT_JSON_STRING;
	}
	return silt_json_type(entry) == SILT_JSON_OBJECT && known == silt_json_count(entry);
}

static struct silt_history read_history_entry(const struct silt_json_value *entry)
{
	return (struct silt_history){
		.created = text(entry, "created"),
		.created_by = text(entry, "created_by"),
		.comment = text(entry, "comment"),
		.author = text(entry, "author"),
		.empty_layer = silt_json_true(silt_json_get(entry, "empty_layer")),
		.plain = is_plain(entry),
	};
}

static bool read_history(const struct silt_json_value *array, struct silt_arena *arena, struct silt_config *out)
{
	size_t count = silt_json_type(array) == SILT_JSON_ARRAY ? silt_json_count(array) : 0;
	if (count == 0) {
		return true;
	}
	out->history = silt_arena_alloc(arena, count * sizeof(*out->history));
	for (; out->history && out->history_count < count; out->history_count++) {
		struct silt_history entry = read_history_entry(silt_json_at(array, out->history_count));
		out->history[out->history_count] = entry;
		out->history_layers += !entry.empty_layer;
	}
	return out->history != NULL;
}

/* The keys of an object: ExposedPorts and Volumes, which are sets. */
static bool read_set(const struct silt_json_value *object, struct silt_arena *arena, struct silt_bytes **items,
		     size_t *count)
{
	*items = NULL;
	size_t size = silt_json_type(object) == SILT_JSON_OBJECT ? silt_json_count(object) : 0;
	*count = 0;
	if (size == 0) {
		return true;
	}
	*items = silt_arena_alloc(arena, size * sizeof(**items));
	const struct silt_json_value *value;
	for (size_t i = 0; *items && silt_json_member(object, i, &(*items)[i], &value); i++) {
		*count = i + 1;
	}
	return *items != NULL;
}

static bool read_service(const struct silt_json_value *object, struct silt_arena *arena, struct silt_config *out)
{
	const struct silt_json_value *health = silt_json_get(object, "Healthcheck");
	out->stop_signal = text(object, "StopSignal");
	out->has_health = silt_json_type(health) == SILT_JSON_OBJECT;
	return read_list(silt_json_get(health, "Test"), arena, &out->health, &out->health_count) &&
	       read_list(silt_json_get(object, "OnBuild"), arena, &out->on_build, &out->on_build_count) &&
	       read_list(silt_json_get(object, "Shell"), arena, &out->shell, &out->shell_count) &&
	       read_set(silt_json_get(object, "Volumes"), arena, &out->volumes, &out->volume_count) &&
	       read_set(silt_json_get(object, "ExposedPorts"), arena, &out->ports, &out->port_count);
}

bool silt_config_read_runtime(const struct silt_json_value *object, struct silt_arena *arena, struct silt_config *out)
{
	out->user = text(object, "User");
	out->working_dir = text(object, "WorkingDir");
	return read_list(silt_json_get(object, "Env"), arena, &out->env, &out->env_count) &&
	       read_command(silt_json_get(object, "Entrypoint"), arena, &out->entrypoint, &out->entrypoint_count) &&
	       read_command(silt_json_get(object, "Cmd"), arena, &out->cmd, &out->cmd_count) &&
	       read_labels(silt_json_get(object, "Labels"), arena, out) && read_service(object, arena, out);
}

static bool read_all(const struct silt_json_value *root, struct silt_arena *arena, struct silt_config *out)
{
	out->created = text(root, "created");
	out->architecture = text(root, "architecture");
	out->os = text(root, "os");
	out->variant = text(root, "variant");
	out->author = text(root, "author");
	const struct silt_json_value *diff_ids = silt_json_get(silt_json_get(root, "rootfs"), "diff_ids");
	return silt_config_read_runtime(silt_json_get(root, "config"), arena, out) &&
	       read_list(diff_ids, arena, &out->diff_ids, &out->diff_id_count) &&
	       read_history(silt_json_get(root, "history"), arena, out);
}

enum silt_status silt_config_read(const struct silt_json *document, struct silt_arena *arena, struct silt_config *out,
				  struct silt_error *err)
{
	struct silt_config config = {0};
	if (!read_all(silt_json_root(document), arena, &config)) {
		return silt_fail_memory(err);
	}
	*out = config;
	return SILT_OK;
}

const struct silt_history *silt_config_instruction(const struct silt_config *config, size_t layer, size_t layer_count)
{
	if (config->history_layers != layer_count || layer >= layer_count) {
		return NULL;
	}
	for (size_t i = 0; i < config->history_count; i++) {
		if (!config->history[i].empty_layer && layer-- == 0) {
			return &config->history[i];
		}
	}
	return NULL;
}
