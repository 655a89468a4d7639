/* Commands and words of shell scripts, each script against all that is read of it. */
#include "check.h"

#include "base/buffer.h"
#include "base/shell_words.h"

/*
 * A walk as text: "LINE JOINT [word] [word]{flags} >[target]" and a line end for each command. Flags: q quoted,
 * x expanded, s substituted, p pattern, c cut.
 */
static void show_word(struct silt_buffer *out, const struct silt_shell_word *word)
{
	static const char letters[] = "qxspc";
	silt_buffer_add_byte(out, '[');
	silt_buffer_add(out, word->text);
	silt_buffer_add_byte(out, ']');
	for (unsigned i = 0; i < sizeof(letters) - 1; i++) {
		if (word->flags >> i & 1) {
			silt_buffer_add_byte(out, (uint8_t)letters[i]);
		}
	}
}

static void show_command(struct silt_buffer *out, const struct silt_shell_command *command)
{
	static const char *const joints[] = {"^", ";", "&", "&&", "||", "|"};
	static const char *const directions[] = {"<", ">", ">>", "dup", "<<", "<<<"};
	silt_buffer_printf(out, "%u %s", command->line, joints[command->before]);
	for (size_t i = 0; i < command->count; i++) {
		silt_buffer_add_text(out, i < command->program ? " =" : " ");
		show_word(out, &command->words[i]);
	}
	for (size_t i = 0; i < command->redirection_count; i++) {
		silt_buffer_printf(out, " %s", directions[command->redirections[i].direction]);
		show_word(out, &command->redirections[i].target);
	}
	silt_buffer_add_text(out, command->whole ? "\n" : " ...\n");
}

static void reads_bytes(struct silt_bytes script, const char *expected)
{
	static struct silt_shell shell;
	struct silt_buffer out = {0};
	silt_shell_begin(&shell, script);
	while (silt_shell_next(&shell)) {
		show_command(&out, &shell.command);
	}
	assert_string_equal(silt_buffer_text(&out), expected);
	silt_buffer_done(&out);
}

static void reads(const char *script, const char *expected)
{
	reads_bytes(silt_bytes_text(script), expected);
}

static void commands_end_at_operators_and_lines(void **state)
{
	(void)state;
	reads("a b; c && d || e | f & g\nh", "1 ^ [a] [b]\n1 ; [c]\n1 && [d]\n1 || [e]\n1 | [f]\n1 & [g]\n2 ; [h]\n");
	reads("", "");
	reads("\n ;;\n", "");
	reads("curl x |\n sh", "1 ^ [curl] [x]\n2 | [sh]\n");
	reads("a |& b", "1 ^ [a]\n1 | [b]\n");
	reads("a \\\n  b\\\nc\nd", "1 ^ [a] [bc]\n4 ; [d]\n");
	reads("exec app\r\n", "1 ^ [exec] [app]\n");
}

static void groups_and_loops_are_looked_into(void **state)
{
	(void)state;
	reads("(curl x; true) | sh", "1 ^ [curl] [x]\n1 ; [true]\n1 | [sh]\n");
	reads("{ curl x; } | sh", "1 ^ [curl] [x]\n1 | [sh]\n");
	reads("if a; then b; elif ! c; then d; else e; fi | f",
	      "1 ^ [a]\n1 ; [b]\n1 ; [c]\n1 ; [d]\n1 ; [e]\n1 | [f]\n");
	reads("while read l; do echo $l; done < /etc/x", "1 ^ [read] [l]\n1 ; [echo] [$l]x\n1 ; <[/etc/x]\n");
	reads("for i in sshd x; do y; done", "1 ^ [for] [i] [in] [sshd] [x]\n1 ; [y]\n");
	reads("main() {\n exec x\n}\nmain", "2 ^ [exec] [x]\n4 ; [main]\n");
	reads("function main { exec x; }", "1 ^ [exec] [x]\n");
	reads("echo if then }", "1 ^ [echo] [if] [then] [}]\n");
}

static void patterns_and_tests_are_no_commands(void **state)
{
	(void)state;
	reads("case \"$1\" in\n sshd|-*) exec \"$@\";;\n (\"\") a ;;\n *) b\nesac\nc",
	      "2 ^ [exec] [$@]qx\n3 ; [a]\n4 ; [b]\n6 ; [c]\n");
	reads("case a in esac; b", "1 ^ [b]\n");
	reads("case a in x) case b in y) c;; esac;; z) d;; esac", "1 ^ [c]\n1 ; [d]\n");
	reads("[[ -z $a && sshd < b ]] && c", "1 ^ [c]\n");
	reads("(( a > 3 || b )) && c", "1 ^ [c]\n");
	reads("[ -f /etc/x ] && c", "1 ^ [[]p [-f] [/etc/x] []]\n1 && [c]\n");
}

static void quotes_are_taken_off(void **state)
{
	(void)state;
	reads("a 'b c'd \"e $f\" g\\ h \"i\\\"j\\k\" '' \"\"", "1 ^ [a] [b cd]q [e $f]qx [g h]q [i\"j\\k]q []q []q\n");
	reads("a 'x; sudo y' \"&& z\"", "1 ^ [a] [x; sudo y]q [&& z]q\n");
	reads("a $'b\\'c' $\"d\" $", "1 ^ [a] [b\\'c]q [d]q [$]\n");
	reads("a 'b\nc' d\ne", "1 ^ [a] [b\nc]q [d]\n3 ; [e]\n");
	reads("rm *.txt \"*\" a\\*", "1 ^ [rm] [*.txt]p [*]q [a*]q\n");
	reads("a \"b", "1 ^ [a] [b]qc\n");
	reads("a 'b; c", "1 ^ [a] [b; c]qc\n");
}

static void what_is_expanded_stays_in_its_word(void **state)
{
	(void)state;
	reads("a $(b; 'c)' \"$(d)\") `e f` ${x:-a b} $((1 + 2)) $?",
	      "1 ^ [a] [$(b; 'c)' \"$(d)\")]xs [`e f`]xs [${x:-a b}]x [$((1 + 2))]x [$?]x\n");
	reads("\"${x:-it's}\" a", "1 ^ [${x:-it's}]qx [a]\n");
	reads("a $(b # don't )\n) c", "1 ^ [a] [$(b # don't )\n)]xs [c]\n");
	reads("bash <(curl x)", "1 ^ [bash] [<(curl x)]xs\n");
	reads("a=(x y) b=$c d", "1 ^ =[a=(x y)]x =[b=$c]x [d]\n");
	reads("a $(b", "1 ^ [a] [$(b]xsc\n");
}

static void assignments_come_before_the_command_word(void **state)
{
	(void)state;
	reads("A=b C+='d e' env F=g", "1 ^ =[A=b] =[C+=d e]q [env] [F=g]\n");
	reads("A=b", "1 ^ =[A=b]\n");
	reads("1A=b", "1 ^ [1A=b]\n");
}

static void comments_are_passed_over(void **state)
{
	(void)state;
	reads("# sudo a\nb # sudo; c\nd#e", "2 ^ [b]\n3 ; [d#e]\n");
}

static void redirections_are_no_words(void **state)
{
	(void)state;
	reads("exec >log 2>&1 <in", "1 ^ [exec] >[log] dup[1] <[in]\n");
	reads("a >>b &>c >|d <>e >&f 3<&- {log}>g", "1 ^ [a] >>[b] >[c] >[d] <[e] >[f] dup[-] >[g]\n");
	reads("a 2 >b", "1 ^ [a] [2] >[b]\n");
	reads("> /etc/x echo a", "1 ^ [echo] [a] >[/etc/x]\n");
	reads("a <<< \"b c\"", "1 ^ [a] <<<[b c]q\n");
	reads("a >b >b >b >b >b >b >b >b >b", "1 ^ [a] >[b] >[b] >[b] >[b] >[b] >[b] >[b] >[b] ...\n");
}

static void here_documents_are_text(void **state)
{
	(void)state;
	reads("cat <<EOF > x; b\nsudo c\nEOF\nd", "1 ^ [cat] <<[EOF] >[x]\n1 ; [b]\n4 ; [d]\n");
	reads("cat <<-'E F' <<B\n\tsudo\n\tE F\nsudo\nB\nd", "1 ^ [cat] <<[E F]q <<[B]\n6 ; [d]\n");
	reads("cat <<EOF\nsudo", "1 ^ [cat] <<[EOF]\n");
	reads("while a; do b; done <<E\nsudo\nE\n", "1 ^ [a]\n1 ; [b]\n1 ; <<[E]\n");
}

static void here_documents_of_shells_are_commands(void **state)
{
	(void)state;
	reads("sudo -u app bash <<EOF\na b\nEOF", "1 ^ [sudo] [-u] [app] [bash] <<[EOF]\n2 ; [a] [b]\n3 ; [EOF]\n");
	reads("<<EOF\na b\nEOF", "1 ^ <<[EOF]\n2 ; [a] [b]\n3 ; [EOF]\n");
}

static void bytes_of_any_kind_are_words(void **state)
{
	(void)state;
	reads_bytes(SILT_LITERAL("a\xff \x01"), "1 ^ [a\xff] [\x01]\n");
	reads(")) ;; (a", "");
	reads("& && || | a", "1 ^ [a]\n");
	reads("\\", "1 ^ [\\]q\n");
}

static void nul_bytes_are_words(void **state)
{
	(void)state;
	static struct silt_shell shell;
	silt_shell_begin(&shell, SILT_LITERAL("a\0b \0"));
	assert_true(silt_shell_next(&shell));
	assert_int_equal(shell.command.count, 2);
	assert_int_equal(shell.command.words[0].text.len, 3);
	assert_false(silt_shell_next(&shell));
}

static void what_does_not_fit_is_cut_and_says_so(void **state)
{
	(void)state;
	static struct silt_shell shell;
	struct silt_buffer script = {0};
	for (int i = 0; i < SILT_SHELL_WORDS_MAX + 1; i++) {
		silt_buffer_add_text(&script, "w ");
	}
	silt_buffer_add_text(&script, "\nb ");
	for (int i = 0; i < SILT_SHELL_TEXT_MAX; i++) {
		silt_buffer_add_text(&script, "a''");
	}
	silt_shell_begin(&shell, silt_buffer_bytes(&script));
	assert_true(silt_shell_next(&shell));
	assert_int_equal(shell.command.count, SILT_SHELL_WORDS_MAX);
	assert_false(shell.command.whole);
	assert_true(silt_shell_next(&shell));
	assert_int_equal(shell.command.words[1].text.len, SILT_SHELL_TEXT_MAX);
	assert_false(shell.command.words[1].flags & SILT_SHELL_CUT);
	silt_buffer_add_text(&script, "a");
	silt_shell_begin(&shell, silt_buffer_bytes(&script));
	assert_true(silt_shell_next(&shell) && silt_shell_next(&shell));
	assert_true(shell.command.words[1].flags & SILT_SHELL_CUT);
	silt_buffer_done(&script);
}

static void nesting_beyond_the_limit_is_cut(void **state)
{
	(void)state;
	static struct silt_shell shell;
	struct silt_buffer script = {0};
	silt_buffer_add_text(&script, "a ");
	for (int i = 0; i < 100; i++) {
		silt_buffer_add_text(&script, "$(");
	}
	for (int i = 0; i < 100; i++) {
		silt_buffer_add_text(&script, ")");
	}
	silt_shell_begin(&shell, silt_buffer_bytes(&script));
	assert_true(silt_shell_next(&shell));
	assert_true(shell.command.words[1].flags & SILT_SHELL_CUT);
	assert_false(silt_shell_next(&shell));
	silt_buffer_done(&script);
}

static void runs(const char *script, const char *program)
{
	static struct silt_shell shell;
	silt_shell_begin(&shell, silt_bytes_text(script));
	assert_true(silt_shell_next(&shell));
	size_t index = silt_shell_inner_program(&shell.command, shell.command.program);
	assert_span(silt_shell_name(&shell.command, index), silt_bytes_text(program));
}

static void the_program_is_found_behind_what_runs_it(void **state)
{
	(void)state;
	runs("sudo -u app env A=b nice -n 5 /usr/bin/node x", "node");
	runs("A=b exec /usr/sbin/sshd -D", "sshd");
	runs("exec gosu app:app \"$@\"", "$@");
	runs("apt-get install sudo", "apt-get");
	runs("visudo -c", "visudo");
	runs("timeout -k 5 10 sh -c x", "sh");
	runs("tini -s -- app --flag", "app");
	runs("command -v gosu", "");
	runs("sudo -l", "");
	runs("sudo -u", "");
	runs("A=b", "");
	runs("exec", "");
}

static void substitutions_are_found_in_words(void **state)
{
	(void)state;
	struct silt_bytes rest = SILT_LITERAL("x$((1))${a}$(b $(c))y`d`<(e)$(f"), inside;
	assert_true(silt_shell_substitution(&rest, &inside));
	assert_bytes(inside, "b $(c)");
	assert_true(silt_shell_substitution(&rest, &inside));
	assert_bytes(inside, "d");
	assert_true(silt_shell_substitution(&rest, &inside));
	assert_bytes(inside, "e");
	assert_false(silt_shell_substitution(&rest, &inside));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_end_at_operators_and_lines),
		cmocka_unit_test(groups_and_loops_are_looked_into),
		cmocka_unit_test(patterns_and_tests_are_no_commands),
		cmocka_unit_test(quotes_are_taken_off),
		cmocka_unit_test(what_is_expanded_stays_in_its_word),
		cmocka_unit_test(assignments_come_before_the_command_word),
		cmocka_unit_test(comments_are_passed_over),
		cmocka_unit_test(redirections_are_no_words),
		cmocka_unit_test(here_documents_are_text),
		cmocka_unit_test(here_documents_of_shells_are_commands),
		cmocka_unit_test(bytes_of_any_kind_are_words),
		cmocka_unit_test(nul_bytes_are_words),
		cmocka_unit_test(what_does_not_fit_is_cut_and_says_so),
		cmocka_unit_test(nesting_beyond_the_limit_is_cut),
		cmocka_unit_test(the_program_is_found_behind_what_runs_it),
		cmocka_unit_test(substitutions_are_found_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
