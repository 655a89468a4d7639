/* Memory that runs out, at every place it can: an error, no crash, no leak. */
#include "unit/rootfs/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* The linker sends every allocation of silt through these (--wrap). */
static unsigned left_to_allow = UINT32_MAX;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static bool may_allocate(void)
{
	if (left_to_allow == 0) {
		return false;
	}
	left_to_allow--;
	return true;
}

void *__wrap_malloc(size_t size)
{
	return may_allocate() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
	return may_allocate() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *memory, size_t size)
{
	return may_allocate() ? __real_realloc(memory, size) : NULL;
}

/* Some of everything that makes the rootfs remember something. */
static void build(struct stack *s)
{
	next_layer(s);
	for (int i = 0; i < 100; i++) {
		char path[32];
		snprintf(path, sizeof(path), "d%d/e/f", i);
		file(s, path);
		snprintf(path, sizeof(path), "h%d", i);
		hardlink(s, path, "z");
	}
	symlink_to(s, "lib", "usr/lib");
	file(s, "z");
	next_layer(s);
	for (int i = 0; i < 100; i++) {
		char path[32];
		snprintf(path, sizeof(path), i % 2 ? "d%d/.wh.e" : "d%d/.wh..wh..opq", i);
		file(s, path);
		snprintf(path, sizeof(path), i % 2 ? "h%d" : ".wh.h%d", i);
		file(s, path);
		snprintf(path, sizeof(path), "lib/%d", i);
		file(s, path);
	}
	file(s, ".wh.z");
	file(s, ".wh.nothing");
	hardlink(s, "dangling", "nowhere");
}

static enum silt_status count(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	(void)path;
	(void)node;
	(void)err;
	++*(unsigned *)ctx;
	return SILT_OK;
}

static enum silt_status run(const struct stack *s, unsigned *names, struct silt_error *err)
{
	struct silt_rootfs *rootfs = NULL;
	enum silt_status status = silt_rootfs_new(NULL, &rootfs, err);
	for (uint32_t i = 0; status == SILT_OK && i < s->layers; i++) {
		status = silt_rootfs_push(rootfs, s->records[i], err);
	}
	if (status == SILT_OK) {
		status = silt_rootfs_finish(rootfs, err);
	}
	if (status == SILT_OK) {
		status = silt_rootfs_walk(rootfs, count, names, err);
	}
	silt_rootfs_free(rootfs);
	return status;
}

static void memory_that_runs_out_anywhere_is_an_error(void **state)
{
	(void)state;
	struct stack s = {0};
	build(&s);
	enum silt_status status = SILT_ERR_MEMORY;
	unsigned allowed = 0;
	unsigned names = 0;
	while (status != SILT_OK) {
		struct silt_error err = {0};
		names = 0;
		left_to_allow = allowed++;
		status = run(&s, &names, &err);
		left_to_allow = UINT32_MAX;
		assert_true(status == SILT_OK || status == SILT_ERR_MEMORY);
		assert_int_equal(err.status, status);
	}
	/* The root, 100 d, 50 h, lib, usr, usr/lib and 100 in it, dangling. */
	assert_int_equal(names, 255);
	assert_in_range(allowed, 20, 1000);
	stack_done(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_that_runs_out_anywhere_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
