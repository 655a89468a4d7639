/* The catalogue: style of build instructions, told only if asked for. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "history-no-yes",
		.family = SILT_CHECKS_HISTORY,
		.title = "Installation that asks",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides =
			"apt, yum, dnf or zypper install or upgrade without an option that answers their question, in "
			"instructions on top of the base.",
		.why = "Nobody is there to answer while an image is built. That this one was built means that a "
		       "configuration answered, which the next builder may not have.",
		.fix = "Give -y, or --non-interactive to zypper.",
		.dockerfile = "RUN apt-get update && apt-get install -y --no-install-recommends curl",
		.aliases = "DS-0021 DL3014 DL3030 DL3034 DL3038",
		.references = "https://github.com/hadolint/hadolint/wiki/DL3014",
		.lint = true,
	},
	{
		.id = "history-recommends",
		.family = SILT_CHECKS_HISTORY,
		.title = "Recommended packages installed too",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides = "apt-get install without --no-install-recommends, in instructions on top of the base.",
		.why = "Packages that are only recommended make the image larger, and each is one more to keep up to "
		       "date.",
		.fix = "Give --no-install-recommends and name what is needed.",
		.dockerfile = "RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates",
		.aliases = "DS-0029 DL3015",
		.references = "https://github.com/hadolint/hadolint/wiki/DL3015",
		.lint = true,
	},
	{
		.id = "history-maintainer",
		.family = SILT_CHECKS_HISTORY,
		.title = "MAINTAINER is deprecated",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "the history",
		.decides = "A MAINTAINER line on top of the base. The field author alone is also set by builders.",
		.why = "Docker deprecated it in favour of labels, which every tool can read.",
		.fix = "Use the label org.opencontainers.image.authors.",
		.dockerfile = "LABEL org.opencontainers.image.authors=\"team@example.org\"",
		.aliases = "DS-0022 DL4000 MaintainerDeprecated",
		.references = "https://docs.docker.com/reference/build-checks/maintainer-deprecated/ "
			      "https://github.com/hadolint/hadolint/wiki/DL4000",
		.lint = true,
	},
	{
		.id = "history-cd",
		.family = SILT_CHECKS_HISTORY,
		.title = "cd in a RUN",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides = "A command of a RUN on top of the base is cd.",
		.why = "It lasts to the end of that RUN and is easily overlooked; WORKDIR lasts for all that follow.",
		.fix = "Use WORKDIR.",
		.dockerfile = "WORKDIR /app",
		.aliases = "DS-0013 DL3003",
		.references = "https://docs.docker.com/build/building/best-practices/#workdir "
			      "https://github.com/hadolint/hadolint/wiki/DL3003",
		.lint = true,
	},
	{
		.id = "history-wget-and-curl",
		.family = SILT_CHECKS_HISTORY,
		.title = "Both wget and curl used",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides = "Both are run by instructions on top of the base.",
		.why = "One of them is enough, and the other one more package to keep up to date.",
		.fix = "Use one of them.",
		.dockerfile = "",
		.aliases = "DS-0014 DL4001",
		.references = "https://github.com/hadolint/hadolint/wiki/DL4001",
		.lint = true,
	},
	{
		.id = "history-repeated",
		.family = SILT_CHECKS_HISTORY,
		.title = "Setting repeated",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "the history",
		.decides = "Several CMD, ENTRYPOINT or HEALTHCHECK lines on top of the base. Where it is not known "
			   "which lines "
			   "are of the base, nothing is told: inherited ones look alike.",
		.why = "Only the last one counts; the others mislead whoever reads the Dockerfile.",
		.fix = "Keep one.",
		.dockerfile = "",
		.aliases = "DS-0007 DS-0016 DS-0023 DL3012 DL4003 DL4004",
		.references = "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/ "
			      "https://github.com/hadolint/hadolint/wiki/DL4003",
		.lint = true,
	},
	{
		.id = "history-style",
		.family = SILT_CHECKS_HISTORY,
		.title = "Style of a build instruction",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "the history",
		.decides =
			"On top of the base: a pipe without pipefail; apt in place of apt-get; ssh, vim, shutdown, "
			"service, "
			"ps, free, top, kill, mount, ifconfig; a link over /bin/sh; wget with its progress bar; COPY "
			"of an "
			"archive that a RUN unpacks; COPY to a relative path before any WORKDIR; RUN lines in a row; "
			"useradd with a uid of six digits or more and without --no-log-init.",
		.why = "None of this is a danger by itself. Each makes a build harder to read, larger or less likely "
		       "to fail "
		       "when it should.",
		.fix = "As the finding says.",
		.dockerfile = "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
		.aliases = "DL4006 DL3027 DL3001 DL4005 DL3047 DL3010 DL3045 DL3059 DL3046",
		.references = "https://docs.docker.com/build/building/best-practices/ "
			      "https://github.com/hadolint/hadolint/wiki/DL4006",
		.lint = true,
	},
};

const struct silt_catalogue_part silt_catalogue_lint = {rows, SILT_COUNT(rows)};
