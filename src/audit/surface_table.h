/* Programs that an attacker is glad to find, by their names. */
#ifndef SILT_AUDIT_SURFACE_TABLE_H
#define SILT_AUDIT_SURFACE_TABLE_H

#include "base/bytes.h"

/* What a tool is good for; each is a finding of its own. */
enum silt_tool_group {
	SILT_TOOL_INTERPRETER, /* shell-interpreter */
	SILT_TOOL_DEBUG,       /* pkg-debug-tool */
	SILT_TOOL_BUILD,       /* pkg-toolchain */
	SILT_TOOL_MANAGER,     /* pkg-manager */
	SILT_TOOL_GROUPS,
};

struct silt_tool {
	const char *name;
	const char *product; /* what a person calls it: netstat is a part of "net-tools" */
	enum silt_tool_group group;
	bool versioned; /* a version may follow the name: python3.11, gcc-12 */
};

/* "python" of "python3.11", "gcc" of "gcc-12". */
struct silt_bytes silt_name_without_version(struct silt_bytes name);

/* The tool that goes by the last component of a path; NULL: none. */
const struct silt_tool *silt_tool_called(struct silt_bytes path);

/* What a file shows by its place alone, whatever is in it: headers of C, packages for development; NULL: nothing. */
const struct silt_tool *silt_tool_at(struct silt_bytes path);

/* The row `index`, NULL behind the last one: in byte order of the names. */
const struct silt_tool *silt_tool_row(size_t index);

#endif
