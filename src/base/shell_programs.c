/* Which program a command runs in the end, and the scripts inside of its words. */
#include "base/ascii.h"
#include "base/attributes.h"
#include "base/shell_reader.h"

/* ---- Programs ------------------------------------------------------------------------------------------------------ */

/* What runs another program, which its words name behind its options, so many operands, and assignments. */
static const struct wrapper {
	const char *name;
	const char *valued; /* options whose value is the next word; separated by one blank */
	size_t operands;
	const char *asking; /* options with which it runs nothing; NULL: there are none */
} wrappers[] = {
	{"builtin", "", 0, NULL},
	{"busybox", "", 0, NULL},
	{"catatonit", "", 0, NULL},
	{"chpst", "-u -U -b -e -/ -n -l -L -m -d -o -p -f -c", 0, NULL},
	{"chroot", "", 1, NULL},
	{"command", "", 0, "-v -V -pv"},
	{"doas", "-u -C", 0, NULL},
	{"dumb-init", "-r --rewrite", 0, NULL},
	{"eatmydata", "", 0, NULL},
	{"env", "-u --unset -C --chdir", 0, NULL},
	{"exec", "-a", 0, NULL},
	{"fakeroot", "-l -s -i -b", 0, NULL},
	{"gosu", "", 1, NULL},
	{"ionice", "-c -n --class --classdata", 0, NULL},
	{"nice", "-n --adjustment", 0, NULL},
	{"nohup", "", 0, NULL},
	{"runuser", "-u --user -g --group -G --supp-group", 0, NULL},
	{"s6-setuidgid", "", 1, NULL},
	{"setpriv", "--reuid --regid --groups --inh-caps --bounding-set --ambient-caps --securebits --pdeathsig", 0,
	 NULL},
	{"setsid", "", 0, NULL},
	{"setuidgid", "", 1, NULL},
	{"stdbuf", "-i -o -e --input --output --error", 0, NULL},
	{"su-exec", "", 1, NULL},
	{"sudo", "-u --user -g --group -h --host -p --prompt -C -r --role -t --type -T -U -D --chdir -R --chroot", 0,
	 "-l -ll -v -k -K -V --list --validate --version"},
	{"timeout", "-k --kill-after -s --signal", 1, NULL},
	{"tini", "-p -e", 0, NULL},
	{"tini-static", "-p -e", 0, NULL},
	{"xargs", "-a -d -E -I -L -n -P -s --arg-file --delimiter --replace --max-args --max-procs --max-lines", 0,
	 NULL},
};

static const struct wrapper *wrapper_named(struct silt_bytes name)
{
	for (size_t i = 0; i < SILT_COUNT(wrappers); i++) {
		if (silt_bytes_are(name, wrappers[i].name)) {
			return &wrappers[i];
		}
	}
	return NULL;
}

static bool is_option(struct silt_bytes text)
{
	return text.len > 1 && text.ptr[0] == '-';
}

/* The first word from `at` on that is neither an option, nor the value of one, nor an assignment, nor an operand. */
static size_t behind_wrapper(const struct silt_shell_command *command, const struct wrapper *wrapper, size_t at)
{
	size_t operands = wrapper->operands;
	bool options = true;
	for (; at < command->count; at++) {
		struct silt_bytes text = command->words[at].text;
		if (options && is_option(text)) {
			options = !silt_bytes_equal(text, SILT_LITERAL("--"));
			if (wrapper->asking && silt_is_word_of(text, wrapper->asking)) {
				return command->count;
			}
			at += silt_is_word_of(text, wrapper->valued);
		} else if (silt_bytes_find_byte(text, '=') == SIZE_MAX) {
			if (operands == 0) {
				return at;
			}
			operands--;
		}
	}
	return command->count;
}

size_t silt_shell_wrapped_program(const struct silt_shell_command *command, size_t at)
{
	const struct wrapper *wrapper = wrapper_named(silt_shell_name(command, at));
	return wrapper ? behind_wrapper(command, wrapper, at + 1) : at;
}

size_t silt_shell_inner_program(const struct silt_shell_command *command, size_t from)
{
	size_t at = from;
	do {
		from = at;
		at = silt_shell_wrapped_program(command, from);
	} while (at != from && at < command->count);
	return at;
}

struct silt_bytes silt_shell_name(const struct silt_shell_command *command, size_t index)
{
	return index < command->count ? silt_path_basename(command->words[index].text) : silt_bytes(NULL, 0);
}

bool silt_is_shell_name(struct silt_bytes name)
{
	return silt_is_word_of(name, "sh bash dash ash zsh ksh mksh");
}

/* ---- Substitutions ------------------------------------------------------------------------------------------------- */

/* "$(", "<(" and ">(", but not the "$((" of arithmetic. */
static bool opens(struct silt_bytes text)
{
	return text.len > 2 && text.ptr[1] == '(' && silt_is_one_of(text.ptr[0], "$<>") &&
	       !(text.ptr[0] == '$' && text.ptr[2] == '(');
}

static size_t backtick_length(struct silt_bytes text)
{
	size_t at = 1;
	while (at < text.len && text.ptr[at] != '`') {
		at += text.ptr[at] == '\\' ? 2 : 1;
	}
	return at < text.len ? at + 1 : 0;
}

bool silt_shell_substitution(struct silt_bytes *rest, struct silt_bytes *inside)
{
	for (size_t at = 0; at < rest->len; at++) {
		struct silt_bytes text = silt_bytes_slice(*rest, at, rest->len);
		bool backtick = text.ptr[0] == '`';
		if (!backtick && !opens(text)) {
			continue;
		}
		size_t len = backtick ? backtick_length(text) : silt_shell_nested_length(text, false);
		if (len == 0) {
			break;
		}
		size_t opening = backtick ? 1 : 2;
		*inside = silt_bytes_slice(text, opening, len - opening - 1);
		*rest = silt_bytes_slice(text, len, text.len);
		return true;
	}
	return false;
}
