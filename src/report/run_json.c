/* A plan as JSON: docs/report.md. */
#include "report/run_plan.h"

#include "base/json.h"
#include "silt/silt.h"

static void write_option(struct silt_json_writer *w, const struct silt_run_option *option)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "option", option->option);
	if (option->value[0]) {
		silt_json_write_text(w, "value", option->value);
	} else {
		silt_json_write_null(w, "value");
	}
	silt_json_write_text(w, "reason", option->reason);
	silt_json_close(w);
}

static void write_options(struct silt_json_writer *w, const char *key, const struct silt_run_option *options,
			  size_t count)
{
	silt_json_open_array(w, key);
	for (size_t i = 0; i < count; i++) {
		write_option(w, &options[i]);
	}
	silt_json_close(w);
}

/* The words of the command line, for a program that runs it. */
static void write_words(struct silt_json_writer *w, const struct silt_run_plan *plan)
{
	silt_json_open_array(w, "command");
	silt_json_write_text(w, NULL, "docker");
	silt_json_write_text(w, NULL, "run");
	for (size_t i = 0; i < plan->option_count; i++) {
		silt_json_write_text(w, NULL, plan->options[i].option);
		if (plan->options[i].value[0]) {
			silt_json_write_text(w, NULL, plan->options[i].value);
		}
	}
	silt_json_write_text(w, NULL, plan->reference);
	silt_json_close(w);
}

static void write_names(struct silt_json_writer *w, const char *key, const struct silt_run_option *options,
			size_t count)
{
	silt_json_open_array(w, key);
	for (size_t i = 0; i < count; i++) {
		silt_json_write_text(w, NULL, options[i].value);
	}
	silt_json_close(w);
}

/* The fields of a container's securityContext, as Kubernetes calls them. */
static void write_context(struct silt_json_writer *w, const struct silt_run_plan *plan)
{
	static const struct silt_run_option all[] = {{"--cap-drop", "ALL", ""}};
	silt_json_open_object(w, "securityContext");
	if (silt_run_is_user(plan)) {
		silt_json_write_bool(w, "runAsNonRoot", true);
		silt_json_write_unsigned(w, "runAsUser", plan->posture->user.uid);
	}
	if (silt_run_is_user(plan) && plan->posture->user.gid != 0) {
		silt_json_write_unsigned(w, "runAsGroup", plan->posture->user.gid);
	}
	silt_json_write_bool(w, "readOnlyRootFilesystem", true);
	silt_json_write_bool(w, "allowPrivilegeEscalation", plan->may_escalate);
	silt_json_write_bool(w, "privileged", false);
	silt_json_open_object(w, "capabilities");
	write_names(w, "drop", all, SILT_COUNT(all));
	write_names(w, "add", plan->capabilities, plan->capability_count);
	silt_json_close(w);
	silt_json_close(w);
}

static void write_mounts(struct silt_json_writer *w, const struct silt_run_plan *plan)
{
	silt_json_open_array(w, "mounts");
	for (size_t i = 0; i < plan->mount_count; i++) {
		silt_json_open_object(w, NULL);
		silt_json_write_text(w, "path", plan->mounts[i].path);
		silt_json_write_bool(w, "volume", plan->mounts[i].volume);
		silt_json_write_text(w, "reason", plan->mounts[i].reason);
		silt_json_close(w);
	}
	silt_json_close(w);
}

static void write_plan(struct silt_json_writer *w, const struct silt_run_plan *plan, const struct silt_result *result)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "schema", "https://silt.invalid/run-args-1.schema.json");
	silt_json_write_unsigned(w, "version", 1);
	silt_json_open_object(w, "tool");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "version", silt_version());
	silt_json_close(w);
	silt_json_write_text(w, "bundle", silt_result_name(result));
	silt_json_write_bool(w, "complete", silt_result_coverage(result)->complete);
	silt_json_write_text(w, "image", plan->reference);
	silt_json_write_text(w, "config_digest", plan->image->config_digest);
	write_words(w, plan);
	write_options(w, "options", plan->options, plan->option_count);
	write_options(w, "choices", plan->choices, plan->choice_count);
	write_context(w, plan);
	write_mounts(w, plan);
	silt_json_close(w);
}

enum silt_status silt_run_write_json(const struct silt_run_plan *plan, const struct silt_result *result,
				     struct silt_buffer *out, struct silt_error *err)
{
	struct silt_json_writer *writer = NULL;
	enum silt_status status = silt_json_writer_new(&writer, err);
	if (status == SILT_OK) {
		write_plan(writer, plan, result);
		status = silt_json_writer_end(writer, out, err);
	}
	silt_json_writer_free(writer);
	return status;
}
