/* Text in XML 1.0 and in HTML. */
#ifndef SILT_REPORT_XML_H
#define SILT_REPORT_XML_H

#include "base/buffer.h"

/*
 * Adds text so that it stands for itself, between tags and in attributes of either quote. What no XML document can hold
 * (control characters, surrogates, U+FFFE, U+FFFF) and what is no UTF-8 become U+FFFD: no result has any (silt/result.h),
 * but a document that nobody can read would be worse than a wrong character.
 */
void silt_xml_add(struct silt_buffer *out, const char *text);

/* ` name="text"` */
void silt_xml_attribute(struct silt_buffer *out, const char *name, const char *text);

#endif
