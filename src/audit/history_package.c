/* Packages that a RUN installs or upgrades: how it does so. */
#include "audit/history_checks.h"

#include "audit/manager.h"
#include "audit/packages.h"
#include "base/attributes.h"
#include "base/escape.h"

enum { LISTED_MAX = 8 };

/* The image under judgement. */
struct looker {
	const struct silt_case *of;
	const struct silt_build *build;
	const char *changes; /* what upgrades made of the base; NULL: not asked yet */
};

static bool read_managing(const struct silt_command *command, struct silt_managing *out)
{
	return silt_managing_read(command->words, command->count, command->program, out);
}

/* True if the first operand behind the verb is there. */
static bool has_operands(const struct silt_managing *managing)
{
	size_t at = managing->verb + 1;
	return silt_managing_operand(managing, &at);
}

/* "apt-get upgrade", without options. */
static const char *name_task(const struct silt_build *build, const struct silt_command *command,
			     const struct silt_managing *managing, struct silt_arena *arena)
{
	struct silt_buffer quoted = {0};
	silt_quote_words(build, command, managing->program, managing->program + 1, &quoted);
	silt_buffer_add_byte(&quoted, ' ');
	silt_quote_words(build, command, managing->verb, managing->verb + 1, &quoted);
	return silt_quote_text(&quoted, arena);
}

/* ---- Upgrades, and lists that are fetched for nothing ---------------------------------------------------------------- */

/* "openssl 3.0.11 to 3.0.15, ..." of packages that are not as the base left them. */
static void list_changes(const struct silt_packages *base, const struct silt_packages *now, struct silt_buffer *out)
{
	size_t count = 0;
	for (size_t i = 0; i < base->count; i++) {
		const struct silt_installed *old = &base->items[i];
		const struct silt_installed *new = silt_packages_find(now, old->name);
		if (!new || silt_bytes_equal(old->version, new->version) || ++count > LISTED_MAX) {
			continue;
		}
		silt_buffer_add_text(out, count > 1 ? ", " : "");
		silt_buffer_add(out, old->name);
		silt_buffer_add_byte(out, ' ');
		silt_buffer_add(out, old->version);
		silt_buffer_add_text(out, " to ");
		silt_buffer_add(out, new->version);
	}
	if (count > LISTED_MAX) {
		silt_buffer_printf(out, " and %zu more", count - LISTED_MAX);
	}
}

/* What differs from the base, if that is known; NULL only if memory ran out. */
static const char *describe_upgrade(const struct silt_audited_image *image, struct silt_arena *arena)
{
	static const char why[] =
		"It upgrades whatever the base image has to whatever is current at the time of the build";
	struct silt_packages base = {0}, now = {0};
	struct silt_buffer changes = {0};
	size_t layers = image->base.known ? image->base.layers : 0;
	bool ok = silt_packages_list(image, layers, &base, NULL) == SILT_OK &&
		  silt_packages_list(image, image->layer_count, &now, NULL) == SILT_OK;
	list_changes(&base, &now, &changes);
	const char *list = ok && !changes.failed ? silt_escape_copy(arena, silt_buffer_bytes(&changes)) : NULL;
	silt_buffer_done(&changes);
	silt_packages_done(&base);
	silt_packages_done(&now);
	return list ? silt_arena_printf(arena, "%s%s%s.", why, *list ? "; not as in the base: " : "", list) : NULL;
}

static enum silt_status check_upgrade(struct looker *looker, struct silt_history_place place,
				      const struct silt_managing *managing, struct silt_error *err)
{
	if (managing->task != SILT_TASK_UPGRADE || has_operands(managing)) {
		return SILT_OK;
	}
	if (!looker->changes) {
		looker->changes = describe_upgrade(silt_case_image(looker->of), looker->of->context->arena);
	}
	struct silt_telling telling = {
		.rule = "history-upgrade",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = name_task(looker->build, place.command, managing, looker->of->context->arena),
		.detail = looker->changes,
	};
	return telling.detail ? silt_tell_line(looker->of, &telling, place.step, err) : silt_fail_memory(err);
}

/* What may well install packages, unseen: a script of the image, or of the build. */
static bool may_install(const struct silt_command *command)
{
	struct silt_bytes program = command->program < command->count ? command->words[command->program].text
								      : silt_bytes(NULL, 0);
	return silt_bytes_begin(program, "./") || silt_bytes_begin(program, "/") || silt_bytes_begin(program, "$") ||
	       silt_command_is(command, "make npx playwright ansible-playbook aptitude tasksel") ||
	       (silt_is_shell_name(silt_command_name(command)) && command->program + 1 < command->count);
}

/*
 * True if a command behind `number` of the step uses the lists of that manager, or fetches them again: then it is for
 * that one to be used.
 */
static bool uses_list(const struct silt_step *step, size_t number, const struct silt_manager *manager)
{
	for (size_t i = number + 1; i < step->command_count; i++) {
		struct silt_managing later;
		if (!read_managing(&step->commands[i], &later)) {
			if (may_install(&step->commands[i])) {
				return true;
			}
			continue;
		}
		bool cleans = later.verb < later.count &&
			      silt_is_word_of(later.words[later.verb].text,
					      "clean autoclean autoremove remove purge cache del");
		if (later.manager == manager && !cleans) {
			return true;
		}
	}
	return false;
}

static enum silt_status check_refresh(struct looker *looker, struct silt_history_place place,
				      const struct silt_managing *managing, struct silt_error *err)
{
	size_t number = (size_t)(place.command - place.step->commands);
	if (managing->task != SILT_TASK_REFRESH || uses_list(place.step, number, managing->manager)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-update-alone",
		.severity = SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = name_task(looker->build, place.command, managing, looker->of->context->arena),
		.detail = "Nothing in the same RUN installs from the list it fetches.",
	};
	return silt_tell_line(looker->of, &telling, place.step, err);
}

/* ---- Style of installing --------------------------------------------------------------------------------------------- */

/* "-yq": options of one letter together. */
static bool has_yes_letter(const struct silt_managing *managing)
{
	for (size_t i = managing->program + 1; i < managing->count; i++) {
		struct silt_bytes word = managing->words[i].text;
		bool cluster = word.len > 1 && word.ptr[0] == '-' && word.ptr[1] != '-';
		if (cluster && silt_bytes_find_byte(word, 'y') != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

/* "yes | apt-get install x" answers too. */
static bool is_answered(struct silt_history_place place)
{
	size_t before = place.command->previous;
	return place.command->before == SILT_SHELL_PIPE && before != SIZE_MAX &&
	       silt_command_is(&place.step->commands[before], "yes echo printf");
}

static enum silt_status check_yes(struct looker *looker, struct silt_history_place place,
				  const struct silt_managing *managing, struct silt_error *err)
{
	bool asks = managing->manager->yes[0] != '\0' &&
		    (managing->task == SILT_TASK_INSTALL || managing->task == SILT_TASK_UPGRADE);
	if (!asks || silt_managing_has(managing, managing->manager->yes) || has_yes_letter(managing) ||
	    is_answered(place)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-no-yes",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.detail = "Nothing answers its question; that the build went through is luck or configuration.",
	};
	return silt_tell_step(looker->of, looker->build, &telling, place, err);
}

/* "-o APT::Install-Recommends=false" says the same. */
static bool mentions_recommends(const struct silt_managing *managing)
{
	for (size_t i = managing->program + 1; i < managing->count; i++) {
		if (silt_bytes_find(managing->words[i].text, SILT_LITERAL("Install-Recommends")) != SIZE_MAX ||
		    silt_bytes_equal(managing->words[i].text, SILT_LITERAL("--no-install-recommends"))) {
			return true;
		}
	}
	return false;
}

static enum silt_status check_recommends(struct looker *looker, struct silt_history_place place,
					 const struct silt_managing *managing, struct silt_error *err)
{
	bool apt = managing->manager->pin == SILT_PIN_EQUALS && managing->task == SILT_TASK_INSTALL;
	if (!apt || mentions_recommends(managing)) {
		return SILT_OK;
	}
	struct silt_telling telling = {
		.rule = "history-recommends",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
	};
	return silt_tell_step(looker->of, looker->build, &telling, place, err);
}

typedef enum silt_status managing_fn(struct looker *looker, struct silt_history_place place,
				     const struct silt_managing *managing, struct silt_error *err);

static managing_fn *const managing_checks[] = {check_upgrade, check_refresh, check_yes, check_recommends};

static enum silt_status check_command(struct looker *looker, struct silt_history_place place, struct silt_error *err)
{
	struct silt_managing managing;
	enum silt_status status = SILT_OK;
	bool read = read_managing(place.command, &managing);
	for (size_t i = 0; read && i < SILT_COUNT(managing_checks) && status == SILT_OK; i++) {
		status = managing_checks[i](looker, place, &managing, err);
	}
	return status;
}

enum silt_status silt_history_packages(const struct silt_case *of, const struct silt_build *build,
				       struct silt_error *err)
{
	struct looker looker = {of, build, NULL};
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < build->count && status == SILT_OK; i++) {
		const struct silt_step *step = &build->steps[i];
		for (size_t c = 0; silt_step_is_own(step) && c < step->command_count && status == SILT_OK; c++) {
			struct silt_history_place place = {step, &step->commands[c]};
			status = check_command(&looker, place, err);
		}
	}
	return status;
}
