/* The records of a PAX header. */
#include "stream/tar_pax.h"

#include "base/arena.h"
#include "stream/tar_field.h"

#include <stdlib.h>

static const struct silt_bytes keys[SILT_TAR_PAX_KEYS] = {
	[SILT_TAR_PAX_PATH] = SILT_LITERAL_INIT("path"),
	[SILT_TAR_PAX_LINKPATH] = SILT_LITERAL_INIT("linkpath"),
	[SILT_TAR_PAX_SIZE] = SILT_LITERAL_INIT("size"),
	[SILT_TAR_PAX_UID] = SILT_LITERAL_INIT("uid"),
	[SILT_TAR_PAX_GID] = SILT_LITERAL_INIT("gid"),
	[SILT_TAR_PAX_MTIME] = SILT_LITERAL_INIT("mtime"),
	[SILT_TAR_PAX_ATIME] = SILT_LITERAL_INIT("atime"),
	[SILT_TAR_PAX_CTIME] = SILT_LITERAL_INIT("ctime"),
	[SILT_TAR_PAX_UNAME] = SILT_LITERAL_INIT("uname"),
	[SILT_TAR_PAX_GNAME] = SILT_LITERAL_INIT("gname"),
	[SILT_TAR_PAX_SPARSE_MAJOR] = SILT_LITERAL_INIT("GNU.sparse.major"),
	[SILT_TAR_PAX_SPARSE_MINOR] = SILT_LITERAL_INIT("GNU.sparse.minor"),
	[SILT_TAR_PAX_SPARSE_NAME] = SILT_LITERAL_INIT("GNU.sparse.name"),
	[SILT_TAR_PAX_SPARSE_SIZE] = SILT_LITERAL_INIT("GNU.sparse.size"),
	[SILT_TAR_PAX_SPARSE_REALSIZE] = SILT_LITERAL_INIT("GNU.sparse.realsize"),
	[SILT_TAR_PAX_SPARSE_NUMBLOCKS] = SILT_LITERAL_INIT("GNU.sparse.numblocks"),
	[SILT_TAR_PAX_SPARSE_MAP] = SILT_LITERAL_INIT("GNU.sparse.map"),
};

void silt_tar_pax_done(struct silt_tar_pax *pax)
{
	free(pax->xattrs);
	silt_buffer_done(&pax->map);
}

void silt_tar_pax_clear(struct silt_tar_pax *pax)
{
	if (!pax->used) {
		return;
	}
	memset(pax->values, 0, sizeof(pax->values));
	silt_buffer_clear(&pax->map);
	pax->map_numbers = 0;
	pax->xattr_count = pax->foreign_xattr_count = 0;
	pax->used = false;
}

/* ---- Records --------------------------------------------------------------------------------------------------------- */

/* Cuts one record off `*rest`. */
static bool cut_record(struct silt_bytes *rest, struct silt_bytes *key, struct silt_bytes *value)
{
	int64_t length;
	size_t blank = silt_bytes_find_byte(*rest, ' ');
	if (blank == SIZE_MAX || !silt_tar_decimal(silt_bytes_slice(*rest, 0, blank), &length) || length < 5 ||
	    (uint64_t)length > rest->len || (uint64_t)length < blank + 2 || rest->ptr[length - 1] != '\n') {
		return false;
	}
	struct silt_bytes record = silt_bytes(rest->ptr + blank + 1, (size_t)length - blank - 2);
	*rest = silt_bytes(rest->ptr + length, rest->len - (size_t)length);
	size_t equals = silt_bytes_find_byte(record, '=');
	if (equals == SIZE_MAX || equals == 0) {
		return false;
	}
	*key = silt_bytes(record.ptr, equals);
	*value = silt_bytes(record.ptr + equals + 1, record.len - equals - 1);
	return true;
}

static bool has_nul(struct silt_bytes text)
{
	return silt_bytes_find_byte(text, '\0') != SIZE_MAX;
}

static enum silt_tar_pax_key find_key(struct silt_bytes key)
{
	size_t i = 0;
	while (i < SILT_TAR_PAX_KEYS && !silt_bytes_equal(keys[i], key)) {
		i++;
	}
	return (enum silt_tar_pax_key)i;
}

static bool is_name(enum silt_tar_pax_key key)
{
	return key == SILT_TAR_PAX_PATH || key == SILT_TAR_PAX_LINKPATH || key == SILT_TAR_PAX_UNAME ||
	       key == SILT_TAR_PAX_GNAME;
}

/* Puts an attribute behind all others. */
static bool add_xattr(struct silt_tar_pax *pax, struct silt_bytes name, struct silt_bytes value)
{
	void *items = pax->xattrs;
	size_t count = pax->xattr_count + pax->foreign_xattr_count;
	if (!silt_grow(&items, count, &pax->xattr_capacity, sizeof(*pax->xattrs))) {
		pax->failed = true;
		return false;
	}
	pax->xattrs = items;
	pax->xattrs[count] = (struct silt_tar_xattr){name, value};
	return true;
}

/* Offsets and lengths take turns; each is a record. */
static const char *add_to_map(struct silt_tar_pax *pax, bool is_offset, struct silt_bytes value)
{
	bool expects_offset = pax->map_numbers % 2 == 0;
	if (is_offset != expects_offset || silt_bytes_find_byte(value, ',') != SIZE_MAX) {
		return "the map of a sparse file in a PAX header is out of order";
	}
	if (pax->map_numbers++ > 0) {
		silt_buffer_add_byte(&pax->map, ',');
	}
	silt_buffer_add(&pax->map, value);
	return NULL;
}

static const char *take_record(struct silt_tar_pax *pax, struct silt_bytes key, struct silt_bytes value)
{
	static const struct silt_bytes xattr = SILT_LITERAL_INIT("SCHILY.xattr.");
	enum silt_tar_pax_key known = find_key(key);
	if (has_nul(key) || (is_name(known) && has_nul(value))) {
		return "a name in a PAX header has a NUL";
	}
	if (known < SILT_TAR_PAX_KEYS) {
		pax->values[known] = value;
	} else if (silt_bytes_start_with(key, xattr)) {
		pax->xattr_count += add_xattr(pax, silt_bytes_slice(key, xattr.len, SIZE_MAX), value);
	} else if (silt_bytes_equal(key, SILT_LITERAL("GNU.sparse.offset"))) {
		return add_to_map(pax, true, value);
	} else if (silt_bytes_equal(key, SILT_LITERAL("GNU.sparse.numbytes"))) {
		return add_to_map(pax, false, value);
	}
	return NULL;
}

/* ---- Extended attributes --------------------------------------------------------------------------------------------- */

/* By name; of one name the last record first, which is the one with the higher address. */
static int compare_xattrs(const void *a, const void *b)
{
	const struct silt_tar_xattr *x = a, *y = b;
	int order = silt_bytes_compare(x->name, y->name);
	return order != 0 ? order : (x->name.ptr < y->name.ptr) - (x->name.ptr > y->name.ptr);
}

static void settle_xattrs(struct silt_tar_pax *pax)
{
	if (pax->xattr_count > 1) {
		qsort(pax->xattrs, pax->xattr_count, sizeof(*pax->xattrs), compare_xattrs);
	}
	size_t kept = 0;
	struct silt_bytes before = {0};
	for (size_t i = 0; i < pax->xattr_count; i++) {
		struct silt_tar_xattr xattr = pax->xattrs[i];
		bool repeats = i > 0 && silt_bytes_equal(before, xattr.name);
		before = xattr.name;
		if (!repeats) {
			pax->xattrs[kept++] = xattr;
		}
	}
	pax->xattr_count = kept;
}

static int compare_names(const void *name, const void *xattr)
{
	return silt_bytes_compare(*(const struct silt_bytes *)name, ((const struct silt_tar_xattr *)xattr)->name);
}

void silt_tar_pax_add_foreign_xattr(struct silt_tar_pax *pax, struct silt_bytes name, struct silt_bytes value)
{
	pax->used = true;
	if (pax->xattr_count == 0 ||
	    !bsearch(&name, pax->xattrs, pax->xattr_count, sizeof(*pax->xattrs), compare_names)) {
		pax->foreign_xattr_count += add_xattr(pax, name, value);
	}
}

const char *silt_tar_pax_read(struct silt_tar_pax *pax, struct silt_bytes records)
{
	struct silt_bytes key, value;
	const char *refusal = NULL;
	silt_tar_pax_clear(pax);
	pax->used = true;
	while (records.len > 0 && !refusal) {
		refusal = cut_record(&records, &key, &value) ? take_record(pax, key, value)
							     : "a record of a PAX header is malformed";
	}
	settle_xattrs(pax);
	if (pax->map_numbers > 0) {
		pax->values[SILT_TAR_PAX_SPARSE_MAP] = silt_buffer_bytes(&pax->map);
	}
	pax->failed = pax->failed || pax->map.failed;
	return refusal;
}

/* ---- Times ----------------------------------------------------------------------------------------------------------- */

bool silt_tar_pax_time(struct silt_bytes text, int64_t *seconds)
{
	size_t point = silt_bytes_find_byte(text, '.');
	struct silt_bytes fraction = silt_bytes_slice(text, point == SIZE_MAX ? text.len : point + 1, SIZE_MAX);
	int64_t whole;
	if (!silt_tar_decimal(silt_bytes_slice(text, 0, point), &whole)) {
		return false;
	}
	bool above = false;
	for (size_t i = 0; i < fraction.len; i++) {
		if (fraction.ptr[i] < '0' || fraction.ptr[i] > '9') {
			return false;
		}
		above = above || (i < 9 && fraction.ptr[i] != '0'); /* nanoseconds; the rest is dropped */
	}
	bool below = text.ptr[0] == '-' && above && whole > INT64_MIN;
	*seconds = below ? whole - 1 : whole;
	return true;
}
