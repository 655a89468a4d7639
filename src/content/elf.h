/* ELF files, as far as their first bytes tell: what a file is for, who loads it, which build it is of. */
#ifndef SILT_CONTENT_ELF_H
#define SILT_CONTENT_ELF_H

#include "base/bytes.h"

/* e_type: elf(5). */
enum silt_elf_type {
	SILT_ELF_RELOCATABLE = 1,
	SILT_ELF_EXECUTABLE = 2,
	SILT_ELF_SHARED = 3, /* libraries, and programs that can be loaded anywhere */
	SILT_ELF_CORE = 4,
};

/* Spans are of the bytes that were read. */
struct silt_elf {
	uint16_t type; /* enum silt_elf_type, or what else the file says */
	bool has_entry;
	bool has_interpreter;
	struct silt_bytes interpreter; /* without its NUL; empty if it is beyond the bytes that were read */
	struct silt_bytes build_id;    /* NT_GNU_BUILD_ID; empty: none was read */
};

/*
 * Reads the start of a file, of 32 or 64 bits and either byte order. False: no ELF header that Linux would take. What
 * its program headers point to beyond `start`, or wrongly, is left out.
 */
bool silt_elf_read(struct silt_bytes start, struct silt_elf *out);

#endif
