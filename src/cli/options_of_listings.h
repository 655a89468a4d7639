/* Rows of the option table: what commands that list have of their own. For options.c only. */
#ifndef SILT_CLI_OPTIONS_OF_LISTINGS_H
#define SILT_CLI_OPTIONS_OF_LISTINGS_H

#define CLI_OPTIONS_OF_LISTINGS                                                                                        \
	[CLI_OPTION_GREP] =                                                                                            \
		{                                                                                                      \
			.name = "grep",                                                                                \
			.letter = 'e',                                                                                 \
			.argument = "PCRE",                                                                            \
			.help = "What this pattern matches, not only text",                                            \
			.manual = "Tell what this regular expression of PCRE2 matches. It is matched against bytes: "  \
				  "(?i) in front "                                                                     \
				  "ignores case, and . matches any byte, also the end of a line.",                     \
			.scope = CLI_SCOPE_STRINGS,                                                                    \
	},                                                                                                             \
	[CLI_OPTION_BYTES] =                                                                                           \
		{                                                                                                      \
			.name = "bytes",                                                                               \
			.letter = 'n',                                                                                 \
			.argument = "N",                                                                               \
			.fallback = "8",                                                                               \
			.help = "Only texts of N bytes or more",                                                       \
			.manual = "Without --grep: tell runs of printable ASCII of at least so many bytes, from 1 to " \
				  "4096.",                                                                             \
			.scope = CLI_SCOPE_STRINGS,                                                                    \
	},                                                                                                             \
	[CLI_OPTION_DIRECTORY] =                                                                                       \
		{                                                                                                      \
			.name = "directory",                                                                           \
			.letter = 'C',                                                                                 \
			.argument = "DIR",                                                                             \
			.help = "Write into this folder, a new or empty one",                                          \
			.manual = "The folder that the files are written into. It is made if it is not there, and "    \
				  "refused if it is not empty.",                                                       \
			.scope = CLI_SCOPE_EXTRACT,                                                                    \
	},                                                                                                             \
	[CLI_OPTION_LONG] =                                                                                            \
		{                                                                                                      \
			.name = "long",                                                                                \
			.letter = 'l',                                                                                 \
			.help = "Mode, owner, size and time, too",                                                     \
			.manual = "Tell the type and mode of each entry, its owner and group as numbers, its size "    \
				  "(of a "                                                                             \
				  "device its numbers) and its time in UTC, too.",                                     \
			.scope = CLI_SCOPE_LS,                                                                         \
	},                                                                                                             \
	[CLI_OPTION_RECURSIVE] =                                                                                       \
		{                                                                                                      \
			.name = "recursive",                                                                           \
			.letter = 'R',                                                                                 \
			.help = "All that is below PATH",                                                              \
			.manual = "List all that is below PATH, and not only what is in it.",                          \
			.scope = CLI_SCOPE_LS,                                                                         \
	},                                                                                                             \
	[CLI_OPTION_LAYER] =                                                                                           \
		{                                                                                                      \
			.name = "layer",                                                                               \
			.argument = "N|DIGEST",                                                                        \
			.help = "What this layer brings and deletes",                                                  \
			.manual = "List the entries of one layer, with what they do to the layers below it: A stands " \
				  "for "                                                                               \
				  "added, C for changed, D for deleted. The lowest layer is 1; 12 hex digits of a "    \
				  "digest "                                                                            \
				  "or diff ID are enough.",                                                            \
			.scope = CLI_SCOPE_LS | CLI_SCOPE_TREE | CLI_SCOPE_EXTRACT,                                    \
	},                                                                                                             \
	[CLI_OPTION_ALL] =                                                                                             \
		{                                                                                                      \
			.name = "all",                                                                                 \
			.letter = 'a',                                                                                 \
			.help = "Every version in every layer",                                                        \
			.manual =                                                                                      \
				"Every entry of every layer and what became of it, not only what the image shows in "  \
				"the "                                                                                 \
				"end. What belongs to no layer of the image is at the end.",                           \
			.scope = CLI_SCOPE_LS | CLI_SCOPE_HASH | CLI_SCOPE_EXTRACT | CLI_SCOPE_SBOM,                   \
	},                                                                                                             \
	[CLI_OPTION_DELETED] =                                                                                         \
		{                                                                                                      \
			.name = "deleted",                                                                             \
			.help = "What was deleted, and is still in a layer",                                           \
			.manual = "List only entries that a higher layer deleted, or whose directory it replaced. "    \
				  "extract takes all that the final tree does not show, overwritten versions, too.",   \
			.scope = CLI_SCOPE_LS | CLI_SCOPE_EXTRACT,                                                     \
	},                                                                                                             \
	[CLI_OPTION_SETUID] =                                                                                          \
		{                                                                                                      \
			.name = "setuid",                                                                              \
			.help = "Only files with setuid, setgid, capabilities",                                        \
			.manual = "List only files with the setuid bit, the setgid bit or capabilities, in PATH and "  \
				  "below "                                                                             \
				  "it.",                                                                               \
			.scope = CLI_SCOPE_LS,                                                                         \
	},                                                                                                             \
	[CLI_OPTION_TYPE] =                                                                                            \
		{                                                                                                      \
			.name = "type",                                                                                \
			.argument = "TYPE",                                                                            \
			.choices = "any, file, directory, symlink, device, fifo",                                      \
			.fallback = "any",                                                                             \
			.help = "Only files, links, ...",                                                              \
			.manual =                                                                                      \
				"List only entries of this type, in PATH and below it. A hardlink is what it shows.",  \
			.scope = CLI_SCOPE_LS,                                                                         \
	},                                                                                                             \
	[CLI_OPTION_NULL] = {                                                                                          \
		.name = "null",                                                                                        \
		.letter = '0',                                                                                         \
		.help = "Raw paths, each ended by a NUL",                                                              \
		.manual = "Write paths alone, with the bytes that they have in the image, and a NUL behind each, "     \
			  "for xargs -0. Not to a terminal.",                                                          \
		.scope = CLI_SCOPE_LS,                                                                                 \
	}

#endif
