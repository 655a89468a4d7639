/* Candidates for words of a command line. */
#include "cli/offers.h"

#include "cli/formats.h"
#include "silt/silt.h"

#include <string.h>

void cli_offers_add(struct cli_offers *offers, const char *name, size_t len, const char *about)
{
	const char *typed = offers->word + offers->kept;
	const size_t typed_len = strlen(typed);
	if (typed_len <= len && memcmp(name, typed, typed_len) == 0) {
		fprintf(offers->out, "%.*s%.*s%s%s\n", (int)offers->kept, offers->word, (int)len, name,
			*about != '\0' ? "\t" : "", about);
	}
}

static void add(struct cli_offers *offers, const char *name, const char *about)
{
	cli_offers_add(offers, name, strlen(name), about);
}

/* ---- By kind --------------------------------------------------------------------------------------------------------- */

void cli_offers_commands(struct cli_offers *offers)
{
	offers->bits |= CLI_OFFERS_NO_FILES;
	for (size_t i = 0; i < cli_command_count; i++) {
		add(offers, cli_commands[i].name, cli_commands[i].summary);
	}
}

static void offer_rules(struct cli_offers *offers)
{
	struct silt_rules *rules = NULL;
	struct silt_error err = {0};
	if (silt_rules_new(true, NULL, 0, &rules, &err) != SILT_OK) {
		return; /* fewer offers: whoever types goes on typing */
	}
	for (size_t i = 0; i < silt_rules_count(rules); i++) {
		struct silt_rule_info info;
		silt_rules_get(rules, i, &info);
		add(offers, info.id, info.title);
	}
	silt_rules_free(rules);
}

static void offer_checks(struct cli_offers *offers)
{
	offers->bits |= CLI_OFFERS_NO_FILES;
	for (size_t i = 0; i < silt_checks_count(); i++) {
		add(offers, silt_checks_get(i)->id, silt_checks_get(i)->title);
	}
	for (size_t i = 0; i < SILT_CHECK_FAMILIES; i++) {
		add(offers, silt_check_family_name((enum silt_check_family)i), "a family of checks");
	}
	offer_rules(offers);
}

/* Several with commas between: those before the last comma stay. */
static void offer_check_list(struct cli_offers *offers)
{
	const char *comma = strrchr(offers->word + offers->kept, ',');
	offers->kept = comma != NULL ? (size_t)(comma + 1 - offers->word) : offers->kept;
	offer_checks(offers);
}

static void offer_limits(struct cli_offers *offers)
{
	offers->bits |= CLI_OFFERS_NO_FILES;
	for (size_t i = 0; i < silt_limits_count(); i++) {
		add(offers, silt_limits_get(i)->name, silt_limits_get(i)->what);
	}
}

static void offer_limit_settings(struct cli_offers *offers)
{
	offers->bits |= CLI_OFFERS_NO_FILES | CLI_OFFERS_NO_SPACE;
	for (size_t i = 0; i < silt_limits_count(); i++) {
		char name[64];
		(void)snprintf(name, sizeof(name), "%s=", silt_limits_get(i)->name);
		add(offers, name, silt_limits_get(i)->what);
	}
}

static void offer_policies(struct cli_offers *offers)
{
	for (size_t i = 0; silt_policy_shipped_name(i) != NULL; i++) {
		add(offers, silt_policy_shipped_name(i), "a policy that silt ships");
	}
}

static void offer_policy_names(struct cli_offers *offers)
{
	offers->bits |= CLI_OFFERS_NO_FILES;
	offer_policies(offers);
}

static void offer_folders(struct cli_offers *offers)
{
	offers->bits |= CLI_OFFERS_FOLDERS;
}

/* The shell does it. */
static void offer_files(struct cli_offers *offers)
{
	(void)offers;
}

/* ---- By place -------------------------------------------------------------------------------------------------------- */

struct kind {
	const char *placeholder;
	void (*offer)(struct cli_offers *offers);
};

static const struct kind argument_kinds[] = {
	{"BASE", offer_files},        {"BASES", offer_files},
	{"CHECKS", offer_check_list}, {"DIR", offer_folders},
	{"FILE", offer_files},        {"FILE|NAME", offer_policies},
	{"KEY", offer_files},         {"NAME=VALUE", offer_limit_settings},
};

static const struct kind operand_kinds[] = {
	{"COMMAND", cli_offers_commands}, {"DIR", offer_folders},         {"LIMIT", offer_limits},
	{"NAME", offer_checks},           {"POLICY", offer_policy_names},
};

/* NULL: not in the table. */
static const struct kind *find_kind(const struct kind *kinds, size_t count, const char *placeholder, size_t len)
{
	for (size_t i = 0; i < count; i++) {
		if (strlen(kinds[i].placeholder) == len && memcmp(kinds[i].placeholder, placeholder, len) == 0) {
			return &kinds[i];
		}
	}
	return NULL;
}

void cli_offers_operand(struct cli_offers *offers, const char *placeholder, size_t len)
{
	const size_t count = sizeof(operand_kinds) / sizeof(operand_kinds[0]);
	const struct kind *kind = find_kind(operand_kinds, count, placeholder, len);
	if (kind != NULL) {
		kind->offer(offers);
	}
}

void cli_offers_options(struct cli_offers *offers, const struct cli_command *command)
{
	offers->bits |= CLI_OFFERS_NO_FILES;
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		const struct cli_option *option = &cli_options[id];
		char name[64];
		(void)snprintf(name, sizeof(name), "--%s", option->name);
		if ((option->scope & (unsigned)command->scope) != 0) {
			add(offers, name, option->help);
		}
		(void)snprintf(name, sizeof(name), "-%c", option->letter);
		if ((option->scope & (unsigned)command->scope) != 0 && option->letter != 0) {
			add(offers, name, option->help);
		}
	}
}

static void offer_choices(struct cli_offers *offers, const char *choices)
{
	offers->bits |= CLI_OFFERS_NO_FILES;
	while (*choices != '\0') {
		const size_t len = strcspn(choices, ",");
		cli_offers_add(offers, choices, len, "");
		choices += len;
		choices += strspn(choices, ", ");
	}
}

/* Behind "=" there is a file. */
static void offer_formats(struct cli_offers *offers, const struct cli_command *command)
{
	if (strchr(offers->word + offers->kept, '=') != NULL) {
		return;
	}
	offers->bits |= CLI_OFFERS_NO_FILES | CLI_OFFERS_NO_SPACE;
	struct cli_format format;
	for (size_t at = 0; cli_format_next(command, &at, &format);) {
		add(offers, format.name, format.about);
	}
}

void cli_offers_argument(struct cli_offers *offers, const struct cli_command *command, const struct cli_option *option)
{
	const size_t count = sizeof(argument_kinds) / sizeof(argument_kinds[0]);
	const struct kind *kind = find_kind(argument_kinds, count, option->argument, strlen(option->argument));
	if (option->choices != NULL) {
		offer_choices(offers, option->choices);
	} else if (option == &cli_options[CLI_OPTION_OUTPUT]) {
		offer_formats(offers, command);
	} else if (kind != NULL) {
		kind->offer(offers);
	} else {
		offers->bits |= CLI_OFFERS_NO_FILES; /* a number, a name: nothing can be known of it */
	}
}
