/*
 * Lists of what may be. They are closed: a finding about what is in one is allowed, and one about what is not in it
 * counts, however light it is.
 */
#include "policy/court.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "policy/demand.h"
#include "policy/glob.h"
#include "policy/read.h"

#include <stdio.h>

/* ---- Users, ports, shells ---------------------------------------------------------------------------------------- */

static bool is_number(struct silt_bytes text, uint64_t number)
{
	char digits[24];
	(void)snprintf(digits, sizeof(digits), "%llu", (unsigned long long)number);
	return silt_bytes_are(text, digits);
}

/* What somebody may be called who is root: "root" and 0, and nothing else. */
static bool means_root(struct silt_bytes item)
{
	struct silt_bytes name = silt_bytes_slice(item, 0, silt_bytes_find_byte(item, ':'));
	return silt_bytes_are(name, "root") || is_number(name, 0);
}

/* "app", "10001", "10001:10001", as config.User has it or as it comes out in the image. */
static bool names_user(struct silt_bytes item, const struct silt_posture_user *user)
{
	struct silt_bytes whole = silt_bytes_text(user->name); /* NULL, which is "not known": empty, as for root */
	struct silt_bytes name = silt_bytes_slice(whole, 0, silt_bytes_find_byte(whole, ':'));
	size_t colon = silt_bytes_find_byte(item, ':');
	if (user->root != SILT_ANSWER_NO && (user->root == SILT_ANSWER_YES || whole.len == 0)) {
		return means_root(item) && (colon == SIZE_MAX || silt_bytes_equal(item, whole));
	}
	if (silt_bytes_equal(item, whole) || silt_bytes_equal(item, name)) {
		return true;
	}
	if (user->uid == SILT_UNKNOWN || !is_number(silt_bytes_slice(item, 0, colon), user->uid)) {
		return false;
	}
	return colon == SIZE_MAX || is_number(silt_bytes_slice(item, colon + 1, item.len), user->gid);
}

bool silt_policy_allows_user(const struct silt_policy *policy, const struct silt_posture_user *user)
{
	for (const struct silt_policy_text *item = policy->allowed.users; item; item = item->next) {
		if (names_user(item->bytes, user)) {
			return true;
		}
	}
	return false;
}

bool silt_policy_allows_port(const struct silt_policy *policy, const char *port)
{
	struct silt_policy_ports exposed, allowed;
	if (!silt_policy_ports_read(silt_bytes_text(port), &exposed)) {
		return false;
	}
	for (const struct silt_policy_text *item = policy->allowed.ports; item; item = item->next) {
		if (silt_policy_ports_read(item->bytes, &allowed) && exposed.first >= allowed.first &&
		    exposed.last <= allowed.last && silt_bytes_equal_nocase(exposed.protocol, allowed.protocol)) {
			return true;
		}
	}
	return false;
}

bool silt_policy_allows_shell(const struct silt_policy *policy, const char *path)
{
	struct silt_bytes whole = silt_bytes_text(path), name = silt_path_basename(whole);
	for (const struct silt_policy_text *item = policy->allowed.shells; item; item = item->next) {
		bool rooted = item->bytes.ptr[0] == '/';
		if (silt_policy_glob(item->bytes, rooted ? whole : name)) {
			return true;
		}
	}
	return false;
}

static bool allows_user_of(const struct silt_policy *policy, const struct silt_posture *posture,
			   const struct silt_finding *finding)
{
	(void)finding;
	return policy->allowed.has_users && silt_policy_allows_user(policy, &posture->user);
}

static bool allows_port_of(const struct silt_policy *policy, const struct silt_posture *posture,
			   const struct silt_finding *finding)
{
	(void)posture;
	return policy->allowed.has_ports && silt_policy_allows_port(policy, finding->subject);
}

static bool allows_shells_of(const struct silt_policy *policy, const struct silt_posture *posture,
			     const struct silt_finding *finding)
{
	const struct silt_texts *shells = &posture->rights.shells;
	(void)finding;
	bool all = policy->allowed.has_shells && shells->known && shells->count == shells->total;
	for (size_t i = 0; all && i < shells->count; i++) {
		all = silt_policy_allows_shell(policy, shells->items[i]);
	}
	return all;
}

/* Findings that are about what a list has, by what their images are like. */
static const struct {
	const char *rule;
	bool (*allows)(const struct silt_policy *policy, const struct silt_posture *posture,
		       const struct silt_finding *finding);
} about[] = {
	{"user-root", allows_user_of},       {"user-uid0-alias", allows_user_of},
	{"user-nonnumeric", allows_user_of}, {"config-port-22", allows_port_of},
	{"shell-present", allows_shells_of}, {"shell-interpreter", allows_shells_of},
};

static bool is_allowed_in_all(const struct silt_court *court, const struct silt_finding *finding, size_t row)
{
	for (size_t i = 0; i < finding->sighting_count; i++) {
		size_t image = finding->sightings[i].image;
		const struct silt_posture *posture = image < court->image_count ? court->images[image].posture : NULL;
		if (!posture || !about[row].allows(court->policy, posture, finding)) {
			return false;
		}
	}
	return finding->sighting_count > 0;
}

/* ---- Setuid programs --------------------------------------------------------------------------------------------- */

static bool is_setuid(const struct silt_finding *finding)
{
	return strcmp(finding->rule, "priv-setuid") == 0 || strcmp(finding->rule, "priv-setgid") == 0;
}

static bool is_program(const struct silt_policy_setuid *program, const struct silt_sighting *at)
{
	const struct silt_sighted_file *file = at->file;
	return file && silt_bytes_equal(program->path, at->path) &&
	       (program->mode == SILT_POLICY_ANY_MODE || program->mode == file->mode) &&
	       (!program->has_owner || (program->uid == file->uid && program->gid == file->gid)) &&
	       (!program->digest || strcmp(program->digest, file->digest) == 0);
}

/* Every name that it has must be in the list. */
static bool allows_program(const struct silt_policy *policy, const struct silt_finding *finding)
{
	for (size_t i = 0; i < finding->sighting_count; i++) {
		const struct silt_policy_setuid *program = policy->allowed.setuid;
		while (program && !is_program(program, &finding->sightings[i])) {
			program = program->next;
		}
		if (!program) {
			return false;
		}
	}
	return finding->sighting_count > 0;
}

/* ---- Judging ----------------------------------------------------------------------------------------------------- */

bool silt_court_allow(struct silt_court *court, struct silt_finding *finding)
{
	bool allowed = is_setuid(finding) && allows_program(court->policy, finding);
	for (size_t i = 0; i < SILT_COUNT(about) && !allowed; i++) {
		allowed = strcmp(finding->rule, about[i].rule) == 0 && is_allowed_in_all(court, finding, i);
	}
	return allowed &&
	       silt_court_decide(court, finding, SILT_STANDING_ALLOWED,
				 silt_arena_printf(court->arena, "allowed by %s, line %u", court->policy->source,
						   (unsigned)court->policy->allowed.line));
}

/* What cannot be run from the final filesystem needs nobody's leave, but for what only some readers of a tar see. */
bool silt_court_demand(struct silt_court *court, struct silt_finding *finding)
{
	bool there = finding->exposure == SILT_FATE_VISIBLE || finding->exposure == SILT_FATE_DISPUTED;
	bool unlisted =
		(court->policy->allowed.has_setuid && is_setuid(finding) && there) ||
		(court->policy->allowed.base_count > 0 && strcmp(finding->rule, "config-base-not-allowed") == 0);
	return (unlisted || silt_is_demand(finding)) &&
	       silt_court_decide(court, finding, SILT_STANDING_COUNTS,
				 silt_arena_printf(court->arena, "not among those that %s allows, line %u",
						   court->policy->source, (unsigned)court->policy->allowed.line));
}
