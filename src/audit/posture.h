/*
 * Posture: what the facts say of an image as a whole (silt/posture.h), made when the checks are through.
 */
#ifndef SILT_AUDIT_POSTURE_H
#define SILT_AUDIT_POSTURE_H

#include "audit/access.h"
#include "audit/line_matches.h"
#include "base/attributes.h"
#include "base/limits.h"
#include "silt/posture.h"

/* One posture under work. */
struct silt_posture_work {
	const struct silt_context *context;
	size_t image;                      /* of context->images */
	struct silt_line_matches *matches; /* masks names; NULL: they are shown as they are */
	struct silt_posture *posture;
};

static inline const struct silt_audited_image *silt_posture_image(const struct silt_posture_work *work)
{
	return &work->context->images[work->image];
}

/*
 * Makes the posture of one image. `findings` are those of the whole bundle. `matches` as above. The result is of the
 * context's arena.
 */
enum silt_status silt_posture_make(const struct silt_context *context, size_t image, struct silt_line_matches *matches,
				   const struct silt_finding *findings, size_t finding_count,
				   const struct silt_posture **out, struct silt_error *err);

/* ---- Text: posture_text.c ------------------------------------------------------------------------------------------ */

/* Bytes of the image for people: escaped, masked, of the arena. NULL if memory ran out. */
const char *silt_posture_text(const struct silt_posture_work *work, struct silt_bytes bytes);
/* The same of the clean path of a file, with "/" in front. */
const char *silt_posture_path(const struct silt_posture_work *work, struct silt_bytes path);

/* A list that grows. The items are of the arena; what is beyond the limit is counted. */
struct silt_text_list {
	const char *items[SILT_POSTURE_LIST_MAX];
	size_t count;
	uint64_t total;
};

/* Adds bytes of the image, or a path. */
enum silt_status silt_text_list_add(struct silt_text_list *list, const struct silt_posture_work *work,
				    struct silt_bytes bytes, bool is_path, struct silt_error *err);
/* Ends a list: it is known. */
enum silt_status silt_text_list_end(const struct silt_text_list *list, const struct silt_posture_work *work,
				    struct silt_texts *out, struct silt_error *err);

/* ---- Parts of the work --------------------------------------------------------------------------------------------- */

/* posture_files.c: what needs a look at every entry of every layer: sizes, programs, owners. */
void silt_posture_size(const struct silt_posture_work *work);

/* posture_tree.c: what needs a walk over the final tree: rights, writable directories, lists of files. */
enum silt_status silt_posture_tree(const struct silt_posture_work *work, const struct silt_access *access,
				   struct silt_error *err);

/* posture_writable.c: the directories that the user can write to. One for a walk over the final tree, parents first. */
struct silt_writable_walk {
	const struct silt_posture_work *work;
	const struct silt_access *access;
	struct silt_posture_writable *items; /* owns */
	size_t count, capacity;
	struct silt_bytes top; /* arena: raw path of the last one; ptr NULL: none */
};

/* One name: `meta` NULL is a directory that no layer has an entry for. */
enum silt_status silt_writable_see(struct silt_writable_walk *walk, struct silt_bytes path,
				   const struct silt_node *node, enum silt_entry_type type, struct silt_error *err);
/* Sets the list in the posture. */
enum silt_status silt_writable_end(struct silt_writable_walk *walk, struct silt_error *err);
void silt_writable_done(struct silt_writable_walk *walk);

/* posture_shells.c: shells and interpreters, one name of each. For the same walk. */
struct silt_shell_walk {
	const struct silt_posture_work *work;
	struct silt_text_list list;
	struct silt_place contents[SILT_POSTURE_LIST_MAX]; /* of those listed */
	bool telling[SILT_POSTURE_LIST_MAX];               /* the name listed is that of a shell */
};

enum silt_status silt_shell_see(struct silt_shell_walk *walk, struct silt_bytes path, const struct silt_node *node,
				enum silt_entry_type type, struct silt_error *err);

/* posture_start.c: what runs first. */
enum silt_status silt_posture_start(const struct silt_posture_work *work, struct silt_error *err);

/* posture_identity.c: what the bundle says of the image from outside of it: attestations, signatures. */
void silt_posture_identity(const struct silt_posture_work *work);

#endif
