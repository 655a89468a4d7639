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

bool silt_account_next(struct silt_bytes *rest, struct silt_account *out)
{
	struct silt_bytes line;
	while (silt_bytes_cut(rest, '\n', &line)) {
		line = silt_bytes_trim(line);
		if (line.len == 0) {
			continue;
		}
		struct silt_bytes name = {0}, password, id = {0};
		silt_bytes_cut(&line, ':', &name);
		if (silt_bytes_cut(&line, ':', &password)) {
			silt_bytes_cut(&line, ':', &id);
		}
		*out = (struct silt_account){.name = name};
		silt_account_number(id, &out->id);
		return true;
	}
	return false;
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
