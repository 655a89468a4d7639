/* The tool: silt, and those of its rules that have results. */
#include "report/sarif.h"

#include "base/ascii.h"
#include "report/place.h"
#include "silt/checks.h"
#include "silt/silt.h"

#include <string.h>

/* ---- Collecting -------------------------------------------------------------------------------------------------- */

size_t silt_sarif_rule_index(const struct silt_sarif_run *run, const char *rule)
{
	for (size_t i = 0; i < run->rule_count; i++) {
		if (strcmp(run->rules[i].first->rule, rule) == 0) {
			return i;
		}
	}
	return SIZE_MAX;
}

static void raise(struct silt_sarif_rule *rule, const struct silt_finding *finding)
{
	bool excused = silt_is_excused(finding);
	if (rule->excused && !excused) {
		*rule = (struct silt_sarif_rule){rule->first, finding->severity, finding->confidence, false};
	} else if (rule->excused == excused) {
		rule->severity = finding->severity > rule->severity ? finding->severity : rule->severity;
		rule->confidence = finding->confidence > rule->confidence ? finding->confidence : rule->confidence;
	}
}

/* Makes room for one more, as the arena can: what is given up is at most as much as is kept. */
static bool grow_rules(struct silt_sarif_run *run, size_t *capacity)
{
	size_t room = *capacity > 0 ? *capacity * 2 : 16;
	struct silt_sarif_rule *rules = silt_arena_alloc(&run->arena, room * sizeof(*rules));
	if (!rules) {
		return false;
	}
	if (run->rule_count > 0) {
		memcpy(rules, run->rules, run->rule_count * sizeof(*rules));
	}
	run->rules = rules;
	*capacity = room;
	return true;
}

bool silt_sarif_collect_rules(struct silt_sarif_run *run)
{
	size_t capacity = 0;
	for (size_t i = 0; i < run->result_count; i++) {
		const struct silt_finding *finding = silt_sarif_finding(run, i);
		size_t rule = silt_sarif_rule_index(run, finding->rule);
		if (rule != SIZE_MAX) {
			raise(&run->rules[rule], finding);
			continue;
		}
		if (run->rule_count == capacity && !grow_rules(run, &capacity)) {
			return false;
		}
		run->rules[run->rule_count++] = (struct silt_sarif_rule){finding, finding->severity,
									 finding->confidence, silt_is_excused(finding)};
	}
	return true;
}

/* ---- One rule ---------------------------------------------------------------------------------------------------- */

const char *silt_sarif_level(enum silt_severity severity)
{
	static const char *const levels[] = {
		[SILT_SEVERITY_INFO] = "note",  [SILT_SEVERITY_LOW] = "note",       [SILT_SEVERITY_MEDIUM] = "warning",
		[SILT_SEVERITY_HIGH] = "error", [SILT_SEVERITY_CRITICAL] = "error",
	};
	return levels[severity];
}

/* GitHub: critical is above 9.0, high from 7.0, medium from 4.0, low above 0. */
static const char *security_severity(enum silt_severity severity)
{
	static const char *const scores[] = {
		[SILT_SEVERITY_INFO] = "1.0", [SILT_SEVERITY_LOW] = "3.0",      [SILT_SEVERITY_MEDIUM] = "5.0",
		[SILT_SEVERITY_HIGH] = "8.0", [SILT_SEVERITY_CRITICAL] = "9.5",
	};
	return scores[severity];
}

static const char *precision(enum silt_confidence confidence)
{
	static const char *const words[] = {
		[SILT_CONFIDENCE_POSSIBLE] = "medium",
		[SILT_CONFIDENCE_LIKELY] = "high",
		[SILT_CONFIDENCE_PROVEN] = "very-high",
	};
	return words[confidence];
}

/* "priv-setuid" is called "PrivSetuid". */
static void write_name(struct silt_sarif_run *run, struct silt_json_writer *w, const char *id)
{
	struct silt_buffer name = {0};
	bool begins = true;
	for (; *id; id++) {
		if (silt_is_letter(*id) || silt_is_digit(*id)) {
			silt_buffer_add_byte(&name, (uint8_t)(begins && silt_is_lower(*id) ? *id - 0x20 : *id));
		}
		begins = !silt_is_letter(*id) && !silt_is_digit(*id);
	}
	silt_sarif_put(run, w, "name", &name);
}

static void write_sentence(struct silt_sarif_run *run, struct silt_json_writer *w, const char *key, const char *text)
{
	struct silt_prose prose = {0};
	silt_prose_text(&prose, text);
	silt_prose_stop(&prose);
	silt_json_open_object(w, key);
	silt_sarif_put(run, w, "text", &prose.out);
	silt_json_close(w);
}

static void tell_help(struct silt_prose *prose, const struct silt_check_info *check, const struct silt_finding *finding)
{
	if (check && check->why[0]) {
		silt_prose_text(prose, check->why);
		silt_prose_words(prose, "\n\n");
	}
	silt_prose_text(prose, check && check->fix[0] ? check->fix : finding->remedy);
	if (check && check->dockerfile[0]) {
		silt_prose_words(prose, prose->markdown ? "\n\n```dockerfile\n" : "\n\n");
		silt_prose_words(prose, check->dockerfile); /* of ours */
		silt_prose_words(prose, prose->markdown ? "\n```\n" : "\n");
	}
}

static void write_help(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_check_info *check,
		       const struct silt_finding *finding)
{
	struct silt_prose plain = {0}, markdown = {.markdown = true};
	tell_help(&plain, check, finding);
	tell_help(&markdown, check, finding);
	silt_json_open_object(w, "help");
	silt_sarif_put(run, w, "text", &plain.out);
	silt_sarif_put(run, w, "markdown", &markdown.out);
	silt_json_close(w);
}

/* The first of its references: addresses of other people, about what the check is about. */
static void write_help_uri(struct silt_json_writer *w, const struct silt_check_info *check)
{
	struct silt_bytes rest = silt_bytes_text(check ? check->references : ""), first;
	if (silt_bytes_cut(&rest, ' ', &first)) {
		silt_json_write_bytes(w, "helpUri", first); /* of ours: nothing in it is escaped */
	}
}

static void write_properties(struct silt_json_writer *w, const struct silt_sarif_rule *rule,
			     const struct silt_check_info *check)
{
	struct silt_bytes rest = silt_bytes_text(check ? check->aliases : ""), alias;
	silt_json_open_object(w, "properties");
	silt_json_write_text(w, "security-severity", security_severity(rule->severity));
	silt_json_write_text(w, "precision", precision(rule->confidence));
	silt_json_open_array(w, "tags");
	silt_json_write_text(w, NULL, "security");
	silt_json_write_text(w, NULL, silt_check_family_name(check ? check->family : SILT_CHECKS_SECRET));
	silt_json_close(w);
	silt_json_open_array(w, "aliases");
	while (silt_bytes_cut(&rest, ' ', &alias)) {
		silt_json_write_bytes(w, NULL, alias);
	}
	silt_json_close(w);
	silt_json_close(w);
}

static void write_rule(struct silt_sarif_run *run, struct silt_json_writer *w, const struct silt_sarif_rule *rule)
{
	const struct silt_finding *finding = rule->first;
	const struct silt_check_info *check = silt_checks_find(finding->rule);
	const char *title = check && check->title[0] ? check->title : finding->title;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "id", finding->rule);
	write_name(run, w, finding->rule);
	write_sentence(run, w, "shortDescription", title);
	write_sentence(run, w, "fullDescription", check && check->why[0] ? check->why : title);
	write_help(run, w, check, finding);
	write_help_uri(w, check);
	silt_json_open_object(w, "defaultConfiguration");
	silt_json_write_text(w, "level", silt_sarif_level(rule->severity));
	silt_json_close(w);
	write_properties(w, rule, check);
	silt_json_close(w);
}

/* ---- The tool ---------------------------------------------------------------------------------------------------- */

/* What the notifications of an invocation are about. */
static void write_notifications(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	static const struct {
		const char *id, *text;
	} kinds[] = {
		{"cut", "What GitHub takes no log with is left out of this one"},
		{"gap", "A part of the input was not looked at"},
		{"policy", "What the policy has to say beside its verdict"},
		{"unread", "An input could not be audited at all"},
	};
	silt_json_open_array(w, "notifications");
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "id", kinds[i].id);
		write_sentence(run, w, "shortDescription", kinds[i].text);
		write_sentence(run, w, "fullDescription", kinds[i].text);
		write_sentence(run, w, "help", kinds[i].text);
		silt_json_close(w);
	}
	silt_json_close(w);
}

void silt_sarif_tool(struct silt_sarif_run *run, struct silt_json_writer *w)
{
	silt_json_open_object(w, "tool");
	silt_json_open_object(w, "driver");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "semanticVersion", silt_version());
	silt_json_open_array(w, "rules");
	for (size_t i = 0; i < run->rule_count; i++) {
		write_rule(run, w, &run->rules[i]);
	}
	silt_json_close(w);
	write_notifications(run, w);
	silt_json_close(w);
	silt_json_close(w);
}
