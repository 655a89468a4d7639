/* What root runs. */
#include "audit/root_runs.h"

#include "audit/access.h"
#include "audit/entrypoint.h"
#include "base/path.h"

#include <stdlib.h>

/* Run by an init, or by the shell of whoever enters the container, at places that are not below /etc. */
static const char *const started[] = {
	"init", "root/.bash_profile", "root/.bashrc", "root/.profile", "root/.zshrc",
};

void silt_root_runs_done(struct silt_root_runs *runs)
{
	free(runs->list);
	*runs = (struct silt_root_runs){0};
}

static enum silt_status add(struct silt_root_runs *runs, const struct silt_case *of, struct silt_bytes path,
			    const char *by, struct silt_error *err)
{
	unsigned flags;
	struct silt_bytes copy = silt_arena_copy(of->context->arena, path);
	void *list = runs->list;
	if (!copy.ptr || !silt_grow(&list, runs->count, &runs->capacity, sizeof(*runs->list))) {
		return silt_fail_memory(err);
	}
	copy.len = silt_path_clean(copy, (uint8_t *)(uintptr_t)copy.ptr, &flags); /* our own copy */
	runs->list = list;
	runs->list[runs->count++] = (struct silt_root_run){copy, by};
	return SILT_OK;
}

static enum silt_status find_in_crontabs(struct silt_root_runs *runs, const struct silt_case *of, uint32_t layer,
					 struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	const struct silt_record *record = image->layers[layer];
	enum silt_status status = SILT_OK;
	for (size_t i = 0; record && i < record->fact_count && status == SILT_OK; i++) {
		const struct silt_fact *fact = &record->facts[i];
		struct silt_place place = {layer, fact->entry};
		if (fact->kind == SILT_FACT_CRON_PROGRAM &&
		    silt_rootfs_fate(image->rootfs, place).fate == SILT_FATE_VISIBLE) {
			status = add(runs, of, fact->text, "Cron runs", err);
		}
	}
	return status;
}

/* What the container starts, if it starts it as root; also what scripts among it start. */
static enum silt_status find_in_entrypoint(struct silt_root_runs *runs, const struct silt_case *of,
					   struct silt_error *err)
{
	struct silt_access access = silt_access_of(silt_case_image(of));
	struct silt_entry_chain chain = {0};
	if (!access.known || access.uid != 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_entry_chain(of->context, of->image, &chain, err);
	for (size_t i = 0; i < chain.count && status == SILT_OK; i++) {
		if (chain.links[i].found) {
			status = add(runs, of, chain.links[i].path, "The container runs", err);
		}
	}
	return status;
}

enum silt_status silt_root_runs_find(struct silt_root_runs *runs, const struct silt_case *of, struct silt_error *err)
{
	enum silt_status status = find_in_entrypoint(runs, of, err);
	for (size_t i = 0; i < SILT_COUNT(started) && status == SILT_OK; i++) {
		status = add(runs, of, silt_bytes_text(started[i]), "A shell or init runs", err);
	}
	for (uint32_t layer = 0; layer < silt_case_image(of)->layer_count && status == SILT_OK; layer++) {
		status = find_in_crontabs(runs, of, layer, err);
	}
	return status;
}

/* Whether the program of a run is there: a file that is not cannot be overwritten, though it can be made. */
static bool is_there(const struct silt_case *of, struct silt_bytes path)
{
	struct silt_node node;
	return silt_rootfs_find(silt_case_image(of)->rootfs, path, true, &node);
}

enum silt_status silt_root_runs_why(const struct silt_root_runs *runs, const struct silt_case *of,
				    const struct silt_file *file, const char **why, struct silt_error *err)
{
	*why = NULL;
	bool directory = file->type == SILT_ENTRY_DIRECTORY;
	for (size_t i = 0; i < runs->count; i++) {
		const struct silt_root_run *run = &runs->list[i];
		bool is_it = directory ? silt_path_is_within(run->path, file->path) && is_there(of, run->path)
				       : silt_bytes_equal(run->path, file->path);
		if (is_it) {
			const char *text = silt_place_text(of->context->arena, run->path);
			*why = text ? silt_arena_printf(of->context->arena, "%s %s as root.", run->by, text) : NULL;
			return *why ? SILT_OK : silt_fail_memory(err);
		}
	}
	return SILT_OK;
}
