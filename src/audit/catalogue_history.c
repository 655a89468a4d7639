/* The catalogue: build instructions. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "history-incomplete",
		.family = SILT_CHECKS_HISTORY,
		.title = "History is not whole",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "history, rootfs.diff_ids",
		.decides = "The config has no history, its lines that made a layer are not as many as the layers, or "
			   "there "
			   "is more of it than silt reads.",
		.why = "Without a history nothing says how the image was made, and the checks of build instructions "
		       "have nothing to look at. If its lines do not fit the layers, findings cannot name the "
		       "instruction that is to blame.",
		.fix = "Build with a tool that keeps the history, without --omit-history; nothing of value is hidden "
		       "by "
		       "leaving it out.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/config.md",
	},
	{
		.id = "history-squashed",
		.family = SILT_CHECKS_HISTORY,
		.title = "Image was squashed",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "history, rootfs.diff_ids",
		.decides = "Marks of docker build --squash, docker-squash, crane flatten, docker import, mint, "
			   "buildah and podman without layers, kaniko --single-snapshot. One layer alone, or a RUN "
			   "without a layer, is no mark.",
		.why = "Squashing is taken for a way to get rid of secrets. It removes what a later step deleted, if "
		       "the "
		       "tool works; the text of the history, Env, labels, the layers of the base image and blobs "
		       "beside "
		       "the image stay as they are. This finding is context, and proves nothing.",
		.fix = "Use a multi-stage build and RUN --mount=type=secret: what is never copied into the last stage "
		       "needs no squashing.",
		.dockerfile = "FROM build AS build\nRUN --mount=type=secret,id=token make\nFROM scratch\n"
			      "COPY --from=build /out/app /app",
		.aliases = "",
		.references = "https://docs.docker.com/build/building/multi-stage/ "
			      "https://docs.docker.com/build/building/secrets/",
	},
	{
		.id = "history-rm-not-effective",
		.family = SILT_CHECKS_HISTORY,
		.title = "Removed file is there",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high if the file holds a secret, else low",
		.looks_at = "RUN lines of the history, the final filesystem",
		.decides =
			"rm, unlink, shred -u, find -delete or git rm names a path that the final filesystem has, and "
			"nothing says that it came back later: no later layer, COPY, ADD or command. Paths are read "
			"as the shell would, from WORKDIR and cd on; what a variable names is left alone.",
		.why = "Somebody meant to delete it and believes that it is gone. A squash that kept the file, or a "
		       "removal that failed unseen, leaves it for everybody who can pull the image.",
		.fix = "Do not copy it in the first place: use a multi-stage build or a secret mount. Rotate what it "
		       "holds.",
		.dockerfile = "RUN --mount=type=secret,id=db_password app --password-file=/run/secrets/db_password",
		.aliases = "",
		.references = "https://docs.docker.com/build/building/secrets/",
	},
	{
		.id = "history-unset-not-effective",
		.family = SILT_CHECKS_HISTORY,
		.title = "Unset variable keeps its value",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "medium if the value looks like a secret, else info",
		.looks_at = "RUN lines of the history, config.Env",
		.decides =
			"An instruction on top of the base runs unset NAME, and Env still has a value for it, or the "
			"text of an earlier line exports one.",
		.why = "Each RUN has an environment of its own, made from the config. unset changes it for the rest of "
		       "that line only; the value stays in the config and in the history.",
		.fix = "Do not set it with ENV: give it at run time, or to one RUN by --mount=type=secret. Rotate it "
		       "if it "
		       "is a secret.",
		.dockerfile = "RUN --mount=type=secret,id=token,env=API_TOKEN ./fetch.sh",
		.aliases = "",
		.references = "https://docs.docker.com/build/building/best-practices/#env",
	},
	{
		.id = "history-pipe-to-shell",
		.family = SILT_CHECKS_HISTORY,
		.title = "Download is run unseen",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides = "The output of curl or wget goes into a shell, python, perl, ruby, node or php: by a pipe, "
			   "bash <(...), source <(...), eval \"$(...)\" or sh -c \"$(...)\", also through sudo.",
		.why = "Whoever controls the server, or its name, runs code in the build, and every build may get "
		       "another "
		       "script. A download that breaks off is run as far as it came.",
		.fix = "Download to a file, check its digest or signature, then run it.",
		.dockerfile = "RUN curl -fsSLo /tmp/install.sh https://example.org/install.sh \\\n"
			      " && echo \"SHA256  /tmp/install.sh\" | sha256sum -c - \\\n && sh /tmp/install.sh",
		.aliases = "CIS-DI-0011 4.11",
		.references = "https://github.com/hadolint/hadolint/wiki/DL4006",
	},
	{
		.id = "history-unverified-download",
		.family = SILT_CHECKS_HISTORY,
		.title = "Download is not verified",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities =
			"medium without encryption or with the check of certificates or signatures switched off; low "
			"over https",
		.looks_at = "RUN and ADD lines of the history",
		.decides = "curl or wget fetch something, and no command of the same RUN checks a digest or signature; "
			   "curl -k, wget --no-check-certificate, http://; ADD of an address without --checksum; "
			   "--allow-unauthenticated, --nogpgcheck, --allow-untrusted.",
		.why = "What the server sends today may differ from what it sent yesterday, and without encryption "
		       "from "
		       "what it sent at all. A digest in the Dockerfile makes every build get the same file.",
		.fix = "Check a digest or signature in the same RUN, or use ADD --checksum.",
		.dockerfile = "ADD --checksum=sha256:DIGEST https://example.org/tool.tar.gz /tmp/",
		.aliases = "CIS-DI-0011 4.11 4.12",
		.references = "https://docs.docker.com/reference/dockerfile/#add---checksum",
	},
	{
		.id = "history-add",
		.family = SILT_CHECKS_HISTORY,
		.title = "ADD in place of COPY",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "ADD lines of the history",
		.decides =
			"ADD of local files that are no archive. The root filesystem of the base, other lines of the "
			"base, addresses and repositories are left alone. The classic builder hides the names of "
			"files: then it is only possible.",
		.why = "ADD unpacks archives and fetches addresses, so what it does depends on its input. COPY does "
		       "one "
		       "thing.",
		.fix = "Use COPY for files of the build context.",
		.dockerfile = "COPY app /app",
		.aliases = "CIS-DI-0009 DS-0005 DL3020 4.9",
		.references = "https://docs.docker.com/build/building/best-practices/#add-or-copy "
			      "https://github.com/hadolint/hadolint/wiki/DL3020",
	},
	{
		.id = "history-upgrade",
		.family = SILT_CHECKS_HISTORY,
		.title = "All packages upgraded",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides = "apt upgrade, dist-upgrade and full-upgrade, yum and dnf update, apk upgrade, zypper up and "
			   "dup, "
			   "without names of packages, in instructions on top of the base.",
		.why = "It keeps the old files in the layers below, and makes two builds of one Dockerfile differ. A "
		       "newer base image has the same fixes, tested together.",
		.fix = "Rebuild from a newer base image; upgrade single packages by name where a fix cannot wait.",
		.dockerfile = "FROM debian:12.8-slim",
		.aliases = "DKL-DI-0003 DS-0024 DL3035",
		.references = "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
	},
	{
		.id = "history-update-alone",
		.family = SILT_CHECKS_HISTORY,
		.title = "Package list updated alone",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides =
			"apt-get update, apk update, zypper refresh or the like, and nothing in the same RUN installs "
			"or upgrades with that manager. update-alternatives and npm update are something else.",
		.why = "The build cache keeps the layer with the old list, and a later RUN installs old packages from "
		       "it.",
		.fix = "Join update and install in one RUN.",
		.dockerfile = "RUN apt-get update && apt-get install -y --no-install-recommends curl \\\n"
			      " && rm -rf /var/lib/apt/lists/*",
		.aliases = "CIS-DI-0007 DS-0017 4.7",
		.references = "https://docs.docker.com/build/building/best-practices/#apt-get",
	},
	{
		.id = "history-sudo",
		.family = SILT_CHECKS_HISTORY,
		.title = "sudo in a build instruction",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides =
			"sudo is the word that a command begins with, in instructions on top of the base. A package of "
			"that name, visudo or a user's name are not.",
		.why = "A RUN is root unless USER says otherwise, so sudo does nothing but bring itself, a setuid "
		       "program, "
		       "into the image.",
		.fix = "Leave it out; switch with USER, or use gosu where a start script must.",
		.dockerfile = "USER root\nRUN apt-get update\nUSER 10001",
		.aliases = "DKL-DI-0001 DS-0010 DL3004",
		.references = "https://docs.docker.com/build/building/best-practices/#user "
			      "https://github.com/hadolint/hadolint/wiki/DL3004",
	},
	{
		.id = "history-unpinned",
		.family = SILT_CHECKS_HISTORY,
		.title = "Packages without a version",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "RUN lines of the history",
		.decides = "Names without a version given to apt-get, apk, yum, dnf, zypper, pip, npm, gem and go "
			   "install, "
			   "in instructions on top of the base; one finding for all of them. Files, addresses, "
			   "variables, pip -r and local packages are left alone.",
		.why = "Two builds of one Dockerfile may install different versions, and nobody notices which one is "
		       "in "
		       "use.",
		.fix = "Name versions, or install from a lock file or a dated snapshot of the repository.",
		.dockerfile =
			"RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u8\n"
			"RUN npm ci",
		.aliases = "DL3008 DL3013 DL3016 DL3018 DL3028 DL3033 DL3037 DL3041 DL3062",
		.references = "https://docs.docker.com/build/building/best-practices/#version-pinning "
			      "https://github.com/hadolint/hadolint/wiki/DL3008",
	},
	{
		.id = "history-pm-mismatch",
		.family = SILT_CHECKS_HISTORY,
		.title = "Package manager of another distribution",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "RUN lines of the history, etc/os-release, names in all layers",
		.decides =
			"A line runs apt, apk, yum, dnf or zypper, the os-release of the image is of another family of "
			"distributions, and no layer has a file of that name.",
		.why = "Such a line cannot have run in this image: its history was written by hand, or belongs to "
		       "another "
		       "one. A sample Dockerfile that is often copied calls yum on ubuntu:18.04, and does not build as "
		       "printed.",
		.fix = "Ask who made the image, and build it again from its Dockerfile.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/config.md",
	},
	{
		.id = "history-copy-root",
		.family = SILT_CHECKS_HISTORY,
		.title = "Whole filesystem copied from a stage",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "COPY lines of the history",
		.decides = "COPY / /.",
		.why = "All that the stage has comes along: tools, caches and what was needed for the build alone.",
		.fix = "Copy the files that the program needs.",
		.dockerfile = "COPY --from=build /out/app /app",
		.aliases = "DL3067",
		.references = "https://docs.docker.com/build/building/multi-stage/",
	},
};

const struct silt_catalogue_part silt_catalogue_history = {rows, SILT_COUNT(rows)};
