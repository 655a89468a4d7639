/*
 * From the headers of one entry to the entry: mergePAX, handleRegularFile and handleSparseFile of Go's archive/tar. What
 * says the name of an entry, the later the stronger:
 *
 *     header < PAX path < GNU long name < GNU.sparse.name
 */
#include "stream/tar_walk_parts.h"

#include "stream/tar_field.h"

static struct silt_bytes pax_value(const struct silt_tar_walk *walk, enum silt_tar_pax_key key)
{
	return walk->pax.values[key];
}

static void choose(struct silt_bytes *value, struct silt_bytes stronger)
{
	*value = stronger.len > 0 ? stronger : *value;
}

/* ---- PAX records over the header ------------------------------------------------------------------------------------- */

static const char *merge_numbers(struct silt_tar_walk *walk)
{
	struct silt_tar_header *header = &walk->header;
	const struct {
		enum silt_tar_pax_key key;
		bool (*read)(struct silt_bytes text, int64_t *number);
		int64_t *number;
		const char *refusal;
	} rows[] = {
		{SILT_TAR_PAX_SIZE, silt_tar_decimal, &header->size, "the size in a PAX header is no number"},
		{SILT_TAR_PAX_UID, silt_tar_decimal, &header->uid, "the owner in a PAX header is no number"},
		{SILT_TAR_PAX_GID, silt_tar_decimal, &header->gid, "the group in a PAX header is no number"},
		{SILT_TAR_PAX_MTIME, silt_tar_pax_time, &header->mtime, "a time in a PAX header is no number"},
		{SILT_TAR_PAX_ATIME, silt_tar_pax_time, &(int64_t){0}, "a time in a PAX header is no number"},
		{SILT_TAR_PAX_CTIME, silt_tar_pax_time, &(int64_t){0}, "a time in a PAX header is no number"},
	};
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		struct silt_bytes text = pax_value(walk, rows[i].key);
		if (text.len > 0 && !rows[i].read(text, rows[i].number)) {
			return rows[i].refusal;
		}
	}
	return NULL;
}

static void merge_names(struct silt_tar_walk *walk)
{
	struct silt_tar_entry *entry = &walk->entry;
	entry->path = walk->header.name;
	entry->link = walk->header.link;
	choose(&entry->path, pax_value(walk, SILT_TAR_PAX_PATH));
	choose(&entry->link, pax_value(walk, SILT_TAR_PAX_LINKPATH));
	choose(&entry->path, silt_tar_text(silt_buffer_bytes(&walk->long_name)));
	choose(&entry->link, silt_tar_text(silt_buffer_bytes(&walk->long_link)));
}

/* A regular file of V7 whose name ends in a slash is a directory. */
static uint8_t type_of(const struct silt_tar_walk *walk)
{
	if (walk->header.type != '\0') {
		return walk->header.type;
	}
	return silt_bytes_end_with(walk->entry.path, SILT_LITERAL("/")) ? '5' : '0';
}

/* ---- Sparse files ---------------------------------------------------------------------------------------------------- */

static const char *merge_old_map(struct silt_tar_walk *walk, enum silt_tar_map_place *place)
{
	bool more = false;
	if (walk->header.format != SILT_TAR_FORMAT_GNU || !silt_tar_map_old_header(&walk->map, walk->block, &more)) {
		return "the map of a sparse file is invalid";
	}
	walk->entry.sparse = true;
	*place = more ? SILT_TAR_MAP_BEHIND : SILT_TAR_MAP_HERE;
	return NULL;
}

enum map_version { NO_MAP, MAP_0_1, MAP_1_0 };

static bool is_text(struct silt_bytes value, const char *text)
{
	return silt_bytes_equal(value, silt_bytes_text(text));
}

static enum map_version map_version(const struct silt_tar_walk *walk)
{
	struct silt_bytes major = pax_value(walk, SILT_TAR_PAX_SPARSE_MAJOR);
	struct silt_bytes minor = pax_value(walk, SILT_TAR_PAX_SPARSE_MINOR);
	if (is_text(major, "0") && (is_text(minor, "0") || is_text(minor, "1"))) {
		return MAP_0_1;
	}
	if (is_text(major, "1") && is_text(minor, "0")) {
		return MAP_1_0;
	}
	bool named = major.len > 0 || minor.len > 0;
	return !named && pax_value(walk, SILT_TAR_PAX_SPARSE_MAP).len > 0 ? MAP_0_1 : NO_MAP;
}

/* `body`: bytes that follow the header. */
static const char *merge_pax_map(struct silt_tar_walk *walk, int64_t body, enum silt_tar_map_place *place)
{
	enum map_version version = map_version(walk);
	if (version == NO_MAP) {
		return NULL;
	}
	choose(&walk->entry.path, pax_value(walk, SILT_TAR_PAX_SPARSE_NAME));
	struct silt_bytes size = pax_value(walk, SILT_TAR_PAX_SPARSE_REALSIZE);
	choose(&size, pax_value(walk, SILT_TAR_PAX_SPARSE_SIZE));
	int64_t real = walk->header.size;
	if (size.len > 0 && !silt_tar_decimal(size, &real)) {
		return "the size of a sparse file in a PAX header is no number";
	}
	if (silt_tar_is_header_only(walk->type) || !silt_tar_map_begin(&walk->map, real)) {
		return "a sparse file has no body or a negative size";
	}
	walk->entry.sparse = true;
	if (version == MAP_1_0) {
		*place = SILT_TAR_MAP_IN_BODY;
		return body < SILT_TAR_BLOCK ? "the map of a sparse file does not end in its body" : NULL;
	}
	bool good = silt_tar_map_pax(&walk->map, pax_value(walk, SILT_TAR_PAX_SPARSE_NUMBLOCKS),
				     pax_value(walk, SILT_TAR_PAX_SPARSE_MAP));
	return good ? NULL : "the map of a sparse file is invalid";
}

const char *silt_tar_walk_merge(struct silt_tar_walk *walk, int64_t *body, enum silt_tar_map_place *place)
{
	walk->entry = (struct silt_tar_entry){.offset = walk->start};
	*place = SILT_TAR_MAP_HERE;
	const char *refusal = merge_numbers(walk);
	if (refusal) {
		return refusal;
	}
	merge_names(walk);
	walk->type = type_of(walk);
	*body = silt_tar_is_header_only(walk->type) ? 0 : walk->header.size;
	if (*body < 0) {
		return "the size of an entry is negative";
	}
	refusal = walk->type == 'S' ? merge_old_map(walk, place) : merge_pax_map(walk, *body, place);
	if (!refusal && !walk->entry.sparse) {
		silt_tar_map_plain(&walk->map, (uint64_t)*body);
	}
	return refusal;
}

/* ---- The entry ------------------------------------------------------------------------------------------------------- */

/* Docker refuses all but the first seven. Of two of the others everybody knows that they are files. */
static enum silt_entry_type kind_of(uint8_t type)
{
	static const struct {
		uint8_t type;
		enum silt_entry_type kind;
	} kinds[] = {
		{'0', SILT_ENTRY_FILE},        {'1', SILT_ENTRY_HARDLINK},     {'2', SILT_ENTRY_SYMLINK},
		{'3', SILT_ENTRY_CHAR_DEVICE}, {'4', SILT_ENTRY_BLOCK_DEVICE}, {'5', SILT_ENTRY_DIRECTORY},
		{'6', SILT_ENTRY_FIFO},        {'7', SILT_ENTRY_FILE},         {'S', SILT_ENTRY_FILE},
	};
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		if (kinds[i].type == type) {
			return kinds[i].kind;
		}
	}
	return SILT_ENTRY_OTHER;
}

static const char *body_refusal(const struct silt_tar_walk *walk)
{
	uint64_t data = 0;
	for (size_t i = 0; i < walk->map.count; i++) {
		data += walk->map.pieces[i].length;
	}
	return data > walk->left   ? "a sparse file has less data than its map says"
	       : data < walk->left ? "a sparse file has more data than its map says"
				   : NULL;
}

static const char *oddity(const struct silt_tar_walk *walk)
{
	return walk->pax_headers > 1 ? "more than one PAX header stands before one entry; readers make different names "
				       "and sizes of that"
	       : walk->long_names > 1 ? "more than one long name stands before one entry"
	       : walk->long_links > 1 ? "more than one long link target stands before one entry"
				      : NULL;
}

void silt_tar_walk_ready(struct silt_tar_walk *walk)
{
	const struct silt_tar_header *header = &walk->header;
	struct silt_tar_entry *entry = &walk->entry;
	bool device = walk->type == '3' || walk->type == '4';
	entry->type = kind_of(walk->type);
	entry->header_type = walk->type;
	if (entry->type != SILT_ENTRY_HARDLINK && entry->type != SILT_ENTRY_SYMLINK) {
		entry->link = silt_bytes(NULL, 0);
	}
	entry->mode = (uint16_t)(header->mode & 07777);
	entry->uid = (uint64_t)header->uid;
	entry->gid = (uint64_t)header->gid;
	entry->mtime = header->mtime;
	entry->dev_major = device ? (uint32_t)header->dev_major : 0;
	entry->dev_minor = device ? (uint32_t)header->dev_minor : 0;
	entry->size = walk->map.size;
	entry->has_data = walk->map.size > 0;
	entry->reading = walk->salvage ? SILT_TAR_READ_OTHER : SILT_TAR_READ_GO;
	entry->xattrs = walk->pax.xattrs;
	entry->xattr_count = walk->pax.xattr_count;
	walk->body_refusal = entry->sparse ? body_refusal(walk) : NULL;
	entry->sparse = entry->sparse && !silt_tar_map_is_whole(&walk->map);
	walk->oddity = oddity(walk);
	walk->failed = walk->failed || walk->map.failed;
	walk->state = SILT_TAR_WALK_ENTRY;
}
