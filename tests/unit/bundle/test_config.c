/* Image configs, also wrong ones. */
#include "unit/bundle/kit.h"

static struct silt_config read_config(struct kit *kit, const char *text)
{
	struct silt_config config;
	uint32_t member = kit_json(kit, "config.json", text);
	const struct silt_json *document = kit->inventory.members[member].document;
	assert_int_equal(silt_config_read(document, &kit->arena, &config, NULL), SILT_OK);
	return config;
}

static void expect_text(struct silt_bytes text, const char *expected)
{
	assert_true(silt_bytes_equal(text, silt_bytes_text(expected)));
}

static void all_fields_are_read(void **state)
{
	struct silt_config config = read_config(
		*state, "{'created':'2024-01-01T00:00:00Z','architecture':'arm64','os':'linux','variant':'v8',"
			"'author':'me','config':{'User':'app','WorkingDir':'/srv','Env':['A=b','C=d'],"
			"'Entrypoint':['/run','x'],'Cmd':['y'],'Labels':{'k':'v'}},"
			"'rootfs':{'type':'layers','diff_ids':['sha256:1','sha256:2']},"
			"'history':[{'created_by':'a','author':'b','comment':'c','created':'d'},"
			"{'created_by':'e','empty_layer':true},{'created_by':'f'}]}");
	expect_text(config.created, "2024-01-01T00:00:00Z");
	expect_text(config.architecture, "arm64");
	expect_text(config.os, "linux");
	expect_text(config.variant, "v8");
	expect_text(config.author, "me");
	expect_text(config.user, "app");
	expect_text(config.working_dir, "/srv");
	assert_int_equal(config.env_count, 2);
	expect_text(config.env[1], "C=d");
	assert_int_equal(config.entrypoint_count, 2);
	expect_text(config.entrypoint[0], "/run");
	assert_int_equal(config.cmd_count, 1);
	expect_text(config.cmd[0], "y");
	assert_int_equal(config.label_count, 1);
	expect_text(config.labels[0].key, "k");
	expect_text(config.labels[0].value, "v");
	assert_int_equal(config.diff_id_count, 2);
	expect_text(config.diff_ids[1], "sha256:2");
	assert_int_equal(config.history_count, 3);
	assert_int_equal(config.history_layers, 2);
	expect_text(config.history[0].created_by, "a");
	expect_text(config.history[0].author, "b");
	expect_text(config.history[0].comment, "c");
	expect_text(config.history[0].created, "d");
	assert_true(config.history[1].empty_layer);
}

static void absent_and_null_fields_are_empty(void **state)
{
	struct silt_config config =
		read_config(*state, "{'created':null,'config':null,'rootfs':{'diff_ids':null},'history':null}");
	assert_int_equal(config.created.len, 0);
	assert_int_equal(config.user.len, 0);
	assert_int_equal(config.env_count + config.cmd_count + config.label_count + config.diff_id_count, 0);
	assert_int_equal(config.history_count, 0);
}

static void wrong_types_are_empty(void **state)
{
	struct silt_config config = read_config(
		*state, "{'created':7,'os':[],'config':{'User':1,'Env':{'A':'b'},'Entrypoint':3,'Labels':['x']},"
			"'rootfs':{'diff_ids':'x'},'history':{'created_by':'x'}}");
	assert_int_equal(config.created.len + config.os.len + config.user.len, 0);
	assert_int_equal(config.env_count + config.entrypoint_count + config.label_count + config.diff_id_count, 0);
	assert_int_equal(config.history_count, 0);
	config = read_config(*state, "{'config':'x','rootfs':[],'history':['x',null,7]}");
	assert_int_equal(config.env_count, 0);
	assert_int_equal(config.history_count, 3);
	assert_int_equal(config.history_layers, 3);
}

static void elements_of_wrong_type_keep_their_place(void **state)
{
	struct silt_config config = read_config(*state, "{'rootfs':{'diff_ids':[1,null,'sha256:3']}}");
	assert_int_equal(config.diff_id_count, 3);
	assert_int_equal(config.diff_ids[0].len, 0);
	expect_text(config.diff_ids[2], "sha256:3");
}

static void a_lone_string_is_a_command_of_one(void **state)
{
	struct silt_config config = read_config(*state, "{'os':'linux','config':{'Cmd':'/bin/app','Env':'A=b'}}");
	assert_int_equal(config.cmd_count, 1);
	expect_text(config.cmd[0], "/bin/app");
	assert_int_equal(config.env_count, 0);
}

static void empty_layer_as_text_is_not_true(void **state)
{
	struct silt_config config = read_config(*state, "{'os':'linux','history':[{'empty_layer':'true'}]}");
	assert_int_equal(config.history_layers, 1);
}

static void keys_are_those_go_would_take(void **state)
{
	struct silt_config config = read_config(*state, "{'OS':'linux','config':{'user':'app','User':'root','U\xC5\xBF"
							"er':'evil'}}");
	expect_text(config.os, "linux");
	expect_text(config.user, "evil");
}

static void a_layer_has_its_line_of_history(void **state)
{
	struct silt_config config =
		read_config(*state, "{'os':'linux','history':[{'created_by':'a'},{'created_by':'b','empty_layer':true},"
				    "{'created_by':'c'}]}");
	expect_text(silt_config_instruction(&config, 0, 2)->created_by, "a");
	expect_text(silt_config_instruction(&config, 1, 2)->created_by, "c");
	assert_null(silt_config_instruction(&config, 2, 2));
}

static void history_of_another_length_is_not_attributed(void **state)
{
	struct silt_config config = read_config(*state, "{'os':'linux','history':[{'created_by':'a'}]}");
	assert_null(silt_config_instruction(&config, 0, 2));
	struct silt_config none = read_config(*state, "{'os':'linux'}");
	assert_null(silt_config_instruction(&none, 0, 1));
	assert_null(silt_config_instruction(&none, 0, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(all_fields_are_read),
		kit_test(absent_and_null_fields_are_empty),
		kit_test(wrong_types_are_empty),
		kit_test(elements_of_wrong_type_keep_their_place),
		kit_test(a_lone_string_is_a_command_of_one),
		kit_test(empty_layer_as_text_is_not_true),
		kit_test(keys_are_those_go_would_take),
		kit_test(a_layer_has_its_line_of_history),
		kit_test(history_of_another_length_is_not_attributed),
	};
	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
