/* The report for people. */
#include "fake.h"

#include "base/attributes.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WIDE = 1000 }; /* nothing wraps: sentences can be looked for as a whole */

static char *text_of(const struct silt_result *const *results, size_t count, unsigned width,
		     enum silt_severity threshold)
{
	struct silt_report_options options = {.format = SILT_FORMAT_TEXT, .width = width};
	struct silt_buffer out = {0};
	fake_report(results, count, threshold, &options, &out);
	return (char *)out.ptr; /* NUL-terminated, from malloc */
}

static char *text_of_one(const struct silt_result *result)
{
	return text_of(&result, 1, WIDE, SILT_SEVERITY_HIGH);
}

/* Takes `text`. `want` is NULL-terminated. */
static void assert_all_there(char *text, const char *const *want)
{
	for (; *want; want++) {
		if (!strstr(text, *want)) {
			fail_msg("not there: %s\nin: %s", *want, text);
		}
	}
	free(text);
}

#define assert_has(text, ...) assert_all_there(text, (const char *const[]){__VA_ARGS__, NULL})

static void a_clean_image_reads_calm_and_short(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	char *text = text_of(&result, 1, 100, SILT_SEVERITY_HIGH);
	assert_string_equal(
		text,
		"app.tar: docker+oci, 1 image, 3 layers, 78.8 MB, 3430 entries\n"
		"\n"
		"  image   example/app:1.4, example/app:latest\n"
		"          linux/amd64, user app, created 2024-05-01T12:00:00Z\n"
		"          config 0b0b0b0b0b0b, manifest 999999999999, declared by manifest.json and index.json\n"
		"  layers  1  a1a1a1a1a1a1   77.8 MB    3412 entries  ADD file:3f4ca61aafcd.. in /\n"
		"          2  b2b2b2b2b2b2    4.1 kB       1 entry    RUN adduser -D app\n"
		"          3  d4d4d4d4d4d4    1.0 MB      17 entries\n"
		"  base    Debian GNU/Linux 12 (bookworm), supported until 2028-06-30; built on\n"
		"          docker.io/library/debian:12; 1 of 3 layers\n"
		"  size    3000 files, 78.0 MB (14, 1.0 MB above the base); 88 packages; 210 executables, 1 static,\n"
		"          31 scripts; 4.1 kB in layers only\n"
		"  starts  /entrypoint.sh, then /app/server; no init\n"
		"  runs as uid 10001, gid 10001; all owners fit the 65536 ids of a user namespace\n"
		"  rights  no-new-privileges takes rights from /usr/bin/mount, /usr/bin/su\n"
		"  writes  /app (12 files), /data, /tmp, /var/it's cache, /var/odd:name; volumes /data\n"
		"  serves  ports 80/tcp, 8000-8010/tcp; health check; logs to the standard output by "
		"/var/log/app.log\n"
		"  made by BuildKit; 1 attestation\n"
		"  score   user high (1), secret ok, surface info (2), config ok, history ok, filesystem ok,\n"
		"          integrity ok\n"
		"\n"
		"Everything was looked at: 9 files of the bundle (78.8 MB), 5 documents, 3 layers (78.8 MB).\n"
		"PASS: no findings.\n");
	free(text);
}

static void a_finding_has_all_that_one_needs_to_act(void **state)
{
	(void)state;
	assert_has(text_of_one(&fake_dirty), "\ncritical  secret-file  Private key (private-key-pem, proven)\n",
		   "\n  what    RSA private key, 3072 bits, MIIG...w5c=\n",
		   "\n  why     The key is not encrypted. Whoever has", "\n  fix     Replace the key pair everywhere",
		   "\n  id      0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f\n");
}

static void each_fate_has_its_sentence(void **state)
{
	(void)state;
	assert_has(
		text_of_one(&fake_dirty),
		"- /root/.ssh/id_rsa, byte 0, in registry.example.com/team/shop:2024.05: added by layer 2 of 4 "
		"\"COPY id_rsa /root/.ssh/\", deleted by layer 4 \"RUN rm -rf /root/.ssh && apt-get purge --yes "
		"git openssh-client && rm...\": still readable in the file\n",
		"- /root/.ssh/id_rsa, in registry.example.com/team/shop:debug: added by layer 2 of 2 "
		"\"COPY id_rsa /root/.ssh/\", visible in the final filesystem\n",
		"- Env DEPLOY_KEY, in registry.example.com/team/shop:2024.05: made by \"ENV DEPLOY_KEY=(redacted)\"\n",
		"- /old/id_rsa, byte 4096, in blobs/sha256/7777: in a blob that no image uses: still readable in "
		"the file\n",
		"added by layer 1 of 4 \"ADD rootfs.tar /\", hidden by a later layer: still readable in the file "
		"(behind a link)\n",
		"- /srv/old.pem, in registry.example.com/team/shop:2024.05: added by layer 1 of 4, replaced by a "
		"later entry of the same layer: still readable in the file\n",
		"overwritten by layer 3 \"RUN make install\": still readable in the file\n");
}

static void one_sighting_needs_no_list(void **state)
{
	(void)state;
	assert_has(text_of_one(&fake_dirty), "\n  where   /usr/bin/su, in registry");
}

static void a_subject_that_the_place_repeats_is_left_out(void **state)
{
	(void)state;
	char *text = text_of_one(&fake_dirty);
	assert_null(strstr(text, "what    /usr/bin/su"));
	assert_has(text, "what    user not set\n");
}

static char *text_of_vendored(bool show)
{
	const struct silt_result *result = &fake_vendored;
	struct silt_report_options options = {.format = SILT_FORMAT_TEXT, .width = WIDE, .show_suppressed = show};
	struct silt_buffer out = {0};
	fake_report(&result, 1, SILT_SEVERITY_HIGH, &options, &out);
	return (char *)out.ptr;
}

static void suppressed_secrets_are_counted(void **state)
{
	(void)state;
	char *text = text_of_vendored(false);
	assert_null(strstr(text, "libgnutls"));
	assert_has(text,
		   "\n1 secret only in unmodified files of packages, not counted (--show-suppressed lists them).\n",
		   "\nPASS: no findings.\n");
}

static void suppressed_secrets_are_listed_on_request_with_their_reason_and_no_remedy(void **state)
{
	(void)state;
	char *text = text_of_vendored(true);
	assert_null(strstr(text, "Make a new one"));
	assert_has(text, "\nsuppressed  private-key  Private key (proven)\n",
		   "\n  where   /usr/lib/libgnutls.so.30, byte ",
		   "\n  why     unmodified content of package libgnutls30 (dpkg md5sums in layer 1)\n",
		   "\n1 secret only in unmodified files of packages, not counted: listed above as suppressed.\n",
		   "\nPASS: no findings.\n");
}

static void the_same_remedy_is_written_once(void **state)
{
	(void)state;
	char *text = text_of_one(&fake_dirty);
	const char *first = strstr(text, "fix     Remove the bit with chmod u-s");
	assert_non_null(first);
	assert_null(strstr(first + strlen("fix     Remove"), "Remove the bit"));
	assert_non_null(strstr(first, "\n  fix     as above\n"));
	free(text);
}

/* The text of a finding on the bundle, seen at one place for each of the notes. */
static char *text_with_notes(const char *detail, const char *const *notes, size_t count)
{
	struct silt_sighting sightings[2];
	assert_in_range(count, 1, SILT_COUNT(sightings));
	for (size_t i = 0; i < count; i++) {
		sightings[i] = (struct silt_sighting){.image = SIZE_MAX,
						      .layer = SIZE_MAX,
						      .place = i == 0 ? "first" : "second",
						      .member = "",
						      .fate = SILT_FATE_METADATA,
						      .added_by = "",
						      .cause_layer = SIZE_MAX,
						      .hidden_by = "",
						      .note = notes[i]};
	}
	const struct silt_finding finding = {.rule = "integrity-odd",
					     .suppressed = "",
					     .standing_why = "",
					     .pattern = "",
					     .title = "Odd",
					     .severity = SILT_SEVERITY_LOW,
					     .subject = "first",
					     .detail = detail,
					     .remedy = "",
					     .sightings = sightings,
					     .sighting_count = count};
	const struct silt_result result = {
		.name = "x", .format = "oci", .findings = &finding, .finding_count = 1, .coverage = {.complete = true}};
	return text_of_one(&result);
}

static void what_note_and_detail_both_say_is_written_once(void **state)
{
	(void)state;
	const char *const same[] = {"It is odd.", "It is odd."};
	assert_has(text_with_notes("It is odd.", same, 1), "\n  where   first\n  why     It is odd.\n");
	assert_has(text_with_notes("It is odd.", same, 2),
		   "\n  where   - first\n          - second\n  why     It is odd.\n");
	const char *const differing[] = {"It is odd.", "It is strange."};
	char *text = text_with_notes("It is odd.", differing, 2);
	assert_null(strstr(text, "why"));
	assert_has(text, "\n  where   - first (It is odd.)\n          - second (It is strange.)\n");
	const char *const other[] = {"Really."};
	assert_has(text_with_notes("It is odd.", other, 1), "\n  where   first (Really.)\n  why     It is odd.\n");
	const char *const none[] = {""};
	text = text_with_notes("", none, 1);
	assert_null(strstr(text, "why"));
	assert_has(text, "\n  where   first\n");
}

static void what_is_not_known_is_left_out(void **state)
{
	(void)state;
	assert_has(text_of_one(&fake_hostile), "\n  base    no distribution\n",
		   "\n  size    not known, a layer is absent\n  score   user ok,");
}

static void layers_that_were_believed_are_told(void **state)
{
	(void)state;
	struct silt_result result = fake_clean;
	char *text = text_of_one(&result);
	assert_null(strstr(text, "Not read"));
	free(text);
	result.coverage.believed_blobs = 2;
	assert_has(text_of_one(&result),
		   "\nNot read: 2 layers, taken for what the name of the blob says, as --trust-digests "
		   "asks.\nEverything was looked at: ");
}

static void what_was_left_out_is_told(void **state)
{
	(void)state;
	struct silt_result result = fake_clean;
	result.coverage.left_out_images = 1;
	assert_has(text_of_one(&result), "\nLeft out: 1 image that --image or --platform did not choose.\n");
	result.coverage.left_out_findings = 2;
	assert_has(text_of_one(&result),
		   "\nLeft out: 1 image that --image or --platform did not choose; 2 findings that "
		   "--only or --skip did not ask for.\n");
	result.coverage.left_out_images = 0;
	assert_has(text_of_one(&result), "\nLeft out: 2 findings that --only or --skip did not ask for.\n");
}

static void findings_of_info_are_a_list_unless_the_threshold_is_info(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_dirty;
	char *text = text_of(&result, 1, WIDE, SILT_SEVERITY_LOW);
	assert_null(strstr(text, "Save the image again"));
	assert_has(text, "\ninfo  1 finding (--fail-on info tells all of it; silt explain NAME says what they mean)\n"
			 "  integrity-split-brain  manifest.json and index.json\n\nNot looked at");
	assert_has(text_of(&result, 1, WIDE, SILT_SEVERITY_INFO), "\ninfo  integrity-split-brain  Two indexes",
		   "fix     Save the image again");
}

static void info_findings_of_one_rule_share_a_line(void **state)
{
	(void)state;
	static const char *const subjects[] = {"bash", "curl", "git", "jq", "make", "wget"};
	struct silt_finding findings[SILT_COUNT(subjects)];
	for (size_t i = 0; i < SILT_COUNT(subjects); i++) {
		findings[i] = (struct silt_finding){.rule = i == 0 ? "a" : "history-unpinned",
						    .pattern = "",
						    .title = "",
						    .subject = subjects[i],
						    .detail = "",
						    .remedy = "",
						    .suppressed = "",
						    .standing_why = ""};
	}
	const struct silt_result result = {.name = "x",
					   .format = "oci",
					   .findings = findings,
					   .finding_count = SILT_COUNT(findings),
					   .coverage = {.complete = true}};
	assert_has(text_of_one(&result), "\n  a                 bash\n",
		   "\n  history-unpinned  curl, git, jq, make and 1 more\n");
}

static void findings_come_worst_first(void **state)
{
	(void)state;
	char *text = text_of_one(&fake_dirty);
	static const char *const order[] = {"\ncritical  ", "\nmedium  ", "\nmedium  ", "\nlow  ", "\ninfo  "};
	const char *at = text;
	for (size_t i = 0; i < SILT_COUNT(order); i++) {
		at = strstr(at, order[i]);
		assert_non_null(at);
		at++;
	}
	free(text);
}

static void many_sightings_are_cut_after_eight(void **state)
{
	(void)state;
	char *text = text_of_one(&fake_hostile);
	size_t shown = 0;
	for (const char *at = text; (at = strstr(at, "- /etc/\\x1b[2J\\xff: visible")); at++) {
		shown++;
	}
	assert_int_equal(shown, 8);
	assert_has(text, "\n          and 4 more\n");
}

static void a_single_layer_is_not_counted(void **state)
{
	(void)state;
	char *text = text_of_one(&fake_hostile);
	assert_null(strstr(text, "layer 1 of 1"));
	free(text);
}

static void a_missing_layer_is_told(void **state)
{
	(void)state;
	assert_has(text_of_one(&fake_dirty), "\n          3  not in the bundle, but named by the image\n");
}

static void a_missing_user_is_root(void **state)
{
	(void)state;
	assert_has(text_of_one(&fake_dirty), "user not set (root)\n", "linux/arm64/v8, user root\n");
}

static void gaps_are_listed(void **state)
{
	(void)state;
	char *text = text_of_one(&fake_dirty);
	assert_null(strstr(text, "Everything was looked at"));
	assert_has(
		text, "\nNot looked at:\n",
		"  registry.example.com/team/shop:2024.05, layer 3: expected the blob sha256:c3c3c3c3c3c3, found none "
		"in the bundle\n",
		"  blobs/sha256/eeee, from byte 123456: expected a gzip trailer, found the end (1.5 kB)\n");
}

static void assert_last_line(const struct silt_result *const *results, size_t count, enum silt_severity threshold,
			     const char *want)
{
	char *text = text_of(results, count, WIDE, threshold);
	size_t len = strlen(text), want_len = strlen(want);
	assert_true(len > want_len);
	assert_string_equal(text + len - want_len, want);
	assert_int_equal(text[len - want_len - 1], '\n');
	free(text);
}

static void the_verdict_counts_from_the_threshold(void **state)
{
	(void)state;
	const struct silt_result *hostile = &fake_hostile, *dirty = &fake_dirty;
	assert_last_line(&hostile, 1, SILT_SEVERITY_HIGH, "FAIL: 1 finding at or above high (1 high).\n");
	assert_last_line(&hostile, 1, SILT_SEVERITY_CRITICAL,
			 "PASS: no findings at or above critical; 1 below (1 high).\n");
	assert_last_line(&dirty, 1, SILT_SEVERITY_LOW,
			 "INCOMPLETE: 2 gaps in what was looked at; 4 findings at or above low (1 critical, 2 medium, "
			 "1 low); 1 below (1 info).\n");
	assert_last_line(&dirty, 1, SILT_SEVERITY_INFO,
			 "INCOMPLETE: 2 gaps in what was looked at; 5 findings at or above info (1 critical, 2 medium, "
			 "1 low, 1 info).\n");
}

/* Takes a policy of this text; the report of the dirty result by it. */
static char *text_by(const char *yaml, bool show)
{
	struct silt_error err = {0};
	struct silt_policy *policy = NULL;
	struct silt_judgement *judgement = NULL;
	struct silt_buffer out = {0};
	const struct silt_policy_file file = {"p.yaml", yaml, strlen(yaml)};
	const struct silt_report_options options = {.width = WIDE, .show_suppressed = show};
	const struct silt_sink sink = {.write = fake_write, .ctx = &out};
	assert_int_equal(silt_policy_read(&file, NULL, &policy, &err), SILT_OK);
	assert_int_equal(silt_judge(&fake_dirty, policy, &judgement, &err), SILT_OK);
	const struct silt_judgement *one = judgement;
	assert_int_equal(silt_report_write(&one, 1, &options, sink, &err), SILT_OK);
	silt_judgement_free(judgement);
	silt_policy_free(policy);
	return (char *)out.ptr;
}

#define WAIVED                                                                                                         \
	"version: 1\n"                                                                                                 \
	"thresholds: [{fate: metadata, fail-on: low}]\n"                                                               \
	"rules: {private-key-pem: off}\n"                                                                              \
	"waivers: [{rule: priv-setuid, reason: needed, expires: never}, {rule: x, reason: y, expires: never}]\n"

static void what_a_policy_accepts_is_a_line(void **state)
{
	(void)state;
	char *text = text_by(WAIVED, false);
	assert_null(strstr(text, "priv-setuid"));
	assert_null(strstr(text, "private-key-pem"));
	assert_has(text, "\n3 findings accepted: 1 allowed, 2 waived (--show-suppressed lists them).\n",
		   "\nNote: waiver 2 of p.yaml, line 4 is of no use: nothing that it fits was found.\n",
		   "1 finding counted by the policy (1 low); 3 accepted; 1 below (1 info).\n");
}

static void what_a_policy_accepts_is_listed_if_asked_for(void **state)
{
	(void)state;
	assert_has(text_by(WAIVED, true), "\nwaived  priv-setuid  Setuid program (proven)\n",
		   "\n  waived  waiver 1 of p.yaml, line 4: needed\n",
		   "\n  allowed private-key-pem is off in p.yaml, line 3\n",
		   "\n3 findings accepted: 1 allowed, 2 waived; listed above.\n");
}

static void several_results_end_with_one_line_over_all(void **state)
{
	(void)state;
	const struct silt_result *const all[] = {&fake_clean, &fake_dirty, &fake_hostile, &fake_clean};
	assert_last_line(all, 4, SILT_SEVERITY_HIGH,
			 "INCOMPLETE: 4 bundles (1 incomplete, 1 fail, 2 pass): 2 gaps in what was looked at; 2 "
			 "findings at or above high (1 critical, 1 high); 4 below (2 medium, 1 low, 1 info).\n");
	const struct silt_result *const clean[] = {&fake_clean, &fake_clean};
	assert_last_line(clean, 2, SILT_SEVERITY_HIGH, "PASS: 2 bundles (2 pass): no findings.\n");
}

static void assert_last_line_with_unread(const struct silt_result *const *results, size_t count, size_t unread,
					 const char *want)
{
	struct silt_report_options options = {.format = SILT_FORMAT_TEXT, .width = WIDE, .unread = unread};
	struct silt_buffer out = {0};
	fake_report(results, count, SILT_SEVERITY_HIGH, &options, &out);
	const char *text = silt_buffer_text(&out);
	assert_true(out.len >= strlen(want));
	assert_string_equal(text + out.len - strlen(want), want);
	silt_buffer_done(&out);
}

static void an_unread_input_makes_the_last_line_incomplete(void **state)
{
	(void)state;
	const struct silt_result *const all[] = {&fake_clean, &fake_hostile};
	assert_last_line_with_unread(all, 1, 1,
				     "\nPASS: no findings.\n\n"
				     "INCOMPLETE: 1 input could not be audited; 1 bundle (1 pass): no findings.\n");
	assert_last_line_with_unread(
		all, 2, 3,
		"\nINCOMPLETE: 3 inputs could not be audited; 2 bundles (1 fail, 1 pass): 1 finding "
		"at or above high (1 high).\n");
	assert_last_line_with_unread(NULL, 0, 1, "INCOMPLETE: 1 input could not be audited.\n");
}

static char *text_with_sandbox(struct silt_sandbox sandbox, size_t count)
{
	const struct silt_result *const results[] = {&fake_clean, &fake_clean};
	struct silt_report_options options = {.format = SILT_FORMAT_TEXT, .width = WIDE, .sandbox = &sandbox};
	struct silt_buffer out = {0};
	fake_report(results, count, SILT_SEVERITY_HIGH, &options, &out);
	return (char *)out.ptr;
}

static void a_whole_sandbox_is_not_worth_a_line(void **state)
{
	(void)state;
	char *text = text_with_sandbox((struct silt_sandbox){true, true, true, 7, true}, 1);
	assert_null(strstr(text, "Sandbox"));
	free(text);
}

static void what_a_sandbox_lacks_is_told_once_before_the_verdict(void **state)
{
	(void)state;
	assert_has(text_with_sandbox((struct silt_sandbox){0}, 1),
		   "\nSandbox: off. What read the input had all rights of its user.\nPASS: ");
	assert_has(text_with_sandbox((struct silt_sandbox){.enabled = true, .seccomp = true}, 1),
		   "\nSandbox: without Landlock, which this kernel does not offer.\nPASS: ");
	assert_has(text_with_sandbox((struct silt_sandbox){.enabled = true, .landlock_abi = 1}, 1),
		   "\nSandbox: without seccomp, which this kernel does not offer.\nPASS: ");
	char *text = text_with_sandbox((struct silt_sandbox){.enabled = true}, 2);
	const char *line =
		"\nSandbox: without Landlock and seccomp, which this kernel does not offer.\nPASS: 2 bundles";
	const char *found = strstr(text, line);
	assert_non_null(found);
	assert_true(strstr(text, "Sandbox") == found + 1);
	free(text);
}

static void no_results_give_no_text(void **state)
{
	(void)state;
	struct silt_report_options options = {.format = SILT_FORMAT_TEXT};
	struct silt_buffer out = {0};
	fake_report(NULL, 0, SILT_SEVERITY_INFO, &options, &out);
	assert_int_equal(out.len, 0);
	silt_buffer_done(&out);
}

/* The samples have no word that is longer than a line. */
static void assert_fits(struct silt_bytes line, size_t width)
{
	size_t columns = 0;
	struct silt_bytes rest = line;
	while (rest.len > 0) {
		uint32_t code;
		rest = silt_bytes_slice(rest, silt_utf8_decode(rest, &code), SIZE_MAX);
		columns++;
	}
	if (columns > width) {
		fail_msg("%zu columns: %.*s", columns, (int)line.len, (const char *)line.ptr);
	}
}

static void assert_all_fit(const struct silt_result *const *results, size_t count, unsigned width)
{
	char *text = text_of(results, count, width, SILT_SEVERITY_HIGH);
	struct silt_bytes rest = silt_bytes_text(text), line;
	while (silt_bytes_cut(&rest, '\n', &line)) {
		assert_fits(line, width);
		assert_false(silt_bytes_end_with(line, SILT_LITERAL(" ")));
	}
	free(text);
}

static void no_line_is_wider_than_the_page(void **state)
{
	(void)state;
	const struct silt_result *const all[] = {&fake_clean, &fake_dirty, &fake_hostile};
	static const unsigned widths[] = {80, 100, 132};
	for (size_t i = 0; i < SILT_COUNT(widths); i++) {
		assert_all_fit(all, SILT_COUNT(all), widths[i]);
	}
	/* The others have words that are wider than these pages. */
	for (unsigned width = 40; width < 80; width++) {
		assert_all_fit(all, 1, width);
	}
}

static void a_narrow_page_has_its_layers_without_a_table(void **state)
{
	(void)state;
	const struct silt_result *result = &fake_clean;
	assert_has(text_of(&result, 1, 50, SILT_SEVERITY_HIGH), "\n  layers  1  a1a1a1a1a1a1, 77.8 MB, 3412 entries,\n"
								"             ADD file:3f4ca61aafcd.. in /\n"
								"          2  b2b2b2b2b2b2, 4.1 kB, 1 entry, RUN\n"
								"             adduser -D app\n"
								"          3  d4d4d4d4d4d4, 1.0 MB, 17 entries\n");
}

static void colour_changes_nothing_but_colour(void **state)
{
	(void)state;
	const struct silt_result *const all[] = {&fake_clean, &fake_dirty, &fake_hostile};
	struct silt_report_options options = {.format = SILT_FORMAT_TEXT, .colour = true, .width = 80};
	struct silt_buffer coloured = {0}, stripped = {0};
	fake_report(all, 3, SILT_SEVERITY_INFO, &options, &coloured);
	for (size_t i = 0; i < coloured.len; i++) {
		if (coloured.ptr[i] == 0x1B) {
			i += strcspn((const char *)coloured.ptr + i, "m");
		} else {
			silt_buffer_add_byte(&stripped, coloured.ptr[i]);
		}
	}
	char *plain = text_of(all, 3, 80, SILT_SEVERITY_INFO);
	assert_true(coloured.len > stripped.len);
	assert_string_equal(silt_buffer_text(&stripped), plain);
	free(plain);
	silt_buffer_done(&coloured);
	silt_buffer_done(&stripped);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clean_image_reads_calm_and_short),
		cmocka_unit_test(a_finding_has_all_that_one_needs_to_act),
		cmocka_unit_test(each_fate_has_its_sentence),
		cmocka_unit_test(one_sighting_needs_no_list),
		cmocka_unit_test(a_subject_that_the_place_repeats_is_left_out),
		cmocka_unit_test(suppressed_secrets_are_counted),
		cmocka_unit_test(suppressed_secrets_are_listed_on_request_with_their_reason_and_no_remedy),
		cmocka_unit_test(the_same_remedy_is_written_once),
		cmocka_unit_test(what_note_and_detail_both_say_is_written_once),
		cmocka_unit_test(what_is_not_known_is_left_out),
		cmocka_unit_test(layers_that_were_believed_are_told),
		cmocka_unit_test(what_was_left_out_is_told),
		cmocka_unit_test(findings_of_info_are_a_list_unless_the_threshold_is_info),
		cmocka_unit_test(info_findings_of_one_rule_share_a_line),
		cmocka_unit_test(findings_come_worst_first),
		cmocka_unit_test(many_sightings_are_cut_after_eight),
		cmocka_unit_test(a_single_layer_is_not_counted),
		cmocka_unit_test(a_missing_layer_is_told),
		cmocka_unit_test(a_missing_user_is_root),
		cmocka_unit_test(gaps_are_listed),
		cmocka_unit_test(the_verdict_counts_from_the_threshold),
		cmocka_unit_test(what_a_policy_accepts_is_a_line),
		cmocka_unit_test(what_a_policy_accepts_is_listed_if_asked_for),
		cmocka_unit_test(several_results_end_with_one_line_over_all),
		cmocka_unit_test(an_unread_input_makes_the_last_line_incomplete),
		cmocka_unit_test(a_whole_sandbox_is_not_worth_a_line),
		cmocka_unit_test(what_a_sandbox_lacks_is_told_once_before_the_verdict),
		cmocka_unit_test(no_results_give_no_text),
		cmocka_unit_test(no_line_is_wider_than_the_page),
		cmocka_unit_test(a_narrow_page_has_its_layers_without_a_table),
		cmocka_unit_test(colour_changes_nothing_but_colour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
