/*
 * Fuzz target: from the members of a bundle to the images it declares. The input is text: a line for each member, and
 * behind that of a document its JSON.
 *
 *     %J index.json
 *     {"manifests":[{"digest":"sha256:$2"}]}
 *     %T blobs/sha256/$1
 *     %S latest/layer.tar -> ../$1
 *
 * Digests are made up, so that the fuzzer need not compute any: that of member number N is 64 times the digit N, and
 * "$N" stands for these digits everywhere. The content of a compressed member has the digit N + 8 instead.
 */
#include "bundle/images.h"

#include "base/escape.h"
#include "base/limits.h"
#include "base/path.h"

#include <stdlib.h>

enum { MEMBERS_MAX = 64, EXPANDED_MAX = 1024 * 1024 };

static const char digits[] = "0123456789abcdef";

/* The kinds of members by the letter behind the "%". */
static const struct kind {
	char letter;
	enum silt_member_kind kind;
	enum silt_compression compression;
	bool symlink;
	bool has_body;
} kinds[] = {
	{'J', SILT_MEMBER_DOCUMENT, SILT_COMPRESSION_NONE, false, true},
	{'T', SILT_MEMBER_TAR, SILT_COMPRESSION_NONE, false, true},
	{'Z', SILT_MEMBER_TAR, SILT_COMPRESSION_GZIP, false, true},
	{'O', SILT_MEMBER_OTHER, SILT_COMPRESSION_NONE, false, true},
	{'E', SILT_MEMBER_EMPTY, SILT_COMPRESSION_NONE, false, false},
	{'S', SILT_MEMBER_LINK, SILT_COMPRESSION_NONE, true, false},
	{'H', SILT_MEMBER_LINK, SILT_COMPRESSION_NONE, false, false},
	{'D', SILT_MEMBER_DIRECTORY, SILT_COMPRESSION_NONE, false, false},
	{'P', SILT_MEMBER_SPECIAL, SILT_COMPRESSION_NONE, false, false},
};

static struct silt_digest digest_of(size_t number)
{
	struct silt_digest digest = {.known = true};
	memset(digest.sha256, (int)(number % 16 * 0x11), sizeof(digest.sha256));
	return digest;
}

/* Replaces every "$N". */
static void expand(struct silt_bytes text, struct silt_buffer *out)
{
	for (size_t i = 0; i < text.len && out->len < EXPANDED_MAX; i++) {
		const char *digit = i + 1 < text.len ? strchr(digits, text.ptr[i + 1]) : NULL;
		if (text.ptr[i] != '$' || !digit || *digit == '\0') {
			silt_buffer_add_byte(out, text.ptr[i]);
			continue;
		}
		for (size_t n = 0; n < 64; n++) {
			silt_buffer_add_byte(out, (uint8_t)*digit);
		}
		i++;
	}
}

/* Cleans `text`, in place: it is a copy of ours. */
static struct silt_bytes clean(struct silt_bytes text)
{
	unsigned flags;
	return silt_bytes(text.ptr, silt_path_clean(text, (uint8_t *)(uintptr_t)text.ptr, &flags));
}

/* As the audit makes a document of a member, or does not. */
static void read_document(struct silt_bytes text, struct silt_member *member, struct silt_error *problem)
{
	if (silt_json_parse(text, &member->document, problem) != SILT_OK) {
		member->kind = SILT_MEMBER_OTHER;
		member->problem = problem->text;
		return;
	}
	member->document_kind = silt_document_classify(member->document);
	if (member->document_kind == SILT_DOCUMENT_OTHER && silt_json_count(silt_json_root(member->document)) > 0) {
		silt_json_free(member->document);
		member->document = NULL;
		member->kind = SILT_MEMBER_OTHER;
	}
}

static void add_member(struct silt_inventory *inventory, struct silt_bytes head, struct silt_bytes body)
{
	const struct kind *kind = NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && head.len >= 2; i++) {
		kind = kinds[i].letter == (char)head.ptr[1] ? &kinds[i] : kind;
	}
	if (!kind || head.len < 3 || head.ptr[0] != '%' || head.ptr[2] != ' ' || inventory->count == MEMBERS_MAX) {
		return;
	}
	struct silt_bytes arrow = SILT_LITERAL(" -> ");
	struct silt_bytes name = silt_bytes_slice(head, 3, head.len);
	size_t at = silt_bytes_find(name, arrow);
	struct silt_bytes link = at == SIZE_MAX ? silt_bytes(NULL, 0) : silt_bytes_slice(name, at + 4, name.len);
	struct silt_error problem = {0}, err = {0};
	struct silt_member member = {
		.name = clean(silt_bytes_slice(name, 0, at)),
		.link = kind->symlink || link.len == 0 ? link : clean(link),
		.symlink = kind->symlink,
		.kind = kind->kind,
		.bytes = body.len,
		.compression = kind->compression,
		.record = UINT32_MAX,
	};
	if (kind->has_body) {
		member.digest = digest_of(inventory->count);
		member.content = kind->compression == SILT_COMPRESSION_NONE ? member.digest
									    : digest_of(inventory->count + 8);
	}
	if (kind->kind == SILT_MEMBER_DOCUMENT) {
		read_document(body, &member, &problem);
	}
	if (silt_inventory_add(inventory, &member, &err) != SILT_OK) {
		abort();
	}
}

static void read_members(struct silt_inventory *inventory, struct silt_bytes text)
{
	while (text.len > 0) {
		struct silt_bytes head;
		silt_bytes_cut(&text, '\n', &head);
		size_t end = text.len > 0 && text.ptr[0] == '%' ? 0 : silt_bytes_find(text, SILT_LITERAL("\n%"));
		size_t body = end == SIZE_MAX ? text.len : end;
		add_member(inventory, head, silt_bytes_slice(text, 0, body));
		text = silt_bytes_slice(text, body + (end != 0 && end != SIZE_MAX), text.len);
	}
}

/* ---- What must hold ---------------------------------------------------------------------------------------------------- */

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_member(const struct silt_inventory *inventory, uint32_t member)
{
	demand(member == SILT_MEMBER_NONE || member < inventory->count);
}

static void check_image(const struct silt_inventory *inventory, const struct silt_declared_image *image)
{
	check_member(inventory, image->config_member);
	check_member(inventory, image->manifest_member);
	demand(image->declared != 0);
	for (size_t i = 0; i < image->layer_count; i++) {
		check_member(inventory, image->layers[i].member);
		demand(image->layers[i].member == SILT_MEMBER_NONE ||
		       inventory->members[image->layers[i].member].kind != SILT_MEMBER_LINK);
	}
	for (size_t i = 1; i < image->name_count; i++) {
		demand(silt_bytes_compare(image->names[i - 1], image->names[i]) < 0);
	}
}

/* A sentence of ours is printable, whatever stands in it: escaping would only double its backslashes. */
static void check_text(struct silt_bytes text)
{
	demand(text.len > 0);
	struct silt_bytes rest = text, part;
	while (silt_bytes_cut(&rest, '\\', &part)) {
		demand(silt_is_plain(part));
	}
}

static void check(const struct silt_inventory *inventory, const struct silt_images *images)
{
	demand(images->format[0] != '\0');
	demand(images->count <= silt_default_limits.value[SILT_LIMIT_IMAGES]);
	for (size_t i = 0; i < images->count; i++) {
		check_image(inventory, &images->images[i]);
	}
	for (size_t i = 0; i < images->issue_count; i++) {
		check_member(inventory, images->issues[i].member);
		demand(images->issues[i].image == UINT32_MAX || images->issues[i].image < images->count);
		check_text(silt_bytes_text(images->issues[i].text));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct silt_inventory inventory = {0};
	struct silt_buffer text = {0};
	struct silt_images *images = NULL;
	struct silt_error err = {0};
	expand(silt_bytes(data, size), &text);
	demand(!text.failed);
	read_members(&inventory, silt_buffer_bytes(&text));
	demand(silt_images_resolve(&inventory, NULL, &images, &err) == SILT_OK);
	check(&inventory, images);
	silt_images_free(images);
	silt_inventory_done(&inventory);
	silt_buffer_done(&text);
	return 0;
}
