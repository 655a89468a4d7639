/* Searches over the streams of a survey, and the hits that come of their matches. */
#include "layer/lanes.h"

#include "base/escape.h"
#include "base/limits.h"
#include "base/secure.h"

void silt_spare_searches_init(struct silt_spare_searches *spare)
{
	*spare = (struct silt_spare_searches){.lock = PTHREAD_MUTEX_INITIALIZER};
}

void silt_spare_searches_done(struct silt_spare_searches *spare)
{
	for (size_t i = 0; i < spare->count; i++) {
		silt_search_free(spare->list[i]);
	}
	pthread_mutex_destroy(&spare->lock);
}

static struct silt_search *take_spare(struct silt_spare_searches *spare)
{
	if (!spare) {
		return NULL;
	}
	pthread_mutex_lock(&spare->lock);
	struct silt_search *search = spare->count > 0 ? spare->list[--spare->count] : NULL;
	pthread_mutex_unlock(&spare->lock);
	return search;
}

/* A search that was made for the same matcher and limits, or a new one. */
static enum silt_status take_search(struct silt_lanes *lanes, struct silt_search **out, struct silt_error *err)
{
	*out = take_spare(lanes->spare);
	return *out ? SILT_OK : silt_search_new(lanes->matcher, lanes->collector->limits, out, err);
}

static void give_search(struct silt_spare_searches *spare, struct silt_search *search)
{
	bool kept = false;
	if (search && spare) {
		pthread_mutex_lock(&spare->lock);
		kept = spare->count < SILT_COUNT(spare->list);
		if (kept) {
			spare->list[spare->count++] = search;
		}
		pthread_mutex_unlock(&spare->lock);
	}
	if (!kept) {
		silt_search_free(search);
	}
}

void silt_lanes_done(struct silt_lanes *lanes)
{
	for (size_t lane = 0; lane < SILT_LANES; lane++) {
		give_search(lanes->spare, lanes->searches[lane]);
		silt_unsettled_done(&lanes->hits[lane]);
	}
	silt_wipe(&lanes->path, sizeof(lanes->path));
	*lanes = (struct silt_lanes){0};
}

static enum silt_status on_match(void *ctx, const struct silt_match *match, struct silt_error *err)
{
	struct silt_lanes *lanes = ctx;
	if (match->rule->identity) {
		silt_collect_shell(lanes->collector, &lanes->origin[lanes->lane], match);
		return SILT_OK;
	}
	if (match->rule->public_half) {
		return silt_collect_public(lanes->collector, &lanes->origin[lanes->lane], match, err);
	}
	if (match->rule->wanted) {
		return silt_collect_wanted(lanes->collector, &lanes->origin[lanes->lane], match, err);
	}
	return silt_unsettled_add(&lanes->hits[lanes->lane], &lanes->origin[lanes->lane], match, err);
}

/* The name that rules about files look at: that of the innermost file. */
static struct silt_bytes path_of(struct silt_lanes *lanes, const struct silt_hit *origin)
{
	const struct silt_record *record = lanes->collector->record;
	if (origin->place != SILT_HIT_BODY) {
		return silt_bytes(NULL, 0);
	}
	return origin->inner.len > 0 ? origin->inner
				     : silt_entry_path(record, &record->entries[origin->entry], &lanes->path);
}

enum silt_status silt_lane_open(struct silt_lanes *lanes, enum silt_lane lane, struct silt_hit origin,
				struct silt_error *err)
{
	lanes->open[lane] = true;
	if (!lanes->matcher) {
		return SILT_OK;
	}
	if (!lanes->searches[lane]) {
		enum silt_status status = take_search(lanes, &lanes->searches[lane], err);
		if (status != SILT_OK) {
			return status;
		}
	}
	lanes->origin[lane] = origin;
	silt_unsettled_clear(&lanes->hits[lane]);
	lanes->hits[lane].keep_secrets = lanes->keep_secrets;
	silt_search_begin(lanes->searches[lane], path_of(lanes, &lanes->origin[lane]), on_match, lanes);
	return SILT_OK;
}

enum silt_status silt_lane_feed(struct silt_lanes *lanes, enum silt_lane lane, struct silt_bytes bytes, bool last,
				struct silt_error *err)
{
	lanes->lane = lane;
	silt_pulse_beat(lanes->pulse);
	if (!lanes->matcher) {
		lanes->open[lane] = !last;
		return SILT_OK;
	}
	enum silt_status status = silt_search_feed(lanes->searches[lane], bytes, last, err);
	if (status != SILT_OK || !last) {
		return status;
	}
	lanes->open[lane] = false;
	status = silt_unsettled_settle(&lanes->hits[lane], lanes->collector, err);
	enum silt_limit_id limit = silt_search_overflowed(lanes->searches[lane]);
	if (status != SILT_OK || limit == SILT_LIMIT_NONE) {
		return status;
	}
	const struct silt_hit *origin = &lanes->origin[lane];
	return silt_collect_limit(lanes->collector, SILT_ANOMALY_MATCH_LIMIT, limit,
				  origin->place == SILT_HIT_BODY ? origin->entry : UINT32_MAX, origin->offset, err,
				  "a flood of matches; the rest was not looked at");
}

enum silt_status silt_lane_close(struct silt_lanes *lanes, enum silt_lane lane, struct silt_error *err)
{
	return lanes->open[lane] ? silt_lane_feed(lanes, lane, silt_bytes(NULL, 0), true, err) : SILT_OK;
}

enum silt_status silt_lane_string(struct silt_lanes *lanes, struct silt_hit origin, struct silt_bytes string,
				  struct silt_error *err)
{
	if (string.len == 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_lane_open(lanes, SILT_LANE_BODY, origin, err);
	return status == SILT_OK ? silt_lane_feed(lanes, SILT_LANE_BODY, string, true, err) : status;
}

/* ---- Headers ------------------------------------------------------------------------------------------------------- */

static enum silt_status match_field(struct silt_lanes *lanes, uint32_t entry, const char *field, struct silt_bytes text,
				    struct silt_error *err)
{
	return silt_lane_string(lanes, (struct silt_hit){.place = SILT_HIT_HEADER, .entry = entry, .field = field},
				text, err);
}

static enum silt_status match_xattr(struct silt_lanes *lanes, uint32_t entry, const struct silt_tar_xattr *xattr,
				    struct silt_error *err)
{
	char field[64] = "xattr ";
	size_t used = strlen(field);
	silt_escape_text(xattr->name, field + used, sizeof(field) - used);
	enum silt_status status = match_field(lanes, entry, field, xattr->value, err);
	return status == SILT_OK ? match_field(lanes, entry, "name of an xattr", xattr->name, err) : status;
}

static void drop_repeated(struct silt_record *record, size_t gap_hits, size_t fields_from)
{
	size_t kept = gap_hits;
	for (size_t i = gap_hits; i < record->hit_count; i++) {
		bool repeated = false;
		for (size_t field = fields_from; i < fields_from && field < record->hit_count && !repeated; field++) {
			repeated = memcmp(record->hits[i].value, record->hits[field].value, SILT_VALUE_ID_SIZE) == 0;
		}
		if (!repeated) {
			record->hits[kept++] = record->hits[i];
		}
	}
	record->hit_count = kept;
}

enum silt_status silt_match_header(struct silt_lanes *lanes, const struct silt_tar_entry *entry, uint32_t index,
				   size_t gap_hits, struct silt_error *err)
{
	struct silt_record *record = lanes->collector->record;
	size_t fields_from = record->hit_count;
	enum silt_status status = match_field(lanes, index, "name", entry->path, err);
	if (status == SILT_OK) {
		status = match_field(lanes, index, "link target", entry->link, err);
	}
	for (size_t i = 0; i < entry->xattr_count + entry->foreign_xattr_count && status == SILT_OK; i++) {
		status = match_xattr(lanes, index, &entry->xattrs[i], err);
	}
	if (record->hit_count > fields_from) {
		drop_repeated(record, gap_hits, fields_from);
	}
	return status;
}
