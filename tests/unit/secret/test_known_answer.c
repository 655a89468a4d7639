/* The literal engine itself, asked for every anchor that silt has: in the whole set, and alone. */
#include "check.h"

#include "base/attributes.h"
#include "secret/matcher.h"

static struct silt_matcher *matcher;

static void must(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fail_msg("%s", err->text);
	}
}

static void every_anchor_is_found_in_the_set_of_all(void **state)
{
	(void)state;
	struct silt_error err = {0};
	const struct silt_anchors *anchors = &matcher->anchors;
	must(silt_literals_test(matcher->literals, anchors->literals, anchors->count, SILT_TRIAL_LONG, &err), &err);
}

static void every_anchor_is_found_alone(void **state)
{
	(void)state;
	struct silt_error err = {0};
	for (size_t i = 0; i < matcher->anchors.count; i++) {
		const struct silt_literal *literal = &matcher->anchors.literals[i];
		struct silt_literals *alone = NULL;
		must(silt_literals_new(literal, 1, &alone, &err), &err);
		must(silt_literals_test(alone, literal, 1, SILT_TRIAL_LONG, &err), &err);
		silt_literals_free(alone);
	}
}

static void every_anchor_is_found_in_a_pair(void **state)
{
	(void)state;
	struct silt_error err = {0};
	for (size_t i = 0; i + 1 < matcher->anchors.count; i++) {
		const struct silt_literal *pair = &matcher->anchors.literals[i];
		struct silt_literals *both = NULL;
		must(silt_literals_new(pair, 2, &both, &err), &err);
		must(silt_literals_test(both, pair, 2, SILT_TRIAL_SHORT, &err), &err);
		silt_literals_free(both);
	}
}

static void literals_of_any_bytes_are_found(void **state)
{
	(void)state;
	static const struct silt_literal binary[] = {{SILT_LITERAL_INIT("\0\0\0\1"), false},
						     {SILT_LITERAL_INIT("\xfe\xed\0\xff"), false},
						     {SILT_LITERAL_INIT("\xce\xce\xce\xce"), false}};
	for (size_t count = 1; count <= SILT_COUNT(binary); count++) {
		struct silt_literals *literals = NULL;
		struct silt_error err = {0};
		must(silt_literals_new(binary, count, &literals, &err), &err);
		must(silt_literals_test(literals, binary, count, SILT_TRIAL_LONG, &err), &err);
		silt_literals_free(literals);
	}
}

static void a_literal_in_another_case_is_missed_by_an_engine_that_minds_it(void **state)
{
	(void)state;
	static const struct silt_literal exact = {SILT_LITERAL_INIT("token"), false},
					 any_case = {SILT_LITERAL_INIT("token"), true};
	struct silt_literals *literals = NULL;
	struct silt_error err = {0};
	must(silt_literals_new(&exact, 1, &literals, &err), &err);
	assert_int_equal(silt_literals_test(literals, &any_case, 1, SILT_TRIAL_SHORT, &err), SILT_ERR_INTERNAL);
	assert_non_null(strstr(err.text, "libhyperscan-dev"));
	silt_literals_free(literals);
}

static void must_find(struct silt_bytes packed, const struct silt_literal *list, size_t count)
{
	struct silt_error err = {0};
	struct silt_literals *literals = NULL;
	must(silt_literals_new_packed(packed, list, count, &literals, &err), &err);
	must(silt_literals_test(literals, list, count, SILT_TRIAL_SHORT, &err), &err);
	silt_literals_free(literals);
}

/* What the library does not take, for whatever reason, is compiled. */
static void a_packed_set_finds_its_literals_also_if_it_is_damaged(void **state)
{
	(void)state;
	static const struct silt_literal list[] = {{SILT_LITERAL_INIT("AKIA"), false},
						   {SILT_LITERAL_INIT("ghp_"), false},
						   {SILT_LITERAL_INIT("xoxb-"), true},
						   {SILT_LITERAL_INIT("token"), true}};
	struct silt_error err = {0};
	struct silt_buffer packed = {0};
	must(silt_literals_pack(list, SILT_COUNT(list), &packed, &err), &err);
	must_find(silt_buffer_bytes(&packed), list, SILT_COUNT(list));
	must_find(silt_buffer_bytes(&packed), list, 3); /* packed of another list */
	for (size_t len = 0; len < packed.len; len += len < 128 ? 1 : 61) {
		must_find(silt_bytes(packed.ptr, len), list, SILT_COUNT(list));
	}
	for (size_t i = 0; i < packed.len; i += i < 128 ? 1 : 61) {
		packed.ptr[i] ^= 0x81;
		must_find(silt_buffer_bytes(&packed), list, SILT_COUNT(list));
		packed.ptr[i] ^= 0x81;
	}
	silt_buffer_done(&packed);
}

static int open_matcher(void **state)
{
	(void)state;
	struct silt_error err = {0};
	must(silt_matcher_new(&matcher, &err), &err);
	return 0;
}

static int close_matcher(void **state)
{
	(void)state;
	silt_matcher_free(matcher);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_anchor_is_found_in_the_set_of_all),
		cmocka_unit_test(every_anchor_is_found_alone),
		cmocka_unit_test(every_anchor_is_found_in_a_pair),
		cmocka_unit_test(literals_of_any_bytes_are_found),
		cmocka_unit_test(a_packed_set_finds_its_literals_also_if_it_is_damaged),
		cmocka_unit_test(a_literal_in_another_case_is_missed_by_an_engine_that_minds_it),
	};
	return cmocka_run_group_tests(tests, open_matcher, close_matcher);
}
