/*
 * What images have and a policy does not allow: users, ports and shells, by their posture. Their rules are in the
 * catalogue, like those of any other finding.
 */
#include "policy/demand.h"

#include "base/attributes.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/escape.h"
#include "base/secure.h"
#include "policy/court.h"
#include "silt/checks.h"

#include <stdlib.h>

static const char user_rule[] = "user-not-allowed", port_rule[] = "config-port-not-allowed",
		  shell_rule[] = "shell-not-allowed";

bool silt_is_demand(const struct silt_finding *finding)
{
	return strcmp(finding->rule, user_rule) == 0 || strcmp(finding->rule, port_rule) == 0 ||
	       strcmp(finding->rule, shell_rule) == 0;
}

/* Something that is not allowed, in one image. */
struct demand {
	const char *rule;
	const char *subject;
	const char *place;
	const char *detail;
	size_t image;
	bool is_path; /* the subject is one */
};

struct demands {
	struct silt_court *court;
	struct demand *items; /* owns */
	size_t count, capacity;
};

/* ---- Collecting -------------------------------------------------------------------------------------------------- */

static void add(struct demands *demands, struct demand demand)
{
	void *items = demands->items;
	if (!demand.subject || !silt_grow(&items, demands->count, &demands->capacity, sizeof(*demands->items))) {
		demands->court->starved = true;
		return;
	}
	demands->items = items;
	demands->items[demands->count++] = demand;
}

/* Whoever imports a root filesystem without a config gets an image that runs as root. */
static void add_user(struct demands *demands, size_t image, const struct silt_posture_user *user, bool bare)
{
	struct silt_arena *arena = demands->court->arena;
	bool named = user->name && *user->name;
	const char *subject = named        ? silt_arena_printf(arena, "user %s", user->name)
			      : bare       ? "no config"
			      : user->name ? "no user set"
					   : "user not known";
	const char *detail = bare ? "An image that is made of it runs as root, and the policy does not allow root."
			     : user->root == SILT_ANSWER_YES ? "It is root, and the policy does not allow root."
							     : "The policy allows other users only.";
	if (!silt_policy_allows_user(demands->court->policy, user)) {
		add(demands, (struct demand){user_rule, subject, "User", detail, image, false});
	}
}

/* A list that is cut or not known could have anything. */
static void add_unlisted(struct demands *demands, const char *rule, const char *place, size_t image,
			 const struct silt_texts *texts)
{
	if (!texts->known) {
		add(demands,
		    (struct demand){rule, "not known", place, "Nobody could find out what there is.", image, false});
	} else if (texts->count < texts->total) {
		add(demands, (struct demand){rule, "more than are listed", place,
					     "There are more of them than a report lists.", image, false});
	}
}

static void add_ports(struct demands *demands, size_t image, const struct silt_texts *ports)
{
	add_unlisted(demands, port_rule, "ExposedPorts", image, ports);
	for (size_t i = 0; ports->known && i < ports->count; i++) {
		if (!silt_policy_allows_port(demands->court->policy, ports->items[i])) {
			add(demands, (struct demand){port_rule, ports->items[i], "ExposedPorts",
						     "The policy allows other ports only.", image, false});
		}
	}
}

static void add_shells(struct demands *demands, size_t image, const struct silt_texts *shells)
{
	add_unlisted(demands, shell_rule, "final filesystem", image, shells);
	for (size_t i = 0; shells->known && i < shells->count; i++) {
		if (!silt_policy_allows_shell(demands->court->policy, shells->items[i])) {
			add(demands,
			    (struct demand){shell_rule, shells->items[i], shells->items[i],
					    "The policy allows other shells and interpreters only.", image, true});
		}
	}
}

/* A root filesystem that no document declares an image of. */
static bool is_bare(const struct silt_image *image)
{
	return !*image->config_digest && !(image->declared_by && *image->declared_by);
}

static void collect(struct demands *demands)
{
	const struct silt_court *court = demands->court;
	const struct silt_policy_allowed *allowed = &court->policy->allowed;
	for (size_t i = 0; i < court->image_count; i++) {
		const struct silt_posture *posture = court->images[i].posture;
		bool bare = is_bare(&court->images[i]);
		if (allowed->has_users && posture) {
			add_user(demands, i, &posture->user, bare);
		}
		if (allowed->has_ports && posture && !bare) {
			add_ports(demands, i, &posture->ports);
		}
		if (allowed->has_shells && posture) {
			add_shells(demands, i, &posture->rights.shells);
		}
	}
}

static int order_demands(const void *left, const void *right)
{
	const struct demand *a = left, *b = right;
	int order = strcmp(a->rule, b->rule);
	if (order == 0) {
		order = strcmp(a->subject, b->subject);
	}
	return order != 0 ? order : (a->image > b->image) - (a->image < b->image);
}

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

/* The raw path of a place such as "/usr/bin/bash". */
static struct silt_bytes path_of(struct silt_court *court, const char *place)
{
	struct silt_buffer raw = {0};
	silt_unescape(&raw, silt_bytes_text(*place == '/' ? place + 1 : place));
	struct silt_bytes path = silt_arena_copy(court->arena, silt_buffer_bytes(&raw));
	court->starved = court->starved || raw.failed || !path.ptr;
	silt_buffer_done(&raw);
	return path;
}

static struct silt_sighting sight(struct silt_court *court, const struct demand *demand)
{
	return (struct silt_sighting){
		.image = demand->image,
		.layer = SIZE_MAX,
		.entry = SIZE_MAX,
		.history_line = SIZE_MAX,
		.place = demand->place,
		.path = demand->is_path ? path_of(court, demand->place) : silt_bytes(NULL, 0),
		.member = "",
		.fate = demand->is_path ? SILT_FATE_VISIBLE : SILT_FATE_METADATA,
		.added_by = "",
		.cause_layer = SIZE_MAX,
		.hidden_by = "",
		.note = "",
	};
}

/* `count` demands that differ in their image only are one finding. */
static void make(struct silt_court *court, const struct demand *demands, size_t count, struct silt_finding *out)
{
	const struct silt_check_info *check = silt_checks_find(demands[0].rule);
	struct silt_sighting *sightings = silt_arena_alloc(court->arena, count * sizeof(*sightings));
	struct silt_bytes identity = silt_bytes_text(demands[0].subject);
	uint8_t id[(SILT_FINGERPRINT_SIZE - 1) / 2];
	court->starved = court->starved || !sightings;
	for (size_t i = 0; sightings && i < count; i++) {
		sightings[i] = sight(court, &demands[i]);
	}
	*out = (struct silt_finding){
		.rule = demands[0].rule,
		.pattern = "",
		.title = check ? check->title : "",
		.severity = check ? check->severity : SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = demands[0].subject,
		.detail = demands[0].detail,
		.remedy = check ? check->fix : "",
		.exposure = demands[0].is_path ? SILT_FATE_VISIBLE : SILT_FATE_METADATA,
		.suppressed = "",
		.standing_why = "",
		.sightings = sightings,
		.sighting_count = sightings ? count : 0,
	};
	silt_keyed_hash(demands[0].rule, &identity, 1, id, sizeof(id));
	silt_hex(silt_bytes(id, sizeof(id)), out->fingerprint);
}

static size_t run_length(const struct demand *demands, size_t count)
{
	size_t length = 1;
	while (length < count && strcmp(demands[length].rule, demands[0].rule) == 0 &&
	       strcmp(demands[length].subject, demands[0].subject) == 0) {
		length++;
	}
	return length;
}

const struct silt_finding *silt_court_demands(struct silt_court *court, size_t *count)
{
	struct demands demands = {.court = court};
	struct silt_error err = {0};
	collect(&demands);
	*count = 0;
	struct silt_finding *findings = silt_arena_alloc(court->arena, demands.count * sizeof(*findings));
	if (demands.count > 0 && findings && silt_secure_init(&err) == SILT_OK) {
		qsort(demands.items, demands.count, sizeof(*demands.items), order_demands);
		for (size_t i = 0, length; i < demands.count; i += length) {
			length = run_length(&demands.items[i], demands.count - i);
			make(court, &demands.items[i], length, &findings[(*count)++]);
		}
	}
	free(demands.items);
	return err.status == SILT_OK ? findings : NULL;
}
