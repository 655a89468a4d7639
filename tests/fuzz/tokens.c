/*
 * Fuzz target: what the validators of tokens, and of passwords in files, say of any value. They say the same twice,
 * stay within their room, and tell facts in printable ASCII.
 */
#include "secret/validators.h"

#include <stdlib.h>

static const char *const names[] = {
	"address-password",
	"assignment",
	"atlassian",
	"atlassian-server",
	"aws-bedrock",
	"aws-id",
	"aws-presigned",
	"aws-secret",
	"aws-session",
	"azure-annotated",
	"azure-bare-key",
	"azure-client-secret",
	"azure-devops",
	"azure-key",
	"azure-sas",
	"basic-auth",
	"cloudflare-tunnel",
	"confluent",
	"connection-password",
	"database-url",
	"discord",
	"django-secret-key",
	"elastic",
	"environment-file",
	"filezilla-password",
	"fly",
	"grafana",
	"intercom",
	"jenkins-secret",
	"jetbrains-password",
	"jfrog-reference",
	"json-token",
	"mapbox",
	"matrix",
	"mysql-login-path",
	"onepassword",
	"presence",
	"pypi",
	"secret-manifest",
	"stored-password",
	"supabase",
	"url-password",
	"vercel",
	"zuplo",
};

/* One answer, and all that it is made of. */
struct answer {
	bool matches;
	struct silt_confirmation verdict;
	char facts[SILT_FACTS_SIZE];
};

static bool is_within(struct silt_bytes part, const uint8_t *whole, size_t len)
{
	return part.len == 0 || (part.len <= len && part.ptr >= whole && (size_t)(part.ptr - whole) <= len - part.len);
}

static void check_facts(const char facts[static SILT_FACTS_SIZE])
{
	size_t len = strnlen(facts, SILT_FACTS_SIZE);
	for (size_t i = 0; i < len; i++) {
		if (facts[i] < ' ' || facts[i] > '~') {
			abort();
		}
	}
	if (len == SILT_FACTS_SIZE) {
		abort();
	}
}

static void ask(silt_validate_fn *validate, struct silt_bytes window, struct silt_bytes secret, struct answer *answer)
{
	uint8_t *room = malloc(window.len + 1); /* never NULL; the validator is told of window.len bytes */
	if (!room) {
		abort();
	}
	room[window.len] = 0xA5;
	*answer = (struct answer){.verdict = {.confidence = SILT_CONFIDENCE_LIKELY,
					      .severity = SILT_SEVERITY_HIGH,
					      .identity = secret,
					      .window = window,
					      .room = room,
					      .facts = answer->facts}};
	answer->matches = validate(secret, &answer->verdict);
	struct silt_bytes identity = answer->verdict.identity;
	if (room[window.len] != 0xA5 ||
	    !(is_within(identity, window.ptr, window.len) || is_within(identity, room, window.len))) {
		abort();
	}
	check_facts(answer->facts);
	free(room);
}

static void ask_twice(silt_validate_fn *validate, struct silt_bytes window, struct silt_bytes secret)
{
	struct answer first;
	struct answer again;
	ask(validate, window, secret, &first);
	ask(validate, window, secret, &again);
	if (first.matches != again.matches || first.verdict.confidence != again.verdict.confidence ||
	    first.verdict.severity != again.verdict.severity || first.verdict.note != again.verdict.note ||
	    first.verdict.expires != again.verdict.expires || strcmp(first.facts, again.facts) != 0) {
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_bytes window = silt_bytes(data, size);
	size_t start = size > 0 ? data[0] % size : 0;
	struct silt_bytes part = silt_bytes(data + start, (size - start) / 2);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct silt_validator *validator = silt_validator_find(silt_bytes_text(names[i]));
		if (!validator) {
			abort();
		}
		ask_twice(validator->validate, window, window);
		ask_twice(validator->validate, window, part);
	}
	return 0;
}
