/* Telling kinds of programs apart. */
#include "content/program.h"

#include "base/attributes.h"
#include "content/elf.h"

#define ELF_MAGIC "\177ELF"
#define SCRIPT_MAGIC "#!"

/* Linux reads 256 bytes of a script (BINPRM_BUF_SIZE). */
enum { SCRIPT_LINE_MAX = 256 };

bool silt_program_may_be(struct silt_bytes start)
{
	static const struct silt_bytes magics[] = {SILT_LITERAL_INIT(ELF_MAGIC), SILT_LITERAL_INIT(SCRIPT_MAGIC)};
	for (size_t i = 0; i < SILT_COUNT(magics); i++) {
		if (silt_bytes_start_with(magics[i], silt_bytes_slice(start, 0, magics[i].len))) {
			return true;
		}
	}
	return false;
}

/* Linkers of old gave libraries an entry point too, so that only their names tell. */
static bool is_library_name(struct silt_bytes path)
{
	static const struct silt_bytes ends[] = {
		SILT_LITERAL_INIT(".so"), SILT_LITERAL_INIT(".node"), /* of Node.js */
		SILT_LITERAL_INIT(".cmxs"),                           /* of OCaml */
	};
	struct silt_bytes name = silt_path_basename(path);
	for (size_t i = 0; i < SILT_COUNT(ends); i++) {
		if (silt_bytes_end_with(name, ends[i])) {
			return true;
		}
	}
	return silt_bytes_find(name, SILT_LITERAL(".so.")) != SIZE_MAX;
}

static enum silt_program_kind kind_of_elf(const struct silt_elf *elf, struct silt_bytes path)
{
	switch (elf->type) {
	case SILT_ELF_RELOCATABLE:
		return SILT_PROGRAM_OBJECT;
	case SILT_ELF_EXECUTABLE:
		return elf->has_interpreter ? SILT_PROGRAM_DYNAMIC : SILT_PROGRAM_STATIC;
	case SILT_ELF_SHARED:
		if (elf->has_interpreter) {
			return SILT_PROGRAM_DYNAMIC;
		}
		return elf->has_entry && !is_library_name(path) ? SILT_PROGRAM_STATIC : SILT_PROGRAM_LIBRARY;
	case SILT_ELF_CORE:
		return SILT_PROGRAM_CORE;
	default:
		return SILT_PROGRAM_NONE;
	}
}

static bool is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t';
}

/* As the kernel does: "#!/bin/sh" before CR LF names the interpreter "/bin/sh\r". */
static struct silt_bytes without_blanks(struct silt_bytes line)
{
	while (line.len > 0 && is_blank(line.ptr[line.len - 1])) {
		line.len--;
	}
	while (line.len > 0 && is_blank(line.ptr[0])) {
		line = silt_bytes_slice(line, 1, line.len);
	}
	return line;
}

static struct silt_program_seen look_at_script(struct silt_bytes start)
{
	struct silt_bytes line, rest = silt_bytes_slice(start, 0, SCRIPT_LINE_MAX);
	rest = silt_bytes_slice(rest, strlen(SCRIPT_MAGIC), rest.len);
	if (!silt_bytes_cut(&rest, '\n', &line)) {
		line = rest;
	}
	return (struct silt_program_seen){.kind = SILT_PROGRAM_SCRIPT, .interpreter = without_blanks(line)};
}

struct silt_program_seen silt_program_look(struct silt_bytes path, struct silt_bytes start)
{
	start = silt_bytes_slice(start, 0, SILT_PROGRAM_HEAD);
	if (silt_bytes_start_with(start, SILT_LITERAL(SCRIPT_MAGIC))) {
		return look_at_script(start);
	}
	struct silt_elf elf;
	if (!silt_elf_read(start, &elf)) {
		return (struct silt_program_seen){.kind = SILT_PROGRAM_NONE};
	}
	return (struct silt_program_seen){kind_of_elf(&elf, path), elf.interpreter, elf.build_id};
}
