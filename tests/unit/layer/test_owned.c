/* What a layer record keeps of package databases, and of which files it has digests. */
#include "layer/owned.h"
#include "support/tar_writer.h"
#include "unit/layer/survey_kit.h"

#include <stdlib.h>

#define MD5 "d41d8cd98f00b204e9800998ecf8427e"

static const uint8_t md5[16] = {0xd4, 0x1d, 0x8c, 0xd9, 0x8f, 0x00, 0xb2, 0x04,
				0xe9, 0x80, 0x09, 0x98, 0xec, 0xf8, 0x42, 0x7e};

/* Takes what was written. */
static struct silt_record *survey(struct tar_writer *w, size_t cut)
{
	struct silt_bytes all = tar_bytes(w);
	struct silt_record *record = survey_blob(silt_bytes_slice(all, 0, all.len - cut));
	tar_done(w);
	return record;
}

/* The package that lists the file with the sum above; NULL if none does. */
static const struct silt_package *package_of(const struct silt_record *record, const char *path)
{
	uint8_t id[SILT_CLAIM_ID_SIZE];
	silt_claim_id(silt_bytes_text(path), SILT_SUM_MD5, md5, id);
	return silt_record_claim(record, id);
}

static void every_line_of_every_database_can_be_found(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "var/lib/dpkg/info/one.md5sums", 0644, MD5 "  usr/a\n" MD5 "  usr/b\n");
	tar_text(&w, "etc/motd", 0644, "hello\n");
	tar_text(&w, "./var/lib/dpkg/info/two:amd64.md5sums", 0644, MD5 "  usr/c\n" MD5 "  usr/a\n");
	tar_end(&w);
	struct silt_record *record = survey(&w, 0);
	assert_int_equal(record->package_count, 2);
	assert_int_equal(record->claim_count, 4);
	assert_true(silt_bytes_equal(package_of(record, "usr/b")->name, SILT_LITERAL("one")));
	assert_true(silt_bytes_equal(package_of(record, "usr/a")->name, SILT_LITERAL("one")));
	assert_true(silt_bytes_equal(package_of(record, "usr/c")->name, SILT_LITERAL("two")));
	assert_int_equal(package_of(record, "usr/c")->database, 2);
	assert_null(package_of(record, "usr/d"));
	silt_record_free(record);
}

static void the_same_line_with_another_kind_of_sum_is_another_claim(void **state)
{
	(void)state;
	uint8_t a[SILT_CLAIM_ID_SIZE], b[SILT_CLAIM_ID_SIZE];
	static const uint8_t sum[SILT_SUM_MAX] = {1};
	silt_claim_id(SILT_LITERAL("a"), SILT_SUM_MD5, sum, a);
	silt_claim_id(SILT_LITERAL("a"), SILT_SUM_SHA1, sum, b);
	assert_memory_not_equal(a, b, sizeof(a));
}

static void a_deletion_mark_and_a_link_are_no_databases(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "var/lib/dpkg/info/.wh.one.md5sums", 0644, MD5 "  usr/a\n");
	tar_symlink(&w, "var/lib/dpkg/info/two.md5sums", "one.md5sums");
	tar_end(&w);
	struct silt_record *record = survey(&w, 0);
	assert_int_equal(record->claim_count, 0);
	silt_record_free(record);
}

static void a_path_has_all_its_claims_together(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "var/lib/dpkg/info/one.md5sums", 0644, MD5 "  usr/a\n" MD5 "  usr/b\n");
	tar_text(&w, "var/lib/dpkg/info/one.list", 0644, "/usr\n/usr/a\n/usr/c\n");
	tar_text(&w, "var/lib/dpkg/diversions", 0644, "/usr/a\n/usr/a.old\n:\n");
	tar_end(&w);
	struct silt_record *record = survey(&w, 0);
	uint8_t id[SILT_CLAIM_ID_SIZE];
	size_t count, digests = 0, mutables = 0;
	silt_claim_id(SILT_LITERAL("usr/a"), SILT_SUM_MD5, NULL, id);
	const struct silt_claim *claims = silt_record_claims_of(record, id, &count);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		digests += silt_claim_has_digest(&claims[i]);
		mutables += claims[i].flags == SILT_LISTED_MUTABLE;
	}
	assert_int_equal(digests, 1);
	assert_int_equal(mutables, 1);
	silt_claim_id(SILT_LITERAL("usr/d"), SILT_SUM_MD5, NULL, id);
	assert_null(silt_record_claims_of(record, id, &count));
	assert_int_equal(count, 0);
	silt_record_free(record);
}

static void installed_packages_are_facts_of_their_database(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "etc/motd", 0644, "hello\n");
	tar_text(&w, "var/lib/dpkg/status", 0644,
		 "Package: one\nStatus: install ok installed\nVersion: 1.2-3\n\nPackage: two\nVersion: 1\n");
	tar_end(&w);
	struct silt_record *record = survey(&w, 0);
	size_t count;
	const struct silt_fact *facts = silt_record_facts(record, 1, &count);
	assert_int_equal(count, 1);
	assert_int_equal(facts->kind, SILT_FACT_PACKAGE);
	assert_true(silt_bytes_equal(facts->text, SILT_LITERAL("one 1.2-3")));
	silt_record_free(record);
}

#define ELF "\177ELF"

static void programs_have_digests(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		unsigned mode;
		const char *body;
		bool digested;
	} cases[] = {
		{"usr/bin/a", 0755, ELF, true},
		{"sbin/b", 0755, "#!/bin/sh\n", true},
		{"usr/bin/c", 0644, ELF, false},
		{"usr/bin/d", 0755, "text\n", false},
		{"opt/bin/e", 0755, ELF, false},
		{"opt/bin/f", 04755, "text\n", true},
		{"opt/bin/g", 02644, "text\n", true},
		{"usr/lib/x86_64-linux-gnu/libc.so.6", 0644, ELF, true},
		{"lib/ld-musl-x86_64.so.1", 0755, ELF, true},
		{"usr/lib/security/pam_unix.so", 0644, ELF, true},
		{"usr/lib/libfoo.so.1", 0644, ELF, false},
		{"usr/lib/pam_notes", 0644, "text\n", false},
		{"opt/libc.so.6", 0644, ELF, false},
	};
	struct tar_writer w = {0};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		tar_text(&w, cases[i].path, cases[i].mode, cases[i].body);
	}
	tar_end(&w);
	struct silt_record *record = survey(&w, 0);
	for (uint32_t i = 0; i < SILT_COUNT(cases); i++) {
		if ((silt_record_digests(record, i) != NULL) != cases[i].digested) {
			fail_msg("%s", cases[i].path);
		}
	}
	silt_record_free(record);
}

static void a_system_that_is_known_needs_one_sum(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "etc/debian_version", 0644, "12.5\n");
	tar_text(&w, "usr/bin/a", 0755, ELF);
	tar_text(&w, "usr/bin/b", 0755, "#!/bin/sh\naws_access_key_id = " KEY_ID "\n");
	tar_end(&w);
	struct silt_record *record = survey(&w, 0);
	const struct silt_body_digests *plain = silt_record_digests(record, 1), *hit = silt_record_digests(record, 2);
	assert_true(plain->known[SILT_SUM_MD5]);
	assert_false(plain->known[SILT_SUM_SHA256]);
	assert_true(hit->known[SILT_SUM_SHA256]);
	silt_record_free(record);
}

static void only_files_with_hits_have_digests(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "nothing\n");
	tar_text(&w, "b", 0644, "aws_access_key_id = " KEY_ID "\n");
	tar_text(&w, "c", 0644, "");
	tar_text(&w, "d", 0644, "nothing\n");
	tar_end(&w);
	struct silt_record *record = survey(&w, 0);
	assert_int_equal(record->digest_count, 1);
	const struct silt_body_digests *digests = silt_record_digests(record, 1);
	assert_non_null(digests);
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		assert_true(digests->known[kind]);
	}
	assert_null(silt_record_digests(record, 0));
	assert_null(silt_record_digests(record, 3));
	silt_record_free(record);
}

static void a_body_that_was_cut_off_has_no_digest(void **state)
{
	(void)state;
	struct silt_buffer body = {0};
	silt_buffer_add_text(&body, "aws_access_key_id = " KEY_ID "\n");
	while (body.len < 2000) {
		silt_buffer_add_text(&body, "nothing\n");
	}
	struct tar_writer w = {0};
	tar_file(&w, "a", 0644, silt_buffer_bytes(&body));
	silt_buffer_done(&body);
	struct silt_record *record = survey(&w, 1024);
	assert_int_equal(record->hit_count, 1);
	assert_int_equal(record->digest_count, 0);
	silt_record_free(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_of_every_database_can_be_found),
		cmocka_unit_test(the_same_line_with_another_kind_of_sum_is_another_claim),
		cmocka_unit_test(a_deletion_mark_and_a_link_are_no_databases),
		cmocka_unit_test(a_path_has_all_its_claims_together),
		cmocka_unit_test(installed_packages_are_facts_of_their_database),
		cmocka_unit_test(programs_have_digests),
		cmocka_unit_test(a_system_that_is_known_needs_one_sum),
		cmocka_unit_test(only_files_with_hits_have_digests),
		cmocka_unit_test(a_body_that_was_cut_off_has_no_digest),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
