/* The catalogue: files that are programs, or were. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "fs-core-dump",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Core dump in a layer",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "medium; info if it is not in the final filesystem",
		.looks_at = "the first bytes of every file of every layer",
		.decides = "The file is an ELF core dump, whatever its name.",
		.why = "It is the memory of a program at the moment it crashed: keys, passwords, the data of users, "
		       "and the environment it was started with. Its bytes are searched for secrets like any other "
		       "file's, but most of what is confidential in there has no known shape.",
		.fix = "Remove it in the instruction that makes it, and build with ulimit -c 0.",
		.dockerfile = "RUN ulimit -c 0 && make test",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man5/core.5.html",
	},
};

const struct silt_catalogue_part silt_catalogue_programs = {rows, SILT_COUNT(rows)};
