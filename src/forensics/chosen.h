/* The entries that are extracted, and what they are called outside of the image. Internal to this folder. */
#ifndef SILT_FORENSICS_CHOSEN_H
#define SILT_FORENSICS_CHOSEN_H

#include "base/arena.h"
#include "base/buffer.h"
#include "silt/extract.h"

/* An entry, and the one whose bytes it shows: itself, or what a hardlink was linked to. */
struct silt_chosen {
	size_t stored, index; /* file of the bundle, entry of its tar */
	size_t layer;         /* of the image; SIZE_MAX: the image does not have it */
	struct silt_dig_item item;
	size_t same_as; /* number of an earlier one with the same bytes; SIZE_MAX: none */
	bool is_file;
	bool named; /* a name of the final tree stands for it */
	struct silt_bytes
		path; /* that name, if links in its folders make it another one than the layer has; else NULL */
};

struct silt_selection {
	struct silt_chosen *items; /* owns; by file of the bundle and entry */
	size_t count, capacity;
	struct silt_arena paths; /* owns */
};

/* Chooses. SILT_ERR_USAGE: nothing fits a pattern. */
enum silt_status silt_choose(const struct silt_result *result, size_t image, const struct silt_extract_options *options,
			     struct silt_selection *out, struct silt_error *err);
void silt_selection_done(struct silt_selection *choice);

/* Adds the name outside of the image, as struct silt_extract_sink says. */
void silt_chosen_name(const struct silt_chosen *chosen, const struct silt_entry_view *view,
		      const struct silt_extract_options *options, struct silt_buffer *out);

/* What is told of one of them beside its bytes. */
struct silt_provenance {
	const struct silt_result *result;
	size_t image;
	const struct silt_extract_options *options;
	const struct silt_chosen *chosen;
	const struct silt_entry_view *view;
	const char *name;      /* outside */
	const char *same_as;   /* name of the file with the same bytes; NULL: none */
	const uint8_t *sha256; /* of the bytes that were handed out; NULL: none were */
	uint64_t bytes;
};

/* Writes the record as JSON. */
enum silt_status silt_provenance_write(const struct silt_provenance *of, struct silt_buffer *out,
				       struct silt_error *err);

#endif
