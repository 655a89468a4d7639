/* What the script does that an image starts with. */
#include "audit/config_checks.h"

#include "audit/entry_words.h"
#include "audit/entrypoint.h"
#include "audit/name_list.h"
#include "audit/sighting.h"
#include "base/escape.h"

#include <inttypes.h>

/* ---- Init ---------------------------------------------------------------------------------------------------------- */

/* True if the "#!" line names a shell, itself or through env, and no init before it. */
static enum silt_status reads_as_shell(const struct silt_case *of, struct silt_bytes interpreter, bool *out,
				       struct silt_error *err)
{
	struct silt_words words;
	struct silt_started started = {.words = {0}};
	enum silt_status status = silt_words_split(interpreter, of->context->arena, &words, err);
	*out = false;
	if (status == SILT_OK && words.count > 0) {
		bool env = silt_bytes_equal(silt_path_basename(words.items[0]), SILT_LITERAL("env"));
		status = env ? silt_words_start(words, of->context->arena, &started, err) : SILT_OK;
		words = env ? started.words : words;
		*out = words.count > 0 && silt_word_is_shell(words.items[0]);
	}
	return status;
}

/* No facts are read from longer ones (content/fact_script.c). */
enum { SCRIPT_READ_MAX = 64 * 1024 };

/* The script that the runtime starts, itself or by a shell that reads it; NULL if it starts something else. */
static const struct silt_entry_link *first_script(const struct silt_entry_chain *chain)
{
	const struct silt_entry_link *first = chain->count > 0 ? &chain->links[0] : NULL;
	for (size_t i = 1; i < chain->count; i++) {
		if (chain->links[i].start == SILT_START_READ && chain->links[i].starter == 0) {
			first = &chain->links[i];
		}
	}
	return first && !first->init && first->found && first->program && first->kind == SILT_PROGRAM_SCRIPT ? first
													     : NULL;
}

static bool has_fact(const struct silt_entry_link *link, enum silt_fact_kind kind)
{
	for (size_t i = 0; i < link->fact_count; i++) {
		if (link->facts[i].kind == kind) {
			return true;
		}
	}
	return false;
}

static enum silt_status check_init(const struct silt_case *of, const struct silt_entry_chain *chain,
				   struct silt_error *err)
{
	const struct silt_entry_link *script = first_script(chain);
	bool shell = false;
	if (!script || has_fact(script, SILT_FACT_SCRIPT_EXECS) ||
	    silt_entry_at(silt_case_image(of), script->node.content)->size > SCRIPT_READ_MAX) {
		return SILT_OK;
	}
	enum silt_status status = reads_as_shell(of, script->program->interpreter, &shell, err);
	if (status != SILT_OK || !shell) {
		return status;
	}
	struct silt_telling telling = {
		.rule = "config-no-init",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_place_text(of->context->arena, script->path),
		.detail = "The script stays process 1 while its program runs: it neither passes the signal to stop on "
			  "nor reaps processes that others left.",
		.identity = script->path,
	};
	return silt_tell_entry(of, &telling, script->node.meta, err);
}

/* ---- Rewriting of configuration ------------------------------------------------------------------------------------ */

static const char *list_edits(struct silt_arena *arena, const struct silt_entry_link *link)
{
	enum { FILE_TOLD_MAX = 80 };
	struct silt_name_list list = {.count = 0};
	for (size_t i = 0; i < link->fact_count; i++) {
		const struct silt_fact *fact = &link->facts[i];
		if (fact->kind == SILT_FACT_SCRIPT_EDITS_ETC) {
			const char *file = silt_escape_cut(arena, fact->text, FILE_TOLD_MAX);
			const char *item = file ? silt_arena_printf(arena, "%s (line %" PRIu32 ")", file, fact->line)
						: NULL;
			silt_name_list_add_text(&list, item ? item : "");
		}
	}
	return silt_name_list_end(&list, arena);
}

static enum silt_status tell_edits(const struct silt_case *of, const struct silt_entry_link *link,
				   struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	const char *files = list_edits(arena, link);
	struct silt_telling telling = {
		.rule = "config-entrypoint-rewrites",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_place_text(arena, link->path),
		.detail = files ? silt_arena_printf(arena, "When a container starts it changes %s.", files) : NULL,
		.identity = link->path,
	};
	return telling.detail ? silt_tell_entry(of, &telling, link->node.meta, err) : silt_fail_memory(err);
}

/* A template of confd below etc/confd/conf.d that the final tree has. */
static struct silt_place find_template(const struct silt_audited_image *image)
{
	for (uint32_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		for (uint32_t i = 0; record && i < record->entry_count; i++) {
			struct silt_path_room room;
			struct silt_bytes path = silt_entry_path(record, &record->entries[i], &room);
			struct silt_place place = {layer, i};
			if (silt_path_is_below(path, "etc/confd/conf.d") &&
			    silt_bytes_end_with(path, SILT_LITERAL(".toml")) &&
			    silt_rootfs_fate(image->rootfs, place).fate == SILT_FATE_VISIBLE) {
				return place;
			}
		}
	}
	return (struct silt_place){UINT32_MAX, 0};
}

static enum silt_status check_confd(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	struct silt_node node;
	if (!silt_program_find(image, SILT_LITERAL("confd"), &node) ||
	    !silt_rootfs_find(image->rootfs, SILT_LITERAL("etc/confd/conf.d"), true, &node)) {
		return SILT_OK;
	}
	struct silt_place place = find_template(image);
	if (silt_place_none(place)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-entrypoint-rewrites",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = "confd",
		.detail =
			"It has templates that confd fills in when a container starts; where it asks for their values "
			"it may need a credential.",
	};
	return silt_tell_entry(of, &telling, place, err);
}

static enum silt_status check_edits(const struct silt_case *of, const struct silt_entry_chain *chain,
				    struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < chain->count && status == SILT_OK; i++) {
		const struct silt_entry_link *link = &chain->links[i];
		status = has_fact(link, SILT_FACT_SCRIPT_EDITS_ETC) ? tell_edits(of, link, err) : SILT_OK;
	}
	return status;
}

enum silt_status silt_config_script(const struct silt_case *of, struct silt_error *err)
{
	struct silt_entry_chain chain;
	enum silt_status status = silt_entry_chain(of->context, of->image, &chain, err);
	if (status == SILT_OK) {
		status = check_init(of, &chain, err);
	}
	if (status == SILT_OK) {
		status = check_edits(of, &chain, err);
	}
	return status == SILT_OK ? check_confd(of, err) : status;
}
