/*
 * Inside the scanner: what scan.c feeds and scan_confirm.c confirms.
 */
#ifndef SILT_SECRET_SCAN_H
#define SILT_SECRET_SCAN_H

#include "secret/matcher.h"
#include "secret/recent.h"

struct silt_candidate {
	uint64_t at;     /* where the anchor or the piece starts in the stream */
	uint32_t rule;   /* its place in the matcher's rules */
	uint32_t length; /* of the anchor; 0: a piece */
};

/* Windows of one rule that are remembered: a line that comes again and again may have two anchors of it. */
enum { SILT_REFUSED_KEPT = 2 };

/* Where a window was in which nothing was found: the same bytes around another anchor have nothing either. */
struct silt_refused {
	uint64_t block;   /* what the stream was fed, its block included; 0: none */
	uint64_t at;      /* of the anchor */
	uint32_t lead;    /* bytes of the window before it ... */
	uint32_t from;    /* ... and those of them at which a match may begin */
	uint32_t bytes;   /* of the window in all */
	uint32_t covered; /* of the anchor */
};

/* How far one rule is in the stream. What another stream left behind is put in order at the rule's first candidate. */
struct silt_progress {
	uint64_t stream; /* number of the stream all this is about */
	uint64_t end;    /* of the last match; anchors before it belong to it */
	uint64_t candidates;
	uint16_t matches;
	uint16_t limits; /* searches that ended at a limit of PCRE2 */
	bool stopped;    /* it has had enough, or does not concern this file */
	uint8_t refused_next;
	struct silt_refused refused[SILT_REFUSED_KEPT];
};

struct silt_scanner {
	const struct silt_limits *limits; /* borrows */
	const struct silt_matcher *matcher;
	struct silt_literal_stream *literals; /* owns; NULL: there are no anchors */
	struct silt_pattern_memory *memory;   /* owns */
	struct silt_progress *progress;       /* owns: one for each rule */
	uint8_t *room;                        /* owns: a validator's, as long as the longest window */
	silt_sign_fn *sign_fn;                /* NULL: nobody listens */
	void *sign_ctx;

	/* The stream. */
	uint64_t number;        /* 1 the first */
	struct silt_bytes path; /* borrows */
	silt_match_fn *fn;
	void *ctx;
	bool fresh;                    /* no byte fed yet */
	enum silt_limit_id overflowed; /* the first limit that was reached */
	struct silt_recent recent;

	/* Rules about whole files that this file concerns. */
	uint32_t *about; /* owns */
	size_t about_count;
	uint64_t next_piece; /* where it starts */

	/* Candidates whose windows are not complete. A window bounds how many there can be. */
	struct silt_candidate *waiting; /* owns */
	size_t waiting_count;
	size_t waiting_capacity;

	/* The call under way. */
	bool ended; /* with the block under way */
	enum silt_status status;
	struct silt_error *err;
};

/* What is known of the rule in this stream. Which files it is about is asked once, and only if it meets an anchor. */
struct silt_progress *silt_scan_progress(struct silt_scanner *scanner, uint32_t rule);

/*
 * Looks at a candidate, all of whose window has been fed or never will be, and reports the matches. Fails as
 * silt_scanner_feed does.
 */
enum silt_status silt_scan_confirm(struct silt_scanner *scanner, const struct silt_candidate *candidate);

#endif
