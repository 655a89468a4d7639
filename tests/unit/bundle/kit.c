/* Building inventories, and looking at what comes of them. */
#include "unit/bundle/kit.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

int kit_setup(void **state)
{
	*state = calloc(1, sizeof(struct kit));
	return *state ? 0 : -1;
}

int kit_teardown(void **state)
{
	struct kit *kit = *state;
	silt_images_free(kit->images);
	silt_inventory_done(&kit->inventory);
	silt_arena_done(&kit->arena);
	free(kit);
	return 0;
}

static const char *vtext(struct kit *kit, const char *format, va_list args) SILT_PRINTF(2, 0);

static const char *vtext(struct kit *kit, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	assert_true(len >= 0);
	char *text = silt_arena_alloc(&kit->arena, (size_t)len + 1);
	assert_non_null(text);
	vsnprintf(text, (size_t)len + 1, format, args);
	for (char *c = text; *c; c++) {
		*c = *c == '\'' ? '"' : *c;
	}
	return text;
}

const char *kit_text(struct kit *kit, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = vtext(kit, format, args);
	va_end(args);
	return text;
}

static struct silt_digest hash(const char *text)
{
	struct silt_hasher *hasher = NULL;
	struct silt_digest digest;
	assert_int_equal(silt_hasher_new(&hasher, NULL), SILT_OK);
	silt_hasher_add(hasher, silt_bytes_text(text));
	silt_hasher_end(hasher, &digest);
	silt_hasher_free(hasher);
	return digest;
}

const char *kit_digest(struct kit *kit, const char *text)
{
	char digits[SILT_DIGEST_TEXT_SIZE];
	struct silt_digest digest = hash(text);
	return kit_text(kit, "%s", silt_digest_text(&digest, digits));
}

const char *kit_hex(struct kit *kit, const char *text)
{
	return kit_digest(kit, text) + strlen("sha256:");
}

/* ---- Members ----------------------------------------------------------------------------------------------------- */

uint32_t kit_add(struct kit *kit, struct silt_member member)
{
	assert_int_equal(silt_inventory_add(&kit->inventory, &member, NULL), SILT_OK);
	return (uint32_t)kit->inventory.count - 1;
}

static struct silt_member plain(const char *name, enum silt_member_kind kind, const char *content)
{
	return (struct silt_member){
		.name = silt_bytes_text(name),
		.kind = kind,
		.bytes = strlen(content),
		.digest = hash(content),
		.content = hash(content),
		.record = UINT32_MAX,
	};
}

uint32_t kit_tar(struct kit *kit, const char *name, const char *content)
{
	return kit_add(kit, plain(name, SILT_MEMBER_TAR, content));
}

uint32_t kit_gzip(struct kit *kit, const char *name, const char *content)
{
	struct silt_member member = plain(name, SILT_MEMBER_TAR, kit_text(kit, "gzip%s", content));
	member.content = hash(content);
	member.compression = SILT_COMPRESSION_GZIP;
	return kit_add(kit, member);
}

uint32_t kit_other(struct kit *kit, const char *name, const char *content)
{
	return kit_add(kit, plain(name, SILT_MEMBER_OTHER, content));
}

uint32_t kit_json(struct kit *kit, const char *name, const char *text)
{
	struct silt_error err = {0};
	const char *json = kit_text(kit, "%s", text);
	struct silt_member member = plain(name, SILT_MEMBER_DOCUMENT, json);
	enum silt_status status = silt_json_parse(silt_bytes_text(json), &member.document, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, SILT_OK);
	member.document_kind = silt_document_classify(member.document);
	return kit_add(kit, member);
}

static uint32_t add_link(struct kit *kit, const char *name, const char *target, bool symlink)
{
	return kit_add(kit, (struct silt_member){.name = silt_bytes_text(name),
						 .link = silt_bytes_text(target),
						 .symlink = symlink,
						 .kind = SILT_MEMBER_LINK,
						 .record = UINT32_MAX});
}

uint32_t kit_symlink(struct kit *kit, const char *name, const char *target)
{
	return add_link(kit, name, target, true);
}

uint32_t kit_hardlink(struct kit *kit, const char *name, const char *target)
{
	return add_link(kit, name, target, false);
}

uint32_t kit_kind(struct kit *kit, const char *name, enum silt_member_kind kind)
{
	return kit_add(kit, (struct silt_member){.name = silt_bytes_text(name), .kind = kind, .record = UINT32_MAX});
}

const char *kit_blob_tar(struct kit *kit, const char *content)
{
	kit_tar(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, content)), content);
	return kit_digest(kit, content);
}

const char *kit_blob_gzip(struct kit *kit, const char *content)
{
	const char *stored = kit_text(kit, "gzip%s", content);
	kit_gzip(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, stored)), content);
	return kit_digest(kit, stored);
}

const char *kit_blob_json(struct kit *kit, const char *text)
{
	const char *json = kit_text(kit, "%s", text);
	kit_json(kit, kit_text(kit, "blobs/sha256/%s", kit_hex(kit, json)), json);
	return kit_digest(kit, json);
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

const char *kit_config_for(struct kit *kit, const char *architecture, const char *contents)
{
	struct silt_bytes rest = silt_bytes_text(contents), content;
	const char *list = "";
	while (silt_bytes_cut(&rest, ',', &content)) {
		const char *text = kit_text(kit, "%.*s", (int)content.len, (const char *)content.ptr);
		list = kit_text(kit, "%s%s'%s'", list, *list ? "," : "", kit_digest(kit, text));
	}
	return kit_text(kit, "{'architecture':'%s','os':'linux','rootfs':{'type':'layers','diff_ids':[%s]}}",
			architecture, list);
}

const char *kit_config(struct kit *kit, const char *contents)
{
	return kit_config_for(kit, "amd64", contents);
}

const char *kit_descriptor(struct kit *kit, const char *media_type, const char *digest)
{
	return kit_text(kit, "{'mediaType':'%s','digest':'%s'}", media_type, digest);
}

const char *kit_oci_image(struct kit *kit, const char *architecture, const char *contents)
{
	struct silt_bytes rest = silt_bytes_text(contents), content;
	const char *layers = "";
	while (silt_bytes_cut(&rest, ',', &content)) {
		const char *text = kit_text(kit, "%.*s", (int)content.len, (const char *)content.ptr);
		layers = kit_text(kit, "%s%s%s", layers, *layers ? "," : "",
				  kit_descriptor(kit, KIT_LAYER "+gzip", kit_blob_gzip(kit, text)));
	}
	const char *config = kit_blob_json(kit, kit_config_for(kit, architecture, contents));
	return kit_blob_json(kit, kit_text(kit, "{'schemaVersion':2,'config':%s,'layers':[%s]}",
					   kit_descriptor(kit, KIT_CONFIG, config), layers));
}

uint32_t kit_index_json(struct kit *kit, const char *descriptors)
{
	return kit_json(kit, "index.json", kit_text(kit, "{'schemaVersion':2,'manifests':[%s]}", descriptors));
}

/* ---- Results ----------------------------------------------------------------------------------------------------- */

const struct silt_images *kit_resolve(struct kit *kit)
{
	struct silt_error err = {0};
	enum silt_status status = silt_images_resolve(&kit->inventory, NULL, &kit->images, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, SILT_OK);
	return kit->images;
}

size_t kit_issues(const struct kit *kit, const char *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < kit->images->issue_count; i++) {
		count += strcmp(kit->images->issues[i].rule, rule) == 0;
	}
	return count;
}

const struct silt_bundle_issue *kit_issue(const struct kit *kit, const char *rule)
{
	for (size_t i = 0; i < kit->images->issue_count; i++) {
		if (strcmp(kit->images->issues[i].rule, rule) == 0) {
			return &kit->images->issues[i];
		}
	}
	fail_msg("no issue %s", rule);
	return NULL;
}

const struct silt_bundle_issue *kit_expect(const struct kit *kit, const char *rule, enum silt_severity severity,
					   bool incomplete)
{
	const struct silt_bundle_issue *issue = kit_issue(kit, rule);
	assert_int_equal(kit_issues(kit, rule), 1);
	assert_string_equal(silt_severity_name(issue->severity), silt_severity_name(severity));
	assert_int_equal(issue->incomplete, incomplete);
	return issue;
}

void kit_expect_no_issue(const struct kit *kit)
{
	if (kit->images->issue_count > 0) {
		fail_msg("%s: %s", kit->images->issues[0].rule, kit->images->issues[0].text);
	}
}

void kit_expect_names(const struct silt_declared_image *image, const char *names)
{
	struct silt_buffer text = {0};
	for (size_t i = 0; i < image->name_count; i++) {
		silt_buffer_add_text(&text, i > 0 ? " " : "");
		silt_buffer_add(&text, image->names[i]);
	}
	assert_string_equal(silt_buffer_text(&text), names);
	silt_buffer_done(&text);
}
