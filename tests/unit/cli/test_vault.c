/* The vault writes below its folder and nowhere else, whatever it is told. */
#include "cli/vault.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
	char root[64], folder[96];
	struct cli_vault vault;
};

/* The vault borrows the name of its folder, so a place stays where it is. */
static void enter(struct place *place)
{
	struct silt_error err = {0};
	(void)snprintf(place->root, sizeof(place->root), "/tmp/silt-vault-XXXXXX");
	assert_non_null(mkdtemp(place->root));
	(void)snprintf(place->folder, sizeof(place->folder), "%s/in", place->root);
	assert_int_equal(cli_vault_open(place->folder, &place->vault, &err), SILT_OK);
}

static void leave(struct place *place)
{
	char command[128];
	cli_vault_close(&place->vault);
	(void)snprintf(command, sizeof(command), "rm -rf %s", place->root);
	assert_int_equal(system(command), 0);
}

static bool take(struct place *place, unsigned kind, const char *text)
{
	return cli_vault_take(&place->vault, kind, text, strlen(text));
}

static bool put(struct place *place, const char *name, const char *text)
{
	return take(place, CLI_VAULT_BEGIN, name) && take(place, CLI_VAULT_DATA, text) &&
	       take(place, CLI_VAULT_END, "");
}

/* The content of a file below the root. */
static void assert_file(const struct place *place, const char *name, const char *text)
{
	char path[256], found[64] = "";
	struct stat facts;
	(void)snprintf(path, sizeof(path), "%s/%s", place->root, name);
	FILE *file = fopen(path, "r");
	if (!file) {
		fail_msg("%s is not there", name);
	}
	const size_t len = fread(found, 1, sizeof(found) - 1, file);
	found[len] = '\0';
	assert_int_equal(fstat(fileno(file), &facts), 0);
	(void)fclose(file);
	assert_string_equal(found, text);
	assert_int_equal(facts.st_mode & 07777, 0600);
}

static void files_come_into_folders(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	assert_true(put(&place, "a/b/c", "one"));
	assert_true(put(&place, "a/b/d", "two"));
	assert_file(&place, "in/a/b/c", "one");
	assert_file(&place, "in/a/b/d", "two");
	leave(&place);
}

static void what_is_there_is_not_replaced(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	assert_true(put(&place, "a", "one") && put(&place, "a", "two") && put(&place, "a/b", "three"));
	assert_true(put(&place, "c/d", "four") && put(&place, "c", "five"));
	assert_file(&place, "in/a", "one");
	assert_file(&place, "in/a~2", "two");
	assert_file(&place, "in/a~3/b", "three");
	assert_file(&place, "in/c~2", "five");
	leave(&place);
}

/* An image may have a name as often as it likes. */
static void a_name_is_taken_as_often_as_it_comes(void **state)
{
	(void)state;
	enum { OFTEN = 5000 };
	struct place place;
	char number[16], name[32];
	enter(&place);
	for (int i = 1; i <= OFTEN; i++) {
		(void)snprintf(number, sizeof(number), "%d", i);
		assert_true(put(&place, "a", number));
	}
	for (int i = 2; i <= OFTEN; i++) {
		(void)snprintf(number, sizeof(number), "%d", i);
		(void)snprintf(name, sizeof(name), "in/a~%d", i);
		assert_file(&place, name, number);
	}
	assert_true(put(&place, "a/b", "below") && put(&place, "a/c", "below"));
	assert_file(&place, "in/a~5001/b", "below");
	assert_file(&place, "in/a~5001/c", "below");
	leave(&place);
}

static void a_record_lies_beside_its_file(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	assert_true(put(&place, "d/a~2", "first") && put(&place, "d/a~2.silt.json", "record of the first"));
	assert_true(put(&place, "d/a", "second") && put(&place, "d/a.silt.json", "record of the second"));
	assert_true(put(&place, "d/a", "third") && put(&place, "d/a.silt.json", "record of the third"));
	assert_true(put(&place, "d/b.silt.json", "record alone") && put(&place, "d/a.silt.json", "alone, too"));
	assert_file(&place, "in/d/a", "second");
	assert_file(&place, "in/d/a.silt.json", "record of the second");
	assert_file(&place, "in/d/a~2.silt.json", "record of the first");
	assert_file(&place, "in/d/a~3", "third");
	assert_file(&place, "in/d/a~3.silt.json", "record of the third");
	assert_file(&place, "in/d/b.silt.json", "record alone");
	assert_file(&place, "in/d/a~4.silt.json", "alone, too");
	leave(&place);
}

/* Who collects what ends as records do has them all, and none is beside a file that it is not about. */
static void a_record_alone_is_numbered_as_its_file_would_be(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	assert_true(put(&place, "a.silt.json", "first") && put(&place, "a.silt.json", "second"));
	assert_true(put(&place, "a", "file") && put(&place, "a.silt.json", "record of the file"));
	assert_true(put(&place, "d/file", "in a folder") && put(&place, "d.silt.json", "of a link"));
	assert_true(put(&place, "d.silt.json", "of another one"));
	assert_file(&place, "in/a.silt.json", "first");
	assert_file(&place, "in/a~2.silt.json", "second");
	assert_file(&place, "in/a~3", "file");
	assert_file(&place, "in/a~3.silt.json", "record of the file");
	assert_file(&place, "in/d.silt.json", "of a link");
	assert_file(&place, "in/d~2.silt.json", "of another one");
	leave(&place);
}

static void assert_gone(const struct place *place, const char *name)
{
	char path[256];
	(void)snprintf(path, sizeof(path), "%s/%s", place->root, name);
	assert_int_equal(access(path, F_OK), -1);
}

static void what_is_not_whole_is_removed(void **state)
{
	(void)state;
	const uint64_t most = UINT64_MAX;
	struct place place;
	enter(&place);
	assert_true(put(&place, "a/b", "whole") && take(&place, CLI_VAULT_BEGIN, "a/b") &&
		    take(&place, CLI_VAULT_DATA, "half"));
	cli_vault_close(&place.vault);
	assert_file(&place, "in/a/b", "whole");
	assert_gone(&place, "in/a/b~2");
	leave(&place);
	enter(&place);
	assert_true(take(&place, CLI_VAULT_BEGIN, "a/b") && take(&place, CLI_VAULT_DATA, "half"));
	assert_false(cli_vault_take(&place.vault, CLI_VAULT_HOLE, &most, sizeof(most)));
	assert_non_null(strstr(place.vault.err.text, "in/a/b: "));
	assert_gone(&place, "in/a/b");
	leave(&place);
}

static void a_folder_that_was_made_for_nothing_is_removed(void **state)
{
	(void)state;
	struct place place;
	struct silt_error err = {0};
	enter(&place);
	cli_vault_close(&place.vault);
	assert_gone(&place, "in");
	assert_int_equal(mkdir(place.folder, 0700), 0);
	assert_int_equal(cli_vault_open(place.folder, &place.vault, &err), SILT_OK);
	cli_vault_close(&place.vault);
	assert_int_equal(access(place.folder, F_OK), 0);
	leave(&place);
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = {"..", "../x", "a/../../x", "/x",  "a//x", ".",       "./x",
					    "",   "a/",   "/",         "a/.", "a/..", "../in2/x"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct place place;
		enter(&place);
		if (put(&place, names[i], "trap")) {
			fail_msg("'%s' was taken", names[i]);
		}
		assert_int_equal(place.vault.err.status, SILT_ERR_IO);
		assert_false(put(&place, "good", "after a failure nothing is taken"));
		leave(&place);
	}
}

static void a_long_name_and_one_with_a_nul_are_refused(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	char name[300];
	memset(name, 'n', sizeof(name));
	assert_false(cli_vault_take(&place.vault, CLI_VAULT_BEGIN, name, sizeof(name)));
	leave(&place);
	enter(&place);
	assert_false(cli_vault_take(&place.vault, CLI_VAULT_BEGIN, "a\0b", 3));
	leave(&place);
}

/* Somebody who may write to the folder puts a link there while it is filled. */
static void links_are_not_followed(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	char link[128], outside[128];
	(void)snprintf(outside, sizeof(outside), "%s/outside", place.root);
	(void)snprintf(link, sizeof(link), "%s/link", place.folder);
	assert_int_equal(mkdir(outside, 0700), 0);
	assert_int_equal(symlink(outside, link), 0);
	(void)put(&place, "link/file", "trap");
	(void)snprintf(outside, sizeof(outside), "%s/outside/file", place.root);
	assert_int_equal(access(outside, F_OK), -1);
	leave(&place);
	enter(&place);
	(void)snprintf(outside, sizeof(outside), "%s/outside", place.root);
	(void)snprintf(link, sizeof(link), "%s/file", place.folder);
	assert_int_equal(symlink(outside, link), 0);
	(void)put(&place, "file", "trap");
	assert_int_equal(access(outside, F_OK), -1);
	leave(&place);
}

static void messages_without_sense_are_refused(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	assert_false(take(&place, CLI_VAULT_DATA, "bytes of no file"));
	leave(&place);
	enter(&place);
	assert_false(take(&place, CLI_VAULT_END, ""));
	leave(&place);
	enter(&place);
	assert_true(take(&place, CLI_VAULT_BEGIN, "a"));
	assert_false(take(&place, CLI_VAULT_BEGIN, "b"));
	leave(&place);
	enter(&place);
	assert_true(take(&place, CLI_VAULT_BEGIN, "a"));
	assert_false(take(&place, CLI_VAULT_HOLE, "short"));
	leave(&place);
	enter(&place);
	const uint64_t most = UINT64_MAX;
	assert_true(take(&place, CLI_VAULT_BEGIN, "a"));
	assert_false(cli_vault_take(&place.vault, CLI_VAULT_HOLE, &most, sizeof(most)));
	leave(&place);
}

static void a_hole_has_its_length(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	const uint64_t zeros = 1 << 20;
	char path[160];
	struct stat facts;
	assert_true(take(&place, CLI_VAULT_BEGIN, "a") && take(&place, CLI_VAULT_DATA, "x"));
	assert_true(cli_vault_take(&place.vault, CLI_VAULT_HOLE, &zeros, sizeof(zeros)) &&
		    take(&place, CLI_VAULT_END, ""));
	(void)snprintf(path, sizeof(path), "%s/a", place.folder);
	assert_int_equal(stat(path, &facts), 0);
	assert_int_equal(facts.st_size, (1 << 20) + 1);
	assert_true(facts.st_blocks * 512 < 1 << 20);
	leave(&place);
}

static void a_folder_with_something_in_it_is_refused(void **state)
{
	(void)state;
	struct place place;
	enter(&place);
	struct cli_vault second;
	struct silt_error err = {0};
	assert_true(put(&place, "a", "one"));
	assert_int_equal(cli_vault_open(place.folder, &second, &err), SILT_ERR_USAGE);
	leave(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_come_into_folders),
		cmocka_unit_test(what_is_there_is_not_replaced),
		cmocka_unit_test(a_name_is_taken_as_often_as_it_comes),
		cmocka_unit_test(a_record_lies_beside_its_file),
		cmocka_unit_test(a_record_alone_is_numbered_as_its_file_would_be),
		cmocka_unit_test(what_is_not_whole_is_removed),
		cmocka_unit_test(a_folder_that_was_made_for_nothing_is_removed),
		cmocka_unit_test(names_that_lead_elsewhere_are_refused),
		cmocka_unit_test(a_long_name_and_one_with_a_nul_are_refused),
		cmocka_unit_test(links_are_not_followed),
		cmocka_unit_test(messages_without_sense_are_refused),
		cmocka_unit_test(a_hole_has_its_length),
		cmocka_unit_test(a_folder_with_something_in_it_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
