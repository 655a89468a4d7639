/* CRC-32 by ISA-L. */
#include "stream/crc32.h"

#include <isa-l/crc.h>

/*
 * ISA-L 2.30 leaves the upper halves of the vector registers in use: no VZEROUPPER (Intel 64 and IA-32 Architectures
 * Optimization Reference Manual, "Mixing Intel AVX Code with Intel SSE Code"). From then on, older instructions wait for
 * stores that they do not need, hundreds of cycles each, also in the threads that this one makes: to place a million entries
 * of a gzip layer took 0.15 s longer.
 */
#if defined(__x86_64__)
__attribute__((target("avx"))) static void clear_upper_halves(void)
{
	__builtin_ia32_vzeroupper();
}

static void leave_isal(void)
{
	if (__builtin_cpu_supports("avx")) {
		clear_upper_halves();
	}
}
#else
static void leave_isal(void)
{
}
#endif

uint32_t silt_crc32_add(uint32_t crc, struct silt_bytes bytes)
{
	if (bytes.len > 0) {
		crc = crc32_gzip_refl(crc, bytes.ptr, bytes.len);
		leave_isal();
	}
	return crc;
}
