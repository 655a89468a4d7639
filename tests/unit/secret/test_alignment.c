/*
 * Where a stream is cut makes no difference: the examples of all rules, cut at every place into two blocks, byte by
 * byte, and moved byte by byte over the edge of a block.
 */
#include "check.h"
#include "scan_kit.h"

#include "base/attributes.h"
#include "base/buffer.h"
#include "base/escape.h"

#include <stdlib.h>

enum {
	/* Bytes before and behind an example that is moved over an edge. */
	MARGIN = 70,
	/* Examples up to this long are cut at every place, longer ones at as many places. */
	CUTS = 300,
	EDGE = 1024,
};

struct text {
	const struct silt_rule *rule;
	struct silt_bytes path, bytes;
};

/* The matches of the whole text in one block: what all other ways to feed it must give. */
struct expected {
	struct silt_match *matches;
	size_t count;
};

static bool same(const struct silt_match *a, const struct silt_match *b)
{
	return a->rule == b->rule && a->offset == b->offset && a->length == b->length && a->severity == b->severity &&
	       a->confidence == b->confidence && a->note == b->note && a->expires == b->expires &&
	       memcmp(a->value, b->value, sizeof(a->value)) == 0 && strcmp(a->preview, b->preview) == 0 &&
	       strcmp(a->facts, b->facts) == 0;
}

static void compare(const struct kit *kit, const struct text *text, const struct expected *expected, const char *how,
		    size_t place)
{
	bool equal = kit->count == expected->count && kit->in_order;
	for (size_t i = 0; i < kit->count && equal; i++) {
		equal = same(&kit->matches[i], &expected->matches[i]);
	}
	if (!equal) {
		char shown[120];
		fail_msg("rule %s, \"%s\", %s %zu: %zu matches, expected %zu", text->rule->id,
			 silt_escape_text(text->bytes, shown, sizeof(shown)), how, place, kit->count, expected->count);
	}
}

static struct expected expect_whole(struct kit *kit, const struct text *text)
{
	kit_scan_file(kit, text->path, text->bytes, 0);
	struct expected expected = {calloc(kit->count + 1, sizeof(*expected.matches)), kit->count};
	assert_non_null(expected.matches);
	memcpy(expected.matches, kit->matches, kit->count * sizeof(*kit->matches));
	return expected;
}

static size_t step_of(size_t length)
{
	return 1 + length / CUTS;
}

static void cut_everywhere(struct kit *kit, const struct text *text)
{
	struct expected expected = expect_whole(kit, text);
	for (size_t cut = 0; cut <= text->bytes.len; cut += step_of(text->bytes.len)) {
		kit_scan_file_split(kit, text->path, text->bytes, cut);
		compare(kit, text, &expected, "cut at", cut);
	}
	kit_scan_file(kit, text->path, text->bytes, 1);
	compare(kit, text, &expected, "blocks of", 1);
	free(expected.matches);
}

/* The example behind `lead` line ends, in blocks of EDGE bytes; compared with the same in one block. */
static void move_over_edge(struct kit *kit, const struct text *text)
{
	struct silt_buffer padded = {0};
	for (size_t i = 0; i < EDGE + MARGIN; i++) {
		silt_buffer_add_byte(&padded, '\n');
	}
	silt_buffer_add(&padded, text->bytes);
	for (size_t i = 0; i < EDGE; i++) {
		silt_buffer_add_byte(&padded, '\n');
	}
	for (size_t shift = 0; shift < text->bytes.len + 2 * MARGIN; shift += step_of(text->bytes.len)) {
		size_t len = text->bytes.len + 2 * EDGE < padded.len - shift ? text->bytes.len + 2 * EDGE
									     : padded.len - shift;
		struct text moved = {text->rule, text->path, silt_bytes(padded.ptr + shift, len)};
		struct expected expected = expect_whole(kit, &moved);
		kit_scan_file(kit, moved.path, moved.bytes, EDGE);
		compare(kit, &moved, &expected, "moved by", shift);
		free(expected.matches);
	}
	silt_buffer_done(&padded);
}

static void each_positive(struct kit *kit, void (*check)(struct kit *, const struct text *))
{
	for (size_t r = 0; r < kit->matcher->rule_count; r++) {
		const struct silt_rule *rule = &kit->matcher->rules[r];
		for (size_t i = 0; i < rule->positive_count; i++) {
			const struct silt_rule_example *example = &rule->positives[i];
			struct text text = {rule, silt_bytes_text(example->file), example->text};
			check(kit, &text);
		}
	}
}

static void cutting_an_example_in_two_or_in_bytes_changes_nothing(void **state)
{
	each_positive(*state, cut_everywhere);
}

static void moving_an_example_over_the_edge_of_a_block_changes_nothing(void **state)
{
	each_positive(*state, move_over_edge);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cutting_an_example_in_two_or_in_bytes_changes_nothing),
		cmocka_unit_test(moving_an_example_over_the_edge_of_a_block_changes_nothing),
	};
	return cmocka_run_group_tests(tests, kit_setup, kit_teardown);
}
