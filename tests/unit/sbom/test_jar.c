/* Java archives, made member by member. */
#include "reading.h"
#include "unit/content/archive_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define POM "META-INF/maven/org.a/b/pom.properties"
#define MANIFEST "META-INF/MANIFEST.MF"

static void add(struct silt_buffer *zip, const char *name, struct silt_bytes content)
{
	const struct zip_member member = {.name = name, .content = content, .method = 8};
	add_zip(zip, &member);
}

static void add_text(struct silt_buffer *zip, const char *name, const char *text)
{
	add(zip, name, silt_bytes_text(text));
}

/* Ends the archive, reads it, and gives it back empty. */
static void expect(struct silt_buffer *zip, const char *wanted)
{
	add_zip_end(zip, "");
	struct silt_buffer out = reading_of("app/x.jar", silt_buffer_bytes(zip));
	assert_string_equal(silt_buffer_text(&out), wanted);
	silt_buffer_done(&out);
	silt_buffer_done(zip);
	*zip = (struct silt_buffer){0};
}

static void what_maven_put_in_goes_before_the_manifest(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_text(&zip, MANIFEST, "Implementation-Title: no\r\nImplementation-Version: 0\r\n\r\n");
	add_text(&zip, POM, "#Generated\nversion=1.0\ngroupId=org.a\nartifactId=b\n");
	add_text(&zip, "META-INF/maven/org.c/d/pom.properties", "version=2\ngroupId=org.c\nartifactId=d\n");
	expect(&zip, "java org.a b 1.0 - - - -\njava org.c d 2 - - - -\n");
	add_text(&zip, POM, "version=1.0\n");
	expect(&zip, "! a pom.properties in it has no artifactId or no version\n");
}

static void a_manifest_tells_the_rest(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_text(&zip, MANIFEST,
		 "Implementation-Title: t\r\nImplementation-Version: 3\r\nImplementation-Vendor-Id: org.v\r\n\r\n"
		 "Name: part\r\nImplementation-Version: 9\r\n");
	expect(&zip, "java org.v t 3 - - - -\n");
	add_text(&zip, MANIFEST, "Bundle-SymbolicName: org.e;singleton:=true\nBundle-Version: 4\n");
	expect(&zip, "java - org.e 4 - - - -\n");
	add_text(&zip, MANIFEST, "Manifest-Version: 1.0\n");
	expect(&zip, "");
}

static void a_line_of_a_manifest_goes_on_behind_a_blank(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_text(&zip, MANIFEST,
		 "Implementation-Title: a-name-that-is-so-lo\r\n ng-that-it-needs-two\r\n -or-three-lines\r\n"
		 "Implementation-Version: 1.\n 2\nImplementation-Vendor-Id: org.example.a-gr\r oup\r\r\n"
		 "Implementation-Title: part\r\n");
	expect(&zip, "java org.example.a-group a-name-that-is-so-long-that-it-needs-two-or-three-lines 1.2 - - - -\n");
	add_text(&zip, "meta-inf/manifest.mf", "Bundle-SymbolicName:\n org.e\n ;x:=y\nBundle-Version: 4");
	expect(&zip, "java - org.e 4 - - - -\n");
	add_text(&zip, MANIFEST, " Bundle-SymbolicName: x\n Bundle-Version: 1\n\r\n ");
	expect(&zip, "");
}

static void archives_in_archives_are_read(void **state)
{
	(void)state;
	struct silt_buffer zip = {0}, inner = {0};
	add_text(&inner, POM, "version=1\ngroupId=org.a\nartifactId=b\n");
	add_zip_end(&inner, "");
	add(&zip, "lib/b.jar", silt_buffer_bytes(&inner));
	add_text(&zip, MANIFEST, "Implementation-Title: t\nImplementation-Version: 3\n");
	expect(&zip, "java org.a b 1 - - - lib/b.jar\njava - t 3 - - - -\n");
	for (int depth = 0; depth < SILT_SBOM_JAR_DEPTH; depth++) {
		struct silt_buffer outer = {0};
		add(&outer, "in.jar", silt_buffer_bytes(&inner));
		add_zip_end(&outer, "");
		silt_buffer_done(&inner);
		inner = outer;
	}
	struct silt_buffer out = reading_of("app/x.jar", silt_buffer_bytes(&inner));
	assert_string_equal(silt_buffer_text(&out), "! archives lie in it deeper than is looked\n");
	silt_buffer_done(&out);
	silt_buffer_done(&inner);
}

/* `inner` in a member of a new archive in its place. */
static void wrap(struct silt_buffer *inner, const char *name)
{
	struct silt_buffer outer = {0};
	add(&outer, name, silt_buffer_bytes(inner));
	add_zip_end(&outer, "");
	silt_buffer_done(inner);
	*inner = outer;
}

static void a_place_in_archives_has_all_their_names(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	add_text(&zip, POM, "version=1\ngroupId=org.a\nartifactId=b\n");
	add_zip_end(&zip, "");
	wrap(&zip, "WEB-INF/lib/X.JAR");
	wrap(&zip, "in.Ear");
	struct silt_buffer out = reading_of("app/x.EAR", silt_buffer_bytes(&zip));
	assert_string_equal(silt_buffer_text(&out), "java org.a b 1 - - - in.Ear!WEB-INF/lib/X.JAR\n");
	silt_buffer_done(&out);
	silt_buffer_done(&zip);
}

/* As the archives of Spring Boot that can be run. */
static void a_script_may_stand_in_front(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	silt_buffer_add_text(&zip, "#!/bin/sh\n# PK\nexec java -jar \"$0\"\n");
	add_text(&zip, POM, "version=1\ngroupId=org.a\nartifactId=b\n");
	expect(&zip, "java org.a b 1 - - - -\n");
}

static void what_is_damaged_is_told_and_the_rest_is_read(void **state)
{
	(void)state;
	struct silt_buffer zip = {0};
	const struct zip_member wrong = {
		.name = "x.class", .content = silt_bytes_text("something"), .method = 8, .wrong_crc = 1};
	add_text(&zip, POM, "version=1\ngroupId=org.a\nartifactId=b\n");
	add_zip(&zip, &wrong);
	expect(&zip, "java org.a b 1 - - - -\n"
		     "! it, or an archive in it, is damaged, encrypted, or packed in a way that is not known\n");
	silt_buffer_add_text(&zip, "no zip");
	expect(&zip, "! it is no zip archive\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_maven_put_in_goes_before_the_manifest),
		cmocka_unit_test(a_manifest_tells_the_rest),
		cmocka_unit_test(a_line_of_a_manifest_goes_on_behind_a_blank),
		cmocka_unit_test(archives_in_archives_are_read),
		cmocka_unit_test(a_place_in_archives_has_all_their_names),
		cmocka_unit_test(a_script_may_stand_in_front),
		cmocka_unit_test(what_is_damaged_is_told_and_the_rest_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
