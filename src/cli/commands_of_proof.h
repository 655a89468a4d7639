/* Rows of the command table: keys, and what is done with them. For commands.c only. */
#ifndef SILT_CLI_COMMANDS_OF_PROOF_H
#define SILT_CLI_COMMANDS_OF_PROOF_H

#define CLI_COMMANDS_OF_PROOF                                                                                          \
	{                                                                                                              \
		.name = "key",                                                                                         \
		.operands = "[OPTIONS] new FILE | pub FILE",                                                           \
		.summary = "make a key to sign with, show its public half",                                            \
		.description = "Makes a key and writes its secret half into FILE, protected by a password, or prints " \
			       "the public half of one again, as PEM: what others verify with.",                       \
		.examples = {{"silt key new team.key >team.pub", "make a key"},                                        \
			     {"silt key new --password-file pw ci.key >ci.pub", "without a terminal"},                 \
			     {"silt key pub team.key", "the public half again"}},                                      \
		.scope = CLI_SCOPE_KEY,                                                                                \
		.ending = CLI_ENDS_WHEN_DONE,                                                                          \
		.rare = true,                                                                                          \
		.run = cli_key,                                                                                        \
	},                                                                                                             \
		{                                                                                                      \
			.name = "sign",                                                                                \
			.operands = "[OPTIONS] REPORT",                                                                \
			.summary = "sign what a JSON report says",                                                     \
			.description =                                                                                 \
				"Reads REPORT, which scan wrote with -o json, and writes a signed attestation "        \
				"(in-toto, "                                                                           \
				"in a DSSE envelope) about the images in it: the verdict, or the whole report.",       \
			.examples = {{"silt sign --key team.key -o app.att app.json", "the verdict"},                  \
				     {"silt sign --key team.key --predicate report app.json", "all of it"},            \
				     {"silt sign --key team.key - <app.json >app.att", "in a pipe"}},                  \
			.scope = CLI_SCOPE_SIGN,                                                                       \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_sign,                                                                               \
		},                                                                                                     \
		{                                                                                                      \
			.name = "verify",                                                                              \
			.operands = "[OPTIONS] ATTESTATION [INPUT]",                                                   \
			.summary = "tell if an attestation holds, and for this input",                                 \
			.description =                                                                                 \
				"Verifies that ATTESTATION is signed with this key and, if INPUT is named, that it "   \
				"is "                                                                                  \
				"what was attested. Prints what is proven, and ends as the scan did that is: with 0 "  \
				"if it passed, with 1 if it failed. Whatever does not hold is 5.",                     \
			.examples = {{"silt verify --key team.pub app.att app.tar", "may this file be used?"},         \
				     {"silt verify --key team.pub app.att", "what does it say?"},                      \
				     {"silt verify --key team.pub app.att - <app.tar", "a stream"}},                   \
			.scope = CLI_SCOPE_VERIFY,                                                                     \
			.rare = true,                                                                                  \
			.run = cli_verify,                                                                             \
		},                                                                                                     \
		{                                                                                                      \
			.name = "seal",                                                                                \
			.operands = "[OPTIONS] FILE",                                                                  \
			.summary = "encrypt a file for the owner of a public key",                                     \
			.description = "Encrypts FILE so that only the owner of the public key can read it: a report " \
				       "that shows "                                                                   \
				       "secrets, or other evidence, on its way to who investigates.",                  \
			.examples = {{"silt seal --to team.pub -o app.sealed app.json", "a report"},                   \
				     {"tar -c evidence | silt seal --to team.pub - >e.sealed", "a folder"},            \
				     {"silt key new team.key >team.pub", "made by who reads"}},                        \
			.scope = CLI_SCOPE_SEAL,                                                                       \
			.ending = CLI_ENDS_WHEN_READ,                                                                  \
			.rare = true,                                                                                  \
			.run = cli_seal,                                                                               \
		},                                                                                                     \
	{                                                                                                              \
		.name = "unseal", .operands = "[OPTIONS] FILE", .summary = "open what was sealed for your key",        \
		.description = "Decrypts FILE, which silt seal wrote, into a file that only you can read. What was "   \
			       "changed or cut off on its way is refused, and leaves no file.",                        \
		.examples = {{"silt unseal --key team.key -o app.json app.sealed", "a report"},                        \
			     {"silt unseal --key team.key -o e.tar - <e.sealed", "from a pipe"},                       \
			     {"silt unseal --key team.key -o new.json a.sealed", "another one"}},                      \
		.scope = CLI_SCOPE_UNSEAL, .ending = CLI_ENDS_WHEN_READ, .rare = true, .run = cli_unseal,              \
	}

#endif
