/*
 * Types of values in documents. Go refuses a document in which one is of another type than the field it goes to, and so
 * do Docker, containerd and podman. Other programs take it for absent, or for what it looks like.
 */
#include "bundle/resolve.h"

enum {
	BOOL = 1 << SILT_JSON_BOOL,
	NUMBER = 1 << SILT_JSON_NUMBER, /* and none below 0 or with a fraction */
	STRING = 1 << SILT_JSON_STRING,
	ARRAY = 1 << SILT_JSON_ARRAY,
	OBJECT = 1 << SILT_JSON_OBJECT,
	STEPS_MAX = 4,
};

#define EACH "*" /* the elements of an array, or the values of an object */

/* Null is fine everywhere, and so is nothing. A lone string is fine for a command. */
static const struct row {
	enum silt_shape shape;
	const char *steps[STEPS_MAX]; /* from the root on */
	int types;
	const char *place; /* for people */
	const char *wanted;
} rows[] = {
	{SILT_SHAPE_ARCHIVE_MANIFEST, {EACH}, OBJECT, "An item", "an object"},
	{SILT_SHAPE_ARCHIVE_MANIFEST, {EACH, "Config"}, STRING, "Config", "a string"},
	{SILT_SHAPE_ARCHIVE_MANIFEST, {EACH, "Layers"}, ARRAY, "Layers", "a list"},
	{SILT_SHAPE_ARCHIVE_MANIFEST, {EACH, "Layers", EACH}, STRING, "An item of Layers", "a string"},
	{SILT_SHAPE_ARCHIVE_MANIFEST, {EACH, "RepoTags"}, ARRAY, "RepoTags", "a list"},
	{SILT_SHAPE_ARCHIVE_MANIFEST, {EACH, "RepoTags", EACH}, STRING, "An item of RepoTags", "a string"},

	{SILT_SHAPE_CONFIG, {"architecture"}, STRING, "architecture", "a string"},
	{SILT_SHAPE_CONFIG, {"os"}, STRING, "os", "a string"},
	{SILT_SHAPE_CONFIG, {"created"}, STRING, "created", "a string"},
	{SILT_SHAPE_CONFIG, {"config"}, OBJECT, "config", "an object"},
	{SILT_SHAPE_CONFIG, {"config", "User"}, STRING, "config.User", "a string"},
	{SILT_SHAPE_CONFIG, {"config", "WorkingDir"}, STRING, "config.WorkingDir", "a string"},
	{SILT_SHAPE_CONFIG, {"config", "Env"}, ARRAY, "config.Env", "a list"},
	{SILT_SHAPE_CONFIG, {"config", "Env", EACH}, STRING, "An item of config.Env", "a string"},
	{SILT_SHAPE_CONFIG, {"config", "Entrypoint"}, ARRAY | STRING, "config.Entrypoint", "a list"},
	{SILT_SHAPE_CONFIG, {"config", "Entrypoint", EACH}, STRING, "An item of config.Entrypoint", "a string"},
	{SILT_SHAPE_CONFIG, {"config", "Cmd"}, ARRAY | STRING, "config.Cmd", "a list"},
	{SILT_SHAPE_CONFIG, {"config", "Cmd", EACH}, STRING, "An item of config.Cmd", "a string"},
	{SILT_SHAPE_CONFIG, {"config", "Labels"}, OBJECT, "config.Labels", "an object"},
	{SILT_SHAPE_CONFIG, {"config", "Labels", EACH}, STRING, "A label", "a string"},
	{SILT_SHAPE_CONFIG, {"config", "ExposedPorts"}, OBJECT, "config.ExposedPorts", "an object"},
	{SILT_SHAPE_CONFIG, {"config", "Volumes"}, OBJECT, "config.Volumes", "an object"},
	{SILT_SHAPE_CONFIG, {"config", "OnBuild"}, ARRAY, "config.OnBuild", "a list"},
	{SILT_SHAPE_CONFIG, {"rootfs"}, OBJECT, "rootfs", "an object"},
	{SILT_SHAPE_CONFIG, {"rootfs", "diff_ids"}, ARRAY, "rootfs.diff_ids", "a list"},
	{SILT_SHAPE_CONFIG, {"rootfs", "diff_ids", EACH}, STRING, "A diff ID", "a string"},
	{SILT_SHAPE_CONFIG, {"history"}, ARRAY, "history", "a list"},
	{SILT_SHAPE_CONFIG, {"history", EACH}, OBJECT, "An item of history", "an object"},
	{SILT_SHAPE_CONFIG, {"history", EACH, "created_by"}, STRING, "created_by of a line of history", "a string"},
	{SILT_SHAPE_CONFIG,
	 {"history", EACH, "empty_layer"},
	 BOOL,
	 "empty_layer of a line of history",
	 "true or false"},

	{SILT_SHAPE_MANIFEST, {"config"}, OBJECT, "config", "an object"},
	{SILT_SHAPE_MANIFEST, {"config", "digest"}, STRING, "config.digest", "a string"},
	{SILT_SHAPE_MANIFEST, {"config", "size"}, NUMBER, "config.size", "a number of bytes"},
	{SILT_SHAPE_MANIFEST, {"layers"}, ARRAY, "layers", "a list"},
	{SILT_SHAPE_MANIFEST, {"layers", EACH}, OBJECT, "An item of layers", "an object"},
	{SILT_SHAPE_MANIFEST, {"layers", EACH, "mediaType"}, STRING, "mediaType of a layer", "a string"},
	{SILT_SHAPE_MANIFEST, {"layers", EACH, "digest"}, STRING, "digest of a layer", "a string"},
	{SILT_SHAPE_MANIFEST, {"layers", EACH, "size"}, NUMBER, "size of a layer", "a number of bytes"},

	{SILT_SHAPE_INDEX, {"manifests"}, ARRAY, "manifests", "a list"},
	{SILT_SHAPE_INDEX, {"manifests", EACH}, OBJECT, "An item of manifests", "an object"},
	{SILT_SHAPE_INDEX, {"manifests", EACH, "mediaType"}, STRING, "mediaType of a manifest", "a string"},
	{SILT_SHAPE_INDEX, {"manifests", EACH, "digest"}, STRING, "digest of a manifest", "a string"},
	{SILT_SHAPE_INDEX, {"manifests", EACH, "size"}, NUMBER, "size of a manifest", "a number of bytes"},
	{SILT_SHAPE_INDEX, {"manifests", EACH, "platform"}, OBJECT, "platform of a manifest", "an object"},
};

static const char *type_name(const struct silt_json_value *value)
{
	static const char *const names[] = {
		[SILT_JSON_NULL] = "null",       [SILT_JSON_BOOL] = "true or false", [SILT_JSON_NUMBER] = "a number",
		[SILT_JSON_STRING] = "a string", [SILT_JSON_ARRAY] = "a list",       [SILT_JSON_OBJECT] = "an object",
	};
	uint64_t number;
	bool odd = silt_json_type(value) == SILT_JSON_NUMBER && !silt_json_unsigned(value, &number);
	return odd ? "another number" : names[silt_json_type(value)];
}

static bool fits(const struct silt_json_value *value, int types)
{
	enum silt_json_type type = silt_json_type(value);
	uint64_t number;
	return type == SILT_JSON_NULL ||
	       ((types >> type & 1) && (type != SILT_JSON_NUMBER || silt_json_unsigned(value, &number)));
}

/* Element `index` of an array, or value `index` of an object; NULL beyond the last. */
static const struct silt_json_value *part_at(const struct silt_json_value *whole, size_t index)
{
	const struct silt_json_value *value = NULL;
	struct silt_bytes key;
	if (silt_json_type(whole) == SILT_JSON_ARRAY) {
		return silt_json_at(whole, index);
	}
	return silt_json_member(whole, index, &key, &value) ? value : NULL;
}

/* The first value of another type at the end of these steps, or NULL. As deep as the table, however deep the document. */
static const struct silt_json_value *find_misfit(const struct silt_json_value *from, const struct row *row, size_t step)
{
	const char *name = step < STEPS_MAX ? row->steps[step] : NULL;
	if (!name) {
		return fits(from, row->types) ? NULL : from;
	}
	if (strcmp(name, EACH) != 0) {
		return find_misfit(silt_json_get(from, name), row, step + 1);
	}
	const struct silt_json_value *misfit = NULL;
	for (size_t i = 0; i < silt_json_count(from) && !misfit; i++) {
		misfit = find_misfit(part_at(from, i), row, step + 1);
	}
	return misfit;
}

void silt_shape_check(struct silt_resolver *resolver, uint32_t number, enum silt_shape shape)
{
	const struct silt_member *member = silt_member_at(resolver, number);
	uint8_t told = (uint8_t)(1U << shape);
	if (!member->document || (resolver->notes[number].told_shapes & told)) {
		return;
	}
	resolver->notes[number].told_shapes |= told;
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		const struct silt_json_value *misfit =
			rows[i].shape == shape ? find_misfit(silt_json_root(member->document), &rows[i], 0) : NULL;
		if (misfit) {
			silt_issue_raise(resolver, SILT_ISSUE_MISSHAPEN, number,
					 "%s in %s is %s; expected %s. Docker refuses the document, other programs "
					 "may not.",
					 rows[i].place, silt_show_member(resolver, number), type_name(misfit),
					 rows[i].wanted);
		}
	}
}
