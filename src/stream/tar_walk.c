/* The walk over a tar by Go's rules: from bytes to states. tar_walk_entry.c makes the entries. */
#include "stream/tar_walk.h"

#include "stream/tar_walk_parts.h"

void silt_tar_walk_done(struct silt_tar_walk *walk)
{
	silt_buffer_done(&walk->records);
	silt_buffer_done(&walk->long_name);
	silt_buffer_done(&walk->long_link);
	silt_buffer_done(&walk->map_text);
	silt_tar_pax_done(&walk->pax);
	silt_tar_map_done(&walk->map);
}

/* Nothing of one entry may leak into the next. */
static void forget(struct silt_tar_walk *walk)
{
	silt_tar_pax_clear(&walk->pax);
	silt_buffer_clear(&walk->long_name);
	silt_buffer_clear(&walk->long_link);
	walk->pax_headers = walk->long_names = walk->long_links = 0;
	walk->started = false;
}

/* What is refused among remains is passed by: the next block may be a header. */
void silt_tar_walk_refuse(struct silt_tar_walk *walk, const char *refusal)
{
	if (!walk->salvage) {
		walk->refusal = refusal;
		walk->state = SILT_TAR_WALK_REFUSED;
		return;
	}
	forget(walk);
	walk->state = walk->state == SILT_TAR_WALK_SKIP ? SILT_TAR_WALK_SKIP : SILT_TAR_WALK_HEADER;
}

void silt_tar_walk_refuse_limit(struct silt_tar_walk *walk, enum silt_limit_id limit, const char *refusal)
{
	if (!walk->salvage) {
		walk->refusal_limit = limit;
	}
	silt_tar_walk_refuse(walk, refusal);
}

static size_t padding_of(uint64_t size)
{
	return (size_t)((SILT_TAR_BLOCK - size % SILT_TAR_BLOCK) % SILT_TAR_BLOCK);
}

/* Steps over `len` bytes and the padding behind them. */
static void skip(struct silt_tar_walk *walk, uint64_t len)
{
	walk->left = len + walk->padding;
	walk->state = walk->left > 0 ? SILT_TAR_WALK_SKIP : SILT_TAR_WALK_HEADER;
}

/* ---- Headers for the next header ------------------------------------------------------------------------------------- */

static struct silt_buffer *buffer_of(struct silt_tar_walk *walk)
{
	return walk->special == 'L' ? &walk->long_name : walk->special == 'K' ? &walk->long_link : &walk->records;
}

static void end_special(struct silt_tar_walk *walk)
{
	const char *refusal = NULL;
	skip(walk, 0);
	if (walk->special == 'x' || walk->special == 'g') {
		refusal = silt_tar_pax_read(&walk->pax, silt_buffer_bytes(&walk->records));
	}
	if (walk->special == 'g') {
		forget(walk); /* an entry of its own for Go: what stood in front of it was for it */
	}
	walk->failed = walk->failed || walk->pax.failed || buffer_of(walk)->failed;
	if (refusal) {
		silt_tar_walk_refuse(walk, refusal);
	}
}

static void begin_special(struct silt_tar_walk *walk, uint64_t size)
{
	if (size > silt_limits_or_default(walk->limits)->value[SILT_LIMIT_PAX_BYTES]) {
		silt_tar_walk_refuse_limit(walk, SILT_LIMIT_PAX_BYTES, "a PAX header or a long name is too large");
		return;
	}
	if (size > SILT_TAR_HEADER_USUAL && !walk->large && !walk->salvage) {
		walk->large = true;
		walk->large_at = walk->header_at;
	}
	walk->special = walk->header.type;
	walk->pax_headers += walk->special == 'x';
	walk->long_names += walk->special == 'L';
	walk->long_links += walk->special == 'K';
	walk->state = SILT_TAR_WALK_SPECIAL;
	walk->left = size;
	walk->padding = padding_of(size);
	silt_buffer_clear(buffer_of(walk));
	if (size == 0) {
		end_special(walk);
	}
}

static void collect_special(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	silt_buffer_add(buffer_of(walk), bytes);
	walk->left -= bytes.len;
	if (walk->left == 0) {
		end_special(walk);
	}
}

/* ---- Headers --------------------------------------------------------------------------------------------------------- */

static bool is_special(uint8_t type)
{
	return type == 'x' || type == 'g' || type == 'L' || type == 'K';
}

/* The entry is known; now its map, if that stands in blocks of its own, and then it is ready. */
static void take_entry(struct silt_tar_walk *walk)
{
	enum silt_tar_map_place place = SILT_TAR_MAP_HERE;
	int64_t body = 0;
	const char *refusal = silt_tar_walk_merge(walk, &body, &place);
	if (refusal) {
		silt_tar_walk_refuse(walk, refusal);
		return;
	}
	walk->left = (uint64_t)body;
	walk->padding = padding_of(walk->left);
	if (place == SILT_TAR_MAP_HERE) {
		silt_tar_walk_ready(walk);
	} else {
		silt_tar_walk_begin_map(walk, place);
	}
}

static void take_header(struct silt_tar_walk *walk)
{
	const char *refusal = silt_tar_header_read(walk->block, &walk->header);
	int64_t size = silt_tar_is_header_only(walk->header.type) ? 0 : walk->header.size;
	if (!refusal && size < 0) {
		refusal = "the size in a header is negative";
	}
	if (refusal) {
		silt_tar_walk_refuse(walk, refusal);
		return;
	}
	if (!walk->started) {
		forget(walk);
		walk->started = true;
		walk->start = walk->header_at;
	}
	if (is_special(walk->header.type)) {
		begin_special(walk, (uint64_t)size);
	} else {
		take_entry(walk);
	}
}

/* ---- Blocks and bytes ------------------------------------------------------------------------------------------------ */

static void take_block(struct silt_tar_walk *walk)
{
	bool zero = walk->block[0] == 0 && silt_bytes_all(silt_bytes(walk->block, SILT_TAR_BLOCK), 0);
	if (silt_tar_walk_is_in_map(walk)) {
		silt_tar_walk_take_map(walk);
	} else if (zero && walk->salvage) {
		forget(walk);
	} else if (zero && walk->state == SILT_TAR_WALK_HEADER) {
		walk->state = SILT_TAR_WALK_ZERO;
	} else if (zero) {
		walk->marked = true;
		walk->state = SILT_TAR_WALK_ENDED;
	} else if (walk->state == SILT_TAR_WALK_ZERO) {
		silt_tar_walk_refuse(walk, "only the first half of an end marker is there");
	} else {
		take_header(walk);
	}
}

static void collect_block(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	bool map = silt_tar_walk_is_in_map(walk);
	memcpy((map ? walk->more : walk->block) + walk->have, bytes.ptr, bytes.len);
	walk->have += bytes.len;
	if (walk->have == SILT_TAR_BLOCK) {
		walk->header_at = map ? walk->header_at : walk->at - SILT_TAR_BLOCK;
		walk->have = 0;
		take_block(walk);
	}
}

/* `bytes` end where `at` is, and are the first of `left`. */
static void look_at_padding(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	uint64_t before = walk->left > walk->padding ? walk->left - walk->padding : 0;
	if (before >= bytes.len || walk->dirty) {
		return;
	}
	struct silt_bytes padding = silt_bytes_slice(bytes, (size_t)before, SIZE_MAX);
	size_t clean = 0;
	while (clean < padding.len && padding.ptr[clean] == 0) {
		clean++;
	}
	walk->dirty = clean < padding.len;
	walk->dirt_at = walk->at - padding.len + clean;
}

static void step_over(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	look_at_padding(walk, bytes);
	walk->left -= bytes.len;
	if (walk->left == 0) {
		walk->state = SILT_TAR_WALK_HEADER;
	}
}

static void take_bytes(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	if (walk->state == SILT_TAR_WALK_SKIP) {
		step_over(walk, bytes);
	} else if (walk->state == SILT_TAR_WALK_SPECIAL) {
		collect_special(walk, bytes);
	} else {
		collect_block(walk, bytes);
	}
}

/* A header that is refused is none: its bytes are left to others, as far as they came in this piece. */
static bool is_refused_header(const struct silt_tar_walk *walk)
{
	return walk->state == SILT_TAR_WALK_REFUSED && walk->at == walk->header_at + SILT_TAR_BLOCK;
}

size_t silt_tar_walk_feed(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	size_t taken = 0;
	while (taken < bytes.len && walk->state < SILT_TAR_WALK_ENTRY) {
		bool run = walk->state == SILT_TAR_WALK_SKIP || walk->state == SILT_TAR_WALK_SPECIAL;
		uint64_t wanted = run ? walk->left : SILT_TAR_BLOCK - walk->have;
		struct silt_bytes piece =
			silt_bytes_slice(bytes, taken, wanted < bytes.len ? (size_t)wanted : bytes.len);
		walk->at += piece.len;
		taken += piece.len;
		take_bytes(walk, piece);
		if (is_refused_header(walk)) {
			walk->at -= piece.len;
			taken -= piece.len;
		}
	}
	return taken;
}

void silt_tar_walk_finish(struct silt_tar_walk *walk)
{
	bool in_block = walk->have > 0;
	walk->refusal = walk->state == SILT_TAR_WALK_BODY || walk->state == SILT_TAR_WALK_SKIP
				? "expected more of the body of the last entry, found the end of the data"
				: "expected a whole tar header or the end marker, found the end of the data";
	switch (walk->state) {
	case SILT_TAR_WALK_HEADER:
	case SILT_TAR_WALK_ZERO:
		walk->state = in_block && !walk->salvage ? SILT_TAR_WALK_TRUNCATED : SILT_TAR_WALK_ENDED;
		break;
	case SILT_TAR_WALK_SKIP: /* some writers leave the last padding out */
		walk->state = walk->left > walk->padding ? SILT_TAR_WALK_TRUNCATED : SILT_TAR_WALK_ENDED;
		break;
	case SILT_TAR_WALK_SPECIAL:
	case SILT_TAR_WALK_MAP_OLD:
	case SILT_TAR_WALK_MAP_TEXT:
	case SILT_TAR_WALK_BODY:
		walk->state = SILT_TAR_WALK_TRUNCATED;
		break;
	case SILT_TAR_WALK_ENTRY:
	case SILT_TAR_WALK_ENDED:
	case SILT_TAR_WALK_TRUNCATED:
	case SILT_TAR_WALK_REFUSED:
		break;
	}
}

/* ---- Bodies ---------------------------------------------------------------------------------------------------------- */

void silt_tar_walk_begin_body(struct silt_tar_walk *walk)
{
	walk->started = false;
	walk->piece = 0;
	walk->body_at = 0;
	if (walk->entry.has_data) {
		walk->state = SILT_TAR_WALK_BODY;
	} else {
		skip(walk, walk->left);
	}
}

bool silt_tar_walk_body_is_over(const struct silt_tar_walk *walk)
{
	return walk->left == 0 || walk->piece == walk->map.count;
}

struct silt_tar_walk_data silt_tar_walk_body(struct silt_tar_walk *walk, struct silt_bytes bytes)
{
	struct silt_tar_walk_data data = {.last = true};
	if (!silt_tar_walk_body_is_over(walk)) {
		struct silt_tar_piece piece = walk->map.pieces[walk->piece];
		uint64_t wanted = piece.length - walk->body_at;
		wanted = wanted < walk->left ? wanted : walk->left;
		data.bytes = silt_bytes_slice(bytes, 0, wanted < bytes.len ? (size_t)wanted : bytes.len);
		data.offset = piece.offset + walk->body_at;
		walk->at += data.bytes.len;
		walk->left -= data.bytes.len;
		walk->body_at += data.bytes.len;
		if (walk->body_at == piece.length) {
			walk->piece++;
			walk->body_at = 0;
		}
		data.last = silt_tar_walk_body_is_over(walk);
	} else if (walk->map.count > 0) {
		const struct silt_tar_piece *piece = &walk->map.pieces[walk->map.count - 1];
		data.offset = piece->offset + piece->length;
	}
	if (data.last) {
		skip(walk, walk->left);
	}
	return data;
}

/* ---- Behind the end -------------------------------------------------------------------------------------------------- */

void silt_tar_walk_salvage(struct silt_tar_walk *walk)
{
	forget(walk);
	walk->salvage = true;
	walk->have = 0;
	walk->padding = 0;
	skip(walk, padding_of(walk->at)); /* headers stand where blocks begin */
	walk->dirty = walk->large = false;
}

bool silt_tar_walk_take_dirt(struct silt_tar_walk *walk, uint64_t *at)
{
	bool dirty = walk->dirty;
	*at = walk->dirt_at;
	walk->dirty = false;
	return dirty;
}

bool silt_tar_walk_take_large(struct silt_tar_walk *walk, uint64_t *at)
{
	bool large = walk->large;
	*at = walk->large_at;
	walk->large = false;
	return large;
}
