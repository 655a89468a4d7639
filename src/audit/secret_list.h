/*
 * The places where secrets are, collected before they are grouped: one item per place.
 */
#ifndef SILT_AUDIT_SECRET_LIST_H
#define SILT_AUDIT_SECRET_LIST_H

#include "audit/sighting.h"

/* What kind of place. Ordered: of several, the first names the finding. */
enum silt_secret_where {
	/* Of files: what a file is says more than what was found in it. */
	SILT_SECRET_IN_MOUNT,       /* below run/secrets */
	SILT_SECRET_IN_DAEMON_KEY,  /* the key of a client or server of Docker */
	SILT_SECRET_IN_HOST_KEY,    /* of a server of SSH */
	SILT_SECRET_IN_ACCOUNT,     /* shadow and its like */
	SILT_SECRET_IN_CREDENTIALS, /* .netrc and its like */
	SILT_SECRET_IN_CONTENT,     /* any other file, or raw bytes; what follows is in no file */
	SILT_SECRET_IN_ENV,
	SILT_SECRET_IN_BUILD_ARG,
	SILT_SECRET_IN_COMMAND,
	SILT_SECRET_IN_LABEL,
	SILT_SECRET_IN_HISTORY, /* behind those that have a line of history, too */
	SILT_SECRET_IN_LEGACY_CONFIG,
	SILT_SECRET_IN_ATTESTATION,
};

struct silt_secret {
	uint8_t value[SILT_VALUE_ID_SIZE];
	const struct silt_rule *rule;      /* NULL: known by its name alone */
	const char *preview;               /* redacted */
	const char *facts;                 /* what is known of it that is no secret; "" if nothing */
	int64_t expires;                   /* seconds since 1970; 0: never or unknown */
	const uint8_t *public_id;          /* of a private key, borrowed from its hit; NULL or zeros: not known */
	struct silt_bytes bytes;           /* the value itself, if it was kept */
	uint8_t plain[SILT_VALUE_ID_SIZE]; /* known by its name: what `value` would be if a rule had matched it */
	enum silt_severity severity;
	enum silt_confidence confidence;
	enum silt_secret_where where;
	struct silt_sighting sighting; /* text is of the context's arena */
	const char *suppressed;        /* why it is no finding; NULL: it is one */
	struct silt_place shown;       /* the entry, while its visible name is looked for; else none */
};

struct silt_secret_list {
	const struct silt_context *context;
	bool wanted;               /* of values that are looked for (secret/wanted.h), and not of hits */
	struct silt_secret *items; /* owns */
	size_t count, capacity;
};

/* What the list is made of. */
static inline const struct silt_hit *silt_hits_of(const struct silt_secret_list *list, const struct silt_record *record,
						  size_t *count)
{
	*count = list->wanted ? record->wanted_count : record->hit_count;
	return list->wanted ? record->wanted : record->hits;
}

void silt_secret_list_done(struct silt_secret_list *list);

enum silt_status silt_secret_list_add(struct silt_secret_list *list, const struct silt_secret *secret,
				      struct silt_error *err);

/* A secret with what the hit says of it; where and sighting are the caller's to set. */
struct silt_secret silt_secret_of_hit(const struct silt_hit *hit);

/*
 * Completes the sighting of a hit whose entry, layer, member or document is sighted already: the path inside an archive
 * behind the place, the length, and the note ("link target; checksum holds; written in base64").
 */
enum silt_status silt_secret_place_hit(const struct silt_context *context, const struct silt_hit *hit,
				       struct silt_sighting *sighting, struct silt_error *err);

/* Hits in the layers of the images, in layers of no image, and in members that are neither layer nor document. */
enum silt_status silt_secrets_in_layers(struct silt_secret_list *list, struct silt_error *err);

/* Hits in image configs, manifests and the other documents. */
enum silt_status silt_secrets_in_documents(struct silt_secret_list *list, struct silt_error *err);

/* Values in Env and history that only their names give away, and that no pattern rule matched. */
enum silt_status silt_secrets_by_name(struct silt_secret_list *list, struct silt_error *err);

/* The hits of a document in order of their fields, so that those of one field can be found. */
struct silt_field_hits {
	const struct silt_hit **hits; /* owns */
	size_t count;
};

enum silt_status silt_field_hits_new(const struct silt_hit *hits, size_t count, struct silt_field_hits *out,
				     struct silt_error *err);
void silt_field_hits_done(struct silt_field_hits *fields);

/* The first hit of a field, and how many it has. */
size_t silt_field_hits_find(const struct silt_field_hits *fields, const char *field, size_t *count);

#endif
