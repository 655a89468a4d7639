/* One pass over the members of a bundle. */
#include "audit/intake.h"

#include "audit/layers.h"
#include "audit/outer.h"
#include "base/escape.h"
#include "secret/matcher.h"
#include "stream/tar_body.h"

#include <stdlib.h>

struct intake {
	const struct silt_options *options; /* may be NULL */
	struct silt_bundle *bundle;
	struct silt_result *result;
	struct silt_survey *outer;
	struct silt_taker taker;

	/* The stream of members: one of the two. */
	struct silt_tar *tar;
	struct silt_folder *folder;
	struct silt_tar_body body; /* their events, and the body of the present member */

	struct silt_outer stream; /* of the tar */

	struct silt_path_room path; /* of the present member */
	uint64_t body_at;           /* where its body begins in the tar */
	bool body_plain;            /* the body is a run of bytes, and all readers agree where */
	struct silt_progress progress;
	struct silt_crew_progress crew; /* how far the crew is */
	char progress_member[128];
	bool stopped;
};

/* ---- Events -------------------------------------------------------------------------------------------------------- */

/* Bytes of the bundle that were read. The blocks at the ends of a layer that the crew has are read here, too. */
static uint64_t bytes_read(const struct intake *intake)
{
	const struct silt_fd_source *file = intake->bundle->file;
	uint64_t bytes = intake->folder ? silt_folder_position(intake->folder) : silt_outer_bytes(&intake->stream);
	bytes += intake->crew.bytes - (file ? silt_fd_source_passed(file) : 0);
	return intake->bundle->total > 0 && bytes > intake->bundle->total ? intake->bundle->total : bytes;
}

static void tell_progress(struct intake *intake)
{
	if (!intake->options || !intake->options->progress || intake->stopped) {
		return;
	}
	intake->progress.layers = intake->taker.layers + intake->crew.layers;
	intake->progress.hits = intake->taker.hits + intake->crew.hits;
	intake->progress.bytes = bytes_read(intake);
	intake->stopped = !intake->options->progress(intake->options->progress_ctx, &intake->progress);
}

static enum silt_status next_event(void *ctx, struct silt_tar_event *event, struct silt_error *err)
{
	struct intake *intake = ctx;
	tell_progress(intake);
	if (intake->stopped) {
		return silt_fail(err, SILT_ERR_STOPPED, "stopped by the caller");
	}
	return intake->folder ? silt_folder_next(intake->folder, event, err) : silt_tar_next(intake->tar, event, err);
}

/*
 * Hands an event of the bundle itself to its survey. A layer may lack the end marker, because its size is known from
 * outside; of a bundle that ends without one nobody knows what was cut off.
 */
static enum silt_status pass_event(void *ctx, const struct silt_tar_event *event, struct silt_error *err)
{
	struct intake *intake = ctx;
	struct silt_tar_event passed = *event;
	if (event->kind == SILT_TAR_NOTE && event->note == SILT_TAR_NOTE_NO_END) {
		passed.note = SILT_TAR_NOTE_TRUNCATED;
		passed.text = "expected the end marker of a tar (two zero blocks), found the end of the data: it may "
			      "have been cut off";
	}
	if (passed.kind == SILT_TAR_NOTE && passed.note == SILT_TAR_NOTE_TRUNCATED) {
		intake->result->inventory.truncated = true;
	}
	return silt_survey_event(intake->outer, &passed, err);
}

/* ---- Records and members ------------------------------------------------------------------------------------------- */

static enum silt_member_kind kind_without_body(enum silt_entry_type type)
{
	switch (type) {
	case SILT_ENTRY_FILE:
		return SILT_MEMBER_EMPTY;
	case SILT_ENTRY_HARDLINK:
	case SILT_ENTRY_SYMLINK:
		return SILT_MEMBER_LINK;
	case SILT_ENTRY_DIRECTORY:
		return SILT_MEMBER_DIRECTORY;
	case SILT_ENTRY_CHAR_DEVICE:
	case SILT_ENTRY_BLOCK_DEVICE:
	case SILT_ENTRY_FIFO:
	case SILT_ENTRY_OTHER:
		break;
	}
	return SILT_MEMBER_SPECIAL;
}

/* The member of the entry that the survey of the bundle added last. */
static struct silt_member new_member(struct intake *intake, uint32_t index)
{
	const struct silt_record *outer = silt_survey_record(intake->outer);
	const struct silt_entry *entry = &outer->entries[index];
	return (struct silt_member){
		.name = silt_entry_path(outer, entry, &intake->path),
		.link = silt_entry_link(outer, entry),
		.symlink = entry->type == SILT_ENTRY_SYMLINK,
		.kind = kind_without_body((enum silt_entry_type)entry->type),
		.bytes = entry->size,
		.disputed = entry->flags & SILT_ENTRY_DISPUTED,
		.entry = index,
		.record = UINT32_MAX,
	};
}

/* A member was seen that only a save of images has. */
static bool is_save(const struct intake *intake)
{
	return intake->taker.hash_plain;
}

/* From then on members are hashed, and the whole is not. */
static void note_save(struct intake *intake, bool is_one)
{
	if (is_one && !is_save(intake)) {
		intake->taker.hash_plain = true;
		silt_outer_stop_hashing(&intake->stream);
	}
}

static enum silt_status add_member(struct intake *intake, const struct silt_member *member, struct silt_error *err)
{
	note_save(intake, silt_member_is_of_save(member));
	if (member->kind != SILT_MEMBER_LINK && member->kind != SILT_MEMBER_DIRECTORY &&
	    member->kind != SILT_MEMBER_SPECIAL) {
		intake->result->coverage.members++;
		intake->result->coverage.member_bytes += member->bytes;
	}
	return silt_inventory_add(&intake->result->inventory, member, err);
}

/* ---- Members with a body ------------------------------------------------------------------------------------------- */

/* Only files can be layers or documents; PAX can give a body to a directory or a device, and it is matched like one. */
static enum silt_status take_body(struct intake *intake, bool is_file, struct silt_member *member,
				  struct silt_error *err)
{
	struct silt_source body = silt_tar_body_source(&intake->body);
	if (!is_file) {
		return silt_survey_body(intake->outer, body, UINT64_MAX, err);
	}
	note_save(intake, silt_member_is_blob(member));
	return silt_take_body(&intake->taker, body, member, err);
}

/* Tells where the work is. A name is told only when its entry has been searched, and no secret was found in it. */
static void tell_member(struct intake *intake, struct silt_bytes name, size_t hits_before)
{
	bool silent = silt_survey_record(intake->outer)->hit_count > hits_before;
	silt_escape_text(silent ? SILT_LITERAL("a member") : name, intake->progress_member,
			 sizeof(intake->progress_member));
}

static enum silt_status take_entry(struct intake *intake, const struct silt_tar_event *event, struct silt_error *err)
{
	bool is_file = event->entry->type == SILT_ENTRY_FILE, has_body = event->entry->has_data;
	size_t hits_before = silt_survey_record(intake->outer)->hit_count;
	enum silt_status status = silt_survey_event(intake->outer, event, err);
	tell_member(intake, event->entry->path, hits_before);
	uint32_t index = silt_survey_entry(intake->outer);
	intake->body_at = intake->folder ? 0 : silt_tar_position(intake->tar);
	intake->body_plain = !event->entry->sparse && event->entry->reading == SILT_TAR_READ_ALIKE;
	if (status != SILT_OK || index == UINT32_MAX) {
		return status; /* beyond a limit: its body goes to the survey like any other */
	}
	struct silt_member member = new_member(intake, index);
	if (has_body) {
		status = take_body(intake, is_file, &member, err);
	} else if (is_file && member.bytes > 0) {
		member.kind = SILT_MEMBER_OTHER; /* not empty: its bytes are those of what Docker reads there */
		member.damaged = true;
	}
	return status == SILT_OK ? add_member(intake, &member, err) : status;
}

/* ---- Layers for the crew ------------------------------------------------------------------------------------------- */

/* A layer of a file that is not packed as a whole. Of a bare rootfs all bytes are hashed, and so read here. */
static bool hand_over_of_file(struct intake *intake, const struct silt_member *member, struct silt_crew_job *job)
{
	struct silt_fd_source *file = silt_outer_file(&intake->stream);
	if (!file || !intake->body_plain || !is_save(intake) ||
	    !silt_fd_source_locate(file, intake->body_at, member->bytes, &job->range)) {
		return false;
	}
	silt_fd_source_pass_over(file, intake->body_at + member->bytes);
	return true;
}

static bool hand_over(void *ctx, const struct silt_member *member, struct silt_crew_job *job)
{
	struct intake *intake = ctx;
	struct silt_member layer = *member;
	layer.kind = SILT_MEMBER_TAR;
	note_save(intake, silt_member_is_of_save(&layer));
	if (!intake->folder) {
		return hand_over_of_file(intake, member, job);
	}
	/* Not a small file that was read to its end to see what it is. */
	job->owns_file = silt_folder_take(intake->folder, &job->range);
	return job->owns_file;
}

static bool see_crew(void *ctx, const struct silt_crew_progress *progress)
{
	struct intake *intake = ctx;
	static const struct silt_bytes where = SILT_LITERAL_INIT("several layers");
	intake->crew = *progress;
	silt_escape_text(where, intake->progress_member, sizeof(intake->progress_member));
	tell_progress(intake);
	return !intake->stopped;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

/* The caller waits no longer: what is missing is not known. */
static enum silt_status note_giving_up(struct intake *intake, struct silt_error *err)
{
	const struct silt_callback_source *callback = intake->bundle->callback;
	if (!callback || !silt_callback_source_gave_up(callback)) {
		return SILT_OK;
	}
	intake->result->inventory.truncated = true;
	return silt_survey_given_up(intake->outer, silt_tar_position(intake->tar), err);
}

static enum silt_status pump(struct intake *intake, struct silt_error *err)
{
	struct silt_tar_event event = {0};
	enum silt_status status;
	do {
		status = silt_tar_body_event(&intake->body, &event, err);
		if (status == SILT_OK) {
			status = event.kind == SILT_TAR_ENTRY ? take_entry(intake, &event, err)
							      : pass_event(intake, &event, err);
		}
	} while (status == SILT_OK && event.kind != SILT_TAR_END);
	return status;
}

static enum silt_status read_tar(struct intake *intake, struct silt_error *err)
{
	struct silt_outer *stream = &intake->stream;
	const struct silt_limits *limits = intake->taker.wish.limits;
	enum silt_status status =
		silt_outer_open(stream, intake->bundle, limits, intake->outer, intake->taker.jobs > 1, err);
	if (status == SILT_OK) {
		status = silt_tar_new(silt_outer_source(stream), limits, &intake->tar, err);
	}
	if (status == SILT_OK) {
		status = pump(intake, err);
	}
	return silt_outer_join(stream, status, err);
}

static enum silt_status read_archive(struct intake *intake, struct silt_error *err)
{
	enum silt_status status = read_tar(intake, err);
	if (status != SILT_OK) {
		return status;
	}
	const struct silt_inflate_report *report = silt_outer_report(&intake->stream);
	intake->result->inventory.truncated |= report->end != SILT_INFLATE_COMPLETE;
	status = silt_survey_inflated(intake->outer, report, err);
	return status == SILT_OK ? note_giving_up(intake, err) : status;
}

/* Of what was cut off by impatience nobody knows the digest; a file that is cut off is what it is. */
static enum silt_status tell_digest(struct intake *intake, struct silt_error *err)
{
	struct silt_digest digest;
	char text[SILT_DIGEST_TEXT_SIZE];
	enum silt_status status = silt_outer_end_file(&intake->stream, &digest, err);
	const struct silt_callback_source *callback = intake->bundle->callback;
	if (status == SILT_OK && digest.known && !(callback && silt_callback_source_gave_up(callback))) {
		intake->result->digest =
			silt_arena_printf(&intake->result->arena, "%s", silt_digest_text(&digest, text));
		status = intake->result->digest ? SILT_OK : silt_fail_memory(err);
	}
	return status;
}

/* Of a bare rootfs the whole is a layer and its digest the diff ID; of a save nobody needs it. */
static enum silt_status end_outer(struct intake *intake, struct silt_error *err)
{
	struct silt_result *result = intake->result;
	enum silt_status status = silt_survey_end(intake->outer, &result->outer, err);
	if (status == SILT_OK && !is_save(intake) && !intake->folder) {
		silt_outer_describe(&intake->stream, result->outer);
	}
	return status;
}

static enum silt_status read_all(struct intake *intake, struct silt_error *err)
{
	enum silt_status status = silt_survey_new(&intake->taker.wish, &intake->outer, err);
	if (status == SILT_OK) {
		intake->taker.outer = intake->outer;
		status = intake->folder ? pump(intake, err) : read_archive(intake, err);
	}
	if (status == SILT_OK) {
		status = silt_take_crew(&intake->taker, see_crew, intake, err);
	}
	if (status == SILT_OK && !intake->folder) {
		status = tell_digest(intake, err);
	}
	return status == SILT_OK ? end_outer(intake, err) : status;
}

/* Reads the bundle with so many threads. `*again`: it must be read with one. */
static enum silt_status take_in(struct silt_bundle *bundle, const struct silt_survey_wish *wish,
				const struct silt_layer_cache *cache, const struct silt_options *options, unsigned jobs,
				struct silt_result *result, bool *again, struct silt_error *err)
{
	struct intake intake = {
		.options = options,
		.bundle = bundle,
		.result = result,
		.folder = bundle->folder,
		.taker = {.jobs = jobs, .cache = cache, .hand_over = hand_over},
	};
	intake.body = (struct silt_tar_body){.next = next_event, .take = pass_event, .ctx = &intake};
	intake.taker.hand_over_ctx = &intake;
	intake.progress.bytes_total = bundle->total;
	intake.progress.member = intake.progress_member;
	silt_taker_begin(&intake.taker, wish, result);
	enum silt_status status = read_all(&intake, err);
	*again = status == SILT_OK && silt_taker_was_short(&intake.taker);
	silt_tar_free(intake.tar);
	silt_outer_done(&intake.stream);
	silt_survey_free(intake.outer);
	silt_taker_done(&intake.taker);
	return status;
}

enum silt_status silt_intake(struct silt_bundle *bundle, const struct silt_matcher *matcher,
			     const struct silt_options *options, struct silt_result *result, struct silt_error *err)
{
	const bool entries_only = options && options->entries_only;
	const struct silt_survey_wish wish = {
		.matcher = entries_only ? NULL : matcher,
		.limits = &result->limits,
		.keep_secrets = options && options->keep_secrets,
		.digests = options && options->keep_digests,
		.keep_names = options ? options->keep_names : NULL,
		.keep_name_count = options ? options->keep_name_count : 0,
		.pulse = silt_pulse_of(options),
	};
	const bool cached = options && !matcher->wanted && !options->keep_digests && !entries_only;
	bundle->hashes = options && options->hash_bundle;
	struct silt_layer_cache cache = {.trust = cached && options->trust_digests};
	bool again = false;
	enum silt_status status =
		silt_record_cache_init(&cache.records, cached ? options->cache : NULL, matcher, &result->limits, err);
	if (status == SILT_OK) {
		status = take_in(bundle, &wish, &cache, options, options ? options->jobs : 1, result, &again, err);
	}
	if (status != SILT_OK || !again) {
		return status;
	}
	silt_result_forget(result);
	status = silt_bundle_rewind(bundle, err);
	return status == SILT_OK ? take_in(bundle, &wish, &cache, options, 1, result, &again, err) : status;
}
