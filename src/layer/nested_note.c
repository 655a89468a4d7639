/* Anomalies of files inside of archives: the file, and what is wrong with it. */
#include "layer/nested_note.h"

#include "base/escape.h"

static enum silt_status tell(struct silt_inner_file file, enum silt_anomaly_kind kind, enum silt_limit_id limit,
			     const char *text, struct silt_error *err)
{
	uint64_t offset = silt_entry_offset(&file.collector->record->entries[file.entry]);
	char name[SILT_ERROR_TEXT_MAX / 2];
	silt_escape_text(file.name, name, sizeof(name));
	return silt_collect_limit(file.collector, kind, limit, file.entry, offset, err, "%s%s%s", name,
				  file.name.len > 0 ? ": " : "", text);
}

enum silt_status silt_note_flaw(struct silt_inner_file file, struct silt_archive_flaw flaw, struct silt_error *err)
{
	static const enum silt_anomaly_kind kinds[] = {
		[SILT_ARCHIVE_DAMAGED] = SILT_ANOMALY_NESTED_DAMAGED,
		[SILT_ARCHIVE_SEALED] = SILT_ANOMALY_NESTED_SEALED,
		[SILT_ARCHIVE_LIMIT] = SILT_ANOMALY_NESTED_LIMIT,
		[SILT_ARCHIVE_DISPUTED] = SILT_ANOMALY_NESTED_DISPUTED,
	};
	return tell(file, kinds[flaw.kind], flaw.limit, flaw.text, err);
}

enum silt_status silt_note_setuid(struct silt_inner_file file, struct silt_error *err)
{
	return tell(file, SILT_ANOMALY_NESTED_SETUID, SILT_LIMIT_NONE, "a setuid program", err);
}
