/* What ls and hash write of an image in memory. */
#include "listing_kit.h"

static enum silt_status list(struct kit *kit, struct silt_list_options options)
{
	return silt_list_write(kit->result, 0, &options, kit_sink(kit), &kit->err);
}

static void must_list(struct kit *kit, struct silt_list_options options)
{
	if (list(kit, options) != SILT_OK) {
		fail_msg("%s", kit->err.text);
	}
}

static void children_are_listed_in_order_and_escaped(void **state)
{
	must_list(*state, (struct silt_list_options){0});
	kit_expect(*state, "/-\n/a\\n\\x1b[1mb\n/bin\n/etc\n/lib -> usr/lib\n/opt\n/usr\n");
	must_list(*state, (struct silt_list_options){.path = "/etc"});
	kit_expect(*state, "/etc/gone\n/etc/motd\n");
	must_list(*state, (struct silt_list_options){.path = "/opt", .recursive = true});
	kit_expect(*state, "/opt/new\n");
}

static void links_are_followed_inside_of_the_image(void **state)
{
	must_list(*state, (struct silt_list_options){.path = "/lib"});
	kit_expect(*state, "/usr/lib/a.so\n");
	must_list(*state, (struct silt_list_options){.path = "../lib/a.so"});
	kit_expect(*state, "/usr/lib/a.so\n");
	must_list(*state, (struct silt_list_options){.path = "/lib", .details = true});
	kit_expect(*state, "lrwxrwxrwx         0:0            0 2020-09-13T12:26:40Z /lib -> usr/lib\n");
}

static void details_are_those_of_the_final_tree(void **state)
{
	must_list(*state, (struct silt_list_options){.path = "/etc/motd", .details = true});
	kit_expect(*state, "-rw-------         0:0           12 2020-09-13T12:26:40Z /etc/motd\n");
	must_list(*state, (struct silt_list_options){.path = "/bin/su2", .details = true});
	kit_has(*state, "            2 2020-09-13T12:26:40Z /bin/su2\n");
	must_list(*state, (struct silt_list_options){.path = "/", .details = true});
	kit_has(*state, "d---------           -            - "
			"                   - /usr\n");
}

static void a_pattern_fits_paths(void **state)
{
	must_list(*state, (struct silt_list_options){.path = "/**/*o*"});
	kit_expect(*state, "/etc/gone\n/etc/motd\n/opt\n/usr/lib/a.so\n");
	kit_fails(*state, list(*state, (struct silt_list_options){.path = "/srv/*", .view = SILT_LIST_ALL}),
		  SILT_ERR_USAGE, "no name fits");
	((struct kit *)*state)->err = (struct silt_error){0};
	kit_fails(*state, list(*state, (struct silt_list_options){.path = "/srv/*"}), SILT_ERR_USAGE,
		  "no name fits 'srv/*'");
	kit_fails(*state, list(*state, (struct silt_list_options){.path = "x?", .format = SILT_LISTING_TREE}),
		  SILT_ERR_USAGE, "no name fits 'x?'");
	must_list(*state, (struct silt_list_options){.path = "/opt/*", .type = "symlink"});
	kit_expect(*state, "");
}

static void setuid_and_types_choose(void **state)
{
	must_list(*state, (struct silt_list_options){.recursive = true, .setuid = true});
	kit_has(*state, "/bin/su\n");
	kit_lacks(*state, "motd");
	must_list(*state, (struct silt_list_options){.recursive = true, .type = "symlink"});
	kit_expect(*state, "/lib -> usr/lib\n");
}

static void deleted_entries_say_who_deleted_them(void **state)
{
	must_list(*state, (struct silt_list_options){.view = SILT_LIST_DELETED});
	kit_expect(*state, "/etc/gone (layer 1, deleted by layer 2)\n/opt/old (layer 1, masked by layer 2)\n");
}

static void a_layer_is_listed_with_what_it_did(void **state)
{
	must_list(*state, (struct silt_list_options){.view = SILT_LIST_LAYER, .layer = 1});
	kit_expect(*state, "  /etc (layer 2, visible)\n"
			   "C /etc/motd (layer 2, overwritten by layer 3)\n"
			   "D /etc/gone (layer 2, a mark that deletes it)\n"
			   "D /opt (layer 2, a mark that deletes all that was in it)\n"
			   "A /opt/new (layer 2, visible)\n");
	must_list(*state, (struct silt_list_options){.view = SILT_LIST_LAYER, .layer = 2, .path = "etc/gone"});
	kit_expect(*state, "A /etc/gone (layer 3, visible)\n");
}

static void every_version_is_listed(void **state)
{
	must_list(*state, (struct silt_list_options){.view = SILT_LIST_ALL, .path = "/etc/motd"});
	kit_expect(*state, "/etc/motd (layer 1, overwritten by layer 2)\n"
			   "/etc/motd (layer 2, overwritten by layer 3)\n"
			   "/etc/motd (layer 3, visible)\n");
}

static void a_tree_has_folders_and_indented_what_is_in_them(void **state)
{
	must_list(*state, (struct silt_list_options){.format = SILT_LISTING_TREE});
	kit_expect(*state, "/\n    -\n    a\\n\\x1b[1mb\n    bin/\n        su\n        su2\n    etc/\n        gone\n"
			   "        motd\n    lib -> usr/lib\n    opt/\n        new\n    usr/\n        lib/\n"
			   "            a.so\n");
	must_list(*state, (struct silt_list_options){.format = SILT_LISTING_TREE, .path = "lib/"});
	kit_expect(*state, "/\n    usr/\n        lib/\n            a.so\n");
	must_list(*state, (struct silt_list_options){.format = SILT_LISTING_TREE, .view = SILT_LIST_LAYER, .layer = 1});
	kit_expect(*state, "  /\n      etc/\nD         gone\nC         motd\nD     opt/ (all that was in it)\n"
			   "A         new\n");
	kit_fails(*state, list(*state, (struct silt_list_options){.format = SILT_LISTING_TREE, .view = SILT_LIST_ALL}),
		  SILT_ERR_USAGE, "format to list");
}

static void what_is_not_there_is_told(void **state)
{
	struct kit *kit = *state;
	kit_fails(kit, list(kit, (struct silt_list_options){.path = "/nope"}), SILT_ERR_USAGE, "no layer ever had it");
	kit_fails(kit, list(kit, (struct silt_list_options){.path = "/opt/old"}), SILT_ERR_USAGE,
		  "layer 1 has it, and layer 2 hides it");
	kit_fails(kit, list(kit, (struct silt_list_options){.view = SILT_LIST_LAYER, .layer = 3}), SILT_ERR_USAGE,
		  "no such image, layer");
	kit_fails(kit, list(kit, (struct silt_list_options){.path = "\033x"}), SILT_ERR_USAGE, "\\x1bx");
}

static void json_has_all_facts_and_the_raw_bytes(void **state)
{
	must_list(*state, (struct silt_list_options){.format = SILT_LISTING_JSONL, .path = "/a\n\033[1mb"});
	kit_has(*state, "\"path_base64\":\"YQobWzFtYg==\"");
	kit_has(*state, "\"layer\":3");
	must_list(*state,
		  (struct silt_list_options){.format = SILT_LISTING_JSONL, .path = "/opt/old", .view = SILT_LIST_ALL});
	kit_has(*state, "\"fate\":\"masked\",\"hidden_by\":2}\n");
	kit_has(*state, "\"sha256\":\"cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4\"");
}

static void names_are_raw_and_end_with_a_nul(void **state)
{
	struct kit *kit = *state;
	must_list(kit, (struct silt_list_options){.format = SILT_LISTING_NAMES, .path = "/a\n\033[1mb"});
	assert_int_equal(kit->text.len, sizeof("/a\n\033[1mb"));
	assert_memory_equal(kit->text.ptr, "/a\n\033[1mb", kit->text.len);
}

static void a_layer_is_found_by_number_and_digest(void **state)
{
	struct kit *kit = *state;
	size_t layer = 9;
	char start[32] = {0};
	assert_int_equal(silt_list_find_layer(kit->image, "2", &layer, &kit->err), SILT_OK);
	assert_int_equal(layer, 1);
	memcpy(start, kit->image->layers[2].diff_id, 7 + 12);
	assert_int_equal(silt_list_find_layer(kit->image, start, &layer, &kit->err), SILT_OK);
	assert_int_equal(layer, 2);
	assert_int_equal(silt_list_find_layer(kit->image, start + 7, &layer, &kit->err), SILT_OK);
	for (const char *const *wrong = (const char *const[]){"0", "4", "x", "", "sha256:", "99999999999", NULL};
	     *wrong; wrong++) {
		kit->err = (struct silt_error){0};
		kit_fails(kit, silt_list_find_layer(kit->image, *wrong, &layer, &kit->err), SILT_ERR_USAGE,
			  "from 1 to 3");
	}
}

static void must_hash(struct kit *kit, const struct silt_hash_options *options)
{
	if (silt_hash_write(kit->result, 0, options, kit_sink(kit), &kit->err) != SILT_OK) {
		fail_msg("%s", kit->err.text);
	}
}

static void digests_are_written_as_sha256sum_does(void **state)
{
	struct kit *kit = *state;
	struct silt_hash_options options = {0};
	must_hash(kit, &options);
	kit_has(kit, "  ./-\n\\");
	kit_has(kit, "  a\\n\033[1mb\n");
	kit_has(kit, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  usr/lib/a.so\n");
	kit_has(kit, "  bin/su2\n");
	kit_lacks(kit, "opt/old");
	options = (struct silt_hash_options){.all = true, .escaped = true};
	must_hash(kit, &options);
	kit_has(kit, "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4  layer-001/opt/old\n");
	kit_has(kit, "  layer-003/a\\n\\x1b[1mb\n");
	kit_lacks(kit, ".wh.");
}

static bool refuse(void *ctx, const void *bytes, size_t size)
{
	(void)ctx;
	(void)bytes;
	(void)size;
	return false;
}

static void a_sink_that_refuses_is_an_io_error(void **state)
{
	struct kit *kit = *state;
	const struct silt_sink sink = {refuse, NULL};
	const struct silt_list_options options = {0};
	const struct silt_hash_options hash = {0};
	assert_int_equal(silt_list_write(kit->result, 0, &options, sink, &kit->err), SILT_ERR_IO);
	assert_int_equal(silt_hash_write(kit->result, 0, &hash, sink, &kit->err), SILT_ERR_IO);
	assert_int_equal(silt_hash_write(kit->result, 1, &hash, sink, &kit->err), SILT_ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		kit_test(children_are_listed_in_order_and_escaped),
		kit_test(links_are_followed_inside_of_the_image),
		kit_test(details_are_those_of_the_final_tree),
		kit_test(a_pattern_fits_paths),
		kit_test(setuid_and_types_choose),
		kit_test(deleted_entries_say_who_deleted_them),
		kit_test(a_layer_is_listed_with_what_it_did),
		kit_test(every_version_is_listed),
		kit_test(a_tree_has_folders_and_indented_what_is_in_them),
		kit_test(what_is_not_there_is_told),
		kit_test(json_has_all_facts_and_the_raw_bytes),
		kit_test(names_are_raw_and_end_with_a_nul),
		kit_test(a_layer_is_found_by_number_and_digest),
		kit_test(digests_are_written_as_sha256sum_does),
		kit_test(a_sink_that_refuses_is_an_io_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
