/*
 * What is inside of the files of a layer: archives are opened, and archives inside of them, and every byte that comes
 * out is matched.
 *
 *     opt/app.war                       a body: its bytes are matched by the survey as they lie
 *     └ WEB-INF/lib/x.jar               inner "WEB-INF/lib/x.jar"
 *       └ cfg/app.properties            inner "WEB-INF/lib/x.jar!/cfg/app.properties"
 *
 *     data.tar.xz                       a packed file has no name inside: its own without the suffix,
 *     └ data.tar                        inner "data.tar",
 *       └ etc/app.conf                  and if an archive comes out, one "!/" for both: inner "etc/app.conf"
 *
 * Depth counts archives. What a file is packed in (gzip .. bzip2, the head of an rpm) is free, but packed in a second
 * wrapper it counts. Everything is read once, in order, in bounded memory. Names are cut at SILT_PATH_MAX bytes.
 */
#ifndef SILT_LAYER_NESTED_H
#define SILT_LAYER_NESTED_H

#include "layer/lanes.h"
#include "stream/source.h"

struct silt_nested;

/* All borrowed; they outlive it. */
enum silt_status silt_nested_new(struct silt_lanes *lanes, struct silt_nested **out, struct silt_error *err);
void silt_nested_free(struct silt_nested *nested); /* accepts NULL */

/*
 * Reads all of `body`, the content of entry `entry`, whose own bytes somebody else matches as they are read, and matches
 * what is inside. What cannot be looked at becomes an anomaly of the entry.
 */
enum silt_status silt_nested_read(struct silt_nested *nested, uint32_t entry, struct silt_source body,
				  struct silt_error *err);

#endif
