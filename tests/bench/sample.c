/*
 * Tars as inputs.py writes them, read into memory.
 */
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD = 512, NAME_SIZE = 100, SIZE_AT = 124, SIZE_DIGITS = 11, TYPE_AT = 156 };

void sample_die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(1);
}

static void *grown(void *list, size_t count, size_t size)
{
	list = realloc(list, count * size);
	if (!list) {
		sample_die("no memory");
	}
	return list;
}

struct silt_bytes sample_read(const char *name)
{
	FILE *file = fopen(name, "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0) {
		sample_die(name);
	}
	size_t size = (size_t)ftell(file);
	rewind(file);
	uint8_t *bytes = malloc(size + RECORD);
	if (!bytes || fread(bytes, 1, size, file) != size) {
		sample_die(name);
	}
	fclose(file);
	return silt_bytes(bytes, size);
}

static uint64_t octal(const uint8_t *digits, size_t count)
{
	uint64_t number = 0;
	for (size_t i = 0; i < count && digits[i] >= '0' && digits[i] <= '7'; i++) {
		number = number * 8 + (uint64_t)(digits[i] - '0');
	}
	return number;
}

static void add_file(struct sample *sample, const uint8_t *header, struct silt_bytes body)
{
	struct silt_bytes path = silt_bytes(header, strnlen((const char *)header, NAME_SIZE));
	sample->files = grown(sample->files, sample->file_count + 1, sizeof(*sample->files));
	sample->files[sample->file_count++] = (struct sample_file){path, body};
	sample->bytes += body.len;
}

void sample_add(struct sample *sample, const char *name)
{
	struct silt_bytes tar = sample_read(name);
	sample->tars = grown(sample->tars, sample->tar_count + 1, sizeof(*sample->tars));
	sample->tars[sample->tar_count++] = tar;
	size_t at = 0;
	while (tar.len - at >= RECORD && tar.ptr[at] != 0) {
		const uint8_t *header = tar.ptr + at;
		uint64_t size = octal(header + SIZE_AT, SIZE_DIGITS);
		at += RECORD;
		if (size > tar.len - at || tar.len - at - size < (RECORD - size % RECORD) % RECORD) {
			sample_die("a tar is cut off");
		}
		if (header[TYPE_AT] == '0') {
			add_file(sample, header, silt_bytes(tar.ptr + at, (size_t)size));
		}
		at += (size + RECORD - 1) / RECORD * RECORD;
	}
}

void sample_done(struct sample *sample)
{
	for (size_t i = 0; i < sample->tar_count; i++) {
		free((void *)(uintptr_t)sample->tars[i].ptr);
	}
	free(sample->tars);
	free(sample->files);
	*sample = (struct sample){0};
}
