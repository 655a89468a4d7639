/* silt hash: lists of digests as sha256sum writes and reads them. */
#include "silt/listing.h"

#include "base/encoding.h"
#include "base/error.h"
#include "base/escape.h"
#include "forensics/entry_line.h"
#include "forensics/versions.h"

enum { DIGEST_BYTES = 32, NAME_SHOWN = 300 };

struct hash {
	const struct silt_image *image;
	const struct silt_hash_options *options;
	struct silt_outlet outlet;
	struct silt_buffer name; /* owns; the one under way, as it is */
	uint64_t missing;        /* files without a digest, or without a name: no list can have them */
	char first[NAME_SHOWN];  /* of them */
};

/* What the form of coreutils 9 writes for a byte of a name; NULL: the byte itself. */
static const char *sequence_of(uint8_t byte)
{
	return byte == '\\' ? "\\\\" : byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : NULL;
}

static void add_name(struct silt_buffer *out, struct silt_bytes name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char *sequence = sequence_of(name.ptr[i]);
		if (sequence) {
			silt_buffer_add_text(out, sequence);
		} else {
			silt_buffer_add_byte(out, name.ptr[i]);
		}
	}
}

static bool is_odd(struct silt_bytes name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (sequence_of(name.ptr[i])) {
			return true;
		}
	}
	return false;
}

/* A line with a name that has such a byte begins with a backslash. */
static void add_line(struct hash *hash, const uint8_t *sha256)
{
	char hex[2 * DIGEST_BYTES + 1];
	struct silt_buffer *out = &hash->outlet.out;
	const struct silt_bytes name = silt_buffer_bytes(&hash->name);
	silt_hex(silt_bytes(sha256, DIGEST_BYTES), hex);
	silt_buffer_printf(out, "%s%s  ", !hash->options->escaped && is_odd(name) ? "\\" : "", hex);
	if (hash->options->escaped) {
		silt_escape(out, name);
	} else {
		add_name(out, name);
	}
	silt_buffer_add_byte(out, '\n');
}

static enum silt_status hash_listed(struct hash *hash, const struct silt_listed *listed)
{
	if (listed->implied || listed->meta.whiteout || listed->content.type != SILT_ENTRY_FILE) {
		return SILT_OK;
	}
	silt_buffer_clear(&hash->name);
	if (listed->version && listed->layer != SIZE_MAX) {
		silt_buffer_printf(&hash->name, "layer-%03zu/", listed->layer + 1);
	} else if (listed->version) {
		silt_buffer_printf(&hash->name, "stored-%03zu/", listed->blob);
	} else if (silt_bytes_are(listed->path, "-")) {
		silt_buffer_add_text(&hash->name, "./"); /* alone it stands for standard input */
	}
	silt_buffer_add(&hash->name, listed->path);
	if (hash->name.failed) {
		return silt_fail_memory(hash->outlet.err);
	}
	const uint8_t *sha256 = silt_listed_digest(listed);
	if (sha256 && listed->path.len > 0) {
		add_line(hash, sha256);
	} else if (hash->missing++ == 0) {
		const struct silt_bytes name = silt_buffer_bytes(&hash->name);
		(void)silt_escape_text(name.len > 0 ? name : SILT_LITERAL("/"), hash->first, sizeof(hash->first));
	}
	return silt_line_end(&hash->outlet);
}

static enum silt_status hash_entry(void *ctx, const struct silt_listed *listed, struct silt_error *err)
{
	(void)err;
	return hash_listed(ctx, listed);
}

static enum silt_status hash_name(void *ctx, struct silt_bytes path, const struct silt_tree_node *node,
				  struct silt_error *err)
{
	struct hash *hash = ctx;
	struct silt_listed listed;
	(void)err;
	silt_listed_name(hash->image, path, node, &listed);
	return hash_listed(hash, &listed);
}

enum silt_status silt_hash_write(const struct silt_result *result, size_t image,
				 const struct silt_hash_options *options, struct silt_sink sink, struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	if (image >= count) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no image of that number");
	}
	struct hash hash = {.image = &images[image], .options = options, .outlet = silt_outlet(sink, err)};
	enum silt_status status = options->all
					  ? silt_versions_of_image(result, hash.image, true, hash_entry, &hash, err)
					  : silt_tree_walk(hash.image, hash_name, &hash, err);
	const enum silt_status ended = silt_outlet_end(&hash.outlet);
	silt_buffer_done(&hash.name);
	status = status == SILT_OK ? ended : status;
	if (status == SILT_OK && hash.missing > 0) {
		return silt_fail(err, SILT_ERR_INPUT,
				 "%llu of the files have no digest, being cut off or sparse, or no name, being the "
				 "root, and are not in the list; the first is %s.",
				 (unsigned long long)hash.missing, hash.first);
	}
	return status;
}
