/* The table of tools. */
#include "audit/surface_table.h"

#include "base/ascii.h"
#include "base/attributes.h"

/* In byte order of the names. */
static const struct silt_tool tools[] = {
	/* clang-format off */
	{"apk", "apk", SILT_TOOL_MANAGER, false},
	{"apt", "apt", SILT_TOOL_MANAGER, false},
	{"apt-get", "apt", SILT_TOOL_MANAGER, false},
	{"aptitude", "apt", SILT_TOOL_MANAGER, false},
	{"arp", "net-tools", SILT_TOOL_DEBUG, false},
	{"awk", "awk", SILT_TOOL_INTERPRETER, false},
	{"bun", "bun", SILT_TOOL_INTERPRETER, false},
	{"c++", "gcc", SILT_TOOL_BUILD, false},
	{"cargo", "rust", SILT_TOOL_BUILD, false},
	{"cc", "gcc", SILT_TOOL_BUILD, false},
	{"clang", "clang", SILT_TOOL_BUILD, true},
	{"clang++", "clang", SILT_TOOL_BUILD, true},
	{"cmake", "cmake", SILT_TOOL_BUILD, false},
	{"curl", "curl", SILT_TOOL_DEBUG, false},
	{"dbclient", "ssh client", SILT_TOOL_DEBUG, false},
	{"deno", "deno", SILT_TOOL_INTERPRETER, false},
	{"dnf", "dnf", SILT_TOOL_MANAGER, true},
	{"env", "env", SILT_TOOL_INTERPRETER, false},
	{"find", "find", SILT_TOOL_INTERPRETER, false},
	{"ftp", "ftp", SILT_TOOL_DEBUG, false},
	{"g++", "gcc", SILT_TOOL_BUILD, true},
	{"gawk", "awk", SILT_TOOL_INTERPRETER, false},
	{"gcc", "gcc", SILT_TOOL_BUILD, true},
	{"gdb", "gdb", SILT_TOOL_DEBUG, false},
	{"gdbserver", "gdb", SILT_TOOL_DEBUG, false},
	{"gem", "gem", SILT_TOOL_MANAGER, true},
	{"gfortran", "gcc", SILT_TOOL_BUILD, true},
	{"ghc", "ghc", SILT_TOOL_BUILD, true},
	{"git", "git", SILT_TOOL_BUILD, false},
	{"gmake", "make", SILT_TOOL_BUILD, false},
	{"go", "go", SILT_TOOL_BUILD, true},
	{"ifconfig", "net-tools", SILT_TOOL_DEBUG, false},
	{"inetutils-telnet", "telnet", SILT_TOOL_DEBUG, false},
	{"java", "java", SILT_TOOL_INTERPRETER, false},
	{"javac", "javac", SILT_TOOL_BUILD, false},
	{"kotlinc", "kotlinc", SILT_TOOL_BUILD, false},
	{"ld", "binutils", SILT_TOOL_BUILD, false},
	{"ld.bfd", "binutils", SILT_TOOL_BUILD, false},
	{"ld.gold", "binutils", SILT_TOOL_BUILD, false},
	{"ld.lld", "lld", SILT_TOOL_BUILD, true},
	{"lftp", "ftp", SILT_TOOL_DEBUG, false},
	{"lld", "lld", SILT_TOOL_BUILD, true},
	{"ltrace", "ltrace", SILT_TOOL_DEBUG, false},
	{"lua", "lua", SILT_TOOL_INTERPRETER, true},
	{"luajit", "lua", SILT_TOOL_INTERPRETER, true},
	{"make", "make", SILT_TOOL_BUILD, false},
	{"mawk", "awk", SILT_TOOL_INTERPRETER, false},
	{"microdnf", "microdnf", SILT_TOOL_MANAGER, false},
	{"mold", "mold", SILT_TOOL_BUILD, false},
	{"nawk", "awk", SILT_TOOL_INTERPRETER, false},
	{"nc", "netcat", SILT_TOOL_DEBUG, false},
	{"nc.openbsd", "netcat", SILT_TOOL_DEBUG, false},
	{"nc.traditional", "netcat", SILT_TOOL_DEBUG, false},
	{"ncat", "netcat", SILT_TOOL_DEBUG, false},
	{"netcat", "netcat", SILT_TOOL_DEBUG, false},
	{"netkit-ftp", "ftp", SILT_TOOL_DEBUG, false},
	{"netstat", "net-tools", SILT_TOOL_DEBUG, false},
	{"ninja", "ninja", SILT_TOOL_BUILD, false},
	{"nmap", "nmap", SILT_TOOL_DEBUG, false},
	{"node", "node", SILT_TOOL_INTERPRETER, true},
	{"nodejs", "node", SILT_TOOL_INTERPRETER, true},
	{"npm", "npm", SILT_TOOL_MANAGER, false},
	{"nvim", "vi", SILT_TOOL_INTERPRETER, false},
	{"original-awk", "awk", SILT_TOOL_INTERPRETER, false},
	{"perl", "perl", SILT_TOOL_INTERPRETER, true},
	{"php", "php", SILT_TOOL_INTERPRETER, true},
	{"pip", "pip", SILT_TOOL_MANAGER, true},
	{"pypy", "pypy", SILT_TOOL_INTERPRETER, true},
	{"python", "python", SILT_TOOL_INTERPRETER, true},
	{"route", "net-tools", SILT_TOOL_DEBUG, false},
	{"ruby", "ruby", SILT_TOOL_INTERPRETER, true},
	{"rustc", "rust", SILT_TOOL_BUILD, false},
	{"scp", "ssh client", SILT_TOOL_DEBUG, false},
	{"sftp", "ssh client", SILT_TOOL_DEBUG, false},
	{"socat", "socat", SILT_TOOL_DEBUG, false},
	{"ssh", "ssh client", SILT_TOOL_DEBUG, false},
	{"strace", "strace", SILT_TOOL_DEBUG, false},
	{"tcc", "tcc", SILT_TOOL_BUILD, false},
	{"tclsh", "tcl", SILT_TOOL_INTERPRETER, true},
	{"tcpdump", "tcpdump", SILT_TOOL_DEBUG, false},
	{"tdnf", "tdnf", SILT_TOOL_MANAGER, false},
	{"telnet", "telnet", SILT_TOOL_DEBUG, false},
	{"telnet.netkit", "telnet", SILT_TOOL_DEBUG, false},
	{"tftp", "ftp", SILT_TOOL_DEBUG, false},
	{"tnftp", "ftp", SILT_TOOL_DEBUG, false},
	{"vi", "vi", SILT_TOOL_INTERPRETER, false},
	{"vim", "vi", SILT_TOOL_INTERPRETER, false},
	{"vim.basic", "vi", SILT_TOOL_INTERPRETER, false},
	{"vim.nox", "vi", SILT_TOOL_INTERPRETER, false},
	{"vim.tiny", "vi", SILT_TOOL_INTERPRETER, false},
	{"wget", "wget", SILT_TOOL_DEBUG, false},
	{"wget2", "wget", SILT_TOOL_DEBUG, false},
	{"xargs", "xargs", SILT_TOOL_INTERPRETER, false},
	{"yum", "yum", SILT_TOOL_MANAGER, false},
	{"zypper", "zypper", SILT_TOOL_MANAGER, false},
	/* clang-format on */
};

const struct silt_tool *silt_tool_row(size_t index)
{
	return index < SILT_COUNT(tools) ? &tools[index] : NULL;
}

static const struct silt_tool *find(struct silt_bytes name)
{
	size_t low = 0, high = SILT_COUNT(tools);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = silt_bytes_compare_text(name, tools[middle].name);
		if (order == 0) {
			return &tools[middle];
		}
		low = order > 0 ? middle + 1 : low;
		high = order > 0 ? high : middle;
	}
	return NULL;
}

struct silt_bytes silt_name_without_version(struct silt_bytes name)
{
	while (name.len > 0 && (silt_is_digit(name.ptr[name.len - 1]) || name.ptr[name.len - 1] == '.' ||
				name.ptr[name.len - 1] == '-')) {
		name.len--;
	}
	return name;
}

const struct silt_tool *silt_tool_called(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	const struct silt_tool *tool = find(name);
	if (tool) {
		return tool;
	}
	struct silt_bytes stem = silt_name_without_version(name);
	tool = stem.len < name.len ? find(stem) : NULL;
	return tool && tool->versioned ? tool : NULL;
}

/* ---- By place ------------------------------------------------------------------------------------------------------ */

static const struct silt_tool headers = {"C headers", "C headers", SILT_TOOL_BUILD, false};

/* Packages of Node.js that nobody needs at run time. */
static const struct silt_tool development[] = {
	{"ava", "ava", SILT_TOOL_BUILD, false},
	{"cypress", "cypress", SILT_TOOL_BUILD, false},
	{"eslint", "eslint", SILT_TOOL_BUILD, false},
	{"husky", "husky", SILT_TOOL_BUILD, false},
	{"jest", "jest", SILT_TOOL_BUILD, false},
	{"karma", "karma", SILT_TOOL_BUILD, false},
	{"lint-staged", "lint-staged", SILT_TOOL_BUILD, false},
	{"mocha", "mocha", SILT_TOOL_BUILD, false},
	{"nodemon", "nodemon", SILT_TOOL_BUILD, false},
	{"nyc", "nyc", SILT_TOOL_BUILD, false},
	{"webpack-dev-server", "webpack-dev-server", SILT_TOOL_BUILD, false},
};

/* "jest" of "app/node_modules/jest/package.json"; empty for what packages bring along themselves. */
static struct silt_bytes own_package(struct silt_bytes path)
{
	struct silt_bytes folder = SILT_LITERAL("node_modules/"), end = SILT_LITERAL("/package.json");
	size_t at = silt_bytes_end_with(path, end) ? silt_bytes_find(path, folder) : SIZE_MAX;
	if (at == SIZE_MAX || (at > 0 && path.ptr[at - 1] != '/')) {
		return silt_bytes(NULL, 0);
	}
	struct silt_bytes rest = silt_bytes_slice(path, at + folder.len, path.len);
	return rest.len > end.len ? silt_bytes_slice(rest, 0, rest.len - end.len) : silt_bytes(NULL, 0);
}

const struct silt_tool *silt_tool_at(struct silt_bytes path)
{
	if (silt_bytes_equal(path, SILT_LITERAL("usr/include/stdio.h"))) {
		return &headers;
	}
	struct silt_bytes package = own_package(path);
	for (size_t i = 0; i < SILT_COUNT(development) && package.len > 0; i++) {
		if (silt_bytes_equal(package, silt_bytes_text(development[i].name))) {
			return &development[i];
		}
	}
	return NULL;
}
