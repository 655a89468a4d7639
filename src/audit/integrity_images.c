/* Findings out of the stack of layers: what runtimes would read differently, and what only forensics shows. */
#include "audit/integrity.h"

#include "audit/reached.h"

#define LIMITED "Do not trust the image before it is clear who made it so; raise the limit if it is trusted."
#define REBUILD "Runtimes may make different filesystems of it: build the layer again."
#define REFUSE                                                                                                         \
	"What counts as deleted here may be there when the image runs: do not trust it before it is clear who made "   \
	"it so, and build the layer again."

/*
 * By enum silt_rootfs_note_kind. No rule: nothing to report. What lets Docker show files that the audit takes for hidden
 * is of high severity: else a mark would be all it takes to pass with the rights, accounts and settings of these.
 */
static const struct {
	struct silt_oddity oddity;
	const char *note;
	enum silt_limit_id limit; /* of which it tells; each kind is then one gap */
} notes[] = {
	[SILT_ROOTFS_NOTE_BOTH] = {{"integrity-whiteout-odd", "Name and its deletion mark in one layer",
				    "name and its deletion mark in one layer", REBUILD, SILT_SEVERITY_LOW},
				   "One layer has both this name and its deletion mark; some runtimes keep the file, "
				   "some delete it.",
				   SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_LATE_OPAQUE] = {{"integrity-whiteout-odd", "Opaque mark behind the entries of its directory",
					   "late opaque mark", REBUILD, SILT_SEVERITY_INFO},
					  "The mark stands behind entries of its directory in the same layer; some "
					  "runtimes delete those.",
					  SILT_LIMIT_NONE},
	/* What a package of a distribution with merged /usr does whenever it installs to /bin or /lib. */
	[SILT_ROOTFS_NOTE_THROUGH_LINK] = {{NULL, NULL, NULL, NULL, SILT_SEVERITY_INFO}, NULL, SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK] =
		{{"integrity-whiteout-odd", "Something hidden through a link of a lower layer",
		  "something hidden through a link of a lower layer", REFUSE, SILT_SEVERITY_HIGH},
		 "A parent of this path is a symlink of a lower layer. Docker and "
		 "containerd extract each layer alone and do not see it: they show what "
		 "this hides behind the link, and this where it is written.",
		 SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_DANGLING] = {{"integrity-path-escape", "Hardlink to a file that is not there",
					"hardlink that leads nowhere", REBUILD, SILT_SEVERITY_LOW},
				       "No layer up to this one has the target of this hardlink.",
				       SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_LATE_TARGET] = {{"integrity-path-escape", "Hardlink to a file that comes later",
					   "hardlink before its target", REBUILD, SILT_SEVERITY_LOW},
					  "Its target stands behind it in the same layer; Docker refuses such a layer, "
					  "some programs make the link.",
					  SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_ROOT] =
		{{"integrity-path-escape", "Entry in the place of the root", "entry in the place of the root", REBUILD,
		  SILT_SEVERITY_LOW},
		 "Its name is that of the root, and it is no directory: a program that unpacks it may "
		 "replace the folder it unpacks to.",
		 SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_LINK_LOOP] = {{"integrity-path-escape", "Path through a loop of links",
					 "path through a loop of links", REBUILD, SILT_SEVERITY_LOW},
					"A parent of this path is a symlink that leads in a circle.",
					SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_NO_PARENT] = {{"integrity-whiteout-odd", "Entry below something that is no directory",
					 "entry below something that is no directory", REBUILD, SILT_SEVERITY_INFO},
					"A parent of this path is no directory; the entry replaces it without saying "
					"so.",
					SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_LINK_STEPS] = {{"integrity-not-inspectable", "Links beyond a limit", "links beyond a limit",
					  LIMITED, SILT_SEVERITY_HIGH},
					 "The links in this path have more components; it was not resolved",
					 SILT_LIMIT_LINK_STEPS},
	[SILT_ROOTFS_NOTE_UNPLACED] = {{"integrity-not-inspectable", "Directories beyond a limit",
					"directories beyond a limit", LIMITED, SILT_SEVERITY_HIGH},
				       "The image needs more directories; this entry has no place in the filesystem",
				       SILT_LIMIT_IMPLIED_DIRECTORIES},
	[SILT_ROOTFS_NOTE_MADE_AGAIN] = {{"integrity-whiteout-odd", "Directory replaced and made again in one layer",
					  "directory replaced and made again", REFUSE, SILT_SEVERITY_HIGH},
					 "The layer replaces this directory by something else and then makes it again; "
					 "some runtimes show what lower layers have in it.",
					 SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_OPAQUE_ROOT] = {{"integrity-whiteout-odd", "Opaque mark on the root",
					   "opaque mark on the root", REFUSE, SILT_SEVERITY_HIGH},
					  "By the specification it hides all lower layers; overlayfs, and so Docker, "
					  "containerd and podman, shows them all the same.",
					  SILT_LIMIT_NONE},
	[SILT_ROOTFS_NOTE_UNDONE] = {{"integrity-whiteout-odd", "Directory and its deletion mark in one layer",
				      "directory and its deletion mark in one layer", REFUSE, SILT_SEVERITY_HIGH},
				     "One layer has both this directory and its deletion mark; overlayfs, and so "
				     "Docker, containerd and podman, shows what lower layers have in it.",
				     SILT_LIMIT_NONE},
};
enum { NOTE_KINDS = SILT_COUNT(notes) };

static const struct silt_oddity duplicate = {
	"integrity-duplicate-entry", "File twice in one layer", "file twice in one layer",
	"Only the last one is seen, but all can be extracted: build the layer again.", SILT_SEVERITY_LOW};

static const struct silt_oddity odd_name = {
	"integrity-path-escape", "Control characters in a name", "name with control characters",
	"Such names can deceive a terminal or a script that lists files: rename the file.", SILT_SEVERITY_LOW};

static enum silt_status add_place(const struct silt_context *context, size_t image, struct silt_place place,
				  const char *note, struct silt_odd_places *places, struct silt_error *err)
{
	struct silt_sighting sighting = silt_sighting_nowhere();
	if (silt_odd_is_full(places)) {
		return silt_odd_add(places, &sighting, err); /* counted only */
	}
	enum silt_status status = silt_sight_entry(context, image, place, &sighting, err);
	if (status != SILT_OK) {
		return status;
	}
	sighting.note = note;
	return silt_odd_add(places, &sighting, err);
}

/* ---- Notes of the rootfs ------------------------------------------------------------------------------------------- */

static enum silt_status report_notes(const struct silt_context *context, size_t image, struct silt_findings *findings,
				     struct silt_error *err)
{
	size_t count;
	const struct silt_rootfs_note *all = silt_rootfs_notes(context->images[image].rootfs, &count);
	bool partial = silt_image_is_partial(&context->images[image]);
	enum silt_status status = SILT_OK;
	struct silt_odd_places places = {0};
	for (size_t kind = 0; kind < NOTE_KINDS && status == SILT_OK; kind++) {
		/* The target of a link may be in a layer that is not in the bundle. */
		if (!notes[kind].oddity.rule || (kind == SILT_ROOTFS_NOTE_DANGLING && partial)) {
			continue;
		}
		for (size_t i = 0; i < count && status == SILT_OK; i++) {
			if (all[i].kind == kind) {
				status = add_place(context, image, all[i].place, notes[kind].note, &places, err);
			}
		}
		if (status == SILT_OK && places.count > 0 && notes[kind].limit != SILT_LIMIT_NONE) {
			const char *text;
			status = silt_reach(context, notes[kind].limit, places.kept[0].place, notes[kind].note, &text,
					    err);
			places.kept[0].note = text;
		}
		if (status == SILT_OK) {
			status = silt_odd_report(&places, &notes[kind].oddity, context, findings, err);
		}
	}
	silt_odd_done(&places);
	return status;
}

/* ---- Entries ------------------------------------------------------------------------------------------------------- */

/* A byte of `word` is below 0x20, or is 0x7F. Asked of every name: eight bytes at once. */
static bool has_control(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t deleted = word ^ (ones * 0x7F);
	return (((word - ones * 0x20) & ~word) | ((deleted - ones) & ~deleted)) & tops;
}

static bool has_control_bytes(struct silt_bytes text)
{
	for (size_t i = 0; i < text.len; i += sizeof(uint64_t)) {
		uint64_t word = UINT64_C(0x2020202020202020);
		memcpy(&word, text.ptr + i, text.len - i < sizeof(word) ? text.len - i : sizeof(word));
		if (has_control(word)) {
			return true;
		}
	}
	return false;
}

/* macOS names the icon of a folder "Icon\r"; such files travel in packages. */
static bool is_odd_name(struct silt_bytes name)
{
	name.len -= silt_bytes_end_with(name, SILT_LITERAL("Icon\r"));
	return has_control_bytes(name);
}

/* Writers that put a file into a layer twice write it with the same header. What has another one has other content. */
static bool is_same_file(const struct silt_record *record, const struct silt_entry *a, const struct silt_entry *b)
{
	return b->type == SILT_ENTRY_FILE && a->size == b->size && a->mode == b->mode && a->uid == b->uid &&
	       a->gid == b->gid && silt_entry_mtime(record, a) == silt_entry_mtime(record, b);
}

static bool is_shadowed_file(const struct silt_audited_image *image, struct silt_place place)
{
	const struct silt_entry *entry = silt_entry_at(image, place);
	if (entry->type != SILT_ENTRY_FILE || entry->whiteout != SILT_WHITEOUT_NONE || entry->size == 0) {
		return false;
	}
	struct silt_fate_of fate = silt_rootfs_fate(image->rootfs, place);
	return fate.fate == SILT_FATE_SHADOWED &&
	       (silt_place_none(fate.cause) ||
		!is_same_file(image->layers[place.layer], entry, silt_entry_at(image, fate.cause)));
}

static enum silt_status look_at_layer(const struct silt_context *context, size_t image, uint32_t layer,
				      struct silt_odd_places *twice, struct silt_odd_places *names,
				      struct silt_error *err)
{
	const struct silt_audited_image *audited = &context->images[image];
	const struct silt_record *record = audited->layers[layer];
	const struct silt_entry *last = NULL;
	bool odd_folder = false;
	enum silt_status status = SILT_OK;
	for (uint32_t i = 0; record && i < record->entry_count && status == SILT_OK; i++) {
		struct silt_place place = {layer, i};
		const struct silt_entry *entry = &record->entries[i];
		if (!last || last->folder != entry->folder) {
			odd_folder = has_control_bytes(silt_entry_folder(record, entry));
		}
		last = entry;
		if (is_shadowed_file(audited, place)) {
			status = add_place(context, image, place, "A later entry of the same layer has the same name.",
					   twice, err);
		}
		if (status == SILT_OK && (odd_folder || is_odd_name(silt_entry_name(record, entry)))) {
			status = add_place(context, image, place, "The name has control characters.", names, err);
		}
	}
	return status;
}

static enum silt_status report_entries(const struct silt_context *context, size_t image, struct silt_findings *findings,
				       struct silt_error *err)
{
	struct silt_odd_places twice = {0}, names = {0};
	enum silt_status status = SILT_OK;
	for (size_t layer = 0; layer < context->images[image].layer_count && status == SILT_OK; layer++) {
		status = look_at_layer(context, image, (uint32_t)layer, &twice, &names, err);
	}
	if (status == SILT_OK) {
		status = silt_odd_report(&twice, &duplicate, context, findings, err);
	}
	if (status == SILT_OK) {
		status = silt_odd_report(&names, &odd_name, context, findings, err);
	}
	silt_odd_done(&twice);
	silt_odd_done(&names);
	return status;
}

/* ---- Images -------------------------------------------------------------------------------------------------------- */

static enum silt_status report_left_out(const struct silt_context *context, size_t image,
					struct silt_findings *findings, struct silt_error *err)
{
	const struct silt_case of = {context, image, findings};
	return context->images[image].left_out == 0
		       ? SILT_OK
		       : silt_tell_reached(
				 &of, SILT_LIMIT_STACKED_ENTRIES, "layers",
				 "layers that stand elsewhere, too, were looked at there and not in this image", err);
}

enum silt_status silt_integrity_of_images(const struct silt_context *context, struct silt_findings *findings,
					  struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		status = report_notes(context, image, findings, err);
		if (status == SILT_OK) {
			status = report_entries(context, image, findings, err);
		}
		if (status == SILT_OK) {
			status = report_left_out(context, image, findings, err);
		}
	}
	return status;
}
