/* docs/config.md, and what the man page says of settings, from the option table. */
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/settings.h"
#include "cli/settings_keys.h"

/* The example file has a setting on each line: what it is for begins at this column. */
enum { COMMENT_COLUMN = 34 };

static bool is_setting(size_t id)
{
	return cli_options[id].setting >= CLI_SETTING_TRUSTED;
}

/* ---- docs/config.md --------------------------------------------------------------------------------------------------- */

static const char introduction[] =
	"# Settings\n\n<!-- Made from the tables in src/cli by silt-generate: change those, not this file. -->\n\n"
	"What is given to every scan need not be typed every time. Of an option that stands in the table below, silt "
	"takes\n\n"
	"1. what the command line says, else\n"
	"2. what its variable in the environment says, else\n"
	"3. what the settings file says, else\n"
	"4. the default.\n\n"
	"The higher one takes the place of the lower one, also where an option may be given several times: "
	"nothing is "
	"added up. A threshold or a list of bases that is set takes the place of that of the policy only if it is not "
	"from further down than the policy: `--policy strict` is strict, whatever a file says of `fail-on`. In the "
	"same way "
	"`--no-cache` goes before a `cache` of the file.\n\n"
	"`silt config show` tells every setting, its value and where it comes from.\n\n"
	"## The file\n\n"
	"One file is read, the first of\n\n"
	"1. the one that `--config FILE` names,\n"
	"2. the one that `SILT_CONFIG` names,\n"
	"3. `./.silt.yaml`, of the current folder,\n"
	"4. `$XDG_CONFIG_HOME/silt/config.yaml`, which is `~/.config/silt/config.yaml` if that variable is not set,\n"
	"5. `/etc/silt/config.yaml`.\n\n"
	"`--config none` or `SILT_CONFIG=none` reads no file; one of that name is `./none`. A file that is named and "
	"not there is an error, and so is one that is there and cannot be read: what it says could be stricter than "
	"the default.\n\n"
	"It is a YAML map of names to values: a text, for a flag `true` or `false`, and for an option that may be "
	"given several times a text or a list. Anchors, tags and keys given twice are errors. Names of files are as "
	"seen from the folder of the settings file; `~` and `$` have no meaning. A setting that the command at hand "
	"does not have is passed over; a name that is no setting of any command is told and sets nothing. A wrong "
	"value is an error, with line and column.\n\n"
	"```yaml\npolicy: strict\nignorefile: [accepted.txt]\nskip:\n  - history-add\n  - DL3002\n"
	"output: text\n```\n\n"
	"## The file of the current folder\n\n"
	"`./.silt.yaml` is written by whoever wrote the folder, perhaps by those whose image is to be judged. "
	"So silt says on standard error what it has set, also with `--quiet`. Who means it names the file, by "
	"`--config ./.silt.yaml`: then it is one like all others, and nothing is said. Of the one that is found\n\n"
	"* it must be a regular file, and files that it names must lie in its folder, whatever links lead out: else "
	"an error "
	"could show lines of a file that is nobody's business;\n"
	"* `output` in it has formats only, and no files to be written;\n"
	"* the settings that the table says so of are errors in it: `cache` and `no-cache`, because records of a cache "
	"are "
	"believed; `rules` and `no-default-rules`, because patterns are compiled outside of the sandbox; `limit` "
	"and `jobs`, because with them an image may ask for more memory than the machine has.\n\n"
	"It can still make findings count less: by `skip`, `fail-on` and others. Where that must not be, give "
	"`--config` or `SILT_CONFIG`.";

static const char variables[] =
	"\n\n## The environment\n\n"
	"A variable has the name of the option in capitals, with `SILT_` before it and `_` for `-`. Flags are `true`, "
	"`yes` or `1`, and `false`, `no` or `0`. An option that may be given several times has one argument in "
	"each line of its variable. A variable that is empty is not set; one that begins with `SILT_` and sets nothing "
	"is told.\n\n"
	"## The settings\n\n"
	"| setting | variable | in `./.silt.yaml` | several | of the commands | what |\n"
	"| --- | --- | --- | --- | --- | --- |\n";

/* The commands that read no file of the current folder. */
static void write_wary(FILE *out)
{
	for (size_t i = 0; i < cli_command_count; i++) {
		if (cli_commands[i].wary) {
			fprintf(out, " `silt %s` never reads it.", cli_commands[i].name);
		}
	}
}

static void write_commands(FILE *out, const struct cli_option *option)
{
	size_t told = 0;
	for (size_t i = 0; i < cli_command_count; i++) {
		if (cli_settings_reach(option, (unsigned)cli_commands[i].scope)) {
			fprintf(out, "%s%s", told++ > 0 ? ", " : "", cli_commands[i].name);
		}
	}
}

static void write_row(FILE *out, const struct cli_option *option)
{
	const bool anywhere = option->setting == CLI_SETTING_ANYWHERE;
	const bool formats = anywhere && option->file == CLI_FILE_AFTER_FORMAT;
	fprintf(out, "| `%s` | `%s` | %s | %s | ", option->name, cli_variable_of(option).text,
		formats    ? "formats only"
		: anywhere ? "yes"
			   : "no",
		option->repeatable ? "yes" : "");
	write_commands(out, option);
	fprintf(out, " | %s |\n", option->help);
}

/* "# fail-on: high       # Exit with 1 from this severity up" */
static void write_example(FILE *out, const struct cli_option *option)
{
	const char *value = option->argument == NULL ? "true" : option->fallback != NULL ? option->fallback : NULL;
	const int used = fprintf(out, "# %s: %s", option->name, value != NULL ? value : option->argument);
	fprintf(out, "%*s# %s\n", used < COMMENT_COLUMN ? COMMENT_COLUMN - used : 1, "", option->help);
}

bool cli_config_document(FILE *out)
{
	fputs(introduction, out);
	write_wary(out);
	fputs(variables, out);
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (is_setting(id)) {
			write_row(out, &cli_options[id]);
		}
	}
	fputs("\n## A file to begin with\n\n```yaml\n", out);
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (is_setting(id)) {
			write_example(out, &cli_options[id]);
		}
	}
	fputs("```\n", out);
	return ferror(out) == 0;
}

/* ---- The man page ----------------------------------------------------------------------------------------------------- */

void cli_config_manual_variables(FILE *out)
{
	fputs(".It Ev SILT_CONFIG\nAs\n.Fl \\-config .\n", out);
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		const struct cli_option *option = &cli_options[id];
		if (is_setting(id)) {
			fprintf(out, ".It Ev %s\nAs\n.Fl \\-%s%s\n", cli_variable_of(option).text, option->name,
				option->argument == NULL ? " ,\nif it is true, yes or 1."
				: option->repeatable     ? " ,\nwith an argument in each line."
							 : " .");
		}
	}
}

void cli_config_manual_files(FILE *out)
{
	fputs(".Sh FILES\nThe first of these that is there has the settings for what neither the command line nor the "
	      "environment says:\n.Bl -tag -width Ds\n"
	      ".It Pa " CLI_SETTINGS_LOCAL "\nof the current folder, whose author is not trusted with all of them",
	      out);
	for (size_t i = 0; i < cli_command_count; i++) {
		if (cli_commands[i].wary) {
			fprintf(out, ";\n.Cm %s\ndoes not read it", cli_commands[i].name);
		}
	}
	fputs("\n"
	      ".It Pa $XDG_CONFIG_HOME/silt/config.yaml\nof the user; without that variable\n"
	      ".Pa ~/.config/silt/config.yaml\n"
	      ".It Pa /etc/silt/config.yaml\nof the system\n.El\n.Pp\n"
	      "A file that\n.Fl \\-config\nor\n.Ev SILT_CONFIG\nnames is read instead.\n",
	      out);
}
