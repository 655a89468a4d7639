/* Handing the pieces of reports to their targets. */
#include "cli/delivery.h"

#include "cli/message.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

void cli_delivery_plan(struct cli_deliveries *all, const struct cli_targets *targets)
{
	*all = (struct cli_deliveries){.count = targets->count};
	for (size_t i = 0; i < targets->count; i++) {
		all->items[i] = (struct cli_delivery){.target = &targets->items[i], .private = targets->private};
	}
}

/* In memory that grows, up to what a report may have. */
static bool keep(struct cli_delivery *to, const void *bytes, size_t size)
{
	struct cli_capture *capture = to->target->capture;
	if (to->status == SILT_OK && size > capture->room - capture->size) {
		const size_t room = 2 * (capture->size + size);
		char *more = room <= 4 * (size_t)SILT_REPORT_MAX ? realloc(capture->bytes, room) : NULL;
		if (more == NULL) {
			to->status = cli_fail(&to->err, SILT_ERR_MEMORY, "memory ran out.");
			return false;
		}
		capture->bytes = more;
		capture->room = room;
	}
	if (to->status == SILT_OK) {
		memcpy(capture->bytes + capture->size, bytes, size);
		capture->size += size;
	}
	return to->status == SILT_OK;
}

bool cli_deliver(void *ctx, const void *bytes, size_t size)
{
	struct cli_delivery *to = ctx;
	if (to->target->capture != NULL) {
		return keep(to, bytes, size);
	}
	if (!to->open && to->status == SILT_OK) {
		to->status = cli_output_open(&to->output, to->target->path, to->private, &to->err);
		to->open = to->status == SILT_OK;
		/* From now on this process has seen a part of the report. Before, /proc/self/fd may be needed to open it. */
		(void)prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL);
	}
	if (to->status != SILT_OK) {
		return false;
	}
	const struct silt_sink sink = cli_output_sink(&to->output);
	if (!sink.write(sink.ctx, bytes, size)) {
		to->status = cli_output_refused(&to->output, &to->err);
	}
	return to->status == SILT_OK;
}

bool cli_delivery_failed(const struct cli_deliveries *all)
{
	bool failed = all->status != SILT_OK;
	for (size_t i = 0; i < all->count; i++) {
		failed = failed || all->items[i].status != SILT_OK;
	}
	return failed;
}

static enum silt_status settle(struct cli_delivery *to, bool complete)
{
	if (complete && to->open && to->status == SILT_OK) {
		to->status = cli_output_commit(&to->output, &to->err);
	}
	if (to->open) {
		cli_output_done(&to->output);
	}
	if (to->status != SILT_OK) {
		cli_say("%s", to->err.text);
	}
	return to->status;
}

enum silt_status cli_delivery_settle(struct cli_deliveries *all, bool complete)
{
	enum silt_status first = all->status;
	if (first != SILT_OK) {
		cli_say("%s", all->err.text);
	}
	for (size_t i = 0; i < all->count; i++) {
		const enum silt_status status = settle(&all->items[i], complete);
		first = first == SILT_OK ? status : first;
	}
	return first;
}
