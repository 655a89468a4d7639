/* Marks what the shared library shows to the outside; everything else is hidden. */
#ifndef SILT_EXPORT_H
#define SILT_EXPORT_H

#define SILT_API __attribute__((visibility("default")))

#endif
