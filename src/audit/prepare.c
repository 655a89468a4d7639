/* What an audit needs of the system beside its input, fetched beforehand. */
#include "silt/audit.h"

#include "base/json.h"
#include "base/secure.h"
#include "secret/matcher.h"
#include "stream/digest.h"
#include "stream/tar_locale.h"

#include <pthread.h>

/* libcrypto reads its configuration when an algorithm is first asked for. */
static enum silt_status prepare_crypto(struct silt_error *err)
{
	struct silt_hasher *hasher = NULL;
	enum silt_status status = silt_hasher_new(&hasher, err);
	silt_hasher_free(hasher);
	return status;
}

static void *do_nothing(void *ctx)
{
	return ctx;
}

/* The C library installs a signal handler before the first thread. Where there can be none, an audit will say so. */
static void prepare_threads(void)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, do_nothing, NULL) == 0) {
		pthread_join(thread, NULL);
	}
}

enum silt_status silt_prepare(struct silt_error *err)
{
	const struct silt_matcher *matcher = NULL;
	enum silt_status status = silt_secure_init(err);
	if (status == SILT_OK) {
		status = silt_matcher_shared(&matcher, err);
	}
	if (status == SILT_OK) {
		status = prepare_crypto(err);
	}
	prepare_threads();
	silt_json_prepare();
	(void)silt_tar_locale();
	return status;
}
