/* Secrets: places, fates and merging. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct silt_rule token = {
	.id = "github-pat",
	.title = "GitHub token",
	.remedy = "Revoke it.",
	.severity = SILT_SEVERITY_CRITICAL,
	.confidence = SILT_CONFIDENCE_PROVEN,
};

static const struct silt_rule vague = {
	.id = "generic",
	.title = "Something",
	.remedy = "Look.",
	.severity = SILT_SEVERITY_MEDIUM,
	.confidence = SILT_CONFIDENCE_POSSIBLE,
};

static void a_deleted_file_keeps_its_secret(void **state)
{
	struct stage *stage = *state;
	size_t low = stage_layer(stage, "COPY key /root/key");
	size_t high = stage_layer(stage, "RUN rm /root/key");
	uint32_t key = stage_entry(stage_record(stage, low), SILT_ENTRY_FILE, "root/key", 0600);
	stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, "root/.wh.key", 0);
	stage_hit(stage_record(stage, low), SILT_HIT_BODY, key, &token, "T1");
	stage_run(stage, silt_check_secrets);

	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->rule, "github-pat");
	assert_string_equal(finding->pattern, "github-pat");
	assert_int_equal(finding->severity, SILT_SEVERITY_CRITICAL);
	assert_int_equal(finding->exposure, SILT_FATE_DELETED);
	assert_string_equal(finding->subject, "ghp_... (40 bytes) in /root/key");
	assert_string_equal(finding->detail,
			    "What a later layer deletes or replaces stays in the image: whoever has it "
			    "can read the secret.");
	assert_int_equal(finding->sighting_count, 1);
	const struct silt_sighting *sighting = &finding->sightings[0];
	assert_int_equal(sighting->image, 0);
	assert_int_equal(sighting->layer, 0);
	assert_int_equal(sighting->cause_layer, 1);
	assert_string_equal(sighting->hidden_by, "RUN rm /root/key");
	assert_string_equal(sighting->member, "layer0");
	assert_true(sighting->has_offset);
	assert_int_equal(sighting->offset, 10);
}

static void one_secret_in_many_places_is_one_finding_with_the_worst_exposure(void **state)
{
	struct stage *stage = *state;
	size_t low = stage_layer(stage, "COPY a /a");
	size_t high = stage_layer(stage, "RUN mv /a /b");
	uint32_t a = stage_entry(stage_record(stage, low), SILT_ENTRY_FILE, "a", 0600);
	stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, ".wh.a", 0);
	uint32_t b = stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, "b", 0600);
	stage_hit(stage_record(stage, low), SILT_HIT_BODY, a, &vague, "T1");
	stage_hit(stage_record(stage, low), SILT_HIT_BODY, a, &token, "T2");
	stage_hit(stage_record(stage, high), SILT_HIT_BODY, b, &token, "T1");
	stage_run(stage, silt_check_secrets);

	assert_int_equal(stage->found_count, 2);
	const struct silt_finding *moved = stage->found[0].sighting_count == 2 ? &stage->found[0] : &stage->found[1];
	assert_int_equal(moved->sighting_count, 2);
	assert_int_equal(moved->exposure, SILT_FATE_VISIBLE);
	assert_string_equal(moved->pattern, "github-pat");
	assert_int_equal(moved->severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(moved->subject, "ghp_... (40 bytes) in /b");
	assert_string_equal(moved->detail, "");
}

static void a_place_in_an_archive_and_an_encoding_are_told(void **state)
{
	struct stage *stage = *state;
	size_t layer = stage_layer(stage, "COPY app.war /app.war");
	uint32_t war = stage_entry(stage_record(stage, layer), SILT_ENTRY_FILE, "app.war", 0644);
	struct silt_hit *hit = stage_hit(stage_record(stage, layer), SILT_HIT_BODY, war, &token, "T1");
	hit->inner = SILT_LITERAL("lib/x.jar!/cfg\n");
	hit->via = "base64";
	hit->note = "checksum holds";
	hit->facts = "account 1";
	stage_run(stage, silt_check_secrets);
	const struct silt_finding *finding = stage_only(stage);
	assert_string_equal(finding->sightings[0].place, "/app.war!/lib/x.jar!/cfg\\n");
	assert_string_equal(finding->sightings[0].note, "checksum holds; written in base64");
	assert_string_equal(finding->detail, "account 1.");
}

static void what_has_expired_is_low_and_says_when(void **state)
{
	struct stage *stage = *state;
	size_t layer = stage_layer(stage, "COPY a /a");
	uint32_t a = stage_entry(stage_record(stage, layer), SILT_ENTRY_FILE, "a", 0644);
	stage_hit(stage_record(stage, layer), SILT_HIT_BODY, a, &token, "T1")->expires = 86400;
	stage_hit(stage_record(stage, layer), SILT_HIT_BODY, a, &token, "T2")->expires = 5 * 86400;
	stage->now = 2 * 86400;
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 2);
	assert_int_equal(stage->found[0].severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(stage->found[0].detail, "It is valid until 1970-01-06.");
	assert_int_equal(stage->found[1].severity, SILT_SEVERITY_LOW);
	assert_string_equal(stage->found[1].detail, "It expired on 1970-01-02.");
}

static void without_a_day_of_judgement_nothing_expires(void **state)
{
	struct stage *stage = *state;
	size_t layer = stage_layer(stage, "COPY a /a");
	uint32_t a = stage_entry(stage_record(stage, layer), SILT_ENTRY_FILE, "a", 0644);
	stage_hit(stage_record(stage, layer), SILT_HIT_BODY, a, &token, "T1")->expires = 86400;
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage_only(stage)->severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(stage_only(stage)->detail, "It is valid until 1970-01-02.");
}

static void content_that_another_name_shows_says_so(void **state)
{
	struct stage *stage = *state;
	size_t low = stage_layer(stage, "");
	size_t high = stage_layer(stage, "");
	uint32_t first = stage_entry(stage_record(stage, low), SILT_ENTRY_FILE, "srv/name1", 0600);
	stage_link(stage_record(stage, low), SILT_ENTRY_HARDLINK, "srv/name2", "srv/name1");
	stage_entry(stage_record(stage, high), SILT_ENTRY_FILE, "srv/.wh.name1", 0);
	stage_hit(stage_record(stage, low), SILT_HIT_BODY, first, &token, "T1");
	stage_run(stage, silt_check_secrets);

	const struct silt_finding *finding = stage_only(stage);
	assert_int_equal(finding->exposure, SILT_FATE_VISIBLE);
	assert_string_equal(finding->sightings[0].place, "/srv/name1");
	assert_string_equal(finding->sightings[0].note, "visible as /srv/name2");
}

static void put_hit(struct stage *stage, const char *path, const struct silt_rule *rule, const char *value)
{
	struct silt_record *record = stage_record(stage, 0);
	uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, path, 0600);
	stage_hit(record, SILT_HIT_BODY, entry, rule, value);
}

static void the_place_of_a_file_names_the_finding(void **state)
{
	struct stage *stage = *state;
	static const struct silt_rule netrc = {.id = "netrc-password", .title = "t", .remedy = "r"};
	static const struct silt_rule key = {
		.id = "private-key", .title = "t", .remedy = "r", .severity = SILT_SEVERITY_CRITICAL};
	stage_layer(stage, "COPY . /");
	put_hit(stage, "run/secrets/a/b", &vague, "V1");
	put_hit(stage, "root/.netrc", &netrc, "V2");
	put_hit(stage, "etc/ssh/ssh_host_rsa_key", &key, "V3");
	put_hit(stage, "root/.docker/key.pem", &key, "V4");
	put_hit(stage, "srv/key.pem", &key, "V5");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 5);
	assert_int_equal(stage_found(stage, "secret-mount-leak")->severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(stage_found(stage, "secret-mount-leak")->pattern, "generic");
	assert_string_equal(stage_found(stage, "secret-credential-file")->pattern, "netrc-password");
	assert_int_equal(stage_found(stage, "secret-ssh-host-key")->severity, SILT_SEVERITY_HIGH);
	assert_int_equal(stage_found(stage, "secret-docker-tls-key")->severity, SILT_SEVERITY_CRITICAL);
	assert_string_equal(stage_found(stage, "private-key")->sightings[0].place, "/srv/key.pem");
}

static void a_host_key_that_everybody_has_is_worse(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "COPY . /");
	static const struct silt_rule key = {.id = "private-key", .title = "t", .remedy = "r"};
	put_hit(stage, "etc/ssh/ssh_host_rsa_key", &key, "V1");
	stage_record(stage, 0)->hits[0].note = "publicly known: somebody's";
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage_only(stage)->severity, SILT_SEVERITY_CRITICAL);
}

static void a_file_in_an_archive_has_its_own_place(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "COPY . /");
	static const struct silt_rule key = {.id = "private-key", .title = "t", .remedy = "r"};
	put_hit(stage, "srv/backup.tar", &key, "V1");
	stage_record(stage, 0)->hits[0].inner = SILT_LITERAL("etc/ssh/ssh_host_rsa_key");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->rule, "secret-ssh-host-key");
}

static void what_is_in_a_log_says_so(void **state)
{
	struct stage *stage = *state;
	static const struct {
		const char *path, *note;
	} files[] = {
		{"var/log/app/x", "in a log"},
		{"srv/app.log", "in a log"},
		{"root/.bash_history", "in a log (history)"},
		{"tmp/x/y", "in a log (temporary file)"},
		{"root/.cache/pip/x", "in a log (cache)"},
		{"srv/tmp/x", ""},
		{"srv/logger", ""},
	};
	stage_layer(stage, "RUN x");
	for (size_t i = 0; i < SILT_COUNT(files); i++) {
		put_hit(stage, files[i].path, &token, "T1");
	}
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage_only(stage)->sighting_count, SILT_COUNT(files));
	for (size_t i = 0; i < SILT_COUNT(files); i++) {
		const struct silt_sighting *at = &stage->found[0].sightings[i];
		for (size_t j = 0; j < SILT_COUNT(files); j++) {
			if (strcmp(at->place + 1, files[j].path) == 0) {
				assert_string_equal(at->note, files[j].note);
			}
		}
	}
}

static void bytes_outside_files_are_reported(void **state)
{
	struct stage *stage = *state;
	size_t layer = stage_layer(stage, "RUN x");
	stage_hit(stage_record(stage, layer), SILT_HIT_UNCLAIMED, UINT32_MAX, &token, "T1");
	stage_hit(stage_record(stage, layer), SILT_HIT_FRAMING, UINT32_MAX, &token, "T2")->field = "gzip comment";
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 2);
	assert_string_equal(stage->found[0].rule, "github-pat");
	assert_string_equal(stage->found[0].sightings[0].place, "bytes outside any file, at offset 10");
	assert_string_equal(stage->found[1].sightings[0].place, "gzip comment");
	assert_int_equal(stage->found[1].exposure, SILT_FATE_METADATA);
}

static void the_body_of_a_deletion_mark_is_reported(void **state)
{
	struct stage *stage = *state;
	size_t layer = stage_layer(stage, "");
	uint32_t mark = stage_entry(stage_record(stage, layer), SILT_ENTRY_FILE, "etc/.wh.x", 0);
	stage_hit(stage_record(stage, layer), SILT_HIT_BODY, mark, &token, "T1");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage_only(stage)->exposure, SILT_FATE_METADATA);
	assert_string_equal(stage->found[0].sightings[0].place, "/etc/.wh.x");
	assert_string_equal(stage->found[0].sightings[0].note, "a deletion mark, which no runtime shows");
}

static void what_no_image_uses_is_unreferenced(void **state)
{
	struct stage *stage = *state;
	struct silt_record *stray = stage_stray(stage, "old/layer.tar");
	stage_hit(stray, SILT_HIT_BODY, stage_entry(stray, SILT_ENTRY_FILE, "etc/key", 0600), &token, "T1");
	uint32_t member = stage_entry(stage->outer, SILT_ENTRY_FILE, "old/layer.tar", 0600);
	stage_hit(stage->outer, SILT_HIT_BODY, member, &token, "T2");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 2);
	assert_string_equal(stage->found[0].sightings[0].place, "old/layer.tar");
	assert_string_equal(stage->found[1].sightings[0].place, "old/layer.tar: /etc/key");
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(stage->found[i].exposure, SILT_FATE_UNREFERENCED);
		assert_int_equal(stage->found[i].sightings[0].image, SIZE_MAX);
		assert_string_equal(stage->found[i].sightings[0].member, "old/layer.tar");
	}
}

static void a_tar_that_is_named_but_no_layer_is_reported(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_stray(stage, "artifact");
	stage->referenced[0] = true;
	stage_hit(record, SILT_HIT_BODY, stage_entry(record, SILT_ENTRY_FILE, "key", 0600), &token, "T1");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->sightings[0].place, "artifact: /key");
	assert_int_equal(stage->found[0].exposure, SILT_FATE_METADATA);
}

static void a_bare_rootfs_is_an_image_of_one_layer(void **state)
{
	struct stage *stage = *state;
	stage_stray(stage, "srv/backup.tar");
	uint32_t tar = stage_entry(stage->outer, SILT_ENTRY_FILE, "srv/backup.tar", 0600);
	uint32_t key = stage_entry(stage->outer, SILT_ENTRY_FILE, "root/key", 0600);
	assert_int_equal(tar, 0);
	struct silt_record *inner = stage->records[0];
	stage_hit(inner, SILT_HIT_BODY, stage_entry(inner, SILT_ENTRY_FILE, "k", 0600), &token, "T1");
	stage_hit(stage->outer, SILT_HIT_BODY, key, &token, "T2");
	stage_run_bare(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 2);
	assert_string_equal(stage->found[0].sightings[0].place, "/root/key");
	assert_string_equal(stage->found[1].sightings[0].place, "/srv/backup.tar: /k");
	assert_int_equal(stage->found[0].exposure, SILT_FATE_VISIBLE);
	assert_int_equal(stage->found[1].exposure, SILT_FATE_VISIBLE);
}

/* ---- Documents ----------------------------------------------------------------------------------------------------- */

static const char config[] =
	"{\"config\":{\"Env\":[\"PATH=/bin\",\"API_TOKEN=ghp_T1\"],\"Cmd\":[\"x\",\"--token\",\"ghp_T2\"],"
	"\"Labels\":{\"com.example.source\":\"https://ghp_T3@x\",\"maintainer\":\"ghp_T4\",\"ghp_T9\":\"v\"}},"
	"\"container_config\":{\"Cmd\":[\"ghp_T5\"]},"
	"\"history\":[{\"created_by\":\"ENV API_TOKEN=ghp_T1\",\"empty_layer\":true},"
	"{\"created_by\":\"RUN |1 T=ghp_T6 /bin/sh -c curl ghp_T7 # "
	"buildkit\",\"comment\":\"ghp_T8\",\"author\":\"ghp_TA\"}],"
	"\"rootfs\":{\"diff_ids\":[\"sha256:0\"]}}";

static const struct silt_finding *with_place(const struct stage *stage, const char *place)
{
	for (size_t i = 0; i < stage->found_count; i++) {
		for (size_t j = 0; j < stage->found[i].sighting_count; j++) {
			if (strcmp(stage->found[i].sightings[j].place, place) == 0) {
				return &stage->found[i];
			}
		}
	}
	fail_msg("no sighting at %s", place);
	return NULL;
}

static void fields_of_the_config_have_their_own_rules(void **state)
{
	struct stage *stage = *state;
	stage_layer(stage, "RUN curl");
	struct silt_record *record = stage_document(stage, "c.json", SILT_DOCUMENT_CONFIG, config, true);
	stage_field_hit(record, "config.Env[1]", 10, &token, "T1");
	stage_field_hit(record, "history[0].created_by", 14, &token, "T1");
	stage_field_hit(record, "config.Cmd[2]", 0, &token, "T2");
	stage_field_hit(record, "config.Labels[\"com.example.source\"]", 8, &token, "T3-longer-than-the-key");
	stage_field_hit(record, "config.Labels.maintainer", 0, &token, "T4-longer-than-the-key");
	stage_field_hit(record, "container_config.Cmd[0]", 0, &token, "T5");
	stage_field_hit(record, "history[1].created_by", 9, &token, "T6");
	stage_field_hit(record, "history[1].created_by", 35, &token, "T7");
	stage_field_hit(record, "history[1].comment", 0, &token, "T8-longer-than-the-key");
	stage_field_hit(record, "history[1].author", 0, &token, "TA-longer-than-the-key");
	stage_run(stage, silt_check_secrets);

	const struct silt_finding *env = with_place(stage, "Env API_TOKEN");
	assert_string_equal(env->rule, "secret-env");
	assert_string_equal(env->pattern, "github-pat");
	assert_int_equal(env->sighting_count, 2);
	assert_string_equal(env->sightings[0].member, "c.json");
	assert_int_equal(env->exposure, SILT_FATE_METADATA);
	assert_ptr_equal(with_place(stage, "history line 1"), env);
	assert_string_equal(with_place(stage, "Cmd")->rule, "secret-command");
	assert_string_equal(with_place(stage, "Label com.example.source")->rule, "secret-label");
	assert_string_equal(with_place(stage, "Label maintainer")->rule, "secret-label");
	assert_string_equal(with_place(stage, "container_config Cmd[0]")->rule, "secret-legacy-config");
	assert_string_equal(with_place(stage, "comment of history line 2")->rule, "secret-history");
	assert_string_equal(with_place(stage, "author of history line 2")->rule, "secret-history");
	assert_string_equal(stage_found(stage, "secret-build-arg")->sightings[0].place, "history line 2");
	assert_string_equal(stage_found(stage, "secret-build-arg")->sightings[0].added_by, "RUN curl");
	assert_int_equal(stage->found_count, 9);
}

static void a_secret_that_is_a_key_is_not_shown(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_document(stage, "c.json", SILT_DOCUMENT_CONFIG, config, true);
	stage_field_hit(record, "config.Labels.ghp_T9", 0, &token, "ghp_T9");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->sightings[0].place, "Label");
	assert_null(strstr(stage->found[0].subject, "ghp_T9"));
}

static void a_name_that_is_the_secret_is_not_shown(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_document(stage, "c.json", SILT_DOCUMENT_CONFIG,
						    "{\"config\":{\"Env\":[\"ghp_T1=x\",\"ghp_T2\"]},\"rootfs\":{}}",
						    true);
	stage_field_hit(record, "config.Env[0]", 0, &token, "ghp_T1");
	stage_field_hit(record, "config.Env[1]", 0, &token, "ghp_T2");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 2);
	assert_string_equal(stage->found[0].sightings[0].place, "Env");
	assert_string_equal(stage->found[1].sightings[0].place, "Env");
}

static void a_file_with_the_same_secret_names_the_finding(void **state)
{
	struct stage *stage = *state;
	size_t layer = stage_layer(stage, "");
	uint32_t file = stage_entry(stage_record(stage, layer), SILT_ENTRY_FILE, "app/.env", 0600);
	stage_hit(stage_record(stage, layer), SILT_HIT_BODY, file, &token, "T1");
	struct silt_record *record = stage_document(stage, "c.json", SILT_DOCUMENT_CONFIG, config, true);
	stage_field_hit(record, "config.Env[1]", 10, &token, "T1");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->rule, "github-pat");
	assert_int_equal(stage->found[0].sighting_count, 2);
	assert_string_equal(stage->found[0].subject, "ghp_... (40 bytes) in /app/.env");
}

static void other_documents_are_metadata(void **state)
{
	struct stage *stage = *state;
	struct silt_record *legacy = stage_document(stage, "a/json", SILT_DOCUMENT_LEGACY,
						    "{\"id\":\"x\",\"config\":{\"Env\":[\"T=1\"]}}", false);
	struct silt_record *built =
		stage_document(stage, "b", SILT_DOCUMENT_ATTESTATION, "{\"predicate\":\"x\"}", false);
	struct silt_record *index =
		stage_document(stage, "index.json", SILT_DOCUMENT_INDEX, "{\"annotations\":{\"a\":\"xx\"}}", true);
	stage_field_hit(legacy, "config.Env[0]", 2, &token, "T1");
	stage_field_hit(built, "predicate", 0, &token, "T2-longer-than-the-key");
	stage_field_hit(index, "annotations.a", 0, &token, "T3");
	stage_run(stage, silt_check_secrets);
	assert_int_equal(stage->found_count, 3);
	assert_string_equal(stage_found(stage, "secret-legacy-config")->sightings[0].place, "config.Env[0]");
	assert_string_equal(stage_found(stage, "secret-legacy-config")->sightings[0].member, "a/json");
	assert_string_equal(stage_found(stage, "secret-attestation")->sightings[0].place, "predicate");
	assert_string_equal(stage_found(stage, "secret-label")->sightings[0].place, "annotations.a");
	assert_int_equal(stage->found[0].exposure, SILT_FATE_METADATA);
}

/* ---- What a key opens ---------------------------------------------------------------------------------------------- */

#define ID "0123456789abcdef"
#define OTHER_ID "0123456789abcdeX"

static void a_key_is_told_with_what_it_opens(void **state)
{
	struct stage *stage = *state;
	struct silt_record *low = stage_record(stage, stage_layer(stage, "COPY a /"));
	struct silt_record *high = stage_record(stage, stage_layer(stage, "COPY b /"));
	struct silt_record *stray = stage_stray(stage, "other.tar");
	uint32_t key = stage_entry(low, SILT_ENTRY_FILE, "key", 0600);
	uint32_t bundle = stage_entry(high, SILT_ENTRY_FILE, "srv/app.jar", 0644);
	uint32_t file = stage_entry(high, SILT_ENTRY_FILE, "root/.ssh/authorized_keys", 0600);
	memcpy(stage_hit(low, SILT_HIT_BODY, key, &token, "T1")->public_id, ID, SILT_PUBLIC_ID_SIZE);
	stage_public(high, bundle, "certificate", "tls/b.pem", ID);
	stage_public(high, bundle, "certificate", "tls/a.pem", ID);
	stage_public(high, bundle, "certificate", "tls/a.pem", ID);
	stage_public(high, bundle, "certificate", "other.pem", OTHER_ID);
	stage_public(high, file, "public key", "", OTHER_ID);
	stage_public(high, file, "public key", "", ID);
	stage_public(stray, stage_entry(stray, SILT_ENTRY_FILE, "home/\x1b/authorized_keys2", 0600), "public key", "",
		     ID);
	stage_public(stray, stage_entry(stray, SILT_ENTRY_FILE, "authorized_keys", 0600), "public key", "", ID);
	stage_public(stray, stage_entry(stray, SILT_ENTRY_FILE, "etc/ssh/ssh_known_hosts", 0644), "public key", "", ID);
	stage_public(stray, stage_entry(stray, SILT_ENTRY_FILE, "key.pub", 0644), "public key", "", ID);
	stage_run(stage, silt_check_secrets);
	assert_string_equal(
		stage_only(stage)->detail,
		"It is let in by /authorized_keys, /home/\\x1b/authorized_keys2 and 1 more. Its certificate "
		"is in /srv/app.jar!/tls/a.pem and /srv/app.jar!/tls/b.pem. It is the key of a host known to "
		"/etc/ssh/ssh_known_hosts. Its public key is in /key.pub.");
}

static void what_has_no_public_id_opens_nothing(void **state)
{
	struct stage *stage = *state;
	struct silt_record *record = stage_record(stage, stage_layer(stage, "COPY a /"));
	uint32_t file = stage_entry(record, SILT_ENTRY_FILE, "a", 0600);
	stage_public(record, file, "certificate", "", ID);
	stage_public(record, file, "public key", "", OTHER_ID);
	stage_hit(record, SILT_HIT_BODY, file, &token, "T1");
	stage_run(stage, silt_check_secrets);
	assert_string_equal(stage_only(stage)->detail, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_deleted_file_keeps_its_secret, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(one_secret_in_many_places_is_one_finding_with_the_worst_exposure,
						stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_place_in_an_archive_and_an_encoding_are_told, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(what_has_expired_is_low_and_says_when, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(without_a_day_of_judgement_nothing_expires, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(content_that_another_name_shows_says_so, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(the_place_of_a_file_names_the_finding, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_host_key_that_everybody_has_is_worse, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_file_in_an_archive_has_its_own_place, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(what_is_in_a_log_says_so, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(bytes_outside_files_are_reported, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(the_body_of_a_deletion_mark_is_reported, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(what_no_image_uses_is_unreferenced, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_tar_that_is_named_but_no_layer_is_reported, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(a_bare_rootfs_is_an_image_of_one_layer, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(fields_of_the_config_have_their_own_rules, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_secret_that_is_a_key_is_not_shown, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_name_that_is_the_secret_is_not_shown, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_file_with_the_same_secret_names_the_finding, stage_setup,
						stage_teardown),
		cmocka_unit_test_setup_teardown(other_documents_are_metadata, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(a_key_is_told_with_what_it_opens, stage_setup, stage_teardown),
		cmocka_unit_test_setup_teardown(what_has_no_public_id_opens_nothing, stage_setup, stage_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
