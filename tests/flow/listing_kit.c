/* The image that tests of listings share. */
#include "listing_kit.h"

#include <string.h>

static int64_t read_some(void *ctx, void *buffer, size_t size)
{
	struct silt_bytes *rest = ctx;
	struct silt_bytes head = silt_bytes_slice(*rest, 0, size);
	*rest = silt_bytes_slice(*rest, head.len, rest->len);
	if (head.len > 0) {
		memcpy(buffer, head.ptr, head.len);
	}
	return (int64_t)head.len;
}

static void write_layers(struct tar_writer *low, struct tar_writer *middle, struct tar_writer *top)
{
	tar_dir(low, "etc/", 0755);
	tar_text(low, "etc/motd", 0644, "hello\n");
	tar_text(low, "etc/gone", 0600, "back");
	tar_symlink(low, "lib", "usr/lib");
	tar_text(low, "usr/lib/a.so", 0644, "");
	tar_text(low, "bin/su", 04755, "su");
	tar_hardlink(low, "bin/su2", "bin/su");
	tar_text(low, "opt/old", 0644, "old");
	tar_end(low);
	tar_dir(middle, "etc/", 0755);
	tar_text(middle, "etc/motd", 0644, "hello again\n");
	tar_text(middle, "etc/.wh.gone", 0644, "");
	tar_text(middle, "opt/.wh..wh..opq", 0644, "");
	tar_text(middle, "opt/new", 0644, "new");
	tar_end(middle);
	tar_text(top, "etc/motd", 0600, "hello again\n");
	tar_text(top, "etc/gone", 0600, "back");
	tar_text(top, "a\n\033[1mb", 0644, "odd");
	tar_text(top, "-", 0644, "dash");
	tar_end(top);
}

static struct silt_result *audit(struct silt_bytes bytes)
{
	struct silt_error err = {0};
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	const struct silt_options options = {.entries_only = true, .keep_digests = true};
	assert_int_equal(silt_bundle_open_read(read_some, &bytes, "test", &bundle, &err), SILT_OK);
	if (silt_audit(bundle, &options, &result, &err) != SILT_OK) {
		fail_msg("%s", err.text);
	}
	silt_bundle_free(bundle);
	return result;
}

int kit_setup(void **state)
{
	struct tar_writer layers[3] = {0}, save = {0};
	struct kit *kit = calloc(1, sizeof(*kit));
	size_t count;
	assert_non_null(kit);
	write_layers(&layers[0], &layers[1], &layers[2]);
	const struct image image = {
		.name = "app:1",
		.history = "{\"created\":\"1960-02-29T23:30:00-01:00\",\"created_by\":\"RUN |1 TOKEN=empty /bin/sh -c "
			   "true # buildkit\",\"empty_layer\":true},"
			   "{\"created\":\"2023-02-29T00:00:00Z\",\"created_by\":\"/bin/sh -c #(nop)  ENV "
			   "A=b\",\"empty_layer\":true},",
		.layers = {{tar_bytes(&layers[0]), "COPY first /"},
			   {tar_bytes(&layers[1]), "RUN |1 TOKEN=layered /bin/sh -c second # buildkit"},
			   {tar_bytes(&layers[2]), "RUN chmod 600 /etc/motd"}},
		.layer_count = 3,
	};
	image_docker(&save, &image, 1);
	kit->result = audit(tar_bytes(&save));
	kit->image = silt_result_images(kit->result, &count);
	assert_int_equal(count, 1);
	for (size_t i = 0; i < 3; i++) {
		tar_done(&layers[i]);
	}
	tar_done(&save);
	*state = kit;
	return 0;
}

int kit_teardown(void **state)
{
	struct kit *kit = *state;
	silt_result_free(kit->result);
	silt_buffer_done(&kit->text);
	free(kit);
	return 0;
}

static bool append(void *ctx, const void *bytes, size_t size)
{
	silt_buffer_add(ctx, silt_bytes(bytes, size));
	return true;
}

struct silt_sink kit_sink(struct kit *kit)
{
	silt_buffer_clear(&kit->text);
	kit->err = (struct silt_error){0};
	return (struct silt_sink){append, &kit->text};
}

void kit_expect(struct kit *kit, const char *text)
{
	assert_string_equal(silt_buffer_text(&kit->text), text);
}

void kit_has(struct kit *kit, const char *part)
{
	if (!strstr(silt_buffer_text(&kit->text), part)) {
		fail_msg("not there: %s\nin: %s", part, silt_buffer_text(&kit->text));
	}
}

void kit_lacks(struct kit *kit, const char *part)
{
	if (strstr(silt_buffer_text(&kit->text), part)) {
		fail_msg("there: %s\nin: %s", part, silt_buffer_text(&kit->text));
	}
}

void kit_fails(struct kit *kit, enum silt_status status, enum silt_status wanted, const char *part)
{
	assert_int_equal(status, wanted);
	if (!strstr(kit->err.text, part)) {
		fail_msg("not there: %s\nin: %s", part, kit->err.text);
	}
}
