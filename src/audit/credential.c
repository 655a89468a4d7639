/* What a variable holds: the name says how much the value has to prove. */
#include "audit/credential.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "secret/placeholder.h"
#include "secret/random_value.h"
#include "secret/secret_name.h"

/* A longer value is a document, whose secrets have formats of their own. */
enum { VALUE_MAX = 1024 };

static const char *const switches[] = {"true",    "false",    "yes",      "no",        "on",      "off",
				       "null",    "nil",      "none",     "undefined", "enabled", "disabled",
				       "default", "required", "optional", "auto"};

static bool is_switch(struct silt_bytes value)
{
	for (size_t i = 0; i < SILT_COUNT(switches); i++) {
		if (silt_bytes_equal_nocase(value, silt_bytes_text(switches[i]))) {
			return true;
		}
	}
	return false;
}

/* "prefix-${NAME}": a part of it comes from elsewhere. */
static bool has_hole(struct silt_bytes value)
{
	static const char *const marks[] = {"${", "{{", "%(", "$("};
	for (size_t i = 0; i < SILT_COUNT(marks); i++) {
		if (silt_bytes_find(value, silt_bytes_text(marks[i])) != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

/* Addresses with a password in them are found by the rules of secrets. */
static bool is_location(struct silt_bytes value)
{
	return value.ptr[0] == '/' || silt_bytes_start_with(value, SILT_LITERAL("./")) ||
	       silt_bytes_start_with(value, SILT_LITERAL("../")) || silt_bytes_start_with(value, SILT_LITERAL("~/")) ||
	       silt_bytes_find(value, SILT_LITERAL("://")) != SIZE_MAX;
}

static bool is_number(struct silt_bytes value)
{
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		if (!silt_is_digit(c) && c != '.' && c != '-' && c != '+') {
			return false;
		}
	}
	return true;
}

/* Placeholder words are none of these: who writes PASSWORD=password has set a password. */
static bool is_harmless(struct silt_bytes value)
{
	return value.len == 0 || value.len > VALUE_MAX || is_switch(value) || silt_is_template(value) ||
	       has_hole(value) || is_location(value) || is_number(value) || silt_is_sequence(value) ||
	       silt_has_placeholder_part(value);
}

/* Of an OpenPGP key, as people write it: 40 capital digits, or the last 16. It names a key that is public. */
static bool is_fingerprint(struct silt_bytes value)
{
	size_t digits = 0;
	if (silt_bytes_start_with(value, SILT_LITERAL("0x"))) {
		value = silt_bytes_slice(value, 2, value.len);
	}
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		if (c != ' ' && !silt_is_digit(c) && (c < 'A' || c > 'F')) {
			return false;
		}
		digits += c != ' ' ? 1 : 0;
	}
	return digits == 40 || digits == 16;
}

bool silt_looks_like_credential(struct silt_bytes name, struct silt_bytes value, enum silt_confidence *confidence)
{
	enum silt_name_says says = silt_read_name(name);
	if (says == SILT_NAME_SAYS_NOTHING || is_harmless(value)) {
		return false;
	}
	bool random = silt_looks_random(value);
	if (says == SILT_NAME_SAYS_LOOSELY && (!random || is_fingerprint(value))) {
		return false;
	}
	*confidence = random ? SILT_CONFIDENCE_LIKELY : SILT_CONFIDENCE_POSSIBLE;
	return true;
}
