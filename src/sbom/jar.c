/*
 * Java archives: what Maven put into them, else what their manifest says.
 *
 *     app.war
 *       META-INF/MANIFEST.MF                            Implementation-Title, -Version, Bundle-SymbolicName, ...
 *       META-INF/maven/GROUP/ARTIFACT/pom.properties    groupId, artifactId, version; several in a shaded archive
 *       WEB-INF/lib/x.jar                               an archive in it, and so on
 *
 * The archive is read from front to end; those in it are read as they come by, one on top of the other.
 */
#include "sbom/metadata.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "content/archive.h"

enum { SMALL_MAX = 256 * 1024 }; /* bytes of pom.properties or MANIFEST.MF; a signed archive has long manifests */

/* One archive under way. */
struct jar {
	void *zip;                                                               /* owns */
	bool pom;                                                                /* one was told */
	struct silt_buffer name, title, version, vendor, bundle, bundle_version; /* own */
};

struct reading {
	const struct silt_sbom_sink *sink; /* borrows */
	struct silt_buffer text;           /* owns: of the member under way */
	uint64_t unpacked;
	const char **why;
	struct jar jars[SILT_SBOM_JAR_DEPTH];
	size_t depth; /* how many of them are open */
};

static void keep(struct silt_buffer *buffer, struct silt_bytes value)
{
	silt_buffer_clear(buffer);
	silt_buffer_add(buffer, silt_sbom_field(value));
}

static bool has_failed(const struct jar *jar)
{
	return jar->name.failed || jar->title.failed || jar->version.failed || jar->vendor.failed ||
	       jar->bundle.failed || jar->bundle_version.failed;
}

static enum silt_status give(const struct reading *reading, struct silt_sbom_found *found, struct silt_error *err)
{
	found->kind = SILT_SBOM_JAVA;
	found->inner = reading->depth > 1 ? silt_sbom_field(silt_buffer_bytes(&reading->jars[reading->depth - 1].name))
					  : silt_bytes(NULL, 0);
	return reading->sink->found(reading->sink->ctx, found, err);
}

/* ---- Members ------------------------------------------------------------------------------------------------------- */

static enum silt_status read_pom(struct reading *reading, struct silt_error *err)
{
	struct silt_bytes rest = silt_buffer_bytes(&reading->text), line;
	struct silt_sbom_found found = {0};
	while (silt_bytes_cut(&rest, '\n', &line)) {
		line = silt_bytes_trim(line);
		silt_sbom_line(line, '=', "groupId", &found.group);
		silt_sbom_line(line, '=', "artifactId", &found.name);
		silt_sbom_line(line, '=', "version", &found.version);
	}
	if (found.name.len == 0 || found.version.len == 0) {
		*reading->why = "a pom.properties in it has no artifactId or no version";
		return SILT_OK;
	}
	reading->jars[reading->depth - 1].pom = true;
	return give(reading, &found, err);
}

/* A line of more than 72 bytes goes on behind a line end of any kind and a blank: both are taken out. */
static void join_lines(struct silt_buffer *text)
{
	size_t kept = 0;
	for (size_t i = 0; i < text->len; i++) {
		uint8_t byte = text->ptr[i];
		if (byte == '\r') {
			i += i + 1 < text->len && text->ptr[i + 1] == '\n';
			byte = '\n';
		}
		if (byte == '\n' && i + 1 < text->len && text->ptr[i + 1] == ' ') {
			i++;
		} else {
			text->ptr[kept++] = byte;
		}
	}
	silt_buffer_cut(text, kept);
}

/* The main section ends with an empty line. */
static void read_manifest(struct reading *reading)
{
	struct jar *jar = &reading->jars[reading->depth - 1];
	join_lines(&reading->text);
	struct silt_bytes rest = silt_buffer_bytes(&reading->text), line, value;
	while (silt_bytes_cut(&rest, '\n', &line) && silt_bytes_trim(line).len > 0) {
		if (silt_sbom_line(line, ':', "Implementation-Title", &value)) {
			keep(&jar->title, value);
		} else if (silt_sbom_line(line, ':', "Implementation-Version", &value)) {
			keep(&jar->version, value);
		} else if (silt_sbom_line(line, ':', "Implementation-Vendor-Id", &value)) {
			keep(&jar->vendor, value);
		} else if (silt_sbom_line(line, ':', "Bundle-SymbolicName", &value)) {
			keep(&jar->bundle,
			     silt_bytes_trim(silt_bytes_slice(value, 0, silt_bytes_find_byte(value, ';'))));
		} else if (silt_sbom_line(line, ':', "Bundle-Version", &value)) {
			keep(&jar->bundle_version, value);
		}
	}
}

/* Reads a member to its end; the first bytes of it into `text`, if that is not NULL. */
static enum silt_status drain(struct reading *reading, struct silt_source content, struct silt_buffer *text,
			      struct silt_error *err)
{
	struct silt_bytes block;
	enum silt_status status = silt_source_next(content, &block, err);
	while (status == SILT_OK && block.len > 0 && reading->unpacked <= SILT_SBOM_JAR_UNPACKED_MAX) {
		reading->unpacked += block.len;
		if (text) {
			silt_buffer_add(text, silt_bytes_slice(block, 0, SMALL_MAX - text->len));
		}
		status = silt_source_next(content, &block, err);
	}
	return status;
}

/* ---- Archives ------------------------------------------------------------------------------------------------------ */

/* Behind the names of the archives that it lies in, but for the file: "w.war!WEB-INF/lib/x.jar". */
static void keep_name(struct reading *reading, struct silt_bytes name)
{
	struct silt_buffer *to = &reading->jars[reading->depth].name;
	silt_buffer_clear(to);
	if (reading->depth > 1) {
		silt_buffer_add(to, silt_buffer_bytes(&reading->jars[reading->depth - 1].name));
		silt_buffer_add_byte(to, '!');
	}
	silt_buffer_add(to, silt_sbom_field(name));
}

static enum silt_status open_jar(struct reading *reading, struct silt_source source, struct silt_bytes name,
				 struct silt_error *err)
{
	struct jar *jar = &reading->jars[reading->depth];
	enum silt_status status = SILT_OK;
	if (!jar->zip) {
		status = silt_archive_zip.create(&silt_default_limits, &jar->zip, err);
	}
	if (status == SILT_OK) {
		silt_archive_zip.flaw(jar->zip);
		status = silt_archive_zip.begin(jar->zip, source, err);
	}
	jar->pom = false;
	keep_name(reading, name);
	silt_buffer_clear(&jar->title);
	silt_buffer_clear(&jar->version);
	silt_buffer_clear(&jar->vendor);
	silt_buffer_clear(&jar->bundle);
	silt_buffer_clear(&jar->bundle_version);
	reading->depth++;
	return status;
}

/* An archive without a pom.properties is told by its manifest, if that has a name and a version. */
static enum silt_status close_jar(struct reading *reading, struct silt_error *err)
{
	struct jar *jar = &reading->jars[reading->depth - 1];
	const bool bundle = jar->bundle.len > 0 && jar->bundle_version.len > 0;
	struct silt_sbom_found found = {
		.group = silt_buffer_bytes(bundle ? &(struct silt_buffer){0} : &jar->vendor),
		.name = silt_buffer_bytes(bundle ? &jar->bundle : &jar->title),
		.version = silt_buffer_bytes(bundle ? &jar->bundle_version : &jar->version),
	};
	if (has_failed(jar)) {
		return silt_fail_memory(err);
	}
	if (silt_archive_zip.flaw(jar->zip).kind != SILT_ARCHIVE_SOUND) {
		*reading->why = "it, or an archive in it, is damaged, encrypted, or packed in a way that is not known";
	}
	const bool told = jar->pom || found.name.len == 0 || found.version.len == 0;
	const enum silt_status status = told ? SILT_OK : give(reading, &found, err);
	reading->depth--;
	return status;
}

static bool is_pom(struct silt_bytes name)
{
	return silt_bytes_begin(name, "META-INF/maven/") && silt_bytes_end_with(name, SILT_LITERAL("/pom.properties"));
}

static enum silt_status read_member(struct reading *reading, const struct silt_archive_member *member,
				    struct silt_error *err)
{
	if (silt_sbom_is_jar(member->name)) {
		if (reading->depth < SILT_SBOM_JAR_DEPTH) {
			return open_jar(reading, member->content, member->name, err);
		}
		*reading->why = "archives lie in it deeper than is looked";
	}
	const bool pom = is_pom(member->name), manifest = silt_bytes_are_nocase(member->name, "META-INF/MANIFEST.MF");
	silt_buffer_clear(&reading->text);
	enum silt_status status = drain(reading, member->content, pom || manifest ? &reading->text : NULL, err);
	if (status == SILT_OK && reading->text.failed) {
		return silt_fail_memory(err);
	}
	if (status == SILT_OK && pom) {
		return read_pom(reading, err);
	}
	if (manifest) {
		read_manifest(reading);
	}
	return status;
}

static enum silt_status read_members(struct reading *reading, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && reading->depth > 0) {
		struct silt_archive_member member;
		bool more = false;
		if (reading->unpacked > SILT_SBOM_JAR_UNPACKED_MAX) {
			*reading->why = "more is packed in it than is unpacked";
			return SILT_OK;
		}
		status = silt_archive_zip.next(reading->jars[reading->depth - 1].zip, &member, &more, err);
		if (status == SILT_OK) {
			status = more ? read_member(reading, &member, err) : close_jar(reading, err);
		}
	}
	return status;
}

static void done(struct reading *reading)
{
	for (size_t i = 0; i < SILT_SBOM_JAR_DEPTH; i++) {
		struct jar *jar = &reading->jars[i];
		silt_archive_zip.destroy(jar->zip);
		silt_buffer_done(&jar->name);
		silt_buffer_done(&jar->title);
		silt_buffer_done(&jar->version);
		silt_buffer_done(&jar->vendor);
		silt_buffer_done(&jar->bundle);
		silt_buffer_done(&jar->bundle_version);
	}
	silt_buffer_done(&reading->text);
}

enum silt_status silt_sbom_read_jar(struct silt_bytes path, struct silt_bytes body, const struct silt_sbom_sink *sink,
				    const char **why, struct silt_error *err)
{
	struct reading reading = {.sink = sink, .why = why};
	/* Java goes by the directory at the end: what stands in front, as a script that runs the archive, is no part of it. */
	const size_t start = silt_bytes_find(body, SILT_LITERAL("PK\003\004"));
	struct silt_memory_source memory = {.bytes = silt_bytes_slice(body, start, body.len)};
	if (!silt_archive_zip.sniff(silt_bytes_slice(memory.bytes, 0, 512))) {
		*why = "it is no zip archive";
		return SILT_OK;
	}
	enum silt_status status = open_jar(&reading, silt_memory_source(&memory), path, err);
	if (status == SILT_OK) {
		status = read_members(&reading, err);
	}
	done(&reading);
	return status;
}
