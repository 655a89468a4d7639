/* Records of PAX headers. */
#include "stream/tar_pax.h"

#include "base/arena.h"
#include "cmocka_test.h"
#include "support/tar_writer.h"

#include <stdio.h>

static bool is_refused(struct silt_bytes records)
{
	struct silt_tar_pax pax = {0};
	bool refused = silt_tar_pax_read(&pax, records) != NULL;
	assert_false(pax.failed);
	silt_tar_pax_done(&pax);
	return refused;
}

static bool has(const struct silt_tar_pax *pax, enum silt_tar_pax_key key, const char *value)
{
	return silt_bytes_equal(pax->values[key], silt_bytes_text(value));
}

static void malformed_records_are_refused(void **state)
{
	(void)state;
	static const struct silt_bytes records[] = {
		SILT_LITERAL_INIT("9999 path=a\n"), /* longer than there is */
		SILT_LITERAL_INIT("9 path a\n"),    /* no '=' */
		SILT_LITERAL_INIT("11 path=abX"),   /* no newline */
		SILT_LITERAL_INIT("path=a\n"),      /* no length */
		SILT_LITERAL_INIT("0 a=b\n"),
		SILT_LITERAL_INIT("-6 a=b\n"),
		SILT_LITERAL_INIT("6 =bc\n"), /* no key */
		SILT_LITERAL_INIT("2 a=b\n"), /* shorter than itself */
		SILT_LITERAL_INIT("4 =\n"),
		SILT_LITERAL_INIT("6 a=b\n\0"), /* what follows is none */
		SILT_LITERAL_INIT("99999999999999999999 a=b\n"),
		SILT_LITERAL_INIT("12 path=a\0b\n"),
		SILT_LITERAL_INIT("16 linkpath=a\0b\n"),
		SILT_LITERAL_INIT("13 uname=a\0b\n"),
		SILT_LITERAL_INIT("8 a\0b=c\n"),
	};
	for (size_t i = 0; i < SILT_COUNT(records); i++) {
		if (!is_refused(records[i])) {
			fail_msg("record %zu is taken", i);
		}
	}
}

static void odd_records_that_go_takes_are_taken(void **state)
{
	(void)state;
	static const struct silt_bytes records[] = {
		SILT_LITERAL_INIT(""),
		SILT_LITERAL_INIT("6 a=b\n"),
		SILT_LITERAL_INIT("+6 a=\n"),
		SILT_LITERAL_INIT("06 a=\n"),
		SILT_LITERAL_INIT("5 a=\n"),
		SILT_LITERAL_INIT("8 a=b=c\n"),
		SILT_LITERAL_INIT("8 a=\n\n\n\n"),
		SILT_LITERAL_INIT("12 other=\0b\n"),
	};
	for (size_t i = 0; i < SILT_COUNT(records); i++) {
		if (is_refused(records[i])) {
			fail_msg("record %zu is refused", i);
		}
	}
}

static void last_record_of_a_key_counts_and_an_empty_one_takes_it_back(void **state)
{
	(void)state;
	struct silt_tar_pax pax = {0};
	struct silt_bytes records = SILT_LITERAL("10 path=a\n10 path=b\n11 size=12\n8 size=\n");
	assert_null(silt_tar_pax_read(&pax, records));
	assert_true(has(&pax, SILT_TAR_PAX_PATH, "b"));
	assert_true(has(&pax, SILT_TAR_PAX_SIZE, ""));
	assert_null(silt_tar_pax_read(&pax, SILT_LITERAL("12 size=512\n")));
	assert_true(has(&pax, SILT_TAR_PAX_PATH, ""));
	assert_true(has(&pax, SILT_TAR_PAX_SIZE, "512"));
	silt_tar_pax_clear(&pax);
	assert_true(has(&pax, SILT_TAR_PAX_SIZE, ""));
	silt_tar_pax_done(&pax);
}

static void attributes_come_by_name_each_once(void **state)
{
	(void)state;
	struct silt_buffer records = {0};
	tar_pax_add(&records, "SCHILY.xattr.user.b", SILT_LITERAL("first"));
	tar_pax_add(&records, "SCHILY.xattr.user.empty", SILT_LITERAL("v"));
	tar_pax_add(&records, "SCHILY.xattr.user.a", SILT_LITERAL("\0raw\n"));
	tar_pax_add(&records, "SCHILY.xattr.user.b", SILT_LITERAL("last"));
	tar_pax_add(&records, "SCHILY.xattr.user.empty", SILT_LITERAL(""));
	tar_pax_add(&records, "LIBARCHIVE.xattr.user.c", SILT_LITERAL("Yw"));
	struct silt_tar_pax pax = {0};
	assert_null(silt_tar_pax_read(&pax, silt_buffer_bytes(&records)));
	assert_int_equal(pax.xattr_count, 3);
	assert_true(silt_bytes_equal(pax.xattrs[0].name, SILT_LITERAL("user.a")));
	assert_true(silt_bytes_equal(pax.xattrs[0].value, SILT_LITERAL("\0raw\n")));
	assert_true(silt_bytes_equal(pax.xattrs[1].name, SILT_LITERAL("user.b")));
	assert_true(silt_bytes_equal(pax.xattrs[1].value, SILT_LITERAL("last")));
	assert_true(silt_bytes_equal(pax.xattrs[2].name, SILT_LITERAL("user.empty")));
	assert_int_equal(pax.xattrs[2].value.len, 0);
	silt_tar_pax_add_foreign_xattr(&pax, SILT_LITERAL("user.b"), SILT_LITERAL("other"));
	silt_tar_pax_add_foreign_xattr(&pax, SILT_LITERAL("user.c"), SILT_LITERAL("c"));
	assert_int_equal(pax.xattr_count, 3);
	assert_int_equal(pax.foreign_xattr_count, 1);
	assert_true(silt_bytes_equal(pax.xattrs[3].name, SILT_LITERAL("user.c")));
	silt_tar_pax_done(&pax);
	silt_buffer_done(&records);
}

static void flood_of_attributes_takes_no_time(void **state)
{
	(void)state;
	struct silt_buffer records = {0};
	for (unsigned i = 0; i < 40000; i++) {
		char key[64];
		snprintf(key, sizeof(key), "SCHILY.xattr.user.%u", i % 20000);
		tar_pax_add(&records, key, SILT_LITERAL("v"));
	}
	struct silt_tar_pax pax = {0};
	assert_null(silt_tar_pax_read(&pax, silt_buffer_bytes(&records)));
	assert_int_equal(pax.xattr_count, 20000);
	silt_tar_pax_done(&pax);
	silt_buffer_done(&records);
}

static void map_in_records_of_its_own_is_joined(void **state)
{
	(void)state;
	struct silt_tar_pax pax = {0};
	struct silt_buffer good = {0};
	tar_pax_add(&good, "GNU.sparse.map", SILT_LITERAL("ignored"));
	tar_pax_add(&good, "GNU.sparse.offset", SILT_LITERAL("0"));
	tar_pax_add(&good, "GNU.sparse.numbytes", SILT_LITERAL("5"));
	tar_pax_add(&good, "GNU.sparse.offset", SILT_LITERAL("10"));
	tar_pax_add(&good, "GNU.sparse.numbytes", SILT_LITERAL("2"));
	assert_null(silt_tar_pax_read(&pax, silt_buffer_bytes(&good)));
	assert_true(has(&pax, SILT_TAR_PAX_SPARSE_MAP, "0,5,10,2"));
	silt_tar_pax_done(&pax);
	silt_buffer_done(&good);
}

static void map_out_of_order_is_refused(void **state)
{
	(void)state;
	static const char *const keys[][2] = {
		{"GNU.sparse.numbytes", "5"},
		{"GNU.sparse.offset", "1,2"},
	};
	for (size_t i = 0; i < SILT_COUNT(keys); i++) {
		struct silt_buffer records = {0};
		tar_pax_add(&records, keys[i][0], silt_bytes_text(keys[i][1]));
		assert_true(is_refused(silt_buffer_bytes(&records)));
		silt_buffer_done(&records);
	}
	struct silt_buffer twice = {0};
	tar_pax_add(&twice, "GNU.sparse.offset", SILT_LITERAL("0"));
	tar_pax_add(&twice, "GNU.sparse.offset", SILT_LITERAL("1"));
	assert_true(is_refused(silt_buffer_bytes(&twice)));
	silt_buffer_done(&twice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(malformed_records_are_refused),
		cmocka_unit_test(odd_records_that_go_takes_are_taken),
		cmocka_unit_test(last_record_of_a_key_counts_and_an_empty_one_takes_it_back),
		cmocka_unit_test(attributes_come_by_name_each_once),
		cmocka_unit_test(flood_of_attributes_takes_no_time),
		cmocka_unit_test(map_in_records_of_its_own_is_joined),
		cmocka_unit_test(map_out_of_order_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
