/* Files that their place or name gives away, in which no pattern rule found anything. */
#include "audit/file_checks.h"

#include "audit/hit_marks.h"
#include "audit/ownership.h"
#include "audit/secret_places.h"
#include "base/attributes.h"
#include "base/path.h"
#include "secret/file_names.h"
#include "secret/glob.h"

struct state {
	struct silt_case of;
	bool ready;
	struct silt_hit_marks marks;
	struct silt_ownership ownership;
	struct silt_file_names names; /* of `names` below */
};

/* ---- Mounts -------------------------------------------------------------------------------------------------------- */

static enum silt_status tell_mount(const struct state *state, const struct silt_layer_file *file,
				   struct silt_error *err)
{
	struct silt_arena *arena = state->of.context->arena;
	struct silt_telling telling = {
		.rule = "secret-mount-leak",
		.severity = SILT_SEVERITY_CRITICAL,
		.confidence = SILT_CONFIDENCE_LIKELY,
		.subject = silt_place_text(arena, file->path),
		.detail = silt_arena_printf(arena,
					    "Secrets are mounted there, and a layer kept one: a file of %llu byte%s.",
					    (unsigned long long)file->entry->size, file->entry->size == 1 ? "" : "s"),
		.identity = file->path,
	};
	return telling.detail ? silt_tell_entry(&state->of, &telling, file->place, err) : silt_fail_memory(err);
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

static const char *const names[] = {
	"credential",     "credentials",     "credential.json", "credentials.json",
	"credential.xml", "credentials.xml", "password.txt",    "id_rsa",
	"id_dsa",         "id_ecdsa",        "id_ed25519",      "secret_token.rb",
	"carrierwave.rb", "omniauth.rb",     "settings.py",     "database.yml",
	".env",           "known_hosts",     ".ssh/config",     "*.secret",
	"*.ovpn",         "*.private_key",   "*.cscfg",         "*.rdp",
	"*.mdf",          "*.sdf",           "*.bek",           "*.tpm",
	"*.fve",          "*.jks",           "*.psafe3",        "*.agilekeychain",
	"*.keychain",     "*.pcap",          "*.gnucache",      NULL,
};

/* As the one rule of a table of names: so many globs are asked of every file. */
static const struct silt_rule telling_names = {.files = names};

/*
 * Where such names mean nothing: what packages bring, documentation, samples and tests. A store called after trust has
 * certificates only, or a rule would have found the key in it.
 */
static const char *const quiet[] = {
	"/usr/lib/**", "/usr/lib32/**",      "/usr/lib64/**", "/usr/libexec/**",    "/usr/include/**", "/lib/**",
	"/lib64/**",   "/usr/src/linux*/**", "/usr/share/**", "/opt/conda/pkgs/**", "*trust*.jks",     "cacerts*",
};

/* Below usr/share, and yet an application. */
static const char *const applications[] = {"/usr/share/nginx/html/**", "/usr/share/app/**"};

static const char *const quiet_folders[] = {
	"site-packages", "dist-packages", "node_modules", "gems",      "vendor",    "doc",  "docs",
	"documentation", "example",       "examples",     "sample",    "samples",   "test", "tests",
	"spec",          "testdata",      "fixtures",     "__tests__", "templates", "man",
};

static bool fits_any(struct silt_bytes path, const char *const *globs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_glob_names(silt_bytes_text(globs[i]), path)) {
			return true;
		}
	}
	return false;
}

static bool is_below_quiet_folder(struct silt_bytes path)
{
	struct silt_bytes folder;
	while (silt_path_next(&path, &folder)) {
		for (size_t i = 0; i < SILT_COUNT(quiet_folders); i++) {
			if (silt_bytes_equal_nocase(folder, silt_bytes_text(quiet_folders[i]))) {
				return true;
			}
		}
	}
	return false;
}

static bool has_telling_name(const struct state *state, struct silt_bytes path)
{
	uint32_t rule;
	return silt_file_names_find(&state->names, path, &rule) > 0 &&
	       (!fits_any(path, quiet, SILT_COUNT(quiet)) || fits_any(path, applications, SILT_COUNT(applications))) &&
	       !is_below_quiet_folder(path);
}

static bool is_packaged(const struct state *state, const struct silt_layer_file *file)
{
	return silt_owner_of(&state->ownership, file->path, file->place).state >= SILT_OWNED_UNKNOWN;
}

static enum silt_status tell_name(const struct state *state, const struct silt_layer_file *file, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	bool own = silt_heritage_of_layer(image, file->place.layer) == SILT_HERITAGE_OWN;
	struct silt_telling telling = {
		.rule = "secret-file-name",
		.severity = own ? SILT_SEVERITY_LOW : SILT_SEVERITY_INFO,
		.confidence = SILT_CONFIDENCE_POSSIBLE,
		.subject = silt_place_text(state->of.context->arena, file->path),
		.detail = "Files of such a name often hold secrets; no pattern rule found one in this file.",
		.identity = file->path,
	};
	return silt_tell_entry(&state->of, &telling, file->place, err);
}

/* ---- The check ----------------------------------------------------------------------------------------------------- */

static enum silt_status begin(struct state *state, struct silt_error *err)
{
	const struct silt_audited_image *image = silt_case_image(&state->of);
	state->ready = true;
	if (!silt_file_names_init(&state->names, &telling_names, 1)) {
		return silt_fail_memory(err);
	}
	enum silt_status status = silt_hit_marks_init(&state->marks, image, err);
	return status == SILT_OK ? silt_ownership_open(image, state->of.context->arena, &state->ownership, err)
				 : status;
}

static enum silt_status see_any(void *ctx, const struct silt_layer_file *file, struct silt_error *err)
{
	struct state *state = ctx;
	enum silt_status status = state->ready ? SILT_OK : begin(state, err);
	if (status != SILT_OK) {
		return status;
	}
	if (file->entry->type != SILT_ENTRY_FILE || file->entry->size == 0 ||
	    silt_hit_marks_has(&state->marks, file->place, SILT_SEVERITY_INFO)) {
		return SILT_OK;
	}
	if (silt_is_secret_mount(file->path)) {
		return tell_mount(state, file, err);
	}
	return has_telling_name(state, file->path) && !is_packaged(state, file) ? tell_name(state, file, err) : SILT_OK;
}

static void done(void *ctx)
{
	struct state *state = ctx;
	silt_hit_marks_done(&state->marks);
	silt_file_names_done(&state->names);
}

const struct silt_file_check silt_files_secret = {
	.name = "secret files",
	.state_size = sizeof(struct state),
	.see_any = see_any,
	.done = done,
};
