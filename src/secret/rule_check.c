/* What no single value of a rule shows: patterns that PCRE2 refuses, and values that exclude each other. */
#include "secret/rule_read.h"

#include "base/attributes.h"
#include "base/limits.h"
#include "secret/pattern.h"

/* The value of a key that the rule has; else the rule itself, so that there is a line to name. */
static const struct silt_yaml_node *member(const struct silt_yaml_node *map, const char *key)
{
	const struct silt_yaml_node *node = silt_yaml_member(map, silt_bytes_text(key));
	return node ? node : map;
}

static bool has(const struct silt_yaml_node *map, const char *key)
{
	return member(map, key) != map;
}

/* ---- Anchors ----------------------------------------------------------------------------------------------------- */

static enum silt_status check_reach(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				    const struct silt_rule *rule, struct silt_bytes anchor)
{
	if (anchor.len <= rule->reach) {
		return SILT_OK;
	}
	char shown[SILT_RULE_SHOWN_SIZE];
	return silt_rule_fail(reader, member(map, "reach"), "reach: %u is less than the %zu bytes of anchor \"%s\"",
			      rule->reach, anchor.len, silt_rule_show(anchor, shown));
}

static enum silt_status check_anchors(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				      const struct silt_rule *rule)
{
	enum silt_status status = SILT_OK;
	if (rule->reach > SILT_RULE_REACH_MAX && !rule->at_start) {
		return silt_rule_fail(reader, member(map, "reach"),
				      "reach: %u is more than %d, which is for rules with at-start", rule->reach,
				      SILT_RULE_REACH_MAX);
	}
	for (size_t i = 0; status == SILT_OK && rule->anchors && rule->anchors[i].ptr; i++) {
		status = check_reach(reader, map, rule, rule->anchors[i]);
	}
	for (size_t i = 0; status == SILT_OK && rule->anchors_any_case && rule->anchors_any_case[i]; i++) {
		status = check_reach(reader, map, rule, silt_bytes_text(rule->anchors_any_case[i]));
	}
	return status;
}

/* ---- The pattern ------------------------------------------------------------------------------------------------- */

/* The first and the last bytes that a match of the rule may have go here. */
static uint32_t longest_match(const struct silt_rule *rule)
{
	return rule->back + rule->reach;
}

static bool is_whole_file(const struct silt_rule *rule)
{
	return !rule->anchors && !rule->anchors_any_case;
}

static enum silt_status check_pattern_text(struct silt_rule_reader *reader, const struct silt_yaml_node *node,
					   const char *key, const char *pattern, struct silt_pattern_facts *facts)
{
	struct silt_error why = {0};
	enum silt_status status = silt_pattern_check(pattern, facts, &why);
	if (status == SILT_ERR_USAGE) {
		char shown[SILT_RULE_SHOWN_SIZE];
		return silt_rule_fail(reader, node, "%s: PCRE2 refuses \"%s\" (macros expanded), %s", key,
				      silt_rule_show(silt_bytes_text(pattern), shown), why.text);
	}
	return status == SILT_OK ? status : silt_fail(reader->err, status, "%s", why.text);
}

static enum silt_status check_pattern(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				      const struct silt_rule *rule)
{
	const struct silt_yaml_node *node = member(map, "pattern");
	struct silt_pattern_facts facts = {0};
	enum silt_status status = check_pattern_text(reader, node, "pattern", rule->pattern, &facts);
	if (status != SILT_OK) {
		return status;
	}
	if (facts.may_be_empty) {
		return silt_rule_fail(reader, node,
				      "pattern: expected one that needs at least one byte, found one that "
				      "matches nothing at all");
	}
	if (!is_whole_file(rule) && facts.shortest > longest_match(rule)) {
		return silt_rule_fail(reader, node,
				      "pattern: its shortest match has %u bytes, and back and reach allow %u",
				      facts.shortest, longest_match(rule));
	}
	/* The matcher keeps one byte more than is asked for. */
	if (facts.look_behind > rule->context + 1) {
		return silt_rule_fail(reader, node, "pattern: it looks back %u bytes, and context allows %u",
				      facts.look_behind, rule->context + 1);
	}
	return SILT_OK;
}

static enum silt_status check_allow(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				    const struct silt_rule *rule)
{
	const struct silt_yaml_node *node = member(map, "allow")->first;
	for (size_t i = 0; rule->allow && rule->allow[i]; i++) {
		struct silt_pattern_facts facts = {0};
		enum silt_status status = check_pattern_text(reader, node, "allow", rule->allow[i], &facts);
		if (status != SILT_OK) {
			return status;
		}
		node = node->next;
	}
	return SILT_OK;
}

/* ---- What goes together ------------------------------------------------------------------------------------------ */

static enum silt_status check_whole_file(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
					 const struct silt_rule *rule)
{
	if (!rule->files) {
		return silt_rule_fail(reader, map,
				      "expected anchors, or files for a rule about whole files; found neither");
	}
	if (has(map, "back")) {
		return silt_rule_fail(reader, member(map, "back"),
				      "back: a rule without anchors looks at whole files, where it means nothing");
	}
	return SILT_OK;
}

/* The longest value that a rule can give. */
static uint32_t longest_value(const struct silt_rule *rule)
{
	uint32_t longest = is_whole_file(rule) ? UINT32_MAX : longest_match(rule);
	uint32_t max = rule->limits.max_length;
	return max > 0 && max < longest ? max : longest;
}

/* No text of `length` bytes has more bits of entropy per byte than the logarithm of its length, or 8. */
static uint32_t most_entropy_tenths(uint32_t length)
{
	uint32_t bits = 1;
	while (bits < 8 && (UINT32_C(1) << bits) < length) {
		bits++;
	}
	return bits * 10;
}

static enum silt_status check_limits(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				     const struct silt_rule *rule)
{
	const struct silt_yaml_node *node = member(map, "limits");
	const struct silt_rule_limits *limits = &rule->limits;
	uint32_t longest = longest_value(rule);
	if (limits->min_length > longest) {
		return silt_rule_fail(reader, node, "limits: min-length is %u, and no value is longer than %u",
				      limits->min_length, longest);
	}
	uint64_t asked = (uint64_t)limits->digits + limits->uppers + limits->lowers;
	if (asked > longest) {
		return silt_rule_fail(reader, node,
				      "limits: digits, uppers and lowers are %llu, and no value is longer than %u",
				      (unsigned long long)asked, longest);
	}
	if (limits->entropy_tenths > most_entropy_tenths(longest)) {
		return silt_rule_fail(reader, node, "limits: no value of %u bytes has an entropy of %u.%u bits",
				      longest, limits->entropy_tenths / 10, limits->entropy_tenths % 10);
	}
	return SILT_OK;
}

static enum silt_status check_examples(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				       const struct silt_rule *rule)
{
	const struct silt_yaml_node *node = member(map, "positive")->first;
	for (size_t i = 0; i < rule->positive_count; i++, node = node->next) {
		if (rule->positives[i].text.len == 0) {
			return silt_rule_fail(reader, node, "positive: expected a text, found nothing");
		}
		if (rule->files && rule->positives[i].file[0] == '\0') {
			return silt_rule_fail(
				reader, node,
				"positive: expected {file: ..., text: ...} for a rule with files, found no file");
		}
	}
	return SILT_OK;
}

static enum silt_status check_keywords(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				       const struct silt_rule *rule)
{
	if (has(map, "within") && !rule->keywords) {
		return silt_rule_fail(reader, member(map, "within"), "within: expected keywords as well, found none");
	}
	return SILT_OK;
}

static enum silt_status check_public(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				     const struct silt_rule *rule)
{
	if (rule->public_half && !rule->validate) {
		return silt_rule_fail(reader, member(map, "public"),
				      "public: expected a validator that tells the id of the key, found none");
	}
	return SILT_OK;
}

enum silt_status silt_rule_check(struct silt_rule_reader *reader, const struct silt_yaml_node *map,
				 const struct silt_rule *rule)
{
	typedef enum silt_status check_fn(struct silt_rule_reader *, const struct silt_yaml_node *,
					  const struct silt_rule *);
	check_fn *const checks[] = {
		is_whole_file(rule) ? check_whole_file : check_anchors,
		check_pattern,
		check_allow,
		check_keywords,
		check_limits,
		check_public,
		check_examples,
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(checks) && status == SILT_OK; i++) {
		status = checks[i](reader, map, rule);
	}
	return status;
}
