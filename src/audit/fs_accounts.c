/* Lists of accounts and rights that others than root may change, or read though they hold hashes of passwords. */
#include "audit/file_checks.h"

enum { GROUP_WRITES = 0020, OTHERS_WRITE = 0002, OTHERS_READ = 0004 };

struct state {
	struct silt_case of;
};

struct list {
	const char *path;
	bool hashes; /* of passwords: nobody but root may read it */
};

static const struct list lists[] = {
	{"etc/group", false}, {"etc/gshadow", true}, {"etc/gshadow-", true}, {"etc/passwd", false},
	{"etc/shadow", true}, {"etc/shadow-", true}, {"etc/sudoers", false},
};

/* What is wrong with a mode, or NULL. */
static const char *trouble_of(unsigned mode, bool hashes)
{
	if (mode & OTHERS_WRITE) {
		return "every user may write it";
	}
	if (mode & GROUP_WRITES) {
		return "its group may write it";
	}
	return hashes && (mode & OTHERS_READ) ? "every user may read the hashes of passwords in it" : NULL;
}

/* Root's group on passwd is how OpenShift lets an arbitrary uid add its own line. */
static bool is_openshift_habit(struct silt_bytes path, const struct silt_entry *meta)
{
	return silt_bytes_equal(path, SILT_LITERAL("etc/passwd")) && meta->gid == 0 && !(meta->mode & OTHERS_WRITE);
}

static enum silt_status check(const struct silt_case *of, struct silt_bytes path, const struct silt_node *node,
			      bool hashes, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	struct silt_arena *arena = of->context->arena;
	const struct silt_entry *meta = silt_node_is_file(image, node) ? silt_entry_at(image, node->meta) : NULL;
	const char *trouble = meta ? trouble_of(meta->mode, hashes) : NULL;
	if (!trouble) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "fs-passwd-writable",
		.severity = is_openshift_habit(path, meta) ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, path),
		.detail = silt_arena_printf(arena, "Mode %04o, owner %u:%u: %s.", (unsigned)meta->mode, meta->uid,
					    meta->gid, trouble),
		.identity = path,
	};
	return telling.detail ? silt_tell_entry(of, &telling, node->meta, err) : silt_fail_memory(err);
}

/* Files of etc/sudoers.d are seen as they come; the others may be links, and are looked up. */
static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	const struct state *state = ctx;
	struct silt_bytes folder = SILT_LITERAL("etc/sudoers.d");
	return silt_path_is_within(file->path, folder) && file->path.len > folder.len
		       ? check(&state->of, file->path, &file->node, false, err)
		       : SILT_OK;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(lists) && status == SILT_OK; i++) {
		struct silt_bytes path = silt_bytes_text(lists[i].path);
		struct silt_node node;
		if (silt_rootfs_find(silt_case_image(&state->of)->rootfs, path, true, &node)) {
			status = check(&state->of, path, &node, lists[i].hashes, err);
		}
	}
	return status;
}

const struct silt_file_check silt_files_accounts = {
	.name = "lists of accounts",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
};
