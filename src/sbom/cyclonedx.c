/*
 * CycloneDX 1.5 in JSON (cyclonedx.org/docs/1.5/json), one component a line.
 *
 * Packages that are not in the final tree have the scope "excluded": scanners do not count those as installed.
 */
#include "sbom/document.h"

#include "silt/version.h"

static void write_property(struct silt_json_writer *w, const char *name, const char *value)
{
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "name", name);
	silt_json_write_text(w, "value", value);
	silt_json_close(w);
}

static void write_tool(struct silt_json_writer *w)
{
	silt_json_open_object(w, "tools");
	silt_json_open_array(w, "components");
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "type", "application");
	silt_json_write_text(w, "name", "silt");
	silt_json_write_text(w, "version", SILT_VERSION_TEXT);
	silt_json_close(w);
	silt_json_close(w);
	silt_json_close(w);
}

static void write_image(struct silt_json_writer *w, const struct silt_image *image)
{
	silt_json_open_object(w, "component");
	silt_json_write_text(w, "type", "container");
	silt_json_write_text(w, "bom-ref", "image");
	silt_json_write_text(w, "name", silt_sbom_image_name(image));
	if (image->manifest_digest[0] != '\0') {
		silt_json_write_text(w, "version", image->manifest_digest);
	} else if (image->config_digest[0] != '\0') {
		silt_json_write_text(w, "version", image->config_digest);
	}
	silt_json_open_array(w, "properties");
	for (size_t i = 0; i < image->layer_count; i++) {
		write_property(w, "silt:diff_id", image->layers[i].diff_id);
	}
	silt_json_close(w);
	silt_json_close(w);
}

static void write_head(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	(void)what;
	char serial[sizeof("urn:uuid:") + SILT_SBOM_UUID_SIZE] = "urn:uuid:";
	memcpy(serial + strlen(serial), document->uuid, sizeof(document->uuid));
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "$schema", "http://cyclonedx.org/schema/bom-1.5.schema.json");
	silt_json_write_text(w, "bomFormat", "CycloneDX");
	silt_json_write_text(w, "specVersion", "1.5");
	silt_json_write_text(w, "serialNumber", serial);
	silt_json_write_unsigned(w, "version", 1);
	silt_json_open_object(w, "metadata");
	silt_json_write_text(w, "timestamp", document->time);
	write_tool(w);
	write_image(w, document->image);
	silt_json_close(w);
	silt_json_open_array(w, "compositions");
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "aggregate", document->inventory->whole ? "unknown" : "incomplete");
	silt_json_open_array(w, "assemblies");
	silt_json_write_text(w, NULL, "image");
	silt_json_close(w);
	silt_json_close(w);
	silt_json_close(w);
	silt_json_close(w);
}

/* By this a scanner knows whose advisories hold. */
static void write_system(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	const struct silt_sbom_inventory *inventory = what;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "type", "operating-system");
	silt_json_write_text(w, "bom-ref", "operating-system");
	silt_sbom_text(document, w, "name", inventory->os_id);
	if (inventory->os_version.len > 0) {
		silt_sbom_text(document, w, "version", inventory->os_version);
	}
	if (inventory->os_name.len > 0) {
		silt_sbom_text(document, w, "description", inventory->os_name);
	}
	silt_json_close(w);
}

static void write_package(struct silt_sbom_document *document, struct silt_json_writer *w, const void *what)
{
	const struct silt_sbom_package *package = what;
	const char *purl = silt_sbom_purl_text(document, &package->found);
	char id[SILT_SBOM_ID_SIZE];
	struct silt_sbom_fact fact;
	silt_json_open_object(w, NULL);
	silt_json_write_text(w, "type", "library");
	silt_json_write_text(w, "bom-ref", silt_sbom_id(package, id));
	if (package->found.group.len > 0) {
		silt_sbom_text(document, w, "group", package->found.group);
	}
	silt_sbom_text(document, w, "name", package->found.name);
	silt_sbom_text(document, w, "version", package->found.version);
	silt_json_write_text(w, "scope", package->fate == SILT_FATE_VISIBLE ? "required" : "excluded");
	if (purl[0] != '\0') {
		silt_json_write_text(w, "purl", purl);
	}
	silt_json_open_array(w, "properties");
	for (size_t i = 0; silt_sbom_fact_at(document, package, i, &fact); i++) {
		write_property(w, fact.name, fact.value);
	}
	silt_json_close(w);
	silt_json_close(w);
}

enum silt_status silt_sbom_write_cyclonedx(struct silt_sbom_document *document, struct silt_error *err)
{
	const struct silt_sbom_inventory *inventory = document->inventory;
	const char *before = "";
	enum silt_status status = silt_sbom_head_out(document, write_head, err);
	silt_buffer_add_text(&document->outlet.out, ",\"components\":[\n");
	if (status == SILT_OK && inventory->os_id.len > 0) {
		status = silt_sbom_line_out(document, before, write_system, inventory, err);
		before = ",";
	}
	for (size_t i = 0; status == SILT_OK && i < inventory->package_count; i++) {
		if (silt_sbom_is_told(document, &inventory->packages[i])) {
			status = silt_sbom_line_out(document, before, write_package, &inventory->packages[i], err);
			before = ",";
		}
	}
	silt_buffer_add_text(&document->outlet.out, "]}\n");
	return status;
}
