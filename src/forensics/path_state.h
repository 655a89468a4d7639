/* Inside the forensics floor: what one name was after one layer, and how that differs from before. */
#ifndef SILT_FORENSICS_PATH_STATE_H
#define SILT_FORENSICS_PATH_STATE_H

#include "forensics/listed.h"

/* What a layer did to a name. */
enum silt_event {
	SILT_EVENT_NONE,
	SILT_EVENT_ADDED,
	SILT_EVENT_BACK,      /* added, but it was there before */
	SILT_EVENT_CHANGED,   /* other content */
	SILT_EVENT_REWRITTEN, /* a file of the same size; nobody has digests of both */
	SILT_EVENT_RETYPED,   /* a file became a link, ... */
	SILT_EVENT_METADATA,  /* the same content, with another mode, owner or capability */
	SILT_EVENT_REPEATED,  /* the same once more, perhaps with another time */
	SILT_EVENT_ELSEWHERE, /* links lead to another one: of a file one of the same content */
	SILT_EVENT_DELETED,
	SILT_EVENT_MASKED,   /* its directory was replaced, or emptied */
	SILT_EVENT_SHADOWED, /* an entry that a later one of the same layer replaced */
	SILT_EVENT_DISPUTED, /* an entry that another reader than Docker's sees */
	SILT_EVENT_LINKED,   /* another name of the same content */
};

/* "added", "back-again", ...; what is said to a person. */
const char *silt_event_name(enum silt_event event);
const char *silt_event_text(enum silt_event event);

/* A name after a layer. */
struct silt_path_state {
	bool is_there;
	struct silt_tree_node node;
	struct silt_listed listed; /* if it is there; path is whatever the caller set */
};

/* What happened between the two, of which `was_ever` tells if it was there before `old`. */
enum silt_event silt_event_between(const struct silt_path_state *old, const struct silt_path_state *now, bool was_ever);

#endif
