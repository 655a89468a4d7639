/*
 * Inside the rootfs floor: the tree of names while layers are stacked.
 *
 * A name is a directory entry: parent, component, and what it stands for. A layer is applied in one pass over its
 * entries (apply.c); what it takes away from lower layers is only noted meanwhile, in a change per name, and settled
 * when all of the layer is known (settle.c). So it does not matter where in the layer a whiteout stands. Until then
 * hidden names of lower layers stay in the tree; a name is
 *
 *     lower   it stands for what a lower layer said (perhaps hidden by now: a change of it or of a parent says so)
 *     fresh   it stands for what this layer said
 *     absent  it stands for nothing and is about to go, or to be taken
 *
 * Failure sticks: after memory ran out `failure` is set, calls do nothing that matters any more,
 * and the push that is under way returns it.
 */
#ifndef SILT_ROOTFS_TREE_H
#define SILT_ROOTFS_TREE_H

#include "base/limits.h"
#include "rootfs/rootfs.h"

#define SILT_NO_NAME UINT32_MAX
#define SILT_NO_ENTRY UINT32_MAX
#define SILT_NO_NUMBER UINT32_MAX
#define SILT_NO_PLACE ((struct silt_place){UINT32_MAX, UINT32_MAX})

enum {
	SILT_ROOT_NAME = 0,

	/* `type` of an absent name; the other values are those of enum silt_entry_type. */
	SILT_NAME_ABSENT = 255,
};

/* Flags of a name; all but the last two are about the layer under way and are cleared when it is settled. */
enum {
	SILT_NAME_FRESH = 1,
	SILT_NAME_REACHED = 2, /* this name or one below it is fresh or marked; its parent is reached, too */
	SILT_NAME_OWN = 4,     /* this name or one below it is fresh; its parent is own, too */
	SILT_NAME_PENDING = 8, /* a hardlink whose target was not there yet */
	SILT_NAME_BARE = 16,   /* it stands for no entry */
	SILT_NAME_APART = 32,  /* nor is any entry called so */
};

/*
 * A name is 24 bytes, since there may be millions; what few names have is elsewhere. Entries are told by their number:
 * those of all layers are numbered through, lowest layer first, in archive order.
 */
struct silt_name {
	/*
	 * The entry it stands for, that gives mode and owner, and whose name is its text. BARE: one that is only called so;
	 * APART: index in `apart`.
	 */
	uint32_t entry;
	uint32_t parent;     /* none: the root, or a name that is not used */
	uint32_t child;      /* the first; reached children stand before all others */
	uint32_t next, prev; /* siblings; `next` of the last is none, `prev` of the first is the last */
	uint8_t type;        /* effective: of a hardlink to a symlink, symlink. An unresolved hardlink: hardlink */
	uint8_t flags;
};

/* What the layer under way does to a name of lower layers. Each of the last five is an entry of the layer, or none. */
struct silt_change {
	uint32_t meta; /* what it was before */
	uint8_t type;
	uint32_t overwriter; /* the first one at the same path */
	uint32_t whiteout;
	uint32_t opaque;
	uint32_t replacer; /* the first one that is no directory where a directory was: hides what is below */
	uint32_t implied;  /* the first one that needed a directory here where none was */
};

/* What became of an entry, in one byte: enum silt_fate, and these. */
enum {
	SILT_FATE_MASK = 15,
	SILT_FATE_SHOWN = 16,  /* a body that some name shows */
	SILT_FATE_SHARED = 32, /* a body that had two names at one time */
};

/*
 * A layer of the stack. `notes` and `targets` are about few entries: they are made when the first one needs them, of
 * memory that takes no room until it is written to.
 */
struct silt_stacked {
	const struct silt_record *record; /* borrows; NULL: absent */
	uint32_t first;                   /* number of its first entry */
	uint8_t *fates;                   /* owns; one per entry */
	struct silt_layer_effect effect;
	/*
	 * One per entry, owns, or NULL. Of what is hidden: one more than the number of the cause. Of a visible body: how
	 * many names show it beside the first.
	 */
	uint32_t *notes;
	uint32_t *targets; /* the same. Of a hardlink: one more than the number of the entry whose content it shows */
};

/* Why something is gone: the fate and the entry, of the layer under way, that brought it about. */
struct silt_removal {
	enum silt_fate fate;
	uint32_t entry;
};

/* A body with several names lost one. */
struct silt_loss {
	uint32_t body;
	struct silt_removal why;
};

/* A name is gone whose body had others: what became of the name is not what became of the body. */
struct silt_lost_name {
	uint32_t number; /* of the entry that brought it, and has the body */
	enum silt_fate fate;
	uint32_t cause; /* number */
};

/* What hides the lower names below a name; a higher kind wins. */
struct silt_cover {
	enum silt_cover_kind {
		SILT_COVER_NONE,
		SILT_COVER_OPAQUE,   /* by the mark nearest above */
		SILT_COVER_REPLACED, /* by the first entry in the archive that did so */
		SILT_COVER_WHITEOUT, /* by the mark nearest above */
	} kind;
	uint32_t entry;
};

/* A name on the way from the root, while a layer is settled. */
struct silt_frame {
	uint32_t name;
	uint32_t next; /* child to visit */
	struct silt_cover cover;
	struct silt_removal gone; /* why a lower directory of that name is; VISIBLE: it is not, or there was none */
};

/* A lower directory that went, and is one again that no entry stands for. */
struct silt_remade {
	uint32_t name;
	struct silt_removal why;
};

/* An entry to come: see ahead.c. */
enum { SILT_AHEAD = 16 }; /* a power of two */
struct silt_ahead {
	uint32_t entry; /* none: nothing is known */
	uint64_t hash;  /* silt_table_hash of its name */
};

struct silt_rootfs {
	const struct silt_limits *limits; /* borrows */
	struct silt_stacked *layers;
	size_t layer_count, layer_capacity;

	struct silt_name *names;
	size_t name_count, name_capacity;
	uint32_t free_name; /* list by `next` */
	uint32_t implied_count;

	struct silt_bytes *apart; /* texts of names that no entry brought; borrowed from records */
	size_t apart_count, apart_capacity;

	/* The table of names, by (parent, text): their indexes; none: free. */
	uint32_t *slots;
	size_t slot_count; /* a power of two */
	size_t slots_used;

	struct silt_rootfs_note *notes;
	size_t note_count, note_capacity;
	struct silt_lost_name *lost_names; /* owns; sorted when the tree is finished */
	size_t lost_count, lost_capacity;

	/* Of the layer under way. */
	struct silt_change *changes;
	size_t change_count, change_capacity;
	uint32_t *
		change_of; /* owns, or NULL. Of each name there was when it was made: one more than its change; 0: none */
	size_t change_names;
	struct silt_loss *losses;
	size_t loss_count, loss_capacity;
	uint32_t *pending; /* hardlinks without a target */
	size_t pending_count, pending_capacity;
	uint32_t *chain; /* of pending hardlinks, while they are settled */
	size_t chain_count, chain_capacity;
	uint32_t *late; /* whiteouts that no lower name answers to */
	size_t late_count, late_capacity;
	struct silt_frame *frames;
	size_t frame_count, frame_capacity;
	struct silt_remade *remade; /* kept until the next push */
	size_t remade_count, remade_capacity;
	struct silt_bytes *missing; /* components of a way under way that are not there; borrowed from records */
	size_t missing_count, missing_capacity;
	uint64_t link_steps;                 /* left */
	bool hides;                          /* some change has a whiteout, an opaque mark or a replacer */
	struct silt_ahead ahead[SILT_AHEAD]; /* by the number of the entry */

	struct {
		struct silt_bytes path; /* of the parent last resolved */
		uint32_t name;          /* none: empty */
		bool through;
		bool plain;   /* no link led there: the names above it are those of the path */
		bool passing; /* good for one entry: what is made there may change the way */
	} cache;

	enum silt_status failure;
	bool finished;
};

/* ---- ahead.c: what the next entries will need, fetched while others are placed ------------------------------------- */

/* A layer begins: nothing is known of its entries. */
void silt_ahead_forget(struct silt_rootfs *rootfs);

/* Before entry `entry` of the layer on top is placed. */
void silt_ahead_look(struct silt_rootfs *rootfs, const struct silt_record *record, size_t entry);

/* silt_table_hash of `text`, which is the name of `entry` unless that is none. */
uint64_t silt_ahead_hash(const struct silt_rootfs *rootfs, struct silt_bytes text, uint32_t entry);

/* ---- tree.c: names and their table ------------------------------------------------------------------------------- */

/* Where in the table a child would be, were there no other; `hash` is that of its text. */
size_t silt_name_slot(const struct silt_rootfs *rootfs, uint32_t parent, uint64_t hash);

/* The child of that name, whatever it stands for; or none. */
uint32_t silt_name_find(const struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text);

/*
 * The same, and if there is none yet, an absent child is added. `entry` is the entry of the layer under way that is
 * called so; none: `text` is borrowed for good. None if that failed.
 */
uint32_t silt_name_take(struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text, uint32_t entry);

/* A name that is in no list and no table yet: the root. Otherwise as silt_name_take. */
uint32_t silt_name_new(struct silt_rootfs *rootfs, uint32_t parent, struct silt_bytes text, uint32_t entry);

/* Room in the table for so many more names, so that it is not made anew again and again. False if memory ran out. */
bool silt_names_reserve(struct silt_rootfs *rootfs, size_t more) SILT_MUST_USE;

/* Takes a name without children out of the tree. */
void silt_name_remove(struct silt_rootfs *rootfs, uint32_t name);

/* Sets `flags` (REACHED, perhaps with OWN) on the name and its parents. */
void silt_name_reach(struct silt_rootfs *rootfs, uint32_t name, unsigned flags);
/* Undoes it for one name, below which nothing is reached. */
void silt_name_unreach(struct silt_rootfs *rootfs, uint32_t name);

/* The number of the entry that a name stands for, as struct silt_node's meta; or none. */
static inline uint32_t silt_name_meta(const struct silt_rootfs *rootfs, uint32_t name)
{
	const struct silt_name *it = &rootfs->names[name];
	return it->flags & (SILT_NAME_BARE | SILT_NAME_APART) ? SILT_NO_NUMBER : it->entry;
}

/* Makes a name stand for an entry that is called so, or for none. */
static inline void silt_name_stand(struct silt_rootfs *rootfs, uint32_t name, uint32_t number)
{
	struct silt_name *it = &rootfs->names[name];
	it->entry = number;
	it->flags = (uint8_t)(it->flags & ~(unsigned)(SILT_NAME_BARE | SILT_NAME_APART));
}

static inline void silt_name_bare(struct silt_rootfs *rootfs, uint32_t name)
{
	rootfs->names[name].flags |= SILT_NAME_BARE;
}

/* The number of the entry whose body, link target or device a name with that meta shows; or none. */
uint32_t silt_name_content(const struct silt_rootfs *rootfs, uint32_t name, uint32_t meta);

/* True if a lower layer has this name, hidden or not. */
bool silt_name_has_lower(const struct silt_rootfs *rootfs, uint32_t name);

/* The change of a name that has_lower; made if there is none yet. NULL if that failed. Valid until the next call. */
struct silt_change *silt_name_change(struct silt_rootfs *rootfs, uint32_t name);

/* The change of a name, or NULL if there is none. */
struct silt_change *silt_name_change_if_any(const struct silt_rootfs *rootfs, uint32_t name);

/* The end of a layer. */
void silt_changes_done(struct silt_rootfs *rootfs);

struct silt_bytes silt_name_text(const struct silt_rootfs *rootfs, uint32_t name);

/* The layer of an entry, by its number: the last that begins there or before. Absent and empty ones are not the last. */
static inline uint32_t silt_layer_of_number(const struct silt_rootfs *rootfs, uint32_t number)
{
	uint32_t low = 0, count = (uint32_t)rootfs->layer_count;
	while (count > 1) {
		uint32_t half = count / 2;
		bool above = rootfs->layers[low + half].first <= number;
		low += above ? half : 0;
		count = above ? count - half : half;
	}
	return low;
}

struct silt_place silt_place_of_number(const struct silt_rootfs *rootfs, uint32_t number);
const struct silt_entry *silt_entry_of_number(const struct silt_rootfs *rootfs, uint32_t number);

/* Gives up: see `failure`. The first one wins. */
void silt_rootfs_give_up(struct silt_rootfs *rootfs, enum silt_status status);

/* Notes something about an entry: of any layer, of the layer under way. */
void silt_rootfs_note_at(struct silt_rootfs *rootfs, enum silt_rootfs_note_kind kind, struct silt_place place);
void silt_rootfs_note(struct silt_rootfs *rootfs, enum silt_rootfs_note_kind kind, uint32_t entry);

/* Adds to one of the lists of the layer under way. */
void silt_rootfs_remember(struct silt_rootfs *rootfs, uint32_t **items, size_t *count, size_t *capacity, uint32_t item);

/* The layer under way: its number, and its record. */
static inline uint32_t silt_rootfs_top(const struct silt_rootfs *rootfs)
{
	return (uint32_t)(rootfs->layer_count - 1);
}

/* The number of an entry of it. */
static inline uint32_t silt_number_of_top(const struct silt_rootfs *rootfs, uint32_t entry)
{
	return rootfs->layers[silt_rootfs_top(rootfs)].first + entry;
}

static inline const struct silt_record *silt_rootfs_top_record(const struct silt_rootfs *rootfs)
{
	return rootfs->layers[silt_rootfs_top(rootfs)].record;
}

/* ---- resolve.c: from paths to names ------------------------------------------------------------------------------ */

/* Which names of lower layers are seen. */
enum silt_view {
	SILT_VIEW_NAMES, /* what the layers below and this layer's entries so far make; marks do not count */
	SILT_VIEW_MARKS, /* for the parent of a mark: all directories, but no links that are hidden */
};

struct silt_walk {
	uint64_t steps; /* in and out: components of link targets that may be walked */
	bool plain;     /* out, of silt_resolve_parents: no link was followed */
	bool passing;   /* out, of silt_resolve_parents: it left by ".." what is no directory, and may become a link */
	bool through;   /* out: a link of a lower layer was followed */
	bool loop;      /* out: it was given up: too many links or steps */
	bool spent;     /* out: for steps */
};

/* The name at a path, or none. Links in parents are followed; the last component if `follow`. */
uint32_t silt_resolve(const struct silt_rootfs *rootfs, struct silt_bytes path, enum silt_view view, bool follow,
		      struct silt_walk *walk);

/* For silt_rootfs_way: the last name that is there; what is behind it goes to `missing`. None: too many links or steps. */
uint32_t silt_resolve_way(const struct silt_rootfs *rootfs, struct silt_bytes path, uint32_t layer,
			  struct silt_buffer *missing, struct silt_walk *walk);

/*
 * The directory at a path below directory `at`, for `entry` of the layer under way, which stands in it. What is missing is made; what is in
 * the way and no directory is replaced. A link that leads nowhere has its target made, inside the root, as containerd
 * and umoci do. None if that failed, or would take one directory too many.
 */
uint32_t silt_resolve_parents(struct silt_rootfs *rootfs, uint32_t at, struct silt_bytes path, uint32_t entry,
			      struct silt_walk *walk);

/* ---- marks.c ----------------------------------------------------------------------------------------------------- */

/* Entry `entry` of the layer under way is a whiteout, an opaque mark. */
void silt_whiteout_apply(struct silt_rootfs *rootfs, uint32_t entry);
void silt_opaque_apply(struct silt_rootfs *rootfs, uint32_t entry);

/* The end of a layer: notes whiteouts of what only their own layer has. Runtimes differ in whether that stays. */
void silt_whiteouts_settle(struct silt_rootfs *rootfs);

/* ---- settle.c ---------------------------------------------------------------------------------------------------- */

/* The end of a layer: what it hides goes, and gets its fate. */
void silt_rootfs_settle(struct silt_rootfs *rootfs);

/* ---- links.c ----------------------------------------------------------------------------------------------------- */

/*
 * Looks up what a hardlink of the layer under way shows as things are. The type its name is to have; HARDLINK, and
 * PENDING in `*flags`: its target is not there.
 */
uint8_t silt_hardlink_resolve(struct silt_rootfs *rootfs, uint32_t entry, unsigned *flags);

/* The end of a layer: looks up the targets that were not there. */
void silt_hardlinks_settle(struct silt_rootfs *rootfs);

/* ---- fate.c ------------------------------------------------------------------------------------------------------ */

/* A name begins to show this content (may be none). */
void silt_fate_gain(struct silt_rootfs *rootfs, uint32_t content);

/* A name ceases to stand for `meta` (may be none). */
void silt_fate_lose(struct silt_rootfs *rootfs, uint32_t name, uint32_t meta, struct silt_removal why);

/* The end of the stack: lost names can be asked for. */
void silt_lost_names_sort(struct silt_rootfs *rootfs);

/* The end of a layer: a body that lost several names in it has one cause, whatever the order of the losses. */
void silt_fates_settle(struct silt_rootfs *rootfs);

/* Which of two entries of the layer under way is the cause if both could be: the order in the archive must not tell. */
bool silt_cause_goes_before(const struct silt_rootfs *rootfs, uint32_t a, uint32_t b);

#endif
