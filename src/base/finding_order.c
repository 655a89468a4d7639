/* Severity, then names, so that the same findings are always in the same order. */
#include "base/finding_order.h"

#include <string.h>

int silt_finding_order(const struct silt_finding *a, const struct silt_finding *b)
{
	if (a->severity != b->severity) {
		return a->severity > b->severity ? -1 : 1;
	}
	int order = strcmp(a->rule, b->rule);
	if (order == 0) {
		order = strcmp(a->subject, b->subject);
	}
	return order != 0 ? order : strcmp(a->fingerprint, b->fingerprint);
}
