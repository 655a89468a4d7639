/* A read-only root, and what has to be writable all the same. */
#include "report/run_plan.h"

#include <inttypes.h>
#include <string.h>

/* What an empty filesystem of it may be: its size is an example. */
#define TMPFS "rw,noexec,nosuid,nodev,size=64m"

static void add_mount(struct silt_run_plan *plan, const char *path, bool volume, const char *reason)
{
	if (plan->mount_count < SILT_RUN_MOUNTS_MAX) {
		plan->mounts[plan->mount_count++] = (struct silt_run_mount){path, reason, volume};
	}
}

static void add_tmpfs(struct silt_run_plan *plan, const char *path, const char *owner, const char *reason)
{
	silt_run_offer(plan, "--tmpfs", silt_run_text(plan, "%s:" TMPFS "%s", path, owner), reason);
	add_mount(plan, path, false, reason);
}

/* "cache" for "/var/cache": what a volume for it may be called. */
static const char *last_word(struct silt_run_plan *plan, const char *path)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	const char *slash = strrchr(path, '/');
	size_t len = strspn(slash + 1, letters);
	return len > 0 ? silt_run_text(plan, "%.*s", (int)len, slash + 1) : "data";
}

static void leave_volume(struct silt_run_plan *plan, const char *path, const char *reason)
{
	silt_run_leave(plan, "--volume", silt_run_text(plan, "%s:%s", last_word(plan, path), path), reason);
}

static const char *held(bool directories, uint64_t count)
{
	static const char *const words[2][2] = {{"file", "files"}, {"directory", "directories"}};
	return words[directories][count != 1];
}

static void add_writable(struct silt_run_plan *plan, const struct silt_posture_writable *item)
{
	enum { OTHERS_WRITE = 0002 };
	if (item->volume || !item->mountable) {
		return; /* writable in any case; in no option */
	}
	bool open = item->mode & OTHERS_WRITE;
	/* Directories below one that is open to everybody are left-overs of the build; others are made to be found. */
	bool laid_out = item->files == 0 && item->directories > 0 && !open;
	if (item->files > 0 || laid_out) {
		uint64_t count = laid_out ? item->directories : item->files;
		leave_volume(plan, item->path,
			     silt_run_text(plan,
					   "only if it writes there: it holds %" PRIu64 " %s, which an empty "
					   "filesystem would hide and a new volume copies",
					   count, held(laid_out, count)));
		return;
	}
	const char *owner = item->uid == 0 && item->gid == 0
				    ? silt_run_text(plan, ",mode=%04o", item->mode)
				    : silt_run_text(plan, ",uid=%" PRIu64 ",gid=%" PRIu64 ",mode=%04o", item->uid,
						    item->gid, item->mode);
	add_tmpfs(plan, item->path, owner,
		  open ? "everybody may write there, and nothing is in it"
		       : silt_run_text(plan, "uid %" PRIu64 " may write there, and nothing is in it", item->uid));
}

static bool has_mount(const struct silt_run_plan *plan, const char *path)
{
	for (size_t i = 0; i < plan->mount_count; i++) {
		if (strcmp(plan->mounts[i].path, path) == 0) {
			return true;
		}
	}
	return false;
}

/* Whoever is root may write anywhere, and most do here. */
static void add_those_of_root(struct silt_run_plan *plan)
{
	if (silt_run_is_user(plan)) {
		return;
	}
	if (!has_mount(plan, "/tmp")) {
		add_tmpfs(plan, "/tmp", ",mode=1777", "root may write there, as most programs do");
	}
	if (!has_mount(plan, "/run")) {
		add_tmpfs(plan, "/run", ",mode=0755", "root may write there, as most servers do");
	}
}

static void add_volumes(struct silt_run_plan *plan)
{
	const struct silt_texts *volumes = &plan->posture->volumes;
	for (size_t i = 0; i < volumes->count; i++) {
		const char *path = volumes->items[i];
		if (path[0] == '/' && path[1] && !strpbrk(path, ":,\\*")) {
			const char *reason = "a VOLUME of the image: without a name each container gets a new one";
			leave_volume(plan, path, reason);
			add_mount(plan, path, true, reason);
		}
	}
}

static const char *read_only_reason(struct silt_run_plan *plan)
{
	if (!silt_run_is_user(plan)) {
		return "what is mostly written is mounted below; root may write elsewhere: try, and ask docker diff";
	}
	if (!plan->posture->writable_known) {
		return "a layer is absent, so that nobody knows what its user may write to: try";
	}
	return silt_run_text(plan, "uid %" PRIu64 " can write to nothing in the image but what is mounted below%s",
			     plan->posture->user.uid, plan->posture->writable_count > 0 ? "" : ", which is nothing");
}

void silt_run_plan_mounts(struct silt_run_plan *plan)
{
	plan->read_only_reason = read_only_reason(plan);
	silt_run_offer(plan, "--read-only", "", plan->read_only_reason);
	for (size_t i = 0; i < plan->posture->writable_count; i++) {
		add_writable(plan, &plan->posture->writable[i]);
	}
	add_those_of_root(plan);
	add_volumes(plan);
}
