/* The catalogue: what an image starts, and how. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "config-entry-missing",
		.family = SILT_CHECKS_CONFIG,
		.title = "Program to start is missing",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at =
			"config.Entrypoint, Cmd, User, WorkingDir and Env PATH, modes and types of files, etc/passwd, "
			"etc/group",
		.decides =
			"The program that the image starts is not in it, or its user may not execute it; the same of "
			"what an init, env, gosu or sh -c starts, of the interpreter in the \"#!\" line of a script "
			"and of the loader of a dynamic program. Silent if a layer is not in the file, if an image "
			"starts nothing, and about what only a script knows.",
		.why = "The container does not start. If it is the interpreter or the loader that is missing, the "
		       "error "
		       "is \"no such file or directory\" about a program that is there: typical of a dynamic program "
		       "in an image from scratch, and of one built for glibc on Alpine.",
		.fix = "Correct the path or the mode, or copy what is missing; build programs for images without a C "
		       "library statically.",
		.dockerfile = "COPY --chmod=0755 app /usr/local/bin/app\nENTRYPOINT [\"/usr/local/bin/app\"]",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man2/execve.2.html "
			      "https://docs.docker.com/reference/dockerfile/#entrypoint",
	},
	{
		.id = "config-no-init",
		.family = SILT_CHECKS_CONFIG,
		.title = "Script stays process 1",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "config.Entrypoint, else Cmd, and the script that it names",
		.decides = "The image starts with a shell script that has no exec. Images that start with tini, "
			   "dumb-init, catatonit, s6 or an /init are left out.",
		.why = "Process 1 gets the signal to stop, and the kernel ignores signals it has no handler for. A "
		       "shell "
		       "that waits for its program does not pass them on: docker stop waits ten seconds and kills, "
		       "and the program never closes its files.",
		.fix = "End the script with exec \"$@\", or start it by tini or docker run --init.",
		.dockerfile = "ENTRYPOINT [\"tini\", \"--\", \"/docker-entrypoint.sh\"]",
		.aliases = "",
		.references = "https://docs.docker.com/reference/dockerfile/#entrypoint "
			      "https://github.com/krallin/tini",
	},
	{
		.id = "config-shell-form",
		.family = SILT_CHECKS_CONFIG,
		.title = "Started by a shell",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "config.Entrypoint, Cmd",
		.decides = "ENTRYPOINT or CMD is a shell, -c and one string without exec in it: what the shell form of "
			   "these instructions becomes.",
		.why = "The shell is process 1 and does not pass signals on, so that the program is killed instead of "
		       "being told to stop. Some shells execute a single command in their own process, others do not. "
		       "An ENTRYPOINT in this form also ignores CMD and the arguments of docker run.",
		.fix = "Write a JSON list, or begin the command with exec.",
		.dockerfile = "ENTRYPOINT [\"/app/run\", \"--port\", \"8080\"]",
		.aliases = "DL3025 JSONArgsRecommended",
		.references = "https://docs.docker.com/reference/build-checks/json-args-recommended/ "
			      "https://github.com/hadolint/hadolint/wiki/DL3025",
	},
	{
		.id = "config-broken-exec-form",
		.family = SILT_CHECKS_CONFIG,
		.title = "JSON list that is none",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "config.Entrypoint, Cmd",
		.decides =
			"ENTRYPOINT or CMD is a shell, -c and a string that begins with \"[\" and is no test such as "
			"[ -f x ] && run.",
		.why = "JSON knows double quotes only. What Docker cannot read as a list, such as "
		       "ENTRYPOINT ['python', 'app.py'], it takes for a shell command without a warning: the shell "
		       "looks for a program called \"[python,\" and the container ends at once.",
		.fix = "Use double quotes in the list.",
		.dockerfile = "ENTRYPOINT [\"python\", \"app.py\"]",
		.aliases = "DL3025",
		.references = "https://docs.docker.com/reference/dockerfile/#exec-form "
			      "https://github.com/hadolint/hadolint/wiki/DL3025",
	},
	{
		.id = "config-cmd-only",
		.family = SILT_CHECKS_CONFIG,
		.title = "CMD without ENTRYPOINT",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "config.Entrypoint, Cmd",
		.decides = "There is no Entrypoint, and Cmd is a program in exec form that is not a mere shell.",
		.why = "Arguments of docker run replace CMD as a whole: whoever wants to give the program an option "
		       "starts something else. It is the usual form of images that are there to be built on.",
		.fix = "Name the program in ENTRYPOINT and its default arguments in CMD.",
		.dockerfile = "ENTRYPOINT [\"/app/run\"]\nCMD [\"--port\", \"8080\"]",
		.aliases = "",
		.references = "https://docs.docker.com/reference/dockerfile/"
			      "#understand-how-cmd-and-entrypoint-interact",
	},
	{
		.id = "config-cmd-is-shell",
		.family = SILT_CHECKS_CONFIG,
		.title = "Starts a mere shell",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "config.Entrypoint, Cmd",
		.decides =
			"ENTRYPOINT and CMD together are a shell without a command or script, perhaps behind an init "
			"or env.",
		.why = "Base images start a shell, and an image that does not say what it runs inherits that: the "
		       "container ends at once, or runs a shell where a service was wanted.",
		.fix = "Name the service in ENTRYPOINT or CMD.",
		.dockerfile = "ENTRYPOINT [\"/app/run\"]",
		.aliases = "",
		.references = "https://docs.docker.com/reference/dockerfile/#cmd",
	},
	{
		.id = "config-workdir",
		.family = SILT_CHECKS_CONFIG,
		.title = "Unsuitable working directory",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "medium: a directory of the kernel or the system; low: relative",
		.looks_at = "config.WorkingDir",
		.decides =
			"It is relative, or is or lies below /proc, /boot, /dev, /sys, /initrd or /lost+found. "
			"Docker's "
			"own builders store it as an absolute path: a relative one is from another builder or made by "
			"hand.",
		.why = "What a program writes without naming a directory lands there. A relative one is below whatever "
		       "directory a runtime takes for the first.",
		.fix = "Give the application a directory of its own, with an absolute path.",
		.dockerfile = "WORKDIR /app",
		.aliases = "DS-0009 DS-0030 DL3000 WorkdirRelativePath",
		.references = "https://docs.docker.com/reference/build-checks/workdir-relative-path/ "
			      "https://github.com/hadolint/hadolint/wiki/DL3000",
	},
	{
		.id = "config-entrypoint-rewrites",
		.family = SILT_CHECKS_CONFIG,
		.title = "Start changes settings below /etc",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "scripts of Entrypoint and Cmd, confd and etc/confd/conf.d",
		.decides =
			"A script that the image starts with edits a file below /etc, by sed -i or a redirection; or "
			"the image has confd and templates for it.",
		.why = "Such an image needs a writable /etc and a user who may write to it, so that it cannot run with "
		       "a "
		       "read-only root filesystem; and what runs is not what was scanned.",
		.fix = "Read settings from the environment or from a mounted file, or write what is made of a template "
		       "to a tmpfs.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://docs.docker.com/reference/cli/docker/container/run/#read-only",
	},
};

const struct silt_catalogue_part silt_catalogue_start = {rows, SILT_COUNT(rows)};
