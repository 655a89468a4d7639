/* The list of members. */
#include "unit/bundle/kit.h"

static void texts_are_copied(void **state)
{
	struct kit *kit = *state;
	char name[] = "a", link[] = "b", problem[] = "c";
	kit_add(kit, (struct silt_member){.name = silt_bytes(name, 1),
					  .link = silt_bytes(link, 1),
					  .problem = problem,
					  .kind = SILT_MEMBER_LINK});
	name[0] = link[0] = problem[0] = 'x';
	const struct silt_member *member = &kit->inventory.members[0];
	assert_true(silt_bytes_equal(member->name, SILT_LITERAL("a")));
	assert_true(silt_bytes_equal(member->link, SILT_LITERAL("b")));
	assert_string_equal(member->problem, "c");
}

static void members_keep_their_order(void **state)
{
	struct kit *kit = *state;
	for (size_t i = 0; i < 100; i++) {
		assert_int_equal(kit_other(kit, kit_text(kit, "%zu", i), "x"), i);
	}
	assert_int_equal(kit->inventory.count, 100);
	assert_true(silt_bytes_equal(kit->inventory.members[42].name, SILT_LITERAL("42")));
}

static void a_document_is_taken(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "x.json", "{'rootfs':{}}");
	assert_non_null(kit->inventory.members[0].document); /* and a leak checker sees that it is freed */
	silt_inventory_done(&kit->inventory);
	assert_int_equal(kit->inventory.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(texts_are_copied),
		kit_test(members_keep_their_order),
		kit_test(a_document_is_taken),
	};
	return cmocka_run_group_tests_name("inventory", tests, NULL, NULL);
}
