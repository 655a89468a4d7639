/* Fuzz target: files of pattern rules. What is taken can be matched with; what is refused has a sentence. */
#include "base/escape.h"
#include "secret/matcher.h"

#include <stdlib.h>

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static bool is_printable(const char *text)
{
	for (const char *c = text; *c; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7F) {
			return false;
		}
	}
	return true;
}

static void check_list(const char *const *list, size_t shortest)
{
	must(!list || list[0]);
	for (; list && *list; list++) {
		must(strlen(*list) >= shortest);
	}
}

/* What the matcher and the reports rely on. */
static void check_rule(const struct silt_rule *rule)
{
	must(silt_is_plain(silt_bytes_text(rule->id)) && silt_is_plain(silt_bytes_text(rule->title)));
	must(silt_is_plain(silt_bytes_text(rule->remedy)) && rule->pattern[0] != '\0');
	must(rule->anchors || rule->anchors_any_case || rule->files);
	must(rule->show <= 8 && rule->line > 0);
	must(rule->positive_count > 0 && rule->negative_count > 0);
	for (size_t i = 0; i < rule->positive_count; i++) {
		must(rule->positives[i].text.len > 0 && rule->positives[i].file);
	}
	must(!rule->anchors == !rule->anchor_texts);
	check_list(rule->anchor_texts, 3);
	for (size_t i = 0; rule->anchors && rule->anchor_texts[i]; i++) {
		must(rule->anchors[i].ptr && rule->anchors[i].len >= 3);
	}
	check_list(rule->anchors_any_case, 3);
	check_list(rule->keywords, 3);
	check_list(rule->files, 1);
	check_list(rule->allow, 1);
	check_list(rule->references, 8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_rule_set *set = silt_rule_set_new();
	struct silt_error err = {0};
	must(set && silt_rule_set_add(set, SILT_LITERAL("define: {left: '(?<![a-z])'}\n"), "first", &err) == SILT_OK);
	enum silt_status status = silt_rule_set_add(set, silt_bytes(data, size), "second", &err);
	size_t count = 0;
	const struct silt_rule *rules = silt_rule_set_rules(set, &count);
	if (status != SILT_OK) {
		must(status == SILT_ERR_USAGE && count == 0);
		must(strncmp(err.text, "second:", 7) == 0 && is_printable(err.text));
		silt_rule_set_free(set);
		return 0;
	}
	for (size_t i = 0; i < count; i++) {
		check_rule(&rules[i]);
		must(silt_rule_set_find(set, silt_bytes_text(rules[i].id)) == &rules[i]);
	}
	struct silt_matcher *matcher = NULL;
	must(silt_matcher_new_taking(set, &matcher, &err) == SILT_OK);
	silt_matcher_free(matcher);
	return 0;
}
