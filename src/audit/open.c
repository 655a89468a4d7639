/* Opening what is to be audited: a file, a pipe, a folder, a callback. */
#include "audit/open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum silt_status new_bundle(const char *name, struct silt_bundle **out, struct silt_error *err)
{
	struct silt_bundle *bundle = calloc(1, sizeof(*bundle));
	if (!bundle) {
		return silt_fail_memory(err);
	}
	bundle->fd = -1;
	bundle->name = strdup(name);
	if (!bundle->name) {
		free(bundle);
		return silt_fail_memory(err);
	}
	*out = bundle;
	return SILT_OK;
}

void silt_bundle_free(struct silt_bundle *bundle)
{
	if (!bundle) {
		return;
	}
	silt_folder_free(bundle->folder);
	silt_fd_source_free(bundle->file);
	silt_callback_source_free(bundle->callback);
	silt_spool_free(bundle->spool);
	if (bundle->owns_fd) {
		close(bundle->fd);
	}
	free(bundle->name);
	free(bundle);
}

static enum silt_status fail_errno(struct silt_error *err, const char *what)
{
	return silt_fail(err, SILT_ERR_IO, "%s: %s", what, strerror(errno));
}

/* A folder is an OCI layout, or what "skopeo copy ... dir:" writes; any other is refused before it is read. */
static enum silt_status demand_layout(int fd, struct silt_error *err)
{
	static const char *const names[] = {"oci-layout", "index.json", "manifest.json"};
	for (size_t i = 0; i < SILT_COUNT(names); i++) {
		if (faccessat(fd, names[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
			return SILT_OK;
		}
	}
	return silt_fail(err, SILT_ERR_INPUT,
			 "expected an OCI layout folder; found none of oci-layout, index.json, manifest.json in it "
			 "(a root filesystem is given as a tar: tar -C FOLDER -c . | silt scan -)");
}

static enum silt_status take_descriptor(struct silt_bundle *bundle, struct silt_error *err)
{
	struct stat facts;
	if (fstat(bundle->fd, &facts) != 0) {
		return fail_errno(err, "cannot look at it");
	}
	if (S_ISDIR(facts.st_mode)) {
		enum silt_status status = demand_layout(bundle->fd, err);
		if (status == SILT_OK) {
			status = silt_folder_new(bundle->fd, &bundle->folder, err);
		}
		bundle->total = status == SILT_OK ? silt_folder_total(bundle->folder) : 0;
		return status;
	}
	if (S_ISREG(facts.st_mode)) {
		bundle->total = (uint64_t)facts.st_size;
	}
	return silt_fd_source_new(bundle->fd, &bundle->file, err);
}

enum silt_status silt_bundle_open_path(const char *path, struct silt_bundle **out, struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	enum silt_status status = new_bundle(path, &bundle, err);
	if (status != SILT_OK) {
		return status;
	}
	bundle->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bundle->owns_fd = bundle->fd >= 0;
	status = bundle->owns_fd ? take_descriptor(bundle, err) : fail_errno(err, "cannot open it");
	if (status != SILT_OK) {
		silt_bundle_free(bundle);
		return status;
	}
	*out = bundle;
	return SILT_OK;
}

enum silt_status silt_bundle_open_fd(int fd, const char *name, struct silt_bundle **out, struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	enum silt_status status = new_bundle(name, &bundle, err);
	if (status != SILT_OK) {
		return status;
	}
	bundle->fd = fd;
	status = take_descriptor(bundle, err);
	if (status != SILT_OK) {
		silt_bundle_free(bundle);
		return status;
	}
	*out = bundle;
	return SILT_OK;
}

enum silt_status silt_bundle_open_read(int64_t (*read)(void *ctx, void *buffer, size_t size), void *ctx,
				       const char *name, struct silt_bundle **out, struct silt_error *err)
{
	struct silt_bundle *bundle = NULL;
	enum silt_status status = new_bundle(name, &bundle, err);
	if (status == SILT_OK) {
		bundle->read = read;
		bundle->read_ctx = ctx;
		status = silt_callback_source_new(read, ctx, &bundle->callback, err);
	}
	if (status != SILT_OK) {
		silt_bundle_free(bundle);
		return status;
	}
	*out = bundle;
	return SILT_OK;
}

enum silt_status silt_bundle_set_name(struct silt_bundle *bundle, const char *name, struct silt_error *err)
{
	char *copy = strdup(name);
	if (!copy) {
		return silt_fail_memory(err);
	}
	free(bundle->name);
	bundle->name = copy;
	return SILT_OK;
}

static int64_t read_descriptor(void *ctx, void *buffer, size_t size)
{
	const struct silt_bundle *bundle = ctx;
	ssize_t got;
	do {
		got = read(bundle->fd, buffer, size);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* A pipe that was opened as a descriptor is read by a callback like any other. */
enum silt_status silt_bundle_set_spool(struct silt_bundle *bundle, int fd, struct silt_error *err)
{
	if (bundle->used) {
		return silt_fail(err, SILT_ERR_USAGE, "what was read of a bundle already cannot be kept any more");
	}
	if (bundle->folder || bundle->spool || (bundle->file && silt_fd_source_rewind(bundle->file))) {
		return SILT_OK;
	}
	silt_read_fn *read = bundle->callback ? bundle->read : read_descriptor;
	enum silt_status status =
		silt_spool_new(fd, read, bundle->callback ? bundle->read_ctx : bundle, &bundle->spool, err);
	if (status != SILT_OK) {
		return status;
	}
	silt_callback_source_free(bundle->callback);
	silt_fd_source_free(bundle->file);
	bundle->callback = NULL;
	bundle->file = NULL;
	return silt_callback_source_new(silt_spool_keep, bundle->spool, &bundle->callback, err);
}

enum silt_status silt_bundle_rewind(struct silt_bundle *bundle, struct silt_error *err)
{
	if (bundle->folder) {
		silt_folder_rewind(bundle->folder);
		return SILT_OK;
	}
	if (bundle->spool) {
		silt_callback_source_free(bundle->callback);
		bundle->callback = NULL;
		silt_spool_rewind(bundle->spool);
		return silt_callback_source_new(silt_spool_give, bundle->spool, &bundle->callback, err);
	}
	return bundle->file && silt_fd_source_rewind(bundle->file)
		       ? SILT_OK
		       : silt_fail(err, SILT_ERR_INTERNAL, "a pipe cannot be read again");
}

struct silt_source silt_bundle_source(const struct silt_bundle *bundle)
{
	return bundle->file ? silt_fd_source(bundle->file) : silt_callback_source(bundle->callback);
}
