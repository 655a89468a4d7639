/*
 * Fuzz target: objects and packs of git. What zlib wraps is out of reach of a mutator, so a first byte that is odd makes
 * a pack out of the rest: pieces of it in stored blocks of deflate, each with a header that the piece begins with.
 */
#include "content/git.h"
#include "base/buffer.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* RFC 1950. */
static uint32_t adler32(struct silt_bytes bytes)
{
	uint32_t a = 1, b = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		a = (a + bytes.ptr[i]) % 65521;
		b = (b + a) % 65521;
	}
	return b << 16 | a;
}

/* A zlib stream of one stored block, of at most 255 bytes. */
static void add_stored(struct silt_buffer *pack, struct silt_bytes piece)
{
	uint8_t len = (uint8_t)piece.len;
	const uint8_t head[] = {0x78, 0x01, 0x01, len, 0, (uint8_t)~len, 0xff};
	uint32_t sum = adler32(piece);
	const uint8_t tail[] = {(uint8_t)(sum >> 24), (uint8_t)(sum >> 16), (uint8_t)(sum >> 8), (uint8_t)sum};
	silt_buffer_add(pack, silt_bytes(head, sizeof(head)));
	silt_buffer_add(pack, piece);
	silt_buffer_add(pack, silt_bytes(tail, sizeof(tail)));
}

/* Of each piece: its length, type and distance, then its bytes. */
static void make_pack(struct silt_bytes rest, struct silt_buffer *pack)
{
	const uint8_t header[] = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 0};
	silt_buffer_add(pack, silt_bytes(header, sizeof(header)));
	while (rest.len > 2 && pack->ptr[11] < 255) {
		struct silt_bytes piece = silt_bytes_slice(rest, 2, rest.ptr[0]);
		uint8_t type = rest.ptr[1] >> 4 & 7;
		silt_buffer_add_byte(pack, (uint8_t)(type << 4));
		if (type == 6) {
			silt_buffer_add_byte(pack, rest.ptr[1] & 0x7f);
		}
		for (unsigned i = 0; type == 7 && i < 20; i++) {
			silt_buffer_add_byte(pack, rest.ptr[1]);
		}
		add_stored(pack, piece);
		pack->ptr[11]++;
		rest = silt_bytes_slice(rest, 2 + piece.len, SIZE_MAX);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes input = silt_bytes(data, size);
	struct silt_buffer pack = {0};
	struct silt_git *git = NULL;
	struct silt_git_object object;
	struct silt_error err = {0};
	bool more = true;
	if (size > 0 && data[0] & 1) {
		make_pack(silt_bytes_slice(input, 1, SIZE_MAX), &pack);
		input = silt_buffer_bytes(&pack);
	}
	silt_git_is_loose(input);
	if (silt_git_new(NULL, &git, &err) != SILT_OK) {
		abort();
	}
	uint64_t budget = 1024 * 1024;
	silt_git_begin(git, input, &budget);
	while (more) {
		if (silt_git_next(git, &object, &more, &err) != SILT_OK) {
			abort(); /* nothing in a file is an error of ours */
		}
	}
	silt_git_free(git);
	silt_buffer_done(&pack);
	return 0;
}
