/* Seals: one reader, all of it, unchanged. */
#include "base/buffer.h"
#include "proof/identity.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { CHUNK = 64 * 1024, FRONT = 112, CHUNK_OVERHEAD = 17 };

static const uint8_t seed[SILT_SEED_SIZE] = {7}, other_seed[SILT_SEED_SIZE] = {8};

/* Gives its bytes in pieces of `step`, as a pipe does. */
struct input {
	struct silt_bytes left;
	size_t step;
};

static int64_t take(void *ctx, void *buffer, size_t size)
{
	struct input *input = ctx;
	const size_t wanted = size < input->step ? size : input->step;
	const struct silt_bytes piece = silt_bytes_slice(input->left, 0, wanted);
	if (piece.len > 0) {
		memcpy(buffer, piece.ptr, piece.len);
	}
	input->left = silt_bytes_slice(input->left, piece.len, SIZE_MAX);
	return (int64_t)piece.len;
}

static int64_t fail_to_read(void *ctx, void *buffer, size_t size)
{
	(void)ctx;
	(void)buffer;
	(void)size;
	return -1;
}

static bool add(void *ctx, const void *bytes, size_t size)
{
	silt_buffer_add(ctx, silt_bytes(bytes, size));
	return true;
}

static bool refuse(void *ctx, const void *bytes, size_t size)
{
	(void)ctx;
	(void)bytes;
	(void)size;
	return false;
}

static struct silt_identity *identity_of(const uint8_t *from)
{
	struct silt_identity *identity = NULL;
	assert_int_equal(silt_identity_of_seed(from, &identity, NULL), SILT_OK);
	return identity;
}

static void seal(struct silt_bytes plain, size_t step, struct silt_buffer *out)
{
	struct silt_identity *identity = identity_of(seed);
	struct input input = {plain, step};
	const struct silt_stream_ends ends = {take, &input, {add, out}};
	assert_int_equal(silt_seal_stream(&ends, silt_identity_key(identity), NULL), SILT_OK);
	silt_identity_free(identity);
}

static enum silt_status unseal(const uint8_t *from, struct silt_bytes sealed, struct silt_buffer *out,
			       struct silt_error *err)
{
	struct silt_identity *identity = identity_of(from);
	struct input input = {sealed, 1000};
	const struct silt_stream_ends ends = {take, &input, {add, out}};
	const enum silt_status status = silt_unseal_stream(&ends, identity, err);
	silt_identity_free(identity);
	return status;
}

static void fill(struct silt_buffer *out, size_t size)
{
	uint8_t *room = silt_buffer_extend(out, size);
	for (size_t i = 0; i < size; i++) {
		room[i] = (uint8_t)(i * 31 + i / 251);
	}
}

static void every_size_comes_back(void **state)
{
	(void)state;
	static const size_t sizes[] = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5};
	static const size_t steps[] = {SIZE_MAX, 4096, 999};
	for (size_t i = 0; i < SILT_COUNT(sizes) * SILT_COUNT(steps); i++) {
		const size_t size = sizes[i / SILT_COUNT(steps)];
		const size_t chunks = size == 0 ? 1 : (size + CHUNK - 1) / CHUNK;
		struct silt_buffer plain = {0}, sealed = {0}, back = {0};
		fill(&plain, size);
		seal(silt_buffer_bytes(&plain), steps[i % SILT_COUNT(steps)], &sealed);
		assert_int_equal(sealed.len, FRONT + size + chunks * CHUNK_OVERHEAD);
		assert_int_equal(unseal(seed, silt_buffer_bytes(&sealed), &back, NULL), SILT_OK);
		assert_true(silt_bytes_equal(silt_buffer_bytes(&plain), silt_buffer_bytes(&back)));
		silt_buffer_done(&plain);
		silt_buffer_done(&sealed);
		silt_buffer_done(&back);
	}
}

static void another_key_opens_nothing(void **state)
{
	(void)state;
	struct silt_buffer sealed = {0}, back = {0};
	struct silt_error err = {0};
	seal(SILT_LITERAL("ghp_secret"), SIZE_MAX, &sealed);
	assert_int_equal(silt_bytes_find(silt_buffer_bytes(&sealed), SILT_LITERAL("ghp_")), SIZE_MAX);
	assert_int_equal(unseal(other_seed, silt_buffer_bytes(&sealed), &back, &err), SILT_ERR_UNPROVEN);
	assert_int_equal(back.len, 0);
	silt_buffer_done(&sealed);
}

/* Each byte of it, each length of it, and one byte more. */
static void what_was_changed_or_cut_off_is_not_opened(void **state)
{
	(void)state;
	struct silt_buffer sealed = {0}, back = {0};
	seal(SILT_LITERAL("evidence"), SIZE_MAX, &sealed);
	for (size_t i = 0; i < sealed.len; i++) {
		const enum silt_status want = i < 8 ? SILT_ERR_INPUT : SILT_ERR_UNPROVEN;
		sealed.ptr[i] ^= 1;
		assert_int_equal(unseal(seed, silt_buffer_bytes(&sealed), &back, NULL), want);
		sealed.ptr[i] ^= 1;
		assert_int_equal(unseal(seed, silt_bytes(sealed.ptr, i), &back, NULL), SILT_ERR_UNPROVEN);
	}
	assert_int_equal(back.len, 0);
	silt_buffer_add_byte(&sealed, 'x');
	assert_int_equal(unseal(seed, silt_buffer_bytes(&sealed), &back, NULL), SILT_ERR_UNPROVEN);
	silt_buffer_done(&sealed);
	silt_buffer_done(&back);
}

/* Between chunks, where each one left is whole; and two of them exchanged. */
static void chunks_cannot_be_dropped_or_exchanged(void **state)
{
	(void)state;
	enum { SEALED_CHUNK = CHUNK + CHUNK_OVERHEAD };
	struct silt_buffer plain = {0}, sealed = {0}, back = {0}, turned = {0};
	struct silt_error err = {0};
	fill(&plain, 2 * CHUNK + 100);
	seal(silt_buffer_bytes(&plain), SIZE_MAX, &sealed);
	assert_int_equal(unseal(seed, silt_bytes(sealed.ptr, FRONT + SEALED_CHUNK), &back, &err), SILT_ERR_UNPROVEN);
	assert_non_null(strstr(err.text, "cut off after 64 KiB"));
	assert_int_equal(unseal(seed, silt_bytes(sealed.ptr, FRONT), &back, NULL), SILT_ERR_UNPROVEN);
	silt_buffer_add(&turned, silt_bytes(sealed.ptr, FRONT));
	silt_buffer_add(&turned, silt_bytes(sealed.ptr + FRONT + SEALED_CHUNK, SEALED_CHUNK));
	silt_buffer_add(&turned, silt_bytes(sealed.ptr + FRONT, SEALED_CHUNK));
	silt_buffer_add(&turned, silt_bytes_slice(silt_buffer_bytes(&sealed), FRONT + 2 * SEALED_CHUNK, SIZE_MAX));
	silt_buffer_clear(&back);
	assert_int_equal(unseal(seed, silt_buffer_bytes(&turned), &back, NULL), SILT_ERR_UNPROVEN);
	assert_int_equal(back.len, 0);
	silt_buffer_done(&plain);
	silt_buffer_done(&sealed);
	silt_buffer_done(&back);
	silt_buffer_done(&turned);
}

static void what_cannot_be_read_or_written_is_an_io_error(void **state)
{
	(void)state;
	struct silt_identity *identity = identity_of(seed);
	struct silt_buffer out = {0};
	struct input input = {SILT_LITERAL("x"), 1};
	const struct silt_stream_ends unread = {fail_to_read, NULL, {add, &out}};
	const struct silt_stream_ends unwritten = {take, &input, {refuse, NULL}};
	assert_int_equal(silt_seal_stream(&unread, silt_identity_key(identity), NULL), SILT_ERR_IO);
	assert_int_equal(silt_unseal_stream(&unread, identity, NULL), SILT_ERR_IO);
	assert_int_equal(silt_seal_stream(&unwritten, silt_identity_key(identity), NULL), SILT_ERR_IO);
	silt_buffer_done(&out);
	silt_identity_free(identity);
}

/* The neutral element: a "key" for which everybody knows what is sealed. */
static void a_key_of_small_order_is_refused(void **state)
{
	(void)state;
	const struct silt_proof_key key = {{1}};
	struct silt_buffer out = {0};
	struct input input = {SILT_LITERAL("x"), 1};
	const struct silt_stream_ends ends = {take, &input, {add, &out}};
	assert_int_equal(silt_seal_stream(&ends, &key, NULL), SILT_ERR_INPUT);
	assert_int_equal(out.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_comes_back),
		cmocka_unit_test(another_key_opens_nothing),
		cmocka_unit_test(what_was_changed_or_cut_off_is_not_opened),
		cmocka_unit_test(chunks_cannot_be_dropped_or_exchanged),
		cmocka_unit_test(what_cannot_be_read_or_written_is_an_io_error),
		cmocka_unit_test(a_key_of_small_order_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
