/* The catalogue: what the config of an image says of its name, its service and its environment. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "config-latest-tag",
		.family = SILT_CHECKS_CONFIG,
		.title = "Tagged latest",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "RepoTags, repositories, org.opencontainers.image.ref.name",
		.decides =
			"A name of the image has the tag latest. A name without a tag says nothing. Whether FROM used "
			"latest cannot be seen in an image.",
		.why = "latest is whatever was pushed last: two machines that pull it run two programs, nobody can "
		       "roll "
		       "back to it, and what was scanned need not be what runs.",
		.fix = "Tag the image with its version, and deploy by version or digest.",
		.dockerfile = "",
		.aliases = "DKL-DI-0006 DS-0001 DL3007",
		.references = "https://github.com/hadolint/hadolint/wiki/DL3007 "
			      "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
	},
	{
		.id = "config-no-version-label",
		.family = SILT_CHECKS_CONFIG,
		.title = "Version not named",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "labels, annotations of the manifest, names",
		.decides = "There is no label or annotation org.opencontainers.image.version and no tag but latest. An "
			   "image without any name is left alone: its tags may be where it was saved. A "
			   "label may be inherited: then the version is that of the base.",
		.why = "Whoever answers for a running container wants to know which version of the program is in it, "
		       "and a digest does not say.",
		.fix = "Set the label org.opencontainers.image.version when building, or tag the image with its "
		       "version.",
		.dockerfile = "ARG VERSION\nLABEL org.opencontainers.image.version=\"${VERSION}\"",
		.aliases = "DL3049",
		.references = "https://github.com/opencontainers/image-spec/blob/main/annotations.md "
			      "https://github.com/hadolint/hadolint/wiki/DL3049",
	},
	{
		.id = "config-label-invalid",
		.family = SILT_CHECKS_CONFIG,
		.title = "Labels against their conventions",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "labels",
		.decides =
			"A key that is not of lower-case words with single dots and hyphens; an empty value; of "
			"org.opencontainers.image: url, source and documentation that are no URLs, created that is no "
			"time of RFC 3339, licenses that is no SPDX expression, revision that is no hash of a commit, "
			"version that is no semantic version; a mail address that is none.",
		.why = "Labels are read by programs: registries, scanners and update services pass over those they "
		       "cannot read.",
		.fix = "Write keys and values as the conventions of labels and the OCI annotations ask for.",
		.dockerfile = "LABEL org.opencontainers.image.source=\"https://example.com/app.git\" \\\n"
			      "      org.opencontainers.image.licenses=\"MIT OR Apache-2.0\"",
		.aliases = "DL3048 DL3049 DL3050 DL3051 DL3052 DL3053 DL3054 DL3055 DL3056 DL3058",
		.references = "https://docs.docker.com/engine/manage-resources/labels/ "
			      "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
		.lint = true,
	},
	{
		.id = "config-no-healthcheck",
		.family = SILT_CHECKS_CONFIG,
		.title = "No health check",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "config.Healthcheck of images that manifest.json lists",
		.decides = "There is no Healthcheck, or its test is NONE. Images that only an OCI index names are left "
			   "out: the OCI config has no such field, and builders of that format drop the instruction.",
		.why = "Docker and Swarm know only that a process lives, not that it answers. Kubernetes does not look "
		       "at HEALTHCHECK at all and has probes of its own.",
		.fix = "Add a HEALTHCHECK, or a liveness and readiness probe where the image is deployed.",
		.dockerfile = "HEALTHCHECK --interval=30s --timeout=3s CMD [\"/app/run\", \"--check\"]",
		.aliases = "CIS-DI-0006 DS-0026 DL3057 4.6",
		.references = "https://docs.docker.com/reference/dockerfile/#healthcheck "
			      "https://github.com/hadolint/hadolint/wiki/DL3057",
	},
	{
		.id = "config-volume-sensitive",
		.family = SILT_CHECKS_CONFIG,
		.title = "Volume over a system directory",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "config.Volumes",
		.decides = "A volume is /, or is or lies below /etc, /proc, /sys, /dev, /root, /boot or /lib/modules.",
		.why = "A volume is writable even if the root filesystem is not, and outlives the container. Over "
		       "accounts, settings or kernel interfaces it keeps what an attacker changed there, and hides "
		       "what a "
		       "newer image brings.",
		.fix = "Drop the VOLUME, and keep data in a directory of its own, such as /data or /var/lib/app.",
		.dockerfile = "VOLUME [\"/var/lib/app\"]",
		.aliases = "DKL-DI-0002 AE:volumepresent",
		.references = "https://docs.docker.com/reference/dockerfile/#volume",
	},
	{
		.id = "config-docker-sock",
		.family = SILT_CHECKS_CONFIG,
		.title = "Access to the container daemon",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high: a volume or a file where the socket of the daemon is; info: a Docker client, or "
			      "DOCKER_HOST, alone",
		.looks_at = "config.Volumes, config.Env DOCKER_HOST, run/docker.sock, run/containerd/containerd.sock, "
			    "docker in PATH",
		.decides =
			"A volume named docker.sock or containerd.sock; a name of the final filesystem where these "
			"sockets are; DOCKER_HOST with a value; a program docker. No archive can hold a socket: what "
			"stands there is what it was mounted on.",
		.why = "Whoever may talk to the daemon may start a privileged container with the host's root directory "
		       "in it: the socket is root on the host, and mounting it read-only does not change that.",
		.fix = "Do not give containers the socket of the daemon. To build images in a container use a rootless "
		       "builder; to watch containers use a proxy that allows single requests.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://docs.docker.com/engine/security/#docker-daemon-attack-surface "
			      "https://docs.docker.com/engine/security/protect-access/",
	},
	{
		.id = "config-port-22",
		.family = SILT_CHECKS_CONFIG,
		.title = "SSH port exposed",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "config.ExposedPorts",
		.decides = "Port 22 of any protocol, or a range of ports with it.",
		.why = "An SSH server in a container needs keys, accounts and updates of its own, and is one more way "
		       "in. "
		       "EXPOSE opens nothing by itself, but docker run -P publishes every port it names.",
		.fix = "Use docker exec and the logs of the container instead of SSH.",
		.dockerfile = "",
		.aliases = "DS-0004 AE:exposed_ports",
		.references = "https://docs.docker.com/reference/dockerfile/#expose",
	},
	{
		.id = "config-port-range",
		.family = SILT_CHECKS_CONFIG,
		.title = "Port out of range",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "config.ExposedPorts",
		.decides = "A port above 65535.",
		.why = "There is no such port: docker run refuses the image or leaves the port out.",
		.fix = "Name a port from 0 to 65535.",
		.dockerfile = "EXPOSE 8080/tcp",
		.aliases = "DS-0008 DL3011",
		.references = "https://github.com/hadolint/hadolint/wiki/DL3011",
	},
	{
		.id = "config-ld-preload",
		.family = SILT_CHECKS_CONFIG,
		.title = "Library preloaded into every program",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "medium; info for nss_wrapper and the allocators jemalloc, tcmalloc and mimalloc",
		.looks_at = "config.Env LD_PRELOAD, etc/ld.so.preload",
		.decides = "Each library that LD_PRELOAD or the file names.",
		.why = "A preloaded library can replace any function of any dynamic program: rootkits hide themselves "
		       "so. "
		       "nss_wrapper gives an account to a user that /etc/passwd does not have, and allocators save "
		       "memory; both are usual.",
		.fix = "Remove it, or set it for the one program that needs it.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man8/ld.so.8.html",
	},
	{
		.id = "config-path-unsafe",
		.family = SILT_CHECKS_CONFIG,
		.title = "Unsafe search path",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "config.Env PATH, modes of the directories in it",
		.decides =
			"An element of PATH is empty, relative or a directory that anybody may write to or make, and a "
			"directory of the system comes after it.",
		.why = "Programs called by name are looked up in this order: whoever may write to an earlier directory "
		       "decides what ls or sh is, for root too. An empty element means the directory the caller is in.",
		.fix = "Name absolute directories that only root may write to, those of the system first.",
		.dockerfile = "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/app/bin",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man7/environ.7.html",
	},
	{
		.id = "config-tls-off",
		.family = SILT_CHECKS_CONFIG,
		.title = "Certificates are not verified",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "config.Env",
		.decides =
			"NODE_TLS_REJECT_UNAUTHORIZED=0, GIT_SSL_NO_VERIFY with any true value, PYTHONHTTPSVERIFY=0, "
			"NPM_CONFIG_STRICT_SSL=false, or PIP_TRUSTED_HOST with a value.",
		.why = "Set in the image it holds for every program in every container, also for requests with "
		       "credentials: anybody on the way can read and change them.",
		.fix = "Remove the variable, and add the certificate authority in question to the image.",
		.dockerfile = "COPY company-ca.crt /usr/local/share/ca-certificates/\nRUN update-ca-certificates",
		.aliases = "",
		.references = "https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue "
			      "https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify",
	},
	{
		.id = "config-onbuild",
		.family = SILT_CHECKS_CONFIG,
		.title = "Instructions for images built on this one",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "config.OnBuild",
		.decides =
			"There are triggers. ONBUILD, FROM and MAINTAINER among them are named, since Docker refuses "
			"them.",
		.why = "Triggers run in the builds of others before their own first instruction, and nothing in those "
		       "Dockerfiles shows them: they copy and run what their author does not expect.",
		.fix = "Leave ONBUILD out, and say in the documentation what images built on this one should do.",
		.dockerfile = "",
		.aliases = "DL3043",
		.references = "https://docs.docker.com/reference/dockerfile/#onbuild "
			      "https://github.com/hadolint/hadolint/wiki/DL3043",
	},
};

const struct silt_catalogue_part silt_catalogue_config = {rows, SILT_COUNT(rows)};
