/* Which names a listing is about: a path, with its links resolved inside of the image, or a pattern. */
#include "forensics/choice.h"

#include "base/error.h"
#include "base/escape.h"
#include "base/path.h"
#include "forensics/fitting.h"
#include "forensics/glob.h"
#include "forensics/past.h"
#include "forensics/versions.h"

#include <string.h>

enum { NAME_SHOWN = 300 };

/* ---- The path ------------------------------------------------------------------------------------------------------ */

/* Where what is gone was: as links of the final tree still lead there. */
static void lead(struct silt_choice *choice)
{
	const struct silt_bytes path = silt_buffer_bytes(&choice->root);
	struct silt_bytes place;
	const bool leads = silt_places_lead(&choice->places, silt_path_parent(path), silt_path_basename(path), &place);
	silt_buffer_clear(&choice->place);
	silt_buffer_add(&choice->place, leads ? place : path);
}

enum silt_status silt_choice_of_path(struct silt_bytes path, const struct silt_image *image, struct silt_choice *choice,
				     struct silt_error *err)
{
	unsigned flags;
	*choice = (struct silt_choice){0};
	silt_places_begin(&choice->places, image);
	uint8_t *room = silt_buffer_extend(&choice->root, path.len);
	if (!room) {
		return silt_fail_memory(err);
	}
	silt_buffer_cut(&choice->root, silt_path_clean(path, room, &flags));
	lead(choice);
	return choice->place.failed || silt_places_failed(&choice->places) ? silt_fail_memory(err) : SILT_OK;
}

/* What the final tree has at the path; false: nothing. */
static bool find(const struct silt_image *image, struct silt_choice *choice, bool follow)
{
	struct silt_tree_node node;
	struct silt_entry_view view;
	const struct silt_bytes path = silt_buffer_bytes(&choice->root);
	if (!silt_tree_find(image, path, follow, &node)) {
		return false;
	}
	choice->follow = follow;
	const bool has_content = silt_image_entry(image, node.content.layer, node.content.index, &view);
	const bool found = silt_place_of(image, path, follow, &choice->place);
	/* Without content a folder that no layer has an entry for, and the root, are told from a hardlink to nothing. */
	choice->is_folder = has_content ? view.type == SILT_ENTRY_DIRECTORY
					: node.meta.layer == SIZE_MAX || choice->place.len == 0;
	return found;
}

void silt_choice_done(struct silt_choice *choice)
{
	silt_buffer_done(&choice->root);
	silt_buffer_done(&choice->place);
	silt_buffer_done(&choice->pattern);
	silt_places_done(&choice->places);
}

/* ---- What it takes ------------------------------------------------------------------------------------------------- */

bool silt_choice_takes_path(const struct silt_choice *choice, struct silt_bytes path)
{
	const struct silt_bytes place = silt_buffer_bytes(&choice->place);
	if (choice->glob) {
		return silt_listing_glob(place, path) ||
		       (choice->leads && silt_listing_glob(silt_buffer_bytes(&choice->pattern), path));
	}
	return silt_path_is_within(path, place) || silt_path_is_within(path, silt_buffer_bytes(&choice->root));
}

/* Where the tree of its layers has an entry, if it is not called so. `*leads` false: it is, or nobody knows. */
static enum silt_status place_of(struct silt_places *places, const struct silt_listed *listed, struct silt_bytes *place,
				 bool *leads, struct silt_error *err)
{
	const struct silt_bytes folder = listed->meta.folder;
	const size_t behind = listed->path.len > folder.len ? folder.len + 1 : folder.len;
	*leads = false;
	if (listed->layer == SIZE_MAX || folder.len == 0) {
		return SILT_OK;
	}
	const enum silt_status status = silt_places_of_layer(places, listed->layer, err);
	if (status == SILT_OK) {
		*leads = silt_places_lead(places, folder, silt_bytes_slice(listed->path, behind, listed->path.len),
					  place);
	}
	return status == SILT_OK && silt_places_failed(places) ? silt_fail_memory(err) : status;
}

enum silt_status silt_choice_takes_entry(struct silt_choice *choice, const struct silt_listed *listed, bool *takes,
					 struct silt_error *err)
{
	struct silt_bytes place;
	bool leads;
	*takes = silt_choice_takes_path(choice, listed->path);
	if (*takes) {
		return SILT_OK;
	}
	const enum silt_status status = place_of(&choice->places, listed, &place, &leads, err);
	/* The root has no name that a pattern could fit. */
	*takes = leads && !(choice->glob && place.len == 0) && silt_choice_takes_path(choice, place);
	return status;
}

bool silt_choice_takes_kind(const struct silt_list_options *options, const struct silt_listed *listed)
{
	const enum silt_entry_type type = silt_listed_type(listed);
	const struct silt_entry_view *meta = &listed->meta;
	const bool device = type == SILT_ENTRY_CHAR_DEVICE || type == SILT_ENTRY_BLOCK_DEVICE;
	if (options->setuid && (meta->whiteout || listed->implied || type != SILT_ENTRY_FILE ||
				((meta->mode & 06000) == 0 && listed->content.capability.len == 0))) {
		return false;
	}
	if (!options->type) {
		return true;
	}
	return !meta->whiteout &&
	       (strcmp(options->type, "device") == 0 ? device : strcmp(options->type, silt_entry_type_name(type)) == 0);
}

/* ---- What is not there --------------------------------------------------------------------------------------------- */

/* The last entry that was called so. */
struct former {
	struct silt_choice *choice;
	size_t layer, cause;
	bool met;
};

static enum silt_status look_for_former(void *ctx, const struct silt_listed *listed, struct silt_error *err)
{
	struct former *former = ctx;
	const struct silt_bytes wanted = silt_buffer_bytes(&former->choice->place);
	struct silt_bytes place;
	bool leads;
	const enum silt_status status = place_of(&former->choice->places, listed, &place, &leads, err);
	if (!listed->meta.whiteout && (silt_bytes_equal(listed->path, silt_buffer_bytes(&former->choice->root)) ||
				       silt_bytes_equal(leads ? place : listed->path, wanted))) {
		former->met = true;
		former->layer = listed->layer;
		former->cause = listed->meta.cause_layer;
	}
	return status;
}

enum silt_status silt_choice_none(struct silt_choice *choice, const struct silt_result *result,
				  const struct silt_image *image, struct silt_error *err)
{
	char shown[NAME_SHOWN];
	struct former former = {.choice = choice, .layer = SIZE_MAX, .cause = SIZE_MAX};
	(void)silt_escape_text(silt_buffer_bytes(&choice->root), shown, sizeof(shown));
	if (choice->glob) {
		(void)silt_escape_text(silt_buffer_bytes(&choice->pattern), shown, sizeof(shown));
		return silt_fail(err, SILT_ERR_USAGE, "no name fits '%s'.", shown);
	}
	const enum silt_status status = silt_versions_of_image(result, image, true, look_for_former, &former, err);
	if (status != SILT_OK) {
		return status;
	}
	if (!former.met) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no /%s in the image, and no layer %s had it.", shown,
				 silt_result_coverage(result)->complete ? "ever" : "that could be read");
	}
	if (former.layer == SIZE_MAX) {
		return silt_fail(err, SILT_ERR_USAGE,
				 "/%s is in a layer that the image does not have: silt ls --all shows it.", shown);
	}
	if (former.cause == SIZE_MAX) {
		return silt_fail(err, SILT_ERR_USAGE,
				 "/%s is not in the final tree, but in layer %zu: silt ls --all shows it.", shown,
				 former.layer + 1);
	}
	return silt_fail(err, SILT_ERR_USAGE,
			 "/%s is no more: layer %zu has it, and layer %zu hides it. silt ls --all and silt history "
			 "show it.",
			 shown, former.layer + 1, former.cause + 1);
}

/* ---- The whole choice ------------------------------------------------------------------------------------------------ */

struct name_search {
	struct silt_choice *choice;
	bool met;
};

static enum silt_status look_for_name(void *ctx, const struct silt_listed *listed, struct silt_error *err)
{
	struct name_search *search = ctx;
	return search->met ? SILT_OK : silt_choice_takes_entry(search->choice, listed, &search->met, err);
}

/* Whether a layer has something that is called as the path is, or lies in it: of what is gone the final tree knows nothing. */
static enum silt_status is_in_layers(struct silt_choice *choice, const struct silt_list_options *options,
				     const struct silt_result *result, const struct silt_image *image, bool *is,
				     struct silt_error *err)
{
	struct name_search search = {.choice = choice};
	const enum silt_status status = options->view == SILT_LIST_FINAL
						? SILT_OK
						: silt_versions_of_image(result, image, options->view == SILT_LIST_ALL,
									 look_for_name, &search, err);
	*is = search.met;
	return status;
}

static void make_pattern(struct silt_choice *choice, const struct silt_image *image)
{
	choice->glob = true;
	choice->pattern = choice->root;
	choice->root = (struct silt_buffer){0};
	silt_buffer_clear(&choice->place);
	choice->leads = silt_pattern_leads(image, silt_buffer_bytes(&choice->pattern), false, &choice->place);
	if (!choice->leads) {
		silt_buffer_add(&choice->place, silt_buffer_bytes(&choice->pattern));
	}
}

static enum silt_status make_path(const struct silt_list_options *options, struct silt_bytes asked,
				  struct silt_choice *choice, const struct silt_result *result,
				  const struct silt_image *image, struct silt_error *err)
{
	const bool slash = silt_bytes_end_with(asked, SILT_LITERAL("/"));
	bool found = (slash || !options->details) && find(image, choice, true) && choice->is_folder;
	if (found || find(image, choice, false)) {
		choice->met = true;
		return SILT_OK;
	}
	if (!silt_listing_is_glob(silt_buffer_bytes(&choice->root))) {
		return options->view == SILT_LIST_FINAL ? silt_choice_none(choice, result, image, err) : SILT_OK;
	}
	const enum silt_status status = is_in_layers(choice, options, result, image, &found, err);
	if (status == SILT_OK && !found) {
		make_pattern(choice, image);
	}
	return status;
}

enum silt_status silt_choice_make(const struct silt_list_options *options, const struct silt_result *result,
				  const struct silt_image *image, struct silt_choice *choice, struct silt_error *err)
{
	const struct silt_bytes asked = silt_bytes_text(options->path ? options->path : "/");
	enum silt_status status = silt_choice_of_path(asked, image, choice, err);
	if (status == SILT_OK) {
		status = make_path(options, asked, choice, result, image, err);
	}
	return choice->place.failed ? silt_fail_memory(err) : status;
}
