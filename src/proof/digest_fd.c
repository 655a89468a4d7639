/* The digest of a file or pipe, to be compared with the subjects of an attestation. */
#include "silt/proof.h"
#include "stream/digest.h"
#include "stream/source.h"

enum silt_status silt_digest_fd(int fd, char out[72], struct silt_error *err)
{
	struct silt_fd_source *source = NULL;
	struct silt_hasher *hasher = NULL;
	struct silt_digest digest;
	enum silt_status status = silt_fd_source_new(fd, &source, err);
	if (status == SILT_OK) {
		status = silt_hasher_new(&hasher, err);
	}
	if (status == SILT_OK) {
		struct silt_tap tap = {silt_fd_source(source), silt_hasher_see, hasher, 0};
		status = silt_source_drain(silt_tap(&tap), err);
	}
	if (status == SILT_OK) {
		silt_hasher_end(hasher, &digest);
		silt_digest_text(&digest, out);
	}
	silt_hasher_free(hasher);
	silt_fd_source_free(source);
	return status;
}
