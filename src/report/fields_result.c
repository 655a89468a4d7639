/* The tables of what an audit found. */
#include "report/fields.h"

#include "base/attributes.h"
#include "silt/checks.h"

#define AT(member) .at = offsetof(struct THIS, member)
#define FIELD(member_, kind_)                                                                                          \
	{                                                                                                              \
		.name = #member_, .kind = SILT_FIELD_##kind_, AT(member_)                                              \
	}
#define NAMED(name_, member_, kind_)                                                                                   \
	{                                                                                                              \
		.name = (name_), .kind = SILT_FIELD_##kind_, AT(member_)                                               \
	}
#define LIST(name_, member_, count_, of_)                                                                              \
	{                                                                                                              \
		.name = (name_), .kind = SILT_FIELD_LIST, AT(member_), .aux = offsetof(struct THIS, count_),           \
		.of = &(of_)                                                                                           \
	}
#define ENUM(member_, kind_, name_of_)                                                                                 \
	{                                                                                                              \
		.name = #member_, .kind = SILT_FIELD_##kind_, AT(member_), .name_of = (name_of_)                       \
	}
#define FIELDS(table)                                                                                                  \
	{                                                                                                              \
		.fields = (table), .count = SILT_COUNT(table), .size = sizeof(struct THIS)                             \
	}

static const char *severity_name(int value)
{
	return silt_severity_name((enum silt_severity)value);
}

static const char *confidence_name(int value)
{
	return silt_confidence_name((enum silt_confidence)value);
}

static const char *fate_name(int value)
{
	return silt_fate_name((enum silt_fate)value);
}

static const char *heritage_name(int value)
{
	return silt_heritage_name((enum silt_heritage)value);
}

static const char *standing_name(int value)
{
	return silt_standing_name((enum silt_standing)value);
}

/* ---- Images ------------------------------------------------------------------------------------------------------ */

#define THIS silt_layer
static const struct silt_field layer[] = {
	FIELD(present, BOOL),
	FIELD(diff_id, TEXT_OR_NULL),
	FIELD(digest, TEXT_OR_NULL),
	FIELD(compression, TEXT_OR_NULL),
	FIELD(member, TEXT_OR_NULL),
	FIELD(instruction, TEXT_OR_NULL),
	ENUM(heritage, KNOWN_NAME, heritage_name),
	FIELD(blob_bytes, NUMBER),
	FIELD(bytes, NUMBER),
	NAMED("entries", entry_count, NUMBER),
	FIELD(files_added, NUMBER),
	FIELD(files_changed, NUMBER),
	FIELD(files_deleted, NUMBER),
	FIELD(bytes_added, NUMBER),
	FIELD(bytes_hidden, NUMBER),
};
static const struct silt_fields layers = FIELDS(layer);
#undef THIS

#define THIS silt_image
static const struct silt_field image[] = {
	{.name = "names", .kind = SILT_FIELD_NAMES, AT(names), .aux = offsetof(struct silt_image, name_count)},
	FIELD(config_digest, TEXT_OR_NULL),
	FIELD(manifest_digest, TEXT_OR_NULL),
	FIELD(platform, TEXT_OR_NULL),
	FIELD(created, TEXT_OR_NULL),
	FIELD(user, TEXT_OR_NULL),
	FIELD(declared_by, TEXT_OR_NULL),
	FIELD(history_attributed, BOOL),
	FIELD(bytes, NUMBER),
	LIST("layers", layers, layer_count, layers),
	{.name = "posture", .kind = SILT_FIELD_POINTER, AT(posture), .of = &silt_fields_posture},
};
const struct silt_fields silt_fields_image = FIELDS(image);
#undef THIS

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

#define THIS silt_sighted_file
static const struct silt_field sighted_file[] = {
	FIELD(mode, MODE),
	FIELD(uid, NUMBER),
	FIELD(gid, NUMBER),
	FIELD(digest, TEXT_OR_NULL),
};
static const struct silt_fields sighted_files = FIELDS(sighted_file);
#undef THIS

#define THIS silt_sighting
static const struct silt_field sighting[] = {
	FIELD(image, INDEX),
	FIELD(layer, INDEX),
	FIELD(history_line, INDEX),
	FIELD(place, TEXT),
	FIELD(path, BYTES),
	FIELD(member, TEXT_OR_NULL),
	{.name = "offset", .kind = SILT_FIELD_OFFSET, AT(offset), .aux = offsetof(struct silt_sighting, has_offset)},
	FIELD(length, NUMBER),
	ENUM(fate, NAME, fate_name),
	FIELD(added_by, TEXT_OR_NULL),
	FIELD(cause_layer, INDEX),
	FIELD(hidden_by, TEXT_OR_NULL),
	FIELD(resurrected, BOOL),
	FIELD(note, TEXT_OR_NULL),
	{.name = "file", .kind = SILT_FIELD_POINTER, AT(file), .of = &sighted_files},
};
static const struct silt_fields sightings = FIELDS(sighting);
#undef THIS

/* What the catalogue knows of its check; a finding of a pattern rule alone is one of secrets. */
static void write_check(struct silt_json_writer *w, const void *object)
{
	const struct silt_finding *finding = object;
	const struct silt_check_info *check = silt_checks_find(finding->rule);
	struct silt_bytes rest = silt_bytes_text(check ? check->aliases : ""), alias;
	silt_json_write_text(w, "family", silt_check_family_name(check ? check->family : SILT_CHECKS_SECRET));
	silt_json_open_array(w, "aliases");
	while (silt_bytes_cut(&rest, ' ', &alias)) {
		silt_json_write_bytes(w, NULL, alias); /* a word of ours: nothing in it is escaped */
	}
	silt_json_close(w);
}

#define THIS silt_finding
static const struct silt_field finding[] = {
	FIELD(rule, TEXT),
	FIELD(pattern, TEXT_OR_NULL),
	{.name = "family", .kind = SILT_FIELD_DERIVED, .write = write_check},
	FIELD(title, TEXT),
	ENUM(severity, NAME, severity_name),
	ENUM(confidence, NAME, confidence_name),
	FIELD(subject, TEXT),
	FIELD(secret, SECRET),
	FIELD(detail, TEXT_OR_NULL),
	FIELD(suppressed, TEXT_OR_NULL),
	FIELD(remedy, TEXT),
	ENUM(heritage, KNOWN_NAME, heritage_name),
	ENUM(exposure, NAME, fate_name),
	FIELD(fingerprint, FINGERPRINT),
	ENUM(standing, NAME, standing_name),
	FIELD(standing_why, TEXT_OR_NULL),
	LIST("sightings", sightings, sighting_count, sightings),
};
const struct silt_fields silt_fields_finding = FIELDS(finding);
#undef THIS

/* ---- Coverage and verdict ---------------------------------------------------------------------------------------- */

#define THIS silt_gap
static const struct silt_field gap[] = {
	FIELD(place, TEXT),
	FIELD(reason, TEXT),
	FIELD(limit, KNOWN_TEXT),
	{.name = "offset", .kind = SILT_FIELD_OFFSET, AT(offset), .aux = offsetof(struct silt_gap, has_offset)},
	FIELD(bytes, NUMBER),
};
const struct silt_fields silt_fields_gap = FIELDS(gap);
#undef THIS

#define THIS silt_limit_setting
static const struct silt_field limit[] = {
	FIELD(name, TEXT),
	FIELD(value, NUMBER),
};
static const struct silt_fields limits = FIELDS(limit);
#undef THIS

#define THIS silt_coverage
static const struct silt_field coverage[] = {
	FIELD(complete, BOOL),
	FIELD(members, NUMBER),
	FIELD(member_bytes, NUMBER),
	FIELD(layer_blobs, NUMBER),
	FIELD(layer_bytes, NUMBER),
	FIELD(entries, NUMBER),
	FIELD(documents, NUMBER),
	FIELD(believed_blobs, NUMBER),
	FIELD(left_out_images, NUMBER),
	FIELD(left_out_findings, NUMBER),
	LIST("gaps", gaps, gap_count, silt_fields_gap),
	LIST("limits", limits, limit_count, limits),
};
const struct silt_fields silt_fields_coverage = FIELDS(coverage);
#undef THIS

#define THIS silt_policy_note
static const struct silt_field note[] = {
	FIELD(text, TEXT),
};
const struct silt_fields silt_fields_note = FIELDS(note);
#undef THIS

#define THIS silt_sandbox
static const struct silt_field sandbox[] = {
	FIELD(enabled, BOOL),          FIELD(no_new_privileges, BOOL), FIELD(not_dumpable, BOOL),
	FIELD(landlock_abi, UNSIGNED), FIELD(seccomp, BOOL),
};
const struct silt_fields silt_fields_sandbox = FIELDS(sandbox);
#undef THIS
