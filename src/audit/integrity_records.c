/* Findings out of the anomalies of layer records. */
#include "audit/integrity.h"

#include "base/limits.h"

#define DISTRUST "Do not trust the archive before it is clear who wrote it so; build or save the image again."
#define SAVE_AGAIN "Save or download the image again. Until then it counts as not fully looked at."

static const struct silt_oddity kinds[SILT_ANOMALY_KINDS] = {
	[SILT_ANOMALY_TAR_WARNING] =
		{"integrity-not-inspectable", "Tar reader warned", "warning of the tar reader",
		 "The entries were read, but other programs may read them differently: name, owner, "
		 "rights and size may be others. Build the layer again.",
		 SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_TAR_DAMAGED] = {"integrity-not-inspectable", "Damaged layer", "damaged tar header", SAVE_AGAIN,
				      SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_TAR_TRUNCATED] = {"integrity-not-inspectable", "Truncated layer", "truncated tar", SAVE_AGAIN,
					SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_TAR_FATAL] = {"integrity-not-inspectable", "Unreadable layer", "unreadable tar", SAVE_AGAIN,
				    SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_TAR_DISPUTED] = {"integrity-tar-disputed", NULL, "tar that can be read in two ways", DISTRUST,
				       SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_TAR_REFUSED] = {"integrity-tar-disputed", "Entry of a type that Docker refuses",
				      "entry of a type that Docker refuses",
				      "Write the layer again, without options for dumps, volumes and sparse files: no "
				      "runtime starts an image with such a layer.",
				      SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_TAIL] = {"integrity-hidden-bytes", "Bytes behind the end of a tar",
			       "bytes behind the end of a tar", DISTRUST, SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_PADDING] = {"integrity-hidden-bytes", "Bytes hidden in the padding of a tar",
				  "bytes in the padding of a tar", DISTRUST, SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_LARGE_HEADER] = {"integrity-hidden-bytes", "Bytes hidden in a header of a tar",
				       "header of a tar that is far too large", DISTRUST, SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_FRAMING] = {"integrity-hidden-bytes", "Bytes hidden in the compression",
				  "bytes that decompression skips", DISTRUST, SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_INFLATE] = {"integrity-not-inspectable", "Damaged compression", "damaged compressed data",
				  SAVE_AGAIN, SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_INFLATE_LIMIT] = {"integrity-not-inspectable", "Compressed data beyond a limit",
					"compressed data beyond a limit",
					"Find out why it needs so much before it is unpacked anywhere; raise the limit "
					"if it is trusted.",
					SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_RATIO] = {"integrity-compression-ratio", NULL, "compression ratio", NULL, SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_NESTED_RATIO] = {"integrity-compression-ratio", "Archive that bursts when it is unpacked",
				       "compression ratio", "Look at what it holds, and do not unpack it.",
				       SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_ESCAPE] = {"integrity-path-escape", "Name climbs out of the image", "name with \"..\"", DISTRUST,
				 SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_LINK_ESCAPE] = {"integrity-path-escape", "Symlink climbs out of the image", "symlink with \"..\"",
				      "Shorten the target: whoever unpacks the layer outside of a container follows "
				      "it out of the folder.",
				      SILT_SEVERITY_INFO},
	[SILT_ANOMALY_WHITEOUT_BODY] = {"integrity-whiteout-body", "Deletion mark with content",
					"deletion mark with content", DISTRUST, SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_WHITEOUT_ODD] = {"integrity-whiteout-odd", "Odd deletion mark", "odd deletion mark",
				       "Runtimes would make different filesystems of it: build the layer again.",
				       SILT_SEVERITY_LOW},
	[SILT_ANOMALY_PATH_LIMIT] = {"integrity-not-inspectable", "Path too long", "path beyond a limit", DISTRUST,
				     SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_ENTRY_LIMIT] = {"integrity-not-inspectable", "Too many entries", "entries beyond a limit",
				      DISTRUST, SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_MATCH_LIMIT] = {"integrity-not-inspectable", "Flood of matches", "matches beyond a limit",
				      "Look at the file itself: silt stopped counting.", SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_CAPTURE_LIMIT] = {"integrity-not-inspectable", "List of accounts too large",
					"list of accounts beyond a limit",
					"Look at the file itself: no real list of accounts is that long.",
					SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_DOCUMENT_LIMIT] = {"integrity-not-inspectable", "Too many documents", "documents beyond a limit",
					 DISTRUST, SILT_SEVERITY_HIGH},
	[SILT_ANOMALY_NESTED_DAMAGED] =
		{"integrity-not-inspectable", "Damaged archive in the image", "damaged archive",
		 "Look at the archive itself: what is behind the damage was matched as it lies, "
		 "but not opened.",
		 SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_NESTED_SEALED] = {"integrity-not-inspectable", "Archive that cannot be opened",
					"archive that cannot be opened",
					"Nobody can say what is in it without its key or its program: find out why it "
					"is shipped.",
					SILT_SEVERITY_MEDIUM},
	[SILT_ANOMALY_NESTED_LIMIT] = {"integrity-not-inspectable", "Archives beyond a limit", "archive beyond a limit",
				       "Open the archive yourself and audit what is in it: silt went in as far as its "
				       "limits allow.",
				       SILT_SEVERITY_MEDIUM},
	/* Whoever unpacks it makes one; some program may read the file itself as the tar. */
	[SILT_ANOMALY_NESTED_SETUID] = {"priv-setuid", "Setuid program in an archive", "setuid program in an archive",
					"Remove the bit from the archive, or unpack it without: tar "
					"--no-same-permissions.",
					SILT_SEVERITY_INFO},
	[SILT_ANOMALY_NESTED_DISPUTED] = {"integrity-tar-disputed", "Tar in a file that can be read in two ways",
					  "tar in a file that can be read in two ways",
					  "Find out why it is shipped: test data of programs that read tars look like "
					  "this, and so does a payload.",
					  SILT_SEVERITY_INFO},
};

/* ---- What real tools write ----------------------------------------------------------------------------------------- */

static bool is_aside(const struct silt_anomaly *anomaly, enum silt_aside aside)
{
	return silt_bytes_start_with(silt_bytes_text(anomaly->text), silt_bytes_text(silt_aside_name(aside)));
}

/* eStargz puts an index behind the other files, and its offset into a gzip extra field. */
static bool is_estargz(const struct silt_record *record)
{
	enum { LAST_ENTRIES = 4 };
	for (size_t i = 0; i < record->entry_count && i < LAST_ENTRIES; i++) {
		const struct silt_entry *entry = &record->entries[record->entry_count - 1 - i];
		if (entry->folder == 0 &&
		    silt_bytes_equal(silt_entry_name(record, entry), SILT_LITERAL("stargz.index.json"))) {
			return true;
		}
	}
	return false;
}

/*
 * zstd:chunked ends in a footer: a skippable frame of 8 bytes of header and 40, 56 or 64 of content, before which stand
 * at most two more with tables of contents.
 */
static bool is_zstd_chunked(const struct silt_record *record)
{
	uint64_t frames = 0, last = 0;
	for (size_t i = 0; i < record->anomaly_count; i++) {
		const struct silt_anomaly *anomaly = &record->anomalies[i];
		if (anomaly->kind == SILT_ANOMALY_FRAMING && is_aside(anomaly, SILT_ASIDE_ZSTD_SKIPPABLE)) {
			frames++;
			last = anomaly->offset;
		}
	}
	uint64_t footer = last <= record->blob_bytes ? record->blob_bytes - last : 0;
	bool fits = false;
	for (uint64_t size = 40; size <= 64; size += 8) {
		fits = fits || footer == size || footer == size + 8; /* the offset may be that of header or content */
	}
	return frames <= 3 && fits;
}

/*
 * True for framing that is normal. In a bundle that is not compressed itself it is that of compressed files among its
 * members.
 */
static bool is_normal_framing(const struct silt_record *record, const struct silt_anomaly *anomaly)
{
	return record->compression == SILT_COMPRESSION_NONE || is_aside(anomaly, SILT_ASIDE_GZIP_NAME) ||
	       (is_aside(anomaly, SILT_ASIDE_GZIP_EXTRA) && is_estargz(record)) ||
	       (is_aside(anomaly, SILT_ASIDE_ZSTD_SKIPPABLE) && is_zstd_chunked(record));
}

/* ---- Records ------------------------------------------------------------------------------------------------------- */

/* A record and where in the context it stands. */
struct spot {
	const struct silt_context *context;
	const struct silt_record *record;
	size_t image; /* SIZE_MAX: of no image */
	uint32_t layer;
	uint32_t member; /* of a record of no image; SILT_MEMBER_NONE: the bundle itself */
};

/* Deletion marks among the bundle's own members mean nothing, and links there lead to members or nowhere. */
static bool matters(const struct spot *spot, const struct silt_anomaly *anomaly)
{
	bool bundle_itself = spot->image == SIZE_MAX && spot->member == SILT_MEMBER_NONE;
	bool of_layers = anomaly->kind == SILT_ANOMALY_WHITEOUT_BODY || anomaly->kind == SILT_ANOMALY_WHITEOUT_ODD;
	if (bundle_itself && (of_layers || anomaly->kind == SILT_ANOMALY_LINK_ESCAPE)) {
		return false;
	}
	return anomaly->kind != SILT_ANOMALY_FRAMING || !is_normal_framing(spot->record, anomaly);
}

static enum silt_status sight_stray(const struct spot *spot, const struct silt_anomaly *anomaly,
				    struct silt_sighting *out, struct silt_error *err)
{
	bool has_entry = anomaly->entry != UINT32_MAX;
	if (spot->member == SILT_MEMBER_NONE && !has_entry) {
		*out = silt_sighting_nowhere();
		out->place = "the bundle";
		return SILT_OK;
	}
	if (spot->member == SILT_MEMBER_NONE) {
		return silt_sight_outer(spot->context, anomaly->entry, out, err);
	}
	enum silt_status status = silt_sight_member(spot->context, spot->member, out, err);
	if (status != SILT_OK || !has_entry) {
		return status;
	}
	struct silt_arena *arena = spot->context->arena;
	const char *inner = silt_entry_text(arena, spot->record, anomaly->entry);
	out->place = inner ? silt_arena_printf(arena, "%s: %s", out->place, inner) : NULL;
	return out->place ? SILT_OK : silt_fail_memory(err);
}

/* What is odd about the file that holds the tar of a layer. */
static bool is_of_compression(enum silt_anomaly_kind kind)
{
	return kind == SILT_ANOMALY_FRAMING || kind == SILT_ANOMALY_INFLATE || kind == SILT_ANOMALY_INFLATE_LIMIT ||
	       kind == SILT_ANOMALY_RATIO ||
	       kind == SILT_ANOMALY_NESTED_SEALED; /* of no entry: what begins behind the compressed data */
}

static enum silt_status sight(const struct spot *spot, const struct silt_anomaly *anomaly, struct silt_sighting *out,
			      struct silt_error *err)
{
	enum silt_status status;
	if (spot->image == SIZE_MAX) {
		status = sight_stray(spot, anomaly, out, err);
	} else if (anomaly->entry != UINT32_MAX) {
		struct silt_place place = {spot->layer, anomaly->entry};
		status = silt_sight_entry(spot->context, spot->image, place, out, err);
	} else {
		status = silt_sight_layer(spot->context, spot->image, spot->layer, out, err);
		out->framing = is_of_compression(anomaly->kind);
	}
	out->note = anomaly->text;
	/* The offset of an entry's header is no offset in its body. */
	out->has_offset = anomaly->entry == UINT32_MAX;
	out->offset = out->has_offset ? anomaly->offset : 0;
	return status;
}

static enum silt_status add_kind(const struct spot *spot, enum silt_anomaly_kind kind, struct silt_odd_places *places,
				 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	uint64_t before = places->total;
	for (size_t i = 0; i < spot->record->anomaly_count && status == SILT_OK; i++) {
		const struct silt_anomaly *anomaly = &spot->record->anomalies[i];
		if (anomaly->kind != kind || !matters(spot, anomaly)) {
			continue;
		}
		struct silt_sighting sighting = silt_sighting_nowhere();
		if (!silt_odd_is_full(places)) {
			status = sight(spot, anomaly, &sighting, err); /* of the others only the count is told */
		}
		if (status == SILT_OK) {
			status = silt_odd_add(places, &sighting, err);
		}
	}
	/* The record counts more than it keeps. */
	uint64_t total = spot->record->anomaly_totals[kind];
	if (places->total > before && total > SILT_ANOMALIES_PER_KIND_MAX) {
		places->total += total - SILT_ANOMALIES_PER_KIND_MAX;
	}
	return status;
}

static enum silt_status report_kind(const struct spot *spot, enum silt_anomaly_kind kind,
				    struct silt_findings *findings, struct silt_error *err)
{
	struct silt_odd_places places = {0};
	enum silt_status status = add_kind(spot, kind, &places, err);
	if (status == SILT_OK) {
		status = silt_odd_report(&places, &kinds[kind], spot->context, findings, err);
	}
	silt_odd_done(&places);
	return status;
}

static enum silt_status report_record(const struct spot *spot, struct silt_findings *findings, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (!spot->record || spot->record->anomaly_count == 0) {
		return status;
	}
	for (size_t kind = 0; kind < SILT_ANOMALY_KINDS && status == SILT_OK; kind++) {
		if (spot->record->anomaly_totals[kind] > 0) {
			status = report_kind(spot, (enum silt_anomaly_kind)kind, findings, err);
		}
	}
	return status;
}

/* ---- All of them --------------------------------------------------------------------------------------------------- */

static enum silt_status report_layers(const struct silt_context *context, size_t image, struct silt_findings *findings,
				      struct silt_error *err)
{
	const struct silt_audited_image *audited = &context->images[image];
	enum silt_status status = SILT_OK;
	for (size_t layer = 0; layer < audited->layer_count && status == SILT_OK; layer++) {
		struct spot spot = {context, audited->layers[layer], image, (uint32_t)layer, SILT_MEMBER_NONE};
		status = report_record(&spot, findings, err);
	}
	return status;
}

static enum silt_status report_strays(const struct silt_context *context, struct silt_findings *findings,
				      struct silt_error *err)
{
	const bool *layers = silt_members_that_are_layers(context, false);
	enum silt_status status = layers ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < context->inventory->count && status == SILT_OK; i++) {
		const struct silt_member *member = &context->inventory->members[i];
		bool told = member->kind == SILT_MEMBER_TAR && layers[i];
		if (member->record != UINT32_MAX && !told) {
			struct spot spot = {context, context->records[member->record], SIZE_MAX, 0, (uint32_t)i};
			status = report_record(&spot, findings, err);
		}
	}
	return status;
}

/*
 * A tar among the files of a bare rootfs is a file like any other: its bytes were matched, and what is wrong with it matters
 * to nobody. That there are two ways to read it is told, and what tars in it hide, as it is of a tar in a layer.
 */
static enum silt_status report_files(const struct silt_context *context, struct silt_findings *findings,
				     struct silt_error *err)
{
	static const struct {
		enum silt_anomaly_kind kind, as;
	} told[] = {
		{SILT_ANOMALY_TAR_DISPUTED, SILT_ANOMALY_NESTED_DISPUTED},
		{SILT_ANOMALY_NESTED_DISPUTED, SILT_ANOMALY_NESTED_DISPUTED},
		{SILT_ANOMALY_NESTED_SETUID, SILT_ANOMALY_NESTED_SETUID},
	};
	struct silt_odd_places places = {0};
	enum silt_status status = SILT_OK;
	for (size_t row = 0; row < SILT_COUNT(told) && status == SILT_OK; row++) {
		for (size_t i = 0; i < context->inventory->count && status == SILT_OK; i++) {
			uint32_t record = context->inventory->members[i].record;
			if (record != UINT32_MAX && context->records[record]) {
				struct spot spot = {context, context->records[record], SIZE_MAX, 0, (uint32_t)i};
				status = add_kind(&spot, told[row].kind, &places, err);
			}
		}
		if (status == SILT_OK) {
			status = silt_odd_report(&places, &kinds[told[row].as], context, findings, err);
		}
	}
	silt_odd_done(&places);
	return status;
}

enum silt_status silt_integrity_of_records(const struct silt_context *context, struct silt_findings *findings,
					   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	bool outer_is_layer = false;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		status = report_layers(context, image, findings, err);
		outer_is_layer = outer_is_layer || silt_image_is_bundle(context, image);
	}
	if (status == SILT_OK && !outer_is_layer) {
		struct spot spot = {context, context->outer, SIZE_MAX, 0, SILT_MEMBER_NONE};
		status = report_record(&spot, findings, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	return outer_is_layer ? report_files(context, findings, err) : report_strays(context, findings, err);
}
