/* Two records, compared. */
#include "unit/layer/same_record.h"

#include "unit/stream/cmocka_test.h"

#define SAME(member) assert_true(a->member == b->member)
#define SAME_RAW(member) assert_memory_equal(&a->member, &b->member, sizeof(a->member))
#define SAME_SPAN(member) assert_true(silt_bytes_equal(a->member, b->member))
#define SAME_TEXT(member) assert_same_text(a->member, b->member)
#define SAME_ITEMS(items, count, compare)                                                                              \
	do {                                                                                                           \
		assert_int_equal(a->count, b->count);                                                                  \
		for (size_t i = 0; i < a->count; i++) {                                                                \
			compare(&a->items[i], &b->items[i]);                                                           \
		}                                                                                                      \
	} while (0)

static void assert_same_text(const char *a, const char *b)
{
	assert_true(!a == !b);
	if (a) {
		assert_string_equal(a, b);
	}
}

static void same_entry(const struct silt_entry *a, const struct silt_entry *b)
{
	SAME(size);
	SAME(folder);
	SAME(name);
	SAME(block);
	SAME(time);
	SAME(uid);
	SAME(gid);
	SAME(mode);
	SAME(type);
	SAME(whiteout);
	SAME(flags);
	SAME(program);
}

static void same_extra(const struct silt_extra *a, const struct silt_extra *b)
{
	SAME(entry);
	SAME(link);
	SAME(capability);
	SAME(dev_major);
	SAME(dev_minor);
	SAME(mtime);
}

static void same_hit(const struct silt_hit *a, const struct silt_hit *b)
{
	SAME(rule);
	SAME(place);
	SAME(severity);
	SAME(confidence);
	SAME(entry);
	SAME(offset);
	SAME(length);
	SAME_TEXT(note);
	SAME_TEXT(field);
	SAME_TEXT(preview);
	SAME_TEXT(via);
	SAME_TEXT(facts);
	SAME(expires);
	SAME_SPAN(inner);
	SAME_SPAN(secret);
	SAME_RAW(value);
	SAME_RAW(public_id);
}

static void same_half(const struct silt_public_half *a, const struct silt_public_half *b)
{
	SAME_RAW(id);
	SAME(entry);
	SAME_TEXT(what);
	SAME_SPAN(inner);
}

static void same_capture(const struct silt_capture *a, const struct silt_capture *b)
{
	SAME(entry);
	SAME_SPAN(body);
	SAME(whole);
}

static void same_fact(const struct silt_fact *a, const struct silt_fact *b)
{
	SAME(entry);
	SAME(line);
	SAME(kind);
	SAME_SPAN(text);
}

static void same_program(const struct silt_program *a, const struct silt_program *b)
{
	SAME(entry);
	SAME(kind);
	SAME_SPAN(interpreter);
	SAME_TEXT(shell);
	SAME(build_id_len);
	SAME_RAW(build_id);
}

static void same_package(const struct silt_package *a, const struct silt_package *b)
{
	SAME_SPAN(name);
	SAME(database);
	SAME(kind);
}

static void same_claim(const struct silt_claim *a, const struct silt_claim *b)
{
	SAME_RAW(id);
	SAME(package);
	SAME(flags);
}

static void same_digests(const struct silt_body_digests *a, const struct silt_body_digests *b)
{
	SAME(entry);
	SAME_RAW(known);
	SAME_RAW(value);
}

static void same_anomaly(const struct silt_anomaly *a, const struct silt_anomaly *b)
{
	SAME(kind);
	SAME(limit);
	SAME(entry);
	SAME(offset);
	SAME_TEXT(text);
}

/* By every text that something names, and by what the store counts. */
static void same_texts(const struct silt_record *a, const struct silt_record *b)
{
	SAME(texts.count);
	SAME(texts.used);
	SAME(texts.total);
	for (size_t i = 0; i < a->entry_count; i++) {
		struct silt_path_room here, there;
		const struct silt_entry *left = &a->entries[i], *right = &b->entries[i];
		assert_true(silt_bytes_equal(silt_entry_path(a, left, &here), silt_entry_path(b, right, &there)));
		assert_true(silt_bytes_equal(silt_entry_link(a, left), silt_entry_link(b, right)));
		assert_true(silt_bytes_equal(silt_entry_capability(a, left), silt_entry_capability(b, right)));
		assert_true(silt_entry_mtime(a, left) == silt_entry_mtime(b, right));
	}
}

void assert_same_record(const struct silt_record *a, const struct silt_record *b)
{
	SAME_RAW(digest.sha256);
	SAME(digest.known);
	SAME_RAW(diff_id.sha256);
	SAME(diff_id.known);
	SAME(compression);
	SAME(blob_bytes);
	SAME(bytes);
	SAME(entry_bytes);
	SAME(nested_bytes);
	SAME(complete);
	SAME_RAW(anomaly_totals);
	SAME_ITEMS(entries, entry_count, same_entry);
	SAME_ITEMS(extras, extra_count, same_extra);
	same_texts(a, b);
	SAME_ITEMS(hits, hit_count, same_hit);
	SAME_ITEMS(public_halves, public_count, same_half);
	SAME_ITEMS(captures, capture_count, same_capture);
	SAME_ITEMS(facts, fact_count, same_fact);
	SAME_ITEMS(programs, program_count, same_program);
	SAME_ITEMS(packages, package_count, same_package);
	SAME_ITEMS(claims, claim_count, same_claim);
	SAME_ITEMS(digests, digest_count, same_digests);
	SAME_ITEMS(anomalies, anomaly_count, same_anomaly);
}
