/* The catalogue: hygiene of files. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "fs-vcs-dir",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Working copy of version control",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high, also if a later layer deletes it; low in node_modules and other vendored folders, "
			      "or without the folder of the history",
		.looks_at = "every entry of every layer",
		.decides = "A folder .git with HEAD and objects or refs, .hg with store, or .svn with its database. "
			   "What is packed in it is unpacked and searched for secrets.",
		.why = "The history holds every version of every file, so also the password that was removed a year "
		       "ago; its settings may hold the token the sources were fetched with. Whoever can pull the image "
		       "has the repository. A web server that serves the folder gives it to everybody.",
		.fix = "Keep it out of the build context with .dockerignore, or copy only what the application needs. "
		       "Change secrets that were ever committed.",
		.dockerfile = "# .dockerignore\n.git\n.hg\n.svn",
		.aliases = "DKL-LI-0003",
		.references = "https://docs.docker.com/build/concepts/context/#dockerignore-files",
	},
	{
		.id = "fs-build-context",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Files of the build context in the image",
		.severity = SILT_SEVERITY_LOW,
		.severities = "low; info if later layers remove all of it",
		.looks_at = "layers that are not of the base and not made by RUN",
		.decides =
			"Dockerfile*, .dockerignore, docker-compose*.yml, terraform.tfstate, .vscode, .idea, .cache, "
			".npm, .aws, .azure, .gcp, .DS_Store, .vimrc and *.swp where applications are, outside of "
			"node_modules and the like. One finding for a layer.",
		.why = "COPY . takes whatever lies beside the Dockerfile: settings of editors and clouds, swap files "
		       "with "
		       "parts of other files, state of terraform with its secrets. The next thing that comes along "
		       "this "
		       "way may be a key.",
		.fix = "Put a .dockerignore beside the Dockerfile, or copy only what the application needs.",
		.dockerfile = "COPY package.json package-lock.json ./\nCOPY src/ src/",
		.aliases = "DKL-LI-0003",
		.references = "https://docs.docker.com/build/concepts/context/#dockerignore-files",
	},
	{
		.id = "fs-world-writable",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Every user may write it",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high below /bin, /etc, /lib, /sbin and /usr, and if root runs it (entrypoint, crontabs, "
			      "init); medium elsewhere, and for what only other readers of a tar than Docker's find",
		.looks_at = "modes of files and directories of the final filesystem, and of those with the fate "
			    "\"disputed\"",
		.decides = "A file with o+w, or a directory with o+w and without the sticky bit. Links, devices, /dev, "
			   "/proc and /sys are left out; /tmp with 1777 is right. What is below such a directory is "
			   "told with it.",
		.why = "Whoever gets a foothold in the container, as any user, can put their own code where another "
		       "user, "
		       "perhaps root, runs it. A directory suffices: files in it can be replaced without being "
		       "written.",
		.fix = "Take the right to write from others with chmod o-w, in the instruction that makes the file.",
		.dockerfile = "COPY --chmod=755 app/ /app/",
		.aliases = "",
		.references = "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod "
			      "https://man7.org/linux/man-pages/man7/inode.7.html",
	},
	{
		.id = "fs-app-owns-system",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Application may change the system",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "config.User, owners and modes of files below /bin, /sbin, /lib*, /etc and /usr",
		.decides =
			"Files and directories that the user of the container owns and may write. /usr/local, /usr/src "
			"and /usr/share/nginx are left out, and so is root, who may write everything.",
		.why = "The point of a user of its own is that a hole in the application cannot change the programs "
		       "and "
		       "settings around it. A chown of a system folder gives that away, and lets an intruder stay.",
		.fix = "Let root own programs and settings, and give the user only the folders it has to write.",
		.dockerfile =
			"COPY --chown=root:root app/ /app/\nRUN install -d -o 10001 -g 10001 /app/data\nUSER 10001",
		.aliases = "",
		.references = "https://docs.docker.com/build/building/best-practices/#user",
	},
	{
		.id = "fs-passwd-writable",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "List of accounts is not protected",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high; medium for /etc/passwd that only group 0 may write, a habit of OpenShift images",
		.looks_at = "modes of /etc/passwd, group, shadow, gshadow, sudoers and sudoers.d, links followed",
		.decides = "The group or others may write it, or others may read shadow or gshadow.",
		.why = "Who can write a line into passwd or sudoers is root as soon as something lets them change the "
		       "user. Hashes of passwords that everybody can read can be guessed at leisure. OpenShift runs "
		       "images "
		       "as an arbitrary uid of group 0, which is why some make passwd writable for that group; it has "
		       "added the line by itself for years.",
		.fix = "Give passwd and group mode 0644, shadow 0640 and sudoers 0440, all owned by root.",
		.dockerfile = "RUN chmod 644 /etc/passwd /etc/group && chmod 640 /etc/shadow",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man5/shadow.5.html",
	},
	{
		.id = "fs-high-uid",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Owner that user namespaces cannot map",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "uid and gid of all files of the final filesystem",
		.decides = "A uid or gid of 65536 or more.",
		.why = "Rootless runtimes and userns-remap usually have 65536 ids to map: such a file cannot even be "
		       "extracted there. An account with a high uid also makes useradd write lastlog and faillog as "
		       "files "
		       "of gigabytes, which are holes for the file system and zeros in a layer.",
		.fix = "Use a uid and gid below 65536; with useradd say --no-log-init (-l).",
		.dockerfile = "RUN useradd --no-log-init --uid 10001 app",
		.aliases = "DL3046",
		.references = "https://github.com/hadolint/hadolint/wiki/DL3046 "
			      "https://docs.docker.com/engine/security/userns-remap/",
	},
	{
		.id = "fs-device-node",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Device node in a layer",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "the type and numbers of every entry of every layer",
		.decides = "A character or block device other than null, zero, full, random, urandom, tty, console and "
			   "ptmx. A character device 0:0 is a deletion mark of overlayfs and reported as such.",
		.why = "Runtimes make the devices that a container needs. A node in a layer gives whoever may open it "
		       "the host's device: a disk, memory, the console. Device rules of the runtime are all that "
		       "stands between.",
		.fix = "Remove the node; give a device at run time, and only to the container that needs it.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://docs.docker.com/reference/cli/docker/container/run/#device",
	},
	{
		.id = "fs-log-content",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Logs in the image",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "regular files below /var/log of the final filesystem",
		.decides = "A log with content, unless it is of the base. An empty log, and one that is a link to "
			   "/dev/stdout or /dev/stderr, is as it should be. One finding for all of them.",
		.why = "Logs of the build tell about the machine it ran on and make each build another image. An "
		       "application that logs to a file fills the container's writable layer, and nobody reads it "
		       "there.",
		.fix = "Log to standard output and error, or link the file there; remove logs of the build in the same "
		       "RUN.",
		.dockerfile = "RUN ln -sf /dev/stdout /var/log/app/access.log",
		.aliases = "",
		.references = "https://docs.docker.com/engine/logging/",
	},
	{
		.id = "fs-history-file",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "History of commands in a layer",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "medium; info if a later layer removes it",
		.looks_at = "names of every entry of every layer",
		.decides = "A file with content that is called .bash_history, .zsh_history, .sh_history, .ash_history, "
			   ".mysql_history, .psql_history, .rediscli_history, .python_history, .node_repl_history, "
			   ".lesshst, .viminfo or .wget-hsts.",
		.why = "It is there because somebody worked in the container and committed it, or because a home "
		       "directory was copied. Commands typed by hand have passwords and names of hosts in them, and an "
		       "image made by hand cannot be made again.",
		.fix = "Build from a Dockerfile, and remove the file in the instruction that made it.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://docs.docker.com/reference/cli/docker/container/commit/",
	},
	{
		.id = "fs-pkg-cache",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Downloads of a package manager",
		.severity = SILT_SEVERITY_LOW,
		.severities = "low; info if a later layer removes them",
		.looks_at =
			"var/lib/apt/lists, var/cache/{apt,apk,yum,dnf,libdnf5,zypp}, .cache/pip, .npm, the caches of "
			"yarn, in layers that are not of the base",
		.decides = "Files with content there. What a proper clean-up leaves behind does not count, and neither "
			   "does the text of instructions: with cache mounts and clean-up hooks there is nothing to "
			   "remove.",
		.why = "Nobody needs them in the image, and everybody downloads them. A clean-up in a later "
		       "instruction "
		       "only hides them. Old package lists also let a later layer install from them what is long "
		       "outdated.",
		.fix = "Clean up in the same RUN, or install with a cache mount.",
		.dockerfile = "RUN apt-get update && apt-get install -y --no-install-recommends curl \\\n"
			      "    && rm -rf /var/lib/apt/lists/*\n"
			      "RUN apk add --no-cache curl\n"
			      "RUN pip install --no-cache-dir -r requirements.txt\n"
			      "RUN --mount=type=cache,target=/root/.npm npm ci",
		.aliases =
			"DKL-DI-0004 DKL-DI-0005 DS-0015 DS-0019 DS-0020 DS-0025 DS-0027 DL3009 DL3019 DL3032 DL3036 "
			"DL3040 DL3042 DL3060",
		.references = "https://docs.docker.com/build/building/best-practices/#apt-get "
			      "https://github.com/hadolint/hadolint/wiki/DL3009",
	},
	{
		.id = "fs-repo-unsigned",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Packages from a source that is not verified",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high; info if a later layer removes or replaces the setting",
		.looks_at = "settings of apt, yum, dnf, zypper, npm and pip in files of the image",
		.decides =
			"[trusted=yes], AllowUnauthenticated, gpgcheck=0, sslverify=0, strict-ssl=false, trusted-host, "
			"or an index of pip or npm at an http:// address.",
		.why = "Whoever stands between the build and the source can put any program into the image, with all "
		       "rights of the installer. A setting that stays in the image does the same to each image built "
		       "on "
		       "it.",
		.fix = "Install the key or certificate of the source, and take the setting out.",
		.dockerfile = "ADD --chmod=644 https://example.org/archive-key.asc /etc/apt/keyrings/example.asc\n"
			      "# deb [signed-by=/etc/apt/keyrings/example.asc] https://example.org/debian stable main",
		.aliases = "CIS-DI-0011 4.11",
		.references = "https://man7.org/linux/man-pages/man8/apt-secure.8.html "
			      "https://man7.org/linux/man-pages/man5/dnf.conf.5.html",
	},
	{
		.id = "fs-no-lockfile",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Dependencies without a lock file",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "package.json, Gemfile, pyproject.toml, Pipfile, Cargo.toml, go.mod and composer.json of "
			    "applications, not of the base",
		.decides =
			"Neither in its folder nor in one above is a lock file of any tool that reads it. What is in "
			"node_modules and the like, and what is a part of a larger application, is left out.",
		.why = "Without one each build takes the newest version of everything: what runs today is not what was "
		       "tested, and a dependency that was taken over comes in by itself.",
		.fix = "Commit the lock file, copy it with the manifest, and install exactly what it says.",
		.dockerfile = "COPY package.json package-lock.json ./\nRUN npm ci",
		.aliases = "",
		.references = "https://docs.npmjs.com/cli/commands/npm-ci",
	},
	{
		.id = "fs-wasted",
		.family = SILT_CHECKS_FILESYSTEM,
		.title = "Layers carry files that nobody sees",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "the size of every file of every layer, and what became of it",
		.decides =
			"Layers that are not of the base overwrite or delete more than 1 MB, and more than a tenth of "
			"what they hold.",
		.why = "A layer is never changed: a file that is deleted or replaced later is stored and downloaded "
		       "all "
		       "the same, and can be recovered. chmod and chown in an instruction of their own store the file "
		       "a "
		       "second time.",
		.fix = "Make and remove a file in one RUN, set owner and mode when copying, or build in another stage.",
		.dockerfile = "FROM golang:1.23 AS build\nRUN --mount=type=bind,target=/src go build -C /src -o /app\n"
			      "FROM scratch\nCOPY --from=build --chown=10001 /app /app",
		.aliases = "",
		.references = "https://docs.docker.com/build/building/multi-stage/",
	},
};

const struct silt_catalogue_part silt_catalogue_filesystem = {rows, SILT_COUNT(rows)};
