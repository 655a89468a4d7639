/* How to run an image, by its posture alone. */
#include "fake.h"

#include "base/attributes.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

static bool add_to_buffer(void *ctx, const void *bytes, size_t size)
{
	struct silt_buffer *out = ctx;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

static enum silt_status write_args(const struct silt_result *result, enum silt_format format, struct silt_buffer *out)
{
	struct silt_error err = {0};
	struct silt_sink sink = {.write = add_to_buffer, .ctx = out};
	return silt_run_args_write(result, 0, format, sink, &err);
}

static char *args_of(const struct silt_posture *posture)
{
	struct silt_image image = fake_clean.images[0];
	struct silt_buffer out = {0};
	image.posture = posture;
	const struct silt_result result = {.name = "x", .images = &image, .image_count = 1};
	assert_int_equal(write_args(&result, SILT_FORMAT_TEXT, &out), SILT_OK);
	return (char *)out.ptr;
}

/* A copy to be changed. */
static struct silt_posture usual(void)
{
	return *fake_clean.images[0].posture;
}

/* Takes `text`. Both lists are NULL-terminated. */
static void assert_args(char *text, const char *const *there, const char *const *not_there)
{
	for (; *there; there++) {
		if (!strstr(text, *there)) {
			fail_msg("not there: %s\nin: %s", *there, text);
		}
	}
	for (; *not_there; not_there++) {
		if (strstr(text, *not_there)) {
			fail_msg("there: %s\nin: %s", *not_there, text);
		}
	}
	free(text);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NOTHING ((const char *const[]){NULL})

/* The lines of the command alone. */
static char *command_of(const struct silt_posture *posture)
{
	char *text = args_of(posture);
	char *start = strstr(text, "docker run \\\n"), *end = strstr(text, "\n\n# Kubernetes");
	assert_non_null(start);
	assert_non_null(end);
	char *command = strndup(start, (size_t)(end - start));
	free(text);
	assert_non_null(command);
	return command;
}

static void the_command_has_what_the_image_can_bear(void **state)
{
	(void)state;
	struct silt_posture posture = usual();
	char *command = command_of(&posture);
	assert_string_equal(
		command,
		"docker run \\\n"
		"  --user 10001 \\\n"
		"  --read-only \\\n"
		"  --tmpfs /tmp:rw,noexec,nosuid,nodev,size=64m,mode=1777 \\\n"
		"  --tmpfs '/var/it'\\''s cache:rw,noexec,nosuid,nodev,size=64m,uid=10001,gid=10001,mode=0750' \\\n"
		"  --cap-drop ALL \\\n"
		"  --cap-add NET_BIND_SERVICE \\\n"
		"  --security-opt no-new-privileges=true \\\n"
		"  --init \\\n"
		"  example/app:1.4");
	free(command);
}

static void directories_with_files_and_volumes_are_left_to_choose(void **state)
{
	(void)state;
	struct silt_posture posture = usual();
	assert_args(args_of(&posture),
		    LIST("#   --volume app:/app             only if it writes there: it holds 12 files",
			 "#   --volume data:/data           a VOLUME of the image", "mountPath: \"/data\"",
			 "#   --publish 127.0.0.1:80:80/tcp"),
		    LIST("/var/odd:name", "8000-8010"));
}

static void a_layout_of_directories_is_not_hidden(void **state)
{
	(void)state;
	const struct silt_posture_writable writable[] = {
		{.path = "/opt/app", .uid = 1001, .mode = 0775, .directories = 2, .mountable = true},
		{.path = "/tmp", .mode = 01777, .directories = 1, .mountable = true},
	};
	struct silt_posture posture = usual();
	posture.writable = writable;
	posture.writable_count = 2;
	assert_args(args_of(&posture),
		    LIST("#   --volume app:/opt/app         only if it writes there: it holds 2 directories, which",
			 "  --tmpfs /tmp:rw,"),
		    LIST("--tmpfs /opt/app"));
}

static void every_option_has_its_reason(void **state)
{
	(void)state;
	struct silt_posture posture = usual();
	assert_args(args_of(&posture),
		    LIST("#   --user 10001                  the user of the image (app) by number",
			 "#   --tmpfs /tmp                  everybody may write there",
			 "/usr/bin/mount and 1 more lose the rights of their files", "a port below 1024 is exposed",
			 "#   --memory 512m "),
		    NOTHING);
}

static void the_pod_has_the_same(void **state)
{
	(void)state;
	struct silt_posture posture = usual();
	assert_args(args_of(&posture),
		    LIST("        runAsNonRoot: true\n        runAsUser: 10001\n        runAsGroup: 10001\n",
			 "        readOnlyRootFilesystem: true\n", "        allowPrivilegeEscalation: false\n",
			 "          drop: [\"ALL\"]\n          add:\n", "            - \"NET_BIND_SERVICE\"\n",
			 "{name: net.ipv4.ip_unprivileged_port_start, value: \"0\"}",
			 "          mountPath: \"/var/it's cache\"\n", "      image: \"example/app:1.4\"\n",
			 "give it a livenessProbe"),
		    LIST("# runAsNonRoot"));
}

static void root_is_offered_what_it_may_try(void **state)
{
	(void)state;
	struct silt_posture posture = usual();
	posture.user = (struct silt_posture_user){.name = "", .root = SILT_ANSWER_YES};
	posture.writable_count = 0;
	assert_args(args_of(&posture),
		    LIST("#   --user 10001:10001            the image runs as root, and does not say that it has to",
			 "  --tmpfs /tmp:rw,noexec,nosuid,nodev,size=64m,mode=1777 \\\n",
			 "  --tmpfs /run:rw,noexec,nosuid,nodev,size=64m,mode=0755 \\\n",
			 "        # runAsNonRoot: true\n"),
		    LIST("  --user 0", "        runAsNonRoot: true", "ip_unprivileged_port_start, value"));
}

static void a_script_that_drops_root_gets_what_it_takes_to_do_so(void **state)
{
	(void)state;
	struct silt_posture posture = usual();
	posture.user = (struct silt_posture_user){.name = "root", .root = SILT_ANSWER_YES};
	posture.start.drops = "gosu";
	posture.start.drops_at = "/entrypoint.sh, line 12";
	assert_args(args_of(&posture),
		    LIST("  --cap-add SETUID \\\n", "  --cap-add SETGID \\\n", "  --cap-add CHOWN \\\n",
			 "gosu becomes another user (/entrypoint.sh, line 12)"),
		    NOTHING);
	posture.user.root = SILT_ANSWER_NO; /* nobody but root can */
	assert_args(args_of(&posture), LIST("--cap-drop ALL"), LIST("--cap-add SETUID"));
}

static void what_starts_by_rights_of_its_file_keeps_them(void **state)
{
	(void)state;
	static const char *const capabilities[] = {"NET_ADMIN", "NET_BIND_SERVICE"};
	struct silt_posture posture = usual();
	posture.start.privileged = "/app/server";
	posture.start.capabilities = (struct silt_texts){.items = capabilities, .count = 2, .total = 2, .known = true};
	assert_args(args_of(&posture),
		    LIST("  --cap-add NET_ADMIN \\\n  --cap-add NET_BIND_SERVICE \\\n",
			 "allowPrivilegeEscalation: true",
			 "/app/server is started and gets rights by its file, which this would take"),
		    LIST("  --security-opt no-new-privileges=true \\\n"));
}

static void a_name_that_is_no_reference_gives_way_to_the_digest(void **state)
{
	(void)state;
	static const char *const names[] = {"--privileged", "$(reboot)", "a b"};
	struct silt_image image = fake_clean.images[0];
	image.names = names;
	image.name_count = SILT_COUNT(names);
	struct silt_buffer out = {0};
	const struct silt_result result = {.name = "x", .images = &image, .image_count = 1};
	assert_int_equal(write_args(&result, SILT_FORMAT_TEXT, &out), SILT_OK);
	assert_non_null(strstr(silt_buffer_text(&out), "\\\n  sha256:0b0b"));
	assert_null(strstr(silt_buffer_text(&out), "reboot"));
	silt_buffer_done(&out);
}

static void a_rootfs_without_a_config_is_refused(void **state)
{
	(void)state;
	struct silt_buffer out = {0};
	assert_int_equal(write_args(&fake_hostile, SILT_FORMAT_TEXT, &out), SILT_ERR_INPUT);
	assert_int_equal(out.len, 0);
	silt_buffer_done(&out);
}

static void json_has_the_words_of_the_command(void **state)
{
	(void)state;
	struct silt_buffer out = {0};
	struct silt_json *json = NULL;
	assert_int_equal(write_args(&fake_clean, SILT_FORMAT_JSON, &out), SILT_OK);
	assert_int_equal(silt_json_parse(silt_buffer_bytes(&out), &json, NULL), SILT_OK);
	const struct silt_json_value *root = silt_json_root(json);
	const struct silt_json_value *command = silt_json_get(root, "command");
	size_t count = silt_json_count(command);
	assert_true(count > 4);
	assert_true(silt_bytes_equal(silt_json_string(silt_json_at(command, 2)), SILT_LITERAL("--user")));
	assert_true(
		silt_bytes_equal(silt_json_string(silt_json_at(command, count - 1)), SILT_LITERAL("example/app:1.4")));
	assert_true(silt_json_true(silt_json_get(root, "complete")));
	uint64_t uid = 0;
	assert_true(silt_json_unsigned(silt_json_get(silt_json_get(root, "securityContext"), "runAsUser"), &uid));
	assert_int_equal(uid, 10001);
	silt_json_free(json);
	silt_buffer_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_command_has_what_the_image_can_bear),
		cmocka_unit_test(directories_with_files_and_volumes_are_left_to_choose),
		cmocka_unit_test(a_layout_of_directories_is_not_hidden),
		cmocka_unit_test(every_option_has_its_reason),
		cmocka_unit_test(the_pod_has_the_same),
		cmocka_unit_test(root_is_offered_what_it_may_try),
		cmocka_unit_test(a_script_that_drops_root_gets_what_it_takes_to_do_so),
		cmocka_unit_test(what_starts_by_rights_of_its_file_keeps_them),
		cmocka_unit_test(a_name_that_is_no_reference_gives_way_to_the_digest),
		cmocka_unit_test(a_rootfs_without_a_config_is_refused),
		cmocka_unit_test(json_has_the_words_of_the_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
