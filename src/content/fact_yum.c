/* yum.conf(5), dnf.conf(5), zypp.conf and .repo files: repositories of rpm packages. */
#include "content/fact_parts.h"

static const struct silt_fact_place places[] = {
	SILT_PLACE("etc", "yum.conf"),
	SILT_PLACE("etc/yum", "yum.conf"),
	SILT_PLACE("etc/dnf", "dnf.conf"),
	SILT_PLACE("etc/yum.repos.d", "*.repo"),
	SILT_PLACE("etc/zypp", "zypp.conf"),
	SILT_PLACE("etc/zypp/repos.d", "*.repo"),
	SILT_PLACE("etc/distro.repos.d", "*.repo"),
	SILT_PLACE("etc/yum/repos.d", "*.repo"),
};

static bool wants(const struct silt_fact_file *file)
{
	return silt_fact_is_at(file, places, SILT_COUNT(places));
}

/* What switches a check off; `line` 0: nothing does. */
struct setting {
	uint32_t line;
	struct silt_bytes name, value;
};

/* A section: a repository, or [main]. */
struct section {
	struct silt_bytes name;
	bool disabled;
	bool local;       /* all its packages are on this host */
	bool signed_list; /* the list of its packages is signed, and holds their digests */
	struct setting without_signature, without_certificate;
};

static bool is_local(struct silt_bytes addresses)
{
	struct silt_bytes word;
	size_t count = 0;
	for (; silt_fact_word(&addresses, &word); count++) {
		struct silt_fact_address address;
		if (!silt_fact_address(word, &address) || !silt_fact_is_local(&address)) {
			return false;
		}
	}
	return count > 0;
}

static void read_setting(struct section *section, uint32_t line, struct silt_bytes name, struct silt_bytes value)
{
	bool off = silt_fact_is_no(value);
	struct setting setting = {line, name, value};
	if (silt_fact_is_one(name, "enabled")) {
		section->disabled = off;
	} else if (silt_fact_is_one(name, "baseurl")) {
		section->local = is_local(value);
	} else if (silt_fact_is_one(name, "repo_gpgcheck")) {
		section->signed_list = silt_fact_is_yes(value);
	} else if (silt_fact_is_one(name, "gpgcheck pkg_gpgcheck")) {
		section->without_signature = off ? setting : (struct setting){0};
	} else if (silt_fact_is_one(name, "sslverify")) {
		section->without_certificate = off ? setting : (struct setting){0};
	}
}

/* "[SECTION] NAME=VALUE" */
static enum silt_status tell(const struct silt_fact_listener *listener, const struct section *section,
			     enum silt_fact_kind kind, const struct setting *setting)
{
	struct silt_bytes parts[] = {SILT_LITERAL("["), section->name,     SILT_LITERAL("] "),
				     setting->name,     SILT_LITERAL("="), setting->value};
	size_t unnamed = section->name.len == 0 ? 3 : 0;
	return silt_fact_tell_parts(listener, kind, setting->line, parts + unnamed, SILT_COUNT(parts) - unnamed);
}

static enum silt_status end_section(const struct silt_fact_listener *listener, const struct section *section)
{
	enum silt_status status = SILT_OK;
	if (section->disabled || section->local) {
		return status;
	}
	if (section->without_signature.line > 0 && !section->signed_list) {
		status = tell(listener, section, SILT_FACT_SOURCE_UNSIGNED, &section->without_signature);
	}
	if (status == SILT_OK && section->without_certificate.line > 0) {
		status = tell(listener, section, SILT_FACT_SOURCE_UNVERIFIED, &section->without_certificate);
	}
	return status;
}

static bool is_header(struct silt_bytes line)
{
	return line.ptr[0] == '[' && line.ptr[line.len - 1] == ']';
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line, name, value;
	struct section section = {0};
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		if (is_header(line)) {
			status = end_section(&listener, &section);
			section = (struct section){.name = silt_bytes_slice(line, 1, line.len - 2)};
		} else if (silt_fact_split(line, '=', &name, &value)) {
			read_setting(&section, lines.number, name, silt_bytes_unquoted(value));
		}
	}
	return status == SILT_OK ? end_section(&listener, &section) : status;
}

const struct silt_fact_reader silt_facts_of_yum = {.wants = wants, .read = read};
