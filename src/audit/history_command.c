/* Single commands of a RUN that are better not there: sudo, and what is a matter of style. */
#include "audit/history_checks.h"

#include "base/ascii.h"
#include "base/attributes.h"

static bool has_option(const struct silt_command *command, const char *options)
{
	for (size_t i = command->program + 1; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		if (silt_is_word_of(silt_bytes_slice(word, 0, silt_bytes_find_byte(word, '=')), options)) {
			return true;
		}
	}
	return false;
}

/* ---- sudo ---------------------------------------------------------------------------------------------------------- */

static enum silt_status check_sudo(const struct silt_case *of, const struct silt_build *build,
				   struct silt_history_place place, struct silt_error *err)
{
	const struct silt_command *command = place.command;
	struct silt_bytes outer = command->outer < command->count
					  ? silt_path_basename(command->words[command->outer].text)
					  : silt_bytes(NULL, 0);
	if (!silt_bytes_equal(outer, SILT_LITERAL("sudo"))) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-sudo",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_LIKELY,
	};
	return silt_tell_step(of, build, &telling, place, err);
}

/* ---- Style --------------------------------------------------------------------------------------------------------- */

static bool is_apt(const struct silt_command *command)
{
	return silt_command_is(command, "apt");
}

static bool is_useless(const struct silt_command *command)
{
	return silt_command_is(command, "ssh vim shutdown service ps free top kill mount ifconfig");
}

static bool links_shell(const struct silt_command *command)
{
	return silt_command_is(command, "ln") && command->count > 0 &&
	       silt_bytes_equal(command->words[command->count - 1].text, SILT_LITERAL("/bin/sh"));
}

/* With -q or -nv it shows none. */
static bool shows_progress(const struct silt_command *command)
{
	return silt_command_is(command, "wget") && command->program + 1 < command->count &&
	       !has_option(command, "--progress -q --quiet -nv --no-verbose -o --output-file -a --append-output "
				    "--version -V --help -qO- -qO -nv -q0- --show-progress --spider");
}

static bool is_large_id(struct silt_bytes word)
{
	return word.len > 5 && silt_all_digits(word);
}

static bool makes_large_user(const struct silt_command *command)
{
	if (!silt_command_is(command, "useradd") || has_option(command, "-l --no-log-init")) {
		return false;
	}
	for (size_t i = command->program + 1; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text, value = word, name;
		bool next = silt_is_word_of(word, "-u --uid") && i + 1 < command->count;
		bool joined = silt_bytes_begin(word, "--uid=") && silt_bytes_cut(&value, '=', &name);
		if ((next && is_large_id(command->words[i + 1].text)) || (joined && is_large_id(value))) {
			return true;
		}
	}
	return false;
}

/* One finding for each command that fits; the first row that does says what is wrong. */
static const struct {
	bool (*fits)(const struct silt_command *command);
	const char *detail;
} styles[] = {
	{is_apt, "apt is for people; its words and output may change. apt-get is for scripts."},
	{is_useless, "Such a command does nothing useful while an image is built."},
	{links_shell, "The instruction SHELL chooses the shell for later lines, and leaves /bin/sh as it is."},
	{shows_progress, "Its progress bar fills the log of the build; --progress=dot:giga or -nv keeps it short."},
	{makes_large_user, "Without --no-log-init a large uid makes lastlog and faillog sparse files of gigabytes."},
};

static enum silt_status check_style(const struct silt_case *of, const struct silt_build *build,
				    struct silt_history_place place, struct silt_error *err)
{
	for (size_t i = 0; i < SILT_COUNT(styles); i++) {
		if (styles[i].fits(place.command)) {
			struct silt_telling telling = {
				.rule = "history-style",
				.severity = SILT_SEVERITY_INFO,
				.confidence = SILT_CONFIDENCE_LIKELY,
				.detail = styles[i].detail,
			};
			return silt_tell_step(of, build, &telling, place, err);
		}
	}
	return SILT_OK;
}

static enum silt_status check_cd(const struct silt_case *of, const struct silt_build *build,
				 struct silt_history_place place, struct silt_error *err)
{
	if (!silt_command_is(place.command, "cd") || place.command->depth > 0) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-cd",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
	};
	return silt_tell_step(of, build, &telling, place, err);
}

/* ---- Two tools for one job ------------------------------------------------------------------------------------------- */

static const struct silt_step *first_user(const struct silt_build *build, const char *program)
{
	for (size_t i = 0; i < build->count; i++) {
		const struct silt_step *step = &build->steps[i];
		for (size_t c = 0; silt_step_is_own(step) && c < step->command_count; c++) {
			if (silt_command_is(&step->commands[c], program)) {
				return step;
			}
		}
	}
	return NULL;
}

static enum silt_status check_both(const struct silt_case *of, const struct silt_build *build, struct silt_error *err)
{
	const struct silt_step *users[] = {first_user(build, "wget"), first_user(build, "curl")};
	struct silt_telling telling = {
		.rule = "history-wget-and-curl",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = "wget and curl",
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; users[0] && users[1] && i < SILT_COUNT(users) && status == SILT_OK; i++) {
		status = silt_tell_line(of, &telling, users[i], err);
	}
	return status;
}

enum silt_status silt_history_commands(const struct silt_case *of, const struct silt_build *build,
				       struct silt_error *err)
{
	static enum silt_status (*const checks[])(const struct silt_case *, const struct silt_build *,
						  struct silt_history_place, struct silt_error *) = {
		check_sudo,
		check_style,
		check_cd,
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < build->count; i++) {
		const struct silt_step *step = &build->steps[i];
		for (size_t c = 0; silt_step_is_own(step) && c < step->command_count; c++) {
			struct silt_history_place place = {step, &step->commands[c]};
			for (size_t k = 0; k < SILT_COUNT(checks) && status == SILT_OK; k++) {
				status = checks[k](of, build, place, err);
			}
		}
	}
	return status == SILT_OK ? check_both(of, build, err) : status;
}
