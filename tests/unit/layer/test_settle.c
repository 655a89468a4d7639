/* Which hits of one stream stand beside each other. */
#include "base/arena.h"
#include "layer/settle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* A hit of a rule at a range of bytes; `value` tells values apart. */
struct row {
	const struct silt_rule *rule;
	uint64_t start, end;
	uint8_t value;
	bool stands;
};

static const struct silt_rule aws_id = {.id = "aws-access-key-id"};
static const struct silt_rule aws_secret = {.id = "aws-secret-access-key"};
static const struct silt_rule key = {.id = "private-key"};
static const struct silt_rule generic = {.id = "generic-password", .generic = true};
static const struct silt_rule other = {.id = "generic-token", .generic = true};

static void add(struct silt_unsettled *hits, const struct row *row)
{
	const struct silt_hit origin = {.place = SILT_HIT_UNCLAIMED, .entry = UINT32_MAX, .offset = 1000};
	struct silt_match match = {.rule = row->rule, .offset = row->start, .length = row->end - row->start};
	match.value[0] = row->value;
	match.preview[0] = (char)('a' + row->start % 26);
	match.facts[0] = 'f';
	assert_int_equal(silt_unsettled_add(hits, &origin, &match, NULL), SILT_OK);
}

static const struct row *find_row(const struct row *rows, size_t count, const struct silt_hit *hit)
{
	for (size_t i = 0; i < count; i++) {
		if (rows[i].rule == hit->rule && 1000 + rows[i].start == hit->offset &&
		    rows[i].end - rows[i].start == hit->length && rows[i].value == hit->value[0]) {
			return &rows[i];
		}
	}
	return NULL;
}

/* Adds the rows in an order that begins at `first`, and checks what is left of them. */
static void settle(struct silt_unsettled *hits, const struct row *rows, size_t count, size_t first)
{
	struct silt_collector collector = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_collector_init(&collector, NULL, &err), SILT_OK);
	for (size_t i = 0; i < count; i++) {
		add(hits, &rows[(first + i) % count]);
	}
	assert_int_equal(silt_unsettled_settle(hits, &collector, &err), SILT_OK);
	assert_int_equal(hits->count, 0);
	size_t standing = 0;
	for (size_t i = 0; i < count; i++) {
		standing += rows[i].stands;
	}
	assert_int_equal(collector.record->hit_count, standing);
	for (size_t i = 0; i < standing; i++) {
		const struct silt_hit *hit = &collector.record->hits[i];
		const struct row *row = find_row(rows, count, hit);
		assert_true(row && row->stands);
		assert_int_equal(hit->preview[0], row ? 'a' + row->start % 26 : 0);
		assert_string_equal(hit->facts, "f");
		assert_true(i == 0 || hit[-1].offset <= hit->offset);
	}
	silt_collector_done(&collector);
}

/* Whatever the order they were found in. */
static void settle_all(const struct row *rows, size_t count)
{
	struct silt_unsettled hits = {0};
	for (size_t first = 0; first < count; first++) {
		settle(&hits, rows, count, first);
	}
	silt_unsettled_done(&hits);
}

#define SETTLE(...)                                                                                                    \
	settle_all((const struct row[]){__VA_ARGS__}, sizeof((const struct row[]){__VA_ARGS__}) / sizeof(struct row))

static void a_generic_hit_gives_way_to_any_other_that_it_touches(void **state)
{
	(void)state;
	SETTLE({&generic, 10, 30, 1, false}, {&aws_id, 12, 20, 2, true});
	SETTLE({&generic, 10, 30, 1, false}, {&aws_id, 29, 40, 2, true});
	SETTLE({&generic, 10, 30, 1, false}, {&aws_id, 0, 11, 2, true});
	SETTLE({&generic, 10, 30, 1, false}, {&aws_id, 10, 30, 1, true});
	SETTLE({&generic, 10, 30, 1, true}, {&aws_id, 30, 40, 2, true});
	SETTLE({&generic, 10, 30, 1, true}, {&aws_id, 0, 10, 2, true});
	SETTLE({&aws_id, 0, 100, 1, true}, {&aws_id, 5, 6, 2, true}, {&generic, 50, 60, 3, false});
}

static void of_generic_hits_the_first_and_longest_stands(void **state)
{
	(void)state;
	SETTLE({&generic, 10, 30, 1, true}, {&other, 15, 25, 2, false});
	SETTLE({&generic, 10, 20, 1, false}, {&other, 10, 25, 2, true});
	SETTLE({&generic, 10, 20, 1, true}, {&other, 10, 20, 1, false});
	SETTLE({&generic, 10, 20, 1, false}, {&other, 15, 30, 2, true}, {&aws_id, 5, 12, 3, true});
	SETTLE({&generic, 10, 20, 1, true}, {&other, 20, 30, 2, true});
}

static void one_value_in_itself_is_one_hit_of_a_family(void **state)
{
	(void)state;
	SETTLE({&aws_id, 10, 30, 1, true}, {&aws_secret, 12, 20, 1, false});
	SETTLE({&aws_id, 10, 30, 1, true}, {&aws_secret, 10, 30, 1, false});
	SETTLE({&aws_id, 10, 30, 1, true}, {&aws_secret, 12, 31, 1, true});
	SETTLE({&aws_id, 10, 30, 1, true}, {&aws_secret, 12, 20, 2, true});
	SETTLE({&aws_id, 10, 30, 1, true}, {&aws_id, 40, 60, 1, true});
	SETTLE({&aws_id, 10, 90, 1, true}, {&aws_id, 20, 30, 1, false}, {&aws_id, 40, 60, 1, false});
}

static void families_do_not_hide_each_other(void **state)
{
	(void)state;
	SETTLE({&aws_id, 10, 30, 1, true}, {&key, 12, 20, 1, true});
	SETTLE({&aws_id, 10, 30, 1, true}, {&key, 10, 30, 1, true});
}

static void a_stream_that_is_given_up_leaves_no_hit(void **state)
{
	(void)state;
	struct silt_unsettled hits = {0};
	add(&hits, &(struct row){&aws_id, 1, 2, 3, false});
	silt_unsettled_clear(&hits);
	settle(&hits, (const struct row[]){{&key, 5, 6, 7, true}}, 1, 0);
	silt_unsettled_done(&hits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_generic_hit_gives_way_to_any_other_that_it_touches),
		cmocka_unit_test(of_generic_hits_the_first_and_longest_stands),
		cmocka_unit_test(one_value_in_itself_is_one_hit_of_a_family),
		cmocka_unit_test(families_do_not_hide_each_other),
		cmocka_unit_test(a_stream_that_is_given_up_leaves_no_hit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
