/* What Env and a preload list make of every program of an image. */
#include "audit/config_checks.h"

#include "audit/sighting.h"
#include "base/ascii.h"
#include "base/attributes.h"
#include "base/escape.h"

enum { LIBRARY_TOLD_MAX = 120 };

/* ---- Preloading ---------------------------------------------------------------------------------------------------- */

/* Libraries that are preloaded for a good reason, by how their names begin: allocators, and accounts out of nowhere. */
static const char *const customary[] = {"libjemalloc.so", "libtcmalloc", "libmimalloc.so", "libnss_wrapper.so"};

static bool is_customary(struct silt_bytes library)
{
	for (size_t i = 0; i < SILT_COUNT(customary); i++) {
		if (silt_bytes_start_with(silt_path_basename(library), silt_bytes_text(customary[i]))) {
			return true;
		}
	}
	return false;
}

static struct silt_telling preload_telling(const struct silt_case *of, struct silt_bytes library)
{
	bool known = is_customary(library);
	return (struct silt_telling){
		.rule = "config-ld-preload",
		.severity = known ? SILT_SEVERITY_INFO : SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_escape_cut(of->context->arena, library, LIBRARY_TOLD_MAX),
		.identity = library,
		.detail = known ? "A library that is preloaded for a well-known reason goes into every dynamic program."
				: "The library goes into every dynamic program and may replace any function of it.",
	};
}

static enum silt_status check_preload_env(const struct silt_case *of, struct silt_error *err)
{
	struct silt_bytes list, library;
	enum silt_status status = SILT_OK;
	if (!silt_config_env(silt_case_config(of), "LD_PRELOAD", &list)) {
		return SILT_OK;
	}
	while (status == SILT_OK && list.len > 0) {
		size_t len = 0;
		while (len < list.len && !silt_is_one_of(list.ptr[len], " :\t")) {
			len++;
		}
		library = silt_bytes_slice(list, 0, len);
		list = silt_bytes_slice(list, len + 1, list.len);
		if (library.len > 0) {
			struct silt_telling telling = preload_telling(of, library);
			status = silt_tell_config(of, &telling, "Env LD_PRELOAD", err);
		}
	}
	return status;
}

static enum silt_status check_preload_file(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	struct silt_node node;
	size_t count;
	if (!silt_rootfs_find(image->rootfs, SILT_LITERAL("etc/ld.so.preload"), true, &node) ||
	    !silt_node_is_file(image, &node)) {
		return SILT_OK;
	}
	enum silt_status status = SILT_OK;
	const struct silt_fact *facts =
		silt_record_facts(image->layers[node.content.layer], node.content.entry, &count);
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		if (facts[i].kind == SILT_FACT_PRELOAD) {
			struct silt_telling telling = preload_telling(of, facts[i].text);
			status = silt_tell_entry(of, &telling, node.meta, err);
		}
	}
	return status;
}

/* ---- Checks of TLS ------------------------------------------------------------------------------------------------- */

enum means { MEANS_ZERO, MEANS_FALSE, MEANS_SET, MEANS_TRUE };

static const struct {
	const char *name;
	enum means off; /* the values that switch the check off */
	const char *what;
} tls_switches[] = {
	{"NODE_TLS_REJECT_UNAUTHORIZED", MEANS_ZERO, "Node.js takes any certificate"},
	{"GIT_SSL_NO_VERIFY", MEANS_TRUE, "git takes any certificate"},
	{"PYTHONHTTPSVERIFY", MEANS_ZERO, "Python's HTTPS client takes any certificate"},
	{"NPM_CONFIG_STRICT_SSL", MEANS_FALSE, "npm takes any certificate of a registry"},
	{"npm_config_strict_ssl", MEANS_FALSE, "npm takes any certificate of a registry"},
	{"PIP_TRUSTED_HOST", MEANS_SET, "pip takes any certificate of the hosts it lists, and plain HTTP"},
};

static bool is_any(struct silt_bytes value, const char *first, const char *second, const char *third)
{
	return silt_bytes_equal_nocase(value, silt_bytes_text(first)) ||
	       silt_bytes_equal_nocase(value, silt_bytes_text(second)) ||
	       silt_bytes_equal_nocase(value, silt_bytes_text(third));
}

static bool switches_off(struct silt_bytes value, enum means off)
{
	switch (off) {
	case MEANS_ZERO:
		return silt_bytes_equal(value, SILT_LITERAL("0"));
	case MEANS_FALSE:
		return is_any(value, "false", "0", "null");
	case MEANS_TRUE: /* as git reads it: what is none of these is true, or an error */
		return value.len > 0 && !is_any(value, "false", "no", "off") && !silt_bytes_all(value, '0');
	case MEANS_SET:
		break;
	}
	return silt_bytes_trim(value).len > 0;
}

static enum silt_status check_tls(const struct silt_case *of, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(tls_switches) && status == SILT_OK; i++) {
		struct silt_bytes value;
		const char *name = tls_switches[i].name;
		if (!silt_config_env(silt_case_config(of), name, &value) || !switches_off(value, tls_switches[i].off)) {
			continue;
		}
		struct silt_telling telling = {
			.rule = "config-tls-off",
			.severity = SILT_SEVERITY_MEDIUM,
			.confidence = SILT_CONFIDENCE_PROVEN,
			.subject = name,
			.detail = silt_arena_printf(of->context->arena, "In every container %s.", tls_switches[i].what),
		};
		const char *part = silt_arena_printf(of->context->arena, "Env %s", name);
		status = telling.detail && part ? silt_tell_config(of, &telling, part, err) : silt_fail_memory(err);
	}
	return status;
}

enum silt_status silt_config_environment(const struct silt_case *of, struct silt_error *err)
{
	enum silt_status status = check_preload_env(of, err);
	if (status == SILT_OK) {
		status = check_preload_file(of, err);
	}
	return status == SILT_OK ? check_tls(of, err) : status;
}
