/*
 * Fuzz target: the readers of zip, ar, cpio and rpm, each over the same bytes. What comes out may not depend on how the
 * input is cut into blocks, and no member may be given without end.
 */
#include "content/archive.h"

#include <stdlib.h>

struct cut_source {
	struct silt_bytes rest;
	size_t block;
};

static enum silt_status next_cut(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	(void)err;
	struct cut_source *source = ctx;
	*block = silt_bytes_slice(source->rest, 0, source->block);
	source->rest = silt_bytes_slice(source->rest, source->block, source->rest.len);
	return SILT_OK;
}

struct outcome {
	uint64_t members, bytes, sum, flaws;
};

static void add(struct outcome *outcome, struct silt_bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		outcome->sum = outcome->sum * 31 + bytes.ptr[i];
	}
}

/* A bomb is a matter of budgets, not of this target. */
enum { ENOUGH = 16 * 1024 * 1024 };

static void need(bool ok)
{
	if (!ok) {
		abort();
	}
}

/* Reads the content; one that has ended has ended. */
static void read_content(struct silt_source content, struct outcome *outcome)
{
	struct silt_bytes block;
	do {
		need(silt_source_next(content, &block, NULL) == SILT_OK);
		add(outcome, block);
		outcome->bytes += block.len;
	} while (block.len > 0 && outcome->bytes < ENOUGH);
	if (block.len == 0) {
		need(silt_source_next(content, &block, NULL) == SILT_OK && block.len == 0);
	}
}

static struct outcome read_members(const struct silt_archive_format *format, void *reader, struct cut_source *cut)
{
	struct outcome outcome = {0};
	struct silt_archive_member member;
	bool more = true;
	need(format->begin(reader, (struct silt_source){.next = next_cut, .ctx = cut}, NULL) == SILT_OK);
	while (outcome.bytes < ENOUGH) {
		need(format->next(reader, &member, &more, NULL) == SILT_OK);
		if (!more) {
			break;
		}
		outcome.members++;
		add(&outcome, member.name);
		read_content(member.content, &outcome);
		outcome.flaws += format->flaw(reader).kind;
	}
	outcome.flaws += format->flaw(reader).kind;
	return outcome;
}

static struct outcome read_archive(const struct silt_archive_format *format, struct silt_bytes bytes, size_t block)
{
	void *reader = NULL;
	struct cut_source cut = {bytes, block};
	need(format->create(&silt_default_limits, &reader, NULL) == SILT_OK);
	struct outcome outcome = read_members(format, reader, &cut);
	format->destroy(reader);
	need(outcome.members <= bytes.len); /* each has a header */
	return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct silt_archive_format *const formats[] = {&silt_archive_zip, &silt_archive_ar,
								    &silt_archive_cpio, &silt_archive_rpm};
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		struct outcome whole = read_archive(formats[i], silt_bytes(data, size), size + 1);
		struct outcome pieces = read_archive(formats[i], silt_bytes(data, size), 1 + size % 61);
		need(whole.bytes >= ENOUGH || (whole.members == pieces.members && whole.bytes == pieces.bytes &&
					       whole.sum == pieces.sum && whole.flaws == pieces.flaws));
	}
	return 0;
}
