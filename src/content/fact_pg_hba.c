/*
 * pg_hba.conf of PostgreSQL: from where somebody gets in without a password.
 * https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
 */
#include "base/ascii.h"
#include "content/fact_parts.h"

static bool wants(const struct silt_fact_file *file)
{
	return silt_bytes_equal(file->name, SILT_LITERAL("pg_hba.conf"));
}

/* "host DATABASE USER ADDRESS METHOD" or "host DATABASE USER ADDRESS MASK METHOD". Lines of "local" are of one host. */
enum { FIELD_TYPE, FIELD_DATABASE, FIELD_USER, FIELD_ADDRESS, FIELD_METHOD, FIELD_LATE_METHOD, FIELDS_MAX };

/* How long the field is that `text` begins with: a list goes on behind its comma, and quotes hold blanks. */
static size_t field_length(struct silt_bytes text)
{
	bool quoted = false, listing = false;
	size_t at = 0;
	for (; at < text.len; at++) {
		uint8_t byte = text.ptr[at];
		bool blank = byte == ' ' || byte == '\t';
		if (!quoted && ((blank && !listing) || byte == '#')) {
			break;
		}
		quoted = quoted != (byte == '"');
		listing = byte == ',' || (listing && blank);
	}
	return at;
}

static size_t split(struct silt_bytes line, struct silt_bytes fields[static FIELDS_MAX])
{
	size_t count = 0;
	while (count < FIELDS_MAX) {
		line = silt_bytes_trim(line);
		size_t len = field_length(line);
		if (len == 0) {
			break;
		}
		fields[count++] = silt_bytes_trim(silt_bytes_slice(line, 0, len));
		line = silt_bytes_slice(line, len, line.len);
	}
	return count;
}

/* "127.0.0.1/32" is of this host alone; "127.0.0.1/0" is everybody. */
static bool is_loopback(struct silt_bytes address, struct silt_bytes mask)
{
	size_t slash = silt_bytes_find_byte(address, '/');
	struct silt_bytes size = silt_bytes_slice(address, slash == SIZE_MAX ? address.len : slash + 1, 3);
	struct silt_fact_address host = {.host = silt_bytes_slice(address, 0, slash)};
	uint64_t bits = 0;
	silt_decimal(size, size.len, &bits);
	bool wide = size.len > 0 ? bits < 8
				 : mask.len > 0 && !silt_bytes_start_with(mask, SILT_LITERAL("255")) &&
					   !silt_bytes_start_with(mask, SILT_LITERAL("ffff"));
	return silt_bytes_equal(address, SILT_LITERAL("samehost")) || (silt_fact_is_local(&host) && !wide);
}

/* Tells the fields of a line, one blank between them. */
static enum silt_status tell_fields(const struct silt_fact_listener *listener, uint32_t line,
				    const struct silt_bytes *fields, size_t count)
{
	struct silt_bytes parts[2 * FIELDS_MAX];
	for (size_t i = 0; i < count; i++) {
		parts[2 * i] = fields[i];
		parts[2 * i + 1] = SILT_LITERAL(" ");
	}
	return silt_fact_tell_parts(listener, SILT_FACT_PG_TRUST, line, parts, 2 * count - 1);
}

static enum silt_status read_line(struct silt_bytes line, uint32_t number, const struct silt_fact_listener *listener)
{
	struct silt_bytes fields[FIELDS_MAX], none = {0};
	size_t count = split(line, fields);
	if (count <= FIELD_METHOD ||
	    !silt_fact_is_one(fields[FIELD_TYPE], "host hostssl hostnossl hostgssenc hostnogssenc")) {
		return SILT_OK;
	}
	bool masked = count > FIELD_LATE_METHOD && (silt_is_digit(fields[FIELD_METHOD].ptr[0]) ||
						    silt_bytes_find_byte(fields[FIELD_METHOD], ':') != SIZE_MAX);
	size_t method = masked ? FIELD_LATE_METHOD : FIELD_METHOD;
	if (!silt_bytes_equal(silt_bytes_unquoted(fields[method]), SILT_LITERAL("trust")) ||
	    is_loopback(silt_bytes_unquoted(fields[FIELD_ADDRESS]), masked ? fields[FIELD_METHOD] : none)) {
		return SILT_OK;
	}
	return tell_fields(listener, number, fields, method + 1);
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct silt_fact_lines lines = {.rest = body};
	struct silt_bytes line;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_fact_line(&lines, &line)) {
		status = read_line(line, lines.number, &listener);
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_pg_hba = {.wants = wants, .read = read};
