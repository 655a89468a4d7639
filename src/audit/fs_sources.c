/* Package sources that are believed without a signature or certificate, as files of package managers set them. */
#include "audit/file_checks.h"

#include "audit/name_list.h"
#include "base/escape.h"

enum { SETTING_SHOWN = 100 };

struct state {
	struct silt_case of;
};

static const char *trouble_of(enum silt_fact_kind kind)
{
	switch ((int)kind) {
	case SILT_FACT_SOURCE_UNSIGNED:
		return "signatures are not checked";
	case SILT_FACT_SOURCE_UNVERIFIED:
		return "certificates are not checked";
	case SILT_FACT_SOURCE_PLAIN:
		return "it is fetched without TLS";
	default:
		return NULL;
	}
}

/* "line 3: \"[trusted=yes]\" (signatures are not checked)" for each setting; NULL if there is none, or memory ran out. */
static const char *settings_of(const struct silt_fact *facts, size_t count, struct silt_arena *arena, bool *failed)
{
	struct silt_name_list list = {0};
	for (size_t i = 0; i < count; i++) {
		const char *trouble = trouble_of(facts[i].kind);
		const char *shown = trouble ? silt_escape_cut(arena, facts[i].text, SETTING_SHOWN) : NULL;
		if (!trouble) {
			continue;
		}
		const char *item = !shown          ? NULL
				   : facts[i].line ? silt_arena_printf(arena, "line %u: \"%s\" (%s)", facts[i].line,
								       shown, trouble)
						   : silt_arena_printf(arena, "\"%s\" (%s)", shown, trouble);
		*failed |= !item;
		silt_name_list_add_text(&list, item ? item : "");
	}
	bool any = list.count > 0;
	const char *text = silt_name_list_end(&list, arena);
	*failed |= !text;
	return any ? text : NULL;
}

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	const struct state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_arena *arena = state->of.context->arena;
	size_t count;
	const struct silt_fact *facts = silt_record_facts(image->layers[file->place.layer], file->place.entry, &count);
	if (!facts) {
		return SILT_OK;
	}
	bool failed = false;
	const char *settings = settings_of(facts, count, arena, &failed);
	if (failed || !settings) {
		return failed ? silt_fail_memory(err) : SILT_OK;
	}
	bool visible = silt_rootfs_fate(image->rootfs, file->place).fate == SILT_FATE_VISIBLE;
	struct silt_telling telling = {
		.rule = "fs-repo-unsigned",
		.severity = visible ? SILT_SEVERITY_HIGH : SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, file->path),
		.detail = silt_arena_printf(arena, "%s.", settings),
		.identity = file->path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->place, err) : silt_fail_memory(err);
}

const struct silt_file_check silt_files_sources = {
	.name = "package sources",
	.state_size = sizeof(struct state),
	.see_any = see_any,
};
