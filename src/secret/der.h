/*
 * DER (ITU-T X.690) as keys need it: one value after another is cut off a span. Nothing is allocated, nothing recurses.
 */
#ifndef SILT_SECRET_DER_H
#define SILT_SECRET_DER_H

#include "base/bytes.h"

enum silt_der_tag {
	SILT_DER_INTEGER = 0x02,
	SILT_DER_BITS = 0x03,
	SILT_DER_OCTETS = 0x04,
	SILT_DER_NULL = 0x05,
	SILT_DER_OID = 0x06,
	SILT_DER_SEQUENCE = 0x30,
	SILT_DER_CONTEXT_0 = 0xa0,
	SILT_DER_CONTEXT_1 = 0xa1,
	SILT_DER_CONTEXT_1_BITS = 0x81, /* [1] IMPLICIT BIT STRING */
};

struct silt_der {
	uint8_t tag;
	struct silt_bytes value;
};

/* Cuts one value off `*rest`. False, and `*rest` as it was, if it is not whole or longer than 16 MiB. */
bool silt_der_cut(struct silt_bytes *rest, struct silt_der *out);

/* The same for a value that must have that tag. */
bool silt_der_cut_tagged(struct silt_bytes *rest, uint8_t tag, struct silt_bytes *value);

/* Cuts all members of `body`. False if there are more than `max`, or anything behind them. */
bool silt_der_members(struct silt_bytes body, struct silt_der *members, size_t max, size_t *count);

/* A whole number without its sign byte and zeros in front: big-endian. The empty span is zero. */
struct silt_bytes silt_der_unsigned(struct silt_bytes integer);

/* The bytes of a BIT STRING of whole bytes; the empty span for any other. */
struct silt_bytes silt_der_bit_bytes(struct silt_bytes bits);

#endif
