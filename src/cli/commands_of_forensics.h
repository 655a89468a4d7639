/* Rows of the command table: what shows what is in images, and judges nothing. For commands.c only. */
#ifndef SILT_CLI_COMMANDS_OF_FORENSICS_H
#define SILT_CLI_COMMANDS_OF_FORENSICS_H

#define CLI_COMMANDS_OF_FORENSICS                                                                                      \
	{                                                                                                              \
		.name = "ls",                                                                                          \
		.operands = "[OPTIONS] INPUT [PATH]",                                                                  \
		.summary = "list what is in an image, also what is deleted",                                           \
		.description = "Lists the files that the image in INPUT shows, one line each. PATH is a path or a "    \
			       "pattern such as '/etc/*.conf' or '/home/**/.ssh/*'.",                                  \
		.examples = {{"silt ls -l app.tar /etc", "what is in /etc"},                                           \
			     {"silt ls --deleted app.tar", "what is gone, and still there"},                           \
			     {"silt ls --layer 3 app.tar", "what the third layer did"}},                               \
		.formats = "text, jsonl",                                                                              \
		.scope = CLI_SCOPE_LS,                                                                                 \
		.ending = CLI_ENDS_WHEN_READ,                                                                          \
		.rare = true,                                                                                          \
		.run = cli_ls,                                                                                         \
	},                                                                                                             \
		{                                                                                                      \
			.name = "tree",                                                                                \
			.operands = "[OPTIONS] INPUT [PATH]",                                                          \
			.summary = "draw the files of an image, or of a layer, as a tree",                             \
			.description = "Draws the files that the image in INPUT shows, from PATH on, or what one of "  \
				       "its layers "                                                                   \
				       "added, changed and deleted.",                                                  \
			.examples = {{"silt tree app.tar /etc", "what is in /etc"},                                    \
				     {"silt tree --layer 3 app.tar", "what the third layer did"},                      \
				     {"docker save app | silt tree -", "without a file"}},                             \
			.formats = "text",                                                                             \
			.scope = CLI_SCOPE_TREE,                                                                       \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_tree,                                                                               \
		},                                                                                                     \
		{                                                                                                      \
			.name = "history",                                                                             \
			.operands = "[OPTIONS] INPUT [PATH]",                                                          \
			.summary = "tell what each layer did, to all or to one path",                                  \
			.description = "Lists the build steps of the image in INPUT and what their layers did. With "  \
				       "PATH: every "                                                                  \
				       "state that it had, from layer to layer.",                                      \
			.examples = {{"silt history app.tar", "how it was built"},                                     \
				     {"silt history app.tar /etc/shadow", "what became of one file"},                  \
				     {"silt history -o jsonl app.tar /srv", "for a program"}},                         \
			.formats = "text, jsonl",                                                                      \
			.scope = CLI_SCOPE_HISTORY,                                                                    \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_history,                                                                            \
		},                                                                                                     \
		{                                                                                                      \
			.name = "cat",                                                                                 \
			.operands = "[OPTIONS] INPUT WHAT...",                                                         \
			.summary = "write files of an image, also deleted ones",                                       \
			.description =                                                                                 \
				"Writes the bytes of WHAT: a PATH of the final tree, or the last version of one that " \
				"is "                                                                                  \
				"gone; PATH@LAYER, the version of a layer (a number from 1, or a digest); config:, "   \
				"manifest:, blob:DIGEST, member:NAME, bundle:, or a run of bytes as carve lists it.",  \
			.examples = {{"silt cat app.tar /root/.ssh/id_rsa > key", "also if it was deleted"},           \
				     {"silt cat app.tar etc/passwd@2", "as layer 2 has it"},                           \
				     {"docker save app | silt cat - config: | jq .", "the config of the image"}},      \
			.scope = CLI_SCOPE_CAT,                                                                        \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_cat,                                                                                \
		},                                                                                                     \
		{                                                                                                      \
			.name = "extract",                                                                             \
			.operands = "[OPTIONS] INPUT PATTERN... -C DIR",                                               \
			.summary = "write versions of files into a folder",                                            \
			.description =                                                                                 \
				"Writes the files that fit a PATTERN into DIR, each with a record NAME.silt.json of "  \
				"where it "                                                                            \
				"was. Nothing is written outside of DIR, no link and no device made, no mode kept.",   \
			.examples = {{"silt extract app.tar etc/passwd -C out", "a file of the final tree"},           \
				     {"silt extract --deleted app.tar '**' -C out", "all that is gone"},               \
				     {"silt extract --layer 3 app.tar 'root/**' -C out", "what layer 3 brought"}},     \
			.scope = CLI_SCOPE_EXTRACT,                                                                    \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_extract,                                                                            \
		},                                                                                                     \
		{                                                                                                      \
			.name = "timeline",                                                                            \
			.operands = "[OPTIONS] INPUT",                                                                 \
			.summary = "list when everything in an image was changed",                                     \
			.description = "Lists the time of every entry of every layer of the image in INPUT, also of "  \
				       "those that "                                                                   \
				       "are deleted, and of the build steps, for tools that sort and show them.",      \
			.examples = {{"silt timeline app.tar | mactime -z UTC", "read it"},                            \
				     {"silt timeline -o jsonl=app.jsonl app.tar", "for Timesketch"},                   \
				     {"silt timeline -o csv app.tar", "for a spreadsheet"}},                           \
			.formats = "bodyfile, jsonl, csv",                                                             \
			.scope = CLI_SCOPE_TIMELINE,                                                                   \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_timeline,                                                                           \
		},                                                                                                     \
		{                                                                                                      \
			.name = "hash",                                                                                \
			.operands = "[OPTIONS] INPUT",                                                                 \
			.summary = "list the digests of all files, for sha256sum",                                     \
			.description = "Lists the SHA-256 of every file that the image in INPUT shows, or of every "   \
				       "version of "                                                                   \
				       "it, as sha256sum -c reads it in the root of the extracted tree.",              \
			.examples = {{"silt hash app.tar >app.sha256", "keep them"},                                   \
				     {"silt hash --all app.tar", "of every version in every layer"},                   \
				     {"docker save app | silt hash -", "without a file"}},                             \
			.formats = "text",                                                                             \
			.scope = CLI_SCOPE_HASH,                                                                       \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_hash,                                                                               \
		},                                                                                                     \
		{                                                                                                      \
			.name = "strings",                                                                             \
			.operands = "[OPTIONS] INPUT",                                                                 \
			.summary = "list text, or what a pattern matches",                                             \
			.description = "Lists what is text in all bytes of INPUT, or what a pattern of your own "      \
				       "matches: in every "                                                            \
				       "version of every file, and in what lies between them, with where it is and "   \
				       "what became of that.",                                                         \
			.examples = {{"silt strings -e 'BEGIN [A-Z ]+KEY' app.tar", "one's own question"},             \
				     {"silt strings -e '(?i)password' app.tar", "in any case"},                        \
				     {"silt strings -n 20 -o jsonl app.tar", "long texts, for a program"}},            \
			.formats = "text, jsonl",                                                                      \
			.scope = CLI_SCOPE_STRINGS,                                                                    \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_strings,                                                                            \
		},                                                                                                     \
		{                                                                                                      \
			.name = "carve",                                                                               \
			.operands = "[OPTIONS] INPUT",                                                                 \
			.summary = "list bytes that belong to no file",                                                \
			.description = "Lists what no parser claims: slack behind files, what follows the end of a "   \
				       "tar or of what "                                                               \
				       "is compressed, comments and skippable frames, files that no image uses. silt " \
				       "cat INPUT "                                                                    \
				       "ADDRESS writes the bytes.",                                                    \
			.examples = {{"silt carve app.tar", "what is there"},                                          \
				     {"silt carve -o jsonl app.tar", "for a program"},                                 \
				     {"silt cat app.tar tar:1+2048+10 > bytes", "have one back"}},                     \
			.formats = "text, jsonl",                                                                      \
			.scope = CLI_SCOPE_CARVE,                                                                      \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_carve,                                                                              \
		},                                                                                                     \
	{                                                                                                              \
		.name = "sbom", .operands = "[OPTIONS] INPUT",                                                         \
		.summary = "list the packages of an image for scanners",                                               \
		.description = "Writes the packages that dpkg, apk, rpm, Python, npm, gem and Java metadata in the "   \
			       "image tell of, with layer and package URL, as CycloneDX or SPDX.",                     \
		.examples = {{"silt sbom app.tar >app.cdx.json", "what is installed, as CycloneDX"},                   \
			     {"silt sbom -o spdx=app.spdx.json app.tar", "as SPDX"},                                   \
			     {"silt sbom --all app.tar", "what layers deleted or replaced, too"}},                     \
		.formats = "cyclonedx, spdx", .scope = CLI_SCOPE_SBOM, .ending = CLI_ENDS_WHEN_READ, .rare = true,     \
		.run = cli_sbom,                                                                                       \
	}

#endif
