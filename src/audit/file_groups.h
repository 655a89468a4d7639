/*
 * Files of the final tree, or of a layer, with one flaw, a finding for each part of the tree: a directory that has it
 * itself stands for all that is below, other files are told together by the folder they are in. However many there are,
 * the groups are few.
 */
#ifndef SILT_AUDIT_FILE_GROUPS_H
#define SILT_AUDIT_FILE_GROUPS_H

#include "audit/files.h"
#include "audit/gathering.h"

struct silt_file_group {
	struct silt_bytes folder;    /* arena */
	bool whole;                  /* the folder itself is the first of the files */
	enum silt_severity severity; /* the worst of a whole folder; else that of each */
	const char *reason;          /* a sentence, of the first file that has one, or NULL. Arena or static */
	struct silt_gathering files;
};

/* A zeroed struct has none. */
struct silt_file_groups {
	struct silt_file_group *list; /* owns */
	size_t count, capacity;
	size_t within; /* one more than the number of the whole folder that was added last; 0: none */
};

/* Adds a file that has an entry (file->meta), in the order of the walk, or of the layer. `reason`: a sentence why it is
 * so bad, or NULL. */
enum silt_status silt_file_groups_add(struct silt_file_groups *groups, const struct silt_case *of,
				      const struct silt_file *file, enum silt_severity severity, const char *reason,
				      struct silt_error *err);

/*
 * Tells each group by `rule`. Its detail is `flaw`, what is said of one file ("Mode lets every user write it.") or
 * `flaws`, of several, the reason, and the names.
 */
enum silt_status silt_file_groups_tell(const struct silt_file_groups *groups, const struct silt_case *of,
				       const char *rule, const char *flaw, const char *flaws, struct silt_error *err);

void silt_file_groups_done(struct silt_file_groups *groups);

#endif
