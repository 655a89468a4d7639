/* Bundles of more files than are kept as members. */
#include "base/limits.h"
#include "unit/bundle/kit.h"

#include <stdio.h>

static void add_plain(struct kit *kit, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		char name[16];
		snprintf(name, sizeof(name), "f%u", i);
		kit_add(kit,
			(struct silt_member){.name = silt_bytes_text(name), .kind = SILT_MEMBER_EMPTY, .entry = i});
	}
}

static void add_image_behind(struct kit *kit)
{
	kit_tar(kit, "l", "a");
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['l']}]");
}

static void files_of_a_filesystem_are_left_out_without_a_word(void **state)
{
	struct kit *kit = *state;
	add_plain(kit, SILT_PLAIN_MEMBERS_MAX + 3);
	assert_int_equal(kit->inventory.count, SILT_PLAIN_MEMBERS_MAX);
	assert_int_equal(kit->inventory.left_out, 3);
	assert_string_equal(kit_resolve(kit)->format, "rootfs");
	kit_expect_no_issue(kit);
}

static void an_image_behind_as_many_files_as_are_kept_is_found(void **state)
{
	struct kit *kit = *state;
	add_plain(kit, SILT_PLAIN_MEMBERS_MAX);
	add_image_behind(kit);
	assert_int_equal(kit_resolve(kit)->count, 1);
	assert_int_equal(kit->images->images[0].layers[0].member, SILT_PLAIN_MEMBERS_MAX);
	assert_int_equal(kit_issues(kit, "integrity-not-inspectable"), 0);
}

static void an_image_behind_more_files_is_found_and_incomplete(void **state)
{
	struct kit *kit = *state;
	add_plain(kit, SILT_PLAIN_MEMBERS_MAX + 1);
	add_image_behind(kit);
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void blobs_that_are_too_many_are_no_filesystem(void **state)
{
	struct kit *kit = *state;
	for (uint32_t i = 0; i <= SILT_KEPT_MEMBERS_MAX; i++) {
		char name[32];
		snprintf(name, sizeof(name), "blobs/sha256/%u", i);
		kit_add(kit,
			(struct silt_member){.name = silt_bytes_text(name), .kind = SILT_MEMBER_EMPTY, .entry = i});
	}
	assert_int_equal(kit->inventory.count, SILT_KEPT_MEMBERS_MAX);
	assert_string_equal(kit_resolve(kit)->format, "unknown");
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void a_member_is_found_by_its_entry(void **state)
{
	struct kit *kit = *state;
	const uint32_t entries[] = {0, 3, 4, 90};
	for (size_t i = 0; i < SILT_COUNT(entries); i++) {
		kit_add(kit, (struct silt_member){.kind = SILT_MEMBER_EMPTY, .entry = entries[i]});
	}
	for (uint32_t i = 0; i < SILT_COUNT(entries); i++) {
		assert_int_equal(silt_inventory_find(&kit->inventory, entries[i]), i);
	}
	assert_int_equal(silt_inventory_find(&kit->inventory, 1), SILT_MEMBER_NONE);
	assert_int_equal(silt_inventory_find(&kit->inventory, 91), SILT_MEMBER_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(files_of_a_filesystem_are_left_out_without_a_word),
		kit_test(an_image_behind_as_many_files_as_are_kept_is_found),
		kit_test(an_image_behind_more_files_is_found_and_incomplete),
		kit_test(blobs_that_are_too_many_are_no_filesystem),
		kit_test(a_member_is_found_by_its_entry),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
