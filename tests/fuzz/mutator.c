/* For libFuzzer: its own mutations, of which every other one is a tar with good checksums again. */
#include "fuzz/repair.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	size = LLVMFuzzerMutate(data, size, max_size);
	if (seed % 2 == 0) {
		repair_tar(data, size);
	}
	return size;
}
