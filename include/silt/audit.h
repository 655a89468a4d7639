/*
 * Opening a bundle and auditing it.
 *
 *     struct silt_error err = {0};
 *     struct silt_bundle *bundle = NULL;
 *     struct silt_result *result = NULL;
 *     if (silt_bundle_open_path("app.tar", &bundle, &err) == SILT_OK &&
 *         silt_audit(bundle, NULL, &result, &err) == SILT_OK) { ... }
 *
 * A bundle is read once, forwards; an audit uses it up. Nothing of the image is ever executed, and no path named in it
 * is ever opened on the host.
 */
#ifndef SILT_AUDIT_H
#define SILT_AUDIT_H

#include "silt/cache.h"
#include "silt/error.h"
#include "silt/export.h"
#include "silt/limits.h"
#include "silt/result.h"
#include "silt/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A container image file, folder or stream, opened and not yet read. */
struct silt_bundle;

/*
 * Opens a file (docker archive, OCI archive, bare rootfs tar; optionally compressed as a whole) or an OCI layout
 * folder. `path` is copied and is the bundle's name. SILT_ERR_IO if it cannot be opened, SILT_ERR_INPUT if it is
 * neither a file, a pipe nor a folder.
 */
SILT_API enum silt_status silt_bundle_open_path(const char *path, struct silt_bundle **out, struct silt_error *err);

/*
 * Reads from `fd` (borrowed: must stay open until the audit is done, is not closed), of a file, pipe or folder. `name` is
 * copied. Errors as above.
 */
SILT_API enum silt_status silt_bundle_open_fd(int fd, const char *name, struct silt_bundle **out,
					      struct silt_error *err);

/* What a read callback returns if nothing came for too long: the input counts as ended there. */
#define SILT_READ_GAVE_UP (-2)

/*
 * Reads by a callback that works as read(2): stores 1..size bytes and returns their number, 0 at the end, -1 on
 * failure; or SILT_READ_GAVE_UP: what came is audited, and the result is incomplete. `ctx` must live until the audit is
 * done. `name` is copied. With `jobs` above 1 it may be called from another thread, always the same one.
 */
SILT_API enum silt_status silt_bundle_open_read(int64_t (*read)(void *ctx, void *buffer, size_t size), void *ctx,
						const char *name, struct silt_bundle **out, struct silt_error *err);

/* Gives the bundle another name for the report. Copied. */
SILT_API enum silt_status silt_bundle_set_name(struct silt_bundle *bundle, const char *name, struct silt_error *err);

SILT_API void silt_bundle_free(struct silt_bundle *bundle);

/* How far an audit is. Called now and then, from the thread that runs the audit. */
struct silt_progress {
	uint64_t bytes;       /* of the bundle read so far */
	uint64_t bytes_total; /* size of the file; 0 if unknown (pipe, callback) */
	const char *member;   /* being read, escaped */
	uint64_t layers;      /* layer tars seen so far */
	uint64_t hits;        /* secrets seen so far, before they are merged */
};

/* The layers of a base image. Borrowed. */
struct silt_base {
	const char *name;            /* for people: "debian:12" */
	const char *const *diff_ids; /* "sha256:...", lowest layer first */
	size_t count;
	/*
	 * Its history (silt_image.history_ids): a line of an image is inherited if the base has the same one in its place.
	 * None: no line is known to be of the base, since layers vouch for nothing but themselves.
	 */
	const char *const *lines;
	size_t line_count;
};

struct silt_options {
	/* Audit only images with this tag, reference, or config or manifest digest (a prefix of 12 or more hex digits is
	 * enough). NULL: all. */
	const char *image;
	/* Audit only images of this "OS/ARCH" or "OS/ARCH/VARIANT". NULL: all. */
	const char *platform;
	/* Must live as long as the result. NULL: the rules that silt ships. */
	const struct silt_rules *rules;
	/*
	 * The day of judgement, in seconds since 1970: a token that says of itself that it has expired by then is of low
	 * severity. 0: expiry is told and judges nothing. The library never asks the clock.
	 */
	int64_t now;
	/* Keep the values of secrets for silt_finding.secret. They are wiped with the result. */
	bool keep_secrets;
	/* With keep_secrets: cut secrets out of names and texts all the same, as without it. */
	bool mask_names;
	/*
	 * Values to look for, whatever they look like there: in every byte, and in what silt decodes (silt_result_wanted).
	 * They make no findings. Copied; the copies are wiped with the result, but what the engines of the search made of them is
	 * only freed. One of less than SILT_WANTED_BYTES_MIN is not looked for.
	 */
	const struct silt_bytes *wanted;
	size_t wanted_count;
	/* Keep a digest of the content of every file (silt_entry_view.sha256, compare.h). */
	bool keep_digests;
	/*
	 * Read what the layers hold and look into no file: no secrets, no checks, no posture, no findings. Layers, entries, fates
	 * and the coverage account are as ever, but that nobody opened the archives among the files. No cache is asked.
	 */
	bool entries_only;
	/*
	 * With `entries_only`: last components of paths. Of files that are called so a digest is kept and, if they are small, the
	 * content, so that silt_dig need not read it again.
	 */
	const struct silt_bytes *keep_names;
	size_t keep_name_count;
	/*
	 * Compute the SHA-256 of the bundle itself, for silt_result_digest: of each byte of the file or stream, to its end. It
	 * is read forwards by one thread then. A folder has none.
	 */
	bool hash_bundle;
	/*
	 * Base images. What an image has in common with the longest of them that it begins with is inherited, the rest its
	 * own. None: what the history and the labels of the image give away.
	 */
	const struct silt_base *bases;
	size_t base_count;
	/* An image that begins with none of these has a finding. None: any base may be used. */
	const struct silt_base *allowed_bases;
	size_t allowed_base_count;
	/*
	 * Which checks and rules may make findings: ids, aliases, families, or patterns such as "history-*". `only` empty:
	 * all but those that are lint. SILT_ERR_USAGE if nothing has such a name.
	 */
	const char *const *only;
	size_t only_count;
	const char *const *skip; /* of these, none */
	size_t skip_count;
	bool lint; /* lint, too: matters of style */
	/* Budgets other than the defaults (limits.h). SILT_ERR_USAGE: no such limit, or a value that it cannot have. */
	const struct silt_limit_setting *limits;
	size_t limit_count;
	/*
	 * How many threads may be at work: layers of a file are read side by side, and a layer in stages. 0 and 1: the
	 * caller's only. The result is the same.
	 */
	unsigned jobs;
	/*
	 * What is known of layers from earlier audits: a layer that is in it is not surveyed again, and the result is the
	 * same. Borrowed until the audit ends. NULL: nothing. With `keep_secrets`, `keep_digests` or `wanted` it is not
	 * asked.
	 */
	const struct silt_cache_access *cache;
	/*
	 * Believe that a member "blobs/sha256/HEX" of a file or folder has that digest, if the cache knows it: it is not even
	 * read then. The coverage account says for how many that was so.
	 */
	bool trust_digests;
	/* Return false to stop the audit with SILT_ERR_STOPPED. May be NULL. */
	bool (*progress)(void *ctx, const struct silt_progress *progress);
	void *progress_ctx;
	/*
	 * A sign of life: called whenever some bytes were looked at or another step was taken, more often than `progress`.
	 * For a watchdog; must return at once. May be NULL. With `jobs` above 1 it is called from threads of the audit, too,
	 * at any time and several at a time.
	 */
	void (*pulse)(void *ctx);
	void *pulse_ctx;
};

/*
 * Does beforehand what an audit asks of the system beside its input: libraries read their settings and get random
 * numbers, the rules that silt ships are made ready. After it, an audit of a bundle that is open does nothing but read its
 * descriptor, open what is in its folder if it is one, and take memory: so a program can give up all other rights in
 * between. Otherwise nobody needs it. Once for the process.
 */
SILT_API enum silt_status silt_prepare(struct silt_error *err);

/*
 * Reads the bundle and judges it. `options` NULL: defaults. The result is the caller's.
 *
 * Damage does not make this fail: what could be read is judged, and the coverage account says what could not.
 * SILT_ERR_INPUT only if the input is no container image file at all, or if no image fits `image` and `platform`.
 * Not safe to call twice for one bundle: the second call is SILT_ERR_USAGE.
 */
SILT_API enum silt_status silt_audit(struct silt_bundle *bundle, const struct silt_options *options,
				     struct silt_result **out, struct silt_error *err);

#ifdef __cplusplus
}
#endif

#endif
