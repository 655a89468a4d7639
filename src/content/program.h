/* What a file is that can be run, or was running, by its first bytes. */
#ifndef SILT_CONTENT_PROGRAM_H
#define SILT_CONTENT_PROGRAM_H

#include "base/bytes.h"

enum silt_program_kind {
	SILT_PROGRAM_NONE,
	SILT_PROGRAM_DYNAMIC, /* ELF that names an interpreter; libc.so.6 does too, and can be run */
	SILT_PROGRAM_STATIC,  /* ELF that names none, and is no library */
	SILT_PROGRAM_LIBRARY, /* ELF shared object */
	SILT_PROGRAM_OBJECT,  /* ELF relocatable: .o, kernel module */
	SILT_PROGRAM_CORE,    /* ELF core dump */
	SILT_PROGRAM_SCRIPT,  /* begins with "#!" */
};

/* Bytes of a file that are looked at. Linkers put headers, interpreter and build id on the first page; tools that change
 * programs afterwards, behind pages that they insert. */
enum { SILT_PROGRAM_HEAD = 64 * 1024 };

/* Spans are of the bytes that were looked at. */
struct silt_program_seen {
	enum silt_program_kind kind;
	struct silt_bytes
		interpreter;        /* of DYNAMIC: PT_INTERP; of SCRIPT: the words behind "#!", trimmed; else empty */
	struct silt_bytes build_id; /* of ELF; empty: none */
};

/* False: whatever follows, a file that begins so is no program. `start` may be as short as it likes. */
bool silt_program_may_be(struct silt_bytes start);

/*
 * Looks at the first SILT_PROGRAM_HEAD bytes of a file, all of a shorter one. `path` helps where the bytes leave a
 * choice: static programs that can be loaded anywhere and libraries look the same.
 */
struct silt_program_seen silt_program_look(struct silt_bytes path, struct silt_bytes start);

#endif
