/* What images start. */
#include "stage.h"

#include "audit/entrypoint.h"
#include "base/attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct silt_entry_chain chain;

static enum silt_status keep_chain(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err)
{
	(void)findings;
	return silt_entry_chain(context, 0, &chain, err);
}

static void run(struct stage *stage, const char *config)
{
	char json[1024];
	snprintf(json, sizeof(json), "{\"config\":%s}", config);
	stage_document(stage, "config.json", SILT_DOCUMENT_CONFIG, json, true);
	stage_run(stage, keep_chain);
}

static void add_program(struct silt_record *record, const char *path, unsigned mode, enum silt_program_kind kind,
			const char *interpreter)
{
	uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, path, mode);
	size_t size = (record->program_count + 1) * sizeof(*record->programs);
	record->programs = realloc(record->programs, size);
	assert_non_null(record->programs);
	record->entries[entry].program = (uint8_t)kind;
	record->programs[record->program_count++] =
		(struct silt_program){.entry = entry, .kind = kind, .interpreter = silt_bytes_text(interpreter)};
}

/* "env>bash>app" of the links; '!' before what cannot be run, '?' before what is guessed. */
static void assert_chain(const char *expected)
{
	char text[1024] = "";
	size_t len = 0;
	for (size_t i = 0; i < chain.count; i++) {
		const struct silt_entry_link *link = &chain.links[i];
		struct silt_bytes name = link->found ? link->path : link->written;
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s%s%.*s", i > 0 ? ">" : "",
					link->certain ? "" : "?", link->executable ? "" : "!", (int)name.len,
					(const char *)name.ptr);
	}
	assert_string_equal(text, expected);
}

static void a_name_is_looked_up_in_path(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/app", 0644);
	stage_entry(record, SILT_ENTRY_FILE, "opt/app", 0755);
	run(stage, "{\"Cmd\":[\"app\"],\"Env\":[\"PATH=/usr/bin:/opt\"]}");
	assert_chain("opt/app");
}

static void without_path_there_is_that_of_docker(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "usr/local/bin/app", 0644);
	run(stage, "{\"Cmd\":[\"app\"]}");
	assert_chain("!usr/local/bin/app");
	assert_true(chain.links[0].found);
}

static void a_relative_path_is_below_the_working_directory(void **state)
{
	struct stage *stage = *state;
	stage_entry(stage_record(stage, stage_layer(stage, "")), SILT_ENTRY_FILE, "srv/bin/app", 0755);
	run(stage, "{\"Entrypoint\":[\"./bin/app\"],\"WorkingDir\":\"/srv\"}");
	assert_chain("srv/bin/app");
}

static void links_are_followed_and_loaders_belong_to_programs(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_program(record, "opt/app-1/app", 0755, SILT_PROGRAM_DYNAMIC, "/lib/ld-musl-x86_64.so.1");
	stage_link(record, SILT_ENTRY_SYMLINK, "app", "/opt/app-1/app");
	run(stage, "{\"Entrypoint\":[\"/app\"]}");
	assert_chain("opt/app-1/app>!/lib/ld-musl-x86_64.so.1");
	assert_int_equal(chain.links[1].start, SILT_START_LOADER);
	assert_int_equal(chain.links[1].starter, 0);
}

static void starters_are_looked_through(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "sbin/tini", 0755);
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/env", 0755);
	stage_entry(record, SILT_ENTRY_FILE, "usr/sbin/gosu", 0755);
	run(stage, "{\"Entrypoint\":[\"/sbin/tini\",\"-g\",\"-e\",\"143\",\"--\",\"env\",\"-u\",\"X\",\"A=b\"],"
		   "\"Cmd\":[\"gosu\",\"app:app\",\"server\",\"--env\"]}");
	assert_chain("sbin/tini>usr/bin/env>usr/sbin/gosu>!server");
	assert_true(chain.links[0].init);
	assert_false(chain.links[1].replaces);
	assert_true(chain.links[2].replaces);
}

static void a_script_has_an_interpreter_and_may_run_its_arguments(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_program(record, "docker-entrypoint.sh", 0755, SILT_PROGRAM_SCRIPT, "/usr/bin/env bash");
	stage_entry(record, SILT_ENTRY_FILE, "usr/bin/env", 0755);
	stage_entry(record, SILT_ENTRY_FILE, "bin/bash", 0755);
	run(stage, "{\"Entrypoint\":[\"/docker-entrypoint.sh\"],\"Cmd\":[\"postgres\",\"-D\",\"/data\"]}");
	assert_chain("docker-entrypoint.sh>usr/bin/env>bin/bash>?!postgres");
}

static void a_shell_reads_scripts_that_nobody_may_execute(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_program(record, "srv/start.sh", 0644, SILT_PROGRAM_SCRIPT, "/no/such/shell");
	stage_entry(record, SILT_ENTRY_FILE, "bin/sh", 0755);
	run(stage, "{\"Cmd\":[\"/bin/sh\",\"-e\",\"start.sh\"],\"WorkingDir\":\"/srv\"}");
	assert_chain("bin/sh>srv/start.sh");
	assert_int_equal(chain.links[1].start, SILT_START_READ);
}

static void the_command_of_a_shell_is_a_link(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_FILE, "bin/sh", 0755);
	stage_entry(record, SILT_ENTRY_FILE, "bin/app", 0755);
	run(stage, "{\"Cmd\":[\"/bin/sh\",\"-ec\",\"exec app --port 80\"]}");
	assert_chain("bin/sh>bin/app");
	assert_int_equal(chain.links[1].start, SILT_START_COMMAND);
	assert_true(chain.links[1].replaces);
}

static void command_strings_are_read_like_a_shell_does(void **state)
{
	static const struct {
		const char *command, *chain;
	} cases[] = {
		{"cd /srv && A=b app", "bin/sh>bin/app"},
		{"'app' -x; exec other", "bin/sh>?!other"},
		{"test -f x || app", "bin/sh>?bin/app"},
		{"nice -n 5 app", "bin/sh>!nice>bin/app"},
		{"exec -a name timeout -s INT 5s app", "bin/sh>!timeout>bin/app"},
		{"exec >log 2>&1; app", "bin/sh>bin/app"},
		{"busybox app", "bin/sh>!busybox>?bin/app"},
		{"\\\"$APP\\\" run", "bin/sh"},
		{"echo started; wait", "bin/sh"},
		{"if app; then other; fi", "bin/sh>bin/app"},
		{"", "bin/sh"},
	};
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct stage stage;
		stage_begin(&stage);
		struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
		stage_entry(record, SILT_ENTRY_FILE, "bin/sh", 0755);
		stage_entry(record, SILT_ENTRY_FILE, "bin/app", 0755);
		char config[256];
		snprintf(config, sizeof(config), "{\"Cmd\":[\"/bin/sh\",\"-o\",\"pipefail\",\"-ec\",\"%s\"]}",
			 cases[i].command);
		run(&stage, config);
		assert_chain(cases[i].chain);
		stage_end(&stage);
	}
}

static void an_account_of_too_many_groups_is_not_judged(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	char groups[65 * 16] = "";
	for (size_t i = 0; i < 65; i++) {
		snprintf(groups + strlen(groups), 16, "g%zu:x:%zu:app\n", i, 100 + i);
	}
	stage_entry(record, SILT_ENTRY_FILE, "run", 0700);
	stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/passwd", 0644), "app:x:1000:1000::/:\n");
	stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/group", 0644), groups);
	run(stage, "{\"Cmd\":[\"/run\"],\"User\":\"app\"}");
	assert_chain("run");
}

static void modes_are_judged_for_the_user(void **state)
{
	static const struct {
		const char *user, *chain;
	} cases[] = {
		{"", "app/run"},    {"app", "app/run"},       {"1000", "app/run"},         {"1001", "!app/run"},
		{"0:5", "app/run"}, {"1001:2000", "app/run"}, {"1001:workers", "app/run"}, {"nobody-knows", "app/run"},
		{"2", "app/run"},   {"app:3", "!app/run"},
	};
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		struct stage stage;
		stage_begin(&stage);
		struct silt_record *record = stage_record(&stage, stage_layer(&stage, ""));
		uint32_t run_entry = stage_entry(record, SILT_ENTRY_FILE, "app/run", 0710);
		record->entries[run_entry].gid = 2000;
		stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/passwd", 0644),
			      "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:\nlate:x:2:2000::/:\n");
		stage_capture(record, stage_entry(record, SILT_ENTRY_FILE, "etc/group", 0644),
			      "workers:x:2000:other,app\n");
		char config[128];
		snprintf(config, sizeof(config), "{\"Cmd\":[\"/app/run\"],\"User\":\"%s\"}", cases[i].user);
		run(&stage, config);
		assert_chain(cases[i].chain);
		stage_end(&stage);
	}
}

static void a_directory_that_the_user_may_not_enter_is_in_the_way(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_entry(record, SILT_ENTRY_DIRECTORY, "root", 0700);
	stage_entry(record, SILT_ENTRY_FILE, "root/app", 0755);
	run(stage, "{\"Cmd\":[\"/root/app\"],\"User\":\"1000\"}");
	assert_chain("!root/app");
}

static void a_script_that_executes_itself_ends(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_program(record, "loop", 0755, SILT_PROGRAM_SCRIPT, "/loop");
	run(stage, "{\"Cmd\":[\"/loop\"]}");
	assert_int_equal(chain.count, SILT_ENTRY_LINKS_MAX);
}

static void nothing_is_started(void **state)
{
	static const char *const configs[] = {
		"{}",
		"{\"Cmd\":[]}",
		"{\"Entrypoint\":null,\"Cmd\":null}",
	};
	(void)state;
	for (size_t i = 0; i < SILT_COUNT(configs); i++) {
		struct stage stage;
		stage_begin(&stage);
		stage_layer(&stage, "");
		run(&stage, configs[i]);
		assert_int_equal(chain.count, 0);
		stage_end(&stage);
	}
}

static void an_empty_word_is_not_found(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	run(stage, "{\"Entrypoint\":[\"\"],\"Cmd\":[\"\",\"\"]}");
	assert_chain("!");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_name_is_looked_up_in_path, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(without_path_there_is_that_of_docker, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_relative_path_is_below_the_working_directory, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(links_are_followed_and_loaders_belong_to_programs, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(starters_are_looked_through, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_script_has_an_interpreter_and_may_run_its_arguments, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_shell_reads_scripts_that_nobody_may_execute, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(the_command_of_a_shell_is_a_link, stage_setup, stage_teardown),
		cmocka_unit_test(command_strings_are_read_like_a_shell_does),
		cmocka_unit_test_setup_teardown(an_account_of_too_many_groups_is_not_judged, stage_setup,
						stage_teardown),
		cmocka_unit_test(modes_are_judged_for_the_user),
		cmocka_unit_test_setup_teardown(a_directory_that_the_user_may_not_enter_is_in_the_way, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_script_that_executes_itself_ends, stage_setup, stage_teardown),
		cmocka_unit_test(nothing_is_started),
		cmocka_unit_test_setup_teardown(an_empty_word_is_not_found, stage_setup, stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
