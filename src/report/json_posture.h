/* The posture of an image in the JSON report. */
#ifndef SILT_REPORT_JSON_POSTURE_H
#define SILT_REPORT_JSON_POSTURE_H

#include "base/json.h"
#include "silt/posture.h"

/* Writes the member "posture" of an image; null if there is none. */
void silt_json_posture(struct silt_json_writer *w, const struct silt_posture *posture);

#endif
