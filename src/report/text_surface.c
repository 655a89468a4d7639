/* The surface of an image in one line: what the checks of shells, tools and packages found. */
#include "report/text.h"

#include "report/phrase.h"

#include <string.h>

/* In the order of the line. The subjects of these findings are lists of names. */
static const struct {
	const char *rule, *words;
} groups[] = {
	{"shell-present", "shells"},           {"shell-hidden", "hidden shells"},
	{"shell-interpreter", "interpreters"}, {"pkg-manager", "package managers"},
	{"pkg-toolchain", "build tools"},      {"pkg-debug-tool", "network and debugging tools"},
	{"pkg-sshd", "SSH servers"},
};

static bool is_seen_in(const struct silt_finding *finding, size_t image)
{
	for (size_t i = 0; i < finding->sighting_count; i++) {
		if (finding->sightings[i].image == image) {
			return true;
		}
	}
	return false;
}

/* "shells bash, sh" of all findings of a rule. */
static void add_group(struct silt_buffer *out, const struct silt_result *result, size_t image, size_t group)
{
	size_t count, told = 0;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(findings[i].rule, groups[group].rule) == 0 && is_seen_in(&findings[i], image)) {
			if (told++ > 0) {
				silt_buffer_printf(out, ", %s", findings[i].subject);
			} else {
				silt_buffer_printf(out, "%s%s %s", out->len > 0 ? "; " : "", groups[group].words,
						   findings[i].subject);
			}
		}
	}
}

void silt_text_surface(struct silt_page *page, const struct silt_result *result, size_t image)
{
	struct silt_buffer line = {0};
	for (size_t group = 0; group < sizeof(groups) / sizeof(groups[0]); group++) {
		add_group(&line, result, image, group);
	}
	page->out.failed |= line.failed;
	if (line.len > 0) {
		silt_page_labelled(page, SILT_TEXT_LABEL, SILT_TEXT_BODY, SILT_TEXT_BODY, "surface",
				   silt_buffer_text(&line));
	}
	silt_buffer_done(&line);
}
