/* Lists of what may be: what is in them is allowed, and what is not counts. */
#include "kit.h"

#include "base/buffer.h"

/* The findings that only lists make: "RULE SUBJECT (IMAGES); ...", all of which must count. */
static void assert_demands(const char *yaml, const char *want)
{
	struct silt_buffer got = {0};
	struct silt_judgement *judgement = kit_judge(yaml);
	for (size_t i = 0; i < judgement->finding_count; i++) {
		const struct silt_finding *finding = &judgement->findings[i];
		if (!strstr(finding->rule, "-not-allowed")) {
			continue;
		}
		assert_int_equal(finding->standing, SILT_STANDING_COUNTS);
		assert_true(finding->title[0] && finding->remedy[0] && strlen(finding->fingerprint) == 32);
		silt_buffer_printf(&got, "%s%s (", got.len > 0 ? "; " : "", finding->subject);
		for (size_t k = 0; k < finding->sighting_count; k++) {
			silt_buffer_printf(&got, "%zu", finding->sightings[k].image);
		}
		silt_buffer_add_text(&got, ")");
	}
	assert_string_equal(silt_buffer_text(&got), want);
	silt_buffer_done(&got);
	silt_judgement_free(judgement);
}

static void a_user_is_allowed_by_name_or_number(void **state)
{
	(void)state;
	assert_demands("allow: {users: [root, shop]}", "");
	assert_demands("allow: {users: [0, 10001]}", "");
	assert_demands("allow: {users: [root, 'shop:web']}", "");
	assert_demands("allow: {users: ['10001:7']}", "no user set (0)");
	assert_demands("allow: {users: ['10001:8', root]}", "user shop:web (1)");
	assert_demands("allow: {users: []}", "no user set (0); user shop:web (1)");
	assert_standings("allow: {users: [root, shop]}", "counts allowed below below below");
	assert_standings("allow: {users: [shop]}", "counts counts below below below");
}

static void a_port_is_allowed_by_number_and_protocol(void **state)
{
	(void)state;
	assert_demands("allow: {ports: [22, 8000-9000/tcp, 53/UDP]}", "");
	assert_demands("allow: {ports: [22, 8000-8009, 53]}", "53/udp (0); 8000-8010/tcp (0)");
	assert_demands("allow: {ports: []}", "22/tcp (0); 53/udp (0); 8000-8010/tcp (0)");
}

static void a_shell_is_allowed_by_path_or_name(void **state)
{
	(void)state;
	assert_demands("allow: {shells: [busybox, /usr/bin/perl*]}", "");
	assert_demands("allow: {shells: [perl]}", "/bin/busybox (01)");
	assert_demands("allow: {shells: [/bin/*]}", "/usr/bin/perl (0)");
	struct silt_judgement *judgement = kit_judge("allow: {shells: [perl]}\nfail-on: critical");
	assert_string_equal(judgement->findings[1].rule, "shell-not-allowed");
	assert_int_equal(judgement->findings[1].sightings[0].path.len, strlen("bin/busybox"));
	assert_string_equal(judgement->findings[1].standing_why, "not among those that policy.yaml allows, line 2");
	silt_judgement_free(judgement);
}

static void a_demand_can_be_waived_or_off(void **state)
{
	(void)state;
	struct silt_judgement *judgement =
		kit_judge("allow: {shells: [], ports: []}\n"
			  "fail-on: critical\n"
			  "rules: {config-port-not-allowed: off}\n"
			  "waivers: [{rule: shell-not-allowed, path: /bin/busybox, reason: x, expires: never}]\n");
	assert_int_equal(judgement->finding_count, KIT_FINDINGS + 5);
	assert_int_equal(judgement->counting, 2); /* and perl */
	silt_judgement_free(judgement);
}

#define SETUID(what) "allow: {setuid: [{path: /usr/bin/su, " what "}]}"

static void a_setuid_program_is_allowed_as_it_is_only(void **state)
{
	(void)state;
	const char *const yes = "counts counts below allowed below", *const no = "counts counts below counts below";
	assert_standings(SETUID("mode: 4755, owner: '0:42'"), yes);
	assert_standings(SETUID("mode: '04755', owner: '0:42'"), yes);
	assert_standings(SETUID("digest: '" KIT_DIGEST "'"), yes);
	assert_standings(SETUID("mode: 4755, owner: '0:42', digest: '" KIT_DIGEST "'"), yes);
	assert_standings(SETUID("mode: 4711, owner: '0:42'"), no);
	assert_standings(SETUID("mode: 4755, owner: '0:0'"), no);
	assert_standings(SETUID("mode: 4711, owner: '0:42', digest: '" KIT_DIGEST "'"), no);
	assert_standings("allow: {setuid: [{path: /bin/su, mode: 4755, owner: '0:42'}]}", no);
	assert_standings("allow: {setuid: []}", no);
	assert_standings("allow: {setuid: []}\nrules: {priv-setuid: off}", "counts counts below allowed below");
}

static void bases_are_for_the_audit(void **state)
{
	(void)state;
	size_t count = 0;
	struct silt_policy *policy = kit_policy("allow: {bases: [{name: 'debian:12', layers: [" KIT_DIGEST "]}]}");
	const struct silt_base *bases = silt_policy_bases(policy, &count);
	assert_int_equal(count, 1);
	assert_string_equal(bases[0].name, "debian:12");
	assert_int_equal(bases[0].count, 1);
	assert_string_equal(bases[0].diff_ids[0], KIT_DIGEST);
	silt_policy_free(policy);
}

static void mistakes_in_lists_are_told(void **state)
{
	(void)state;
	assert_mistakes(
		"allow:\n"
		"  user: [app]\n"
		"  ports: [http, 70000, 9-8, 80/]\n"
		"  shells: [bin/sh]\n"
		"  setuid:\n"
		"    - {path: usr/bin/su, mode: 4758, owner: root}\n"
		"    - {path: /usr/bin/su}\n"
		"  bases:\n"
		"    - {name: x, layers: [sha256:1]}\n",
		"policy.yaml:3:3: unknown key \"user\": did you mean \"users\"?\n"
		"policy.yaml:4:11: ports: expected a port such as 8080/tcp or 8000-8010/udp, found \"http\"\n"
		"policy.yaml:4:17: ports: expected a port such as 8080/tcp or 8000-8010/udp, found \"70000\"\n"
		"policy.yaml:4:24: ports: expected a port such as 8080/tcp or 8000-8010/udp, found \"9-8\"\n"
		"policy.yaml:4:29: ports: expected a port such as 8080/tcp or 8000-8010/udp, found \"80/\"\n"
		"policy.yaml:5:12: shells: expected a path such as /bin/sh, or a name such as dash, found "
		"\"bin/sh\"\n"
		"policy.yaml:7:14: path: expected a path such as /usr/bin/su, found \"usr/bin/su\"\n"
		"policy.yaml:7:32: mode: expected an octal mode such as 4755, found \"4758\"\n"
		"policy.yaml:7:45: owner: expected numbers of user and group, such as 0:0, found \"root\"\n"
		"policy.yaml:8:7: a setuid program needs the keys mode and owner, or digest: a path alone can be "
		"anything\n"
		"policy.yaml:10:26: layers: expected sha256: and 64 lower-case hex digits, found \"sha256:1\"\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_user_is_allowed_by_name_or_number),
		cmocka_unit_test(a_port_is_allowed_by_number_and_protocol),
		cmocka_unit_test(a_shell_is_allowed_by_path_or_name),
		cmocka_unit_test(a_demand_can_be_waived_or_off),
		cmocka_unit_test(a_setuid_program_is_allowed_as_it_is_only),
		cmocka_unit_test(bases_are_for_the_audit),
		cmocka_unit_test(mistakes_in_lists_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
