/* From a JSON writer to a sink. */
#include "report/document.h"

static enum silt_status send(const struct silt_buffer *text, struct silt_sink sink, struct silt_error *err)
{
	if (!sink.write(sink.ctx, text->ptr, text->len)) {
		return silt_fail(err, SILT_ERR_IO, "the report could not be written");
	}
	return SILT_OK;
}

enum silt_status silt_document_send(const struct silt_document *document, silt_document_fn *write,
				    struct silt_sink sink, struct silt_error *err)
{
	struct silt_json_writer *writer = NULL;
	struct silt_buffer text = {0};
	enum silt_status status = silt_json_writer_new(&writer, err);
	if (status == SILT_OK) {
		status = write(writer, document, err);
	}
	if (status == SILT_OK) {
		status = silt_json_writer_end(writer, &text, err);
	}
	if (status == SILT_OK) {
		status = send(&text, sink, err);
	}
	silt_buffer_done(&text);
	silt_json_writer_free(writer);
	return status;
}
