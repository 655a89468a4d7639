/* How validators say what they found. */
#include "secret/key.h"
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

void silt_verdict_key(struct silt_confirmation *verdict, struct silt_key key, const char *broken)
{
	switch (key.state) {
	case SILT_KEY_PLAIN:
		silt_verdict_proven(verdict, SILT_SEVERITY_CRITICAL, key.note);
		break;
	case SILT_KEY_ENCRYPTED:
		silt_verdict_proven(verdict, SILT_SEVERITY_MEDIUM, key.note);
		break;
	case SILT_KEY_STUB:
		silt_verdict_proven(verdict, SILT_SEVERITY_INFO, key.note);
		break;
	case SILT_KEY_BROKEN:
		silt_verdict_doubtful(verdict, broken);
		break;
	}
}
