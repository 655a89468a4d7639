/* What documents claim of blobs, compared with the blobs. */
#include "unit/bundle/kit.h"

/* A docker archive of one layer, "l", with content "a", under this config. */
static const struct silt_images *resolve_archive(struct kit *kit, const char *config)
{
	kit_tar(kit, "l", "a");
	kit_json(kit, "c.json", config);
	kit_json(kit, "manifest.json", "[{'Config':'c.json','RepoTags':['app:1'],'Layers':['l']}]");
	return kit_resolve(kit);
}

/* An OCI layout of one manifest with this config digest and these layer descriptors. */
static const struct silt_images *resolve_oci(struct kit *kit, const char *config, const char *layers)
{
	const char *manifest = kit_blob_json(
		kit, kit_text(kit, "{'config':%s,'layers':[%s]}", kit_descriptor(kit, KIT_CONFIG, config), layers));
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, manifest));
	return kit_resolve(kit);
}

static const char *config_with_diff_id(struct kit *kit, const char *diff_ids)
{
	return kit_text(kit, "{'os':'linux','rootfs':{'diff_ids':[%s]}}", diff_ids);
}

/* ---- Diff IDs ---------------------------------------------------------------------------------------------------- */

static void a_wrong_diff_id_is_told(void **state)
{
	struct kit *kit = *state;
	const struct silt_images *images = resolve_archive(kit, kit_config(kit, "b"));
	const struct silt_bundle_issue *issue =
		kit_expect(kit, "integrity-diffid-mismatch", SILT_SEVERITY_MEDIUM, false);
	assert_int_equal(issue->image, 0);
	assert_int_equal(issue->member, images->images[0].layers[0].member);
	assert_non_null(strstr(issue->text, kit_digest(kit, "a")));
	assert_non_null(strstr(issue->text, kit_digest(kit, "b")));
}

static void the_diff_id_is_of_the_inflated_bytes(void **state)
{
	struct kit *kit = *state;
	kit_gzip(kit, "l", "a");
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['l']}]");
	kit_resolve(kit);
	kit_expect_no_issue(kit);
}

static void too_few_or_too_many_diff_ids_are_told(void **state)
{
	struct kit *kit = *state;
	const struct silt_images *images = resolve_archive(kit, kit_config(kit, "a,b"));
	assert_int_equal(images->images[0].layer_count, 1);
	kit_expect(kit, "integrity-diffid-mismatch", SILT_SEVERITY_MEDIUM, false);
}

static void a_layer_without_diff_id_has_an_empty_one(void **state)
{
	struct kit *kit = *state;
	const struct silt_images *images = resolve_archive(kit, kit_config(kit, ""));
	assert_int_equal(images->images[0].layers[0].diff_id.len, 0);
	kit_expect(kit, "integrity-diffid-mismatch", SILT_SEVERITY_MEDIUM, false);
}

static void malformed_diff_ids_are_told(void **state)
{
	static const char *const malformed[] = {"'sha256:../../../etc/passwd'",
						"'md5:d41d8cd98f00b204e9800998ecf8427e'", "null", "7", "'SHA256:x'"};
	for (size_t i = 0; i < SILT_COUNT(malformed); i++) {
		struct kit *kit = *state;
		resolve_archive(kit, config_with_diff_id(kit, malformed[i]));
		kit_expect(kit, "integrity-diffid-mismatch", SILT_SEVERITY_MEDIUM, false);
		kit_teardown(state);
		kit_setup(state);
	}
}

static void a_damaged_layer_is_not_blamed_for_its_diff_id(void **state)
{
	struct kit *kit = *state;
	uint32_t layer = kit_tar(kit, "l", "part of a");
	kit->inventory.members[layer].damaged = true;
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['l']}]");
	kit_resolve(kit);
	kit_expect_no_issue(kit);
}

/* ---- Digests and sizes ------------------------------------------------------------------------------------------- */

static void a_blob_is_found_by_its_bytes_whatever_its_name(void **state)
{
	struct kit *kit = *state;
	uint32_t layer = kit_gzip(kit, "anything", "a");
	uint32_t config = kit_json(kit, "some.json", kit_config(kit, "a"));
	const struct silt_images *images =
		resolve_oci(kit, kit_digest(kit, kit_config(kit, "a")),
			    kit_descriptor(kit, KIT_LAYER "+gzip", kit_digest(kit, "gzipa")));
	kit_expect_no_issue(kit);
	assert_int_equal(images->images[0].layers[0].member, layer);
	assert_int_equal(images->images[0].config_member, config);
}

static void an_altered_blob_is_used_by_its_name_and_told(void **state)
{
	struct kit *kit = *state;
	uint32_t layer = kit_tar(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, "good")), "evil");
	const struct silt_images *images = resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "evil")),
						       kit_descriptor(kit, KIT_LAYER, kit_digest(kit, "good")));
	assert_int_equal(images->images[0].layers[0].member, layer);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
	assert_int_equal(issue->member, layer);
	assert_int_equal(issue->image, 0);
	assert_non_null(strstr(issue->text, kit_digest(kit, "evil")));
}

static void a_blob_name_that_lies_is_told_even_if_only_a_path_leads_to_it(void **state)
{
	struct kit *kit = *state;
	const char *name = kit_text(kit, "blobs/sha256/%s", kit_hex(kit, "b"));
	kit_tar(kit, name, "a");
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", kit_text(kit, "[{'Config':'c.json','Layers':['%s']}]", name));
	kit_resolve(kit);
	kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
}

static void an_altered_docker_config_is_told(void **state)
{
	struct kit *kit = *state;
	const char *name = kit_text(kit, "%s.json", kit_hex(kit, "another"));
	kit_json(kit, name, kit_config(kit, ""));
	kit_json(kit, "manifest.json", kit_text(kit, "[{'Config':'%s','Layers':[]}]", name));
	kit_resolve(kit);
	kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
}

static void a_wrong_size_is_told(void **state)
{
	struct kit *kit = *state;
	resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")),
		    kit_text(kit, "{'mediaType':'" KIT_LAYER "','digest':'%s','size':7}", kit_blob_tar(kit, "a")));
	kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
}

static void a_digest_that_is_not_sha256_cannot_be_verified(void **state)
{
	struct kit *kit = *state;
	uint32_t layer = kit_tar(kit, "blobs/sha512/abcdef", "a");
	const struct silt_images *images = resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")),
						       kit_descriptor(kit, KIT_LAYER, "sha512:abcdef"));
	assert_int_equal(images->images[0].layers[0].member, layer);
	kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
}

static void a_digest_with_a_path_in_it_stays_in_the_bundle(void **state)
{
	struct kit *kit = *state;
	const struct silt_images *images =
		resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")),
			    kit_descriptor(kit, KIT_LAYER, "sha256:../../../../../../etc/passwd"));
	assert_int_equal(images->images[0].layers[0].member, SILT_MEMBER_NONE);
	kit_expect(kit, "integrity-digest-mismatch", SILT_SEVERITY_HIGH, false);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

/* ---- Media types ------------------------------------------------------------------------------------------------- */

static void a_media_type_that_lies_is_told_once(void **state)
{
	struct kit *kit = *state;
	const char *layer = kit_descriptor(kit, KIT_LAYER "+gzip", kit_blob_tar(kit, "a"));
	resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a,a")), kit_text(kit, "%s,%s", layer, layer));
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-media-type", SILT_SEVERITY_LOW, false);
	assert_int_equal(issue->member, 0);
}

static void media_types_of_all_spellings_are_compared(void **state)
{
	static const char *const types[] = {
		"application/vnd.docker.image.rootfs.diff.tar",
		"application/vnd.docker.image.rootfs.diff.tar.zstd",
		"application/vnd.docker.image.rootfs.diff.tar+zstd",
		KIT_LAYER,
		KIT_LAYER "+zstd",
	};
	for (size_t i = 0; i < SILT_COUNT(types); i++) {
		struct kit *kit = *state;
		resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")),
			    kit_descriptor(kit, types[i], kit_blob_gzip(kit, "a")));
		kit_expect(kit, "integrity-media-type", SILT_SEVERITY_LOW, false);
		kit_teardown(state);
		kit_setup(state);
	}
}

static void docker_gzip_and_unknown_types_are_fine(void **state)
{
	static const char *const types[] = {
		"application/vnd.docker.image.rootfs.diff.tar.gzip",
		KIT_LAYER "+gzip",
		KIT_LAYER "+later",
		"",
	};
	for (size_t i = 0; i < SILT_COUNT(types); i++) {
		struct kit *kit = *state;
		resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")),
			    kit_descriptor(kit, types[i], kit_blob_gzip(kit, "a")));
		kit_expect_no_issue(kit);
		kit_teardown(state);
		kit_setup(state);
	}
}

/* ---- Layers that are none ---------------------------------------------------------------------------------------- */

static void a_layer_that_is_no_tar_is_told(void **state)
{
	struct kit *kit = *state;
	kit_other(kit, "l", "Tue Mar 1 12:00:00 UTC 2016\n");
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['l']}]");
	kit_resolve(kit);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void a_device_as_layer_is_told(void **state)
{
	struct kit *kit = *state;
	kit_kind(kit, "l", SILT_MEMBER_SPECIAL);
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['l']}]");
	kit_resolve(kit);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void an_empty_file_is_a_layer_of_nothing(void **state)
{
	struct kit *kit = *state;
	kit_kind(kit, "l", SILT_MEMBER_EMPTY);
	kit_json(kit, "c.json", config_with_diff_id(kit, kit_text(kit, "'%s'", kit_digest(kit, ""))));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['l']}]");
	kit_resolve(kit);
	kit_expect_no_issue(kit);
}

static void an_encrypted_layer_is_told(void **state)
{
	struct kit *kit = *state;
	kit_other(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, "secret")), "secret");
	const struct silt_images *images =
		resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")),
			    kit_descriptor(kit, KIT_LAYER "+gzip+encrypted", kit_digest(kit, "secret")));
	assert_true(images->images[0].layers[0].encrypted);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
	assert_non_null(strstr(issue->text, "encrypted"));
}

/* ---- Absent ------------------------------------------------------------------------------------------------------ */

static void an_absent_layer_is_told_with_its_image(void **state)
{
	struct kit *kit = *state;
	const struct silt_images *images = resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")),
						       kit_descriptor(kit, KIT_LAYER, kit_digest(kit, "a")));
	assert_int_equal(images->images[0].layers[0].member, SILT_MEMBER_NONE);
	assert_int_equal(kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true)->image, 0);
}

static void an_absent_foreign_layer_is_normal_but_not_looked_at(void **state)
{
	struct kit *kit = *state;
	const char *layers = kit_descriptor(kit, "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
					    kit_digest(kit, "b"));
	const struct silt_images *images = resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "b")), layers);
	assert_true(images->images[0].layers[0].foreign);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_INFO, true);
}

static void urls_excuse_no_absent_layer(void **state)
{
	struct kit *kit = *state;
	const char *layer = kit_text(kit,
				     "{'mediaType':'" KIT_LAYER "','digest':'%s','urls':['https://example.org/x']}",
				     kit_digest(kit, "a"));
	const struct silt_images *images = resolve_oci(kit, kit_blob_json(kit, kit_config(kit, "a")), layer);
	assert_false(images->images[0].layers[0].foreign);
	assert_true(images->images[0].layers[0].has_urls);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
	assert_non_null(strstr(issue->text, "It is downloaded from elsewhere"));
}

static void layer_sources_tell_a_foreign_layer(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json",
		 kit_text(kit,
			  "[{'Config':'c.json','Layers':['l'],'LayerSources':{'%s':{'mediaType':"
			  "'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'}}}]",
			  kit_digest(kit, "a")));
	kit_resolve(kit);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_INFO, true);
}

static void an_absent_config_is_told_and_its_digest_kept(void **state)
{
	struct kit *kit = *state;
	kit_tar(kit, "l", "a");
	kit_json(kit, "manifest.json", kit_text(kit, "[{'Config':'%s.json','Layers':['l']}]", kit_hex(kit, "config")));
	const struct silt_images *images = kit_resolve(kit);
	char digest[SILT_DIGEST_TEXT_SIZE];
	assert_int_equal(images->images[0].config_member, SILT_MEMBER_NONE);
	assert_string_equal(silt_digest_text(&images->images[0].config_digest, digest), kit_digest(kit, "config"));
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_config_that_is_no_json_is_told(void **state)
{
	struct kit *kit = *state;
	uint32_t config = kit_other(kit, "c.json", "{");
	kit->inventory.members[config].problem = "line 1, column 2: expected a key or }";
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':[]}]");
	kit_resolve(kit);
	const struct silt_bundle_issue *issue = kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
	assert_non_null(strstr(issue->text, "line 1, column 2"));
}

static void hostile_names_are_escaped(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "c.json", kit_config(kit, "a"));
	kit_json(kit, "manifest.json", "[{'Config':'c.json','Layers':['\\u001b[2J\\u202e.tar']}]");
	kit_resolve(kit);
	const struct silt_bundle_issue *issue = kit_issue(kit, "integrity-missing-blob");

	assert_null(strchr(issue->text, '\x1b'));
	assert_non_null(strstr(issue->text, "\\x1b[2J"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(a_wrong_diff_id_is_told),
		kit_test(the_diff_id_is_of_the_inflated_bytes),
		kit_test(too_few_or_too_many_diff_ids_are_told),
		kit_test(a_layer_without_diff_id_has_an_empty_one),
		kit_test(malformed_diff_ids_are_told),
		kit_test(a_damaged_layer_is_not_blamed_for_its_diff_id),
		kit_test(a_blob_is_found_by_its_bytes_whatever_its_name),
		kit_test(an_altered_blob_is_used_by_its_name_and_told),
		kit_test(a_blob_name_that_lies_is_told_even_if_only_a_path_leads_to_it),
		kit_test(an_altered_docker_config_is_told),
		kit_test(a_wrong_size_is_told),
		kit_test(a_digest_that_is_not_sha256_cannot_be_verified),
		kit_test(a_digest_with_a_path_in_it_stays_in_the_bundle),
		kit_test(a_media_type_that_lies_is_told_once),
		kit_test(media_types_of_all_spellings_are_compared),
		kit_test(docker_gzip_and_unknown_types_are_fine),
		kit_test(a_layer_that_is_no_tar_is_told),
		kit_test(a_device_as_layer_is_told),
		kit_test(an_empty_file_is_a_layer_of_nothing),
		kit_test(an_encrypted_layer_is_told),
		kit_test(an_absent_layer_is_told_with_its_image),
		kit_test(an_absent_foreign_layer_is_normal_but_not_looked_at),
		kit_test(urls_excuse_no_absent_layer),
		kit_test(layer_sources_tell_a_foreign_layer),
		kit_test(an_absent_config_is_told_and_its_digest_kept),
		kit_test(a_config_that_is_no_json_is_told),
		kit_test(hostile_names_are_escaped),
	};
	return cmocka_run_group_tests_name("claims", tests, NULL, NULL);
}
