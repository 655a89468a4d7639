/* The tables of posture: null is "not known" here, and what is not there is "", 0, false or an empty list. */
#include "report/fields.h"

#include "base/attributes.h"

#define AT(member) .at = offsetof(struct THIS, member)
#define FIELD(member_, kind_)                                                                                          \
	{                                                                                                              \
		.name = #member_, .kind = SILT_FIELD_##kind_, AT(member_)                                              \
	}
#define PART(member_, of_)                                                                                             \
	{                                                                                                              \
		.name = #member_, .kind = SILT_FIELD_OBJECT, AT(member_), .of = &(of_)                                 \
	}
#define FIELDS(table)                                                                                                  \
	{                                                                                                              \
		.fields = (table), .count = SILT_COUNT(table), .size = sizeof(struct THIS)                             \
	}

static const char *health_name(int value)
{
	return silt_health_name((enum silt_health)value);
}

static const char *severity_name(int value)
{
	return silt_severity_name((enum silt_severity)value);
}

#define THIS silt_posture_base
static const struct silt_field base[] = {
	FIELD(distribution, KNOWN_TEXT), FIELD(id, KNOWN_TEXT),       FIELD(version, KNOWN_TEXT),
	FIELD(end_of_life, KNOWN_TEXT),  FIELD(expired, ANSWER),      FIELD(name, KNOWN_TEXT),
	FIELD(digest, KNOWN_TEXT),       FIELD(layers, KNOWN_NUMBER), FIELD(guessed, BOOL),
};
static const struct silt_fields bases = FIELDS(base);
#undef THIS

#define THIS silt_posture_size
static const struct silt_field size[] = {
	FIELD(files, KNOWN_NUMBER),       FIELD(bytes, KNOWN_NUMBER),
	FIELD(own_files, KNOWN_NUMBER),   FIELD(own_bytes, KNOWN_NUMBER),
	FIELD(packages, KNOWN_NUMBER),    FIELD(wasted_bytes, KNOWN_NUMBER),
	FIELD(executables, KNOWN_NUMBER), FIELD(static_executables, KNOWN_NUMBER),
	FIELD(scripts, KNOWN_NUMBER),
};
static const struct silt_fields sizes = FIELDS(size);
#undef THIS

#define THIS silt_posture_user
static const struct silt_field user[] = {
	FIELD(name, KNOWN_TEXT),    FIELD(uid, KNOWN_NUMBER),         FIELD(gid, KNOWN_NUMBER),
	FIELD(root, ANSWER),        FIELD(largest_uid, KNOWN_NUMBER), FIELD(largest_gid, KNOWN_NUMBER),
	FIELD(fits_userns, ANSWER),
};
static const struct silt_fields users = FIELDS(user);
#undef THIS

#define THIS silt_posture_start
static const struct silt_field start[] = {
	FIELD(chain, TEXTS),         FIELD(init, KNOWN_TEXT),       FIELD(drops, KNOWN_TEXT),
	FIELD(drops_at, KNOWN_TEXT), FIELD(privileged, KNOWN_TEXT), FIELD(capabilities, TEXTS),
};
static const struct silt_fields starts = FIELDS(start);
#undef THIS

#define THIS silt_posture_rights
static const struct silt_field right[] = {
	FIELD(no_new_privileges, ANSWER),
	FIELD(losers, TEXTS),
	FIELD(shell_free, ANSWER),
	FIELD(shells, TEXTS),
};
static const struct silt_fields rights = FIELDS(right);
#undef THIS

#define THIS silt_posture_writable
static const struct silt_field writable[] = {
	FIELD(path, TEXT), FIELD(uid, NUMBER),  FIELD(gid, NUMBER),
	FIELD(mode, MODE), FIELD(volume, BOOL), FIELD(files, NUMBER),
};
static const struct silt_fields writables = FIELDS(writable);
#undef THIS

#define THIS silt_posture_score
static const struct silt_field score[] = {
	FIELD(findings, NUMBER),
	{.name = "worst",
	 .kind = SILT_FIELD_SEVERITY_OF,
	 AT(worst),
	 .aux = offsetof(struct silt_posture_score, findings),
	 .name_of = severity_name},
	{.name = "asked", .kind = SILT_FIELD_NOT, AT(unasked)},
};
static const struct silt_fields scores = FIELDS(score);
#undef THIS

/* An object with a member for each family. */
struct all_scores {
	struct silt_posture_score of[SILT_CHECK_FAMILIES];
};

#define THIS all_scores
#define FAMILY(name_, family_)                                                                                         \
	{                                                                                                              \
		.name = (name_), .kind = SILT_FIELD_OBJECT, AT(of[family_]), .of = &scores                             \
	}
static const struct silt_field families[] = {
	FAMILY("user", SILT_CHECKS_USER),           FAMILY("secret", SILT_CHECKS_SECRET),
	FAMILY("surface", SILT_CHECKS_SURFACE),     FAMILY("config", SILT_CHECKS_CONFIG),
	FAMILY("history", SILT_CHECKS_HISTORY),     FAMILY("filesystem", SILT_CHECKS_FILESYSTEM),
	FAMILY("integrity", SILT_CHECKS_INTEGRITY),
};
_Static_assert(SILT_COUNT(families) == SILT_CHECK_FAMILIES, "a family has no row");
static const struct silt_fields all_families = FIELDS(families);
#undef THIS

#define THIS silt_posture
static const struct silt_field posture[] = {
	PART(base, bases),
	PART(size, sizes),
	PART(user, users),
	PART(start, starts),
	PART(rights, rights),
	{.name = "health", .kind = SILT_FIELD_KNOWN_NAME, AT(health), .name_of = health_name},
	FIELD(ports, TEXTS),
	FIELD(volumes, TEXTS),
	{.name = "writable",
	 .kind = SILT_FIELD_KNOWN_LIST,
	 AT(writable),
	 .aux = offsetof(struct silt_posture, writable_count),
	 .known = offsetof(struct silt_posture, writable_known),
	 .of = &writables},
	FIELD(builder, KNOWN_TEXT),
	FIELD(attestations, NUMBER),
	FIELD(signatures, NUMBER),
	FIELD(logs, TEXTS),
	FIELD(lock_files, TEXTS),
	FIELD(certificates, TEXTS),
	PART(score, all_families),
};
const struct silt_fields silt_fields_posture = FIELDS(posture);
