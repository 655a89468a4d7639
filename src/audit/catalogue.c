/* Looking things up in the catalogue. */
#include "audit/catalogue.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "secret/glob.h"

static const struct silt_catalogue_part *const parts[] = {
	&silt_catalogue_user,      &silt_catalogue_privilege, &silt_catalogue_secret,     &silt_catalogue_surface,
	&silt_catalogue_os,        &silt_catalogue_base,      &silt_catalogue_config,     &silt_catalogue_start,
	&silt_catalogue_history,   &silt_catalogue_lint,      &silt_catalogue_filesystem, &silt_catalogue_programs,
	&silt_catalogue_integrity, &silt_catalogue_package,   &silt_catalogue_policy,
};

const char *silt_check_family_name(enum silt_check_family family)
{
	static const char *const names[SILT_CHECK_FAMILIES] = {
		[SILT_CHECKS_USER] = "user",           [SILT_CHECKS_SECRET] = "secret",
		[SILT_CHECKS_SURFACE] = "surface",     [SILT_CHECKS_CONFIG] = "config",
		[SILT_CHECKS_HISTORY] = "history",     [SILT_CHECKS_FILESYSTEM] = "filesystem",
		[SILT_CHECKS_INTEGRITY] = "integrity",
	};
	return names[family];
}

size_t silt_checks_count(void)
{
	size_t count = 0;
	for (size_t i = 0; i < SILT_COUNT(parts); i++) {
		count += parts[i]->count;
	}
	return count;
}

const struct silt_check_info *silt_checks_get(size_t index)
{
	size_t part = 0;
	while (index >= parts[part]->count) {
		index -= parts[part++]->count;
	}
	return &parts[part]->rows[index];
}

const struct silt_check_info *silt_checks_find(const char *id)
{
	for (size_t part = 0; part < SILT_COUNT(parts); part++) {
		for (size_t i = 0; i < parts[part]->count; i++) {
			if (strcmp(parts[part]->rows[i].id, id) == 0) {
				return &parts[part]->rows[i];
			}
		}
	}
	return NULL;
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

/* trivy's older spellings: "AVD-DS-0002" is "DS-0002", and so is "DS002", whose digits are returned alone. */
static struct silt_bytes modern(struct silt_bytes name, bool *bare)
{
	struct silt_bytes avd = SILT_LITERAL("AVD-"), ds = SILT_LITERAL("DS");
	if (silt_bytes_equal_nocase(silt_bytes_slice(name, 0, avd.len), avd)) {
		name = silt_bytes_slice(name, avd.len, name.len);
	}
	struct silt_bytes digits = silt_bytes_slice(name, ds.len, name.len);
	*bare = digits.len == 3 && silt_all_digits(digits) &&
		silt_bytes_equal_nocase(silt_bytes_slice(name, 0, ds.len), ds);
	return *bare ? digits : name;
}

static bool has_alias(const char *aliases, struct silt_bytes name)
{
	bool bare;
	struct silt_bytes wanted = modern(name, &bare), rest = silt_bytes_text(aliases), alias;
	while (silt_bytes_cut(&rest, ' ', &alias)) {
		struct silt_bytes old = SILT_LITERAL("DS-0");
		if (bare && silt_bytes_start_with(alias, old)) {
			alias = silt_bytes_slice(alias, old.len, alias.len);
		}
		if (silt_bytes_equal_nocase(alias, wanted)) {
			return true;
		}
	}
	return false;
}

bool silt_check_is_called(const struct silt_check_info *check, const char *name)
{
	struct silt_bytes wanted = silt_bytes_text(name);
	return silt_glob_fits(wanted, silt_bytes_text(check->id)) || has_alias(check->aliases, wanted) ||
	       strcmp(silt_check_family_name(check->family), name) == 0;
}
