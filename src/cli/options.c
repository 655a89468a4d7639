/* The option table. */
#include "cli/options.h"

#include "cli/options_of_listings.h"
#include "cli/proof_options.h"

#define ALL_SCOPES                                                                                                     \
	(CLI_SCOPE_PROGRAM | CLI_SCOPE_SCAN | CLI_SCOPE_HELP | CLI_SCOPE_RULES | CLI_SCOPE_EXPLAIN |                   \
	 CLI_SCOPE_RUN_ARGS | CLI_SCOPE_LIMITS | CLI_SCOPE_CACHE | CLI_SCOPE_CONVERT | CLI_SCOPE_POLICY |              \
	 CLI_SCOPE_BASELINE | CLI_SCOPE_GATE | CLI_SCOPE_CONFIG | CLI_SCOPE_COMPLETION | CLI_SCOPE_DIFF |              \
	 CLI_SCOPE_INSPECTS | CLI_SCOPE_KEY | CLI_SCOPE_SIGN | CLI_SCOPE_VERIFY | CLI_SCOPE_SEAL | CLI_SCOPE_UNSEAL)

/* Whatever audits and judges. */
#define AUDITS (CLI_SCOPE_SCAN | CLI_SCOPE_BASELINE | CLI_SCOPE_GATE)

/* Whatever tells what is in an image, line by line. */
#define LISTS (CLI_SCOPE_LS | CLI_SCOPE_TREE | CLI_SCOPE_HISTORY | CLI_SCOPE_HASH | CLI_SCOPE_TIMELINE)

const struct cli_option cli_options[CLI_OPTION_COUNT] = {
	[CLI_OPTION_OUTPUT] =
		{
			.name = "output",
			.letter = 'o',
			.argument = "FORMAT[=FILE]",
			.help = "Write a report, to FILE if one is named",
			.manual =
				"Write a report in this format, to standard output or to a file. Give it several times "
				"for several reports of one scan. Without it there is text on standard output; "
				"baseline "
				"writes a baseline there, and gate its verdict in any case. A file is "
				"written under a temporary name in the same folder, synced and renamed, so that nobody "
				"ever sees "
				"half a report. A file that is replaced leaves its mode to the report, and its owner "
				"and group if the system allows it; a new file has the mode that the umask gives. A "
				"file that is no regular file, such as a pipe or a symbolic link, is written to "
				"directly. To name an input here is an error.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_CONVERT | CLI_SCOPE_DIFF | CLI_SCOPE_CARVE |
				 CLI_SCOPE_STRINGS | LISTS | CLI_SCOPE_SBOM,
			.repeatable = true,
			.setting = CLI_SETTING_ANYWHERE,
			.set_in = CLI_SCOPE_SCAN,
			.file = CLI_FILE_AFTER_FORMAT,
		},
	CLI_PROOF_OPTIONS,
	[CLI_OPTION_REPORT] =
		{
			.name = "report",
			.argument = "FILE",
			.help = "Keep all that was found in FILE, as JSON",
			.manual = "Write the whole report to this file, as -o json=FILE does. silt convert makes any "
				  "other format of it later, without the image.",
			.scope = CLI_SCOPE_GATE,
		},
	[CLI_OPTION_FAIL_ON] =
		{
			.name = "fail-on",
			.argument = "SEVERITY",
			.choices = "critical, high, medium, low, info",
			.fallback = "high",
			.help = "Exit with 1 from this severity up",
			.manual = "The threshold: exit with 1 if there is a finding of this severity or a "
				  "worse one. Findings below it are reported all the same.",
			.scope = CLI_SCOPE_SCAN | CLI_SCOPE_GATE | CLI_SCOPE_DIFF,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_POLICY] =
		{
			.name = "policy",
			.argument = "FILE|NAME",
			.help = "Judge by this policy: a file, strict, forensic",
			.manual = "Judge by this policy: a YAML file, or one that silt ships (default, strict, "
				  "forensic). It says which findings count, and which are accepted, why and how "
				  "long. A threshold given beside it takes the place of the one in the file. "
				  "docs/policy.md says how policies are written.",
			.scope = AUDITS | CLI_SCOPE_DIFF,
			.setting = CLI_SETTING_ANYWHERE,
			.file = CLI_FILE_OR_POLICY,
		},
	[CLI_OPTION_IGNOREFILE] =
		{
			.name = "ignorefile",
			.argument = "FILE",
			.help = "Accept what the lines of this file name",
			.manual = "Accept what the lines of this file name: ids of checks and rules, also those that "
				  "other "
				  "tools have for them, and fingerprints. Files such as .trivyignore and .dockleignore "
				  "can be used as they are. May be given several times.",
			.scope = AUDITS | CLI_SCOPE_DIFF,
			.repeatable = true,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
			.file = CLI_FILE_WHOLE,
		},
	[CLI_OPTION_BASELINE] =
		{
			.name = "baseline",
			.argument = "FILE",
			.help = "Count only findings that are not in this file",
			.manual =
				"Count only findings that are not in this baseline, which silt baseline wrote, or that "
				"are worse than they were then.",
			.scope = CLI_SCOPE_SCAN | CLI_SCOPE_GATE | CLI_SCOPE_DIFF,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
			.file = CLI_FILE_WHOLE,
		},
	[CLI_OPTION_IMAGE] =
		{
			.name = "image",
			.argument = "REF|DIGEST",
			.help = "Audit only images of this name or digest",
			.manual = "Audit only the images with this tag, reference, config digest or manifest "
				  "digest; 12 hex digits of a digest are enough.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS,
			.rare = true,
		},
	[CLI_OPTION_PLATFORM] =
		{
			.name = "platform",
			.argument = "OS/ARCH",
			.help = "Audit only images for this platform",
			.manual = "Audit only the images that the index or their config says are for this platform "
				  "(linux/amd64, linux/arm64/v8; without a variant, any), and those of which neither "
				  "says.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_BASE] =
		{
			.name = "base",
			.argument = "BASE",
			.help = "Tell what is inherited from this base image",
			.manual =
				"The base image: findings are marked as inherited or own. BASE is an image file, a "
				"list of "
				"diff IDs separated by commas, lowest layer first, or a text file with such a list on "
				"each line, behind a name or not. Layers are compared by what they hold. Without this "
				"option the base is what the labels and the history of the image give away.",
			.scope = AUDITS,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
			.file = CLI_FILE_OR_DIGESTS,
		},
	[CLI_OPTION_ALLOWED_BASES] =
		{
			.name = "allowed-bases",
			.argument = "BASES",
			.help = "Demand one of these base images",
			.manual = "An image that is not built on one of these bases has the finding "
				  "config-base-not-allowed. BASES is written as for --base.",
			.scope = AUDITS,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
			.file = CLI_FILE_OR_DIGESTS,
		},
	[CLI_OPTION_ONLY] =
		{
			.name = "only",
			.argument = "CHECKS",
			.help = "Tell only of these checks: user-root,config-*",
			.manual = "Tell only of these checks and rules: ids, ids of other tools (DL3002, CIS-DI-0001), "
				  "families "
				  "(user, secret, surface, config, history, filesystem, integrity) or patterns "
				  "(history-*), separated by commas. May be given several times.",
			.scope = AUDITS,
			.rare = true,
			.repeatable = true,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_SKIP] =
		{
			.name = "skip",
			.argument = "CHECKS",
			.help = "Tell nothing of these",
			.manual = "Tell nothing of these checks and rules; named as for --only.",
			.scope = AUDITS,
			.rare = true,
			.repeatable = true,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_LINT] =
		{
			.name = "lint",
			.help = "Tell of matters of style, too",
			.manual = "Tell of matters of style in build instructions and labels, too. They are of "
				  "severity info.",
			.scope = AUDITS | CLI_SCOPE_DIFF,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_RULES] =
		{
			.name = "rules",
			.argument = "FILE",
			.help = "Look for what the rules in FILE describe, too",
			.manual = "Read pattern rules from this YAML file, besides those that silt ships. May be "
				  "given several times. docs/rule-format.md says how rules are written.",
			.scope = AUDITS | CLI_SCOPE_RULES | CLI_SCOPE_EXPLAIN | CLI_SCOPE_POLICY | CLI_SCOPE_DIFF,
			.repeatable = true,
			.rare = true,
			.setting = CLI_SETTING_TRUSTED,
			.file = CLI_FILE_WHOLE,
		},
	[CLI_OPTION_NO_DEFAULT_RULES] =
		{
			.name = "no-default-rules",
			.help = "Leave out the rules that silt ships",
			.manual = "Leave out the pattern rules that silt ships and use those of --rules only. "
				  "Build instructions in a report are redacted by the rules that silt ships all "
				  "the same.",
			.scope = AUDITS | CLI_SCOPE_RULES | CLI_SCOPE_EXPLAIN | CLI_SCOPE_POLICY | CLI_SCOPE_DIFF,
			.rare = true,
			.setting = CLI_SETTING_TRUSTED,
		},
	CLI_OPTIONS_OF_LISTINGS,
	[CLI_OPTION_LIMIT] =
		{
			.name = "limit",
			.argument = "NAME=VALUE",
			.help = "Let images ask for more or less: entries=1000",
			.manual =
				"Let an image ask for more than usual, or for less: entries=10000000, zstd-window=1G. "
				"K, M, G and T behind a number stand for powers of 1024. silt limits lists the limits. "
				"May be given several times.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS,
			.repeatable = true,
			.rare = true,
			.setting = CLI_SETTING_TRUSTED,
		},
	[CLI_OPTION_JOBS] =
		{
			.name = "jobs",
			.letter = 'j',
			.argument = "N",
			.help = "Work with N threads instead of all processors",
			.manual = "How many threads may work, from 1 to 256: layers of a file are read side by side, "
				  "and a layer in stages. Without it as many as there are processors, and one for each "
				  "GiB "
				  "of memory at most, since a hostile layer may ask for that much. The report is the "
				  "same.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS,
			.rare = true,
			.setting = CLI_SETTING_TRUSTED,
		},
	[CLI_OPTION_CACHE] =
		{
			.name = "cache",
			.argument = "DIR",
			.help = "Keep what is found out about layers in DIR",
			.manual = "Keep what is found out about layers in this folder, and read no layer again that is "
				  "known from before. The report is the same. The folder is made if it is not there, "
				  "and refused if others may write to it; it holds no secret. docs/cache.md says what "
				  "is believed.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS,
			.rare = true,
			.setting = CLI_SETTING_TRUSTED,
			.file = CLI_FILE_WHOLE,
		},
	[CLI_OPTION_NO_CACHE] =
		{
			.name = "no-cache",
			.help = "Read every layer, and keep nothing",
			.manual = "Use no record cache: read every layer, also those that are known from before, and "
				  "keep nothing of them.",
			.scope = CLI_SCOPE_GATE,
			.rare = true,
			.setting = CLI_SETTING_TRUSTED,
		},
	[CLI_OPTION_TRUST_DIGESTS] =
		{
			.name = "trust-digests",
			.help = "Believe the names of blobs that are in the cache",
			.manual = "With --cache: take blobs/sha256/HEX of a file or folder for the blob that was "
				  "audited under this digest, without reading it. Whoever can write the input can "
				  "put anything there. The report says so.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS,
			.rare = true,
		},
	[CLI_OPTION_MAX_SIZE] =
		{
			.name = "max-size",
			.argument = "N",
			.help = "Bytes that may stay: 500M (default: none)",
			.manual = "How many bytes of records may stay in the cache when it is pruned; K, M, G and T "
				  "behind a number stand for powers of 1024. What was used last stays. Without this "
				  "option nothing stays.",
			.scope = CLI_SCOPE_CACHE,
		},
	[CLI_OPTION_NAME] =
		{
			.name = "name",
			.argument = "NAME",
			.help = "Call the input NAME in the report",
			.manual = "What to call the input in the report, instead of its path. For one input only.",
			.scope = CLI_SCOPE_SCAN | CLI_SCOPE_GATE,
			.rare = true,
		},
	[CLI_OPTION_SHOW_SECRETS] =
		{
			.name = "show-secrets",
			.help = "Show secrets as they are",
			.manual = "Show the values of secrets, which are redacted everywhere else. Refused if standard "
				  "output is no terminal, unless --output names a file: that file is made anew and "
				  "readable for its owner only (mode 0600).",
			.scope = CLI_SCOPE_SCAN | CLI_SCOPE_CONVERT,
			.rare = true,
		},
	[CLI_OPTION_SHOW_SUPPRESSED] =
		{
			.name = "show-suppressed",
			.help = "List secrets of unmodified packages, too",
			.rare = true,
			.manual = "List the secrets that are no findings because they are content of packages: a "
				  "package database of the image lists the file with the digest that it has, and "
				  "the layer of the database is the base or installed packages. Their number is "
				  "told in any case. Tokens of live services are always findings.",
			.scope = CLI_SCOPE_SCAN | CLI_SCOPE_CONVERT,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_NO_SANDBOX] =
		{
			.name = "no-sandbox",
			.help = "Keep all rights while reading",
			.manual = "Read the input in a process that keeps all your rights. Otherwise a child does so "
				  "that can open no file, no connection and no program; a report says how far. For "
				  "systems that refuse the sandbox, and for debuggers.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_CONVERT | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS |
				 CLI_SCOPE_SIGN | CLI_SCOPE_VERIFY,
			.rare = true,
		},
	[CLI_OPTION_COLOR] =
		{
			.name = "color",
			.argument = "WHEN",
			.choices = "auto, always, never",
			.fallback = "auto",
			.help = "Colours: auto, always, never",
			.manual = "Colours in a text report. With auto: if standard output is a terminal, the "
				  "report goes there, and NO_COLOR is not set.",
			.scope = CLI_SCOPE_SCAN | CLI_SCOPE_CONVERT | CLI_SCOPE_DIFF,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_PROGRESS] =
		{
			.name = "progress",
			.argument = "WHEN",
			.choices = "auto, never, plain",
			.fallback = "auto",
			.help = "Progress: auto, never, plain",
			.manual = "How far the audit is, on standard error: how much of the input, how fast, how long "
				  "it will take yet, layers done, secrets found so far. With auto: a line that is "
				  "drawn again and again, if that is a terminal. With plain: a line of its own each "
				  "second, also for a log.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_QUIET] =
		{
			.name = "quiet",
			.letter = 'q',
			.help = "No progress line and no closing line",
			.manual = "Nothing on standard error but what went wrong, and what a settings file of the "
				  "current "
				  "folder has set.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_CONVERT | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS,
			.rare = true,
			.setting = CLI_SETTING_ANYWHERE,
		},
	[CLI_OPTION_CONFIG] =
		{
			.name = "config",
			.argument = "FILE",
			.help = "Read settings from FILE, or none",
			.manual = "Read settings from this file instead of the first that is found. With none from no "
				  "file at all; a file of that name is ./none. docs/config.md says what can be set.",
			.scope = AUDITS | CLI_SCOPE_RUN_ARGS | CLI_SCOPE_CONVERT | CLI_SCOPE_RULES | CLI_SCOPE_EXPLAIN |
				 CLI_SCOPE_POLICY | CLI_SCOPE_CONFIG | CLI_SCOPE_DIFF | CLI_SCOPE_INSPECTS,
			.rare = true,
			.setting = CLI_SETTING_VARIABLE,
		},
	[CLI_OPTION_HELP] =
		{
			.name = "help",
			.letter = 'h',
			.help = "Show this help",
			.manual = "Show one screen of help.",
			.scope = ALL_SCOPES,
		},
	[CLI_OPTION_VERSION] =
		{
			.name = "version",
			.help = "Show the version",
			.manual = "Show the version.",
			.scope = CLI_SCOPE_PROGRAM,
		},
};
