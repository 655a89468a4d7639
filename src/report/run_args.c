/* How to run an image, written: the public function, and what the three ways of writing share. */
#include "report/run_plan.h"

enum { COMMENT_COLUMNS = 100 };

static void begin_line(struct silt_buffer *out, unsigned indent, size_t *column)
{
	for (unsigned i = 0; i < indent; i++) {
		silt_buffer_add_byte(out, ' ');
	}
	silt_buffer_add_byte(out, '#');
	*column = indent + 1;
}

void silt_run_comment(struct silt_buffer *out, unsigned indent, const char *text)
{
	struct silt_bytes rest = silt_bytes_text(text), word;
	size_t column;
	begin_line(out, indent, &column);
	while (silt_bytes_cut(&rest, ' ', &word)) {
		if (column > indent + 1 && column + 1 + word.len > COMMENT_COLUMNS) {
			silt_buffer_add_byte(out, '\n');
			begin_line(out, indent, &column);
		}
		silt_buffer_add_byte(out, ' ');
		silt_buffer_add(out, word);
		column += 1 + word.len;
	}
	silt_buffer_add_byte(out, '\n');
}

static enum silt_status write_plan(const struct silt_run_plan *plan, const struct silt_result *result,
				   enum silt_format format, struct silt_buffer *out, struct silt_error *err)
{
	if (format == SILT_FORMAT_JSON) {
		return silt_run_write_json(plan, result, out, err);
	}
	if (format != SILT_FORMAT_TEXT) {
		return silt_fail(err, SILT_ERR_USAGE, "there is no such format for run-args");
	}
	silt_run_write_shell(plan, out);
	silt_buffer_add_byte(out, '\n');
	silt_run_write_kubernetes(plan, out);
	return out->failed ? silt_fail_memory(err) : SILT_OK;
}

enum silt_status silt_run_args_write(const struct silt_result *result, size_t image, enum silt_format format,
				     struct silt_sink sink, struct silt_error *err)
{
	size_t count;
	const struct silt_image *images = silt_result_images(result, &count);
	struct silt_run_plan plan = {0};
	struct silt_buffer out = {0};
	enum silt_status status = image < count ? silt_run_plan_make(&plan, &images[image], err)
						: silt_fail(err, SILT_ERR_USAGE, "there is no image of that number");
	if (status == SILT_OK) {
		status = write_plan(&plan, result, format, &out, err);
	}
	if (status == SILT_OK && !sink.write(sink.ctx, out.ptr, out.len)) {
		status = silt_fail(err, SILT_ERR_IO, "the options could not be written");
	}
	silt_buffer_done(&out);
	silt_run_plan_done(&plan);
	return status;
}
