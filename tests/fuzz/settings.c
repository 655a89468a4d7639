/* Fuzz target: texts as settings files. What is taken is whole and in order; what is refused has a place. */
#include "silt/settings.h"
#include "base/bytes.h"
#include "base/escape.h"
#include "base/secure.h"

#include <stdlib.h>

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static bool is_before(const struct silt_setting *a, const struct silt_setting *b)
{
	return a->line < b->line || (a->line == b->line && a->column < b->column);
}

static void check_setting(const struct silt_setting *setting)
{
	must(setting->key && *setting->key && setting->line > 0 && setting->column > 0);
	must(setting->list || setting->count == 1);
	for (size_t i = 0; i < setting->count; i++) {
		must(setting->values[i].text && setting->values[i].line >= setting->line);
		must(setting->values[i].column > 0);
	}
}

static void check_all(const struct silt_settings *settings)
{
	size_t count = 0;
	const struct silt_setting *items = silt_settings_get(settings, &count);
	for (size_t i = 0; i < count; i++) {
		check_setting(&items[i]);
		must(i == 0 || is_before(&items[i - 1], &items[i]));
		for (size_t k = 0; k < i; k++) {
			must(strcmp(items[i].key, items[k].key) != 0);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_error err = {0};
	struct silt_settings *settings = NULL;
	const struct silt_settings_file file = {"text", data, size};
	must(silt_secure_init(&err) == SILT_OK);
	const enum silt_status status = silt_settings_read(&file, &settings, &err);
	must(status == SILT_OK || status == SILT_ERR_USAGE);
	must((status == SILT_OK) == (settings != NULL));
	if (status == SILT_OK) {
		check_all(settings);
	} else {
		must(strncmp(err.text, "text:", 5) == 0 && err.text[5] >= '0' && err.text[5] <= '9');
	}
	silt_settings_free(settings);
	return 0;
}
