/* What a reader says, as text. */
#include "reading.h"

#include <stdlib.h>

static const char *const kinds[] = {"deb", "apk", "rpm", "python", "npm", "gem", "java"};

static void add(struct silt_buffer *out, struct silt_bytes field)
{
	silt_buffer_add_byte(out, ' ');
	silt_buffer_add(out, field.len > 0 ? field : silt_bytes("-", 1));
}

static enum silt_status take(void *ctx, const struct silt_sbom_found *found, struct silt_error *err)
{
	(void)err;
	struct silt_buffer *out = ctx;
	silt_buffer_add_text(out, kinds[found->kind]);
	add(out, found->group);
	add(out, found->name);
	add(out, found->version);
	add(out, found->arch);
	add(out, found->platform);
	add(out, found->source);
	add(out, found->inner);
	silt_buffer_add_byte(out, '\n');
	return SILT_OK;
}

struct silt_buffer reading_of(const char *path, struct silt_bytes body)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	const struct silt_sbom_sink sink = {take, &out};
	const struct silt_sbom_place *place = silt_sbom_place_at(silt_bytes_text(path));
	const char *why = NULL;
	if (!place || place->read(silt_bytes_text(path), body, &sink, &why, &err) != SILT_OK) {
		abort();
	}
	if (why) {
		silt_buffer_printf(&out, "! %s\n", why);
	}
	return out;
}
