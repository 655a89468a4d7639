/* When a package database is believed: by the layer it is in, and by what made that layer. */
#include "stage.h"

#include "audit/secret_vendor.h"
#include "base/attributes.h"
#include "base/secure.h"
#include "layer/owned.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

static enum silt_layer_origin origin_of(const char *instruction, size_t layer, enum silt_package_db db)
{
	enum silt_layer_origin origin = SILT_ORIGIN_OTHER;
	assert_int_equal(silt_layer_origin(instruction, layer, db, &origin, NULL), SILT_OK);
	return origin;
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
		{"bazel build ...", 2, SILT_ORIGIN_INSTALL},
		{"apko", 2, SILT_ORIGIN_INSTALL},
		{"/bin/bash", 2, SILT_ORIGIN_OTHER},
		{"", 2, SILT_ORIGIN_OTHER},
		{"ENV X=apt-get install", 2, SILT_ORIGIN_OTHER},
		{"COPYING apt-get install", 2, SILT_ORIGIN_OTHER},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		if (origin_of(cases[i].instruction, cases[i].layer, SILT_PACKAGE_DB_DPKG) != cases[i].origin) {
			fail_msg("\"%s\" in layer %zu", cases[i].instruction, cases[i].layer);
		}
	}
}

static void only_installing_from_repositories_fills_the_database_of_that_manager(void **state)
{
	(void)state;
	enum { NONE, DPKG, APK, PYTHON, RPM };
	static const struct {
		const char *command;
		int kind;
	} cases[] = {
		{"apt-get update && apt-get install -y curl", DPKG},
		{"apt-get update && apt-get upgrade -y", DPKG},
		{"apt full-upgrade", DPKG},
		{"DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get -qq -y install curl=7.1", DPKG},
		{"apt-get install -y -o Dir::Cache=/c -t stable curl >/dev/null 2>&1", DPKG},
		{"apt-get -o Dir::Etc=/etc/x install curl", DPKG},
		{"sudo -E apt-get install 'curl'; make", DPKG},
		{"--mount=type=cache,target=/c apt-get install curl", DPKG},
		{"/bin/sh -c apt-get install curl # buildkit", DPKG},
		{"/bin/bash -o pipefail -c apt-get install curl", DPKG},
		{"set -e\\napt-get \\\\\\n\\tinstall curl", DPKG},
		{"if true; then apt-get install linux-headers-$(uname -r); fi", DPKG},
		{"make || apt-get install curl < /dev/null # not ./x.deb", DPKG},
		{"dpkg -i /tmp/x.deb; apt-get install curl", DPKG},
		{"apt-get clean && rm -rf /var/lib/apt/lists/*", NONE},
		{"apt-get update install", NONE},
		{"apt-get install -y ./myapp.deb", NONE},
		{"apt-get install -y curl ./myapp.deb", NONE},
		{"apt-get install -y curl >/dev/null /tmp/myapp", NONE},
		{"apt-get install -y $(echo curl) ./myapp.deb", NONE},
		{"apt-get install -y `echo curl` ./myapp.deb", NONE},
		{"apt install \"./my app.deb\"", NONE},
		{"apt install \"./my app", NONE},
		{"apt install my\\\\ app.deb", NONE},
		{"apt install x$(y", NONE},
		{"apt install x`y", NONE},
		{"apt install x\\", DPKG},
		{"apt install x\\x", DPKG},
		{"apt install *.deb", NONE},
		{"dpkg -i /tmp/app.deb", NONE},
		{"dpkg --install app.deb", NONE},
		{"echo apt-get install curl", NONE},
		{"echo 'x; apt-get install curl'", NONE},
		{"echo \"x && apt-get install curl\"", NONE},
		{"true # apt-get install curl", NONE},
		{"cat > /x <<EOF (apt-get install curl)", NONE},
		{"make install", NONE},
		{"install -m 644 x /y; apt-get clean", NONE},
		{"adapt-get install x", NONE},
		{"bash -c \"apt install curl\"", NONE},
		{"", NONE},
		{"apk add --no-cache curl", APK},
		{"make && apk add curl", APK},
		{"apk --no-cache add --virtual .build-deps gcc", APK},
		{"apk add -X http://dl.example.org/edge/main curl", APK},
		{"apk upgrade", APK},
		{"apk add --allow-untrusted x", NONE},
		{"apk --allow-untrusted add x", NONE},
		{"apk add app.apk", NONE},
		{"apk add --virtual .x /tmp/app", NONE},
		{"set -eux; microdnf install -y java", RPM},
		{"yum -y groupinstall \"Development Tools\"", RPM},
		{"dnf5 update -y", RPM},
		{"tdnf install -y curl", RPM},
		{"dnf install -y --installroot /mnt/root bash", RPM},
		{"zypper -n in curl", RPM},
		{"yum install -y https://host/app.rpm", NONE},
		{"yum localinstall app.rpm", NONE},
		{"dnf install app.rpm", NONE},
		{"rpm -i app.rpm", NONE},
		{"rpm -Uvh app.rpm", NONE},
		{"rpm -U app", NONE},
		{"pip install --no-cache-dir -r requirements.txt", PYTHON},
		{"pip install -r /tmp/requirements.txt --prefix /install", PYTHON},
		{"pip3.11 install 'x>=1,<2' y[z]", PYTHON},
		{"/venv/bin/pip install -i https://host/simple x", PYTHON},
		{"python3 -m pip install x", PYTHON},
		{"cd /app && (uv sync --frozen)", PYTHON},
		{"uv pip install x", PYTHON},
		{"poetry install --no-root", PYTHON},
		{"pipenv install --system", PYTHON},
		{"conda env create -f /tmp/environment.yml", PYTHON},
		{"conda install -y -c conda-forge x", PYTHON},
		{"echo pip install; evil", NONE},
		{"pip install .", NONE},
		{"pip install .[dev]", NONE},
		{"pip install app.whl", NONE},
		{"pip install 'app.whl[dev]'", NONE},
		{"pip install app-1.tar.gz", NONE},
		{"pip install -e app", NONE},
		{"pip install -f /wheels app", NONE},
		{"pip install --no-index --find-links=/wheels app", NONE},
		{"pip install git+https://host/app", NONE},
		{"pip install file:app", NONE},
		{"pip download x", NONE},
		{"python -c 'pip install x'", NONE},
	};
	static const enum silt_package_db databases[] = {
		[DPKG] = SILT_PACKAGE_DB_DPKG,      [APK] = SILT_PACKAGE_DB_APK, [PYTHON] = SILT_PACKAGE_DB_PYTHON,
		[RPM] = SILT_PACKAGE_DB_RPM_SQLITE, SILT_PACKAGE_DB_RPM_NDB,     SILT_PACKAGE_DB_RPM_HASH,
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		for (int kind = DPKG; kind < (int)SILT_COUNT(databases); kind++) {
			char instruction[256];
			snprintf(instruction, sizeof(instruction), "RUN %s", cases[i].command);
			bool believed = origin_of(instruction, 2, databases[kind]) == SILT_ORIGIN_INSTALL;
			int family = kind < RPM ? kind : RPM;
			if (believed != (family == cases[i].kind)) {
				fail_msg("\"%s\" and %s", instruction, silt_package_db_name(databases[kind]));
			}
		}
	}
}

static void a_word_that_is_too_long_is_not_believed(void **state)
{
	(void)state;
	char instruction[1024];
	snprintf(instruction, sizeof(instruction), "RUN apt-get install %0300d.deb", 0);
	assert_int_equal(origin_of(instruction, 1, SILT_PACKAGE_DB_DPKG), SILT_ORIGIN_OTHER);
	snprintf(instruction, sizeof(instruction), "RUN echo %0300d && apt-get install curl", 0);
	assert_int_equal(origin_of(instruction, 1, SILT_PACKAGE_DB_DPKG), SILT_ORIGIN_INSTALL);
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
		cmocka_unit_test(only_installing_from_repositories_fills_the_database_of_that_manager),
		cmocka_unit_test(a_word_that_is_too_long_is_not_believed),
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
