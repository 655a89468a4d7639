/* Whether an image is free of shells and interpreters. */
#include "audit/posture.h"

#include "audit/programs.h"
#include "audit/shell_kinds.h"
#include "audit/surface_table.h"

/* An application may call a script of its own "find"; a program that has such a name mostly is it. */
static bool is_interpreter(struct silt_bytes path, enum silt_program_kind kind)
{
	const struct silt_tool *tool = silt_tool_called(path);
	return tool && tool->group == SILT_TOOL_INTERPRETER &&
	       (kind == SILT_PROGRAM_DYNAMIC || kind == SILT_PROGRAM_STATIC);
}

/* `path` is a name that leads to the program at `node`. */
static bool is_shell(const struct silt_audited_image *image, struct silt_bytes path, const struct silt_node *node)
{
	if (!silt_node_is_file(image, node) || !silt_mode_is_executable(silt_entry_at(image, node->meta)->mode)) {
		return false;
	}
	const struct silt_program *program = silt_program_at(image, node);
	return silt_shell_number(path) < SILT_SHELLS || (program && program->shell) ||
	       is_interpreter(path, silt_program_kind_at(image, node));
}

/* Which one it is in the list; the length of the list if it is none. */
static size_t listed_at(const struct silt_shell_walk *walk, const struct silt_node *node)
{
	size_t at = 0;
	while (at < walk->list.count && silt_place_compare(walk->contents[at], node->content) != 0) {
		at++;
	}
	return at;
}

/* Names of busybox begin with "[", which tells nobody that it is a shell. */
static enum silt_status see_another_name(struct silt_shell_walk *walk, size_t at, struct silt_bytes path,
					 struct silt_error *err)
{
	if (walk->telling[at] || silt_shell_number(path) == SILT_SHELLS) {
		return SILT_OK;
	}
	walk->telling[at] = true;
	walk->list.items[at] = silt_posture_path(walk->work, path);
	return walk->list.items[at] ? SILT_OK : silt_fail_memory(err);
}

/* Names that are links count if what they lead to has not been listed, perhaps under a name that says nothing. */
enum silt_status silt_shell_see(struct silt_shell_walk *walk, struct silt_bytes path, const struct silt_node *node,
				enum silt_entry_type type, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(walk->work);
	struct silt_node target = *node;
	bool linked = type == SILT_ENTRY_SYMLINK;
	bool candidate = type == SILT_ENTRY_FILE || (linked && (silt_shell_number(path) < SILT_SHELLS));
	if (!candidate || (linked && !silt_rootfs_find(image->rootfs, path, true, &target)) ||
	    !is_shell(image, path, &target)) {
		return SILT_OK;
	}
	size_t at = listed_at(walk, &target);
	if (at < walk->list.count) {
		return see_another_name(walk, at, path, err);
	}
	if (at < SILT_POSTURE_LIST_MAX) {
		walk->contents[at] = target.content;
		walk->telling[at] = silt_shell_number(path) < SILT_SHELLS;
	}
	return silt_text_list_add(&walk->list, walk->work, path, true, err);
}
