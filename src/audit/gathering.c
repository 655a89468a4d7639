/* Many files, one finding. */
#include "audit/gathering.h"

void silt_gather(struct silt_gathering *files, struct silt_place place, uint64_t bytes)
{
	if (files->kept < SILT_NAME_LIST_MAX) {
		files->places[files->kept++] = place;
	}
	files->count++;
	files->bytes += bytes;
}

static const char *name_of(const struct silt_case *of, struct silt_place place)
{
	return silt_path_text_at(of->context->arena, silt_case_image(of), place);
}

const char *silt_gathering_subject(const struct silt_gathering *files, const struct silt_case *of)
{
	const char *first = name_of(of, files->places[0]);
	if (!first || files->count == 1) {
		return first;
	}
	return silt_arena_printf(of->context->arena, "%s and %zu more", first, files->count - 1);
}

const char *silt_gathering_names(const struct silt_gathering *files, const struct silt_case *of)
{
	struct silt_name_list list = {0};
	bool ok = true;
	for (size_t i = 0; i < files->kept && ok; i++) {
		const char *name = name_of(of, files->places[i]);
		ok = name != NULL;
		silt_name_list_add_text(&list, ok ? name : "");
	}
	list.count = files->count;
	const char *text = silt_name_list_end(&list, of->context->arena);
	return ok ? text : NULL;
}

enum silt_status silt_tell_gathering(const struct silt_case *of, const struct silt_telling *telling,
				     const struct silt_gathering *files, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < files->kept && status == SILT_OK; i++) {
		status = silt_tell_entry(of, telling, files->places[i], err);
	}
	return status;
}
