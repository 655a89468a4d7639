/* Small bodies that are read whole: lists of accounts, and files that facts are read from. */
#include "layer/capture.h"

#include "base/ascii.h"

/* ---- What is wanted ------------------------------------------------------------------------------------------------- */

static bool is_account_list(struct silt_bytes name)
{
	return silt_bytes_equal(name, SILT_LITERAL("passwd")) || silt_bytes_equal(name, SILT_LITERAL("group"));
}

static bool is_account_name(uint8_t byte)
{
	return silt_is_letter(byte) || silt_is_digit(byte) || byte == '_' || byte == '-' || byte == '.';
}

/* NAME:PASSWORD:DIGITS: as every line of passwd and group begins. */
static bool looks_like_account(struct silt_bytes line)
{
	struct silt_bytes name, password, id;
	if (!silt_bytes_cut(&line, ':', &name) || !silt_bytes_cut(&line, ':', &password) ||
	    !silt_bytes_cut(&line, ':', &id) || name.len == 0 || id.len == 0) {
		return false;
	}
	for (size_t i = 0; i < name.len; i++) {
		if (!is_account_name(name.ptr[i])) {
			return false;
		}
	}
	return silt_all_digits(id);
}

/* What a runtime never has as a file says nothing about the image: a mark, an entry that another reader of the tar has. */
static bool is_of_image(const struct silt_entry *entry)
{
	return entry->whiteout == SILT_WHITEOUT_NONE && !(entry->flags & SILT_ENTRY_DISPUTED);
}

static bool is_wanted(const struct silt_collector *collector, uint32_t index, struct silt_bytes start)
{
	const struct silt_record *record = collector->record;
	const struct silt_entry *entry = &record->entries[index];
	struct silt_bytes name = silt_entry_name(record, entry), line;
	if (!is_of_image(entry) || silt_bytes_start_with(start, SILT_LITERAL("\177ELF"))) {
		return false; /* usr/bin/passwd is a program */
	}
	if (is_account_list(name)) {
		return true;
	}
	/* etc/passwd may be a link to a file of any name; hashes of passwords are not kept. */
	return entry->size <= collector->limits->value[SILT_LIMIT_ACCOUNT_BYTES] &&
	       silt_bytes_find(name, SILT_LITERAL("shadow")) == SIZE_MAX && silt_bytes_cut(&start, '\n', &line) &&
	       looks_like_account(line);
}

/* ---- Keeping -------------------------------------------------------------------------------------------------------- */

/* `whole` false: the body was cut. */
static enum silt_status keep(struct silt_collector *collector, uint32_t index, struct silt_bytes body, bool whole,
			     struct silt_error *err)
{
	struct silt_record *record = collector->record;
	struct silt_bytes name = silt_entry_name(record, &record->entries[index]);
	if (!whole || body.len > collector->limits->value[SILT_LIMIT_ACCOUNT_BYTES_TOTAL] - collector->captured) {
		if (!is_account_list(name)) {
			return SILT_OK; /* only its looks spoke for it; a check that needs it says that it is missing */
		}
		return silt_collect_limit(collector, SILT_ANOMALY_CAPTURE_LIMIT,
					  whole ? SILT_LIMIT_ACCOUNT_BYTES_TOTAL : SILT_LIMIT_ACCOUNT_BYTES, index,
					  silt_entry_offset(&record->entries[index]), err,
					  "too large to be read as a list of accounts");
	}
	struct silt_bytes copy = silt_arena_copy(&record->arena, body);
	if (!copy.ptr || !silt_grow((void **)&record->captures, record->capture_count, &collector->capture_capacity,
				    sizeof(*record->captures))) {
		return silt_fail_memory(err);
	}
	collector->captured += body.len;
	record->captures[record->capture_count++] = (struct silt_capture){index, copy, whole};
	return SILT_OK;
}

void silt_capture_begin(struct silt_body_capture *capture, const struct silt_collector *collector, uint32_t index,
			struct silt_bytes start)
{
	const struct silt_record *record = collector->record;
	const struct silt_entry *entry = &record->entries[index];
	struct silt_path_room room;
	silt_buffer_clear(&capture->body);
	capture->index = index;
	capture->wanted = is_wanted(collector, index, start);
	capture->facts = is_of_image(entry) ? silt_facts_wanted(silt_entry_path(record, entry, &room), start) : 0;
}

/* ---- Facts --------------------------------------------------------------------------------------------------------- */

struct facts_of {
	struct silt_collector *collector;
	uint32_t entry;
};

static enum silt_status take_fact(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	const struct facts_of *of = ctx;
	return silt_collect_fact(of->collector, of->entry, fact, err);
}

/* `whole` false: the body was cut. */
static enum silt_status read_facts(struct silt_collector *collector, const struct silt_body_capture *capture,
				   bool whole, struct silt_error *err)
{
	struct facts_of of = {collector, capture->index};
	const struct silt_record *record = collector->record;
	const struct silt_entry *entry = &record->entries[capture->index];
	struct silt_path_room room;
	const char *demanded = silt_facts_demanded(capture->facts);
	if (whole) {
		return silt_facts_read(capture->facts, silt_entry_path(record, entry, &room),
				       silt_buffer_bytes(&capture->body), take_fact, &of, err);
	}
	return demanded ? silt_collect_limit(collector, SILT_ANOMALY_CAPTURE_LIMIT, SILT_LIMIT_ACCOUNT_BYTES,
					     capture->index, silt_entry_offset(entry), err,
					     "too large to be read as %s", demanded)
			: SILT_OK;
}

/* ---- Bodies -------------------------------------------------------------------------------------------------------- */

static enum silt_status end_of_body(struct silt_body_capture *capture, struct silt_collector *collector,
				    struct silt_error *err)
{
	bool whole = capture->body.len <= collector->limits->value[SILT_LIMIT_ACCOUNT_BYTES];
	bool wanted = capture->wanted;
	enum silt_status status = read_facts(collector, capture, whole, err);
	silt_capture_drop(capture);
	return status == SILT_OK && wanted
		       ? keep(collector, capture->index, silt_buffer_bytes(&capture->body), whole, err)
		       : status;
}

enum silt_status silt_capture_data(struct silt_body_capture *capture, struct silt_collector *collector,
				   const struct silt_tar_event *data, struct silt_error *err)
{
	if (!capture->wanted && !capture->facts) {
		return SILT_OK;
	}
	/* One byte more than allowed is kept, so that the end sees the excess. */
	size_t room = silt_limit_size(collector->limits, SILT_LIMIT_ACCOUNT_BYTES) + 1 - capture->body.len;
	silt_buffer_add(&capture->body, silt_bytes_slice(data->bytes, 0, room));
	if (capture->body.failed) {
		return silt_fail_memory(err);
	}
	return data->last ? end_of_body(capture, collector, err) : SILT_OK;
}

enum silt_status silt_capture_empty(struct silt_collector *collector, uint32_t index, struct silt_error *err)
{
	const struct silt_record *record = collector->record;
	const struct silt_entry *entry = &record->entries[index];
	struct silt_bytes nothing = silt_bytes(NULL, 0);
	bool wanted = entry->type == SILT_ENTRY_FILE && entry->size == 0 && is_wanted(collector, index, nothing);
	return wanted ? keep(collector, index, nothing, true, err) : SILT_OK;
}

void silt_capture_drop(struct silt_body_capture *capture)
{
	capture->wanted = false;
	capture->facts = 0;
}

void silt_capture_done(struct silt_body_capture *capture)
{
	silt_buffer_done(&capture->body);
}
