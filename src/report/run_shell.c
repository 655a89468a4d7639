/* A plan as a command line of docker: reasons as comments in front, so that the line itself can be copied. */
#include "report/run_plan.h"

#include <string.h>

enum { REASON_COLUMN = 34, LINE_COLUMNS = 100 };

/* As POSIX wants it: nothing is special in single quotes but they themselves. */
static void add_quoted(struct silt_buffer *out, const char *word)
{
	static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
	if (word[0] && strspn(word, harmless) == strlen(word)) {
		silt_buffer_add_text(out, word);
		return;
	}
	silt_buffer_add_byte(out, '\'');
	for (; *word; word++) {
		silt_buffer_add_text(out, *word == '\'' ? "'\\'" : "");
		silt_buffer_add_byte(out, (uint8_t)*word);
	}
	silt_buffer_add_byte(out, '\'');
}

static void add_spaces(struct silt_buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		silt_buffer_add_byte(out, ' ');
	}
}

/* The reason behind the option, in as many lines as it takes. */
static void add_reason(struct silt_buffer *out, size_t column, const char *reason)
{
	struct silt_bytes rest = silt_bytes_text(reason), word;
	bool fresh = true;
	if (column + 1 > REASON_COLUMN) {
		silt_buffer_add_text(out, "\n#");
		column = 1;
	}
	add_spaces(out, REASON_COLUMN - column);
	column = REASON_COLUMN;
	while (silt_bytes_cut(&rest, ' ', &word)) {
		if (!fresh && column + 1 + word.len > LINE_COLUMNS) {
			silt_buffer_add_text(out, "\n#");
			add_spaces(out, REASON_COLUMN - 1);
			column = REASON_COLUMN;
			fresh = true;
		}
		silt_buffer_add_text(out, fresh ? "" : " ");
		silt_buffer_add(out, word);
		column += word.len + !fresh;
		fresh = false;
	}
	silt_buffer_add_byte(out, '\n');
}

/* Of a tmpfs its path is enough: the line below has it all. */
static void explain(struct silt_buffer *out, const struct silt_run_option *option, bool in_full)
{
	size_t len = strlen(option->value);
	if (!in_full && strcmp(option->option, "--tmpfs") == 0) {
		len = strcspn(option->value, ":");
	}
	silt_buffer_printf(out, "#   %s%s%.*s", option->option, len > 0 ? " " : "", (int)len, option->value);
	add_reason(out, 4 + strlen(option->option) + (len > 0) + len, option->reason);
}

static void add_command(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_add_text(out, "docker run \\\n");
	for (size_t i = 0; i < plan->option_count; i++) {
		const struct silt_run_option *option = &plan->options[i];
		silt_buffer_printf(out, "  %s", option->option);
		if (option->value[0]) {
			silt_buffer_add_byte(out, ' ');
			add_quoted(out, option->value);
		}
		silt_buffer_add_text(out, " \\\n");
	}
	silt_buffer_add_text(out, "  ");
	add_quoted(out, plan->reference);
	silt_buffer_add_byte(out, '\n');
}

void silt_run_write_shell(const struct silt_run_plan *plan, struct silt_buffer *out)
{
	silt_buffer_printf(out, "# Docker: what %s can bear, by what is in it.\n", plan->reference);
	for (size_t i = 0; i < plan->option_count; i++) {
		explain(out, &plan->options[i], false);
	}
	silt_run_comment(out, 0, "Not in the image, and so for you to decide; the values are examples:");
	for (size_t i = 0; i < plan->choice_count; i++) {
		explain(out, &plan->choices[i], true);
	}
	silt_run_comment(out, 0, silt_run_never);
	add_command(plan, out);
}
