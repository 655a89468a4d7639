/*
 * A record while it grows. Internal to this folder.
 *
 * Arrays double, text goes to the record's arena; each function fails only for memory.
 */
#ifndef SILT_LAYER_COLLECT_H
#define SILT_LAYER_COLLECT_H

#include "base/shared_use.h"
#include "layer/record.h"
#include "stream/tar.h"

/* Interpreters remembered, since the programs of a layer share few. */
enum { SILT_INTERPRETERS_REMEMBERED = 16 };

/* Folders of recent entries: of two that fall on one place, the later one is remembered. */
enum { SILT_FOLDERS_REMEMBERED = 1024 };

struct silt_collector {
	const struct silt_limits *limits; /* borrows */
	struct silt_record *record;       /* owns until taken */
	size_t entry_capacity, extra_capacity, hit_capacity, wanted_capacity, public_capacity, capture_capacity,
		anomaly_capacity, fact_capacity, program_capacity;
	size_t captured;                                              /* bytes of all captures */
	struct silt_bytes interpreters[SILT_INTERPRETERS_REMEMBERED]; /* of the record's arena; a ring */
	size_t interpreter_next;
	uint64_t entry_bytes;                             /* of memory for the entries, and for a tree of them */
	struct silt_shared_use *entry_bytes_total;        /* borrows: of all layers; NULL: nobody counts */
	uint32_t last_folder;                             /* of the record's texts */
	uint32_t recent_folders[SILT_FOLDERS_REMEMBERED]; /* of the record's texts; by their hash */
	bool has_shell;
	uint32_t shell_entry; /* the last one whose body had the text of a shell */
	const char *shell;    /* which; NULL: of several */
};

/* `limits` NULL: the defaults. */
enum silt_status silt_collector_init(struct silt_collector *collector, const struct silt_limits *limits,
				     struct silt_error *err);
void silt_collector_done(struct silt_collector *collector);

/*
 * Adds the entry of a tar header: path cleaned, whiteout told by its name, few-have facts in an extra. `*index` is
 * UINT32_MAX if the entry is beyond a limit and was left out; an anomaly says so.
 */
enum silt_status silt_collect_entry(struct silt_collector *collector, const struct silt_tar_entry *entry,
				    uint32_t *index, struct silt_error *err);

/* Adds an anomaly for each thing that is odd about entry `index`, as far as its header alone shows it. */
enum silt_status silt_collect_oddities(struct silt_collector *collector, const struct silt_tar_entry *from,
				       uint32_t index, struct silt_error *err);

/*
 * Adds an anomaly of this kind if too many bytes came out of `in` bytes of `what`, which is held in entry `index`
 * (UINT32_MAX: none).
 */
enum silt_status silt_collect_ratio(struct silt_collector *collector, enum silt_anomaly_kind kind, uint32_t index,
				    const char *what, uint64_t in, uint64_t out, struct silt_error *err);

/* Adds a hit; `hit`'s field and preview are copied. */
enum silt_status silt_collect_hit(struct silt_collector *collector, const struct silt_hit *hit, struct silt_error *err);

/* Adds the public half that `match` is, in the file of `origin`; nothing if it is in none, or there are very many. */
enum silt_status silt_collect_public(struct silt_collector *collector, const struct silt_hit *origin,
				     const struct silt_match *match, struct silt_error *err);

/* Adds a match of a value that is looked for, in the stream that begins at `origin`. */
enum silt_status silt_collect_wanted(struct silt_collector *collector, const struct silt_hit *origin,
				     const struct silt_match *match, struct silt_error *err);

/* Adds a fact of entry `entry`, which is not below that of the last one; its text is copied. */
enum silt_status silt_collect_fact(struct silt_collector *collector, uint32_t entry, const struct silt_fact_seen *fact,
				   struct silt_error *err);

/*
 * Sets what entry `entry`, which is not below that of the last call, is as a program by the first bytes of its body, and
 * keeps more of what can be run or was running.
 */
enum silt_status silt_collect_program(struct silt_collector *collector, uint32_t entry,
				      const struct silt_program_seen *seen, struct silt_error *err);

/* `match` of a rule about programs stands in `origin`: if that is the body of an ELF program, its shell is known. */
void silt_collect_shell(struct silt_collector *collector, const struct silt_hit *origin,
			const struct silt_match *match);

/* Counts an anomaly, and keeps it if its kind has few yet. `entry` UINT32_MAX: none. */
enum silt_status silt_collect_anomaly(struct silt_collector *collector, enum silt_anomaly_kind kind, uint32_t entry,
				      uint64_t offset, struct silt_error *err, const char *format, ...)
	SILT_PRINTF(6, 7);

/* The same of a limit that was reached: its name and value are added to the text. */
enum silt_status silt_collect_limit(struct silt_collector *collector, enum silt_anomaly_kind kind,
				    enum silt_limit_id limit, uint32_t entry, uint64_t offset, struct silt_error *err,
				    const char *format, ...) SILT_PRINTF(7, 8);

/* What a note of a tar is; not for NO_END, which is no anomaly. */
enum silt_anomaly_kind silt_anomaly_of_note(enum silt_tar_note note);

#endif
