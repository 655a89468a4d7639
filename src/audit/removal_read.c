/*
 * rm, unlink, shred, find and git rm, and where they run: "cd /app && rm -rf build" removes app/build.
 */
#include "audit/removal_read.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/limits.h"
#include "base/path.h"

/* A folder, or what is in one; not known behind "cd $x". */
struct folder {
	uint8_t path[SILT_PATH_MAX]; /* clean */
	size_t len;
	bool known;
};

struct reader {
	silt_removal_fn *fn;
	void *ctx;
	struct folder workdir;                         /* of the next step */
	struct folder folders[SILT_HISTORY_DEPTH_MAX]; /* of the scripts under way */
	struct folder named;                           /* an operand */
	bool root;                                     /* no USER came, or the last is root: "~" is /root */
	const struct silt_step *step;
	const struct silt_command *command;
};

static bool has_letter(struct silt_bytes option, const char *letters)
{
	for (size_t i = 1; option.len > 1 && option.ptr[0] == '-' && option.ptr[1] != '-' && i < option.len; i++) {
		if (silt_is_one_of(option.ptr[i], letters)) {
			return true;
		}
	}
	return false;
}

static bool is_option(struct silt_bytes word)
{
	return word.len > 1 && word.ptr[0] == '-';
}

/* ---- Folders and paths --------------------------------------------------------------------------------------------- */

static bool append(struct folder *folder, struct silt_bytes text)
{
	if (text.len > sizeof(folder->path) - folder->len) {
		return false;
	}
	if (text.len > 0) {
		memcpy(folder->path + folder->len, text.ptr, text.len);
	}
	folder->len += text.len;
	return true;
}

/* Changes `folder` to what `word` names from there. Not known if the folder is not, or it takes a shell to tell. */
static void enter(const struct reader *reader, struct folder *folder, struct silt_bytes word)
{
	unsigned flags;
	bool home = silt_bytes_begin(word, "~/") && reader->root;
	bool plain = word.len > 0 && (home || word.ptr[0] != '~') && silt_bytes_find_byte(word, '$') == SIZE_MAX;
	if (home || silt_bytes_begin(word, "/")) {
		folder->known = true;
		folder->len = 0;
	}
	folder->known = folder->known && plain && append(folder, home ? SILT_LITERAL("root/") : SILT_LITERAL("/")) &&
			append(folder, silt_bytes_slice(word, home ? 2 : 0, word.len));
	if (folder->known) {
		folder->len = silt_path_clean(silt_bytes(folder->path, folder->len), folder->path, &flags);
	}
}

static void change_folder(struct reader *reader, const struct silt_command *command)
{
	struct folder *folder = &reader->folders[command->depth];
	size_t at = command->program + 1;
	if (at + 1 != command->count || is_option(command->words[at].text) ||
	    silt_bytes_equal(command->words[at].text, SILT_LITERAL("-"))) {
		folder->known = false;
		return;
	}
	enter(reader, folder, command->words[at].text);
}

/* ---- Operands ------------------------------------------------------------------------------------------------------ */

static bool has_byte(struct silt_bytes text, const char *set)
{
	for (size_t i = 0; i < text.len; i++) {
		if (silt_is_one_of(text.ptr[i], set)) {
			return true;
		}
	}
	return false;
}

/* Names one path. What holds a variable is not known; neither are classes of characters. */
static enum silt_status name_path(struct reader *reader, const struct silt_shell_word *word,
				  struct silt_removal removal, struct silt_error *err)
{
	unsigned unknown = SILT_SHELL_EXPANDED | SILT_SHELL_SUBSTITUTED | SILT_SHELL_CUT;
	struct folder *path = &reader->named;
	removal.pattern = (word->flags & SILT_SHELL_PATTERN) != 0;
	if ((word->flags & unknown) != 0 || (removal.pattern && has_byte(word->text, "["))) {
		return SILT_OK;
	}
	*path = reader->folders[reader->command->depth];
	enter(reader, path, word->text);
	removal.step = reader->step;
	removal.command = reader->command;
	removal.path = silt_bytes(path->path, path->len);
	bool names = path->known && (path->len > 0 || removal.only_below);
	return names ? reader->fn(reader->ctx, &removal, err) : SILT_OK;
}

/* The operands of a command from word `from` on. */
static enum silt_status name_operands(struct reader *reader, size_t from, struct silt_removal removal,
				      struct silt_error *err)
{
	const struct silt_command *command = reader->command;
	bool options = true;
	enum silt_status status = SILT_OK;
	for (size_t i = from; i < command->count && status == SILT_OK; i++) {
		const struct silt_shell_word *word = &command->words[i];
		if (options && is_option(word->text)) {
			options = !silt_bytes_equal(word->text, SILT_LITERAL("--"));
			continue;
		}
		status = name_path(reader, word, removal, err);
	}
	return status;
}

static bool has_option(const struct silt_command *command, const char *letters, const char *words)
{
	for (size_t i = command->program + 1; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		if (has_letter(word, letters) || silt_is_word_of(word, words)) {
			return true;
		}
	}
	return false;
}

/* ---- Programs ------------------------------------------------------------------------------------------------------ */

static enum silt_status read_rm(struct reader *reader, struct silt_error *err)
{
	struct silt_removal removal = {.below = has_option(reader->command, "rR", "--recursive")};
	return name_operands(reader, reader->command->program + 1, removal, err);
}

static enum silt_status read_unlink(struct reader *reader, struct silt_error *err)
{
	return name_operands(reader, reader->command->program + 1, (struct silt_removal){0}, err);
}

static enum silt_status read_shred(struct reader *reader, struct silt_error *err)
{
	bool removes = has_option(reader->command, "u", "--remove");
	return removes ? name_operands(reader, reader->command->program + 1, (struct silt_removal){0}, err) : SILT_OK;
}

/* "git -C x rm y", not "git rm --cached y". */
static enum silt_status read_git(struct reader *reader, struct silt_error *err)
{
	const struct silt_command *command = reader->command;
	size_t verb = command->program + 1;
	if (verb >= command->count || !silt_bytes_equal(command->words[verb].text, SILT_LITERAL("rm")) ||
	    has_option(command, "", "--cached --dry-run -n")) {
		return SILT_OK;
	}
	return name_operands(reader, verb + 1, (struct silt_removal){.below = has_option(command, "r", "")}, err);
}

/* The expression of find: what it tests, and whether it deletes. False if there is a test that is not understood. */
static bool read_expression(const struct silt_command *command, size_t from, struct silt_bytes *named, bool *deletes)
{
	*deletes = false;
	for (size_t i = from; i < command->count; i++) {
		struct silt_bytes word = command->words[i].text;
		bool valued = i + 1 < command->count;
		if (silt_is_word_of(word, "-name -iname") && valued && named->len == 0 &&
		    !has_byte(command->words[i + 1].text, "[$`")) {
			*named = command->words[++i].text;
		} else if (silt_bytes_equal(word, SILT_LITERAL("-type")) && valued) {
			if (!silt_bytes_equal(command->words[++i].text, SILT_LITERAL("f"))) {
				return false;
			}
		} else if (silt_bytes_equal(word, SILT_LITERAL("-mindepth")) && valued) {
			i++;
		} else if (silt_bytes_equal(word, SILT_LITERAL("-delete"))) {
			*deletes = true;
		} else if (silt_is_word_of(word, "-exec -execdir") && valued) {
			*deletes = silt_bytes_equal(silt_path_basename(command->words[i + 1].text), SILT_LITERAL("rm"));
			return *deletes;
		} else if (!silt_is_word_of(word, "-depth -xdev -mount -print -d")) {
			return false;
		}
	}
	return true;
}

static enum silt_status read_find(struct reader *reader, struct silt_error *err)
{
	const struct silt_command *command = reader->command;
	size_t first = command->program + 1, end = first;
	while (end < command->count && !silt_bytes_begin(command->words[end].text, "-") &&
	       !silt_is_word_of(command->words[end].text, "( !")) {
		end++;
	}
	struct silt_removal removal = {.below = true, .only_below = true};
	bool deletes, understood = read_expression(command, end, &removal.named, &deletes);
	enum silt_status status = SILT_OK;
	for (size_t i = first; understood && deletes && i < end && status == SILT_OK; i++) {
		status = name_path(reader, &command->words[i], removal, err);
	}
	return status;
}

static const struct {
	const char *name;
	enum silt_status (*read)(struct reader *reader, struct silt_error *err);
} programs[] = {
	{"rm", read_rm}, {"unlink", read_unlink}, {"shred", read_shred}, {"find", read_find}, {"git", read_git},
};

bool silt_command_removes(const struct silt_command *command)
{
	return silt_command_is(command, "rm unlink shred find git rmdir");
}

/* "chroot /mnt rm x" removes another x, and "xargs rm" what nobody knows. */
static bool runs_elsewhere(const struct silt_command *command)
{
	for (size_t i = command->outer; i < command->program && i < command->count; i++) {
		if (silt_is_word_of(silt_path_basename(command->words[i].text), "chroot xargs ssh")) {
			return true;
		}
	}
	return false;
}

static enum silt_status read_command(struct reader *reader, const struct silt_command *command, struct silt_error *err)
{
	if (command->depth > 0 && command->previous == SIZE_MAX) {
		reader->folders[command->depth] = reader->folders[command->depth - 1];
	}
	reader->command = command;
	if (silt_command_is(command, "cd")) {
		change_folder(reader, command);
	}
	if (silt_command_is(command, "pushd popd")) {
		reader->folders[command->depth].known = false;
	}
	for (size_t i = 0; i < SILT_COUNT(programs) && !runs_elsewhere(command); i++) {
		if (silt_command_is(command, programs[i].name)) {
			return programs[i].read(reader, err);
		}
	}
	return SILT_OK;
}

static enum silt_status read_step(struct reader *reader, const struct silt_step *step, struct silt_error *err)
{
	reader->step = step;
	if (step->kind == SILT_STEP_WORKDIR) {
		enter(reader, &reader->workdir, step->arguments);
		return SILT_OK;
	}
	if (step->kind == SILT_STEP_USER) {
		struct silt_bytes rest = step->arguments, user = {0};
		silt_bytes_cut(&rest, ':', &user);
		reader->root = silt_is_word_of(user, "root 0");
	}
	reader->folders[0] = reader->workdir;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < step->command_count && status == SILT_OK; i++) {
		status = read_command(reader, &step->commands[i], err);
	}
	return status;
}

enum silt_status silt_removals_read(const struct silt_build *build, silt_removal_fn *fn, void *ctx,
				    struct silt_error *err)
{
	struct reader reader = {.fn = fn, .ctx = ctx, .workdir = {.known = true}, .root = true};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < build->count && status == SILT_OK; i++) {
		status = read_step(&reader, &build->steps[i], err);
	}
	return status;
}
