/* Fuzz target: JSON documents, and everything that is read out of them. */
#include "base/json.h"
#include "bundle/config.h"
#include "bundle/inventory.h"

#include <stdlib.h>

static enum silt_status see_string(void *ctx, const char *path, struct silt_bytes string, bool is_key,
				   struct silt_error *err)
{
	(void)is_key;
	(void)err;
	*(size_t *)ctx += strlen(path) + string.len;
	return SILT_OK;
}

static void read_config(const struct silt_json *json)
{
	struct silt_arena arena = {0};
	struct silt_config config;
	struct silt_error err = {0};
	if (silt_config_read(json, &arena, &config, &err) != SILT_OK) {
		abort();
	}
	for (size_t i = 0; i < config.history_count; i++) {
		struct silt_buffer text = {0};
		silt_history_instruction(&config.history[i], &text);
		silt_buffer_done(&text);
	}
	silt_config_instruction(&config, 0, config.history_layers);
	silt_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_json *json = NULL;
	struct silt_error err = {0};
	if (silt_json_parse(silt_bytes(data, size), &json, &err) != SILT_OK) {
		if (err.status != SILT_ERR_INPUT || err.text[0] == '\0') {
			abort();
		}
		return 0;
	}
	size_t seen = 0;
	if (silt_json_each_string(json, see_string, &seen, &err) != SILT_OK) {
		abort();
	}
	for (size_t i = 0; silt_json_collision(json, i); i++) {
		seen++;
	}
	silt_document_classify(json);
	read_config(json);
	silt_json_free(json);
	return 0;
}
