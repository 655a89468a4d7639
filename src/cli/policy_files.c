/* Policies, ignore files and baselines, read whole. */
#include "cli/policy_files.h"

#include "cli/message.h"
#include "cli/rule_files.h"
#include "cli/suggest.h"

#include <string.h>
#include <unistd.h>

/* More than each of them can be. */
enum { POLICY_FILE_MAX = 2 * 1024 * 1024, BASELINE_FILE_MAX = 65 * 1024 * 1024 };

enum silt_status cli_policy_file_read(const char *path, struct cli_text_file *out, struct silt_error *err)
{
	return cli_text_file_read(path, POLICY_FILE_MAX, out, err);
}

static struct silt_policy_file view_of(const struct cli_text_file *file)
{
	return (struct silt_policy_file){.name = file->path, .text = file->text, .size = file->size};
}

/* What the library says, with the full stop that messages of the program have. */
static enum silt_status pass_on(enum silt_status status, const struct silt_error *why, struct silt_error *err)
{
	return status == SILT_OK ? SILT_OK : cli_fail(err, status, "%s.", why->text);
}

/* ---- --policy -------------------------------------------------------------------------------------------------------- */

/* A word that is neither a file nor the name of a policy may be a mistyped name. */
static enum silt_status refuse_word(const char *word, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(word);
	for (size_t i = 0; silt_policy_shipped_name(i) != NULL; i++) {
		cli_suggestion_offer(&suggestion, silt_policy_shipped_name(i));
	}
	if (suggestion.best != NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "--policy '%s' is no file and no policy: did you mean '%s'?",
				cli_printable(word).text, suggestion.best);
	}
	return cli_fail(err, SILT_ERR_USAGE, "--policy '%s' is no file and no policy: silt policy show lists these.",
			cli_printable(word).text);
}

/* One that silt ships goes before a file of the same name, which can be named as ./NAME. */
static enum silt_status read_policy(const char *word, const struct silt_rules *rules, struct silt_policy **out,
				    struct silt_error *err)
{
	struct cli_text_file file = {0};
	struct silt_policy_file view;
	struct silt_error why = {0};
	if (silt_policy_shipped(word, &view)) {
		return pass_on(silt_policy_read(&view, rules, out, &why), &why, err);
	}
	if (strpbrk(word, "./") == NULL && access(word, F_OK) != 0) {
		return refuse_word(word, err);
	}
	enum silt_status status = cli_policy_file_read(word, &file, err);
	if (status == SILT_OK) {
		view = view_of(&file);
		status = pass_on(silt_policy_read(&view, rules, out, &why), &why, err);
	}
	cli_text_file_done(&file);
	return status;
}

/* ---- What is added to it --------------------------------------------------------------------------------------------- */

static enum silt_status add_ignores(struct silt_policy *policy, const struct cli_arguments *arguments,
				    const struct silt_rules *rules, struct silt_error *err)
{
	const char *paths[CLI_REPEATED_MAX];
	const size_t count = cli_repeated_values(arguments, CLI_OPTION_IGNOREFILE, paths);
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		struct cli_text_file file = {0};
		struct silt_error why = {0};
		status = cli_text_file_read(paths[i], POLICY_FILE_MAX, &file, err);
		if (status == SILT_OK) {
			const struct silt_policy_file view = view_of(&file);
			status = pass_on(silt_policy_add_ignores(policy, &view, rules, &why), &why, err);
		}
		cli_text_file_done(&file);
	}
	return status;
}

static enum silt_status add_baseline(struct silt_policy *policy, const struct cli_arguments *arguments,
				     struct silt_error *err)
{
	const char *path = arguments->values[CLI_OPTION_BASELINE];
	struct cli_text_file file = {0};
	struct silt_error why = {0};
	if (path == NULL) {
		return SILT_OK;
	}
	enum silt_status status = cli_text_file_read(path, BASELINE_FILE_MAX, &file, err);
	if (status == SILT_OK) {
		const struct silt_policy_file view = view_of(&file);
		status = pass_on(silt_policy_add_baseline(policy, &view, &why), &why, err);
	}
	cli_text_file_done(&file);
	return status;
}

/* ---- The whole ------------------------------------------------------------------------------------------------------- */

static enum silt_status read_all(const struct cli_arguments *arguments, const struct silt_rules *rules,
				 struct silt_policy **policy, struct silt_error *err)
{
	const char *word = arguments->values[CLI_OPTION_POLICY];
	enum silt_severity threshold;
	enum silt_status status = word != NULL ? read_policy(word, rules, policy, err) : silt_policy_new(policy, err);
	if (status == SILT_OK) {
		status = add_ignores(*policy, arguments, rules, err);
	}
	if (status == SILT_OK) {
		status = add_baseline(*policy, arguments, err);
	}
	if (status == SILT_OK && arguments->given[CLI_OPTION_FAIL_ON] &&
	    silt_severity_parse(arguments->values[CLI_OPTION_FAIL_ON], &threshold)) {
		silt_policy_set_threshold(*policy, threshold);
	}
	return status;
}

enum silt_status cli_policy_read(const struct cli_arguments *arguments, const struct silt_rules *rules, int64_t now,
				 struct silt_policy **out, struct silt_error *err)
{
	struct silt_rules *shipped = NULL;
	struct silt_policy *policy = NULL;
	const bool names = arguments->given[CLI_OPTION_POLICY] || arguments->given[CLI_OPTION_IGNOREFILE];
	enum silt_status status = SILT_OK;
	if (rules == NULL && names) {
		status = cli_rules_read_files(true, NULL, 0, &shipped, err);
	}
	if (status == SILT_OK) {
		status = read_all(arguments, rules != NULL ? rules : shipped, &policy, err);
	}
	silt_rules_free(shipped);
	if (status != SILT_OK) {
		silt_policy_free(policy);
		return status;
	}
	silt_policy_set_now(policy, now);
	*out = policy;
	return SILT_OK;
}
