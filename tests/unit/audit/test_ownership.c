/* Who owns a file, by databases of several layers. */
#include "audit/ownership.h"

#include "base/attributes.h"
#include "base/secure.h"
#include "stage_packages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static int begin(void **state)
{
	return silt_secure_init(NULL) == SILT_OK ? stage_setup(state) : -1;
}

#define ONE "var/lib/dpkg/info/one.md5sums"
#define ONE_LIST "var/lib/dpkg/info/one.list"
#define TWO_LIST "var/lib/dpkg/info/two.list"
#define APK "lib/apk/db/installed"

/* What is asked of the image of a stage, and the answer. */
static struct {
	const char *path;
	struct silt_owner owner;
} question;

static enum silt_status ask(const struct silt_context *context, struct silt_findings *findings, struct silt_error *err)
{
	(void)findings;
	struct silt_ownership ownership;
	struct silt_node node;
	struct silt_bytes path = silt_bytes_text(question.path);
	enum silt_status status = silt_ownership_open(&context->images[0], context->arena, &ownership, err);
	if (status == SILT_OK) {
		assert_true(silt_rootfs_find(context->images[0].rootfs, path, true, &node));
		question.owner = silt_owner_of(&ownership, path, node.content);
	}
	return status;
}

static void expect(struct stage *stage, const char *path, enum silt_owned_state state, const char *package)
{
	for (size_t i = 0; i < stage->layer_count; i++) {
		stage_claims_end(stage_record(stage, i));
	}
	question.path = path;
	stage_run(stage, ask);
	assert_int_equal(question.owner.state, state);
	assert_true(silt_bytes_equal(question.owner.package, silt_bytes_text(package)));
}

static struct silt_record *layer(struct stage *stage, const char *instruction)
{
	return stage_record(stage, stage_layer(stage, instruction));
}

/* A layer with a file of package "one" and its sums. */
static struct silt_record *installed(struct stage *stage, const char *instruction, int content)
{
	struct silt_record *record = layer(stage, instruction);
	stage_claim(record, stage_database(record, ONE), "one", "usr/bin/x", content, 0);
	stage_digested(record, "usr/bin/x", 0755, content);
	return record;
}

static void without_a_database_nothing_is_known(void **state)
{
	stage_digested(layer(*state, ""), "usr/bin/x", 0755, 1);
	expect(*state, "usr/bin/x", SILT_OWNED_NO_DATABASE, "");
}

static void what_no_database_lists_is_of_nobody(void **state)
{
	stage_digested(installed(*state, "", 1), "usr/bin/y", 0755, 1);
	expect(*state, "usr/bin/y", SILT_OWNED_BY_NONE, "");
}

static void a_file_with_its_digest_is_unmodified(void **state)
{
	installed(*state, "", 1);
	expect(*state, "usr/bin/x", SILT_OWNED_UNMODIFIED, "one");
	assert_false(question.owner.tells_rights);
	assert_int_equal(question.owner.layer, 0);
}

static void a_file_with_another_digest_is_modified(void **state)
{
	installed(*state, "", 1);
	stage_digested(layer(*state, "COPY x /usr/bin/x"), "usr/bin/x", 0755, 2);
	expect(*state, "usr/bin/x", SILT_OWNED_MODIFIED, "one");
}

static void a_file_whose_digest_nobody_knows_is_not_judged(void **state)
{
	installed(*state, "", 1);
	stage_entry(layer(*state, "COPY x /usr/bin/x"), SILT_ENTRY_FILE, "usr/bin/x", 0755);
	expect(*state, "usr/bin/x", SILT_OWNED_UNKNOWN, "one");
}

static void a_sum_of_another_manager_is_no_reason_to_judge(void **state)
{
	struct silt_record *record = installed(*state, "", 1);
	record->digests[0].value[SILT_SUM_MD5][0] = 2;
	record->digests[0].known[SILT_SUM_MD5] = false; /* a libcrypto confined to FIPS */
	expect(*state, "usr/bin/x", SILT_OWNED_UNKNOWN, "one");
}

static void the_database_of_an_upgrade_goes_first(void **state)
{
	installed(*state, "", 1);
	installed(*state, "RUN apt-get upgrade", 2);
	expect(*state, "usr/bin/x", SILT_OWNED_UNMODIFIED, "one");
	assert_int_equal(question.owner.layer, 1);
}

static void going_back_behind_an_upgrade_is_a_change(void **state)
{
	installed(*state, "", 1);
	installed(*state, "RUN apt-get upgrade", 2);
	stage_digested(layer(*state, "COPY x /usr/bin/x"), "usr/bin/x", 0755, 1);
	expect(*state, "usr/bin/x", SILT_OWNED_MODIFIED, "one");
}

static void an_upgrade_that_is_not_recognised_proves_nothing_and_is_no_change(void **state)
{
	installed(*state, "", 1);
	installed(*state, "RUN ./setup.sh", 2);
	expect(*state, "usr/bin/x", SILT_OWNED_UNKNOWN, "one");
}

static void a_database_that_was_copied_blesses_nothing(void **state)
{
	installed(*state, "", 1);
	installed(*state, "COPY root /", 2);
	expect(*state, "usr/bin/x", SILT_OWNED_MODIFIED, "one");
}

static void a_database_of_a_later_layer_blesses_nothing(void **state)
{
	installed(*state, "", 1);
	stage_digested(layer(*state, "COPY y /usr/bin/y"), "usr/bin/y", 0755, 5);
	struct silt_record *record = layer(*state, "RUN apt-get install two");
	stage_claim(record, stage_database(record, "var/lib/dpkg/info/two.md5sums"), "two", "usr/bin/y", 5, 0);
	expect(*state, "usr/bin/y", SILT_OWNED_UNKNOWN, "two");
}

static void a_database_of_one_file_remembers_what_was_before(void **state)
{
	struct silt_record *base = layer(*state, "");
	stage_claim(base, stage_database(base, APK), "one", "usr/bin/x", 1, SILT_LISTED_SETUID);
	stage_claim(base, 0, "one", "usr/bin/y", 2, 0);
	stage_digested(base, "usr/bin/x", 0755, 1);
	stage_digested(base, "usr/bin/y", 0755, 2);
	stage_digested(layer(*state, "RUN sed -i x /usr/bin/y"), "usr/bin/y", 0755, 3);
	struct silt_record *next = layer(*state, "RUN apk add two");
	stage_claim(next, stage_database(next, APK), "one", "usr/bin/x", 1, SILT_LISTED_SETUID);
	stage_claim(next, 0, "one", "usr/bin/y", 2, 0);
	expect(*state, "usr/bin/y", SILT_OWNED_MODIFIED, "one");
}

static void what_apk_installed_first_is_proven_by_its_first_database(void **state)
{
	struct silt_record *base = layer(*state, "");
	stage_claim(base, stage_database(base, APK), "one", "usr/bin/x", 1, SILT_LISTED_SETUID);
	stage_digested(base, "usr/bin/x", 04755, 1);
	struct silt_record *next = layer(*state, "RUN apk add two");
	stage_claim(next, stage_database(next, APK), "one", "usr/bin/x", 1, SILT_LISTED_SETUID);
	expect(*state, "usr/bin/x", SILT_OWNED_UNMODIFIED, "one");
	assert_true(question.owner.tells_rights);
	assert_int_equal(question.owner.flags, SILT_LISTED_SETUID);
}

static void a_package_that_was_removed_owns_nothing(void **state)
{
	installed(*state, "", 1);
	struct silt_record *record = layer(*state, "RUN apt-get purge one");
	stage_entry(record, SILT_ENTRY_FILE, "var/lib/dpkg/info/.wh.one.md5sums", 0);
	stage_digested(layer(*state, "COPY x /usr/bin/x"), "usr/bin/x", 0755, 2);
	expect(*state, "usr/bin/x", SILT_OWNED_BY_NONE, "");
}

static void a_file_of_two_packages_may_be_that_of_the_other(void **state)
{
	struct silt_record *record = installed(*state, "", 1);
	stage_claim(record, stage_database(record, ONE_LIST), "one", "usr/bin/x", 0, 0);
	stage_digested(layer(*state, "RUN apt-get install two"), "usr/bin/x", 0755, 2);
	struct silt_record *next = stage_record(*state, 1);
	stage_claim(next, stage_database(next, TWO_LIST), "two", "usr/bin/x", 0, 0);
	expect(*state, "usr/bin/x", SILT_OWNED_UNKNOWN, "one");
}

static void a_list_of_the_same_package_excuses_nothing(void **state)
{
	struct silt_record *record = installed(*state, "", 1);
	stage_claim(record, stage_database(record, ONE_LIST), "one", "usr/bin/x", 0, 0);
	stage_digested(layer(*state, "COPY x /usr/bin/x"), "usr/bin/x", 0755, 2);
	expect(*state, "usr/bin/x", SILT_OWNED_MODIFIED, "one");
}

static void configuration_and_diverted_files_may_change(void **state)
{
	struct silt_record *record = installed(*state, "", 1);
	stage_claim(record, stage_database(record, "var/lib/dpkg/diversions"), "dpkg-divert", "usr/bin/x", 0,
		    SILT_LISTED_MUTABLE);
	stage_digested(layer(*state, "RUN unminimize"), "usr/bin/x", 0755, 2);
	expect(*state, "usr/bin/x", SILT_OWNED_UNKNOWN, "one");
}

static void what_pip_has_replaced_is_of_pip(void **state)
{
	installed(*state, "", 1);
	struct silt_record *record = layer(*state, "RUN pip install one");
	stage_claim(record, stage_database(record, "usr/lib/python3/site-packages/one-2.dist-info/RECORD"), "one-2",
		    "usr/bin/x", 2, 0);
	stage_digested(record, "usr/bin/x", 0755, 2);
	expect(*state, "usr/bin/x", SILT_OWNED_UNMODIFIED, "one-2");
}

static void a_merged_usr_has_two_names_for_a_file(void **state)
{
	struct silt_record *record = layer(*state, "");
	stage_link(record, SILT_ENTRY_SYMLINK, "bin", "usr/bin");
	stage_claim(record, stage_database(record, ONE), "one", "bin/x", 1, 0);
	stage_digested(record, "usr/bin/x", 0755, 1);
	expect(*state, "usr/bin/x", SILT_OWNED_UNMODIFIED, "one");
}

static void sbin_may_be_bin(void **state)
{
	struct silt_record *record = layer(*state, "");
	stage_link(record, SILT_ENTRY_SYMLINK, "usr/sbin", "bin");
	stage_claim(record, stage_database(record, ONE), "one", "usr/sbin/x", 1, 0);
	stage_digested(record, "usr/bin/x", 0755, 2);
	expect(*state, "usr/bin/x", SILT_OWNED_MODIFIED, "one");
}

#define OWNERSHIP_TEST(name) cmocka_unit_test_setup_teardown(name, begin, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OWNERSHIP_TEST(without_a_database_nothing_is_known),
		OWNERSHIP_TEST(what_no_database_lists_is_of_nobody),
		OWNERSHIP_TEST(a_file_with_its_digest_is_unmodified),
		OWNERSHIP_TEST(a_file_with_another_digest_is_modified),
		OWNERSHIP_TEST(a_file_whose_digest_nobody_knows_is_not_judged),
		OWNERSHIP_TEST(a_sum_of_another_manager_is_no_reason_to_judge),
		OWNERSHIP_TEST(the_database_of_an_upgrade_goes_first),
		OWNERSHIP_TEST(going_back_behind_an_upgrade_is_a_change),
		OWNERSHIP_TEST(an_upgrade_that_is_not_recognised_proves_nothing_and_is_no_change),
		OWNERSHIP_TEST(a_database_that_was_copied_blesses_nothing),
		OWNERSHIP_TEST(a_database_of_a_later_layer_blesses_nothing),
		OWNERSHIP_TEST(a_database_of_one_file_remembers_what_was_before),
		OWNERSHIP_TEST(what_apk_installed_first_is_proven_by_its_first_database),
		OWNERSHIP_TEST(a_package_that_was_removed_owns_nothing),
		OWNERSHIP_TEST(a_file_of_two_packages_may_be_that_of_the_other),
		OWNERSHIP_TEST(a_list_of_the_same_package_excuses_nothing),
		OWNERSHIP_TEST(configuration_and_diverted_files_may_change),
		OWNERSHIP_TEST(what_pip_has_replaced_is_of_pip),
		OWNERSHIP_TEST(a_merged_usr_has_two_names_for_a_file),
		OWNERSHIP_TEST(sbin_may_be_bin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
