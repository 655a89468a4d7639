/* When a package database is believed: by the layer it is in, and by what made that layer. */
#include "stage.h"

#include "audit/secret_vendor.h"
#include "base/attributes.h"
#include "base/secure.h"
#include "layer/owned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct silt_rule key = {
	.id = "private-key",
	.title = "Private key",
	.remedy = "Make a new one.",
	.severity = SILT_SEVERITY_CRITICAL,
	.confidence = SILT_CONFIDENCE_PROVEN,
};

static const struct silt_rule live = {
	.id = "github-pat",
	.title = "GitHub token",
	.remedy = "Revoke it.",
	.severity = SILT_SEVERITY_CRITICAL,
	.confidence = SILT_CONFIDENCE_PROVEN,
	.never_vendor = true,
};

static int begin(void **state)
{
	static struct stage stage;
	stage_begin(&stage);
	*state = &stage;
	return silt_secure_init(NULL) == SILT_OK ? 0 : -1;
}

static int end(void **state)
{
	stage_end(*state);
	return 0;
}

static void instructions_tell_how_a_layer_came_about(void **state)
{
	(void)state;
	static const struct {
		const char *instruction;
		size_t layer;
		enum silt_layer_origin origin;
	} cases[] = {
		{"", 0, SILT_ORIGIN_BASE},
		{"ADD file:6a87 in /", 0, SILT_ORIGIN_BASE},
		{"ADD rootfs.tar.xz / ", 0, SILT_ORIGIN_BASE},
		{"COPY /rootfs /", 0, SILT_ORIGIN_BASE},
		{"RUN make", 0, SILT_ORIGIN_BASE},
		{"COPY venv /venv", 0, SILT_ORIGIN_COPY},
		{"COPY dir:12 in /", 1, SILT_ORIGIN_COPY},
		{"ADD apt-get-install.tar /", 3, SILT_ORIGIN_COPY},
		{"RUN apt-get update && apt-get install -y curl", 1, SILT_ORIGIN_INSTALL},
		{"RUN DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get -qq -y install curl", 1, SILT_ORIGIN_INSTALL},
		{"RUN apk add --no-cache curl", 2, SILT_ORIGIN_INSTALL},
		{"RUN set -eux; microdnf install -y java", 2, SILT_ORIGIN_INSTALL},
		{"RUN rpm -i x.rpm", 2, SILT_ORIGIN_INSTALL},
		{"RUN dpkg -i /tmp/x.deb", 2, SILT_ORIGIN_INSTALL},
		{"RUN python3 -m pip install -r requirements.txt", 2, SILT_ORIGIN_INSTALL},
		{"RUN pip3.11 install x", 2, SILT_ORIGIN_INSTALL},
		{"RUN cd /app && (uv sync --frozen)", 2, SILT_ORIGIN_INSTALL},
		{"RUN bash -c \"apt install curl\"", 2, SILT_ORIGIN_INSTALL},
		{"bazel build ...", 2, SILT_ORIGIN_INSTALL},
		{"apko", 2, SILT_ORIGIN_INSTALL},
		{"RUN make install", 2, SILT_ORIGIN_OTHER},
		{"RUN rm -rf /var/lib/apt/lists/* && apt-get clean", 2, SILT_ORIGIN_OTHER},
		{"RUN install -m 644 x /y; apt-get clean", 2, SILT_ORIGIN_OTHER},
		{"RUN echo adapt-get install", 2, SILT_ORIGIN_OTHER},
		{"/bin/bash", 2, SILT_ORIGIN_OTHER},
		{"", 2, SILT_ORIGIN_OTHER},
		{"ENV X=apt-get install", 2, SILT_ORIGIN_OTHER},
		{"COPYING apt-get install", 2, SILT_ORIGIN_OTHER},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		if (silt_layer_origin(cases[i].instruction, cases[i].layer) != cases[i].origin) {
			fail_msg("\"%s\" in layer %zu", cases[i].instruction, cases[i].layer);
		}
	}
}

static void a_database_proves_files_of_its_own_and_later_layers_if_packages_were_installed(void **state)
{
	(void)state;
	static const struct {
		size_t file, database;
		enum silt_layer_origin origin;
		enum silt_proof proof;
	} cases[] = {
		{0, 0, SILT_ORIGIN_BASE, SILT_PROOF_HOLDS},    {5, 0, SILT_ORIGIN_BASE, SILT_PROOF_HOLDS},
		{2, 2, SILT_ORIGIN_INSTALL, SILT_PROOF_HOLDS}, {5, 2, SILT_ORIGIN_INSTALL, SILT_PROOF_HOLDS},
		{1, 2, SILT_ORIGIN_INSTALL, SILT_PROOF_LATER}, {0, 2, SILT_ORIGIN_OTHER, SILT_PROOF_LATER},
		{1, 2, SILT_ORIGIN_COPY, SILT_PROOF_LATER},    {2, 2, SILT_ORIGIN_COPY, SILT_PROOF_COPY},
		{3, 2, SILT_ORIGIN_COPY, SILT_PROOF_COPY},     {2, 2, SILT_ORIGIN_OTHER, SILT_PROOF_OTHER},
		{3, 2, SILT_ORIGIN_OTHER, SILT_PROOF_OTHER},   {0, 0, SILT_ORIGIN_COPY, SILT_PROOF_COPY},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		assert_int_equal(silt_vendor_proof(cases[i].file, cases[i].database, cases[i].origin), cases[i].proof);
	}
}

/* ---- On a stage ---------------------------------------------------------------------------------------------------- */

static const uint8_t sum[SILT_SUM_MAX] = {1, 2, 3};

/* The layer has a database that lists the file at `path` with the sum that every file of this stage has. */
static void list_file(struct silt_record *record, const char *path)
{
	uint32_t database = stage_entry(record, SILT_ENTRY_FILE, "var/lib/dpkg/info/one.md5sums", 0644);
	record->packages = calloc(1, sizeof(*record->packages));
	record->claims = calloc(1, sizeof(*record->claims));
	assert_non_null(record->packages);
	assert_non_null(record->claims);
	record->packages[0] =
		(struct silt_package){.name = SILT_LITERAL("one"), .database = database, .kind = SILT_PACKAGE_DB_DPKG};
	silt_claim_id(silt_bytes_text(path), SILT_SUM_MD5, sum, record->claims[0].id);
	record->package_count = record->claim_count = 1;
}

/* A file with a hit. One for each layer. */
static struct silt_hit *add_file(struct silt_record *record, const char *path, const struct silt_rule *rule)
{
	uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, path, 0644);
	record->digests = calloc(1, sizeof(*record->digests));
	assert_non_null(record->digests);
	record->digests[0].entry = entry;
	record->digests[0].known[SILT_SUM_MD5] = true;
	memcpy(record->digests[0].value[SILT_SUM_MD5], sum, sizeof(sum));
	record->digest_count = 1;
	return stage_hit(record, SILT_HIT_BODY, entry, rule, "K1");
}

static void a_file_of_the_base_is_suppressed_with_its_reason(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, "ADD file:1 in /"));
	list_file(base, "usr/share/one/test.key");
	add_file(base, "usr/share/one/test.key", &key);
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 0);
	assert_int_equal(stage->suppressed_count, 1);
	assert_string_equal(stage->found[0].suppressed, "unmodified content of package one (dpkg md5sums in layer 1)");
	assert_string_equal(stage->found[0].sightings[0].note, "");
}

static void another_path_or_another_sum_is_a_finding(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	struct silt_record *next = stage_record(stage, stage_layer(stage, "RUN apt-get install one"));
	list_file(base, "usr/share/one/test.key");
	add_file(base, "usr/share/one/other.key", &key);
	add_file(next, "usr/share/one/test.key", &key);
	next->digests[0].value[SILT_SUM_MD5][0] ^= 1;
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage_only(stage)->sighting_count, 2);
	assert_int_equal(stage->suppressed_count, 0);
	assert_string_equal(stage_only(stage)->suppressed, "");
}

static void a_file_with_no_known_digest_is_a_finding(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	list_file(base, "usr/share/one/test.key");
	add_file(base, "usr/share/one/test.key", &key);
	base->digests[0].known[SILT_SUM_MD5] = false;
	stage_run(stage, silt_check_secrets);
	stage_only(stage);
}

static void what_a_later_layer_lists_is_told_and_not_believed(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	struct silt_record *next = stage_record(stage, stage_layer(stage, "RUN apt-get install one"));
	add_file(base, "usr/share/one/test.key", &key);
	list_file(next, "usr/share/one/test.key");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->sightings[0].note,
			    "listed as unmodified content of package one (dpkg md5sums in layer 2), which is not "
			    "believed: a later layer may list what was there before");
}

static void what_was_copied_into_the_image_is_not_believed(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	struct silt_record *next = stage_record(stage, stage_layer(stage, "COPY --from=build /venv /venv"));
	list_file(next, "usr/share/one/test.key");
	add_file(next, "usr/share/one/test.key", &key)->note = "checksum holds";
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->sightings[0].note,
			    "checksum holds; listed as unmodified content of package one (dpkg md5sums in layer 2), "
			    "which is not believed: it was copied into the image");
}

static void a_believed_database_outweighs_one_that_is_not(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	struct silt_record *next = stage_record(stage, stage_layer(stage, "COPY x /"));
	list_file(base, "usr/share/one/test.key");
	list_file(next, "usr/share/one/test.key");
	add_file(next, "usr/share/one/test.key", &key);
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 0);
	assert_string_equal(stage->found[0].suppressed, "unmodified content of package one (dpkg md5sums in layer 1)");
}

static void one_other_place_makes_it_a_finding(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	list_file(base, "usr/share/one/test.key");
	add_file(base, "usr/share/one/test.key", &key);
	uint32_t copy = stage_entry(base, SILT_ENTRY_FILE, "etc/ssl/key.pem", 0600);
	stage_hit(base, SILT_HIT_BODY, copy, &key, "K1");
	stage_run(stage, silt_check_secrets);
	const struct silt_finding *finding = stage_only(stage);
	assert_int_equal(stage->suppressed_count, 0);
	assert_int_equal(finding->sighting_count, 2);
	assert_string_equal(finding->sightings[0].note, "");
	assert_string_equal(finding->sightings[1].note, "unmodified content of package one (dpkg md5sums in layer 1)");
}

static void a_proven_token_of_a_live_service_is_always_a_finding(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	list_file(base, "usr/share/one/config");
	add_file(base, "usr/share/one/config", &live);
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->sightings[0].note, "");
}

static void a_doubtful_token_is_suppressed_like_any_other(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	list_file(base, "usr/share/one/config");
	add_file(base, "usr/share/one/config", &live)->confidence = SILT_CONFIDENCE_LIKELY;
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 0);
	assert_int_equal(stage->suppressed_count, 1);
}

static void a_secret_in_the_name_of_a_file_is_a_finding(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	list_file(base, "usr/share/one/test.key");
	add_file(base, "usr/share/one/test.key", &key)->place = SILT_HIT_HEADER;
	stage_run(stage, silt_check_secrets);
	stage_only(stage);
}

static void merged_usr_is_known_by_its_links(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	stage_link(base, SILT_ENTRY_SYMLINK, "lib", "usr/lib");
	list_file(base, "lib/one/test.key");
	add_file(base, "usr/lib/one/test.key", &key);
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->suppressed_count, 1);
}

static void without_the_link_lib_is_not_usr_lib(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	stage_entry(base, SILT_ENTRY_DIRECTORY, "lib", 0755);
	list_file(base, "lib/one/test.key");
	add_file(base, "usr/lib/one/test.key", &key);
	stage_run(stage, silt_check_secrets);
	stage_only(stage);
}

int main(void)
{
#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instructions_tell_how_a_layer_came_about),
		cmocka_unit_test(a_database_proves_files_of_its_own_and_later_layers_if_packages_were_installed),
		ON_STAGE(a_file_of_the_base_is_suppressed_with_its_reason),
		ON_STAGE(another_path_or_another_sum_is_a_finding),
		ON_STAGE(a_file_with_no_known_digest_is_a_finding),
		ON_STAGE(what_a_later_layer_lists_is_told_and_not_believed),
		ON_STAGE(what_was_copied_into_the_image_is_not_believed),
		ON_STAGE(a_believed_database_outweighs_one_that_is_not),
		ON_STAGE(one_other_place_makes_it_a_finding),
		ON_STAGE(a_proven_token_of_a_live_service_is_always_a_finding),
		ON_STAGE(a_doubtful_token_is_suppressed_like_any_other),
		ON_STAGE(a_secret_in_the_name_of_a_file_is_a_finding),
		ON_STAGE(merged_usr_is_known_by_its_links),
		ON_STAGE(without_the_link_lib_is_not_usr_lib),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
