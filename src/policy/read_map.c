/* Maps whose keys are known: every key is read, and what is no key is told, with what was meant perhaps. */
#include "base/buffer.h"
#include "base/slip.h"
#include "policy/read.h"

static const struct silt_policy_field *find_field(const struct silt_policy_field *fields, size_t count,
						  struct silt_bytes key)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_are(key, fields[i].key)) {
			return &fields[i];
		}
	}
	return NULL;
}

/* A key that is one slip away. */
static const char *near_key(const struct silt_policy_field *fields, size_t count, struct silt_bytes key)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_is_slip(key, silt_bytes_text(fields[i].key))) {
			return fields[i].key;
		}
	}
	return NULL;
}

static void refuse_key(struct silt_policy_reader *reader, const struct silt_policy_field *fields, size_t count,
		       const struct silt_yaml_node *node)
{
	char shown[SILT_POLICY_SHOWN_SIZE];
	const char *near = near_key(fields, count, node->key);
	silt_policy_show(node->key, shown);
	if (near) {
		silt_policy_mistake(reader, node->at, "unknown key \"%s\": did you mean \"%s\"?", shown, near);
		return;
	}
	struct silt_buffer known = {0};
	for (size_t i = 0; i < count; i++) {
		silt_buffer_printf(&known, "%s%s", i > 0 ? ", " : "", fields[i].key);
	}
	reader->starved = reader->starved || known.failed;
	silt_policy_mistake(reader, node->at, "unknown key \"%s\"; known are %s", shown, silt_buffer_text(&known));
	silt_buffer_done(&known);
}

void silt_policy_read_map(struct silt_policy_reader *reader, const struct silt_policy_field *fields, size_t count,
			  const struct silt_yaml_node *map, const char *what, void *target)
{
	if (map->kind != SILT_YAML_MAP) {
		silt_policy_mistake(reader, map->place, "expected %s, which is a map with the key %s", what,
				    fields[0].key);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (fields[i].required && !silt_yaml_member(map, silt_bytes_text(fields[i].key))) {
			silt_policy_mistake(reader, map->place, "%s needs the key %s", what, fields[i].key);
		}
	}
	for (const struct silt_yaml_node *node = map->first; node && !reader->starved; node = node->next) {
		const struct silt_policy_field *field = find_field(fields, count, node->key);
		if (field) {
			field->read(reader, field, node, (uint8_t *)target + field->offset);
		} else {
			refuse_key(reader, fields, count, node);
		}
	}
}
