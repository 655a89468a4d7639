/* What of a rule is packed. */
#include "secret/rule_pack.h"

#include <assert.h>
#include <stddef.h>

static_assert(sizeof(enum silt_severity) == sizeof(uint32_t), "enumerations are packed as numbers");
static_assert(sizeof(enum silt_confidence) == sizeof(uint32_t), "enumerations are packed as numbers");
static_assert(sizeof(enum silt_pattern_origin) == sizeof(uint32_t), "enumerations are packed as numbers");

#define MEMBER(kind, name)                                                                                             \
	{                                                                                                              \
		SILT_PACK_##kind, offsetof(struct silt_rule, name), 0, UINT32_MAX                                      \
	}
#define CHOICE(name, last)                                                                                             \
	{                                                                                                              \
		SILT_PACK_NUMBER, offsetof(struct silt_rule, name), 0, last                                            \
	}
#define EXAMPLES(name, count)                                                                                          \
	{                                                                                                              \
		SILT_PACK_EXAMPLES, offsetof(struct silt_rule, name), offsetof(struct silt_rule, count), 0             \
	}

/* All but `validate`, which follows from the name of the validator. */
const struct silt_pack_member silt_pack_members[] = {
	MEMBER(TEXT, id),
	MEMBER(TEXT, title),
	MEMBER(TEXT, provider),
	MEMBER(TEXT, remedy),
	MEMBER(TEXTS, references),
	CHOICE(severity, SILT_SEVERITY_CRITICAL),
	CHOICE(confidence, SILT_CONFIDENCE_PROVEN),
	MEMBER(LITERALS, anchors),
	MEMBER(TEXTS, anchor_texts),
	MEMBER(TEXTS, anchors_any_case),
	MEMBER(TEXT, pattern),
	CHOICE(origin, SILT_PATTERN_AT_START),
	MEMBER(NUMBER, run.letters),
	MEMBER(NUMBER, run.symbols),
	MEMBER(NUMBER, back),
	MEMBER(NUMBER, reach),
	MEMBER(NUMBER, context),
	MEMBER(NUMBER, show),
	MEMBER(TEXTS, files),
	MEMBER(TEXTS, keywords),
	MEMBER(NUMBER, within),
	MEMBER(TEXTS, allow),
	MEMBER(NUMBER, limits.min_length),
	MEMBER(NUMBER, limits.max_length),
	MEMBER(NUMBER, limits.digits),
	MEMBER(NUMBER, limits.uppers),
	MEMBER(NUMBER, limits.lowers),
	MEMBER(NUMBER, limits.entropy_tenths),
	MEMBER(FLAG, generic),
	MEMBER(FLAG, at_start),
	MEMBER(FLAG, public_half),
	MEMBER(FLAG, never_vendor),
	MEMBER(FLAG, ahead),
	MEMBER(NUMBER, alone),
	MEMBER(TEXT, identity),
	MEMBER(TEXT, validator),
	EXAMPLES(positives, positive_count),
	EXAMPLES(negatives, negative_count),
	MEMBER(TEXT, source),
	MEMBER(NUMBER, line),
};
const size_t silt_pack_member_count = SILT_COUNT(silt_pack_members);
