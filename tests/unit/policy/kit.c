#include "kit.h"

#include "audit/result.h"
#include "base/buffer.h"
#include "silt/posture.h"

#include <stdlib.h>
#include <string.h>

#define NAMELESS                                                                                                       \
	.layer = 0, .history_line = SIZE_MAX, .member = "", .added_by = "", .cause_layer = SIZE_MAX, .hidden_by = "",  \
	.note = ""
#define PATH(text)                                                                                                     \
	{                                                                                                              \
		(const uint8_t *)(text), sizeof(text) - 1                                                              \
	}

static const struct silt_sighting netrc[] = {
	{NAMELESS, .image = 0, .place = "/root/.netrc", .path = PATH("root/.netrc"), .fate = SILT_FATE_DELETED}};
static const struct silt_sighting user[] = {{NAMELESS, .image = 0, .place = "User", .fate = SILT_FATE_METADATA}};
static const struct silt_sighting env[] = {{NAMELESS, .image = 1, .place = "Env", .fate = SILT_FATE_METADATA}};
static const struct silt_sighted_file su_file = {.mode = 04755, .uid = 0, .gid = 42, .digest = KIT_DIGEST};
#define SU .place = "/usr/bin/su", .path = PATH("usr/bin/su"), .fate = SILT_FATE_VISIBLE, .file = &su_file
static const struct silt_sighting su[] = {{NAMELESS, .image = 0, SU}, {NAMELESS, .image = 1, SU}};

#define WORDS .title = "", .subject = "", .detail = "", .remedy = "", .suppressed = "", .standing_why = ""

static const struct silt_finding findings[KIT_FINDINGS] = {
	{WORDS, .rule = "secret-file", .pattern = "github-pat", .severity = SILT_SEVERITY_CRITICAL,
	 .confidence = SILT_CONFIDENCE_PROVEN, .exposure = SILT_FATE_DELETED, .heritage = SILT_HERITAGE_OWN,
	 .fingerprint = "11111111111111111111111111111111", .sightings = netrc, .sighting_count = 1},
	{WORDS, .rule = "user-root", .pattern = "", .severity = SILT_SEVERITY_HIGH,
	 .confidence = SILT_CONFIDENCE_PROVEN, .exposure = SILT_FATE_METADATA, .heritage = SILT_HERITAGE_BASE,
	 .fingerprint = "22222222222222222222222222222222", .sightings = user, .sighting_count = 1},
	{WORDS, .rule = "secret-env", .pattern = "env-password", .severity = SILT_SEVERITY_MEDIUM,
	 .confidence = SILT_CONFIDENCE_POSSIBLE, .exposure = SILT_FATE_METADATA, .heritage = SILT_HERITAGE_OWN,
	 .fingerprint = "33333333333333333333333333333333", .sightings = env, .sighting_count = 1},
	{WORDS, .rule = "priv-setuid", .pattern = "", .severity = SILT_SEVERITY_MEDIUM,
	 .confidence = SILT_CONFIDENCE_PROVEN, .exposure = SILT_FATE_VISIBLE,
	 .fingerprint = "44444444444444444444444444444444", .sightings = su, .sighting_count = 2},
	{WORDS, .rule = "history-add", .pattern = "", .severity = SILT_SEVERITY_INFO,
	 .confidence = SILT_CONFIDENCE_PROVEN, .exposure = SILT_FATE_METADATA, .heritage = SILT_HERITAGE_OWN,
	 .fingerprint = "55555555555555555555555555555555", .sightings = user, .sighting_count = 1},
};

static const char *const app[] = {"registry.example.com/team/app:1", "app:1"};
static const char *const shop[] = {"shop:2"};

#define TEXTS(...)                                                                                                     \
	{                                                                                                              \
		.items = (const char *const[]){__VA_ARGS__},                                                           \
		.count = SILT_COUNT(((const char *const[]){__VA_ARGS__})),                                             \
		.total = SILT_COUNT(((const char *const[]){__VA_ARGS__})), .known = true                               \
	}

static const struct silt_posture app_posture = {
	.base = {.guessed = true},
	.user = {.name = "", .uid = 0, .gid = 0, .root = SILT_ANSWER_YES},
	.ports = TEXTS("22/tcp", "8000-8010/tcp", "53/udp"),
	.rights = {.shells = TEXTS("/bin/busybox", "/usr/bin/perl")},
};
static const struct silt_posture shop_posture = {
	.base = {.name = "debian:12", .layers = 2},
	.user = {.name = "shop:web", .uid = 10001, .gid = 7, .root = SILT_ANSWER_NO},
	.ports = {.known = true},
	.rights = {.shells = TEXTS("/bin/busybox")},
};

static const struct silt_image images[] = {
	{.names = app,
	 .name_count = 2,
	 .config_digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
	 .manifest_digest = "",
	 .posture = &app_posture},
	{.names = shop, .name_count = 1, .config_digest = "sha256:2", .manifest_digest = "", .posture = &shop_posture},
};

const struct silt_result *kit_result(bool complete)
{
	static struct silt_result result = {.name = "app.tar",
					    .format = "docker",
					    .images = images,
					    .image_count = 2,
					    .findings = findings,
					    .finding_count = KIT_FINDINGS};
	result.coverage.complete = complete;
	return &result;
}

/* ---- Reading ------------------------------------------------------------------------------------------------------- */

static void collect(void *ctx, const char *mistake)
{
	struct silt_buffer *out = ctx;
	silt_buffer_printf(out, "%s\n", mistake);
}

static struct silt_policy *read(const char *yaml, struct silt_buffer *mistakes)
{
	struct silt_buffer text = {0};
	struct silt_error err = {0};
	struct silt_policy *policy = NULL;
	silt_buffer_printf(&text, "version: 1\n%s", yaml);
	const struct silt_policy_file file = {"policy.yaml", text.ptr, text.len};
	enum silt_status status = silt_policy_read_telling(&file, NULL, collect, mistakes, &policy, &err);
	silt_buffer_done(&text);
	assert_int_equal(status, mistakes->len > 0 ? SILT_ERR_USAGE : SILT_OK);
	assert_int_equal(status == SILT_OK, policy != NULL);
	return policy;
}

struct silt_policy *kit_policy(const char *yaml)
{
	struct silt_buffer mistakes = {0};
	struct silt_policy *policy = read(yaml, &mistakes);
	if (!policy) {
		fail_msg("%s", silt_buffer_text(&mistakes));
	}
	silt_policy_set_now(policy, KIT_TODAY);
	return policy;
}

void assert_mistakes(const char *yaml, const char *mistakes)
{
	struct silt_buffer got = {0};
	silt_policy_free(read(yaml, &got));
	assert_string_equal(silt_buffer_text(&got), mistakes);
	silt_buffer_done(&got);
}

/* ---- Judging ------------------------------------------------------------------------------------------------------- */

struct silt_judgement *kit_judge(const char *yaml)
{
	struct silt_error err = {0};
	struct silt_judgement *judgement = NULL;
	struct silt_policy *policy = kit_policy(yaml);
	assert_int_equal(silt_judge(kit_result(true), policy, &judgement, &err), SILT_OK);
	silt_policy_free(policy);
	return judgement;
}

const struct silt_finding *kit_finding(const struct silt_judgement *judgement, int number)
{
	for (size_t i = 0; i < judgement->finding_count; i++) {
		if (strcmp(judgement->findings[i].fingerprint, findings[number].fingerprint) == 0) {
			return &judgement->findings[i];
		}
	}
	abort();
}

void assert_standings(const char *yaml, const char *standings)
{
	struct silt_buffer got = {0};
	struct silt_judgement *judgement = kit_judge(yaml);
	for (int i = 0; i < KIT_FINDINGS; i++) {
		silt_buffer_printf(&got, "%s%s", i > 0 ? " " : "",
				   silt_standing_name(kit_finding(judgement, i)->standing));
	}
	assert_string_equal(silt_buffer_text(&got), standings);
	silt_buffer_done(&got);
	silt_judgement_free(judgement);
}
