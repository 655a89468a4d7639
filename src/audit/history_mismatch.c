/* Package managers of another distribution: commands that cannot have run in this image. */
#include "audit/history_checks.h"

#include "audit/manager.h"

enum { IDS_MAX = 8 };

/* What os-release says the image is: ID and the words of ID_LIKE. */
struct distribution {
	struct silt_bytes ids[IDS_MAX];
	size_t count;
	struct silt_bytes id;
};

static void add_ids(struct distribution *distribution, struct silt_bytes words)
{
	struct silt_bytes word;
	while (distribution->count < IDS_MAX && silt_bytes_cut(&words, ' ', &word)) {
		if (word.len > 0) {
			distribution->ids[distribution->count++] = word;
		}
	}
}

static void read_release(const struct silt_audited_image *image, const char *path, struct distribution *out)
{
	struct silt_node node;
	if (out->count > 0 || !silt_rootfs_find(image->rootfs, silt_bytes_text(path), true, &node) ||
	    !silt_node_is_file(image, &node)) {
		return;
	}
	size_t count;
	const struct silt_fact *facts =
		silt_record_facts(image->layers[node.content.layer], node.content.entry, &count);
	for (size_t i = 0; i < count; i++) {
		if (facts[i].kind == SILT_FACT_OS_ID) {
			out->id = facts[i].text;
		}
		if (facts[i].kind == SILT_FACT_OS_ID || facts[i].kind == SILT_FACT_OS_ID_LIKE) {
			add_ids(out, facts[i].text);
		}
	}
}

static bool is_of_family(const struct distribution *distribution, const char *families)
{
	for (size_t i = 0; i < distribution->count; i++) {
		if (silt_is_word_of(distribution->ids[i], families)) {
			return true;
		}
	}
	return false;
}

/* True if any entry of any layer has that name: then it may have been installed for a while. */
static bool is_in_any_layer(const struct silt_audited_image *image, struct silt_bytes name)
{
	for (size_t layer = 0; layer < image->layer_count; layer++) {
		const struct silt_record *record = image->layers[layer];
		for (size_t i = 0; record && i < record->entry_count; i++) {
			const struct silt_entry *entry = &record->entries[i];
			if (!(entry->flags & SILT_ENTRY_DISPUTED) &&
			    silt_bytes_equal(silt_entry_name(record, entry), name)) {
				return true;
			}
		}
	}
	return false;
}

/* A manager that some distribution has for its own, none of which this is. */
static bool is_strange(const struct distribution *distribution, const struct silt_manager *manager)
{
	return manager->families[0] != '\0' && !is_of_family(distribution, manager->families);
}

static bool all_layers_are_there(const struct silt_audited_image *image)
{
	for (size_t layer = 0; layer < image->layer_count; layer++) {
		if (!image->layers[layer]) {
			return false;
		}
	}
	return true;
}

static enum silt_status tell(const struct silt_case *of, const struct distribution *distribution,
			     struct silt_history_place place, struct silt_bytes name, struct silt_error *err)
{
	struct silt_arena *arena = of->context->arena;
	struct silt_buffer subject = {0};
	silt_buffer_add(&subject, name);
	silt_buffer_add_text(&subject, " on ");
	silt_buffer_add(&subject, distribution->id);
	struct silt_telling telling = {
		.rule = "history-pm-mismatch",
		.severity = SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_quote_text(&subject, arena),
		.detail = "The history runs a package manager that the distribution does not have, and that is in no "
			  "layer: the history was changed, or is that of another image.",
	};
	return silt_tell_line(of, &telling, place.step, err);
}

/* The managers of two distributions at least are known to be strange to any of them: what is asked once is kept. */
struct asked {
	const struct silt_manager *manager;
	struct silt_bytes name;
	bool absent;
};

static bool is_absent(const struct silt_audited_image *image, const struct silt_manager *manager,
		      struct silt_bytes name, struct asked *last)
{
	if (last->manager != manager || !silt_bytes_equal(last->name, name)) {
		*last = (struct asked){manager, name, !is_in_any_layer(image, name)};
	}
	return last->absent;
}

static enum silt_status check_step(const struct silt_case *of, const struct distribution *distribution,
				   const struct silt_step *step, struct asked *last, struct silt_error *err)
{
	for (size_t i = 0; i < step->command_count; i++) {
		const struct silt_command *command = &step->commands[i];
		struct silt_managing managing;
		if (!silt_managing_read(command->words, command->count, command->program, &managing) ||
		    managing.verb == managing.count || !is_strange(distribution, managing.manager)) {
			continue;
		}
		struct silt_bytes name = silt_path_basename(command->words[managing.program].text);
		if (is_absent(silt_case_image(of), managing.manager, name, last)) {
			/* One line is told once, whatever it runs. */
			return tell(of, distribution, (struct silt_history_place){step, NULL}, name, err);
		}
	}
	return SILT_OK;
}

enum silt_status silt_history_mismatch(const struct silt_case *of, const struct silt_build *build,
				       struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(of);
	struct distribution distribution = {0};
	read_release(image, "etc/os-release", &distribution);
	read_release(image, "usr/lib/os-release", &distribution);
	struct asked last = {0};
	enum silt_status status = SILT_OK;
	bool known = silt_manager_of_family(distribution.ids, distribution.count) != NULL &&
		     all_layers_are_there(image);
	for (size_t i = 0; known && i < build->count && status == SILT_OK; i++) {
		status = check_step(of, &distribution, &build->steps[i], &last, err);
	}
	return status;
}
