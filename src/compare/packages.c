/* The packages of a pair of images, by name and package manager. */
#include "compare/comparing.h"

#include "audit/packages.h"
#include "base/error.h"
#include "base/escape.h"

/* Packages of one name and manager: several versions of a kernel may be installed side by side. */
struct run {
	const struct silt_installed *first;
	size_t count;
};

struct lists {
	struct silt_comparing *comparing;
	struct silt_packages before, after; /* own */
	struct silt_compared_package *out;  /* of the arena */
	size_t count;
};

static bool is_same_package(const struct silt_installed *a, const struct silt_installed *b)
{
	return a->manager == b->manager && silt_bytes_equal(a->name, b->name);
}

static int order_packages(const struct silt_installed *a, const struct silt_installed *b)
{
	const int order = silt_bytes_compare(a->name, b->name);
	return order != 0 ? order : (a->manager > b->manager) - (a->manager < b->manager);
}

/* Lists are by name, then version: those of two managers may take turns, and each turn is a run. */
static struct run run_at(const struct silt_packages *packages, size_t at)
{
	struct run run = {.first = at < packages->count ? &packages->items[at] : NULL};
	while (run.first && at + run.count < packages->count &&
	       is_same_package(run.first, &packages->items[at + run.count])) {
		run.count++;
	}
	return run;
}

static bool same_versions(struct run a, struct run b)
{
	for (size_t i = 0; i < a.count && i < b.count; i++) {
		if (!silt_bytes_equal(a.first[i].version, b.first[i].version)) {
			return false;
		}
	}
	return a.count == b.count;
}

/* "1.2, 1.3"; NULL if memory ran out. */
static const char *versions_text(struct silt_arena *arena, struct run run)
{
	const char *text = "";
	for (size_t i = 0; i < run.count && text; i++) {
		const char *version = silt_escape_copy(arena, run.first[i].version);
		text = version ? silt_arena_printf(arena, "%s%s%s", text, i > 0 ? ", " : "", version) : NULL;
	}
	return text;
}

/* One of the two may be empty: the package is not there. */
static enum silt_status add(struct lists *lists, struct run before, struct run after)
{
	struct silt_arena *arena = &lists->comparing->arena;
	const struct silt_installed *any = before.count > 0 ? before.first : after.first;
	if (!any) {
		return SILT_OK;
	}
	struct silt_compared_package package = {
		.change = before.count == 0  ? SILT_CHANGE_ADDED
			  : after.count == 0 ? SILT_CHANGE_REMOVED
					     : SILT_CHANGE_CHANGED,
		.name = silt_escape_copy(arena, any->name),
		.manager = silt_package_db_name(any->manager),
		.before = before.count > 0 ? versions_text(arena, before) : NULL,
		.after = after.count > 0 ? versions_text(arena, after) : NULL,
	};
	lists->out[lists->count++] = package;
	const bool starved = !package.name || (before.count > 0 && !package.before) ||
			     (after.count > 0 && !package.after);
	return starved ? silt_fail_memory(lists->comparing->err) : SILT_OK;
}

static enum silt_status merge(struct lists *lists)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0, k = 0; (i < lists->before.count || k < lists->after.count) && status == SILT_OK;) {
		struct run before = run_at(&lists->before, i), after = run_at(&lists->after, k);
		const int order = !before.first ? 1 : !after.first ? -1 : order_packages(before.first, after.first);
		before.count = order > 0 ? 0 : before.count;
		after.count = order < 0 ? 0 : after.count;
		if (order != 0 || !same_versions(before, after)) {
			status = add(lists, before, after);
		}
		i += before.count;
		k += after.count;
	}
	return status;
}

enum silt_status silt_compare_packages(struct silt_comparing *comparing, struct silt_compared_image *pair)
{
	struct lists lists = {.comparing = comparing};
	const struct silt_audited_image *before = silt_compared_before(comparing, pair);
	const struct silt_audited_image *after = silt_compared_after(comparing, pair);
	enum silt_status status = silt_packages_list(before, before->layer_count, &lists.before, comparing->err);
	if (status == SILT_OK) {
		status = silt_packages_list(after, after->layer_count, &lists.after, comparing->err);
	}
	const size_t most = lists.before.count + lists.after.count + 1;
	lists.out = status == SILT_OK ? silt_arena_alloc(&comparing->arena, most * sizeof(*lists.out)) : NULL;
	if (status == SILT_OK) {
		status = lists.out ? merge(&lists) : silt_fail_memory(comparing->err);
	}
	pair->packages = lists.out;
	pair->package_count = lists.count;
	silt_packages_done(&lists.before);
	silt_packages_done(&lists.after);
	return status;
}
