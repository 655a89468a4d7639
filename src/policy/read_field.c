/* How the values of a policy are written, one function for each kind. */
#include "policy/read.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/date.h"
#include "base/escape.h"
#include "policy/names.h"

enum { DAY = 24 * 60 * 60, LINE_SHOWN_MAX = 200 };

const char *silt_policy_show(struct silt_bytes text, char shown[static SILT_POLICY_SHOWN_SIZE])
{
	return silt_escape_text(text, shown, SILT_POLICY_SHOWN_SIZE);
}

/* "a list", "a map", "!!binary", "nothing"; NULL for a text. */
static const char *kind_of(const struct silt_yaml_node *node)
{
	if (node->kind != SILT_YAML_SCALAR) {
		return node->kind == SILT_YAML_LIST ? "a list" : "a map";
	}
	return node->binary ? "!!binary" : node->text.len == 0 ? "nothing" : NULL;
}

void silt_policy_unexpected(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			    const struct silt_yaml_node *node, const char *expected)
{
	const char *kind = kind_of(node);
	char shown[SILT_POLICY_SHOWN_SIZE];
	if (kind) {
		silt_policy_mistake(reader, node->place, "%s: expected %s, found %s", field->key, expected, kind);
	} else {
		silt_policy_mistake(reader, node->place, "%s: expected %s, found \"%s\"", field->key, expected,
				    silt_policy_show(node->text, shown));
	}
}

bool silt_policy_is_text(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			 const struct silt_yaml_node *node, const char *expected)
{
	if (kind_of(node)) {
		silt_policy_unexpected(reader, field, node, expected);
		return false;
	}
	if (node->text.len > SILT_POLICY_TEXT_MAX || memchr(node->text.ptr, '\0', node->text.len)) {
		silt_policy_mistake(reader, node->place, "%s: expected at most %d bytes and no NUL", field->key,
				    SILT_POLICY_TEXT_MAX);
		return false;
	}
	return true;
}

bool silt_policy_is_list(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			 const struct silt_yaml_node *node, const char *expected)
{
	if (node->kind != SILT_YAML_LIST) {
		silt_policy_unexpected(reader, field, node, expected);
		return false;
	}
	if (node->count > SILT_POLICY_ITEMS_MAX) {
		silt_policy_mistake(reader, node->place, "%s: %zu items, and %d are the most", field->key, node->count,
				    SILT_POLICY_ITEMS_MAX);
		return false;
	}
	return true;
}

/* ---- Single values ----------------------------------------------------------------------------------------------- */

void silt_policy_read_flag(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			   const struct silt_yaml_node *node, void *place)
{
	bool yes = node->kind == SILT_YAML_SCALAR && silt_bytes_are(node->text, "true");
	bool no = node->kind == SILT_YAML_SCALAR && silt_bytes_are(node->text, "false");
	if (!yes && !no) {
		silt_policy_unexpected(reader, field, node, "true or false");
	}
	*(bool *)place = yes;
}

void silt_policy_read_line(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			   const struct silt_yaml_node *node, void *place)
{
	if (!silt_policy_is_text(reader, field, node, "a text")) {
		return;
	}
	if (silt_bytes_trim(node->text).len == 0) {
		silt_policy_mistake(reader, node->place, "%s: expected a text, found blanks", field->key);
		return;
	}
	const char *text = silt_escape_cut(&reader->policy->arena, silt_bytes_trim(node->text), LINE_SHOWN_MAX);
	reader->starved = reader->starved || !text;
	*(const char **)place = text;
}

void silt_policy_read_severity(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			       const struct silt_yaml_node *node, void *place)
{
	if (!silt_yaml_severity(node, place)) {
		silt_policy_unexpected(reader, field, node, "critical, high, medium, low or info");
	}
}

void silt_policy_read_level(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			    const struct silt_yaml_node *node, void *place)
{
	enum silt_severity severity;
	if (silt_yaml_severity(node, &severity)) {
		*(int *)place = (int)severity;
	} else if (!kind_of(node) && silt_bytes_are(node->text, "never")) {
		*(int *)place = SILT_POLICY_NEVER;
	} else {
		silt_policy_unexpected(reader, field, node, "critical, high, medium, low, info or never");
	}
}

bool silt_policy_day(struct silt_bytes text, int64_t *end)
{
	int64_t start = 0;
	char again[SILT_DATE_SIZE];
	/* What is read may be shorter, with something behind it: only a day in this spelling comes back as it was. */
	if (text.len != sizeof("2027-01-31") - 1 || !silt_date_read(text, &start) ||
	    !silt_bytes_are(text, silt_date_text(start, again))) {
		return false;
	}
	*end = start + DAY;
	return true;
}

void silt_policy_read_day(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			  const struct silt_yaml_node *node, void *place)
{
	if (!kind_of(node) && silt_bytes_are(node->text, "never")) {
		*(int64_t *)place = INT64_MAX;
	} else if (kind_of(node) || !silt_policy_day(node->text, place)) {
		silt_policy_unexpected(reader, field, node, "a day such as 2027-01-31, or never");
	}
}

/* ---- Sets -------------------------------------------------------------------------------------------------------- */

typedef const char *name_fn(unsigned value);

static const char *family_name(unsigned value)
{
	return silt_check_family_name((enum silt_check_family)value);
}

static const char *fate_name(unsigned value)
{
	return silt_fate_name((enum silt_fate)value);
}

static const char *confidence_name(unsigned value)
{
	return silt_confidence_name((enum silt_confidence)value);
}

static const char *heritage_name(unsigned value)
{
	return silt_heritage_name((enum silt_heritage)value);
}

static void refuse_name(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			const struct silt_yaml_node *node, name_fn *name, unsigned count)
{
	struct silt_buffer known = {0};
	for (unsigned i = 0; i < count; i++) {
		silt_buffer_printf(&known, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", name(i));
	}
	reader->starved = reader->starved || known.failed;
	silt_policy_unexpected(reader, field, node, silt_buffer_text(&known));
	silt_buffer_done(&known);
}

static void add_to_set(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		       const struct silt_yaml_node *node, name_fn *name, unsigned count, unsigned *set)
{
	for (unsigned i = 0; i < count; i++) {
		if (!kind_of(node) && silt_bytes_are(node->text, name(i))) {
			*set |= 1U << i;
			return;
		}
	}
	refuse_name(reader, field, node, name, count);
}

static void read_set(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		     const struct silt_yaml_node *node, name_fn *name, unsigned count, unsigned *set)
{
	if (node->kind != SILT_YAML_LIST) {
		add_to_set(reader, field, node, name, count, set);
		return;
	}
	if (node->count == 0) {
		silt_policy_mistake(reader, node->place, "%s: the list is empty", field->key);
	}
	for (const struct silt_yaml_node *item = node->first; item; item = item->next) {
		add_to_set(reader, field, item, name, count, set);
	}
}

void silt_policy_read_families(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			       const struct silt_yaml_node *node, void *place)
{
	read_set(reader, field, node, family_name, SILT_CHECK_FAMILIES, place);
}

void silt_policy_read_fates(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			    const struct silt_yaml_node *node, void *place)
{
	read_set(reader, field, node, fate_name, SILT_FATE_VISIBLE + 1, place);
}

void silt_policy_read_confidences(struct silt_policy_reader *reader, const struct silt_policy_field *field,
				  const struct silt_yaml_node *node, void *place)
{
	read_set(reader, field, node, confidence_name, SILT_CONFIDENCE_PROVEN + 1, place);
}

void silt_policy_read_heritages(struct silt_policy_reader *reader, const struct silt_policy_field *field,
				const struct silt_yaml_node *node, void *place)
{
	read_set(reader, field, node, heritage_name, SILT_HERITAGE_OWN + 1, place);
}

/* ---- Lists of texts ---------------------------------------------------------------------------------------------- */

static struct silt_policy_text *read_item(struct silt_policy_reader *reader, const struct silt_policy_field *field,
					  const struct silt_yaml_node *node, silt_policy_item_fn *judge)
{
	if (!silt_policy_is_text(reader, field, node, "a text or a list of texts")) {
		return NULL;
	}
	const char *expected = judge(reader, node->text);
	if (expected) {
		silt_policy_unexpected(reader, field, node, expected);
		return NULL;
	}
	struct silt_policy_text *item = silt_policy_alloc(reader, sizeof(*item));
	struct silt_bytes copy = silt_arena_copy(&reader->policy->arena, node->text);
	reader->starved = reader->starved || !copy.ptr;
	if (item) {
		*item = (struct silt_policy_text){(const char *)copy.ptr, copy, NULL};
	}
	return item;
}

void silt_policy_read_texts(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			    const struct silt_yaml_node *node, silt_policy_item_fn *judge, void *place)
{
	const struct silt_policy_text **end = place;
	if (node->kind != SILT_YAML_LIST) {
		*end = read_item(reader, field, node, judge);
		return;
	}
	if (!silt_policy_is_list(reader, field, node, "a list")) {
		return;
	}
	if (node->count == 0) {
		silt_policy_mistake(reader, node->place, "%s: the list is empty", field->key);
	}
	for (const struct silt_yaml_node *child = node->first; child && !reader->starved; child = child->next) {
		struct silt_policy_text *item = read_item(reader, field, child, judge);
		if (item) {
			*end = item;
			end = &item->next;
		}
	}
}
