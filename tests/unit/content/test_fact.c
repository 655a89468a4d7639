/* What files say, read by all readers that want them: each file against all of its facts. */
#include "content/fact.h"

#include "base/buffer.h"

#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const kind_names[SILT_FACT_KINDS] = {
	[SILT_FACT_OS_ID] = "id",
	[SILT_FACT_OS_ID_LIKE] = "id-like",
	[SILT_FACT_OS_VERSION] = "version",
	[SILT_FACT_OS_CODENAME] = "codename",
	[SILT_FACT_OS_NAME] = "name",
	[SILT_FACT_PASSWORD_EMPTY] = "empty",
	[SILT_FACT_PASSWORD_LOCKED] = "locked",
	[SILT_FACT_PASSWORD_SET] = "set",
	[SILT_FACT_SUDO_NOPASSWD_ALL] = "nopasswd-all",
	[SILT_FACT_SUDO_NOPASSWD_SOME] = "nopasswd-some",
	[SILT_FACT_SUDO_ALL] = "all",
	[SILT_FACT_SSHD_ROOT_LOGIN] = "root-login",
	[SILT_FACT_SSHD_EMPTY_PASSWORDS] = "empty-passwords",
	[SILT_FACT_SSHD_PASSWORDS] = "passwords",
	[SILT_FACT_PG_TRUST] = "trust",
	[SILT_FACT_REDIS_UNPROTECTED] = "unprotected",
	[SILT_FACT_REDIS_HAS_PASSWORD] = "has-password",
	[SILT_FACT_PRELOAD] = "preload",
	[SILT_FACT_SOURCE_UNSIGNED] = "unsigned",
	[SILT_FACT_SOURCE_UNVERIFIED] = "unverified",
	[SILT_FACT_SOURCE_PLAIN] = "plain",
	[SILT_FACT_CRON_PROGRAM] = "cron",
	[SILT_FACT_SCRIPT_EXECS] = "execs",
	[SILT_FACT_SCRIPT_DROPS] = "drops",
	[SILT_FACT_SCRIPT_EDITS_ETC] = "edits",
	[SILT_FACT_STARTS_SSHD] = "sshd",
	[SILT_FACT_AUTHORIZED_KEY] = "key",
	[SILT_FACT_LOGIN_SHELL] = "shell",
	[SILT_FACT_PACKAGE] = "package",
};

static enum silt_status show(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	(void)err;
	struct silt_buffer *out = ctx;
	silt_buffer_printf(out, "%u %s ", fact->line, kind_names[fact->kind]);
	silt_buffer_add(out, fact->text);
	silt_buffer_add_byte(out, '\n');
	return SILT_OK;
}

/* Reads a file and compares: "LINE KIND TEXT" and a line end for each fact. */
static void says_bytes(const char *path, struct silt_bytes body, const char *expected)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	struct silt_bytes name = silt_bytes_text(path);
	silt_fact_wants wants = silt_facts_wanted(name, body);
	assert_int_equal(silt_facts_read(wants, name, body, show, &out, &err), SILT_OK);
	assert_string_equal(silt_buffer_text(&out), expected);
	silt_buffer_done(&out);
}

static void says(const char *path, const char *body, const char *expected)
{
	says_bytes(path, silt_bytes_text(body), expected);
}

static void is_wanted(const char *path, bool wanted)
{
	if ((silt_facts_wanted(silt_bytes_text(path), SILT_LITERAL("x")) != 0) != wanted) {
		fail_msg("%s", path);
	}
}

/* ---- Accounts and servers ------------------------------------------------------------------------------------------ */

static void passwords_of_accounts_are_empty_locked_or_set(void **state)
{
	(void)state;
	says("etc/shadow",
	     "root:*:19000:0:99999:7:::\napp::19000::::::\na:x:1\nb:!:1\nc:!!:1\nd:!*:1\ne:!$6$s$h:1\n"
	     "f:$6$salt$hash:1\ng:abcdefghijklm:1\nh:_J9..rasm:1\ni:plain:1\n",
	     "1 locked root\n2 empty app\n3 locked a\n4 locked b\n5 locked c\n6 locked d\n7 locked e\n"
	     "8 set f\n9 set g\n10 set h\n11 locked i\n");
	says("etc/shadow-", "app:", "1 empty app\n");
	says("etc/master.passwd", "app::0:0::0:0:App:/:/bin/sh\r\n", "1 empty app\n");
	says("etc/shadow", "app\n#x::\n+::\n-y::\n::\n\n", "");
	says("home/etc/shadow", "app::", "");
}

static void sshd_takes_the_first_value_before_a_match(void **state)
{
	(void)state;
	says("etc/ssh/sshd_config",
	     "#PermitRootLogin no\npermitrootlogin YES # really\nPermitRootLogin no\nPermitEmptyPasswords=\"yes\"\n"
	     "PasswordAuthenticationX yes\nMatch User x\n PasswordAuthentication yes\n",
	     "2 root-login yes\n4 empty-passwords yes\n");
	says("etc/ssh/sshd_config.d/50-cloud.conf", "\tPasswordAuthentication = no\r\n", "1 passwords no\n");
	says("etc/ssh/sshd_config", "PermitRootLogin\nPermitRootLogin prohibit-password",
	     "2 root-login prohibit-password\n");
}

static void keys_are_told_by_their_algorithm(void **state)
{
	(void)state;
	says("root/.ssh/authorized_keys",
	     "# me\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@host\n"
	     "command=\"echo \\\"ssh-rsa\\\" x\",no-pty ecdsa-sha2-nistp256 AAAAE2Vj x\n"
	     "ssh-rsa\nssh-rsa BBBB\nfrom=\"ssh-dss AAAA\"\n",
	     "2 key ssh-ed25519\n3 key ecdsa-sha2-nistp256\n");
	says("etc/dropbear/authorized_keys", "ssh-rsa AAAAB3", "1 key ssh-rsa\n");
	says("etc/ssh/authorized_keys.d/app", "cert-authority ssh-rsa AAAAB3 x", "1 key ssh-rsa\n");
	is_wanted("home/app/.ssh/authorized_keys2", true);
	is_wanted("home/app/x.ssh/authorized_keys", false);
	is_wanted("home/app/.ssh/id_rsa.pub", false);
}

static void trust_is_told_of_lines_for_other_hosts(void **state)
{
	(void)state;
	says("var/lib/postgresql/data/pg_hba.conf",
	     "local all all trust\nhost all all 127.0.0.1/32 trust\nhost all all ::1/128 trust\n"
	     "host all all samehost trust\nhost all all localhost trust\nhost all all all md5\n"
	     "host all all 0.0.0.0/0 trust # oops\nhostssl \"my db\", b  all 10.0.0.0  255.0.0.0  trust\n"
	     "host all all 127.0.0.1 255.255.255.255 trust\nhost all all 127.0.0.1/0 trust\nhost all all\n",
	     "7 trust host all all 0.0.0.0/0 trust\n8 trust hostssl \"my db\", b all 10.0.0.0 255.0.0.0 trust\n"
	     "10 trust host all all 127.0.0.1/0 trust\n");
	says("pg_hba.conf", "host all all all \"trust\"", "1 trust host all all all \"trust\"\n");
	is_wanted("usr/share/postgresql/pg_hba.conf.sample", false);
}

static void redis_is_open_if_its_last_word_says_so(void **state)
{
	(void)state;
	says("etc/redis/redis.conf", "protected-mode no\n# requirepass x\n", "1 unprotected protected-mode no\n");
	says("etc/redis.conf", "protected-mode no\nprotected-mode yes\n", "");
	says("etc/redis.conf", "protected-mode no\nrequirepass hunter2\n",
	     "1 unprotected protected-mode no\n2 has-password requirepass\n");
	says("usr/local/etc/redis/redis.conf", "requirepass \"\"\naclfile /etc/users.acl", "2 has-password aclfile\n");
	says("etc/redis.conf", "user default on nopass ~* +@all\n", "");
	says("etc/redis.conf", "user app on >hunter2 ~*\n", "1 has-password user\n");
	says("etc/redis.conf", "bind 127.0.0.1 -::1\nprotected-mode no", "");
	says("etc/redis.conf", "bind 127.0.0.1 10.0.0.1\nprotected-mode no", "2 unprotected protected-mode no\n");
	is_wanted("etc/redis/sentinel.conf", false);
}

static void preloaded_libraries_are_told_one_by_one(void **state)
{
	(void)state;
	says("etc/ld.so.preload", "# x\n/lib/a.so /lib/b.so:/lib/c.so # d\n",
	     "2 preload /lib/a.so\n2 preload /lib/b.so\n2 preload /lib/c.so\n");
}

/* ---- sudo ---------------------------------------------------------------------------------------------------------- */

static void sudo_without_a_password_is_told(void **state)
{
	(void)state;
	says("etc/sudoers",
	     "root ALL=(ALL:ALL) NOPASSWD: ALL\n%sudo\tALL=(ALL:ALL) ALL\napp ALL=(ALL) NOPASSWD:ALL\n"
	     "b ALL = NOPASSWD: /bin/x, PASSWD: ALL\nc ALL=/bin/x\nd,e ALL=(root) NOPASSWD: /bin/a b c, /bin/d\n",
	     "2 all %sudo\n3 nopasswd-all app\n4 nopasswd-some b\n4 all b\n6 nopasswd-some d\n6 nopasswd-some e\n");
	says("etc/sudoers.d/app", "#1000 ALL=(ALL) NOPASSWD: ALL # app", "1 nopasswd-all #1000\n");
	says("etc/sudoers.d/app", "#0 ALL=(ALL) NOPASSWD: ALL\n#includedir /x\n@include y", "");
	is_wanted("etc/sudoers.d/app.rpmsave", false);
	is_wanted("etc/sudoers.d/app~", false);
	is_wanted("usr/local/etc/sudoers", true);
}

static void rules_of_sudo_may_go_on_and_have_options(void **state)
{
	(void)state;
	says("etc/sudoers", "# a \\\nb \\\n  ALL = \\\n (ALL) SETENV: NOPASSWD: \\\n ALL\n\nc ALL=ALL",
	     "2 nopasswd-all b\n7 all c\n");
	says("etc/sudoers", "a ALL=(ALL) CWD=/x ROLE=y NOEXEC: NOPASSWD : sha256:abc= /bin/x", "1 nopasswd-some a\n");
	says("etc/sudoers", "a ALL=(app) NOPASSWD: ALL\nb ALL=(:x) NOPASSWD: ALL\nc ALL=(ALL,!root) NOPASSWD: ALL",
	     "1 nopasswd-some a\n2 nopasswd-some b\n3 nopasswd-some c\n");
	says("etc/sudoers", "a ALL=(app) ALL\nb ALL=NOPASSWD: !ALL", "");
	says("etc/sudoers", "a h1 = NOPASSWD: /x : h2, h3 = ALL", "1 nopasswd-some a\n1 all a\n");
	says("etc/sudoers", "\"a b\" ALL=NOPASSWD: /bin/x a\\,b\\:c\\=ALL", "1 nopasswd-some a b\n");
	says("etc/sudoers", "a\nb ALL\n= ALL\nc ALL (ALL) ALL\n=\n,,\n", "");
}

static void aliases_of_sudo_are_looked_into(void **state)
{
	(void)state;
	says("etc/sudoers",
	     "ADMINS ALL=(OPS) NOPASSWD: EVERY\nUser_Alias ADMINS = a, MORE : MORE = b\nCmnd_Alias EVERY = /bin/x, "
	     "ALL\n"
	     "Runas_Alias OPS = app, root\n",
	     "1 nopasswd-all a\n1 nopasswd-all b\n");
	says("etc/sudoers", "Cmnd_Alias X = sha224:abc /bin/x, /bin/y : Y = /z\na ALL=NOPASSWD: X\nUNKNOWN ALL=ALL",
	     "2 nopasswd-some a\n3 all UNKNOWN\n");
	says("etc/sudoers", "User_Alias A = B, a : B = A, A\nA ALL=ALL", "2 all A\n2 all A\n2 all a\n");
}

static void defaults_of_sudo_hold_for_their_scope(void **state)
{
	(void)state;
	says("etc/sudoers", "a ALL=ALL\nb ALL=/x\nDefaults env_reset, !authenticate\n",
	     "1 nopasswd-all a\n2 nopasswd-some b\n");
	says("etc/sudoers", "Defaults:a,U !authenticate\nUser_Alias U = c\na ALL=ALL\nb ALL=ALL\nc ALL=ALL",
	     "3 nopasswd-all a\n4 all b\n5 nopasswd-all c\n");
	says("etc/sudoers", "Defaults targetpw\nALL ALL=(ALL) ALL\n", "");
	says("etc/sudoers", "Defaults!/bin/x !authenticate\na ALL=ALL", "2 all a\n");
}

static void doas_is_read_as_sudo(void **state)
{
	(void)state;
	says("etc/doas.conf",
	     "permit nopass keepenv app\npermit persist :wheel as root\npermit nopass a as postgres\n"
	     "permit nopass setenv { A=b -C } \"b\" cmd reboot\npermit nopass root\ndeny c\npermit\npermit nopass\n"
	     "permit d as\npermit e cmd x # permit nopass e\n",
	     "1 nopasswd-all app\n2 all %wheel\n3 nopasswd-some a\n4 nopasswd-some b\n");
	is_wanted("etc/doas.d/app.conf", true);
}

/* ---- Sources ------------------------------------------------------------------------------------------------------- */

static void sources_of_apt_are_told_if_unsigned(void **state)
{
	(void)state;
	says("etc/apt/sources.list",
	     "deb http://deb.debian.org/debian bookworm main\n# deb [trusted=yes] http://x y\n"
	     "deb [ arch=amd64 trusted=yes ] http://u:hunter2@repo.corp:81/d ./\n"
	     "deb-src [allow-insecure=yes] https://x.corp/ y\ndeb [trusted=no] http://x y\n"
	     "deb [trusted=yes] file:/opt/repo ./\ndeb [trusted=yes] http://localhost:8000/ ./\ndeb [x\n",
	     "3 unsigned trusted=yes http://repo.corp:81\n4 unsigned allow-insecure=yes https://x.corp\n");
	says("etc/apt/sources.list.d/a.sources",
	     "Types: deb\nURIs: file:/x\n http://a.corp/debian\nTrusted: yes\n\n# x\nEnabled: no\nURIs: "
	     "http://b/\nTrusted: yes\n"
	     "\nURIs: copy:/x\nTrusted: yes\n\nURIs: http://c\nAllow-Insecure: Yes",
	     "4 unsigned Trusted=yes http://a.corp\n15 unsigned Allow-Insecure=Yes http://c\n");
	is_wanted("etc/apt/sources.list.d/a.list.save", false);
}

static void settings_of_apt_are_told_if_they_trust_all(void **state)
{
	(void)state;
	says("etc/apt/apt.conf.d/99x",
	     "// x\nAPT::Get::AllowUnauthenticated \"true\";\n/* APT::Get::AllowUnauthenticated \"1\";\n*/\n"
	     "Acquire { AllowInsecureRepositories true; https { Verify-Peer \"false\"; repo.corp::Verify-Host \"0\"; "
	     "}; };\n"
	     "APT::Get::AllowUnauthenticated \"false\"; Acquire::http::Verify-Peer \"false\";\n"
	     "DPkg::Post-Invoke { \"rm x; true\"; };\n",
	     "2 unsigned APT::Get::AllowUnauthenticated=true\n5 unsigned Acquire::AllowInsecureRepositories=true\n"
	     "5 unverified Acquire::https::Verify-Peer=false\n5 unverified Acquire::https::Verify-Host=0\n");
	says("etc/apt/apt.conf", "}};{{{{{{{{{{{{{{{{{{ APT::Get::AllowUnauthenticated \"true\"; \"", "");
}

static void repositories_of_rpm_are_told_if_unchecked(void **state)
{
	(void)state;
	says("etc/yum.repos.d/x.repo",
	     "[a]\nbaseurl=https://u:hunter2@repo.corp/x\ngpgcheck = 0\nsslverify=False\n[b]\nenabled=0\ngpgcheck=0\n"
	     "[c]\ngpgcheck=0\nrepo_gpgcheck=1\n[d]\ngpgcheck=no\nbaseurl=file:///"
	     "x\n[e]\ngpgcheck=1\nrepo_gpgcheck=0\n",
	     "3 unsigned [a] gpgcheck=0\n4 unverified [a] sslverify=False\n");
	says("etc/dnf/dnf.conf", "[main]\r\ngpgcheck=0\r\n", "2 unsigned [main] gpgcheck=0\n");
	says("etc/zypp/repos.d/y.repo", "gpgcheck=off", "1 unsigned gpgcheck=off\n");
}

static void settings_of_what_fetches_are_told_if_unchecked(void **state)
{
	(void)state;
	says("root/.npmrc",
	     "strict-ssl = false\nregistry=http://u:hunter2@npm.corp/x\n@s:registry=http://s.corp\n"
	     "//npm.corp/:_authToken=hunter2\nregistry=https://x\nregistry=http://localhost:4873\n; strict-ssl=false\n",
	     "1 unverified strict-ssl=false\n2 plain registry=http://npm.corp\n3 plain registry=http://s.corp\n");
	says("app/node_modules/x/.npmrc", "strict-ssl=false", "");
	says("etc/pip.conf",
	     "[global]\ntrusted_host = pypi.corp localhost\n   files.corp\nindex-url: "
	     "http://u:hunter2@pypi.corp/simple\n"
	     "extra-index-url =\n  https://a\n  http://b/simple\n",
	     "2 unverified trusted-host=pypi.corp\n3 unverified trusted-host=files.corp\n"
	     "4 plain index-url=http://pypi.corp\n7 plain extra-index-url=http://b\n");
	says("root/.gemrc", "---\n:sources:\n- http://gems.corp\n- https://rubygems.org\n:ssl_verify_mode: 0\n",
	     "3 plain source=http://gems.corp\n5 unverified :ssl_verify_mode=0\n");
	says("root/.curlrc", "# insecure\n--insecure\nuser = \"u:hunter2\"\n", "2 unverified insecure\n");
	says("root/.wgetrc", "check-certificate = off\n", "1 unverified check_certificate=off\n");
	says("root/.gitconfig",
	     "[core]\n\tsslVerify = false\n[http \"https://u:hunter2@git.corp\"]\n\tsslVerify = false\n[http] "
	     "sslverify=no\n",
	     "4 unverified http.sslVerify=false\n5 unverified http.sslVerify=no\n");
}

/* ---- What is run --------------------------------------------------------------------------------------------------- */

static void crontabs_run_programs(void **state)
{
	(void)state;
	says("etc/crontab",
	     "SHELL=/bin/sh\n# x\n25 6 * * * root test -x /usr/sbin/anacron || { cd / && /usr/bin/run-parts /x; }\n"
	     "@daily app nice /opt/job --x % /opt/input\n* * * * * root\n* * *\n",
	     "3 cron /usr/bin/run-parts\n4 cron /opt/job\n");
	says("var/spool/cron/crontabs/root", "* * * * * /bin/sh /opt/job.sh x\n*/5 * * * * job",
	     "1 cron /opt/job.sh\n");
	says("etc/crontabs/root", "* * * * * A=b /opt/job", "1 cron /opt/job\n");
}

static void scripts_end_by_exec(void **state)
{
	(void)state;
	says("entrypoint.sh",
	     "#!/bin/sh\nset -e\nexec >log 2>&1\nexec 3<&0\nif x; then exec \"$@\"; fi\nexec -a n /app/run\n",
	     "5 execs $@\n6 execs /app/run\n");
	says("x", "#!/usr/bin/env -S bash -e\n# exec x\necho exec y\nexec y", "4 execs y\n");
	says("x", "#!/usr/bin/python3\nexec x\n", "");
	says("x", "#!/bin/shx\nexec x\n", "");
	says("x", "#!/bin/sh", "");
	says("x", "exec x", "");
	says("x", "#!/bin/sh\r\nexec x\r\n", "2 execs x\n");
}

static void scripts_drop_privilege(void **state)
{
	(void)state;
	says("x", "#!/bin/sh\nexec gosu app:app \"$@\"\nexec env A=b su-exec \"$USER\" x\n",
	     "2 execs gosu\n2 drops gosu\n3 execs env\n3 drops su-exec\n");
	says("x",
	     "#!/bin/bash\nsetpriv --reuid=app --clear-groups x\nrunuser -u app -- x\nrunuser app -c x\nsu - app\n"
	     "su -s /bin/sh -c 'x y' app\nsudo -u app x\nchroot --userspec=app / x\nchpst -u app x\n"
	     "start-stop-daemon --start --chuid app\ncapsh --user=app -- -c x\ns6-setuidgid app x\n",
	     "2 drops setpriv\n3 drops runuser\n4 drops runuser\n5 drops su\n6 drops su\n7 drops sudo\n8 drops chroot\n"
	     "9 drops chpst\n10 drops start-stop-daemon\n11 drops capsh\n12 drops s6-setuidgid\n");
	says("x", "#!/bin/sh\nexec mysqld --user=mysql \"$@\"\n", "2 execs mysqld\n2 drops mysqld\n");
	says("x",
	     "#!/bin/sh\ngosu root x\ncommand -v gosu\nsu -c x\nsudo x\nsudo -u root x\nsetpriv --no-new-privs x\n"
	     "apt-get install gosu\necho gosu app x\nexec x --user=root\nwhich su-exec\n",
	     "10 execs x\n");
}

static void scripts_change_what_is_below_etc(void **state)
{
	(void)state;
	says("x",
	     "#!/bin/sh\nsed -i 's/a/b/' /etc/nginx.conf\nsed -ri.bak -e s/a/b/ /etc/a /x\nsed s/a/b/ --in-place "
	     "/etc/b\n"
	     "echo x >> /etc/hosts\nenvsubst < /etc/t > \"/etc/t.conf\"\necho | sudo tee -a /etc/c /d >/dev/null\n"
	     "cat <<E > /etc/d\nsed -i x /etc/no\nE\n{ a; } >/etc/e\n",
	     "2 edits /etc/nginx.conf\n3 edits /etc/a\n4 edits /etc/b\n5 edits /etc/hosts\n6 edits /etc/t.conf\n"
	     "7 edits /etc/c\n8 edits /etc/d\n11 edits /etc/e\n");
	says("x", "#!/bin/sh\nsed -i '/etc/d' /app/x\nsed -n p /etc/a\ncat < /etc/b\necho '> /etc/c'\n[ a > b ]\n", "");
}

static void what_starts_sshd_is_told(void **state)
{
	(void)state;
	says("x", "#!/bin/sh\n/usr/sbin/sshd -D &\nservice ssh start\n/etc/init.d/ssh start\nexec dropbear -F\n",
	     "2 sshd /usr/sbin/sshd\n3 sshd service\n4 sshd /etc/init.d/ssh\n5 execs dropbear\n5 sshd dropbear\n");
	says("x",
	     "#!/bin/sh\nsshd -t\npkill sshd\napt-get install dropbear\ncase $1 in sshd) ;; esac\nservice ssh status\n",
	     "");
	says("etc/init.d/ssh", "#!/bin/sh\n/usr/sbin/sshd\n", "");
	says("etc/supervisor/conf.d/x.conf", "[program:sshd]\n;command=sshd\ncommand = /usr/sbin/sshd -D\n",
	     "3 sshd /usr/sbin/sshd\n");
	says("etc/inittab", "::respawn:/usr/sbin/dropbear -F\n#x::respawn:sshd\nx:\n", "1 sshd /usr/sbin/dropbear\n");
	says("etc/services.d/ssh/run", "#!/usr/bin/execlineb -P\nfdmove -c 2 1\n/usr/sbin/sshd -D -e\n",
	     "3 sshd /usr/sbin/sshd\n");
	says("etc/service/ssh/run", "#!/bin/sh\nexec /usr/sbin/sshd -D\n",
	     "2 execs /usr/sbin/sshd\n2 sshd /usr/sbin/sshd\n");
}

/* ---- All readers --------------------------------------------------------------------------------------------------- */

/* One file of each kind, with a secret wherever it may have one. */
static const struct sample {
	const char *path, *body;
} samples[] = {
	{"etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian\"\n"},
	{"etc/shadow", "root:$6$hunter2$hunter2:19000:0:99999:7:::\nb:hunter2:::\nc:!hunter2::\n"},
	{"etc/sudoers",
	 "User_Alias A = a, b\nDefaults:c !authenticate\nA ALL=(ALL) NOPASSWD: /bin/x -p hunter2, ALL\n"},
	{"etc/doas.conf", "permit nopass setenv { TOKEN=hunter2 } app as root cmd x args hunter2\n"},
	{"etc/ssh/sshd_config", "PermitRootLogin yes\nMatch all\n"},
	{"root/.ssh/authorized_keys", "environment=\"T=hunter2\" ssh-rsa AAAAhunter2 hunter2\n"},
	{"x/pg_hba.conf", "host all all 0.0.0.0/0 trust\nhost all all all ldap ldapbindpasswd=hunter2\n"},
	{"etc/redis.conf", "protected-mode no\nrequirepass hunter2\nuser a on >hunter2\nmasterauth hunter2\n"},
	{"etc/ld.so.preload", "/lib/x.so\n"},
	{"etc/shells", "/bin/sh\n"},
	{"etc/apt/sources.list",
	 "deb [trusted=yes] https://u:hunter2@h/x y\ndeb [trusted=yes] https://u:hun/ter2:hunter2@h/ y\n"
	 "deb [trusted=yes] https://h/?t=hunter2\ndeb [trusted=yes] hunter2:x@h\ndeb [trusted=yes] hunter2\n"},
	{"etc/apt/sources.list.d/x.sources", "URIs: https://hunter2@h/hunter2\nTrusted: yes\n"},
	{"etc/apt/apt.conf",
	 "Acquire::https::hunter2@h::Verify-Peer \"false\"; Acquire::http::Proxy \"http://u:hunter2@p\";\n"},
	{"etc/yum.repos.d/x.repo", "[x]\nbaseurl=https://u:hunter2@h\npassword=hunter2\ngpgcheck=0\nsslverify=0\n"},
	{"root/.npmrc", "registry=http://u:hunter2@h/hunter2\n//h/:_authToken=hunter2\nstrict-ssl=false\n"},
	{"etc/pip.conf", "[global]\nindex-url=http://u:hunter2@h/s\ntrusted-host=u:hunter2@h\n"},
	{"root/.gemrc", ":sources:\n- http://hunter2@h\n"},
	{"root/.curlrc", "insecure\nuser=u:hunter2\n"},
	{"root/.wgetrc", "check_certificate=off\npassword=hunter2\n"},
	{"root/.gitconfig", "[http \"https://u:hunter2@h\"]\nsslVerify=false\nextraHeader=hunter2\n"},
	{"etc/crontab", "* * * * * root /bin/x -p hunter2\n"},
	{"entrypoint.sh",
	 "#!/bin/sh\nTOKEN=hunter2 exec mysqld --user=app -phunter2\nexec T=hunter2 x\nsed -i s/x/hunter2/ /etc/x\n"
	 "case $1 in sshd) exec /usr/sbin/sshd;; esac\necho \"hunter2\" >/etc/y\nexec sh -c 'hunter2' "
	 "<<E\nhunter2\nE\n"},
	{"etc/supervisord.conf", "command=sshd\nenvironment=T=hunter2\n"},
	{"etc/inittab", "::respawn:dropbear -p hunter2\n"},
};

static enum silt_status refuse_secret(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	(void)err;
	size_t *count = ctx;
	assert_int_equal(silt_bytes_find(fact->text, SILT_LITERAL("hunter2")), SIZE_MAX);
	(*count)++;
	return SILT_OK;
}

static void no_fact_holds_a_secret(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct silt_bytes path = silt_bytes_text(samples[i].path), body = silt_bytes_text(samples[i].body);
		struct silt_error err = {0};
		size_t count = 0;
		silt_fact_wants wants = silt_facts_wanted(path, body);
		assert_int_equal(silt_facts_read(wants, path, body, refuse_secret, &count, &err), SILT_OK);
		if (count == 0) {
			fail_msg("nothing was read of %s", samples[i].path);
		}
	}
}

static enum silt_status count_facts(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	(void)err;
	size_t *count = ctx;
	assert_true(fact->kind < SILT_FACT_KINDS);
	(*count)++;
	return SILT_OK;
}

/* Reads a body of any bytes at the place of a sample, from memory that ends with it. */
static size_t facts_of(const struct sample *sample, struct silt_bytes body)
{
	struct silt_bytes path = silt_bytes_text(sample->path);
	silt_fact_wants wants = silt_facts_wanted(path, silt_bytes_text(sample->body));
	struct silt_error err = {0};
	size_t count = 0;
	uint8_t *copy = malloc(body.len + 1);
	assert_non_null(copy);
	if (body.len > 0) {
		memcpy(copy + 1, body.ptr, body.len);
	}
	assert_int_equal(silt_facts_read(wants, path, silt_bytes(copy + 1, body.len), count_facts, &count, &err),
			 SILT_OK);
	free(copy);
	return count;
}

static void files_may_be_cut_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct silt_bytes body = silt_bytes_text(samples[i].body);
		assert_int_equal(facts_of(&samples[i], silt_bytes(NULL, 0)), 0);
		for (size_t len = 1; len < body.len; len++) {
			facts_of(&samples[i], silt_bytes_slice(body, 0, len));
			facts_of(&samples[i], silt_bytes_slice(body, len, body.len));
		}
	}
}

static void lines_may_end_with_a_return(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct silt_bytes body = silt_bytes_text(samples[i].body);
		struct silt_buffer returned = {0};
		for (size_t at = 0; at < body.len; at++) {
			silt_buffer_add_text(&returned, body.ptr[at] == '\n' ? "\r" : "");
			silt_buffer_add_byte(&returned, body.ptr[at]);
		}
		if (facts_of(&samples[i], body) > facts_of(&samples[i], silt_buffer_bytes(&returned))) {
			fail_msg("%s", samples[i].path);
		}
		silt_buffer_done(&returned);
	}
}

/* 64 KiB of one byte; a megabyte of the file without its line ends, over and over. */
static void files_may_be_one_long_line(void **state)
{
	(void)state;
	static const char fills[] = {'\0', 'a', ' ', '"', '\'', '\\', '(', '[', '{',
				     ',',  ':', '=', '#', '$',  '`',  '<', '/', '!'};
	struct silt_buffer body = {0};
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		for (size_t f = 0; f < sizeof(fills); f++) {
			silt_buffer_clear(&body);
			while (body.len < 64 * 1024) {
				silt_buffer_add_byte(&body, (uint8_t)fills[f]);
			}
			facts_of(&samples[i], silt_buffer_bytes(&body));
		}
		silt_buffer_clear(&body);
		for (size_t at = 0; body.len < 1 << 20; at++) {
			char byte = samples[i].body[at % strlen(samples[i].body)];
			silt_buffer_add_byte(&body, byte == '\n' ? ' ' : (uint8_t)byte);
		}
		facts_of(&samples[i], silt_buffer_bytes(&body));
	}
	silt_buffer_done(&body);
}

static void long_scripts_are_not_read(void **state)
{
	(void)state;
	struct silt_buffer body = {0};
	silt_buffer_add_text(&body, "#!/bin/sh\nexec x\n");
	while (body.len <= 64 * 1024) {
		silt_buffer_add_byte(&body, '#');
	}
	says_bytes("x", silt_buffer_bytes(&body), "");
	assert_int_equal(silt_facts_wanted(SILT_LITERAL("x"), silt_buffer_bytes(&body)), 0);
	silt_buffer_done(&body);
}

static enum silt_status refuse(void *ctx, const struct silt_fact_seen *fact, struct silt_error *err)
{
	(void)fact;
	size_t *count = ctx;
	(*count)++;
	return silt_fail_memory(err);
}

static void a_listener_that_fails_ends_the_reading(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct silt_bytes path = silt_bytes_text(samples[i].path), body = silt_bytes_text(samples[i].body);
		struct silt_error err = {0};
		size_t count = 0;
		silt_fact_wants wants = silt_facts_wanted(path, body);
		assert_int_equal(silt_facts_read(wants, path, body, refuse, &count, &err), SILT_ERR_MEMORY);
		assert_int_equal(count, 1);
	}
}

static void files_that_matter_are_demanded(void **state)
{
	(void)state;
	struct silt_bytes none = {0};
	assert_string_equal(silt_facts_demanded(silt_facts_wanted(SILT_LITERAL("etc/sudoers"), none)), "rules of sudo");
	assert_null(silt_facts_demanded(silt_facts_wanted(SILT_LITERAL("root/.npmrc"), none)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passwords_of_accounts_are_empty_locked_or_set),
		cmocka_unit_test(sshd_takes_the_first_value_before_a_match),
		cmocka_unit_test(keys_are_told_by_their_algorithm),
		cmocka_unit_test(trust_is_told_of_lines_for_other_hosts),
		cmocka_unit_test(redis_is_open_if_its_last_word_says_so),
		cmocka_unit_test(preloaded_libraries_are_told_one_by_one),
		cmocka_unit_test(sudo_without_a_password_is_told),
		cmocka_unit_test(rules_of_sudo_may_go_on_and_have_options),
		cmocka_unit_test(aliases_of_sudo_are_looked_into),
		cmocka_unit_test(defaults_of_sudo_hold_for_their_scope),
		cmocka_unit_test(doas_is_read_as_sudo),
		cmocka_unit_test(sources_of_apt_are_told_if_unsigned),
		cmocka_unit_test(settings_of_apt_are_told_if_they_trust_all),
		cmocka_unit_test(repositories_of_rpm_are_told_if_unchecked),
		cmocka_unit_test(settings_of_what_fetches_are_told_if_unchecked),
		cmocka_unit_test(crontabs_run_programs),
		cmocka_unit_test(scripts_end_by_exec),
		cmocka_unit_test(scripts_drop_privilege),
		cmocka_unit_test(scripts_change_what_is_below_etc),
		cmocka_unit_test(what_starts_sshd_is_told),
		cmocka_unit_test(no_fact_holds_a_secret),
		cmocka_unit_test(files_may_be_cut_anywhere),
		cmocka_unit_test(lines_may_end_with_a_return),
		cmocka_unit_test(files_may_be_one_long_line),
		cmocka_unit_test(long_scripts_are_not_read),
		cmocka_unit_test(a_listener_that_fails_ends_the_reading),
		cmocka_unit_test(files_that_matter_are_demanded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
