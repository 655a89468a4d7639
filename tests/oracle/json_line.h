/*
 * One JSON object per line on the standard output, for programs of the tests that tell a script what silt reads.
 *
 * Bytes of an image are written as if each were a character of Latin-1, so that a reader gets every byte back by
 * encoding the string in that way.
 */
#ifndef SILT_TESTS_ORACLE_JSON_LINE_H
#define SILT_TESTS_ORACLE_JSON_LINE_H

#include "base/bytes.h"

/* Starts a line with its first member, which tells what the line is about. */
void json_line_begin(const char *key, struct silt_bytes value);
void json_line_end(void);

void json_line_text(const char *key, const char *value);
void json_line_bytes(const char *key, struct silt_bytes value);
void json_line_hex(const char *key, struct silt_bytes value);
void json_line_number(const char *key, int64_t value);
void json_line_unsigned(const char *key, uint64_t value);

/*
 * Reads a line of the standard input without its newline; it is valid until the next call. False at the end. Ends the
 * program if there is no memory for it.
 */
bool json_line_ask(struct silt_bytes *line);

#endif
