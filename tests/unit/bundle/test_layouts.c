/* Every layout that a producer writes: the images it declares, and no complaint about it. */
#include "unit/bundle/kit.h"

/* One image of two layers in these members, and nothing to complain about. */
static const struct silt_declared_image *expect_image(struct kit *kit, const char *format, uint32_t first,
						      uint32_t second)
{
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_string_equal(images->format, format);
	assert_int_equal(images->count, 1);
	assert_int_equal(images->images[0].layer_count, 2);
	assert_int_equal(images->images[0].layers[0].member, first);
	assert_int_equal(images->images[0].layers[1].member, second);
	assert_true(images->referenced[first]);
	assert_true(images->referenced[second]);
	return &images->images[0];
}

static void docker_classic(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a,b");
	kit_kind(kit, "1111", SILT_MEMBER_DIRECTORY);
	kit_other(kit, "1111/VERSION", "1.0");
	uint32_t legacy = kit_json(kit, "1111/json", "{'id':'1111','container_config':{}}");
	uint32_t first = kit_tar(kit, "1111/layer.tar", "a");
	kit_other(kit, "2222/VERSION", "1.0");
	kit_json(kit, "2222/json", "{'id':'2222','parent':'1111','config':{}}");
	uint32_t second = kit_tar(kit, "2222/layer.tar", "b");
	uint32_t document = kit_json(kit, kit_text(kit, "%s.json", kit_hex(kit, config)), config);
	kit_json(kit, "manifest.json",
		 kit_text(kit,
			  "[{'Config':'%s.json','RepoTags':['app:2','app:1'],'Layers':['1111/layer.tar','2222/"
			  "layer.tar']}]",
			  kit_hex(kit, config)));
	kit_json(kit, "repositories", kit_text(kit, "{'app':{'1':'%s'}}", kit_hex(kit, "")));
	const struct silt_declared_image *image = expect_image(kit, "docker", first, second);
	kit_expect_names(image, "app:1 app:2");
	assert_int_equal(image->config_member, document);
	assert_int_equal(image->declared, SILT_DECLARED_ARCHIVE);
	assert_int_equal(image->manifest_member, SILT_MEMBER_NONE);
	assert_true(silt_bytes_equal(image->platform, SILT_LITERAL("linux/amd64")));
	assert_true(silt_bytes_equal(image->layers[0].diff_id, silt_bytes_text(kit_digest(kit, "a"))));
	assert_true(kit->images->referenced[legacy]);
}

static void docker_classic_shares_a_layer_by_symlink(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a,a");
	kit_symlink(kit, "0000/layer.tar", "../../1111/layer.tar"); /* one ".." too many: moby #24951 */
	uint32_t layer = kit_tar(kit, "1111/layer.tar", "a");
	kit_json(kit, kit_text(kit, "%s.json", kit_hex(kit, config)), config);
	kit_json(kit, "manifest.json",
		 kit_text(kit, "[{'Config':'%s.json','RepoTags':null,'Layers':['0000/layer.tar','1111/layer.tar']}]",
			  kit_hex(kit, config)));
	expect_image(kit, "docker", layer, layer);
}

/* Both files, uncompressed blobs, v1 json as orphaned blobs, LayerSources. */
static void docker_25(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a,b");
	const char *a = kit_blob_tar(kit, "a");
	const char *b = kit_blob_tar(kit, "b");
	const char *config_digest = kit_blob_json(kit, config);
	uint32_t legacy = (uint32_t)kit->inventory.count;
	kit_blob_json(kit, "{'id':'1111','parent':'2222','container_config':{}}");
	const char *manifest =
		kit_blob_json(kit, kit_text(kit, "{'schemaVersion':2,'config':%s,'layers':[%s,%s]}",
					    kit_descriptor(kit, KIT_CONFIG, config_digest),
					    kit_descriptor(kit, KIT_LAYER, a), kit_descriptor(kit, KIT_LAYER, b)));
	kit_index_json(kit, kit_text(kit,
				     "{'mediaType':'" KIT_MANIFEST "','digest':'%s','annotations':"
				     "{'io.containerd.image.name':'docker.io/library/app:1',"
				     "'org.opencontainers.image.ref.name':'1'}}",
				     manifest));
	kit_json(kit, "manifest.json",
		 kit_text(kit,
			  "[{'Config':'blobs/sha256/%s','RepoTags':['app:1'],'Layers':['blobs/sha256/%s',"
			  "'blobs/sha256/%s'],'LayerSources':{'%s':{'mediaType':'" KIT_LAYER "+gzip','size':1}}}]",
			  config_digest + 7, a + 7, b + 7, a));
	kit_json(kit, "oci-layout", "{'imageLayoutVersion':'1.0.0'}");
	const struct silt_declared_image *image = expect_image(kit, "docker+oci", 0, 1);
	kit_expect_names(image, "1 app:1 docker.io/library/app:1");
	assert_int_equal(image->declared, SILT_DECLARED_ARCHIVE | SILT_DECLARED_INDEX);
	assert_int_not_equal(image->manifest_member, SILT_MEMBER_NONE);
	assert_true(image->manifest_digest.known);
	assert_true(silt_bytes_equal(image->layers[0].media_type, SILT_LITERAL(KIT_LAYER)));
	assert_true(kit->images->referenced[legacy]);
}

/* containerd: a nested index, one platform of three saved, an attestation that is there and one that is not. */
static void containerd_saves_one_platform(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a,b");
	uint32_t first = 0, second = 1;
	const char *statement = kit_blob_json(kit, "{'_type':'x','predicateType':'y'}");
	const char *config = kit_blob_json(kit, "{'architecture':'unknown','os':'unknown','rootfs':{'diff_ids':[]}}");
	const char *attestation =
		kit_blob_json(kit, kit_text(kit, "{'schemaVersion':2,'config':%s,'layers':[%s]}",
					    kit_descriptor(kit, KIT_CONFIG, config),
					    kit_descriptor(kit, "application/vnd.in-toto+json", statement)));
	const char *unknown = "'platform':{'os':'unknown','architecture':'unknown'},"
			      "'annotations':{'vnd.docker.reference.type':'attestation-manifest'}";
	const char *nested = kit_blob_json(
		kit, kit_text(kit, "{'schemaVersion':2,'manifests':[%s,%s,%s,{'digest':'%s',%s},{'digest':'%s',%s}]}",
			      kit_descriptor(kit, KIT_MANIFEST, kit_digest(kit, "arm64")),
			      kit_descriptor(kit, KIT_MANIFEST, image),
			      kit_descriptor(kit, KIT_MANIFEST, kit_digest(kit, "s390x")), attestation, unknown,
			      kit_digest(kit, "absent"), unknown));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, nested));
	const struct silt_images *images = kit_resolve(kit);
	assert_string_equal(images->format, "oci");
	assert_int_equal(images->count, 1);
	assert_int_equal(images->images[0].layers[0].member, first);
	assert_int_equal(images->images[0].layers[1].member, second);
	assert_int_equal(images->issue_count, 2);
	for (size_t i = 0; i < images->issue_count; i++) {
		assert_string_equal(images->issues[i].rule, "integrity-missing-blob");
		assert_int_equal(images->issues[i].severity, SILT_SEVERITY_INFO);
		assert_false(images->issues[i].incomplete);
	}
	for (size_t i = 0; i < kit->inventory.count - 1; i++) {
		assert_true(images->referenced[i]);
	}
}

static void buildkit_oci_of_two_platforms(void **state)
{
	struct kit *kit = *state;
	const char *amd64 = kit_oci_image(kit, "amd64", "a");
	const char *arm64 = kit_oci_image(kit, "arm64", "b");
	const char *nested =
		kit_blob_json(kit, kit_text(kit, "{'manifests':[%s,%s]}", kit_descriptor(kit, KIT_MANIFEST, amd64),
					    kit_descriptor(kit, KIT_MANIFEST, arm64)));
	kit_index_json(
		kit, kit_text(kit, "{'digest':'%s','annotations':{'org.opencontainers.image.ref.name':'v1'}}", nested));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 2);
	assert_true(silt_bytes_equal(images->images[0].platform, SILT_LITERAL("linux/amd64")));
	assert_true(silt_bytes_equal(images->images[1].platform, SILT_LITERAL("linux/arm64")));
	kit_expect_names(&images->images[0], "v1");
	kit_expect_names(&images->images[1], "v1");
}

static void podman_docker_archive(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a,b");
	const char *a = kit_hex(kit, "a"), *b = kit_hex(kit, "b");
	uint32_t first = kit_tar(kit, kit_text(kit, "%s.tar", a), "a");
	uint32_t second = kit_tar(kit, kit_text(kit, "%s.tar", b), "b");
	kit_json(kit, kit_text(kit, "%s.json", kit_hex(kit, config)), config);
	kit_symlink(kit, "1111/layer.tar", kit_text(kit, "../%s.tar", a));
	kit_other(kit, "1111/VERSION", "1.0");
	kit_json(kit, "1111/json", "{'id':'1111','container_config':{}}");
	kit_json(kit, "manifest.json",
		 kit_text(kit, "[{'Config':'%s.json','RepoTags':['localhost/app:1'],'Layers':['%s.tar','%s.tar']}]",
			  kit_hex(kit, config), a, b));
	kit_expect_names(expect_image(kit, "docker", first, second), "localhost/app:1");
}

static void podman_oci_archive(void **state)
{
	struct kit *kit = *state;
	kit_kind(kit, "blobs", SILT_MEMBER_DIRECTORY);
	kit_kind(kit, "blobs/sha256", SILT_MEMBER_DIRECTORY);
	const char *image = kit_oci_image(kit, "amd64", "a,b");
	kit_index_json(kit, kit_descriptor(kit, KIT_MANIFEST, image));
	kit_json(kit, "oci-layout", "{'imageLayoutVersion':'1.0.0'}");
	assert_int_equal(expect_image(kit, "oci", 2, 3)->declared, SILT_DECLARED_INDEX);
}

static void crane_tarball(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a,b");
	const char *config_name = kit_digest(kit, config);
	kit_json(kit, config_name, config);
	const char *a = kit_hex(kit, "gzipa"), *b = kit_hex(kit, "b");
	uint32_t first = kit_gzip(kit, kit_text(kit, "%s.tar.gz", a), "a");
	uint32_t second = kit_tar(kit, kit_text(kit, "%s.tar.gz", b), "b"); /* the name is no claim of compression */
	kit_json(kit, "manifest.json",
		 kit_text(kit, "[{'Config':'%s','RepoTags':['app:1'],'Layers':['%s.tar.gz','%s.tar.gz']}]", config_name,
			  a, b));
	expect_image(kit, "docker", first, second);
}

static void jib_with_lower_case_keys(void **state)
{
	struct kit *kit = *state;
	uint32_t first = kit_gzip(kit, "1.tar.gz", "a");
	uint32_t second = kit_gzip(kit, "2.tar.gz", "b");
	kit_json(kit, "config.json", kit_config(kit, "a,b"));
	kit_json(kit, "manifest.json",
		 "[{'config':'config.json','repoTags':['app:1'],'layers':['1.tar.gz','2.tar.gz']}]");
	kit_expect_names(expect_image(kit, "docker", first, second), "app:1");
}

static void bazel_and_nix(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a,b");
	uint32_t first = kit_tar(kit, "1111/layer.tar", "a");
	uint32_t second = kit_tar(kit, "2222/layer.tar", "b");
	kit_json(kit, kit_text(kit, "%s.json", kit_hex(kit, config)), config);
	kit_json(kit, "manifest.json",
		 kit_text(kit,
			  "[{'Config':'%s.json','RepoTags':['app:1'],'Layers':['./1111/layer.tar','/2222/layer.tar']}]",
			  kit_hex(kit, config)));
	expect_image(kit, "docker", first, second);
}

static void bazel_writes_images_of_nothing(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, "{}")), "{}");
	kit_json(kit, "manifest.json",
		 kit_text(kit, "[{'Config':'blobs/sha256/%s','RepoTags':['app:1'],'Layers':[]}]", kit_hex(kit, "{}")));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 1);
	assert_int_equal(images->images[0].layer_count, 0);
	assert_int_equal(images->images[0].platform.len, 0);
	assert_true(images->referenced[0]);
}

static void bazel_oci_has_its_layout_first(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "oci-layout", "{'imageLayoutVersion':'1.0.0'}");
	const char *image = kit_oci_image(kit, "amd64", "a,b");
	const char *nested =
		kit_blob_json(kit, kit_text(kit, "{'manifests':[%s]}", kit_descriptor(kit, KIT_MANIFEST, image)));
	kit_index_json(kit, kit_descriptor(kit, KIT_INDEX, nested));
	expect_image(kit, "oci", 1, 2);
}

/* skopeo "dir:": the OCI manifest is called manifest.json, blobs are bare hex. */
static void skopeo_dir(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a,b");
	uint32_t first = kit_gzip(kit, kit_hex(kit, "gzipa"), "a");
	uint32_t second = kit_gzip(kit, kit_hex(kit, "gzipb"), "b");
	kit_json(kit, kit_hex(kit, config), config);
	kit_other(kit, "version", "Directory Transport Version: 1.1\n");
	kit_json(kit, "manifest.json",
		 kit_text(kit, "{'schemaVersion':2,'config':%s,'layers':[%s,%s]}",
			  kit_descriptor(kit, KIT_CONFIG, kit_digest(kit, config)),
			  kit_descriptor(kit, KIT_LAYER "+gzip", kit_digest(kit, "gzipa")),
			  kit_descriptor(kit, KIT_LAYER "+gzip", kit_digest(kit, "gzipb"))));
	assert_int_equal(expect_image(kit, "oci", first, second)->declared, SILT_DECLARED_LONE);
}

static void skopeo_dir_of_an_index(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a,b");
	kit_json(kit, "manifest.json", kit_text(kit, "{'manifests':[%s]}", kit_descriptor(kit, KIT_MANIFEST, image)));
	assert_int_equal(expect_image(kit, "oci", 0, 1)->declared, SILT_DECLARED_LONE);
}

static void a_manifest_without_any_index_stands_alone(void **state)
{
	struct kit *kit = *state;
	kit_oci_image(kit, "amd64", "a,b");
	assert_int_equal(expect_image(kit, "oci", 0, 1)->declared, SILT_DECLARED_LONE);
}

static void a_bare_filesystem_is_a_rootfs(void **state)
{
	struct kit *kit = *state;
	kit_other(kit, ".dockerenv", "x");
	kit_other(kit, "etc/passwd", "root:x:0:0");
	kit_json(kit, "usr/lib/node_modules/x/manifest.json", "[{'Config':'x'}]");
	kit_json(kit, "var/lib/registry/config.json", "{'rootfs':{'diff_ids':[]}}");
	kit_json(kit, "manifest.json", "{'name':'web app','icons':[]}");
	kit_tar(kit, "srv/backup.tar", "a");
	kit_tar(kit, "backup.tar", "b");
	kit_other(kit, "backup.txt", "c");
	kit_other(kit, "backup.txt", "d");
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_string_equal(images->format, "rootfs");
	assert_int_equal(images->count, 0);
}

static void nothing_at_all_is_a_rootfs(void **state)
{
	struct kit *kit = *state;
	assert_string_equal(kit_resolve(kit)->format, "rootfs");
}

static void several_images_keep_their_order(void **state)
{
	struct kit *kit = *state;
	const char *items = "";
	for (size_t i = 0; i < 5; i++) {
		const char *content = kit_text(kit, "content %zu", i);
		const char *config = kit_config(kit, content);
		kit_tar(kit, kit_text(kit, "%zu/layer.tar", i), content);
		kit_json(kit, kit_text(kit, "%s.json", kit_hex(kit, config)), config);
		items = kit_text(kit, "%s%s{'Config':'%s.json','RepoTags':['app:%zu'],'Layers':['%zu/layer.tar']}",
				 items, i > 0 ? "," : "", kit_hex(kit, config), 9 - i, i);
	}
	kit_json(kit, "manifest.json", kit_text(kit, "[%s]", items));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 5);
	kit_expect_names(&images->images[0], "app:9");
	kit_expect_names(&images->images[4], "app:5");
}

static void equal_images_are_one_with_all_names(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_config(kit, "a");
	kit_tar(kit, "1/layer.tar", "a");
	kit_gzip(kit, "2/layer.tar.gz", "a");
	kit_json(kit, "c.json", config);
	kit_json(kit, "manifest.json",
		 "[{'Config':'c.json','RepoTags':['b:1','a:1'],'Layers':['1/layer.tar']},"
		 "{'Config':'c.json','RepoTags':['a:1','c:1'],'Layers':['2/layer.tar.gz']}]");
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 1);
	kit_expect_names(&images->images[0], "a:1 b:1 c:1");
	assert_true(images->referenced[1]);
}

static void one_manifest_under_two_tags_is_one_image(void **state)
{
	struct kit *kit = *state;
	const char *image = kit_oci_image(kit, "amd64", "a");
	kit_index_json(kit, kit_text(kit,
				     "{'digest':'%s','annotations':{'org.opencontainers.image.ref.name':'two'}},"
				     "{'digest':'%s','annotations':{'org.opencontainers.image.ref.name':'one'}}",
				     image, image));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 1);
	kit_expect_names(&images->images[0], "one two");
}

static void the_platform_of_a_descriptor_helps_out(void **state)
{
	struct kit *kit = *state;
	const char *config = kit_blob_json(kit, "{'rootfs':{'diff_ids':[]}}");
	const char *manifest =
		kit_blob_json(kit, kit_text(kit, "{'config':%s,'layers':[]}", kit_descriptor(kit, KIT_CONFIG, config)));
	kit_index_json(kit,
		       kit_text(kit, "{'digest':'%s','platform':{'os':'linux','architecture':'arm','variant':'v7'}}",
				manifest));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_true(silt_bytes_equal(images->images[0].platform, SILT_LITERAL("linux/arm/v7")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(docker_classic),
		kit_test(docker_classic_shares_a_layer_by_symlink),
		kit_test(docker_25),
		kit_test(containerd_saves_one_platform),
		kit_test(buildkit_oci_of_two_platforms),
		kit_test(podman_docker_archive),
		kit_test(podman_oci_archive),
		kit_test(crane_tarball),
		kit_test(jib_with_lower_case_keys),
		kit_test(bazel_and_nix),
		kit_test(bazel_writes_images_of_nothing),
		kit_test(bazel_oci_has_its_layout_first),
		kit_test(skopeo_dir),
		kit_test(skopeo_dir_of_an_index),
		kit_test(a_manifest_without_any_index_stands_alone),
		kit_test(a_bare_filesystem_is_a_rootfs),
		kit_test(nothing_at_all_is_a_rootfs),
		kit_test(several_images_keep_their_order),
		kit_test(equal_images_are_one_with_all_names),
		kit_test(one_manifest_under_two_tags_is_one_image),
		kit_test(the_platform_of_a_descriptor_helps_out),
	};
	return cmocka_run_group_tests_name("layouts", tests, NULL, NULL);
}
