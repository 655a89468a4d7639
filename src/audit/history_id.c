/* Identity of lines of history. */
#include "audit/history_id.h"

#include "base/attributes.h"
#include "base/encoding.h"
#include "base/secure.h"

const char *silt_history_id(const struct silt_history *line, char out[static SILT_HISTORY_ID_SIZE])
{
	const struct silt_bytes parts[] = {line->created, line->created_by, line->comment, line->author,
					   silt_bytes_text(line->empty_layer ? "empty" : "")};
	uint8_t id[(SILT_HISTORY_ID_SIZE - 1) / 2];
	out[0] = '\0';
	if (line->plain) {
		silt_keyed_hash("history-line", parts, SILT_COUNT(parts), id, sizeof(id));
		silt_hex(silt_bytes(id, sizeof(id)), out);
	}
	return out;
}
