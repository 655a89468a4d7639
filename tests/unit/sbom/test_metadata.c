/* Metadata of packages, whole and damaged. */
#include "reading.h"

#include "base/attributes.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect(const char *path, const char *body, const char *wanted)
{
	struct silt_buffer out = reading_of(path, silt_bytes_text(body));
	assert_string_equal(silt_buffer_text(&out), wanted);
	silt_buffer_done(&out);
}

#define DPKG "var/lib/dpkg/status"
#define APK "lib/apk/db/installed"
#define WHEEL "usr/lib/python3/dist-packages/x-1.dist-info/METADATA"
#define NPM "app/node_modules/x/package.json"
#define GEM "usr/share/rubygems-integration/all/specifications/x-1.gemspec"

static void a_path_tells_whether_a_file_has_metadata(void **state)
{
	(void)state;
	static const struct {
		const char *path, *name;
	} cases[] = {
		{DPKG, "dpkg database"},
		{"var/lib/dpkg/status.d/base", "dpkg database"},
		{"var/lib/dpkg/info/x.md5sums", NULL},
		{"var/lib/dpkg/info/x.list", NULL},
		{APK, "apk database"},
		{"usr/lib/apk/db/installed", "apk database"},
		{"var/lib/rpm/rpmdb.sqlite", "rpm database"},
		{"usr/lib/sysimage/rpm/Packages.db", "rpm database"},
		{"var/lib/rpm/Packages", "rpm database"},
		{"var/lib/rpm/rpmdb.sqlite-wal", "rpm database log"},
		{"var/lib/rpm/Packages-wal", NULL},
		{"x/rpmdb.sqlite-wal", NULL},
		{WHEEL, "Python metadata"},
		{"x.dist-info/RECORD", NULL},
		{"x/METADATA", NULL},
		{"x-1.egg-info/PKG-INFO", "Python metadata"},
		{"x-1.egg-info", "Python metadata"},
		{"x.egg/EGG-INFO/PKG-INFO", "Python metadata"},
		{"x/PKG-INFO", NULL},
		{NPM, "npm package.json"},
		{"node_modules/@s/x/package.json", "npm package.json"},
		{"node_modules/x/esm/package.json", NULL},
		{"app/package.json", NULL},
		{"package.json", NULL},
		{GEM, "gem specification"},
		{"specifications/default/x.gemspec", "gem specification"},
		{"src/x.gemspec", NULL},
		{"app/x.jar", "Java archive"},
		{"app/x.war", "Java archive"},
		{"app/x.JAR", "Java archive"},
		{"app/x.eAr", "Java archive"},
		{"app/.jar", "Java archive"},
		{"app/jar", NULL},
		{"app/x.zip", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		const struct silt_sbom_place *place = silt_sbom_place_at(silt_bytes_text(cases[i].path));
		assert_string_equal(place ? place->name : "none", cases[i].name ? cases[i].name : "none");
	}
}

/* ---- Databases ----------------------------------------------------------------------------------------------------- */

static void a_folder_tells_what_its_files_would_be(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		bool holds;
	} cases[] = {
		{"x/node_modules", true},
		{"x/node_modules/a", true},
		{"x/node_modules/@s", true},
		{"node_modules/@s/a", true},
		{"x-1.dist-info", true},
		{"x.egg-info", true},
		{"app.egg/EGG-INFO", true},
		{"specifications", true},
		{"specifications/default", true},
		{"x/node_modules/a/b", false},
		{"x/@s/a", false},
		{"x/modules", false},
		{"default", false},
		{"", false},
		{"var/lib/dpkg", false},
	};
	struct silt_buffer room = {0};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		const unsigned holds = silt_sbom_folder_holds(silt_bytes_text(cases[i].path), &room);
		assert_int_equal(holds != 0, cases[i].holds);
	}
	/* One that holds other things has other bits. */
	assert_int_equal(silt_sbom_folder_holds(SILT_LITERAL("node_modules"), &room) &
				 silt_sbom_folder_holds(SILT_LITERAL("specifications"), &room),
			 0);
	silt_buffer_done(&room);
}

static void dpkg_tells_architecture_and_source(void **state)
{
	(void)state;
	expect(DPKG,
	       "Package: libfdisk1\nStatus: install ok installed\nArchitecture: amd64\nSource: util-linux (2.38-1)\n"
	       "Version: 2.38-2\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n\n"
	       "Package: bash\nStatus: install ok installed\nVersion: 5.2\n",
	       "deb - libfdisk1 2.38-2 amd64 - util-linux (2.38-1) -\ndeb - bash 5.2 - - - -\n");
	expect("var/lib/dpkg/status.d/base", "Package: base\nArchitecture: all\nVersion: 12\n",
	       "deb - base 12 all - - -\n");
}

#define IN_STATE(name, state) "Package: " name "\nStatus: " state "\nVersion: 1\n\n"

static void whatever_dpkg_has_unpacked_is_installed(void **state)
{
	(void)state;
	expect(DPKG,
	       IN_STATE("a", "install ok triggers-pending") IN_STATE("b", "install ok triggers-awaited")
		       IN_STATE("c", "install ok half-configured") IN_STATE("d", "hold reinstreq half-installed")
			       IN_STATE("e", "install ok unpacked") IN_STATE("f", "install  ok\tinstalled"),
	       "deb - a 1 - - - -\ndeb - b 1 - - - -\ndeb - c 1 - - - -\ndeb - d 1 - - - -\ndeb - e 1 - - - -\n"
	       "deb - f 1 - - - -\n");
	expect(DPKG, IN_STATE("a", "purge ok not-installed") IN_STATE("b", "deinstall ok config-files"), "");
	expect(DPKG, IN_STATE("a", "install ok") IN_STATE("b", ""), "! it is damaged\n");
}

static void every_paragraph_of_a_folder_of_packages_is_one(void **state)
{
	(void)state;
	expect("var/lib/dpkg/status.d/two", "Package: a\nVersion: 1\n\n\nPackage: b\nVersion: 2\n\n",
	       "deb - a 1 - - - -\ndeb - b 2 - - - -\n");
	expect("var/lib/dpkg/status.d/two", "Package: a\nVersion: 1\n\nPackage: b\n",
	       "deb - a 1 - - - -\n! it is damaged\n");
	expect("var/lib/dpkg/status.d/two", IN_STATE("a", "deinstall ok config-files") "Package: b\nVersion: 2\n",
	       "deb - b 2 - - - -\n");
	expect("var/lib/dpkg/status.d/none", "", "! it is damaged\n");
}

static void a_dpkg_database_that_hides_packages_is_told(void **state)
{
	(void)state;
	expect(DPKG,
	       "Package: x\nStatus: install ok installed\n\nPackage: y\nStatus: install ok installed\nVersion: 1\n",
	       "deb - y 1 - - - -\n! it is damaged\n");
	expect(DPKG, "Status: install ok installed\nVersion: 1\n", "! it is damaged\n");
	expect(DPKG,
	       "\x7f"
	       "ELF\n",
	       "! it has no package, and is not empty\n");
	expect(DPKG, "", "");
	expect(DPKG, "Package: x\nStatus: deinstall ok config-files\nVersion: 1\n", "");
	expect("var/lib/dpkg/status.d/x", "hello\n", "! it is damaged\n");
}

static void apk_tells_architecture_and_origin(void **state)
{
	(void)state;
	expect(APK, "P:musl\nV:1.2.4-r2\nA:x86_64\no:musl\n\nP:zlib\nV:1.3\n",
	       "apk - musl 1.2.4-r2 x86_64 - musl -\napk - zlib 1.3 - - - -\n");
	expect(APK, "P:musl\nA:x86_64\n\nP:zlib\nV:1.3\n", "apk - zlib 1.3 - - - -\n! it is damaged\n");
	expect(APK, "<html>\n", "! it has no package, and is not empty\n");
}

static void an_rpm_database_that_is_none_is_told(void **state)
{
	(void)state;
	expect("var/lib/rpm/rpmdb.sqlite", "SQLite format 2", "! it is damaged\n");
	expect("var/lib/rpm/Packages.db", "RpmX", "! it is damaged\n");
	expect("var/lib/rpm/Packages", "x", "! it is damaged\n");
	expect("var/lib/rpm/rpmdb.sqlite-wal", "x", "! it holds changes of the database, which are not read\n");
	expect("var/lib/rpm/rpmdb.sqlite-wal", "", "");
}

/* ---- Languages ----------------------------------------------------------------------------------------------------- */

static void metadata_of_python_is_a_header_of_lines(void **state)
{
	(void)state;
	expect(WHEEL, "Metadata-Version: 2.1\r\nname: Foo_Bar\r\nVERSION: 1.0\r\n\r\nName: not this\r\n",
	       "python - Foo_Bar 1.0 - - - -\n");
	expect(WHEEL, "Name: x\n\nVersion: 1\n", "! it has no Name or no Version\n");
	expect(WHEEL, "Name:\nVersion: 1\n", "! it has no Name or no Version\n");
	expect(WHEEL, "", "! it has no Name or no Version\n");
	expect(WHEEL, "Names: x\nName: y\nVersion: 1\n", "python - y 1 - - - -\n");
}

static void a_package_of_npm_may_have_a_scope(void **state)
{
	(void)state;
	expect(NPM, "{\"name\":\"left-pad\",\"version\":\"1.3.0\"}", "npm - left-pad 1.3.0 - - - -\n");
	expect(NPM, "{\"version\":\"1\",\"name\":\"@s/x\",\"Name\":\"no\"}", "npm @s x 1 - - - -\n");
	expect(NPM, "{\"name\":\"@s/\",\"version\":\"1\"}", "npm - @s/ 1 - - - -\n");
	expect(NPM, "{\"name\":\"a\",\"name\":\"b\",\"version\":\"1\"}", "npm - b 1 - - - -\n");
	expect(NPM, "\xEF\xBB\xBF{\"name\":\"x\",\"version\":\"1\"}", "npm - x 1 - - - -\n");
	expect(NPM, "{\"type\":\"module\"}", "");
	expect(NPM, "{\"name\":\"x\"}", "! it has no name or no version\n");
	expect(NPM, "{\"name\":7,\"version\":\"1\"}", "! it has no name or no version\n");
	expect(NPM, "[]", "");
	expect(NPM, "{\"name\":\"x\",", "! it is no JSON\n");
	expect(NPM, "", "! it is no JSON\n");
}

static void a_gemspec_is_read_and_not_run(void **state)
{
	(void)state;
	expect(GEM, "# -*- encoding: utf-8 -*-\n# stub: nokogiri 1.15.4 x86_64-linux lib\n",
	       "gem - nokogiri 1.15.4 - x86_64-linux - -\n");
	expect(GEM, "# stub: rake 13.0.6 ruby lib\0ext\n", "gem - rake 13.0.6 - - - -\n");
	expect(GEM,
	       "Gem::Specification.new do |s|\n  s.name = \"json\".freeze\n  s.version = "
	       "Gem::Version.new('2.6')\n  s.platform = 'ruby'\nend\n",
	       "gem - json 2.6 - - - -\n");
	expect(GEM, "# stub: rake\ns.name = \"unfinished\n",
	       "! neither a line \"# stub:\" nor assignments say its name and version\n");
}

#define NO_GEM "! neither a line \"# stub:\" nor assignments say its name and version\n"

static void the_variable_of_a_gemspec_has_any_name(void **state)
{
	(void)state;
	expect(GEM,
	       "Gem::Specification.new do |spec|\n  spec.name = 'b'\n  s.name = 'c'\n  spec.version='1'\n  "
	       "spec.platform = \"java\"\n  spec.add_dependency 'z', '2'\nend\n",
	       "gem - b 1 - java - -\n");
	expect(GEM, "::Gem::Specification.new { | gem_1 |\n\tgem_1.name = 'b'\n\tgem_1.version = '1' }\n",
	       "gem - b 1 - - - -\n");
	expect(GEM, "Gem::Specification.new do |spec|\n  s.name = 'b'\n  s.version = '1'\n  specs.name = 'c'\nend\n",
	       NO_GEM);
	expect(GEM, "Gem::Specification.new do ||\n  .name = 'b'\n  .version = '1'\nend\n", NO_GEM);
	expect(GEM, "# Gem::Specification.new do |x|\ns.name = 'b'\ns.version = '1'\n", "gem - b 1 - - - -\n");
	expect(GEM, "Gem::Specification.new do |x\nx.name = 'b'\nx.version = '1'\n", NO_GEM);
}

static void a_string_of_a_gemspec_has_quotes_or_braces(void **state)
{
	(void)state;
	expect(GEM, "s.name = %q{a}\ns.version = %q{1.0}.freeze # \"2\"\n", "gem - a 1.0 - - - -\n");
	expect(GEM, "s.name = %q{it's}\ns.version = '%q{1}'\n", "gem - it's %q{1} - - - -\n");
	expect(GEM, "s.name = %q{unfinished\ns.version = '1'\n", NO_GEM);
	expect(GEM, "s.name = \"it's 'this'\ns.version = '1'\n", NO_GEM);
	expect(GEM, "s.name = %q\ns.version = '1'\n", NO_GEM);
	expect(GEM, "s.name = NAME # 'not this'\ns.version = '1'\n", NO_GEM);
	expect(GEM, "s.name = \"#{NAME}\"\ns.version = '1'\n", NO_GEM);
}

static void a_field_is_cut_where_it_is_too_long(void **state)
{
	(void)state;
	char body[2048], wanted[1024];
	char name[1001], kept[SILT_SBOM_FIELD_MAX + 1];
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	memcpy(kept, name, sizeof(kept) - 1);
	kept[sizeof(kept) - 1] = '\0';
	(void)snprintf(body, sizeof(body), "Name: %s\nVersion: 1\n", name);
	(void)snprintf(wanted, sizeof(wanted), "python - %s 1 - - - -\n", kept);
	expect(WHEEL, body, wanted);
	memcpy(name + SILT_SBOM_FIELD_MAX - 1, "\xC3\xA4", 2); /* no character is cut in two */
	kept[SILT_SBOM_FIELD_MAX - 1] = '\0';
	(void)snprintf(body, sizeof(body), "Name: %s\nVersion: 1\n", name);
	(void)snprintf(wanted, sizeof(wanted), "python - %s 1 - - - -\n", kept);
	expect(WHEEL, body, wanted);
	memcpy(name + SILT_PACKAGE_NAME_MAX - 1, "\xC3\xA4", 2);
	kept[SILT_PACKAGE_NAME_MAX - 1] = '\0';
	(void)snprintf(body, sizeof(body), "Package: %s\nVersion: %s\n", name, name);
	(void)snprintf(wanted, sizeof(wanted), "deb - %s %s - - - -\n", kept, kept);
	expect("var/lib/dpkg/status.d/x", body, wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_tells_whether_a_file_has_metadata),
		cmocka_unit_test(a_folder_tells_what_its_files_would_be),
		cmocka_unit_test(dpkg_tells_architecture_and_source),
		cmocka_unit_test(whatever_dpkg_has_unpacked_is_installed),
		cmocka_unit_test(every_paragraph_of_a_folder_of_packages_is_one),
		cmocka_unit_test(a_dpkg_database_that_hides_packages_is_told),
		cmocka_unit_test(apk_tells_architecture_and_origin),
		cmocka_unit_test(an_rpm_database_that_is_none_is_told),
		cmocka_unit_test(metadata_of_python_is_a_header_of_lines),
		cmocka_unit_test(a_package_of_npm_may_have_a_scope),
		cmocka_unit_test(a_gemspec_is_read_and_not_run),
		cmocka_unit_test(the_variable_of_a_gemspec_has_any_name),
		cmocka_unit_test(a_string_of_a_gemspec_has_quotes_or_braces),
		cmocka_unit_test(a_field_is_cut_where_it_is_too_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
