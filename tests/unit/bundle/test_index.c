/* Indexes: nested, looping, endless, half there; attestations and artefacts. */
#include "base/limits.h"
#include "unit/bundle/kit.h"

static void a_top_level_image_that_is_absent_is_told(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a");
	kit_index_json(kit, kit_text(kit, "%s,%s", kit_descriptor(kit, KIT_MANIFEST, image),
				     kit_descriptor(kit, KIT_MANIFEST, kit_digest(kit, "absent"))));
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

/* Nobody downloads an image from there. */
static void urls_excuse_no_absent_image(void **state)
{
	struct kit *kit = *state;
	kit_index_json(kit,
		       kit_text(kit, "{'mediaType':'" KIT_MANIFEST "','digest':'%s','urls':['https://example.org/x']}",
				kit_digest(kit, "absent")));
	kit_resolve(kit);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
	assert_non_null(strstr(issue->text, "names 1 image, of which 1 is not in the bundle"));
}

static void a_nested_index_with_nothing_left_is_told(void **state)
{
	struct kit *kit = *state;
	const char *nested = kit_blob_json(kit, kit_text(kit, "{'manifests':[%s,%s]}",
							 kit_descriptor(kit, KIT_MANIFEST, kit_digest(kit, "x")),
							 kit_descriptor(kit, KIT_MANIFEST, kit_digest(kit, "y"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, nested));
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->count, 0);
	assert_string_equal(images->format, "oci");
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

/* The manifest of another platform is there, its config and layers are not. */
static void a_nested_manifest_without_config_is_another_platform(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a");
	const char *other = kit_blob_json(kit, kit_text(kit, "{'config':%s,'layers':[%s]}",
							kit_descriptor(kit, KIT_CONFIG, kit_digest(kit, "x")),
							kit_descriptor(kit, KIT_LAYER, kit_digest(kit, "y"))));
	const char *nested =
		kit_blob_json(kit, kit_text(kit, "{'manifests':[%s,%s]}", kit_descriptor(kit, KIT_MANIFEST, other),
					    kit_descriptor(kit, KIT_MANIFEST, image)));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, nested));
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_INFO, false);
}

static void the_same_at_the_top_is_an_image_without_config(void **state)
{
	struct kit *kit = *state;
	uint32_t layer = kit_tar(kit, "l", "a");
	const char *manifest = kit_blob_json(kit, kit_text(kit, "{'config':%s,'layers':[%s]}",
							   kit_descriptor(kit, KIT_CONFIG, kit_digest(kit, "x")),
							   kit_descriptor(kit, KIT_LAYER, kit_digest(kit, "a"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, manifest));
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->count, 1);
	assert_int_equal(images->images[0].layers[0].member, layer);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_layer_missing_of_a_nested_image_is_told(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_blob_json(kit, kit_config(kit, "a"));
	const char *manifest =
		kit_blob_json(kit, kit_text(kit, "{'config':%s,'layers':[%s]}", kit_descriptor(kit, KIT_CONFIG, config),
					    kit_descriptor(kit, KIT_LAYER, kit_digest(kit, "a"))));
	const char *nested =
		kit_blob_json(kit, kit_text(kit, "{'manifests':[%s]}", kit_descriptor(kit, KIT_MANIFEST, manifest)));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, nested));
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void an_index_may_name_itself_without_end(void **state)
{
	struct kit *kit = *state;
	const char *self = kit_digest(kit, "whatever"); /* led back here by the name, not by its bytes */
	kit_json(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, "whatever")),
		 kit_text(kit, "{'manifests':[%s]}", kit_descriptor(kit, KIT_INDEX, self)));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, self));
	assert_int_equal(kit_resolve(kit)->count, 0);
	kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
	assert_non_null(strstr(issue->text, "names itself"));
}

static void indexes_are_nested_four_deep_at_most(void **state)
{
	struct kit *kit = *state;
	const char *inner = kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a"));
	for (unsigned i = 0; i < SILT_INDEX_DEPTH_MAX - 1; i++) {
		inner = kit_descriptor(kit, KIT_INDEX, kit_blob_json(kit, kit_text(kit, "{'manifests':[%s]}", inner)));
	}
	kit_index_json(kit, inner);
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect_no_issue(kit);
}

static void deeper_indexes_are_a_limit(void **state)
{
	struct kit *kit = *state;
	const char *inner = kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a"));
	for (unsigned i = 0; i < 1000; i++) {
		inner = kit_descriptor(kit, KIT_INDEX, kit_blob_json(kit, kit_text(kit, "{'manifests':[%s]}", inner)));
	}
	kit_index_json(kit, inner);
	assert_int_equal(kit_resolve(kit)->count, 0);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void descriptors_are_limited(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a"));
	struct silt_buffer list = {0};
	for (unsigned i = 0; i <= silt_default_limits.value[SILT_LIMIT_DESCRIPTORS]; i++) {
		silt_buffer_add_text(&list, i > 0 ? "," : "");
		silt_buffer_add_text(&list, image);
	}
	kit_index_json(kit, silt_buffer_text(&list));
	silt_buffer_done(&list);
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void five_thousand_references_to_one_layer_are_cut(void **state)
{
	struct kit *kit = *state;
	struct silt_buffer list = {0};
	for (unsigned i = 0; i < 5000; i++) {
		silt_buffer_add_text(&list, i > 0 ? ",'l'" : "'l'");
	}
	kit_tar(kit, "l", "a");
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", kit_text(kit, "[{'Config':'c.json','Layers':[%s]}]", silt_buffer_text(&list)));
	silt_buffer_done(&list);
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->images[0].layer_count, SILT_LAYERS_MAX);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void images_are_limited(void **state)
{
	struct kit *kit = *state;
	struct silt_buffer list = {0};
	kit_json(kit, "c.json", kit_config(kit, ""));
	for (unsigned i = 0; i <= silt_default_limits.value[SILT_LIMIT_IMAGES]; i++) {
		silt_buffer_printf(&list, "%s{'Config':'c.json','Layers':['%u']}", i > 0 ? "," : "", i);
	}
	kit_json(kit, "manifest.json", kit_text(kit, "[%s]", silt_buffer_text(&list)));
	silt_buffer_done(&list);
	assert_int_equal(kit_resolve(kit)->count, silt_default_limits.value[SILT_LIMIT_IMAGES]);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
	/* One line for each of the first hundred absent layers, and one for the rest. */
	assert_int_equal(kit_issues(kit, "integrity-missing-blob"), SILT_ANOMALIES_PER_KIND_MAX + 1);
}

/* CVE-2021-41190 */
static void a_document_that_is_index_and_manifest_is_read_as_both(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a");
	const char *config = kit_blob_json(kit, kit_config(kit, "evil"));
	const char *both = kit_blob_json(kit, kit_text(kit, "{'manifests':[%s],'config':%s,'layers':[%s]}",
						       kit_descriptor(kit, KIT_MANIFEST, image),
						       kit_descriptor(kit, KIT_CONFIG, config),
						       kit_descriptor(kit, KIT_LAYER, kit_blob_tar(kit, "evil"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, both));
	assert_int_equal(kit_resolve(kit)->count, 2);
	kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_HIGH, true);
}

static void an_entry_that_is_no_document_is_told(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a"));
	uint32_t other = kit_other(kit, "x", "no JSON");
	kit_index_json(kit,
		       kit_text(kit, "%s,%s", image, kit_descriptor(kit, KIT_MANIFEST, kit_digest(kit, "no JSON"))));
	assert_int_equal(kit_resolve(kit)->count, 1);
	assert_int_equal(kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true)->member, other);
}

static void an_artefact_in_an_index_is_no_image(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a"));
	uint32_t other = kit_other(kit, "x", "chart");
	kit_index_json(kit, kit_text(kit, "%s,%s", image,
				     kit_descriptor(kit, "application/vnd.example.thing", kit_digest(kit, "chart"))));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 1);
	assert_true(images->referenced[other]);
}

/* cosign save: the signature is a manifest with an image config and a layer that is JSON. */
static void a_signature_is_no_image(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_descriptor(kit, KIT_MANIFEST, kit_oci_image(kit, "amd64", "a"));
	const char *payload = "signed";
	uint32_t blob = kit_other(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, payload)), payload);
	const char *config = kit_blob_json(kit, "{'architecture':'','os':'','config':{},'rootfs':{'diff_ids':[]}}");
	const char *signature =
		kit_blob_json(kit, kit_text(kit, "{'config':%s,'layers':[%s]}", kit_descriptor(kit, KIT_CONFIG, config),
					    kit_descriptor(kit, "application/vnd.dev.cosign.simplesigning.v1+json",
							   kit_digest(kit, payload))));
	kit_index_json(kit, kit_text(kit, "%s,%s", image, kit_descriptor(kit, KIT_MANIFEST, signature)));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 1);
	assert_true(images->referenced[blob]);
}

static void a_bundle_of_artefacts_alone_has_no_image_and_says_so(void **state)
{
	struct kit *kit = *state;
	kit_other(kit, "x", "chart");
	const char *manifest = kit_blob_json(
		kit, kit_text(kit, "{'config':%s,'layers':[%s]}",
			      kit_descriptor(kit, "application/vnd.cncf.helm.config.v1+json", kit_blob_json(kit, "{}")),
			      kit_descriptor(kit, "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
					     kit_digest(kit, "chart"))));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, manifest));
	assert_int_equal(kit_resolve(kit)->count, 0);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void an_image_cannot_hide_as_an_attestation(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "evil");
	kit_index_json(kit, kit_text(kit,
				     "{'digest':'%s','platform':{'os':'unknown','architecture':'unknown'},"
				     "'annotations':{'vnd.docker.reference.type':'attestation-manifest'}}",
				     image));
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-media-type", SILT_SEVERITY_LOW, false);
}

static void an_index_without_manifests_is_told(void **state)
{
	static const char *const empty[] = {"{'manifests':null}", "{'manifests':[]}"};
	for (size_t i = 0; i < SILT_COUNT(empty); i++) {
		struct kit *kit = *state;
		kit_json(kit, "index.json", empty[i]);
		assert_int_equal(kit_resolve(kit)->count, 0);
		assert_string_equal(kit->images->format, "oci");
		kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
		kit_teardown(state);
		kit_setup(state);
	}
}

static void wrong_types_in_indexes_and_manifests_are_survived(void **state)
{
	static const char *const indexes[] = {
		"{'manifests':[null,7,'x',[],{}]}",
		"{'manifests':[{'digest':7,'mediaType':[],'annotations':'x','platform':7,'size':'x','urls':{}}]}",
		"{'manifests':[{'digest':''}],'layers':'x','config':7}",
	};
	for (size_t i = 0; i < SILT_COUNT(indexes); i++) {
		struct kit *kit = *state;
		kit_json(kit, "index.json", indexes[i]);
		kit_resolve(kit);
		assert_true(kit_issue(kit, "integrity-missing-blob")->incomplete);
		kit_teardown(state);
		kit_setup(state);
	}
}

static void wrong_types_in_a_manifest_are_survived(void **state)
{
	static const char *const manifests[] = {
		"{'config':{'digest':'x'},'layers':{'a':{},'b':{}}}",
		"{'config':{'digest':'x'},'layers':'x'}",
		"{'config':[],'layers':[{'digest':'y'},{'digest':7}]}",
		"{'schemaVersion':2,'config':{},'layers':[null,[],7]}",
		"{'layers':[{'digest':'x'}],'config':null}",
	};
	for (size_t i = 0; i < SILT_COUNT(manifests); i++) {
		struct kit *kit = *state;
		kit_json(kit, "manifest.json", manifests[i]);
		kit_resolve(kit);
		assert_int_equal(kit->images->count, 1);
		assert_true(kit_issue(kit, "integrity-missing-blob")->incomplete);
		kit_teardown(state);
		kit_setup(state);
	}
}

static const char *descriptor_for(struct kit *kit, const char *digest, const char *platform)
{
	return kit_text(kit, "{'mediaType':'" KIT_MANIFEST "','digest':'%s','platform':{%s}}", digest, platform);
}

/* One manifest may be named again for another platform: containerd chooses it for either. */
static void platforms_of_descriptors_are_kept(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a");
	kit_index_json(kit, kit_text(kit, "%s,%s", descriptor_for(kit, image, "'os':'linux','architecture':'x86_64'"),
				     descriptor_for(kit, image, "'os':'Linux','architecture':'amd64','variant':'v2'")));
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->count, 1);
	assert_int_equal(images->images[0].stated_count, 2);
	assert_true(silt_bytes_are(images->images[0].stated[0], "Linux/amd64/v2"));
	assert_true(silt_bytes_are(images->images[0].stated[1], "linux/x86_64"));
	assert_true(silt_bytes_are(images->images[0].platform, "linux/amd64"));
	kit_expect_no_issue(kit);
}

static void a_descriptor_for_another_machine_than_the_config_is_told(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a");
	kit_index_json(kit, descriptor_for(kit, image, "'os':'linux','architecture':'arm64'"));
	kit_resolve(kit);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-media-type", SILT_SEVERITY_LOW, false);
	assert_non_null(strstr(issue->text, "for linux/arm64, but its config is for linux/amd64"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_top_level_image_that_is_absent_is_told),
		kit_test(platforms_of_descriptors_are_kept),
		kit_test(a_descriptor_for_another_machine_than_the_config_is_told),
		kit_test(urls_excuse_no_absent_image),
		kit_test(a_nested_index_with_nothing_left_is_told),
		kit_test(a_nested_manifest_without_config_is_another_platform),
		kit_test(the_same_at_the_top_is_an_image_without_config),
		kit_test(a_layer_missing_of_a_nested_image_is_told),
		kit_test(an_index_may_name_itself_without_end),
		kit_test(indexes_are_nested_four_deep_at_most),
		kit_test(deeper_indexes_are_a_limit),
		kit_test(descriptors_are_limited),
		kit_test(five_thousand_references_to_one_layer_are_cut),
		kit_test(images_are_limited),
		kit_test(a_document_that_is_index_and_manifest_is_read_as_both),
		kit_test(an_entry_that_is_no_document_is_told),
		kit_test(an_artefact_in_an_index_is_no_image),
		kit_test(a_signature_is_no_image),
		kit_test(a_bundle_of_artefacts_alone_has_no_image_and_says_so),
		kit_test(an_image_cannot_hide_as_an_attestation),
		kit_test(an_index_without_manifests_is_told),
		kit_test(wrong_types_in_indexes_and_manifests_are_survived),
		kit_test(wrong_types_in_a_manifest_are_survived),
	};
	return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
