/* Paths drawn as a tree, and put into the order that a tree has. */
#include "forensics/tree_lines.h"

#include "base/escape.h"
#include "base/path.h"

#include <stdlib.h>

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

void silt_tree_lines_done(struct silt_tree_lines *lines)
{
	silt_buffer_done(&lines->above);
}

static const char *sign_of(enum silt_mark mark)
{
	static const char *const signs[] = {[SILT_MARK_NONE] = "  ",
					    [SILT_MARK_ADDED] = "A ",
					    [SILT_MARK_CHANGED] = "C ",
					    [SILT_MARK_DELETED] = "D "};
	return signs[mark];
}

static void begin_line(struct silt_buffer *out, const char *sign, size_t depth)
{
	silt_buffer_add_text(out, sign);
	for (size_t i = 0; i < depth; i++) {
		silt_buffer_add_text(out, "    ");
	}
}

static void add_name(const struct silt_listed *listed, struct silt_bytes name, struct silt_buffer *out)
{
	const bool mark = listed->meta.whiteout;
	const enum silt_entry_type type = silt_listed_type(listed);
	silt_escape(out, name);
	if (!mark && type == SILT_ENTRY_SYMLINK) {
		silt_buffer_add_text(out, " -> ");
		silt_escape(out, listed->content.link);
	}
	silt_buffer_add_text(out, (!mark && type == SILT_ENTRY_DIRECTORY) || listed->opaque ? "/" : "");
	silt_buffer_add_text(out, listed->opaque ? " (all that was in it)" : "");
	silt_buffer_add_byte(out, '\n');
}

/* How many bytes of `path` are folders that the line above was in, or is. */
static size_t common_with(struct silt_bytes above, struct silt_bytes path)
{
	size_t common = 0, i = 0;
	while (i < above.len && i < path.len && above.ptr[i] == path.ptr[i]) {
		i++;
		const bool ends = (i == above.len || above.ptr[i] == '/') && (i == path.len || path.ptr[i] == '/');
		common = ends ? i : common;
	}
	return common;
}

void silt_tree_line(struct silt_tree_lines *lines, const struct silt_listed *listed, bool marks,
		    struct silt_buffer *out)
{
	struct silt_bytes rest = listed->path, name, next;
	const size_t common = common_with(silt_buffer_bytes(&lines->above), listed->path);
	size_t depth = 0;
	if (!lines->begun || rest.len == 0) {
		begin_line(out, marks ? (rest.len == 0 ? sign_of(listed->mark) : "  ") : "", 0);
		silt_buffer_add_text(out, "/\n");
		lines->begun = true;
	}
	for (bool more = silt_path_next(&rest, &name); more; name = next) {
		const size_t end = (size_t)(name.ptr - listed->path.ptr) + name.len;
		more = silt_path_next(&rest, &next);
		depth++;
		if (more && end > common) {
			begin_line(out, marks ? "  " : "", depth);
			silt_escape(out, name);
			silt_buffer_add_text(out, "/\n");
		} else if (!more) {
			begin_line(out, marks ? sign_of(listed->mark) : "", depth);
			add_name(listed, name, out);
		}
	}
	silt_buffer_clear(&lines->above);
	silt_buffer_add(&lines->above, listed->path);
	out->failed = out->failed || lines->above.failed;
}

/* ---- Order --------------------------------------------------------------------------------------------------------- */

static enum silt_status make_room(struct silt_tree_order *order, struct silt_error *err)
{
	const size_t capacity = order->capacity ? order->capacity * 2 : 256;
	struct silt_tree_place *grown = reallocarray(order->places, capacity, sizeof(*grown));
	if (!grown) {
		return silt_fail_memory(err);
	}
	order->places = grown;
	order->capacity = capacity;
	return SILT_OK;
}

enum silt_status silt_tree_order_add(struct silt_tree_order *order, struct silt_bytes path, size_t index,
				     struct silt_error *err)
{
	enum silt_status status = order->count == order->capacity ? make_room(order, err) : SILT_OK;
	if (status != SILT_OK) {
		return status;
	}
	order->places[order->count++] =
		(struct silt_tree_place){.at = order->paths.len, .len = path.len, .index = index};
	silt_buffer_add(&order->paths, path);
	return order->paths.failed ? silt_fail_memory(err) : SILT_OK;
}

/* The slash goes before every other byte: so what is in a folder follows it. */
static unsigned rank_of(uint8_t byte)
{
	return byte == '/' ? 0 : byte + 1U;
}

static int compare(const void *left, const void *right)
{
	const struct silt_tree_place *a = left, *b = right;
	const size_t len = a->len < b->len ? a->len : b->len;
	for (size_t i = 0; i < len; i++) {
		if (a->path[i] != b->path[i]) {
			return rank_of(a->path[i]) < rank_of(b->path[i]) ? -1 : 1;
		}
	}
	if (a->len != b->len) {
		return a->len < b->len ? -1 : 1;
	}
	return a->index < b->index ? -1 : a->index > b->index;
}

void silt_tree_order_sort(struct silt_tree_order *order)
{
	for (size_t i = 0; i < order->count && order->paths.ptr; i++) {
		order->places[i].path = order->paths.ptr + order->places[i].at;
	}
	if (order->count > 0) {
		qsort(order->places, order->count, sizeof(*order->places), compare);
	}
}

void silt_tree_order_done(struct silt_tree_order *order)
{
	silt_buffer_done(&order->paths);
	free(order->places);
	*order = (struct silt_tree_order){0};
}
