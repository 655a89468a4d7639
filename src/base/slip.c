/* Comparing words that are nearly the same. */
#include "base/slip.h"

#include "base/bytes.h"

bool silt_is_slip(struct silt_bytes a, struct silt_bytes b)
{
	while (a.len > 0 && b.len > 0 && a.ptr[0] == b.ptr[0]) {
		a = silt_bytes_slice(a, 1, a.len);
		b = silt_bytes_slice(b, 1, b.len);
	}
	while (a.len > 0 && b.len > 0 && a.ptr[a.len - 1] == b.ptr[b.len - 1]) {
		a.len--;
		b.len--;
	}
	bool swapped = a.len == 2 && b.len == 2 && a.ptr[0] == b.ptr[1] && a.ptr[1] == b.ptr[0];
	return swapped || (a.len <= 1 && b.len <= 1);
}
