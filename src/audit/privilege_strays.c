/* Setuid programs in tars that are no layers of an image: orphans of a save, files of a bare rootfs. */
#include "audit/integrity.h"
#include "audit/privilege.h"

enum { SETUID = 04000 };

static const struct silt_oddity oddity = {
	"priv-setuid", "Setuid program in an archive", "setuid program in an archive",
	"Remove the archive, or the bit in it: whoever unpacks it as root makes the program.", SILT_SEVERITY_INFO};

static enum silt_status add_place(const struct silt_context *context, uint32_t member, uint32_t entry,
				  struct silt_odd_places *places, struct silt_error *err)
{
	struct silt_sighting sighting = silt_sighting_nowhere();
	if (silt_odd_is_full(places)) {
		return silt_odd_add(places, &sighting, err); /* counted only */
	}
	enum silt_status status = silt_sight_member(context, member, &sighting, err);
	if (status != SILT_OK) {
		return status;
	}
	const struct silt_record *record = context->records[context->inventory->members[member].record];
	const char *inner = silt_entry_text(context->arena, record, entry);
	sighting.place = inner ? silt_arena_printf(context->arena, "%s: %s", sighting.place, inner) : NULL;
	sighting.note = "a setuid program in a tar that is no layer";
	return sighting.place ? silt_odd_add(places, &sighting, err) : silt_fail_memory(err);
}

static enum silt_status look_at_member(const struct silt_context *context, uint32_t member,
				       struct silt_odd_places *places, struct silt_error *err)
{
	const struct silt_record *record = context->records[context->inventory->members[member].record];
	enum silt_status status = SILT_OK;
	for (uint32_t i = 0; i < record->entry_count && status == SILT_OK; i++) {
		const struct silt_entry *entry = &record->entries[i];
		if (entry->type == SILT_ENTRY_FILE && (entry->mode & SETUID)) {
			status = add_place(context, member, i, places, err);
		}
	}
	return status;
}

enum silt_status silt_privilege_of_strays(const struct silt_context *context, struct silt_findings *findings,
					  struct silt_error *err)
{
	const bool *layers = silt_members_that_are_layers(context, false);
	struct silt_odd_places places = {0};
	enum silt_status status = layers ? SILT_OK : silt_fail_memory(err);
	for (uint32_t i = 0; i < context->inventory->count && status == SILT_OK; i++) {
		const struct silt_member *member = &context->inventory->members[i];
		if (member->kind == SILT_MEMBER_TAR && member->record != UINT32_MAX && !layers[i]) {
			status = look_at_member(context, i, &places, err);
		}
	}
	if (status == SILT_OK) {
		status = silt_odd_report(&places, &oddity, context, findings, err);
	}
	silt_odd_done(&places);
	return status;
}
