/* Reports that appear whole or not at all. */
#include "cli/output.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	KILLED_BYTES = 1 << 18,
	KILLED_TIMES = 100, /* at so many moments of three reports */
};

/* In place of the C library's: without memory for a stream, if a test says so. */
static bool no_stream;

FILE *fdopen(int fd, const char *mode)
{
	if (no_stream) {
		errno = ENOMEM;
		return NULL;
	}
	FILE *(*real)(int, const char *);
	*(void **)&real = dlsym(RTLD_NEXT, "fdopen");
	return real(fd, mode);
}

/* As above: without /proc, as in a chroot that has none. */
static bool no_proc;

int access(const char *path, int mode)
{
	if (no_proc && strncmp(path, "/proc/", 6) == 0) {
		errno = ENOENT;
		return -1;
	}
	int (*real)(const char *, int);
	*(void **)&real = dlsym(RTLD_NEXT, "access");
	return real(path, mode);
}

struct place {
	char folder[64];
	char file[96];
};

static int make_place(void **state)
{
	no_proc = false;
	struct place *place = calloc(1, sizeof(*place));
	assert_non_null(place);
	(void)snprintf(place->folder, sizeof(place->folder), "/tmp/silt-test-output-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	(void)snprintf(place->file, sizeof(place->file), "%s/report", place->folder);
	*state = place;
	return 0;
}

static int make_place_without_proc(void **state)
{
	const int made = make_place(state);
	no_proc = true;
	return made;
}

/* Fails if a test left more than the report in the folder. */
static int remove_place(void **state)
{
	struct place *place = *state;
	(void)unlink(place->file);
	const int status = rmdir(place->folder);
	free(place);
	return status;
}

static void write_report(const char *path, const char *text)
{
	struct cli_output output;
	struct silt_error err = {0};
	assert_int_equal(cli_output_open(&output, path, false, &err), SILT_OK);
	struct silt_sink sink = cli_output_sink(&output);
	assert_true(sink.write(sink.ctx, text, strlen(text)));
	assert_int_equal(cli_output_commit(&output, &err), SILT_OK);
	cli_output_done(&output);
}

static void holds(const char *path, const char *text)
{
	char content[64] = "";
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	const size_t len = fread(content, 1, sizeof(content) - 1, file);
	assert_int_equal(fclose(file), 0);
	content[len] = '\0';
	assert_string_equal(content, text);
}

static mode_t mode_of(const char *path)
{
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	return status.st_mode & 07777;
}

static void a_committed_report_has_its_name(void **state)
{
	struct place *place = *state;
	write_report(place->file, "first");
	write_report(place->file, "second");
	holds(place->file, "second");
}

static void a_new_report_has_the_mode_of_every_new_file(void **state)
{
	struct place *place = *state;
	const mode_t mask = umask(027);
	write_report(place->file, "new");
	assert_int_equal(umask(mask), 027);
	assert_int_equal(mode_of(place->file), 0640);
}

static void a_replaced_report_keeps_the_mode_of_the_old_one(void **state)
{
	struct place *place = *state;
	write_report(place->file, "old");
	assert_int_equal(chmod(place->file, 0604), 0);
	write_report(place->file, "new");
	holds(place->file, "new");
	assert_int_equal(mode_of(place->file), 0604);
}

static void a_replaced_report_keeps_its_owner_and_group(void **state)
{
	struct place *place = *state;
	write_report(place->file, "old");
	if (chown(place->file, 12, 34) != 0) {
		skip(); /* only root can give a file away */
	}
	write_report(place->file, "new");
	struct stat status;
	assert_int_equal(stat(place->file, &status), 0);
	assert_int_equal(status.st_uid, 12);
	assert_int_equal(status.st_gid, 34);
}

static void an_input_is_known_by_each_of_its_names(void **state)
{
	struct place *place = *state;
	char link[128];
	(void)snprintf(link, sizeof(link), "%s/link", place->folder);
	assert_false(cli_output_is_input(place->file, place->file)); /* neither is there */
	write_report(place->file, "an image");
	assert_true(cli_output_is_input(place->file, place->file));
	assert_false(cli_output_is_input("/dev/null", "/dev/null"));
	assert_int_equal(symlink("report", link), 0);
	assert_true(cli_output_is_input(link, place->file));
	assert_true(cli_output_is_input(place->file, link));
	assert_int_equal(unlink(link), 0);
	write_report(link, "a copy");
	assert_false(cli_output_is_input(link, place->file));
	assert_int_equal(unlink(link), 0);
}

static void a_report_that_is_given_up_leaves_the_old_one(void **state)
{
	struct place *place = *state;
	write_report(place->file, "old");
	struct cli_output output;
	struct silt_error err = {0};
	assert_int_equal(cli_output_open(&output, place->file, false, &err), SILT_OK);
	struct silt_sink sink = cli_output_sink(&output);
	assert_true(sink.write(sink.ctx, "new", 3));
	holds(place->file, "old");
	cli_output_done(&output);
	holds(place->file, "old");
}

static size_t count_files(const char *folder)
{
	size_t count = 0;
	DIR *stream = opendir(folder);
	assert_non_null(stream);
	while (readdir(stream) != NULL) {
		count++;
	}
	assert_int_equal(closedir(stream), 0);
	return count - 2; /* "." and ".." */
}

static void a_report_has_a_name_only_when_it_is_whole(void **state)
{
	struct place *place = *state;
	struct cli_output output;
	struct silt_error err = {0};
	assert_int_equal(cli_output_open(&output, place->file, true, &err), SILT_OK);
	struct silt_sink sink = cli_output_sink(&output);
	assert_true(sink.write(sink.ctx, "a secret", 8));
	assert_int_equal(fflush(output.file), 0);
	assert_int_equal(count_files(place->folder), output.nameless ? 0 : 1);
	assert_int_equal(output.nameless, output.temporary == NULL);
	const bool nameless = output.nameless;
	assert_int_equal(cli_output_commit(&output, &err), SILT_OK);
	cli_output_done(&output);
	holds(place->file, "a secret");
	assert_int_equal(mode_of(place->file), 0600);
	assert_int_equal(count_files(place->folder), 1);
	if (!nameless && !no_proc) {
		skip(); /* a file system without such files */
	}
}

/* All `size` bytes of the report are `byte`. */
static void is_whole(const char *path, size_t size, char byte)
{
	static char content[KILLED_BYTES + 1];
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	const size_t len = fread(content, 1, sizeof(content), file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(len, size);
	assert_null(memchr(content, byte == 'n' ? 'o' : 'n', len));
	assert_int_equal(content[0], byte);
	assert_memory_equal(content, content + 1, len - 1);
}

/* Writes reports of KILLED_BYTES until it is killed. */
static void write_for_ever(const char *path, char byte)
{
	static char piece[KILLED_BYTES / 16];
	memset(piece, byte, sizeof(piece));
	for (;;) {
		struct cli_output output;
		struct silt_error err = {0};
		if (cli_output_open(&output, path, false, &err) != SILT_OK) {
			_exit(1);
		}
		struct silt_sink sink = cli_output_sink(&output);
		for (int i = 0; i < 16; i++) {
			(void)sink.write(sink.ctx, piece, sizeof(piece));
		}
		(void)cli_output_commit(&output, &err);
		cli_output_done(&output);
	}
}

/* What a killed writer could not remove. */
static void remove_temporaries(const char *folder)
{
	DIR *stream = opendir(folder);
	assert_non_null(stream);
	for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
		if (strncmp(entry->d_name, ".silt-", 6) == 0) {
			assert_int_equal(unlinkat(dirfd(stream), entry->d_name, 0), 0);
		}
	}
	assert_int_equal(closedir(stream), 0);
}

/* Microseconds that one report takes. */
static useconds_t time_of_report(const char *path, const char *text)
{
	struct timespec start, end;
	(void)clock_gettime(CLOCK_MONOTONIC, &start);
	write_report(path, text);
	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	return (useconds_t)((end.tv_sec - start.tv_sec) * 1000000 + (end.tv_nsec - start.tv_nsec) / 1000);
}

static char first_byte_of(const char *path)
{
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	const int first = fgetc(file);
	assert_int_equal(fclose(file), 0);
	return (char)first;
}

/* `after`: microseconds; 0: when there is a new report. */
static void kill_a_writer(const char *path, useconds_t after)
{
	(void)fflush(NULL);
	const pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		write_for_ever(path, 'n');
	}
	do {
		(void)usleep(after);
	} while (after == 0 && first_byte_of(path) != 'n');
	int status = 0;
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static void a_killed_writer_leaves_the_old_report_or_the_new_one(void **state)
{
	struct place *place = *state;
	static char old[KILLED_BYTES + 1];
	memset(old, 'o', KILLED_BYTES);
	const useconds_t most = 3 * time_of_report(place->file, old);
	for (unsigned i = 0; i < KILLED_TIMES; i++) {
		write_report(place->file, old);
		kill_a_writer(place->file, i * (most / KILLED_TIMES));
		is_whole(place->file, KILLED_BYTES, first_byte_of(place->file));
		remove_temporaries(place->folder);
	}
}

static void a_write_that_fails_leaves_the_old_report_and_nothing_else(void **state)
{
	struct place *place = *state;
	write_report(place->file, "old");
	(void)fflush(NULL);
	const pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		const struct rlimit limit = {KILLED_BYTES / 2, KILLED_BYTES / 2};
		static const char much[KILLED_BYTES];
		struct cli_output output;
		struct silt_error err = {0};
		(void)signal(SIGXFSZ, SIG_IGN);
		bool failed = setrlimit(RLIMIT_FSIZE, &limit) == 0 &&
			      cli_output_open(&output, place->file, false, &err) == SILT_OK;
		struct silt_sink sink = cli_output_sink(&output);
		failed = failed && !sink.write(sink.ctx, much, sizeof(much)) &&
			 cli_output_refused(&output, &err) == SILT_ERR_IO && strstr(err.text, "File too large") != NULL;
		cli_output_done(&output);
		_exit(failed ? 0 : 1);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	holds(place->file, "old");
}

static void a_device_is_written_to_and_stays_a_device(void **state)
{
	(void)state;
	struct cli_output output;
	struct silt_error err = {0};
	assert_int_equal(cli_output_open(&output, "/dev/full", false, &err), SILT_OK);
	assert_null(output.temporary);
	struct silt_sink sink = cli_output_sink(&output);
	(void)sink.write(sink.ctx, "x", 1);
	assert_int_equal(cli_output_commit(&output, &err), SILT_ERR_IO);
	assert_string_equal(err.text, "/dev/full: No space left on device");
	cli_output_done(&output);
	struct stat status;
	assert_int_equal(stat("/dev/full", &status), 0);
	assert_true(S_ISCHR(status.st_mode));
}

static void a_symbolic_link_is_written_through(void **state)
{
	struct place *place = *state;
	char link[128];
	(void)snprintf(link, sizeof(link), "%s/link", place->folder);
	assert_int_equal(symlink("report", link), 0);
	write_report(link, "through");
	holds(place->file, "through");
	struct stat status;
	assert_int_equal(lstat(link, &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(unlink(link), 0);
}

static void a_missing_folder_is_told_before_the_work(void **state)
{
	const struct place *place = *state;
	char path[256], expected[320];
	(void)snprintf(path, sizeof(path), "%s/none/report", place->folder);
	(void)snprintf(expected, sizeof(expected), "%s: No such file or directory", path);
	struct silt_error err = {0};
	assert_int_equal(cli_output_check(path, &err), SILT_ERR_IO);
	assert_string_equal(err.text, expected);
	struct silt_error open_err = {0};
	struct cli_output output;
	assert_int_equal(cli_output_open(&output, path, false, &open_err), SILT_ERR_IO);
	assert_string_equal(open_err.text, err.text);
	cli_output_done(&output);
}

static void checking_creates_nothing(void **state)
{
	struct place *place = *state;
	struct silt_error err = {0};
	assert_int_equal(cli_output_check(place->file, &err), SILT_OK);
	assert_int_equal(cli_output_check(NULL, &err), SILT_OK);
	assert_int_equal(access(place->file, F_OK), -1);
}

static void a_refused_write_tells_the_reason(void **state)
{
	(void)state;
	struct cli_output output;
	struct silt_error err = {0};
	assert_int_equal(cli_output_open(&output, "/dev/full", false, &err), SILT_OK);
	static const char much[1 << 20];
	struct silt_sink sink = cli_output_sink(&output);
	assert_false(sink.write(sink.ctx, much, sizeof(much)));
	assert_int_equal(cli_output_refused(&output, &err), SILT_ERR_IO);
	assert_string_equal(err.text, "/dev/full: No space left on device");
	cli_output_done(&output);
}

static void a_report_that_cannot_be_opened_leaves_nothing(void **state)
{
	const struct place *place = *state;
	struct cli_output output;
	struct silt_error err = {0};
	no_stream = true;
	assert_int_equal(cli_output_open(&output, place->file, false, &err), SILT_ERR_IO);
	no_stream = false;
	assert_non_null(strstr(err.text, strerror(ENOMEM)));
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
#define WITHOUT_PROC(test)                                                                                             \
	{                                                                                                              \
#test "_without_proc", test, make_place_without_proc, remove_place, NULL                               \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(a_committed_report_has_its_name),
		WITHOUT_PROC(a_committed_report_has_its_name),
		IN_A_FOLDER(a_new_report_has_the_mode_of_every_new_file),
		WITHOUT_PROC(a_new_report_has_the_mode_of_every_new_file),
		IN_A_FOLDER(a_replaced_report_keeps_the_mode_of_the_old_one),
		WITHOUT_PROC(a_replaced_report_keeps_the_mode_of_the_old_one),
		IN_A_FOLDER(a_replaced_report_keeps_its_owner_and_group),
		WITHOUT_PROC(a_replaced_report_keeps_its_owner_and_group),
		IN_A_FOLDER(an_input_is_known_by_each_of_its_names),
		IN_A_FOLDER(a_report_that_is_given_up_leaves_the_old_one),
		WITHOUT_PROC(a_report_that_is_given_up_leaves_the_old_one),
		IN_A_FOLDER(a_report_has_a_name_only_when_it_is_whole),
		WITHOUT_PROC(a_report_has_a_name_only_when_it_is_whole),
		IN_A_FOLDER(a_killed_writer_leaves_the_old_report_or_the_new_one),
		WITHOUT_PROC(a_killed_writer_leaves_the_old_report_or_the_new_one),
		IN_A_FOLDER(a_write_that_fails_leaves_the_old_report_and_nothing_else),
		WITHOUT_PROC(a_write_that_fails_leaves_the_old_report_and_nothing_else),
		cmocka_unit_test(a_device_is_written_to_and_stays_a_device),
		IN_A_FOLDER(a_symbolic_link_is_written_through),
		IN_A_FOLDER(a_missing_folder_is_told_before_the_work),
		IN_A_FOLDER(checking_creates_nothing),
		IN_A_FOLDER(a_report_that_cannot_be_opened_leaves_nothing),
		WITHOUT_PROC(a_report_that_cannot_be_opened_leaves_nothing),
		cmocka_unit_test(a_refused_write_tells_the_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
