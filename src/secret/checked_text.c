/* base58check, bech32, base32, CRC-16. */
#include "secret/checked_text.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/secure.h"

enum { CHECKSUM_LEN = 4, BECH32_MAX = 256 };

/* ---- Base58 ------------------------------------------------------------------------------------------------------ */

static int base58_digit(uint8_t c)
{
	static const char digits[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* number = number * 58 + digit, in bytes with the highest first. False if it no longer fits. */
static bool push_digit(uint8_t number[static SILT_BASE58_MAX], unsigned digit)
{
	unsigned carry = digit;
	for (size_t i = SILT_BASE58_MAX; i > 0; i--) {
		carry += number[i - 1] * 58U;
		number[i - 1] = (uint8_t)carry;
		carry >>= 8;
	}
	return carry == 0;
}

/* The number behind its zeros, of which one stands for each leading '1'. */
static bool base58_decode(struct silt_bytes text, uint8_t out[static SILT_BASE58_MAX], size_t *len)
{
	uint8_t number[SILT_BASE58_MAX] = {0};
	size_t zeros = 0;
	for (size_t i = 0; i < text.len; i++) {
		int digit = base58_digit(text.ptr[i]);
		if (digit < 0 || !push_digit(number, (unsigned)digit)) {
			return false;
		}
		zeros += zeros == i && digit == 0;
	}
	size_t start = 0;
	while (start < SILT_BASE58_MAX && number[start] == 0) {
		start++;
	}
	if (zeros > start) {
		return false;
	}
	*len = SILT_BASE58_MAX - start + zeros;
	memmove(out, number + start - zeros, *len);
	return true;
}

bool silt_base58check(struct silt_bytes text, uint8_t out[static SILT_BASE58_MAX], size_t *len)
{
	uint8_t sum[32], again[32];
	size_t whole;
	if (text.len > 2 * SILT_BASE58_MAX || !base58_decode(text, out, &whole) || whole <= CHECKSUM_LEN) {
		return false;
	}
	silt_sha256(silt_bytes(out, whole - CHECKSUM_LEN), sum);
	silt_sha256(silt_bytes(sum, sizeof(sum)), again);
	*len = whole - CHECKSUM_LEN;
	return memcmp(again, out + *len, CHECKSUM_LEN) == 0;
}

/* ---- Bech32 ------------------------------------------------------------------------------------------------------ */

static int bech32_digit(uint8_t c)
{
	static const char digits[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	const char *at = c != '\0' ? strchr(digits, silt_lower(c)) : NULL;
	return at ? (int)(at - digits) : -1;
}

static bool is_one_case(struct silt_bytes text)
{
	bool lowers = false, uppers = false;
	for (size_t i = 0; i < text.len; i++) {
		lowers = lowers || silt_is_lower(text.ptr[i]);
		uppers = uppers || silt_is_upper(text.ptr[i]);
	}
	return !(lowers && uppers);
}

/* One step of the code over five bits (BIP-173). */
static uint32_t polymod(uint32_t sum, uint32_t value)
{
	static const uint32_t generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
	uint32_t top = sum >> 25;
	sum = (sum & 0x1ffffff) << 5 ^ value;
	for (unsigned i = 0; i < 5; i++) {
		sum ^= top >> i & 1 ? generator[i] : 0;
	}
	return sum;
}

bool silt_bech32_holds(struct silt_bytes text)
{
	size_t one = silt_bytes_find_last_byte(text, '1');
	if (one == SIZE_MAX || one == 0 || text.len > BECH32_MAX || text.len - one < 7 || !is_one_case(text)) {
		return false;
	}
	uint32_t sum = 1;
	for (size_t i = 0; i < one; i++) {
		sum = polymod(sum, silt_lower(text.ptr[i]) >> 5);
	}
	sum = polymod(sum, 0);
	for (size_t i = 0; i < one; i++) {
		sum = polymod(sum, silt_lower(text.ptr[i]) & 31);
	}
	for (size_t i = one + 1; i < text.len; i++) {
		int digit = bech32_digit(text.ptr[i]);
		if (digit < 0) {
			return false;
		}
		sum = polymod(sum, (uint32_t)digit);
	}
	return sum == 1 || sum == 0x2bc830a3;
}

/* ---- Base32, CRC-16 ---------------------------------------------------------------------------------------------- */

static int base32_digit(uint8_t c)
{
	c = silt_lower(c);
	if (silt_is_lower(c)) {
		return c - 'a';
	}
	return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

bool silt_base32_decode(struct silt_bytes text, uint8_t *out, size_t *len)
{
	uint32_t bits = 0;
	unsigned count = 0;
	size_t written = 0;
	while (text.len > 0 && text.ptr[text.len - 1] == '=') {
		text.len--;
	}
	for (size_t i = 0; i < text.len; i++) {
		int digit = base32_digit(text.ptr[i]);
		if (digit < 0) {
			return false;
		}
		bits = bits << 5 | (uint32_t)digit;
		count += 5;
		if (count >= 8) {
			count -= 8;
			out[written++] = (uint8_t)(bits >> count);
		}
	}
	*len = written;
	return text.len > 0 && count < 5;
}

uint16_t silt_crc16(struct silt_bytes bytes)
{
	unsigned crc = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		crc ^= (unsigned)bytes.ptr[i] << 8;
		for (int bit = 0; bit < 8; bit++) {
			crc = (crc << 1) ^ (crc & 0x8000 ? 0x1021U : 0);
		}
		crc &= 0xffff;
	}
	return (uint16_t)crc;
}
