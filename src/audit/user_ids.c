/* Numbers that several accounts or groups share: to the kernel they are one. */
#include "audit/accounts.h"
#include "audit/checks.h"
#include "audit/tell.h"
#include "base/escape.h"

#include <stdlib.h>

enum { FIELDS = 3, NAMES_TOLD = 8, NAME_SHOWN = 40 };

/* A list, and whether its lowest id may be shared: a second uid 0 is user-second-uid0. */
static const struct list {
	const char *path, *what;
	bool zero_too;
} lists[] = {
	{"etc/passwd", "uid", false},
	{"etc/group", "gid", true},
};

struct member {
	int64_t id;
	struct silt_bytes name;
	size_t rank; /* in the file */
};

static int order_members(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	return a->id != b->id ? (a->id > b->id) - (a->id < b->id) : (a->rank > b->rank) - (a->rank < b->rank);
}

/* All that have a number; `out` has room for one per line. */
static size_t list_members(struct silt_bytes body, bool zero_too, struct member *out)
{
	size_t count = 0;
	struct silt_account account;
	while (silt_account_next(&body, &account)) {
		if (silt_account_is_entry(&account, FIELDS) && account.has_id && (zero_too || account.id != 0)) {
			out[count] = (struct member){account.id, account.name, count};
			count++;
		}
	}
	if (count > 1) {
		qsort(out, count, sizeof(*out), order_members);
	}
	return count;
}

/* The same name twice is one account, of which runtimes take the first line. */
static bool share(const struct member *members, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (!silt_bytes_equal(members[i].name, members[0].name)) {
			return true;
		}
	}
	return false;
}

static enum silt_status tell(const struct silt_case *of, const struct list *list, struct silt_place at,
			     const struct member *members, size_t count, struct silt_error *err)
{
	struct silt_buffer names = {0};
	for (size_t i = 0; i < count && i < NAMES_TOLD; i++) {
		char name[NAME_SHOWN];
		silt_buffer_printf(&names, "%s%s", i ? ", " : "",
				   silt_escape_text(members[i].name, name, sizeof(name)));
	}
	if (count > NAMES_TOLD) {
		silt_buffer_printf(&names, " and %zu more", count - NAMES_TOLD);
	}
	struct silt_arena *arena = of->context->arena;
	struct silt_telling telling = {
		.rule = "user-dup-id",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_arena_printf(arena, "%s %lld in /%s", list->what, (long long)members[0].id, list->path),
		.detail = silt_arena_printf(arena, "%s share it.", silt_buffer_text(&names)),
	};
	enum silt_status status = names.failed || !telling.detail ? silt_fail_memory(err)
								  : silt_tell_entry(of, &telling, at, err);
	silt_buffer_done(&names);
	return status;
}

static enum silt_status check_list(const struct silt_case *of, const struct list *list, struct silt_error *err)
{
	struct silt_accounts accounts = silt_accounts_read(silt_case_image(of), silt_bytes_text(list->path));
	struct member *members = calloc(silt_account_lines(accounts.body) + 1, sizeof(*members));
	if (!members) {
		return silt_fail_memory(err);
	}
	size_t count = list_members(accounts.body, list->zero_too, members);
	enum silt_status status = SILT_OK;
	for (size_t first = 0, next; first < count && status == SILT_OK; first = next) {
		for (next = first + 1; next < count && members[next].id == members[first].id;) {
			next++;
		}
		if (share(&members[first], next - first)) {
			status = tell(of, list, accounts.at, &members[first], next - first, err);
		}
	}
	free(members);
	return status;
}

enum silt_status silt_check_ids(const struct silt_context *context, struct silt_findings *findings,
				struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; image < context->image_count && status == SILT_OK; image++) {
		const struct silt_case of = {context, image, findings};
		for (size_t i = 0; i < SILT_COUNT(lists) && status == SILT_OK; i++) {
			status = check_list(&of, &lists[i], err);
		}
	}
	return status;
}
