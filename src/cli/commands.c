/* The command table. */
#include "cli/commands.h"

#include "cli/cache.h"
#include "cli/carve.h"
#include "cli/cat.h"
#include "cli/commands_of_forensics.h"
#include "cli/commands_of_proof.h"
#include "cli/completion.h"
#include "cli/config.h"
#include "cli/convert.h"
#include "cli/diff.h"
#include "cli/explain.h"
#include "cli/hash.h"
#include "cli/help.h"
#include "cli/history.h"
#include "cli/key.h"
#include "cli/limits.h"
#include "cli/ls.h"
#include "cli/message.h"
#include "cli/policy.h"
#include "cli/rules.h"
#include "cli/run_args.h"
#include "cli/sbom.h"
#include "cli/scan.h"
#include "cli/seal.h"
#include "cli/sign.h"
#include "cli/strings.h"
#include "cli/suggest.h"
#include "cli/timeline.h"
#include "cli/verify.h"

#include <string.h>

const struct cli_command cli_program = {
	.name = "silt",
	.operands = "COMMAND [OPTIONS] ...",
	.summary = "audit container image files",
	.description = "Finds secrets in every layer of image files, and what else should not be there.",
	.examples = {{"silt scan app.tar", "audit what docker save wrote"},
		     {"docker save app | silt scan -", "audit without a file"},
		     {"silt scan --help", "show all options of scan"}},
	.scope = CLI_SCOPE_PROGRAM,
};

const struct cli_command cli_commands[] = {
	{
		.name = "scan",
		.operands = "[OPTIONS] INPUT...",
		.summary = "audit images and report what is in them",
		.description = "Audits every image in each INPUT: a docker or OCI archive, plain or compressed, a root "
			       "filesystem tar, an OCI layout folder, or - for standard input.",
		.examples = {{"docker save app | silt scan -", "audit without a file"},
			     {"silt scan -o text -o json=app.json app.tar", "also keep it for a program"},
			     {"silt scan -o html=app.html app.tar", "a page to look at"}},
		.scope = CLI_SCOPE_SCAN,
		.run = cli_scan,
	},
	{
		.name = "gate",
		.operands = "[OPTIONS] INPUT...",
		.summary = "let an image pass or not, in one line",
		.description = "Audits as scan does and prints one line: the verdict, the worst finding and where it "
			       "is. Only 0 lets pass: an input that cannot be read to its end is denied. Layers "
			       "that passed by before are known from the cache.",
		.examples = {{"docker save app | silt gate - && docker push app", "in front of a registry"},
			     {"silt gate --policy strict app.tar", "with a policy"},
			     {"silt gate --report app.json app.tar", "and keep what was found"}},
		.scope = CLI_SCOPE_GATE,
		.wary = true,
		.run = cli_gate,
	},
	{
		.name = "diff",
		.operands = "[OPTIONS] OLD NEW",
		.summary = "tell if NEW still has the secrets of OLD",
		.description =
			"Audits OLD, then NEW, and looks in every byte of NEW for every secret of OLD. Tells what "
			"differs in layers, files, config, packages and findings, too. Fails if a secret that "
			"counts survived, or if a new finding counts.",
		.examples = {{"silt diff --fail-on low app.tar squashed.tar", "is it free of them all?"},
			     {"silt diff -o markdown old.tar new.tar", "for a pull request"},
			     {"docker save app | silt diff app.tar -", "against a file"}},
		.formats = "text, json, markdown",
		.scope = CLI_SCOPE_DIFF,
		.ending = CLI_ENDS_BY_COMPARISON,
		.run = cli_diff,
	},
	{
		.name = "convert",
		.operands = "[OPTIONS] REPORT",
		.summary = "write a JSON report again in other formats",
		.description = "Reads REPORT, which scan wrote with -o json, and writes it in other formats, as scan "
			       "would have: no image is needed. Its exit status is 0 whatever the verdict was.",
		.examples = {{"silt convert -o text app.json", "read it"},
			     {"silt convert -o sarif=app.sarif -o html=app.html app.json", "for others"},
			     {"silt convert -o text=app.txt app.json", "into a file"}},
		.scope = CLI_SCOPE_CONVERT,
		.ending = CLI_ENDS_WHEN_READ,
		.rare = true,
		.run = cli_convert,
	},
	{
		.name = "baseline",
		.operands = "[OPTIONS] INPUT...",
		.summary = "accept today's findings, so that new ones count",
		.description = "Audits as scan does and writes the findings of today into a file. A scan that is "
			       "given the file counts only what is new, or worse.",
		.examples = {{"silt baseline app.tar >base.json", "accept what there is"},
			     {"silt baseline -o baseline=base.json app.tar", "the same, whole or not at all"},
			     {"docker save app | silt baseline - >base.json", "without a file"}},
		.scope = CLI_SCOPE_BASELINE,
		.ending = CLI_ENDS_WHEN_READ,
		.rare = true,
		.run = cli_baseline,
	},
	{
		.name = "run-args",
		.operands = "[OPTIONS] INPUT",
		.summary = "tell how to run an image hardened, and why so",
		.description = "Prints a docker run line and a Kubernetes pod with the hardening that the image in "
			       "INPUT can bear by what is in it, each part with its reason, and what no image can "
			       "decide.",
		.examples = {{"silt run-args app.tar", "for the image in app.tar"},
			     {"silt run-args --image app:1 all.tar", "for one of several"},
			     {"silt run-args -o json app.tar", "for a program"}},
		.formats = "text, json",
		.scope = CLI_SCOPE_RUN_ARGS,
		.ending = CLI_ENDS_WHEN_READ,
		.run = cli_run_args,
	},
	{
		.name = "explain",
		.operands = "[OPTIONS] NAME...",
		.summary = "tell all about a check or a rule",
		.description =
			"Tells what a check or pattern rule looks at, how it decides, why it matters and what to do. "
			"NAME is its id, its id in another tool (CIS-DI-0001, DS-0002, DL3002, 4.1), a "
			"family of checks, or a pattern such as 'history-*'.",
		.examples = {{"silt explain user-root", "one check"},
			     {"silt explain DL3002", "by the name that hadolint has for it"},
			     {"silt explain 4.5", "a line of the CIS Docker Benchmark"}},
		.scope = CLI_SCOPE_EXPLAIN,
		.ending = CLI_ENDS_WHEN_DONE,
		.run = cli_explain,
	},
	{
		.name = "rules",
		.operands = "[OPTIONS] list | show NAME... | test FILE...",
		.summary = "list the checks and rules, test your own rules",
		.description = "Lists the checks and the pattern rules, shows all that is known of one, or tests files "
			       "with rules of your own against the examples in them.",
		.examples = {{"silt rules list", "what silt looks for"},
			     {"silt rules show github-pat", "one rule"},
			     {"silt rules test my.yaml", "are my rules right?"}},
		.scope = CLI_SCOPE_RULES,
		.rare = true,
		.ending = CLI_ENDS_WHEN_DONE,
		.run = cli_rules,
	},
	CLI_COMMANDS_OF_FORENSICS,
	CLI_COMMANDS_OF_PROOF,
	{
		.name = "policy",
		.operands = "[OPTIONS] check FILE... | show [POLICY]",
		.summary = "check your policies, show those that silt ships",
		.description = "Reads policy files and tells each mistake with its line and column, or prints a policy "
			       "that silt ships, to be changed.",
		.examples = {{"silt policy check team.yaml", "is it right?"},
			     {"silt policy show strict >team.yaml", "begin with one"},
			     {"silt policy show", "list those there are"}},
		.scope = CLI_SCOPE_POLICY,
		.rare = true,
		.ending = CLI_ENDS_WHEN_DONE,
		.run = cli_policy,
	},
	{
		.name = "limits",
		.operands = "[LIMIT...]",
		.summary = "list what an image may ask of silt",
		.description = "Lists the limits of a scan with their defaults, or tells all about those named. An "
			       "option of scan sets them.",
		.examples = {{"silt limits", "all of them"},
			     {"silt limits zstd-window", "one of them, its range and why"},
			     {"silt limits layers entries", "several"}},
		.scope = CLI_SCOPE_LIMITS,
		.ending = CLI_ENDS_WHEN_DONE,
		.rare = true,
		.run = cli_limits_list,
	},
	{
		.name = "cache",
		.operands = "[OPTIONS] stats [DIR] | prune [DIR]",
		.summary = "measure or prune a cache of layers",
		.description = "Tells what is in a record cache, or forgets what was not used for longest. DIR is the "
			       "folder that a scan was told to keep it in; without it $XDG_CACHE_HOME/silt.",
		.examples = {{"silt cache stats /var/cache/silt", "how large it is"},
			     {"silt cache prune --max-size 1G /var/cache/silt", "keep a gibibyte"},
			     {"silt cache prune", "forget all of it"}},
		.scope = CLI_SCOPE_CACHE,
		.ending = CLI_ENDS_WHEN_DONE,
		.rare = true,
		.run = cli_cache,
	},
	{
		.name = "config",
		.operands = "[OPTIONS] show",
		.summary = "show the settings and where they come from",
		.description = "Shows each setting with its value and whether that is of a file, a variable or the "
			       "default, and which files were looked for. An option of the command line goes "
			       "before a variable, and that before a file.",
		.examples = {{"silt config show", "what holds here?"},
			     {"silt config show --config team.yaml", "what would this file set?"},
			     {"silt config show --config none", "what holds without a file?"}},
		.scope = CLI_SCOPE_CONFIG,
		.ending = CLI_ENDS_WHEN_DONE,
		.rare = true,
		.run = cli_config,
	},
	{
		.name = "completion",
		.operands = "bash | zsh | fish",
		.summary = "print what makes a shell complete silt",
		.description = "Prints a script for one of these shells. With it the tabulator completes commands, "
			       "options and their arguments: formats, policies, checks, files. An installed silt "
			       "has brought it along.",
		.examples = {{"source <(silt completion bash)", "in ~/.bashrc"},
			     {"source <(silt completion zsh)", "in ~/.zshrc, behind compinit"},
			     {"silt completion fish | source", "in config.fish"}},
		.scope = CLI_SCOPE_COMPLETION,
		.ending = CLI_ENDS_WHEN_DONE,
		.rare = true,
		.run = cli_completion,
	},
	{
		.name = "help",
		.operands = "[COMMAND]",
		.summary = "show help for a command",
		.description = "Shows one screen of help: for COMMAND, or for silt as a whole.",
		.examples = {{"silt help", "what silt can do"},
			     {"silt help scan", "how scan is used"},
			     {"man silt", "the whole manual"}},
		.scope = CLI_SCOPE_HELP,
		.ending = CLI_ENDS_WHEN_DONE,
		.rare = true,
		.run = cli_help,
	},
};

const size_t cli_command_count = sizeof(cli_commands) / sizeof(cli_commands[0]);

const struct cli_command *cli_command_find(const char *name)
{
	for (size_t i = 0; i < cli_command_count; i++) {
		if (strcmp(cli_commands[i].name, name) == 0) {
			return &cli_commands[i];
		}
	}
	return NULL;
}

enum silt_status cli_command_unknown(const char *name, struct silt_error *err)
{
	struct cli_suggestion suggestion = cli_suggestion(name);
	for (size_t i = 0; i < cli_command_count; i++) {
		cli_suggestion_offer(&suggestion, cli_commands[i].name);
	}
	const struct cli_printable shown = cli_printable(name);
	if (suggestion.best == NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "unknown command '%s': silt --help lists the commands.",
				shown.text);
	}
	return cli_fail(err, SILT_ERR_USAGE, "unknown command '%s': did you mean '%s'?", shown.text, suggestion.best);
}
