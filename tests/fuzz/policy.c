/*
 * Fuzz target: texts as policies, ignore files and baselines. What is taken judges a result so that the rest of silt can
 * rely on it; what is refused has sentences with a place. Nothing makes a damaged input pass.
 */
#include "fuzz/in_and_out.h"
#include "fuzz/made_result.h"

#include "base/escape.h"
#include "base/secure.h"
#include "silt/silt.h"

#include <stdlib.h>

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* Plain but for backslashes, which begin escapes. */
static bool is_escaped(const char *text)
{
	struct silt_bytes rest = silt_bytes_text(text), part;
	bool plain = true;
	while (plain && silt_bytes_cut(&rest, '\\', &part)) {
		plain = silt_is_plain(part);
	}
	return plain;
}

/* ---- Judgements ------------------------------------------------------------------------------------------------------ */

/* A made-up result need not be, and then what is made of it need not be either. */
static bool is_ordered(const struct silt_finding *findings, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (findings[i - 1].severity < findings[i].severity) {
			return false;
		}
	}
	return true;
}

static void check_finding(const struct silt_finding *finding)
{
	must(finding->standing > SILT_STANDING_UNJUDGED && finding->standing <= SILT_STANDING_KNOWN);
	must(finding->standing_why && is_escaped(finding->standing_why));
	must(*finding->standing_why || finding->standing == SILT_STANDING_COUNTS ||
	     finding->standing == SILT_STANDING_BELOW);
}

/* A baseline of what was found makes all of it known, but for what the policy decides first. */
static void check_baseline(const struct silt_judgement *judgement)
{
	struct silt_buffer text = {0};
	struct silt_error err = {0};
	struct silt_policy *policy = NULL;
	struct silt_judgement *again = NULL;
	const struct silt_sink sink = {fuzz_collect, &text};
	must(silt_baseline_write(&judgement, 1, 0, sink, &err) == SILT_OK && silt_policy_new(&policy, &err) == SILT_OK);
	silt_policy_set_threshold(policy, SILT_SEVERITY_INFO);
	const struct silt_policy_file file = {"again", text.ptr, text.len};
	must(silt_policy_add_baseline(policy, &file, &err) == SILT_OK);
	must(silt_judge(judgement->result, policy, &again, &err) == SILT_OK);
	must(again->counting <= again->finding_count);
	silt_judgement_free(again);
	silt_policy_free(policy);
	silt_buffer_done(&text);
}

static void judge(const struct silt_policy *policy, const struct silt_result *result)
{
	struct silt_error err = {0};
	struct silt_judgement *judgement = NULL;
	size_t counting = 0;
	must(silt_judge(result, policy, &judgement, &err) == SILT_OK);
	for (size_t i = 0; i < judgement->finding_count; i++) {
		check_finding(&judgement->findings[i]);
		counting += judgement->findings[i].standing == SILT_STANDING_COUNTS;
	}
	for (size_t i = 0; i < judgement->note_count; i++) {
		must(is_escaped(judgement->notes[i].text) && *judgement->notes[i].text);
	}
	size_t given_count;
	const struct silt_finding *given = silt_result_findings(result, &given_count);
	must(!is_ordered(given, given_count) || is_ordered(judgement->findings, judgement->finding_count));
	must(counting == judgement->counting);
	must((judgement->verdict == SILT_VERDICT_INCOMPLETE) == !silt_result_coverage(result)->complete);
	must(judgement->verdict != SILT_VERDICT_PASS || counting == 0);
	check_baseline(judgement);
	silt_judgement_free(judgement);
}

/* ---- Texts ----------------------------------------------------------------------------------------------------------- */

static void check_mistake(void *ctx, const char *mistake)
{
	size_t *mistakes = ctx;
	++*mistakes;
	must(strncmp(mistake, "text:", 5) == 0 && mistake[5] >= '0' && mistake[5] <= '9' && is_escaped(mistake));
}

static void try_policy(const struct silt_policy_file *file, const struct silt_result *result)
{
	struct silt_policy *policy = NULL;
	struct silt_error err = {0};
	size_t mistakes = 0;
	enum silt_status status = silt_policy_read_telling(file, NULL, check_mistake, &mistakes, &policy, &err);
	must(status == (mistakes == 0 ? SILT_OK : SILT_ERR_USAGE) && mistakes <= SILT_POLICY_MISTAKES_MAX);
	must(is_escaped(err.text) && (status == SILT_OK) == (policy != NULL));
	for (int64_t now = 0; policy && now <= 2000000000; now += 1000000000) {
		silt_policy_set_now(policy, now);
		judge(policy, result);
	}
	silt_policy_free(policy);
}

typedef enum silt_status add_fn(struct silt_policy *policy, const struct silt_policy_file *file,
				struct silt_error *err);

static enum silt_status add_ignores(struct silt_policy *policy, const struct silt_policy_file *file,
				    struct silt_error *err)
{
	return silt_policy_add_ignores(policy, file, NULL, err);
}

static void try_addition(add_fn *add, const struct silt_policy_file *file, const struct silt_result *result)
{
	struct silt_policy *policy = NULL;
	struct silt_error err = {0};
	must(silt_policy_new(&policy, &err) == SILT_OK);
	enum silt_status status = add(policy, file, &err);
	must(status == SILT_OK || (status == SILT_ERR_USAGE && strncmp(err.text, "text:", 5) == 0));
	must(is_escaped(err.text));
	if (status == SILT_OK) {
		judge(policy, result);
	}
	silt_policy_free(policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_error err = {0};
	struct silt_result result = {0};
	const struct silt_policy_file file = {"text", data, size};
	must(silt_secure_init(&err) == SILT_OK);
	make_result(silt_bytes(data, size), &result);
	try_policy(&file, &result);
	try_addition(add_ignores, &file, &result);
	try_addition(silt_policy_add_baseline, &file, &result);
	silt_arena_done(&result.arena);
	return 0;
}
