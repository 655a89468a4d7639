/* The options of proofs: rows of the option table, for options.c only. */
#ifndef SILT_CLI_PROOF_OPTIONS_H
#define SILT_CLI_PROOF_OPTIONS_H

#define CLI_PROOF_OPTIONS                                                                                              \
	[CLI_OPTION_INTO] =                                                                                            \
		{                                                                                                      \
			.name = "output",                                                                              \
			.letter = 'o',                                                                                 \
			.argument = "FILE",                                                                            \
			.help = "Write to FILE, not to standard output",                                               \
			.manual = "Write to this file, which appears whole or not at all, instead of to standard "     \
				  "output.",                                                                           \
			.scope = CLI_SCOPE_SIGN | CLI_SCOPE_SEAL | CLI_SCOPE_UNSEAL,                                   \
	},                                                                                                             \
	[CLI_OPTION_KEY] =                                                                                             \
		{                                                                                                      \
			.name = "key",                                                                                 \
			.argument = "FILE",                                                                            \
			.help = "The key: public to verify, else secret",                                              \
			.manual = "The key: for sign and unseal the secret one, which silt key new made; for verify "  \
				  "the public one (PEM) of who signed, which must have come another way than what is " \
				  "verified.",                                                                         \
			.scope = CLI_SCOPE_SIGN | CLI_SCOPE_VERIFY | CLI_SCOPE_UNSEAL,                                 \
	},                                                                                                             \
	[CLI_OPTION_TO] =                                                                                              \
		{                                                                                                      \
			.name = "to",                                                                                  \
			.argument = "FILE",                                                                            \
			.help = "Seal for the owner of this public key",                                               \
			.manual = "The public key (PEM) of who is to open it: what silt key new printed there.",       \
			.scope = CLI_SCOPE_SEAL,                                                                       \
	},                                                                                                             \
	[CLI_OPTION_PREDICATE] =                                                                                       \
		{                                                                                                      \
			.name = "predicate",                                                                           \
			.argument = "WHAT",                                                                            \
			.choices = "test-result, report",                                                              \
			.fallback = "test-result",                                                                     \
			.help = "Attest: test-result, report",                                                         \
			.manual = "What an attestation says: test-result has the verdict and the names of checks, in " \
				  "the form that in-toto gives the results of tests; report has the whole report.",    \
			.scope = CLI_SCOPE_SIGN | CLI_SCOPE_SCAN,                                                      \
			.rare = true,                                                                                  \
	},                                                                                                             \
	[CLI_OPTION_DIGEST] =                                                                                          \
		{                                                                                                      \
			.name = "digest",                                                                              \
			.help = "Tell the SHA-256 of the input itself",                                                \
			.manual = "Compute the SHA-256 of the file or stream itself, to its last byte, and tell it "   \
				  "in JSON, so that silt sign can name it. A folder has none. Layers of a file are "   \
				  "then not read side by side.",                                                       \
			.scope = CLI_SCOPE_SCAN,                                                                       \
			.rare = true,                                                                                  \
	},                                                                                                             \
	[CLI_OPTION_ATTEST] =                                                                                          \
		{                                                                                                      \
			.name = "attest",                                                                              \
			.argument = "KEY",                                                                             \
			.help = "Sign the verdict with this secret key",                                               \
			.manual = "Sign what the scan found with this secret key, which silt key new made, and write " \
				  "it as an attestation; it implies --digest. The process that reads the input never " \
				  "has the key.",                                                                      \
			.scope = CLI_SCOPE_SCAN,                                                                       \
			.rare = true,                                                                                  \
	},                                                                                                             \
	[CLI_OPTION_ATTESTATION] =                                                                                     \
		{                                                                                                      \
			.name = "attestation",                                                                         \
			.argument = "FILE",                                                                            \
			.help = "Write what --attest signs to FILE",                                                   \
			.manual = "Where the attestation of --attest goes. A file appears whole or not at all.",       \
			.scope = CLI_SCOPE_SCAN,                                                                       \
			.rare = true,                                                                                  \
	},                                                                                                             \
	[CLI_OPTION_PASSWORD_FILE] =                                                                                   \
		{                                                                                                      \
			.name = "password-file",                                                                       \
			.argument = "FILE",                                                                            \
			.help = "Read the password of the key from FILE",                                              \
			.manual = "Read the password of the secret key from this file (- for standard input), "        \
				  "without the newline at its end, instead of asking for it on the terminal.",         \
			.scope = CLI_SCOPE_KEY | CLI_SCOPE_SIGN | CLI_SCOPE_SCAN | CLI_SCOPE_UNSEAL,                   \
			.rare = true,                                                                                  \
	},                                                                                                             \
	[CLI_OPTION_NO_PASSWORD] = {                                                                                   \
		.name = "no-password",                                                                                 \
		.help = "Make a key that anybody can use",                                                             \
		.manual = "Make a key without a password: whoever can read the file can sign with it.",                \
		.scope = CLI_SCOPE_KEY,                                                                                \
		.rare = true,                                                                                          \
	}

#endif
