/* Makes mutated tars readable again, so that a fuzzer gets past their checksums. */
#ifndef SILT_TESTS_FUZZ_REPAIR_H
#define SILT_TESTS_FUZZ_REPAIR_H

#include <stddef.h>
#include <stdint.h>

/* Sets the checksum of every block of 512 bytes that claims to be a ustar header. */
void repair_tar(uint8_t *bytes, size_t size);

#endif
