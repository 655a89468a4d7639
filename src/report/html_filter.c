/* A form with a box for each severity, family, fate and standing that some finding has. */
#include "report/html_parts.h"

#include "base/attributes.h"
#include "silt/checks.h"

enum {
	VALUES_MAX = 8, /* of any facet */
	FACETS = 4,
	WORTH_IT = 2, /* findings, at least */
};

struct facet {
	const char *name, *title;
	size_t values;
	bool descending; /* the last value is the one that matters most */
	size_t counts[VALUES_MAX];
};

_Static_assert((int)SILT_CHECK_FAMILIES <= (int)VALUES_MAX, "room for all families");
_Static_assert((int)SILT_FATE_VISIBLE < (int)VALUES_MAX, "room for all fates");
_Static_assert((int)SILT_STANDING_KNOWN < (int)VALUES_MAX, "room for all standings");

enum { BY_SEVERITY, BY_FAMILY, BY_FATE, BY_STANDING };

static const char *value_name(size_t facet, size_t value)
{
	switch (facet) {
	case BY_SEVERITY:
		return silt_severity_name((enum silt_severity)value);
	case BY_FAMILY:
		return silt_check_family_name((enum silt_check_family)value);
	case BY_FATE:
		return silt_fate_name((enum silt_fate)value);
	default:
		return silt_standing_name((enum silt_standing)value);
	}
}

static size_t count_findings(const struct silt_judgement *judgement, struct facet facets[static FACETS])
{
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		const struct silt_check_info *check = silt_checks_find(finding->rule);
		facets[BY_SEVERITY].counts[finding->severity]++;
		facets[BY_FAMILY].counts[check ? check->family : SILT_CHECKS_SECRET]++;
		facets[BY_FATE].counts[finding->exposure]++;
		facets[BY_STANDING].counts[finding->standing]++;
	}
	return judgement->finding_count;
}

static void add_facet(struct silt_html *html, const struct facet *facets, size_t which)
{
	const struct facet *facet = &facets[which];
	silt_html_printf(html, "<fieldset><legend>%s</legend>\n", facet->title);
	for (size_t place = 0; place < facet->values; place++) {
		size_t i = facet->descending ? facet->values - 1 - place : place;
		if (facet->counts[i] > 0) {
			silt_html_printf(html,
					 "<label><input type=\"checkbox\" name=\"%s\" value=\"%s\" checked> %s "
					 "<span class=\"count\">%zu</span></label>\n",
					 facet->name, value_name(which, i), value_name(which, i), facet->counts[i]);
		}
	}
	silt_html_add(html, "</fieldset>\n");
}

void silt_html_filters(struct silt_html *html, const struct silt_judgement *const *judgements, size_t count)
{
	struct facet facets[FACETS] = {
		[BY_SEVERITY] = {"severity", "Severity", SILT_SEVERITIES, true, {0}},
		[BY_FAMILY] = {"family", "Family", SILT_CHECK_FAMILIES, false, {0}},
		[BY_FATE] = {"fate", "Fate", SILT_FATE_VISIBLE + 1, true, {0}},
		[BY_STANDING] = {"standing", "Standing", SILT_STANDING_KNOWN + 1, false, {0}},
	};
	size_t findings = 0;
	for (size_t i = 0; i < count; i++) {
		findings += count_findings(judgements[i], facets);
	}
	if (findings < WORTH_IT) {
		return;
	}
	silt_html_add(html,
		      "<form id=\"filters\" aria-label=\"Choose findings\" hidden>\n<div class=\"tools\">"
		      "<label for=\"words\">Find</label> <input type=\"search\" id=\"words\" autocomplete=\"off\"> "
		      "<button type=\"button\" id=\"open\">Open all</button> "
		      "<button type=\"button\" id=\"close\">Close all</button> "
		      "<button type=\"reset\">Show all</button> "
		      "<output id=\"shown\" for=\"words\"></output></div>\n<div class=\"facets\">\n");
	for (size_t i = 0; i < FACETS; i++) {
		add_facet(html, facets, i);
	}
	silt_html_add(html, "</div>\n</form>\n");
}
