/* What a file is called that has been taken out of another. */
#include "layer/nested_name.h"

#include "base/limits.h"

struct suffix {
	struct silt_bytes packed;
	struct silt_bytes unpacked;
};

void silt_unpacked_name(struct silt_bytes packed, struct silt_buffer *out)
{
	const struct suffix suffixes[] = {
		{SILT_LITERAL(".gz"), SILT_LITERAL("")},       {SILT_LITERAL(".bz2"), SILT_LITERAL("")},
		{SILT_LITERAL(".xz"), SILT_LITERAL("")},       {SILT_LITERAL(".zst"), SILT_LITERAL("")},
		{SILT_LITERAL(".tgz"), SILT_LITERAL(".tar")},  {SILT_LITERAL(".tbz"), SILT_LITERAL(".tar")},
		{SILT_LITERAL(".txz"), SILT_LITERAL(".tar")},  {SILT_LITERAL(".tbz2"), SILT_LITERAL(".tar")},
		{SILT_LITERAL(".tzst"), SILT_LITERAL(".tar")}, {SILT_LITERAL(".svgz"), SILT_LITERAL(".svg")},
		{SILT_LITERAL(".rpm"), SILT_LITERAL(".cpio")},
	};
	struct silt_bytes ending = silt_bytes(NULL, 0);
	for (size_t i = 0; i < SILT_COUNT(suffixes); i++) {
		if (packed.len > suffixes[i].packed.len && silt_bytes_end_with(packed, suffixes[i].packed)) {
			packed.len -= suffixes[i].packed.len;
			ending = suffixes[i].unpacked;
			break;
		}
	}
	silt_add_inner_name(out, packed);
	silt_add_inner_name(out, ending);
}

void silt_add_inner_name(struct silt_buffer *to, struct silt_bytes name)
{
	static const uint8_t cut[] = {'.', '.', '.'};
	size_t room = to->len < SILT_PATH_MAX ? SILT_PATH_MAX - to->len : 0;
	silt_buffer_add(to, silt_bytes_slice(name, 0, room));
	if (name.len > room && to->len >= sizeof(cut)) {
		memcpy(to->ptr + to->len - sizeof(cut), cut, sizeof(cut));
	}
}
