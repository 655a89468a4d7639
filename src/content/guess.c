/* Well-known magic numbers of files that people hand over by mistake. */
#include "content/guess.h"

#include "base/attributes.h"

struct magic {
	size_t offset;
	struct silt_bytes bytes;
	const char *what;
};

static bool is_text(struct silt_bytes start)
{
	for (size_t i = 0; i < start.len; i++) {
		uint8_t byte = start.ptr[i];
		if (byte < ' ' && byte != '\n' && byte != '\t' && byte != '\r') {
			return false;
		}
	}
	return true;
}

const char *silt_guess_file(struct silt_bytes start)
{
	const struct magic magics[] = {
		{0, SILT_LITERAL("PK\003\004"), "a zip archive"},
		{0, SILT_LITERAL("hsqs"), "a squashfs file system"},
		{32, SILT_LITERAL("SIF_MAGIC"), "a SIF image of apptainer"},
		{0, SILT_LITERAL("\177ELF"), "an ELF program"},
		{0, SILT_LITERAL("QFI\373"), "a qcow2 disk image"},
		{0, SILT_LITERAL("!<arch>\n"), "an ar archive (a .deb file?)"},
		{0, SILT_LITERAL("\355\253\356\333"), "an RPM package"},
		{0, SILT_LITERAL("7z\274\257\047\034"), "a 7z archive"},
		{0, SILT_LITERAL("070701"), "a cpio archive"},
		{0, SILT_LITERAL("\004\"M\030"), "lz4-compressed data, which no container tool loads"},
		{0, SILT_LITERAL("%PDF"), "a PDF file"},
		{32769, SILT_LITERAL("CD001"), "an ISO 9660 image"},
	};
	if (start.len == 0) {
		return "an empty file";
	}
	for (size_t i = 0; i < SILT_COUNT(magics); i++) {
		struct silt_bytes at = silt_bytes_slice(start, magics[i].offset, magics[i].bytes.len);
		if (silt_bytes_equal(at, magics[i].bytes)) {
			return magics[i].what;
		}
	}
	struct silt_bytes head = silt_bytes_trim(silt_bytes_slice(start, 0, 512));
	if (!is_text(head)) {
		return "unknown binary data";
	}
	return head.len > 0 && (head.ptr[0] == '{' || head.ptr[0] == '[') ? "a JSON document" : "text";
}
