/* The catalogue: programs that give their caller more rights. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "priv-setuid",
		.family = SILT_CHECKS_USER,
		.title = "Setuid program",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities =
			"info for a script, or if nobody may execute it; critical for a shell, an interpreter, "
			"gosu and the like, for a file or folder that everybody may write to, and if it is not "
			"what its package installed; low if a package owns it and it is meant to be setuid (a "
			"table of names, or the mode in the rpm or apk database); else high. One step down if its "
			"owner is not uid 0. In a lower layer, or in a tar that is a file in a layer: info; seen only "
			"by another reader of a layer than Docker's: medium",
		.looks_at =
			"modes of files and hardlinks, also in tars in files; package databases of dpkg, apk and rpm",
		.decides = "A regular file of the final filesystem with mode bit 04000. All names of one file are one "
			   "finding, and a bit in the header of one, be it deleted, is a bit of all. dpkg keeps no "
			   "modes, so there the names of programs tell which are meant to be "
			   "setuid; in an image without any package database names alone do. Bits of directories and "
			   "symlinks mean something else.",
		.why = "Whoever runs a setuid program has the rights of its owner, mostly root, whatever user the "
		       "container runs as. A shell or a tool that runs commands hands them out for free; others are "
		       "one bug away. With --security-opt no-new-privileges the kernel ignores the bit.",
		.fix = "Remove the bit: chmod u-s in the instruction that adds the file, or in one of your own if it "
		       "is "
		       "the base's. Where that cannot be, run with no-new-privileges.",
		.dockerfile = "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +",
		.aliases = "CIS-DI-0008 4.8 AE:suid_or_guid_set",
		.references = "https://man7.org/linux/man-pages/man2/execve.2.html "
			      "https://docs.docker.com/reference/cli/docker/container/run/#security-opt "
			      "https://gtfobins.github.io/",
	},
	{
		.id = "priv-setgid",
		.family = SILT_CHECKS_USER,
		.title = "Setgid program",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities =
			"low if a package ships it so, medium otherwise; info for a script and in a lower layer only",
		.looks_at = "modes of files and hardlinks; package databases of dpkg, apk and rpm",
		.decides = "A regular file with mode bit 02000 that its group may execute. dpkg keeps no modes: what "
			   "it owns is taken to be shipped so, unless it is a shell or a tool that runs commands.",
		.why = "Whoever runs it has the rights of its group: to read the password hashes (shadow), to write "
		       "to terminals (tty). On a directory the bit means inheritance, and is no finding.",
		.fix = "Remove the bit: chmod g-s in the instruction that adds the file, or in one of your own if it "
		       "is "
		       "the base's. Where that cannot be, run with no-new-privileges.",
		.dockerfile = "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +",
		.aliases = "CIS-DI-0008 4.8 AE:suid_or_guid_set",
		.references = "https://man7.org/linux/man-pages/man7/inode.7.html",
	},
	{
		.id = "priv-filecap",
		.family = SILT_CHECKS_USER,
		.title = "Program with file capabilities",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities =
			"critical for those that amount to root (sys_admin, sys_module, sys_ptrace, sys_rawio, setuid, "
			"setgid, setfcap, dac_override, dac_read_search, chown, fowner); low for net_bind_service "
			"alone; medium for others and malformed values. One step down if a package ships the program, "
			"if the effective bit is not set, or if it counts in another user namespace only. In a lower "
			"layer only: info",
		.looks_at = "extended attribute security.capability in PAX headers; package databases",
		.decides = "A file with the attribute, whatever its mode; the value is decoded and printed as getcap "
			   "prints it.",
		.why = "A file capability gives its caller a part of root's rights, and no listing of files shows it. "
		       "Some of them lead to all of root. Builders may drop the attribute when they copy files: that "
		       "an image has none does not prove that its Dockerfile sets none.",
		.fix = "Remove them (setcap -r) in the instruction that adds the file, or run with --cap-drop ALL: a "
		       "capability that is not in the bounding set is not given.",
		.dockerfile = "RUN setcap -r /usr/local/bin/app",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man7/capabilities.7.html",
	},
};

const struct silt_catalogue_part silt_catalogue_privilege = {rows, SILT_COUNT(rows)};
