/*
 * SPDX 2.3 in JSON (spdx.github.io/spdx-spec/v2.3), one package and one relationship a line.
 *
 * The format has no way to say that a package was there and is no more: such a package is related to the image by OTHER,
 * with a comment, and not by CONTAINS.
 */
#include "sbom/document.h"

#include "silt/version.h"

#include <stdio.h>

#define TOOL "Tool: silt-" SILT_VERSION_TEXT
#define PREFIX "SPDXRef-Package-"

enum { ID_SIZE = sizeof(PREFIX) + SILT_SBOM_ID_SIZE };

static const char *id_of(const struct silt_sbom_package *package, char text[static ID_SIZE])
{
	char id[SILT_SBOM_ID_SIZE];
	(void)snprintf(text, ID_SIZE, PREFIX "%s", silt_sbom_id(package, id));
	return text;
}

static void write_head(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	(void)what;
	char space[64 + SILT_SBOM_UUID_SIZE];
	(void)snprintf(space, sizeof(space), "https://spdx.org/spdxdocs/silt-%s", document->uuid);
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "spdxVersion", "SPDX-2.3");
	silt_json_write_text(w, "dataLicense", "CC0-1.0");
	silt_json_write_text(w, "SPDXID", "SPDXRef-DOCUMENT");
	silt_json_write_text(w, "name", silt_sbom_image_name(document->image));
	silt_json_write_text(w, "documentNamespace", space);
	silt_json_open_object(w, "creationInfo");
	silt_json_write_text(w, "created", document->time);
	silt_json_open_array(w, "creators");
	silt_json_write_text(w, NULL, TOOL);
	silt_json_close(w);
	silt_json_close(w);
	if (!document->inventory->whole) {
		silt_json_write_text(w, "comment", "Incomplete: not all metadata of packages could be read.");
	}
	silt_json_close(w);
}

/* What every package has to say, and nobody looked at. */
static void write_unknown(struct silt_json_writer *w)
{
	silt_json_write_text(w, "downloadLocation", "NOASSERTION");
	silt_json_write_bool(w, "filesAnalyzed", false);
	silt_json_write_text(w, "licenseConcluded", "NOASSERTION");
	silt_json_write_text(w, "licenseDeclared", "NOASSERTION");
	silt_json_write_text(w, "copyrightText", "NOASSERTION");
}

static void write_image(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	(void)what;
	const struct silt_image *image = document->image;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "SPDXID", "SPDXRef-Image");
	silt_json_write_text(w, "name", silt_sbom_image_name(image));
	if (image->config_digest[0] != '\0') {
		silt_json_write_text(w, "versionInfo", image->config_digest);
	}
	silt_json_write_text(w, "primaryPackagePurpose", "CONTAINER");
	write_unknown(w);
	silt_json_close(w);
}

static void write_system(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	const struct silt_sbom_inventory *inventory = what;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "SPDXID", "SPDXRef-OperatingSystem");
	silt_sbom_text(document, w, "name", inventory->os_id);
	if (inventory->os_version.len > 0) {
		silt_sbom_text(document, w, "versionInfo", inventory->os_version);
	}
	silt_json_write_text(w, "primaryPackagePurpose", "OPERATING-SYSTEM");
	write_unknown(w);
	silt_json_close(w);
}

/* Blanks end a value: those in it are escaped like what cannot be printed. */
static void add_value(struct silt_buffer *text, const char *value)
{
	for (; *value != '\0'; value++) {
		if (*value == ' ') {
			silt_buffer_add_text(text, "\\x20");
		} else {
			silt_buffer_add_byte(text, (uint8_t)*value);
		}
	}
}

/* "silt:layer=1 silt:fate=visible ..." */
static void write_annotation(struct silt_sbom_document *document, struct silt_json_writer *w,
			     const struct silt_sbom_package *package)
{
	struct silt_buffer text = {0};
	struct silt_sbom_fact fact;
	for (size_t i = 0; silt_sbom_fact_at(document, package, i, &fact); i++) {
		silt_buffer_printf(&text, "%s%s=", i > 0 ? " " : "", fact.name);
		add_value(&text, fact.value);
	}
	silt_json_open_array(w, "annotations");
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "annotationDate", document->time);
	silt_json_write_text(w, "annotationType", "OTHER");
	silt_json_write_text(w, "annotator", TOOL);
	silt_json_write_text(w, "comment", silt_buffer_text(&text));
	silt_json_close(w);
	silt_json_close(w);
	document->outlet.out.failed = document->outlet.out.failed || text.failed;
	silt_buffer_done(&text);
}

static void write_purl(struct silt_json_writer *w, const char *purl)
{
	silt_json_open_array(w, "externalRefs");
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "referenceCategory", "PACKAGE-MANAGER");
	silt_json_write_text(w, "referenceType", "purl");
	silt_json_write_text(w, "referenceLocator", purl);
	silt_json_close(w);
	silt_json_close(w);
}

/* A name with its group in front of it, as people write it. */
static void write_name(struct silt_sbom_document *document, struct silt_json_writer *w,
		       const struct silt_sbom_found *found)
{
	struct silt_buffer name = {0};
	if (found->group.len > 0) {
		silt_buffer_add(&name, found->group);
		silt_buffer_add_byte(&name, found->kind == SILT_SBOM_JAVA ? ':' : '/');
	}
	silt_buffer_add(&name, found->name);
	document->outlet.out.failed = document->outlet.out.failed || name.failed;
	silt_sbom_text(document, w, "name", silt_buffer_bytes(&name));
	silt_buffer_done(&name);
}

static void write_package(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	const struct silt_sbom_package *package = what;
	const char *purl = silt_sbom_purl_text(document, &package->found);
	char id[ID_SIZE];
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "SPDXID", id_of(package, id));
	write_name(document, w, &package->found);
	silt_sbom_text(document, w, "versionInfo", package->found.version);
	write_unknown(w);
	if (purl[0] != '\0') {
		write_purl(w, purl);
	}
	write_annotation(document, w, package);
	silt_json_close(w);
}

static void write_relation(struct silt_json_writer *w, const char *from, const char *type, const char *to,
			   const char *comment)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "spdxElementId", from);
	silt_json_write_text(w, "relationshipType", type);
	silt_json_write_text(w, "relatedSpdxElement", to);
	if (comment) {
		silt_json_write_text(w, "comment", comment);
	}
	silt_json_close(w);
}

static void write_describes(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	(void)document;
	(void)what;
	write_relation(w, "SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Image", NULL);
}

static void write_has_system(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	(void)document;
	(void)what;
	write_relation(w, "SPDXRef-Image", "CONTAINS", "SPDXRef-OperatingSystem", NULL);
}

static void write_has_package(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	(void)document;
	const struct silt_sbom_package *package = what;
	const bool visible = package->fate == SILT_FATE_VISIBLE;
	char id[ID_SIZE];
	write_relation(w, "SPDXRef-Image", visible ? "CONTAINS" : "OTHER", id_of(package, id),
		       visible ? NULL : "Not installed: a layer has it, and the file system of the image has not.");
}

/* A line for each package that is told. */
static enum silt_status each_out(struct silt_sbom_document *document, silt_sbom_write_fn *write, struct silt_error *err)
{
	const struct silt_sbom_inventory *inventory = document->inventory;
	enum silt_status status = SILT_OK;
	for (size_t i = 0; status == SILT_OK && i < inventory->package_count; i++) {
		if (silt_sbom_is_told(document, &inventory->packages[i])) {
			status = silt_sbom_line_out(document, ",", write, &inventory->packages[i], err);
		}
	}
	return status;
}

enum silt_status silt_sbom_write_spdx(struct silt_sbom_document *document, struct silt_error *err)
{
	const struct silt_sbom_inventory *inventory = document->inventory;
	const bool system = inventory->os_id.len > 0;
	enum silt_status status = silt_sbom_head_out(document, write_head, err);
	if (status == SILT_OK) {
		status = silt_sbom_line_out(document, ",\"packages\":[\n", write_image, NULL, err);
	}
	if (status == SILT_OK && system) {
		status = silt_sbom_line_out(document, ",", write_system, inventory, err);
	}
	if (status == SILT_OK) {
		status = each_out(document, write_package, err);
	}
	if (status == SILT_OK) {
		status = silt_sbom_line_out(document, "],\"relationships\":[\n", write_describes, NULL, err);
	}
	if (status == SILT_OK && system) {
		status = silt_sbom_line_out(document, ",", write_has_system, NULL, err);
	}
	if (status == SILT_OK) {
		status = each_out(document, write_has_package, err);
	}
	silt_buffer_add_text(&document->outlet.out, "]}\n");
	return status;
}
