/* Bundles in memory, audited by the public interface: what is found, with which fate, and what is said of damage. */
#include "silt/silt.h"
#include "support/image_writer.h"
#include "support/judged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Not a key: the anchor and sixteen letters of its alphabet, put together here so that no file holds it. */
#define KEY_ID                                                                                                         \
	"AKIA"                                                                                                         \
	"QWERTYUIOPASDFGH"
#define OTHER_KEY_ID                                                                                                   \
	"AKIA"                                                                                                         \
	"ZXCVBNMASDFGHJKL"

/* ---- Running ------------------------------------------------------------------------------------------------------- */

struct reader {
	struct silt_bytes rest;
	size_t piece; /* bytes given at most in one read */
};

static int64_t read_some(void *ctx, void *buffer, size_t size)
{
	struct reader *reader = ctx;
	struct silt_bytes head = silt_bytes_slice(reader->rest, 0, size < reader->piece ? size : reader->piece);
	reader->rest = silt_bytes_slice(reader->rest, head.len, reader->rest.len);
	if (head.len > 0) {
		memcpy(buffer, head.ptr, head.len);
	}
	return (int64_t)head.len;
}

static enum silt_status try_audit(struct silt_bytes bytes, size_t piece, const struct silt_options *options,
				  struct silt_result **result, struct silt_error *err)
{
	struct reader reader = {bytes, piece};
	struct silt_bundle *bundle = NULL;
	assert_int_equal(silt_bundle_open_read(read_some, &reader, "test", &bundle, err), SILT_OK);
	enum silt_status status = silt_audit(bundle, options, result, err);
	silt_bundle_free(bundle);
	return status;
}

static struct silt_result *audit(struct silt_bytes bytes)
{
	struct silt_result *result = NULL;
	struct silt_error err = {0};
	enum silt_status status = try_audit(bytes, SIZE_MAX, NULL, &result, &err);
	if (status != SILT_OK) {
		fail_msg("%s", err.text);
	}
	return result;
}

static bool append(void *ctx, const void *bytes, size_t size)
{
	silt_buffer_add(ctx, silt_bytes(bytes, size));
	return true;
}

static struct silt_buffer report(const struct silt_result *result, enum silt_format format)
{
	struct silt_buffer text = {0};
	struct silt_report_options options = {.format = format};
	struct silt_error err = {0};
	assert_int_equal(
		judged_report(&result, 1, SILT_SEVERITY_HIGH, &options, (struct silt_sink){append, &text}, &err),
		SILT_OK);
	return text;
}

static size_t count_rule(const struct silt_result *result, const char *rule)
{
	size_t count, found = 0;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		found += strcmp(findings[i].rule, rule) == 0;
	}
	return found;
}

static const struct silt_finding *find_rule(const struct silt_result *result, const char *rule)
{
	size_t count;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(findings[i].rule, rule) == 0) {
			return &findings[i];
		}
	}
	fail_msg("no finding of %s", rule);
	return NULL;
}

/* ---- Layers -------------------------------------------------------------------------------------------------------- */

/* A layer with one file, or one directory, or one mark; ended. */
static struct tar_writer file_layer(const char *name, const char *text)
{
	struct tar_writer w = {0};
	tar_text(&w, name, 0644, text);
	tar_end(&w);
	return w;
}

/* An image of up to three layers. */
static struct image make_image(const char *name, const struct tar_writer *layers, size_t count)
{
	static const char *const lines[] = {
		"/bin/sh -c #(nop) COPY file:1 in / ",
		"RUN /bin/sh -c rm -rf /srv # buildkit",
		"RUN /bin/sh -c true # buildkit",
	};
	struct image image = {.name = name, .config = "\"User\":\"10001\"", .layer_count = count};
	for (size_t i = 0; i < count; i++) {
		image.layers[i] = (struct image_layer){tar_bytes(&layers[i]), lines[i % SILT_COUNT(lines)]};
	}
	return image;
}

static void done_layers(struct tar_writer *layers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		tar_done(&layers[i]);
	}
}

/* The one AWS key of an image of two layers, the second being `second`. */
static void assert_key_fate(struct tar_writer second, enum silt_fate fate)
{
	struct tar_writer layers[] = {file_layer("srv/key", KEY_ID "\n"), second};
	struct image image = make_image("app:1", layers, 2);
	struct tar_writer bundle = {0};
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	const struct silt_finding *finding = find_rule(result, "aws-access-key-id");
	assert_int_equal(finding->sighting_count, 1);
	assert_int_equal(finding->exposure, fate);
	const struct silt_sighting *sighting = &finding->sightings[0];
	assert_int_equal(sighting->fate, fate);
	assert_string_equal(sighting->place, "/srv/key");
	assert_non_null(strstr(sighting->added_by, "COPY file:1 in /"));
	assert_non_null(strstr(sighting->hidden_by, "rm -rf /srv"));
	assert_int_equal(sighting->resurrected, fate == SILT_FATE_VISIBLE); /* the history says that it is gone */
	assert_int_equal(sighting->cause_layer, fate == SILT_FATE_VISIBLE ? SIZE_MAX : 1);
	silt_result_free(result);
	tar_done(&bundle);
	done_layers(layers, 2);
}

/* ---- Fates --------------------------------------------------------------------------------------------------------- */

static void a_key_deleted_later_is_found_with_both_instructions(void **state)
{
	(void)state;
	assert_key_fate(file_layer("srv/.wh.key", ""), SILT_FATE_DELETED);
	assert_key_fate(file_layer(".wh.srv", ""), SILT_FATE_DELETED);
}

static void a_key_overwritten_later_is_found(void **state)
{
	(void)state;
	assert_key_fate(file_layer("srv/key", "nothing\n"), SILT_FATE_OVERWRITTEN);
}

static void a_key_below_an_opaque_directory_is_found(void **state)
{
	(void)state;
	assert_key_fate(file_layer("srv/.wh..wh..opq", ""), SILT_FATE_MASKED);
}

static void a_key_below_a_type_change_is_found(void **state)
{
	(void)state;
	assert_key_fate(file_layer("srv", "now a file\n"), SILT_FATE_MASKED);
}

static void a_key_that_only_the_history_removed_is_visible(void **state)
{
	(void)state;
	assert_key_fate(file_layer("srv/other", "nothing\n"), SILT_FATE_VISIBLE);
}

static void a_key_lives_on_under_its_other_hardlink(void **state)
{
	(void)state;
	struct tar_writer first = {0};
	tar_text(&first, "srv/key", 0600, KEY_ID "\n");
	tar_hardlink(&first, "srv/backup", "srv/key");
	tar_end(&first);
	struct tar_writer layers[] = {first, file_layer("srv/.wh.key", "")};
	struct image image = make_image("app:1", layers, 2);
	struct tar_writer bundle = {0};
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	const struct silt_finding *finding = find_rule(result, "aws-access-key-id");
	assert_int_equal(finding->exposure, SILT_FATE_VISIBLE);
	assert_non_null(strstr(finding->sightings[0].note, "srv/backup"));
	silt_result_free(result);
	tar_done(&bundle);
	done_layers(layers, 2);
}

static void one_secret_in_layer_config_and_history_is_one_finding(void **state)
{
	(void)state;
	struct tar_writer layers[] = {file_layer("srv/key", KEY_ID "\n"), file_layer("srv/copy", KEY_ID "\n")};
	struct image image = make_image("app:1", layers, 2);
	image.config = "\"User\":\"10001\",\"Env\":[\"ID=" KEY_ID "\"]";
	image.layers[1].created_by = "RUN |1 ID=" KEY_ID " /bin/sh -c cp # buildkit";
	struct tar_writer bundle = {0};
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	assert_int_equal(count_rule(result, "aws-access-key-id"), 1);
	assert_int_equal(count_rule(result, "secret-env"), 0);
	assert_int_equal(find_rule(result, "aws-access-key-id")->sighting_count, 4);
	struct silt_buffer text = report(result, SILT_FORMAT_TEXT);
	assert_true(silt_bytes_find(silt_buffer_bytes(&text), SILT_LITERAL(KEY_ID)) == SIZE_MAX);
	silt_buffer_done(&text);
	text = report(result, SILT_FORMAT_JSON);
	assert_true(silt_bytes_find(silt_buffer_bytes(&text), SILT_LITERAL(KEY_ID)) == SIZE_MAX);
	silt_buffer_done(&text);
	silt_result_free(result);
	tar_done(&bundle);
	done_layers(layers, 2);
}

/* ---- Bundles ------------------------------------------------------------------------------------------------------- */

static void all_images_of_a_bundle_are_audited_and_one_can_be_chosen(void **state)
{
	(void)state;
	struct tar_writer layers[] = {file_layer("a", KEY_ID "\n"), file_layer("b", OTHER_KEY_ID "\n")};
	struct image images[] = {make_image("one:1", &layers[0], 1), make_image("two:latest", &layers[1], 1)};
	struct tar_writer bundle = {0};
	image_docker(&bundle, images, 2);
	struct silt_result *result = audit(tar_bytes(&bundle));
	size_t count;
	silt_result_images(result, &count);
	assert_int_equal(count, 2);
	assert_int_equal(count_rule(result, "aws-access-key-id"), 2);
	silt_result_free(result);

	struct silt_options options = {.image = "two"};
	struct silt_error err = {0};
	assert_int_equal(try_audit(tar_bytes(&bundle), SIZE_MAX, &options, &result, &err), SILT_OK);
	silt_result_images(result, &count);
	assert_int_equal(count, 1);
	assert_int_equal(count_rule(result, "aws-access-key-id"), 1);
	assert_int_equal(silt_result_coverage(result)->left_out_images, 1);
	assert_int_equal(silt_result_coverage(result)->left_out_findings, 0);
	silt_result_free(result);

	static const char *const skip[] = {"secret"};
	options = (struct silt_options){.skip = skip, .skip_count = 1};
	assert_int_equal(try_audit(tar_bytes(&bundle), SIZE_MAX, &options, &result, &err), SILT_OK);
	assert_int_equal(silt_result_coverage(result)->left_out_images, 0);
	assert_int_equal(silt_result_coverage(result)->left_out_findings, 2);
	silt_result_free(result);

	options = (struct silt_options){0};
	options.image = "three";
	result = NULL;
	assert_int_equal(try_audit(tar_bytes(&bundle), SIZE_MAX, &options, &result, &err), SILT_ERR_INPUT);
	assert_non_null(strstr(err.text, "three"));
	assert_null(result);
	tar_done(&bundle);
	done_layers(layers, 2);
}

static void a_layer_that_no_image_uses_is_surveyed(void **state)
{
	(void)state;
	struct tar_writer layers[] = {file_layer("a", "nothing\n"), file_layer("b", KEY_ID "\n")};
	struct image image = make_image("one:1", layers, 1);
	struct tar_writer bundle = {0};
	tar_file(&bundle, "left/layer.tar", 0644, tar_bytes(&layers[1]));
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	const struct silt_finding *finding = find_rule(result, "aws-access-key-id");
	assert_int_equal(finding->exposure, SILT_FATE_UNREFERENCED);
	assert_string_equal(finding->sightings[0].member, "left/layer.tar");
	assert_int_equal(count_rule(result, "integrity-orphan-blob"), 1);
	silt_result_free(result);
	tar_done(&bundle);
	done_layers(layers, 2);
}

static void a_stray_file_beside_the_layers_is_matched(void **state)
{
	(void)state;
	struct tar_writer layers[] = {file_layer("a", "nothing\n")};
	struct image image = make_image("one:1", layers, 1);
	struct tar_writer bundle = {0};
	tar_text(&bundle, "notes.txt", 0644, KEY_ID "\n");
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	const struct silt_finding *finding = find_rule(result, "aws-access-key-id");
	assert_int_equal(finding->exposure, SILT_FATE_UNREFERENCED);
	assert_string_equal(finding->sightings[0].member, "notes.txt");
	silt_result_free(result);
	tar_done(&bundle);
	done_layers(layers, 1);
}

static void a_tar_without_any_index_is_a_rootfs(void **state)
{
	(void)state;
	struct tar_writer w = file_layer("srv/key", KEY_ID "\n");
	struct silt_result *result = audit(tar_bytes(&w));
	assert_string_equal(silt_result_format(result), "rootfs");
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	assert_int_equal(count, 1);
	assert_int_equal(images[0].layer_count, 1);
	char digest[SILT_ERROR_TEXT_MAX];
	assert_string_equal(images[0].layers[0].diff_id, image_digest(tar_bytes(&w), digest));
	assert_int_equal(find_rule(result, "aws-access-key-id")->exposure, SILT_FATE_VISIBLE);
	assert_int_equal(count_rule(result, "user-root"), 0);
	silt_result_free(result);
	tar_done(&w);
}

/* Two checks are about what only one of the forms can hold: health checks and attestations. */
static void docker_and_oci_forms_give_the_same_fingerprints(void **state)
{
	(void)state;
	static const char *const skip[] = {"config-no-healthcheck", "integrity-no-provenance"};
	static const struct silt_options options = {.skip = skip, .skip_count = SILT_COUNT(skip)};
	struct silt_error err = {0};
	struct tar_writer layers[] = {file_layer("srv/key", KEY_ID "\n"), file_layer("srv/.wh.key", "")};
	struct image image = make_image("app:1", layers, 2);
	image.config = "\"Env\":[\"A=" OTHER_KEY_ID "\"]";
	struct tar_writer docker = {0}, oci = {0};
	image_docker(&docker, &image, 1);
	image_oci(&oci, &image, 1);
	struct silt_result *a = NULL, *b = NULL;
	assert_int_equal(try_audit(tar_bytes(&docker), SIZE_MAX, &options, &a, &err), SILT_OK);
	assert_int_equal(try_audit(tar_bytes(&oci), SIZE_MAX, &options, &b, &err), SILT_OK);
	size_t count_a, count_b;
	const struct silt_finding *left = silt_result_findings(a, &count_a);
	const struct silt_finding *right = silt_result_findings(b, &count_b);
	assert_int_equal(count_a, count_b);
	assert_true(count_a >= 3); /* two keys and the root user */
	for (size_t i = 0; i < count_a; i++) {
		assert_string_equal(left[i].rule, right[i].rule);
		assert_string_equal(left[i].fingerprint, right[i].fingerprint);
		assert_int_equal(left[i].exposure, right[i].exposure);
	}
	assert_string_equal(silt_result_format(a), "docker");
	assert_string_equal(silt_result_format(b), "oci");
	silt_result_free(a);
	silt_result_free(b);
	tar_done(&docker);
	tar_done(&oci);
	done_layers(layers, 2);
}

static void reading_in_small_pieces_gives_the_same_report(void **state)
{
	(void)state;
	struct tar_writer layers[] = {file_layer("srv/key", KEY_ID "\n"), file_layer("srv/.wh.key", "")};
	struct image image = make_image("app:1", layers, 2);
	struct tar_writer bundle = {0};
	image_oci(&bundle, &image, 1);
	struct silt_result *whole = audit(tar_bytes(&bundle)), *pieces = NULL;
	struct silt_error err = {0};
	assert_int_equal(try_audit(tar_bytes(&bundle), 7, NULL, &pieces, &err), SILT_OK);
	static const enum silt_format formats[] = {SILT_FORMAT_TEXT, SILT_FORMAT_JSON};
	for (size_t i = 0; i < SILT_COUNT(formats); i++) {
		struct silt_buffer a = report(whole, formats[i]), b = report(pieces, formats[i]);
		assert_string_equal(silt_buffer_text(&a), silt_buffer_text(&b));
		silt_buffer_done(&a);
		silt_buffer_done(&b);
	}
	silt_result_free(whole);
	silt_result_free(pieces);
	tar_done(&bundle);
	done_layers(layers, 2);
}

/* ---- Damage -------------------------------------------------------------------------------------------------------- */

static void a_bundle_cut_anywhere_never_passes(void **state)
{
	(void)state;
	struct tar_writer layers[] = {file_layer("srv/a", "nothing\n"), file_layer("srv/b", "nothing\n")};
	struct image image = make_image("app:1", layers, 2);
	void (*const writers[])(struct tar_writer *, const struct image *, size_t) = {image_docker, image_oci};
	for (size_t form = 0; form < SILT_COUNT(writers); form++) {
		struct tar_writer bundle = {0};
		writers[form](&bundle, &image, 1);
		/* Up to the end marker, all of it is needed. */
		struct silt_bytes whole = tar_bytes(&bundle);
		for (size_t len = 0; len < whole.len - 2 * TAR_BLOCK; len += 128) {
			struct silt_result *result = NULL;
			struct silt_error err = {0};
			enum silt_status status =
				try_audit(silt_bytes_slice(whole, 0, len), SIZE_MAX, NULL, &result, &err);
			if (status != SILT_OK) {
				assert_int_equal(status, SILT_ERR_INPUT);
				assert_true(strlen(err.text) > 10);
			} else if (judged_verdict(result) != SILT_VERDICT_INCOMPLETE) {
				fail_msg("form %zu cut at %zu of %zu passes", form, len, whole.len);
			}
			silt_result_free(result);
		}
		tar_done(&bundle);
	}
	done_layers(layers, 2);
}

/* An index of so many values that five of them leave no room for more: {"manifests":[0,0,...]}. */
static void crowded_index(struct silt_buffer *text)
{
	silt_buffer_add_text(text, "{\"manifests\":[0");
	for (size_t i = 4; i < 199999; i++) {
		silt_buffer_add_text(text, ",0");
	}
	silt_buffer_add_text(text, "]}");
}

static void documents_beyond_the_limit_are_told_and_not_kept(void **state)
{
	(void)state;
	struct tar_writer layers[] = {file_layer("a", KEY_ID "\n")};
	struct image image = make_image("one:1", layers, 1);
	struct tar_writer bundle = {0};
	struct silt_buffer index = {0};
	crowded_index(&index);
	for (size_t i = 0; i < 5; i++) {
		tar_text(&bundle, "crowded.json", 0644, silt_buffer_text(&index));
	}
	tar_text(&bundle, "index.json", 0644, silt_buffer_text(&index));
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	assert_int_equal(judged_verdict(result), SILT_VERDICT_INCOMPLETE);
	assert_int_equal(silt_result_coverage(result)->documents, 5);
	assert_int_equal(count_rule(result, "aws-access-key-id"), 1);
	silt_result_free(result);
	silt_buffer_done(&index);
	tar_done(&bundle);
	done_layers(layers, 1);
}

static void what_is_no_image_is_refused_in_one_sentence(void **state)
{
	(void)state;
	const struct {
		struct silt_bytes bytes;
		const char *said;
	} cases[] = {
		{SILT_LITERAL(""), "an empty file"},
		{SILT_LITERAL("hello\n"), "text"},
		{SILT_LITERAL("{\"a\":1}"), "a JSON document"},
		{SILT_LITERAL("PK\003\004abcdefgh"), "a zip archive"},
		{SILT_LITERAL("\177ELF\002\001\001"), "an ELF program"},
		{SILT_LITERAL("\001\002\003\004"), "unknown binary data"},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_result *result = NULL;
		struct silt_error err = {0};
		assert_int_equal(try_audit(cases[i].bytes, SIZE_MAX, NULL, &result, &err), SILT_ERR_INPUT);
		assert_non_null(strstr(err.text, cases[i].said));
		assert_null(result);
	}
}

static void a_bundle_is_audited_once(void **state)
{
	(void)state;
	struct tar_writer w = file_layer("a", "x");
	struct reader reader = {tar_bytes(&w), SIZE_MAX};
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL, *again = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_bundle_open_read(read_some, &reader, "test", &bundle, &err), SILT_OK);
	assert_int_equal(silt_audit(bundle, NULL, &result, &err), SILT_OK);
	assert_int_equal(silt_audit(bundle, NULL, &again, &err), SILT_ERR_USAGE);
	silt_result_free(result);
	silt_bundle_free(bundle);
	tar_done(&w);
}

static void options_that_make_no_sense_are_a_usage_error(void **state)
{
	(void)state;
	static const struct silt_options wrong[] = {{.image = ""}, {.platform = "linux"}, {.platform = ""}};
	struct tar_writer w = file_layer("a", "x");
	for (size_t i = 0; i < SILT_COUNT(wrong); i++) {
		struct silt_result *result = NULL;
		struct silt_error err = {0};
		assert_int_equal(try_audit(tar_bytes(&w), SIZE_MAX, &wrong[i], &result, &err), SILT_ERR_USAGE);
	}
	tar_done(&w);
}

static void a_linked_list_of_accounts_is_read(void **state)
{
	(void)state;
	struct tar_writer layer = {0};
	tar_symlink(&layer, "etc/passwd", "../data/users");
	tar_text(&layer, "data/users", 0755, "app:x:0:0::/:\n");
	tar_end(&layer);
	struct image image = make_image("app:1", &layer, 1);
	image.config = "\"User\":\"app\"";
	struct tar_writer bundle = {0};
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	assert_int_equal(find_rule(result, "user-uid0-alias")->severity, SILT_SEVERITY_HIGH);
	silt_result_free(result);
	tar_done(&bundle);
	tar_done(&layer);
}

static void a_secret_in_an_xattr_has_the_fate_of_its_file(void **state)
{
	(void)state;
	struct tar_writer first = {0};
	tar_pax(&first, "SCHILY.xattr.user.key", SILT_LITERAL(KEY_ID));
	tar_text(&first, "srv/key", 0644, "nothing");
	tar_end(&first);
	struct tar_writer layers[] = {first, file_layer("srv/.wh.key", "")};
	struct image image = make_image("app:1", layers, 2);
	struct tar_writer bundle = {0};
	image_docker(&bundle, &image, 1);
	struct silt_result *result = audit(tar_bytes(&bundle));
	const struct silt_finding *finding = find_rule(result, "aws-access-key-id");
	assert_int_equal(finding->sighting_count, 1);
	assert_int_equal(finding->exposure, SILT_FATE_DELETED);
	assert_string_equal(finding->sightings[0].place, "/srv/key");
	assert_string_equal(finding->sightings[0].note, "xattr user.key");
	silt_result_free(result);
	tar_done(&bundle);
	done_layers(layers, 2);
}

static bool stop_at_once(void *ctx, const struct silt_progress *progress)
{
	(void)progress;
	(*(int *)ctx)++;
	return false;
}

static void progress_can_stop_the_audit(void **state)
{
	(void)state;
	struct tar_writer w = file_layer("a", "x");
	int calls = 0;
	struct silt_options options = {.progress = stop_at_once, .progress_ctx = &calls};
	struct silt_result *result = NULL;
	struct silt_error err = {0};
	assert_int_equal(try_audit(tar_bytes(&w), SIZE_MAX, &options, &result, &err), SILT_ERR_STOPPED);
	assert_int_equal(calls, 1);
	assert_null(result);
	tar_done(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_deleted_later_is_found_with_both_instructions),
		cmocka_unit_test(a_key_overwritten_later_is_found),
		cmocka_unit_test(a_key_below_an_opaque_directory_is_found),
		cmocka_unit_test(a_key_below_a_type_change_is_found),
		cmocka_unit_test(a_key_that_only_the_history_removed_is_visible),
		cmocka_unit_test(a_key_lives_on_under_its_other_hardlink),
		cmocka_unit_test(one_secret_in_layer_config_and_history_is_one_finding),
		cmocka_unit_test(all_images_of_a_bundle_are_audited_and_one_can_be_chosen),
		cmocka_unit_test(a_layer_that_no_image_uses_is_surveyed),
		cmocka_unit_test(a_stray_file_beside_the_layers_is_matched),
		cmocka_unit_test(a_tar_without_any_index_is_a_rootfs),
		cmocka_unit_test(docker_and_oci_forms_give_the_same_fingerprints),
		cmocka_unit_test(reading_in_small_pieces_gives_the_same_report),
		cmocka_unit_test(a_bundle_cut_anywhere_never_passes),
		cmocka_unit_test(documents_beyond_the_limit_are_told_and_not_kept),
		cmocka_unit_test(what_is_no_image_is_refused_in_one_sentence),
		cmocka_unit_test(a_bundle_is_audited_once),
		cmocka_unit_test(options_that_make_no_sense_are_a_usage_error),
		cmocka_unit_test(a_linked_list_of_accounts_is_read),
		cmocka_unit_test(a_secret_in_an_xattr_has_the_fate_of_its_file),
		cmocka_unit_test(progress_can_stop_the_audit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
