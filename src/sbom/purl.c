/*
 * Package URLs (packageurl.org): pkg:TYPE/NAMESPACE/NAME@VERSION?KEY=VALUE&KEY=VALUE
 *
 *     pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12
 *     pkg:rpm/fedora/bash@5.2.26-3.fc40?arch=x86_64&distro=fedora-40&epoch=1&upstream=bash-5.2.26-3.fc40.src.rpm
 *     pkg:npm/%40scope/name@1.2.3        pkg:pypi/django@4.2        pkg:maven/org.apache/commons@1.0
 *
 * The keys are sorted. "upstream" is not of the specification, but of the scanners: advisories of distributions name
 * source packages.
 */
#include "sbom/inventory.h"

#include "base/utf8.h"

static const char *const types[] = {
	[SILT_SBOM_DEB] = "deb", [SILT_SBOM_APK] = "apk", [SILT_SBOM_RPM] = "rpm",    [SILT_SBOM_PYTHON] = "pypi",
	[SILT_SBOM_NPM] = "npm", [SILT_SBOM_GEM] = "gem", [SILT_SBOM_JAVA] = "maven",
};

static bool is_plain(uint8_t byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
	       byte == '-' || byte == '.' || byte == '_' || byte == '~' || byte == ':';
}

static void add_encoded(struct silt_buffer *out, struct silt_bytes text, bool lower)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.ptr[i];
		if (lower && byte >= 'A' && byte <= 'Z') {
			byte |= 0x20;
		}
		if (is_plain(byte)) {
			silt_buffer_add_byte(out, byte);
		} else {
			silt_buffer_printf(out, "%%%02X", byte);
		}
	}
}

/* PyPI takes these for one: Foo_Bar, foo-bar. */
static void add_python_name(struct silt_buffer *out, struct silt_bytes name)
{
	for (size_t i = 0; i < name.len; i++) {
		const bool underscore = name.ptr[i] == '_';
		add_encoded(out, underscore ? SILT_LITERAL("-") : silt_bytes_slice(name, i, 1), true);
	}
}

static bool is_of_system(enum silt_sbom_kind kind)
{
	return kind == SILT_SBOM_DEB || kind == SILT_SBOM_APK || kind == SILT_SBOM_RPM;
}

/* Package URLs are UTF-8, and a name is not changed to fit. */
static bool can_tell(struct silt_bytes text)
{
	return text.len > 0 && silt_is_utf8(text);
}

static void add_key(struct silt_buffer *out, char *separator, const char *key)
{
	silt_buffer_printf(out, "%c%s=", *separator, key);
	*separator = '&';
}

/* "util-linux (2.38.1-5)" is util-linux@2.38.1-5. */
static void add_upstream(struct silt_buffer *out, const struct silt_sbom_found *found)
{
	struct silt_bytes rest = found->source, name = {0};
	silt_bytes_cut(&rest, '(', &name);
	add_encoded(out, silt_bytes_trim(name), false);
	rest = silt_bytes_trim(silt_bytes_slice(rest, 0, silt_bytes_find_byte(rest, ')')));
	if (rest.len > 0) {
		add_encoded(out, SILT_LITERAL("@"), false);
		add_encoded(out, rest, false);
	}
}

static void add_qualifiers(struct silt_buffer *out, const struct silt_sbom_inventory *inventory,
			   const struct silt_sbom_found *found, struct silt_bytes epoch)
{
	char separator = '?';
	const bool system = is_of_system(found->kind);
	if (can_tell(found->arch)) {
		add_key(out, &separator, "arch");
		add_encoded(out, found->arch, false);
	}
	if (system && can_tell(inventory->os_id)) {
		add_key(out, &separator, "distro");
		add_encoded(out, inventory->os_id, false);
		if (can_tell(inventory->os_version)) {
			silt_buffer_add_byte(out, '-');
			add_encoded(out, inventory->os_version, false);
		}
	}
	if (epoch.len > 0) {
		add_key(out, &separator, "epoch");
		add_encoded(out, epoch, false);
	}
	if (can_tell(found->platform)) {
		add_key(out, &separator, "platform");
		add_encoded(out, found->platform, false);
	}
	if (system && can_tell(found->source)) {
		add_key(out, &separator, "upstream");
		add_upstream(out, found);
	}
}

/* The namespace. Type deb has none without one. */
static struct silt_bytes space_of(const struct silt_sbom_inventory *inventory, const struct silt_sbom_found *found)
{
	if (!is_of_system(found->kind)) {
		return found->group;
	}
	if (can_tell(inventory->os_id)) {
		return inventory->os_id;
	}
	return found->kind == SILT_SBOM_DEB ? SILT_LITERAL("debian") : silt_bytes(NULL, 0);
}

void silt_sbom_purl(struct silt_buffer *out, const struct silt_sbom_inventory *inventory,
		    const struct silt_sbom_found *found)
{
	const bool system = is_of_system(found->kind);
	const struct silt_bytes space = space_of(inventory, found);
	struct silt_bytes version = found->version, epoch = {0};
	if (found->kind == SILT_SBOM_JAVA && space.len == 0) {
		return; /* without its group it could be anybody's */
	}
	if (!silt_is_utf8(space) || !silt_is_utf8(found->name) || !silt_is_utf8(version)) {
		return;
	}
	if (found->kind == SILT_SBOM_RPM && silt_bytes_find_byte(version, ':') != SIZE_MAX) {
		silt_bytes_cut(&version, ':', &epoch);
	}
	silt_buffer_printf(out, "pkg:%s/", types[found->kind]);
	if (space.len > 0) {
		add_encoded(out, space, system);
		silt_buffer_add_byte(out, '/');
	}
	if (found->kind == SILT_SBOM_PYTHON) {
		add_python_name(out, found->name);
	} else {
		add_encoded(out, found->name, found->kind == SILT_SBOM_DEB || found->kind == SILT_SBOM_APK);
	}
	if (version.len > 0) {
		silt_buffer_add_byte(out, '@');
		add_encoded(out, version, false);
	}
	add_qualifiers(out, inventory, found, epoch);
}
