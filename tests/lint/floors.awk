# Who may include whom. Reads C files, named relative to the root of the project, and says each #include that breaks a
# rule; exit status 1 if there is one. `headers` is a space-separated list of all own headers ("base/arena.h",
# "silt/silt.h").
#
#   - A file includes headers of its own folder, of folders on lower floors, and public headers.
#   - src/cli includes its own headers and public ones; include/silt only public ones.
#   - Each third-party header has one owner. A header in angle brackets that is neither one of those nor one of the
#     system's below is a dependency that nobody decided on.

BEGIN {
	rank["base"] = 0
	rank["stream"] = 1
	rank["bundle"] = rank["content"] = rank["secret"] = 2
	rank["layer"] = 3
	rank["rootfs"] = 4
	rank["audit"] = 5
	rank["compare"] = rank["evidence"] = rank["policy"] = rank["report"] = 6
	rank["forensics"] = rank["proof"] = rank["sbom"] = 7
	rank["cli"] = 8

	owner["archive.h"] = owner["archive_entry.h"] = "^src/stream/tar[a-z0-9_]*\\.c$"
	owner["zlib.h"] = "^src/stream/(crc32|deflate)_zlib\\.c$"
	owner["isa-l/crc.h"] = owner["isa-l/igzip_lib.h"] = "^src/stream/(crc32|deflate)_isal\\.c$"
	owner["zstd.h"] = owner["zstd_errors.h"] = "^src/stream/(inflate[a-z0-9_]*|pack_zstd)\\.c$"
	owner["lzma.h"] = owner["bzlib.h"] = \
		"^src/stream/inflate[a-z0-9_]*\\.c$"
	owner["openssl/evp.h"] = owner["openssl/err.h"] = "^src/(stream/digest|secret/key_crypto)\\.c$"
	owner["openssl/bn.h"] = owner["openssl/ec.h"] = "^src/secret/key_crypto\\.c$"
	owner["hs/hs.h"] = owner["pcre2.h"] = "^src/secret/[a-z0-9_]+\\.c$"
	owner["sqlite3.h"] = "^src/(content/package_sqlite|layer/cache_store)\\.c$"
	owner["jansson.h"] = "^src/base/json[a-z0-9_]*\\.[ch]$"
	owner["yaml.h"] = "^src/base/yaml\\.c$"
	owner["linux/openat2.h"] = "^src/cli/vault\\.c$"
	owner["seccomp.h"] = owner["linux/seccomp.h"] = "^src/cli/sandbox_seccomp\\.c$"
	owner["sodium.h"] = "^src/(base/(seal|secure)|proof/[a-z0-9_]+)\\.c$"
	# Of these any file of the folder may be the owner, but only one.
	single["hs/hs.h"] = single["pcre2.h"] = 1

	standard = "assert ctype errno inttypes limits stdarg stdatomic stdbool stddef stdint stdio stdlib string time " \
		"dirent elf fcntl getopt link locale malloc poll pthread sched signal sys/ioctl sys/mman sys/prctl sys/resource sys/stat " \
		"sys/syscall sys/sysmacros sys/time sys/types sys/uio sys/wait termios unistd"
	count = split(standard, names, " ")
	for (i = 1; i <= count; i++) {
		system_header[names[i] ".h"] = 1
	}
	count = split(headers, names, " ")
	for (i = 1; i <= count; i++) {
		own_header[names[i]] = 1
	}
}

function complain(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	failed = 1
}

function check_angle(header) {
	if (header in system_header) {
		return
	}
	if (!(header in owner)) {
		complain("<" header "> is neither a header of the system that we use nor a library that we chose")
	} else if (FILENAME !~ owner[header]) {
		complain("<" header "> belongs to " owner[header])
	} else if ((header in single) && (header in user) && user[header] != FILENAME) {
		complain("<" header "> has one owner, and that is " user[header])
	} else {
		user[header] = FILENAME
	}
}

function check_quoted(header,    parts, from, to) {
	if (!(header in own_header)) {
		complain("\"" header "\" is not a header of ours, written from src/ or include/")
		return
	}
	split(header, parts, "/")
	to = parts[1]
	split(FILENAME, parts, "/")
	from = parts[2]
	if (to == "silt" || to == from) {
		return
	}
	if (parts[1] == "include") {
		complain("a public header includes \"" header "\", which is not public")
	} else if (from == "cli") {
		complain("the program includes \"" header "\": it has the public headers only")
	} else if (rank[to] == rank[from]) {
		complain(from " includes \"" header "\" of the same floor")
	} else if (rank[to] > rank[from]) {
		complain(from " includes \"" header "\" of a higher floor")
	}
}

FNR == 1 {
	split(FILENAME, place, "/")
	if (place[1] == "src" && !(place[2] in rank)) {
		complain("no floor is called " place[2])
	}
}

/^[ \t]*#[ \t]*include/ {
	line = $0
	sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
	header = substr(line, 2)
	sub(/[">].*/, "", header)
	if (line ~ /^</) {
		check_angle(header)
	} else {
		check_quoted(header)
	}
}

END {
	exit failed
}
