/* One locale for all tar readers of the process. */
#include "stream/tar_locale.h"

#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t shared;

static void make_shared(void)
{
	shared = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

locale_t silt_tar_locale(void)
{
	pthread_once(&once, make_shared);
	return shared;
}
