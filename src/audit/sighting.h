/*
 * Sightings: where in the bundle a finding is, as far as layers and entries say it.
 *
 * Text is made in the context's arena. Layers and history lines are counted from 1 in text, from 0 in fields.
 */
#ifndef SILT_AUDIT_SIGHTING_H
#define SILT_AUDIT_SIGHTING_H

#include "audit/context.h"

/* Nowhere yet: no image, no layer, no cause, all text "", fate METADATA. */
struct silt_sighting silt_sighting_nowhere(void);

/* A layer of an image as a whole: place "layer 3". Fate METADATA: the layer is no file of the filesystem. */
enum silt_status silt_sight_layer(const struct silt_context *context, size_t image, size_t layer,
				  struct silt_sighting *out, struct silt_error *err);

/*
 * An entry in an image: place is its path, with fate and cause. A deletion mark gets the fate METADATA and a note, since
 * no runtime shows what it holds.
 */
enum silt_status silt_sight_entry(const struct silt_context *context, size_t image, struct silt_place place,
				  struct silt_sighting *out, struct silt_error *err);

/*
 * A member of the bundle: place and member are its name; fate UNREFERENCED, or METADATA if images speak of it. In a
 * bare rootfs it is a file of the one layer, with its path and fate: the members stand in the order of the entries.
 */
enum silt_status silt_sight_member(const struct silt_context *context, uint32_t member, struct silt_sighting *out,
				   struct silt_error *err);

/* The same of an entry of the bundle, be it a member or not. */
enum silt_status silt_sight_outer(const struct silt_context *context, uint32_t entry, struct silt_sighting *out,
				  struct silt_error *err);

/* An image by its config: place is `place`, member that of the config, fate METADATA. */
enum silt_status silt_sight_config(const struct silt_context *context, size_t image, const char *place,
				   struct silt_sighting *out, struct silt_error *err);

/*
 * A line of the history, counted from 0, with the instruction of the layer that it made, if it made one. `place` NULL:
 * "history line 4".
 */
enum silt_status silt_sight_history(const struct silt_context *context, size_t image, size_t line, const char *place,
				    struct silt_sighting *out, struct silt_error *err);

/* "/etc/passwd" for the clean path "etc/passwd". NULL if memory ran out. */
const char *silt_place_text(struct silt_arena *arena, struct silt_bytes path);

/*
 * For each member, whether it is a layer of a declared image, also of one that is not judged, unless only those that are
 * count (`judged`). Of the arena; NULL if memory ran out.
 */
const bool *silt_members_that_are_layers(const struct silt_context *context, bool judged);

/*
 * Of a member of a declared image that is not judged, whose it is: "of app:2, which was not chosen"; "" for any other
 * member that is no part of an image. Of the arena; NULL if memory ran out.
 */
const char *silt_unchosen_note(const struct silt_context *context, uint32_t member);

/* The entry of a place in an image. */
const struct silt_entry *silt_entry_at(const struct silt_audited_image *image, struct silt_place place);

/* Its cleaned path; valid as long as both `room`, which need not be initialised, and the records. */
struct silt_bytes silt_path_at(const struct silt_audited_image *image, struct silt_place place,
			       struct silt_path_room *room);

/* The path for people, as silt_place_text. */
const char *silt_path_text_at(struct silt_arena *arena, const struct silt_audited_image *image,
			      struct silt_place place);

/* The same of an entry of any record. */
const char *silt_entry_text(struct silt_arena *arena, const struct silt_record *record, uint32_t entry);

/* True if the node is a regular file, by whatever hardlink. */
bool silt_node_is_file(const struct silt_audited_image *image, const struct silt_node *node);

/* True if the image is the bundle itself, a bare rootfs: the members are its files. */
bool silt_image_is_bundle(const struct silt_context *context, size_t image);

/* Order of places: by layer, then by entry. */
int silt_place_compare(struct silt_place a, struct silt_place b);

#endif
