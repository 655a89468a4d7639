/* The walk through archives inside of archives: a stack of them, each read member by member. */
#include "layer/nested.h"

#include "base/path.h"
#include "content/archive.h"
#include "layer/nested_name.h"
#include "layer/nested_note.h"
#include "layer/repeats.h"

#include <stdlib.h>

/* What decides what a file is. */
enum { START_LEN = 512 };

/* A file that is being read: the body of the entry, or a member of the archive that the file one level up is. */
struct file {
	struct silt_nested *nested;
	size_t level; /* 0: the body */
	struct silt_source source;
	uint64_t size;  /* as its archive states it; ends the matching a call earlier */
	uint64_t given; /* bytes of it read */

	/* The first bytes, put together if they come in short blocks, and what is left of the last of these. */
	uint8_t start[START_LEN];
	struct silt_bytes first, rest;

	struct silt_buffer name;   /* from the entry on; empty for the entry itself */
	struct silt_buffer prefix; /* of the names of its members, if it is an archive */
	size_t hits;               /* found before it */

	/* While it is open as an archive. */
	const struct silt_archive_format *format;
	unsigned depth;                      /* archives from the outermost up to this */
	uint64_t delivered;                  /* bytes that came out of it */
	void *readers[SILT_ARCHIVE_FORMATS]; /* owns; made when first needed */
};

struct silt_nested {
	struct silt_lanes *lanes;  /* borrows */
	struct silt_limits limits; /* with `decoders` as the count */
	uint64_t decoders; /* bytes of memory of those in here; the layer's own may be at work in another thread */
	uint32_t entry;
	size_t open; /* files that are open as archives; the one after them is a member of the last */
	struct file files[SILT_NESTED_LEVELS + 1];
	struct silt_bytes names[SILT_NESTED_LEVELS + 1]; /* of these, from the entry on */
	uint64_t bytes_left, files_left;                 /* of the layer */
	bool spent;                                      /* one of them is used up: nothing is opened any more */
};

enum silt_status silt_nested_new(struct silt_lanes *lanes, struct silt_nested **out, struct silt_error *err)
{
	struct silt_nested *nested = calloc(1, sizeof(*nested));
	if (!nested) {
		return silt_fail_memory(err);
	}
	nested->lanes = lanes;
	nested->limits = *lanes->collector->limits;
	nested->limits.decoders = &nested->decoders;
	nested->bytes_left = nested->limits.value[SILT_LIMIT_NESTED_BYTES];
	nested->files_left = nested->limits.value[SILT_LIMIT_NESTED_FILES];
	for (size_t i = 0; i < SILT_COUNT(nested->files); i++) {
		nested->files[i].nested = nested;
		nested->files[i].level = i;
	}
	*out = nested;
	return SILT_OK;
}

static void free_readers(struct file *file)
{
	for (size_t i = 0; i < SILT_ARCHIVE_FORMATS; i++) {
		silt_archive_at(i)->destroy(file->readers[i]);
	}
}

void silt_nested_free(struct silt_nested *nested)
{
	if (!nested) {
		return;
	}
	for (size_t i = 0; i < SILT_COUNT(nested->files); i++) {
		free_readers(&nested->files[i]);
		silt_buffer_done(&nested->files[i].name);
		silt_buffer_done(&nested->files[i].prefix);
	}
	free(nested);
}

/* ---- What could not be looked at ----------------------------------------------------------------------------------- */

static struct silt_inner_file inner(const struct silt_nested *nested, const struct file *file)
{
	return (struct silt_inner_file){nested->lanes->collector, nested->entry, silt_buffer_bytes(&file->name)};
}

static enum silt_status note(struct silt_nested *nested, struct silt_archive_flaw flaw, const struct file *where,
			     struct silt_error *err)
{
	return silt_note_flaw(inner(nested, where), flaw, err);
}

/*
 * Tells what the reader of `archive` found wrong, in `where`. A file that only begins like an archive gives nothing, and
 * is none; what comes of our own limits was told. Damage of an archive that packs nothing hides nothing: its bytes are
 * matched as they lie.
 */
static enum silt_status note_flaw(struct file *archive, const struct file *where, struct silt_error *err)
{
	struct silt_archive_flaw flaw = archive->format->flaw(archive->readers[silt_archive_index(archive->format)]);
	if (flaw.kind == SILT_ARCHIVE_SOUND || archive->nested->spent ||
	    (flaw.kind == SILT_ARCHIVE_DAMAGED && (archive->delivered == 0 || archive->format->plain))) {
		return SILT_OK;
	}
	return note(archive->nested, flaw, archive->format->packed ? archive : where, err);
}

/* A limit, for which something is not opened. */
static enum silt_status note_limit(struct file *file, enum silt_limit_id limit, const char *text,
				   struct silt_error *err)
{
	return note(file->nested, (struct silt_archive_flaw){SILT_ARCHIVE_LIMIT, text, limit}, file, err);
}

static enum silt_status spend(struct file *file, enum silt_limit_id limit, const char *text, struct silt_error *err)
{
	file->nested->spent = true;
	return note_limit(file, limit, text, err);
}

/* ---- The bytes of one file ----------------------------------------------------------------------------------------- */

static enum silt_lane lane_of(const struct file *file)
{
	return (enum silt_lane)(SILT_LANE_INNER + (file->level - 1));
}

static enum silt_status match(struct file *file, struct silt_bytes block, struct silt_error *err)
{
	struct silt_lanes *lanes = file->nested->lanes;
	enum silt_status status = SILT_OK;
	if (!lanes->open[lane_of(file)]) {
		struct silt_hit origin = {
			.place = SILT_HIT_BODY,
			.entry = file->nested->entry,
			.offset = file->given,
			.inner = silt_buffer_bytes(&file->name),
		};
		status = silt_lane_open(lanes, lane_of(file), origin, err);
	}
	file->given += block.len;
	return status == SILT_OK ? silt_lane_feed(lanes, lane_of(file), block, file->given == file->size, err) : status;
}

/* The limit that `len` more bytes exceed, or none: then they are counted. */
static enum silt_limit_id count_bytes(struct silt_nested *nested, size_t len)
{
	struct silt_shared_use *total = nested->lanes->total;
	if (len > nested->bytes_left) {
		return SILT_LIMIT_NESTED_BYTES;
	}
	if (total && !silt_shared_claim(total, nested->limits.value[SILT_LIMIT_TOTAL_BYTES], len)) {
		return SILT_LIMIT_TOTAL_BYTES;
	}
	nested->bytes_left -= len;
	return SILT_LIMIT_NONE;
}

/* The next block, matched and counted. The body of the entry is matched by its survey. */
static enum silt_status pull(struct file *file, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_nested *nested = file->nested;
	*block = silt_bytes(NULL, 0);
	if (file->level == 0) {
		return silt_source_next(file->source, block, err);
	}
	enum silt_status status = nested->spent ? SILT_OK : silt_source_next(file->source, block, err);
	if (status != SILT_OK || block->len == 0) {
		return status;
	}
	enum silt_limit_id limit = count_bytes(nested, block->len);
	if (limit != SILT_LIMIT_NONE) {
		*block = silt_bytes(NULL, 0);
		return spend(file, limit, "the archives of this layer hold more bytes; the rest is not opened", err);
	}
	(file - 1)->delivered += block->len;
	return match(file, *block, err);
}

/* Reads the first bytes. Blocks of 512 bytes and more stay where they are. */
static enum silt_status read_start(struct file *file, struct silt_error *err)
{
	size_t have = 0;
	enum silt_status status = pull(file, &file->first, err);
	file->rest = silt_bytes(NULL, 0);
	if (status != SILT_OK || file->first.len >= START_LEN) {
		return status;
	}
	struct silt_bytes block = file->first;
	while (status == SILT_OK && block.len > 0) {
		struct silt_bytes part = silt_bytes_slice(block, 0, START_LEN - have);
		memcpy(file->start + have, part.ptr, part.len);
		have += part.len;
		file->rest = silt_bytes_slice(block, part.len, SIZE_MAX);
		if (have == START_LEN) {
			break;
		}
		status = pull(file, &block, err);
	}
	file->first = silt_bytes(file->start, have);
	return status;
}

/* All of the file, from its first byte on. */
static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct file *file = ctx;
	*block = file->first.len > 0 ? file->first : file->rest;
	if (file->first.len > 0) {
		file->first = silt_bytes(NULL, 0);
	} else {
		file->rest = silt_bytes(NULL, 0);
	}
	return block->len > 0 ? SILT_OK : pull(file, block, err);
}

static struct silt_source bytes_of(struct file *file)
{
	return (struct silt_source){.next = next_block, .ctx = file};
}

/* ---- Opening ------------------------------------------------------------------------------------------------------- */

/* The archives there are down to this one. */
static unsigned depth_of(const struct file *file, const struct silt_archive_format *format)
{
	if (file->level == 0) {
		return format->packed ? 0 : 1;
	}
	const struct file *parent = file - 1;
	bool is_free = format->packed && !parent->format->packed;
	return parent->depth + (is_free ? 0 : 1);
}

static enum silt_status open_archive(struct file *file, const struct silt_archive_format *format,
				     struct silt_error *err)
{
	void **reader = &file->readers[silt_archive_index(format)];
	enum silt_status status = *reader ? SILT_OK : format->create(&file->nested->limits, reader, err);
	if (status == SILT_OK) {
		status = format->begin(*reader, bytes_of(file), err);
	}
	if (status == SILT_OK) {
		file->format = format;
		file->depth = depth_of(file, format);
		file->delivered = 0;
		file->nested->open++;
	}
	return status;
}

/* Opens the file if it is an archive. */
static enum silt_status look_at(struct file *file, struct silt_error *err)
{
	enum silt_status status = read_start(file, err);
	if (status != SILT_OK || file->nested->spent) {
		return status;
	}
	const struct silt_archive_format *format = silt_archive_sniff(file->first);
	if (!format) {
		bool unknown = file->level > 0 && (file - 1)->format->holds_archive && file->first.len > 0;
		struct silt_archive_flaw sealed = {.kind = SILT_ARCHIVE_SEALED,
						   .text = "packed in a way that is not known here"};
		return unknown ? note(file->nested, sealed, file - 1, err) : SILT_OK;
	}
	if (depth_of(file, format) > file->nested->limits.value[SILT_LIMIT_NESTED_DEPTH]) {
		return note_limit(file, SILT_LIMIT_NESTED_DEPTH, "more archives inside of each other", err);
	}
	return open_archive(file, format, err);
}

/* ---- The walk ------------------------------------------------------------------------------------------------------ */

static void begin_file(struct file *file, const struct silt_archive_member *member)
{
	file->source = member->content;
	file->size = member->size;
	file->given = 0;
	file->hits = file->nested->lanes->collector->record->hit_count;
	silt_buffer_clear(&file->name);
	silt_buffer_clear(&file->prefix);
}

/* What is in a packed file has no name of its own; if it is an archive, its members are named as in the packed file. */
static enum silt_status name_member(const struct file *archive, struct file *file, struct silt_bytes name,
				    struct silt_error *err)
{
	const struct silt_record *record = file->nested->lanes->collector->record;
	struct silt_bytes own = silt_buffer_bytes(&archive->name);
	if (!archive->format->packed) {
		silt_add_inner_name(&file->name, silt_buffer_bytes(&archive->prefix));
		silt_add_inner_name(&file->name, name);
		silt_buffer_add(&file->prefix, silt_buffer_bytes(&file->name));
		silt_buffer_add_text(&file->prefix, "!/");
	} else {
		if (archive->level == 0) {
			own = silt_entry_name(record, &record->entries[file->nested->entry]);
		}
		silt_unpacked_name(own, &file->name);
		silt_buffer_add(&file->prefix, silt_buffer_bytes(&archive->prefix));
	}
	file->nested->names[file->level] = silt_buffer_bytes(&file->name);
	return file->name.failed || file->prefix.failed ? silt_fail_memory(err) : SILT_OK;
}

/* The file has been read, as an archive or not: matches what was not read of it, and ends the matching. */
static enum silt_status end_file(struct file *file, struct silt_error *err)
{
	struct silt_lanes *lanes = file->nested->lanes;
	enum silt_status status = silt_source_drain(bytes_of(file), err);
	if (status != SILT_OK || file->level == 0) {
		return status;
	}
	if (lanes->open[lane_of(file)]) {
		status = silt_lane_close(lanes, lane_of(file), err);
	}
	if (status == SILT_OK) {
		status = silt_drop_repeats(lanes->collector->record, file->hits, file->nested->entry,
					   file->nested->names, file->level + 1, err);
	}
	return status == SILT_OK ? note_flaw(file - 1, file, err) : status;
}

static enum silt_status take_member(struct file *archive, const struct silt_archive_member *member,
				    struct silt_error *err)
{
	struct silt_nested *nested = archive->nested;
	struct file *file = archive + 1;
	begin_file(file, member);
	enum silt_status status = name_member(archive, file, member->name, err);
	if (status == SILT_OK && nested->files_left == 0) {
		return spend(file, SILT_LIMIT_NESTED_FILES,
			     "the archives of this layer hold more files; the rest is not opened", err);
	}
	nested->files_left--;
	if (status == SILT_OK && member->setuid) {
		status = silt_note_setuid(inner(nested, file), err);
	}
	if (status == SILT_OK) {
		status = look_at(file, err);
	}
	bool opened = nested->open > file->level;
	return status == SILT_OK && !opened ? end_file(file, err) : status;
}

static enum silt_status close_archive(struct file *archive, struct silt_error *err)
{
	enum silt_status status = note_flaw(archive, archive, err);
	archive->nested->open--;
	return status == SILT_OK ? end_file(archive, err) : status;
}

/* One member of the innermost archive, or its end. */
static enum silt_status step(struct silt_nested *nested, struct silt_error *err)
{
	struct file *archive = &nested->files[nested->open - 1];
	struct silt_archive_member member = {0};
	bool more = false;
	enum silt_status status = SILT_OK;
	if (!nested->spent) {
		void *reader = archive->readers[silt_archive_index(archive->format)];
		status = archive->format->next(reader, &member, &more, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	return more ? take_member(archive, &member, err) : close_archive(archive, err);
}

enum silt_status silt_nested_read(struct silt_nested *nested, uint32_t entry, struct silt_source body,
				  struct silt_error *err)
{
	struct file *file = &nested->files[0];
	nested->entry = entry;
	nested->open = 0;
	begin_file(file, &(struct silt_archive_member){.content = body, .size = SILT_ARCHIVE_SIZE_UNKNOWN});
	enum silt_status status = look_at(file, err);
	if (status == SILT_OK && nested->open == 0) {
		return end_file(file, err);
	}
	const uint64_t before = nested->bytes_left;
	while (status == SILT_OK && nested->open > 0) {
		status = step(nested, err);
	}
	struct silt_collector *collector = nested->lanes->collector;
	const uint64_t came = before - nested->bytes_left;
	collector->record->nested_bytes += came;
	return status == SILT_OK ? silt_collect_ratio(collector, SILT_ANOMALY_NESTED_RATIO, entry, "an archive",
						      collector->record->entries[entry].size, came, err)
				 : status;
}
