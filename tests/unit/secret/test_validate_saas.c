/*
 * Tokens of services. All were made up with another program: it computed their checksums, and nothing here computes them
 * again.
 */
#include "check.h"
#include "judge.h"

static const char grafana_token[] = "glsa_uYyT5Mv5tZNW4qTG5fJUFVmSF50oHgD4_657d95e3";
static const char zuplo_key[] = "zpka_38425bd5fe812cb5aea53bbe3ecd7b70_bcf27fb5";
static const char matrix_token[] = "syt_YWxpY2U_tTplNalYKoyAcxJUzFRa_43T4lu";
static const char matrix_refresh_token[] = "syr_YWxpY2U_liMBWVkqRtqbHtrTDOfV_14iFfl";
static const char sentry_token[] =
	"sntrys_eyJpYXQiOjE3MTIzNDU2NzguMTIsInVybCI6Imh0dHBzOi8vc2VudHJ5LmlvIiwicmVnaW9uX3VybCI6Imh0dHBzOi8v"
	"dXMuc2VudHJ5LmlvIiwib3JnIjoiYWNtZSJ9_2XUa8PvRZANkudcmFDMyb4sQPmeYVNthBbVV/gxPG8Y";
static const char grafana_cloud_token[] =
	"glc_eyJvIjoiNDgyOTEzIiwibiI6ImNpIiwiayI6IkRZajlqRXBpYXlrd3lIR3BjU041UDJmTyIsIm0iOnsiciI6ImV1In19";
static const char grafana_key[] = "eyJrIjoieXg5emFKVm1pNGwwV0p0ZEQ4QW5RUEtvOGEwUUs2a3oiLCJuIjoiZGVwbG95IiwiaWQiOjF9";
static const char mapbox_token[] =
	"sk.eyJ1IjoiYWNtZSIsImEiOiJjbHNzZTNncHJhaGphMWU3dTdtdHRjeG9yIn0.ugIJ8GTcMAlRf8HW1VRp2G";
static const char discord_token[] = "MTAzMjQ1NzY5MDEyMzQ1Njc4.GaHYQm.o-xkUWNxBs6pWpObVbn1NkI8chjRHO8YnJQlJ9";
static const char intercom_token[] = "dG9rOjBhMTg4NmU4X2YxZTBfZDg3ZV9lNDg2X2U4MjM2YTFhYzUwYToxOjA=";
static const char elastic_key[] = "UkNmcmZBMEpuN25aVFg0SWwtYmg6aFRzdGZ5aVdJNllDRWpadXI5XzM2cw==";

static const struct {
	silt_validate_fn *validate;
	const char *token;
} tokens[] = {
	{silt_validate_grafana, grafana_token},   {silt_validate_zuplo, zuplo_key},
	{silt_validate_matrix, matrix_token},     {silt_validate_matrix, matrix_refresh_token},
	{silt_validate_json_token, sentry_token}, {silt_validate_json_token, grafana_cloud_token},
	{silt_validate_json_token, grafana_key},  {silt_validate_mapbox, mapbox_token},
	{silt_validate_discord, discord_token},   {silt_validate_intercom, intercom_token},
	{silt_validate_elastic, elastic_key},
};

enum { TOKENS = sizeof(tokens) / sizeof(tokens[0]) };

/* The text with one character replaced. */
static const char *with(const char *text, size_t at, char c)
{
	static char changed[1024];
	assert_true(at < strlen(text) && strlen(text) < sizeof(changed));
	memcpy(changed, text, strlen(text) + 1);
	changed[at] = c;
	return changed;
}

static void whole_tokens_prove_themselves(void **state)
{
	(void)state;
	for (size_t i = 0; i < TOKENS; i++) {
		struct judged judged = judge_text(tokens[i].validate, tokens[i].token);
		assert_proven(&judged);
		assert_int_equal(judged.severity, SILT_SEVERITY_HIGH);
	}
}

static void damaged_tokens_are_read_within_their_bounds(void **state)
{
	(void)state;
	for (size_t i = 0; i < TOKENS; i++) {
		judge_damaged(tokens[i].validate, tokens[i].token);
	}
}

static void a_checksum_that_does_not_hold_is_doubtful(void **state)
{
	(void)state;
	struct judged grafana = judge_text(silt_validate_grafana, with(grafana_token, 8, '0'));
	struct judged grafana_cut = judge_part(silt_validate_grafana, grafana_token, 0, 40);
	struct judged zuplo = judge_text(silt_validate_zuplo, with(zuplo_key, 8, '0'));
	struct judged zuplo_cut = judge_part(silt_validate_zuplo, zuplo_key, 0, 20);
	struct judged matrix = judge_text(silt_validate_matrix, with(matrix_token, 15, 'Z'));
	assert_doubtful(&grafana);
	assert_doubtful(&grafana_cut);
	assert_doubtful(&zuplo);
	assert_doubtful(&zuplo_cut);
	assert_doubtful(&matrix);
}

static void a_checksum_may_be_written_in_capitals(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_zuplo, "zpka_38425bd5fe812cb5aea53bbe3ecd7b70_BCF27FB5");
	assert_proven(&judged);
}

static void a_token_with_a_prefix_that_does_not_decode_is_doubtful(void **state)
{
	(void)state;
	struct judged sentry = judge_text(silt_validate_json_token, with(sentry_token, 10, '!'));
	struct judged cloud = judge_text(silt_validate_json_token, "glc_eyJhIjoxfQ==");
	struct judged empty = judge_text(silt_validate_json_token, "sntrys__");
	struct judged mapbox = judge_text(silt_validate_mapbox, with(mapbox_token, 6, '!'));
	struct judged dots = judge_text(silt_validate_mapbox, "sk.");
	assert_doubtful(&sentry);
	assert_doubtful(&cloud);
	assert_doubtful(&empty);
	assert_doubtful(&mapbox);
	assert_doubtful(&dots);
}

static void a_key_of_grafana_without_its_members_is_doubtful(void **state)
{
	(void)state;
	struct judged other = judge_text(silt_validate_json_token, "eyJrIjoieHgifQ==");
	struct judged cut = judge_text(silt_validate_json_token, "eyJrIjoi");
	assert_doubtful(&other);
	assert_doubtful(&cut);
}

static void without_a_prefix_it_is_no_token(void **state)
{
	(void)state;
	assert_false(judge_text(silt_validate_intercom, with(intercom_token, 3, 'p')).match);
	assert_false(judge_text(silt_validate_elastic, with(elastic_key, 27, 'A')).match);
	assert_false(judge_text(silt_validate_elastic, "UkNmcmY6aFRzdGY=").match);
}

static void a_bot_of_discord_has_a_number(void **state)
{
	(void)state;
	struct judged judged = judge_text(silt_validate_discord, discord_token);
	assert_string_equal(judged.facts, "bot 103245769012345678");
	assert_false(judge_text(silt_validate_discord, "TmFtZXNwYWNlVHJhbnNsYXRpb24.module.attribute").match);
	assert_false(judge_text(silt_validate_discord, "MTIzNDU2.GaHYQm.short").match);
	assert_false(judge_text(silt_validate_discord, "").match);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_tokens_prove_themselves),
		cmocka_unit_test(damaged_tokens_are_read_within_their_bounds),
		cmocka_unit_test(a_checksum_that_does_not_hold_is_doubtful),
		cmocka_unit_test(a_checksum_may_be_written_in_capitals),
		cmocka_unit_test(a_token_with_a_prefix_that_does_not_decode_is_doubtful),
		cmocka_unit_test(a_key_of_grafana_without_its_members_is_doubtful),
		cmocka_unit_test(without_a_prefix_it_is_no_token),
		cmocka_unit_test(a_bot_of_discord_has_a_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
