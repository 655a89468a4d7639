/*
 * Every cap of silt, in one table: number, unit and reason.
 *
 * A cap that is reached is never silent: the thing that reached it is named in the report and the scan is incomplete.
 */
#ifndef SILT_BASE_LIMITS_H
#define SILT_BASE_LIMITS_H

enum {
	/* Bytes in one read and in one inflated block. Fits the L2 cache twice; larger gains nothing (measured). A
	 * multiple of 512, so that tar blocks never straddle two of our blocks. */
	SILT_BLOCK_SIZE = 256 * 1024,

	/* Compressed bytes looked at to learn what a member is; a bzip2 block is at most 900 kB, a zstd block 128 KiB. */
	SILT_PEEK_MAX = 2 * 1024 * 1024,

	/* Bytes of one JSON document of a bundle. containers/image refuses more for a manifest or config. */
	SILT_JSON_BYTES_MAX = 4 * 1024 * 1024,
	/* Nesting of objects and arrays in it; real documents need fewer than 10. */
	SILT_JSON_DEPTH_MAX = 64,
	/* Strings, numbers, literals, objects and arrays in it: bounds the tree that jansson builds to some 20 MB. */
	SILT_JSON_TOKENS_MAX = 200000,

	/* Bytes of one YAML file that a person wrote for silt; all rules silt ships have a quarter of it together. */
	SILT_YAML_BYTES_MAX = 1024 * 1024,
	/* Nesting of lists and maps in it; rules need 5. */
	SILT_YAML_DEPTH_MAX = 16,
	/* Texts, lists and maps in it, keys included: bounds the tree to some 20 MB. */
	SILT_YAML_NODES_MAX = 200000,
	/* Keys of one map; each new one is compared with all before it. */
	SILT_YAML_KEYS_MAX = 256,

	/* JSON documents kept of one bundle, in bytes; a rootfs full of package.json keeps none of them. */
	SILT_DOCUMENT_BYTES_MAX = 64 * 1024 * 1024,
	/* Values and keys in all of them: each takes up to 150 bytes of memory, however short its text (measured). A
	 * config of a hundred layers has a thousand. */
	SILT_DOCUMENT_TOKENS_MAX = 1000000,

	/* Files of a folder that is a bundle. */
	SILT_MEMBERS_MAX = 5000000,
	/* Members of a bundle that are kept though they say nothing of images, 250 bytes for each: a save of 100 images of
	 * 100 layers has 30 000 in all. The files of a root filesystem are entries of it, and need not be members. */
	SILT_PLAIN_MEMBERS_MAX = 65536,
	/* Members that are kept in all, the others being layers, documents, blobs and what is named like them. */
	SILT_KEPT_MEMBERS_MAX = 262144,
	/* Of these, layers and documents, some kilobytes for each: the tars of a root filesystem and the empty objects in it
	 * are such, too. What is beyond is matched like any other file. */
	SILT_RECORDS_MAX = 40000,
	/* Entries of one layer. */
	SILT_ENTRIES_MAX = 5000000,
	/* Bytes of one path and of one link target; Linux allows 4096 with the final NUL. */
	SILT_PATH_MAX = 4096,
	/* Bytes of one component of a path. */
	SILT_NAME_MAX = 255,
	/* Components of one path. */
	SILT_DEPTH_MAX = 1024,

	/* Descriptors over all indexes of one bundle, and how deep indexes may nest. */
	SILT_DESCRIPTORS_MAX = 10000,
	SILT_INDEX_DEPTH_MAX = 4,
	/* Layers of one image. Docker refuses more than 125. */
	SILT_LAYERS_MAX = 1000,
	/* Images of one bundle. */
	SILT_IMAGES_MAX = 1000,

	/* Symlinks followed for one path; what Linux allows. */
	SILT_LINK_HOPS_MAX = 40,

	/* Components of link targets walked for one path. */
	SILT_LINK_STEPS_MAX = 4096,
	/* The same for one layer: so many per entry, and so many to begin with. Real layers need one or two. */
	SILT_LINK_STEPS_PER_ENTRY = 64,
	SILT_LINK_STEPS_BASE = 65536,
	/* Folders of a member's name in which a symlink is looked for. No writer nests deeper than
	 * "blobs/sha256/<hex>/layer.tar"; a name of a thousand folders must not cost a thousand searches. What is not
	 * found for it is reported as absent. */
	SILT_LINKED_FOLDERS_MAX = 16,

	/* Directories that no entry makes, in one image. A path of 4096 bytes can ask for a thousand of them, and they
	 * are all silt has to pay for that is not in the archive; an image of jib has some thousands in all. */
	SILT_IMPLIED_MAX = 4 * 1024 * 1024,

	/* Bytes of one run of tar headers kept until they are matched. Several may precede one entry (g, x, L, K), of
	 * 1 MiB each in libarchive; a file with stored holes (SUN.holesdata) has no bound and stops here. */
	SILT_TAR_KEPT_MAX = 5 * 1024 * 1024,
	/* Entries that only the second reader of a tar finds, kept until the body in which it finds them is over, and bytes
	 * of their names. One is enough to make a scan incomplete. */
	SILT_TAR_BACKLOG_MAX = 1024,
	SILT_TAR_BACKLOG_BYTES_MAX = 1024 * 1024,

	/* Bytes kept of a small file that a check reads (passwd, group). */
	SILT_CAPTURE_MAX = 1024 * 1024,
	/* Groups of one account beside its own; a person on a machine has ten. What the modes of files let an account with
	 * more do is not judged. */
	SILT_ACCOUNT_GROUPS_MAX = 64,
	/* Facts kept of one layer, 40 bytes and a few of text for each; a Debian of 2 GB has some thousand packages. */
	SILT_FACTS_MAX = 262144,
	/* Bytes of the text of one. */
	SILT_FACT_TEXT_MAX = 512,
	/* Bytes kept of all of them in one layer. */
	SILT_CAPTURE_TOTAL_MAX = 16 * 1024 * 1024,
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
	/* MiB that come out of the archives in the files of one layer. A layer of many gigabytes of packages stays below;
	 * a bomb takes half a minute of one processor to reach it. */
	SILT_NESTED_MIB_MAX = 16 * 1024,
	/* Files in them. */
	SILT_NESTED_FILES_MAX = 5000000,
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

	/* Secrets kept of one layer: each takes some hundred bytes, and kilobytes in a report. Layers full of leaks have some
	 * hundred. */
	SILT_HITS_MAX = 10000,
	/* Public halves of keys kept of one layer, 48 bytes for each: what is beyond is not told of a private key. A system
	 * has some hundred certificates. */
	SILT_PUBLIC_HALVES_MAX = 65536,
	/* Matches of one rule in one stream of bytes: a file full of one token says no more with a million lines. */
	SILT_MATCHES_PER_RULE_MAX = 1000,
	/* Anchors of one rule that are looked at in any stream, however short ... */
	SILT_ANCHORS_FREE = 16384,
	/* ... and one more for so many bytes of it. Real files have fewer by orders; a flood has one every 4 bytes. */
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
	/* Steps of one search of PCRE2; its own 10 000 000 let forty bytes burn a quarter of a second. */
	SILT_PATTERN_STEPS_MAX = 100000,
	/* Nesting of its backtracking points, in the interpreter, and KiB of heap for them. */
	SILT_PATTERN_NESTING_MAX = 10000,
	SILT_PATTERN_HEAP_MAX = 4096,
	/* Texts decoded in one stream (of base64, escapes, ...), however short it is ... */
	SILT_UNWRAPS_FREE = 16384,
	/* ... and one more for so many bytes of it. Files full of dates with escaped slashes have one every 16; each costs
	 * some 0.2 us before its first byte is looked at. */
	SILT_UNWRAP_SPACING = 16,
	/* Matches of all rules in the decoded texts of one stream; each text counts its own beside that. */
	SILT_UNWRAPPED_MATCHES_MAX = 10000,
	/* Lines of the history of one image whose words are read. Docker makes 125 layers at most, and lines of settings. */
	SILT_HISTORY_LINES_MAX = 2000,
	/* Words of shell commands kept of the history of one image, some 60 bytes of memory for each; a history of a
	 * hundred lines has some thousand. */
	SILT_HISTORY_WORDS_MAX = 262144,
	/* Packages told of that are installed without a version; each new one is compared with all before it. */
	SILT_UNPINNED_MAX = 2000,
	/* Paths that the history of one image says it removed and that are there, as far as they are looked at: each is
	 * compared with every name of the tree if it is a pattern or a directory. */
	SILT_REMOVALS_MAX = 256,
	/* Such comparisons in one image, some 60 ns each. An image of 200 000 names has a few such paths. */
	SILT_REMOVAL_COMPARISONS_MAX = 32 * 1024 * 1024,
	/* Files of a squashed layer that the rest of the history is asked about, whether it makes them again. */
	SILT_REMOVAL_LOOKS_MAX = 500,
	/* Scripts in words of commands in scripts: sh -c "eval $(cat x)" is two. */
	SILT_HISTORY_DEPTH_MAX = 4,
	/* Different secret values cut out of the instructions of one image; every line is searched for every one. */
	SILT_REDACTED_MAX = 256,
	/* Items kept of one list of a posture, such as links to the standard output; the others are counted. */
	SILT_POSTURE_LIST_MAX = 64,
	/* Anomalies of one kind kept for one layer; the rest is counted. */
	SILT_ANOMALIES_PER_KIND_MAX = 100,

	/* Bytes of a git pack that are kept, to find the bases of its deltas. */
	SILT_GIT_PACK_MAX = 256 * 1024 * 1024,
	/* Bytes of one git object: git itself makes no deltas of files above 512 MiB, and hosts refuse above 100. */
	SILT_GIT_OBJECT_MAX = 128 * 1024 * 1024,
	/* Bytes of all objects from one that is whole down to the delta under way. */
	SILT_GIT_WAY_MAX = 512 * 1024 * 1024,
	/* Deltas on top of each other; pack.depth of git allows 4095 and makes 50. */
	SILT_GIT_DEPTH_MAX = 4096,

	/* Dictionary of a zstd frame: 2^27 = 128 MiB, what the zstd program itself accepts without being asked. */
	SILT_ZSTD_WINDOW_LOG_MAX = 27,
	/* Memory of an xz decoder, in bytes. */
	SILT_XZ_MEMORY_MAX = 256 * 1024 * 1024,
	/* Bytes of one gzip header field kept for matching (FNAME, FCOMMENT); FEXTRA cannot be longer. */
	SILT_GZIP_FIELD_MAX = 64 * 1024,
};

#endif
