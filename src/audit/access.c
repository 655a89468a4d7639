/* The user of config.User against owners and modes. */
#include "audit/access.h"

#include "audit/accounts.h"
#include "audit/sighting.h"

/* Bits of a mode for others; those of the group and of the owner stand 3 and 6 places further up. */
enum { OTHERS_EXECUTE = 0001, OTHERS_WRITE = 0002, GROUP_SHIFT = 3, OWNER_SHIFT = 6, ANY_EXECUTE = 0111 };

/* ---- Accounts ------------------------------------------------------------------------------------------------------ */

/* Field `number` of a line, from 0; empty if it has fewer. */
static struct silt_bytes field(struct silt_bytes line, unsigned number)
{
	struct silt_bytes piece = {0};
	for (unsigned i = 0; i <= number; i++) {
		if (!silt_bytes_cut(&line, ':', &piece)) {
			return silt_bytes(NULL, 0);
		}
	}
	return silt_bytes_trim(piece);
}

static int64_t number_in(struct silt_bytes line, unsigned number)
{
	int64_t value = 0;
	silt_account_number(field(line, number), &value);
	return value;
}

/* The first line whose name is `who`, or whose id is, if that is a number. */
static bool find_line(struct silt_bytes body, struct silt_bytes who, struct silt_bytes *line)
{
	enum { NAME, PASSWORD, ID };
	int64_t id;
	bool has_id = silt_account_number(who, &id);
	while (silt_bytes_cut(&body, '\n', line)) {
		*line = silt_bytes_trim(*line);
		if (line->len > 0 &&
		    (silt_bytes_equal(field(*line, NAME), who) || (has_id && number_in(*line, ID) == id))) {
			return true;
		}
	}
	return false;
}

static void resolve_user(struct silt_access *access, struct silt_bytes who)
{
	enum { NAME, PASSWORD, UID, GID };
	struct silt_bytes line;
	if (who.len == 0) {
		who = SILT_LITERAL("0");
	}
	if (find_line(silt_accounts_read(access->image, SILT_LITERAL("etc/passwd")).body, who, &line)) {
		access->known = true;
		access->name = field(line, NAME);
		access->uid = number_in(line, UID);
		access->gid = number_in(line, GID);
	} else {
		access->known = silt_account_number(who, &access->uid) || silt_bytes_equal(who, SILT_LITERAL("root"));
	}
}

static bool is_member(struct silt_bytes members, struct silt_bytes name)
{
	struct silt_bytes member;
	while (silt_bytes_cut(&members, ',', &member)) {
		if (silt_bytes_equal(member, name)) {
			return true;
		}
	}
	return false;
}

/* All groups that list the account. Of more than anybody has in earnest nothing is said. */
static void add_groups(struct silt_access *access, struct silt_bytes groups)
{
	enum { GID = 2, MEMBERS = 3 };
	struct silt_bytes line;
	while (access->name.len > 0 && access->uid != 0 && silt_bytes_cut(&groups, '\n', &line)) {
		if (!is_member(field(line, MEMBERS), access->name)) {
			continue;
		}
		if (access->group_count == SILT_ACCOUNT_GROUPS_MAX) {
			access->known = false;
			return;
		}
		access->groups[access->group_count++] = number_in(line, GID);
	}
}

/* A group that is named takes the place of all others. */
static void resolve_group(struct silt_access *access, struct silt_bytes group)
{
	enum { GID = 2 };
	struct silt_bytes line, groups = silt_accounts_read(access->image, SILT_LITERAL("etc/group")).body;
	if (group.len == 0) {
		add_groups(access, groups);
	} else if (find_line(groups, group, &line)) {
		access->gid = number_in(line, GID);
	} else {
		access->known = silt_account_number(group, &access->gid) && access->known;
	}
}

struct silt_access silt_access_of(const struct silt_audited_image *image)
{
	struct silt_access access = {.image = image};
	struct silt_bytes who = {0}, group;
	group = image->declared ? silt_bytes_trim(image->declared->config.user) : silt_bytes(NULL, 0);
	silt_bytes_cut(&group, ':', &who);
	resolve_user(&access, who);
	resolve_group(&access, group);
	return access;
}

/* ---- Rights -------------------------------------------------------------------------------------------------------- */

static bool is_in_group(const struct silt_access *access, int64_t gid)
{
	bool found = gid == access->gid;
	for (size_t i = 0; i < access->group_count && !found; i++) {
		found = access->groups[i] == gid;
	}
	return found;
}

/* Whether the mode gives the user a right that others have by the bit `others`. */
static bool is_given(const struct silt_access *access, const struct silt_entry *entry, unsigned others)
{
	if (entry->uid == access->uid) {
		return entry->mode & others << OWNER_SHIFT;
	}
	return entry->mode & (is_in_group(access, entry->gid) ? others << GROUP_SHIFT : others);
}

bool silt_access_may_run(const struct silt_access *access, const struct silt_node *node)
{
	const struct silt_entry *entry = silt_entry_at(access->image, node->meta);
	return !access->known || access->uid == 0 ? entry->mode & ANY_EXECUTE : is_given(access, entry, OTHERS_EXECUTE);
}

bool silt_access_may_write(const struct silt_access *access, const struct silt_node *node)
{
	const struct silt_entry *entry = silt_entry_at(access->image, node->meta);
	if (!access->known) {
		return entry->mode & OTHERS_WRITE;
	}
	return access->uid == 0 || is_given(access, entry, OTHERS_WRITE);
}

static bool may_pass(const struct silt_access *access, struct silt_bytes folder)
{
	struct silt_node node;
	return !silt_rootfs_find(access->image->rootfs, folder, true, &node) || silt_place_none(node.meta) ||
	       is_given(access, silt_entry_at(access->image, node.meta), OTHERS_EXECUTE);
}

struct silt_bytes silt_access_barrier(const struct silt_access *access, struct silt_bytes path)
{
	for (size_t i = 0; i < path.len && access->known && access->uid != 0; i++) {
		if ((i == 0 || path.ptr[i] == '/') && !may_pass(access, silt_bytes(path.ptr, i))) {
			return silt_bytes(path.ptr, i);
		}
	}
	return silt_bytes(NULL, 0);
}

bool silt_access_may_reach(const struct silt_access *access, struct silt_bytes path)
{
	return !silt_access_barrier(access, path).ptr;
}

/* A sticky directory protects names that are there, but new ones can come before those of later directories. */
bool silt_directory_is_open(const struct silt_audited_image *image, const struct silt_node *node)
{
	return !silt_place_none(node->meta) && silt_entry_at(image, node->meta)->type == SILT_ENTRY_DIRECTORY &&
	       silt_entry_at(image, node->meta)->mode & OTHERS_WRITE;
}
