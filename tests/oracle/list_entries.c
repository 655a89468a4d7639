/*
 * What silt reads of tars, for the comparison with other readers: names of files on the standard input, JSON lines out.
 *
 *     {"tar": NAME}                                     what follows is about this file
 *     {"entry": PATH, "type": ..., "link": ..., ...}    one entry, as the reader gives it
 *     {"body": SUM}                                     what the entry before has as its body, if it has one
 *     {"note": KIND, "text": ...}                       something is wrong with the archive
 */
#include "oracle/json_line.h"

#include "base/secure.h"
#include "stream/tar.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const notes[] = {
	[SILT_TAR_NOTE_WARNING] = "warning",     [SILT_TAR_NOTE_DAMAGED] = "damaged",
	[SILT_TAR_NOTE_TRUNCATED] = "truncated", [SILT_TAR_NOTE_NO_END] = "no-end",
	[SILT_TAR_NOTE_TAIL] = "tail",           [SILT_TAR_NOTE_FATAL] = "fatal",
	[SILT_TAR_NOTE_PADDING] = "padding",     [SILT_TAR_NOTE_DISPUTED] = "disputed",
	[SILT_TAR_NOTE_LIMIT] = "limit",         [SILT_TAR_NOTE_LARGE_HEADER] = "large-header",
};

static const char *const readings[] = {
	[SILT_TAR_READ_ALIKE] = "alike",
	[SILT_TAR_READ_GO] = "go",
	[SILT_TAR_READ_OTHER] = "other",
};

static void demand(enum silt_status status, const struct silt_error *err)
{
	if (status != SILT_OK) {
		fprintf(stderr, "list_entries: %s\n", err->text);
		exit(1);
	}
}

static void write_entry(const struct silt_tar_entry *entry)
{
	json_line_begin("entry", entry->path);
	json_line_text("type", silt_entry_type_name(entry->type));
	json_line_bytes("link", entry->link);
	json_line_unsigned("mode", entry->mode);
	json_line_unsigned("uid", entry->uid);
	json_line_unsigned("gid", entry->gid);
	json_line_unsigned("size", entry->size);
	json_line_number("mtime", entry->mtime);
	json_line_unsigned("major", entry->dev_major);
	json_line_unsigned("minor", entry->dev_minor);
	json_line_text("reading", readings[entry->reading]);
	for (size_t i = 0; i < entry->xattr_count; i++) {
		char key[256];
		snprintf(key, sizeof(key), "xattr:%.*s", (int)entry->xattrs[i].name.len,
			 (const char *)entry->xattrs[i].name.ptr);
		json_line_hex(key, entry->xattrs[i].value);
	}
	json_line_end();
}

static void write_note(const struct silt_tar_event *event)
{
	json_line_begin("note", silt_bytes_text(notes[event->note]));
	json_line_text("text", event->text ? event->text : "");
	json_line_end();
}

/* Over the bytes that are not zero, and where they stand: so holes and blocks of zeros are the same. As in the other
 * listers. */
static uint64_t sum_of(const struct silt_tar_event *data)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < data->bytes.len; i++) {
		uint64_t byte = data->bytes.ptr[i];
		uint64_t place = (data->offset + i + 1) * 0x9E3779B97F4A7C15U;
		sum += byte ? (place ^ byte * 0xC2B2AE3D27D4EB4FU) * 0x165667B19E3779F9U : 0;
	}
	return sum;
}

static void write_body(uint64_t sum)
{
	char text[17];
	snprintf(text, sizeof(text), "%016" PRIx64, sum);
	json_line_begin("body", silt_bytes_text(text));
	json_line_end();
}

static void list(struct silt_source source)
{
	struct silt_error err = {0};
	struct silt_tar *tar = NULL;
	demand(silt_tar_new(source, NULL, &tar, &err), &err);
	struct silt_tar_event event = {0};
	uint64_t sum = 0;
	do {
		demand(silt_tar_next(tar, &event, &err), &err);
		if (event.kind == SILT_TAR_ENTRY) {
			sum = 0;
			write_entry(event.entry);
		} else if (event.kind == SILT_TAR_DATA) {
			sum += sum_of(&event);
			if (event.last) {
				write_body(sum);
			}
		} else if (event.kind == SILT_TAR_NOTE) {
			write_note(&event);
		}
	} while (event.kind != SILT_TAR_END);
	silt_tar_free(tar);
}

static void list_file(struct silt_bytes name)
{
	struct silt_error err = {0};
	struct silt_fd_source *source = NULL;
	char path[4096];
	snprintf(path, sizeof(path), "%.*s", (int)name.len, (const char *)name.ptr);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		perror(path);
		exit(1);
	}
	json_line_begin("tar", name);
	json_line_end();
	demand(silt_fd_source_new(fd, &source, &err), &err);
	list(silt_fd_source(source));
	silt_fd_source_free(source);
	close(fd);
}

int main(void)
{
	struct silt_error err = {0};
	demand(silt_secure_init(&err), &err);
	struct silt_bytes name;
	while (json_line_ask(&name)) {
		list_file(name);
	}
	return ferror(stdout) || fflush(stdout) != 0;
}
