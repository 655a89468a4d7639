/*
 * How many threads work makes no difference: the same report from layers read side by side, in stages, or one after the
 * other, from a file, a folder and a pipe; also where a limit is reached that the layers share.
 */
#include "silt/silt.h"

#include "base/buffer.h"
#include "stream/digest.h"
#include "support/image_writer.h"
#include "support/judged.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

/*
 * A layer is worth a thread from 512 KiB on: four are. One is packed in gzip; of the others two are the same, and one is
 * only as long.
 */
enum { LAYERS = 7, LARGE = 3 * 1024 * 1024 };

static const unsigned numbers_of_jobs[] = {0, 1, 2, 3, 8};

struct fixture {
	char folder[64];
	char path[96];
	struct tar_writer layers[LAYERS];
	struct tar_writer save;
};

/* ---- The image ----------------------------------------------------------------------------------------------------- */

/* Bytes in which nothing is found, and that do not shrink to nothing. */
static void add_noise(struct tar_writer *w, const char *name, size_t len, unsigned seed)
{
	uint8_t *bytes = malloc(len);
	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++) {
		seed = seed * 1103515245 + 12345;
		bytes[i] = (uint8_t)(seed >> 16 & 0x1f);
	}
	tar_file(w, name, 0644, silt_bytes(bytes, len));
	free(bytes);
}

static struct silt_buffer gzip(struct silt_bytes bytes)
{
	struct silt_buffer out = {0};
	z_stream z = {0};
	assert_int_equal(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	size_t room = deflateBound(&z, bytes.len);
	uint8_t *packed = malloc(room);
	assert_non_null(packed);
	z.next_in = (Bytef *)(uintptr_t)bytes.ptr;
	z.avail_in = (uInt)bytes.len;
	z.next_out = packed;
	z.avail_out = (uInt)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	silt_buffer_add(&out, silt_bytes(packed, z.total_out));
	deflateEnd(&z);
	free(packed);
	return out;
}

static void write_layer(struct tar_writer *w, size_t number, unsigned seed)
{
	char name[64], secret[96];
	(void)snprintf(name, sizeof(name), "opt/noise%zu", number);
	(void)snprintf(secret, sizeof(secret), "aws_access_key_id = AKIAQYLPMN5HFIQR7%02zuA\n", number + 32);
	tar_dir(w, "opt/", 0755);
	tar_text(w, number % 2 ? "opt/key" : "opt/other", 0644, secret);
	add_noise(w, name, number % 2 ? LARGE + number * 100000 : 1000, seed);
	tar_text(w, "opt/last", 04755, secret);
	tar_end(w);
}

static void write_file(const char *path, struct silt_bytes bytes)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
	assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct image image = {.name = "app:1", .layer_count = LAYERS};
	assert_non_null(fixture);
	for (size_t i = 0; i < LAYERS; i++) {
		static const size_t numbers[LAYERS] = {0, 1, 2, 3, 4, 1, 1};
		write_layer(&fixture->layers[i], numbers[i], i == LAYERS - 1 ? 99 : 1);
		if (i == 3) {
			struct silt_buffer packed = gzip(tar_bytes(&fixture->layers[i]));
			tar_done(&fixture->layers[i]);
			fixture->layers[i] = (struct tar_writer){.out = packed};
		}
		image.layers[i] = (struct image_layer){.tar = tar_bytes(&fixture->layers[i]), .created_by = "COPY"};
	}
	image_oci(&fixture->save, &image, 1);
	tar_end(&fixture->save);
	(void)snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/silt-jobs.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	(void)snprintf(fixture->path, sizeof(fixture->path), "%s/save.tar", fixture->folder);
	write_file(fixture->path, tar_bytes(&fixture->save));
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	for (size_t i = 0; i < LAYERS; i++) {
		tar_done(&fixture->layers[i]);
	}
	tar_done(&fixture->save);
	(void)unlink(fixture->path);
	(void)rmdir(fixture->folder);
	free(fixture);
	return 0;
}

/* ---- Audits -------------------------------------------------------------------------------------------------------- */

static bool collect(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

static struct silt_buffer report_of(struct silt_bundle *bundle, const struct silt_options *options)
{
	struct silt_result *result = NULL;
	struct silt_error err = {0};
	struct silt_buffer report = {0};
	const struct silt_report_options how = {.format = SILT_FORMAT_JSON};
	assert_int_equal(silt_bundle_set_name(bundle, "save", &err), SILT_OK);
	assert_int_equal(silt_audit(bundle, options, &result, &err), SILT_OK);
	assert_int_equal(judged_report((const struct silt_result *const *)&result, 1, SILT_SEVERITY_HIGH, &how,
				       (struct silt_sink){collect, &report}, &err),
			 SILT_OK);
	silt_result_free(result);
	silt_bundle_free(bundle);
	return report;
}

static struct silt_buffer report_of_file(const char *path, const struct silt_options *options)
{
	struct silt_bundle *bundle = NULL;
	assert_int_equal(silt_bundle_open_path(path, &bundle, NULL), SILT_OK);
	return report_of(bundle, options);
}

static int64_t read_bytes(void *ctx, void *buffer, size_t size)
{
	struct silt_bytes *rest = ctx;
	struct silt_bytes piece = silt_bytes_slice(*rest, 0, size < 65536 ? size : 65536);
	if (piece.len > 0) {
		memcpy(buffer, piece.ptr, piece.len);
	}
	*rest = silt_bytes_slice(*rest, piece.len, SIZE_MAX);
	return (int64_t)piece.len;
}

static struct silt_buffer report_of_bytes(struct silt_bytes rest, const struct silt_options *options)
{
	struct silt_bundle *bundle = NULL;
	assert_int_equal(silt_bundle_open_read(read_bytes, &rest, "save", &bundle, NULL), SILT_OK);
	return report_of(bundle, options);
}

static struct silt_buffer report_of_pipe(const struct fixture *fixture, const struct silt_options *options)
{
	return report_of_bytes(tar_bytes(&fixture->save), options);
}

static void assert_same(struct silt_buffer *a, const struct silt_buffer *b)
{
	assert_int_equal(a->len, b->len);
	assert_memory_equal(a->ptr, b->ptr, a->len);
	silt_buffer_done(a);
}

static bool has(const struct silt_buffer *report, const char *text)
{
	return memmem(report->ptr, report->len, text, strlen(text)) != NULL;
}

/* ---- Tests --------------------------------------------------------------------------------------------------------- */

static void every_number_of_jobs_gives_the_same_report(void **state)
{
	const struct fixture *fixture = *state;
	struct silt_buffer alone = report_of_file(fixture->path, NULL);
	assert_true(has(&alone, "aws-access-key-id"));
	assert_true(has(&alone, "\"complete\": true") || has(&alone, "\"complete\":true"));
	for (size_t i = 0; i < SILT_COUNT(numbers_of_jobs); i++) {
		const struct silt_options options = {.jobs = numbers_of_jobs[i]};
		struct silt_buffer file = report_of_file(fixture->path, &options);
		struct silt_buffer pipe = report_of_pipe(fixture, &options);
		assert_same(&file, &alone);
		assert_same(&pipe, &alone);
	}
	silt_buffer_done(&alone);
}

/* Which layer gets what is left depends on who comes first, unless the bundle is read again one after the other. */
static void limits_that_layers_share_do_not_depend_on_who_comes_first(void **state)
{
	const struct fixture *fixture = *state;
	static const char *const names[] = {"total-bytes", "entry-bytes-total"};
	static const uint64_t values[] = {LARGE / 2, 600};
	for (size_t limit = 0; limit < SILT_COUNT(names); limit++) {
		const struct silt_limit_setting setting = {names[limit], values[limit]};
		struct silt_options options = {.limits = &setting, .limit_count = 1};
		struct silt_buffer alone = report_of_file(fixture->path, &options);
		assert_true(has(&alone, names[limit]));
		for (size_t i = 0; i < SILT_COUNT(numbers_of_jobs); i++) {
			options.jobs = numbers_of_jobs[i];
			struct silt_buffer file = report_of_file(fixture->path, &options);
			struct silt_buffer pipe = report_of_pipe(fixture, &options);
			assert_same(&file, &alone);
			assert_same(&pipe, &alone);
		}
		silt_buffer_done(&alone);
	}
}

static void assert_same_for_all_jobs(const struct fixture *fixture, struct silt_bytes bytes, const char *mark)
{
	char path[128];
	(void)snprintf(path, sizeof(path), "%s/other", fixture->folder);
	write_file(path, bytes);
	struct silt_buffer alone = report_of_file(path, NULL);
	assert_true(has(&alone, mark));
	for (size_t i = 0; i < SILT_COUNT(numbers_of_jobs); i++) {
		const struct silt_options options = {.jobs = numbers_of_jobs[i]};
		struct silt_buffer file = report_of_file(path, &options);
		struct silt_buffer pipe = report_of_bytes(bytes, &options);
		assert_same(&file, &alone);
		assert_same(&pipe, &alone);
	}
	silt_buffer_done(&alone);
	assert_int_equal(unlink(path), 0);
}

/* A root filesystem, plain and packed, a save that is packed as a whole, and what is cut off. */
static void what_is_no_plain_save_gives_the_same_report_too(void **state)
{
	const struct fixture *fixture = *state;
	struct silt_bytes root = tar_bytes(&fixture->layers[1]), save = tar_bytes(&fixture->save);
	struct silt_buffer packed_root = gzip(root), packed_save = gzip(save);
	assert_same_for_all_jobs(fixture, root, "aws-access-key-id");
	assert_same_for_all_jobs(fixture, silt_buffer_bytes(&packed_root), "aws-access-key-id");
	assert_same_for_all_jobs(fixture, silt_buffer_bytes(&packed_save), "aws-access-key-id");
	assert_same_for_all_jobs(fixture, silt_bytes_slice(save, 0, save.len / 2), "\"complete\": false");
	assert_same_for_all_jobs(fixture, silt_bytes_slice(root, 0, root.len / 2), "\"complete\": false");
	assert_same_for_all_jobs(fixture, silt_bytes_slice(silt_buffer_bytes(&packed_save), 0, packed_save.len / 2),
				 "\"complete\": false");
	silt_buffer_done(&packed_save);
	silt_buffer_done(&packed_root);
}

/* The members of the save as files. */
static void unpack(const struct fixture *fixture, char *folder, size_t size)
{
	char command[512];
	(void)snprintf(folder, size, "%s/layout", fixture->folder);
	(void)snprintf(command, sizeof(command), "mkdir '%s' && tar -C '%s' -xf '%s'", folder, folder, fixture->path);
	assert_int_equal(system(command), 0); /* NOLINT: the name is our own */
}

static void a_folder_gives_the_same_report_with_every_number_of_jobs(void **state)
{
	const struct fixture *fixture = *state;
	char folder[128], command[160];
	unpack(fixture, folder, sizeof(folder));
	struct silt_buffer alone = report_of_file(folder, NULL);
	assert_true(has(&alone, "aws-access-key-id"));
	for (size_t i = 0; i < SILT_COUNT(numbers_of_jobs); i++) {
		const struct silt_options options = {.jobs = numbers_of_jobs[i]};
		struct silt_buffer report = report_of_file(folder, &options);
		assert_same(&report, &alone);
	}
	const struct silt_limit_setting setting = {"total-bytes", LARGE / 2};
	struct silt_options options = {.limits = &setting, .limit_count = 1};
	struct silt_buffer limited = report_of_file(folder, &options);
	options.jobs = 4;
	struct silt_buffer again = report_of_file(folder, &options);
	assert_same(&again, &limited);
	silt_buffer_done(&limited);
	silt_buffer_done(&alone);
	(void)snprintf(command, sizeof(command), "rm -r '%s'", folder);
	assert_int_equal(system(command), 0); /* NOLINT */
}

struct stopper {
	size_t calls, stop_at;
	uint64_t bytes, layers;
	pthread_t thread;
	bool elsewhere; /* it was called from another thread */
};

static bool see_progress(void *ctx, const struct silt_progress *progress)
{
	struct stopper *stopper = ctx;
	stopper->elsewhere |= !pthread_equal(stopper->thread, pthread_self());
	stopper->bytes = progress->bytes;
	stopper->layers = progress->layers;
	return ++stopper->calls != stopper->stop_at;
}

static void progress_comes_in_the_callers_thread_and_stops_the_crew(void **state)
{
	const struct fixture *fixture = *state;
	struct stopper stopper = {.thread = pthread_self()};
	const struct silt_options options = {.jobs = 3, .progress = see_progress, .progress_ctx = &stopper};
	struct silt_buffer report = report_of_file(fixture->path, &options);
	silt_buffer_done(&report);
	assert_false(stopper.elsewhere);
	assert_int_equal(stopper.layers, LAYERS);
	assert_true(stopper.bytes <= fixture->save.out.len);
	assert_true(stopper.bytes > LARGE);
	const size_t calls = stopper.calls;
	for (size_t stop_at = 1; stop_at < calls; stop_at += 1 + calls / 16) {
		struct silt_bundle *bundle = NULL;
		struct silt_result *result = NULL;
		stopper.calls = 0;
		stopper.stop_at = stop_at;
		assert_int_equal(silt_bundle_open_path(fixture->path, &bundle, NULL), SILT_OK);
		enum silt_status status = silt_audit(bundle, &options, &result, NULL);
		/* How often it is called depends on time: it may have been done before. */
		assert_true(status == SILT_ERR_STOPPED || (status == SILT_OK && stopper.calls < stop_at));
		silt_result_free(result);
		silt_bundle_free(bundle);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_number_of_jobs_gives_the_same_report),
		cmocka_unit_test(limits_that_layers_share_do_not_depend_on_who_comes_first),
		cmocka_unit_test(what_is_no_plain_save_gives_the_same_report_too),
		cmocka_unit_test(a_folder_gives_the_same_report_with_every_number_of_jobs),
		cmocka_unit_test(progress_comes_in_the_callers_thread_and_stops_the_crew),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
