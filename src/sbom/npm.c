/* package.json of npm: {"name": "@scope/name", "version": "1.2.3", ...}. Of a name that is there twice the last counts. */
#include "sbom/metadata.h"

#include "base/json.h"

/* As JavaScript reads it: names are compared with case. */
static struct silt_bytes text_of(const struct silt_json_value *object, const char *name)
{
	struct silt_bytes key, text = {0};
	const struct silt_json_value *value;
	for (size_t i = 0; silt_json_member(object, i, &key, &value); i++) {
		if (silt_bytes_are(key, name)) {
			text = silt_bytes_trim(silt_json_string(value));
		}
	}
	return silt_sbom_field(text);
}

static void split_scope(struct silt_sbom_found *found)
{
	size_t slash = silt_bytes_find_byte(found->name, '/');
	if (silt_bytes_begin(found->name, "@") && slash != SIZE_MAX && slash + 1 < found->name.len) {
		found->group = silt_bytes_slice(found->name, 0, slash);
		found->name = silt_bytes_slice(found->name, slash + 1, found->name.len);
	}
}

enum silt_status silt_sbom_read_npm(struct silt_bytes path, struct silt_bytes body, const struct silt_sbom_sink *sink,
				    const char **why, struct silt_error *err)
{
	(void)path;
	static const char mark[] = "\xEF\xBB\xBF"; /* of byte order, which npm passes over */
	body = silt_bytes_begin(body, mark) ? silt_bytes_slice(body, sizeof(mark) - 1, body.len) : body;
	struct silt_json *json = NULL;
	struct silt_error damage = {0};
	enum silt_status status = silt_json_parse(body, &json, &damage);
	if (status == SILT_ERR_INPUT) {
		*why = "it is no JSON";
		return SILT_OK;
	}
	if (status != SILT_OK) {
		return silt_fail(err, status, "%s", damage.text);
	}
	struct silt_sbom_found found = {
		.kind = SILT_SBOM_NPM,
		.name = text_of(silt_json_root(json), "name"),
		.version = text_of(silt_json_root(json), "version"),
	};
	/* A folder may have one for the sake of {"type": "module"}: that is no package. */
	if (found.name.len > 0 && found.version.len > 0) {
		split_scope(&found);
		status = sink->found(sink->ctx, &found, err);
	} else if (found.name.len + found.version.len > 0) {
		*why = "it has no name or no version";
	}
	silt_json_free(json);
	return status;
}
