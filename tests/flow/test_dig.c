/*
 * The second reading of a bundle loses nothing: what it gives of every tar, put together, has the digest of that tar, and
 * what it gives of every file of the bundle has the digest of that file; bodies one by one have the digests that the first
 * reading took. From a file and from a pipe that is kept.
 *
 *     flow_dig [--damaged] FILE...     each FILE is a bundle, whole if nobody says that it may be damaged; exit status 0 if all
 *                                      of this holds
 */
#include "silt/silt.h"

#include "base/attributes.h"
#include "stream/digest.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *current;
static bool damaged;

static bool complain(const char *what, size_t stored, size_t entry)
{
	fprintf(stderr, "%s: %s (file %zu, entry %zu)\n", current, what, stored, entry);
	return false;
}

static void text_of(struct silt_hasher *hasher, char text[static SILT_DIGEST_CHARS])
{
	struct silt_digest digest;
	silt_hasher_end(hasher, &digest);
	silt_digest_text(&digest, text);
	silt_hasher_free(hasher);
}

/* ---- All bytes ------------------------------------------------------------------------------------------------------- */

struct all {
	struct silt_hasher **hashers; /* by file */
	uint64_t *bytes;
	bool failed;
};

static enum silt_status see_piece(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct all *all = ctx;
	(void)err;
	if (piece->part != SILT_DIG_FRAMING) {
		silt_hasher_add(all->hashers[piece->stored], piece->bytes);
		all->bytes[piece->stored] += piece->bytes.len;
	}
	return SILT_OK;
}

/* Of the bundle itself nobody has a digest, unless it is a layer. */
static bool compare_all(const struct silt_result *result, const struct all *all)
{
	bool good = true;
	for (size_t i = 0; i < silt_stored_count(result); i++) {
		struct silt_stored stored;
		char text[SILT_DIGEST_CHARS];
		text_of(all->hashers[i], text);
		if (!silt_stored_get(result, i, &stored)) {
			return complain("a file that is counted is not there", i, 0);
		}
		const bool is_tar = stored.kind == SILT_STORED_TAR || stored.kind == SILT_STORED_BUNDLE;
		const char *known = is_tar ? stored.diff_id : stored.digest;
		if (known[0] != '\0' && strcmp(known, text) != 0) {
			good = complain("its bytes have another digest the second time", i, 0);
		}
		if (stored.kind == SILT_STORED_TAR && stored.entry_count > 0 && known[0] == '\0') {
			good = complain("nobody knows its digest", i, 0);
		}
	}
	return good;
}

static bool dig_all(struct silt_bundle *bundle, const struct silt_result *result)
{
	const size_t count = silt_stored_count(result);
	struct all all = {.hashers = calloc(count, sizeof(struct silt_hasher *)),
			  .bytes = calloc(count, sizeof(uint64_t))};
	struct silt_error err = {0};
	for (size_t i = 0; i < count; i++) {
		if (!all.hashers || !all.bytes || silt_hasher_new(&all.hashers[i], &err) != SILT_OK) {
			abort();
		}
	}
	const enum silt_status status = silt_dig_all(bundle, result, see_piece, &all, &err);
	bool good = compare_all(result, &all);
	if (status != SILT_OK) {
		good = complain(err.text, 0, 0);
	}
	free(all.hashers);
	free(all.bytes);
	return good;
}

/* ---- Bodies, one by one ------------------------------------------------------------------------------------------------ */

struct body {
	struct silt_hasher *hasher;
	size_t pieces, last;
	uint64_t bytes;
	bool holes;
};

static enum silt_status see_body(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct body *body = ctx;
	(void)err;
	body->holes = body->holes || piece->offset != body->bytes;
	body->bytes += piece->bytes.len;
	body->pieces++;
	body->last += piece->last;
	silt_hasher_add(body->hasher, piece->bytes);
	return SILT_OK;
}

static bool dig_one(struct silt_bundle *bundle, const struct silt_result *result, size_t stored, size_t entry)
{
	const struct silt_dig_item item = {.stored = stored, .part = SILT_DIG_BODY, .entry = entry};
	struct silt_error err = {0};
	struct silt_entry_view view;
	struct body body = {0};
	char text[SILT_DIGEST_CHARS], known[SILT_DIGEST_CHARS];
	if (!silt_stored_entry(result, stored, entry, &view) || silt_hasher_new(&body.hasher, &err) != SILT_OK) {
		abort();
	}
	const enum silt_status status = silt_dig(bundle, result, &item, 1, see_body, &body, &err);
	text_of(body.hasher, text);
	if (status != SILT_OK) {
		return complain(err.text, stored, entry);
	}
	if (body.last != 1) {
		return complain("a body does not end once", stored, entry);
	}
	struct silt_digest digest = {.known = view.sha256 != NULL};
	if (view.sha256) {
		memcpy(digest.sha256, view.sha256, sizeof(digest.sha256));
		silt_digest_text(&digest, known);
		if (!body.holes && strcmp(known, text) != 0) {
			return complain("a body has another digest the second time", stored, entry);
		}
	}
	return true;
}

static bool dig_bodies(struct silt_bundle *bundle, const struct silt_result *result)
{
	bool good = true;
	for (size_t i = 0; i < silt_stored_count(result); i++) {
		struct silt_stored stored;
		for (size_t entry = 0; silt_stored_get(result, i, &stored) && entry < stored.entry_count; entry++) {
			good = dig_one(bundle, result, i, entry) && good;
		}
	}
	return good;
}

/* ---- Runs ---------------------------------------------------------------------------------------------------------------- */

struct run {
	uint64_t next, bytes;
	size_t last;
	bool straight;
};

static enum silt_status see_run(void *ctx, const struct silt_dig_piece *piece, struct silt_error *err)
{
	struct run *run = ctx;
	(void)err;
	run->straight = run->straight && (piece->bytes.len == 0 || piece->offset == run->next);
	run->next += piece->bytes.len;
	run->bytes += piece->bytes.len;
	run->last += piece->last;
	return SILT_OK;
}

/* The middle of every file, and of every tar in one. */
static bool dig_runs(struct silt_bundle *bundle, const struct silt_result *result)
{
	bool good = true;
	for (size_t i = 1; i < silt_stored_count(result); i++) {
		struct silt_stored stored;
		struct silt_error err = {0};
		(void)silt_stored_get(result, i, &stored);
		for (int tar = 0; tar <= (stored.kind == SILT_STORED_TAR); tar++) {
			const uint64_t size = tar ? stored.unpacked : stored.bytes;
			const struct silt_dig_item item = {.stored = i,
							   .part = tar ? SILT_DIG_TAR : SILT_DIG_STORED,
							   .offset = size / 3,
							   .length = size / 3};
			struct run run = {.next = item.offset, .straight = true};
			if (silt_dig(bundle, result, &item, 1, see_run, &run, &err) != SILT_OK) {
				good = complain(err.text, i, 0);
			} else if (!run.straight || run.last != 1 || run.bytes != item.length) {
				good = complain("a run is not what was asked for", i, 0);
			}
		}
	}
	return good;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------------- */

static int64_t read_pipe(void *ctx, void *buffer, size_t size)
{
	const int *fd = ctx;
	enum { PIECE = 777 }; /* blocks of the file do not show */
	return read(*fd, buffer, size < PIECE ? size : PIECE);
}

static bool dig(struct silt_bundle *bundle)
{
	static const struct silt_bytes kept[] = {SILT_LITERAL_INIT("credentials"), SILT_LITERAL_INIT("id_ed25519")};
	const struct silt_options options = {.entries_only = true,
					     .keep_digests = true,
					     .keep_names = kept,
					     .keep_name_count = SILT_COUNT(kept),
					     .jobs = 2};
	struct silt_result *result = NULL;
	struct silt_error err = {0};
	if (silt_audit(bundle, &options, &result, &err) != SILT_OK) {
		return complain(err.text, 0, 0);
	}
	bool good = damaged || silt_result_coverage(result)->complete || complain("it is not whole", 0, 0);
	good = dig_all(bundle, result) && good;
	good = dig_bodies(bundle, result) && good;
	good = dig_runs(bundle, result) && good;
	silt_result_free(result);
	return good;
}

static bool dig_pipe(int fd)
{
	struct silt_bundle *bundle = NULL;
	struct silt_error err = {0};
	const int spool = open("/tmp", O_TMPFILE | O_RDWR, 0600);
	bool good = silt_bundle_open_read(read_pipe, &fd, "pipe", &bundle, &err) == SILT_OK &&
		    silt_bundle_set_spool(bundle, spool, &err) == SILT_OK;
	good = good ? dig(bundle) : complain(err.text, 0, 0);
	silt_bundle_free(bundle);
	(void)close(spool);
	return good;
}

static bool dig_file(const char *path)
{
	struct silt_bundle *bundle = NULL;
	struct silt_error err = {0};
	const int fd = open(path, O_RDONLY);
	current = path;
	bool good = silt_bundle_open_path(path, &bundle, &err) == SILT_OK ? dig(bundle) : complain(err.text, 0, 0);
	silt_bundle_free(bundle);
	good = dig_pipe(fd) && good;
	(void)close(fd);
	return good;
}

int main(int argc, char **argv)
{
	bool good = true;
	damaged = argc > 1 && strcmp(argv[1], "--damaged") == 0;
	for (int i = 1 + damaged; i < argc; i++) {
		good = dig_file(argv[i]) && good;
	}
	return good ? 0 : 1;
}
