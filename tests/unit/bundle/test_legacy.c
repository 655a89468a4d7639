/* Images of docker before 1.10. */
#include "base/limits.h"
#include "unit/bundle/kit.h"

/* A layer whose ID is 64 times a digit. */
static const char *id_of(struct kit *kit, char digit)
{
	char id[65] = "";
	memset(id, digit, 64);
	return kit_text(kit, "%s", id);
}

static uint32_t layer(struct kit *kit, char digit, char parent, const char *more)
{
	const char *id = id_of(kit, digit);
	const char *link = parent ? kit_text(kit, ",'parent':'%s'", id_of(kit, parent)) : "";
	kit_other(kit, kit_text(kit, "%s/VERSION", id), "1.0");
	kit_json(kit, kit_text(kit, "%s/json", id),
		 kit_text(kit, "{'id':'%s'%s,'container_config':{'Cmd':['/bin/sh','-c','step %c'],'User':'builder'}%s}",
			  id, link, digit, more));
	return kit_tar(kit, kit_text(kit, "%s/layer.tar", id), kit_text(kit, "content %c", digit));
}

static void parents_make_the_chain(void **state)
{
	struct kit *kit = *state;
	uint32_t top =
		layer(kit, 'c', 'b', ",'os':'linux','architecture':'amd64','config':{'User':'app','Env':['A=b']}");
	uint32_t base = layer(kit, 'a', 0, "");
	uint32_t middle = layer(kit, 'b', 'a', "");
	kit_json(kit, "repositories", kit_text(kit, "{'app':{'1':'%s','2':'%s'}}", id_of(kit, 'c'), id_of(kit, 'c')));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_string_equal(images->format, "docker-legacy");
	assert_int_equal(images->count, 1);
	const struct silt_declared_image *image = &images->images[0];
	assert_int_equal(image->declared, SILT_DECLARED_LEGACY);
	kit_expect_names(image, "app:1 app:2");
	assert_int_equal(image->layer_count, 3);
	assert_int_equal(image->layers[0].member, base);
	assert_int_equal(image->layers[1].member, middle);
	assert_int_equal(image->layers[2].member, top);
	assert_true(silt_bytes_equal(image->config.user, SILT_LITERAL("app")));
	assert_int_equal(image->config.env_count, 1);
	assert_true(silt_bytes_equal(image->platform, SILT_LITERAL("linux/amd64")));
	const struct silt_history *history = silt_config_instruction(&image->config, 1, 3);
	assert_true(silt_bytes_equal(history->created_by, SILT_LITERAL("/bin/sh -c step b")));
	for (size_t i = 0; i < kit->inventory.count; i++) {
		assert_int_equal(images->referenced[i], kit->inventory.members[i].kind != SILT_MEMBER_OTHER);
	}
}

static void without_repositories_the_childless_layers_are_images(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'a', 0, "");
	layer(kit, 'b', 'a', "");
	layer(kit, 'c', 'a', "");
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 2);
	assert_int_equal(images->images[0].layer_count, 2);
	assert_int_equal(images->images[0].name_count, 0);
}

static void an_untagged_image_beside_a_tagged_one_is_kept(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'a', 0, "");
	layer(kit, 'b', 'a', "");
	kit_json(kit, "repositories", kit_text(kit, "{'base':{'1':'%s'}}", id_of(kit, 'a')));
	const struct silt_images *images = kit_resolve(kit);
	kit_expect_no_issue(kit);
	assert_int_equal(images->count, 2);
	kit_expect_names(&images->images[0], "base:1");
}

static void without_config_that_of_the_build_container_is_used(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'a', 0, "");
	assert_true(silt_bytes_equal(kit_resolve(kit)->images[0].config.user, SILT_LITERAL("builder")));
}

static void a_missing_parent_is_told(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'b', 'a', "");
	assert_int_equal(kit_resolve(kit)->images[0].layer_count, 1);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_tag_that_leads_nowhere_is_told(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'a', 0, "");
	kit_json(kit, "repositories", kit_text(kit, "{'app':{'1':'%s'}}", id_of(kit, 'f')));
	assert_int_equal(kit_resolve(kit)->count, 1);
	kit_expect(kit, "integrity-missing-blob", SILT_SEVERITY_HIGH, true);
}

static void a_circle_of_parents_ends(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'a', 'b', "");
	layer(kit, 'b', 'a', "");
	layer(kit, 'c', 'a', "");
	assert_int_equal(kit_resolve(kit)->images[0].layer_count, 3);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void a_circle_without_an_end_is_told(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'a', 'a', "");
	const struct silt_images *images = kit_resolve(kit);
	assert_int_equal(images->count, 0);
	assert_true(kit_issue(kit, "integrity-not-inspectable")->incomplete);
}

static void a_chain_without_end_is_a_limit(void **state)
{
	struct kit *kit = *state;
	for (unsigned i = 0; i <= SILT_LAYERS_MAX; i++) {
		kit_json(kit, kit_text(kit, "%u/json", i),
			 kit_text(kit, "{'id':'%u','parent':'%s','config':{}}", i,
				  i > 0 ? kit_text(kit, "%u", i - 1) : ""));
		kit_tar(kit, kit_text(kit, "%u/layer.tar", i), kit_text(kit, "%u", i));
	}
	assert_int_equal(kit_resolve(kit)->images[0].layer_count, SILT_LAYERS_MAX);
	kit_expect(kit, "integrity-not-inspectable", SILT_SEVERITY_HIGH, true);
}

static void two_documents_of_one_id_are_told(void **state)
{
	struct kit *kit = *state;
	layer(kit, 'a', 0, "");
	kit_json(kit, "x/json", kit_text(kit, "{'id':'%s','config':{}}", id_of(kit, 'a')));
	kit_tar(kit, "x/layer.tar", "evil");
	kit_resolve(kit);
	kit_expect(kit, "integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false);
}

static void wrong_types_are_survived(void **state)
{
	struct kit *kit = *state;
	kit_json(kit, "a/json", "{'id':'a','parent':7,'container_config':{'Cmd':'x'},'config':'y'}");
	kit_tar(kit, "a/layer.tar", "a");
	kit_json(kit, "repositories", "{'app':7,'b':['x'],'c':{'d':7}}");
	assert_int_equal(kit_resolve(kit)->count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(parents_make_the_chain),
		kit_test(without_repositories_the_childless_layers_are_images),
		kit_test(an_untagged_image_beside_a_tagged_one_is_kept),
		kit_test(without_config_that_of_the_build_container_is_used),
		kit_test(a_missing_parent_is_told),
		kit_test(a_tag_that_leads_nowhere_is_told),
		kit_test(a_circle_of_parents_ends),
		kit_test(a_circle_without_an_end_is_told),
		kit_test(a_chain_without_end_is_a_limit),
		kit_test(two_documents_of_one_id_are_told),
		kit_test(wrong_types_are_survived),
	};
	return cmocka_run_group_tests_name("legacy", tests, NULL, NULL);
}
