/*
 * The known-answer test of the literal engine.
 *
 * Vectorscan 5.4.9 on a processor with AVX-512 silently misses literals that end within three bytes of the end of a
 * buffer, most of all in sets of two or three. A scanner that misses secrets in silence is worse than none, so every
 * matcher proves its engine before it is used.
 */
#include "secret/matcher.h"

#include "base/ascii.h"

enum {
	BUFFER_SIZE = 512,
	/* The engine may read, but not use, a vector beyond the end. */
	SLACK = 64,
	/* Longer literals are asked at fewer leads; no anchor is as long. */
	LITERAL_MAX = BUFFER_SIZE / 2,
};

/* How a trial asks: bytes before the literal and behind it, and sizes of blocks (0: one block), which end with END. */
struct trial {
	const size_t *leads;
	size_t lead_count;
	size_t tail_max;
	const size_t *blocks;
	bool in_turns; /* not each lead and spelling at each tail, but the next one of both */
};

enum { END = BUFFER_SIZE };

/* Leads around the lengths of vectors; a block is as long as a vector of AVX-512. */
static const struct trial trials[] = {
	[SILT_TRIAL_SHORT] = {(const size_t[]){0, 61}, 2, 3, (const size_t[]){0, END}, true},
	[SILT_TRIAL_LONG] = {(const size_t[]){0, 1, 30, 61, 64, 127}, 6, 64, (const size_t[]){0, 31, 64, END}, false},
};

/* Small blocks ask the stream, not the literals: one of them will do, at every start. */
static const struct trial seams = {(const size_t[]){5, 61}, 2, 3, (const size_t[]){1, 64, END}, false};

/* How a literal whose case does not count is spelled. */
enum spelling { AS_IT_IS, UPPER, MIXED, SPELLINGS };

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

static void spell(struct silt_bytes text, enum spelling spelling, uint8_t *out)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.ptr[i];
		bool letter = silt_is_letter(c);
		bool turned = letter && (spelling == UPPER || (spelling == MIXED && i % 2 == 1));
		out[i] = turned ? (uint8_t)(c ^ 0x20) : c;
	}
}

/* One lead and one spelling of a literal. */
struct variant {
	size_t lead, spelling; /* their numbers */
	size_t spellings;      /* how many there are */
};

/*
 * In turns, the four tails of a literal meet both leads and all spellings, and at each tail half of all literals meet one
 * lead and a third of them one spelling: a fault of the engine is one of places or cases, not of one literal.
 */
static bool is_due(const struct trial *trial, const struct variant *variant, uint32_t number, size_t tail)
{
	size_t turn = number + tail;
	return !trial->in_turns ||
	       (turn % trial->lead_count == variant->lead && turn % variant->spellings == variant->spelling);
}

/* Every tail that is due, every size of blocks. */
static enum silt_status ask_at(struct silt_literal_stream *stream, uint8_t *buffer, struct question question,
			       const struct trial *trial, const struct variant *variant, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t tail = 0; tail <= trial->tail_max && status == SILT_OK; tail++) {
		struct silt_bytes bytes = silt_bytes(buffer, question.end + tail);
		bool due = is_due(trial, variant, question.number, tail);
		for (const size_t *block = trial->blocks; due && *block != END && status == SILT_OK; block++) {
			status = ask(stream, bytes, *block > 0 ? *block : bytes.len, question, err);
		}
	}
	return status;
}

static enum silt_status ask_all(struct silt_literal_stream *stream, const struct silt_literal *literal, uint32_t number,
				const struct trial *trial, struct silt_error *err)
{
	uint8_t buffer[BUFFER_SIZE + SLACK];
	struct silt_bytes text = literal->text;
	struct variant variant = {.spellings = literal->any_case ? SPELLINGS : UPPER};
	enum silt_status status = SILT_OK;
	for (; variant.lead < trial->lead_count && text.len <= LITERAL_MAX; variant.lead++) {
		size_t lead = trial->leads[variant.lead];
		struct question question = {.number = number, .end = lead + text.len};
		for (variant.spelling = AS_IT_IS; variant.spelling < variant.spellings && status == SILT_OK;
		     variant.spelling++) {
			memset(buffer, '~', question.end + trial->tail_max + SLACK);
			spell(text, (enum spelling)variant.spelling, buffer + lead);
			status = ask_at(stream, buffer, question, trial, &variant, err);
		}
	}
	return status;
}

enum silt_status silt_literals_test(const struct silt_literals *literals, const struct silt_literal *list, size_t count,
				    enum silt_trial trial, struct silt_error *err)
{
	struct silt_literal_stream *stream = NULL;
	enum silt_status status = silt_literal_stream_new(literals, &stream, err);
	for (size_t i = 0; status == SILT_OK && i < count; i++) {
		status = ask_all(stream, &list[i], (uint32_t)i, &trials[trial], err);
	}
	if (status == SILT_OK) {
		status = ask_all(stream, &list[count / 2], (uint32_t)(count / 2), &seams, err);
	}
	silt_literal_stream_free(stream);
	return status;
}

enum silt_status silt_literals_test_small(struct silt_error *err)
{
	static const struct silt_literal list[] = {{SILT_LITERAL_INIT("AKIA"), false},
						   {SILT_LITERAL_INIT("ghp_"), false},
						   {SILT_LITERAL_INIT("xoxb-"), true}};
	for (size_t count = 2; count <= SILT_COUNT(list); count++) {
		struct silt_literals *literals = NULL;
		enum silt_status status = silt_literals_new(list, count, &literals, err);
		if (status == SILT_OK) {
			status = silt_literals_test(literals, list, count, SILT_TRIAL_SHORT, err);
		}
		silt_literals_free(literals);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}
