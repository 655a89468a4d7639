/* The catalogue: practices that no image file can show. */
#include "base/attributes.h"
#include "silt/checks.h"

static const struct silt_practice_info rows[] = {
	{
		.practice = "Run as a user with a number: docker run --user 1000:1000, and match the owners of what is "
			    "mounted",
		.why_not = "The option takes the place of config.User when the container is started, and mounts bring "
			   "owners of their own.",
		.instead = "silt run-args names the user that the image is made for; user-root and user-arbitrary-uid "
			   "say whether another number would work.",
		.aliases = "P1 P3",
	},
	{
		.practice = "Map the users of containers to others of the host: userns-remap in daemon.json, "
			    "/etc/subuid, /etc/subgid, rootless engines",
		.why_not = "It is a setting of the engine and the host (Docker since 1.13, Linux since 3.11; uid 0 "
			   "becomes one such as 231072).",
		.instead = "The posture tells the largest owner of files and whether 65536 ids are enough; fs-high-uid "
			   "names files that are beyond them.",
		.aliases = "P3 P5 2.9",
	},
	{
		.practice = "Run without --privileged, with no-new-privileges, and without capabilities that are not "
			    "needed",
		.why_not = "All three are options of the container, not of the image.",
		.instead = "The posture tells which programs would lose rights; silt run-args proposes --cap-drop ALL, "
			   "the capabilities to give back, and no-new-privileges.",
		.aliases = "P3 5.4 5.5 5.26",
	},
	{
		.practice = "Mount nothing sensitive of the host (/, /etc, /dev, /proc, /sys), and pass no devices but "
			    "those needed, with no more of r, w and m",
		.why_not = "Bind mounts and devices are given when the container is started.",
		.instead = "config-volume-sensitive finds images that ask for such volumes, fs-device-node devices "
			   "inside of layers.",
		.aliases = "P3 5.6 5.18",
	},
	{
		.practice = "Keep the socket of the daemon to yourself, and use TLS where it is reached by network",
		.why_not = "Who gets the socket shows in the way containers are started, TLS in the settings of the "
			   "daemon.",
		.instead =
			"config-docker-sock finds images made to use the socket, secret-docker-tls-key the keys of a "
			"daemon left in a layer.",
		.aliases = "P3 P4 2.7 5.32",
	},
	{
		.practice = "Harden the host: SELinux, AppArmor or another LSM, seccomp, a kernel without known bugs "
			    "(dirtycow), a firewall",
		.why_not = "An image has no kernel: containers share that of their host.",
		.instead = "silt run-args proposes options that narrow what a kernel bug is worth; the defaults of "
			   "seccomp and AppArmor are best left on.",
		.aliases = "P3 5.2 5.3 5.22",
	},
	{
		.practice = "Limit resources: --memory 400m --memory-swap 1g --cpus 0.5 --pids-limit, "
			    "--restart=on-failure:5, --ulimit nofile and nproc, and no --cgroup-parent of the host",
		.why_not = "What a program needs shows when it runs; an image states no limits.",
		.instead = "silt run-args prints the options with values as examples.",
		.aliases = "P3 P4 5.11 5.12 5.15 5.19 5.25 5.29",
	},
	{
		.practice =
			"Keep the root filesystem read-only: --read-only --tmpfs /tmp:rw,noexec,nosuid, and volumes "
			"read-only where they can be",
		.why_not = "Whether it is mounted so is decided when the container is started.",
		.instead = "The posture lists the directories that the user of the image may write to; silt run-args "
			   "makes a --tmpfs of each that is empty.",
		.aliases = "P3 5.13",
	},
	{
		.practice = "Keep data in volumes (type=volume) and settings in bind mounts that are read-only and of "
			    "limited size",
		.why_not = "Mounts are no part of an image; VOLUME only says where data is expected.",
		.instead =
			"The volumes and the writable directories of the image, in the posture and in silt run-args.",
		.aliases = "P3 P4",
	},
	{
		.practice = "Give containers networks of their own: not docker0 (--bridge=none), never --network host",
		.why_not = "Networks belong to the engine; EXPOSE opens nothing.",
		.instead = "The ports of the image, in the posture; config-port-22 and pkg-sshd for what should not be "
			   "served.",
		.aliases = "P3 2.2 5.10 5.30",
	},
	{
		.practice = "Collect logs: --log-level, --log-driver, dual logging, fluentd",
		.why_not = "Drivers and levels are settings of the daemon and of the container.",
		.instead = "The posture tells which log files are links to the standard output, fs-log-content which "
			   "are kept in the image instead.",
		.aliases = "P3 2.3 2.13",
	},
	{
		.practice = "Set a securityContext in Kubernetes: runAsNonRoot, runAsUser, readOnlyRootFilesystem, "
			    "capabilities dropped",
		.why_not = "A pod states it, not the image that the pod runs.",
		.instead = "silt run-args prints a pod with those fields as far as the image can bear them.",
		.aliases = "P3",
	},
	{
		.practice = "Design for an orchestrator: Kubernetes, Mesos, Swarm, StatefulSets, twelve factors, "
			    "containers that are replaced and never changed",
		.why_not = "It is the design of a system, of which an image is one part.",
		.instead = "The volumes of the image (its state) and its Env (its settings), which tell what has to be "
			   "provided from outside.",
		.aliases = "P4",
	},
	{
		.practice =
			"Give secrets at run time: tmpfs, a volume driver, Vault, secrets of the orchestrator; plain "
			"settings by Env are fine",
		.why_not = "What a container gets at run time is not in its image.",
		.instead = "Secrets that are in the image all the same: secret-env, secret-history and all pattern "
			   "rules.",
		.aliases = "P3 P4",
	},
	{
		.practice = "Scan for known vulnerabilities (docker scout, Trivy, Grype, Clair), follow their notices, "
			    "and rebuild: one study found 30 % of official images with severe ones",
		.why_not = "What is vulnerable changes every day without the image changing: it needs a database, not "
			   "only the image.",
		.instead =
			"The packages with their versions that such tools need, the age of the image, and pkg-os-eol "
			"for distributions that get no more fixes.",
		.aliases = "CIS-DI-0004 4.4 P2 P4",
	},
	{
		.practice = "Pull only signed images: content trust, Notary, DOCKER_CONTENT_TRUST",
		.why_not = "A signature is beside an image, in a registry or a log, and whether it is asked for is a "
			   "setting of the client.",
		.instead = "The digests of config and manifest, which a signature by cosign or notation covers, and "
			   "whether the bundle holds one. Docker Content Trust itself is no advice any more: Docker "
			   "retires it, and the certificates of official images expire from 2025-08-08 on.",
		.aliases = "CIS-DI-0005 4.5 P2 P4",
	},
	{
		.practice = "Build in a trusted place, verify signed packages and artifacts, and carry the same image "
			    "from development to production",
		.why_not = "Where and from what an image was built is what the builder says; a file shows what came "
			   "out.",
		.instead = "The digests, which are the same wherever the image goes; attestations in the bundle; "
			   "history-unverified-download and fs-repo-unsigned for what was not verified.",
		.aliases = "4.12 P1 P4 P5",
	},
	{
		.practice =
			"Check hosts and daemons: docker-bench-security; keep secrets out of repositories: ggshield; "
			"write settings by templates: A2D, confd",
		.why_not = "These are tools for other things than images.",
		.instead = "config-entrypoint-rewrites tells of templates that an entrypoint fills in.",
		.aliases = "P3 P4 P5",
	},
	{
		.practice = "Watch what runs: metrics, alerts, Prometheus, node-exporter, Grafana",
		.why_not = "Only what runs can be watched.",
		.instead = "The health check of the image, in the posture; the counts of the JSON report, for a gate "
			   "that keeps them.",
		.aliases = "P4",
	},
	{
		.practice = "Be ready for an incident: a plan, backups, monitoring of servers",
		.why_not = "Plans are not in images.",
		.instead = "What was deleted, overwritten or hidden in each layer, with the instruction that did it: "
			   "where an investigation of an image begins.",
		.aliases = "P3 P4",
	},
	{
		.practice = "Do not take containers for virtual machines: block traffic between them, virtualise the "
			    "hosts",
		.why_not = "How containers are separated is a matter of hosts and networks.",
		.instead = "silt run-args, for what one container can do about it.",
		.aliases = "P3",
	},
	{
		.practice = "Order instructions so that the build cache helps",
		.why_not = "The cache is the builder's; an image shows the order that was chosen, not what changes "
			   "often.",
		.instead = "fs-wasted tells what layers carry in vain.",
		.aliases = "P5",
	},
	{
		.practice = "Pin the base image in FROM, name stages, and keep the Dockerfile itself in order",
		.why_not = "FROM lines, names of stages and comments do not get into an image, and what fails a build "
			   "(COPY of several files to a target without a slash) never becomes one.",
		.instead =
			"config-base-unknown, config-base-not-allowed and --base tell what is known of the base; for "
			"the rest run hadolint over the Dockerfile.",
		.aliases =
			"DS-0006 DS-0011 DS-0012 DL1001 DL3006 DL3007 DL3021 DL3022 DL3023 DL3024 DL3029 DL3044 DL3061 "
			"DL3063 DL3065",
	},
};

size_t silt_practices_count(void)
{
	return SILT_COUNT(rows);
}

const struct silt_practice_info *silt_practices_get(size_t index)
{
	return &rows[index];
}
