/*
 * Every cap of silt, in one table: what it is called, how large it is, how far it may be set, and why.
 *
 * Two kinds. Budgets are what an input may use up: `silt limits` lists them, --limit sets them, struct silt_limits
 * holds their values for one audit. Constants are sizes of our own, and caps of what is only kept or shown.
 *
 * A budget that is reached is never silent: a finding and the coverage account name it, the scan is incomplete, and the
 * rest is audited all the same. Where it is otherwise the row says so.
 */
#ifndef SILT_BASE_LIMITS_H
#define SILT_BASE_LIMITS_H

#include "base/attributes.h"
#include "base/error.h"
#include "silt/limits.h"

#include <stddef.h>

#define SILT_KIB UINT64_C(1024)
#define SILT_MIB (SILT_KIB * 1024)
#define SILT_GIB (SILT_MIB * 1024)
#define SILT_TIB (SILT_GIB * 1024)

/*
 * ROW(id, name for people, unit, default, least and most that it may be set to, of what, why). `most` is the default
 * where an array has as many places.
 */
#define SILT_LIMIT_ROWS(ROW)                                                                                           \
	ROW(LAYER_BYTES, "layer-bytes", BYTES, 32 * SILT_GIB, 1, 16 * SILT_TIB,                                        \
	    "Bytes that decompression makes of one layer",                                                             \
	    "A gigabyte of zeros is 33 kB of zstd; the largest images have some 20 GiB in all. Layers that are not "   \
	    "compressed have no such limit.")                                                                          \
	ROW(TOTAL_BYTES, "total-bytes", BYTES, 64 * SILT_GIB, 1, 16 * SILT_TIB,                                        \
	    "Bytes that decompression makes of all layers and all archives in them",                                   \
	    "Many bombs must not cost more than one. What an archive that is compressed as a whole holds has a count " \
	    "of its own.")                                                                                             \
	ROW(RATIO, "ratio", RATIO, 200, 1, 1000000, "Bytes that come out of one byte of a layer",                      \
	    "Reached: a finding, and all is audited. Software packs to a third, logs to a twentieth; a bomb of gzip "  \
	    "reaches 1000:1.")                                                                                         \
	ROW(RATIO_FREE, "ratio-free", BYTES, 64 * SILT_MIB, 0, SILT_TIB,                                               \
	    "Bytes from which on the ratio of a layer is looked at",                                                   \
	    "Reached alone it is nothing. A small layer may be a file of zeros, and costs nothing.")                   \
	ROW(LAYERS, "layers", NUMBER, 1000, 1, 1000, "Layers of one image", "Docker refuses more than 125.")           \
	ROW(IMAGES, "images", NUMBER, 1000, 1, 100000, "Images of one bundle",                                         \
	    "Each of them is stacked and judged by itself.")                                                           \
	ROW(DESCRIPTORS, "descriptors", NUMBER, 10000, 1, 10000000, "Descriptors in all indexes of one bundle",        \
	    "An index of many platforms has some dozens.")                                                             \
	ROW(INDEX_DEPTH, "index-depth", NUMBER, 4, 1, 4, "Indexes inside of each other",                               \
	    "Real ones are two deep: index.json and one per platform.")                                                \
	ROW(JSON_BYTES, "json-bytes", BYTES, 4 * SILT_MIB, 1, 256 * SILT_MIB, "Bytes of one JSON document",            \
	    "containers/image refuses a manifest or config with more.")                                                \
	ROW(JSON_DEPTH, "json-depth", NUMBER, 64, 1, 64, "Objects and arrays inside of each other in one document",    \
	    "Real documents need fewer than 10.")                                                                      \
	ROW(JSON_VALUES, "json-values", NUMBER, 200000, 1, 10000000, "Keys and values of one document",                \
	    "Bounds what becomes of it in memory to some 20 MB: a value takes up to 150 bytes, however short it is.")  \
	ROW(RECORDS, "records", NUMBER, 40000, 1, 1000000, "Layers and documents of one bundle",                       \
	    "Each takes some kilobytes; the tars and empty objects of a root filesystem are such, too.")               \
	ROW(DOCUMENT_BYTES, "document-bytes", BYTES, 64 * SILT_MIB, 1, 16 * SILT_GIB,                                  \
	    "Bytes of the documents kept of one bundle",                                                               \
	    "They stay in memory until the bundle has been read; a save of 100 images has some 2 MB.")                 \
	ROW(DOCUMENT_VALUES, "document-values", NUMBER, 1000000, 1, 1000000000, "Keys and values in all of these",     \
	    "A config of a hundred layers has a thousand.")                                                            \
	ROW(ENTRIES, "entries", NUMBER, 5000000, 1, 1000000000, "Entries of one layer",                                \
	    "Each takes some 100 bytes of memory; a large distribution has 300000.")                                   \
	ROW(ENTRY_BYTES, "entry-bytes", BYTES, 500000000, 1, 16 * SILT_TIB,                                            \
	    "Bytes of memory for the entries of one layer",                                                            \
	    "A hundred for each of 5 million: 73, and its name, and what a link or a capability needs.")               \
	ROW(ENTRY_BYTES_TOTAL, "entry-bytes-total", BYTES, 2 * SILT_GIB, 1, 16 * SILT_TIB,                             \
	    "The same for all layers of one bundle", "They stay in memory until the bundle has been judged.")          \
	ROW(STACKED_ENTRIES, "stacked-entries", NUMBER, 20000000, 1, 1000000000,                                       \
	    "Entries of layers that were stacked before, in another image or in the same",                             \
	    "An image has a tree of its own, 32 bytes an entry; a hundred images on one base have 10 million.")        \
	ROW(PATH_BYTES, "path-bytes", BYTES, 4096, 2, 4096, "Bytes of one path, with its final NUL",                   \
	    "Linux opens no longer one.")                                                                              \
	ROW(NAME_BYTES, "name-bytes", BYTES, 255, 1, 255, "Bytes of one component of a path",                          \
	    "Linux makes no longer one.")                                                                              \
	ROW(PATH_DEPTH, "path-depth", NUMBER, 1024, 1, 2048, "Components of one path",                                 \
	    "Nothing real is a tenth as deep.")                                                                        \
	ROW(LINK_HOPS, "link-hops", NUMBER, 40, 1, 40, "Symlinks followed for one path", "Linux follows no more.")     \
	ROW(LINK_STEPS, "link-steps", NUMBER, 4096, 1, 1000000, "Components of link targets walked for one path",      \
	    "Links to links can ask for 2^40 of them; real paths need one or two.")                                    \
	ROW(IMPLIED_DIRECTORIES, "implied-directories", NUMBER, 4 * SILT_MIB, 1, 1000000000,                           \
	    "Directories of one image that no entry makes",                                                            \
	    "A path of 4096 bytes can ask for a thousand, which is all silt pays for what is not in the archive; "     \
	    "images of jib have some thousands.")                                                                      \
	ROW(PAX_BYTES, "pax-bytes", BYTES, SILT_MIB, 1, SILT_MIB,                                                      \
	    "Bytes of one PAX header, long name or long link target of a tar",                                         \
	    "Go's archive/tar, and so Docker, refuses more.")                                                          \
	ROW(SPARSE_MAP_BYTES, "sparse-map-bytes", BYTES, SILT_MIB, 512, SILT_MIB,                                      \
	    "Bytes of the map of one sparse file in a tar, in blocks of 512",                                          \
	    "Go's archive/tar, and so Docker, refuses more.")                                                          \
	ROW(TAR_HEADER_BYTES, "tar-header-bytes", BYTES, 5 * SILT_MIB, 512, 64 * SILT_MIB,                             \
	    "Bytes of tar headers in front of one entry", "Several headers of 1 MiB may precede it (g, x, L, K).")     \
	ROW(DISPUTED_ENTRIES, "disputed-entries", NUMBER, 1024, 1, 1000000,                                            \
	    "Entries inside of one body that only the second reader of a tar finds",                                   \
	    "They are kept until the body is over, with 1 KiB of names for each.")                                     \
	ROW(ACCOUNT_BYTES, "account-bytes", BYTES, SILT_MIB, 1, 64 * SILT_MIB,                                         \
	    "Bytes of one file that a check reads whole",                                                              \
	    "Lists of accounts and settings; real ones have some kilobytes.")                                          \
	ROW(ACCOUNT_BYTES_TOTAL, "account-bytes-total", BYTES, 16 * SILT_MIB, 1, SILT_GIB,                             \
	    "Bytes of lists of accounts kept of one layer", "They stay in memory until all layers have been read.")    \
	ROW(FACTS, "facts", NUMBER, 262144, 1, 100000000, "Facts that small files of one layer tell",                  \
	    "Each takes 40 bytes and its text; a Debian of 2 GB has some thousand packages.")                          \
	ROW(NESTED_DEPTH, "nested-depth", NUMBER, 3, 1, 3, "Archives inside of each other in one file",                \
	    "A .jar in a .war is two, a .tar.xz in a .deb too; a third is for whatever they are shipped in.")          \
	ROW(NESTED_BYTES, "nested-bytes", BYTES, 16 * SILT_GIB, 1, SILT_TIB,                                           \
	    "Bytes that come out of archives in the files of one layer",                                               \
	    "Layers of packages stay below; a bomb takes half a minute of one processor to reach it.")                 \
	ROW(NESTED_FILES, "nested-files", NUMBER, 5000000, 1, 1000000000, "Files in these archives",                   \
	    "As many as a layer may have entries.")                                                                    \
	ROW(SECRETS, "secrets", NUMBER, 10000, 1, 1000000, "Secrets kept of one layer",                                \
	    "Each takes kilobytes in a report; layers full of leaks have some hundred.")                               \
	ROW(MATCHES_PER_RULE, "matches-per-rule", NUMBER, 1000, 1, 1000000, "Matches of one rule in one file",         \
	    "A file full of one token says no more with a million lines.")                                             \
	ROW(ANCHORS, "anchors", NUMBER, 16384, 1, 1000000000,                                                          \
	    "Anchors of one rule looked at in one file, and one per 64 bytes",                                         \
	    "Real files have fewer by orders; a flood has one every 4 bytes.")                                         \
	ROW(PATTERN_STEPS, "pattern-steps", NUMBER, 100000, 1, 10000000, "Steps of one search of PCRE2",               \
	    "Its own 10000000 let forty bytes burn a quarter of a second.")                                            \
	ROW(DECODED_TEXTS, "decoded-texts", NUMBER, 16384, 1, 1000000000,                                              \
	    "Texts decoded in one file, and one per 16 bytes",                                                         \
	    "Each costs 0.2 us before its first byte; files full of dates with escaped slashes have one every 16 "     \
	    "bytes.")                                                                                                  \
	ROW(DECODED_MATCHES, "decoded-matches", NUMBER, 10000, 1, 10000000,                                            \
	    "Matches in the decoded texts of one file",                                                                \
	    "A file may be full of base64; each text counts its own beside that.")                                     \
	ROW(HISTORY_LINES, "history-lines", NUMBER, 2000, 1, 1000000,                                                  \
	    "Lines of the history of one image whose words are read",                                                  \
	    "Docker makes 125 layers at most, and lines of settings between.")                                         \
	ROW(HISTORY_WORDS, "history-words", NUMBER, 262144, 1, 100000000,                                              \
	    "Words of shell commands kept of one history",                                                             \
	    "Each takes 60 bytes; a history of a hundred lines has some thousand.")                                    \
	ROW(REMOVALS, "removals", NUMBER, 256, 1, 256, "Paths that one history says it removed, looked at",            \
	    "Each is compared with every name of the tree if it is a pattern or a directory.")                         \
	ROW(REMOVAL_COMPARISONS, "removal-comparisons", NUMBER, 32 * SILT_MIB, 1, 1000000000000,                       \
	    "Comparisons of these with names of the tree",                                                             \
	    "Each takes 60 ns; an image of 200000 names has a few such paths.")                                        \
	ROW(REMOVAL_LOOKS, "removal-looks", NUMBER, 500, 1, 1000000,                                                   \
	    "Files of a squashed layer that the history is asked about",                                               \
	    "Each is looked for in the whole rest of the history.")                                                    \
	ROW(FINDINGS_PER_CHECK, "findings-per-check", NUMBER, 10000, 1, 10000000,                                      \
	    "Findings kept of one check or rule", "Each takes some 2 KB in a report; the rest is counted.")            \
	ROW(GIT_PACK_BYTES, "git-pack-bytes", BYTES, 256 * SILT_MIB, 1, 16 * SILT_GIB, "Bytes of one git pack",        \
	    "All of it is in memory, since a delta may stand on any object in it.")                                    \
	ROW(GIT_OBJECT_BYTES, "git-object-bytes", BYTES, 128 * SILT_MIB, 1, 4 * SILT_GIB - 1,                          \
	    "Bytes of one git object",                                                                                 \
	    "git makes no deltas of files above 512 MiB, and hosts refuse files above 100.")                           \
	ROW(GIT_CHAIN_BYTES, "git-chain-bytes", BYTES, 512 * SILT_MIB, 1, 16 * SILT_GIB,                               \
	    "Bytes of all git objects that one delta stands on", "They are in memory together.")                       \
	ROW(GIT_DEPTH, "git-depth", NUMBER, 4096, 1, 1000000, "Git deltas on top of each other",                       \
	    "pack.depth of git allows 4095 and makes 50.")                                                             \
	ROW(ZSTD_WINDOW, "zstd-window", BYTES, 128 * SILT_MIB, SILT_KIB, 2 * SILT_GIB,                                 \
	    "Bytes a zstd frame may look back, as a power of two; what is unpacked at the same time, twice as many",   \
	    "The zstd program itself accepts no more without being asked.")                                            \
	ROW(XZ_MEMORY, "xz-memory", BYTES, 256 * SILT_MIB, SILT_MIB, 16 * SILT_GIB,                                    \
	    "Bytes of memory for decoding xz, and what it is packed in", "xz -9 needs 65 MiB.")                        \
	ROW(GZIP_FIELD_BYTES, "gzip-field-bytes", BYTES, 64 * SILT_KIB, 1, SILT_GIB,                                   \
	    "Bytes of the file name or comment in a gzip header",                                                      \
	    "All of it is matched in any case; real names have some dozens.")                                          \
	ROW(STALL_SECONDS, "stall-seconds", SECONDS, 900, 1, 604800, "Seconds without a byte of a pipe",               \
	    "docker save may prepare a large image for minutes before the first one. Reached: the input counts as "    \
	    "ended there.")                                                                                            \
	ROW(HANG_SECONDS, "hang-seconds", SECONDS, 60, 1, 86400,                                                       \
	    "Seconds of processor time in which an audit gets nowhere",                                                \
	    "No step takes one; to wait for a slow pipe is no step. silt then ends with 70 and without a report.")

enum silt_limit_id {
	SILT_LIMIT_NONE,
#define SILT_LIMIT_ID(id, name, unit, fallback, least, most, what, why) SILT_LIMIT_##id,
	SILT_LIMIT_ROWS(SILT_LIMIT_ID)
#undef SILT_LIMIT_ID
		SILT_LIMIT_COUNT
};

/* The budgets of one audit. Does not change while it runs. */
struct silt_limits {
	uint64_t value[SILT_LIMIT_COUNT];
	uint64_t *decoders; /* borrows: bytes of memory of all decoders at work; NULL: each has the limits for itself */
};

extern const struct silt_limits silt_default_limits;

/* Where limits are asked for, NULL stands for the defaults. */
static inline const struct silt_limits *silt_limits_or_default(const struct silt_limits *limits)
{
	return limits ? limits : &silt_default_limits;
}

/* A budget as a size of something in memory. Rows whose value is used so are bounded far below SIZE_MAX. */
static inline size_t silt_limit_size(const struct silt_limits *limits, enum silt_limit_id id)
{
	return (size_t)limits->value[id];
}

/* The defaults with `settings` over them. SILT_ERR_USAGE: no such limit, or a value that it cannot have. */
enum silt_status silt_limits_set(struct silt_limits *limits, const struct silt_limit_setting *settings, size_t count,
				 struct silt_error *err);

/* The name of a limit; NULL for SILT_LIMIT_NONE. */
const char *silt_limit_name(enum silt_limit_id id);

enum { SILT_LIMIT_HINT_MAX = 160 };

/*
 * " (the limit entries is 5000000; --limit entries=VALUE raises it)" into `text`, without the second half if nothing
 * can; "" for SILT_LIMIT_NONE. Gives `text`.
 */
const char *silt_limit_hint(const struct silt_limits *limits, enum silt_limit_id id,
			    char text[static SILT_LIMIT_HINT_MAX]);

/* ---- Constants ----------------------------------------------------------------------------------------------------- */

enum {
	/* Bytes in one read and in one inflated block. Fits the L2 cache twice; larger gains nothing (measured). A
	 * multiple of 512, so that tar blocks never straddle two of our blocks. */
	SILT_BLOCK_SIZE = 256 * 1024,

	/* Bytes of a file or a layer as stored, from which on threads are worth their start. */
	SILT_THREADS_WORTH = 512 * 1024,
	/* Compressed bytes looked at to learn what a member is; a bzip2 block is at most 900 kB, a zstd block 128 KiB. */
	SILT_PEEK_MAX = 2 * 1024 * 1024,
	/* Nesting of objects and arrays in it; real documents need fewer than 10. */
	SILT_JSON_DEPTH_MAX = 64,

	/* Bytes of one YAML file that a person wrote for silt; all rules silt ships have a quarter of it together. */
	SILT_YAML_BYTES_MAX = 1024 * 1024,
	/* Nesting of lists and maps in it; rules need 5. */
	SILT_YAML_DEPTH_MAX = 16,
	/* Texts, lists and maps in it, keys included: bounds the tree to some 20 MB. */
	SILT_YAML_NODES_MAX = 200000,
	/* Keys of one map; each new one is compared with all before it. */
	SILT_YAML_KEYS_MAX = 256,

	/* Files of a folder that is a bundle. */
	SILT_MEMBERS_MAX = 5000000,
	/* Members of a bundle that are kept though they say nothing of images, 250 bytes for each: a save of 100 images of
	 * 100 layers has 30 000 in all. The files of a root filesystem are entries of it, and need not be members. */
	SILT_PLAIN_MEMBERS_MAX = 65536,
	/* Members that are kept in all, the others being layers, documents, blobs and what is named like them. */
	SILT_KEPT_MEMBERS_MAX = 262144,
	/* Bytes of one path and of one link target; Linux allows 4096 with the final NUL. */
	SILT_PATH_MAX = 4096,
	/* Bytes of one component of a path. */
	SILT_NAME_MAX = 255,
	SILT_INDEX_DEPTH_MAX = 4,
	/* Bytes of one PAX header, long name or long link target of a tar, beyond which that is told: room for a path, a
	 * target, and attributes as large as most filesystems have them. All is searched, up to the limit pax-bytes. */
	SILT_TAR_HEADER_USUAL = 64 * 1024,
	/* Layers of one image. Docker refuses more than 125. */
	SILT_LAYERS_MAX = 1000,

	/* Symlinks followed for one path; what Linux allows. */
	SILT_LINK_HOPS_MAX = 40,
	/* The same for one layer: so many per entry, and so many to begin with. Real layers need one or two. */
	SILT_LINK_STEPS_PER_ENTRY = 64,
	SILT_LINK_STEPS_BASE = 65536,
	/* Folders of a member's name in which a symlink is looked for. No writer nests deeper than
	 * "blobs/sha256/<hex>/layer.tar"; a name of a thousand folders must not cost a thousand searches. What is not
	 * found for it is reported as absent. */
	SILT_LINKED_FOLDERS_MAX = 16,
	/* Groups of one account beside its own; a person on a machine has ten. What the modes of files let an account with
	 * more do is not judged. */
	SILT_ACCOUNT_GROUPS_MAX = 64,
	/* Bytes of the text of one. */
	SILT_FACT_TEXT_MAX = 512,
	/* Bytes kept of the interpreter of a program: as many as Linux reads of a script. */
	SILT_INTERPRETER_MAX = 256,

	/* Pattern rules of one set; silt ships some hundreds. */
	SILT_RULES_MAX = 4096,
	/* Macros known at a time, and items of one list of a rule (anchors, files, examples ...). */
	SILT_RULE_MACROS_MAX = 256,
	SILT_RULE_ITEMS_MAX = 256,
	/* Bytes of a pattern when its macros are expanded. PCRE2 takes 64 KiB of compiled code for one. */
	SILT_RULE_PATTERN_MAX = 16 * 1024,
	/* Bytes of the name of a rule file in an error. */
	SILT_RULE_SOURCE_MAX = 160,
	/* Bytes of one anchor or keyword. */
	SILT_RULE_ANCHOR_MAX = 128,
	/* The same byte in a row in an anchor: libhs 5.4 fails to scan if some literal ends in 34 of them (intel/hyperscan
	 * #303, #353). */
	SILT_RULE_ANCHOR_RUN_MAX = 16,
	/* Bytes of a match behind the start of its anchor: an RSA key of 16 384 bits takes 12.6 kB of PEM, and indentation
	 * and escapes add to it. Bytes before it, for the match and for what looks around it. */
	SILT_RULE_REACH_MAX = 24 * 1024,
	SILT_RULE_BACK_MAX = 4096,

	/* Archives inside of each other: a .jar in a .war is two, a .tar.xz in a .deb too. Real software needs them and a
	 * third for whatever they were shipped in. */
	SILT_NESTED_DEPTH_MAX = 3,
	/* Bytes kept of the table of long names of an ar archive; a static library of 10 000 objects has 300 kB. */
	SILT_AR_NAMES_MAX = 1024 * 1024,

	/*
	 * Of package databases, which can only excuse: what is beyond these excuses nothing, and stays a finding.
	 *
	 * Files listed by the databases of one layer, 28 bytes of memory for each; a Debian of 2 GB has 100 000, and dpkg
	 * lists each of them twice.
	 */
	SILT_PACKAGE_FILES_MAX = 1000000,
	/* Bytes of a path in one. Real ones have 300 at most. Each is hashed, and a folder may be named once for many
	 * files. */
	SILT_PACKAGE_PATH_MAX = 512,
	/* Bytes of a line in one of text: a path and a digest. */
	SILT_PACKAGE_LINE_MAX = 2048,
	/* Bytes of one that must be read as a whole (rpm); a Fedora desktop has 40 MiB. */
	SILT_PACKAGE_BYTES_MAX = 64 * 1024 * 1024,
	/* Folders of one package of rpm, 16 bytes of memory for each while it is read; a kernel's sources have 10 000. */
	SILT_PACKAGE_FOLDERS_MAX = 100000,
	/* Bytes kept of the name of a package. */
	SILT_PACKAGE_NAME_MAX = 128,
	/* Bytes of the largest file whose digest is compared with them: so much is kept until its hits are known.
	 * GnuTLS, whose self-test has keys, is a library of 2 MiB and an archive of 4. */
	SILT_PROVABLE_BYTES_MAX = 8 * 1024 * 1024,
	/* Bytes of a program that is digested just because it is one. Four of five bytes of the programs of a Debian are
	 * in smaller ones, and so is all of them that is worth replacing; the others are large for the cost. */
	SILT_WATCHED_PROGRAM_MAX = 1024 * 1024,
	/* Public halves of keys kept of one layer, 48 bytes for each: what is beyond is not told of a private key. A system
	 * has some hundred certificates. */
	SILT_PUBLIC_HALVES_MAX = 65536,
	/* Beside the limit `anchors`, one more is looked at for so many bytes of a stream. */
	SILT_ANCHOR_SPACING = 64,
	/* Bytes of a file that one search of a rule about whole files may begin at; the next piece is the next search. */
	SILT_FILE_PIECE = 4096,
	/* Bytes of a match of such a rule. If it may begin anywhere, each byte may cost a look at as many ... */
	SILT_FILE_MATCH_MAX = 4096,
	/* ... if it begins with a line, each line ... */
	SILT_FILE_LINE_MAX = 16 * 1024,
	/* ... and if it begins with the file, there is one look. A Java keystore with all authorities takes 150 KB. */
	SILT_FILE_HEAD_MAX = 1024 * 1024,
	/* Searches of one rule in one stream that may end at a limit of PCRE2 before the rule is given up for it: each
	 * costs up to 2 ms, and the scan is incomplete after the first. */
	SILT_PATTERN_LIMITS_MAX = 16,
	/* Nesting of PCRE2's backtracking points, in the interpreter, and KiB of heap for them. */
	SILT_PATTERN_NESTING_MAX = 10000,
	SILT_PATTERN_HEAP_MAX = 4096,
	/* Beside the limit `decoded-texts`, one more is decoded for so many bytes of a stream. */
	SILT_UNWRAP_SPACING = 16,
	/* Packages told of that are installed without a version; each new one is compared with all before it. */
	SILT_UNPINNED_MAX = 2000,
	/* Scripts in words of commands in scripts: sh -c "eval $(cat x)" is two. */
	SILT_HISTORY_DEPTH_MAX = 4,
	/* Different secret values cut out of the instructions of one image; every line is searched for every one. */
	SILT_REDACTED_MAX = 256,
	/* Items kept of one list of a posture, such as links to the standard output; the others are counted. */
	SILT_POSTURE_LIST_MAX = 64,
	/* Anomalies of one kind kept for one layer; the rest is counted. */
	SILT_ANOMALIES_PER_KIND_MAX = 100,

	/* Bytes of a packed record before it is compressed. As many entries as a layer may have need three quarters of it;
	 * what is larger is surveyed each time. */
	SILT_RECORD_BYTES_MAX = 512 * 1024 * 1024,
	/* Waits, of so many milliseconds each, for another process that surveys the same layer: ten minutes. Who waits
	 * longer surveys it, too; the other one may have been stopped. */
	SILT_CACHE_WAIT_MS = 20,
	SILT_CACHE_WAITS_MAX = 30000,
};

#endif
