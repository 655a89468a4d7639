/* The formats of archives, and which one a file is. */
#include "content/archive.h"

#include "base/attributes.h"

static const struct silt_archive_format *const formats[SILT_ARCHIVE_FORMATS] = {
	&silt_archive_packed, &silt_archive_zip, &silt_archive_ar,  &silt_archive_cpio,
	&silt_archive_rpm,    &silt_archive_git, &silt_archive_tar,
};

const struct silt_archive_format *silt_archive_sniff(struct silt_bytes start)
{
	for (size_t i = 0; i < SILT_COUNT(formats); i++) {
		if (formats[i]->sniff(start)) {
			return formats[i];
		}
	}
	return NULL;
}

const struct silt_archive_format *silt_archive_at(size_t index)
{
	return formats[index];
}

size_t silt_archive_index(const struct silt_archive_format *format)
{
	size_t index = 0;
	while (formats[index] != format) {
		index++;
	}
	return index;
}
