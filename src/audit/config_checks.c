/* Runs the checks of configs. */
#include "audit/config_checks.h"

#include "audit/checks.h"
#include "base/attributes.h"
#include "base/path.h"

static silt_config_check_fn *const checks[] = {
	silt_config_tags,   silt_config_labels,      silt_config_forms,    silt_config_cmd,     silt_config_entry,
	silt_config_script, silt_config_health,      silt_config_ports,    silt_config_volumes, silt_config_daemon,
	silt_config_paths,  silt_config_environment, silt_config_triggers,
};

static enum silt_status check_image(const struct silt_case *of, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(checks) && status == SILT_OK; i++) {
		status = checks[i](of, err);
	}
	return status;
}

enum silt_status silt_check_config(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		const struct silt_declared_image *declared = context->images[image].declared;
		if (declared && declared->config_member != SILT_MEMBER_NONE) {
			const struct silt_case of = {context, image, findings};
			status = check_image(&of, err);
		}
	}
	return status;
}

/* ---- What they share ----------------------------------------------------------------------------------------------- */

bool silt_config_env(const struct silt_config *config, const char *name, struct silt_bytes *value)
{
	for (size_t i = config->env_count; i > 0; i--) {
		struct silt_bytes rest = config->env[i - 1], key = {0};
		silt_bytes_cut(&rest, '=', &key);
		if (silt_bytes_equal(key, silt_bytes_text(name))) {
			*value = rest;
			return true;
		}
	}
	return false;
}

bool silt_config_is_for_linux(const struct silt_config *config)
{
	return (config->os.len == 0 || silt_bytes_equal(config->os, SILT_LITERAL("linux"))) &&
	       !silt_bytes_start_with(config->architecture, SILT_LITERAL("wasm"));
}

struct silt_bytes silt_config_path(struct silt_arena *arena, struct silt_bytes path)
{
	uint8_t *clean = silt_arena_alloc(arena, path.len);
	unsigned flags;
	return silt_bytes(clean, clean ? silt_path_clean(path, clean, &flags) : 0);
}

bool silt_path_is_below(struct silt_bytes path, const char *folder)
{
	size_t len = strlen(folder);
	return silt_bytes_start_with(path, silt_bytes_text(folder)) && (path.len == len || path.ptr[len] == '/');
}
