/* How validators say what they found. */
#include "secret/validate.h"

void silt_verdict_proven(struct silt_confirmation *verdict, enum silt_severity severity, const char *note)
{
	verdict->confidence = SILT_CONFIDENCE_PROVEN;
	verdict->severity = severity;
	verdict->note = note;
}

void silt_verdict_doubtful(struct silt_confirmation *verdict, const char *note)
{
	verdict->confidence = SILT_CONFIDENCE_POSSIBLE;
	verdict->severity = SILT_SEVERITY_LOW;
	verdict->note = note;
}

void silt_verdict_harmless(struct silt_confirmation *verdict, const char *note)
{
	verdict->confidence = SILT_CONFIDENCE_POSSIBLE;
	verdict->severity = SILT_SEVERITY_INFO;
	verdict->note = note;
}

bool silt_verdict_checksum(struct silt_confirmation *verdict, enum silt_severity severity, bool holds)
{
	if (holds) {
		silt_verdict_proven(verdict, severity, "checksum holds");
	} else {
		silt_verdict_doubtful(verdict, "checksum does not hold: revoked, edited, redacted or made up");
	}
	return true;
}
