/* What a validator may tell of a value besides its verdict: facts, one behind the other, none of them secret. */
#include "secret/validate.h"

#include <stdarg.h>
#include <stdio.h>

/* A word of the input that may stand in a report; longer ones are no names. */
enum { WORD_MAX = 80 };

void silt_facts_add(struct silt_confirmation *verdict, const char *format, ...)
{
	char fact[SILT_FACTS_SIZE];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(fact, sizeof(fact), format, arguments);
	va_end(arguments);
	size_t used = strlen(verdict->facts);
	size_t joint = used > 0 ? 2 : 0;
	if (length <= 0 || (size_t)length >= SILT_FACTS_SIZE - used ||
	    SILT_FACTS_SIZE - used - (size_t)length <= joint) {
		return;
	}
	memcpy(verdict->facts + used, ", ", joint);
	memcpy(verdict->facts + used + joint, fact, (size_t)length + 1);
}

static bool is_word(struct silt_bytes value)
{
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = value.ptr[i];
		if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == ',') {
			return false;
		}
	}
	return value.len > 0 && value.len <= WORD_MAX;
}

/* "https://user:password@host" */
static bool has_password(struct silt_bytes value)
{
	return silt_bytes_find(value, SILT_LITERAL("://")) != SIZE_MAX && silt_bytes_find_byte(value, '@') != SIZE_MAX;
}

void silt_facts_add_word(struct silt_confirmation *verdict, const char *name, struct silt_bytes value)
{
	if (is_word(value) && !has_password(value)) {
		silt_facts_add(verdict, "%s %.*s", name, (int)value.len, (const char *)value.ptr);
	}
}
