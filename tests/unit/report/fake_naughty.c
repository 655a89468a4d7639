/* A made-up result of hostile names, as an audit hands them on: escaped, but for the bytes of paths. */
#include "fake.h"

#include "base/attributes.h"

#define NONE SIZE_MAX
#define TIMES_8(text) text text text text text text text text
#define LONG_NAME TIMES_8(TIMES_8("very/long, and $even! longer \xE2\x82\xAC than that "))
#define PATH(text)                                                                                                     \
	{                                                                                                              \
		(const uint8_t *)(text), sizeof(text) - 1                                                              \
	}

#define SCRIPT "<script>alert(1)</script>"
#define LINK "[click](http://evil.example/) ](javascript:alert(1)) ![x](//evil.example/x.png) <http://evil.example>"
#define TICKS "``` `` ` \"quoted\" 'quoted' *bold* _em_ | a | b | #1 @someone {0} {{1}}"
#define COMMAND "::error file=x::owned%0A::set-output name=x::y ##[error] =cmd|' /C calc'!A0 ]]> ${{ secrets.X }}"
#define BYTES "\\x1b]0;owned\\x07\\n\\xff \xE2\x82\xAC \xF0\x9F\x98\x80"

static const char *const names[] = {SCRIPT ":" LINK, "-rf"};

static const struct silt_layer layers[] = {
	{
		.diff_id = "sha256:5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e",
		.digest = "sha256:5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e",
		.compression = "none",
		.member = "../../http://" SCRIPT "/./a b?c#d",
		.instruction = "RUN " COMMAND " " LINK,
		.blob_bytes = UINT64_MAX,
		.bytes = UINT64_MAX,
		.present = true,
	},
	{.diff_id = "", .digest = "", .compression = "", .member = "", .instruction = ""},
};

static const struct silt_image images[] = {{
	.names = names,
	.name_count = SILT_COUNT(names),
	.config_digest = "",
	.manifest_digest = "",
	.platform = "linux/" SCRIPT,
	.created = "yesterday",
	.user = COMMAND,
	.declared_by = "manifest.json",
	.layers = layers,
	.layer_count = SILT_COUNT(layers),
}};

#define SIGHTING(text, bytes)                                                                                          \
	{                                                                                                              \
		.image = 0, .layer = 0, .place = (text), .path = PATH(bytes), .member = "layer.tar",                   \
		.has_offset = true, .offset = UINT64_MAX, .length = UINT64_MAX, .fate = SILT_FATE_DELETED,             \
		.added_by = "COPY " TICKS, .cause_layer = 1, .hidden_by = COMMAND, .note = LINK                        \
	}

static const struct silt_sighting sightings[] = {
	SIGHTING("/" SCRIPT, SCRIPT),
	SIGHTING("/" LINK, LINK),
	SIGHTING("/" TICKS, TICKS),
	SIGHTING("/" COMMAND, COMMAND),
	SIGHTING("/" BYTES, "\x1b]0;owned\x07\n\xff \xE2\x82\xAC \xF0\x9F\x98\x80"),
	SIGHTING("/C:\\\\con", "C:\\con"),
	SIGHTING("/" LONG_NAME, LONG_NAME),
	{.image = 7,
	 .layer = 7,
	 .place = SCRIPT,
	 .member = "//evil.example/" LINK,
	 .fate = SILT_FATE_UNREFERENCED,
	 .added_by = "",
	 .cause_layer = 9,
	 .hidden_by = "",
	 .note = ""},
};

/* One finding for each name: in its subject, and with all of its sightings. */
#define FINDING(text, where, digit)                                                                                    \
	{                                                                                                              \
		.rule = "secret-env", .pattern = "github-pat", .title = "GitHub token",                                \
		.severity = SILT_SEVERITY_HIGH, .confidence = SILT_CONFIDENCE_LIKELY, .subject = (text),               \
		.detail = (text), .remedy = "Revoke it: " text ".", .exposure = SILT_FATE_DELETED,                     \
		.fingerprint = digit "a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a", .suppressed = "", .standing_why = (text),      \
		.sightings = &sightings[where], .sighting_count = SILT_COUNT(sightings) - (where)                      \
	}

static const struct silt_finding findings[] = {
	FINDING(SCRIPT, 0, "0"), FINDING(LINK, 1, "1"), FINDING(TICKS, 2, "2"),     FINDING(COMMAND, 3, "3"),
	FINDING(BYTES, 4, "4"),  FINDING("", 5, "5"),   FINDING(LONG_NAME, 6, "6"), FINDING("x](1) [y](2)", 7, "7"),
};

static const struct silt_gap gaps[] = {
	{.place = COMMAND, .reason = LINK, .has_offset = true, .offset = UINT64_MAX, .bytes = UINT64_MAX},
	{.place = LONG_NAME, .reason = SCRIPT},
};

const struct silt_result fake_naughty = {
	.name = "../..//C:/" SCRIPT "?" LINK,
	.format = "docker",
	.images = images,
	.image_count = SILT_COUNT(images),
	.findings = findings,
	.finding_count = SILT_COUNT(findings),
	.coverage = {.gaps = gaps, .gap_count = SILT_COUNT(gaps)},
};
