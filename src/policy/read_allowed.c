/* What a policy allows: users, ports, shells, setuid programs, base images. */
#include "policy/read.h"

#include "base/ascii.h"
#include "base/attributes.h"

#include <stddef.h>

enum { PORT_MAX = 65535, ID_DIGITS = 10, DIGEST_SIZE = sizeof("sha256:") - 1 + 64, LAYERS_MAX = 1024 };

/* ---- Ports ------------------------------------------------------------------------------------------------------- */

static bool read_port(struct silt_bytes text, unsigned *out)
{
	uint64_t number;
	if (silt_decimal(text, 5, &number) != text.len || text.len == 0 || number > PORT_MAX) {
		return false;
	}
	*out = (unsigned)number;
	return true;
}

bool silt_policy_ports_read(struct silt_bytes text, struct silt_policy_ports *out)
{
	size_t slash = silt_bytes_find_byte(text, '/');
	struct silt_bytes numbers = silt_bytes_slice(text, 0, slash);
	size_t dash = silt_bytes_find_byte(numbers, '-');
	*out = (struct silt_policy_ports){.protocol = SILT_LITERAL("tcp")};
	if (slash != SIZE_MAX) {
		out->protocol = silt_bytes_slice(text, slash + 1, text.len);
	}
	if (out->protocol.len == 0 || !read_port(silt_bytes_slice(numbers, 0, dash), &out->first)) {
		return false;
	}
	out->last = out->first;
	return dash == SIZE_MAX ||
	       (read_port(silt_bytes_slice(numbers, dash + 1, numbers.len), &out->last) && out->first <= out->last);
}

/* ---- Lists of texts ---------------------------------------------------------------------------------------------- */

static const char *user(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	(void)reader;
	(void)text;
	return NULL;
}

static const char *port(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	struct silt_policy_ports ports;
	(void)reader;
	return silt_policy_ports_read(text, &ports) ? NULL : "a port such as 8080/tcp or 8000-8010/udp";
}

/* A path from the root on, or the name of a program wherever it is. */
static const char *shell(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	(void)reader;
	bool name = silt_bytes_find_byte(text, '/') == SIZE_MAX;
	return name || text.ptr[0] == '/' ? NULL : "a path such as /bin/sh, or a name such as dash";
}

/* An empty list says that there may be nothing. */
static void read_list(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		      const struct silt_yaml_node *node, silt_policy_item_fn *judge,
		      const struct silt_policy_text **list, bool *has)
{
	*has = true;
	if (node->kind != SILT_YAML_LIST || node->count > 0) {
		silt_policy_read_texts(reader, field, node, judge, list);
	}
}

static void read_users(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		       const struct silt_yaml_node *node, void *place)
{
	struct silt_policy_allowed *allowed = place;
	read_list(reader, field, node, user, &allowed->users, &allowed->has_users);
}

static void read_ports(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		       const struct silt_yaml_node *node, void *place)
{
	struct silt_policy_allowed *allowed = place;
	read_list(reader, field, node, port, &allowed->ports, &allowed->has_ports);
}

static void read_shells(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			const struct silt_yaml_node *node, void *place)
{
	struct silt_policy_allowed *allowed = place;
	read_list(reader, field, node, shell, &allowed->shells, &allowed->has_shells);
}

/* ---- Setuid programs --------------------------------------------------------------------------------------------- */

static void read_path(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		      const struct silt_yaml_node *node, void *place)
{
	if (!silt_policy_is_text(reader, field, node, "a path such as /usr/bin/su")) {
		return;
	}
	if (node->text.ptr[0] != '/' || node->text.len < 2) {
		silt_policy_unexpected(reader, field, node, "a path such as /usr/bin/su");
		return;
	}
	struct silt_bytes copy =
		silt_arena_copy(&reader->policy->arena, silt_bytes_slice(node->text, 1, node->text.len));
	reader->starved = reader->starved || !copy.ptr;
	*(struct silt_bytes *)place = copy;
}

/* Octal, as chmod takes it. */
static bool parse_mode(struct silt_bytes text, unsigned *out)
{
	unsigned mode = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '7') {
			return false;
		}
		mode = mode << 3 | (unsigned)(text.ptr[i] - '0');
	}
	*out = mode;
	return text.len >= 3 && text.len <= 5 && mode <= 07777;
}

static void read_mode(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		      const struct silt_yaml_node *node, void *place)
{
	if (node->kind != SILT_YAML_SCALAR || !parse_mode(node->text, place)) {
		silt_policy_unexpected(reader, field, node, "an octal mode such as 4755");
	}
}

static void read_owner(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		       const struct silt_yaml_node *node, void *place)
{
	struct silt_policy_setuid *program = place;
	struct silt_bytes text = node->kind == SILT_YAML_SCALAR ? node->text : silt_bytes(NULL, 0);
	size_t colon = silt_bytes_find_byte(text, ':');
	struct silt_bytes uid = silt_bytes_slice(text, 0, colon);
	struct silt_bytes gid = silt_bytes_slice(text, colon == SIZE_MAX ? text.len : colon + 1, text.len);
	if (uid.len == 0 || gid.len == 0 || silt_decimal(uid, ID_DIGITS, &program->uid) != uid.len ||
	    silt_decimal(gid, ID_DIGITS, &program->gid) != gid.len) {
		silt_policy_unexpected(reader, field, node, "numbers of user and group, such as 0:0");
	}
	program->has_owner = true;
}

static bool is_digest(struct silt_bytes text)
{
	struct silt_bytes algorithm = SILT_LITERAL("sha256:");
	if (text.len != DIGEST_SIZE || !silt_bytes_start_with(text, algorithm)) {
		return false;
	}
	for (size_t i = algorithm.len; i < text.len; i++) {
		if (!silt_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f')) {
			return false;
		}
	}
	return true;
}

static const char *digest(const struct silt_policy_reader *reader, struct silt_bytes text)
{
	(void)reader;
	return is_digest(text) ? NULL : "sha256: and 64 lower-case hex digits";
}

static void read_digest(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			const struct silt_yaml_node *node, void *place)
{
	const struct silt_policy_text *one = NULL;
	if (node->kind != SILT_YAML_SCALAR) {
		silt_policy_unexpected(reader, field, node, "sha256: and 64 lower-case hex digits");
		return;
	}
	silt_policy_read_texts(reader, field, node, digest, &one);
	*(const char **)place = one ? one->text : NULL;
}

static struct silt_policy_setuid *read_program(struct silt_policy_reader *reader, const struct silt_yaml_node *node)
{
	static const struct silt_policy_field fields[] = {
		{"path", read_path, offsetof(struct silt_policy_setuid, path), true},
		{"mode", read_mode, offsetof(struct silt_policy_setuid, mode), false},
		{"owner", read_owner, 0, false},
		{"digest", read_digest, offsetof(struct silt_policy_setuid, digest), false},
	};
	struct silt_policy_setuid *program = silt_policy_alloc(reader, sizeof(*program));
	if (!program) {
		return NULL;
	}
	program->mode = SILT_POLICY_ANY_MODE;
	silt_policy_read_map(reader, fields, SILT_COUNT(fields), node, "a setuid program", program);
	bool moded = silt_yaml_member(node, SILT_LITERAL("mode")) && silt_yaml_member(node, SILT_LITERAL("owner"));
	if (node->kind == SILT_YAML_MAP && !moded && !silt_yaml_member(node, SILT_LITERAL("digest"))) {
		silt_policy_mistake(reader, node->place,
				    "a setuid program needs the keys mode and owner, or digest: a path alone can be "
				    "anything");
	}
	return program;
}

static void read_setuid(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			const struct silt_yaml_node *node, void *place)
{
	struct silt_policy_allowed *allowed = place;
	struct silt_policy_setuid **end = &allowed->setuid;
	allowed->has_setuid = true;
	if (!silt_policy_is_list(reader, field, node,
				 "a list of maps such as {path: /usr/bin/su, mode: 4755, owner: 0:0}")) {
		return;
	}
	for (const struct silt_yaml_node *child = node->first; child && !reader->starved; child = child->next) {
		struct silt_policy_setuid *program = read_program(reader, child);
		if (program) {
			*end = program;
			end = &program->next;
		}
	}
}

/* ---- Bases ------------------------------------------------------------------------------------------------------- */

static void read_layers(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			const struct silt_yaml_node *node, void *place)
{
	struct silt_base *base = place;
	const struct silt_policy_text *list = NULL;
	silt_policy_read_texts(reader, field, node, digest, &list);
	if (node->count > LAYERS_MAX) {
		silt_policy_mistake(reader, node->place, "layers: more than %d", LAYERS_MAX);
		return;
	}
	const char **ids = silt_policy_alloc(reader, (node->count + 1) * sizeof(*ids));
	for (; ids && list; list = list->next) {
		ids[base->count++] = list->text;
	}
	base->diff_ids = ids;
}

static void read_bases(struct silt_policy_reader *reader, const struct silt_policy_field *field,
		       const struct silt_yaml_node *node, void *place)
{
	static const struct silt_policy_field fields[] = {
		{"name", silt_policy_read_line, offsetof(struct silt_base, name), true},
		{"layers", read_layers, 0, true},
	};
	struct silt_policy_allowed *allowed = place;
	if (!silt_policy_is_list(reader, field, node, "a list of maps with name and layers")) {
		return;
	}
	if (node->count == 0) {
		silt_policy_mistake(reader, node->place, "%s: the list is empty", field->key);
	}
	allowed->bases = silt_policy_alloc(reader, node->count * sizeof(*allowed->bases));
	for (const struct silt_yaml_node *child = node->first; child && !reader->starved; child = child->next) {
		struct silt_base *base = &allowed->bases[allowed->base_count++];
		base->name = "";
		silt_policy_read_map(reader, fields, SILT_COUNT(fields), child, "a base image", base);
	}
}

/* ---- allow: ------------------------------------------------------------------------------------------------------ */

void silt_policy_read_allowed(struct silt_policy_reader *reader, const struct silt_policy_field *field,
			      const struct silt_yaml_node *node, void *place)
{
	static const struct silt_policy_field fields[] = {
		{"users", read_users, 0, false},   {"ports", read_ports, 0, false}, {"shells", read_shells, 0, false},
		{"setuid", read_setuid, 0, false}, {"bases", read_bases, 0, false},
	};
	struct silt_policy_allowed *allowed = &((struct silt_policy *)place)->allowed;
	if (node->kind != SILT_YAML_MAP) {
		silt_policy_unexpected(reader, field, node, "a map such as {users: [app], ports: [8080/tcp]}");
		return;
	}
	allowed->line = node->at.line;
	silt_policy_read_map(reader, fields, SILT_COUNT(fields), node, "allow", allowed);
}
