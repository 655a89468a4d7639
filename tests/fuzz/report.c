/*
 * Fuzz target: whatever is in a result, each writer writes what can be read back: strict JSON with every text as it is,
 * lines that steer no terminal and are the same without colours, a command and a pod that say what their JSON says; URIs
 * that are relative, and no link that is not silt's.
 */
#include "fuzz/in_and_out.h"
#include "fuzz/made_result.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/encoding.h"
#include "base/escape.h"
#include "base/json.h"
#include "base/yaml.h"
#include "silt/report.h"

#include "support/judged.h"

#include <stdlib.h>

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* ---- Text ------------------------------------------------------------------------------------------------------------ */

/* Lines, in which escapes are written with backslashes: what stands between those is plain. */
static void check_lines(struct silt_bytes text)
{
	struct silt_bytes line, part;
	while (silt_bytes_cut(&text, '\n', &line)) {
		while (silt_bytes_cut(&line, '\\', &part)) {
			must(silt_is_plain(part));
		}
	}
}

/* "ESC [ digits and semicolons m": its length, or 0. */
static size_t colour_at(struct silt_bytes text)
{
	if (!silt_bytes_start_with(text, SILT_LITERAL("\x1b["))) {
		return 0;
	}
	size_t len = 2;
	while (len < text.len && strchr("0123456789;", text.ptr[len]) && text.ptr[len]) {
		len++;
	}
	return len < text.len && text.ptr[len] == 'm' ? len + 1 : 0;
}

static struct silt_buffer without_colours(struct silt_bytes text)
{
	struct silt_buffer out = {0};
	while (text.len > 0) {
		size_t len = colour_at(text);
		if (len == 0) {
			silt_buffer_add_byte(&out, text.ptr[0]);
		}
		text = silt_bytes_slice(text, len > 0 ? len : 1, SIZE_MAX);
	}
	return out;
}

static struct silt_buffer report(const struct silt_result *result, struct silt_report_options options)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	must(judged_report(&result, 1, SILT_SEVERITY_INFO, &options, (struct silt_sink){fuzz_collect, &out}, &err) ==
	     SILT_OK);
	return out;
}

static void check_text(const struct silt_result *result, unsigned width)
{
	struct silt_report_options options = {.width = width, .show_secrets = true, .show_suppressed = true};
	struct silt_buffer plain = report(result, options);
	options.colour = true;
	struct silt_buffer coloured = report(result, options);
	struct silt_buffer stripped = without_colours(silt_buffer_bytes(&coloured));
	check_lines(silt_buffer_bytes(&plain));
	must(silt_bytes_equal(silt_buffer_bytes(&plain), silt_buffer_bytes(&stripped)));
	silt_buffer_done(&plain);
	silt_buffer_done(&coloured);
	silt_buffer_done(&stripped);
}

/* ---- JSON ------------------------------------------------------------------------------------------------------------ */

static struct silt_json *parse(struct silt_bytes text)
{
	struct silt_json *json = NULL;
	struct silt_error err = {0};
	for (size_t i = 0; i < text.len; i++) {
		must(text.ptr[i] == '\n' || (text.ptr[i] >= ' ' && text.ptr[i] < 0x7F));
	}
	must(silt_json_parse(text, &json, &err) == SILT_OK && !silt_json_collision(json, 0));
	return json;
}

/* `text` "" is null where there may be none. */
static void demand(const struct silt_json_value *value, const char *text)
{
	bool none = silt_json_type(value) == SILT_JSON_NULL && !*text;
	must(none || silt_bytes_equal(silt_json_string(value), silt_bytes_text(text)));
}

/* The bytes, by the escape and by base64. */
static void demand_bytes(const struct silt_json_value *object, const char *key, const char *twin,
			 struct silt_bytes bytes)
{
	struct silt_buffer back = {0};
	const struct silt_json_value *base64 = silt_json_get(object, twin);
	silt_unescape(&back, silt_json_string(silt_json_get(object, key)));
	must(silt_bytes_equal(silt_buffer_bytes(&back), bytes));
	must(!base64 == silt_is_plain(bytes));
	if (base64) {
		struct silt_bytes text = silt_json_string(base64);
		uint8_t *room = malloc(text.len + 1);
		must(room && silt_bytes_equal(silt_base64_decoded(text, room), bytes));
		free(room);
	}
	silt_buffer_done(&back);
}

static void demand_finding(const struct silt_json_value *value, const struct silt_finding *finding)
{
	demand(silt_json_get(value, "title"), finding->title);
	demand(silt_json_get(value, "subject"), finding->subject);
	demand(silt_json_get(value, "detail"), finding->detail);
	demand_bytes(value, "secret", "secret_base64", finding->secret);
	const struct silt_json_value *sightings = silt_json_get(value, "sightings");
	must(silt_json_count(sightings) == finding->sighting_count);
	for (size_t i = 0; i < finding->sighting_count; i++) {
		const struct silt_json_value *at = silt_json_at(sightings, i);
		demand(silt_json_get(at, "place"), finding->sightings[i].place);
		demand(silt_json_get(at, "added_by"), finding->sightings[i].added_by);
		demand(silt_json_get(at, "note"), finding->sightings[i].note);
		demand_bytes(at, "path", "path_base64", finding->sightings[i].path);
	}
}

static void demand_image(const struct silt_json_value *value, const struct silt_image *image)
{
	const struct silt_json_value *names = silt_json_get(value, "names");
	must(silt_json_count(names) == image->name_count);
	for (size_t i = 0; i < image->name_count; i++) {
		demand(silt_json_at(names, i), image->names[i]);
	}
	demand(silt_json_get(value, "user"), image->user);
	demand(silt_json_get(value, "created"), image->created);
	for (size_t i = 0; i < image->layer_count; i++) {
		const struct silt_json_value *layer = silt_json_at(silt_json_get(value, "layers"), i);
		demand(silt_json_get(layer, "member"), image->layers[i].member);
		demand(silt_json_get(layer, "instruction"), image->layers[i].instruction);
	}
}

static void check_json(const struct silt_result *result)
{
	struct silt_report_options options = {
		.format = SILT_FORMAT_JSON, .show_secrets = true, .show_suppressed = true};
	struct silt_buffer out = report(result, options);
	struct silt_json *json = parse(silt_buffer_bytes(&out));
	const struct silt_json_value *bundle = silt_json_at(silt_json_get(silt_json_root(json), "bundles"), 0);
	const struct silt_json_value *gaps = silt_json_get(silt_json_get(bundle, "coverage"), "gaps");
	demand(silt_json_get(bundle, "name"), result->name);
	for (size_t i = 0; i < result->image_count; i++) {
		demand_image(silt_json_at(silt_json_get(bundle, "images"), i), &result->images[i]);
	}
	for (size_t i = 0; i < result->finding_count + result->suppressed_count; i++) {
		bool listed = i < result->finding_count;
		const struct silt_json_value *list = silt_json_get(bundle, listed ? "findings" : "suppressed");
		demand_finding(silt_json_at(list, listed ? i : i - result->finding_count), &result->findings[i]);
	}
	for (size_t i = 0; i < result->coverage.gap_count; i++) {
		demand(silt_json_get(silt_json_at(gaps, i), "place"), result->coverage.gaps[i].place);
		demand(silt_json_get(silt_json_at(gaps, i), "reason"), result->coverage.gaps[i].reason);
	}
	silt_json_free(json);
	silt_buffer_done(&out);
}

/* ---- JSON of others -------------------------------------------------------------------------------------------------- */

/* A relative path that is percent-encoded, and leads nowhere but down. */
static void demand_uri(struct silt_bytes uri)
{
	struct silt_bytes segment;
	must(uri.len > 0 && uri.ptr[0] != '/');
	for (size_t i = 0; i < uri.len; i++) {
		must(silt_is_letter(uri.ptr[i]) || silt_is_digit(uri.ptr[i]) || strchr("-._~%/", uri.ptr[i]));
	}
	while (silt_bytes_cut(&uri, '/', &segment)) {
		must(segment.len > 0 && !silt_bytes_are(segment, ".") && !silt_bytes_are(segment, ".."));
	}
}

/* Of links there are those of silt alone: "[2](1)". */
static void demand_no_link(struct silt_bytes message)
{
	size_t link = silt_bytes_find(message, SILT_LITERAL("]("));
	must(link == SIZE_MAX || (link > 0 && silt_is_digit(message.ptr[link - 1])));
}

static enum silt_status demand_string(void *ctx, const char *path, struct silt_bytes string, bool is_key,
				      struct silt_error *err)
{
	struct silt_bytes place = silt_bytes_text(path);
	(void)ctx, (void)err;
	check_lines(string);
	if (!is_key && silt_bytes_end_with(place, SILT_LITERAL(".uri"))) {
		demand_uri(string);
	}
	if (!is_key && silt_bytes_end_with(place, SILT_LITERAL(".message.text"))) {
		demand_no_link(string);
	}
	return SILT_OK;
}

static void check_others(const struct silt_result *result)
{
	static const enum silt_format formats[] = {SILT_FORMAT_SARIF, SILT_FORMAT_GITLAB, SILT_FORMAT_CODEQUALITY};
	for (size_t i = 0; i < SILT_COUNT(formats); i++) {
		struct silt_report_options options = {.format = formats[i], .show_suppressed = true};
		struct silt_buffer out = report(result, options);
		struct silt_json *json = parse(silt_buffer_bytes(&out));
		must(silt_json_each_string(json, demand_string, NULL, NULL) == SILT_OK);
		silt_json_free(json);
		silt_buffer_done(&out);
	}
}

/* ---- How to run it --------------------------------------------------------------------------------------------------- */

/* The next word of a command as a shell reads it: blanks and continued lines end it, single quotes keep it together. */
static bool next_word(struct silt_bytes *rest, struct silt_buffer *word)
{
	bool quoted = false, any = false;
	silt_buffer_clear(word);
	while (rest->len > 0) {
		uint8_t byte = rest->ptr[0];
		if (!quoted && (byte == ' ' || byte == '\n') && any) {
			return true;
		}
		*rest = silt_bytes_slice(*rest, 1, SIZE_MAX);
		if (byte == '\'') {
			quoted = !quoted;
			any = true;
		} else if (!quoted && byte == '\\') {
			must(rest->len > 0);
			if (rest->ptr[0] != '\n') {
				silt_buffer_add_byte(word, rest->ptr[0]);
				any = true;
			}
			*rest = silt_bytes_slice(*rest, 1, SIZE_MAX);
		} else if (quoted || (byte != ' ' && byte != '\n')) {
			must(quoted || !strchr("$`\"|&;<>()*?[]{}~#!\t", byte));
			silt_buffer_add_byte(word, byte);
			any = true;
		}
	}
	must(!quoted);
	return any;
}

static void check_command(struct silt_bytes text, const struct silt_json_value *words)
{
	struct silt_buffer word = {0};
	size_t count = 0;
	while (text.len > 0 && text.ptr[0] == '#') {
		struct silt_bytes comment;
		must(silt_bytes_cut(&text, '\n', &comment));
	}
	while (next_word(&text, &word)) {
		demand(silt_json_at(words, count++), silt_buffer_text(&word));
	}
	must(count == silt_json_count(words));
	silt_buffer_done(&word);
}

static void check_pod(struct silt_bytes text, const struct silt_json_value *plan)
{
	struct silt_arena arena = {0};
	struct silt_error err = {0};
	const struct silt_yaml_node *pod = NULL;
	must(silt_yaml_read(text, &arena, &pod, &err) == SILT_OK);
	const struct silt_yaml_node *spec = silt_yaml_member(pod, SILT_LITERAL("spec"));
	const struct silt_yaml_node *container = silt_yaml_member(spec, SILT_LITERAL("containers"))->first;
	const struct silt_yaml_node *mounts = silt_yaml_member(container, SILT_LITERAL("volumeMounts"));
	const struct silt_json_value *wanted = silt_json_get(plan, "mounts");
	must(pod->count == 4 && !container->next);
	must(silt_bytes_equal(silt_yaml_member(container, SILT_LITERAL("image"))->text,
			      silt_json_string(silt_json_get(plan, "image"))));
	const struct silt_yaml_node *mount = mounts ? mounts->first : NULL;
	for (size_t i = 0; i < silt_json_count(wanted); i++, mount = mount->next) {
		must(mount && silt_bytes_equal(silt_yaml_member(mount, SILT_LITERAL("mountPath"))->text,
					       silt_json_string(silt_json_get(silt_json_at(wanted, i), "path"))));
	}
	must(!mount);
	silt_arena_done(&arena);
}

static bool write_plan(const struct silt_result *result, size_t image, enum silt_format format, struct silt_buffer *out)
{
	struct silt_error err = {0};
	enum silt_status status =
		silt_run_args_write(result, image, format, (struct silt_sink){fuzz_collect, out}, &err);
	must(status == SILT_OK || (status == SILT_ERR_INPUT && err.text[0]));
	return status == SILT_OK;
}

static void check_plan(const struct silt_result *result, size_t image)
{
	struct silt_buffer text = {0}, document = {0};
	if (write_plan(result, image, SILT_FORMAT_TEXT, &text)) {
		must(write_plan(result, image, SILT_FORMAT_JSON, &document));
		struct silt_json *json = parse(silt_buffer_bytes(&document));
		const struct silt_json_value *plan = silt_json_root(json);
		struct silt_bytes both = silt_buffer_bytes(&text);
		check_lines(both);
		size_t at = silt_bytes_find(both, SILT_LITERAL("\n\n# Kubernetes: "));
		must(at != SIZE_MAX);
		check_command(silt_bytes_slice(both, 0, at), silt_json_get(plan, "command"));
		check_pod(silt_bytes_slice(both, at + 2, SIZE_MAX), plan);
		silt_json_free(json);
	}
	silt_buffer_done(&text);
	silt_buffer_done(&document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_result result = {0};
	make_result(silt_bytes(data, size), &result);
	check_text(&result, size > 0 ? data[size - 1] : 0);
	check_json(&result);
	check_others(&result);
	for (size_t i = 0; i < result.image_count; i++) {
		check_plan(&result, i);
	}
	silt_arena_done(&result.arena);
	return 0;
}
