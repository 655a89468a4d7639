/* Reading exposed ports. */
#include "audit/exposed_port.h"

#include "base/ascii.h"

static bool read_port(struct silt_bytes text, uint64_t *port)
{
	if (text.len == 0 || !silt_all_digits(text)) {
		return false;
	}
	bool fits = silt_decimal(text, SILT_DECIMAL_FITS, port) == text.len;
	*port = fits ? *port : UINT64_MAX;
	return true;
}

bool silt_ports_read(struct silt_bytes text, struct silt_ports *out)
{
	struct silt_bytes rest = text, numbers = {0}, first = {0};
	silt_bytes_cut(&rest, '/', &numbers);
	silt_bytes_cut(&numbers, '-', &first);
	if (!read_port(first, &out->first)) {
		return false;
	}
	out->last = out->first;
	return numbers.len == 0 || read_port(numbers, &out->last);
}
