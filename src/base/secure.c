/* The few functions of libsodium that everything else here stands on. */
#include "base/secure.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/mman.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Written once, before any thread can read it. Besides it the library keeps one state of the process: the matcher. */
static struct {
	bool ready;
	uint8_t table_key[crypto_shorthash_KEYBYTES];
} process;

static void init_once(void)
{
	if (sodium_init() < 0) {
		return;
	}
	crypto_shorthash_keygen(process.table_key);
	process.ready = true;
}

enum silt_status silt_secure_init(struct silt_error *err)
{
	pthread_once(&once, init_once);
	if (!process.ready) {
		return silt_fail(err, SILT_ERR_INTERNAL, "libsodium could not be initialised");
	}
	return SILT_OK;
}

static void hash_length(crypto_generichash_state *state, uint64_t length)
{
	uint8_t le[8];
	for (size_t i = 0; i < sizeof(le); i++) {
		le[i] = (uint8_t)(length >> (8 * i));
	}
	crypto_generichash_update(state, le, sizeof(le));
}

void silt_keyed_hash(const char *domain, const struct silt_bytes *parts, size_t count, uint8_t *out, size_t size)
{
	/* A key shorter than 16 bytes is outside what libsodium promises: the domain is filled up with zeros. */
	uint8_t key[crypto_generichash_KEYBYTES_MAX] = {0};
	size_t domain_length = strlen(domain);
	assert(process.ready);
	assert(domain_length >= 1 && domain_length <= sizeof(key));
	assert(size >= crypto_generichash_BYTES_MIN && size <= crypto_generichash_BYTES_MAX);
	memcpy(key, domain, domain_length);

	crypto_generichash_state state;
	crypto_generichash_init(&state, key, sizeof(key), size);
	for (size_t i = 0; i < count; i++) {
		hash_length(&state, parts[i].len);
		crypto_generichash_update(&state, parts[i].ptr, parts[i].len);
	}
	crypto_generichash_final(&state, out, size);
	sodium_memzero(&state, sizeof(state)); /* the parts may be secrets */
}

void silt_sha256(struct silt_bytes bytes, uint8_t out[static 32])
{
	crypto_hash_sha256(out, bytes.ptr, bytes.len);
}

void silt_wipe(void *memory, size_t size)
{
	sodium_memzero(memory, size);
}

/*
 * Hyperscan copies the ends of what it scans into buffers on the stack, libarchive and zlib have some of their own. The
 * default stack of a thread has 8 MiB, so that this much is there to be overwritten.
 */
void silt_wipe_stack(void)
{
	sodium_stackzero(192 * 1024);
}

void silt_leave_undumped(void *memory, size_t size)
{
	/* What is smaller lies among other things: a mapping for each would cost more than it hides, and there may be 65530
	 * of them only. */
	enum { UNDUMPED_MIN = 128 * 1024 };
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	const uintptr_t start = (uintptr_t)memory & ~(page - 1);
	if (memory && size >= UNDUMPED_MIN) {
		/* Kernels can be built without it: then nothing is dumped less than before. */
		(void)madvise((void *)start, (uintptr_t)memory - start + size, MADV_DONTDUMP);
	}
}

void silt_base64(struct silt_buffer *out, struct silt_bytes bytes)
{
	/* In pieces of whole groups, so that the text fits on the stack. */
	enum { PIECE = 3 * 64 };
	char text[sodium_base64_ENCODED_LEN(PIECE, sodium_base64_VARIANT_ORIGINAL)];
	for (size_t at = 0; at < bytes.len; at += PIECE) {
		struct silt_bytes piece = silt_bytes_slice(bytes, at, PIECE);
		sodium_bin2base64(text, sizeof(text), piece.ptr, piece.len, sodium_base64_VARIANT_ORIGINAL);
		silt_buffer_add_text(out, text);
	}
}

bool silt_unbase64(struct silt_bytes text, uint8_t *room, size_t *len)
{
	const char *end = NULL;
	*len = 0;
	if (text.len == 0) {
		return true; /* libsodium counts on from where the text lies, which may be nowhere */
	}
	return sodium_base642bin(room, text.len, (const char *)text.ptr, text.len, NULL, len, &end,
				 sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       end == (const char *)text.ptr + text.len;
}

uint64_t silt_table_hash(struct silt_bytes bytes)
{
	assert(process.ready);
	uint8_t hash[crypto_shorthash_BYTES];
	crypto_shorthash(hash, bytes.ptr, bytes.len, process.table_key);
	return (uint64_t)silt_u32le(hash) | (uint64_t)silt_u32le(hash + 4) << 32;
}
