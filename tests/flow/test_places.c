/* A secret is found wherever an image can hold one that is no file, and the report says where. */
#include "base/secure.h"
#include "silt/silt.h"
#include "support/image_writer.h"
#include "unit/stream/compress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Not a key: the anchor and sixteen letters of its alphabet, put together here so that no file holds it. */
#define KEY                                                                                                            \
	"AKIA"                                                                                                         \
	"QWERTYUIOPASDFGH"

/* ---- Running ------------------------------------------------------------------------------------------------------- */

static int64_t read_rest(void *ctx, void *buffer, size_t size)
{
	struct silt_bytes *rest = ctx;
	struct silt_bytes head = silt_bytes_slice(*rest, 0, size);
	*rest = silt_bytes_slice(*rest, head.len, SIZE_MAX);
	if (head.len > 0) {
		memcpy(buffer, head.ptr, head.len);
	}
	return (int64_t)head.len;
}

/* Audits the bundle, and demands one finding of the key with exactly one place, which is this one. */
static void demand(struct tar_writer *bundle, const char *rule, const char *place, const char *what)
{
	struct silt_bytes rest = tar_bytes(bundle);
	struct silt_bundle *opened = NULL;
	struct silt_result *result = NULL;
	struct silt_error err = {0};
	size_t count, found = 0;
	assert_int_equal(silt_bundle_open_read(read_rest, &rest, "test", &opened, &err), SILT_OK);
	assert_int_equal(silt_audit(opened, NULL, &result, &err), SILT_OK);
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(findings[i].pattern, "aws-access-key-id") != 0) {
			continue;
		}
		found++;
		if (strcmp(findings[i].rule, rule) != 0 || findings[i].sighting_count != 1 ||
		    strcmp(findings[i].sightings[0].place, place) != 0) {
			fail_msg("%s: %s at %zu places, the first '%s'; wanted %s at '%s'", what, findings[i].rule,
				 findings[i].sighting_count, findings[i].sightings[0].place, rule, place);
		}
	}
	if (found != 1) {
		fail_msg("%s: %zu findings of the key", what, found);
	}
	silt_result_free(result);
	silt_bundle_free(opened);
	tar_done(bundle);
}

/* ---- The config ---------------------------------------------------------------------------------------------------- */

static struct tar_writer empty_layer(void)
{
	struct tar_writer w = {0};
	tar_text(&w, "x", 0644, "x");
	tar_end(&w);
	return w;
}

/* `config` may close the object and go on with members of the document. */
static const struct {
	const char *config, *history, *created_by;
	const char *rule, *place;
} fields[] = {
	{"\"Env\":[\"ID=" KEY "\"]", NULL, "x", "secret-env", "Env ID"},
	{"\"Labels\":{\"who\":\"" KEY "\"}", NULL, "x", "secret-label", "Label who"},
	{"\"Cmd\":[\"run\",\"--id=" KEY "\"]", NULL, "x", "secret-command", "Cmd"},
	{"\"Entrypoint\":[\"run\",\"" KEY "\"]", NULL, "x", "secret-command", "Entrypoint"},
	{"\"Healthcheck\":{\"Test\":[\"CMD\",\"" KEY "\"]}", NULL, "x", "secret-command", "Healthcheck"},
	{"\"OnBuild\":[\"RUN login " KEY "\"]", NULL, "x", "secret-command", "OnBuild"},
	{"\"Shell\":[\"/bin/sh\",\"" KEY "\"]", NULL, "x", "secret-command", "Shell"},
	{"},\"author\":\"" KEY "\",\"x\":{", NULL, "x", "secret-label", "author"},
	{"},\"comment\":\"" KEY "\",\"x\":{", NULL, "x", "secret-legacy-config", "comment"},
	{"},\"container_config\":{\"Cmd\":[\"" KEY "\"]},\"x\":{", NULL, "x", "secret-legacy-config",
	 "container_config Cmd[0]"},
	{"", "{\"created_by\":\"RUN login " KEY "\",\"empty_layer\":true},", "x", "secret-history", "history line 1"},
	{"", "{\"created_by\":\"RUN |1 ID=" KEY " /bin/sh -c true\",\"empty_layer\":true},", "x", "secret-build-arg",
	 "history line 1"},
	{"", "{\"created_by\":\"x\",\"author\":\"" KEY "\",\"empty_layer\":true},", "x", "secret-history",
	 "author of history line 1"},
	/* What crane flatten leaves: the whole history as text. */
	{"",
	 "{\"created_by\":\"crane flatten\",\"comment\":\"[{\\\"created_by\\\":\\\"ENV ID=" KEY
	 "\\\"}]\",\"empty_layer\":true},",
	 "x", "secret-history", "comment of history line 1"},
	{"", NULL, "RUN login " KEY, "secret-history", "history line 1"},
};

static void every_field_of_a_config_is_looked_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(fields); i++) {
		struct tar_writer layer = empty_layer(), bundle = {0};
		struct image image = {
			.name = "app:1", .config = fields[i].config, .history = fields[i].history, .layer_count = 1};
		image.layers[0] = (struct image_layer){tar_bytes(&layer), fields[i].created_by};
		image_docker(&bundle, &image, 1);
		demand(&bundle, fields[i].rule, fields[i].place, fields[i].place);
		tar_done(&layer);
	}
}

/* ---- Other documents ------------------------------------------------------------------------------------------------- */

static const struct {
	const char *name, *json, *rule, *place;
} documents[] = {
	/* A layer's own json of the times before 1.10. */
	{"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/json",
	 "{\"id\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"config\":{\"Env\":[\"ID=" KEY
	 "\"]}}",
	 "secret-legacy-config", "config.Env[0]"},
	{"index.json", "{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"note\":\"" KEY "\"}}", "secret-label",
	 "annotations.note"},
	{"blobs/sha256/m",
	 "{\"schemaVersion\":2,\"mediaType\":\"application/"
	 "vnd.oci.image.manifest.v1+json\",\"config\":{},\"layers\":[],"
	 "\"annotations\":{\"note\":\"" KEY "\"}}",
	 "secret-label", "annotations.note"},
	{"blobs/sha256/a",
	 "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"predicateType\":\"https://slsa.dev/provenance/v0.2\","
	 "\"subject\":[],\"predicate\":{\"invocation\":{\"parameters\":{\"args\":{\"build-arg:ID\":\"" KEY "\"}}}}}",
	 "secret-attestation", "predicate.invocation.parameters.args[\"build-arg:ID\"]"},
};

static void every_other_document_is_looked_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(documents); i++) {
		struct tar_writer layer = empty_layer(), bundle = {0};
		struct image image = {.name = "app:1", .config = "", .layer_count = 1};
		tar_text(&bundle, documents[i].name, 0444, documents[i].json);
		image.layers[0] = (struct image_layer){tar_bytes(&layer), "x"};
		image_docker(&bundle, &image, 1);
		demand(&bundle, documents[i].rule, documents[i].place, documents[i].name);
		tar_done(&layer);
	}
}

/* ---- Layers: what is no body of a file -------------------------------------------------------------------------------- */

static void pax_comment(struct tar_writer *w)
{
	tar_pax(w, "comment", SILT_LITERAL(KEY));
	tar_text(w, "x", 0644, "x");
	tar_end(w);
}

static void xattr(struct tar_writer *w)
{
	tar_pax(w, "SCHILY.xattr.user.id", SILT_LITERAL(KEY));
	tar_text(w, "x", 0644, "x");
	tar_end(w);
}

/* libarchive's own form, in base64 without padding. */
static void encoded_xattr(struct tar_writer *w)
{
	struct silt_buffer value = {0};
	silt_base64(&value, SILT_LITERAL("id=" KEY));
	while (value.len > 0 && value.ptr[value.len - 1] == '=') {
		value.len--;
	}
	tar_pax(w, "LIBARCHIVE.xattr.user.id", silt_buffer_bytes(&value));
	tar_text(w, "x", 0644, "x");
	tar_end(w);
	silt_buffer_done(&value);
}

static void name(struct tar_writer *w)
{
	tar_text(w, "srv/" KEY ".txt", 0644, "x");
	tar_end(w);
}

static void link_target(struct tar_writer *w)
{
	tar_symlink(w, "x", "/srv/" KEY);
	tar_end(w);
}

static void whiteout_body(struct tar_writer *w)
{
	tar_text(w, ".wh.x", 0644, KEY);
	tar_end(w);
}

static void behind_the_end(struct tar_writer *w)
{
	tar_text(w, "x", 0644, "x");
	tar_end(w);
	tar_body(w, SILT_LITERAL(KEY));
}

static void device_padding(struct tar_writer *w)
{
	tar_text(w, "x", 0644, "x");
	w->out.ptr[512 + 100] = 'A'; /* behind the one byte of the body */
	memcpy(w->out.ptr + 512 + 100, KEY, strlen(KEY));
	tar_end(w);
}

static void gzip_comment(struct tar_writer *w)
{
	struct tar_writer plain = empty_layer();
	add_gzip(&w->out, tar_bytes(&plain), &(struct gzip_fields){.comment = KEY});
	tar_done(&plain);
}

static void gzip_extra(struct tar_writer *w)
{
	struct tar_writer plain = empty_layer();
	add_gzip(&w->out, tar_bytes(&plain), &(struct gzip_fields){.extra = SILT_LITERAL("xx\x14\0" KEY)});
	tar_done(&plain);
}

static void gzip_trailer(struct tar_writer *w)
{
	struct tar_writer plain = empty_layer();
	add_gzip(&w->out, tar_bytes(&plain), &(struct gzip_fields){0});
	silt_buffer_add_text(&w->out, KEY);
	tar_done(&plain);
}

static void skippable_frame(struct tar_writer *w)
{
	struct tar_writer plain = empty_layer();
	add_zstd(&w->out, tar_bytes(&plain));
	add_zstd_skippable(&w->out, 7, SILT_LITERAL(KEY));
	tar_done(&plain);
}

static const struct {
	void (*write)(struct tar_writer *w);
	const char *place;
} hidden[] = {
	{pax_comment, "bytes outside any file, at offset 523"},
	{xattr, "/x"},
	{encoded_xattr, "/x"},
	{name, "/srv/AKIA***.txt"},
	{link_target, "/x"},
	{whiteout_body, "/.wh.x"},
	{behind_the_end, "bytes outside any file, at offset 2048"},
	{device_padding, "bytes outside any file, at offset 612"},
	{gzip_comment, "gzip comment"},
	{gzip_extra, "gzip extra field"},
	{gzip_trailer, "bytes after the compressed data"},
	{skippable_frame, "zstd skippable frame"},
};

static void every_byte_of_a_layer_is_looked_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(hidden); i++) {
		struct tar_writer layer = {0}, bundle = {0};
		struct image image = {.name = "app:1", .config = "", .layer_count = 1};
		hidden[i].write(&layer);
		image.layers[0] = (struct image_layer){tar_bytes(&layer), "x"};
		image_docker(&bundle, &image, 1);
		demand(&bundle, "aws-access-key-id", hidden[i].place, hidden[i].place);
		tar_done(&layer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_of_a_config_is_looked_at),
		cmocka_unit_test(every_other_document_is_looked_at),
		cmocka_unit_test(every_byte_of_a_layer_is_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
