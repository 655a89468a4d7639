/* The fixed names of the public enumerations, and the version. */
#include "silt/silt.h"

#include "base/attributes.h"

#include <string.h>

static const char *const severities[] = {
	[SILT_SEVERITY_INFO] = "info", [SILT_SEVERITY_LOW] = "low",           [SILT_SEVERITY_MEDIUM] = "medium",
	[SILT_SEVERITY_HIGH] = "high", [SILT_SEVERITY_CRITICAL] = "critical",
};

static const char *const confidences[] = {
	[SILT_CONFIDENCE_POSSIBLE] = "possible",
	[SILT_CONFIDENCE_LIKELY] = "likely",
	[SILT_CONFIDENCE_PROVEN] = "proven",
};

static const char *const fates[] = {
	[SILT_FATE_UNREFERENCED] = "unreferenced", [SILT_FATE_DISPUTED] = "disputed",
	[SILT_FATE_SHADOWED] = "shadowed",         [SILT_FATE_MASKED] = "masked",
	[SILT_FATE_OVERWRITTEN] = "overwritten",   [SILT_FATE_DELETED] = "deleted",
	[SILT_FATE_METADATA] = "metadata",         [SILT_FATE_VISIBLE] = "visible",
};

static const char *const entry_types[] = {
	[SILT_ENTRY_FILE] = "file",
	[SILT_ENTRY_HARDLINK] = "hardlink",
	[SILT_ENTRY_SYMLINK] = "symlink",
	[SILT_ENTRY_DIRECTORY] = "directory",
	[SILT_ENTRY_CHAR_DEVICE] = "char-device",
	[SILT_ENTRY_BLOCK_DEVICE] = "block-device",
	[SILT_ENTRY_FIFO] = "fifo",
	[SILT_ENTRY_OTHER] = "other",
};

static const char *name_of(const char *const *names, size_t count, size_t index)
{
	return index < count ? names[index] : "unknown";
}

const char *silt_severity_name(enum silt_severity severity)
{
	return name_of(severities, SILT_COUNT(severities), (size_t)severity);
}

const char *silt_confidence_name(enum silt_confidence confidence)
{
	return name_of(confidences, SILT_COUNT(confidences), (size_t)confidence);
}

const char *silt_fate_name(enum silt_fate fate)
{
	return name_of(fates, SILT_COUNT(fates), (size_t)fate);
}

const char *silt_heritage_name(enum silt_heritage heritage)
{
	static const char *const names[] = {"unknown", "base", "own"};
	return name_of(names, SILT_COUNT(names), (size_t)heritage);
}

const char *silt_standing_name(enum silt_standing standing)
{
	static const char *const names[] = {"unjudged", "counts", "below", "allowed", "waived", "known"};
	return name_of(names, SILT_COUNT(names), (size_t)standing);
}

const char *silt_health_name(enum silt_health health)
{
	static const char *const names[] = {"unknown", "none", "off", "present", "not representable"};
	return name_of(names, SILT_COUNT(names), (size_t)health);
}

const char *silt_change_name(enum silt_change change)
{
	static const char *const names[] = {"same", "added", "removed", "changed"};
	return name_of(names, SILT_COUNT(names), (size_t)change);
}

const char *silt_survival_name(enum silt_survival survival)
{
	static const char *const names[] = {"gone", "survived", "not looked for", "unknown"};
	return name_of(names, SILT_COUNT(names), (size_t)survival);
}

const char *silt_comparison_verdict_name(enum silt_comparison_verdict verdict)
{
	static const char *const names[] = {"free", "worse", "incomplete"};
	return name_of(names, SILT_COUNT(names), (size_t)verdict);
}

const char *silt_entry_type_name(enum silt_entry_type type)
{
	return name_of(entry_types, SILT_COUNT(entry_types), (size_t)type);
}

bool silt_severity_parse(const char *name, enum silt_severity *out)
{
	for (size_t i = 0; i < SILT_COUNT(severities); i++) {
		if (strcmp(name, severities[i]) == 0) {
			*out = (enum silt_severity)i;
			return true;
		}
	}
	return false;
}

const char *silt_version(void)
{
	return SILT_VERSION_TEXT;
}
