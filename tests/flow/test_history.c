/* What history writes of an image in memory, and of one path in it. */
#include "listing_kit.h"

static enum silt_status history(struct kit *kit, const char *path, enum silt_listing_format format)
{
	return path ? silt_path_history_write(NULL, kit->result, 0, path, format, kit_sink(kit), &kit->err)
		    : silt_history_write(kit->result, 0, format, kit_sink(kit), &kit->err);
}

static void must_write(struct kit *kit, const char *path)
{
	if (history(kit, path, SILT_LISTING_TEXT) != SILT_OK) {
		fail_msg("%s", kit->err.text);
	}
}

static void each_layer_has_its_instruction_and_its_counts(void **state)
{
	must_write(*state, NULL);
	kit_has(*state,
		"layer from            bytes      added   changed   deleted  created               instruction\n");
	kit_has(*state, "          7         0         0  ");
	kit_has(*state, "          1         1         2  ");
	kit_has(*state, "  COPY first /\n");
	kit_has(*state, "  RUN chmod 600 /etc/motd\n");
	assert_int_equal(history(*state, NULL, SILT_LISTING_JSONL), SILT_OK);
	kit_has(*state, "\"files_added\":1,\"files_changed\":1,\"files_deleted\":2,");
}

static void only_a_day_of_a_calendar_is_a_time(void **state)
{
	must_write(*state, NULL);
	kit_has(*state, "  1960-03-01T00:30:00Z  RUN true\n");
	kit_has(*state, "  -                     /bin/sh -c #(nop)  ENV A=b\n");
	assert_int_equal(history(*state, NULL, SILT_LISTING_JSONL), SILT_OK);
	kit_has(*state, "\"created\":\"1960-02-29T23:30:00-01:00\",");
	kit_has(*state, "\"created\":\"2023-02-29T00:00:00Z\",");
}

static void build_arguments_are_left_out_whether_there_is_a_layer_or_not(void **state)
{
	must_write(*state, NULL);
	kit_has(*state, "  RUN true\n");
	kit_has(*state, "  /bin/sh -c #(nop)  ENV A=b\n");
	kit_has(*state, "  RUN second\n");
	kit_lacks(*state, "TOKEN");
	assert_int_equal(history(*state, NULL, SILT_LISTING_JSONL), SILT_OK);
	kit_has(*state, "\"created_by\":\"RUN true\",");
	kit_has(*state, "\"created_by\":\"/bin/sh -c #(nop)  ENV A=b\",");
	kit_has(*state, "\"created_by\":\"RUN second\",");
	kit_lacks(*state, "TOKEN");
}

#define AT "0:0           "
#define TIME " 2020-09-13T12:26:40Z "

static void a_change_of_content_and_one_of_mode_are_told_apart(void **state)
{
	must_write(*state, "/etc/motd");
	kit_expect(*state, "layer 1: added\n"
			   "  -rw-r--r--         " AT " 6" TIME "/etc/motd\n"
			   "  sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\n"
			   "  COPY first /\n"
			   "layer 2: content changed\n"
			   "  -rw-r--r--         " AT "12" TIME "/etc/motd\n"
			   "  sha256:d9a4c6676a62cb3b8ca0b8459ab341837cdba8543316c8574b454ccc24d4c690\n"
			   "  RUN second\n"
			   "layer 3: only mode or owner changed\n"
			   "  -rw-------         " AT "12" TIME "/etc/motd\n"
			   "  sha256:d9a4c6676a62cb3b8ca0b8459ab341837cdba8543316c8574b454ccc24d4c690\n"
			   "  RUN chmod 600 /etc/motd\n");
}

static void what_is_deleted_may_come_back(void **state)
{
	must_write(*state, "etc/./gone");
	kit_has(*state, "layer 1: added\n");
	kit_has(*state, "layer 2: deleted by a mark for /etc/gone\n  RUN second\n");
	kit_has(*state, "layer 3: back again\n");
}

static void what_an_opaque_directory_hides_is_masked(void **state)
{
	must_write(*state, "/opt/old");
	kit_has(*state, "layer 2: masked with all that was in /opt\n");
}

static void links_are_followed_and_other_names_are_told(void **state)
{
	must_write(*state, "/lib/a.so");
	kit_expect(*state, "layer 1: added\n"
			   "  -rw-r--r--         " AT " 0" TIME "/usr/lib/a.so\n"
			   "  sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
			   "  COPY first /\n");
	must_write(*state, "/bin/su");
	kit_has(*state, "layer 1: another name of it\n");
	kit_has(*state, "/bin/su2 is /bin/su");
	must_write(*state, "/bin/su2");
	kit_has(*state, "another name of it\n  -rwsr-xr-x         " AT " 2" TIME "/bin/su (layer 1, visible)\n");
}

static void json_has_an_event_in_each_line(void **state)
{
	assert_int_equal(history(*state, "/etc/gone", SILT_LISTING_JSONL), SILT_OK);
	kit_has(*state, "{\"event\":\"added\",\"by_layer\":1,\"instruction\":\"COPY first /\",\"path\":\"etc/gone\",");
	kit_has(*state, "\n{\"event\":\"deleted\",\"by_layer\":2,");
	kit_has(*state, "\n{\"event\":\"back-again\",\"by_layer\":3,");
}

static void a_path_that_never_was_is_told(void **state)
{
	struct kit *kit = *state;
	kit_fails(kit, history(kit, "/no\033pe", SILT_LISTING_TEXT), SILT_ERR_USAGE,
		  "/no\\x1bpe in the image, and no layer");
	kit->err = (struct silt_error){0};
	kit_fails(kit, history(kit, "/etc", SILT_LISTING_CSV), SILT_ERR_USAGE, "format for a history");
	kit->err = (struct silt_error){0};
	kit_fails(kit, history(kit, NULL, SILT_LISTING_CSV), SILT_ERR_USAGE, "format for a history");
}

static void the_root_has_a_history(void **state)
{
	must_write(*state, "/");
	kit_has(*state, "layer 1: added\n  d---------");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(each_layer_has_its_instruction_and_its_counts),
		kit_test(only_a_day_of_a_calendar_is_a_time),
		kit_test(build_arguments_are_left_out_whether_there_is_a_layer_or_not),
		kit_test(a_change_of_content_and_one_of_mode_are_told_apart),
		kit_test(what_is_deleted_may_come_back),
		kit_test(what_an_opaque_directory_hides_is_masked),
		kit_test(links_are_followed_and_other_names_are_told),
		kit_test(json_has_an_event_in_each_line),
		kit_test(a_path_that_never_was_is_told),
		kit_test(the_root_has_a_history),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
