/* Pieces of the compressed stream, in order, with their place. */
#include "stream/inflate_input.h"

#include "base/limits.h"

#include <assert.h>

struct silt_bytes silt_inflate_input_held(const struct silt_inflate_input *input)
{
	return silt_bytes(input->held + input->held_start, input->held_end - input->held_start);
}

struct silt_bytes silt_inflate_input_piece(const struct silt_inflate_input *input)
{
	struct silt_bytes held = silt_inflate_input_held(input);
	return held.len > 0 ? held : silt_bytes_slice(input->block, 0, SILT_BLOCK_SIZE);
}

static void drop_from_block(struct silt_inflate_input *input, size_t len)
{
	input->block = silt_bytes_slice(input->block, len, SIZE_MAX);
}

void silt_inflate_input_consume(struct silt_inflate_input *input, size_t len)
{
	if (input->held_start < input->held_end) {
		input->held_start += len;
	} else {
		drop_from_block(input, len);
	}
	input->at += len;
}

enum silt_status silt_inflate_input_pull(struct silt_inflate_input *input, struct silt_error *err)
{
	if (input->ended || input->block.len > 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_source_next(input->inner, &input->block, err);
	input->ended = status == SILT_OK && input->block.len == 0;
	return status;
}

enum silt_status silt_inflate_input_skip_zeros(struct silt_inflate_input *input, uint64_t *count,
					       struct silt_error *err)
{
	enum silt_status status;
	do {
		size_t zeros = 0;
		while (zeros < input->block.len && input->block.ptr[zeros] == 0) {
			zeros++;
		}
		*count += zeros;
		input->at += zeros;
		drop_from_block(input, zeros);
		if (input->block.len > 0) {
			return SILT_OK;
		}
		status = silt_inflate_input_pull(input, err);
	} while (status == SILT_OK && !input->ended);
	return status;
}

enum silt_status silt_inflate_input_hold(struct silt_inflate_input *input, bool *ended, struct silt_error *err)
{
	enum silt_status status = silt_inflate_input_pull(input, err);
	if (status != SILT_OK) {
		return status;
	}
	if (input->held_start == input->held_end) {
		input->held_start = input->held_end = 0;
	}
	*ended = input->block.len == 0;
	if (!*ended) {
		assert(input->held_end < SILT_MAGIC_MAX);
		input->held[input->held_end++] = input->block.ptr[0];
		drop_from_block(input, 1);
	}
	return SILT_OK;
}
