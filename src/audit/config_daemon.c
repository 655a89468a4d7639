/* Ways from a container to the daemon that started it. */
#include "audit/config_checks.h"

#include "audit/entrypoint.h"
#include "audit/sighting.h"
#include "base/attributes.h"
#include "base/escape.h"

enum { PATH_TOLD_MAX = 200 };

/* Sockets that a daemon takes orders from. */
static bool is_socket_name(struct silt_bytes name)
{
	return silt_bytes_equal(name, SILT_LITERAL("docker.sock")) ||
	       silt_bytes_equal(name, SILT_LITERAL("containerd.sock"));
}

static struct silt_telling socket_telling(const char *subject, struct silt_bytes path)
{
	return (struct silt_telling){
		.rule = "config-docker-sock",
		.severity = SILT_SEVERITY_HIGH,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = subject,
		.identity = path,
	};
}

static enum silt_status check_volumes(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_config *config = silt_case_config(of);
	struct silt_arena *arena = of->context->arena;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < config->volume_count && status == SILT_OK; i++) {
		struct silt_bytes path = silt_config_path(arena, config->volumes[i]);
		if (path.ptr && is_socket_name(silt_path_basename(path))) {
			const char *subject = silt_escape_cut(arena, config->volumes[i], PATH_TOLD_MAX);
			struct silt_telling telling = socket_telling(subject, path);
			telling.detail = "It is declared as a volume, where the socket of the daemon is to be put.";
			status = silt_tell_config(of, &telling, "Volumes", err);
		}
	}
	return status;
}

/* Where the sockets are. No archive can hold one; what stands there is what it was mounted on, or a link to it. */
static const struct silt_bytes sockets[] = {
	SILT_LITERAL_INIT("run/docker.sock"),
	SILT_LITERAL_INIT("var/run/docker.sock"),
	SILT_LITERAL_INIT("run/containerd/containerd.sock"),
	SILT_LITERAL_INIT("var/run/containerd/containerd.sock"),
	SILT_LITERAL_INIT("run/docker/containerd/containerd.sock"),
};

static enum silt_status check_entries(const struct silt_case *of, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < SILT_COUNT(sockets) && status == SILT_OK; i++) {
		struct silt_node node;
		if (!silt_rootfs_find(image->rootfs, sockets[i], false, &node) || silt_place_none(node.meta)) {
			continue;
		}
		struct silt_path_room room;
		struct silt_bytes path = silt_path_at(image, node.meta, &room);
		struct silt_telling telling = socket_telling(silt_place_text(of->context->arena, path), path);
		telling.detail = "The image was made where the socket of the daemon was mounted, or expects it there.";
		status = silt_tell_entry(of, &telling, node.meta, err);
	}
	return status;
}

static enum silt_status check_client(const struct silt_case *of, struct silt_error *err)
{
	struct silt_bytes host;
	struct silt_node node;
	struct silt_telling telling = {
		.rule = "config-docker-sock",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_PROVEN,
	};
	enum silt_status status = SILT_OK;
	if (silt_config_env(silt_case_config(of), "DOCKER_HOST", &host) && host.len > 0) {
		telling.subject = "DOCKER_HOST";
		telling.detail = "Every container is told how to reach a daemon of Docker.";
		status = silt_tell_config(of, &telling, "Env DOCKER_HOST", err);
	}
	if (status == SILT_OK && silt_program_find(silt_case_image(of), SILT_LITERAL("docker"), &node)) {
		telling.subject = "docker client";
		telling.detail = "The client is of use only where a container can reach a daemon.";
		status = silt_tell_entry(of, &telling, node.meta, err);
	}
	return status;
}

enum silt_status silt_config_daemon(const struct silt_case *of, struct silt_error *err)
{
	enum silt_status status = check_volumes(of, err);
	if (status == SILT_OK) {
		status = check_entries(of, err);
	}
	return status == SILT_OK ? check_client(of, err) : status;
}
