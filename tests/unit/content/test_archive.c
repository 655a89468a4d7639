/* Readers of archives: members, contents and flaws, however the bytes are cut. */
#include "unit/stream/cmocka_test.h"

#include "content/archive.h"
#include "support/tar_writer.h"
#include "unit/content/archive_writer.h"
#include "unit/stream/chopped_source.h"
#include "unit/stream/compress.h"

/* What a reader says of one member: "name=content;" and "!flaw;" behind what it is of. */
static void log_flaw(const struct silt_archive_format *format, void *reader, struct silt_buffer *log)
{
	static const char *const kinds[] = {
		[SILT_ARCHIVE_DAMAGED] = "damaged", [SILT_ARCHIVE_SEALED] = "sealed", [SILT_ARCHIVE_LIMIT] = "limit"};
	struct silt_archive_flaw flaw = format->flaw(reader);
	if (flaw.kind != SILT_ARCHIVE_SOUND) {
		assert_non_null(flaw.text);
		silt_buffer_printf(log, "!%s;", kinds[flaw.kind]);
	}
}

static void log_members(const struct silt_archive_format *format, void *reader, struct silt_buffer *log)
{
	struct silt_archive_member member;
	struct silt_bytes block;
	bool more;
	assert_int_equal(format->next(reader, &member, &more, NULL), SILT_OK);
	while (more) {
		silt_buffer_add(log, member.name);
		silt_buffer_add_text(log, "=");
		do {
			assert_int_equal(silt_source_next(member.content, &block, NULL), SILT_OK);
			silt_buffer_add(log, block);
		} while (block.len > 0);
		silt_buffer_add_text(log, ";");
		log_flaw(format, reader, log);
		assert_int_equal(format->next(reader, &member, &more, NULL), SILT_OK);
	}
	log_flaw(format, reader, log);
}

/* Reads twice with one reader: what is left of the first time must not show. */
static void expect_cut(const struct silt_archive_format *format, struct silt_bytes archive, size_t cut,
		       const char *expected)
{
	void *reader = NULL;
	assert_int_equal(format->create(&silt_default_limits, &reader, NULL), SILT_OK);
	for (int i = 0; i < 2; i++) {
		struct chopped_source source = {.rest = archive, .block_len = cut};
		struct silt_buffer log = {0};
		assert_int_equal(format->begin(reader, chopped_source(&source), NULL), SILT_OK);
		log_members(format, reader, &log);
		assert_string_equal(silt_buffer_text(&log), expected);
		silt_buffer_done(&log);
		chopped_source_done(&source);
	}
	format->destroy(reader);
}

/* Frees the archive. */
static void expect(struct silt_buffer *archive, const char *expected)
{
	static const size_t cuts[] = {1, 3, 29, 512, 0};
	struct silt_bytes bytes = silt_buffer_bytes(archive);
	const struct silt_archive_format *format = silt_archive_sniff(silt_bytes_slice(bytes, 0, 512));
	assert_non_null(format);
	for (size_t i = 0; i < SILT_COUNT(cuts); i++) {
		/* Those of the stream floor read whole blocks. */
		bool any = format != &silt_archive_tar && format != &silt_archive_packed;
		if (any || cuts[i] % 512 == 0) { /* blocks of a tar are whole */
			expect_cut(format, bytes, cuts[i], expected);
		}
	}
	silt_buffer_done(archive);
}

#define A SILT_LITERAL("first")
#define B SILT_LITERAL("second")

/* ---- zip ----------------------------------------------------------------------------------------------------------- */

static void zip_members_are_read_in_order(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .content = A});
	add_zip(&zip, &(struct zip_member){.name = "d/"});
	add_zip(&zip, &(struct zip_member){.name = "d/b", .content = B, .method = 8});
	add_zip(&zip, &(struct zip_member){.name = "big", .content = A, .method = 8, .zip64 = true});
	add_zip_end(&zip, "a comment");
	expect(&zip, "a=first;d/=;d/b=second;big=first;");
}

static void zip_sizes_may_stand_behind_the_content(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .content = A, .method = 8, .described = true});
	add_zip(&zip, &(struct zip_member){.name = "d/", .described = true});
	add_zip(&zip, &(struct zip_member){.name = "b", .content = B, .described = true});
	add_zip(&zip, &(struct zip_member){
			      .name = "c", .content = A, .method = 8, .described = true, .unsigned_descriptor = true});
	add_zip_end(&zip, "");
	expect(&zip, "a=first;d/=;b=second;c=first;");
}

static void descriptor_of_another_length_does_not_end_a_stored_member(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	struct silt_bytes content = SILT_LITERAL("one PK\007\010not a descriptor, PK\007\010 nor this");
	add_zip(&zip, &(struct zip_member){.name = "a", .content = content, .described = true});
	add_zip_end(&zip, "");
	expect(&zip, "a=one PK\007\010not a descriptor, PK\007\010 nor this;");
}

static void stored_zip_member_without_a_length_runs_to_the_end(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .content = A, .described = true, .unsigned_descriptor = true});
	zip.len -= 12; /* the descriptor */
	expect(&zip, "a=first;!damaged;!damaged;");
}

static void bytes_between_zip_members_hide_none(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .content = A});
	silt_buffer_add(&zip, SILT_LITERAL("PK\001\002 looks like the central directory, PPK\003\004 like a header"));
	add_zip_end(&zip, "");
	add_zip(&zip, &(struct zip_member){.name = "b", .content = B, .method = 8});
	add_zip_end(&zip, "");
	expect(&zip, "a=first;b=second;");
}

static void wrong_zip_check_value_is_damage_of_the_member(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .content = A, .method = 8, .wrong_crc = 1});
	add_zip(&zip, &(struct zip_member){.name = "b", .content = B, .wrong_crc = 1});
	add_zip(&zip, &(struct zip_member){.name = "c", .content = A, .method = 8, .described = true, .wrong_crc = 1});
	add_zip(&zip, &(struct zip_member){.name = "d", .content = A});
	add_zip_end(&zip, "");
	expect(&zip, "a=first;!damaged;b=second;!damaged;c=first;!damaged;d=first;");
}

static void broken_deflate_ends_one_zip_member_only(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .method = 8, .packed = SILT_LITERAL("\x07 not deflate")});
	add_zip(&zip, &(struct zip_member){.name = "b", .content = B});
	add_zip_end(&zip, "");
	expect(&zip, "a=;!damaged;b=second;");
}

static void deflate_that_ends_before_its_length_is_damage(void **state)
{
	(void)state;
	struct silt_buffer zip = {0}, packed = {0};
	add_deflate(&packed, A, false);
	silt_buffer_add_text(&packed, "slack");
	add_zip(&zip,
		&(struct zip_member){.name = "a", .content = A, .method = 8, .packed = silt_buffer_bytes(&packed)});
	add_zip(&zip, &(struct zip_member){.name = "b", .content = B});
	add_zip_end(&zip, "");
	silt_buffer_done(&packed);
	expect(&zip, "a=first;!damaged;b=second;");
}

static void encrypted_and_unknown_zip_members_are_sealed(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_zip(&zip, &(struct zip_member){.name = "a", .content = A, .encrypted = true});
	add_zip(&zip, &(struct zip_member){.name = "b", .method = 98, .packed = SILT_LITERAL("ppmd")});
	add_zip(&zip, &(struct zip_member){.name = "c", .content = B});
	add_zip_end(&zip, "");
	expect(&zip, "a=;!sealed;b=;!sealed;c=second;");
}

static void zip_members_may_be_streams_of_other_compressions(void **state)
{
	(void)state;
	static const struct {
		unsigned method;
		void (*add)(struct silt_buffer *out, struct silt_bytes content);
	} methods[] = {{12, add_bzip2}, {93, add_zstd}, {95, add_xz}};
	for (size_t i = 0; i < SILT_COUNT(methods); i++) {
		struct silt_buffer zip = {0}, packed = {0};
		methods[i].add(&packed, A);
		add_zip(&zip, &(struct zip_member){.name = "a",
						   .content = A,
						   .method = methods[i].method,
						   .packed = silt_buffer_bytes(&packed)});
		add_zip(&zip, &(struct zip_member){.name = "b",
						   .content = A,
						   .method = methods[(i + 1) % SILT_COUNT(methods)].method,
						   .packed = silt_buffer_bytes(&packed)});
		add_zip_end(&zip, "");
		expect(&zip, "a=first;b=first;!damaged;");
		silt_buffer_done(&packed);
	}
}

static void cut_zip_is_damaged(void **state)
{
	(void)state;
	static const struct {
		size_t lost;
		const char *expected;
	} cases[] = {
		{1, "a=first;b=secon;!damaged;!damaged;"}, /* in a content */
		{6, "a=first;b=;!damaged;!damaged;"},      /* behind a header */
		{7 + 6, "a=first;!damaged;"},              /* in a header */
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_buffer zip = {0};
		add_zip(&zip, &(struct zip_member){.name = "a", .content = A});
		add_zip(&zip, &(struct zip_member){.name = "b", .content = B});
		zip.len -= cases[i].lost;
		expect(&zip, cases[i].expected);
	}
}

/* ---- ar ------------------------------------------------------------------------------------------------------------ */

static void ar_names_are_read_in_every_spelling(void **state)
{
	(void)state;
	struct silt_buffer ar = {0};
	silt_buffer_add_text(&ar, AR_MAGIC);
	add_ar(&ar, "//", SILT_LITERAL("a_name_of_more_than_15.o/\nanother_such_name.o/\n"));
	add_ar(&ar, "debian-binary", A);
	add_ar(&ar, "gnu.o/", B);
	add_ar(&ar, "/26", A);
	add_ar(&ar, "/99", A);
	add_ar(&ar, "#1/8", SILT_LITERAL("bsd.o\0\0\0content"));
	expect(&ar, "debian-binary=first;gnu.o=second;another_such_name.o=first;/99=first;bsd.o=content;");
}

static void cut_ar_is_damaged(void **state)
{
	(void)state;
	static const struct {
		size_t lost;
		const char *expected;
	} cases[] = {
		{0, "a=first;b=second;"},
		{1, "a=first;b=secon;!damaged;"},
		{7, "a=first;!damaged;"},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct silt_buffer ar = {0};
		silt_buffer_add_text(&ar, AR_MAGIC);
		add_ar(&ar, "a", A);
		add_ar(&ar, "b", B);
		ar.len -= cases[i].lost;
		expect(&ar, cases[i].expected);
	}
}

static void text_behind_ar_members_is_damage(void **state)
{
	(void)state;
	struct silt_buffer ar = {0};
	silt_buffer_add_text(&ar, AR_MAGIC);
	add_ar(&ar, "a", A);
	silt_buffer_add_text(&ar, "no header of a member, though it is as long as one has to be ...");
	expect(&ar, "a=first;!damaged;");
}

/* ---- cpio ---------------------------------------------------------------------------------------------------------- */

static void cpio_is_read_in_both_spellings(void **state)
{
	(void)state;
	static const char *const magics[] = {"070701", "070702", "070707"};
	for (size_t i = 0; i < SILT_COUNT(magics); i++) {
		struct silt_buffer cpio = {0};
		add_cpio(&cpio, magics[i], "./a", A);
		add_cpio(&cpio, magics[i], "dir", silt_bytes(NULL, 0));
		add_cpio(&cpio, magics[i], "dir/b", B);
		add_cpio(&cpio, magics[i], "TRAILER!!!", silt_bytes(NULL, 0));
		silt_buffer_add(&cpio, SILT_LITERAL("\0\0\0\0\0\0\0"));
		expect(&cpio, "./a=first;dir=;dir/b=second;");
	}
}

static void what_follows_the_cpio_trailer_is_read(void **state)
{
	(void)state;
	struct silt_buffer cpio = {0};
	add_cpio(&cpio, "070701", "early", A);
	add_cpio(&cpio, "070701", "TRAILER!!!", silt_bytes(NULL, 0));
	silt_buffer_add(&cpio, SILT_LITERAL("\0\0\0\0"));
	add_cpio(&cpio, "070701", "more", B);
	add_cpio(&cpio, "070701", "TRAILER!!!", silt_bytes(NULL, 0));
	silt_buffer_add_text(&cpio, "the rest");
	expect(&cpio, "early=first;more=second;TRAILER!!!=the rest;");
}

static void cpio_without_its_trailer_is_damaged(void **state)
{
	(void)state;
	struct silt_buffer cut = {0}, odd = {0};
	add_cpio(&cut, "070707", "a", A);
	cut.len -= 1;
	expect(&cut, "a=firs;!damaged;!damaged;");
	add_cpio(&odd, "070701", "a", A);
	silt_buffer_add_text(&odd, "07070X, which only rpm can read");
	expect(&odd, "a=first;!damaged;");
}

/* ---- rpm, packed files, tar ---------------------------------------------------------------------------------------- */

static void payload_of_an_rpm_is_found(void **state)
{
	(void)state;
	struct silt_buffer rpm = {0};
	add_rpm(&rpm, SILT_LITERAL("payload"));
	expect(&rpm, "=payload;");
}

static void rpm_without_its_second_header_is_damaged(void **state)
{
	(void)state;
	struct silt_buffer rpm = {0};
	add_rpm(&rpm, silt_bytes(NULL, 0));
	rpm.len -= 3;
	expect(&rpm, "!damaged;");
}

static void packed_file_is_an_archive_of_one(void **state)
{
	(void)state;
	struct silt_buffer gzip = {0}, zstd = {0}, xz = {0}, bzip2 = {0};
	add_gzip(&gzip, A, NULL);
	add_gzip(&gzip, B, NULL);
	add_zstd(&zstd, A);
	add_xz(&xz, A);
	add_bzip2(&bzip2, A);
	expect(&gzip, "=firstsecond;");
	expect(&zstd, "=first;");
	expect(&xz, "=first;");
	expect(&bzip2, "=first;");
}

static void cut_packed_file_is_damaged(void **state)
{
	(void)state;
	struct silt_buffer gzip = {0};
	add_gzip(&gzip, A, NULL);
	gzip.len -= 1;
	expect(&gzip, "=first;!damaged;");
}

static void tar_is_read_and_its_damage_told(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "first");
	tar_dir(&w, "d/", 0755);
	tar_text(&w, "d/b", 0644, "second");
	w.out.len -= 510; /* the padding, and most of the content */
	expect(&w.out, "a=first;d/=;d/b=se;!damaged;");
}

/* ---- Sniffing ------------------------------------------------------------------------------------------------------ */

static void what_only_begins_like_an_archive_is_none(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"PK",
		"PK\003\004 and no header",
		"!<arch>\nThis is a text about libraries that begins as they do, and goes on for a while longer ...",
		"070701 is a zip code",
		"BZh9 is no bzip2",
		"\x1f\x8b\x08\xff reserved bits",
		"\xed\xab\xee\xdb no package",
		"#!/bin/sh\n",
	};
	for (size_t i = 0; i < SILT_COUNT(texts); i++) {
		assert_null(silt_archive_sniff(silt_bytes_text(texts[i])));
	}
}

static void formats_are_numbered(void **state)
{
	(void)state;
	for (size_t i = 0; i < SILT_ARCHIVE_FORMATS; i++) {
		assert_int_equal(silt_archive_index(silt_archive_at(i)), i);
		silt_archive_at(i)->destroy(NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zip_members_are_read_in_order),
		cmocka_unit_test(zip_sizes_may_stand_behind_the_content),
		cmocka_unit_test(descriptor_of_another_length_does_not_end_a_stored_member),
		cmocka_unit_test(stored_zip_member_without_a_length_runs_to_the_end),
		cmocka_unit_test(bytes_between_zip_members_hide_none),
		cmocka_unit_test(wrong_zip_check_value_is_damage_of_the_member),
		cmocka_unit_test(broken_deflate_ends_one_zip_member_only),
		cmocka_unit_test(deflate_that_ends_before_its_length_is_damage),
		cmocka_unit_test(encrypted_and_unknown_zip_members_are_sealed),
		cmocka_unit_test(zip_members_may_be_streams_of_other_compressions),
		cmocka_unit_test(cut_zip_is_damaged),
		cmocka_unit_test(ar_names_are_read_in_every_spelling),
		cmocka_unit_test(cut_ar_is_damaged),
		cmocka_unit_test(text_behind_ar_members_is_damage),
		cmocka_unit_test(cpio_is_read_in_both_spellings),
		cmocka_unit_test(what_follows_the_cpio_trailer_is_read),
		cmocka_unit_test(cpio_without_its_trailer_is_damaged),
		cmocka_unit_test(payload_of_an_rpm_is_found),
		cmocka_unit_test(rpm_without_its_second_header_is_damaged),
		cmocka_unit_test(packed_file_is_an_archive_of_one),
		cmocka_unit_test(cut_packed_file_is_damaged),
		cmocka_unit_test(tar_is_read_and_its_damage_told),
		cmocka_unit_test(what_only_begins_like_an_archive_is_none),
		cmocka_unit_test(formats_are_numbered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
