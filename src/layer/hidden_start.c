/* What hidden bytes begin with. */
#include "layer/hidden_start.h"

#include "base/secure.h"
#include "content/archive.h"

void silt_hidden_start_begin(struct silt_hidden_start *start, uint64_t at)
{
	start->open = true;
	start->at = at;
	start->len = 0;
}

void silt_hidden_start_done(struct silt_hidden_start *start)
{
	silt_wipe(start->bytes, start->len);
	*start = (struct silt_hidden_start){.at = start->at};
}

enum silt_status silt_hidden_start_end(struct silt_hidden_start *start, struct silt_collector *collector,
				       struct silt_error *err)
{
	if (!start->open) {
		return SILT_OK;
	}
	const struct silt_archive_format *format = silt_archive_sniff(silt_bytes(start->bytes, start->len));
	silt_hidden_start_done(start);
	if (!format || format->plain) {
		return SILT_OK;
	}
	return silt_collect_anomaly(collector, SILT_ANOMALY_NESTED_SEALED, UINT32_MAX, start->at, err,
				    "a %s behind the end, which is not opened", format->name);
}

enum silt_status silt_hidden_start_feed(struct silt_hidden_start *start, struct silt_collector *collector, uint64_t at,
					struct silt_bytes bytes, struct silt_error *err)
{
	if (!start->open || bytes.len == 0) {
		return SILT_OK;
	}
	const uint64_t next = start->at + start->len;
	const size_t skipped = next > at ? (size_t)(next - at) : 0;
	const struct silt_bytes piece = silt_bytes_slice(bytes, skipped, SILT_HIDDEN_START - start->len);
	if (piece.len > 0) {
		memcpy(start->bytes + start->len, piece.ptr, piece.len);
		start->len += piece.len;
	}
	return start->len == SILT_HIDDEN_START ? silt_hidden_start_end(start, collector, err) : SILT_OK;
}
