/* What is said of an image as a whole, on hand-written records. */
#include "audit/posture.h"
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const struct silt_posture *made;
static size_t told;

/* The posture instead of findings. */
static enum silt_status make(const struct silt_context *context, struct silt_findings *findings, struct silt_error *err)
{
	static const struct silt_sighting here = {.image = 0}, elsewhere = {.image = 1}, nowhere = {.image = SIZE_MAX};
	static const struct silt_finding list[] = {
		{.rule = "a-token", .severity = SILT_SEVERITY_HIGH, .sightings = &here, .sighting_count = 1},
		{.rule = "a-token", .severity = SILT_SEVERITY_LOW, .sightings = &here, .sighting_count = 1},
		{.rule = "a-token", .severity = SILT_SEVERITY_CRITICAL, .sightings = &elsewhere, .sighting_count = 1},
		{.rule = "fs-device-node", .severity = SILT_SEVERITY_INFO, .sightings = &nowhere, .sighting_count = 1},
	};
	(void)findings;
	return silt_posture_make(context, 0, NULL, list, told, &made, err);
}

static const struct silt_posture *posture_of(struct stage *stage)
{
	stage_run(stage, make);
	return made;
}

static uint32_t add(struct silt_record *record, enum silt_entry_type type, const char *path, unsigned mode,
		    uint32_t uid)
{
	uint32_t entry = stage_entry(record, type, path, mode);
	record->entries[entry].uid = record->entries[entry].gid = uid;
	return entry;
}

static uint32_t add_file(struct silt_record *record, const char *path, unsigned mode, uint32_t uid)
{
	return add(record, SILT_ENTRY_FILE, path, mode, uid);
}

static void add_program(struct silt_record *record, const char *path, unsigned mode, enum silt_program_kind kind)
{
	uint32_t entry = add_file(record, path, mode, 0);
	record->entries[entry].program = (uint8_t)kind;
}

static void add_folder(struct silt_record *record, const char *path, unsigned mode, uint32_t uid)
{
	add(record, SILT_ENTRY_DIRECTORY, path, mode, uid);
}

static void add_config(struct stage *stage, const char *json)
{
	stage_document(stage, "config.json", SILT_DOCUMENT_CONFIG, json, true);
}

static void assert_texts(const struct silt_texts *texts, const char *const *want)
{
	size_t count = 0;
	assert_true(texts->known);
	for (; want[count]; count++) {
		assert_true(count < texts->count);
		assert_string_equal(texts->items[count], want[count]);
	}
	assert_int_equal(texts->count, count);
	assert_int_equal(texts->total, count);
}

#define assert_list(texts, ...) assert_texts(texts, (const char *const[]){__VA_ARGS__, NULL})

/* ---- Size ---------------------------------------------------------------------------------------------------------- */

static void sizes_are_those_of_the_final_tree_and_the_rest_is_wasted(void **state)
{
	struct stage *stage = *state;
	struct silt_record *low = stage_record(stage, stage_layer(stage, ""));
	struct silt_record *high = stage_record(stage, stage_layer(stage, ""));
	add_program(low, "bin/a", 0755, SILT_PROGRAM_DYNAMIC);
	stage_link(low, SILT_ENTRY_HARDLINK, "bin/b", "bin/a");
	add_file(low, "gone", 0644, 0);
	add_program(low, "replaced", 0755, SILT_PROGRAM_STATIC);
	add_file(high, ".wh.gone", 0644, 0);
	add_program(high, "replaced", 0644, SILT_PROGRAM_STATIC);
	add_program(high, "run", 0755, SILT_PROGRAM_SCRIPT);
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	stage->audited.base = (struct silt_base_part){.known = true, .layers = 1};
	const struct silt_posture_size *size = &posture_of(stage)->size;
	assert_int_equal(size->files, 3);
	assert_int_equal(size->bytes, 300);
	assert_int_equal(size->own_files, 2);
	assert_int_equal(size->own_bytes, 200);
	assert_int_equal(size->wasted_bytes, 200);
	assert_int_equal(size->executables, 1);
	assert_int_equal(size->static_executables, 0);
	assert_int_equal(size->scripts, 1);
	assert_int_equal(size->packages, 0);
}

static void with_an_absent_layer_nothing_is_known_of_sizes(void **state)
{
	struct stage *stage = *state;
	add_file(stage_record(stage, stage_layer(stage, "")), "a", 0644, 0);
	stage_layer(stage, "");
	stage->layers[1] = NULL;
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	const struct silt_posture *posture = posture_of(stage);
	assert_true(posture->size.files == SILT_UNKNOWN);
	assert_true(posture->size.packages == SILT_UNKNOWN);
	assert_true(posture->user.largest_uid == SILT_UNKNOWN);
	assert_int_equal(posture->user.fits_userns, SILT_ANSWER_UNKNOWN);
	assert_int_equal(posture->rights.no_new_privileges, SILT_ANSWER_UNKNOWN);
	assert_false(posture->writable_known);
}

/* ---- User ---------------------------------------------------------------------------------------------------------- */

static void a_name_is_looked_up_in_the_image(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_capture(record, add_file(record, "etc/passwd", 0644, 0), "root:x:0:0::/:/bin/sh\napp:x:1000:2000::/:\n");
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"User\": \"app\"}}");
	const struct silt_posture_user *user = &posture_of(stage)->user;
	assert_string_equal(user->name, "app");
	assert_int_equal(user->uid, 1000);
	assert_int_equal(user->gid, 2000);
	assert_int_equal(user->root, SILT_ANSWER_NO);
}

static void a_name_that_is_nowhere_is_not_known(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"User\": \"app\"}}");
	const struct silt_posture_user *user = &posture_of(stage)->user;
	assert_true(user->uid == SILT_UNKNOWN);
	assert_int_equal(user->root, SILT_ANSWER_UNKNOWN);
}

static void owners_beyond_65535_do_not_fit_a_user_namespace(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_file(record, "a", 0644, 65535);
	uint32_t entry = add_file(record, "b", 0644, 0);
	record->entries[entry].gid = 65536;
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	const struct silt_posture_user *user = &posture_of(stage)->user;
	assert_int_equal(user->largest_uid, 65535);
	assert_int_equal(user->largest_gid, 65536);
	assert_int_equal(user->fits_userns, SILT_ANSWER_NO);
	assert_string_equal(user->name, "");
	assert_int_equal(user->root, SILT_ANSWER_YES);
}

/* ---- Rights -------------------------------------------------------------------------------------------------------- */

static void programs_with_rights_of_their_files_lose_by_no_new_privileges(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_file(record, "bin/su", 04755, 0);
	add_file(record, "bin/wall", 02755, 0);
	add_file(record, "bin/locked", 04700, 0);                      /* not for the user */
	add_file(record, "bin/odd", 02745, 0);                         /* no x for the group */
	add_program(record, "bin/script", 04755, SILT_PROGRAM_SCRIPT); /* ignored by Linux */
	stage_capability(record, add_file(record, "bin/ping", 0755, 0), SILT_LITERAL("any value"));
	add_folder(record, "secret", 0700, 0);
	add_file(record, "secret/su", 04755, 0); /* out of reach */
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"User\": \"1000\"}}");
	const struct silt_posture_rights *rights = &posture_of(stage)->rights;
	assert_int_equal(rights->no_new_privileges, SILT_ANSWER_NO);
	assert_list(&rights->losers, "/bin/ping", "/bin/su", "/bin/wall");
}

static void root_loses_nothing_but_capabilities_and_other_users(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_file(record, "bin/su", 04755, 0);
	add_file(record, "bin/wall", 02755, 0);
	add_file(record, "bin/at", 04755, 1);
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	assert_list(&posture_of(stage)->rights.losers, "/bin/at");
}

static void shells_and_interpreters_are_listed_by_one_name_each(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_file(record, "bin/bash", 0755, 0);
	stage_link(record, SILT_ENTRY_SYMLINK, "bin/sh", "bash");
	add_file(record, "etc/sh", 0644, 0);
	add_program(record, "opt/odd", 0755, SILT_PROGRAM_STATIC);
	stage_link(record, SILT_ENTRY_SYMLINK, "opt/zsh", "/opt/odd");
	add_program(record, "usr/bin/perl", 0755, SILT_PROGRAM_DYNAMIC);
	add_program(record, "usr/bin/python3", 0755, SILT_PROGRAM_SCRIPT);
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	const struct silt_posture *posture = posture_of(stage);
	assert_int_equal(posture->rights.shell_free, SILT_ANSWER_NO);
	assert_list(&posture->rights.shells, "/bin/bash", "/opt/zsh", "/usr/bin/perl");
}

static void a_program_of_many_names_is_listed_by_that_of_a_shell(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	uint32_t busybox = add_file(record, "bin/[", 0755, 0);
	stage_program(record, busybox, SILT_PROGRAM_STATIC, "")->shell = "busybox";
	stage_link(record, SILT_ENTRY_HARDLINK, "bin/awk", "bin/[");
	stage_link(record, SILT_ENTRY_HARDLINK, "bin/busybox", "bin/[");
	stage_link(record, SILT_ENTRY_HARDLINK, "bin/sh", "bin/[");
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	assert_list(&posture_of(stage)->rights.shells, "/bin/busybox");
}

static void one_static_program_is_shell_free(void **state)
{
	struct stage *stage = *state;
	add_program(stage_record(stage, stage_layer(stage, "")), "server", 0755, SILT_PROGRAM_STATIC);
	add_config(stage, "{\"rootfs\": {}, \"history\": [{\"created_by\": \"COPY server / # buildkit\"}]}");
	const struct silt_posture *posture = posture_of(stage);
	assert_int_equal(posture->rights.shell_free, SILT_ANSWER_YES);
	assert_int_equal(posture->rights.no_new_privileges, SILT_ANSWER_YES);
	assert_string_equal(posture->builder, "BuildKit");
}

/* ---- Writable directories ------------------------------------------------------------------------------------------ */

static void assert_writable(const struct silt_posture *posture, size_t at, const char *path, uint64_t files)
{
	assert_true(at < posture->writable_count);
	assert_string_equal(posture->writable[at].path, path);
	assert_int_equal(posture->writable[at].files, files);
}

static void only_the_topmost_writable_directory_counts(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_folder(record, "app", 0755, 1000);
	add_folder(record, "app/cache", 0755, 1000);
	add_file(record, "app/a", 0644, 1000);
	add_file(record, "app/cache/b", 0644, 1000);
	add_folder(record, "appendix", 0755, 0);
	add_folder(record, "data", 0755, 1000);
	add_folder(record, "dev/shm", 01777, 0);
	add_folder(record, "hidden", 0700, 0);
	add_folder(record, "hidden/own", 0755, 1000);
	add_folder(record, "tmp", 01777, 0);
	add_folder(record, "with:colon", 0755, 1000);
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"User\": \"1000\", \"Volumes\": {\"/data/\": {}}}}");
	const struct silt_posture *posture = posture_of(stage);
	assert_true(posture->writable_known);
	assert_int_equal(posture->writable_count, 4);
	assert_writable(posture, 0, "/app", 2);
	assert_writable(posture, 1, "/data", 0);
	assert_true(posture->writable[1].volume);
	assert_writable(posture, 2, "/tmp", 0);
	assert_true(posture->writable[2].mountable && !posture->writable[2].volume);
	assert_int_equal(posture->writable[2].mode, 01777);
	assert_writable(posture, 3, "/with:colon", 0);
	assert_false(posture->writable[3].mountable);
}

static void groups_of_the_user_count(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	stage_capture(record, add_file(record, "etc/passwd", 0644, 0), "app:x:1000:1000::/:\n");
	stage_capture(record, add_file(record, "etc/group", 0644, 0), "app:x:1000:\nspool:x:7:x,app\nmail:x:8:x\n");
	add_folder(record, "mail", 0775, 8);
	add_folder(record, "spool", 0775, 7);
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"User\": \"app\"}}");
	const struct silt_posture *posture = posture_of(stage);
	assert_int_equal(posture->writable_count, 1);
	assert_writable(posture, 0, "/spool", 0);
}

static void of_root_those_count_that_are_given_to_others(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_folder(record, "etc", 0755, 0);
	add_folder(record, "srv/db", 0700, 999);
	add_folder(record, "srv/db/wal", 0700, 999);
	add_folder(record, "usr/sbin", 0755, 1);
	add_folder(record, "var/cache/apt/archives/partial", 0700, 42);
	add_folder(record, "var/mail", 02775, 8);
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	const struct silt_posture *posture = posture_of(stage);
	assert_int_equal(posture->writable_count, 1);
	assert_writable(posture, 0, "/srv/db", 0);
	assert_int_equal(posture->writable[0].uid, 999);
	assert_int_equal(posture->writable[0].directories, 1);
}

/* ---- Start --------------------------------------------------------------------------------------------------------- */

static void the_chain_tells_init_and_capabilities(void **state)
{
	/* vfs_cap_data: revision 2, effective; permitted cap_net_bind_service (bit 10), in words of 32 bits. */
	static const uint8_t capability[20] = {1, 0, 0, 2, 0, 4};
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	add_file(record, "sbin/tini", 0755, 0);
	stage_capability(record, add_file(record, "app/server", 0755, 0), silt_bytes(capability, sizeof(capability)));
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"User\": \"1000\","
			  " \"Entrypoint\": [\"/sbin/tini\", \"--\"], \"Cmd\": [\"/app/server\"]}}");
	const struct silt_posture_start *start = &posture_of(stage)->start;
	assert_list(&start->chain, "/sbin/tini", "/app/server");
	assert_string_equal(start->init, "/sbin/tini");
	assert_string_equal(start->drops, "");
	assert_string_equal(start->privileged, "/app/server");
	assert_list(&start->capabilities, "NET_BIND_SERVICE");
}

static void nothing_started_is_none_and_no_config_is_not_known(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	const struct silt_posture *posture = posture_of(stage);
	assert_true(posture->start.chain.known);
	assert_int_equal(posture->start.chain.total, 0);
	assert_string_equal(posture->start.init, "");
	assert_true(posture->ports.known && posture->ports.total == 0);
}

static void of_a_bare_rootfs_config_is_not_known(void **state)
{
	struct stage *stage = *state;
	stage_entry(stage->outer, SILT_ENTRY_FILE, "bin/a", 0755);
	stage_run_bare(stage, make);
	assert_null(made->start.init);
	assert_null(made->user.name);
	assert_false(made->ports.known);
	assert_int_equal(made->health, SILT_HEALTH_UNKNOWN);
	assert_int_equal(made->user.root, SILT_ANSWER_UNKNOWN);
	assert_int_equal(made->size.files, 1);
}

/* ---- Config and lists ---------------------------------------------------------------------------------------------- */

static enum silt_health health_of(struct stage *stage, unsigned declared, const char *json)
{
	stage_begin(stage);
	stage_layer(stage, "");
	stage->image.declared = declared;
	add_config(stage, json);
	enum silt_health health = posture_of(stage)->health;
	stage_end(stage);
	return health;
}

static void a_health_check_is_there_off_absent_or_impossible(void **state)
{
	(void)state;
	static struct stage stage;
	const char *without = "{\"rootfs\": {}, \"config\": {}}";
	const char *off = "{\"rootfs\": {}, \"config\": {\"Healthcheck\": {\"Test\": [\"NONE\"]}}}";
	const char *with = "{\"rootfs\": {}, \"config\": {\"Healthcheck\": {\"Test\": [\"CMD\", \"/ok\"]}}}";
	assert_int_equal(health_of(&stage, SILT_DECLARED_ARCHIVE, without), SILT_HEALTH_NONE);
	assert_int_equal(health_of(&stage, SILT_DECLARED_INDEX, without), SILT_HEALTH_NOT_REPRESENTABLE);
	assert_int_equal(health_of(&stage, SILT_DECLARED_INDEX, with), SILT_HEALTH_PRESENT);
	assert_int_equal(health_of(&stage, SILT_DECLARED_ARCHIVE, off), SILT_HEALTH_OFF);
}

static void logs_lock_files_and_own_authorities_are_listed(void **state)
{
	struct stage *stage = *state;
	struct silt_record *base = stage_record(stage, stage_layer(stage, ""));
	struct silt_record *own = stage_record(stage, stage_layer(stage, ""));
	add_file(base, "usr/local/share/ca-certificates/base.crt", 0644, 0);
	stage_link(base, SILT_ENTRY_SYMLINK, "dev/log", "/dev/stdout");
	add_file(own, "usr/local/share/ca-certificates/own.crt", 0644, 0);
	add_file(own, "app/package-lock.json", 0644, 0);
	add_file(own, "app/node_modules/x/yarn.lock", 0644, 0);
	stage_link(own, SILT_ENTRY_SYMLINK, "var/log/app.log", "/dev/stdout");
	stage_link(own, SILT_ENTRY_SYMLINK, "var/log/other.log", "/var/log/app.log");
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"ExposedPorts\": {\"80/tcp\": {}}}}");
	stage->audited.base = (struct silt_base_part){.known = true, .layers = 1};
	const struct silt_posture *posture = posture_of(stage);
	assert_list(&posture->certificates, "/usr/local/share/ca-certificates/own.crt");
	assert_list(&posture->lock_files, "/app/package-lock.json");
	assert_list(&posture->logs, "/var/log/app.log");
	assert_list(&posture->ports, "80/tcp");
}

static void long_lists_are_cut_and_counted(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, ""));
	for (int i = 0; i < SILT_POSTURE_LIST_MAX + 3; i++) {
		char path[32];
		snprintf(path, sizeof(path), "bin/%03d", i);
		add_file(record, path, 04755, 0);
	}
	add_config(stage, "{\"rootfs\": {}, \"config\": {\"User\": \"1\"}}");
	const struct silt_texts *losers = &posture_of(stage)->rights.losers;
	assert_int_equal(losers->count, SILT_POSTURE_LIST_MAX);
	assert_int_equal(losers->total, SILT_POSTURE_LIST_MAX + 3);
	assert_string_equal(losers->items[0], "/bin/000");
}

/* ---- Identity and score -------------------------------------------------------------------------------------------- */

#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define OTHER "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void what_refers_to_the_image_counts(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	assert_true(silt_digest_parse(SILT_LITERAL("sha256:" HEX), &stage->image.manifest_digest));
	stage_document(stage, "index.json", SILT_DOCUMENT_INDEX,
		       "{\"manifests\": ["
		       "{\"annotations\": {\"vnd.docker.reference.type\": \"attestation-manifest\","
		       " \"vnd.docker.reference.digest\": \"sha256:" HEX "\"}},"
		       "{\"annotations\": {\"vnd.docker.reference.type\": \"attestation-manifest\","
		       " \"vnd.docker.reference.digest\": \"sha256:" OTHER "\"}},"
		       "{\"annotations\": {\"org.opencontainers.image.ref.name\": \"reg.test/app:sha256-" HEX
		       ".sig\"}},"
		       "{\"annotations\": {\"org.opencontainers.image.ref.name\": \"sha256-" OTHER ".sig\"}}]}",
		       false);
	stage_document(stage, "blobs/a", SILT_DOCUMENT_MANIFEST,
		       "{\"artifactType\": \"application/vnd.cncf.notary.signature\","
		       " \"subject\": {\"digest\": \"sha256:" HEX "\"}}",
		       false);
	stage_document(stage, "blobs/b", SILT_DOCUMENT_MANIFEST,
		       "{\"artifactType\": \"application/spdx+json\", \"subject\": {\"digest\": \"sha256:" HEX "\"}}",
		       false);
	const struct silt_posture *posture = posture_of(stage);
	assert_int_equal(posture->attestations, 1);
	assert_int_equal(posture->signatures, 2);
}

static void the_score_has_the_findings_of_this_image_and_of_the_bundle(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	told = 4;
	const struct silt_posture_score *score = posture_of(stage)->score;
	told = 0;
	assert_int_equal(score[SILT_CHECKS_SECRET].findings, 2);
	assert_int_equal(score[SILT_CHECKS_SECRET].worst, SILT_SEVERITY_HIGH);
	assert_int_equal(score[SILT_CHECKS_FILESYSTEM].findings, 1);
	assert_int_equal(score[SILT_CHECKS_USER].findings, 0);
	assert_false(score[SILT_CHECKS_USER].unasked);
}

static enum silt_status make_with_choice(const struct silt_context *context, struct silt_findings *findings,
					 struct silt_error *err)
{
	static const char *const only[] = {"user-*", "a-token"}, *const skip[] = {"user-root"};
	static const struct silt_options options = {.only = only, .only_count = 2, .skip = skip, .skip_count = 1};
	struct silt_context asked = *context;
	asked.options = &options;
	return make(&asked, findings, err);
}

static void a_family_that_nobody_asked_for_is_not_clean(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "");
	add_config(stage, "{\"rootfs\": {}, \"config\": {}}");
	stage_run(stage, make_with_choice);
	assert_false(made->score[SILT_CHECKS_USER].unasked);
	assert_false(made->score[SILT_CHECKS_SECRET].unasked);
	assert_true(made->score[SILT_CHECKS_CONFIG].unasked);
}

#define stage_test(name) cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		stage_test(sizes_are_those_of_the_final_tree_and_the_rest_is_wasted),
		stage_test(with_an_absent_layer_nothing_is_known_of_sizes),
		stage_test(a_name_is_looked_up_in_the_image),
		stage_test(a_name_that_is_nowhere_is_not_known),
		stage_test(owners_beyond_65535_do_not_fit_a_user_namespace),
		stage_test(programs_with_rights_of_their_files_lose_by_no_new_privileges),
		stage_test(root_loses_nothing_but_capabilities_and_other_users),
		stage_test(shells_and_interpreters_are_listed_by_one_name_each),
		stage_test(a_program_of_many_names_is_listed_by_that_of_a_shell),
		stage_test(one_static_program_is_shell_free),
		stage_test(only_the_topmost_writable_directory_counts),
		stage_test(groups_of_the_user_count),
		stage_test(of_root_those_count_that_are_given_to_others),
		stage_test(the_chain_tells_init_and_capabilities),
		stage_test(nothing_started_is_none_and_no_config_is_not_known),
		stage_test(of_a_bare_rootfs_config_is_not_known),
		cmocka_unit_test(a_health_check_is_there_off_absent_or_impossible),
		stage_test(logs_lock_files_and_own_authorities_are_listed),
		stage_test(long_lists_are_cut_and_counted),
		stage_test(what_refers_to_the_image_counts),
		stage_test(the_score_has_the_findings_of_this_image_and_of_the_bundle),
		stage_test(a_family_that_nobody_asked_for_is_not_clean),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
