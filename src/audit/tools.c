/* Tools in the image: interpreters, tools for debugging, for building, for installing. One finding for each group. */
#include "audit/file_checks.h"

#include "audit/name_list.h"
#include "audit/shell_kinds.h"
#include "audit/surface_table.h"
#include "base/escape.h"

#include <stdlib.h>

/* A name that leads to a tool. */
struct item {
	const struct silt_tool *tool;
	struct silt_place content;
	struct silt_bytes path; /* arena */
};

struct state {
	struct silt_case of;
	struct item *items; /* owns */
	size_t count, capacity;
	struct silt_name_list applets[SILT_TOOL_GROUPS]; /* owns: of a busybox, which is a shell and told as one */
};

static void done(void *ctx)
{
	struct state *state = ctx;
	free(state->items);
	for (size_t i = 0; i < SILT_TOOL_GROUPS; i++) {
		silt_name_list_done(&state->applets[i]);
	}
}

/* ---- Collecting ---------------------------------------------------------------------------------------------------- */

static bool is_elf(enum silt_program_kind kind)
{
	return kind == SILT_PROGRAM_DYNAMIC || kind == SILT_PROGRAM_STATIC;
}

/* "usr/bin/x", "app/node_modules/.bin/x". */
static bool is_among_programs(struct silt_bytes path)
{
	struct silt_bytes folder = silt_bytes_slice(path, 0, silt_bytes_find_last_byte(path, '/'));
	struct silt_bytes name = silt_path_basename(folder);
	return silt_bytes_equal(name, SILT_LITERAL("bin")) || silt_bytes_equal(name, SILT_LITERAL("sbin"));
}

/* What others run under a name that is known: usr/lib/apt/methods/ftp. */
static bool is_of_another_program(struct silt_bytes path)
{
	static const char *const folders[] = {"usr/lib", "lib", "usr/share", "usr/local/lib", "var/lib"};
	for (size_t i = 0; i < SILT_COUNT(folders); i++) {
		if (silt_bytes_start_with(path, silt_bytes_text(folders[i]))) {
			return true; /* usr/lib32 and usr/libexec are such folders, too */
		}
	}
	return false;
}

/*
 * Any application may call a script or program of its own find or node; but nc in /tmp is nc. The node is that of the
 * program itself, behind all links.
 */
static bool is_tool(const struct state *state, const struct silt_tool *tool, struct silt_bytes path,
		    const struct silt_node *node)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	enum silt_program_kind kind = silt_program_kind_at(image, node);
	if ((!is_elf(kind) && kind != SILT_PROGRAM_SCRIPT) ||
	    !silt_mode_is_executable(silt_entry_at(image, node->meta)->mode)) {
		return false;
	}
	return is_among_programs(path) ||
	       (is_elf(kind) && tool->group == SILT_TOOL_DEBUG && !is_of_another_program(path));
}

static enum silt_status add(struct state *state, const struct silt_tool *tool, struct silt_bytes path,
			    struct silt_place content, struct silt_error *err)
{
	struct item item = {tool, content, silt_arena_copy(state->of.context->arena, path)};
	if (!item.path.ptr || !silt_grow((void **)&state->items, state->count, &state->capacity, sizeof(item))) {
		return silt_fail_memory(err);
	}
	state->items[state->count++] = item;
	return SILT_OK;
}

static enum silt_status see_called(struct state *state, const struct silt_tool *tool, const struct silt_file *file,
				   struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_node node = file->node;
	if (file->type == SILT_ENTRY_SYMLINK && !silt_rootfs_find(image->rootfs, file->path, true, &node)) {
		return SILT_OK;
	}
	if (!is_tool(state, tool, file->path, &node)) {
		return SILT_OK;
	}
	const char *shell = silt_shell_by_text(image, node.content);
	if (shell && silt_is_many_programs(silt_bytes_text(shell))) {
		silt_name_list_add(&state->applets[tool->group], silt_path_basename(file->path));
		return SILT_OK;
	}
	return add(state, tool, file->path, node.content, err);
}

/* Most files are no programs, whatever their name; where a link leads is found out if its name is that of a tool. */
static bool may_lead_to_program(const struct silt_file *file)
{
	return file->type == SILT_ENTRY_SYMLINK ||
	       (file->type == SILT_ENTRY_FILE && file->meta && silt_mode_is_executable(file->meta->mode));
}

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	const struct silt_tool *tool = may_lead_to_program(file) ? silt_tool_called(file->name) : NULL;
	if (tool) {
		return see_called(state, tool, file, err);
	}
	tool = file->type == SILT_ENTRY_FILE && file->meta ? silt_tool_at(file->path) : NULL;
	return tool ? add(state, tool, file->path, file->node.content, err) : SILT_OK;
}

/* ---- Sorting ------------------------------------------------------------------------------------------------------- */

/* By group, then by content; of one content the shortest name first. */
static int order_contents(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	if (a->tool->group != b->tool->group) {
		return a->tool->group < b->tool->group ? -1 : 1;
	}
	int order = silt_place_compare(a->content, b->content);
	if (order == 0 && a->path.len != b->path.len) {
		return a->path.len < b->path.len ? -1 : 1;
	}
	return order != 0 ? order : silt_bytes_compare(a->path, b->path);
}

/* By group, then as people look things up. */
static int order_products(const void *left, const void *right)
{
	const struct item *a = left, *b = right;
	if (a->tool->group != b->tool->group) {
		return a->tool->group < b->tool->group ? -1 : 1;
	}
	int order = strcmp(a->tool->product, b->tool->product);
	return order != 0 ? order : silt_bytes_compare(a->path, b->path);
}

/* One item for each content, however many names it has. */
static void merge_names(struct state *state)
{
	size_t kept = 0;
	if (state->count == 0) {
		return;
	}
	qsort(state->items, state->count, sizeof(*state->items), order_contents);
	for (size_t i = 0; i < state->count; i++) {
		const struct item *last = kept > 0 ? &state->items[kept - 1] : NULL;
		if (!last || last->tool->group != state->items[i].tool->group ||
		    silt_place_compare(last->content, state->items[i].content) != 0) {
			state->items[kept++] = state->items[i];
		}
	}
	state->count = kept;
	qsort(state->items, state->count, sizeof(*state->items), order_products);
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

/* What comes with a base is not what somebody chose to install. */
static const struct {
	const char *rule;
	enum silt_severity severity, of_base;
} groups[SILT_TOOL_GROUPS] = {
	[SILT_TOOL_INTERPRETER] = {"shell-interpreter", SILT_SEVERITY_INFO, SILT_SEVERITY_INFO},
	[SILT_TOOL_DEBUG] = {"pkg-debug-tool", SILT_SEVERITY_LOW, SILT_SEVERITY_INFO},
	[SILT_TOOL_BUILD] = {"pkg-toolchain", SILT_SEVERITY_LOW, SILT_SEVERITY_LOW},
	[SILT_TOOL_MANAGER] = {"pkg-manager", SILT_SEVERITY_INFO, SILT_SEVERITY_INFO},
};

static bool is_all_of_base(const struct state *state, const struct item *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct silt_audited_image *image = silt_case_image(&state->of);
		if (silt_heritage_of_layer(image, items[i].content.layer) != SILT_HERITAGE_BASE) {
			return false;
		}
	}
	return true;
}

/* "net-tools, telnet, wget". */
static const char *list_products(const struct item *items, size_t count, struct silt_arena *arena)
{
	struct silt_name_list list = {0};
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || strcmp(items[i - 1].tool->product, items[i].tool->product) != 0) {
			silt_name_list_add_text(&list, items[i].tool->product);
		}
	}
	return silt_name_list_end(&list, arena);
}

/* "netstat (/usr/bin/netstat), telnet (/usr/bin/telnet)". */
static const char *list_items(const struct item *items, size_t count, struct silt_arena *arena)
{
	struct silt_name_list list = {0};
	bool ok = true;
	for (size_t i = 0; i < count && ok; i++) {
		bool by_place = silt_tool_at(items[i].path) == items[i].tool;
		struct silt_bytes name = by_place ? silt_bytes_text(items[i].tool->name)
						  : silt_path_basename(items[i].path);
		const char *text = silt_escape_copy(arena, name), *place = silt_place_text(arena, items[i].path);
		const char *both = text && place ? silt_arena_printf(arena, "%s (%s)", text, place) : NULL;
		ok = both != NULL;
		silt_name_list_add_text(&list, ok ? both : "");
	}
	const char *all = silt_name_list_end(&list, arena);
	return ok ? all : NULL;
}

static const char *detail_of(struct state *state, const struct item *items, size_t count)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_name_list *applets = &state->applets[items[0].tool->group];
	const char *list = list_items(items, count, arena);
	if (!list || applets->count == 0) {
		return list ? silt_arena_printf(arena, "%s.", list) : NULL;
	}
	bool one = applets->count == 1;
	const char *names = silt_name_list_end(applets, arena);
	return names ? silt_arena_printf(arena, "%s. The shell has %s as %s.", list, names,
					 one ? "an applet" : "applets")
		     : NULL;
}

static enum silt_status tell(struct state *state, const struct item *items, size_t count, struct silt_error *err)
{
	enum silt_tool_group group = items[0].tool->group;
	struct silt_telling telling = {
		.rule = groups[group].rule,
		.severity = is_all_of_base(state, items, count) ? groups[group].of_base : groups[group].severity,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = list_products(items, count, state->of.context->arena),
		.detail = detail_of(state, items, count),
	};
	enum silt_status status = telling.detail ? SILT_OK : silt_fail_memory(err);
	for (size_t i = 0; i < count && i < SILT_NAME_LIST_MAX && status == SILT_OK; i++) {
		status = silt_tell_entry(&state->of, &telling, items[i].content, err);
	}
	return status;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_status status = SILT_OK;
	merge_names(state);
	for (size_t i = 0, next; i < state->count && status == SILT_OK; i = next) {
		for (next = i + 1; next < state->count && state->items[next].tool->group == state->items[i].tool->group;
		     next++) {
		}
		status = tell(state, &state->items[i], next - i, err);
	}
	return status;
}

const struct silt_file_check silt_files_tools = {
	.name = "tools",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
	.done = done,
};
