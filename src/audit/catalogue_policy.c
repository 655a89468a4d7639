/* The catalogue: what only the lists of a policy make findings of. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "user-not-allowed",
		.family = SILT_CHECKS_USER,
		.title = "User that the policy does not allow",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "config.User, etc/passwd",
		.decides = "With a policy that lists users: the image runs as another one. A name counts for what it "
			   "is in "
			   "this image, so that nobody is root by the name of somebody else.",
		.why = "Whoever runs the image relies on the number: for the owners of volumes, and for not being "
		       "root.",
		.fix = "Set USER to one that the policy allows, or allow this one under allow, users.",
		.dockerfile = "USER 10001:10001",
		.aliases = "",
		.references = "",
	},
	{
		.id = "config-port-not-allowed",
		.family = SILT_CHECKS_CONFIG,
		.title = "Port that the policy does not allow",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "config.ExposedPorts",
		.decides = "With a policy that lists ports: the image exposes one that is not among them. EXPOSE opens "
			   "nothing by itself, and an image that exposes nothing can listen all the same.",
		.why = "A port that nobody expected is that of a service that nobody expected, such as a debugger.",
		.fix = "Remove the EXPOSE, or allow the port under allow, ports.",
		.dockerfile = "EXPOSE 8080/tcp",
		.aliases = "",
		.references = "",
	},
	{
		.id = "shell-not-allowed",
		.family = SILT_CHECKS_SURFACE,
		.title = "Shell or interpreter that the policy does not allow",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "executable files of the final filesystem, by name and by content",
		.decides = "With a policy that lists shells: the image has a shell or an interpreter that is not among "
			   "them. "
			   "Of several names of one program one is told.",
		.why = "A shell is what most attacks on a service go on with.",
		.fix = "Build on an image without it, or allow it under allow, shells.",
		.dockerfile = "FROM scratch",
		.aliases = "",
		.references = "",
	},
};

const struct silt_catalogue_part silt_catalogue_policy = {rows, SILT_COUNT(rows)};
