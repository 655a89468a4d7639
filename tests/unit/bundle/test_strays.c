/* What no document accounts for, and bundles whose documents are lost. */
#include "base/limits.h"
#include "unit/bundle/kit.h"

static void add_image(struct kit *kit)
{
	kit_tar(kit, "l", "a");
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['l']}]");
}

static void a_tar_that_no_image_uses_is_told(void **state)
{
	struct kit *kit = *state;
	add_image(kit);
	uint32_t orphan = kit_tar(kit, "old/layer.tar", "deleted");
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(kit_expect(kit, "integrity-orphan-blob", SILT_SEVERITY_MEDIUM, false)->member, orphan);
	assert_false(images->referenced[orphan]);
	assert_true(images->referenced[0]);
}

static void a_copy_of_a_layer_is_no_orphan(void **state)
{
	struct kit *kit = *state;
	add_image(kit);
	uint32_t copy = kit_tar(kit, "copy/layer.tar", "a");
	assert_true(kit_resolve(kit)->images[0].layers[0].member != copy);
	kit_expect_no_issue(kit);
	assert_true(kit->images->referenced[copy]);
}

static void documents_and_files_that_nobody_names_are_mentioned(void **state)
{
	struct kit *kit = *state;
	add_image(kit);
	kit_json(kit, "other.json", kit_config(kit, "other"));
	kit_other(kit, "notes.txt", "hello");
	kit_resolve(kit);
	assert_int_equal(kit_issues(kit, "integrity-orphan-blob"), 2);
	assert_int_equal(kit->images->issue_count, 2);
	assert_int_equal(kit->images->issues[0].severity, SILT_SEVERITY_INFO);
	assert_false(kit->images->issues[0].incomplete);
}

static void a_manifest_that_the_index_does_not_name_is_mentioned(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a");
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, image));
	kit_blob_json(kit, "{'config':{'digest':'x'},'layers':[]}");
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-orphan-blob", SILT_SEVERITY_INFO, false);
}

static void layers_without_any_index_are_an_unknown_bundle(void **state)
{
	static const char *const names[] = {"%s/layer.tar", "%s.tar",          "%s.tar.gz",
					    "sha256:%s",    "blobs/sha256/%s", "%s"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		struct kit *kit = *state;
		const char *hex = kit_hex(kit, "a");
		struct silt_buffer name = {0};
		struct silt_bytes form = silt_bytes_text(names[i]);
		size_t at = silt_bytes_find(form, SILT_LITERAL("%s"));
		silt_buffer_add(&name, silt_bytes_slice(form, 0, at));
		silt_buffer_add_text(&name, hex);
		silt_buffer_add(&name, silt_bytes_slice(form, at + 2, SIZE_MAX));
		kit_tar(kit, silt_buffer_text(&name), "a");
		silt_buffer_done(&name);
		assert_string_equal(kit_resolve(kit)->format, "unknown");
		kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
		kit_teardown(state);
		kit_setup(state);
	}
}

static void documents_without_any_index_are_an_unknown_bundle(void **state)
{
	static const struct {
		const char *name, *text;
	} cases[] = {
		{"oci-layout", "{'imageLayoutVersion':'1.0.0'}"},
		{"x.json", "{'rootfs':{'diff_ids':[]}}"},
		{"manifest.json", "[]"},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct kit *kit = *state;
		kit_json(kit, cases[i].name, cases[i].text);
		const struct silt_images *images = kit_resolve(kit);
		assert_string_equal(images->format, "unknown");
		assert_int_equal(images->count, 0);
		assert_true(kit_issue(kit, "integrity-missing-blob")->incomplete);
		kit_teardown(state);
		kit_setup(state);
	}
}

static void a_bundle_cut_short_says_so(void **state)
{
	struct kit *kit = *state;
	kit_tar(kit, kit_text(kit, "%s/layer.tar", kit_hex(kit, "x")), "a");
	kit->inventory.truncated = true;
	kit_resolve(kit);
	assert_non_null(strstr(kit_issue(kit, "integrity-missing-blob")->text, "ends before its end"));
}

static void a_manifest_json_that_is_none_is_told(void **state)
{
	struct kit *kit = *state;
	kit_tar(kit, kit_text(kit, "%s/layer.tar", kit_hex(kit, "x")), "a");
	uint32_t document = kit_other(kit, "manifest.json", "null");
	assert_string_equal(kit_resolve(kit)->format, "unknown");
	assert_int_equal(kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true)->member, document);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

/* Docker may read what silt does not: such a bundle must not pass for a filesystem. */
static void an_index_that_cannot_be_read_makes_no_rootfs(void **state)
{
	static const char *const names[] = {"manifest.json", "index.json"};
	for (size_t i = 0; i < 4; i++) {
		struct kit *kit = *state;
		kit_tar(kit, "odd/name", "a");
		uint32_t document = kit_other(kit, names[i / 2], "[");
		if (i % 2 == 0) {
			kit->inventory.members[document].problem = "line 1: invalid UTF-8";
		} else {
			kit->inventory.members[document].bytes = silt_default_limits.value[SILT_LIMIT_JSON_BYTES] + 1;
		}
		assert_string_equal(kit_resolve(kit)->format, "unknown");
		kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
		kit_teardown(state);
		kit_setup(state);
	}
}

static void a_broken_index_json_beside_a_good_manifest_json_is_told(void **state)
{
	struct kit *kit = *state;
	add_image(kit);
	uint32_t document = kit_other(kit, "index.json", "{");
	kit->inventory.members[document].problem = "line 1";
	const struct silt_images *images = kit_resolve(kit);
	assert_string_equal(images->format, "docker");
	assert_non_null(strstr(kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true)->text, "line 1"));
}

static void an_archive_manifest_item_without_image_is_told(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "c.json", kit_config(kit, ""));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','RepoTags':null,'Layers':null},7,null,{'name':'x'}]");
	assert_int_equal(kit_resolve(kit)->count, 1);
	assert_int_equal(kit_issues(kit, "integrity-not-inspectable"), 3);
}

static void wrong_types_in_manifest_json_are_survived(void **state)
{
	static const char *const items[] = {
		"{'Config':7,'RepoTags':'x','Layers':{'a':'b'}}",
		"{'Config':['c'],'RepoTags':[7,null],'Layers':'l','LayerSources':[]}",
		"{'Config':null,'Layers':[null,7,{}]}",
	};
	for (size_t i = 0; i < SILT_COUNT(items); i++) {
		struct kit *kit = *state;
		kit_json(kit, "manifest.json", kit_text(kit, "[%s]", items[i]));
		const struct silt_images *images = kit_resolve(kit);
		assert_int_equal(images->count, 1);
		assert_int_equal(images->images[0].name_count, 0);
		assert_true(kit_issue(kit, "integrity-missing-blob")->incomplete);
		kit_teardown(state);
		kit_setup(state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_tar_that_no_image_uses_is_told),
		kit_test(a_copy_of_a_layer_is_no_orphan),
		kit_test(documents_and_files_that_nobody_names_are_mentioned),
		kit_test(a_manifest_that_the_index_does_not_name_is_mentioned),
		kit_test(layers_without_any_index_are_an_unknown_bundle),
		kit_test(documents_without_any_index_are_an_unknown_bundle),
		kit_test(a_bundle_cut_short_says_so),
		kit_test(a_manifest_json_that_is_none_is_told),
		kit_test(an_index_that_cannot_be_read_makes_no_rootfs),
		kit_test(a_broken_index_json_beside_a_good_manifest_json_is_told),
		kit_test(an_archive_manifest_item_without_image_is_told),
		kit_test(wrong_types_in_manifest_json_are_survived),
	};
	return cmocka_run_group_tests_name("strays", tests, NULL, NULL);
}
