/* What the writers of both formats share: names, times, facts, and one value after the other. */
#include "sbom/document.h"

#include "base/ascii.h"
#include "base/date.h"
#include "base/escape.h"
#include "stream/digest.h"

#include <stdio.h>

enum { DAY = 24 * 60 * 60, SECONDS_LEN = sizeof("2024-01-02T03:04:05") - 1 };

/* ---- The document as a whole --------------------------------------------------------------------------------------- */

/* Seconds that a clock is ahead whose time ends so: ".678+02:00". 0 for "Z", and for what is no offset. */
static int64_t offset_of(struct silt_bytes end)
{
	enum { HOURS = 1, MINUTES = 4, LEN = 6 };
	uint64_t hours, minutes;
	size_t at = silt_bytes_begin(end, ".") ? 1 : 0;
	while (at < end.len && silt_is_digit(end.ptr[at])) {
		at++;
	}
	end = silt_bytes_slice(end, at, end.len);
	if (end.len != LEN || (end.ptr[0] != '+' && end.ptr[0] != '-') || end.ptr[MINUTES - 1] != ':' ||
	    silt_decimal(silt_bytes_slice(end, HOURS, 2), 2, &hours) != 2 ||
	    silt_decimal(silt_bytes_slice(end, MINUTES, 2), 2, &minutes) != 2) {
		return 0;
	}
	const int64_t seconds = (int64_t)(hours * 3600 + minutes * 60);
	return end.ptr[0] == '-' ? -seconds : seconds;
}

/* "2024-01-02T03:04:05.678+02:00", as configs have it, or a day alone; 0 if it is neither, or before 1970. */
static int64_t moment_of(const char *created)
{
	struct silt_bytes text = silt_bytes_text(created);
	char seconds[32];
	int64_t moment = 0;
	if (silt_date_read(text, &moment)) {
		moment -= offset_of(silt_bytes_slice(text, SECONDS_LEN, text.len));
		return moment > 0 ? moment : 0;
	}
	(void)snprintf(seconds, sizeof(seconds), "%.19sZ", created);
	if (!silt_date_read(silt_bytes_text(seconds), &moment)) {
		silt_date_read(silt_bytes_slice(text, 0, 10), &moment);
	}
	return moment;
}

static void write_time(struct silt_sbom_document *document)
{
	const int64_t *given = document->options->now;
	const int64_t moment = !given ? moment_of(document->image->created) : *given > 0 ? *given : 0;
	const unsigned rest = (unsigned)(moment % DAY);
	char day[SILT_DATE_SIZE];
	silt_date_text(moment, day);
	(void)snprintf(document->time, sizeof(document->time), "%.10sT%02u:%02u:%02uZ", day, rest / 3600,
		       rest / 60 % 60, rest % 60);
}

static void hash_text(struct silt_hasher *hasher, const char *text)
{
	silt_hasher_add(hasher, silt_bytes(text, strlen(text) + 1));
}

enum silt_status silt_sbom_document_begin(struct silt_sbom_document *document, struct silt_error *err)
{
	struct silt_hasher *hasher = NULL;
	struct silt_digest digest;
	const enum silt_status status = silt_hasher_new(&hasher, err);
	if (status != SILT_OK) {
		return status;
	}
	write_time(document);
	hash_text(hasher, silt_sbom_format_name(document->options->format));
	hash_text(hasher, document->options->all ? "all" : "visible");
	hash_text(hasher, document->inventory->whole ? "whole" : "incomplete");
	hash_text(hasher, document->time);
	hash_text(hasher, silt_sbom_image_name(document->image));
	hash_text(hasher, document->image->config_digest);
	for (size_t i = 0; i < document->image->layer_count; i++) {
		hash_text(hasher, document->image->layers[i].diff_id);
	}
	silt_hasher_end(hasher, &digest);
	silt_hasher_free(hasher);
	/* RFC 9562 section 5.8: version 8, whose bits are our own. */
	uint8_t *b = digest.sha256;
	b[6] = (uint8_t)((b[6] & 0x0f) | 0x80);
	b[8] = (uint8_t)((b[8] & 0x3f) | 0x80);
	(void)snprintf(document->uuid, sizeof(document->uuid),
		       "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3],
		       b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
	return SILT_OK;
}

const char *silt_sbom_image_name(const struct silt_image *image)
{
	if (image->name_count > 0) {
		return image->names[0];
	}
	return image->config_digest[0] != '\0' ? image->config_digest : "image";
}

/* ---- A package ----------------------------------------------------------------------------------------------------- */

bool silt_sbom_is_told(const struct silt_sbom_document *document, const struct silt_sbom_package *package)
{
	return document->options->all || package->fate == SILT_FATE_VISIBLE;
}

const char *silt_sbom_id(const struct silt_sbom_package *package, char text[static SILT_SBOM_ID_SIZE])
{
	for (size_t i = 0; i < sizeof(package->id); i++) {
		(void)snprintf(text + 2 * i, 3, "%02x", package->id[i]);
	}
	return text;
}

void silt_sbom_text(struct silt_sbom_document *document, struct silt_json_writer *w, const char *key,
		    struct silt_bytes text)
{
	const char *escaped = silt_escape_copy(&document->arena, text);
	silt_json_write_text(w, key, escaped ? escaped : "");
	document->outlet.out.failed = document->outlet.out.failed || !escaped;
}

/* A C string of the arena. */
static const char *kept(struct silt_sbom_document *document, struct silt_bytes text)
{
	const struct silt_bytes copy = silt_arena_copy(&document->arena, text);
	document->outlet.out.failed = document->outlet.out.failed || !copy.ptr;
	return copy.ptr ? (const char *)copy.ptr : "";
}

const char *silt_sbom_purl_text(struct silt_sbom_document *document, const struct silt_sbom_found *found)
{
	struct silt_buffer purl = {0};
	silt_sbom_purl(&purl, document->inventory, found);
	document->outlet.out.failed = document->outlet.out.failed || purl.failed;
	const char *text = kept(document, silt_buffer_bytes(&purl));
	silt_buffer_done(&purl);
	return text;
}

static const char *number_text(struct silt_sbom_document *document, size_t number)
{
	char text[24];
	(void)snprintf(text, sizeof(text), "%zu", number);
	return kept(document, silt_bytes_text(text));
}

static const char *path_text(struct silt_sbom_document *document, struct silt_bytes path, struct silt_bytes inner)
{
	struct silt_buffer text = {0};
	silt_buffer_add_byte(&text, '/');
	silt_escape(&text, path);
	if (inner.len > 0) {
		silt_buffer_add_byte(&text, '!');
		silt_escape(&text, inner);
	}
	document->outlet.out.failed = document->outlet.out.failed || text.failed;
	const char *copy = kept(document, silt_buffer_bytes(&text));
	silt_buffer_done(&text);
	return copy;
}

bool silt_sbom_fact_at(struct silt_sbom_document *document, const struct silt_sbom_package *package, size_t row,
		       struct silt_sbom_fact *out)
{
	const size_t layer = package->first->name.layer;
	switch (row) {
	case 0:
		*out = (struct silt_sbom_fact){"silt:layer", number_text(document, layer + 1)};
		return true;
	case 1:
		*out = (struct silt_sbom_fact){"silt:diff_id", document->image->layers[layer].diff_id};
		return true;
	case 2:
		*out = (struct silt_sbom_fact){"silt:path",
					       path_text(document, package->last->path, package->found.inner)};
		return true;
	case 3:
		*out = (struct silt_sbom_fact){"silt:evidence", package->last->place->name};
		return true;
	case 4:
		*out = (struct silt_sbom_fact){"silt:fate", silt_fate_name(package->fate)};
		return true;
	case 5:
		if (package->hidden_by >= document->image->layer_count) {
			return false;
		}
		*out = (struct silt_sbom_fact){"silt:hidden_by", number_text(document, package->hidden_by + 1)};
		return true;
	default:
		return false;
	}
}

/* ---- Writing ------------------------------------------------------------------------------------------------------- */

static enum silt_status value_out(struct silt_sbom_document *document, silt_sbom_write_fn *write, const void *what,
				  struct silt_error *err)
{
	struct silt_json_writer *w = NULL;
	enum silt_status status = silt_json_writer_new(&w, err);
	if (status == SILT_OK) {
		write(document, w, what);
		status = silt_json_writer_end_line(w, &document->outlet.out, err);
	}
	silt_json_writer_free(w);
	silt_arena_done(&document->arena);
	return status;
}

enum silt_status silt_sbom_line_out(struct silt_sbom_document *document, const char *before, silt_sbom_write_fn *write,
				    const void *what, struct silt_error *err)
{
	silt_buffer_add_text(&document->outlet.out, before);
	const enum silt_status status = value_out(document, write, what, err);
	return status == SILT_OK ? silt_outlet_flush(&document->outlet) : status;
}

enum silt_status silt_sbom_head_out(struct silt_sbom_document *document, silt_sbom_write_fn *write,
				    struct silt_error *err)
{
	const enum silt_status status = value_out(document, write, NULL, err);
	struct silt_buffer *out = &document->outlet.out;
	if (status == SILT_OK && !out->failed) {
		silt_buffer_cut(out, out->len - strlen("}\n"));
	}
	return status;
}
