/*
 * Keys and tokens of clouds. All were made up with another program: it computed their checksums, and nothing here computes
 * them again.
 */
#include "check.h"
#include "judge.h"
#include "secret/marvin.h"

static const char aws_id[] = "AKIARZPUZDIKMF7TTJIT";
static const char bedrock_key[] =
	"ABSKQmVkcm9ja0FQSUtleS11d2hpLWF0LTEyMzQ1Njc4OTAxMjpuMmRlZkM0YzlMR2ZsaUpkYTgwVTNWSGg2aURoVklqWElU"
	"VFRuN3ZaQ0o1PQ==";
static const char short_bedrock_key[] =
	"bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29tLz9BY3Rpb249Q2FsbFdpdGhCZWFyZXJUb2tlbiZYLUFtei1BbGdv"
	"cml0aG09QVdTNC1ITUFDLVNIQTI1NiZYLUFtei1EYXRlPTIwMjYwMTA1VDIxNTE1MVomWC1BbXotRXhwaXJlcz00MzIwMCZY"
	"LUFtei1TaWduYXR1cmU9ZjA5ZTJlOGM2NjIyNDhiNDgzYjdmZmMwNTBmZWM5NGRiY2EzYTBhYWMzNjA5OGIyY2MyYmQ4MTgz"
	"MTk0NzhkYSZWZXJzaW9uPTE=";
static const char storage_key[] =
	"aCkZ0uZGkvgZQVfx1K+QmIKFz3qa98k9VVImav5w56rm2kdifC5Zry6jeryEZwrTxNNrwIqtL+BW+AStIa9G0Q==";
static const char cosmos_key[] =
	"bi+Kf8TM5N2fC0EQ2fL6ACXI7+V/N3JPTTfqKxQAQHcTm0GA3zkyJJlixoVyAAWa646hfPN45NwWACDbdlq5Wg==";
static const char registry_key[] = "C2P/1ymDdNm9dPwRrde5ymUDlSJp/WafY3bucYefsU+ACRAlQvQB";
static const char redis_key[] = "X3L41RxKyRttDEjUGh5eyeagOShUqKSf4AzCaI3Ua6I=";
static const char function_key[] = "wb-p4lY3ASiPKbPXP2rCtp7dLBnyZL7kYqW68g_SKghYAzFuM7vWKw";
static const char annotated_key[] =
	"FpenP2O2T4pw3GCl4vcLNHLzzd2GljiKxHJ0kmcwpeyy41qE6UjzJQQJ99BFACYeBjFXJ3w3AAAAACOGezBl";
static const char devops_token[] =
	"TznOoGwRqV8xVB0pxlJqin9cFKtKTNooc5WCPmAFQ4f2UZYKARu6JQQJ99BFACYeBjFXJ3w3AAAAAZDOxgmC";
static const char client_secret[] = "4Gd8Q~kAm2-6wDr27EpLLJIVGHz5FxFEtKyPib4e";
static const char old_devops_token[] = "gti6yzjsmfwdz5y6ch7fnb7wh35qjyebtev67bqtza5txfwzj2ta";
static const char confluent_secret[] = "cfltCx4D0yTvl5bTF6OO9lMvX0DiR4lhI5QW4Q1fqlNd9Q4/z8qCoJ7C0LMg";
static const char onepassword_token[] =
	"ops_eyJlbWFpbCI6ImFiY2RlZmdoaWpAMXBhc3N3b3Jkc2VydmljZWFjY291bnRzLmNvbSIsIm11ayI6eyJhbGciOiJBMjU2"
	"R0NNIiwiZXh0Ijp0cnVlLCJrIjoiZVk1ZkFQaUhRSWdKUXozSmxhdU1RUTF0bnBOZkNQa1BEeTBSdkFSN3E1UCIsImtleV9v"
	"cHMiOlsiZGVjcnlwdCIsImVuY3J5cHQiXSwia3R5Ijoib2N0Iiwia2lkIjoibXAifSwic2VjcmV0S2V5IjoiQTMtWDVLSUFE"
	"SlpGWEtKV1NLS0VHWTdNVElDNlVEWUZLT1oiLCJzcnBYIjoiNmY1NjFjNWNiMzQ3NjExYTNjZTlkOTdkY2JlZTUwMGZlN2Vl"
	"NWZjMzI0YmRiMmUxMTQyYTIxYzQwMjM2NGY5NSIsInNpZ25JbkFkZHJlc3MiOiJteS4xcGFzc3dvcmQuY29tIiwidXNlckF1"
	"dGgiOnsibWV0aG9kIjoiU1JQZy00MDk2In0sInRocm90dGxlU2VjcmV0Ijp7InNlZWQiOiI3MmI4NWE4ZTQ4ZjY4N2FiMTY1"
	"YzU4YWM1ODMxYmUzOGNiOGNiNGJhMmU3NTE5ODlhMDE3NDlkZGIxNGY3MTAxIn0sImRldmljZVV1aWQiOiJhc2xqZHFscmhu"
	"c2pzZWdsdHBmZWF6aHdlbyJ9";
static const char supabase_key[] =
	"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZSIsInJlZiI6InVydm52enFpanVnY3FhZmloeGd"
	"mIiwicm9sZSI6InNlcnZpY2Vfcm9sZSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoyMDE1MDAwMDAwfQ.RMYDv9K2OuoX2K1T"
	"FcgiMeR6UuFGUIJj1RgcVBRF6pk";
static const char supabase_anon_key[] =
	"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZSIsInJlZiI6ImhtdXd2cnBwcXdhYW54aHNqemd"
	"tIiwicm9sZSI6ImFub24iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6MjAxNTAwMDAwMH0.7yhkn3VW2JXD2uoTMD-xkACEKel"
	"NceorPSwEJdgGbQg";
static const char tunnel_token[] =
	"eyJhIjoiMDMzNWI0MDAxNDEyMTJiNjJjMzc2NjMxMTI5ZjM0MzYiLCJ0IjoiOWFhZDgwYjgtOTFiYS00OTBkLWFkM2ItZjE2"
	"Mjk1ZDA2OTEwIiwicyI6IlRWWTJWbWx2Y1VKNlZtSk5lbkpYUjJGNVFVbHhSSGxwUlZaQk4zbGxialU9In0=";

/* The text with one character replaced. */
static const char *with(const char *text, size_t at, char c)
{
	static char changed[1024];
	assert_true(at < strlen(text) && strlen(text) < sizeof(changed));
	memcpy(changed, text, strlen(text) + 1);
	changed[at] = c;
	return changed;
}

/* The value behind `name`, up to '&' or the end, judged with all of the text around it. */
static struct judged judge_parameter(silt_validate_fn *validate, const char *text, const char *name)
{
	const char *value = strstr(text, name);
	assert_non_null(value);
	value += strlen(name);
	return judge_part(validate, text, (size_t)(value - text), strcspn(value, "&"));
}

/* ---- Amazon ------------------------------------------------------------------------------------------------------ */

static void an_aws_key_id_tells_its_account(void **state)
{
	(void)state;
	struct judged id = judge_text(silt_validate_aws_id, aws_id);
	assert_unjudged(&id);
	assert_string_equal(id.facts, "account 123456789012");
	/* An id that was published together with its account. */
	assert_string_equal(judge_text(silt_validate_aws_id, "ASIAY34FZKBOKMUTVV7A").facts, "account 609629065308");
}

static void an_aws_key_id_of_before_2019_tells_none(void **state)
{
	(void)state;
	assert_string_equal(judge_text(silt_validate_aws_id, "AKIAIOSFODNN7EXAMPLE").facts, "");
	assert_string_equal(judge_text(silt_validate_aws_id, "AKIAJ34FZKBOKMUTVV7A").facts, "");
	assert_string_equal(judge_text(silt_validate_aws_id, "AKIAQ").facts, "");
	assert_string_equal(judge_text(silt_validate_aws_id, "AKIA777777777777WXYZ").facts, ""); /* thirteen digits */
}

static void a_bedrock_key_decodes(void **state)
{
	(void)state;
	struct judged lasting = judge_text(silt_validate_aws_bedrock, bedrock_key);
	struct judged brief = judge_text(silt_validate_aws_bedrock, short_bedrock_key);
	assert_proven(&lasting);
	assert_int_equal(lasting.expires, 0);
	assert_proven(&brief);
	assert_int_equal(brief.expires, 1767649911 + 43200); /* 2026-01-05T21:51:51Z and twelve hours */
}

static void a_bedrock_key_that_does_not_decode_is_doubtful(void **state)
{
	(void)state;
	struct judged edited = judge_text(silt_validate_aws_bedrock, with(bedrock_key, 10, '='));
	struct judged cut = judge_text(silt_validate_aws_bedrock, "ABSK");
	assert_doubtful(&edited);
	assert_doubtful(&cut);
}

static void a_presigned_url_says_when_it_ends(void **state)
{
	(void)state;
	const char *url =
		"https://b/k?X-Amz-Credential=A&X-Amz-Date=20260105T215151Z&X-Amz-Expires=60&X-Amz-Signature=00";
	struct judged judged = judge_parameter(silt_validate_aws_presigned, url, "X-Amz-Signature=");
	assert_unjudged(&judged);
	assert_int_equal(judged.expires, 1767649911 + 60);
	assert_false(judge_parameter(silt_validate_aws_presigned, "X-Amz-Signature=00", "X-Amz-Signature=").match);
}

/* ---- Azure ------------------------------------------------------------------------------------------------------- */

/* The vectors of Marvin.cs in dotnet/runtime, whose 64 bits are folded into 32. */
static void marvin32_gives_the_published_sums(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len;
		uint64_t sum;
	} vectors[] = {
		{"", 0, 0x30ED35C100CD3C7DU},
		{"\xAF", 1, 0x48E73FC77D75DDC1U},
		{"\xE7\x0F", 2, 0xB5F6E1FC485DBFF8U},
		{"\x37\xF4\x95", 3, 0xF0B07C789B8CF7E8U},
		{"\x86\x42\xDC\x59", 4, 0x7008F2E87E9CF556U},
	};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		uint32_t expected = (uint32_t)(vectors[i].sum >> 32) ^ (uint32_t)vectors[i].sum;
		assert_int_equal(silt_marvin32(silt_bytes(vectors[i].bytes, vectors[i].len), 0x004FB61A001BDBCCU),
				 expected);
	}
}

static void azure_keys_name_their_service(void **state)
{
	(void)state;
	static const struct {
		const char *key;
		const char *service;
	} rows[] = {
		{storage_key, "Azure Storage"},
		{cosmos_key, "Azure Cosmos DB"},
		{registry_key, "Azure Container Registry"},
		{redis_key, "Azure Cache for Redis"},
		{function_key, "Azure Functions"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct judged named = judge_text(silt_validate_azure_key, rows[i].key);
		struct judged bare = judge_text(silt_validate_azure_bare_key, rows[i].key);
		assert_proven(&named);
		assert_int_equal(named.severity, SILT_SEVERITY_CRITICAL);
		assert_string_equal(named.facts, rows[i].service);
		assert_proven(&bare);
	}
}

static void an_edited_azure_key_without_a_name_is_doubtful(void **state)
{
	(void)state;
	struct judged storage = judge_text(silt_validate_azure_key, with(storage_key, 5, 'A'));
	struct judged cosmos = judge_text(silt_validate_azure_key, with(cosmos_key, 5, 'A'));
	assert_doubtful(&storage);
	assert_unjudged(&cosmos);
	storage = judge_text(silt_validate_azure_bare_key, with(storage_key, 5, 'A'));
	cosmos = judge_text(silt_validate_azure_bare_key, with(cosmos_key, 5, 'A'));
	assert_doubtful(&storage);
	assert_doubtful(&cosmos);
}

static void keys_of_emulators_are_harmless(void **state)
{
	(void)state;
	struct judged azurite = judge_text(silt_validate_azure_key,
					   "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6t"
					   "q/K1SZFPTOtr/KBHBeksoGMGw==");
	assert_true(azurite.match);
	assert_int_equal(azurite.severity, SILT_SEVERITY_INFO);
}

static void an_annotated_key_tells_who_made_it_when(void **state)
{
	(void)state;
	struct judged key = judge_text(silt_validate_azure_annotated, annotated_key);
	assert_proven(&key);
	assert_string_equal(key.facts, "provider ACOG, made in 2025-06");
	struct judged edited = judge_text(silt_validate_azure_annotated, with(annotated_key, 3, '0'));
	assert_doubtful(&edited);
	assert_string_equal(judge_text(silt_validate_azure_annotated, with(annotated_key, 58, '0')).facts, "");
	assert_false(judge_part(silt_validate_azure_annotated, annotated_key, 0, 83).match);
}

static void a_devops_token_is_not_refuted(void **state)
{
	(void)state;
	struct judged token = judge_text(silt_validate_azure_annotated, devops_token);
	struct judged edited = judge_text(silt_validate_azure_annotated, with(devops_token, 3, '0'));
	assert_proven(&token);
	assert_unjudged(&edited);
	struct judged old = judge_text(silt_validate_azure_devops, old_devops_token);
	struct judged other = judge_text(silt_validate_azure_devops, with(old_devops_token, 20, 'a'));
	assert_proven(&old);
	assert_unjudged(&other);
	assert_false(judge_text(silt_validate_azure_devops, with(old_devops_token, 20, '1')).match);
	assert_false(judge_part(silt_validate_azure_devops, old_devops_token, 0, 51).match);
}

static void a_client_secret_proves_itself_and_is_not_refuted(void **state)
{
	(void)state;
	struct judged secret = judge_text(silt_validate_azure_client_secret, client_secret);
	struct judged edited = judge_text(silt_validate_azure_client_secret, with(client_secret, 20, '0'));
	assert_proven(&secret);
	assert_unjudged(&edited);
}

static void a_shared_access_signature_says_when_it_ends(void **state)
{
	(void)state;
	struct judged storage = judge_parameter(silt_validate_azure_sas,
						"?sv=2023-11-03&sp=r&se=2030-01-01T00%3A00%3A00Z&sig=abc%3D", "sig=");
	struct judged messaging =
		judge_parameter(silt_validate_azure_sas, "sr=sb%3A&sig=abc%3D&se=1893456000&skn=x", "sig=");
	struct judged variable =
		judge_parameter(silt_validate_azure_sas, "TOKEN=sp=r&se=2030-01-01&sv=2022-11-02&sig=abc", "sig=");
	struct judged policy = judge_parameter(silt_validate_azure_sas, "?sv=2023-11-03&si=read&sig=abc%3D", "sig=");
	assert_int_equal(storage.expires, 1893456000);
	assert_int_equal(messaging.expires, 1893456000);
	assert_int_equal(variable.expires, 1893456000);
	assert_unjudged(&policy);
	assert_int_equal(policy.expires, 0);
}

/* Its year is no number of seconds either, which would have ended long ago. */
static void a_signature_that_ends_on_no_day_never_ends(void **state)
{
	(void)state;
	struct judged dashes = judge_parameter(silt_validate_azure_sas,
					       "?sv=2023-11-03&sp=r&se=2030-02-30T00%3A00%3A00Z&sig=abc%3D", "sig=");
	struct judged compact =
		judge_parameter(silt_validate_azure_sas, "?sv=2023-11-03&sp=r&se=20300230T000000Z&sig=abc%3D", "sig=");
	assert_unjudged(&dashes);
	assert_int_equal(dashes.expires, 0);
	assert_unjudged(&compact);
	assert_int_equal(compact.expires, 0);
}

static void a_signature_alone_is_none_of_azure(void **state)
{
	(void)state;
	assert_false(judge_parameter(silt_validate_azure_sas, "?sig=abc", "sig=").match);
	assert_false(judge_parameter(silt_validate_azure_sas, "?a=1&sig=abc&se=99", "sig=").match);
	assert_false(judge_parameter(silt_validate_azure_sas, "sv=1&sp=r \"?sig=abc\"", "sig=").match);
}

/* ---- Others ------------------------------------------------------------------------------------------------------ */

static void a_confluent_secret_carries_a_checksum(void **state)
{
	(void)state;
	struct judged secret = judge_text(silt_validate_confluent, confluent_secret);
	struct judged edited = judge_text(silt_validate_confluent, with(confluent_secret, 20, '0'));
	assert_proven(&secret);
	assert_doubtful(&edited);
	assert_false(judge_part(silt_validate_confluent, confluent_secret, 0, 59).match);
}

static void a_service_account_of_1password_decodes(void **state)
{
	(void)state;
	struct judged token = judge_text(silt_validate_onepassword, onepassword_token);
	struct judged cut = judge_part(silt_validate_onepassword, onepassword_token, 0, 300);
	assert_proven(&token);
	assert_int_equal(token.severity, SILT_SEVERITY_CRITICAL);
	assert_doubtful(&cut);
}

static void other_jwts_are_none_of_supabase(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"e30.e30.c2ln",                                 /* no claims */
		"e30.eyJzdWIiOiJzb21lYm9keSJ9.c2ln",            /* another subject */
		"e30.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6", /* cut short */
		"e30",
		".",
		"..",
		"",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_false(judge_text(silt_validate_supabase, texts[i]).match);
	}
}

static void supabase_keys_are_told_apart_by_their_role(void **state)
{
	(void)state;
	struct judged service = judge_text(silt_validate_supabase, supabase_key);
	assert_proven(&service);
	assert_int_equal(service.expires, 2015000000);
	assert_false(judge_text(silt_validate_supabase, supabase_anon_key).match);
}

static void a_tunnel_token_decodes(void **state)
{
	(void)state;
	struct judged token = judge_text(silt_validate_cloudflare_tunnel, tunnel_token);
	assert_proven(&token);
	assert_false(judge_part(silt_validate_cloudflare_tunnel, tunnel_token, 0, 60).match);
	assert_false(judge_text(silt_validate_cloudflare_tunnel, "eyJhIjoiYiJ9").match);
}

static void damage_is_survived(void **state)
{
	(void)state;
	judge_damaged(silt_validate_aws_id, aws_id);
	judge_damaged(silt_validate_aws_bedrock, short_bedrock_key);
	judge_damaged(silt_validate_azure_key, storage_key);
	judge_damaged(silt_validate_azure_annotated, annotated_key);
	judge_damaged(silt_validate_azure_client_secret, client_secret);
	judge_damaged(silt_validate_azure_devops, old_devops_token);
	judge_damaged(silt_validate_azure_sas, "?sv=2023-11-03&sp=r&se=2030-01-01T00%3A00Z&sig=abc%3D");
	judge_damaged(silt_validate_confluent, confluent_secret);
	judge_damaged(silt_validate_supabase, supabase_key);
	judge_damaged(silt_validate_cloudflare_tunnel, tunnel_token);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_aws_key_id_tells_its_account),
		cmocka_unit_test(an_aws_key_id_of_before_2019_tells_none),
		cmocka_unit_test(a_bedrock_key_decodes),
		cmocka_unit_test(a_bedrock_key_that_does_not_decode_is_doubtful),
		cmocka_unit_test(a_presigned_url_says_when_it_ends),
		cmocka_unit_test(marvin32_gives_the_published_sums),
		cmocka_unit_test(azure_keys_name_their_service),
		cmocka_unit_test(an_edited_azure_key_without_a_name_is_doubtful),
		cmocka_unit_test(keys_of_emulators_are_harmless),
		cmocka_unit_test(an_annotated_key_tells_who_made_it_when),
		cmocka_unit_test(a_devops_token_is_not_refuted),
		cmocka_unit_test(a_client_secret_proves_itself_and_is_not_refuted),
		cmocka_unit_test(a_shared_access_signature_says_when_it_ends),
		cmocka_unit_test(a_signature_that_ends_on_no_day_never_ends),
		cmocka_unit_test(a_signature_alone_is_none_of_azure),
		cmocka_unit_test(a_confluent_secret_carries_a_checksum),
		cmocka_unit_test(a_service_account_of_1password_decodes),
		cmocka_unit_test(other_jwts_are_none_of_supabase),
		cmocka_unit_test(supabase_keys_are_told_apart_by_their_role),
		cmocka_unit_test(a_tunnel_token_decodes),
		cmocka_unit_test(damage_is_survived),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
