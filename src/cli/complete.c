/* Where on the command line the word is that is being typed. */
#include "cli/complete.h"

#include "cli/actions.h"
#include "cli/offers.h"

#include <ctype.h>
#include <string.h>

/* ---- The words before it --------------------------------------------------------------------------------------------- */

struct place {
	const struct cli_option *option; /* whose argument is being typed; NULL: none's */
	bool operands_only;              /* behind "--" */
	const char *first;               /* operand; NULL: there is none */
	size_t operands;
};

static bool is_option_of(const struct cli_option *option, const struct cli_command *command)
{
	return (option->scope & (unsigned)command->scope) != 0;
}

/* NULL: there is none. */
static const struct cli_option *long_option(const struct cli_command *command, const char *name, size_t len)
{
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		const struct cli_option *option = &cli_options[id];
		if (is_option_of(option, command) && strlen(option->name) == len &&
		    memcmp(option->name, name, len) == 0) {
			return option;
		}
	}
	return NULL;
}

static const struct cli_option *short_option(const struct cli_command *command, char letter)
{
	for (size_t id = 0; id < CLI_OPTION_COUNT; id++) {
		if (is_option_of(&cli_options[id], command) && cli_options[id].letter == letter) {
			return &cli_options[id];
		}
	}
	return NULL;
}

/*
 * The option in a word such as "--only=a", "--only", "-qo" that takes an argument, and where that begins: at the end of
 * the word if it is the next one. NULL: none of its options takes one.
 */
static const struct cli_option *option_in(const struct cli_command *command, const char *word, size_t *argument)
{
	if (word[1] == '-') {
		const size_t len = strcspn(word + 2, "=");
		const struct cli_option *option = long_option(command, word + 2, len);
		*argument = 2 + len + (word[2 + len] == '=');
		return option != NULL && option->argument != NULL ? option : NULL;
	}
	for (size_t i = 1; word[i] != '\0'; i++) {
		const struct cli_option *option = short_option(command, word[i]);
		*argument = i + 1;
		if (option != NULL && option->argument != NULL) {
			return option;
		}
	}
	return NULL;
}

/* True if the argument of the option is not in this word: "--only", "-o"; not "--only=", "-oj". */
static bool wants_next(const char *word, size_t argument)
{
	return word[argument] == '\0' && word[argument - 1] != '=';
}

static struct place find_place(const struct cli_command *command, char *const *words, int count)
{
	struct place place = {0};
	for (int i = 0; i < count; i++) {
		size_t argument = 0;
		if (place.option != NULL) {
			place.option = NULL;
		} else if (!place.operands_only && strcmp(words[i], "--") == 0) {
			place.operands_only = true;
		} else if (place.operands_only || words[i][0] != '-' || words[i][1] == '\0') {
			place.first = place.operands++ == 0 ? words[i] : place.first;
		} else {
			const struct cli_option *option = option_in(command, words[i], &argument);
			place.option = option != NULL && wants_next(words[i], argument) ? option : NULL;
		}
	}
	return place;
}

/* ---- Operands -------------------------------------------------------------------------------------------------------- */

/* The word of number `index` in a text such as "show NAME..."; one with "..." stands for all behind it. NULL: none. */
static const char *word_at(const char *text, size_t index, size_t *len)
{
	for (;;) {
		*len = strcspn(text, " ");
		if (*len == 0 || *text == '|') {
			return NULL;
		}
		if (index-- == 0 || memmem(text, *len, "...", 3) != NULL) {
			return text;
		}
		text += *len + (text[*len] == ' ');
	}
}

static void offer_placeholder(struct cli_offers *offers, const char *text, size_t index)
{
	size_t len = 0;
	const char *word = word_at(text, index, &len);
	if (word == NULL) {
		offers->bits |= CLI_OFFERS_NO_FILES;
		return;
	}
	word += *word == '[';
	cli_offers_operand(offers, word, strcspn(word, "]. "));
}

/* "list | show NAME...": the first operand is one of these, and tells what the others are. */
static void offer_actions(struct cli_offers *offers, const char *text, const struct place *place)
{
	offers->bits |= place->operands == 0 ? CLI_OFFERS_NO_FILES : 0;
	for (; *text != '\0'; text = cli_actions_next(text)) {
		const size_t len = strcspn(text, " ");
		if (place->operands == 0) {
			cli_offers_add(offers, text, len, "");
		} else if (strlen(place->first) == len && memcmp(place->first, text, len) == 0) {
			offer_placeholder(offers, text, place->operands);
			return;
		}
	}
}

static void offer_operand(struct cli_offers *offers, const struct cli_command *command, const struct place *place)
{
	const char *text = cli_actions(command);
	if (cli_actions_are(text)) {
		offer_actions(offers, text, place);
	} else {
		offer_placeholder(offers, text, place->operands);
	}
}

/* ---- The word -------------------------------------------------------------------------------------------------------- */

static void offer_for(struct cli_offers *offers, const struct cli_command *command, const struct place *place)
{
	const char *word = offers->word;
	size_t argument = 0;
	const struct cli_option *option = place->option;
	if (option != NULL) {
		cli_offers_argument(offers, command, option);
	} else if (place->operands_only || word[0] != '-') {
		offer_operand(offers, command, place);
	} else if ((option = option_in(command, word, &argument)) != NULL && !wants_next(word, argument)) {
		offers->kept = argument;
		cli_offers_argument(offers, command, option);
	} else {
		cli_offers_options(offers, command);
	}
}

/* The first word is the command, or an option of the program. */
static void offer_first(struct cli_offers *offers)
{
	if (offers->word[0] == '-') {
		cli_offers_options(offers, &cli_program);
	} else {
		cli_offers_commands(offers);
	}
}

/* What is typed comes back in the answer, which is lines of text. */
static bool is_text(const char *word)
{
	while (*word != '\0' && !iscntrl((unsigned char)*word)) {
		word++;
	}
	return *word == '\0';
}

enum cli_exit cli_complete(int count, char *const *words)
{
	struct cli_offers offers = {.out = stdout, .word = count > 0 ? words[count - 1] : ""};
	const struct cli_command *command = count > 1 ? cli_command_find(words[0]) : NULL;
	if (!is_text(offers.word)) {
		offers.bits = 0;
	} else if (count < 2) {
		offer_first(&offers);
	} else if (command != NULL) {
		const struct place place = find_place(command, words + 1, count - 2);
		offer_for(&offers, command, &place);
	}
	printf(":%u\n", offers.bits);
	return CLI_EXIT_CLEAN;
}
