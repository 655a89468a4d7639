/* Reports on their way to their targets: whole, or not at all. */
#ifndef SILT_CLI_DELIVERY_H
#define SILT_CLI_DELIVERY_H

#include "cli/output.h"
#include "cli/targets.h"

/* To one target, which is opened with the first piece: without a report no file is touched. */
struct cli_delivery {
	const struct cli_target *target;
	bool private;
	struct cli_output output;
	bool open;
	enum silt_status status; /* the first failure stays */
	struct silt_error err;
};

struct cli_deliveries {
	struct cli_delivery items[CLI_TARGETS_MAX];
	size_t count;
	enum silt_status status; /* of whoever hands the pieces over; the first failure stays */
	struct silt_error err;
};

/* `targets` is borrowed. */
void cli_delivery_plan(struct cli_deliveries *all, const struct cli_targets *targets);

/* Takes a piece. `ctx` is a struct cli_delivery: the form is that of a sink. */
bool cli_deliver(void *ctx, const void *bytes, size_t size);

/* Something failed, of a target or on the way to it. */
bool cli_delivery_failed(const struct cli_deliveries *all);

/*
 * Ends all deliveries, if the reports are complete, or drops what came of them. A target that fails takes no other one
 * with it. Says what went wrong; returns the first of it.
 */
enum silt_status cli_delivery_settle(struct cli_deliveries *all, bool complete);

#endif
