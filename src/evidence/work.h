/*
 * A second reading of a bundle at work: what is wanted of it, and who gets it. Internal to this folder.
 */
#ifndef SILT_EVIDENCE_WORK_H
#define SILT_EVIDENCE_WORK_H

#include "audit/open.h"
#include "evidence/stored.h"
#include "stream/tar_body.h"

/* An item, and its number for the receiver. */
struct silt_wanted_item {
	struct silt_dig_item item;
	size_t number;
	bool done;
};

struct silt_dig_work {
	struct silt_bundle *bundle;       /* borrows */
	const struct silt_result *result; /* borrows */
	silt_dig_fn *fn;
	void *ctx;
	bool all;
	struct silt_wanted_item *items; /* owns; by stored, part, entry, offset */
	size_t count, left;             /* those that are not done */
};

/* The items of file `stored` of one part: the first, and how many. */
struct silt_wanted_item *silt_wanted_of(const struct silt_dig_work *work, size_t stored, enum silt_dig_part part,
					size_t *count);

/* True if anything of file `stored` is wanted. */
bool silt_wants_stored(const struct silt_dig_work *work, size_t stored);

/* Gives a piece; `item` NULL: of all bytes. */
enum silt_status silt_give(struct silt_dig_work *work, struct silt_wanted_item *item, struct silt_dig_piece piece,
			   struct silt_error *err);

/* ---- runs.c: runs of a stream -------------------------------------------------------------------------------------- */

/* A source that gives what it has to the items of one part of one file, and passes it on. */
struct silt_runs {
	struct silt_source inner;
	struct silt_dig_work *work; /* borrows */
	size_t stored;
	enum silt_dig_part part; /* STORED or TAR */
	uint64_t at;
	struct silt_wanted_item *items;
	size_t count;
	bool whole; /* all bytes are wanted, by no item */
};

/* `whole`: all of it goes to who asked for all bytes. The struct must outlive the source. */
struct silt_source silt_runs(struct silt_runs *runs, struct silt_dig_work *work, size_t stored, enum silt_dig_part part,
			     bool whole, struct silt_source inner);

/* ---- tar.c: the entries of one tar ---------------------------------------------------------------------------------- */

/* The walk over the tar in a file of the bundle, beside the record that the first reading made of it. */
struct silt_tar_dig {
	struct silt_dig_work *work; /* borrows */
	size_t stored;
	const struct silt_record *record; /* borrows */
	uint32_t next;                    /* of its entries */
	uint32_t entry;                   /* the one under way; UINT32_MAX: none, or one that was left out */
	bool open;                        /* pieces of its body are wanted */
	struct silt_wanted_item *items;   /* the bodies that are */
	size_t count;
	uint64_t padding_from; /* behind the last body; UINT64_MAX: none came */
	uint64_t padding_to;
	uint64_t tail_from; /* UINT64_MAX: nothing is behind the end */
};

/* Starts the walk. */
void silt_tar_dig_begin(struct silt_tar_dig *dig, struct silt_dig_work *work, size_t stored);

/* An entry: which one of the record it is shows in `entry`. One without a body is given here, if it is wanted. */
enum silt_status silt_tar_dig_entry(struct silt_tar_dig *dig, const struct silt_tar_entry *entry,
				    struct silt_error *err);

/* Any other event; `at` is how much of the tar was consumed with it. */
enum silt_status silt_tar_dig_event(struct silt_tar_dig *dig, const struct silt_tar_event *event, uint64_t at,
				    struct silt_error *err);

/* After the last event: SILT_ERR_INPUT if there were other entries than at first. */
enum silt_status silt_tar_dig_end(const struct silt_tar_dig *dig, struct silt_error *err);

/* ---- layer.c: a tar as it is stored -------------------------------------------------------------------------------- */

/* Reads file `stored`, a tar perhaps packed. It need not be read to its end. */
enum silt_status silt_dig_layer(struct silt_dig_work *work, size_t stored, struct silt_source blob,
				struct silt_error *err);

/*
 * The wanted bodies of a tar that lies unpacked in a file, each read at its place. `*served` false: they cannot be had so;
 * what is not done is left.
 */
enum silt_status silt_dig_places(struct silt_dig_work *work, size_t stored, struct silt_file_range range, bool *served,
				 struct silt_error *err);

#endif
