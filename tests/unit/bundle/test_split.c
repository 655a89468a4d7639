/* manifest.json against index.json, and documents that compete. */
#include "unit/bundle/kit.h"

/* Adds what manifest.json needs for an image of one layer; returns its item. */
static const char *archive_item(struct kit *kit, const char *content)
{
	const char *config = kit_config(kit, content);
	const char *layer = kit_text(kit, "%s/layer.tar", content);
	const char *name = kit_text(kit, "%s.json", content);
	kit_tar(kit, layer, content);
	kit_json(kit, name, config);
	return kit_text(kit, "{'Config':'%s','RepoTags':['%s:1'],'Layers':['%s']}", name, content, layer);
}

static void manifest_json(struct kit *kit, const char *items)
{
	kit_json(kit, "manifest.json", kit_text(kit, "[%s]", items));
}

static void two_different_images_are_told_and_both_kept(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, archive_item(kit, "clean"));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "evil")));
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->count, 2);
	assert_int_equal(images->images[0].declared, SILT_DECLARED_ARCHIVE);
	assert_int_equal(images->images[1].declared, SILT_DECLARED_INDEX);
	kit_expect(kit, "integrity-split-brain", SILT_SEVERITY_HIGH, false);
}

static void an_image_that_only_manifest_json_has_is_a_subset(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, kit_text(kit, "%s,%s", archive_item(kit, "a"), archive_item(kit, "b")));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a")));
	assert_int_equal(kit_resolve(kit)->count, 2);
	assert_int_equal(kit->images->images[0].declared, SILT_DECLARED_ARCHIVE | SILT_DECLARED_INDEX);
	kit_expect(kit, "integrity-split-brain", SILT_SEVERITY_LOW, false);
}

static void an_image_that_only_index_json_has_is_a_subset(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, archive_item(kit, "a"));
	kit_index_json(kit, kit_text(kit, "%s,%s", kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a")),
				     kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "evil"))));
	assert_int_equal(kit_resolve(kit)->count, 2);
	kit_expect(kit, "integrity-split-brain", SILT_SEVERITY_LOW, false);
}

static void other_platforms_of_one_index_are_no_difference(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, archive_item(kit, "a"));
	const char *nested =
		kit_blob_json(kit, kit_text(kit, "{'manifests':[%s,%s]}",
					    kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a")),
					    kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "arm64", "b"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, nested));
	assert_int_equal(kit_resolve(kit)->count, 2);
	kit_expect_no_issue(kit);
}

static void a_second_image_of_the_same_platform_is_a_difference(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, archive_item(kit, "a"));
	const char *nested =
		kit_blob_json(kit, kit_text(kit, "{'manifests':[%s,%s]}",
					    kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a")),
					    kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "b"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, nested));
	kit_resolve(kit);
	kit_expect(kit, "integrity-split-brain", SILT_SEVERITY_LOW, false);
}

/* docker 25.0.0, moby #47065 */
static void a_manifest_without_layers_differs(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, archive_item(kit, "a"));
	const char *manifest =
		kit_blob_json(kit, kit_text(kit, "{'schemaVersion':2,'config':%s}",
					    kit_descriptor(kit, KIT_CONFIG, kit_digest(kit, kit_config(kit, "a")))));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, manifest));
	assert_int_equal(kit_resolve(kit)->count, 2);
	kit_expect(kit, "integrity-split-brain", SILT_SEVERITY_HIGH, false);
	kit_expect(kit, "integrity-diffid-mismatch", SILT_SEVERITY_MEDIUM, false);
}

/* moby #47210: all images are in manifest.json, so nothing is lost */
static void null_manifests_beside_a_good_manifest_json_are_a_subset(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, archive_item(kit, "a"));
	kit_json(kit, "index.json", "{'schemaVersion':2,'manifests':null}");
	const struct silt_images *images = kit_resolve(kit);
	assert_string_equal(images->format, "docker+oci");
	assert_int_equal(images->count, 1);
	assert_int_equal(images->issue_count, 1);
	kit_expect(kit, "integrity-split-brain", SILT_SEVERITY_LOW, false);
}

static void one_absent_layer_named_both_ways_is_one_image(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_blob_json(kit, kit_config(kit, "a"));
	manifest_json(kit, kit_text(kit, "{'Config':'blobs/sha256/%s','Layers':['blobs/sha256/%s']}", config + 7,
				    kit_hex(kit, "a")));
	const char *manifest =
		kit_blob_json(kit, kit_text(kit, "{'config':%s,'layers':[%s]}", kit_descriptor(kit, KIT_CONFIG, config),
					    kit_descriptor(kit, KIT_LAYER, kit_digest(kit, "a"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, manifest));
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

/* ---- Competing documents ----------------------------------------------------------------------------------------- */

static void two_manifest_json_are_both_read(void **state)
{
	struct kit *kit = *state;
	manifest_json(kit, archive_item(kit, "clean"));
	manifest_json(kit, archive_item(kit, "evil"));
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->count, 2);
	kit_expect_names(&images->images[0], "evil:1"); /* Docker takes the last */
	kit_expect(kit, "integrity-duplicate-entry", SILT_SEVERITY_MEDIUM, false);
	kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false);
}

static void of_two_layers_of_one_name_the_last_is_used(void **state)
{
	struct kit *kit = *state;
	const char *item = archive_item(kit, "a");
	uint32_t last = kit_tar(kit, "a/layer.tar", "evil");
	manifest_json(kit, item);
	assert_int_equal(kit_resolve(kit)->images[0].layers[0].member, last);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-duplicate-entry", SILT_SEVERITY_HIGH, false);
	assert_non_null(strstr(issue->text, "member 1, the last member 3"));
}

static void the_same_file_twice_is_of_little_weight(void **state)
{
	struct kit *kit = *state;
	const char *item = archive_item(kit, "a");
	kit_tar(kit, "a/layer.tar", "a");
	kit_kind(kit, "a", SILT_MEMBER_DIRECTORY);
	kit_kind(kit, "a", SILT_MEMBER_DIRECTORY);
	manifest_json(kit, item);
	kit_resolve(kit);
	kit_expect(kit, "integrity-duplicate-entry", SILT_SEVERITY_LOW, false);
}

static void colliding_keys_are_told_and_the_last_one_is_used(void **state)
{
	struct kit *kit = *state;
	kit_tar(kit, "clean", "clean");
	uint32_t evil = kit_tar(kit, "EVIL", "evil");
	kit_json(kit, "c.json", kit_config(kit, "evil"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['clean'],'layers':['EVIL']}]");
	assert_int_equal(kit_resolve(kit)->images[0].layers[0].member, evil);
	kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false);
	kit_expect(kit, "integrity-orphan-blob", SILT_SEVERITY_MEDIUM, false);
}

static void collisions_of_a_config_are_told_once(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "c.json", "{'os':'linux','config':{'User':'app','user':'root'},'rootfs':{'diff_ids':[]}}");
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':[]},{'Config':'c.json','Layers':['x']}]");
	assert_true(silt_bytes_equal(kit_resolve(kit)->images[0].config.user, SILT_LITERAL("root")));
	kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false);
}

/* Go keeps the case of the keys of a map. */
static void labels_that_differ_in_case_do_not_collide(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "c.json", "{'os':'linux','config':{'Labels':{'Name':'a','name':'b'}},'rootfs':{'diff_ids':[]}}");
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':[]}]");
	kit_resolve(kit);
	kit_expect_no_issue(kit);
}

static void a_label_that_is_there_twice_collides(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "c.json", "{'os':'linux','config':{'Labels':{'name':'a','name':'b'}},'rootfs':{'diff_ids':[]}}");
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':[]}]");
	kit_resolve(kit);
	const struct silt_bundle_issue *issue =
		kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false);
	assert_non_null(strstr(issue->text, " collide 1 time, "));
}

static void many_labels_hide_no_collision(void **state)
{
	struct kit *kit = *state;
	struct silt_buffer labels = {0};
	for (unsigned i = 0; i < 200; i++) {
		silt_buffer_printf(&labels, "%s'a%u':'','A%u':''", i > 0 ? "," : "", i, i);
	}
	kit_json(kit, "c.json",
		 kit_text(kit, "{'config':{'Labels':{%s},'User':'app','user':'root'},'rootfs':{'diff_ids':[]}}",
			  silt_buffer_text(&labels)));
	silt_buffer_done(&labels);
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':[]}]");
	kit_resolve(kit);
	kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(two_different_images_are_told_and_both_kept),
		kit_test(an_image_that_only_manifest_json_has_is_a_subset),
		kit_test(an_image_that_only_index_json_has_is_a_subset),
		kit_test(other_platforms_of_one_index_are_no_difference),
		kit_test(a_second_image_of_the_same_platform_is_a_difference),
		kit_test(a_manifest_without_layers_differs),
		kit_test(null_manifests_beside_a_good_manifest_json_are_a_subset),
		kit_test(one_absent_layer_named_both_ways_is_one_image),
		kit_test(two_manifest_json_are_both_read),
		kit_test(of_two_layers_of_one_name_the_last_is_used),
		kit_test(the_same_file_twice_is_of_little_weight),
		kit_test(colliding_keys_are_told_and_the_last_one_is_used),
		kit_test(collisions_of_a_config_are_told_once),
		kit_test(labels_that_differ_in_case_do_not_collide),
		kit_test(a_label_that_is_there_twice_collides),
		kit_test(many_labels_hide_no_collision),
	};
	return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
