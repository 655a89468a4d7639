/*
 * Reading the headers of ELF files: elf(5), System V ABI "Object Files" and "Program Loading".
 *
 *     0       4       5      6             16       18                24     24 + word
 *     +-------+-------+------+- - - - - - -+--------+- - - - - - - - -+-------+-------+
 *     | 7f    | class | data | version,    | e_type | e_machine,      | entry | phoff |
 *     | E L F | 1, 2  | 1, 2 | ABI         |        | e_version       |       |       |
 *     +-------+-------+------+- - - - - - -+--------+- - - - - - - - -+-------+-------+
 *               32, 64  little,                                         word    word
 *               bits    big endian
 *
 * A word has 4 bytes in class 1 and 8 in class 2; all that follows stands at other places in the two classes.
 */
#include "content/elf.h"

#include <assert.h>

enum { SEGMENT_INTERPRETER = 3, SEGMENT_NOTE = 4, NOTE_BUILD_ID = 3, NOTE_HEADER = 12 };

/* Where things stand in a class. A program header has `type` in its first 4 bytes. */
struct layout {
	uint8_t word;
	uint8_t header;                                /* bytes of the file header */
	uint8_t segment_size_at, segment_count_at;     /* in it: e_phentsize, e_phnum */
	uint8_t segment;                               /* bytes of a program header */
	uint8_t offset_at, file_size_at, alignment_at; /* in it */
};

static const struct layout layouts[] = {
	{4, 52, 42, 44, 32, 4, 16, 28},
	{8, 64, 54, 56, 56, 8, 32, 48},
};

struct reader {
	struct silt_bytes file; /* its start */
	const struct layout *layout;
	bool big_endian;
};

/* A number of 2, 4 or 8 bytes; the caller made sure that they are there. */
static uint64_t number(const struct reader *reader, struct silt_bytes from, size_t at, size_t width)
{
	assert(at <= from.len && width <= from.len - at);
	uint64_t value = 0;
	for (size_t i = 0; i < width; i++) {
		size_t byte = reader->big_endian ? i : width - 1 - i;
		value = value << 8 | from.ptr[at + byte];
	}
	return value;
}

/* The bytes of the file from `offset` on; fewer than `len` if the start ends before. */
static struct silt_bytes part_of(struct silt_bytes file, uint64_t offset, uint64_t len)
{
	if (offset >= file.len) {
		return silt_bytes(NULL, 0);
	}
	return silt_bytes_slice(file, (size_t)offset, len > file.len ? file.len : (size_t)len);
}

static bool begin(struct reader *reader, struct silt_bytes start)
{
	if (start.len < layouts[0].header || !silt_bytes_start_with(start, SILT_LITERAL("\177ELF"))) {
		return false;
	}
	uint8_t class = start.ptr[4], data = start.ptr[5];
	if ((class != 1 && class != 2) || (data != 1 && data != 2)) {
		return false;
	}
	*reader = (struct reader){start, &layouts[class - 1], data == 2};
	return start.len >= reader->layout->header;
}

/* ---- Notes --------------------------------------------------------------------------------------------------------- */

static uint64_t aligned(uint64_t at, uint64_t alignment)
{
	return (at + alignment - 1) & ~(alignment - 1);
}

/*
 *     0        4        8      12
 *     +--------+--------+------+------------+- - - -+-------------+- - - -+
 *     | length | length | type | name with  | zeros | description | zeros |  next note
 *     | of the | of the |      | its NUL    |       |             |       |
 *     | name   | descr. |      |            |       |             |       |
 *     +--------+--------+------+------------+- - - -+-------------+- - - -+
 *
 * The zeros fill up to a multiple of 4, or of 8 in segments that are aligned so.
 */
static struct silt_bytes find_build_id(const struct reader *reader, struct silt_bytes notes, uint64_t alignment)
{
	while (notes.len >= NOTE_HEADER) {
		uint64_t name_len = number(reader, notes, 0, 4), len = number(reader, notes, 4, 4);
		uint64_t description = aligned(NOTE_HEADER + name_len, alignment);
		if (description > notes.len || len > notes.len - description) {
			break;
		}
		struct silt_bytes name = silt_bytes_slice(notes, NOTE_HEADER, name_len);
		if (number(reader, notes, 8, 4) == NOTE_BUILD_ID && silt_bytes_equal(name, SILT_LITERAL("GNU\0"))) {
			return silt_bytes_slice(notes, description, len);
		}
		uint64_t next = aligned(description + len, alignment);
		notes = silt_bytes_slice(notes, next > notes.len ? notes.len : next, notes.len);
	}
	return silt_bytes(NULL, 0);
}

/* ---- Segments ------------------------------------------------------------------------------------------------------ */

static void read_interpreter(struct silt_bytes text, struct silt_elf *out)
{
	struct silt_bytes path;
	out->has_interpreter = true;
	if (silt_bytes_cut(&text, '\0', &path)) {
		out->interpreter = path;
	}
}

static void read_segment(const struct reader *reader, struct silt_bytes segment, struct silt_elf *out)
{
	const struct layout *layout = reader->layout;
	uint64_t type = number(reader, segment, 0, 4);
	struct silt_bytes body = part_of(reader->file, number(reader, segment, layout->offset_at, layout->word),
					 number(reader, segment, layout->file_size_at, layout->word));
	if (type == SEGMENT_INTERPRETER) {
		read_interpreter(body, out);
	} else if (type == SEGMENT_NOTE && out->build_id.len == 0) {
		bool wide = number(reader, segment, layout->alignment_at, layout->word) == 8;
		out->build_id = find_build_id(reader, body, wide ? 8 : 4);
	}
}

bool silt_elf_read(struct silt_bytes start, struct silt_elf *out)
{
	struct reader reader;
	*out = (struct silt_elf){0};
	if (!begin(&reader, start)) {
		return false;
	}
	const struct layout *layout = reader.layout;
	out->type = (uint16_t)number(&reader, start, 16, 2);
	out->has_entry = number(&reader, start, 24, layout->word) != 0;
	if (number(&reader, start, layout->segment_size_at, 2) != layout->segment) {
		return true; /* Linux takes no other size */
	}
	uint64_t count = number(&reader, start, layout->segment_count_at, 2);
	struct silt_bytes segments =
		part_of(start, number(&reader, start, 24 + layout->word, layout->word), count * layout->segment);
	while (segments.len >= layout->segment) {
		read_segment(&reader, silt_bytes_slice(segments, 0, layout->segment), out);
		segments = silt_bytes_slice(segments, layout->segment, segments.len);
	}
	return true;
}
