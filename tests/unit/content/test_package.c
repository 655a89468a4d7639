/* What the databases of package managers list, whole and damaged. */
#include "package_fixture.h"

#include "base/attributes.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define MD5 "d41d8cd98f00b204e9800998ecf8427e"
#define SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

#define RPM_SCHEMA "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)"

static void expect(const char *path, struct silt_bytes body, size_t piece, const char *wanted)
{
	struct silt_buffer out = package_read(path, body, piece);
	assert_string_equal(silt_buffer_text(&out), wanted);
	silt_buffer_done(&out);
}

/* However the bytes are cut. */
static void expect_lines(const char *path, const char *body, const char *wanted)
{
	for (size_t piece = 1; piece < 70; piece += 7) {
		expect(path, silt_bytes_text(body), piece, wanted);
	}
	expect(path, silt_bytes_text(body), SIZE_MAX / 2, wanted);
}

static void a_path_tells_what_database_it_is(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		enum silt_package_db db;
	} cases[] = {
		{"var/lib/dpkg/info/libc6:amd64.md5sums", SILT_PACKAGE_DB_DPKG},
		{"var/lib/dpkg/status.d/base.md5sums", SILT_PACKAGE_DB_DPKG},
		{"var/lib/dpkg/info/.md5sums", SILT_PACKAGE_DB_NONE},
		{"var/lib/dpkg/info/x/y.md5sums", SILT_PACKAGE_DB_NONE},
		{"chroot/var/lib/dpkg/info/libc6.md5sums", SILT_PACKAGE_DB_NONE},
		{"var/lib/dpkg/info/libc6:amd64.list", SILT_PACKAGE_DB_DPKG_LIST},
		{"var/lib/dpkg/info/libc6.postinst", SILT_PACKAGE_DB_NONE},
		{"var/lib/dpkg/status", SILT_PACKAGE_DB_DPKG_STATUS},
		{"var/lib/dpkg/status-old", SILT_PACKAGE_DB_NONE},
		{"var/lib/dpkg/status.d/base", SILT_PACKAGE_DB_DPKG_STATUS},
		{"var/lib/dpkg/status.d", SILT_PACKAGE_DB_NONE},
		{"var/lib/dpkg/status.d/", SILT_PACKAGE_DB_NONE},
		{"var/lib/dpkg/status.d/x/y", SILT_PACKAGE_DB_NONE},
		{"var/lib/dpkg/diversions", SILT_PACKAGE_DB_DPKG_DIVERSIONS},
		{"lib/apk/db/installed", SILT_PACKAGE_DB_APK},
		{"usr/lib/apk/db/installed", SILT_PACKAGE_DB_APK},
		{"lib/apk/db/installed.old", SILT_PACKAGE_DB_NONE},
		{"usr/lib/python3/dist-packages/six-1.16.0.dist-info/RECORD", SILT_PACKAGE_DB_PYTHON},
		{"six-1.16.0.dist-info/RECORD", SILT_PACKAGE_DB_PYTHON},
		{"six-1.16.0.egg-info/RECORD", SILT_PACKAGE_DB_NONE},
		{"var/lib/rpm/rpmdb.sqlite", SILT_PACKAGE_DB_RPM_SQLITE},
		{"usr/lib/sysimage/rpm/rpmdb.sqlite", SILT_PACKAGE_DB_RPM_SQLITE},
		{"usr/lib/sysimage/rpm/Packages.db", SILT_PACKAGE_DB_RPM_NDB},
		{"var/lib/rpm/Packages", SILT_PACKAGE_DB_RPM_HASH},
		{"var/lib/rpm/Name", SILT_PACKAGE_DB_NONE},
		{"", SILT_PACKAGE_DB_NONE},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		assert_int_equal(silt_package_db_at(silt_bytes_text(cases[i].path)), cases[i].db);
	}
}

static void every_database_has_its_folder(void **state)
{
	(void)state;
	struct silt_bytes folder;
	size_t count = 0;
	bool apk = false, parts = false;
	while (silt_package_db_folder(count, &folder)) {
		assert_true(folder.len > 0 && folder.ptr[folder.len - 1] != '/');
		apk = apk || silt_bytes_are(folder, "usr/lib/apk/db");
		parts = parts || silt_bytes_are(folder, "var/lib/dpkg/status.d");
		count++;
	}
	assert_true(count > 0 && apk && parts);
	assert_false(silt_package_db_folder(SIZE_MAX, &folder));
}

/* ---- Lines --------------------------------------------------------------------------------------------------------- */

static void md5sums_of_dpkg_are_read(void **state)
{
	(void)state;
	expect_lines("var/lib/dpkg/info/libx:amd64.md5sums",
		     MD5 "  usr/lib/libx.so\n" MD5 " *./usr//share/a b\n" MD5 "  /usr/../etc/y",
		     "libx usr/lib/libx.so " MD5 "\nlibx usr/share/a b " MD5 "\nlibx etc/y " MD5 "\n");
}

static void lines_that_are_no_sums_are_passed_over(void **state)
{
	(void)state;
	expect_lines("var/lib/dpkg/info/x.md5sums",
		     "\n" MD5 "\n" MD5 "  \n" MD5 " usr/a\ng41d8cd98f00b204e9800998ecf8427e  usr/b\n" MD5 "  ../..\n"
		     "d41d8cd9  usr/c\n" MD5 "  usr/last\n",
		     "x usr/last " MD5 "\n");
}

static void a_line_that_is_too_long_hides_no_other(void **state)
{
	(void)state;
	struct silt_buffer body = {0};
	silt_buffer_add_text(&body, MD5 "  ");
	for (size_t i = 0; i < SILT_PACKAGE_LINE_MAX; i++) {
		silt_buffer_add_byte(&body, 'a');
	}
	silt_buffer_add_text(&body, "\n" MD5 "  b\n");
	expect("var/lib/dpkg/info/x.md5sums", silt_buffer_bytes(&body), 100, "x b " MD5 "\n");
	expect("var/lib/dpkg/info/x.md5sums", silt_buffer_bytes(&body), SIZE_MAX / 2, "x b " MD5 "\n");
	silt_buffer_done(&body);
}

#define APK_SUM "Q12jmj7l5rSw0yVb/vlWAYkK/YBwk="
#define EMPTY_SHA1 "da39a3ee5e6b4b0d3255bfef95601890afd80709"

static void the_database_of_apk_is_read(void **state)
{
	(void)state;
	expect_lines("lib/apk/db/installed",
		     "C:Q1x\nP:musl\nV:1.2\nF:lib\nR:ld-musl.so.1\na:0:0:755\nZ:" APK_SUM "\n"
		     "R:no-sum\nR:short\nZ:Q12jmj\nF:usr/lib\nZ:" APK_SUM "\n\n"
		     "P:other\nR:at-root\nZ:" APK_SUM "\nR:md5\nZ:2jmj7l5rSw0yVb/vlWAYkK/YBwk=\n",
		     "musl lib/ld-musl.so.1 " EMPTY_SHA1 "\nmusl lib/no-sum -\nmusl lib/short -\n=musl 1.2\n"
		     "other at-root " EMPTY_SHA1 "\nother md5 -\n");
}

static void apk_tells_who_may_be_setuid(void **state)
{
	(void)state;
	expect_lines("lib/apk/db/installed",
		     "P:x\nV:1\nF:bin\nR:su\na:0:0:4755\nZ:" APK_SUM "\nR:wall\na:0:5:2755:Q1x=\nZ:" APK_SUM "\n"
		     "R:both\na:0:0:6755\nZ:" APK_SUM "\nR:tmp\na:0:0:1777\nR:odd\na:0:0\nR:long\na:0:0:47555\n",
		     "x bin/su " EMPTY_SHA1 " setuid\nx bin/wall " EMPTY_SHA1 " setgid\n"
		     "x bin/both " EMPTY_SHA1 " setuid setgid\nx bin/tmp -\nx bin/odd -\nx bin/long -\n=x 1\n");
}

/* ---- More of dpkg -------------------------------------------------------------------------------------------------- */

static void a_list_of_dpkg_gives_files_and_no_directories(void **state)
{
	(void)state;
	expect_lines("var/lib/dpkg/info/login:amd64.list",
		     "/.\n/bin\n/bin/su\n/usr\n/usr/share\n/usr/share/doc\n/usr/share/doc/login\n"
		     "/usr/share/doc/login/copyright\n/usr/share/doc-base",
		     "login bin/su -\nlogin usr/share/doc/login/copyright -\nlogin usr/share/doc-base -\n");
}

#define STATUS(name, state) "Package: " name "\nStatus: " state "\nVersion: 1:2-3\n"

static void the_status_of_dpkg_tells_what_is_installed(void **state)
{
	(void)state;
	expect_lines("var/lib/dpkg/status",
		     STATUS("a", "install ok installed") "Conffiles:\n /etc/a " MD5 "\n /etc/old " MD5 " obsolete\n"
							 "Description: x\n /usr/no conffile\n\n",
		     "a etc/a - mutable\na etc/old - mutable\n=a 1:2-3\n");
	expect_lines("var/lib/dpkg/status",
		     STATUS("b", "deinstall ok config-files") "\n" STATUS("c", "install ok half-installed") "\n" STATUS(
			     "d", "install ok not-installed") "\nPackage: e\nVersion: 1\n\n"
							      "Package: f\nStatus: install ok installed\n\n\n",
		     "=c 1:2-3\n");
	expect_lines("var/lib/dpkg/status", "Version: 4\r\nPackage: g\r\nStatus: hold ok installed\r\n", "=g 4\n");
	expect_lines("var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12.4", "=base-files 12.4\n");
}

static void a_megabyte_without_newline_is_no_package(void **state)
{
	(void)state;
	struct silt_buffer body = {0};
	silt_buffer_add_text(&body, STATUS("a", "install ok installed") "Description: ");
	for (size_t i = 0; i < 1024 * 1024; i++) {
		silt_buffer_add_byte(&body, 'a');
	}
	expect("var/lib/dpkg/status", silt_buffer_bytes(&body), 4096, "=a 1:2-3\n");
	expect("var/lib/dpkg/status", silt_bytes("\0\0\0", 3), 1, "");
	expect("var/lib/dpkg/status", silt_bytes("", 0), 1, "");
	silt_buffer_done(&body);
}

static void diverted_files_are_not_what_packages_list(void **state)
{
	(void)state;
	expect_lines("var/lib/dpkg/diversions",
		     "/usr/bin/man\n/usr/bin/man.REAL\n:\n/lib/x\n/lib/x.y\nglx\n/lib/cut\n/lib/off",
		     "dpkg-divert usr/bin/man - mutable\ndpkg-divert usr/bin/man.REAL - mutable\n"
		     "glx lib/x - mutable\nglx lib/x.y - mutable\n");
}

#define RECORD_SUM "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"

static void a_record_of_python_is_read_from_its_folder_on(void **state)
{
	(void)state;
	expect_lines("opt/venv/lib/python3.11/site-packages/six-1.16.0.dist-info/RECORD",
		     "six.py," RECORD_SUM ",34549\n../../../bin/six," RECORD_SUM ",1\r\n"
		     "\"a,\"\"b\"\".py\"," RECORD_SUM ",2\n/abs/x," RECORD_SUM ",\n"
		     "six-1.16.0.dist-info/RECORD,,\nbad,sha256=47DEQpj8,1\nother,sha512=" MD5 ",1\nplain\n\"open",
		     "six-1.16.0 opt/venv/lib/python3.11/site-packages/six.py " SHA256 "\n"
		     "six-1.16.0 opt/venv/bin/six " SHA256 "\n"
		     "six-1.16.0 opt/venv/lib/python3.11/site-packages/a,\"b\".py " SHA256 "\n");
}

static void a_record_of_python_proves_nothing_outside_of_its_prefix(void **state)
{
	(void)state;
	static const struct {
		const char *folder, *path, *listed; /* NULL: not listed */
	} cases[] = {
		{"opt/venv/lib/python3.11/site-packages", "../../../bin/x", "opt/venv/bin/x"},
		{"opt/venv/lib/python3.11/site-packages", "../../../share/man/x", "opt/venv/share/man/x"},
		{"opt/venv/lib/python3.11/site-packages", "../../../etc/x", "opt/venv/etc/x"},
		{"opt/venv/lib/python3.11/site-packages", "../../../include/x", "opt/venv/include/x"},
		{"opt/venv/lib/python3.11/site-packages", "../../../lib64/x", "opt/venv/lib64/x"},
		{"opt/venv/lib/python3.11/site-packages", "/opt/venv/bin/x", "opt/venv/bin/x"},
		{"opt/venv/lib/python3.11/site-packages", "../../../x", NULL},
		{"opt/venv/lib/python3.11/site-packages", "../../../bin", NULL},
		{"opt/venv/lib/python3.11/site-packages", "../../../binary/x", NULL},
		{"opt/venv/lib/python3.11/site-packages", "../../../src/x", NULL},
		{"opt/venv/lib/python3.11/site-packages", "../../../../bin/x", NULL},
		{"opt/venv/lib/python3.11/site-packages", "../../../../venv2/bin/x", NULL},
		{"opt/venv/lib/python3.11/site-packages", "a/../../../../../../srv/app/key.pem", NULL},
		{"opt/venv/lib/python3.11/site-packages", "/srv/app/key.pem", NULL},
		{"opt/venv/lib/python3.11/site-packages", "../../../../../../../../opt/venv/bin/x", NULL},
		{"usr/lib/python3/dist-packages", "../../../share/x", "usr/share/x"},
		{"usr/lib/python3/dist-packages", "../../../../etc/ssl/key.pem", NULL},
		{"lib/pypy3.9/site-packages", "../../../bin/x", "bin/x"},
		{"lib/pypy3.9/site-packages", "../../../../bin/x", NULL},
		{"opt/x/lib/site-packages", "../../bin/x", "opt/x/bin/x"},
		{"opt/x/python3/site-packages", "../../bin/x", NULL},
		{"srv", "app/key.pem", "srv/app/key.pem"},
		{"srv", "../bin/x", NULL},
		{"srv", "../srv2/x", NULL},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		char path[128], body[256], want[256] = "";
		snprintf(path, sizeof(path), "%s/six-1.dist-info/RECORD", cases[i].folder);
		snprintf(body, sizeof(body), "%s," RECORD_SUM ",1\n", cases[i].path);
		if (cases[i].listed) {
			snprintf(want, sizeof(want), "six-1 %s " SHA256 "\n", cases[i].listed);
		}
		expect_lines(path, body, want);
	}
}

static void a_python_package_from_no_index_says_so(void **state)
{
	(void)state;
	expect_lines("app-1.dist-info/RECORD", "app.py," RECORD_SUM ",1\napp-1.dist-info/direct_url.json,,\n",
		     "app-1 app.py " SHA256 "\nlocal\n");
}

/* ---- rpm ----------------------------------------------------------------------------------------------------------- */

static const struct rpm_file files[] = {
	{0, "key.pem", SHA256, 0, 0, NULL},
	{1, "one.conf", SHA256, 0, 0, NULL},
	{0,
	 "a-folder-whose-name-makes-the-header-longer-than-one-page-of-a-hash-table-of-Berkeley-DB-so-that-it-needs-a-"
	 "chain",
	 "", 0, 0, NULL},
	{9, "of-no-folder", SHA256, 0, 0, NULL},
	{0, "of-another-sum", MD5, 0, 0, NULL},
};

static const char files_text[] = "=one 1:2.3-4\none usr/share/one/key.pem " SHA256 "\none etc/one.conf " SHA256 "\n";

static void every_database_of_rpm_gives_the_same_files(void **state)
{
	(void)state;
	struct silt_buffer header = rpm_header("one", 8, files, SILT_COUNT(files));
	struct silt_bytes bytes = silt_buffer_bytes(&header);
	struct silt_buffer ndb = rpm_ndb(bytes), chained = rpm_hash(bytes, true),
			   sqlite = rpm_sqlite(RPM_SCHEMA, bytes);
	expect("var/lib/rpm/Packages.db", silt_buffer_bytes(&ndb), 1000, files_text);
	expect("var/lib/rpm/Packages", silt_buffer_bytes(&chained), 1000, files_text);
	expect("var/lib/rpm/rpmdb.sqlite", silt_buffer_bytes(&sqlite), 1000, files_text);
	silt_buffer_done(&header);
	silt_buffer_done(&ndb);
	silt_buffer_done(&chained);
	silt_buffer_done(&sqlite);
}

static void a_package_without_an_algorithm_has_md5(void **state)
{
	(void)state;
	struct silt_buffer header = rpm_header("old", 0, &files[4], 1);
	struct silt_buffer inside = rpm_hash(silt_buffer_bytes(&header), false);
	expect("var/lib/rpm/Packages", silt_buffer_bytes(&inside), 512,
	       "=old 1:2.3-4\nold usr/share/one/of-another-sum " MD5 "\n");
	silt_buffer_done(&header);
	silt_buffer_done(&inside);
}

static void expect_header(const char *package, uint32_t algorithm, const struct rpm_file *list, size_t count,
			  const char *wanted)
{
	struct silt_buffer header = rpm_header(package, algorithm, list, count);
	struct silt_buffer ndb = rpm_ndb(silt_buffer_bytes(&header));
	expect("var/lib/rpm/Packages.db", silt_buffer_bytes(&ndb), 512, wanted);
	silt_buffer_done(&header);
	silt_buffer_done(&ndb);
}

static void a_sum_of_no_known_algorithm_says_nothing_of_content(void **state)
{
	(void)state;
	static const struct rpm_file list[] = {{0, "key.pem", SHA256, 0100644, 0, NULL}};
	expect_header("one", 10, list, 1, "=one 1:2.3-4\none usr/share/one/key.pem -\n");
	expect_header("one", 10, files, 1, "=one 1:2.3-4\n"); /* without a mode it may be anything */
}

static void rpm_tells_rights_and_what_may_change(void **state)
{
	(void)state;
	static const struct rpm_file list[] = {
		{0, "su", SHA256, 0104755, 0, NULL},
		{0, "wall", SHA256, 0102755, 0, NULL},
		{0, "ping", SHA256, 0100755, 0, "cap_net_raw=ep"},
		{1, "one.conf", SHA256, 0100644, 17, NULL},
		{1, "ghost", "", 0100644, 64, NULL},
		{1, "link", "", 0120777, 0, NULL},
		{1, "folder", "", 0040755, 0, NULL},
	};
	expect_header("one", 8, list, SILT_COUNT(list),
		      "=one 1:2.3-4\none usr/share/one/su " SHA256 " setuid\none usr/share/one/wall " SHA256
		      " setgid\none usr/share/one/ping " SHA256 " capability\none etc/one.conf " SHA256
		      " mutable\none etc/ghost - mutable\n");
}

static void keys_that_rpm_trusts_are_no_packages(void **state)
{
	(void)state;
	expect_header("gpg-pubkey", 8, files, 0, "");
}

/* Ends without a crash, and lists nothing that is not there: what is listed is the start of what the whole lists. */
static void expect_start(const char *path, struct silt_bytes body)
{
	struct silt_buffer out = package_read(path, body, SIZE_MAX / 2);
	assert_true(silt_bytes_start_with(silt_bytes_text(files_text), silt_buffer_bytes(&out)));
	silt_buffer_done(&out);
}

static void a_database_that_was_cut_off_lists_no_more_than_the_whole(void **state)
{
	(void)state;
	static const char *const paths[] = {"var/lib/rpm/Packages.db", "var/lib/rpm/Packages",
					    "var/lib/rpm/rpmdb.sqlite"};
	struct silt_buffer header = rpm_header("one", 8, files, 2);
	struct silt_bytes bytes = silt_buffer_bytes(&header);
	struct silt_buffer bodies[] = {rpm_ndb(bytes), rpm_hash(bytes, true), rpm_sqlite(RPM_SCHEMA, bytes)};
	for (size_t i = 0; i < SILT_COUNT(bodies); i++) {
		for (size_t len = 0; len <= bodies[i].len; len += 13) {
			expect_start(paths[i], silt_bytes(bodies[i].ptr, len));
		}
		silt_buffer_done(&bodies[i]);
	}
	silt_buffer_done(&header);
}

static void counts_beyond_the_header_are_refused(void **state)
{
	(void)state;
	struct silt_buffer header = rpm_header("one", 8, files, 2);
	for (size_t at = 0; at < header.len; at++) {
		uint8_t before = header.ptr[at];
		header.ptr[at] = 0xff;
		struct silt_buffer ndb = rpm_ndb(silt_buffer_bytes(&header));
		struct silt_buffer out = package_read("var/lib/rpm/Packages.db", silt_buffer_bytes(&ndb), SIZE_MAX / 2);
		silt_buffer_done(&out); /* whatever it lists: nothing was read that is not there */
		silt_buffer_done(&ndb);
		header.ptr[at] = before;
	}
	silt_buffer_done(&header);
}

static void a_chain_of_pages_that_loops_ends(void **state)
{
	(void)state;
	enum { PAGE = 512, NEXT = 16, LENGTH = 2 * PAGE - 5 - 4 };
	struct silt_buffer header = rpm_header("one", 8, files, SILT_COUNT(files));
	struct silt_buffer hash = rpm_hash(silt_buffer_bytes(&header), true);
	assert_true(header.len > PAGE);
	hash.ptr[2 * PAGE + NEXT] = 2; /* the first page of the chain follows itself ... */
	expect("var/lib/rpm/Packages", silt_buffer_bytes(&hash), 512, "");
	memset(hash.ptr + LENGTH, 0xff, 4); /* ... for 4 GiB */
	expect("var/lib/rpm/Packages", silt_buffer_bytes(&hash), 512, "");
	silt_buffer_done(&header);
	silt_buffer_done(&hash);
}

/* ---- Hostile SQL --------------------------------------------------------------------------------------------------- */

static void expect_schema_lists_nothing(const char *schema)
{
	struct silt_buffer sqlite = rpm_sqlite(schema, SILT_LITERAL("x"));
	expect("var/lib/rpm/rpmdb.sqlite", silt_buffer_bytes(&sqlite), SIZE_MAX / 2, "");
	silt_buffer_done(&sqlite);
}

static void a_view_in_place_of_the_table_is_not_read(void **state)
{
	(void)state;
	expect_schema_lists_nothing(
		"CREATE VIEW Packages AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
		"n) SELECT zeroblob(i) AS blob FROM n");
}

static void a_computed_column_is_bounded(void **state)
{
	(void)state;
	expect_schema_lists_nothing("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, a, "
				    "blob BLOB AS (zeroblob(1000000000)))");
	expect_schema_lists_nothing("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY)");
	expect_schema_lists_nothing("CREATE TABLE Other (blob)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_tells_what_database_it_is),
		cmocka_unit_test(every_database_has_its_folder),
		cmocka_unit_test(md5sums_of_dpkg_are_read),
		cmocka_unit_test(lines_that_are_no_sums_are_passed_over),
		cmocka_unit_test(a_line_that_is_too_long_hides_no_other),
		cmocka_unit_test(the_database_of_apk_is_read),
		cmocka_unit_test(apk_tells_who_may_be_setuid),
		cmocka_unit_test(a_list_of_dpkg_gives_files_and_no_directories),
		cmocka_unit_test(the_status_of_dpkg_tells_what_is_installed),
		cmocka_unit_test(a_megabyte_without_newline_is_no_package),
		cmocka_unit_test(diverted_files_are_not_what_packages_list),
		cmocka_unit_test(a_record_of_python_is_read_from_its_folder_on),
		cmocka_unit_test(a_record_of_python_proves_nothing_outside_of_its_prefix),
		cmocka_unit_test(a_python_package_from_no_index_says_so),
		cmocka_unit_test(every_database_of_rpm_gives_the_same_files),
		cmocka_unit_test(a_package_without_an_algorithm_has_md5),
		cmocka_unit_test(a_sum_of_no_known_algorithm_says_nothing_of_content),
		cmocka_unit_test(rpm_tells_rights_and_what_may_change),
		cmocka_unit_test(keys_that_rpm_trusts_are_no_packages),
		cmocka_unit_test(a_database_that_was_cut_off_lists_no_more_than_the_whole),
		cmocka_unit_test(counts_beyond_the_header_are_refused),
		cmocka_unit_test(a_chain_of_pages_that_loops_ends),
		cmocka_unit_test(a_view_in_place_of_the_table_is_not_read),
		cmocka_unit_test(a_computed_column_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
