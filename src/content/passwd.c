/* Lines of etc/passwd and etc/group. */
#include "content/passwd.h"

#include "base/ascii.h"
#include "base/attributes.h"

bool silt_account_number(struct silt_bytes text, int64_t *out)
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	if (negative || (text.len > 0 && text.ptr[0] == '+')) {
		text = silt_bytes_slice(text, 1, text.len);
	}
	if (text.len == 0) {
		return false;
	}
	int64_t number = 0;
	bool clamped = false;
	for (size_t i = 0; i < text.len; i++) {
		if (!silt_is_digit(text.ptr[i])) {
			return false;
		}
		int64_t digit = text.ptr[i] - '0';
		clamped = clamped || SILT_MUL_OVERFLOWS(number, (int64_t)10, &number) ||
			  SILT_ADD_OVERFLOWS(number, digit, &number);
	}
	if (clamped) {
		number = INT64_MAX;
	}
	*out = negative ? -number : number;
	return true;
}

/* The fields of a line by their number; passwd has seven. */
enum { NAME, PASSWORD, ID, HOME = 5, SHELL, FIELDS };

bool silt_account_read(struct silt_bytes line, struct silt_account *out)
{
	struct silt_bytes fields[FIELDS] = {0}, field;
	line = silt_bytes_trim(line);
	if (line.len == 0) {
		return false;
	}
	*out = (struct silt_account){0};
	while (out->fields < FIELDS && silt_bytes_cut(&line, ':', &field)) {
		fields[out->fields++] = field;
	}
	out->name = fields[NAME];
	out->password = fields[PASSWORD];
	out->home = fields[HOME];
	out->shell = fields[SHELL];
	out->has_id = silt_account_number(fields[ID], &out->id);
	return true;
}

bool silt_account_next(struct silt_bytes *rest, struct silt_account *out)
{
	struct silt_bytes line;
	while (silt_bytes_cut(rest, '\n', &line)) {
		if (silt_account_read(line, out)) {
			return true;
		}
	}
	return false;
}

size_t silt_account_lines(struct silt_bytes body)
{
	size_t lines = 0;
	struct silt_bytes line;
	while (silt_bytes_cut(&body, '\n', &line)) {
		lines++;
	}
	return lines;
}

bool silt_account_is_entry(const struct silt_account *account, size_t fields)
{
	return account->fields >= fields && account->name.len > 0 && account->name.ptr[0] != '#' &&
	       account->name.ptr[0] != '+' && account->name.ptr[0] != '-';
}

bool silt_account_by_name(struct silt_bytes body, struct silt_bytes name, struct silt_account *out)
{
	struct silt_account account;
	while (silt_account_next(&body, &account)) {
		if (silt_bytes_equal(account.name, name)) {
			*out = account;
			return true;
		}
	}
	return false;
}
