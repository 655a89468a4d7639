/* What an image can bear when it is run, and why. */
#include "report/run_plan.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PRIVILEGED_PORTS = 1024, PORT_MAX = 65535 };

const char *const silt_run_never =
	"Never: --privileged, --cap-add ALL, --network host, --pid host, --ipc host, --userns host, --device, "
	"--cgroup-parent, --security-opt seccomp=unconfined; no bind mount of /, /etc, /dev, /proc, /sys or of the "
	"socket of a container engine.";

void silt_run_plan_done(struct silt_run_plan *plan)
{
	silt_arena_done(&plan->arena);
}

const char *silt_run_text(struct silt_run_plan *plan, const char *format, ...)
{
	char small[512];
	va_list values;
	va_start(values, format);
	int len = vsnprintf(small, sizeof(small), format, values);
	va_end(values);
	if (len < 0 || (size_t)len < sizeof(small)) {
		const char *copy = (const char *)silt_arena_copy(&plan->arena, silt_bytes_text(small)).ptr;
		plan->failed |= !copy;
		return copy ? copy : "";
	}
	char *text = silt_arena_alloc(&plan->arena, (size_t)len + 1);
	plan->failed |= !text;
	if (!text) {
		return "";
	}
	va_start(values, format);
	(void)vsnprintf(text, (size_t)len + 1, format, values);
	va_end(values);
	return text;
}

void silt_run_offer(struct silt_run_plan *plan, const char *option, const char *value, const char *reason)
{
	if (plan->option_count < SILT_RUN_OPTIONS_MAX) {
		plan->options[plan->option_count++] = (struct silt_run_option){option, value, reason};
	}
}

void silt_run_leave(struct silt_run_plan *plan, const char *option, const char *value, const char *reason)
{
	if (plan->choice_count < SILT_RUN_OPTIONS_MAX) {
		plan->choices[plan->choice_count++] = (struct silt_run_option){option, value, reason};
	}
}

/* ---- The image ----------------------------------------------------------------------------------------------------- */

/* What every tool takes for a reference; anything else could be an option, or hurt in a terminal. */
static bool is_reference(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@";
	return name[0] && !strchr("._-/:@", name[0]) && strspn(name, letters) == strlen(name);
}

static const char *reference_of(const struct silt_image *image)
{
	for (size_t i = 0; i < image->name_count; i++) {
		if (is_reference(image->names[i])) {
			return image->names[i];
		}
	}
	return image->config_digest;
}

/* ---- User ---------------------------------------------------------------------------------------------------------- */

static void add_user(struct silt_run_plan *plan)
{
	const struct silt_posture_user *user = &plan->posture->user;
	const struct silt_posture_start *start = &plan->posture->start;
	if (user->root == SILT_ANSWER_UNKNOWN) {
		plan->user_reason = "the image does not tell the number of its user: find out, and name it";
		silt_run_leave(plan, "--user", "10001:10001", plan->user_reason);
	} else if (user->root == SILT_ANSWER_NO) {
		/* A group that is named takes the place of all groups that the image gives the user. */
		bool with_group = strchr(user->name, ':') != NULL;
		plan->user_reason = silt_run_text(plan,
						  "the user of the image (%s) by number, which nothing in it can "
						  "turn into another one",
						  user->name);
		silt_run_offer(plan, "--user",
			       with_group ? silt_run_text(plan, "%" PRIu64 ":%" PRIu64, user->uid, user->gid)
					  : silt_run_text(plan, "%" PRIu64, user->uid),
			       plan->user_reason);
	} else {
		plan->user_reason =
			start->drops && start->drops[0]
				? silt_run_text(plan,
						"the image starts as root and changes its user with %s (%s); many such "
						"images start as that user just as well",
						start->drops, start->drops_at)
				: "the image runs as root, and does not say that it has to: try a number";
		silt_run_leave(plan, "--user", "10001:10001", plan->user_reason);
	}
}

/* ---- Capabilities -------------------------------------------------------------------------------------------------- */

static void add_capability(struct silt_run_plan *plan, const char *name, const char *reason)
{
	for (size_t i = 0; i < plan->capability_count; i++) {
		if (strcmp(plan->capabilities[i].value, name) == 0) {
			return;
		}
	}
	if (plan->capability_count < SILT_RUN_CAPABILITIES_MAX) {
		plan->capabilities[plan->capability_count++] = (struct silt_run_option){"--cap-add", name, reason};
	}
}

/* Root without them could neither become another user nor prepare files for it. */
static void add_those_of_a_drop(struct silt_run_plan *plan)
{
	const struct silt_posture_start *start = &plan->posture->start;
	if (plan->posture->user.root == SILT_ANSWER_NO || !start->drops || !start->drops[0]) {
		return;
	}
	const char *becomes = silt_run_text(plan, "%s becomes another user (%s)", start->drops, start->drops_at);
	add_capability(plan, "SETUID", becomes);
	add_capability(plan, "SETGID", becomes);
	add_capability(plan, "CHOWN", "such a script mostly gives directories to that user first");
	add_capability(plan, "FOWNER", "the same, and sets their modes");
	add_capability(plan, "DAC_OVERRIDE", "root has to reach what is that user's already");
}

static void add_capabilities(struct silt_run_plan *plan)
{
	const struct silt_posture_start *start = &plan->posture->start;
	for (size_t i = 0; i < start->capabilities.count; i++) {
		add_capability(
			plan, start->capabilities.items[i],
			silt_run_text(plan, "%s has it by its file and does not start without", start->privileged));
	}
	add_those_of_a_drop(plan);
	if (plan->low_port) {
		add_capability(plan, "NET_BIND_SERVICE",
			       "a port below 1024 is exposed; Docker since 20.10 lets every user bind them, others "
			       "do not");
	}
	silt_run_offer(plan, "--cap-drop", "ALL",
		       silt_run_is_user(plan) ? "its user has none in force anyway, and no program can give it any"
					      : "root is then no more than the owner of its files; a server that "
						"changes its user by itself, as nginx and httpd do, needs SETUID and "
						"SETGID back");
	for (size_t i = 0; i < plan->capability_count; i++) {
		silt_run_offer(plan, "--cap-add", plan->capabilities[i].value, plan->capabilities[i].reason);
	}
}

static void add_no_new_privileges(struct silt_run_plan *plan)
{
	const struct silt_posture_rights *rights = &plan->posture->rights;
	const char *privileged = plan->posture->start.privileged;
	plan->may_escalate = silt_run_is_user(plan) && privileged && privileged[0];
	if (plan->may_escalate) {
		plan->escalation = silt_run_text(
			plan, "%s is started and gets rights by its file, which this would take", privileged);
		silt_run_leave(plan, "--security-opt", "no-new-privileges=true", plan->escalation);
		return;
	}
	if (rights->no_new_privileges == SILT_ANSWER_YES) {
		plan->escalation = plan->posture->user.root == SILT_ANSWER_YES
					   ? "root has all rights: no program can add one"
					   : "no program of the image has rights to lose";
	} else if (rights->losers.count > 0) {
		plan->escalation = silt_run_text(
			plan,
			rights->losers.total > 1 ? "%s and %" PRIu64 " more lose the rights of their files, which "
						   "a service does not need"
						 : "%s loses the rights of its file, which a service does not need",
			rights->losers.items[0], rights->losers.total - 1);
	} else {
		plan->escalation = "a layer is absent: nobody knows what loses rights by it";
	}
	silt_run_offer(plan, "--security-opt", "no-new-privileges=true", plan->escalation);
}

/* ---- Start and network --------------------------------------------------------------------------------------------- */

static void add_init(struct silt_run_plan *plan)
{
	const struct silt_posture_start *start = &plan->posture->start;
	if (start->chain.total > 0 && start->init && !start->init[0]) {
		silt_run_offer(plan, "--init", "",
			       "the image has no init: that of docker passes signals on and reaps orphans");
	}
}

/* "8080/tcp", "8080": the number, and the protocol with its slash. Ranges and mistakes are left out. */
static bool read_port(const char *text, unsigned *number, const char **protocol)
{
	char *end;
	unsigned long value = text[0] >= '0' && text[0] <= '9' ? strtoul(text, &end, 10) : 0;
	if (value == 0 || value > PORT_MAX || (*end && strcmp(end, "/tcp") != 0 && strcmp(end, "/udp") != 0)) {
		return false;
	}
	*number = (unsigned)value;
	*protocol = end;
	return true;
}

static void add_ports(struct silt_run_plan *plan)
{
	const struct silt_texts *ports = &plan->posture->ports;
	for (size_t i = 0; i < ports->count; i++) {
		unsigned number;
		const char *protocol;
		if (read_port(ports->items[i], &number, &protocol)) {
			plan->low_port |= number < PRIVILEGED_PORTS;
			silt_run_leave(plan, "--publish",
				       silt_run_text(plan, "127.0.0.1:%u:%u%s", number, number, protocol),
				       "the image exposes it; this is for the host alone");
		}
	}
}

/* ---- What no image can decide -------------------------------------------------------------------------------------- */

static const struct silt_run_option host_matters[] = {
	{"--memory", "512m", "what it needs shows when it runs"},
	{"--memory-swap", "512m", "the same as --memory: it does not swap"},
	{"--cpus", "1", "one container must not take the host from the others"},
	{"--pids-limit", "256", "against fork bombs"},
	{"--ulimit", "nofile=1024:4096", "how many files it may open"},
	{"--restart", "on-failure:5", "not for ever: a container that dies at once would hide"},
	{"--network", "app-net",
	 "a network of its own (docker network create app-net) instead of docker0, which "
	 "everybody shares"},
	{"--log-driver", "local", "logs are rotated; those of json-file grow without end"},
	{"--mount", "type=bind,source=/srv/app.conf,target=/etc/app.conf,readonly",
	 "settings and secrets come in as single files, read-only"},
};

enum silt_status silt_run_plan_make(struct silt_run_plan *plan, const struct silt_image *image, struct silt_error *err)
{
	plan->image = image;
	plan->posture = image->posture;
	if (!image->config_digest[0] || !image->posture->user.name) {
		return silt_fail(
			err, SILT_ERR_INPUT,
			"it has no config, so it does not say what it runs and as whom; a bare root filesystem "
			"is no image");
	}
	plan->reference = reference_of(image);
	add_ports(plan);
	add_user(plan);
	silt_run_plan_mounts(plan);
	add_capabilities(plan);
	add_no_new_privileges(plan);
	add_init(plan);
	for (size_t i = 0; i < SILT_COUNT(host_matters); i++) {
		silt_run_leave(plan, host_matters[i].option, host_matters[i].value, host_matters[i].reason);
	}
	return plan->failed ? silt_fail_memory(err) : SILT_OK;
}
