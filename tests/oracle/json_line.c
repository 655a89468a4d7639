/* JSON lines out, lines of words in. */
#include "oracle/json_line.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void write_string(struct silt_bytes text)
{
	putchar('"');
	for (size_t i = 0; i < text.len; i++) {
		uint8_t byte = text.ptr[i];
		if (byte < ' ' || byte >= 0x7f || byte == '"' || byte == '\\') {
			printf("\\u%04x", byte);
		} else {
			putchar(byte);
		}
	}
	putchar('"');
}

static void write_key(const char *key)
{
	putchar(',');
	write_string(silt_bytes_text(key));
	putchar(':');
}

void json_line_begin(const char *key, struct silt_bytes value)
{
	putchar('{');
	write_string(silt_bytes_text(key));
	putchar(':');
	write_string(value);
}

void json_line_end(void)
{
	puts("}");
}

void json_line_bytes(const char *key, struct silt_bytes value)
{
	write_key(key);
	write_string(value);
}

void json_line_text(const char *key, const char *value)
{
	json_line_bytes(key, silt_bytes_text(value));
}

void json_line_hex(const char *key, struct silt_bytes value)
{
	write_key(key);
	putchar('"');
	for (size_t i = 0; i < value.len; i++) {
		printf("%02x", value.ptr[i]);
	}
	putchar('"');
}

void json_line_number(const char *key, int64_t value)
{
	write_key(key);
	printf("%" PRId64, value);
}

void json_line_unsigned(const char *key, uint64_t value)
{
	write_key(key);
	printf("%" PRIu64, value);
}

bool json_line_ask(struct silt_bytes *line)
{
	static char *text;
	static size_t capacity;
	ssize_t len = getline(&text, &capacity, stdin);
	if (len <= 0) {
		free(text);
		text = NULL;
		return false;
	}
	*line = silt_bytes(text, (size_t)len - (text[len - 1] == '\n'));
	return true;
}
