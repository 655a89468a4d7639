/* The waivers of a policy: each says what it accepts, why, and how long. */
#include "policy/read.h"

#include "base/ascii.h"
#include "base/attributes.h"

#include <stddef.h>

bool silt_policy_is_fingerprint(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!silt_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f')) {
			return false;
		}
	}
	return text.len == SILT_FINGERPRINT_SIZE - 1;
}

static const char *fingerprint(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	(void)reader;
	return silt_policy_is_fingerprint(text) ? NULL : "32 lower-case hex digits, as a report has them";
}

/* From the root on, so that nobody accepts more than was meant. */
static const char *path(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	(void)reader;
	bool rooted = silt_bytes_begin(text, "/") || silt_bytes_begin(text, "**/");
	return rooted ? NULL : "a path that begins with / or **/";
}

static const char *image(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	(void)reader;
	(void)text;
	return NULL;
}

static void read_fingerprints(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			      const struct silt_yaml_node *node, void *place)
{
	silt_policy_read_texts(reader, field, node, fingerprint, place);
}

static void read_paths(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		       const struct silt_yaml_node *node, void *place)
{
	silt_policy_read_texts(reader, field, node, path, place);
}

static void read_images(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			const struct silt_yaml_node *node, void *place)
{
	silt_policy_read_texts(reader, field, node, image, place);
}

#define MEMBER(name) offsetof(struct silt_policy_waiver, name)

static const struct silt_policy_field fields[] = {
	{"reason", silt_policy_read_line, MEMBER(reason), true},
	{"expires", silt_policy_read_day, MEMBER(expires), true},
	{"fingerprint", read_fingerprints, MEMBER(fingerprints), false},
	{"rule", silt_policy_read_names, MEMBER(rules), false},
	{"path", read_paths, MEMBER(paths), false},
	{"image", read_images, MEMBER(images), false},
};

static bool has(const struct silt_yaml_node *node, const char *key)
{
	return silt_yaml_member(node, silt_bytes_text(key)) != NULL;
}

static void read_waiver(struct silt_policy_reader *reader, const struct silt_yaml_node *node, size_t number)
{
	struct silt_policy_waiver *waiver = silt_policy_alloc(reader, sizeof(*waiver));
	if (!waiver) {
		return;
	}
	*waiver = (struct silt_policy_waiver){
		.source = reader->policy->source, .line = node->place.line, .number = number, .reason = ""};
	silt_policy_read_map(reader, fields, SILT_COUNT(fields), node, "a waiver", waiver);
	if (node->kind == SILT_YAML_MAP && !has(node, "fingerprint") && !has(node, "rule") && !has(node, "path")) {
		silt_policy_mistake(reader, node->place,
				    "a waiver needs one of the keys fingerprint, rule and path: it would accept all");
	}
	silt_policy_add_waiver(reader->policy, waiver);
}

void silt_policy_read_waivers(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			      const struct silt_yaml_node *node, void *place)
{
	size_t number = 0;
	(void)place;
	if (!silt_policy_is_list(reader, field, node, "a list of waivers")) {
		return;
	}
	for (const struct silt_yaml_node *child = node->first; child && !reader->starved; child = child->next) {
		read_waiver(reader, child, ++number);
	}
}
