/* The table of algorithms: their names, their object identifiers, and what SSH calls them. */
#include "secret/key_public.h"

#include "base/attributes.h"

/* Without the NUL of the literal. */
#define OID(text)                                                                                                      \
	{                                                                                                              \
		(const uint8_t *)(text), sizeof(text) - 1                                                              \
	}
#define OID_EC OID("\x2a\x86\x48\xce\x3d\x02\x01")

/* Of rows with one object identifier, the one without a curve serves curves that are not listed. */
static const struct silt_key_algorithm algorithms[] = {
	{.name = "RSA", .form = SILT_FORM_RSA, .oid = OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"), .ssh = "ssh-rsa"},
	{.name = "RSA-PSS", .form = SILT_FORM_RSA, .oid = OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a")},
	{.name = "DSA", .form = SILT_FORM_DSA, .oid = OID("\x2a\x86\x48\xce\x38\x04\x01"), .ssh = "ssh-dss"},
	{.name = "EC P-256",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2a\x86\x48\xce\x3d\x03\x01\x07"),
	 .ssh = "ecdsa-sha2-nistp256",
	 .ssh_curve = "nistp256",
	 .bits = 256},
	{.name = "EC P-384",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2b\x81\x04\x00\x22"),
	 .ssh = "ecdsa-sha2-nistp384",
	 .ssh_curve = "nistp384",
	 .bits = 384},
	{.name = "EC P-521",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2b\x81\x04\x00\x23"),
	 .ssh = "ecdsa-sha2-nistp521",
	 .ssh_curve = "nistp521",
	 .bits = 521},
	{.name = "EC P-224", .form = SILT_FORM_EC, .oid = OID_EC, .curve = OID("\x2b\x81\x04\x00\x21"), .bits = 224},
	{.name = "EC P-192",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2a\x86\x48\xce\x3d\x03\x01\x01"),
	 .bits = 192},
	{.name = "EC secp256k1",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2b\x81\x04\x00\x0a"),
	 .bits = 256},
	{.name = "EC brainpoolP256r1",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x07"),
	 .bits = 256},
	{.name = "EC brainpoolP384r1",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x0b"),
	 .bits = 384},
	{.name = "EC brainpoolP512r1",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x0d"),
	 .bits = 512},
	{.name = "SM2",
	 .form = SILT_FORM_EC,
	 .oid = OID_EC,
	 .curve = OID("\x2a\x81\x1c\xcf\x55\x01\x82\x2d"),
	 .bits = 256},
	{.name = "EC", .form = SILT_FORM_NONE, .oid = OID_EC},
	{.name = "Ed25519", .form = SILT_FORM_RAW, .oid = OID("\x2b\x65\x70"), .ssh = "ssh-ed25519", .bits = 256},
	{.name = "Ed448", .form = SILT_FORM_RAW, .oid = OID("\x2b\x65\x71"), .bits = 456},
	{.name = "X25519", .form = SILT_FORM_RAW, .oid = OID("\x2b\x65\x6e"), .bits = 256},
	{.name = "X448", .form = SILT_FORM_RAW, .oid = OID("\x2b\x65\x6f"), .bits = 448},
	{.name = "DH", .form = SILT_FORM_NONE, .oid = OID("\x2a\x86\x48\x86\xf7\x0d\x01\x03\x01")},
	{.name = "DH", .form = SILT_FORM_NONE, .oid = OID("\x2a\x86\x48\xce\x3e\x02\x01")},
	{.name = "GOST R 34.10-2001", .form = SILT_FORM_NONE, .oid = OID("\x2a\x85\x03\x02\x02\x13"), .bits = 256},
	{.name = "GOST R 34.10-2012",
	 .form = SILT_FORM_NONE,
	 .oid = OID("\x2a\x85\x03\x07\x01\x01\x01\x01"),
	 .bits = 256},
	{.name = "GOST R 34.10-2012",
	 .form = SILT_FORM_NONE,
	 .oid = OID("\x2a\x85\x03\x07\x01\x01\x01\x02"),
	 .bits = 512},
	{.name = "ML-DSA-44", .form = SILT_FORM_NONE, .oid = OID("\x60\x86\x48\x01\x65\x03\x04\x03\x11")},
	{.name = "ML-DSA-65", .form = SILT_FORM_NONE, .oid = OID("\x60\x86\x48\x01\x65\x03\x04\x03\x12")},
	{.name = "ML-DSA-87", .form = SILT_FORM_NONE, .oid = OID("\x60\x86\x48\x01\x65\x03\x04\x03\x13")},
};

const struct silt_key_algorithm *silt_key_algorithm_find(struct silt_bytes oid, struct silt_bytes curve)
{
	for (size_t i = 0; i < SILT_COUNT(algorithms); i++) {
		const struct silt_key_algorithm *row = &algorithms[i];
		if (silt_bytes_equal(row->oid, oid) && (row->curve.len == 0 || silt_bytes_equal(row->curve, curve))) {
			return row;
		}
	}
	return NULL;
}

const struct silt_key_algorithm *silt_key_algorithm_rsa(void)
{
	return &algorithms[0];
}

const struct silt_key_algorithm *silt_key_algorithm_dsa(void)
{
	return &algorithms[2];
}

const struct silt_key_algorithm *silt_key_algorithm_curve(struct silt_bytes curve)
{
	struct silt_bytes ec = OID_EC;
	return silt_key_algorithm_find(ec, curve);
}

const struct silt_key_algorithm *silt_key_algorithm_ssh(struct silt_bytes name)
{
	for (size_t i = 0; i < SILT_COUNT(algorithms); i++) {
		if (algorithms[i].ssh && silt_bytes_equal(name, silt_bytes_text(algorithms[i].ssh))) {
			return &algorithms[i];
		}
	}
	return NULL;
}
