/* Whether the image can run as a user that it does not know, as OpenShift starts containers: any uid, group 0. */
#include "audit/checks.h"
#include "audit/entrypoint.h"
#include "audit/tell.h"

enum { ALL_RIGHTS = 07, GROUP_EXECUTE = 010, OTHERS_EXECUTE = 01 };

/* What the owner may do, group 0 or everybody may do as well. */
static bool is_shared(const struct silt_entry *entry)
{
	unsigned owner = entry->mode >> 6 & ALL_RIGHTS, group = entry->mode >> 3 & ALL_RIGHTS;
	unsigned others = entry->mode & ALL_RIGHTS;
	return (entry->gid == 0 && (group & owner) == owner) || (others & owner) == owner;
}

/* `detail` NULL: memory ran out. */
static enum silt_status tell(const struct silt_case *of, struct silt_place place, const char *detail,
			     struct silt_error *err)
{
	struct silt_path_room room;
	struct silt_bytes path = silt_path_at(silt_case_image(of), place, &room);
	struct silt_telling telling = {
		.rule = "user-arbitrary-uid",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(of->context->arena, path),
		.detail = detail,
		.identity = path,
	};
	return detail ? silt_tell_entry(of, &telling, place, err) : silt_fail_memory(err);
}

/* `what` says what the config has the directory for. */
static enum silt_status check_directory(const struct silt_case *of, struct silt_bytes path, const char *what,
					struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	struct silt_node node;
	path = silt_bytes_trim(path);
	if (path.len == 0 || silt_bytes_all(path, '/') || !silt_rootfs_find(image->rootfs, path, true, &node) ||
	    silt_place_none(node.meta)) {
		return SILT_OK;
	}
	const struct silt_entry *entry = silt_entry_at(image, node.meta);
	if (entry->type != SILT_ENTRY_DIRECTORY || is_shared(entry)) {
		return SILT_OK;
	}
	const char *detail = silt_arena_printf(of->context->arena,
					       "%s belongs to %u:%u with mode %04o: a user that is not its owner, but "
					       "in group 0, may not do there what its owner may.",
					       what, (unsigned)entry->uid, (unsigned)entry->gid, (unsigned)entry->mode);
	return tell(of, node.meta, detail, err);
}

static enum silt_status check_home(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	struct silt_bytes home = {0}, name;
	for (size_t i = 0; i < config->env_count; i++) {
		struct silt_bytes value = config->env[i];
		if (silt_bytes_cut(&value, '=', &name) && silt_bytes_equal(name, SILT_LITERAL("HOME"))) {
			home = value;
		}
	}
	return check_directory(of, home, "The directory that HOME names", err);
}

/* What is started must be executable for a user that is neither its owner nor known. */
static enum silt_status check_program(const struct silt_case *of, const struct silt_entry_link *link,
				      struct silt_error *err)
{
	if (!link->found || !link->certain || link->start == SILT_START_READ) {
		return SILT_OK;
	}
	const struct silt_entry *entry = silt_entry_at(silt_case_image(of), link->node.meta);
	bool runs = entry->mode & OTHERS_EXECUTE || (entry->gid == 0 && entry->mode & GROUP_EXECUTE);
	if (runs) {
		return SILT_OK;
	}
	const char *detail = silt_arena_printf(of->context->arena,
					       "The image starts it; it belongs to %u:%u with mode %04o, so that "
					       "neither group 0 nor others may execute it.",
					       (unsigned)entry->uid, (unsigned)entry->gid, (unsigned)entry->mode);
	return tell(of, link->node.meta, detail, err);
}

static enum silt_status check_programs(const struct silt_case *of, struct silt_error *err)
{
	struct silt_entry_chain chain;
	enum silt_status status = silt_entry_chain(of->context, of->image, &chain, err);
	for (size_t i = 0; status == SILT_OK && i < chain.count; i++) {
		status = check_program(of, &chain.links[i], err);
	}
	return status;
}

static enum silt_status check_image(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	enum silt_status status = check_directory(of, config->working_dir, "The working directory", err);
	if (status == SILT_OK) {
		status = check_home(of, err);
	}
	for (size_t i = 0; i < config->volume_count && status == SILT_OK; i++) {
		status = check_directory(of, config->volumes[i], "The volume", err);
	}
	return status == SILT_OK ? check_programs(of, err) : status;
}

enum silt_status silt_check_arbitrary_user(const struct silt_context *context, struct silt_findings *findings,
					   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		const struct silt_case of = {context, image, findings};
		status = silt_case_image(&of)->declared ? check_image(&of, err) : SILT_OK;
	}
	return status;
}
