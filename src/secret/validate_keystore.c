/*
 * Keystores: files that hold keys behind a password, of which the outside tells whether there are any.
 *
 *   Java     magic:4 (feedfeed; cececece: JCEKS) version:4 entries:4, then of each entry
 *            tag:4 (1 key, 2 certificate, 3 secret key of JCEKS) alias: length:2, bytes; date:8
 *              1: length:4, encrypted key; certificates:4, each [type: length:2, bytes] length:4, bytes
 *              2: [type: length:2, bytes] length:4, bytes
 *            The types are there from version 2 on. All numbers have their highest byte first.
 */
#include "secret/validate.h"

#include "base/attributes.h"

enum {
	ENTRY_KEY = 1,
	ENTRY_CERTIFICATE = 2,
	ENTRY_SECRET = 3,
};

static bool cut(struct silt_bytes *rest, size_t count, struct silt_bytes *piece)
{
	if (count > rest->len) {
		return false;
	}
	*piece = silt_bytes(rest->ptr, count);
	*rest = silt_bytes(rest->ptr + count, rest->len - count);
	return true;
}

static bool cut_u32(struct silt_bytes *rest, uint32_t *number)
{
	struct silt_bytes piece;
	if (!cut(rest, 4, &piece)) {
		return false;
	}
	*number = silt_u32be(piece.ptr);
	return true;
}

static bool cut_text(struct silt_bytes *rest, struct silt_bytes *text)
{
	struct silt_bytes piece;
	return cut(rest, 2, &piece) && cut(rest, (size_t)piece.ptr[0] << 8 | piece.ptr[1], text);
}

static bool skip_certificate(struct silt_bytes *rest, uint32_t version)
{
	struct silt_bytes skipped;
	uint32_t length;
	return (version < 2 || cut_text(rest, &skipped)) && cut_u32(rest, &length) && cut(rest, length, &skipped);
}

enum store_state { STORE_KEYS, STORE_CERTIFICATES, STORE_CUT, STORE_BROKEN };

/* Looks for the first entry that is a key. `*alias` is its name. */
static enum store_state walk_store(struct silt_bytes store, struct silt_bytes *alias, uint32_t *tag)
{
	struct silt_bytes date;
	uint32_t magic, version, entries;
	if (!cut_u32(&store, &magic) || !cut_u32(&store, &version) || !cut_u32(&store, &entries) || version < 1 ||
	    version > 2) {
		return STORE_BROKEN;
	}
	for (uint32_t i = 0; i < entries; i++) {
		if (!cut_u32(&store, tag)) {
			return i > 0 ? STORE_CUT : STORE_BROKEN;
		}
		if (*tag < ENTRY_KEY || *tag > ENTRY_SECRET || !cut_text(&store, alias) || !cut(&store, 8, &date)) {
			return STORE_BROKEN;
		}
		if (*tag != ENTRY_CERTIFICATE) {
			return STORE_KEYS;
		}
		if (!skip_certificate(&store, version)) {
			return STORE_CUT;
		}
	}
	return STORE_CERTIFICATES;
}

/* Certificates are no secrets: every installation of Java has a store full of them. */
bool silt_validate_java_keystore(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes alias = {0};
	uint32_t tag = 0;
	switch (walk_store(secret, &alias, &tag)) {
	case STORE_KEYS:
		silt_facts_add(verdict, tag == ENTRY_KEY ? "private key" : "secret key");
		silt_facts_add_word(verdict, "alias", alias);
		silt_verdict_proven(verdict, SILT_SEVERITY_MEDIUM, "encrypted");
		return true;
	case STORE_BROKEN:
		silt_verdict_doubtful(verdict, "does not parse as a keystore");
		return true;
	case STORE_CERTIFICATES:
	case STORE_CUT:
		break;
	}
	return false;
}

/* ---- PKCS#12 ----------------------------------------------------------------------------------------------------- */

/*
 * The kinds of bags by the ends of their object identifiers (RFC 7292 section 4.2). The bags of keys stand in the open
 * in what all known programs write: the keys in them are encrypted one by one. Certificates are encrypted all together.
 */
static bool has_oid(struct silt_bytes store, const char *oid, size_t len)
{
	return silt_bytes_find(store, silt_bytes(oid, len)) != SIZE_MAX;
}

#define HAS_OID(store, oid) has_oid(store, oid, sizeof(oid) - 1)

bool silt_validate_pkcs12(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (HAS_OID(secret, "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x01")) {
		silt_verdict_proven(verdict, SILT_SEVERITY_CRITICAL, "its key is not encrypted");
		return true;
	}
	if (HAS_OID(secret, "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x02")) {
		silt_verdict_proven(verdict, SILT_SEVERITY_MEDIUM, "encrypted");
		return true;
	}
	if (HAS_OID(secret, "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06")) {
		silt_verdict_doubtful(verdict, "no key in sight: what is encrypted may be certificates only");
		return true;
	}
	return false;
}

/* ---- NSS --------------------------------------------------------------------------------------------------------- */

/* A database in which no key was ever put has no password, not even an empty one. */
bool silt_validate_nss_keys(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	(void)verdict;
	return silt_bytes_find(secret, SILT_LITERAL("password-check")) != SIZE_MAX;
}

/* ---- Kerberos ---------------------------------------------------------------------------------------------------- */

/* "host/name@REALM" as a fact, if all of it is short and plain. */
static void tell_principal(struct silt_confirmation *verdict, struct silt_bytes realm, const struct silt_bytes *names,
			   size_t count)
{
	size_t len = 0;
	for (size_t i = 0; i < count; i++) {
		len += names[i].len + 1;
	}
	if (count == 0 || len + realm.len > verdict->window.len) {
		return;
	}
	uint8_t *at = verdict->room;
	for (size_t i = 0; i <= count; i++) {
		struct silt_bytes part = i < count ? names[i] : realm;
		if (i > 0) {
			*at++ = i < count ? '/' : '@';
		}
		if (part.len > 0) {
			memcpy(at, part.ptr, part.len);
			at += part.len;
		}
	}
	silt_facts_add_word(verdict, "principal", silt_bytes(verdict->room, (size_t)(at - verdict->room)));
}

enum { NAMES_MAX = 4 };

/*
 * MIT's keytab, version 2: 05 02, then entries
 *
 *   size:4 (negative: a hole) names:2 realm: length:2, bytes; names: length:2, bytes each; kind:4 time:4 version:1
 *   cipher:2 key: length:2, bytes
 */
static bool read_keytab_entry(struct silt_bytes entry, struct silt_confirmation *verdict)
{
	struct silt_bytes count, realm, names[NAMES_MAX], fixed, key;
	if (!cut(&entry, 2, &count) || count.ptr[0] != 0 || count.ptr[1] > NAMES_MAX || !cut_text(&entry, &realm)) {
		return false;
	}
	for (size_t i = 0; i < count.ptr[1]; i++) {
		if (!cut_text(&entry, &names[i])) {
			return false;
		}
	}
	if (!cut(&entry, 4 + 4 + 1 + 2, &fixed) || !cut_text(&entry, &key) || key.len == 0) {
		return false;
	}
	tell_principal(verdict, realm, names, count.ptr[1]);
	return true;
}

bool silt_validate_keytab(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes rest = silt_bytes_slice(secret, 2, secret.len);
	struct silt_bytes entry;
	uint32_t size;
	while (cut_u32(&rest, &size)) {
		uint32_t length = size & 0x80000000U ? 0 - size : size;
		if (length == 0 || !cut(&rest, length, &entry)) {
			break;
		}
		if (size == length && read_keytab_entry(entry, verdict)) {
			silt_verdict_proven(verdict, verdict->severity, NULL);
			return true;
		}
	}
	return false;
}

static bool cut_counted(struct silt_bytes *rest, struct silt_bytes *text)
{
	uint32_t length;
	return cut_u32(rest, &length) && cut(rest, length, text);
}

/* MIT's credential cache, version 4: 05 04, header: length:2, bytes; kind:4 names:4 realm, names: length:4, bytes each. */
bool silt_validate_ccache(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct silt_bytes rest = silt_bytes_slice(secret, 2, secret.len);
	struct silt_bytes header, realm, names[NAMES_MAX];
	uint32_t kind, count;
	if (!cut_text(&rest, &header) || !cut_u32(&rest, &kind) || !cut_u32(&rest, &count) || count == 0 ||
	    count > NAMES_MAX || !cut_counted(&rest, &realm)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!cut_counted(&rest, &names[i])) {
			return false;
		}
	}
	if (rest.len == 0) {
		return false; /* emptied by kdestroy */
	}
	tell_principal(verdict, realm, names, count);
	silt_verdict_proven(verdict, verdict->severity, "tickets, which expire");
	return true;
}
