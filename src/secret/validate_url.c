/*
 * Passwords in addresses and in strings that connect to databases.
 *
 *   scheme://user:password@host:port/path        RFC 3986, section 3.2
 *            ^    ^        ^
 *            |    |        behind the secret: the host
 *            |    the secret
 *            before it
 *
 * Addresses with a password are what documentation is full of; its hosts, users and passwords are few.
 */
#include "secret/placeholder.h"
#include "secret/plain_value.h"
#include "secret/random_value.h"
#include "secret/validate.h"

#include "base/ascii.h"
#include "base/attributes.h"
#include "base/encoding.h"

#include <stdio.h>

enum {
	/* Bytes of an address that are looked at for its user or its host. */
	PART_MAX = 120,
};

struct address {
	struct silt_bytes user, password, host;
};

/* ---- Parts ----------------------------------------------------------------------------------------------------------- */

/* What stands between "://" and the colon before the secret. */
static struct silt_bytes user_before(struct silt_bytes before)
{
	size_t end = before.len > 0 ? before.len - 1 : 0; /* without the colon */
	size_t start = end;
	while (start > 0 && end - start < PART_MAX && before.ptr[start - 1] != '/') {
		start--;
	}
	return silt_bytes_slice(before, start, end - start);
}

static struct silt_bytes host_behind(struct silt_bytes behind)
{
	struct silt_bytes host = silt_bytes_slice(behind, 1, PART_MAX); /* without the '@' */
	bool literal = host.len > 0 && host.ptr[0] == '[';
	size_t len = 0;
	while (len < host.len && host.ptr[len] > ' ' && !silt_is_one_of(host.ptr[len], "/?#\"'`<>,;)\\|") &&
	       (literal || host.ptr[len] != ':') && !(len > 0 && host.ptr[len - 1] == ']')) {
		len++;
	}
	return silt_bytes_slice(host, 0, len);
}

static struct address read_address(struct silt_bytes secret, struct silt_bytes window)
{
	size_t at = (size_t)(secret.ptr - window.ptr);
	return (struct address){
		.user = user_before(silt_bytes_slice(window, 0, at)),
		.password = secret,
		.host = host_behind(silt_bytes_slice(window, at + secret.len, window.len)),
	};
}

/* ---- Hosts ----------------------------------------------------------------------------------------------------------- */

static bool is_listed(struct silt_bytes text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (silt_bytes_equal_nocase(text, silt_bytes_text(list[i]))) {
			return true;
		}
	}
	return false;
}

/* The last labels of the host, from a dot on or the whole. */
static bool ends_in(struct silt_bytes host, const char *domain)
{
	struct silt_bytes end = silt_bytes_text(domain);
	if (host.len < end.len || !silt_bytes_equal_nocase(silt_bytes_slice(host, host.len - end.len, end.len), end)) {
		return false;
	}
	return host.len == end.len || host.ptr[host.len - end.len - 1] == '.';
}

/* RFC 2606 and RFC 6761, and what people write instead. */
static bool is_made_up_host(struct silt_bytes host)
{
	static const char *const domains[] = {
		"example.com", "example.org", "example.net",  "example.edu",  "example",        "test",
		"invalid",     "domain.com",  "domain.tld",   "foo.com",      "bar.com",        "foo",
		"bar",         "baz",         "acme.example", "mydomain.com", "yourdomain.com", "somewhere.com",
		"site.com",    "server.com",  "host.com",     "company.com",  "hostname.com"};
	static const char *const words[] = {"host",     "hostname", "server",   "servername", "domain",
					    "address",  "ip",       "hostspec", "proxy",      "myhost",
					    "myserver", "yourhost", "dbhost",   "..."};
	for (size_t i = 0; i < SILT_COUNT(domains); i++) {
		if (ends_in(host, domains[i])) {
			return true;
		}
	}
	return host.len == 0 || is_listed(host, words, SILT_COUNT(words)) ||
	       (host.ptr[0] != '[' && silt_is_template(host)) || silt_is_one_of(host.ptr[0], "$<{%") ||
	       silt_has_placeholder_part(host);
}

static bool is_local_host(struct silt_bytes host)
{
	static const char *const names[] = {"localhost", "[::1]", "0.0.0.0", "host.docker.internal",
					    "localhost.localdomain"};
	return is_listed(host, names, SILT_COUNT(names)) || silt_bytes_start_with(host, SILT_LITERAL("127."));
}

/* ---- Users and passwords --------------------------------------------------------------------------------------------- */

/* Names that nobody has: those of documentation. */
static bool is_made_up_user(struct silt_bytes user)
{
	static const char *const names[] = {"user",   "username", "usr",    "u",        "me",       "foo",
					    "bar",    "name",     "login",  "someuser", "myuser",   "joe",
					    "john",   "jane",     "alice",  "bob",      "johndoe",  "janedoe",
					    "scott",  "fred",     "admin",  "test",     "testuser", "a",
					    "dbuser", "db_user",  "userid", "jack",     "tom",      "tim"};
	return is_listed(user, names, SILT_COUNT(names)) || silt_has_placeholder_part(user);
}

static bool is_part_of_template(struct silt_bytes password)
{
	return silt_is_template(password) || silt_is_one_of(password.ptr[0], "$<{%*[(") ||
	       silt_bytes_find(password, SILT_LITERAL("${")) != SIZE_MAX ||
	       silt_bytes_find(password, SILT_LITERAL("{{")) != SIZE_MAX;
}

/* "443" and the like: what follows is a path or a query with an '@' in it. */
static bool begins_with_port(struct silt_bytes password)
{
	size_t digits = 0;
	while (digits < password.len && silt_is_digit(password.ptr[digits])) {
		digits++;
	}
	return digits > 0 && digits <= 5 && (digits == password.len || silt_is_one_of(password.ptr[digits], ",;&="));
}

static bool is_no_password(const struct address *address)
{
	return address->password.len == 0 || is_part_of_template(address->password) ||
	       begins_with_port(address->password) || is_made_up_host(address->host) ||
	       silt_is_template(address->user) ||
	       silt_is_one_of(address->user.len > 0 ? address->user.ptr[0] : 0, "$<{%");
}

/* ---- Validators ------------------------------------------------------------------------------------------------------ */

static const char guessable[] = "a password that can be guessed";

/*
 * A placeholder at a host that nobody made up is told with doubt, as are the defaults of databases: they may work.
 * With a user out of documentation, or on this host, it is none.
 */
bool silt_validate_database_url(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct address address = read_address(secret, verdict->window);
	if (is_no_password(&address)) {
		return false;
	}
	secret = silt_percent_decode(secret, verdict->room);
	verdict->identity = secret;
	bool local = is_local_host(address.host);
	bool weak = silt_is_placeholder(secret) || silt_bytes_equal_nocase(secret, address.user) ||
		    silt_is_identifier(secret);
	if (weak && (local || is_made_up_user(address.user))) {
		return false;
	}
	if (weak) {
		silt_verdict_doubtful(verdict, guessable);
	} else if (local) {
		verdict->severity = SILT_SEVERITY_MEDIUM;
		verdict->confidence = SILT_CONFIDENCE_POSSIBLE;
		verdict->note = "a service on the same host";
	}
	return true;
}

/* Of any other scheme. The rule is a generic one: placeholders and names have been left out. */
bool silt_validate_address_password(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	struct address address = read_address(secret, verdict->window);
	if (is_no_password(&address) || silt_bytes_equal_nocase(secret, address.user)) {
		return false;
	}
	secret = silt_percent_decode(secret, verdict->room);
	verdict->identity = secret;
	bool doubtful = is_local_host(address.host) || is_made_up_user(address.user);
	if (!silt_looks_strong(secret)) {
		if (doubtful) {
			return false;
		}
		silt_verdict_doubtful(verdict, guessable);
	} else if (doubtful) {
		verdict->confidence = SILT_CONFIDENCE_POSSIBLE;
	}
	return true;
}

bool silt_validate_connection_password(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	if (secret.len == 0 || is_part_of_template(secret)) {
		return false;
	}
	if (!silt_looks_strong(secret)) {
		silt_verdict_doubtful(verdict, guessable);
	}
	return true;
}

/* RFC 7617: base64 of "user:password". */
bool silt_validate_basic_auth(struct silt_bytes secret, struct silt_confirmation *verdict)
{
	static const char *const samples[] = {"open sesame", "gX1fBat3bV"}; /* of RFC 7617 and RFC 6749 */
	struct silt_bytes password = {.ptr = verdict->room};
	struct silt_bytes user;
	if (!silt_base64_decode(secret, verdict->room, &password.len) || !silt_is_text(password) ||
	    silt_bytes_find_byte(password, ':') == SIZE_MAX || !silt_bytes_cut(&password, ':', &user) ||
	    password.len < 3 || silt_is_placeholder(password) || silt_bytes_equal_nocase(user, password) ||
	    is_listed(password, samples, SILT_COUNT(samples))) {
		return false;
	}
	if (silt_is_identifier(password) || is_made_up_user(user)) {
		silt_verdict_doubtful(verdict, guessable);
	} else {
		silt_verdict_proven(verdict, verdict->severity, "decodes to a user and a password");
	}
	return true;
}
