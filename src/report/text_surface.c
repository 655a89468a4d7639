/* The surface of an image in one line. */
#include "report/text.h"

#include "report/phrase.h"
#include "report/surface.h"

/* "shells bash, sh" of all findings of a group. */
static void add_group(struct silt_buffer *out, const struct silt_result *result, size_t image,
		      const struct silt_surface_group *group)
{
	size_t count, told = 0;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		if (silt_surface_has(group, &findings[i], image)) {
			if (told++ > 0) {
				silt_buffer_printf(out, ", %s", findings[i].subject);
			} else {
				silt_buffer_printf(out, "%s%s %s", out->len > 0 ? "; " : "", group->words,
						   findings[i].subject);
			}
		}
	}
}

void silt_text_surface(struct silt_page *page, const struct silt_result *result, size_t image)
{
	struct silt_buffer line = {0};
	size_t count;
	const struct silt_surface_group *groups = silt_surface_groups(&count);
	for (size_t group = 0; group < count; group++) {
		add_group(&line, result, image, &groups[group]);
	}
	page->outlet.out.failed |= line.failed;
	if (line.len > 0) {
		silt_page_labelled(page, SILT_TEXT_LABEL, SILT_TEXT_BODY, SILT_TEXT_BODY, "surface",
				   silt_buffer_text(&line));
	}
	silt_buffer_done(&line);
}
