/* Links between members, and names that lead nowhere. */
#include "unit/bundle/kit.h"

/* Resolves a bundle whose one layer is claimed by this path; gives the member it led to. */
static uint32_t layer_at(struct kit *kit, const char *claim)
{
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", kit_text(kit, "[{'Config':'c.json','Layers':['%s']}]", claim));
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->count, 1);
	assert_int_equal(images->images[0].layer_count, 1);
	return images->images[0].layers[0].member;
}

static void a_symlink_may_come_before_its_target(void **state)
{
	struct kit *kit = *state;
	kit_symlink(kit, "1/layer.tar", "../a.tar");
	uint32_t target = kit_tar(kit, "a.tar", "a");
	assert_int_equal(layer_at(kit, "1/layer.tar"), target);
	kit_expect_no_issue(kit);
}

static void a_symlink_may_come_after_its_target(void **state)
{
	struct kit *kit = *state;
	uint32_t target = kit_tar(kit, "a.tar", "a");
	kit_symlink(kit, "1/layer.tar", "../a.tar");
	assert_int_equal(layer_at(kit, "1/layer.tar"), target);
	kit_expect_no_issue(kit);
}

static void a_hardlink_names_a_member(void **state)
{
	struct kit *kit = *state;
	kit_hardlink(kit, "1/layer.tar", "2/layer.tar");
	uint32_t target = kit_tar(kit, "2/layer.tar", "a");
	assert_int_equal(layer_at(kit, "1/layer.tar"), target);
	kit_expect_no_issue(kit);
}

static void an_absolute_symlink_starts_at_the_root_of_the_bundle(void **state)
{
	struct kit *kit = *state;
	uint32_t target = kit_tar(kit, "etc/a.tar", "a");
	kit_symlink(kit, "1/layer.tar", "/etc/a.tar");
	assert_int_equal(layer_at(kit, "1/layer.tar"), target);
}

static void a_symlink_of_a_folder_is_followed(void **state)
{
	struct kit *kit = *state;
	kit_symlink(kit, "1", "2");
	kit_symlink(kit, "2", "deep/3");
	uint32_t target = kit_tar(kit, "deep/3/layer.tar", "a");
	assert_int_equal(layer_at(kit, "1/layer.tar"), target);
	kit_expect_no_issue(kit);
}

static void forty_hops_are_followed(void **state)
{
	struct kit *kit = *state;
	for (unsigned i = 0; i < 40; i++) {
		kit_symlink(kit, kit_text(kit, "%u", i), kit_text(kit, "%u", i + 1));
	}
	uint32_t target = kit_tar(kit, "40", "a");
	assert_int_equal(layer_at(kit, "0"), target);
	kit_expect_no_issue(kit);
}

static void forty_one_hops_are_too_many(void **state)
{
	struct kit *kit = *state;
	for (unsigned i = 0; i < 41; i++) {
		kit_symlink(kit, kit_text(kit, "%u", i), kit_text(kit, "%u", i + 1));
	}
	kit_tar(kit, "41", "a");
	assert_int_equal(layer_at(kit, "0"), SILT_MEMBER_NONE);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_loop_leads_nowhere(void **state)
{
	struct kit *kit = *state;
	kit_symlink(kit, "a", "b");
	kit_symlink(kit, "b", "a");
	assert_int_equal(layer_at(kit, "a"), SILT_MEMBER_NONE);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_link_to_itself_leads_nowhere(void **state)
{
	struct kit *kit = *state;
	kit_hardlink(kit, "a", "a");
	kit_symlink(kit, "d", "d/d");
	assert_int_equal(layer_at(kit, "a"), SILT_MEMBER_NONE);
}

static void a_growing_path_leads_nowhere(void **state)
{
	struct kit *kit = *state;
	kit_symlink(kit, "d", "d/d");
	assert_int_equal(layer_at(kit, "d/layer.tar"), SILT_MEMBER_NONE);
}

static void a_link_out_of_the_bundle_leads_nowhere(void **state)
{
	struct kit *kit = *state;
	kit_symlink(kit, "1/layer.tar", "/etc/passwd");
	assert_int_equal(layer_at(kit, "1/layer.tar"), SILT_MEMBER_NONE);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_claim_above_the_root_is_clamped_and_told(void **state)
{
	struct kit *kit = *state;
	uint32_t target = kit_tar(kit, "etc/passwd", "a");
	assert_int_equal(layer_at(kit, "../../etc/passwd"), target);
	kit_expect(kit, "integrity-path-escape", SILT_SEVERITY_HIGH, false);
}

static void a_claim_longer_than_a_path_leads_nowhere(void **state)
{
	struct kit *kit = *state;
	const char *claim = "a";
	for (unsigned i = 0; i < 12; i++) {
		claim = kit_text(kit, "%s/%s", claim, claim);
	}
	kit_tar(kit, claim, "a");
	assert_int_equal(layer_at(kit, claim), SILT_MEMBER_NONE);
	const struct silt_bundle_issue *issue = kit_issue(kit, "integrity-missing-blob");
	assert_true(strlen(issue->text) < 400);
}

static void an_empty_claim_leads_nowhere(void **state)
{
	struct kit *kit = *state;
	assert_int_equal(layer_at(kit, ""), SILT_MEMBER_NONE);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_directory_is_no_layer(void **state)
{
	struct kit *kit = *state;
	kit_kind(kit, "1/layer.tar", SILT_MEMBER_DIRECTORY);
	assert_int_equal(layer_at(kit, "1/layer.tar"), SILT_MEMBER_NONE);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void manifest_json_that_is_a_symlink_is_followed_and_told(void **state)
{
	struct kit *kit = *state;
	kit_tar(kit, "l", "a");
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "x/real.json", "[{'Config':'c.json','Layers':['l']}]");
	kit_symlink(kit, "manifest.json", "x/real.json");
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false);
}

static void blobs_are_found_through_links(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a");
	kit_json(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, config)), config);
	uint32_t target = kit_tar(kit, "elsewhere", "b"); /* not what the digest says, so only the name leads here */
	kit_symlink(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, "a")), "../../elsewhere");
	const char *manifest = kit_blob_json(kit, kit_text(kit, "{'config':%s,'layers':[%s]}",
							   kit_descriptor(kit, KIT_CONFIG, kit_digest(kit, config)),
							   kit_descriptor(kit, KIT_LAYER, kit_digest(kit, "a"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, manifest));
	assert_int_equal(kit_resolve(kit)->images[0].layers[0].member, target);
	kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_symlink_may_come_before_its_target),
		kit_test(a_symlink_may_come_after_its_target),
		kit_test(a_hardlink_names_a_member),
		kit_test(an_absolute_symlink_starts_at_the_root_of_the_bundle),
		kit_test(a_symlink_of_a_folder_is_followed),
		kit_test(forty_hops_are_followed),
		kit_test(forty_one_hops_are_too_many),
		kit_test(a_loop_leads_nowhere),
		kit_test(a_link_to_itself_leads_nowhere),
		kit_test(a_growing_path_leads_nowhere),
		kit_test(a_link_out_of_the_bundle_leads_nowhere),
		kit_test(a_claim_above_the_root_is_clamped_and_told),
		kit_test(a_claim_longer_than_a_path_leads_nowhere),
		kit_test(an_empty_claim_leads_nowhere),
		kit_test(a_directory_is_no_layer),
		kit_test(manifest_json_that_is_a_symlink_is_followed_and_told),
		kit_test(blobs_are_found_through_links),
	};
	return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
