/* A report that is one JSON document: built whole, then sent in one piece. */
#ifndef SILT_REPORT_DOCUMENT_H
#define SILT_REPORT_DOCUMENT_H

#include "base/json.h"
#include "silt/report.h"

/* What a document is made of: the arguments of silt_report_fn. */
struct silt_document {
	const struct silt_judgement *const *judgements;
	size_t count;
	const struct silt_report_options *options;
};

/* Writes the one value that the document is. */
typedef enum silt_status silt_document_fn(struct silt_json_writer *w, const struct silt_document *document,
					  struct silt_error *err);

enum silt_status silt_document_send(const struct silt_document *document, silt_document_fn *write,
				    struct silt_sink sink, struct silt_error *err);

#endif
