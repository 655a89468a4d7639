/* Secrets in files of packages, from bytes to findings: a key is made here, and packages that do or do not own it. */
#include "base/limits.h"
#include "base/secure.h"
#include "silt/silt.h"
#include "stream/digest.h"
#include "support/image_writer.h"
#include "support/judged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define PATH "usr/share/one/test.key"
#define LIST "var/lib/dpkg/info/one:amd64.md5sums"

/* ---- Keys, sums, layers -------------------------------------------------------------------------------------------- */

/* An Ed25519 key of counted bytes, in PKCS#8 (RFC 8410): a key like any other, and nobody's. */
static struct silt_buffer make_key(uint8_t number)
{
	static const uint8_t start[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
					0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
	uint8_t der[sizeof(start) + 32];
	memcpy(der, start, sizeof(start));
	for (size_t i = 0; i < 32; i++) {
		der[sizeof(start) + i] = (uint8_t)(number + 7 * i);
	}
	struct silt_buffer pem = {0};
	silt_buffer_add_text(&pem, "-----BEGIN PRIV" /* so that no file holds it */
				   "ATE KEY-----\n");
	silt_base64(&pem, silt_bytes(der, sizeof(der)));
	silt_buffer_add_text(&pem, "\n-----END PRIV"
				   "ATE KEY-----\n");
	assert_false(pem.failed);
	return pem;
}

static void add_md5(struct silt_buffer *out, struct silt_bytes body)
{
	struct silt_summer *summer = NULL;
	uint8_t md5[SILT_SUM_MAX];
	assert_int_equal(silt_summer_new(SILT_SUM_MD5, &summer, NULL), SILT_OK);
	assert_int_equal(silt_sum(summer, &body, 1, md5, NULL), SILT_OK);
	silt_summer_free(summer);
	for (size_t i = 0; i < silt_sum_size(SILT_SUM_MD5); i++) {
		silt_buffer_printf(out, "%02x", md5[i]);
	}
}

/* The database of a package with one file. */
static void list_file(struct tar_writer *w, const char *path, struct silt_bytes body)
{
	struct silt_buffer list = {0};
	add_md5(&list, body);
	silt_buffer_printf(&list, "  %s\n", path);
	tar_file(w, LIST, 0644, silt_buffer_bytes(&list));
	silt_buffer_done(&list);
}

/* ---- Images -------------------------------------------------------------------------------------------------------- */

enum { LAYERS = 3 };

struct work {
	struct tar_writer layers[LAYERS];
	const char *instructions[LAYERS];
	struct silt_buffer key; /* of the package */
	struct silt_bytes body; /* the same */
	struct silt_result *result;
};

static int begin(void **state)
{
	static struct work work;
	work = (struct work){.key = make_key(1), .instructions = {"ADD file:1 in / ", "RUN make", "RUN make"}};
	work.body = silt_buffer_bytes(&work.key);
	*state = &work;
	return silt_secure_init(NULL) == SILT_OK ? 0 : -1;
}

static int end(void **state)
{
	struct work *work = *state;
	for (size_t i = 0; i < LAYERS; i++) {
		tar_done(&work->layers[i]);
	}
	silt_buffer_done(&work->key);
	silt_result_free(work->result);
	return 0;
}

struct reader {
	struct silt_bytes rest;
};

static int64_t read_some(void *ctx, void *buffer, size_t size)
{
	struct reader *reader = ctx;
	struct silt_bytes head = silt_bytes_slice(reader->rest, 0, size);
	reader->rest = silt_bytes_slice(reader->rest, head.len, reader->rest.len);
	memcpy(buffer, head.ptr ? head.ptr : (const uint8_t *)"", head.len);
	return (int64_t)head.len;
}

static void audit(struct work *work, struct silt_bytes bytes)
{
	struct reader reader = {bytes};
	struct silt_bundle *bundle = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_bundle_open_read(read_some, &reader, "test", &bundle, &err), SILT_OK);
	enum silt_status status = silt_audit(bundle, NULL, &work->result, &err);
	silt_bundle_free(bundle);
	if (status != SILT_OK) {
		fail_msg("%s", err.text);
	}
	assert_true(silt_result_coverage(work->result)->complete);
}

static void audit_image(struct work *work)
{
	struct image image = {.name = "one:1", .config = "\"User\":\"10001\"", .layer_count = LAYERS};
	for (size_t i = 0; i < LAYERS; i++) {
		tar_end(&work->layers[i]);
		image.layers[i] = (struct image_layer){tar_bytes(&work->layers[i]), work->instructions[i]};
	}
	struct tar_writer bundle = {0};
	image_docker(&bundle, &image, 1);
	audit(work, tar_bytes(&bundle));
	tar_done(&bundle);
}

static size_t count_suppressed(const struct work *work)
{
	size_t count;
	silt_result_suppressed(work->result, &count);
	return count;
}

/* The finding about a secret in content; NULL if there is none. */
static const struct silt_finding *key_finding(const struct work *work)
{
	size_t count;
	const struct silt_finding *findings = silt_result_findings(work->result, &count);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(findings[i].rule, "private-key") == 0) {
			return &findings[i];
		}
	}
	return NULL;
}

static void assert_suppressed(const struct work *work, const char *reason)
{
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(work->result, &count);
	assert_null(key_finding(work));
	assert_int_equal(count, 1);
	assert_string_equal(suppressed[0].suppressed, reason);
	assert_int_equal(suppressed[0].severity, SILT_SEVERITY_CRITICAL);
}

static void assert_found(const struct work *work)
{
	assert_non_null(key_finding(work));
	assert_int_equal(count_suppressed(work), 0);
	assert_int_equal(judged_verdict(work->result), SILT_VERDICT_FAIL);
}

/* ---- Tests --------------------------------------------------------------------------------------------------------- */

#define BY_DPKG(layer) "unmodified content of package one (dpkg md5sums in layer " layer ")"

static void a_key_of_a_package_of_the_base_is_suppressed(void **state)
{
	struct work *work = *state;
	tar_file(&work->layers[0], PATH, 0644, work->body);
	list_file(&work->layers[0], PATH, work->body);
	audit_image(work);
	assert_suppressed(work, BY_DPKG("1"));
	assert_int_equal(judged_verdict(work->result), SILT_VERDICT_PASS);
}

static void a_key_of_a_package_installed_later_is_suppressed_also_when_it_is_copied_up(void **state)
{
	struct work *work = *state;
	work->instructions[1] = "RUN /bin/sh -c apt-get update && apt-get install -y one # buildkit";
	work->instructions[2] = "RUN /bin/sh -c chmod 600 /usr/share/one/test.key # buildkit";
	tar_file(&work->layers[1], PATH, 0644, work->body);
	list_file(&work->layers[1], PATH, work->body);
	tar_file(&work->layers[2], PATH, 0600, work->body);
	audit_image(work);
	assert_suppressed(work, BY_DPKG("2"));
}

static void a_modified_file_of_a_package_is_a_finding(void **state)
{
	struct work *work = *state;
	struct silt_buffer other = make_key(2);
	list_file(&work->layers[0], PATH, work->body);
	tar_file(&work->layers[1], PATH, 0644, silt_buffer_bytes(&other));
	silt_buffer_done(&other);
	audit_image(work);
	assert_found(work);
}

static void a_database_that_was_copied_in_proves_nothing(void **state)
{
	struct work *work = *state;
	work->instructions[1] = "COPY key list / # buildkit";
	tar_file(&work->layers[1], PATH, 0644, work->body);
	list_file(&work->layers[1], PATH, work->body);
	audit_image(work);
	assert_found(work);
	assert_non_null(strstr(key_finding(work)->sightings[0].note, "not believed: it was copied into the image"));
}

static void a_database_of_a_later_layer_blesses_nothing(void **state)
{
	struct work *work = *state;
	work->instructions[1] = "RUN /bin/sh -c apt-get install -y one";
	tar_file(&work->layers[0], PATH, 0644, work->body);
	list_file(&work->layers[1], PATH, work->body);
	audit_image(work);
	assert_found(work);
	assert_non_null(strstr(key_finding(work)->sightings[0].note, "not believed: a later layer"));
}

static void a_file_that_comes_in_many_pieces_has_its_digest(void **state)
{
	struct work *work = *state;
	struct silt_buffer large = {0};
	while (large.len < 3 * SILT_BLOCK_SIZE) {
		silt_buffer_add_text(&large, "nothing to see in this line\n");
	}
	silt_buffer_add(&large, work->body);
	silt_buffer_add_text(&large, "\nand more\n");
	tar_file(&work->layers[0], PATH, 0644, silt_buffer_bytes(&large));
	list_file(&work->layers[0], PATH, silt_buffer_bytes(&large));
	silt_buffer_done(&large);
	audit_image(work);
	assert_suppressed(work, BY_DPKG("1"));
}

static void a_file_that_is_too_large_to_be_kept_stays_a_finding(void **state)
{
	struct work *work = *state;
	struct silt_buffer large = {0};
	silt_buffer_add(&large, work->body);
	while (large.len <= SILT_PROVABLE_BYTES_MAX) {
		silt_buffer_add_text(&large, "nothing to see in this line, nor in any of the others\n");
	}
	tar_file(&work->layers[0], PATH, 0644, silt_buffer_bytes(&large));
	list_file(&work->layers[0], PATH, silt_buffer_bytes(&large));
	silt_buffer_done(&large);
	audit_image(work);
	assert_found(work);
}

static void a_key_in_an_archive_is_suppressed_by_the_digest_of_the_archive(void **state)
{
	struct work *work = *state;
	struct tar_writer archive = {0};
	tar_file(&archive, "keys/test.key", 0644, work->body);
	tar_end(&archive);
	tar_file(&work->layers[0], "usr/share/one/keys.tar", 0644, tar_bytes(&archive));
	list_file(&work->layers[0], "usr/share/one/keys.tar", tar_bytes(&archive));
	tar_done(&archive);
	audit_image(work);
	assert_suppressed(work, BY_DPKG("1"));
	size_t count;
	const struct silt_finding *suppressed = silt_result_suppressed(work->result, &count);
	assert_non_null(strstr(suppressed->sightings[0].place, "keys.tar!/keys/test.key"));
}

static void one_layer_without_a_history_is_a_base(void **state)
{
	struct work *work = *state;
	struct tar_writer rootfs = {0};
	tar_dir(&rootfs, "usr/", 0755);
	tar_file(&rootfs, PATH, 0644, work->body);
	list_file(&rootfs, PATH, work->body);
	tar_end(&rootfs);
	audit(work, tar_bytes(&rootfs));
	tar_done(&rootfs);
	assert_suppressed(work, BY_DPKG("1"));
}

static void a_whiteout_of_the_database_takes_nothing_back(void **state)
{
	struct work *work = *state;
	work->instructions[1] = "RUN /bin/sh -c rm -rf /var/lib/dpkg";
	tar_file(&work->layers[0], PATH, 0644, work->body);
	list_file(&work->layers[0], PATH, work->body);
	tar_text(&work->layers[1], "var/lib/.wh.dpkg", 0, "");
	audit_image(work);
	assert_suppressed(work, BY_DPKG("1"));
}

static void an_application_that_pip_installed_from_its_folder_is_no_package(void **state)
{
	struct work *work = *state;
	struct silt_summer *summer = NULL;
	struct silt_buffer record = {0};
	uint8_t sum[SILT_SUM_MAX];
	assert_int_equal(silt_summer_new(SILT_SUM_SHA256, &summer, NULL), SILT_OK);
	assert_int_equal(silt_sum(summer, &work->body, 1, sum, NULL), SILT_OK);
	silt_summer_free(summer);
	silt_buffer_add_text(&record, "app/key.pem,sha256=");
	silt_base64(&record, silt_bytes(sum, silt_sum_size(SILT_SUM_SHA256)));
	silt_buffer_add_text(&record, ",100\n");
	tar_file(&work->layers[0], "srv/app/key.pem", 0644, work->body);
	tar_file(&work->layers[0], "srv/app-1.dist-info/RECORD", 0644, silt_buffer_bytes(&record));
	audit_image(work);
	assert_suppressed(work, "unmodified content of package app-1 (Python RECORD in layer 1)");

	silt_result_free(work->result);
	silt_buffer_add_text(&record, "app-1.dist-info/direct_url.json,,\n");
	tar_done(&work->layers[0]);
	work->layers[0] = (struct tar_writer){0};
	tar_file(&work->layers[0], "srv/app/key.pem", 0644, work->body);
	tar_file(&work->layers[0], "srv/app-1.dist-info/RECORD", 0644, silt_buffer_bytes(&record));
	audit_image(work);
	assert_found(work);
	silt_buffer_done(&record);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(a_key_of_a_package_of_the_base_is_suppressed),
		TEST(a_key_of_a_package_installed_later_is_suppressed_also_when_it_is_copied_up),
		TEST(a_modified_file_of_a_package_is_a_finding),
		TEST(a_database_that_was_copied_in_proves_nothing),
		TEST(a_database_of_a_later_layer_blesses_nothing),
		TEST(a_file_that_comes_in_many_pieces_has_its_digest),
		TEST(a_file_that_is_too_large_to_be_kept_stays_a_finding),
		TEST(a_key_in_an_archive_is_suppressed_by_the_digest_of_the_archive),
		TEST(one_layer_without_a_history_is_a_base),
		TEST(a_whiteout_of_the_database_takes_nothing_back),
		TEST(an_application_that_pip_installed_from_its_folder_is_no_package),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
