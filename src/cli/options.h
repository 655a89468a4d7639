/*
 * The options: one table, from which parsing, help screens and the man page are made.
 */
#ifndef SILT_CLI_OPTIONS_H
#define SILT_CLI_OPTIONS_H

#include <stdbool.h>

/* Which command line an option belongs to: bits of cli_option.scope and the value of cli_command.scope. */
enum cli_scope {
	CLI_SCOPE_PROGRAM = 1 << 0, /* `silt` with no command */
	CLI_SCOPE_SCAN = 1 << 1,
	CLI_SCOPE_HELP = 1 << 2,
	CLI_SCOPE_RULES = 1 << 3,
	CLI_SCOPE_EXPLAIN = 1 << 4,
	CLI_SCOPE_RUN_ARGS = 1 << 5,
	CLI_SCOPE_LIMITS = 1 << 6,
	CLI_SCOPE_CACHE = 1 << 7,
	CLI_SCOPE_CONVERT = 1 << 8,
	CLI_SCOPE_POLICY = 1 << 9,
	CLI_SCOPE_BASELINE = 1 << 10,
	CLI_SCOPE_GATE = 1 << 11,
	CLI_SCOPE_CONFIG = 1 << 15,
	CLI_SCOPE_COMPLETION = 1 << 16,
	CLI_SCOPE_DIFF = 1 << 14,
	CLI_SCOPE_LS = 1 << 17,
	CLI_SCOPE_TREE = 1 << 18,
	CLI_SCOPE_HISTORY = 1 << 19,
	CLI_SCOPE_CAT = 1 << 20,
	CLI_SCOPE_EXTRACT = 1 << 21,
	CLI_SCOPE_TIMELINE = 1 << 22,
	CLI_SCOPE_HASH = 1 << 23,
	CLI_SCOPE_STRINGS = 1 << 24,
	CLI_SCOPE_CARVE = 1 << 25,
	CLI_SCOPE_SBOM = 1 << 26,
	CLI_SCOPE_KEY = 1 << 12,
	CLI_SCOPE_SIGN = 1 << 13,
	CLI_SCOPE_VERIFY = 1 << 27,
	CLI_SCOPE_SEAL = 1 << 28,
	CLI_SCOPE_UNSEAL = 1 << 29,
};

/* Whatever shows what is in images, and judges nothing (cli/inspection.h). */
#define CLI_SCOPE_INSPECTS                                                                                             \
	(CLI_SCOPE_LS | CLI_SCOPE_TREE | CLI_SCOPE_HISTORY | CLI_SCOPE_CAT | CLI_SCOPE_EXTRACT | CLI_SCOPE_TIMELINE |  \
	 CLI_SCOPE_HASH | CLI_SCOPE_STRINGS | CLI_SCOPE_CARVE | CLI_SCOPE_SBOM)

/* From where an option may be set, beside the command line. docs/config.md gives the reasons. */
enum cli_setting {
	CLI_SETTING_NEVER,
	CLI_SETTING_VARIABLE, /* by its variable */
	CLI_SETTING_TRUSTED,  /* and by files, but for one that belongs to the folder under review */
	CLI_SETTING_ANYWHERE, /* and by that one */
};

/* What of an argument is the name of a file, which a settings file gives as seen from its own folder. */
enum cli_file_part {
	CLI_FILE_NONE,
	CLI_FILE_WHOLE,
	CLI_FILE_OR_POLICY,    /* a policy that silt ships is no file */
	CLI_FILE_OR_DIGESTS,   /* "sha256:..." is no file */
	CLI_FILE_AFTER_FORMAT, /* behind "=" */
};

/* In the order in which help and man page show them. */
enum cli_option_id {
	CLI_OPTION_OUTPUT,
	CLI_OPTION_INTO, /* of what makes one file that is no report */
	CLI_OPTION_KEY,
	CLI_OPTION_TO,
	CLI_OPTION_PREDICATE,
	CLI_OPTION_REPORT,
	CLI_OPTION_FAIL_ON,
	CLI_OPTION_POLICY,
	CLI_OPTION_IGNOREFILE,
	CLI_OPTION_BASELINE,
	CLI_OPTION_IMAGE,
	CLI_OPTION_PLATFORM,
	CLI_OPTION_BASE,
	CLI_OPTION_ALLOWED_BASES,
	CLI_OPTION_ONLY,
	CLI_OPTION_SKIP,
	CLI_OPTION_LINT,
	CLI_OPTION_RULES,
	CLI_OPTION_NO_DEFAULT_RULES,
	CLI_OPTION_LONG,
	CLI_OPTION_RECURSIVE,
	CLI_OPTION_LAYER,
	CLI_OPTION_ALL,
	CLI_OPTION_DELETED,
	CLI_OPTION_SETUID,
	CLI_OPTION_TYPE,
	CLI_OPTION_NULL,
	CLI_OPTION_LIMIT,
	CLI_OPTION_JOBS,
	CLI_OPTION_CACHE,
	CLI_OPTION_NO_CACHE,
	CLI_OPTION_TRUST_DIGESTS,
	CLI_OPTION_MAX_SIZE,
	CLI_OPTION_DIRECTORY,
	CLI_OPTION_GREP,
	CLI_OPTION_BYTES,
	CLI_OPTION_NAME,
	CLI_OPTION_SHOW_SECRETS,
	CLI_OPTION_SHOW_SUPPRESSED,
	CLI_OPTION_NO_SANDBOX,
	CLI_OPTION_DIGEST,
	CLI_OPTION_ATTEST,
	CLI_OPTION_ATTESTATION,
	CLI_OPTION_PASSWORD_FILE,
	CLI_OPTION_NO_PASSWORD,
	CLI_OPTION_COLOR,
	CLI_OPTION_PROGRESS,
	CLI_OPTION_QUIET,
	CLI_OPTION_CONFIG,
	CLI_OPTION_HELP,
	CLI_OPTION_VERSION,
	CLI_OPTION_COUNT,
};

struct cli_option {
	const char *name;     /* long form, without dashes */
	char letter;          /* short form; 0: none */
	const char *argument; /* placeholder of its argument; NULL: a flag */
	const char *choices;  /* allowed arguments as "a, b, c"; NULL: any but the empty one */
	const char *fallback; /* argument when not given; NULL: none */
	const char *help;     /* a few words for the help screen */
	const char *manual;   /* sentences for the man page */
	unsigned scope;       /* bits of enum cli_scope */
	bool repeatable;      /* every argument counts, not only the last */
	bool rare;            /* in the man page, and on the help screen by name only */
	enum cli_setting setting;
	unsigned set_in; /* the bits of `scope` that settings are for; 0: all of them */
	enum cli_file_part file;
};

extern const struct cli_option cli_options[CLI_OPTION_COUNT];

#endif
