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

/* Names that are links count if what they lead to has not been listed, perhaps under a name that says nothing. */
static bool is_listed(const struct silt_shell_walk *walk, const struct silt_node *node)
{
	for (size_t i = 0; i < walk->list.count; i++) {
		if (silt_place_compare(walk->contents[i], node->content) == 0) {
			return true;
		}
	}
	return false;
}

enum silt_status silt_shell_see(struct silt_shell_walk *walk, struct silt_bytes path, const struct silt_node *node,
				enum silt_entry_type type, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(walk->work);
	struct silt_node target = *node;
	bool linked = type == SILT_ENTRY_SYMLINK;
	bool candidate = type == SILT_ENTRY_FILE || (linked && (silt_shell_number(path) < SILT_SHELLS));
	if (!candidate || (linked && !silt_rootfs_find(image->rootfs, path, true, &target)) ||
	    !is_shell(image, path, &target) || is_listed(walk, &target)) {
		return SILT_OK;
	}
	if (walk->list.count < SILT_POSTURE_LIST_MAX) {
		walk->contents[walk->list.count] = target.content;
	}
	return silt_text_list_add(&walk->list, walk->work, path, true, err);
}
