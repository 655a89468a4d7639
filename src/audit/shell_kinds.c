/* Tables of shells. */
#include "audit/shell_kinds.h"

#include "base/ascii.h"
#include "base/attributes.h"

static const char *const shells[] = {"busybox", "toybox", "bash", "dash", "zsh",    "ksh",  "mksh", "fish",  "tcsh",
				     "csh",     "pwsh",   "yash", "posh", "elvish", "sash", "ash",  "rbash", "sh"};
_Static_assert(SILT_COUNT(shells) == SILT_SHELLS, "a number for each");
enum { SHELL_NAME_MAX = sizeof("busybox") - 1 };

/* Programs that are shells, or come with one and have all of it in them; too short, or too unusual, to be one by name. */
static const char *const unusual[] = {"bsd-csh", "hush", "jsh",  "lksh", "loksh",  "nu",        "oksh",
				      "pdksh",   "rc",   "rksh", "rzsh", "shcomp", "static-sh", "xonsh"};

size_t silt_shell_number(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	size_t number = name.len > SHELL_NAME_MAX ? SILT_SHELLS : 0;
	while (number < SILT_SHELLS && !silt_bytes_are(name, shells[number])) {
		number++;
	}
	return number;
}

const char *silt_shell_of_number(size_t number)
{
	return shells[number];
}

/* "zsh" of "zsh", "zsh5" and "zsh-static": not of "zshell". */
static bool is_kind_of(struct silt_bytes name, const char *shell)
{
	if (!silt_bytes_begin(name, shell)) {
		return false;
	}
	struct silt_bytes rest = silt_bytes_slice(name, strlen(shell), name.len);
	return rest.len == 0 || silt_is_digit(rest.ptr[0]) || rest.ptr[0] == '-' || rest.ptr[0] == '.' ||
	       rest.ptr[0] == '_';
}

/* "bash" of ".bash-wrapped": Nix moves programs aside like that, and puts a script in their place. */
static struct silt_bytes unwrapped(struct silt_bytes name)
{
	struct silt_bytes end = SILT_LITERAL("-wrapped");
	bool wrapped = silt_bytes_start_with(name, SILT_LITERAL(".")) && silt_bytes_end_with(name, end);
	return wrapped ? silt_bytes_slice(name, 1, name.len - 1 - end.len) : name;
}

bool silt_says_shell(struct silt_bytes path)
{
	struct silt_bytes name = unwrapped(silt_path_basename(path));
	for (size_t i = 0; i < SILT_COUNT(shells); i++) {
		if (is_kind_of(name, shells[i])) {
			return true;
		}
	}
	for (size_t i = 0; i < SILT_COUNT(unusual); i++) {
		if (is_kind_of(name, unusual[i])) {
			return true;
		}
	}
	return false;
}

bool silt_is_many_programs(struct silt_bytes shell)
{
	return silt_bytes_equal(shell, SILT_LITERAL("busybox")) || silt_bytes_equal(shell, SILT_LITERAL("toybox"));
}

const char *silt_shell_by_text(const struct silt_audited_image *image, struct silt_place content)
{
	const struct silt_program *program = silt_program_of(image, content);
	if (program && program->shell) {
		return program->shell;
	}
	struct silt_path_room room;
	size_t number = silt_shell_number(silt_path_at(image, content, &room));
	bool many = number < SILT_SHELLS && silt_is_many_programs(silt_bytes_text(shells[number]));
	return many ? shells[number] : NULL;
}
