/* What an image declares as a service: health, ports, volumes, triggers. */
#include "audit/config_checks.h"

#include "audit/exposed_port.h"
#include "audit/name_list.h"
#include "base/attributes.h"
#include "base/escape.h"

/* Bytes of a text of the config that are told. */
enum { TEXT_TOLD_MAX = 200 };

/* ---- Health -------------------------------------------------------------------------------------------------------- */

static bool is_switched_off(const struct silt_config *config)
{
	return config->health_count == 1 && silt_bytes_equal(config->health[0], SILT_LITERAL("NONE"));
}

/* A builder that writes the OCI format drops the instruction, but keeps its line. */
static bool history_has_healthcheck(const struct silt_config *config)
{
	bool found = false;
	for (size_t i = 0; i < config->history_count; i++) {
		struct silt_instruction line = silt_history_read(&config->history[i]);
		if (silt_instruction_begins(line, "HEALTHCHECK ")) {
			found = !silt_bytes_end_with(silt_bytes_trim(line.text), SILT_LITERAL(" NONE"));
		}
	}
	return found;
}

enum silt_status silt_config_health(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	bool off = is_switched_off(config);
	if ((config->has_health && !off) || !(silt_case_image(of)->declared->declared & SILT_DECLARED_ARCHIVE)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-no-healthcheck",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = off ? "HEALTHCHECK NONE" : "no HEALTHCHECK",
		.detail = off ? "The check that the base image has is switched off." : NULL,
	};
	if (!config->has_health && history_has_healthcheck(config)) {
		telling.detail =
			"The history has a HEALTHCHECK instruction, but the config has none: the OCI format of "
			"some builders drops it.";
	}
	return silt_tell_config(of, &telling, "Healthcheck", err);
}

/* ---- Ports --------------------------------------------------------------------------------------------------------- */

static enum silt_status check_port(const struct silt_case *of, struct silt_bytes text, struct silt_error *err)
{
	struct silt_telling telling = {
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_escape_cut(of->context->arena, text, TEXT_TOLD_MAX),
		.identity = text,
	};
	struct silt_ports ports;
	if (!silt_ports_read(text, &ports)) {
		return SILT_OK;
	}
	if (ports.first > SILT_PORT_LAST || ports.last > SILT_PORT_LAST) {
		telling.rule = "config-port-range";
		telling.severity = SILT_SEVERITY_LOW;
		telling.detail = "Ports are numbers from 0 to 65535.";
		return silt_tell_config(of, &telling, "ExposedPorts", err);
	}
	if (silt_ports_have(&ports, SILT_PORT_SSH)) {
		telling.rule = "config-port-22";
		telling.severity = SILT_SEVERITY_MEDIUM;
		telling.detail = ports.first == ports.last ? "Port 22 is that of SSH."
							   : "The range has port 22 in it, which is that of SSH.";
		return silt_tell_config(of, &telling, "ExposedPorts", err);
	}
	return SILT_OK;
}

enum silt_status silt_config_ports(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->port_count && status == SILT_OK; i++) {
		status = check_port(of, config->ports[i], err);
	}
	return status;
}

/* ---- Volumes ------------------------------------------------------------------------------------------------------- */

/* Of the system, or of root; clean. */
static const char *const sensitive[] = {"etc", "proc", "sys", "dev", "root", "boot", "lib/modules"};

static bool is_sensitive(struct silt_bytes path)
{
	for (size_t i = 0; i < SILT_COUNT(sensitive); i++) {
		if (silt_path_is_below(path, sensitive[i])) {
			return true;
		}
	}
	return path.len == 0;
}

static enum silt_status check_volume(const struct silt_case *of, struct silt_bytes volume, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	struct silt_bytes path = silt_config_path(arena, volume);
	if (!path.ptr) {
		return silt_fail_memory(err);
	}
	if (volume.len == 0 || !is_sensitive(path)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-volume-sensitive",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_escape_cut(arena, volume, TEXT_TOLD_MAX),
		.detail = "Every container gets a volume there that it may write to and that outlives it.",
		.identity = volume,
	};
	return silt_tell_config(of, &telling, "Volumes", err);
}

enum silt_status silt_config_volumes(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->volume_count && status == SILT_OK && silt_config_is_for_linux(config); i++) {
		status = check_volume(of, config->volumes[i], err);
	}
	return status;
}

/* ---- Triggers ------------------------------------------------------------------------------------------------------ */

/* What Docker refuses as a trigger, so that no image can be built on this one. */
static bool is_refused(struct silt_bytes instruction)
{
	return silt_bytes_equal_nocase(instruction, SILT_LITERAL("ONBUILD")) ||
	       silt_bytes_equal_nocase(instruction, SILT_LITERAL("FROM")) ||
	       silt_bytes_equal_nocase(instruction, SILT_LITERAL("MAINTAINER"));
}

enum silt_status silt_config_triggers(const struct silt_case *of, struct silt_error *err)
{
	enum { WORD_TOLD_MAX = 20 };
	const struct silt_config *config = silt_case_config(of);
	struct silt_arena *arena = of->context->arena;
	struct silt_name_list list = {.count = 0};
	bool refused = false;
	for (size_t i = 0; i < config->on_build_count; i++) {
		struct silt_bytes line = silt_bytes_trim(config->on_build[i]), word = {0};
		silt_bytes_cut(&line, ' ', &word);
		const char *text = silt_escape_cut(arena, word, WORD_TOLD_MAX);
		silt_name_list_add_text(&list, text ? text : "");
		refused = refused || is_refused(word);
	}
	if (config->on_build_count == 0) {
		return SILT_OK;
	}
	const char *words = silt_name_list_end(&list, arena);
	struct silt_telling telling = {
		.rule = "config-onbuild",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = "ONBUILD",
		.detail = words ? silt_arena_printf(arena, "Builds on this image run %s first%s.", words,
						    refused ? ", some of which Docker refuses there" : "")
				: NULL,
	};
	return telling.detail ? silt_tell_config(of, &telling, "OnBuild", err) : silt_fail_memory(err);
}
