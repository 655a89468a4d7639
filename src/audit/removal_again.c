/* Whether a step of the history may have made again what an earlier command removed. */
#include "audit/removal_again.h"

#include "audit/removal_read.h"
#include "base/ascii.h"
#include "base/attributes.h"

/* "/app/" without the slashes at its ends. */
static struct silt_bytes without_slashes(struct silt_bytes folder)
{
	while (folder.len > 0 && folder.ptr[0] == '/') {
		folder = silt_bytes_slice(folder, 1, folder.len);
	}
	while (folder.len > 0 && folder.ptr[folder.len - 1] == '/') {
		folder.len--;
	}
	return folder;
}

/* "COPY a /app/" may bring anything to /app. */
static bool copies_to(const struct silt_step *step, struct silt_bytes path)
{
	struct silt_bytes target = without_slashes(silt_copy_read(step->arguments).target);
	bool relative = step->arguments.len > 0 && silt_copy_read(step->arguments).target.len > 0 &&
			silt_copy_read(step->arguments).target.ptr[0] != '/';
	return relative || silt_path_is_within(path, target);
}

static bool is_part_of_name(struct silt_bytes word, size_t at)
{
	return at < word.len &&
	       (silt_is_letter(word.ptr[at]) || silt_is_digit(word.ptr[at]) || silt_is_one_of(word.ptr[at], "_-."));
}

/* A word with the name of the file in it may be about the file: "/srv/key", "of=key", but not "key2". */
static bool names(struct silt_bytes word, struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	while (name.len > 0) {
		size_t at = silt_bytes_find(word, name);
		if (at == SIZE_MAX) {
			return false;
		}
		if (!is_part_of_name(word, at + name.len) && (at == 0 || !is_part_of_name(word, at - 1))) {
			return true;
		}
		word = silt_bytes_slice(word, at + 1, word.len);
	}
	return false;
}

/* What package managers and their like write without being told. */
static bool is_kept_by_programs(struct silt_bytes path)
{
	static const char *const folders[] = {"var/",           "tmp/",
					      "root/.",         "usr/share/doc/",
					      "usr/share/man/", "usr/share/locale/",
					      "usr/lib/python", "usr/local/lib/python"};
	for (size_t i = 0; i < SILT_COUNT(folders); i++) {
		if (silt_bytes_start_with(path, silt_bytes_text(folders[i]))) {
			return true;
		}
	}
	return silt_bytes_find(path, SILT_LITERAL("__pycache__")) != SIZE_MAX;
}

/* "rm -rf /app && git clone URL /app": the folder that was removed is filled again. */
static bool refills(const struct silt_command *command, const struct silt_removal *removal)
{
	bool fills = silt_command_is(command, "cp mv ln tar bsdtar git hg svn unzip 7z rsync cpio install curl wget");
	for (size_t i = command->program + 1; fills && removal->below && i < command->count; i++) {
		struct silt_bytes word = without_slashes(command->words[i].text);
		if (word.len > 0 && silt_path_is_within(word, removal->path)) {
			return true;
		}
	}
	return false;
}

static bool may_make(const struct silt_command *command, struct silt_bytes path)
{
	if (command->program < command->count && !silt_command_removes(command) && is_kept_by_programs(path) &&
	    !silt_command_is(command, "cd echo true set test [ export unset")) {
		return true;
	}
	for (size_t i = command->program + 1; i < command->count && !silt_command_removes(command); i++) {
		if (names(command->words[i].text, path)) {
			return true;
		}
	}
	for (size_t i = 0; i < command->redirection_count; i++) {
		if (names(command->redirections[i].target.text, path)) {
			return true;
		}
	}
	return false;
}

bool silt_step_may_make(const struct silt_step *step, const struct silt_command *from,
			const struct silt_removal *removal, struct silt_bytes path)
{
	if (step->kind == SILT_STEP_COPY || step->kind == SILT_STEP_ADD) {
		return copies_to(step, path);
	}
	for (; from && from < step->commands + step->command_count; from++) {
		if (may_make(from, path) || refills(from, removal)) {
			return true;
		}
	}
	return false;
}
