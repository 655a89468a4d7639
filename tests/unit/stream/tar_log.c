/* Events to text. */
#include "tar_log.h"

#include "chopped_source.h"
#include "cmocka_test.h"

static const char *const type_names[] = {
	[SILT_ENTRY_FILE] = "file",           [SILT_ENTRY_HARDLINK] = "hardlink", [SILT_ENTRY_SYMLINK] = "symlink",
	[SILT_ENTRY_DIRECTORY] = "directory", [SILT_ENTRY_CHAR_DEVICE] = "char",  [SILT_ENTRY_BLOCK_DEVICE] = "block",
	[SILT_ENTRY_FIFO] = "fifo",           [SILT_ENTRY_OTHER] = "other",
};

static const char *const note_names[] = {
	[SILT_TAR_NOTE_WARNING] = "warning",     [SILT_TAR_NOTE_DAMAGED] = "damaged",
	[SILT_TAR_NOTE_TRUNCATED] = "truncated", [SILT_TAR_NOTE_NO_END] = "no-end",
	[SILT_TAR_NOTE_TAIL] = "tail",           [SILT_TAR_NOTE_FATAL] = "fatal",
	[SILT_TAR_NOTE_DISPUTED] = "disputed",   [SILT_TAR_NOTE_PADDING] = "padding",
	[SILT_TAR_NOTE_LIMIT] = "limit",         [SILT_TAR_NOTE_LARGE_HEADER] = "large-header",
};

void tar_log_done(struct tar_log *log)
{
	silt_buffer_done(&log->text);
	silt_buffer_done(&log->raw);
	silt_buffer_done(&log->bodies);
	silt_buffer_done(&log->gaps);
	silt_buffer_done(&log->sentences);
}

static void add_entry(struct tar_log *log, const struct silt_tar_entry *entry)
{
	struct silt_buffer *text = &log->text;
	silt_buffer_printf(text, "%s %o ", type_names[entry->type], entry->mode);
	silt_buffer_add(text, entry->path);
	silt_buffer_printf(text, " %llu @%llu", (unsigned long long)entry->size, (unsigned long long)entry->offset);
	if (entry->link.len > 0) {
		silt_buffer_add_text(text, " -> ");
		silt_buffer_add(text, entry->link);
	}
	silt_buffer_add_text(text, entry->sparse ? " sparse" : "");
	silt_buffer_add_text(text, entry->reading == SILT_TAR_READ_ALIKE ? "\n"
				   : entry->reading == SILT_TAR_READ_GO  ? " (go)\n"
									 : " (other)\n");
	for (size_t i = 0; i < entry->xattr_count + entry->foreign_xattr_count; i++) {
		silt_buffer_add_text(text, i < entry->xattr_count ? "xattr " : "foreign xattr ");
		silt_buffer_add(text, entry->xattrs[i].name);
		silt_buffer_add_byte(text, '=');
		for (size_t j = 0; j < entry->xattrs[i].value.len; j++) {
			silt_buffer_printf(text, "%02x", entry->xattrs[i].value.ptr[j]);
		}
		silt_buffer_add_byte(text, '\n');
	}
}

static void end_data_line(struct tar_log *log, const char *end)
{
	if (log->in_data) {
		silt_buffer_printf(&log->text, "data %llu+%llu%s\n", (unsigned long long)log->data_start,
				   (unsigned long long)(log->data_end - log->data_start), end);
		log->in_data = false;
	}
}

static void add_data(struct tar_log *log, const struct silt_tar_event *event)
{
	if (log->in_data && event->offset != log->data_end) {
		end_data_line(log, "");
	}
	if (!log->in_data) {
		log->in_data = true;
		log->data_start = event->offset;
	}
	log->data_end = event->offset + event->bytes.len;
	silt_buffer_add(&log->raw, event->bytes);
	silt_buffer_add(&log->bodies, event->bytes);
	if (event->last) {
		end_data_line(log, " last");
	}
}

void tar_log_add(struct tar_log *log, const struct silt_tar_event *event)
{
	if (event->kind == SILT_TAR_GAP) {
		log->gap_offset_errors += event->offset != log->raw.len;
		silt_buffer_add(&log->raw, event->bytes);
		silt_buffer_add(&log->gaps, event->bytes);
		return;
	}
	if (event->kind == SILT_TAR_DATA) {
		add_data(log, event);
		return;
	}
	end_data_line(log, "");
	if (event->kind == SILT_TAR_ENTRY) {
		add_entry(log, event->entry);
	} else if (event->kind == SILT_TAR_NOTE) {
		assert_true(event->text != NULL && event->text[0] != '\0');
		silt_buffer_printf(&log->text, "note %s\n", note_names[event->note]);
		silt_buffer_printf(&log->sentences, "%s\n", event->text);
	} else {
		silt_buffer_add_text(&log->text, "end\n");
	}
}

void tar_log_read(struct tar_log *log, struct silt_bytes archive, size_t block_len)
{
	struct chopped_source source = {.rest = archive, .block_len = block_len};
	struct silt_error err = {0};
	struct silt_tar *tar = NULL;
	assert_int_equal(silt_tar_new(chopped_source(&source), NULL, &tar, &err), SILT_OK);
	struct silt_tar_event event;
	do {
		assert_int_equal(silt_tar_next(tar, &event, &err), SILT_OK);
		tar_log_add(log, &event);
	} while (event.kind != SILT_TAR_END);
	assert_int_equal(silt_tar_next(tar, &event, &err), SILT_OK);
	assert_int_equal(event.kind, SILT_TAR_END);
	assert_int_equal(silt_tar_position(tar), archive.len);
	silt_tar_free(tar);
	chopped_source_done(&source);
}
