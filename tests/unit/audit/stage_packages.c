#include "stage_packages.h"

#include "layer/owned.h"

#include <stdlib.h>

static void *grown(void *items, size_t count, size_t size)
{
	void *more = realloc(items, (count + 1) * size);
	if (!more) {
		abort();
	}
	memset((char *)more + count * size, 0, size);
	return more;
}

static struct silt_bytes copied(struct silt_record *record, const char *text)
{
	struct silt_bytes copy = silt_arena_copy(&record->arena, silt_bytes_text(text));
	if (!copy.ptr) {
		abort();
	}
	return copy;
}

static void make_sum(int content, uint8_t sum[static SILT_SUM_MAX])
{
	memset(sum, 0, SILT_SUM_MAX);
	sum[0] = (uint8_t)content;
}

uint32_t stage_database(struct silt_record *record, const char *path)
{
	return stage_entry(record, SILT_ENTRY_FILE, path, 0644);
}

void stage_claim(struct silt_record *record, uint32_t database, const char *package, const char *path, int content,
		 unsigned flags)
{
	struct silt_path_room room;
	enum silt_package_db kind = silt_package_db_at(silt_entry_path(record, &record->entries[database], &room));
	enum silt_sum_kind sum_kind = kind == SILT_PACKAGE_DB_DPKG     ? SILT_SUM_MD5
				      : kind == SILT_PACKAGE_DB_PYTHON ? SILT_SUM_SHA256
								       : SILT_SUM_SHA1;
	record->packages = grown(record->packages, record->package_count, sizeof(*record->packages));
	record->packages[record->package_count] =
		(struct silt_package){.name = copied(record, package), .database = database, .kind = kind};
	record->claims = grown(record->claims, record->claim_count, sizeof(*record->claims));
	struct silt_claim *claim = &record->claims[record->claim_count++];
	uint8_t sum[SILT_SUM_MAX];
	make_sum(content, sum);
	silt_claim_id(silt_bytes_text(path), sum_kind, content ? sum : NULL, claim->id);
	claim->package = (uint32_t)record->package_count++ & 0xfffffff;
	claim->flags = flags & 15;
}

void stage_claims_end(struct silt_record *record)
{
	silt_owned_end(record);
}

uint32_t stage_digested(struct silt_record *record, const char *path, unsigned mode, int content)
{
	uint32_t entry = stage_entry(record, SILT_ENTRY_FILE, path, mode);
	record->digests = grown(record->digests, record->digest_count, sizeof(*record->digests));
	struct silt_body_digests *digests = &record->digests[record->digest_count++];
	digests->entry = entry;
	for (size_t kind = 0; kind < SILT_SUM_KINDS; kind++) {
		digests->known[kind] = true;
		make_sum(content, digests->value[kind]);
	}
	return entry;
}
