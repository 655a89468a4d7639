/* Where programs are looked for, and where they start. */
#include "audit/config_checks.h"

#include "audit/access.h"
#include "base/attributes.h"
#include "base/escape.h"

enum { PATH_TOLD_MAX = 200 };

/* No program can be started with a longer PATH (Linux, MAX_ARG_STRLEN). */
enum { SEARCH_PATH_MAX = 128 * 1024 };

/* ---- PATH ---------------------------------------------------------------------------------------------------------- */

/* Folders of the system; clean. What comes before one of them in PATH can take the place of its programs. */
static const char *const system_folders[] = {"bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin"};

static bool is_system_folder(struct silt_bytes path)
{
	for (size_t i = 0; i < SILT_COUNT(system_folders); i++) {
		if (silt_bytes_equal(path, silt_bytes_text(system_folders[i]))) {
			return true;
		}
	}
	return false;
}

/* True if anybody may put a program there: into the folder, or make the folder if it is missing. */
static bool is_open(const struct silt_audited_image *image, struct silt_bytes path)
{
	struct silt_node node;
	while (!silt_rootfs_find(image->rootfs, path, true, &node)) {
		size_t slash = silt_bytes_find_last_byte(path, '/');
		if (path.len == 0) {
			return false;
		}
		path = silt_bytes_slice(path, 0, slash == SIZE_MAX ? 0 : slash);
	}
	return silt_directory_is_open(image, &node);
}

/* Why an element is unsafe; NULL: it is not. */
static const char *why_unsafe(const struct silt_case *of, struct silt_bytes element, struct silt_bytes clean)
{
	if (element.len == 0) {
		return "PATH has an empty element, which means the directory a program happens to be in, before "
		       "those of the system.";
	}
	if (element.ptr[0] != '/') {
		return "PATH has a relative element before those of the system: what it means depends on the directory "
		       "a program happens to be in.";
	}
	return is_open(silt_case_image(of), clean)
		       ? "PATH has a directory before those of the system that anybody may write to, or may make."
		       : NULL;
}

/* The part of PATH before its last folder of the system: what is behind it replaces nothing. */
static struct silt_bytes before_system(struct silt_arena *arena, struct silt_bytes list)
{
	struct silt_bytes rest = list, element, before = {list.ptr, 0};
	while (silt_bytes_cut(&rest, ':', &element)) {
		if (element.len > 0 && element.ptr[0] == '/' && is_system_folder(silt_config_path(arena, element))) {
			before.len = (size_t)(element.ptr - list.ptr);
		}
	}
	return before;
}

static enum silt_status tell_element(const struct silt_case *of, struct silt_bytes element, const char *why,
				     struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "config-path-unsafe",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = element.len > 0 ? silt_escape_cut(of->context->arena, element, PATH_TOLD_MAX)
					   : "empty element",
		.detail = why,
	};
	return silt_tell_config(of, &telling, "Env PATH", err);
}

static enum silt_status check_path(const struct silt_case *of, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	struct silt_bytes list, element;
	enum silt_status status = SILT_OK;
	if (!silt_config_env(silt_case_config(of), "PATH", &list)) {
		return SILT_OK;
	}
	list = before_system(arena, silt_bytes_slice(list, 0, SEARCH_PATH_MAX));
	while (status == SILT_OK && silt_bytes_cut(&list, ':', &element)) {
		struct silt_bytes clean = silt_config_path(arena, element);
		const char *why = clean.ptr ? why_unsafe(of, element, clean) : NULL;
		status = why ? tell_element(of, element, why, err) : SILT_OK;
	}
	return status;
}

/* ---- The working directory ----------------------------------------------------------------------------------------- */

static const char *const kernel_folders[] = {"proc", "boot", "dev", "sys", "initrd", "lost+found"};

static bool is_of_the_kernel(struct silt_bytes path)
{
	for (size_t i = 0; i < SILT_COUNT(kernel_folders); i++) {
		if (silt_path_is_below(path, kernel_folders[i])) {
			return true;
		}
	}
	return false;
}

static enum silt_status check_workdir(const struct silt_case *of, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	struct silt_bytes folder = silt_case_config(of)->working_dir, clean = silt_config_path(arena, folder);
	if (!clean.ptr) {
		return silt_fail_memory(err);
	}
	bool relative = folder.len > 0 && folder.ptr[0] != '/', kernel = is_of_the_kernel(clean);
	if (!relative && !kernel) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "config-workdir",
		.severity = kernel ? SILT_SEVERITY_MEDIUM : SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_escape_cut(arena, folder, PATH_TOLD_MAX),
		.detail = kernel ? "The directory belongs to the kernel or to the system, not to the application."
				 : "It is relative: runtimes do not agree where it is.",
	};
	return silt_tell_config(of, &telling, "WorkingDir", err);
}

enum silt_status silt_config_paths(const struct silt_case *of, struct silt_error *err)
{
	if (!silt_config_is_for_linux(silt_case_config(of))) {
		return SILT_OK;
	}
	enum silt_status status = check_path(of, err);
	return status == SILT_OK ? check_workdir(of, err) : status;
}
