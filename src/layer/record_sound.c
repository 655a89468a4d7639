/* Whether a record that was read is one: whatever goes by an index or an order later relies on it. */
#include "layer/record_pack.h"

#include "base/attributes.h"

/* The text that a number names, if it names one. */
static bool has_text(const struct silt_record *record, uint32_t text)
{
	const size_t chunk = text >> SILT_TEXT_CHUNK_BITS, at = text & (SILT_TEXT_CHUNK - 1);
	uint16_t len;
	if (text == 0) {
		return true;
	}
	if (chunk >= record->texts.count || record->texts.chunks[chunk].size < sizeof(len) ||
	    at > record->texts.chunks[chunk].size - sizeof(len)) {
		return false;
	}
	memcpy(&len, record->texts.chunks[chunk].bytes + at, sizeof(len));
	return len > 0 && len <= record->texts.chunks[chunk].size - sizeof(len) - at;
}

/* A component of a clean path. */
static bool is_clean_name(struct silt_bytes name)
{
	return name.len > 0 && silt_bytes_find_byte(name, '/') == SIZE_MAX &&
	       !silt_bytes_equal(name, SILT_LITERAL(".")) && !silt_bytes_equal(name, SILT_LITERAL(".."));
}

static bool is_clean_path(struct silt_bytes path)
{
	struct silt_bytes component;
	bool clean = path.len == 0 || path.ptr[path.len - 1] != '/';
	while (clean && silt_bytes_cut(&path, '/', &component)) {
		clean = is_clean_name(component);
	}
	return clean;
}

static bool extras_fit(const struct silt_record *record)
{
	for (size_t i = 0; i < record->extra_count; i++) {
		const struct silt_extra *extra = &record->extras[i];
		if (extra->entry >= record->entry_count || (i > 0 && extra->entry <= extra[-1].entry) ||
		    !(record->entries[extra->entry].flags & SILT_ENTRY_HAS_EXTRA) || !has_text(record, extra->link) ||
		    !has_text(record, extra->capability)) {
			return false;
		}
	}
	return true;
}

/* Entries of one folder share its text and follow each other: it is looked at once for all of them. */
static bool entries_fit(const struct silt_record *record)
{
	size_t with_extra = 0;
	uint32_t folder = 0;
	for (size_t i = 0; i < record->entry_count; i++) {
		const struct silt_entry *entry = &record->entries[i];
		with_extra += entry->flags & SILT_ENTRY_HAS_EXTRA ? 1 : 0;
		if ((entry->folder != folder && (!has_text(record, entry->folder) ||
						 !is_clean_path(silt_text_of(&record->texts, entry->folder)))) ||
		    !has_text(record, entry->name)) {
			return false;
		}
		folder = entry->folder;
		const struct silt_bytes name = silt_entry_name(record, entry);
		const size_t before = silt_entry_folder(record, entry).len;
		const bool root = name.len == 0 && before == 0;
		if ((!root && !is_clean_name(name)) || before >= SILT_PATH_MAX || name.len >= SILT_PATH_MAX - before) {
			return false;
		}
	}
	return with_extra == record->extra_count && extras_fit(record);
}

static bool is_entry(const struct silt_record *record, uint32_t entry)
{
	return entry < record->entry_count;
}

static bool hits_fit(const struct silt_record *record)
{
	for (size_t i = 0; i < record->hit_count; i++) {
		const struct silt_hit *hit = &record->hits[i];
		if (!hit->rule || !hit->preview || (silt_hit_has_entry(hit) && !is_entry(record, hit->entry)) ||
		    (hit->place == SILT_HIT_FRAMING && !hit->field)) {
			return false;
		}
	}
	for (size_t i = 0; i < record->public_count; i++) {
		if (!is_entry(record, record->public_halves[i].entry) || !record->public_halves[i].what) {
			return false;
		}
	}
	return true;
}

static bool small_files_fit(const struct silt_record *record)
{
	for (size_t i = 0; i < record->capture_count; i++) {
		if (!is_entry(record, record->captures[i].entry)) {
			return false;
		}
	}
	for (size_t i = 0; i < record->fact_count; i++) {
		const struct silt_fact *fact = &record->facts[i];
		if (!is_entry(record, fact->entry) || (i > 0 && fact->entry < fact[-1].entry)) {
			return false;
		}
	}
	return true;
}

static bool programs_fit(const struct silt_record *record)
{
	for (size_t i = 0; i < record->program_count; i++) {
		const struct silt_program *program = &record->programs[i];
		if (!is_entry(record, program->entry) || (i > 0 && program->entry <= program[-1].entry)) {
			return false;
		}
	}
	return true;
}

static bool packages_fit(const struct silt_record *record)
{
	for (size_t i = 0; i < record->package_count; i++) {
		if (!is_entry(record, record->packages[i].database)) {
			return false;
		}
	}
	for (size_t i = 0; i < record->claim_count; i++) {
		const struct silt_claim *claim = &record->claims[i];
		if (claim->package >= record->package_count ||
		    (i > 0 && memcmp(claim[-1].id, claim->id, sizeof(claim->id)) > 0)) {
			return false;
		}
	}
	for (size_t i = 0; i < record->digest_count; i++) {
		const struct silt_body_digests *digests = &record->digests[i];
		if (!is_entry(record, digests->entry) || (i > 0 && digests->entry <= digests[-1].entry)) {
			return false;
		}
	}
	return true;
}

static bool anomalies_fit(const struct silt_record *record)
{
	uint64_t kept[SILT_ANOMALY_KINDS] = {0};
	for (size_t i = 0; i < record->anomaly_count; i++) {
		const struct silt_anomaly *anomaly = &record->anomalies[i];
		if (!anomaly->text || (anomaly->entry != UINT32_MAX && !is_entry(record, anomaly->entry)) ||
		    silt_anomaly_is_gap(anomaly->kind)) {
			return false;
		}
		kept[anomaly->kind]++;
	}
	for (size_t kind = 0; kind < SILT_ANOMALY_KINDS; kind++) {
		if (kept[kind] > record->anomaly_totals[kind]) {
			return false;
		}
	}
	return true;
}

bool silt_record_is_sound(const struct silt_record *record)
{
	return record->complete && record->diff_id.known && entries_fit(record) && hits_fit(record) &&
	       small_files_fit(record) && programs_fit(record) && packages_fit(record) && anomalies_fit(record);
}
