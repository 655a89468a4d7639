/* What a walk over the final tree of an image gives: who loses rights by no-new-privileges, and some lists of files. */
#include "audit/posture.h"

#include "audit/application.h"
#include "audit/sighting.h"

enum { SETUID = 04000, SETGID = 02000, GROUP_EXECUTES = 0010 };

struct tree {
	const struct silt_posture_work *work;
	const struct silt_access *access;
	struct silt_writable_walk writable;
	struct silt_shell_walk shells;
	struct silt_text_list losers, logs, locks, certificates;
};

/* ---- Programs that would lose rights ------------------------------------------------------------------------------- */

/* The kernel gives no script the rights of its owner. Nobody who is root gains anything by becoming it. */
static bool changes_user(const struct tree *tree, const struct silt_entry *meta, const struct silt_entry *content)
{
	if (content->program == SILT_PROGRAM_SCRIPT) {
		return false;
	}
	bool is_root = tree->access->known && tree->access->uid == 0;
	return (meta->mode & SETUID && !(is_root && meta->uid == 0)) ||
	       (meta->mode & SETGID && meta->mode & GROUP_EXECUTES && !is_root);
}

static enum silt_status see_file(struct tree *tree, struct silt_bytes path, const struct silt_node *node,
				 struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(tree->work);
	const struct silt_entry *meta = silt_entry_at(image, node->meta);
	const struct silt_entry *content = silt_entry_at(image, node->content);
	bool capable = silt_entry_capability(image->layers[node->content.layer], content).len > 0;
	if ((!capable && !changes_user(tree, meta, content)) || !silt_access_may_run(tree->access, node) ||
	    !silt_access_may_reach(tree->access, path)) {
		return SILT_OK;
	}
	return silt_text_list_add(&tree->losers, tree->work, path, true, err);
}

/* ---- Lists --------------------------------------------------------------------------------------------------------- */

/* Where a link to it makes a log of a file. */
static const char *const outputs[] = {"/dev/stdout",  "/dev/stderr",  "/proc/self/fd/1", "/proc/self/fd/2",
				      "/proc/1/fd/1", "/proc/1/fd/2", "/dev/fd/1",       "/dev/fd/2"};

/* In byte order. */
static const char *const lock_files[] = {
	"Cargo.lock",         "Gemfile.lock",  "Pipfile.lock",        "bun.lock",
	"bun.lockb",          "composer.lock", "deno.lock",           "go.sum",
	"gradle.lockfile",    "mix.lock",      "npm-shrinkwrap.json", "package-lock.json",
	"packages.lock.json", "pdm.lock",      "pnpm-lock.yaml",      "poetry.lock",
	"pubspec.lock",       "uv.lock",       "yarn.lock",
};

/* Where people put authorities, and no package does. */
static const char *const certificate_folders[] = {
	"usr/local/share/ca-certificates/", "etc/pki/ca-trust/source/anchors/",          "usr/share/pki/trust/anchors/",
	"etc/pki/trust/anchors/",           "etc/ca-certificates/trust-source/anchors/",
};

static bool is_certificate(const struct tree *tree, struct silt_bytes path, struct silt_place place)
{
	if (silt_heritage_of_layer(silt_posture_image(tree->work), place.layer) == SILT_HERITAGE_BASE) {
		return false;
	}
	for (size_t i = 0; i < SILT_COUNT(certificate_folders); i++) {
		if (silt_bytes_begin(path, certificate_folders[i])) {
			return true;
		}
	}
	return false;
}

/* Lock files of libraries that an application brought with it say nothing of it. */
static bool is_lock_file(struct silt_bytes path)
{
	return silt_is_text_of_sorted(silt_path_basename(path), lock_files, SILT_COUNT(lock_files)) &&
	       !silt_is_vendored(path);
}

static enum silt_status list_file(struct tree *tree, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	if (is_certificate(tree, path, node->content)) {
		return silt_text_list_add(&tree->certificates, tree->work, path, true, err);
	}
	return is_lock_file(path) ? silt_text_list_add(&tree->locks, tree->work, path, true, err) : SILT_OK;
}

static enum silt_status list_link(struct tree *tree, struct silt_bytes path, const struct silt_node *node,
				  struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(tree->work);
	const struct silt_entry *entry = silt_entry_at(image, node->content);
	struct silt_bytes target = silt_entry_link(image->layers[node->content.layer], entry);
	/* /dev/stdout itself is such a link in images that keep a /dev. */
	bool is_log = silt_is_text_of(target, outputs, SILT_COUNT(outputs)) &&
		      !silt_bytes_start_with(path, SILT_LITERAL("dev/"));
	return is_log ? silt_text_list_add(&tree->logs, tree->work, path, true, err) : SILT_OK;
}

/* ---- The walk ------------------------------------------------------------------------------------------------------ */

static enum silt_status visit(void *ctx, struct silt_bytes path, const struct silt_node *node, struct silt_error *err)
{
	struct tree *tree = ctx;
	enum silt_entry_type type = SILT_ENTRY_DIRECTORY;
	if (!silt_place_none(node->content)) {
		type = silt_entry_at(silt_posture_image(tree->work), node->content)->type;
	}
	enum silt_status status = silt_writable_see(&tree->writable, path, node, type, err);
	if (status == SILT_OK) {
		status = silt_shell_see(&tree->shells, path, node, type, err);
	}
	if (status == SILT_OK && type == SILT_ENTRY_FILE) {
		status = see_file(tree, path, node, err);
		return status == SILT_OK ? list_file(tree, path, node, err) : status;
	}
	return status == SILT_OK && type == SILT_ENTRY_SYMLINK ? list_link(tree, path, node, err) : status;
}

static enum silt_status end_lists(const struct tree *tree, struct silt_error *err)
{
	struct silt_posture *posture = tree->work->posture;
	const struct {
		const struct silt_text_list *from;
		struct silt_texts *to;
	} lists[] = {
		{&tree->losers, &posture->rights.losers},
		{&tree->shells.list, &posture->rights.shells},
		{&tree->logs, &posture->logs},
		{&tree->locks, &posture->lock_files},
		{&tree->certificates, &posture->certificates},
	};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(lists) && status == SILT_OK; i++) {
		status = silt_text_list_end(lists[i].from, tree->work, lists[i].to, err);
	}
	return status;
}

/* What was seen is there; that nothing more is, nobody knows while a layer is absent. */
static enum silt_answer is_free_of(const struct silt_texts *texts, bool partial)
{
	if (texts->total > 0) {
		return SILT_ANSWER_NO;
	}
	return partial ? SILT_ANSWER_UNKNOWN : SILT_ANSWER_YES;
}

static void conclude(const struct tree *tree)
{
	struct silt_posture *posture = tree->work->posture;
	bool partial = silt_image_is_partial(silt_posture_image(tree->work));
	posture->rights.no_new_privileges = is_free_of(&posture->rights.losers, partial);
	posture->rights.shell_free = is_free_of(&posture->rights.shells, partial);
	posture->writable_known = !partial;
}

enum silt_status silt_posture_tree(const struct silt_posture_work *work, const struct silt_access *access,
				   struct silt_error *err)
{
	struct tree tree = {
		.work = work, .access = access, .writable = {.work = work, .access = access}, .shells = {.work = work}};
	enum silt_status status = silt_rootfs_walk(silt_posture_image(work)->rootfs, visit, &tree, err);
	if (status == SILT_OK) {
		status = silt_writable_end(&tree.writable, err);
	}
	if (status == SILT_OK) {
		status = end_lists(&tree, err);
	}
	if (status == SILT_OK) {
		conclude(&tree);
	}
	silt_writable_done(&tree.writable);
	return status;
}
