/* Breaking lines between words. */
#include "cli/wrap.h"

#include <string.h>

void cli_wrap(FILE *out, const char *text, size_t column, size_t indent, size_t columns)
{
	size_t begin = column;
	while (*text != '\0') {
		const size_t len = strcspn(text, " ");
		if (column > begin && column + 1 + len >= columns) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = begin = indent;
		} else if (column > begin) {
			fputc(' ', out);
			column++;
		}
		fwrite(text, 1, len, out);
		column += len;
		text += len;
		text += strspn(text, " ");
	}
	fputc('\n', out);
}
