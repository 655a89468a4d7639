/* The confirming expressions behind a handful of functions: pcre2.h is included here and nowhere else. */
#include "secret/pattern.h"

#include "base/escape.h"
#include "base/limits.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <assert.h>
#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
	/* Bytes of stack for JIT code; the 32 KiB it takes by itself are too few for a key of 16 KiB. */
	STACK_FIRST = 32 * 1024,
	STACK_MAX = 1024 * 1024,
	/* Groups of one pattern that are kept, the whole match included: "secret" must be among them. */
	GROUPS_MAX = 8,
	/* PCRE2_INFO_FIRSTCODETYPE: a match starts where the subject does, or behind a line end. */
	STARTS_A_LINE = 2,
};

/* What becomes of a pattern. */
struct compiled {
	pcre2_code *code; /* owns */
	uint32_t secret;  /* number of the group, 0 for the whole match */
	bool machine;     /* to machine code */
};

struct silt_pattern {
	_Atomic(struct compiled *) compiled; /* owns; NULL: not yet */
	const char *text;                    /* borrows, until it is compiled */
	enum silt_pattern_reach reach;
};

struct silt_pattern_memory {
	pcre2_match_context *context; /* owns */
	pcre2_match_data *data;       /* owns */
	pcre2_jit_stack *stack;       /* owns */
};

/* Of every pattern. A pattern that begins with (*UTF) would read bytes as characters, and so is refused. */
enum { OPTIONS = PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_NO_AUTO_CAPTURE | PCRE2_NEVER_UTF };

enum { PATTERN_SHOWN_SIZE = 96, REASON_SIZE = 128 };

/* A pattern that should have been refused before. */
static const char *show(const char *text, char shown[static PATTERN_SHOWN_SIZE])
{
	return silt_escape_text(silt_bytes_text(text), shown, PATTERN_SHOWN_SIZE);
}

/* What PCRE2 has against a pattern: it quotes escapes. */
static const char *reason_of(int code, char reason[static REASON_SIZE])
{
	PCRE2_UCHAR words[REASON_SIZE / 2] = {0};
	pcre2_get_error_message(code, words, sizeof(words));
	return silt_escape_text(silt_bytes_text((const char *)words), reason, REASON_SIZE);
}

static enum silt_status fail(struct silt_error *err, const char *text, int code, size_t place)
{
	char shown[PATTERN_SHOWN_SIZE], reason[REASON_SIZE];
	if (code == PCRE2_ERROR_HEAP_FAILED) {
		return silt_fail_memory(err);
	}
	return silt_fail(err, SILT_ERR_INTERNAL, "pattern \"%s\", byte %zu: %s", show(text, shown), place,
			 reason_of(code, reason));
}

static enum silt_status find_secret(struct compiled *compiled, const char *text, struct silt_error *err)
{
	char shown[PATTERN_SHOWN_SIZE];
	int number = pcre2_substring_number_from_name(compiled->code, (PCRE2_SPTR) "secret");
	if (number == PCRE2_ERROR_NOUNIQUESUBSTRING) {
		return silt_fail(err, SILT_ERR_INTERNAL,
				 "pattern \"%s\": several groups are named \"secret\"; (?|...|...) makes them one",
				 show(text, shown));
	}
	if (number >= GROUPS_MAX) {
		return silt_fail(err, SILT_ERR_INTERNAL, "pattern \"%s\": group \"secret\" is number %d, at most %d",
				 show(text, shown), number, GROUPS_MAX - 1);
	}
	compiled->secret = number > 0 ? (uint32_t)number : 0;
	return SILT_OK;
}

static void compiled_free(struct compiled *compiled)
{
	if (compiled) {
		pcre2_code_free(compiled->code);
		free(compiled);
	}
}

static enum silt_status compile(const char *text, enum silt_pattern_reach reach, struct compiled **out,
				struct silt_error *err)
{
	/* Given when matching instead, these would switch the JIT off. */
	static const uint32_t options[] = {
		[SILT_PATTERN_ANYWHERE] = PCRE2_USE_OFFSET_LIMIT,
		[SILT_PATTERN_HERE] = PCRE2_ANCHORED,
		[SILT_PATTERN_WHOLE] = PCRE2_ANCHORED | PCRE2_ENDANCHORED,
	};
	struct compiled *compiled = calloc(1, sizeof(*compiled));
	if (!compiled) {
		return silt_fail_memory(err);
	}
	int code = 0;
	size_t place = 0;
	compiled->code =
		pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, options[reach] | OPTIONS, &code, &place, NULL);
	enum silt_status status = compiled->code ? find_secret(compiled, text, err) : fail(err, text, code, place);
	if (status != SILT_OK) {
		compiled_free(compiled);
		return status;
	}
	*out = compiled;
	return SILT_OK;
}

enum silt_status silt_pattern_new_later(const char *text, enum silt_pattern_reach reach, struct silt_pattern **out,
					struct silt_error *err)
{
	struct silt_pattern *pattern = calloc(1, sizeof(*pattern));
	if (!pattern) {
		return silt_fail_memory(err);
	}
	pattern->text = text;
	pattern->reach = reach;
	*out = pattern;
	return SILT_OK;
}

enum silt_status silt_pattern_new(const char *text, enum silt_pattern_reach reach, struct silt_pattern **out,
				  struct silt_error *err)
{
	struct silt_pattern *pattern = NULL;
	struct compiled *compiled = NULL;
	enum silt_status status = silt_pattern_new_later(text, reach, &pattern, err);
	if (status == SILT_OK) {
		status = compile(text, reach, &compiled, err);
	}
	if (status != SILT_OK) {
		silt_pattern_free(pattern);
		return status;
	}
	/* A refusal (no JIT for this machine, memory that may not be made executable) leaves the interpreter. */
	compiled->machine = reach != SILT_PATTERN_WHOLE && pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE) == 0;
	atomic_init(&pattern->compiled, compiled);
	*out = pattern;
	return SILT_OK;
}

/* Of threads that compile it at once the first one's work stays; what the others made is the same. */
enum silt_status silt_pattern_ready(struct silt_pattern *pattern, struct silt_error *err)
{
	struct compiled *before = atomic_load_explicit(&pattern->compiled, memory_order_acquire);
	if (before) {
		return SILT_OK;
	}
	struct compiled *compiled = NULL;
	enum silt_status status = compile(pattern->text, pattern->reach, &compiled, err);
	if (status == SILT_OK && !atomic_compare_exchange_strong(&pattern->compiled, &before, compiled)) {
		compiled_free(compiled);
	}
	return status;
}

static enum silt_pattern_origin origin_of(const pcre2_code *code)
{
	uint32_t options = 0, first = 0;
	pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
	pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &first);
	if (options & PCRE2_ANCHORED) {
		return SILT_PATTERN_AT_START;
	}
	return first == STARTS_A_LINE ? SILT_PATTERN_AT_A_LINE : SILT_PATTERN_AT_ANY_BYTE;
}

static enum silt_status judge(const pcre2_code *code, struct silt_pattern_facts *facts, struct silt_error *err)
{
	uint32_t empty = 0;
	struct silt_pattern_facts found = {0};
	pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
	pcre2_pattern_info(code, PCRE2_INFO_MAXLOOKBEHIND, &found.look_behind);
	pcre2_pattern_info(code, PCRE2_INFO_MINLENGTH, &found.shortest);
	int secret = pcre2_substring_number_from_name(code, (PCRE2_SPTR) "secret");
	if (secret == PCRE2_ERROR_NOUNIQUESUBSTRING) {
		return silt_fail(err, SILT_ERR_USAGE, "several groups named secret: (?|...|...) makes them one");
	}
	if (secret >= GROUPS_MAX) {
		return silt_fail(err, SILT_ERR_USAGE, "group secret is number %d, at most %d is kept", secret,
				 GROUPS_MAX - 1);
	}
	found.may_be_empty = empty != 0;
	found.origin = origin_of(code);
	*facts = found;
	return SILT_OK;
}

enum silt_status silt_pattern_check(const char *text, struct silt_pattern_facts *facts, struct silt_error *err)
{
	int code = 0;
	size_t place = 0;
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, OPTIONS, &code, &place, NULL);
	if (!compiled && code == PCRE2_ERROR_HEAP_FAILED) {
		return silt_fail_memory(err);
	}
	if (!compiled) {
		char reason[REASON_SIZE];
		return silt_fail(err, SILT_ERR_USAGE, "byte %zu: %s", place, reason_of(code, reason));
	}
	enum silt_status status = judge(compiled, facts, err);
	pcre2_code_free(compiled);
	return status;
}

void silt_pattern_free(struct silt_pattern *pattern)
{
	if (pattern) {
		compiled_free(atomic_load(&pattern->compiled));
		free(pattern);
	}
}

enum silt_status silt_pattern_memory_new(const struct silt_limits *limits, struct silt_pattern_memory **out,
					 struct silt_error *err)
{
	struct silt_pattern_memory *memory = calloc(1, sizeof(*memory));
	if (!memory) {
		return silt_fail_memory(err);
	}
	memory->context = pcre2_match_context_create(NULL);
	memory->data = pcre2_match_data_create(GROUPS_MAX, NULL);
	memory->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MAX, NULL);
	if (!memory->context || !memory->data) {
		silt_pattern_memory_free(memory);
		return silt_fail_memory(err);
	}
	pcre2_set_match_limit(memory->context, (uint32_t)limits->value[SILT_LIMIT_PATTERN_STEPS]);
	pcre2_set_depth_limit(memory->context, SILT_PATTERN_NESTING_MAX);
	pcre2_set_heap_limit(memory->context, SILT_PATTERN_HEAP_MAX);
	if (memory->stack) { /* NULL where there is no JIT */
		pcre2_jit_stack_assign(memory->context, NULL, memory->stack);
	}
	*out = memory;
	return SILT_OK;
}

void silt_pattern_memory_free(struct silt_pattern_memory *memory)
{
	if (memory) {
		pcre2_jit_stack_free(memory->stack);
		pcre2_match_data_free(memory->data);
		pcre2_match_context_free(memory->context);
		free(memory);
	}
}

enum silt_pattern_origin silt_pattern_origin(const struct silt_pattern *pattern)
{
	return origin_of(atomic_load(&pattern->compiled)->code);
}

static struct silt_range range_of(pcre2_match_data *data, uint32_t group)
{
	const size_t *pairs = pcre2_get_ovector_pointer(data);
	return (struct silt_range){pairs[2 * group], pairs[2 * group + 1]};
}

/* pcre2_match looks at everything anew that never changes here; most searches fail at the first byte. */
static int match(const struct compiled *compiled, const struct silt_pattern_memory *memory, struct silt_bytes subject,
		 size_t from)
{
	return compiled->machine
		       ? pcre2_jit_match(compiled->code, subject.ptr, subject.len, from, 0, memory->data,
					 memory->context)
		       : pcre2_match(compiled->code, subject.ptr, subject.len, from, 0, memory->data, memory->context);
}

enum silt_pattern_answer silt_pattern_search(const struct silt_pattern *pattern, struct silt_pattern_memory *memory,
					     struct silt_bytes subject, struct silt_range starts,
					     struct silt_pattern_hit *hit)
{
	if (starts.end <= starts.start) {
		return SILT_PATTERN_NONE;
	}
	const struct compiled *compiled = atomic_load_explicit(&pattern->compiled, memory_order_acquire);
	bool searches = pattern->reach == SILT_PATTERN_ANYWHERE;
	pcre2_set_offset_limit(memory->context, searches ? starts.end - 1 : PCRE2_UNSET);
	int code = match(compiled, memory, subject, starts.start);
	if (code == PCRE2_ERROR_NOMATCH) {
		return SILT_PATTERN_NONE;
	}
	if (code == PCRE2_ERROR_NOMEMORY) {
		return SILT_PATTERN_STARVED;
	}
	if (code < 0) {
		/* MATCHLIMIT, DEPTHLIMIT, HEAPLIMIT, JIT_STACKLIMIT: all of them mean "not looked at". */
		return SILT_PATTERN_LIMIT;
	}
	hit->whole = range_of(memory->data, 0);
	hit->secret = range_of(memory->data, compiled->secret);
	if (hit->secret.start == PCRE2_UNSET) { /* an alternative without the group */
		hit->secret = hit->whole;
	}
	return SILT_PATTERN_FOUND;
}
