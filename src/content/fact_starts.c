/* What starts a server for SSH: commands of scripts, and lines of supervisor, inittab and s6. */
#include "content/fact_starts.h"

#include "base/ascii.h"
#include "content/fact_parts.h"

/* ---- Commands ------------------------------------------------------------------------------------------------------ */

static const char servers[] = "sshd dropbear";
static const char services[] = "ssh sshd dropbear openssh openssh-server";

static bool has_word(const struct silt_shell_command *command, size_t from, const char *list)
{
	for (size_t i = from; i < command->count; i++) {
		if (silt_fact_is_one(command->words[i].text, list)) {
			return true;
		}
	}
	return false;
}

/* "service ssh start", "rc-service sshd start", "systemctl start sshd", "/etc/init.d/ssh start" */
static bool starts_service(const struct silt_shell_command *command, size_t at)
{
	struct silt_bytes path = command->words[at].text, name = silt_shell_name(command, at);
	bool starts = has_word(command, at + 1, "start restart");
	bool script = silt_bytes_start_with(path, SILT_LITERAL("/etc/init.d/")) && silt_fact_is_one(name, services);
	bool manager = silt_fact_is_one(name, "service rc-service systemctl") && has_word(command, at + 1, services);
	return starts && (script || manager);
}

bool silt_fact_starts_sshd(const struct silt_shell_command *command, struct silt_bytes *program)
{
	size_t at = silt_shell_inner_program(command, command->program);
	if (at == command->count) {
		return false;
	}
	/* With these it says what its settings are, and ends. */
	bool runs = silt_fact_is_one(silt_shell_name(command, at), servers) &&
		    !has_word(command, at + 1, "-t -T -V -G");
	*program = command->words[at].text;
	return runs || starts_service(command, at);
}

/* ---- Files of supervisors ------------------------------------------------------------------------------------------ */

static const struct silt_fact_place supervisor_places[] = {
	SILT_PLACE("etc", "supervisord.conf"),    SILT_PLACE("**/supervisor", "supervisord.conf"),
	SILT_PLACE("etc/supervisor/conf.d", "*"), SILT_PLACE("etc/supervisor.d", "*"),
	SILT_PLACE("etc/supervisord.d", "*"),     SILT_PLACE("**", "supervisord.conf"),
	SILT_PLACE("opt/**", "supervisor*.conf"), SILT_PLACE("etc/supervisord", "*"),
};
static const struct silt_fact_place run_places[] = {
	SILT_PLACE("etc/services.d/**", "run"), SILT_PLACE("etc/s6-overlay/**", "run"),
	SILT_PLACE("etc/s6-overlay/**", "up"),  SILT_PLACE("etc/s6/**", "run"),
	SILT_PLACE("etc/service/**", "run"),    SILT_PLACE("etc/sv/**", "run"),
};
static const struct silt_fact_place inittab_places[] = {SILT_PLACE("etc", "inittab")};

/* The command in a line; empty if it has none. */
typedef struct silt_bytes command_fn(struct silt_bytes line);

/* "command=/usr/sbin/sshd -D" */
static struct silt_bytes of_supervisor(struct silt_bytes line)
{
	struct silt_bytes name, value;
	bool command = silt_fact_split(line, '=', &name, &value) && silt_bytes_equal(name, SILT_LITERAL("command"));
	return command ? value : silt_bytes(NULL, 0);
}

/* "ID:RUNLEVELS:ACTION:PROCESS" */
static struct silt_bytes of_inittab(struct silt_bytes line)
{
	struct silt_bytes field;
	for (int i = 0; i < 3; i++) {
		silt_bytes_cut(&line, ':', &field);
	}
	return line;
}

/* Each line of execline is a command, or the words before one. */
static struct silt_bytes of_run(struct silt_bytes line)
{
	return line;
}

static const struct {
	const struct silt_fact_place *places;
	size_t count;
	command_fn *command;
} files[] = {
	{supervisor_places, SILT_COUNT(supervisor_places), of_supervisor},
	{inittab_places, SILT_COUNT(inittab_places), of_inittab},
	{run_places, SILT_COUNT(run_places), of_run},
};

static command_fn *command_reader(const struct silt_fact_file *file)
{
	for (size_t i = 0; i < SILT_COUNT(files); i++) {
		if (silt_fact_is_at(file, files[i].places, files[i].count)) {
			return files[i].command;
		}
	}
	return NULL;
}

/* Scripts of a shell have a reader of their own. */
static bool wants(const struct silt_fact_file *file)
{
	return command_reader(file) && !silt_fact_is_shell_script(file->start);
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line, program;
	struct silt_shell shell;
	struct silt_fact_file file = silt_fact_file_at(path);
	command_fn *command_in = command_reader(&file);
	enum silt_status status = SILT_OK;
	while (command_in && status == SILT_OK && silt_fact_line(&lines, &line)) {
		silt_shell_begin(&shell, command_in(line));
		while (status == SILT_OK && silt_shell_next(&shell)) {
			if (silt_fact_starts_sshd(&shell.command, &program)) {
				status = silt_fact_tell(&listener, SILT_FACT_STARTS_SSHD, lines.number, program);
			}
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_starts = {.wants = wants, .read = read};
