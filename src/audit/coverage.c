/* The coverage account: what was looked at, and every hole. */
#include "audit/describe.h"

#include "audit/mask.h"
#include "base/escape.h"

#include <stdlib.h>

struct gaps {
	struct silt_result *result;
	struct silt_line_matches *matches; /* borrows; masks names; NULL: they stay as they are */
	struct silt_gap *items;            /* of the arena at the end; malloc before */
	size_t count, capacity;
};

static enum silt_status add_gap(struct gaps *gaps, struct silt_gap gap, struct silt_error *err)
{
	struct silt_arena *arena = &gaps->result->arena;
	gap.place = gap.place ? silt_mask_copy(gaps->matches, silt_bytes_text(gap.place), arena) : NULL;
	gap.reason = gap.reason ? silt_mask_copy(gaps->matches, silt_bytes_text(gap.reason), arena) : NULL;
	if (!gap.place || !gap.reason || !silt_grow((void **)&gaps->items, gaps->count, &gaps->capacity, sizeof(gap))) {
		return silt_fail_memory(err);
	}
	gaps->items[gaps->count++] = gap;
	return SILT_OK;
}

/* "blobs/sha256/12ab, etc/passwd", or either alone, or "the bundle". `member` NULL: none. */
static const char *place_of(struct silt_arena *arena, const struct silt_member *member, struct silt_bytes path)
{
	const char *outer = member ? silt_escape_name(arena, member->name) : "";
	const char *inner = silt_escape_copy(arena, path);
	if (!outer || !inner) {
		return NULL;
	}
	if (!member && path.len == 0) {
		return "the bundle";
	}
	const char *between = member && path.len > 0 ? ", " : "";
	return silt_arena_printf(arena, "%s%s%s", outer, between, inner);
}

/*
 * A gap of a record. Its offset is one in the member only if that is stored as it is read; else it is one in what came
 * out of the decompression, and the sentence says so.
 */
static struct silt_gap gap_of(struct silt_arena *arena, const struct silt_record *record,
			      const struct silt_anomaly *anomaly, const char *place)
{
	bool stored = record->compression == SILT_COMPRESSION_NONE || anomaly->kind == SILT_ANOMALY_INFLATE ||
		      anomaly->kind == SILT_ANOMALY_INFLATE_LIMIT;
	struct silt_gap gap = {.place = place,
			       .reason = anomaly->text,
			       .limit = silt_limit_name(anomaly->limit),
			       .has_offset = stored};
	if (stored) {
		gap.offset = anomaly->offset;
		return gap;
	}
	gap.reason = silt_arena_printf(arena, "%s (at byte %llu of the decompressed data)", anomaly->text,
				       (unsigned long long)anomaly->offset);
	return gap;
}

/*
 * True for damage of a tar that is a file of a bare rootfs. Nobody mounts it, and its bytes were matched whatever they
 * are, so that nothing in it is unknown; damage of what it is packed in is another kind. What was left out for a limit is
 * not known. Nor is it if there are more notes than were kept, since one of those may be about a limit.
 */
static bool is_damage_of_a_file(const struct silt_record *record, const struct silt_anomaly *anomaly)
{
	static const bool of_tar[SILT_ANOMALY_KINDS] = {
		[SILT_ANOMALY_TAR_WARNING] = true,
		[SILT_ANOMALY_TAR_DAMAGED] = true,
		[SILT_ANOMALY_TAR_TRUNCATED] = true,
		[SILT_ANOMALY_TAR_FATAL] = true,
	};
	return of_tar[anomaly->kind] && anomaly->limit == SILT_LIMIT_NONE &&
	       record->anomaly_totals[anomaly->kind] <= SILT_ANOMALIES_PER_KIND_MAX;
}

/* The record of `member`, or of the bundle if that is NULL. `file`: of a tar that is a file of a bare rootfs. */
static enum silt_status add_record_gaps(struct gaps *gaps, const struct silt_record *record,
					const struct silt_member *member, bool file, struct silt_error *err)
{
	for (size_t i = 0; i < record->anomaly_count; i++) {
		const struct silt_anomaly *anomaly = &record->anomalies[i];
		if (!silt_anomaly_is_gap(anomaly->kind) || (file && is_damage_of_a_file(record, anomaly))) {
			continue;
		}
		struct silt_path_room room;
		struct silt_bytes path = {0};
		if (anomaly->entry != UINT32_MAX) {
			path = silt_entry_path(record, &record->entries[anomaly->entry], &room);
		}
		struct silt_arena *arena = &gaps->result->arena;
		const char *place = place_of(arena, member, path);
		enum silt_status status = add_gap(gaps, gap_of(arena, record, anomaly, place), err);
		if (status != SILT_OK) {
			return status;
		}
	}
	return SILT_OK;
}

static enum silt_status add_issue_gaps(struct gaps *gaps, struct silt_error *err)
{
	const struct silt_images *declared = gaps->result->declared;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < declared->issue_count && status == SILT_OK; i++) {
		const struct silt_bundle_issue *issue = &declared->issues[i];
		const struct silt_member *member = NULL;
		if (issue->member != SILT_MEMBER_NONE) {
			member = &gaps->result->inventory.members[issue->member];
		}
		if (issue->incomplete) {
			status = add_gap(gaps,
					 (struct silt_gap){
						 .place = place_of(&gaps->result->arena, member, silt_bytes(NULL, 0)),
						 .reason = issue->text,
						 .limit = silt_limit_name(issue->limit),
					 },
					 err);
		}
	}
	return status;
}

static enum silt_status add_reached(struct gaps *gaps, struct silt_error *err)
{
	const struct silt_reached *reached = &gaps->result->reached;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < reached->count && status == SILT_OK; i++) {
		status = add_gap(gaps, reached->items[i], err);
	}
	return status;
}

/* What the caller, or nobody, made of the limits. */
static enum silt_status list_limits(struct silt_result *result, struct silt_error *err)
{
	struct silt_coverage *coverage = &result->coverage;
	struct silt_limit_setting *settings = silt_arena_alloc(&result->arena, silt_limits_count() * sizeof(*settings));
	for (size_t i = 0; settings && i < silt_limits_count(); i++) {
		const struct silt_limit *limit = silt_limits_get(i);
		const uint64_t value = result->limits.value[i + 1];
		if (value != limit->fallback) {
			settings[coverage->limit_count++] = (struct silt_limit_setting){limit->name, value};
		}
	}
	coverage->limits = settings;
	return settings ? SILT_OK : silt_fail_memory(err);
}

static int compare_gaps(const void *a, const void *b)
{
	const struct silt_gap *left = a, *right = b;
	int order = strcmp(left->place, right->place);
	if (order == 0) {
		order = (left->offset > right->offset) - (left->offset < right->offset);
	}
	return order != 0 ? order : strcmp(left->reason, right->reason);
}

/*
 * Layers are counted as the members that hold them. A bare rootfs is one, since no image is declared, and a tar in it is
 * none; but what was not looked at in such a tar is a gap, as it is in an archive in any layer.
 */
static enum silt_status count_members(struct gaps *gaps, struct silt_error *err)
{
	struct silt_result *result = gaps->result;
	struct silt_coverage *coverage = &result->coverage;
	bool rootfs = strcmp(result->format, "rootfs") == 0;
	for (size_t i = 0; i < result->inventory.count; i++) {
		const struct silt_member *member = &result->inventory.members[i];
		if (member->record == UINT32_MAX) {
			continue;
		}
		const struct silt_record *record = result->records[member->record];
		enum silt_status status = add_record_gaps(gaps, record, member, rootfs, err);
		if (status != SILT_OK) {
			return status;
		}
		if (member->kind == SILT_MEMBER_TAR && !rootfs) {
			coverage->layer_blobs++;
			coverage->layer_bytes += record->bytes;
			coverage->entries += record->entry_count;
		}
	}
	if (rootfs) {
		coverage->layer_blobs++;
		coverage->layer_bytes += result->outer->bytes;
		coverage->entries += result->outer->entry_count;
	}
	return add_record_gaps(gaps, result->outer, NULL, false, err);
}

enum silt_status silt_describe_coverage(struct silt_result *result, struct silt_line_matches *matches,
					struct silt_error *err)
{
	struct gaps gaps = {.result = result, .matches = matches};
	enum silt_status status = count_members(&gaps, err);
	if (status == SILT_OK) {
		status = add_issue_gaps(&gaps, err);
	}
	if (status == SILT_OK) {
		status = add_reached(&gaps, err);
	}
	if (status == SILT_OK) {
		status = list_limits(result, err);
	}
	if (status == SILT_OK && gaps.count > 0) {
		qsort(gaps.items, gaps.count, sizeof(*gaps.items), compare_gaps);
		struct silt_gap *kept = silt_arena_alloc(&result->arena, gaps.count * sizeof(*kept));
		if (kept) {
			memcpy(kept, gaps.items, gaps.count * sizeof(*kept));
		}
		result->coverage.gaps = kept;
		status = kept ? SILT_OK : silt_fail_memory(err);
	}
	result->coverage.gap_count = gaps.count;
	result->coverage.complete = gaps.count == 0;
	free(gaps.items);
	return status;
}
