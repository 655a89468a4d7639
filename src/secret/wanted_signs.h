/* The signs of wanted values: where a byte of one may be written with others (undo.h). */
#ifndef SILT_SECRET_WANTED_SIGNS_H
#define SILT_SECRET_WANTED_SIGNS_H

#include "base/arena.h"
#include "secret/literals.h"
#include "secret/undo.h"

struct silt_wanted_signs {
	struct silt_literal *list; /* owns; silt_signs first, so that one list is looked for */
	uint8_t *kinds;            /* owns; an enum silt_undo_kind for each; those of silt_signs have none */
	size_t count, list_capacity, kinds_capacity;
	bool bytes[256]; /* of which values consist */
};

/* Puts silt_signs in front. False: memory ran out; done is due all the same. */
bool silt_wanted_signs_begin(struct silt_wanted_signs *signs) SILT_MUST_USE;

/* The bytes of a value, each of which may be written with others. */
void silt_wanted_signs_of(struct silt_wanted_signs *signs, struct silt_bytes value);

/* Pieces of a value in base64, that lines of any common width have one of in them. `text` must outlive the signs. */
bool silt_wanted_signs_pieces(struct silt_wanted_signs *signs, struct silt_bytes text) SILT_MUST_USE;

/* Adds the signs of all bytes; their texts are the arena's. */
bool silt_wanted_signs_end(struct silt_wanted_signs *signs, struct silt_arena *arena) SILT_MUST_USE;

void silt_wanted_signs_done(struct silt_wanted_signs *signs);

#endif
