/* What programs write while they run, and leave in the image: logs, histories of commands. */
#include "audit/file_checks.h"

#include "audit/gathering.h"

/* ---- Logs ---------------------------------------------------------------------------------------------------------- */

struct log_state {
	struct silt_case of;
	struct silt_gathering files;
};

/* A log that is a link to /dev/stdout is as it should be; an empty one waits to be written. */
static enum silt_status see_log(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	(void)err;
	struct log_state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	if (file->type != SILT_ENTRY_FILE || !file->meta || file->content->size == 0 ||
	    !silt_path_is_within(file->path, SILT_LITERAL("var/log")) ||
	    silt_heritage_of_layer(image, file->node.content.layer) == SILT_HERITAGE_BASE) {
		return SILT_OK;
	}
	silt_gather(&state->files, file->node.meta, file->content->size);
	return SILT_OK;
}

static enum silt_status end_logs(void *ctx, struct silt_error *err)
{
	const struct log_state *state = ctx;
	struct silt_arena *arena = state->of.context->arena;
	if (state->files.count == 0) {
		return SILT_OK;
	}
	const char *amount = silt_amount_text(arena, state->files.bytes);
	const char *names = silt_gathering_names(&state->files, &state->of);
	struct silt_telling telling = {
		.rule = "fs-log-content",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_gathering_subject(&state->files, &state->of),
		.detail = names && amount ? silt_arena_printf(arena, "%zu log%s with %s: %s.", state->files.count,
							      state->files.count == 1 ? "" : "s", amount, names)
					  : NULL,
		/* Names of logs have dates in them. */
		.identity = SILT_LITERAL("var/log"),
	};
	return telling.detail ? silt_tell_gathering(&state->of, &telling, &state->files, err) : silt_fail_memory(err);
}

const struct silt_file_check silt_files_log = {
	.name = "logs",
	.state_size = sizeof(struct log_state),
	.see = see_log,
	.end = end_logs,
};

/* ---- Histories ----------------------------------------------------------------------------------------------------- */

struct history_state {
	struct silt_case of;
};

/* In byte order. */
static const char *const histories[] = {
	".Rhistory",
	".ash_history",
	".bash_history",
	".dbshell",
	".duckdb_history",
	".gdb_history",
	".histfile",
	".history",
	".hivehistory",
	".influx_history",
	".irb-history",
	".irb_history",
	".jshell_history",
	".ksh_history",
	".lesshst",
	".mariadb_history",
	".mysql_history",
	".node_repl_history",
	".octave_hist",
	".php_history",
	".pry_history",
	".psql_history",
	".python_history",
	".rediscli_history",
	".scala_history",
	".sh_history",
	".sqlite_history",
	".viminfo",
	".wget-hsts",
	".zhistory",
	".zsh_history",
	"ConsoleHost_history.txt",
	"cqlsh_history",
	"fish_history",
	"mongosh_repl_history",
};

static enum silt_status see_history(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	const struct history_state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_arena *arena = state->of.context->arena;
	if (file->entry->type != SILT_ENTRY_FILE || file->entry->size == 0 ||
	    !silt_is_text_of_sorted(file->name, histories, SILT_COUNT(histories))) {
		return SILT_OK;
	}
	bool visible = silt_rootfs_fate(image->rootfs, file->place).fate == SILT_FATE_VISIBLE;
	const char *amount = silt_amount_text(arena, file->entry->size);
	struct silt_telling telling = {
		.rule = "fs-history-file",
		.severity = visible ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, file->path),
		.detail = amount ? silt_arena_printf(arena, "%s of what somebody typed or visited.", amount) : NULL,
		.identity = file->path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->place, err) : silt_fail_memory(err);
}

const struct silt_file_check silt_files_history = {
	.name = "histories of commands",
	.state_size = sizeof(struct history_state),
	.see_any = see_history,
};
