/* The tar reader: who is asked for the next event. */
#include "stream/tar_reader.h"

#include <stdio.h>
#include <stdlib.h>

enum silt_status silt_tar_new(struct silt_source source, const struct silt_limits *limits, struct silt_tar **out,
			      struct silt_error *err)
{
	struct silt_tar *tar = calloc(1, sizeof(*tar));
	if (!tar) {
		return silt_fail_memory(err);
	}
	tar->feed.source = source;
	tar->walk.limits = limits;
	tar->feed.kept_max = silt_limit_size(silt_limits_or_default(limits), SILT_LIMIT_TAR_HEADER_BYTES);
	tar->backlog.max = silt_limit_size(silt_limits_or_default(limits), SILT_LIMIT_DISPUTED_ENTRIES);
	if (!silt_tar_other_init(&tar->other, &tar->feed)) {
		silt_tar_free(tar);
		return silt_fail_memory(err);
	}
	*out = tar;
	return SILT_OK;
}

void silt_tar_free(struct silt_tar *tar)
{
	if (!tar) {
		return;
	}
	silt_tar_other_done(&tar->other);
	silt_tar_walk_done(&tar->walk);
	silt_tar_backlog_done(&tar->backlog);
	silt_tar_feed_done(&tar->feed);
	free(tar);
}

uint64_t silt_tar_position(const struct silt_tar *tar)
{
	return silt_tar_feed_cursor(&tar->feed);
}

bool silt_tar_note(struct silt_tar *tar, struct silt_tar_event *event, enum silt_tar_note note, uint64_t offset,
		   const char *text)
{
	snprintf(tar->text, sizeof(tar->text), "%s", text);
	*event = (struct silt_tar_event){.kind = SILT_TAR_NOTE, .note = note, .offset = offset, .text = tar->text};
	return true;
}

bool silt_tar_gap(struct silt_tar *tar, struct silt_tar_event *event, size_t len)
{
	*event = (struct silt_tar_event){
		.kind = SILT_TAR_GAP,
		.offset = silt_tar_feed_cursor(&tar->feed),
		.bytes = silt_bytes_slice(silt_tar_feed_bytes(&tar->feed), 0, len),
	};
	silt_tar_feed_pass(&tar->feed, event->bytes.len);
	return true;
}

static enum silt_status give_end(struct silt_tar *tar, struct silt_tar_event *event, bool *given,
				 struct silt_error *err)
{
	(void)err;
	*event = (struct silt_tar_event){.kind = SILT_TAR_END, .offset = silt_tar_feed_cursor(&tar->feed)};
	*given = true;
	return SILT_OK;
}

enum silt_status silt_tar_next(struct silt_tar *tar, struct silt_tar_event *event, struct silt_error *err)
{
	static silt_tar_turn_fn *const turns[] = {
		[SILT_TAR_TURN_GO] = silt_tar_go,
		[SILT_TAR_TURN_OTHER] = silt_tar_go_other,
		[SILT_TAR_TURN_REST] = silt_tar_go_rest,
		[SILT_TAR_TURN_OVER] = give_end,
	};
	enum silt_status status = tar->other.status;
	bool given = false;
	while (status == SILT_OK && !given) {
		status = turns[tar->turn](tar, event, &given, err);
		if (status == SILT_OK && tar->walk.failed) {
			status = silt_fail_memory(err);
		}
	}
	return status;
}
