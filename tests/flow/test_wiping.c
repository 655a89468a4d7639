/*
 * After an audit no secret is left in the memory of the process, nor in that of its threads. The bundle is made by a
 * child and comes masked, or in a file that this process only has open, so that the only plain bytes there ever are here
 * are those that silt and its libraries made.
 */
#include "silt/silt.h"
#include "support/image_writer.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MASK = 0x5c, TOKEN_LEN = 20, TOKENS = 5, LARGE = 700000 };

/* AWS key ids that no file holds. Computed byte by byte: whoever compares with them needs no copy of them. */
static uint8_t token_byte(unsigned number, size_t i)
{
	static const uint8_t head[] = {'A' ^ MASK, 'K' ^ MASK, 'I' ^ MASK, 'A' ^ MASK};
	return i < sizeof(head) ? head[i] ^ MASK : (uint8_t)('A' + (number * 7 + i * 5) % 26);
}

/* ---- The child ------------------------------------------------------------------------------------------------------ */

static const char *token(unsigned number)
{
	static char text[TOKENS][TOKEN_LEN + 1];
	for (size_t i = 0; i < TOKEN_LEN; i++) {
		text[number][i] = (char)token_byte(number, i);
	}
	return text[number];
}

static void add_large(struct tar_writer *layer, const char *name, unsigned number)
{
	struct silt_buffer large = {0};
	for (size_t i = 0; i < LARGE; i++) {
		silt_buffer_add_byte(&large, (uint8_t)("abcdefg\n"[i % 8]));
	}
	silt_buffer_add_text(&large, token(number));
	tar_text(layer, name, 0644, silt_buffer_text(&large));
}

/* In a small file, behind many blocks of a large one in two layers, in the name of a file and in Env. */
static void write_bundle(int fd, uint8_t mask)
{
	struct tar_writer layer = {0}, second = {0}, bundle = {0};
	struct silt_buffer config = {0};
	silt_buffer_printf(&config, "\"Env\":[\"ID=%s\"]", token(3));
	tar_text(&layer, "srv/small", 0644, token(0));
	add_large(&layer, "srv/large", 1);
	tar_text(&layer, token(2), 0644, "x");
	tar_end(&layer);
	add_large(&second, "srv/second", 4);
	tar_end(&second);
	struct image image = {.name = "app:1", .config = silt_buffer_text(&config), .layer_count = 2};
	image.layers[0] = (struct image_layer){tar_bytes(&layer), "COPY . /"};
	image.layers[1] = (struct image_layer){tar_bytes(&second), "COPY second /"};
	image_docker(&bundle, &image, 1);
	for (size_t i = 0; i < bundle.out.len; i++) {
		bundle.out.ptr[i] ^= mask;
	}
	for (size_t done = 0; done < bundle.out.len;) {
		ssize_t written = write(fd, bundle.out.ptr + done, bundle.out.len - done);
		if (written <= 0) {
			_exit(1);
		}
		done += (size_t)written;
	}
	_exit(0);
}

/* ---- The audit ------------------------------------------------------------------------------------------------------ */

static int64_t read_masked(void *ctx, void *buffer, size_t size)
{
	uint8_t *bytes = buffer;
	ssize_t got = read(*(const int *)ctx, bytes, size);
	for (ssize_t i = 0; i < got; i++) {
		bytes[i] ^= MASK;
	}
	return got;
}

static size_t audit(struct silt_bundle *bundle, unsigned jobs)
{
	const struct silt_options options = {.jobs = jobs};
	struct silt_result *result = NULL;
	struct silt_error err = {0};
	size_t count = 0, found = 0;
	assert_int_equal(silt_audit(bundle, &options, &result, &err), SILT_OK);
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		found += strcmp(findings[i].pattern, "aws-access-key-id") == 0;
	}
	silt_result_free(result);
	silt_bundle_free(bundle);
	return found;
}

/* ---- The search ----------------------------------------------------------------------------------------------------- */

/* Places of any token in a piece of memory. The whole is told from a part of it: previews show four characters. */
static size_t count_tokens(const uint8_t *memory, size_t size)
{
	size_t found = 0;
	for (size_t at = 0; size >= TOKEN_LEN && at <= size - TOKEN_LEN; at++) {
		for (unsigned number = 0; number < TOKENS; number++) {
			size_t len = 0;
			while (len < TOKEN_LEN && memory[at + len] == token_byte(number, len)) {
				len++;
			}
			found += len == TOKEN_LEN;
		}
	}
	return found;
}

static size_t count_in_process(void)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[512];
	size_t found = 0;
	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps)) {
		uintptr_t start, end;
		char mode[5];
		if (sscanf(line, "%lx-%lx %4s", &start, &end, mode) == 3 && strncmp(mode, "rw", 2) == 0) {
			size_t here = count_tokens((const uint8_t *)start, end - start);
			if (here > 0) {
				print_error("%zu in %s", here, line);
			}
			found += here;
		}
	}
	fclose(maps);
	return found;
}

static void the_search_finds_what_is_there(void **state)
{
	(void)state;
	uint8_t *copy = malloc(TOKEN_LEN);
	assert_non_null(copy);
	for (size_t i = 0; i < TOKEN_LEN; i++) {
		copy[i] = token_byte(0, i);
	}
	assert_true(count_in_process() >= 1);
	explicit_bzero(copy, TOKEN_LEN);
	free(copy);
	assert_int_equal(count_in_process(), 0);
}

static pid_t start_child(int fd, uint8_t mask)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		write_bundle(fd, mask);
	}
	return child;
}

static void wait_for(pid_t child)
{
	int status = -1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void leaves_no_secret_of_a_pipe(unsigned jobs)
{
	int pipe_ends[2];
	struct silt_bundle *bundle = NULL;
	struct silt_error err = {0};
	assert_int_equal(pipe(pipe_ends), 0);
	const pid_t child = start_child(pipe_ends[1], MASK);
	close(pipe_ends[1]);
	assert_int_equal(silt_bundle_open_read(read_masked, &pipe_ends[0], "test", &bundle, &err), SILT_OK);
	assert_int_equal(audit(bundle, jobs), TOKENS);
	close(pipe_ends[0]);
	wait_for(child);
	assert_int_equal(count_in_process(), 0);
}

static void an_audit_leaves_no_secret_in_memory(void **state)
{
	(void)state;
	leaves_no_secret_of_a_pipe(1);
}

static void a_layer_in_stages_leaves_no_secret_in_memory(void **state)
{
	(void)state;
	leaves_no_secret_of_a_pipe(3);
}

static void layers_side_by_side_leave_no_secret_in_memory(void **state)
{
	(void)state;
	char path[] = "/tmp/silt-wiping-XXXXXX";
	struct silt_bundle *bundle = NULL;
	struct silt_error err = {0};
	const int fd = mkstemp(path);
	assert_true(fd >= 0);
	unlink(path);
	wait_for(start_child(fd, 0));
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(silt_bundle_open_fd(fd, "test", &bundle, &err), SILT_OK);
	assert_int_equal(audit(bundle, 3), TOKENS);
	close(fd);
	assert_int_equal(count_in_process(), 0);
}

int main(void)
{
	/* As the program does: what libraries free is theirs to wipe, and they do not. */
	mallopt(M_PERTURB, 0x5a);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_search_finds_what_is_there),
		cmocka_unit_test(an_audit_leaves_no_secret_in_memory),
		cmocka_unit_test(a_layer_in_stages_leaves_no_secret_in_memory),
		cmocka_unit_test(layers_side_by_side_leave_no_secret_in_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
