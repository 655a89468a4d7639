/* Who is let in: keys that a server of SSH takes, and servers that ask for no password. */
#include "audit/file_checks.h"

#include "base/attributes.h"
#include "base/escape.h"
#include "secret/known_values.h"

enum { ANY_EXECUTE = 0111, SHOWN_MAX = 120 };

struct state {
	struct silt_case of;
	bool has_server; /* sshd or dropbear in the final tree */
};

/* What one file says: a run of the facts of a layer. */
struct file {
	struct silt_place place;
	const struct silt_record *record;
	const struct silt_fact *facts;
	size_t count;
	size_t half; /* its public halves begin there, if it has any */
};

static enum silt_status see(void *ctx, const struct silt_file *file, struct silt_error *err)
{
	(void)err;
	struct state *state = ctx;
	bool server = silt_bytes_are(file->name, "sshd") || silt_bytes_are(file->name, "dropbear");
	if (server && file->type == SILT_ENTRY_FILE && file->meta->mode & ANY_EXECUTE) {
		state->has_server = true;
	}
	return SILT_OK;
}

static size_t count_of(const struct file *file, enum silt_fact_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < file->count; i++) {
		count += file->facts[i].kind == kind ? 1 : 0;
	}
	return count;
}

static const struct silt_fact *first_of(const struct file *file, enum silt_fact_kind kind)
{
	for (size_t i = 0; i < file->count; i++) {
		if (file->facts[i].kind == kind) {
			return &file->facts[i];
		}
	}
	return NULL;
}

/* ---- Authorized keys ----------------------------------------------------------------------------------------------- */

/* Whose private half everybody has; NULL: none that is known. */
static const char *known_key(const struct file *file)
{
	const struct silt_public_half *halves = file->record->public_halves;
	const char *known = NULL;
	for (size_t i = file->half; !known && i < file->record->public_count && halves[i].entry == file->place.entry;
	     i++) {
		uint8_t spki[32] = {0};
		memcpy(spki, halves[i].id, SILT_PUBLIC_ID_SIZE); /* more of it is not compared */
		known = silt_known_key(spki);
	}
	return known;
}

static enum silt_status judge_keys(const struct state *state, const struct file *file, struct silt_error *err)
{
	const struct silt_fact *first = first_of(file, SILT_FACT_AUTHORIZED_KEY);
	if (!first) {
		return SILT_OK;
	}
	struct silt_arena *arena = state->of.context->arena;
	struct silt_path_room room;
	struct silt_bytes path = silt_path_at(silt_case_image(&state->of), file->place, &room);
	const char *known = known_key(file), *algorithm = silt_escape_cut(arena, first->text, SHOWN_MAX);
	size_t count = count_of(file, SILT_FACT_AUTHORIZED_KEY);
	struct silt_telling telling = {
		.rule = "secret-authorized-keys",
		.severity = known               ? SILT_SEVERITY_CRITICAL
			    : state->has_server ? SILT_SEVERITY_HIGH
						: SILT_SEVERITY_LOW,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, path),
		.detail = algorithm ? silt_arena_printf(arena, "%zu key%s, the first one %s in line %u; %s%s%s.", count,
							count == 1 ? "" : "s", algorithm, (unsigned)first->line,
							state->has_server
								? "the image has a server that takes them"
								: "the image has no server that would take them",
							known ? "; one is " : "", known ? known : "")
				    : NULL,
		.identity = path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->place, err) : silt_fail_memory(err);
}

/* ---- Servers without a password ------------------------------------------------------------------------------------ */

static enum silt_status judge_server(const struct state *state, const struct file *file, struct silt_error *err)
{
	const struct silt_fact *fact = first_of(file, SILT_FACT_PG_TRUST);
	if (!fact && !first_of(file, SILT_FACT_REDIS_HAS_PASSWORD)) {
		fact = first_of(file, SILT_FACT_REDIS_UNPROTECTED);
	}
	const struct silt_audited_image *image = silt_case_image(&state->of);
	if (!fact || silt_rootfs_fate(image->rootfs, file->place).fate != SILT_FATE_VISIBLE) {
		return SILT_OK;
	}
	struct silt_arena *arena = state->of.context->arena;
	const char *setting = silt_escape_cut(arena, fact->text, SHOWN_MAX);
	struct silt_path_room room;
	struct silt_bytes path = silt_path_at(image, file->place, &room);
	struct silt_telling telling = {
		.rule = "secret-weak-auth",
		.severity = SILT_SEVERITY_MEDIUM,
		.confidence = SILT_CONFIDENCE_PROVEN,
		.subject = silt_place_text(arena, path),
		.detail = setting ? silt_arena_printf(
					    arena,
					    "Line %u lets clients from other hosts in without a password: \"%s\".",
					    (unsigned)fact->line, setting)
				  : NULL,
		.identity = path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->place, err) : silt_fail_memory(err);
}

/* ---- The check ----------------------------------------------------------------------------------------------------- */

static enum silt_status judge_layer(const struct state *state, uint32_t layer, struct silt_error *err)
{
	const struct silt_record *record = silt_case_image(&state->of)->layers[layer];
	enum silt_status status = SILT_OK;
	size_t half = 0; /* those of the layer are by entry, as its facts are */
	for (size_t first = 0, next; record && first < record->fact_count && status == SILT_OK; first = next) {
		uint32_t entry = record->facts[first].entry;
		for (next = first + 1; next < record->fact_count && record->facts[next].entry == entry;) {
			next++;
		}
		while (half < record->public_count && record->public_halves[half].entry < entry) {
			half++;
		}
		const struct file file = {{layer, entry}, record, &record->facts[first], next - first, half};
		status = judge_keys(state, &file, err);
		if (status == SILT_OK) {
			status = judge_server(state, &file, err);
		}
	}
	return status;
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	const struct state *state = ctx;
	enum silt_status status = SILT_OK;
	for (uint32_t layer = 0; layer < silt_case_image(&state->of)->layer_count && status == SILT_OK; layer++) {
		status = judge_layer(state, layer, err);
	}
	return status;
}

const struct silt_file_check silt_files_access = {
	.name = "access",
	.state_size = sizeof(struct state),
	.see = see,
	.end = end,
};
