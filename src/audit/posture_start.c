/* What an image starts, and what that needs. */
#include "audit/posture.h"

#include "audit/entrypoint.h"
#include "audit/sighting.h"
#include "base/ascii.h"
#include "content/capability.h"

enum { SETUID = 04000, SETGID = 02000 };

/* Interpreters and loaders are started, too, but nobody would name them; nor bash of "#!/usr/bin/env bash". */
static bool is_named(const struct silt_entry_chain *chain, const struct silt_entry_link *link)
{
	const struct silt_entry_link *at = link;
	while (at->start == SILT_START_ARGUMENT) {
		at = &chain->links[at->starter]; /* an earlier one */
	}
	return at->start != SILT_START_INTERPRETER && link->start != SILT_START_LOADER &&
	       (link->found || link->certain);
}

static enum silt_status list_chain(const struct silt_posture_work *work, const struct silt_entry_chain *chain,
				   struct silt_error *err)
{
	struct silt_text_list list = {0};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < chain->count && status == SILT_OK; i++) {
		const struct silt_entry_link *link = &chain->links[i];
		if (is_named(chain, link)) {
			status = silt_text_list_add(&list, work, link->found ? link->path : link->written, link->found,
						    err);
		}
	}
	return status == SILT_OK ? silt_text_list_end(&list, work, &work->posture->start.chain, err) : status;
}

static enum silt_status set_init(const struct silt_posture_work *work, const struct silt_entry_chain *chain,
				 struct silt_error *err)
{
	const char **init = &work->posture->start.init;
	*init = "";
	for (size_t i = chain->count; i > 0; i--) {
		const struct silt_entry_link *link = &chain->links[i - 1];
		if (link->init && link->certain) {
			*init = link->found ? silt_posture_path(work, link->path)
					    : silt_posture_text(work, link->written);
		}
	}
	return *init ? SILT_OK : silt_fail_memory(err);
}

static enum silt_status set_drop(const struct silt_posture_work *work, const struct silt_entry_chain *chain,
				 struct silt_error *err)
{
	struct silt_posture_start *start = &work->posture->start;
	size_t at;
	const struct silt_fact *fact = silt_entry_fact(chain, SILT_FACT_SCRIPT_DROPS, &at);
	start->drops = start->drops_at = "";
	if (!fact) {
		return SILT_OK;
	}
	const char *path = silt_posture_path(work, chain->links[at].path);
	start->drops = silt_posture_text(work, silt_path_basename(fact->text));
	start->drops_at = path ? silt_arena_printf(work->context->arena, "%s, line %u", path, fact->line) : NULL;
	return start->drops && start->drops_at ? SILT_OK : silt_fail_memory(err);
}

/* ---- Capabilities of its files ------------------------------------------------------------------------------------- */

static struct silt_bytes capability_of(const struct silt_audited_image *image, const struct silt_entry_link *link)
{
	const struct silt_record *record = image->layers[link->node.content.layer];
	return silt_entry_capability(record, &record->entries[link->node.content.entry]);
}

/* "cap_net_raw" as options and manifests have it: "NET_RAW". */
static enum silt_status add_name(const struct silt_posture_work *work, struct silt_text_list *list,
				 struct silt_bytes name, struct silt_error *err)
{
	uint8_t upper[32];
	struct silt_bytes prefix = SILT_LITERAL("cap_");
	name = silt_bytes_slice(name, silt_bytes_start_with(name, prefix) ? prefix.len : 0, sizeof(upper));
	for (size_t i = 0; i < name.len; i++) {
		upper[i] = silt_is_lower(name.ptr[i]) ? (uint8_t)(name.ptr[i] & ~0x20) : name.ptr[i];
	}
	struct silt_bytes shown = silt_bytes(upper, name.len);
	for (size_t i = 0; i < list->count; i++) {
		if (silt_bytes_equal(shown, silt_bytes_text(list->items[i]))) {
			return SILT_OK;
		}
	}
	return silt_text_list_add(list, work, shown, false, err);
}

/* Of "cap_chown,cap_kill=eip cap_setuid=i" the names. */
static enum silt_status add_names(const struct silt_posture_work *work, struct silt_text_list *list,
				  struct silt_bytes value, struct silt_error *err)
{
	struct silt_capability capability;
	if (!silt_capability_parse(value, &capability)) {
		return SILT_OK;
	}
	struct silt_buffer text = {0};
	silt_capability_text(&capability, &text);
	struct silt_bytes rest = silt_buffer_bytes(&text), clause, name;
	enum silt_status status = text.failed ? silt_fail_memory(err) : SILT_OK;
	while (status == SILT_OK && silt_bytes_cut(&rest, ' ', &clause)) {
		struct silt_bytes names = silt_bytes_slice(clause, 0, silt_bytes_find_byte(clause, '='));
		while (status == SILT_OK && silt_bytes_cut(&names, ',', &name)) {
			status = add_name(work, list, name, err);
		}
	}
	silt_buffer_done(&text);
	return status;
}

static enum silt_status set_rights(const struct silt_posture_work *work, const struct silt_entry_chain *chain,
				   struct silt_error *err)
{
	const struct silt_audited_image *image = silt_posture_image(work);
	struct silt_posture_start *start = &work->posture->start;
	struct silt_text_list list = {0};
	enum silt_status status = SILT_OK;
	start->privileged = "";
	for (size_t i = 0; i < chain->count && status == SILT_OK; i++) {
		const struct silt_entry_link *link = &chain->links[i];
		if (!link->found || !link->executable) {
			continue;
		}
		struct silt_bytes capability = capability_of(image, link);
		bool changes = silt_entry_at(image, link->node.meta)->mode & (SETUID | SETGID) &&
			       link->kind != SILT_PROGRAM_SCRIPT;
		if ((capability.len > 0 || changes) && !start->privileged[0]) {
			start->privileged = silt_posture_path(work, link->path);
			status = start->privileged ? SILT_OK : silt_fail_memory(err);
		}
		status = status == SILT_OK ? add_names(work, &list, capability, err) : status;
	}
	return status == SILT_OK ? silt_text_list_end(&list, work, &start->capabilities, err) : status;
}

enum silt_status silt_posture_start(const struct silt_posture_work *work, struct silt_error *err)
{
	const struct silt_declared_image *declared = silt_posture_image(work)->declared;
	struct silt_entry_chain chain;
	if (!declared || declared->config_member == SILT_MEMBER_NONE) {
		return SILT_OK; /* nothing is known */
	}
	enum silt_status status = silt_entry_chain(work->context, work->image, &chain, err);
	if (status == SILT_OK) {
		status = list_chain(work, &chain, err);
	}
	if (status == SILT_OK) {
		status = set_init(work, &chain, err);
	}
	if (status == SILT_OK) {
		status = set_drop(work, &chain, err);
	}
	return status == SILT_OK ? set_rights(work, &chain, err) : status;
}
