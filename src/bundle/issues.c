/* Raising issues: what each kind means, and how many of one kind are kept. */
#include "bundle/resolve.h"

#include "base/escape.h"
#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *rule;
	enum silt_severity severity;
	bool incomplete;
} kinds[SILT_ISSUE_KINDS] = {
	[SILT_ISSUE_MISSING] = {"integrity-missing-blob", SILT_SEVERITY_HIGH, true},
	[SILT_ISSUE_MISSING_BY_DESIGN] = {"integrity-missing-blob", SILT_SEVERITY_INFO, false},
	[SILT_ISSUE_MISSING_FOREIGN] = {"integrity-missing-blob", SILT_SEVERITY_INFO, true},
	[SILT_ISSUE_DIGEST] = {"integrity-digest-mismatch", SILT_SEVERITY_HIGH, false},
	[SILT_ISSUE_DIFF_ID] = {"integrity-diffid-mismatch", SILT_SEVERITY_MEDIUM, false},
	[SILT_ISSUE_MEDIA_TYPE] = {"integrity-media-type", SILT_SEVERITY_LOW, false},
	[SILT_ISSUE_PLATFORM] = {"integrity-media-type", SILT_SEVERITY_LOW, false},
	[SILT_ISSUE_AMBIGUOUS] = {"integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, false},
	[SILT_ISSUE_MISSHAPEN] = {"integrity-json-ambiguous", SILT_SEVERITY_MEDIUM, true},
	[SILT_ISSUE_TWO_KINDS] = {"integrity-json-ambiguous", SILT_SEVERITY_HIGH, true},
	[SILT_ISSUE_OPAQUE] = {"integrity-not-inspectable", SILT_SEVERITY_HIGH, true},
	[SILT_ISSUE_LIMIT] = {"integrity-not-inspectable", SILT_SEVERITY_HIGH, true},
	[SILT_ISSUE_ORPHAN_LAYER] = {"integrity-orphan-blob", SILT_SEVERITY_MEDIUM, false},
	[SILT_ISSUE_ORPHAN_OTHER] = {"integrity-orphan-blob", SILT_SEVERITY_INFO, false},
	[SILT_ISSUE_TWICE_USED] = {"integrity-duplicate-entry", SILT_SEVERITY_HIGH, false},
	[SILT_ISSUE_TWICE_DIFFERENT] = {"integrity-duplicate-entry", SILT_SEVERITY_MEDIUM, false},
	[SILT_ISSUE_TWICE_EQUAL] = {"integrity-duplicate-entry", SILT_SEVERITY_LOW, false},
	[SILT_ISSUE_SPLIT] = {"integrity-split-brain", SILT_SEVERITY_HIGH, false},
	[SILT_ISSUE_SPLIT_SUBSET] = {"integrity-split-brain", SILT_SEVERITY_LOW, false},
	[SILT_ISSUE_ESCAPE] = {"integrity-path-escape", SILT_SEVERITY_HIGH, false},
	[SILT_ISSUE_MANY_LAYERS] = {"integrity-layer-count", SILT_SEVERITY_INFO, false},
};

/* Puts an issue into the list; `text` is of the arena, NULL if memory ran out. */
static void keep(struct silt_resolver *resolver, enum silt_issue_kind kind, enum silt_limit_id limit, uint32_t member,
		 const char *text)
{
	struct silt_images *images = resolver->images;
	void *issues = images->issues;
	if (!text || !silt_grow(&issues, images->issue_count, &resolver->issue_capacity, sizeof(*images->issues))) {
		resolver->failed = true;
		return;
	}
	images->issues = issues;
	images->issues[images->issue_count++] = (struct silt_bundle_issue){
		.rule = kinds[kind].rule,
		.severity = kinds[kind].severity,
		.incomplete = kinds[kind].incomplete,
		.limit = limit,
		.member = member,
		.image = SILT_IMAGE_NONE,
		.text = text,
	};
}

static const char *format_text(struct silt_arena *arena, const char *format, va_list args) SILT_PRINTF(2, 0);

static const char *format_text(struct silt_arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	char *text = len < 0 ? NULL : silt_arena_alloc(arena, (size_t)len + 1);
	if (text) {
		vsnprintf(text, (size_t)len + 1, format, args);
	}
	return text;
}

/* A document that cannot be read may be one only because of a limit. */
static enum silt_limit_id limit_of(const struct silt_resolver *resolver, enum silt_issue_kind kind, uint32_t member)
{
	const bool about = kind == SILT_ISSUE_OPAQUE && member != SILT_MEMBER_NONE;
	return about ? silt_member_at(resolver, member)->limit : SILT_LIMIT_NONE;
}

void silt_issue_raise(struct silt_resolver *resolver, enum silt_issue_kind kind, uint32_t member, const char *format,
		      ...)
{
	if (resolver->failed || resolver->raised[kind]++ >= SILT_ANOMALIES_PER_KIND_MAX) {
		return;
	}
	va_list args;
	va_start(args, format);
	const char *text = format_text(resolver->arena, format, args);
	va_end(args);
	keep(resolver, kind, limit_of(resolver, kind, member), member, text);
}

void silt_issue_limit(struct silt_resolver *resolver, enum silt_limit_id limit, uint32_t member, const char *format,
		      ...)
{
	if (resolver->failed || resolver->raised[SILT_ISSUE_LIMIT]++ >= SILT_ANOMALIES_PER_KIND_MAX) {
		return;
	}
	va_list args;
	va_start(args, format);
	const char *text = format_text(resolver->arena, format, args);
	va_end(args);
	char hint[SILT_LIMIT_HINT_MAX];
	silt_limit_hint(resolver->limits, limit, hint);
	keep(resolver, SILT_ISSUE_LIMIT, limit, member,
	     text ? silt_arena_printf(resolver->arena, "%s%s.", text, hint) : NULL);
}

void silt_issues_end(struct silt_resolver *resolver)
{
	for (size_t kind = 0; kind < SILT_ISSUE_KINDS; kind++) {
		if (resolver->raised[kind] <= SILT_ANOMALIES_PER_KIND_MAX) {
			continue;
		}
		uint64_t more = resolver->raised[kind] - SILT_ANOMALIES_PER_KIND_MAX;
		keep(resolver, (enum silt_issue_kind)kind, SILT_LIMIT_NONE, SILT_MEMBER_NONE,
		     silt_arena_printf(resolver->arena, "%llu more of this kind; the first %d are listed.",
				       (unsigned long long)more, SILT_ANOMALIES_PER_KIND_MAX));
	}
}

const char *silt_show(struct silt_resolver *resolver, struct silt_bytes bytes)
{
	char *slot = resolver->shown[resolver->next_shown++ % SILT_SHOWN_SLOTS];
	return bytes.len == 0 ? SILT_EMPTY_NAME : silt_escape_text(bytes, slot, SILT_SHOWN_SIZE);
}

const char *silt_show_member(struct silt_resolver *resolver, uint32_t member)
{
	return member == SILT_MEMBER_NONE ? "the bundle" : silt_show(resolver, silt_member_at(resolver, member)->name);
}

static const char *show_document_kind(struct silt_resolver *resolver, enum silt_document_kind kind)
{
	char *slot = resolver->shown[resolver->next_shown++ % SILT_SHOWN_SLOTS];
	const char *name = silt_document_kind_name(kind);
	snprintf(slot, SILT_SHOWN_SIZE, "%s %s", strchr("aeiouAEIOU", name[0]) ? "an" : "a", name);
	return slot;
}

static const char *show_too_large(struct silt_resolver *resolver)
{
	char *slot = resolver->shown[resolver->next_shown++ % SILT_SHOWN_SLOTS];
	char hint[SILT_LIMIT_HINT_MAX];
	snprintf(slot, SILT_SHOWN_SIZE, "a file too large for a document%s",
		 silt_limit_hint(resolver->limits, SILT_LIMIT_JSON_BYTES, hint));
	return slot;
}

const char *silt_show_content(struct silt_resolver *resolver, const struct silt_member *member)
{
	switch (member->kind) {
	case SILT_MEMBER_TAR:
		return "a tar";
	case SILT_MEMBER_DOCUMENT:
		return show_document_kind(resolver, member->document_kind);
	case SILT_MEMBER_EMPTY:
		return "an empty file";
	case SILT_MEMBER_LINK:
		return "a link";
	case SILT_MEMBER_DIRECTORY:
		return "a directory";
	case SILT_MEMBER_SPECIAL:
		return "a device or fifo";
	case SILT_MEMBER_OTHER:
		break;
	}
	if (member->problem) {
		return "JSON that cannot be read";
	}
	return member->bytes > resolver->limits->value[SILT_LIMIT_JSON_BYTES] ? show_too_large(resolver)
									      : "neither a tar nor JSON";
}
