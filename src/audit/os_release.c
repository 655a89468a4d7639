/* os-release(5) of an image. */
#include "audit/os_release.h"

#include "base/attributes.h"
#include "base/date.h"

enum { DAY = 24 * 60 * 60 };

static void take_fact(struct silt_os_release *release, const struct silt_fact *fact)
{
	if (fact->kind == SILT_FACT_OS_ID) {
		release->id = fact->text;
	} else if (fact->kind == SILT_FACT_OS_VERSION) {
		release->version = fact->text;
	} else if (fact->kind == SILT_FACT_OS_NAME) {
		release->name = fact->text;
	}
}

bool silt_os_release_of(const struct silt_audited_image *image, struct silt_os_release *out)
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
		*out = (struct silt_os_release){.place = node.content};
		for (size_t fact = 0; fact < count; fact++) {
			take_fact(out, &facts[fact]);
		}
		return true;
	}
	return false;
}

bool silt_day_is_over(const char *day, int64_t now)
{
	int64_t midnight = 0;
	silt_date_read(silt_bytes_text(day), &midnight);
	return now >= midnight + DAY;
}
