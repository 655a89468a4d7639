/*
 * The known-answer test of the literal engine.
 *
 * Vectorscan 5.4.9 on a processor with AVX-512 silently misses literals that end within three bytes of the end of a
 * buffer, most of all in sets of two or three. A scanner that misses secrets in silence is worse than none, so every
 * matcher proves its engine before it is used.
 */
#include "secret/matcher.h"

enum {
	BUFFER_SIZE = 256,
	/* The engine may read, but not use, a vector beyond the end. */
	SLACK = 64,
	/* Bytes behind the literal: 0 to this. */
	TAIL_MAX = 3,
	/* The small blocks; a vector of AVX-512 is as long. */
	BLOCK = 64,
};

/* Bytes before the literal: around the lengths of vectors. */
static const size_t leads[] = {0, 5, 30, 61, 64, 127};

/* One question to the engine and its answer. */
struct question {
	uint32_t number;
	uint64_t end;
	unsigned right; /* times the literal was reported where it stands */
	unsigned wrong; /* times it was reported elsewhere */
};

static bool hear(void *ctx, uint32_t number, uint64_t end)
{
	struct question *question = ctx;
	if (number == question->number) {
		if (end == question->end) {
			question->right++;
		} else {
			question->wrong++;
		}
	}
	return true; /* other literals may stand inside this one */
}

static enum silt_status ask(struct silt_literal_stream *stream, struct silt_bytes bytes, size_t block,
			    struct question question, struct silt_error *err)
{
	enum silt_status status = silt_literal_stream_begin(stream, err);
	for (size_t at = 0; status == SILT_OK && at < bytes.len; at += block) {
		status = silt_literal_stream_feed(stream, silt_bytes_slice(bytes, at, block), hear, &question, err);
	}
	if (status == SILT_OK && (question.right != 1 || question.wrong != 0)) {
		return silt_fail(err, SILT_ERR_INTERNAL,
				 "the literal engine (libhs) misses matches at the end of a buffer, as Vectorscan "
				 "5.4.9 does with AVX-512: build silt with Hyperscan (Debian: libhyperscan-dev)");
	}
	return status;
}

/* `text` at every lead and tail, in one block and in small ones. */
static enum silt_status ask_all(struct silt_literal_stream *stream, const char *text, uint32_t number,
				struct silt_error *err)
{
	uint8_t buffer[BUFFER_SIZE + SLACK];
	struct silt_bytes literal = silt_bytes_text(text);
	for (size_t i = 0; i < SILT_COUNT(leads); i++) {
		if (literal.len > BUFFER_SIZE - TAIL_MAX - leads[i]) {
			break;
		}
		size_t end = leads[i] + literal.len;
		memset(buffer, '~', sizeof(buffer));
		memcpy(buffer + leads[i], literal.ptr, literal.len);
		for (size_t length = end; length <= end + TAIL_MAX; length++) {
			struct silt_bytes bytes = silt_bytes(buffer, length);
			struct question question = {.number = number, .end = end};
			enum silt_status status = ask(stream, bytes, length, question, err);
			if (status == SILT_OK) {
				status = ask(stream, bytes, BLOCK, question, err);
			}
			if (status != SILT_OK) {
				return status;
			}
		}
	}
	return SILT_OK;
}

enum silt_status silt_literals_test(const struct silt_literals *literals, const char *const *texts, size_t count,
				    struct silt_error *err)
{
	struct silt_literal_stream *stream = NULL;
	enum silt_status status = silt_literal_stream_new(literals, &stream, err);
	for (size_t i = 0; status == SILT_OK && i < count; i++) {
		status = ask_all(stream, texts[i], (uint32_t)i, err);
	}
	silt_literal_stream_free(stream);
	return status;
}

enum silt_status silt_literals_test_small(struct silt_error *err)
{
	static const char *const texts[] = {"AKIA", "ghp_", "xoxb-"};
	for (size_t count = 2; count <= SILT_COUNT(texts); count++) {
		struct silt_literals *literals = NULL;
		enum silt_status status = silt_literals_new(texts, count, &literals, err);
		if (status == SILT_OK) {
			status = silt_literals_test(literals, texts, count, err);
		}
		silt_literals_free(literals);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}
