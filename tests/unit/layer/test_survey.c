/* The survey of one layer: what becomes an entry, where a hit is, what is damage. */
#include "base/limits.h"
#include "content/elf.h"
#include "support/tar_writer.h"
#include "unit/layer/survey_kit.h"

#include <stdlib.h>

/* The only hit of a record. */
static const struct silt_hit *only_hit(const struct silt_record *record)
{
	assert_int_equal(record->hit_count, 1);
	assert_string_equal(record->hits[0].rule->id, "aws-access-key-id");
	return &record->hits[0];
}

static void assert_path(const struct silt_record *record, size_t index, const char *path)
{
	assert_true(index < record->entry_count);
	struct silt_path_room room;
	struct silt_bytes is = silt_entry_path(record, &record->entries[index], &room);
	assert_true(silt_bytes_equal(is, silt_bytes_text(path)));
}

static void assert_anomaly(const struct silt_record *record, enum silt_anomaly_kind kind, uint64_t count)
{
	assert_int_equal(record->anomaly_totals[kind], count);
}

static void names_are_cleaned_as_docker_cleans_them(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_dir(&w, "./", 0755);
	tar_dir(&w, "./etc/", 0755);
	tar_text(&w, "/etc//motd", 0644, "x");
	tar_text(&w, "a/../b", 0644, "x");
	tar_hardlink(&w, "c", "./etc/motd");
	tar_symlink(&w, "d", "../etc/motd");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_path(record, 0, "");
	assert_path(record, 1, "etc");
	assert_path(record, 2, "etc/motd");
	assert_path(record, 3, "b");
	struct silt_bytes hardlink = silt_entry_link(record, &record->entries[4]);
	assert_true(silt_bytes_equal(hardlink, SILT_LITERAL("etc/motd")));
	struct silt_bytes symlink = silt_entry_link(record, &record->entries[5]);
	assert_true(silt_bytes_equal(symlink, SILT_LITERAL("../etc/motd")));
	assert_anomaly(record, SILT_ANOMALY_ESCAPE, 0);
	assert_true(record->complete);
	silt_record_free(record);
	tar_done(&w);
}

static void a_name_above_the_root_is_clamped_and_noted(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "../../etc/passwd", 0644, "x");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_path(record, 0, "etc/passwd");
	assert_anomaly(record, SILT_ANOMALY_ESCAPE, 1);
	silt_record_free(record);
	tar_done(&w);
}

static void whiteouts_are_told_by_the_whole_last_name(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		enum silt_whiteout whiteout;
	} cases[] = {
		{"d/.wh.x", SILT_WHITEOUT_FILE},         {"d/.wh..wh..opq", SILT_WHITEOUT_OPAQUE},
		{"d/.wh..wh..opqX", SILT_WHITEOUT_FILE}, {"d/.wh..wh..opaque", SILT_WHITEOUT_FILE},
		{"d/.wh.", SILT_WHITEOUT_INVALID},       {"d/.wh..", SILT_WHITEOUT_INVALID},
		{"d/.wh...", SILT_WHITEOUT_INVALID},     {"d/.wh.a/k", SILT_WHITEOUT_NONE},
		{"usr/bin/which", SILT_WHITEOUT_NONE},   {"d/x.wh.y", SILT_WHITEOUT_NONE},
	};
	struct tar_writer w = {0};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		tar_file(&w, cases[i].name, 0600, silt_bytes(NULL, 0));
	}
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->entry_count, SILT_COUNT(cases));
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		assert_int_equal(record->entries[i].whiteout, cases[i].whiteout);
	}
	/* Three that name nothing, and two of a kind that nobody knows. */
	assert_anomaly(record, SILT_ANOMALY_WHITEOUT_ODD, 5);
	silt_record_free(record);
	tar_done(&w);
}

static void targets_of_links_above_the_root_are_noted(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_hardlink(&w, "a/hard", "../etc/passwd");
	tar_hardlink(&w, "a/hard2", "x/../../etc/passwd");
	tar_hardlink(&w, "a/fine", "x/../etc/passwd");
	tar_symlink(&w, "a/b/soft", "../../../etc/passwd");
	tar_symlink(&w, "a/b/fine", "../../etc/passwd");
	tar_symlink(&w, "a/b/fine2", "./x/.././../..");
	tar_symlink(&w, "a/absolute", "/../etc/passwd");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_anomaly(record, SILT_ANOMALY_ESCAPE, 2);
	assert_anomaly(record, SILT_ANOMALY_LINK_ESCAPE, 1);
	silt_record_free(record);
	tar_done(&w);
}

static void marks_of_overlayfs_are_noted_and_those_of_aufs_are_not(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_device(&w, "gone", '3', 0, 0);
	tar_device(&w, "null", '3', 1, 3);
	tar_pax(&w, "SCHILY.xattr.trusted.overlay.opaque", SILT_LITERAL("y"));
	tar_dir(&w, "d/", 0755);
	tar_pax(&w, "SCHILY.xattr.user.overlay.opaque", SILT_LITERAL("y"));
	tar_dir(&w, "e/", 0755);
	tar_pax(&w, "SCHILY.xattr.user.overlay", SILT_LITERAL("y"));
	tar_dir(&w, "f/", 0755);
	tar_dir(&w, ".wh..wh.plnk/", 0755);
	tar_text(&w, ".wh..wh.aufs", 0444, "");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_anomaly(record, SILT_ANOMALY_WHITEOUT_ODD, 3);
	silt_record_free(record);
	tar_done(&w);
}

static void a_hit_in_a_body_names_entry_and_offset(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "first", 0644, "nothing");
	tar_text(&w, "second", 0644, "id = " KEY_ID "\n");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	const struct silt_hit *hit = only_hit(record);
	assert_int_equal(hit->place, SILT_HIT_BODY);
	assert_int_equal(hit->entry, 1);
	assert_int_equal(hit->offset, 5);
	assert_int_equal(hit->length, strlen(KEY_ID));
	assert_null(strstr(hit->preview, KEY_ID));
	silt_record_free(record);
	tar_done(&w);
}

static void two_bodies_never_join(void **state)
{
	(void)state;
	/* 512 bytes each, so that no padding lies between the first body and the next header. */
	char body[513];
	memset(body, ' ', 512);
	body[512] = '\0';
	memcpy(body + 502, "AKIAQWERTY", 10);
	struct tar_writer w = {0};
	tar_text(&w, "UIOPASDFGH", 0644, body);
	tar_text(&w, "UIOPASDFGH", 0644, "UIOPASDFGH");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->hit_count, 0);
	silt_record_free(record);
	tar_done(&w);
}

static void the_body_of_a_deletion_mark_is_matched_and_noted(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "d/.wh.x", 0600, KEY_ID);
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(only_hit(record)->entry, 0);
	assert_anomaly(record, SILT_ANOMALY_WHITEOUT_BODY, 1);
	silt_record_free(record);
	tar_done(&w);
}

static void bytes_behind_the_end_are_matched_as_unclaimed(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "x");
	tar_end(&w);
	uint64_t end = tar_bytes(&w).len;
	tar_body(&w, SILT_LITERAL(KEY_ID));
	struct silt_record *record = survey_blob(tar_bytes(&w));
	const struct silt_hit *hit = only_hit(record);
	assert_int_equal(hit->place, SILT_HIT_UNCLAIMED);
	assert_int_equal(hit->offset, end);
	assert_anomaly(record, SILT_ANOMALY_TAIL, 1);
	assert_true(record->complete);
	silt_record_free(record);
	tar_done(&w);
}

static void a_secret_in_a_header_belongs_to_its_entry(void **state)
{
	(void)state;
	/* In the raw header a link target touches the type before it, and the bytes of an xattr belong to no entry. */
	struct tar_writer w = {0};
	tar_text(&w, "first", 0644, "x");
	tar_symlink(&w, "link", KEY_ID);
	tar_text(&w, KEY_ID, 0644, "x");
	tar_pax(&w, "SCHILY.xattr.user.key", SILT_LITERAL(KEY_ID));
	tar_text(&w, "last", 0644, "x");
	tar_end(&w);
	static const char *const fields[] = {"link target", "name", "xattr user.key"};
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->hit_count, SILT_COUNT(fields));
	for (size_t i = 0; i < SILT_COUNT(fields); i++) {
		assert_int_equal(record->hits[i].place, SILT_HIT_HEADER);
		assert_int_equal(record->hits[i].entry, i + 1);
		assert_string_equal(record->hits[i].field, fields[i]);
	}
	silt_record_free(record);
	tar_done(&w);
}

static void a_list_of_accounts_is_kept_under_any_name(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "data/users", 0755, "app:x:0:0::/:\n");
	tar_text(&w, "etc/passwd", 0755, "anything");
	tar_text(&w, "etc/shadow", 0600, "root:*:19000:0:99999:7:::\n");
	tar_text(&w, "notes", 0644, "key: value: 1\n");
	tar_text(&w, "etc/group", 0644, "");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->capture_count, 3);
	assert_non_null(silt_record_capture(record, 0));
	assert_non_null(silt_record_capture(record, 1));
	assert_non_null(silt_record_capture(record, 4));
	silt_record_free(record);
	tar_done(&w);
}

static void a_program_is_told_by_its_first_bytes(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "a", 0755, "#!/bin/sh\n");
	tar_text(&w, "b", 0755, " #!/bin/sh\n");
	tar_text(&w, ".wh.c", 0644, "#! /usr/bin/env python3 \nprint()\n");
	tar_text(&w, "d", 0644, "#!/bin/sh");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->entries[0].program, SILT_PROGRAM_SCRIPT);
	assert_int_equal(record->entries[1].program, SILT_PROGRAM_NONE);
	assert_int_equal(record->program_count, 3);
	assert_null(silt_record_program(record, 1));
	const struct silt_program *env = silt_record_program(record, 2);
	assert_true(silt_bytes_equal(env->interpreter, SILT_LITERAL("/usr/bin/env python3")));
	struct silt_bytes first = silt_record_program(record, 0)->interpreter;
	assert_true(silt_bytes_equal(first, SILT_LITERAL("/bin/sh")));
	assert_ptr_equal(silt_record_program(record, 3)->interpreter.ptr, first.ptr);
	silt_record_free(record);
	tar_done(&w);
}

/* An ELF header with nothing behind it, as `type`, and the word at 24 not 0. */
static struct silt_bytes elf_header(uint8_t type)
{
	static uint8_t bytes[64];
	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, "\177ELF\2\1\1", 7);
	bytes[16] = type;
	bytes[24] = 1;
	return silt_bytes(bytes, sizeof(bytes));
}

static struct silt_record *survey_events(const struct silt_tar_event *events, size_t count)
{
	struct silt_survey *survey = NULL;
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_survey_new(&(struct silt_survey_wish){.matcher = matcher}, &survey, &err), SILT_OK);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(silt_survey_event(survey, &events[i], &err), SILT_OK);
	}
	assert_int_equal(silt_survey_end(survey, &record, &err), SILT_OK);
	silt_survey_free(survey);
	return record;
}

static void a_program_is_the_same_in_pieces(void **state)
{
	(void)state;
	struct silt_bytes body = elf_header(SILT_ELF_CORE);
	struct silt_tar_entry entry = {
		.path = SILT_LITERAL("core"), .type = SILT_ENTRY_FILE, .mode = 0600, .size = body.len};
	struct silt_tar_event events[65] = {{.kind = SILT_TAR_ENTRY, .entry = &entry}};
	for (size_t i = 0; i < body.len; i++) {
		events[1 + i] = (struct silt_tar_event){.kind = SILT_TAR_DATA,
							.bytes = silt_bytes_slice(body, i, 1),
							.offset = i,
							.last = i + 1 == body.len};
	}
	struct silt_record *record = survey_events(events, SILT_COUNT(events));
	assert_int_equal(record->entries[0].program, SILT_PROGRAM_CORE);
	silt_record_free(record);
}

static void a_program_that_is_cut_or_has_holes_is_one(void **state)
{
	(void)state;
	struct silt_bytes body = elf_header(SILT_ELF_EXECUTABLE);
	struct silt_tar_entry entry = {
		.path = SILT_LITERAL("run"), .type = SILT_ENTRY_FILE, .mode = 0755, .size = 1 << 20, .sparse = true};
	struct silt_tar_event events[] = {
		{.kind = SILT_TAR_ENTRY, .entry = &entry},
		{.kind = SILT_TAR_DATA, .bytes = body},
		{.kind = SILT_TAR_DATA, .bytes = body, .offset = 4096},
		{.kind = SILT_TAR_DATA, .offset = 1 << 20, .last = true},
	};
	for (size_t count = 2; count <= SILT_COUNT(events); count++) {
		struct silt_record *record = survey_events(events, count);
		assert_int_equal(record->entries[0].program, SILT_PROGRAM_STATIC);
		assert_int_equal(record->program_count, 1);
		silt_record_free(record);
	}
}

/* The ELF header above as a program, and `text` far behind or right behind it. */
static void add_elf(struct tar_writer *w, const char *name, uint8_t type, size_t gap, const char *text)
{
	struct silt_buffer body = {0};
	silt_buffer_add(&body, elf_header(type));
	for (size_t i = 0; i < gap; i++) {
		silt_buffer_add_byte(&body, 0);
	}
	silt_buffer_add_text(&body, text);
	tar_file(w, name, 0755, silt_buffer_bytes(&body));
	silt_buffer_done(&body);
}

static void a_shell_is_told_by_a_text_in_its_program(void **state)
{
	(void)state;
	static const char bash[] = "GNU bash, version %s-(%s)\n", both[] = "GNU bash, version %s BusyBox v1.36.1 ";
	struct tar_writer w = {0};
	add_elf(&w, "near", SILT_ELF_EXECUTABLE, 0, bash);
	add_elf(&w, "far", SILT_ELF_EXECUTABLE, 400000, bash);
	add_elf(&w, "scanner", SILT_ELF_EXECUTABLE, 0, both);
	add_elf(&w, "core", SILT_ELF_CORE, 0, bash);
	add_elf(&w, "other", SILT_ELF_EXECUTABLE, 0, "");
	tar_text(&w, "script", 0755, "#!/bin/sh\necho 'GNU bash, version %s'\n");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->program_count, 6);
	assert_int_equal(record->hit_count, 0);
	assert_string_equal(record->programs[0].shell, "bash");
	assert_string_equal(record->programs[1].shell, "bash");
	for (size_t i = 2; i < 6; i++) {
		assert_null(record->programs[i].shell);
	}
	silt_record_free(record);
	tar_done(&w);
}

static void the_mark_of_the_longest_name_is_placed(void **state)
{
	(void)state;
	char name[5 + SILT_NAME_MAX + 1] = ".wh.";
	memset(name + 4, 'n', SILT_NAME_MAX);
	name[4 + SILT_NAME_MAX] = '\0';
	struct tar_writer w = {0};
	tar_text(&w, name, 0, "");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->entry_count, 1);
	assert_true(record->complete);
	silt_record_free(record);
	tar_done(&w);
}

static void a_pax_record_is_matched_as_unclaimed(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_pax(&w, "comment", SILT_LITERAL(KEY_ID));
	tar_text(&w, "a", 0644, "x");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(only_hit(record)->place, SILT_HIT_UNCLAIMED);
	silt_record_free(record);
	tar_done(&w);
}

static void capability_that_docker_does_not_apply_is_one_of_another_entry(void **state)
{
	(void)state;
	static const uint8_t value[20] = {1, 0, 0, 2, 0, 0x20};
	struct tar_writer w = {0};
	tar_pax(&w, "SCHILY.xattr.security.capability", silt_bytes(value, sizeof(value)));
	tar_text(&w, "a", 0755, "x");
	tar_pax(&w, "LIBARCHIVE.xattr.security.capability", SILT_LITERAL("AQAAAgAgAAAAAAAAAAAAAAAAAAA"));
	tar_text(&w, "b", 0755, "x");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	static const size_t lens[] = {sizeof(value), 0, sizeof(value)};
	assert_int_equal(record->entry_count, SILT_COUNT(lens));
	for (size_t i = 0; i < SILT_COUNT(lens); i++) {
		struct silt_bytes got = silt_entry_capability(record, &record->entries[i]);
		assert_true(silt_bytes_equal(got, silt_bytes(value, lens[i])));
	}
	assert_true(record->entries[2].flags & SILT_ENTRY_DISPUTED);
	silt_record_free(record);
	tar_done(&w);
}

static void account_lists_are_captured_and_programs_of_that_name_are_not(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	tar_text(&w, "usr/bin/passwd", 04755, "\177ELF");
	tar_text(&w, "etc/passwd", 0644, "root:x:0:0::/:\n");
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->capture_count, 1);
	assert_null(silt_record_capture(record, 0));
	const struct silt_capture *capture = silt_record_capture(record, 1);
	assert_true(capture->whole);
	assert_true(silt_bytes_equal(capture->body, SILT_LITERAL("root:x:0:0::/:\n")));
	silt_record_free(record);
	tar_done(&w);
}

static void an_account_list_beyond_the_limit_makes_the_record_incomplete(void **state)
{
	(void)state;
	for (size_t excess = 0; excess < 2; excess++) {
		size_t size = silt_default_limits.value[SILT_LIMIT_ACCOUNT_BYTES] + excess;
		uint8_t *body = calloc(1, size);
		struct tar_writer w = {0};
		tar_file(&w, "etc/passwd", 0644, silt_bytes(body, size));
		tar_end(&w);
		struct silt_record *record = survey_blob(tar_bytes(&w));
		assert_int_equal(record->capture_count, excess == 0);
		assert_int_equal(record->complete, excess == 0);
		silt_record_free(record);
		tar_done(&w);
		free(body);
	}
}

static void a_name_beyond_a_limit_is_left_out_but_its_body_is_matched(void **state)
{
	(void)state;
	for (size_t excess = 0; excess < 2; excess++) {
		char name[SILT_NAME_MAX + 2];
		memset(name, 'n', sizeof(name));
		name[SILT_NAME_MAX + excess] = '\0';
		struct tar_writer w = {0};
		tar_text(&w, name, 0644, KEY_ID);
		tar_end(&w);
		struct silt_record *record = survey_blob(tar_bytes(&w));
		assert_int_equal(record->entry_count, excess == 0);
		assert_int_equal(record->complete, excess == 0);
		assert_int_equal(only_hit(record)->place, excess == 0 ? SILT_HIT_BODY : SILT_HIT_UNCLAIMED);
		silt_record_free(record);
		tar_done(&w);
	}
}

static void a_cut_body_is_matched_and_the_record_is_incomplete(void **state)
{
	(void)state;
	struct tar_writer w = {0};
	struct silt_bytes body = SILT_LITERAL("id = " KEY_ID "\nand more that will be cut off");
	tar_file(&w, "a", 0644, body);
	tar_end(&w);
	struct silt_bytes cut = silt_bytes_slice(tar_bytes(&w), 0, TAR_BLOCK + body.len - 4);
	struct silt_record *record = survey_blob(cut);
	only_hit(record);
	assert_false(record->complete);
	assert_true(record->entries[0].flags & SILT_ENTRY_TRUNCATED);
	silt_record_free(record);
	tar_done(&w);
}

static void an_archive_cut_behind_its_last_body_is_complete(void **state)
{
	(void)state;
	/* As umoci insert writes it: the last file not padded, no end marker. */
	struct tar_writer w = {0};
	tar_text(&w, "a", 0644, "abcd");
	struct silt_record *record = survey_blob(silt_bytes_slice(tar_bytes(&w), 0, TAR_BLOCK + 4));
	assert_int_equal(record->entry_count, 1);
	assert_true(record->complete);
	silt_record_free(record);
	tar_done(&w);
}

static void an_uncompressed_blob_has_one_digest(void **state)
{
	(void)state;
	static const uint8_t zeros[1024];
	struct silt_record *record = survey_blob(silt_bytes(zeros, sizeof(zeros)));
	char text[SILT_DIGEST_TEXT_SIZE];
	assert_string_equal(silt_digest_text(&record->diff_id, text),
			    "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");
	assert_true(silt_digest_equal(&record->diff_id, &record->digest));
	assert_int_equal(record->entry_count, 0);
	assert_true(record->complete);
	silt_record_free(record);
}

static void documents_give_hits_with_their_field(void **state)
{
	(void)state;
	struct silt_bytes text = SILT_LITERAL("{\"config\":{\"Env\":[\"PATH=/bin\",\"ID=" KEY_ID "\"]}}");
	struct silt_error err = {0};
	struct silt_json *json = NULL;
	struct silt_survey *survey = NULL;
	struct silt_record *record = NULL;
	assert_int_equal(silt_json_parse(text, &json, &err), SILT_OK);
	assert_int_equal(silt_survey_new(&(struct silt_survey_wish){.matcher = matcher}, &survey, &err), SILT_OK);
	assert_int_equal(silt_survey_document(survey, json, &err), SILT_OK);
	assert_int_equal(silt_survey_end(survey, &record, &err), SILT_OK);
	assert_int_equal(only_hit(record)->place, SILT_HIT_FIELD);
	assert_string_equal(record->hits[0].field, "config.Env[1]");
	silt_record_free(record);
	silt_survey_free(survey);
	silt_json_free(json);
}

/* Of a key made for this; the private half is gone. */
#define PUBLIC_KEY                                                                                                     \
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPe3oZF03H"                                                               \
	"Uwh4YrjiNSJ9sQGtzC2vsqcsrjTW95+Akd"

static void public_keys_are_facts_of_files_and_no_hits(void **state)
{
	(void)state;
	enum { LINES = 1009 }; /* more than the matches of a rule that are looked at */
	struct tar_writer w = {0};
	struct silt_buffer lines = {0};
	for (int i = 0; i < LINES; i++) {
		silt_buffer_add_text(&lines, "host " PUBLIC_KEY "\n");
	}
	tar_text(&w, "id.pub", 0644, PUBLIC_KEY " me@here\n");
	tar_text(&w, "known_hosts", 0644, silt_buffer_text(&lines));
	tar_symlink(&w, "link", PUBLIC_KEY);
	tar_end(&w);
	struct silt_record *record = survey_blob(tar_bytes(&w));
	assert_int_equal(record->hit_count, 0);
	assert_true(record->complete);
	assert_int_equal(record->public_count, 1 + silt_default_limits.value[SILT_LIMIT_MATCHES_PER_RULE]);
	assert_int_equal(record->public_halves[0].entry, 0);
	assert_int_equal(record->public_halves[1].entry, 1);
	assert_int_equal(record->public_halves[0].inner.len, 0);
	assert_string_equal(record->public_halves[0].what, "public key");
	assert_memory_equal(record->public_halves[0].id, record->public_halves[1].id, SILT_PUBLIC_ID_SIZE);
	silt_record_free(record);
	silt_buffer_done(&lines);
	tar_done(&w);
}

static enum silt_status refuse(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)ctx;
	*block = silt_bytes(NULL, 0);
	return silt_fail(err, SILT_ERR_IO, "refused");
}

static void a_blob_that_cannot_be_read_is_an_error(void **state)
{
	(void)state;
	struct silt_record *record = NULL;
	struct silt_error err = {0};
	assert_int_equal(silt_survey_layer((struct silt_source){.next = refuse},
					   &(struct silt_survey_wish){.matcher = matcher}, &record, &err),
			 SILT_ERR_IO);
	assert_null(record);
	assert_string_equal(err.text, "refused");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_cleaned_as_docker_cleans_them),
		cmocka_unit_test(a_name_above_the_root_is_clamped_and_noted),
		cmocka_unit_test(whiteouts_are_told_by_the_whole_last_name),
		cmocka_unit_test(targets_of_links_above_the_root_are_noted),
		cmocka_unit_test(marks_of_overlayfs_are_noted_and_those_of_aufs_are_not),
		cmocka_unit_test(a_hit_in_a_body_names_entry_and_offset),
		cmocka_unit_test(two_bodies_never_join),
		cmocka_unit_test(the_body_of_a_deletion_mark_is_matched_and_noted),
		cmocka_unit_test(bytes_behind_the_end_are_matched_as_unclaimed),
		cmocka_unit_test(a_secret_in_a_header_belongs_to_its_entry),
		cmocka_unit_test(a_list_of_accounts_is_kept_under_any_name),
		cmocka_unit_test(a_program_is_told_by_its_first_bytes),
		cmocka_unit_test(a_program_is_the_same_in_pieces),
		cmocka_unit_test(a_program_that_is_cut_or_has_holes_is_one),
		cmocka_unit_test(a_shell_is_told_by_a_text_in_its_program),
		cmocka_unit_test(the_mark_of_the_longest_name_is_placed),
		cmocka_unit_test(a_pax_record_is_matched_as_unclaimed),
		cmocka_unit_test(capability_that_docker_does_not_apply_is_one_of_another_entry),
		cmocka_unit_test(account_lists_are_captured_and_programs_of_that_name_are_not),
		cmocka_unit_test(an_account_list_beyond_the_limit_makes_the_record_incomplete),
		cmocka_unit_test(a_name_beyond_a_limit_is_left_out_but_its_body_is_matched),
		cmocka_unit_test(a_blob_that_cannot_be_read_is_an_error),
		cmocka_unit_test(a_cut_body_is_matched_and_the_record_is_incomplete),
		cmocka_unit_test(an_archive_cut_behind_its_last_body_is_complete),
		cmocka_unit_test(an_uncompressed_blob_has_one_digest),
		cmocka_unit_test(documents_give_hits_with_their_field),
		cmocka_unit_test(public_keys_are_facts_of_files_and_no_hits),
	};
	return cmocka_run_group_tests(tests, make_matcher, free_matcher);
}
