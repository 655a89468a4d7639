/* Places of secrets. */
#include "audit/secret_places.h"

#include "base/attributes.h"
#include "secret/glob.h"

static const struct silt_secret_place places[] = {
	[SILT_SECRET_IN_MOUNT] = {"secret-mount-leak", "A secret was mounted there, and a layer kept it.",
				  SILT_SEVERITY_CRITICAL, true},
	[SILT_SECRET_IN_DAEMON_KEY] = {"secret-docker-tls-key",
				       "Whoever has it can do as its owner with the Docker daemon, which is to be root "
				       "on that host.",
				       SILT_SEVERITY_CRITICAL, true},
	[SILT_SECRET_IN_HOST_KEY] = {"secret-ssh-host-key",
				     "Every container of the image has the same host key, and whoever has the image "
				     "can pose as any of them.",
				     SILT_SEVERITY_HIGH, true},
	[SILT_SECRET_IN_ACCOUNT] = {"secret-password-hash",
				    "A hash can be tried against lists of passwords at leisure.", SILT_SEVERITY_INFO,
				    false},
	[SILT_SECRET_IN_CREDENTIALS] = {"secret-credential-file", "", SILT_SEVERITY_INFO, false},
	[SILT_SECRET_IN_CONTENT] = {NULL, "", SILT_SEVERITY_INFO, false},
	[SILT_SECRET_IN_ENV] = {"secret-env",
				"Environment variables stand in the image config, readable for everyone who can pull "
				"the image and for every process of the container.",
				SILT_SEVERITY_HIGH, false},
	[SILT_SECRET_IN_BUILD_ARG] = {"secret-build-arg",
				      "The values of build arguments stay in the history of the image.",
				      SILT_SEVERITY_HIGH, false},
	[SILT_SECRET_IN_HISTORY] = {"secret-history",
				    "The text of each build instruction stays in the history of the image, also of "
				    "what the instruction itself unset.",
				    SILT_SEVERITY_HIGH, false},
	[SILT_SECRET_IN_COMMAND] = {"secret-command",
				    "The command stands in the image config and in the process list of the host.",
				    SILT_SEVERITY_HIGH, false},
	[SILT_SECRET_IN_LABEL] = {"secret-label",
				  "Labels and annotations are readable for everyone who can pull the image.",
				  SILT_SEVERITY_HIGH, false},
	[SILT_SECRET_IN_LEGACY_CONFIG] = {"secret-legacy-config",
					  "Fields that builders leave behind outside the config proper; they survive "
					  "squashing.",
					  SILT_SEVERITY_HIGH, false},
	[SILT_SECRET_IN_ATTESTATION] = {"secret-attestation",
					"The record of the build repeats build arguments and the Dockerfile.",
					SILT_SEVERITY_HIGH, false},
};

const struct silt_secret_place *silt_secret_place(enum silt_secret_where where)
{
	return &places[where];
}

enum silt_severity silt_secret_place_severity(enum silt_secret_where where, enum silt_severity severity,
					      enum silt_confidence confidence)
{
	const struct silt_secret_place *place = &places[where];
	bool sure = confidence != SILT_CONFIDENCE_POSSIBLE && severity >= SILT_SEVERITY_MEDIUM;
	bool raised = (place->always || sure) && severity < place->floor;
	return raised ? place->floor : severity;
}

/* ---- Files --------------------------------------------------------------------------------------------------------- */

/* What a rule found in a file. NULL: any rule, any file. Globs as in secret/glob.h; the first row that fits counts. Mounts come
 * first, and are of any rule. */
static const struct {
	enum silt_secret_where where;
	const char *rule, *file;
} files[] = {
	{SILT_SECRET_IN_MOUNT, NULL, "/run/secrets/**"},
	{SILT_SECRET_IN_MOUNT, NULL, "/var/run/secrets/**"},
	{SILT_SECRET_IN_DAEMON_KEY, "*private-key*", ".docker/key.pem"},
	{SILT_SECRET_IN_DAEMON_KEY, "*private-key*", ".docker/ca-key.pem"},
	{SILT_SECRET_IN_DAEMON_KEY, "*private-key*", "/etc/docker/**/*key.pem"},
	{SILT_SECRET_IN_HOST_KEY, "*private-key*", "/etc/ssh/ssh_host_*_key"},
	{SILT_SECRET_IN_ACCOUNT, "account-password-hash", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "git-credentials", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "htdigest", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "htpasswd", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "kubeconfig-token", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "mysql-login-path", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "mysql-option-password", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "netrc-password", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "pg-service-password", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "pgbouncer-userlist", NULL},
	{SILT_SECRET_IN_CREDENTIALS, "pgpass", NULL},
};

enum silt_secret_where silt_secret_place_of_file(struct silt_bytes path, const char *rule)
{
	for (size_t i = 0; i < SILT_COUNT(files); i++) {
		bool of_rule = !files[i].rule || silt_glob_fits(silt_bytes_text(files[i].rule), silt_bytes_text(rule));
		if (of_rule && (!files[i].file || silt_glob_names(silt_bytes_text(files[i].file), path))) {
			return files[i].where;
		}
	}
	return SILT_SECRET_IN_CONTENT;
}

bool silt_is_secret_mount(struct silt_bytes path)
{
	for (size_t i = 0; i < SILT_COUNT(files) && files[i].where == SILT_SECRET_IN_MOUNT; i++) {
		if (silt_glob_names(silt_bytes_text(files[i].file), path)) {
			return true;
		}
	}
	return false;
}

/* ---- Logs ---------------------------------------------------------------------------------------------------------- */

/* What programs write down on their way, and nobody looks at. */
static const struct {
	const char *glob, *note;
} logs[] = {
	{"/var/log/**", "in a log"},
	{"*.log", "in a log"},
	{"*.log.*", "in a log"},
	{".npm/_logs/*", "in a log"},
	{".*_history", "in a log (history)"},
	{".history", "in a log (history)"},
	{".zhistory", "in a log (history)"},
	{".histfile", "in a log (history)"},
	{"fish_history", "in a log (history)"},
	{".lesshst", "in a log (history)"},
	{".viminfo", "in a log (history)"},
	{"/tmp/**", "in a log (temporary file)"},
	{"/var/tmp/**", "in a log (temporary file)"},
	{"/root/.cache/**", "in a log (cache)"},
};

const char *silt_log_note(const struct silt_entry *entry, struct silt_bytes path)
{
	if (entry->program == SILT_PROGRAM_CORE) {
		return "in a log (core dump)";
	}
	for (size_t i = 0; i < SILT_COUNT(logs); i++) {
		if (silt_glob_names(silt_bytes_text(logs[i].glob), path)) {
			return logs[i].note;
		}
	}
	return NULL;
}
