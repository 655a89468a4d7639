/* Programs that an image means to start and cannot. */
#include "audit/config_checks.h"

#include "audit/access.h"
#include "audit/entrypoint.h"
#include "audit/sighting.h"
#include "base/escape.h"

/* Bytes of a name that are told. */
enum { NAME_TOLD_MAX = 200 };

/* The runtime makes these; what is in them is not of the image. */
static bool is_of_the_runtime(struct silt_arena *arena, struct silt_bytes path)
{
	struct silt_bytes clean = silt_config_path(arena, path);
	return path.len > 0 && path.ptr[0] == '/' &&
	       (silt_path_is_below(clean, "proc") || silt_path_is_below(clean, "dev") ||
		silt_path_is_below(clean, "sys"));
}

/* ---- Why it cannot be started -------------------------------------------------------------------------------------- */

static const char *why_absent(struct silt_arena *arena, const struct silt_entry_chain *chain,
			      const struct silt_entry_link *link)
{
	if (link->start == SILT_START_INTERPRETER || link->start == SILT_START_LOADER) {
		const char *starter = silt_place_text(arena, chain->links[link->starter].path);
		const char *as = link->start == SILT_START_LOADER ? "a dynamic program whose loader"
								  : "a script whose interpreter";
		return starter ? silt_arena_printf(arena,
						   "%s is %s the image does not have. The kernel says \"no such file "
						   "or directory\" of the program itself.",
						   starter, as)
			       : NULL;
	}
	if (silt_bytes_find_byte(link->written, '/') == SIZE_MAX && link->start != SILT_START_READ) {
		return "No directory of PATH has a program of that name.";
	}
	return silt_bytes_find_byte(link->written, '$') == SIZE_MAX
		       ? "The image has no file there."
		       : "The image has no file there, and nothing expands a variable in the exec form.";
}

static const char *user_text(struct silt_arena *arena, const struct silt_case *of)
{
	struct silt_bytes user = silt_bytes_trim(silt_case_config(of)->user);
	return user.len > 0 ? silt_escape_cut(arena, user, NAME_TOLD_MAX) : "root";
}

/* The directory that is in the way, if the file itself is not. */
static struct silt_bytes barrier_of(const struct silt_case *of, const struct silt_entry_link *link)
{
	struct silt_access access = silt_access_of(silt_case_image(of));
	bool runs = link->start == SILT_START_READ || silt_access_may_run(&access, &link->node);
	return runs ? silt_access_barrier(&access, link->path) : silt_bytes(NULL, 0);
}

static const char *why_forbidden(struct silt_arena *arena, const struct silt_case *of,
				 const struct silt_entry_link *link)
{
	const struct silt_entry *entry = silt_entry_at(silt_case_image(of), link->node.meta);
	const char *user = user_text(arena, of), *path = silt_place_text(arena, link->path);
	struct silt_bytes barrier = barrier_of(of, link);
	if (!user || !path) {
		return NULL;
	}
	if (!barrier.ptr) {
		return silt_arena_printf(arena, "%s has mode %04o and is of %u:%u: user %s may not execute it.", path,
					 entry->mode, entry->uid, entry->gid, user);
	}
	const char *folder = silt_place_text(arena, barrier);
	return folder ? silt_arena_printf(arena, "User %s may not pass the directory %s on the way to %s.", user,
					  folder, path)
		      : NULL;
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

static enum silt_status tell_link(const struct silt_case *of, const struct silt_entry_chain *chain,
				  const struct silt_entry_link *link, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	const char *part = silt_case_config(of)->entrypoint_count > 0 ? "Entrypoint" : "Cmd";
	struct silt_telling telling = {
		.rule = "config-entry-missing",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = link->start == SILT_START_COMMAND ? SILT_CONFIDENCE_LIKELY : SILT_CONFIDENCE_PROVEN,
		.subject = link->written.len > 0 ? silt_escape_cut(arena, link->written, NAME_TOLD_MAX) : "(empty)",
		.detail = link->found ? why_forbidden(arena, of, link) : why_absent(arena, chain, link),
		.title = link->found ? "Program that the user may not execute" : NULL,
		.identity = link->written,
	};
	if (!telling.detail) {
		return silt_fail_memory(err);
	}
	return link->found ? silt_tell_entry(of, &telling, link->node.meta, err)
			   : silt_tell_config(of, &telling, part, err);
}

static bool is_missing(const struct silt_case *of, const struct silt_entry_link *link)
{
	return link->certain && !link->executable && !is_of_the_runtime(of->context->arena, link->written);
}

/* A program that is not there ends the chain; its interpreter may be missing beside others. */
enum silt_status silt_config_entry(const struct silt_case *of, struct silt_error *err)
{
	struct silt_entry_chain chain;
	enum silt_status status = silt_entry_chain(of->context, of->image, &chain, err);
	for (size_t i = 0; i < chain.count && status == SILT_OK && !chain.open; i++) {
		if (is_missing(of, &chain.links[i])) {
			status = tell_link(of, &chain, &chain.links[i], err);
		}
	}
	return status;
}
