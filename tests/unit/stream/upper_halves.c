#include "upper_halves.h"

#if defined(__x86_64__)
#include <cpuid.h>

bool upper_halves_are_told(void)
{
	unsigned a, b, c, d;
	const bool has_xsave = __get_cpuid_count(1, 0, &a, &b, &c, &d) && (c & bit_OSXSAVE) != 0;
	return has_xsave && __get_cpuid_count(13, 1, &a, &b, &c, &d) && (a & 4) != 0; /* XGETBV with ECX = 1 */
}

bool upper_halves_are_in_use(void)
{
	unsigned low, high;
	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(1));
	return (low & 4) != 0; /* XINUSE, AVX state */
}

#else

bool upper_halves_are_told(void)
{
	return false;
}

bool upper_halves_are_in_use(void)
{
	return false;
}

#endif
