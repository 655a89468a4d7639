/* The readers of facts, one file each: fact_NAME.c. fact.c has the table of them. */
#ifndef SILT_CONTENT_FACT_READERS_H
#define SILT_CONTENT_FACT_READERS_H

#include "content/fact.h"

extern const struct silt_fact_reader silt_facts_of_release; /* os-release */

#endif
