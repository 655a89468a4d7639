/* Programs of a record, while it grows. */
#include "base/limits.h"
#include "layer/collect.h"

static bool is_kept(enum silt_program_kind kind)
{
	return kind == SILT_PROGRAM_DYNAMIC || kind == SILT_PROGRAM_STATIC || kind == SILT_PROGRAM_CORE ||
	       kind == SILT_PROGRAM_SCRIPT;
}

/* The same bytes in the arena: one copy for as many programs as follow each other closely. */
static struct silt_bytes shared_copy(struct silt_collector *collector, struct silt_bytes interpreter)
{
	for (size_t i = 0; i < SILT_INTERPRETERS_REMEMBERED; i++) {
		if (silt_bytes_equal(collector->interpreters[i], interpreter)) {
			return collector->interpreters[i];
		}
	}
	struct silt_bytes copy = silt_arena_copy(&collector->record->arena, interpreter);
	collector->interpreters[collector->interpreter_next++ % SILT_INTERPRETERS_REMEMBERED] = copy;
	return copy;
}

/* The text of a shell may be met before or after its body is known to be a program. */
static void name_shell(struct silt_collector *collector)
{
	const struct silt_record *record = collector->record;
	struct silt_program *last = record->program_count > 0 ? &record->programs[record->program_count - 1] : NULL;
	if (last && collector->has_shell && last->entry == collector->shell_entry &&
	    (last->kind == SILT_PROGRAM_DYNAMIC || last->kind == SILT_PROGRAM_STATIC)) {
		last->shell = collector->shell;
	}
}

enum silt_status silt_collect_program(struct silt_collector *collector, uint32_t entry,
				      const struct silt_program_seen *seen, struct silt_error *err)
{
	struct silt_record *record = collector->record;
	record->entries[entry].program = (uint8_t)seen->kind;
	if (!is_kept(seen->kind)) {
		return SILT_OK;
	}
	struct silt_program program = {.entry = entry, .kind = seen->kind};
	if (seen->interpreter.len > 0) {
		program.interpreter =
			shared_copy(collector, silt_bytes_slice(seen->interpreter, 0, SILT_INTERPRETER_MAX));
	}
	struct silt_bytes id = silt_bytes_slice(seen->build_id, 0, SILT_BUILD_ID_MAX);
	if (id.len > 0) {
		program.build_id_len = (uint8_t)id.len;
		memcpy(program.build_id, id.ptr, id.len);
	}
	bool copied = seen->interpreter.len == 0 || program.interpreter.ptr;
	if (!copied || !silt_grow((void **)&record->programs, record->program_count, &collector->program_capacity,
				  sizeof(program))) {
		return silt_fail_memory(err);
	}
	record->programs[record->program_count++] = program;
	name_shell(collector);
	return SILT_OK;
}

/* What has the texts of two shells is neither: something that knows shells, as silt does. */
void silt_collect_shell(struct silt_collector *collector, const struct silt_hit *origin, const struct silt_match *match)
{
	if (origin->place != SILT_HIT_BODY || origin->inner.len > 0 || match->via) {
		return;
	}
	const char *shell = match->rule->identity;
	if (collector->has_shell && collector->shell_entry == origin->entry) {
		bool same = collector->shell && strcmp(collector->shell, shell) == 0;
		shell = same ? shell : NULL;
	}
	collector->has_shell = true;
	collector->shell_entry = origin->entry;
	collector->shell = shell;
	name_shell(collector);
}
