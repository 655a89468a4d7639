/* Servers for SSH: a second way into a container, with accounts, keys and settings of its own. */
#include "audit/file_checks.h"

#include "audit/entrypoint.h"
#include "audit/exposed_port.h"
#include "audit/gathering.h"
#include "audit/programs.h"
#include "base/attributes.h"
#include "base/escape.h"

struct state {
	struct silt_case of;
	struct silt_gathering servers;
};

static bool is_server_name(struct silt_bytes path)
{
	struct silt_bytes name = silt_path_basename(path);
	return silt_bytes_equal(name, SILT_LITERAL("sshd")) || silt_bytes_equal(name, SILT_LITERAL("dropbear"));
}

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	(void)err;
	struct state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_node node = file->node;
	if (!file->meta || !is_server_name(file->name) ||
	    (file->type == SILT_ENTRY_SYMLINK && !silt_rootfs_find(image->rootfs, file->path, true, &node))) {
		return SILT_OK;
	}
	enum silt_program_kind kind = silt_program_kind_at(image, &node);
	bool runs = kind == SILT_PROGRAM_DYNAMIC || kind == SILT_PROGRAM_STATIC;
	if (runs && silt_mode_is_executable(silt_entry_at(image, node.meta)->mode)) {
		silt_gather(&state->servers, file->node.meta, 0);
	}
	return SILT_OK;
}

/* ---- What starts it ------------------------------------------------------------------------------------------------ */

/* What packages of servers bring along, for the init of a whole system. */
static const char *const services[] = {
	"etc/init.d/dropbear",
	"etc/init.d/ssh",
	"etc/init.d/sshd",
	"lib/systemd/system/dropbear.service",
	"lib/systemd/system/ssh.service",
	"lib/systemd/system/sshd.service",
};

/* An init of a whole system starts what is installed. */
static bool is_service(const struct silt_audited_image *image, const struct silt_entry_chain *chain,
		       struct silt_buffer *out)
{
	struct silt_bytes name = chain->count > 0 ? silt_path_basename(chain->links[0].written) : silt_bytes(NULL, 0);
	if (!silt_bytes_equal(name, SILT_LITERAL("init")) && !silt_bytes_equal(name, SILT_LITERAL("systemd"))) {
		return false;
	}
	for (size_t i = 0; i < SILT_COUNT(services); i++) {
		struct silt_node node;
		if (silt_rootfs_find(image->rootfs, silt_bytes_text(services[i]), true, &node)) {
			silt_buffer_printf(out, " The container starts an init, which starts /%s.", services[i]);
			return true;
		}
	}
	return false;
}

static bool is_started(const struct silt_entry_chain *chain, struct silt_buffer *out)
{
	for (size_t i = 0; i < chain->count; i++) {
		const struct silt_entry_link *link = &chain->links[i];
		if (is_server_name(link->found ? link->path : link->written)) {
			silt_buffer_add_text(out, " The container starts it.");
			return true;
		}
	}
	return false;
}

static bool is_exposed(const struct silt_config *config, struct silt_buffer *out)
{
	for (size_t i = 0; i < config->port_count; i++) {
		struct silt_ports ports;
		if (silt_ports_read(config->ports[i], &ports) && silt_ports_have(&ports, SILT_PORT_SSH)) {
			silt_buffer_add_text(out, " Port 22 is exposed.");
			return true;
		}
	}
	return false;
}

/* ---- What files say ------------------------------------------------------------------------------------------------ */

static const struct {
	enum silt_fact_kind kind;
	const char *name;
} settings[] = {
	{SILT_FACT_SSHD_ROOT_LOGIN, "PermitRootLogin"},
	{SILT_FACT_SSHD_EMPTY_PASSWORDS, "PermitEmptyPasswords"},
	{SILT_FACT_SSHD_PASSWORDS, "PasswordAuthentication"},
};

static const char *setting_of(enum silt_fact_kind kind)
{
	for (size_t i = 0; i < SILT_COUNT(settings); i++) {
		if (settings[i].kind == kind) {
			return settings[i].name;
		}
	}
	return NULL;
}

/* What files of the final tree say. */
struct said {
	bool starts;
	size_t settings;
	struct silt_buffer text;
};

enum { SETTINGS_TOLD = 6 };

static void add_fact(struct said *said, const struct silt_fact *fact, struct silt_bytes path)
{
	const char *setting = setting_of(fact->kind);
	bool starts = fact->kind == SILT_FACT_STARTS_SSHD && !said->starts;
	if (!starts && (!setting || said->settings == SETTINGS_TOLD)) {
		return;
	}
	silt_buffer_add_text(&said->text, " Line ");
	silt_buffer_printf(&said->text, "%u of /", (unsigned)fact->line);
	silt_escape(&said->text, path);
	if (starts) {
		said->starts = true;
		silt_buffer_add_text(&said->text, " starts it.");
		return;
	}
	said->settings++;
	silt_buffer_printf(&said->text, " sets %s to \"", setting);
	silt_escape(&said->text, fact->text);
	silt_buffer_add_text(&said->text, "\".");
}

static void read_facts(const struct silt_audited_image *image, struct said *said)
{
	for (uint32_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		for (size_t i = 0; record && i < record->fact_count; i++) {
			const struct silt_fact *fact = &record->facts[i];
			struct silt_place place = {layer, fact->entry};
			bool concerns = fact->kind == SILT_FACT_STARTS_SSHD || setting_of(fact->kind);
			if (concerns && silt_rootfs_fate(image->rootfs, place).fate == SILT_FATE_VISIBLE) {
				struct silt_path_room room;
				add_fact(said, fact, silt_path_at(image, place, &room));
			}
		}
	}
}

/* ---- Telling ------------------------------------------------------------------------------------------------------- */

static enum silt_status tell(const struct state *state, bool started, struct said *said, struct silt_error *err)
{
	struct silt_telling telling = {
		.rule = "pkg-sshd",
		.severity = started ? SILT_SEVERITY_HIGH : SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_gathering_subject(&state->servers, &state->of),
		.identity = SILT_LITERAL("sshd"),
	};
	if (!started) {
		silt_buffer_add_text(&said->text, " Nothing in the image is seen to start it.");
	}
	if (said->text.failed) {
		return silt_fail_memory(err);
	}
	telling.detail = silt_buffer_text(&said->text) + 1; /* without the first blank */
	return silt_tell_gathering(&state->of, &telling, &state->servers, err);
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	const struct silt_audited_image *image = silt_case_image(&state->of);
	struct silt_entry_chain chain = {0};
	struct said said = {0};
	if (state->servers.count == 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_entry_chain(state->of.context, state->of.image, &chain, err);
	if (status != SILT_OK) {
		return status;
	}
	bool started = is_started(&chain, &said.text);
	started |= is_service(image, &chain, &said.text);
	started |= is_exposed(silt_case_config(&state->of), &said.text);
	read_facts(image, &said);
	status = tell(state, started || said.starts, &said, err);
	silt_buffer_done(&said.text);
	return status;
}

const struct silt_file_check silt_files_sshd = {
	.name = "servers for SSH",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
};
