/* Squashed images, and the secrets that survive squashing or come back by it. */
#include "audit/squash.h"

#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct silt_rule rule = {
	.id = "github-pat", .title = "token", .remedy = "revoke it", .severity = SILT_SEVERITY_CRITICAL};

/* docker build --squash of COPY and rm, on a base of one line. */
static const char squashed[] = "{\"rootfs\":{},\"history\":[{\"created_by\":\"ADD file:1 in /\"},"
			       "{\"created_by\":\"/bin/sh -c #(nop) COPY file:2 in /app/key\",\"empty_layer\":true},"
			       "{\"created_by\":\"/bin/sh -c rm -f /app/key\",\"empty_layer\":true},"
			       "{\"comment\":\"merge sha256:12 to sha256:34\"}]}";

static void a_file_that_was_removed_and_is_there_is_marked(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "ADD file:1 in /");
	struct silt_record *top = stage_record(stage, stage_layer(stage, ""));
	uint32_t key = stage_entry(top, SILT_ENTRY_FILE, "app/key", 0600);
	stage_hit(top, SILT_HIT_BODY, key, &rule, "value");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG, squashed, true);
	stage_run(stage, silt_check_secrets);
	const struct silt_sighting *sighting = &stage_only(stage)->sightings[0];
	assert_true(sighting->resurrected);
	assert_string_equal(sighting->hidden_by, "history line 3: RUN rm -f /app/key");
	assert_int_equal(sighting->fate, SILT_FATE_VISIBLE);
	assert_string_equal(sighting->note, "");
}

static void what_a_squash_leaves_alone_says_so(void **state)
{
	struct stage *stage = *state;
	struct silt_record *low = stage_record(stage, stage_layer(stage, "ADD file:1 in /"));
	stage_layer(stage, "");
	stage_hit(low, SILT_HIT_BODY, stage_entry(low, SILT_ENTRY_FILE, "etc/key", 0600), &rule, "in the base");
	struct silt_record *config = stage_document(stage, "c", SILT_DOCUMENT_CONFIG, squashed, true);
	stage_field_hit(config, "history[1].created_by", 0, &rule, "in the history");
	stage_field_hit(config, "config.Env[0]", 0, &rule, "in Env");
	struct silt_record *stray = stage_stray(stage, "blobs/sha256/1");
	stage_hit(stray, SILT_HIT_BODY, stage_entry(stray, SILT_ENTRY_FILE, "key", 0600), &rule, "beside it");
	stage_run(stage, silt_check_secrets);
	static const char *const notes[] = {
		"survived the squash (docker build --squash): the layers below are kept",
		"survived the squash (docker build --squash): the text of the history is kept",
		"survived the squash (docker build --squash): the config is kept",
		"survived the squash (docker build --squash): what lies beside the image is kept",
	};
	assert_int_equal(stage->found_count, SILT_COUNT(notes));
	for (size_t i = 0; i < SILT_COUNT(notes); i++) {
		bool said = false;
		for (size_t k = 0; k < stage->found_count; k++) {
			said = said || strstr(stage->found[k].sightings[0].note, notes[i]) != NULL;
		}
		if (!said) {
			fail_msg("nobody says: %s", notes[i]);
		}
	}
}

static void without_a_squash_nothing_is_said(void **state)
{
	struct stage *stage = *state;
	struct silt_record *low = stage_record(stage, stage_layer(stage, "ADD file:1 in /"));
	stage_hit(low, SILT_HIT_BODY, stage_entry(low, SILT_ENTRY_FILE, "etc/key", 0600), &rule, "value");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG,
		       "{\"rootfs\":{},\"history\":[{\"created_by\":\"ADD file:1 in /\"},"
		       "{\"created_by\":\"/bin/sh -c rm -f /etc/other\",\"empty_layer\":true}]}",
		       true);
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->sightings[0].note, "");
	assert_false(stage->found[0].sightings[0].resurrected);
}

/* A removal whose whiteout a later layer took back is none: the file is newer. */
static void a_file_that_came_back_in_a_later_layer_is_not_marked(void **state)
{
	struct stage *stage = *state;
	struct silt_record *low = stage_record(stage, stage_layer(stage, "COPY key /key"));
	stage_entry(low, SILT_ENTRY_FILE, "key", 0600);
	stage_entry(stage_record(stage, stage_layer(stage, "RUN rm /key")), SILT_ENTRY_FILE, ".wh.key", 0);
	struct silt_record *top = stage_record(stage, stage_layer(stage, "COPY key /key"));
	stage_hit(top, SILT_HIT_BODY, stage_entry(top, SILT_ENTRY_FILE, "key", 0600), &rule, "value");
	stage_document(stage, "c", SILT_DOCUMENT_CONFIG,
		       "{\"rootfs\":{},\"history\":[{\"created_by\":\"COPY key /key # buildkit\"},"
		       "{\"created_by\":\"RUN /bin/sh -c rm /key # buildkit\"},"
		       "{\"created_by\":\"COPY key /key # buildkit\"}]}",
		       true);
	stage_run(stage, silt_check_secrets);
	assert_false(stage_only(stage)->sightings[0].resurrected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_that_was_removed_and_is_there_is_marked, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(what_a_squash_leaves_alone_says_so, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(without_a_squash_nothing_is_said, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_came_back_in_a_later_layer_is_not_marked, stage_setup,
						stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
