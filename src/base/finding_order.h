/* The order in which findings are told, by an audit and by a policy that rates them anew. */
#ifndef SILT_BASE_FINDING_ORDER_H
#define SILT_BASE_FINDING_ORDER_H

#include "silt/result.h"

/* As qsort wants it: severity (worst first), rule, subject, fingerprint. */
int silt_finding_order(const struct silt_finding *a, const struct silt_finding *b);

#endif
