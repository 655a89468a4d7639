/* A folder read as a tar: the same events as the tar of the same tree, and nothing outside of it. */
#include "chopped_source.h"
#include "cmocka_test.h"
#include "support/tar_writer.h"
#include "tar_log.h"

#include "base/limits.h"
#include "stream/folder.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* ---- A tree of its own for every test ------------------------------------------------------------------------------ */

struct tree {
	char path[64];
	int fd;
};

static int make_tree(void **state)
{
	static struct tree tree;
	snprintf(tree.path, sizeof(tree.path), "/tmp/silt-folder-XXXXXX");
	if (!mkdtemp(tree.path)) {
		return -1;
	}
	tree.fd = open(tree.path, O_RDONLY | O_DIRECTORY);
	*state = &tree;
	return tree.fd < 0 ? -1 : 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status, (void)kind, (void)where;
	return remove(path);
}

static int remove_tree(void **state)
{
	struct tree *tree = *state;
	close(tree->fd);
	return nftw(tree->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void make_file(const struct tree *tree, const char *name, mode_t mode, struct silt_bytes body)
{
	int fd = openat(tree->fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, body.ptr, body.len), (ssize_t)body.len);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static void make_dir(const struct tree *tree, const char *name)
{
	assert_int_equal(mkdirat(tree->fd, name, 0700), 0);
	assert_int_equal(fchmodat(tree->fd, name, 0755, 0), 0);
}

/* ---- Logs ---------------------------------------------------------------------------------------------------------- */

static struct silt_folder *open_folder(const struct tree *tree)
{
	struct silt_folder *folder = NULL;
	assert_int_equal(silt_folder_new(tree->fd, &folder, NULL), SILT_OK);
	return folder;
}

static void read_folder(struct tar_log *log, const struct tree *tree)
{
	struct silt_folder *folder = open_folder(tree);
	struct silt_tar_event event;
	do {
		assert_int_equal(silt_folder_next(folder, &event, NULL), SILT_OK);
		assert_int_not_equal(event.kind, SILT_TAR_GAP);
		tar_log_add(log, &event);
	} while (event.kind != SILT_TAR_END);
	assert_int_equal(silt_folder_next(folder, &event, NULL), SILT_OK);
	assert_int_equal(event.kind, SILT_TAR_END);
	assert_true(silt_folder_position(folder) == log->bodies.len);
	assert_true(silt_folder_total(folder) == log->bodies.len);
	silt_folder_free(folder);
}

/* The log without the places of entries, which differ, and the "/" behind a directory's name. */
static void strip(struct silt_buffer *text)
{
	size_t to = 0;
	for (size_t from = 0; from < text->len; from++) {
		if (text->ptr[from] == '@') {
			while (text->ptr[from] != '\n' && text->ptr[from] != '-') {
				from++;
			}
		}
		if (text->ptr[from] == '/' && text->ptr[from + 1] == ' ') {
			continue;
		}
		text->ptr[to++] = text->ptr[from];
	}
	text->ptr[to] = '\0';
	text->len = to;
}

static void expect_text(struct tree *tree, const char *expected)
{
	struct tar_log log = {0};
	read_folder(&log, tree);
	strip(&log.text);
	assert_string_equal(silt_buffer_text(&log.text), expected);
	tar_log_done(&log);
}

/* ---- Tests --------------------------------------------------------------------------------------------------------- */

static struct silt_bytes pattern(size_t len)
{
	static uint8_t bytes[1 << 20];
	for (size_t i = 0; i < len; i++) {
		bytes[i] = (uint8_t)(i * 7 + i / 1000);
	}
	return silt_bytes(bytes, len);
}

static void folder_gives_the_events_of_its_tar(void **state)
{
	struct tree *tree = *state;
	struct tar_writer w = {0};
	make_dir(tree, "a");
	make_file(tree, "a/big", 0640, pattern(SILT_BLOCK_SIZE + 5));
	make_file(tree, "a/suid", 04755, SILT_LITERAL("x"));
	make_file(tree, "empty", 0644, SILT_LITERAL(""));
	make_file(tree, "exact", 0644, pattern(SILT_BLOCK_SIZE));
	assert_int_equal(symlinkat("../../etc/passwd", tree->fd, "link"), 0);
	assert_int_equal(mkfifoat(tree->fd, "pipe", 0600), 0);
	tar_dir(&w, "a/", 0755);
	tar_file(&w, "a/big", 0640, pattern(SILT_BLOCK_SIZE + 5));
	tar_text(&w, "a/suid", 04755, "x");
	tar_text(&w, "empty", 0644, "");
	tar_file(&w, "exact", 0644, pattern(SILT_BLOCK_SIZE));
	tar_symlink(&w, "link", "../../etc/passwd");
	tar_device(&w, "pipe", '6', 0, 0);
	tar_end(&w);

	struct tar_log from_folder = {0}, from_tar = {0};
	read_folder(&from_folder, tree);
	tar_log_read(&from_tar, tar_bytes(&w), 512);
	strip(&from_folder.text);
	strip(&from_tar.text);
	assert_string_equal(silt_buffer_text(&from_folder.text), silt_buffer_text(&from_tar.text));
	assert_true(silt_bytes_equal(silt_buffer_bytes(&from_folder.bodies), silt_buffer_bytes(&from_tar.bodies)));
	tar_log_done(&from_folder);
	tar_log_done(&from_tar);
	tar_done(&w);
}

static void names_come_in_byte_order_of_the_whole_path(void **state)
{
	struct tree *tree = *state;
	make_dir(tree, "a");
	make_file(tree, "a/z", 0644, SILT_LITERAL(""));
	make_file(tree, "a/A", 0644, SILT_LITERAL(""));
	make_file(tree, "a.b", 0644, SILT_LITERAL(""));
	make_file(tree, "B", 0644, SILT_LITERAL(""));
	make_file(tree, "\xff", 0644, SILT_LITERAL(""));
	expect_text(tree, "file 644 B 0 \ndirectory 755 a 0 \nfile 644 a.b 0 \nfile 644 a/A 0 \nfile 644 a/z 0 \n"
			  "file 644 \xff 0 \nend\n");
}

static void empty_folder_has_only_an_end(void **state)
{
	expect_text(*state, "end\n");
}

static void deep_folders_need_neither_stack_nor_descriptors(void **state)
{
	struct tree *tree = *state;
	int folder = dup(tree->fd);
	for (unsigned depth = 0; depth < 400; depth++) {
		assert_int_equal(mkdirat(folder, "d", 0700), 0);
		int next = openat(folder, "d", O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		close(folder);
		folder = next;
	}
	close(folder);
	struct tar_log log = {0};
	read_folder(&log, tree);
	unsigned lines = 0;
	for (size_t i = 0; i < log.text.len; i++) {
		lines += log.text.ptr[i] == '\n';
	}
	assert_int_equal(lines, 400 + 1);
	tar_log_done(&log);
}

static void socket_is_an_entry_and_is_not_opened(void **state)
{
	struct tree *tree = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/s", tree->path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
	assert_int_equal(fchmodat(tree->fd, "s", 0600, 0), 0);
	expect_text(tree, "other 600 s 0 \nend\n");
}

/* Where entries lie is what they are found again by. */
static void a_body_that_is_taken_counts_as_read(void **state)
{
	const struct tree *tree = *state;
	static const uint64_t places[] = {0, 5, 8};
	make_file(tree, "a", 0600, SILT_LITERAL("12345"));
	make_file(tree, "b", 0600, SILT_LITERAL("678"));
	make_file(tree, "c", 0600, SILT_LITERAL("9"));
	struct silt_folder *folder = open_folder(tree);
	for (size_t i = 0; i < SILT_COUNT(places); i++) {
		struct silt_tar_event event;
		struct silt_file_range range;
		assert_int_equal(silt_folder_next(folder, &event, NULL), SILT_OK);
		assert_int_equal(event.kind, SILT_TAR_ENTRY);
		assert_int_equal(event.entry->offset, places[i]);
		assert_true(silt_folder_take(folder, &range));
		close(range.fd);
	}
	assert_int_equal(silt_folder_position(folder), 9);
	silt_folder_free(folder);
}

static void file_that_got_shorter_is_noted(void **state)
{
	struct tree *tree = *state;
	make_file(tree, "f", 0644, pattern(2 * SILT_BLOCK_SIZE));
	make_file(tree, "g", 0644, SILT_LITERAL("g"));
	struct silt_folder *folder = open_folder(tree);
	struct silt_tar_event event;
	assert_int_equal(silt_folder_next(folder, &event, NULL), SILT_OK);
	assert_int_equal(event.kind, SILT_TAR_ENTRY);
	int fd = openat(tree->fd, "f", O_WRONLY);
	assert_int_equal(ftruncate(fd, SILT_BLOCK_SIZE), 0);
	close(fd);
	struct tar_log log = {0};
	do {
		assert_int_equal(silt_folder_next(folder, &event, NULL), SILT_OK);
		tar_log_add(&log, &event);
	} while (event.kind != SILT_TAR_END);
	strip(&log.text);
	assert_string_equal(silt_buffer_text(&log.text),
			    "data 0+262144 last\nnote truncated\nfile 644 g 1 \ndata 0+1 last\nend\n");
	tar_log_done(&log);
	silt_folder_free(folder);
}

static void file_replaced_by_a_symlink_or_fifo_is_never_opened(void **state)
{
	struct tree *tree = *state;
	for (unsigned kind = 0; kind < 2; kind++) {
		make_file(tree, "f", 0644, SILT_LITERAL("x"));
		struct silt_folder *folder = open_folder(tree);
		assert_int_equal(unlinkat(tree->fd, "f", 0), 0);
		if (kind == 0) {
			assert_int_equal(symlinkat("/etc/passwd", tree->fd, "f"), 0);
		} else {
			assert_int_equal(mkfifoat(tree->fd, "f", 0600), 0);
		}
		struct silt_tar_event event;
		assert_int_equal(silt_folder_next(folder, &event, NULL), SILT_OK);
		assert_int_equal(event.kind, SILT_TAR_ENTRY);
		assert_int_equal(event.entry->type, kind == 0 ? SILT_ENTRY_SYMLINK : SILT_ENTRY_FIFO);
		assert_int_equal(silt_folder_next(folder, &event, NULL), SILT_OK);
		assert_int_equal(event.kind, SILT_TAR_END);
		silt_folder_free(folder);
		assert_int_equal(unlinkat(tree->fd, "f", 0), 0);
	}
}

static void folder_replaced_by_a_symlink_is_not_entered(void **state)
{
	struct tree *tree = *state;
	make_dir(tree, "d");
	make_file(tree, "d/passwd", 0644, SILT_LITERAL("x"));
	struct silt_folder *folder = open_folder(tree);
	assert_int_equal(renameat(tree->fd, "d", tree->fd, "moved"), 0);
	assert_int_equal(symlinkat("/etc", tree->fd, "d"), 0);
	struct silt_tar_event event;
	struct silt_error err = {0};
	assert_int_equal(silt_folder_next(folder, &event, &err), SILT_OK); /* d, now a symlink */
	assert_int_equal(silt_folder_next(folder, &event, &err), SILT_ERR_IO);
	assert_non_null(strstr(err.text, "d/passwd: cannot open"));
	silt_folder_free(folder);
}

static void what_is_no_folder_is_an_error(void **state)
{
	struct tree *tree = *state;
	struct silt_folder *folder = NULL;
	struct silt_error err = {0};
	make_file(tree, "f", 0644, SILT_LITERAL("x"));
	int file = openat(tree->fd, "f", O_RDONLY);
	assert_int_equal(silt_folder_new(file, &folder, &err), SILT_ERR_IO);
	assert_non_null(strstr(err.text, "cannot open the folder: Not a directory"));
	close(file);
	assert_int_equal(silt_folder_new(-1, &folder, NULL), SILT_ERR_IO);
	assert_null(folder);
	silt_folder_free(NULL);
}

#define TREE_TEST(test) cmocka_unit_test_setup_teardown(test, make_tree, remove_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TREE_TEST(folder_gives_the_events_of_its_tar),
		TREE_TEST(names_come_in_byte_order_of_the_whole_path),
		TREE_TEST(empty_folder_has_only_an_end),
		TREE_TEST(deep_folders_need_neither_stack_nor_descriptors),
		TREE_TEST(socket_is_an_entry_and_is_not_opened),
		TREE_TEST(a_body_that_is_taken_counts_as_read),
		TREE_TEST(file_that_got_shorter_is_noted),
		TREE_TEST(file_replaced_by_a_symlink_or_fifo_is_never_opened),
		TREE_TEST(folder_replaced_by_a_symlink_is_not_entered),
		TREE_TEST(what_is_no_folder_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
