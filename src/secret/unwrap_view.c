/* The stream as a decoder sees it: some of what was, and a little of what comes. */
#include "secret/unwrap.h"

struct silt_bytes silt_view_bytes(const struct silt_view *view, uint64_t at, size_t len)
{
	uint64_t left = view->recent->fed - at;
	return silt_recent_bytes(view->recent, at, left < len ? (size_t)left : len);
}

struct silt_bytes silt_view_before(const struct silt_view *view, uint64_t done, uint64_t at)
{
	uint64_t from = at > SILT_UNWRAP_BACK ? at - SILT_UNWRAP_BACK : 0;
	from = from > done ? from : done;
	return from < at ? silt_view_bytes(view, from, (size_t)(at - from)) : silt_bytes(NULL, 0);
}
