/* Is this a tar? The checksum of the first header says. */
#include "stream/tar.h"
#include "stream/tar_header.h"

enum silt_tar_start silt_tar_sniff(struct silt_bytes start)
{
	if (start.len < SILT_TAR_BLOCK) {
		return SILT_TAR_START_NO;
	}
	if (silt_bytes_all(start, 0)) {
		return SILT_TAR_START_EMPTY;
	}
	return silt_tar_checksum_holds(start.ptr) ? SILT_TAR_START_YES : SILT_TAR_START_NO;
}
