/* Lines with names and values: which of them are settings with a password in them. The value stands between « and ». */
#include "check.h"

#include "secret/validate.h"

#include <stdio.h>
#include <stdlib.h>

static const char opening[] = "\xc2\xab";
static const char closing[] = "\xc2\xbb";

/* The line without its marks, in memory of its own size. */
struct marked {
	char *text; /* owns */
	struct silt_bytes window, secret;
};

static struct marked read_marked(const char *line)
{
	const char *start = strstr(line, opening);
	const char *end = strstr(line, closing);
	assert_true(start && end && start < end);
	size_t head = (size_t)(start - line);
	size_t value = (size_t)(end - start) - 2;
	size_t tail = strlen(end + 2);
	struct marked marked = {.text = malloc(head + value + tail + 1)};
	assert_non_null(marked.text);
	memcpy(marked.text, line, head);
	memcpy(marked.text + head, start + 2, value);
	memcpy(marked.text + head + value, end + 2, tail);
	marked.window = silt_bytes(marked.text, head + value + tail);
	marked.secret = silt_bytes(marked.text + head, value);
	return marked;
}

static bool is_told(const char *line, const char *path, enum silt_severity *severity)
{
	struct marked marked = read_marked(line);
	char facts[SILT_FACTS_SIZE] = "";
	struct silt_confirmation verdict = {.confidence = SILT_CONFIDENCE_POSSIBLE,
					    .severity = SILT_SEVERITY_MEDIUM,
					    .identity = marked.secret,
					    .window = marked.window,
					    .path = silt_bytes_text(path),
					    .facts = facts};
	bool told = silt_validate_assignment(marked.secret, &verdict);
	*severity = verdict.severity;
	assert_int_equal(verdict.confidence, SILT_CONFIDENCE_POSSIBLE);
	free(marked.text);
	return told;
}

static void expect(const char *const *lines, size_t count, const char *path, bool wanted)
{
	for (size_t i = 0; i < count; i++) {
		enum silt_severity severity;
		if (is_told(lines[i], path, &severity) != wanted) {
			fail_msg("%s %s told", lines[i], wanted ? "is not" : "is");
		}
	}
}

#define TOLD(...)                                                                                                      \
	expect((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),        \
	       "app/settings", true)
#define NOT_TOLD(...)                                                                                                  \
	expect((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),        \
	       "app/settings", false)

static void settings_are_told(void **state)
{
	(void)state;
	TOLD("DB_PASSWORD=«hunter2x»\n", "\nexport RDS_PASS='«Summer24»'\n",
	     "x\n  db_password: «Summer24»   # of the dump\n", "{\"user\": \"app\", \"password\": \"«Summer24»\"}",
	     "\n    - MYSQL_ROOT_PASSWORD=«Summer24»\r\n", "docker run -e DB_PASS=«Summer24» -d mysql\n",
	     "tool --password=«Summer24» --verbose\n", "tool --password «Summer24»\n",
	     "<password>«Summer24»</password>", "<add key=\"DbPassword\" value=\"«Summer24»\" />",
	     "$config['smtp_pass'] = '«Summer24»';");
}

static void calls_types_and_defaults_are_told(void **state)
{
	(void)state;
	TOLD("define('DB_PASSWORD', '«Summer24»');", "os.environ.get(\"DB_PASSWORD\", \"«Summer24»\")",
	     "password: ${DB_PASSWORD:-«Summer24»}", "token: string = \"«k7QmZ2vXw9LtRp4N»\";",
	     "[\"PATH=/bin\", \"DB_PASSWORD=«Summer24»\"]", "pass = process.env.DB_PASS || '«Summer24»'",
	     "string password = @\"«Summer24»\";", "password = b'«Summer24»'", "\\\"password\\\": \\\"«Summer24»\\\"");
}

static void other_lines_are_not(void **state)
{
	(void)state;
	NOT_TOLD("log(password, \"«Summer24»\")", "the password=«Summer24» was wrong, they said\n",
		 "password «Summer24»\n", "password_field: «Summer24»\n", "if password:- «Summer24»\n",
		 "user = \"«Summer24»\"", "token: \"«short1»\"", "secret = \"«Summer24»\"", "«Summer24»", "=«Summer24»",
		 "password: prefix-«${NAME}-1»\n", "password = «1234»\n", "password = «summer»\n",
		 "password = «Sum\x01mer24»\n");
}

static void words_of_programs_are_names(void **state)
{
	(void)state;
	enum silt_severity severity;
	assert_true(is_told("password = «Summer24»\n", "etc/app.conf", &severity));
	assert_false(is_told("password = «Summer24»\n", "app/login.py", &severity));
	assert_false(is_told("password = «Summer24»\n", "app/Login.JAVA", &severity));
	assert_true(is_told("password = '«Summer24»'\n", "app/login.py", &severity));
}

static void comments_and_long_lines_need_a_strong_value(void **state)
{
	(void)state;
	TOLD("# password = «Zt4-kQ9xWv»\n");
	NOT_TOLD("# password = «hunter2x»\n", "// password: '«hunter2x»'");
	char line[600];
	memset(line, 'x', sizeof(line));
	memcpy(line + 400, ",password:\"«hunter2x»\"", sizeof(",password:\"«hunter2x»\""));
	enum silt_severity severity;
	assert_false(is_told(line, "app/settings", &severity));
	memcpy(line + 400, ",password:\"«Zt4-kQ9xWv»\"", sizeof(",password:\"«Zt4-kQ9xWv»\""));
	assert_true(is_told(line, "app/settings", &severity));
}

static void variables_of_what_is_no_file_are_left_to_the_audit(void **state)
{
	(void)state;
	enum silt_severity severity;
	assert_false(is_told("DB_PASSWORD=«Zt4-kQ9xWv»", "", &severity));
	assert_false(is_told("RUN export DB_PASSWORD=\"«Zt4-kQ9xWv»\"", "", &severity));
	assert_true(is_told("RUN mysql --password=«Zt4-kQ9xWv» app", "", &severity));
	assert_true(is_told("{\"password\": \"«Zt4-kQ9xWv»\"}", "", &severity));
}

static void simple_values_are_low(void **state)
{
	(void)state;
	enum silt_severity severity;
	assert_true(is_told("DB_PASSWORD=«hunter2x»\n", "app/settings", &severity));
	assert_int_equal(severity, SILT_SEVERITY_LOW);
	assert_true(is_told("DB_PASSWORD=«Zt4-kQ9xWv»\n", "app/settings", &severity));
	assert_int_equal(severity, SILT_SEVERITY_MEDIUM);
}

/* Every line ends in a value: what stands before it is cut off byte by byte, and each of its bytes is changed. */
static void any_bytes_can_stand_around_a_value(void **state)
{
	(void)state;
	static const char line[] = "<add key=\"Token: string\" value=\\\"DB_PASSWORD:-\xff=>b'";
	static const char changes[] = {'\0', ':', '"', '.', ' ', '\n', '>', ',', '\xff', 'a'};
	static const char value[] = "«Zt4-kQ9xWv»";
	char text[sizeof(line) + sizeof(value)];
	enum silt_severity severity;
	for (size_t start = 0; start < sizeof(line); start++) {
		snprintf(text, sizeof(text), "%s%s", line + start, value);
		is_told(text, "x", &severity);
	}
	for (size_t at = 0; at + 1 < sizeof(line); at++) {
		for (size_t i = 1; i < sizeof(changes); i++) {
			snprintf(text, sizeof(text), "%s%s", line, value);
			text[at] = changes[i];
			is_told(text, "x", &severity);
		}
	}
}

static void a_sign_without_a_name_is_no_variable(void **state)
{
	(void)state;
	enum silt_severity severity;
	assert_false(is_told("=«q8Zt2LmV0xPw7RkY4sNd»", "", &severity));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_are_told),
		cmocka_unit_test(calls_types_and_defaults_are_told),
		cmocka_unit_test(other_lines_are_not),
		cmocka_unit_test(words_of_programs_are_names),
		cmocka_unit_test(comments_and_long_lines_need_a_strong_value),
		cmocka_unit_test(variables_of_what_is_no_file_are_left_to_the_audit),
		cmocka_unit_test(simple_values_are_low),
		cmocka_unit_test(any_bytes_can_stand_around_a_value),
		cmocka_unit_test(a_sign_without_a_name_is_no_variable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
