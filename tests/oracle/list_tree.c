/*
 * The merged tree of stacks of layers, for the comparison with what runtimes make of them. On the standard input one
 * stack per line: words, the first its name, then files that hold its layers, lowest first. Out come JSON lines:
 *
 *     {"stack": NAME}                                    what follows is about this stack
 *     {"path": PATH, "type": ..., "content": "0.3", ...} a name of the tree; `content` and `meta` are LAYER.ENTRY
 *     {"note": KIND, "place": "1.0"}                     where runtimes differ, in silt's own view
 *     {"fate": "0.3", "is": "deleted"}                   what became of an entry
 */
#include "oracle/json_line.h"

#include "base/secure.h"
#include "layer/survey.h"
#include "rootfs/rootfs.h"
#include "secret/matcher.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LAYERS_MAX = 16, PLACE_SIZE = 32 };

struct stack {
	struct silt_record *records[LAYERS_MAX]; /* owns */
	size_t count;
	struct silt_rootfs *rootfs; /* owns */
};

static const char *const notes[] = {
	[SILT_ROOTFS_NOTE_BOTH] = "both",
	[SILT_ROOTFS_NOTE_LATE_OPAQUE] = "late-opaque",
	[SILT_ROOTFS_NOTE_THROUGH_LINK] = "through-link",
	[SILT_ROOTFS_NOTE_HIDES_THROUGH_LINK] = "hides-through-link",
	[SILT_ROOTFS_NOTE_DANGLING] = "dangling",
	[SILT_ROOTFS_NOTE_LATE_TARGET] = "late-target",
	[SILT_ROOTFS_NOTE_ROOT] = "root",
	[SILT_ROOTFS_NOTE_LINK_LOOP] = "link-loop",
	[SILT_ROOTFS_NOTE_NO_PARENT] = "no-parent",
	[SILT_ROOTFS_NOTE_MADE_AGAIN] = "made-again",
	[SILT_ROOTFS_NOTE_OPAQUE_ROOT] = "opaque-root",
	[SILT_ROOTFS_NOTE_UNDONE] = "undone",
	[SILT_ROOTFS_NOTE_LINK_STEPS] = "link-steps",
	[SILT_ROOTFS_NOTE_UNPLACED] = "unplaced",
};

static void demand(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fprintf(stderr, "list_tree: %s\n", err->text);
		exit(1);
	}
}

/* ---- Out ----------------------------------------------------------------------------------------------------------- */

static const char *write_place(struct silt_place place, char text[static PLACE_SIZE])
{
	text[0] = '\0';
	if (!silt_place_none(place)) {
		snprintf(text, PLACE_SIZE, "%u.%u", place.layer, place.entry);
	}
	return text;
}

static void tell_meta(const struct stack *stack, struct silt_place place)
{
	const struct silt_record *record = stack->records[place.layer];
	const struct silt_entry *entry = &record->entries[place.entry];
	json_line_unsigned("mode", entry->mode);
	json_line_unsigned("uid", entry->uid);
	json_line_unsigned("gid", entry->gid);
	json_line_number("mtime", silt_entry_mtime(record, entry));
	json_line_hex("capability", silt_entry_capability(record, entry));
}

static void tell_content(const struct stack *stack, struct silt_place place)
{
	const struct silt_record *record = stack->records[place.layer];
	const struct silt_entry *entry = &record->entries[place.entry];
	const struct silt_extra *extra = silt_record_extra(record, entry);
	json_line_text("type", silt_entry_type_name((enum silt_entry_type)entry->type));
	json_line_unsigned("size", entry->size);
	json_line_bytes("link", silt_entry_link(record, entry));
	json_line_unsigned("major", extra->dev_major);
	json_line_unsigned("minor", extra->dev_minor);
}

static enum silt_status tell_name(void *ctx, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	(void)err;
	const struct stack *stack = ctx;
	char text[PLACE_SIZE];
	json_line_begin("path", path);
	json_line_text("meta", write_place(node->meta, text));
	json_line_text("content", write_place(node->content, text));
	if (!silt_place_none(node->meta)) {
		tell_meta(stack, node->meta);
	}
	if (!silt_place_none(node->content)) {
		tell_content(stack, node->content);
	}
	json_line_end();
	return SILT_OK;
}

static void tell_notes(const struct stack *stack)
{
	size_t count;
	char text[PLACE_SIZE];
	const struct silt_rootfs_note *list = silt_rootfs_notes(stack->rootfs, &count);
	for (size_t i = 0; i < count; i++) {
		json_line_begin("note", silt_bytes_text(notes[list[i].kind]));
		json_line_text("place", write_place(list[i].place, text));
		json_line_end();
	}
}

static void tell_fates(const struct stack *stack)
{
	char text[PLACE_SIZE];
	for (uint32_t layer = 0; layer < stack->count; layer++) {
		for (uint32_t i = 0; i < stack->records[layer]->entry_count; i++) {
			struct silt_place place = {layer, i};
			struct silt_fate_of fate = silt_rootfs_fate(stack->rootfs, place);
			json_line_begin("fate", silt_bytes_text(write_place(place, text)));
			json_line_text("is", silt_fate_name(fate.fate));
			json_line_end();
		}
	}
}

/* ---- In ------------------------------------------------------------------------------------------------------------ */

static void read_layer(struct stack *stack, const struct silt_matcher *matcher, struct silt_bytes name)
{
	struct silt_error err = {0};
	struct silt_fd_source *source = NULL;
	char path[4096];
	snprintf(path, sizeof(path), "%.*s", (int)name.len, (const char *)name.ptr);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || stack->count == LAYERS_MAX) {
		perror(path);
		exit(1);
	}
	demand(silt_fd_source_new(fd, &source, &err), &err);
	demand(silt_survey_layer(silt_fd_source(source), &(struct silt_survey_wish){.matcher = matcher},
				 &stack->records[stack->count], &err),
	       &err);
	demand(silt_rootfs_push(stack->rootfs, stack->records[stack->count], &err), &err);
	stack->count++;
	silt_fd_source_free(source);
	close(fd);
}

static void list(const struct silt_matcher *matcher, struct silt_bytes line)
{
	struct silt_error err = {0};
	struct stack stack = {0};
	struct silt_bytes word = {0};
	demand(silt_rootfs_new(NULL, &stack.rootfs, &err), &err);
	silt_bytes_cut(&line, ' ', &word);
	json_line_begin("stack", word);
	json_line_end();
	while (silt_bytes_cut(&line, ' ', &word)) {
		read_layer(&stack, matcher, word);
	}
	demand(silt_rootfs_finish(stack.rootfs, &err), &err);
	demand(silt_rootfs_walk(stack.rootfs, tell_name, &stack, &err), &err);
	tell_notes(&stack);
	tell_fates(&stack);
	silt_rootfs_free(stack.rootfs);
	for (size_t i = 0; i < stack.count; i++) {
		silt_record_free(stack.records[i]);
	}
}

int main(void)
{
	struct silt_error err = {0};
	struct silt_matcher *matcher = NULL;
	demand(silt_secure_init(&err), &err);
	demand(silt_matcher_new_of(NULL, 0, &matcher, &err), &err);
	struct silt_bytes line;
	while (json_line_ask(&line)) {
		list(matcher, line);
	}
	silt_matcher_free(matcher);
	return ferror(stdout) || fflush(stdout) != 0;
}
