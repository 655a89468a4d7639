/* The table of budgets, for those who list them and for those who set them. */
#include "base/limits.h"

#include "base/bytes.h"
#include "base/escape.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

/* The limits are numbered from 1: 0 is none. */
static const struct silt_limit rows[] = {
#define ROW(id, name, unit, fallback, least, most, what, why)                                                          \
	{name, SILT_UNIT_##unit, fallback, least, most, what, why},
	SILT_LIMIT_ROWS(ROW)
#undef ROW
};

const struct silt_limits silt_default_limits = {
	.value =
		{
#define ROW(id, name, unit, fallback, least, most, what, why) [SILT_LIMIT_##id] = (fallback),
			SILT_LIMIT_ROWS(ROW)
#undef ROW
		},
};

size_t silt_limits_count(void)
{
	return SILT_COUNT(rows);
}

const struct silt_limit *silt_limits_get(size_t index)
{
	return &rows[index];
}

const struct silt_limit *silt_limits_find(const char *name)
{
	for (size_t i = 0; i < SILT_COUNT(rows); i++) {
		if (strcmp(rows[i].name, name) == 0) {
			return &rows[i];
		}
	}
	return NULL;
}

const char *silt_limit_name(enum silt_limit_id id)
{
	return id == SILT_LIMIT_NONE ? NULL : rows[id - 1].name;
}

/* A power of 1024 that divides the value gives the unit: what was set is shown, never something near it. */
static void write_bytes(uint64_t value, char *text, size_t size)
{
	static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
	size_t unit = 0;
	while (value > 0 && value % 1024 == 0 && unit + 1 < SILT_COUNT(units)) {
		value /= 1024;
		unit++;
	}
	snprintf(text, size, "%" PRIu64 " %s", value, units[unit]);
}

const char *silt_limit_text(enum silt_limit_unit unit, uint64_t value, char *text, size_t size)
{
	switch (unit) {
	case SILT_UNIT_NUMBER:
		snprintf(text, size, "%" PRIu64, value);
		break;
	case SILT_UNIT_BYTES:
		write_bytes(value, text, size);
		break;
	case SILT_UNIT_SECONDS:
		snprintf(text, size, "%" PRIu64 " s", value);
		break;
	case SILT_UNIT_RATIO:
		snprintf(text, size, "%" PRIu64 ":1", value);
		break;
	}
	return text;
}

const char *silt_limit_hint(const struct silt_limits *limits, enum silt_limit_id id,
			    char text[static SILT_LIMIT_HINT_MAX])
{
	*text = '\0';
	if (id != SILT_LIMIT_NONE) {
		const struct silt_limit *row = &rows[id - 1];
		char value[SILT_LIMIT_TEXT_MAX];
		silt_limit_text(row->unit, limits->value[id], value, sizeof(value));
		bool settled = limits->value[id] == row->most;
		snprintf(text, SILT_LIMIT_HINT_MAX, " (the limit %s is %s%s%s%s)", row->name, value,
			 settled ? "" : "; --limit ", settled ? "" : row->name, settled ? "" : "=VALUE raises it");
	}
	return text;
}

static enum silt_status set_one(struct silt_limits *limits, const struct silt_limit_setting *setting,
				struct silt_error *err)
{
	const struct silt_limit *row = silt_limits_find(setting->name);
	if (!row) {
		char shown[64];
		return silt_fail(err, SILT_ERR_USAGE, "no limit is called '%s'; 'silt limits' shows them all",
				 silt_escape_text(silt_bytes_text(setting->name), shown, sizeof(shown)));
	}
	if (setting->value < row->least || setting->value > row->most) {
		return silt_fail(err, SILT_ERR_USAGE,
				 "the limit %s can be set from %" PRIu64 " to %" PRIu64 ", not to %" PRIu64, row->name,
				 row->least, row->most, setting->value);
	}
	limits->value[row - rows + 1] = setting->value;
	return SILT_OK;
}

enum silt_status silt_limits_set(struct silt_limits *limits, const struct silt_limit_setting *settings, size_t count,
				 struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	*limits = silt_default_limits;
	for (size_t i = 0; i < count && status == SILT_OK; i++) {
		status = set_one(limits, &settings[i], err);
	}
	return status;
}
