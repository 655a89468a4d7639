/* sudoers(5): who may run what as root, and whether a password is asked for. */
#include "base/ascii.h"
#include "content/fact_parts.h"
#include "content/sudoers_text.h"

static const struct silt_fact_place files[] = {
	SILT_PLACE("etc", "sudoers"),
	SILT_PLACE("usr/local/etc", "sudoers"),
	SILT_PLACE("usr/etc", "sudoers"),
};
static const struct silt_fact_place parts[] = {
	SILT_PLACE("etc/sudoers.d", "*"),
	SILT_PLACE("usr/local/etc/sudoers.d", "*"),
	SILT_PLACE("usr/etc/sudoers.d", "*"),
};

/* sudo passes over parts with a '.' in their names, and those that end with '~'. */
static bool wants(const struct silt_fact_file *file)
{
	struct silt_bytes name = file->name;
	return silt_fact_is_at(file, files, SILT_COUNT(files)) ||
	       (silt_fact_is_at(file, parts, SILT_COUNT(parts)) && silt_bytes_find_byte(name, '.') == SIZE_MAX &&
		!silt_bytes_end_with(name, SILT_LITERAL("~")));
}

enum { FREE_LISTS_MAX = 32 };

/* What holds for all rules of a file. */
struct sudoers {
	struct silt_sudoers_aliases aliases;
	bool all_free;       /* nobody is asked for a password */
	bool other_password; /* the password asked for is that of root, or of whom the command runs as */
	size_t free_count;
	struct silt_bytes free_lists[FREE_LISTS_MAX]; /* users who are not */
};

static bool is_word(struct silt_bytes text, const char *word)
{
	return silt_bytes_equal(text, silt_bytes_text(word));
}

static bool is_all(struct silt_bytes item)
{
	return is_word(item, "ALL");
}

static bool is_root(struct silt_bytes item)
{
	return is_word(item, "root") || is_word(item, "#0");
}

/* ---- Defaults ------------------------------------------------------------------------------------------------------ */

static void free_users(struct sudoers *sudoers, struct silt_bytes users)
{
	if (users.len == 0 || is_all(users)) {
		sudoers->all_free = true;
	} else if (sudoers->free_count < FREE_LISTS_MAX) {
		sudoers->free_lists[sudoers->free_count++] = users;
	}
}

/* "!authenticate, env_keep += X", for all users or some. */
static void read_parameters(struct sudoers *sudoers, struct silt_bytes users, struct silt_bytes parameters)
{
	while (parameters.len > 0) {
		size_t len = silt_sudoers_length_before(parameters, ",");
		struct silt_bytes parameter = silt_sudoers_trim(silt_bytes_slice(parameters, 0, len));
		parameters = silt_bytes_slice(parameters, len + 1, parameters.len);
		if (is_word(parameter, "!authenticate")) {
			free_users(sudoers, users);
		} else if (is_word(parameter, "authenticate") && users.len == 0) {
			sudoers->all_free = false;
		} else if (is_word(parameter, "targetpw") || is_word(parameter, "rootpw")) {
			sudoers->other_password = sudoers->other_password || users.len == 0;
		}
	}
}

static const struct silt_bytes defaults = SILT_LITERAL_INIT("Defaults");

static bool is_defaults(struct silt_bytes line)
{
	return silt_bytes_start_with(line, defaults) && line.len > defaults.len &&
	       silt_is_one_of(line.ptr[defaults.len], " \t\\:@!>");
}

/* "Defaults PARAMETERS", "Defaults:USERS PARAMETERS". Those of hosts (@) hold for all; of commands (!), runas (>) not. */
static void read_defaults(struct sudoers *sudoers, struct silt_bytes line)
{
	struct silt_bytes users = {0};
	uint8_t scope = line.ptr[defaults.len];
	line = silt_bytes_slice(line, defaults.len, line.len);
	if (silt_is_one_of(scope, ":@!>")) {
		line = silt_bytes_slice(line, 1, line.len);
		struct silt_bytes list = silt_sudoers_take_list(&line);
		users = scope == ':' ? list : users;
	}
	if (scope != '!' && scope != '>') {
		read_parameters(sudoers, users, line);
	}
}

static bool is_free(struct sudoers *sudoers, struct silt_bytes user)
{
	for (size_t i = 0; i < sudoers->free_count; i++) {
		struct silt_sudoers_items items =
			silt_sudoers_items(&sudoers->aliases, SILT_SUDOERS_USERS, sudoers->free_lists[i]);
		struct silt_bytes item;
		while (sudoers->aliases.steps < SILT_SUDOERS_STEPS_MAX && silt_sudoers_item(&items, &item)) {
			if (silt_bytes_equal(item, user)) {
				return true;
			}
		}
	}
	return sudoers->all_free;
}

/* ---- Commands of a rule -------------------------------------------------------------------------------------------- */

/* What a rule lets its users do. */
struct grant {
	bool all_free, some_free; /* without a password */
	bool all, some;           /* with one */
};

/* What holds for the commands that follow in a rule. */
struct manner {
	bool free;
	bool as_root;
};

static const struct manner first_manner = {.as_root = true};

/* "(ALL : ALL)", "(root)", "(app)", "(:group)" */
static bool is_as_root(struct sudoers *sudoers, struct silt_bytes runas)
{
	runas = silt_bytes_slice(runas, 0, silt_sudoers_length_before(runas, ":"));
	struct silt_sudoers_items items = silt_sudoers_items(&sudoers->aliases, SILT_SUDOERS_RUNAS, runas);
	struct silt_bytes item;
	bool as_root = false;
	while (silt_sudoers_item(&items, &item)) {
		bool excluded = item.ptr[0] == '!';
		item = excluded ? silt_sudoers_trim(silt_bytes_slice(item, 1, item.len)) : item;
		if (is_root(item) || is_all(item)) {
			as_root = !excluded;
		}
	}
	return as_root;
}

static const char tags[] =
	"NOPASSWD PASSWD NOEXEC EXEC SETENV NOSETENV LOG_INPUT NOLOG_INPUT LOG_OUTPUT NOLOG_OUTPUT FOLLOW NOFOLLOW "
	"MAIL NOMAIL INTERCEPT NOINTERCEPT";

static size_t word_length(struct silt_bytes text)
{
	size_t len = 0;
	while (len < text.len &&
	       (silt_is_letter(text.ptr[len]) || silt_is_digit(text.ptr[len]) || text.ptr[len] == '_')) {
		len++;
	}
	return len;
}

/* What may stand before a command: a tag "NOPASSWD:", an option "CWD=/x", a digest "sha256:...". False if none does. */
static bool take_tag(struct silt_bytes *text, struct manner *manner)
{
	size_t len = word_length(*text);
	struct silt_bytes word = silt_bytes_slice(*text, 0, len);
	struct silt_bytes rest = silt_sudoers_trim(silt_bytes_slice(*text, len, text->len));
	uint8_t sign = len > 0 && rest.len > 0 ? rest.ptr[0] : 0;
	bool digest = sign == ':' && silt_bytes_start_with(word, SILT_LITERAL("sha"));
	bool valued = sign == '=' || digest;
	if (!valued && (sign != ':' || !silt_fact_is_one(word, tags))) {
		return false;
	}
	if (is_word(word, "NOPASSWD") || is_word(word, "PASSWD")) {
		manner->free = is_word(word, "NOPASSWD");
	}
	rest = silt_bytes_slice(rest, 1, rest.len);
	*text = silt_bytes_slice(rest, valued ? silt_sudoers_length_before(rest, " \t\\,") : 0, rest.len);
	return true;
}

/* The same, and "(RUNAS)". */
static bool take_mark(struct sudoers *sudoers, struct silt_bytes *text, struct manner *manner)
{
	*text = silt_sudoers_trim(*text);
	if (text->len > 0 && text->ptr[0] == '(') {
		size_t len = silt_sudoers_length_before(*text, ")");
		manner->as_root = is_as_root(sudoers, silt_bytes_slice(*text, 1, len - 1));
		*text = silt_bytes_slice(*text, len + 1, text->len);
		return true;
	}
	return take_tag(text, manner);
}

static bool names_all(struct sudoers *sudoers, struct silt_bytes command)
{
	struct silt_sudoers_items items = silt_sudoers_items(&sudoers->aliases, SILT_SUDOERS_COMMANDS, command);
	struct silt_bytes item;
	while (silt_sudoers_item(&items, &item)) {
		if (is_all(item)) {
			return true;
		}
	}
	return false;
}

static void add_command(struct sudoers *sudoers, struct silt_bytes command, struct manner manner, struct grant *grant)
{
	command = silt_sudoers_trim(command);
	if (command.len == 0 || command.ptr[0] == '!') {
		return;
	}
	bool all = manner.as_root && names_all(sudoers, command);
	*(manner.free ? all ? &grant->all_free : &grant->some_free : all ? &grant->all : &grant->some) = true;
}

/* "[(RUNAS)] [TAG:] COMMAND, COMMAND : HOSTS = COMMAND": what stands behind the first '=' of a rule. */
static struct grant read_commands(struct sudoers *sudoers, struct silt_bytes text)
{
	struct grant grant = {0};
	struct manner manner = first_manner;
	while (text.len > 0) {
		while (take_mark(sudoers, &text, &manner)) {
		}
		size_t len = silt_sudoers_length_before(text, ",:");
		bool more = len < text.len && text.ptr[len] == ',';
		add_command(sudoers, silt_bytes_slice(text, 0, len), manner, &grant);
		text = silt_bytes_slice(text, len + 1, text.len);
		if (!more) {
			manner = first_manner;
			text = silt_bytes_slice(text, silt_sudoers_length_before(text, "=") + 1, text.len);
		}
	}
	return grant;
}

/* ---- Rules --------------------------------------------------------------------------------------------------------- */

static enum silt_status tell(const struct silt_fact_listener *listener, struct sudoers *sudoers, uint32_t line,
			     struct silt_bytes user, struct grant grant)
{
	bool free = is_free(sudoers, user);
	enum silt_status status = SILT_OK;
	if (grant.all_free || (free && grant.all)) {
		return silt_fact_tell(listener, SILT_FACT_SUDO_NOPASSWD_ALL, line, user);
	}
	if (grant.some_free || (free && grant.some)) {
		status = silt_fact_tell(listener, SILT_FACT_SUDO_NOPASSWD_SOME, line, user);
	}
	return status == SILT_OK && grant.all && !sudoers->other_password
		       ? silt_fact_tell(listener, SILT_FACT_SUDO_ALL, line, user)
		       : status;
}

/* "USERS HOSTS = COMMANDS" */
static enum silt_status read_rule(struct sudoers *sudoers, struct silt_bytes line, uint32_t number,
				  const struct silt_fact_listener *listener)
{
	struct silt_bytes users = silt_sudoers_take_list(&line), user;
	size_t equals = silt_sudoers_length_before(line, "=");
	if (equals == 0 || equals == line.len) {
		return SILT_OK;
	}
	struct grant grant = read_commands(sudoers, silt_bytes_slice(line, equals + 1, line.len));
	struct silt_sudoers_items items = silt_sudoers_items(&sudoers->aliases, SILT_SUDOERS_USERS, users);
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_sudoers_item(&items, &user)) {
		if (user.ptr[0] != '!' && !is_root(user)) {
			status = tell(listener, sudoers, number, user, grant);
		}
	}
	return status;
}

/* Aliases and defaults hold wherever in the file they stand, so they are read first. */
static void read_definitions(struct sudoers *sudoers, struct silt_bytes body)
{
	struct silt_sudoers_lines lines = {.rest = body};
	struct silt_bytes line;
	while (silt_sudoers_line(&lines, &line)) {
		enum silt_sudoers_alias_kind kind = silt_sudoers_alias_line(&line);
		if (kind != SILT_SUDOERS_NO_ALIAS) {
			silt_sudoers_add_aliases(&sudoers->aliases, kind, line);
		} else if (is_defaults(line)) {
			read_defaults(sudoers, line);
		}
	}
}

/* What is neither a definition nor an @include. */
static bool is_rule(struct silt_bytes line)
{
	return silt_sudoers_alias_line(&line) == SILT_SUDOERS_NO_ALIAS && !is_defaults(line) && line.ptr[0] != '@';
}

static enum silt_status read(struct silt_bytes path, struct silt_bytes body, silt_fact_fn *fn, void *ctx,
			     struct silt_error *err)
{
	(void)path;
	struct silt_fact_listener listener = {fn, ctx, err};
	struct sudoers sudoers = {0};
	read_definitions(&sudoers, body);
	struct silt_sudoers_lines lines = {.rest = body};
	struct silt_bytes line;
	enum silt_status status = SILT_OK;
	while (status == SILT_OK && silt_sudoers_line(&lines, &line)) {
		if (is_rule(line)) {
			status = read_rule(&sudoers, line, lines.number, &listener);
		}
	}
	return status;
}

const struct silt_fact_reader silt_facts_of_sudoers = {.wants = wants, .read = read, .demanded = "rules of sudo"};
