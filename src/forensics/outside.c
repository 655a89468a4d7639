/* What an entry is called outside of the image. */
#include "base/escape.h"
#include "base/secure.h"
#include "forensics/chosen.h"

#include <string.h>

#define ESCAPED_DOT "\\x2e"

enum {
	/* Bytes of a component outside: with the ending of a record and a number it must fit the 255 of file systems. */
	COMPONENT_MAX = 200,
	COMPONENT_KEPT = 180, /* of one that is cut; the rest tells it from others that begin alike */
};

/* A name of the image never ends as that of a record: whoever reads one must know that it is none of the image. */
static void add_name(struct silt_buffer *out, struct silt_bytes name)
{
	static const struct silt_bytes ending = SILT_LITERAL_INIT(".silt.json");
	if (!silt_bytes_end_with(name, ending)) {
		silt_buffer_add(out, name);
		return;
	}
	silt_buffer_add(out, silt_bytes_slice(name, 0, name.len - ending.len));
	silt_buffer_add_text(out, ESCAPED_DOT);
	silt_buffer_add(out, silt_bytes_slice(name, name.len - ending.len + 1, name.len));
}

/* A component that is too long is cut where no escape is, and told apart by a hash of all of it. */
static void add_component(struct silt_buffer *out, struct silt_bytes component)
{
	struct silt_buffer text = {0};
	silt_escape(&text, component);
	if (text.len > COMPONENT_MAX - strlen(ESCAPED_DOT)) {
		char cut[COMPONENT_KEPT];
		uint8_t hash[32];
		silt_sha256(component, hash);
		silt_buffer_clear(&text);
		silt_buffer_add_text(&text, silt_escape_text(component, cut, sizeof(cut)));
		silt_buffer_printf(&text, "~%02x%02x%02x%02x", hash[0], hash[1], hash[2], hash[3]);
	}
	add_name(out, silt_buffer_bytes(&text));
	out->failed = out->failed || text.failed;
	silt_buffer_done(&text);
}

void silt_chosen_name(const struct silt_chosen *chosen, const struct silt_entry_view *view,
		      const struct silt_extract_options *options, struct silt_buffer *out)
{
	struct silt_bytes rest = view->folder, name = view->name, component;
	if (chosen->path.ptr) {
		const size_t slash = silt_bytes_find_last_byte(chosen->path, '/');
		const size_t end = slash == SIZE_MAX ? 0 : slash;
		rest = silt_bytes_slice(chosen->path, 0, end);
		name = silt_bytes_slice(chosen->path, slash == SIZE_MAX ? 0 : end + 1, chosen->path.len);
	}
	if (chosen->layer == SIZE_MAX) {
		silt_buffer_printf(out, "stored-%03zu/", chosen->stored);
	} else if (options->from != SILT_EXTRACT_VISIBLE || options->layer != SIZE_MAX) {
		silt_buffer_printf(out, "layer-%03zu/", chosen->layer + 1);
	}
	while (silt_bytes_cut(&rest, '/', &component)) {
		add_component(out, component);
		silt_buffer_add_byte(out, '/');
	}
	if (name.len > 0) {
		add_component(out, name);
	} else {
		silt_buffer_add_text(out, "root");
	}
}
