/* The letters behind a backslash that mean a byte, and what they mean, in one order: C17 section 6.4.4.4, and the \e of shells. */
#ifndef SILT_SECRET_ESCAPE_LETTERS_H
#define SILT_SECRET_ESCAPE_LETTERS_H

#define SILT_ESCAPE_LETTERS "abefnrtv"
#define SILT_ESCAPE_MEANINGS "\a\b\033\f\n\r\t\v"

#endif
