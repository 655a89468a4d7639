/* The configs of a pair of images, field by field. */
#include "compare/comparing.h"

#include "audit/redact.h"
#include "base/attributes.h"
#include "base/error.h"
#include "base/escape.h"

#include <stddef.h>
#include <stdlib.h>

/* The config of one of the two; of a bare root filesystem an empty one. */
struct configured {
	const struct silt_config *config;
	struct silt_redactor redactor; /* owns */
};

struct configs {
	struct silt_comparing *comparing;
	struct configured before, after;
	struct silt_compared_field *fields; /* owns, until they are of the arena */
	size_t count, capacity;
};

/* ---- Fields -------------------------------------------------------------------------------------------------------- */

static enum silt_status add(struct configs *configs, const char *name, const char *before, const char *after)
{
	if (!silt_grow((void **)&configs->fields, configs->count, &configs->capacity, sizeof(*configs->fields))) {
		return silt_fail_memory(configs->comparing->err);
	}
	configs->fields[configs->count++] = (struct silt_compared_field){name, before, after};
	return SILT_OK;
}

/* Bytes of a config for people: without secrets, and printable. NULL: memory ran out. */
static const char *shown(struct configs *configs, const struct configured *of, struct silt_bytes bytes)
{
	struct silt_buffer text = {0};
	silt_redact(&of->redactor, bytes, &text);
	const char *copy = text.failed ? NULL : silt_escape_copy(&configs->comparing->arena, silt_buffer_bytes(&text));
	silt_buffer_done(&text);
	return copy ? silt_compare_masked(configs->comparing, copy) : NULL;
}

/* ---- Single texts -------------------------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	size_t member;
} texts[] = {
	{"os", offsetof(struct silt_config, os)},
	{"architecture", offsetof(struct silt_config, architecture)},
	{"variant", offsetof(struct silt_config, variant)},
	{"author", offsetof(struct silt_config, author)},
	{"User", offsetof(struct silt_config, user)},
	{"WorkingDir", offsetof(struct silt_config, working_dir)},
	{"StopSignal", offsetof(struct silt_config, stop_signal)},
};

static enum silt_status compare_texts(struct configs *configs)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(texts) && status == SILT_OK; i++) {
		const struct silt_bytes *before =
			(const void *)((const char *)configs->before.config + texts[i].member);
		const struct silt_bytes *after = (const void *)((const char *)configs->after.config + texts[i].member);
		if (silt_bytes_equal(*before, *after)) {
			continue;
		}
		const char *left = before->len > 0 ? shown(configs, &configs->before, *before) : NULL;
		const char *right = after->len > 0 ? shown(configs, &configs->after, *after) : NULL;
		const bool starved = (before->len > 0 && !left) || (after->len > 0 && !right);
		status = starved ? silt_fail_memory(configs->comparing->err) : add(configs, texts[i].name, left, right);
	}
	return status;
}

/* ---- Lists of words whose order counts ------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	size_t items, count;
} lists[] = {
#define LIST(name, member, number)                                                                                     \
	{                                                                                                              \
		name, offsetof(struct silt_config, member), offsetof(struct silt_config, number)                       \
	}
	LIST("Entrypoint", entrypoint, entrypoint_count),
	LIST("Cmd", cmd, cmd_count),
	LIST("Shell", shell, shell_count),
	LIST("OnBuild", on_build, on_build_count),
	LIST("Healthcheck", health, health_count),
#undef LIST
};

struct words {
	const struct silt_bytes *items;
	size_t count;
};

static struct words words_of(const struct silt_config *config, size_t items, size_t count)
{
	const char *base = (const char *)config;
	return (struct words){*(struct silt_bytes *const *)(const void *)(base + items),
			      *(const size_t *)(const void *)(base + count)};
}

static bool same_words(struct words a, struct words b)
{
	for (size_t i = 0; i < a.count && i < b.count; i++) {
		if (!silt_bytes_equal(a.items[i], b.items[i])) {
			return false;
		}
	}
	return a.count == b.count;
}

/* ["/bin/sh", "-c"]; NULL if memory ran out. */
static const char *words_text(struct configs *configs, const struct configured *of, struct words words)
{
	struct silt_buffer text = {0};
	for (size_t i = 0; i < words.count; i++) {
		const char *word = shown(configs, of, words.items[i]);
		text.failed = text.failed || !word;
		silt_buffer_printf(&text, "%s\"%s\"", i > 0 ? ", " : "[", word ? word : "");
	}
	silt_buffer_add_byte(&text, ']');
	const char *copy =
		text.failed ? NULL
			    : (const char *)silt_arena_copy(&configs->comparing->arena, silt_buffer_bytes(&text)).ptr;
	silt_buffer_done(&text);
	return copy;
}

static enum silt_status compare_lists(struct configs *configs)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(lists) && status == SILT_OK; i++) {
		const struct words before = words_of(configs->before.config, lists[i].items, lists[i].count);
		const struct words after = words_of(configs->after.config, lists[i].items, lists[i].count);
		if (same_words(before, after)) {
			continue;
		}
		const char *left = before.count > 0 ? words_text(configs, &configs->before, before) : NULL;
		const char *right = after.count > 0 ? words_text(configs, &configs->after, after) : NULL;
		const bool starved = (before.count > 0 && !left) || (after.count > 0 && !right);
		status = starved ? silt_fail_memory(configs->comparing->err) : add(configs, lists[i].name, left, right);
	}
	return status;
}

/* ---- Sets: ports, volumes, Env and labels --------------------------------------------------------------------------- */

static enum silt_status add_named(struct configs *configs, const struct configured *of, const char *kind,
				  struct silt_bytes name, const char *before, const char *after)
{
	const char *text = shown(configs, of, name);
	const char *whole = text ? silt_arena_printf(&configs->comparing->arena, "%s %s", kind, text) : NULL;
	return whole ? add(configs, whole, before, after) : silt_fail_memory(configs->comparing->err);
}

static bool has_word(struct words words, struct silt_bytes word)
{
	for (size_t i = 0; i < words.count; i++) {
		if (silt_bytes_equal(words.items[i], word)) {
			return true;
		}
	}
	return false;
}

static enum silt_status compare_set(struct configs *configs, const char *kind, struct words before, struct words after)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < before.count && status == SILT_OK; i++) {
		if (!has_word(after, before.items[i])) {
			status = add_named(configs, &configs->before, kind, before.items[i], "", NULL);
		}
	}
	for (size_t i = 0; i < after.count && status == SILT_OK; i++) {
		if (!has_word(before, after.items[i])) {
			status = add_named(configs, &configs->after, kind, after.items[i], NULL, "");
		}
	}
	return status;
}

/* The last variable of that name, as a runtime takes it; `ptr` NULL: there is none. */
static struct silt_bytes find_variable(struct words env, struct silt_bytes name)
{
	struct silt_bytes found = {0};
	for (size_t i = 0; i < env.count; i++) {
		struct silt_bytes value = env.items[i], own;
		if (silt_bytes_cut(&value, '=', &own) && silt_bytes_equal(own, name)) {
			found = env.items[i];
		}
	}
	return found;
}

static struct silt_bytes name_of(struct silt_bytes variable)
{
	struct silt_bytes name = {0};
	(void)silt_bytes_cut(&variable, '=', &name);
	return name;
}

/* Names alone are told: whether the value of one is a secret is not for a comparison to decide. */
static enum silt_status compare_env(struct configs *configs, struct words before, struct words after)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < before.count && status == SILT_OK; i++) {
		const struct silt_bytes name = name_of(before.items[i]), other = find_variable(after, name);
		if (!other.ptr || !silt_bytes_equal(find_variable(before, name), other)) {
			status = add_named(configs, &configs->before, "Env", name, "", other.ptr ? "" : NULL);
		}
	}
	for (size_t i = 0; i < after.count && status == SILT_OK; i++) {
		if (!find_variable(before, name_of(after.items[i])).ptr) {
			status = add_named(configs, &configs->after, "Env", name_of(after.items[i]), NULL, "");
		}
	}
	return status;
}

static const struct silt_pair *find_label(const struct silt_config *config, struct silt_bytes key)
{
	for (size_t i = 0; i < config->label_count; i++) {
		if (silt_bytes_equal(config->labels[i].key, key)) {
			return &config->labels[i];
		}
	}
	return NULL;
}

static enum silt_status compare_labels(struct configs *configs)
{
	const struct silt_config *before = configs->before.config, *after = configs->after.config;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < before->label_count && status == SILT_OK; i++) {
		const struct silt_pair *label = &before->labels[i], *other = find_label(after, label->key);
		if (other && silt_bytes_equal(label->value, other->value)) {
			continue;
		}
		const char *left = shown(configs, &configs->before, label->value);
		const char *right = other ? shown(configs, &configs->after, other->value) : NULL;
		status = !left || (other && !right)
				 ? silt_fail_memory(configs->comparing->err)
				 : add_named(configs, &configs->before, "Label", label->key, left, right);
	}
	for (size_t i = 0; i < after->label_count && status == SILT_OK; i++) {
		const struct silt_pair *label = &after->labels[i];
		const char *right = shown(configs, &configs->after, label->value);
		if (!find_label(before, label->key)) {
			status = right ? add_named(configs, &configs->after, "Label", label->key, NULL, right)
				       : silt_fail_memory(configs->comparing->err);
		}
	}
	return status;
}

static enum silt_status compare_sets(struct configs *configs)
{
	const struct silt_config *a = configs->before.config, *b = configs->after.config;
	enum silt_status status =
		compare_env(configs, (struct words){a->env, a->env_count}, (struct words){b->env, b->env_count});
	if (status == SILT_OK) {
		status = compare_set(configs, "Port", (struct words){a->ports, a->port_count},
				     (struct words){b->ports, b->port_count});
	}
	if (status == SILT_OK) {
		status = compare_set(configs, "Volume", (struct words){a->volumes, a->volume_count},
				     (struct words){b->volumes, b->volume_count});
	}
	return status == SILT_OK ? compare_labels(configs) : status;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

/* What NEW was read with knows the secrets of OLD, too. */
static enum silt_status open_config(struct configs *configs, const struct silt_audited_image *image,
				    struct configured *out)
{
	static const struct silt_config none;
	const struct silt_matcher *reader = silt_result_reader(configs->comparing->out.after->result);
	out->config = image->declared ? &image->declared->config : &none;
	return image->declared ? silt_redactor_init(&out->redactor, image->declared, reader, configs->comparing->err)
			       : SILT_OK;
}

static enum silt_status hand_out(struct configs *configs, struct silt_compared_image *pair)
{
	const size_t size = configs->count * sizeof(*configs->fields);
	struct silt_compared_field *fields = silt_arena_alloc(&configs->comparing->arena, size);
	if (!fields) {
		return silt_fail_memory(configs->comparing->err);
	}
	if (size > 0) {
		memcpy(fields, configs->fields, size);
	}
	pair->fields = fields;
	pair->field_count = configs->count;
	return SILT_OK;
}

enum silt_status silt_compare_configs(struct silt_comparing *comparing, struct silt_compared_image *pair)
{
	struct configs configs = {.comparing = comparing};
	enum silt_status status = open_config(&configs, silt_compared_before(comparing, pair), &configs.before);
	if (status == SILT_OK) {
		status = open_config(&configs, silt_compared_after(comparing, pair), &configs.after);
	}
	if (status == SILT_OK) {
		status = compare_texts(&configs);
	}
	if (status == SILT_OK) {
		status = compare_lists(&configs);
	}
	if (status == SILT_OK) {
		status = compare_sets(&configs);
	}
	if (status == SILT_OK) {
		status = hand_out(&configs, pair);
	}
	free(configs.fields);
	silt_redactor_done(&configs.before.redactor);
	silt_redactor_done(&configs.after.redactor);
	return status;
}
