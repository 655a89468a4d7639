/* Package databases on a stage. Sums are made of one number: equal numbers, equal contents. */
#ifndef SILT_TESTS_STAGE_PACKAGES_H
#define SILT_TESTS_STAGE_PACKAGES_H

#include "stage.h"

/* The entry of a database at that path, which says what kind of database it is. */
uint32_t stage_database(struct silt_record *record, const char *path);
/* `package` has a file at `path`; `content` 0: no digest is told. After the last one of a record: stage_claims_end. */
void stage_claim(struct silt_record *record, uint32_t database, const char *package, const char *path, int content,
		 unsigned flags);
void stage_claims_end(struct silt_record *record);

/* A file with that content, of which all sums are known; its index. */
uint32_t stage_digested(struct silt_record *record, const char *path, unsigned mode, int content);

#endif
