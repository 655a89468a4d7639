/* A plan as a pod of Kubernetes: a manifest in which every field has its reason beside it. */
#include "report/run_plan.h"

#include <inttypes.h>

/* A string of YAML in double quotes, which reads as JSON does. The text is printable. */
static void add_string(struct silt_buffer *out, const char *text)
{
	silt_buffer_add_byte(out, '"');
	for (; *text; text++) {
		silt_buffer_add_text(out, *text == '"' || *text == '\\' ? "\\" : "");
		silt_buffer_add_byte(out, (uint8_t)*text);
	}
	silt_buffer_add_byte(out, '"');
}

enum { POD = 4, CONTAINER = 6, CONTEXT = 8 };

static void add_user(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	const struct silt_posture_user *user = &plan->posture->user;
	silt_run_comment(out, CONTEXT, plan->user_reason);
	if (!silt_run_is_user(plan)) {
		silt_buffer_add_text(out, "        # runAsNonRoot: true\n        # runAsUser: 10001\n");
		return;
	}
	silt_buffer_printf(out, "        runAsNonRoot: true\n        runAsUser: %" PRIu64 "\n", user->uid);
	if (user->gid != 0) {
		silt_buffer_printf(out, "        runAsGroup: %" PRIu64 "\n", user->gid);
	}
}

static void add_capabilities(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_add_text(out, "        capabilities:\n          drop: [\"ALL\"]\n");
	if (plan->capability_count == 0) {
		return;
	}
	silt_buffer_add_text(out, "          add:\n");
	for (size_t i = 0; i < plan->capability_count; i++) {
		silt_run_comment(out, CONTEXT + 4, plan->capabilities[i].reason);
		silt_buffer_add_text(out, "            - ");
		add_string(out, plan->capabilities[i].value);
		silt_buffer_add_byte(out, '\n');
	}
}

static void add_container_context(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_add_text(out, "      securityContext:\n");
	add_user(plan, out);
	silt_run_comment(out, CONTEXT, plan->read_only_reason);
	silt_buffer_add_text(out, "        readOnlyRootFilesystem: true\n");
	silt_run_comment(out, CONTEXT, plan->escalation);
	silt_buffer_printf(out, "        allowPrivilegeEscalation: %s\n", plan->may_escalate ? "true" : "false");
	silt_buffer_add_text(out, "        privileged: false\n");
	add_capabilities(plan, out);
}

static void add_mounts(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_add_text(out, plan->mount_count > 0 ? "      volumeMounts:\n" : "");
	for (size_t i = 0; i < plan->mount_count; i++) {
		silt_run_comment(out, CONTEXT, plan->mounts[i].reason);
		silt_buffer_printf(out, "        - name: %s-%zu\n          mountPath: ",
				   plan->mounts[i].volume ? "data" : "scratch", i + 1);
		add_string(out, plan->mounts[i].path);
		silt_buffer_add_byte(out, '\n');
	}
}

/* Where an empty directory of Kubernetes stands for a VOLUME, its data goes with the pod. */
static void add_volumes(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_add_text(out, plan->mount_count > 0 ? "  volumes:\n" : "");
	for (size_t i = 0; i < plan->mount_count; i++) {
		bool volume = plan->mounts[i].volume;
		silt_buffer_printf(out, "    - name: %s-%zu\n", volume ? "data" : "scratch", i + 1);
		if (volume) {
			silt_run_comment(out, CONTAINER, "a persistentVolumeClaim if its data shall outlive the pod");
		}
		silt_buffer_printf(out, "      emptyDir: {%ssizeLimit: %s}\n", volume ? "" : "medium: Memory, ",
				   volume ? "1Gi" : "64Mi");
	}
}

/* Added capabilities do nothing for a user that is not root: Kubernetes makes none ambient. */
static void add_pod_context(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_add_text(out, "  securityContext:\n    seccompProfile: {type: RuntimeDefault}\n");
	if (plan->low_port && silt_run_is_user(plan)) {
		silt_run_comment(out, POD,
				 "it exposes a port below 1024, which no user but root can bind without this");
		silt_buffer_add_text(out, "    sysctls:\n"
					  "      - {name: net.ipv4.ip_unprivileged_port_start, value: \"0\"}\n");
	}
}

void silt_run_write_kubernetes(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_printf(out, "# Kubernetes: the same for a pod. Limits and probes are not in the image.\n"
				"apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n"
				"  automountServiceAccountToken: false\n");
	add_pod_context(plan, out);
	silt_buffer_add_text(out, "  containers:\n    - name: app\n      image: ");
	add_string(out, plan->reference);
	silt_buffer_add_byte(out, '\n');
	add_container_context(plan, out);
	silt_run_comment(out, CONTAINER, "examples: what it needs shows when it runs");
	silt_buffer_add_text(out, "      resources:\n"
				  "        requests: {memory: 128Mi, cpu: 100m}\n"
				  "        limits: {memory: 512Mi, cpu: \"1\"}\n");
	if (plan->posture->health == SILT_HEALTH_PRESENT) {
		silt_run_comment(out, CONTAINER,
				 "Kubernetes does not read the HEALTHCHECK of the image: give it a livenessProbe");
	}
	add_mounts(plan, out);
	add_volumes(plan, out);
}
