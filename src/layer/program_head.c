/* From the first pieces of a body to a program of the record. */
#include "layer/program_head.h"

void silt_program_head_done(struct silt_program_head *head)
{
	silt_buffer_done(&head->bytes);
}

static enum silt_status tell(struct silt_program_head *head, struct silt_collector *collector, uint32_t entry,
			     struct silt_bytes start, struct silt_error *err)
{
	const struct silt_record *record = collector->record;
	struct silt_path_room room;
	struct silt_bytes path = silt_entry_path(record, &record->entries[entry], &room);
	struct silt_program_seen seen = silt_program_look(path, start);
	head->open = false;
	return silt_collect_program(collector, entry, &seen, err);
}

enum silt_status silt_program_head_end(struct silt_program_head *head, struct silt_collector *collector, uint32_t entry,
				       struct silt_error *err)
{
	return head->open ? tell(head, collector, entry, silt_buffer_bytes(&head->bytes), err) : SILT_OK;
}

/* Nearly always the first piece has all that is looked at, or all there is. */
static enum silt_status begin(struct silt_program_head *head, struct silt_collector *collector, uint32_t entry,
			      const struct silt_tar_event *event, struct silt_error *err)
{
	head->open = event->bytes.len > 0 && silt_program_may_be(event->bytes);
	if (head->open && (event->last || event->bytes.len >= SILT_PROGRAM_HEAD)) {
		return tell(head, collector, entry, event->bytes, err);
	}
	silt_buffer_clear(&head->bytes);
	return SILT_OK;
}

enum silt_status silt_program_head_data(struct silt_program_head *head, struct silt_collector *collector,
					uint32_t entry, const struct silt_tar_event *event, struct silt_error *err)
{
	enum silt_status status = event->offset == 0 ? begin(head, collector, entry, event, err) : SILT_OK;
	if (status != SILT_OK || !head->open) {
		return status;
	}
	if (event->offset != head->bytes.len) {
		return silt_program_head_end(head, collector, entry, err); /* a hole, and what is behind it */
	}
	silt_buffer_add(&head->bytes, silt_bytes_slice(event->bytes, 0, SILT_PROGRAM_HEAD));
	if (head->bytes.failed) {
		return silt_fail_memory(err);
	}
	bool enough = event->last || head->bytes.len >= SILT_PROGRAM_HEAD;
	return enough ? silt_program_head_end(head, collector, entry, err) : SILT_OK;
}
