/* The catalogue: shells, tools and servers that an image has. */
#include "audit/catalogue.h"

#include "base/attributes.h"

#define BENCHMARK "https://www.cisecurity.org/benchmark/docker"
#define MULTI_STAGE "https://docs.docker.com/build/building/multi-stage/"
#define UNNEEDED "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages"
#define DISTROLESS "https://github.com/GoogleContainerTools/distroless"

static const struct silt_check_info rows[] = {
	{
		.id = "shell-present",
		.family = SILT_CHECKS_SURFACE,
		.title = "Shells in the image",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "names, modes and links of the final filesystem",
		.decides = "An executable file, or a chain of links that ends at one, is called like a shell: busybox, "
			   "bash, dash, sh, and so on; or a program that is a shell by the text in it has such a name "
			   "with a version or build behind it. All names of one file count as one shell.",
		.why = "Most ways to abuse a program end in running a command, and most commands in an image need a "
		       "shell to be of use to somebody who came in through the program. Few services need one "
		       "themselves.",
		.fix = "A program that needs no shell can live in an image without one: build the final stage from "
		       "scratch or a distroless base.",
		.dockerfile = "FROM golang:1 AS build\n"
			      "WORKDIR /src\n"
			      "COPY . .\n"
			      "RUN CGO_ENABLED=0 go build -o /app .\n"
			      "FROM scratch\n"
			      "COPY --from=build /app /app\n"
			      "ENTRYPOINT [\"/app\"]",
		.aliases = "AE:passwd_file",
		.references = DISTROLESS " " MULTI_STAGE,
	},
	{
		.id = "shell-hidden",
		.family = SILT_CHECKS_SURFACE,
		.title = "Shell under another name",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "text and build ids of programs in the final filesystem",
		.decides =
			"An ELF program has the text of a shell in it, such as the format of its version, or the build "
			"id of a file that is called like a shell in any layer, and a name that is no shell's. Links "
			"to busybox and toybox, and copies called like one of their applets, are none.",
		.why = "Nobody needs a shell under the name of something else but to get past those who look for "
		       "names: it is how a way back into a system is left behind.",
		.fix = "Find out who put it there, by the instruction of its layer, and remove it.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://attack.mitre.org/techniques/T1036/003/",
	},
	{
		.id = "shell-deleted",
		.family = SILT_CHECKS_SURFACE,
		.title = "Shells in lower layers only",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "executable files of all layers that are called like shells",
		.decides = "A shell of a layer is not in the final filesystem, and no other of that name is.",
		.why = "A container cannot run it, so that removing it does harden the image. Its layer is still "
		       "pulled, stored and can be unpacked.",
		.fix = "Build the final stage from scratch or a distroless base instead of deleting.",
		.dockerfile = "",
		.aliases = "",
		.references = MULTI_STAGE,
	},
	{
		.id = "shell-interpreter",
		.family = SILT_CHECKS_SURFACE,
		.title = "Interpreters in the image",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "executable programs and scripts of the final filesystem",
		.decides = "A program that runs other programs or code it is given: python, perl, ruby, node, deno, "
			   "lua, php, tclsh, awk, java, and find, xargs, env, vi. Applets of busybox are not counted.",
		.why = "Without a shell, each of these does what a shell would have done for an attacker: find -exec, "
		       "vi :!, perl -e.",
		.fix = "Remove what the application does not need, or copy the application alone into a final stage.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://gtfobins.github.io/ " UNNEEDED,
	},
	{
		.id = "pkg-debug-tool",
		.family = SILT_CHECKS_SURFACE,
		.title = "Network and debugging tools in the image",
		.severity = SILT_SEVERITY_LOW,
		.severities = "low; info if all of them are of the base",
		.looks_at = "executable programs and scripts of the final filesystem",
		.decides = "telnet, netcat, socat, nmap, tcpdump, strace, gdb, curl, wget, ftp, net-tools or a client "
			   "of SSH, by the names of their programs. An empty file or data of such a name is none; "
			   "applets of busybox are only noted.",
		.why = "They are the first things an intruder would have to bring along: to fetch more, to look at "
		       "neighbours on the network, to read the memory of other programs. In production they can be "
		       "attached when they are needed, from an image of their own.",
		.fix = "Use them in a build stage only. To look into a running container, start a second one that "
		       "shares its namespaces.",
		.dockerfile = "FROM debian:12-slim AS fetch\n"
			      "RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates\n"
			      "RUN curl -fsSLo /tool.tar.gz https://example.com/tool.tar.gz\n"
			      "FROM debian:12-slim\n"
			      "COPY --from=fetch /tool.tar.gz /opt/",
		.aliases = "CIS-DI-0003 4.3 AE:packages",
		.references = UNNEEDED " " BENCHMARK,
	},
	{
		.id = "pkg-toolchain",
		.family = SILT_CHECKS_SURFACE,
		.title = "Compilers and build tools in the image",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "executable programs of the final filesystem, usr/include/stdio.h, node_modules",
		.decides = "Compilers, linkers, make, cmake, go, cargo, javac, git; the headers of the C library; "
			   "packages of Node.js that are for development only, such as eslint, jest or nodemon.",
		.why = "What built the application is not needed to run it: it is most of the size of such an image "
		       "and of the vulnerabilities that scanners list for it, and lets an intruder build what he "
		       "needs.",
		.fix = "Build in one stage and copy the result into another; install packages of Node.js without those "
		       "for development.",
		.dockerfile = "FROM node:22 AS build\n"
			      "WORKDIR /app\n"
			      "COPY package*.json ./\n"
			      "RUN npm ci --omit=dev\n"
			      "FROM node:22-slim\n"
			      "COPY --from=build /app /app",
		.aliases = "4.3 CIS-DI-0003",
		.references = MULTI_STAGE " " BENCHMARK,
	},
	{
		.id = "pkg-manager",
		.family = SILT_CHECKS_SURFACE,
		.title = "Package managers in the image",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "executable programs and scripts of the final filesystem",
		.decides = "apt, apk, dnf, microdnf, yum, zypper, pip, npm or gem can be executed.",
		.why = "A container is replaced, not upgraded: packages that are installed in a running one are gone "
		       "with it. What remains is a convenient way to install tools for whoever gets in.",
		.fix = "Leave package managers out of the final stage: install in a build stage and copy the result.",
		.dockerfile = "",
		.aliases = "4.3",
		.references = MULTI_STAGE " " BENCHMARK,
	},
	{
		.id = "pkg-sshd",
		.family = SILT_CHECKS_SURFACE,
		.title = "SSH server in the image",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high; medium if nothing in the image is seen to start it: no exposed port 22, not in "
			      "Entrypoint or Cmd, in no script, supervisor, s6 or inittab line",
		.looks_at =
			"programs of the final filesystem, config.ExposedPorts, Entrypoint, Cmd, scripts, sshd_config",
		.decides = "An executable program called sshd or dropbear. The init scripts that its package brings "
			   "along start it only if the image starts an init of a whole system.",
		.why = "A server for SSH gives the container accounts, passwords and keys to look after, a second "
		       "process, and a way in past everything that the platform logs and allows. docker exec and "
		       "kubectl exec give the same shell with the platform's own accounts.",
		.fix = "Remove it. Use docker exec or kubectl exec to look inside, and send logs to standard output.",
		.dockerfile = "",
		.aliases = "DS-0004 AE:exposed_ports",
		.references = "https://docs.docker.com/reference/cli/docker/container/exec/",
	},
};

const struct silt_catalogue_part silt_catalogue_surface = {rows, SILT_COUNT(rows)};
