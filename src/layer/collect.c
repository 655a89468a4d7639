/* Anomalies and matches become items of a layer record. */
#include "layer/collect.h"

#include "base/secure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum silt_status silt_collector_init(struct silt_collector *collector, const struct silt_limits *limits,
				     struct silt_error *err)
{
	*collector = (struct silt_collector){
		.limits = silt_limits_or_default(limits),
		.record = calloc(1, sizeof(struct silt_record)),
	};
	if (!collector->record) {
		return silt_fail_memory(err);
	}
	collector->record->complete = true;
	return silt_secure_init(err);
}

void silt_collector_done(struct silt_collector *collector)
{
	silt_record_free(collector->record);
	collector->record = NULL;
}

/* Counts an anomaly, and keeps it with this text if its kind has few yet. */
static enum silt_status keep_anomaly(struct silt_collector *collector, struct silt_anomaly anomaly, const char *text,
				     struct silt_error *err)
{
	struct silt_record *record = collector->record;
	if (silt_anomaly_is_gap(anomaly.kind)) {
		record->complete = false;
	}
	if (record->anomaly_totals[anomaly.kind]++ >= SILT_ANOMALIES_PER_KIND_MAX) {
		return SILT_OK;
	}
	struct silt_bytes copy = silt_arena_copy(&record->arena, silt_bytes_text(text));
	if (!copy.ptr || !silt_grow((void **)&record->anomalies, record->anomaly_count, &collector->anomaly_capacity,
				    sizeof(*record->anomalies))) {
		return silt_fail_memory(err);
	}
	anomaly.text = (const char *)copy.ptr;
	record->anomalies[record->anomaly_count++] = anomaly;
	return SILT_OK;
}

enum silt_status silt_collect_anomaly(struct silt_collector *collector, enum silt_anomaly_kind kind, uint32_t entry,
				      uint64_t offset, struct silt_error *err, const char *format, ...)
{
	char text[SILT_ERROR_TEXT_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return keep_anomaly(collector, (struct silt_anomaly){.kind = kind, .entry = entry, .offset = offset}, text,
			    err);
}

enum silt_status silt_collect_limit(struct silt_collector *collector, enum silt_anomaly_kind kind,
				    enum silt_limit_id limit, uint32_t entry, uint64_t offset, struct silt_error *err,
				    const char *format, ...)
{
	char text[SILT_ERROR_TEXT_MAX], whole[SILT_ERROR_TEXT_MAX + SILT_LIMIT_HINT_MAX], hint[SILT_LIMIT_HINT_MAX];
	struct silt_anomaly anomaly = {.kind = kind, .limit = limit, .entry = entry, .offset = offset};
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	snprintf(whole, sizeof(whole), "%s%s", text, silt_limit_hint(collector->limits, limit, hint));
	return keep_anomaly(collector, anomaly, whole, err);
}

/* A copy of a C string; NULL stays NULL. `*ok` becomes false if memory ran out. */
static const char *keep_text(struct silt_arena *arena, const char *text, bool *ok)
{
	if (!text) {
		return NULL;
	}
	struct silt_bytes copy = silt_arena_copy(arena, silt_bytes_text(text));
	*ok = *ok && copy.ptr;
	return (const char *)copy.ptr;
}

enum silt_status silt_collect_hit(struct silt_collector *collector, const struct silt_hit *hit, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	struct silt_arena *arena = &record->arena;
	bool ok = true;
	if (record->hit_count >= collector->limits->value[SILT_LIMIT_SECRETS]) {
		return silt_collect_limit(collector, SILT_ANOMALY_MATCH_LIMIT, SILT_LIMIT_SECRETS, UINT32_MAX, 0, err,
					  "the layer has more secrets; the rest was not kept");
	}
	struct silt_hit kept = *hit;
	kept.field = keep_text(arena, hit->field, &ok);
	kept.preview = keep_text(arena, hit->preview, &ok);
	kept.facts = keep_text(arena, hit->facts, &ok);
	if (hit->inner.len > 0) {
		kept.inner = silt_arena_copy(arena, hit->inner);
		ok = ok && kept.inner.ptr;
	}
	if (hit->secret.len > 0) {
		kept.secret = silt_arena_copy(arena, hit->secret);
		ok = ok && kept.secret.ptr;
	}
	if (!ok || !silt_grow((void **)&record->hits, record->hit_count, &collector->hit_capacity, sizeof(kept))) {
		return silt_fail_memory(err);
	}
	record->hits[record->hit_count++] = kept;
	return SILT_OK;
}
