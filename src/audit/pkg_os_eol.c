/* Distributions that nobody mends any more. */
#include "audit/checks.h"
#include "audit/os_eol.h"
#include "audit/tell.h"
#include "base/date.h"

enum { DAY = 24 * 60 * 60 };

/* What the os-release of an image says. */
struct release {
	struct silt_place place;
	struct silt_bytes id, version, name;
};

static void take_fact(struct release *release, const struct silt_fact *fact)
{
	if (fact->kind == SILT_FACT_OS_ID) {
		release->id = fact->text;
	} else if (fact->kind == SILT_FACT_OS_VERSION) {
		release->version = fact->text;
	} else if (fact->kind == SILT_FACT_OS_NAME) {
		release->name = fact->text;
	}
}

/* os-release(5): the one in /etc goes before the one in /usr/lib, which it mostly is a link to. */
static bool find_release(const struct silt_audited_image *image, struct release *out)
{
	static const struct silt_bytes paths[] = {
		SILT_LITERAL_INIT("etc/os-release"),
		SILT_LITERAL_INIT("usr/lib/os-release"),
	};
	for (size_t i = 0; i < SILT_COUNT(paths); i++) {
		struct silt_node node;
		if (!silt_rootfs_find(image->rootfs, paths[i], true, &node) || silt_place_none(node.content)) {
			continue;
		}
		size_t count;
		const struct silt_record *record = image->layers[node.content.layer];
		const struct silt_fact *facts = silt_record_facts(record, node.content.entry, &count);
		*out = (struct release){.place = node.content};
		for (size_t fact = 0; fact < count; fact++) {
			take_fact(out, &facts[fact]);
		}
		return true;
	}
	return false;
}

static bool is_over(const char *last_day, int64_t now)
{
	int64_t midnight = 0;
	silt_date_read(silt_bytes_text(last_day), &midnight);
	return now >= midnight + DAY;
}

static enum silt_status check_image(const struct silt_case *of, struct silt_error *err)
{
	struct release release;
	struct silt_arena *arena = of->context->arena;
	const char *last_day = NULL;
	if (find_release(silt_case_image(of), &release)) {
		last_day = silt_os_eol(release.id, release.version, release.name);
	}
	if (!last_day || !is_over(last_day, of->context->now)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "pkg-os-eol",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		/* Both stand in the table, which is plain text. */
		.subject = silt_arena_printf(arena, "%.*s %.*s", (int)release.id.len, (const char *)release.id.ptr,
					     (int)release.version.len, (const char *)release.version.ptr),
		.detail = silt_arena_printf(arena,
					    "Its support ended on %s; by the table that silt has, which is of %s.",
					    last_day, silt_os_eol_as_of),
	};
	return silt_tell_entry(of, &telling, release.place, err);
}

enum silt_status silt_check_os_eol(const struct silt_context *context, struct silt_findings *findings,
				   struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	for (size_t image = 0; context->now != 0 && image < context->image_count && status == SILT_OK; image++) {
		struct silt_case of = {context, image, findings};
		status = check_image(&of, err);
	}
	return status;
}
