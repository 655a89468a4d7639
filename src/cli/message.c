/* Messages of the program on standard error. */
#include "cli/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct cli_printable cli_printable(const char *word)
{
	struct cli_printable out;
	size_t used = 0;
	/* Room is kept for one escape (4), the mark of a cut (3) and the NUL. */
	for (; *word != '\0' && used < sizeof(out.text) - 8; word++) {
		unsigned char byte = (unsigned char)*word;
		if (byte == '\\') {
			out.text[used++] = '\\';
			out.text[used++] = '\\';
		} else if (byte >= 0x20 && byte < 0x7f) {
			out.text[used++] = *word;
		} else {
			used += (size_t)snprintf(out.text + used, 5, "\\x%02x", byte);
		}
	}
	memcpy(out.text + used, *word != '\0' ? "..." : "", *word != '\0' ? 4 : 1);
	return out;
}

/* Text that did not fit is cut at a blank: no character and no escape has one inside. */
static void mark_cut(char *text, size_t size)
{
	size_t len = size - sizeof("...");
	while (len > 0 && text[len] != ' ') {
		len--;
	}
	memcpy(text + len, "...", sizeof("..."));
}

__attribute__((format(printf, 3, 0))) static void print_into(char *text, size_t size, const char *format, va_list args)
{
	const int wanted = vsnprintf(text, size, format, args);
	if (wanted >= 0 && (size_t)wanted >= size) {
		mark_cut(text, size);
	}
}

enum silt_status cli_fail(struct silt_error *err, enum silt_status status, const char *format, ...)
{
	if (err->status == SILT_OK) {
		va_list args;
		va_start(args, format);
		err->status = status;
		print_into(err->text, sizeof(err->text), format, args);
		va_end(args);
	}
	return status;
}

void cli_say(const char *format, ...)
{
	char line[SILT_ERROR_TEXT_MAX + CLI_PRINTABLE_MAX + 16] = "silt: ";
	const size_t start = strlen(line);
	va_list args;
	va_start(args, format);
	print_into(line + start, sizeof(line) - start - 1, format, args);
	va_end(args);
	size_t len = strlen(line);
	line[len++] = '\n';
	/* One write, so that the lines of programs that share a terminal or log do not mix. */
	ssize_t written = write(STDERR_FILENO, line, len);
	(void)written;
}
