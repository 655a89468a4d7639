/* One whole use of the library, and its outcome. */
#include "faults/run.h"

#include "support/judged.h"

#include <string.h>

/* FNV-1a: two reports of one hash are taken for the same. */
static bool add_to_hash(void *ctx, const void *bytes, size_t size)
{
	uint64_t *hash = ctx;
	for (size_t i = 0; i < size; i++) {
		*hash = (*hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3;
	}
	return true;
}

static struct silt_sink sink_of(uint64_t *hash)
{
	*hash = 0xCBF29CE484222325;
	return (struct silt_sink){.write = add_to_hash, .ctx = hash};
}

static bool fails(struct run_outcome *outcome, const char *step, enum silt_status status)
{
	outcome->step = step;
	outcome->status = status;
	return status != SILT_OK;
}

static bool write_report(const struct silt_result *result, enum silt_format format, const char *step, uint64_t *hash,
			 struct run_outcome *outcome)
{
	const struct silt_report_options options = {.format = format, .show_suppressed = true};
	return !fails(outcome, step,
		      judged_report(&result, 1, SILT_SEVERITY_LOW, &options, sink_of(hash), &outcome->err));
}

static bool write_args(const struct silt_result *result, enum silt_format format, const char *step, uint64_t *hash,
		       struct run_outcome *outcome)
{
	const enum silt_status status = silt_run_args_write(result, 0, format, sink_of(hash), &outcome->err);
	/* An image without a config cannot be run. That is an answer, too. */
	return status == SILT_ERR_INPUT || !fails(outcome, step, status);
}

static void write_all(const struct silt_result *result, struct run_outcome *outcome)
{
	size_t images = 0;
	(void)silt_result_images(result, &images);
	uint64_t *args = &outcome->reports[RUN_FORMATS_MAX];
	bool going = true;
	for (unsigned i = 0; i < RUN_FORMATS_MAX && going && silt_format_name((enum silt_format)i); i++) {
		const enum silt_format format = (enum silt_format)i;
		going = write_report(result, format, silt_format_name(format), &outcome->reports[i], outcome);
	}
	if (going && images > 0) {
		going = write_args(result, SILT_FORMAT_JSON, "run-args json", &args[0], outcome);
	}
	if (going && images > 0) {
		(void)write_args(result, SILT_FORMAT_TEXT, "run-args text", &args[1], outcome);
	}
}

/* Asked of the result itself: what judges it may lack memory, too, and then there is no report. */
static enum silt_verdict verdict_of(const struct silt_result *result)
{
	size_t findings = 0;
	(void)silt_result_findings(result, &findings);
	return !silt_result_coverage(result)->complete ? SILT_VERDICT_INCOMPLETE
	       : findings > 0                          ? SILT_VERDICT_FAIL
						       : SILT_VERDICT_PASS;
}

static void audit(const struct run_order *order, struct run_outcome *outcome)
{
	struct silt_bundle *bundle = NULL;
	struct silt_result *result = NULL;
	if (!fails(outcome, "open", silt_bundle_open_path(order->input, &bundle, &outcome->err)) &&
	    !fails(outcome, "audit", silt_audit(bundle, &order->options, &result, &outcome->err))) {
		outcome->verdict = verdict_of(result);
		write_all(result, outcome);
	}
	silt_bundle_free(bundle);
	silt_result_free(result);
}

static void add_verdict(void *ctx, const struct silt_rule_verdict *verdict)
{
	(void)add_to_hash(ctx, &verdict->right, sizeof(verdict->right));
}

static void compile_rules(const struct run_order *order, struct run_outcome *outcome)
{
	struct silt_rules *rules = NULL;
	const size_t count = order->rule_file.text ? 1 : 0;
	if (!fails(outcome, "rules", silt_rules_new(true, &order->rule_file, count, &rules, &outcome->err))) {
		const size_t last = silt_rules_count(rules) - 1;
		(void)fails(outcome, "examples",
			    silt_rules_try(rules, last, add_verdict, &outcome->reports[0], &outcome->err));
	}
	silt_rules_free(rules);
}

void run_once(const struct run_order *order, struct run_outcome *outcome)
{
	*outcome = (struct run_outcome){.step = "none"};
	if (order->input) {
		audit(order, outcome);
	} else {
		compile_rules(order, outcome);
	}
}

/* A thread needs memory of the system's, too, which calls a lack of it EAGAIN, as it does a lack of anything else. */
static bool has_no_thread(const struct silt_error *err)
{
	static const char words[] = "cannot start a thread: ";
	return err->status == SILT_ERR_IO && strncmp(err->text, words, sizeof(words) - 1) == 0;
}

const char *run_complaint(const struct run_outcome *want, const struct run_outcome *got)
{
	if (got->status == SILT_ERR_MEMORY) {
		return *got->err.text ? NULL : "no sentence says that memory ran out";
	}
	if (got->status != want->status) {
		return has_no_thread(&got->err) ? NULL : "another status";
	}
	if (strcmp(got->err.text, want->err.text) != 0) {
		return "another sentence";
	}
	if (got->verdict != want->verdict) {
		return got->verdict < want->verdict ? "A BETTER VERDICT" : "another verdict";
	}
	return memcmp(got->reports, want->reports, sizeof(got->reports)) != 0 ? "another report" : NULL;
}
