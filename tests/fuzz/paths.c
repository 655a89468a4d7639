/*
 * Fuzz target: names cleaned as Docker does it. The same as by a naive way that takes a list of components; what is clean
 * stays as it is; and the components of a clean name put together are that name.
 */
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

struct naive {
	uint8_t *text; /* clean so far, every component with a "/" behind it */
	size_t len;
	unsigned flags;
};

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void leave(struct naive *naive)
{
	naive->flags |= SILT_PATH_DOTDOT;
	if (naive->len == 0) {
		naive->flags |= SILT_PATH_ESCAPES;
		return;
	}
	do {
		naive->len--;
	} while (naive->len > 0 && naive->text[naive->len - 1] != '/');
}

static void enter(struct naive *naive, struct silt_bytes component)
{
	if (component.len == 0 || silt_bytes_equal(component, SILT_LITERAL("."))) {
		return;
	}
	if (silt_bytes_equal(component, SILT_LITERAL(".."))) {
		leave(naive);
		return;
	}
	memcpy(naive->text + naive->len, component.ptr, component.len);
	naive->len += component.len;
	naive->text[naive->len++] = '/';
}

static void clean_naively(struct naive *naive, struct silt_bytes raw)
{
	naive->flags = raw.len > 0 && raw.ptr[0] == '/' ? SILT_PATH_ABSOLUTE : 0;
	naive->flags |= silt_bytes_find_byte(raw, '\0') != SIZE_MAX ? SILT_PATH_NUL : 0;
	for (size_t i = 0, start = 0; i <= raw.len; i++) {
		if (i == raw.len || raw.ptr[i] == '/') {
			enter(naive, silt_bytes_slice(raw, start, i - start));
			start = i + 1;
		}
	}
	naive->len -= naive->len > 0; /* the last "/" */
}

static void check_components(struct silt_bytes clean)
{
	struct silt_bytes rest = clean, component;
	size_t len = 0;
	while (silt_path_next(&rest, &component)) {
		demand(component.len > 0 && silt_bytes_find_byte(component, '/') == SIZE_MAX);
		len += component.len + 1;
	}
	demand(clean.len == 0 ? len == 0 : len == clean.len + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned flags = 0, again = 0;
	uint8_t *out = malloc(size + 1);
	struct naive naive = {.text = malloc(size + 1)};
	demand(out && naive.text);
	struct silt_bytes clean = silt_bytes(out, silt_path_clean(silt_bytes(data, size), out, &flags));
	clean_naively(&naive, silt_bytes(data, size));
	demand(silt_bytes_equal(clean, silt_bytes(naive.text, naive.len)) && flags == naive.flags);
	check_components(clean);
	demand(silt_path_clean(clean, out, &again) == clean.len && (again & ~(unsigned)SILT_PATH_NUL) == 0);
	free(out);
	free(naive.text);
	return 0;
}
