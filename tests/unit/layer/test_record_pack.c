/* A record as bytes and back: nothing is lost, nothing damaged is believed, and no secret gets out. */
#include "layer/record_pack.h"
#include "secret/matcher.h"
#include "secret/rule_digest.h"
#include "stream/pack_zstd.h"
#include "support/tar_writer.h"
#include "unit/content/archive_writer.h"
#include "unit/layer/same_record.h"
#include "unit/layer/survey_kit.h"
#include "unit/stream/compress.h"

#include <stdio.h>
#include <stdlib.h>

struct packed {
	struct silt_buffer layer, blob;
};

static void packed_done(struct packed *packed)
{
	silt_buffer_done(&packed->layer);
	silt_buffer_done(&packed->blob);
}

static void pack(const struct silt_record *record, struct packed *out)
{
	struct silt_error err = {0};
	assert_int_equal(silt_record_pack(record, &out->layer, &out->blob, &err), SILT_OK);
}

static struct silt_record *unpack(const struct packed *packed)
{
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	enum silt_status status = silt_record_unpack(silt_buffer_bytes(&packed->layer),
						     silt_buffer_bytes(&packed->blob), matcher, &record, &err);
	assert_int_equal(status, SILT_OK);
	return record;
}

static void assert_survives(const struct silt_record *record)
{
	struct packed packed = {0};
	pack(record, &packed);
	assert_true(record->compression != SILT_COMPRESSION_NONE || packed.blob.len == 0);
	struct silt_record *back = unpack(&packed);
	assert_same_record(record, back);
	silt_record_free(back);
	packed_done(&packed);
}

/* A layer with something of nearly everything. */
static void write_rich(struct tar_writer *w)
{
	static const char md5[] = "d41d8cd98f00b204e9800998ecf8427e";
	struct silt_buffer jar = {0}, text = {0};
	add_zip_of(&jar, "inner.txt", silt_bytes_text("id=" KEY_ID "\n"));
	silt_buffer_printf(&text, "%s  usr/a\n%s  usr/b\n", md5, md5);
	tar_dir(w, "etc/", 0755);
	tar_text(w, "etc/passwd", 0644, "root:x:0:0:root:/root:/bin/bash\n");
	tar_text(w, "etc/group", 0644, "root:x:0:\n");
	tar_text(w, "etc/os-release", 0644, "ID=debian\nVERSION_ID=\"12\"\n");
	tar_text(w, "etc/shells", 0644, "/bin/sh\n/bin/bash\n");
	tar_text(w, "root/.aws/credentials", 0600, "[default]\naws_access_key_id = " KEY_ID "\n");
	tar_file(w, "opt/app.jar", 0644, silt_buffer_bytes(&jar));
	tar_file(w, "var/lib/dpkg/info/one.md5sums", 0644, silt_buffer_bytes(&text));
	tar_text(w, "usr/bin/run", 04755, "#!/bin/sh -e\nexec app\n");
	tar_symlink(w, "usr/bin/link", "../../../../etc/motd");
	tar_hardlink(w, "usr/bin/hard", "usr/bin/run");
	tar_device(w, "dev/null", '3', 1, 3);
	tar_text(w, "d/.wh.gone", 0600, "a body where none should be");
	tar_pax(w, "SCHILY.xattr.security.capability", silt_bytes("\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20));
	tar_text(w, "usr/bin/ping", 0755, "x");
	tar_end(w);
	silt_buffer_done(&jar);
	silt_buffer_done(&text);
}

static void a_surveyed_record_survives(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	write_rich(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_true(record->hit_count >= 2 && record->fact_count >= 4 && record->capture_count == 2);
	assert_true(record->program_count >= 1 && record->claim_count == 2 && record->digest_count >= 1);
	assert_true(record->extra_count >= 4 && record->anomaly_count >= 1 && record->nested_bytes > 0);
	assert_survives(record);
	silt_record_free(record);
	tar_done(&w);
}

static void an_empty_layer_survives(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_survives(record);
	silt_record_free(record);
	tar_done(&w);
}

static void many_entries_survive(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	for (unsigned i = 0; i < 5000; i++) {
		char name[64];
		(void)snprintf(name, sizeof(name), "srv/folder%u/some-file-%u", i / 7, i);
		tar_text(&w, name, 0644, "x");
	}
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_true(record->texts.count > 2);
	assert_survives(record);
	silt_record_free(record);
	tar_done(&w);
}

/* ---- Blobs ---------------------------------------------------------------------------------------------------------- */

static void add_gzip_with_comment(struct silt_buffer *out, struct silt_bytes content)
{
	add_gzip(out, content, &(struct gzip_fields){.name = "layer.tar", .comment = "made by " KEY_ID " of mine"});
}

static void what_stands_in_the_framing_of_a_blob_survives_in_its_place(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	struct silt_buffer blob = {0};
	write_rich(&w);
	add_gzip_with_comment(&blob, tar_bytes(&w));
	struct silt_record *record = survey_blob(silt_buffer_bytes(&blob));
	assert_true(record->complete);
	assert_int_equal(record->compression, SILT_COMPRESSION_GZIP);
	assert_true(record->anomaly_totals[SILT_ANOMALY_FRAMING] >= 2);
	assert_survives(record);
	silt_record_free(record);
	silt_buffer_done(&blob);
	tar_done(&w);
}

static void a_layer_is_the_same_whatever_it_was_compressed_with(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	struct silt_buffer gzip = {0};
	write_rich(&w);
	add_gzip_with_comment(&gzip, tar_bytes(&w));
	struct silt_record *plain = survey_blob(tar_bytes(&w)), *packed_one = survey_blob(silt_buffer_bytes(&gzip));
	struct packed of_plain = {0}, of_gzip = {0};
	pack(plain, &of_plain);
	pack(packed_one, &of_gzip);
	assert_true(silt_bytes_equal(silt_buffer_bytes(&of_plain.layer), silt_buffer_bytes(&of_gzip.layer)));
	silt_buffer_clear(&of_gzip.blob);
	struct silt_record *back = unpack(&of_gzip);
	assert_same_record(plain, back);
	silt_record_free(back);
	silt_record_free(plain);
	silt_record_free(packed_one);
	packed_done(&of_plain);
	packed_done(&of_gzip);
	silt_buffer_done(&gzip);
	tar_done(&w);
}

static void the_part_of_a_blob_names_its_layer_and_fits_no_other(void **state)
{
	(void)state;
	struct tar_writer w = {0}, other = {0};
	struct silt_buffer gzip = {0};
	write_rich(&w);
	tar_text(&other, "x", 0644, "y");
	tar_end(&other);
	add_gzip_with_comment(&gzip, tar_bytes(&w));
	struct silt_record *one = survey_blob(silt_buffer_bytes(&gzip)), *two = survey_blob(tar_bytes(&other)),
			   *none = NULL;
	struct packed of_one = {0}, of_two = {0};
	struct silt_error err = {0};
	struct silt_digest diff_id;
	pack(one, &of_one);
	pack(two, &of_two);
	assert_int_equal(silt_record_unpack_diff_id(silt_buffer_bytes(&of_one.blob), matcher, &diff_id, &err), SILT_OK);
	assert_true(silt_digest_equal(&diff_id, &one->diff_id));
	assert_int_equal(silt_record_unpack(silt_buffer_bytes(&of_two.layer), silt_buffer_bytes(&of_one.blob), matcher,
					    &none, &err),
			 SILT_ERR_INPUT);
	silt_record_free(one);
	silt_record_free(two);
	packed_done(&of_one);
	packed_done(&of_two);
	silt_buffer_done(&gzip);
	tar_done(&w);
	tar_done(&other);
}

/* ---- Every member --------------------------------------------------------------------------------------------------- */

/* A survey never makes such a record; each member has a value that no other has. Borrows all but its texts. */
static void every_member_survives(void **state)
{
	(void)state;
	struct silt_entry entries[2] = {{11, 0, 0, 12, 13, 14, 15, 0644, SILT_ENTRY_SYMLINK, SILT_WHITEOUT_OPAQUE,
					 SILT_ENTRY_HAS_EXTRA | SILT_ENTRY_ODD_TIME, SILT_PROGRAM_CORE},
					{UINT64_MAX, 0, 0, UINT32_MAX, 1, UINT32_MAX, UINT32_MAX, 07777,
					 SILT_ENTRY_OTHER, SILT_WHITEOUT_INVALID, SILT_ENTRY_DISPUTED, 0}};
	struct silt_extra extras[] = {{0, 0, 0, 21, 22, INT64_MIN}};
	struct silt_hit hits[] = {{.rule = silt_matcher_rule(matcher, SILT_LITERAL("github-pat")),
				   .place = SILT_HIT_UNCLAIMED,
				   .severity = SILT_SEVERITY_CRITICAL,
				   .confidence = SILT_CONFIDENCE_PROVEN,
				   .entry = UINT32_MAX,
				   .offset = 31,
				   .length = 32,
				   .note = "a note",
				   .field = "a field",
				   .preview = "a preview",
				   .via = "hex",
				   .facts = "",
				   .expires = -33,
				   .inner = SILT_LITERAL_INIT("a!/b"),
				   .value = {34},
				   .public_id = {35}}};
	struct silt_public_half halves[] = {{{41}, 1, "certificate", SILT_LITERAL_INIT("c!/d")}};
	struct silt_capture captures[] = {{1, SILT_LITERAL_INIT("a body"), true}};
	struct silt_fact facts[] = {{1, 51, SILT_FACT_PACKAGE, SILT_LITERAL_INIT("a 1")}};
	struct silt_program programs[] = {{1, SILT_PROGRAM_SCRIPT, SILT_LITERAL_INIT("/bin/sh"), "bash", 2, {61, 62}}};
	struct silt_package packages[] = {{SILT_LITERAL_INIT("p"), 1, SILT_PACKAGE_DB_RPM_HASH},
					  {SILT_LITERAL_INIT("q"), 0, SILT_PACKAGE_DB_APK}};
	struct silt_claim claims[] = {{{1}, 1, 9}, {{71}, 0, 15}};
	struct silt_body_digests digests[] = {{1, {true, false, true}, {{81}, {82}, {83}}}};
	struct silt_anomaly anomalies[] = {{SILT_ANOMALY_ESCAPE, SILT_LIMIT_NONE, 1, 91, "a sentence"},
					   {SILT_ANOMALY_RATIO, SILT_LIMIT_RATIO, UINT32_MAX, 92, "another"}};
	struct silt_record record = {.digest = {{1, 2}, true},
				     .diff_id = {{3, 4}, true},
				     .compression = SILT_COMPRESSION_XZ,
				     .blob_bytes = 5,
				     .bytes = 6,
				     .entry_bytes = 7,
				     .nested_bytes = 8,
				     .entries = entries,
				     .entry_count = 2,
				     .extras = extras,
				     .extra_count = 1,
				     .hits = hits,
				     .hit_count = 1,
				     .public_halves = halves,
				     .public_count = 1,
				     .captures = captures,
				     .capture_count = 1,
				     .facts = facts,
				     .fact_count = 1,
				     .programs = programs,
				     .program_count = 1,
				     .packages = packages,
				     .package_count = 2,
				     .claims = claims,
				     .claim_count = 2,
				     .digests = digests,
				     .digest_count = 1,
				     .anomalies = anomalies,
				     .anomaly_count = 2,
				     .anomaly_totals = {[SILT_ANOMALY_ESCAPE] = 101, [SILT_ANOMALY_RATIO] = 1},
				     .complete = true};
	assert_true(silt_entry_set_path(&record.texts, &entries[0], SILT_LITERAL("a/folder/name")));
	assert_true(silt_entry_set_path(&record.texts, &entries[1], SILT_LITERAL("other")));
	assert_true(silt_text_pool_add(&record.texts, SILT_LITERAL("../target"), &extras[0].link));
	assert_true(silt_text_pool_add(&record.texts, SILT_LITERAL("cap"), &extras[0].capability));
	assert_survives(&record);
	silt_text_pool_done(&record.texts);
}

/* ---- Damage --------------------------------------------------------------------------------------------------------- */

/* What a damaged part gives is refused, or a record in which nothing points astray; what is in a frame has no checksum. */
static void try_part(struct silt_bytes layer, struct silt_bytes blob)
{
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	if (silt_record_unpack(layer, blob, matcher, &record, &err) == SILT_OK) {
		assert_true(silt_record_is_sound(record));
		struct packed again = {0};
		pack(record, &again); /* reads all of it */
		packed_done(&again);
		silt_record_free(record);
	} else {
		assert_null(record);
		assert_int_equal(err.status, SILT_ERR_INPUT);
	}
}

/* A part of `body`, in a frame of its own. */
static void add_frame(struct silt_buffer *out, struct silt_bytes body)
{
	struct silt_error err = {0};
	silt_buffer_add_text(out, SILT_RECORD_MAGIC);
	silt_buffer_add_byte(out, SILT_RECORD_FORMAT);
	for (size_t i = 0; i < 8; i++) {
		silt_buffer_add_byte(out, (uint8_t)((uint64_t)body.len >> 8 * i));
	}
	assert_int_equal(silt_zstd_pack(body, out, &err), SILT_OK);
}

static struct silt_bytes open_frame(const struct silt_buffer *part)
{
	const size_t size = (size_t)silt_u32le(part->ptr + 8);
	uint8_t *body = malloc(size);
	struct silt_error err = {0};
	assert_non_null(body);
	assert_int_equal(silt_zstd_unpack(silt_bytes(part->ptr + 16, part->len - 16), body, size, &err), SILT_OK);
	return silt_bytes(body, size);
}

static void pack_rich(struct packed *out)
{
	struct tar_writer w = {0};
	struct silt_buffer gzip = {0};
	write_rich(&w);
	add_gzip_with_comment(&gzip, tar_bytes(&w));
	struct silt_record *record = survey_blob(silt_buffer_bytes(&gzip));
	pack(record, out);
	silt_record_free(record);
	silt_buffer_done(&gzip);
	tar_done(&w);
}

/* Each byte of `part` changed in some ways, and each length of it; `other` is as it was. */
static void damage(const struct silt_buffer *part, const struct silt_buffer *other, bool part_is_layer)
{
	static const uint8_t changes[] = {0x01, 0x80, 0xFF};
	const struct silt_bytes body = open_frame(part);
	uint8_t *copy = malloc(body.len);
	assert_non_null(copy);
	for (size_t at = 0; at < body.len; at++) {
		for (size_t c = 0; c <= SILT_COUNT(changes); c++) {
			struct silt_buffer frame = {0};
			const bool cut = c == SILT_COUNT(changes);
			memcpy(copy, body.ptr, body.len);
			copy[at] ^= cut ? 0 : changes[c];
			add_frame(&frame, silt_bytes(copy, cut ? at : body.len));
			const struct silt_bytes damaged = silt_buffer_bytes(&frame), whole = silt_buffer_bytes(other);
			try_part(part_is_layer ? damaged : whole, part_is_layer ? whole : damaged);
			silt_buffer_done(&frame);
		}
	}
	free(copy);
	free((void *)(uintptr_t)body.ptr);
}

static void a_damaged_body_is_refused_or_harmless(void **state)
{
	(void)state;
	struct packed packed = {0};
	pack_rich(&packed);
	damage(&packed.layer, &packed.blob, true);
	damage(&packed.blob, &packed.layer, false);
	packed_done(&packed);
}

static void a_damaged_frame_is_refused_or_harmless(void **state)
{
	(void)state;
	struct packed packed = {0};
	pack_rich(&packed);
	for (size_t at = 0; at < packed.layer.len; at++) {
		try_part(silt_bytes(packed.layer.ptr, at), silt_buffer_bytes(&packed.blob));
		packed.layer.ptr[at] ^= 0x10;
		try_part(silt_buffer_bytes(&packed.layer), silt_buffer_bytes(&packed.blob));
		packed.layer.ptr[at] ^= 0x10;
	}
	packed_done(&packed);
}

static void a_record_of_a_rule_that_is_no_more_is_refused(void **state)
{
	(void)state;
	static const struct silt_bytes anchors[] = {SILT_LITERAL_INIT("zzzzzz"), {NULL, 0}};
	static const struct silt_rule rule = {.id = "other", .anchors = anchors, .pattern = "zzzzzz", .reach = 6};
	struct silt_matcher *others = NULL;
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	struct packed packed = {0};
	pack_rich(&packed);
	assert_int_equal(silt_matcher_new_of(&rule, 1, &others, &err), SILT_OK);
	assert_int_equal(silt_record_unpack(silt_buffer_bytes(&packed.layer), silt_buffer_bytes(&packed.blob), others,
					    &record, &err),
			 SILT_ERR_INPUT);
	silt_matcher_free(others);
	packed_done(&packed);
}

/* ---- Secrets -------------------------------------------------------------------------------------------------------- */

static const char *refusal_of(struct silt_record *record)
{
	const char *why = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_record_refusal(record, matcher, &why, &err), SILT_OK);
	silt_record_free(record);
	return why;
}

static struct silt_record *survey_text(const char *name, const char *text)
{
	struct tar_writer w = {0};
	tar_text(&w, name, 0755, text);
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	tar_done(&w);
	return record;
}

static void a_record_without_raw_secrets_may_be_kept(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	write_rich(&w);
	assert_null(refusal_of(survey_blob(tar_bytes(&w))));
	tar_done(&w);
	assert_null(refusal_of(survey_text("etc/pam.d/passwd", "@include common-password\n")));
}

static void a_record_with_raw_secrets_may_not_be_kept(void **state)
{
	(void)state;
	assert_non_null(refusal_of(survey_text("srv/" KEY_ID, "x")));
	assert_non_null(refusal_of(survey_text("etc/passwd", "root:x:0:0:" KEY_ID ":/root:/bin/sh\n")));
	assert_non_null(refusal_of(survey_text("etc/passwd", "root:ab1cdefghijkl:0:0::/root:/bin/sh\n")));
	assert_non_null(refusal_of(survey_text("run", "#!/usr/bin/env ID=" KEY_ID " sh\n")));
}

static void a_record_that_is_not_complete_may_not_be_kept(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	write_rich(&w);
	struct silt_bytes all = tar_bytes(&w);
	assert_string_equal(refusal_of(survey_blob(silt_bytes(all.ptr, all.len - 3 * TAR_BLOCK))),
			    "it is not complete");
	tar_done(&w);
}

static void no_byte_of_a_secret_is_in_a_packed_record(void **state)
{
	(void)state;
	struct packed packed = {0};
	pack_rich(&packed);
	const struct silt_bytes layer = open_frame(&packed.layer), blob = open_frame(&packed.blob);
	/* A preview may show the letters that every such key begins with. */
	static const char value[] = KEY_ID;
	assert_int_equal(silt_bytes_find(layer, silt_bytes_text(value + 4)), SIZE_MAX);
	assert_int_equal(silt_bytes_find(blob, silt_bytes_text(value + 4)), SIZE_MAX);
	free((void *)(uintptr_t)layer.ptr);
	free((void *)(uintptr_t)blob.ptr);
	packed_done(&packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_surveyed_record_survives),
		cmocka_unit_test(an_empty_layer_survives),
		cmocka_unit_test(many_entries_survive),
		cmocka_unit_test(what_stands_in_the_framing_of_a_blob_survives_in_its_place),
		cmocka_unit_test(a_layer_is_the_same_whatever_it_was_compressed_with),
		cmocka_unit_test(the_part_of_a_blob_names_its_layer_and_fits_no_other),
		cmocka_unit_test(every_member_survives),
		cmocka_unit_test(a_damaged_body_is_refused_or_harmless),
		cmocka_unit_test(a_damaged_frame_is_refused_or_harmless),
		cmocka_unit_test(a_record_of_a_rule_that_is_no_more_is_refused),
		cmocka_unit_test(a_record_without_raw_secrets_may_be_kept),
		cmocka_unit_test(a_record_with_raw_secrets_may_not_be_kept),
		cmocka_unit_test(a_record_that_is_not_complete_may_not_be_kept),
		cmocka_unit_test(no_byte_of_a_secret_is_in_a_packed_record),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
