/* The catalogue: users and what they may become. */
#include "audit/catalogue.h"

#include "base/attributes.h"

#define BENCHMARK "https://www.cisecurity.org/benchmark/docker"
#define USER_REFERENCE "https://docs.docker.com/reference/dockerfile/#user"
#define PASSWD_REFERENCE "https://man7.org/linux/man-pages/man5/passwd.5.html"
#define SHADOW_REFERENCE "https://man7.org/linux/man-pages/man5/shadow.5.html"

static const struct silt_check_info rows[] = {
	{
		.id = "user-root",
		.family = SILT_CHECKS_USER,
		.title = "Runs as root",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high; medium if the entrypoint gives root up by itself (gosu, su-exec, setpriv, ...)",
		.looks_at = "config.User, history, the scripts of the entrypoint",
		.decides = "The user, before a colon, is empty, root, a number equal to 0, or a number outside of 0 to "
			   "2147483647, which older runtimes took for 0.",
		.why = "Whoever breaks into the program is root in the container, may change everything in it, and is "
		       "one bug of the kernel or one mount away from root on the host. USER must stand in the "
		       "Dockerfile to count: an article on production images says that its sample enforces a user "
		       "\"by the keyword USER\", and the sample has no such line, so it runs as root; it also calls "
		       "yum on Ubuntu, which fails, and gives its user sudo without a password.",
		.fix = "Create a user and end the Dockerfile with its number, such as USER 10001. It can still be "
		       "overridden at run time.",
		.dockerfile = "RUN groupadd --gid 10001 app && useradd --uid 10001 --gid 10001 --shell "
			      "/usr/sbin/nologin app\n"
			      "USER 10001:10001",
		.aliases = "CIS-DI-0001 DS-0002 DL3002 4.1 AE:effective_user",
		.references = USER_REFERENCE " https://github.com/hadolint/hadolint/wiki/DL3002 " BENCHMARK,
	},
	{
		.id = "user-uid0-alias",
		.family = SILT_CHECKS_USER,
		.title = "Runs as root under another name",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "config.User, etc/passwd",
		.decides =
			"The user is a name or number that etc/passwd of the final filesystem gives the uid 0. Read as "
			"runtimes read it: a uid that is no number is 0.",
		.why = "The kernel knows numbers only: a user called app with the uid 0 is root. Tools that compare "
		       "the "
		       "name with \"root\" see nothing.",
		.fix = "Give the account a uid of its own, and set USER to a number, such as USER 10001.",
		.dockerfile = "RUN usermod --uid 10001 app\nUSER 10001",
		.aliases = "4.1",
		.references = USER_REFERENCE " " PASSWD_REFERENCE,
	},
	{
		.id = "user-second-uid0",
		.family = SILT_CHECKS_USER,
		.title = "Second account with uid 0",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high; medium if its shell is nologin or false, or not in the image",
		.looks_at = "etc/passwd",
		.decides = "An account of the final filesystem with the uid 0 and another name than root.",
		.why = "It is root with a password of its own, and easily overlooked: the classic back door.",
		.fix = "Remove the account, or give it a uid of its own.",
		.dockerfile = "RUN userdel --force toor",
		.aliases = "AE:passwd_file",
		.references = PASSWD_REFERENCE,
	},
	{
		.id = "user-unknown",
		.family = SILT_CHECKS_USER,
		.title = "User does not exist in the image",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "config.User, etc/passwd, etc/group",
		.decides = "The user is a name that etc/passwd does not have, or the group one that etc/group does not "
			   "have, or there is no such file. A number without an account is fine.",
		.why = "A runtime looks names up inside the image when a container starts. It does not start if there "
		       "is none, and whoever is in a hurry then starts it as root.",
		.fix = "Create the user and group in the image, or use numbers: a container with an unknown name does "
		       "not start.",
		.dockerfile = "USER 10001:10001",
		.aliases = "",
		.references = USER_REFERENCE,
	},
	{
		.id = "user-nonnumeric",
		.family = SILT_CHECKS_USER,
		.title = "User is a name",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "config.User",
		.decides = "The user is a name, which the image knows and which is not root's.",
		.why = "Kubernetes checks runAsNonRoot before there is a filesystem to look names up in, and refuses "
		       "to start an image whose user is a name.",
		.fix = "Prefer the number of the account: USER 10001.",
		.dockerfile = "USER 10001:10001",
		.aliases = "DL3066",
		.references = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
	},
	{
		.id = "user-empty-password",
		.family = SILT_CHECKS_USER,
		.title = "Account without a password",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = "critical; high if its shell is nologin or false, or not in the image",
		.looks_at = "etc/shadow, etc/shadow-, etc/master.passwd, etc/passwd",
		.decides = "The password field is empty. A field with x, *, ! or !! is a locked account; lines of "
			   "comment and of NIS do not count.",
		.why = "Whoever can start a program in the container becomes that account with su, without being "
		       "asked. Official images of Alpine had such a root for three years (CVE-2019-5021).",
		.fix = "Lock the account: passwd -l NAME, or usermod -p '!' NAME.",
		.dockerfile = "RUN passwd -l root",
		.aliases = "DKL-LI-0001",
		.references = SHADOW_REFERENCE " https://nvd.nist.gov/vuln/detail/CVE-2019-5021",
	},
	{
		.id = "user-dup-id",
		.family = SILT_CHECKS_USER,
		.title = "Accounts with the same number",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "etc/passwd, etc/group",
		.decides = "Two names have one uid other than 0, or two groups one gid. Lines with fewer than three "
			   "fields do not count.",
		.why = "To the kernel they are one: each may read, stop and change what belongs to the other, whatever "
		       "the names promise.",
		.fix = "Give each account and each group a number of its own.",
		.dockerfile = "",
		.aliases = "DKL-LI-0002",
		.references = PASSWD_REFERENCE,
	},
	{
		.id = "user-login-shell",
		.family = SILT_CHECKS_USER,
		.title = "Account with a login shell",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "etc/passwd, the shell in the final filesystem",
		.decides = "An account other than root whose shell (none stands for /bin/sh) is an executable file of "
			   "the image. nologin, false, true, sync, shutdown and halt are none.",
		.why = "An account of a service needs no shell. With one, a password or a key is enough to work in the "
		       "container as that user.",
		.fix = "Give accounts of services the shell /usr/sbin/nologin.",
		.dockerfile = "RUN useradd --system --shell /usr/sbin/nologin app",
		.aliases = "AE:passwd_file",
		.references = PASSWD_REFERENCE " https://man7.org/linux/man-pages/man8/nologin.8.html",
	},
	{
		.id = "user-arbitrary-uid",
		.family = SILT_CHECKS_USER,
		.title = "Not made for an arbitrary user",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "config.WorkingDir, HOME of config.Env, config.Volumes, the program that is started",
		.decides = "One of these directories gives group 0 less than its owner, or the program may be executed "
			   "by neither group 0 nor others. What the image does not have does not count.",
		.why = "OpenShift starts containers with a uid of its own choice and the group 0, and docker run "
		       "--user "
		       "does so with any. Such a user owns nothing in the image.",
		.fix = "Give the directory to group 0 with the rights of its owner: chgrp -R 0 DIR && chmod -R g=u "
		       "DIR.",
		.dockerfile = "RUN chgrp -R 0 /app && chmod -R g=u /app",
		.aliases = "",
		.references =
			"https://docs.openshift.com/container-platform/latest/openshift_images/create-images.html",
	},
	{
		.id = "priv-sudo-nopasswd",
		.family = SILT_CHECKS_USER,
		.title = "Becomes root without a password",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = "critical for all commands, high for some, low if the image has neither sudo nor doas",
		.looks_at = "etc/sudoers, etc/sudoers.d/*, etc/doas.conf, the programs sudo and doas",
		.decides = "A rule with NOPASSWD, or \"permit nopass\" of doas, for anybody but root. Files that sudo "
			   "does "
			   "not read (a dot or a ~ in the name) do not count.",
		.why = "USER says app, and whoever breaks into app is root one command later: the user is one in name "
		       "only. In a container nobody sits at a terminal, so this line is never needed at run time.",
		.fix = "Delete the rule. Do what needs root before USER, or start as root and give it up with gosu or "
		       "setpriv.",
		.dockerfile = "RUN install-what-needs-root\nUSER 10001",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man5/sudoers.5.html "
			      "https://docs.docker.com/build/building/best-practices/#user",
	},
	{
		.id = "priv-sudo-all",
		.family = SILT_CHECKS_USER,
		.title = "May run everything as root",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "etc/sudoers, etc/sudoers.d/*, etc/doas.conf",
		.decides =
			"A rule that allows all commands, with a password, for anybody but root and the groups sudo, "
			"wheel and admin, which distributions name there.",
		.why = "The password of the account is now the password of root.",
		.fix = "Delete the rule. Do what needs root before USER, or start as root and give it up with gosu or "
		       "setpriv.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man5/sudoers.5.html",
	},
	{
		.id = "priv-sudo-present",
		.family = SILT_CHECKS_USER,
		.title = "sudo in the image",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "files called sudo or doas in the final filesystem",
		.decides = "An executable file of that name with the setuid bit. The word sudo in a script or in the "
			   "list of "
			   "packages is none.",
		.why = "It is a large setuid program with a history of holes, it makes terminals and signals behave "
		       "oddly, and nobody needs it: a Dockerfile changes users with USER, an entrypoint with gosu.",
		.fix = "Do not install it: use USER in the Dockerfile, and gosu or setpriv in an entrypoint.",
		.dockerfile = "USER root\nRUN install-what-needs-root\nUSER 10001",
		.aliases = "DKL-DI-0001 DL3004",
		.references = "https://docs.docker.com/build/building/best-practices/#user "
			      "https://github.com/hadolint/hadolint/wiki/DL3004",
	},
};

const struct silt_catalogue_part silt_catalogue_user = {rows, SILT_COUNT(rows)};
