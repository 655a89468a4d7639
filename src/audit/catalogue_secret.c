/* The catalogue: secrets by their place. What a pattern rule finds anywhere else carries the id of the rule. */
#include "audit/catalogue.h"

#include "base/attributes.h"

#define BUILD_SECRETS "https://docs.docker.com/build/building/secrets/"
#define SECRETS_IN_ARG "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/"
#define HADOLINT_SECRETS "https://github.com/hadolint/hadolint/wiki/DL3064"
#define SECRET_MOUNT                                                                                                   \
	"# syntax=docker/dockerfile:1\n"                                                                               \
	"RUN --mount=type=secret,id=token TOKEN=\"$(cat /run/secrets/token)\" make fetch"
#define BY_FORMAT "high or as its format says, whichever is worse; critical if proven; medium on the name alone"

static const struct silt_check_info rows[] = {
	{
		.id = "secret-env",
		.family = SILT_CHECKS_SECRET,
		.title = "Secret in an environment variable",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = BY_FORMAT,
		.looks_at = "config.Env, ENV in history",
		.decides =
			"A pattern rule matches the value; or the name has a word such as password, secret, token or "
			"key and the value is none of placeholder, variable, path, address, switch, number. key, auth "
			"and token need a value that looks random. GPG_KEY, *_PUBLIC_KEY, *_FILE and *_VERSION are "
			"none.",
		.why = "Env stands in the image config: whoever can pull the image can read it, every process of the "
		       "container inherits it, and it shows in docker inspect and in crash reports. Settings that "
		       "are no secrets are fine there.",
		.fix = "Rotate the value, take it out of the Dockerfile and give it at run time, best as a file.",
		.dockerfile = "ENV APP_TOKEN_FILE=/run/secrets/app_token",
		.aliases = "CIS-DI-0010 DS-0031 DL3064 SecretsUsedInArgOrEnv 4.10",
		.references = BUILD_SECRETS " " SECRETS_IN_ARG " " HADOLINT_SECRETS,
	},
	{
		.id = "secret-env-file",
		.family = SILT_CHECKS_SECRET,
		.title = "File with a secret named by a variable",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high if something is found in the file, else info",
		.looks_at = "config.Env, every layer",
		.decides =
			"GOOGLE_APPLICATION_CREDENTIALS, AWS_CONFIG_FILE, HF_TOKEN_PATH or a name that ends in _FILE "
			"names a file that a layer has. Other names than those of secrets count only if a pattern rule "
			"finds something in the file.",
		.why = "A variable that names a file is the right way, if the file is mounted. Here it is in the "
		       "image.",
		.fix = "Mount the file at run time instead of copying it into the image.",
		.dockerfile = "ENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/gcp.json",
		.aliases = "DS-0031",
		.references = BUILD_SECRETS,
	},
	{
		.id = "secret-history",
		.family = SILT_CHECKS_SECRET,
		.title = "Secret in a build instruction",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = BY_FORMAT,
		.looks_at = "created_by, comment and author of every line of history",
		.decides =
			"A pattern rule matches; or a command is given a password: export K=V, K=V cmd, --password=V, "
			"mysql -pV, curl -u user:V, sshpass -p V, echo user:V | chpasswd, aws configure set. What a "
			"variable or a substitution fills in is none.",
		.why = "The text of every instruction stays in the config, whatever the instruction does. To set and "
		       "unset "
		       "a variable in one RUN, as a cheat sheet advises, keeps the value out of the environment and in "
		       "the text.",
		.fix = "Rotate the value, and give it to the build as a secret mount: RUN --mount=type=secret.",
		.dockerfile = SECRET_MOUNT,
		.aliases = "DS-0031 DL3064 4.10 CIS-DI-0010",
		.references = BUILD_SECRETS " " HADOLINT_SECRETS,
	},
	{
		.id = "secret-build-arg",
		.family = SILT_CHECKS_SECRET,
		.title = "Secret in a build argument",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = BY_FORMAT,
		.looks_at = "ARG lines of history, the |N K=V prefix of RUN lines",
		.decides =
			"A pattern rule matches the value, or the name gives it away. Only arguments of the last stage "
			"are there; predefined proxy arguments only if they are declared.",
		.why = "A cheat sheet says that ARG values are not available after the build. That is wrong: they "
		       "stand "
		       "in the history, as \"|1 TOKEN=... /bin/sh -c ...\" (classic builder), as \"RUN |1 TOKEN=...\" "
		       "and as "
		       "\"ARG TOKEN=...\" (BuildKit, which writes the value given and not only the default), and "
		       "provenance of mode max repeats them.",
		.fix = "Rotate the value, and give it to the build as a secret mount, which leaves no value behind: "
		       "RUN "
		       "--mount=type=secret.",
		.dockerfile = SECRET_MOUNT,
		.aliases = "DS-0031 DL3064 SecretsUsedInArgOrEnv",
		.references = BUILD_SECRETS " " SECRETS_IN_ARG " " HADOLINT_SECRETS,
	},
	{
		.id = "secret-command",
		.family = SILT_CHECKS_SECRET,
		.title = "Secret on the command line",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = BY_FORMAT,
		.looks_at = "config.Entrypoint, Cmd, Healthcheck.Test, OnBuild, Shell",
		.decides =
			"A pattern rule matches; or an option or assignment gives a password: --password=V, mysql -pV, "
			"curl -u user:V, K=V in sh -c. What a variable fills in at run time is none.",
		.why = "It stands in the image config, in docker ps of the host, and in the list of processes that "
		       "everybody on the host can read.",
		.fix = "Rotate the value, and give it by a file that is mounted when the container starts.",
		.dockerfile = "ENTRYPOINT [\"/app/run\", \"--password-file=/run/secrets/db\"]",
		.aliases = "",
		.references = BUILD_SECRETS,
	},
	{
		.id = "secret-label",
		.family = SILT_CHECKS_SECRET,
		.title = "Secret in a label",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = BY_FORMAT,
		.looks_at = "config.Labels, author, annotations of manifests and indexes",
		.decides =
			"A pattern rule matches a key or a value: the address of a repository with a password in it is "
			"the usual one.",
		.why = "Labels and annotations are made to be read by everybody, registries show them on web pages, "
		       "and "
		       "build systems fill them from what they cloned.",
		.fix = "Rotate the value, and strip userinfo from addresses before they become labels.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
	},
	{
		.id = "secret-legacy-config",
		.family = SILT_CHECKS_SECRET,
		.title = "Secret in a left-over config",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = BY_FORMAT,
		.looks_at = "container_config, json of layers, configs that no image uses",
		.decides = "A pattern rule matches a string outside of the config proper.",
		.why = "Older builders keep the config of the build container and of each layer beside the config of "
		       "the "
		       "image. They repeat variables and commands, and survive squashing.",
		.fix = "Rotate the value and rebuild the image; to edit the documents changes their digests and helps "
		       "nobody who has them.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/moby/docker-image-spec/blob/main/spec.md",
	},
	{
		.id = "secret-attestation",
		.family = SILT_CHECKS_SECRET,
		.title = "Secret in the record of the build",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = BY_FORMAT,
		.looks_at = "in-toto statements, build information of BuildKit",
		.decides =
			"A pattern rule matches a string of it, or what is encoded in one: the Dockerfile stands there "
			"in base64.",
		.why = "Provenance of mode max holds the values of build arguments and the whole Dockerfile, and is "
		       "pushed "
		       "with the image.",
		.fix = "Rotate the value, and give it to the build as a secret mount, which never gets into "
		       "provenance.",
		.dockerfile = SECRET_MOUNT,
		.aliases = "",
		.references = "https://docs.docker.com/build/metadata/attestations/slsa-provenance/",
	},
	{
		.id = "secret-mount-leak",
		.family = SILT_CHECKS_SECRET,
		.title = "Mounted secret kept in a layer",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = "",
		.looks_at = "run/secrets, var/run/secrets in every layer",
		.decides = "A regular file that is not empty, whatever is in it. Empty files, which mounts leave "
			   "behind, and "
			   "symlinks, which some bases have, are none.",
		.why = "Builds and orchestrators mount secrets there, Kubernetes the token of its service account. A "
		       "mount "
		       "leaves nothing in a layer; a file there was copied, or the container was committed.",
		.fix = "Rotate the secret. Never copy from a mount, and never commit a running container.",
		.dockerfile = SECRET_MOUNT,
		.aliases = "",
		.references = BUILD_SECRETS " https://docs.docker.com/engine/swarm/secrets/",
	},
	{
		.id = "secret-password-hash",
		.family = SILT_CHECKS_SECRET,
		.title = "Password hash of an account",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high; medium if the account is locked",
		.looks_at = "etc/shadow, etc/gshadow, master.passwd, etc/passwd and their copies in every layer",
		.decides = "The password field has a hash of crypt, of whatever method. x, * and ! are none. No "
			   "password is "
			   "tried: modern methods are slow by design.",
		.why = "Every container of the image has the account with the same password, and a hash can be tried "
		       "against lists of passwords at leisure.",
		.fix = "Lock the account (passwd -l), and set a new password wherever this one is used.",
		.dockerfile = "RUN passwd -l root",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man5/shadow.5.html "
			      "https://man7.org/linux/man-pages/man5/crypt.5.html",
	},
	{
		.id = "secret-ssh-host-key",
		.family = SILT_CHECKS_SECRET,
		.title = "SSH host key",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = "high; critical for a key that is publicly known",
		.looks_at = "etc/ssh/ssh_host_*_key in every layer",
		.decides = "A private key in a file of that name. The .pub beside it is none.",
		.why = "Packages make host keys when they are installed, so each container of the image has the same "
		       "one, and whoever has the image can pose as any of them.",
		.fix = "Delete the keys in the RUN that installs the server, and make new ones when a container first "
		       "starts: ssh-keygen -A.",
		.dockerfile = "RUN apt-get install -y --no-install-recommends openssh-server && rm /etc/ssh/ssh_host_*",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man1/ssh-keygen.1.html",
	},
	{
		.id = "secret-authorized-keys",
		.family = SILT_CHECKS_SECRET,
		.title = "Authorized SSH keys",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = "high if the image has sshd or dropbear, else low; critical for a publicly known key",
		.looks_at = ".ssh/authorized_keys*, etc/ssh/authorized_keys.d/* in every layer",
		.decides = "A line with a key.",
		.why = "Whoever has the private half gets into every container that runs the server. The insecure key "
		       "of "
		       "Vagrant is known to everybody.",
		.fix = "Remove the file, and mount it where somebody must get in.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://man7.org/linux/man-pages/man8/sshd.8.html",
	},
	{
		.id = "secret-docker-tls-key",
		.family = SILT_CHECKS_SECRET,
		.title = "Key to a Docker daemon",
		.severity = SILT_SEVERITY_CRITICAL,
		.severities = "",
		.looks_at = ".docker/key.pem, .docker/ca-key.pem, etc/docker/**/*key.pem in every layer",
		.decides = "A private key in a file of that name.",
		.why = "With it one is a client, a server or even the authority of a daemon that listens on TCP. To "
		       "command "
		       "a daemon is to be root on its host.",
		.fix = "Make new certificates for the daemon and its clients, and revoke these.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://docs.docker.com/engine/security/protect-access/",
	},
	{
		.id = "secret-credential-file",
		.family = SILT_CHECKS_SECRET,
		.title = "File of credentials",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "as the rule about the file says: most are high",
		.looks_at =
			".netrc, .pgpass, .pg_service.conf, userlist.txt, my.cnf, .mylogin.cnf, .htpasswd, .htdigest, "
			".git-credentials, kubeconfig in every layer",
		.decides = "The file is read by its own format, and has a password, a hash or a token in it; an empty "
			   "field or a * is none. The pattern of the finding says which format.",
		.why = "Programs read these files by themselves, which is why they are made on the machine of a "
		       "developer, "
		       "and copied with everything else.",
		.fix = "Change what stands in it, and mount the file at run time.",
		.dockerfile = "RUN --mount=type=secret,id=netrc,target=/root/.netrc curl --netrc ...",
		.aliases = "CIS-DI-0010",
		.references = BUILD_SECRETS,
	},
	{
		.id = "secret-weak-auth",
		.family = SILT_CHECKS_SECRET,
		.title = "Server that asks for no password",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "pg_hba.conf, redis.conf in the final filesystem",
		.decides = "The method trust of PostgreSQL for other hosts than this one; protected-mode no of Redis "
			   "without a "
			   "password or an access list.",
		.why = "Whoever reaches the port reads and writes everything. Between containers of one network "
		       "nothing "
		       "is in the way.",
		.fix = "Require a password: scram-sha-256 in pg_hba.conf, requirepass or an access list in redis.conf.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://www.postgresql.org/docs/current/auth-pg-hba-conf.html "
			      "https://redis.io/docs/latest/operate/oss_and_stack/management/security/",
	},
	{
		.id = "secret-file-name",
		.family = SILT_CHECKS_SECRET,
		.title = "File whose name speaks of secrets",
		.severity = SILT_SEVERITY_LOW,
		.severities = "low in a layer that is known not to be of the base, else info",
		.looks_at = "names of regular files in every layer",
		.decides = "A name such as .env, credentials.json, id_rsa, database.yml, or an ending such as .ovpn or "
			   ".pcap, "
			   "if no pattern rule found anything in the file. Empty files, documentation, tests, and what "
			   "packages bring do not count.",
		.why = "Formats change and values are encrypted; a name lasts. It is worth one look.",
		.fix = "Look at the file; if it does not belong into the image, name it in .dockerignore.",
		.dockerfile = "# .dockerignore\n.env\n*.ovpn\n**/id_rsa",
		.aliases = "CIS-DI-0010",
		.references = "https://docs.docker.com/build/concepts/context/#dockerignore-files",
	},
};

const struct silt_catalogue_part silt_catalogue_secret = {rows, SILT_COUNT(rows)};
