/* The version of the library, as text and as numbers. */
#ifndef SILT_VERSION_H
#define SILT_VERSION_H

#define SILT_VERSION_MAJOR 0
#define SILT_VERSION_MINOR 1
#define SILT_VERSION_PATCH 0
#define SILT_VERSION_TEXT "0.1.0"

#endif
