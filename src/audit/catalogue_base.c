/* The catalogue: the base of an image. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "config-base-unknown",
		.family = SILT_CHECKS_CONFIG,
		.title = "Base image not named",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "labels, annotations of the manifest, etc/os-release",
		.decides =
			"The image has the root filesystem of a distribution, and neither a label nor an annotation "
			"org.opencontainers.image.base.name or org.opencontainers.image.base.digest. Silent if a base "
			"given with --base fits.",
		.why = "Nobody can tell whether the base is a trusted one, or rebuild when it is mended, without "
		       "knowing "
		       "what it is. The name in FROM does not get into the image by itself.",
		.fix = "Label the image with the name and digest of its base.",
		.dockerfile = "ARG BASE=docker.io/library/debian:12-slim\n"
			      "FROM ${BASE}\n"
			      "ARG BASE\n"
			      "LABEL org.opencontainers.image.base.name=\"${BASE}\"",
		.aliases = "CIS-DI-0002 4.2",
		.references = "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
	},
	{
		.id = "config-base-not-allowed",
		.family = SILT_CHECKS_CONFIG,
		.title = "Base image is not an allowed one",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "the diff IDs of the layers, as computed",
		.decides = "With --allowed-bases: the layers of the image begin with those of none of the bases "
			   "listed. A root filesystem without a config is its one layer. Names do not count, since "
			   "everybody can give an image any name.",
		.why = "A base that was not approved brings everything it holds: packages nobody mends, accounts, "
		       "keys.",
		.fix = "Build on an approved base, or add this one to the list.",
		.dockerfile = "",
		.aliases = "CIS-DI-0002 4.2 DL3026",
		.references = "https://github.com/hadolint/hadolint/wiki/DL3026",
	},
	{
		.id = "config-large-base",
		.family = SILT_CHECKS_CONFIG,
		.title = "Base image is large",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "the unpacked size of the layers of the base",
		.decides =
			"The base, as given with --base, found in the same file or told by the history, has more than "
			"200 MB unpacked.",
		.why = "What a base brings and the application does not need is more to mend and more to attack with.",
		.fix = "Build on a slim or distroless base, and leave compilers to a build stage.",
		.dockerfile = "FROM debian:12-slim",
		.aliases = "4.3",
		.references = "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
	},
};

const struct silt_catalogue_part silt_catalogue_base = {rows, SILT_COUNT(rows)};
