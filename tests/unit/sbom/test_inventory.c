/* Fates of packages over the versions of a file, and package URLs. */
#include "sbom/inventory.h"

#include "base/attributes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LAYERS = 4 };

static const struct silt_layer layers[LAYERS] = {
	{.diff_id = "sha256:a"}, {.diff_id = "sha256:b"}, {.diff_id = "sha256:c"}, {.diff_id = "sha256:d"}};
static const struct silt_image image = {.layers = layers, .layer_count = LAYERS};

/* ---- Making -------------------------------------------------------------------------------------------------------- */

/* A version of the file `path` in a layer; the next one at the same path is told by whoever adds it. */
static struct silt_sbom_file *add_file(struct silt_sbom_inventory *inventory, const char *path, size_t layer,
				       enum silt_fate fate, size_t cause)
{
	struct silt_sbom_file *file = silt_arena_alloc(&inventory->arena, sizeof(*file));
	assert_non_null(file);
	assert_true(silt_grow((void **)&inventory->files, inventory->file_count, &inventory->file_capacity,
			      sizeof(struct silt_sbom_file *)));
	*file = (struct silt_sbom_file){.path = silt_bytes_text(path),
					.raw = silt_bytes_text(path),
					.home = silt_bytes_text(path),
					.entry = {layer, 0},
					.name = {layer, 0},
					.fate = fate,
					.cause_layer = cause,
					.whole = true};
	inventory->files[inventory->file_count++] = file;
	return file;
}

static void add(struct silt_sbom_inventory *inventory, const struct silt_sbom_file *file, const char *name,
		const char *version)
{
	struct silt_error err = {0};
	const struct silt_sbom_found found = {
		.kind = SILT_SBOM_DEB, .name = silt_bytes_text(name), .version = silt_bytes_text(version)};
	assert_int_equal(silt_sbom_add(inventory, file, &found, &err), SILT_OK);
}

/* "NAME VERSION first-last FATE by;" of each, layers from 0. */
static void expect(struct silt_sbom_inventory *inventory, const char *wanted)
{
	struct silt_buffer out = {0};
	struct silt_error err = {0};
	assert_int_equal(silt_sbom_settle(inventory, &image, &err), SILT_OK);
	for (size_t i = 0; i < inventory->package_count; i++) {
		const struct silt_sbom_package *package = &inventory->packages[i];
		silt_buffer_add(&out, package->found.name);
		silt_buffer_add_byte(&out, ' ');
		silt_buffer_add(&out, package->found.version);
		silt_buffer_printf(&out, " %zu-%zu %s", package->first->name.layer, package->last->name.layer,
				   silt_fate_name(package->fate));
		if (package->hidden_by != SIZE_MAX) {
			silt_buffer_printf(&out, " %zu", package->hidden_by);
		}
		silt_buffer_add_byte(&out, ';');
		for (size_t j = 0; j < i; j++) {
			assert_memory_not_equal(package->id, inventory->packages[j].id, sizeof(package->id));
		}
	}
	assert_string_equal(silt_buffer_text(&out), wanted);
	silt_buffer_done(&out);
	silt_sbom_inventory_done(inventory);
}

#define STATUS "var/lib/dpkg/status"

/* ---- Fates --------------------------------------------------------------------------------------------------------- */

static void a_package_that_stays_is_one_of_its_first_layer(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	const struct silt_sbom_file *newer = add_file(&inventory, STATUS, 2, SILT_FATE_VISIBLE, SIZE_MAX);
	const struct silt_sbom_file *older = add_file(&inventory, STATUS, 0, SILT_FATE_OVERWRITTEN, 2);
	add(&inventory, newer, "bash", "5");
	add(&inventory, newer, "zsh", "1");
	add(&inventory, older, "bash", "5");
	add(&inventory, older, "bash", "5");
	expect(&inventory, "bash 5 0-2 visible;zsh 1 2-2 visible;");
}

static void what_a_newer_list_lacks_was_deleted(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_OVERWRITTEN, 1), "gcc", "12");
	add(&inventory, add_file(&inventory, STATUS, 1, SILT_FATE_OVERWRITTEN, 3), "gcc", "12");
	add_file(&inventory, STATUS, 3, SILT_FATE_VISIBLE, SIZE_MAX);
	expect(&inventory, "gcc 12 0-1 deleted 3;");
}

static void another_version_takes_the_place_of_the_older(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_OVERWRITTEN, 1), "curl", "1");
	add(&inventory, add_file(&inventory, STATUS, 1, SILT_FATE_VISIBLE, SIZE_MAX), "curl", "2");
	expect(&inventory, "curl 1 0-0 overwritten 1;curl 2 1-1 visible;");
}

static void what_no_file_took_the_place_of_was_deleted(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	struct silt_sbom_file *file = add_file(&inventory, STATUS, 0, SILT_FATE_OVERWRITTEN, 1);
	file->gone = true;
	add(&inventory, file, "gcc", "12");
	add(&inventory, add_file(&inventory, STATUS, 2, SILT_FATE_VISIBLE, SIZE_MAX), "gcc", "12");
	expect(&inventory, "gcc 12 0-0 deleted 1;gcc 12 2-2 visible;");
}

static void a_package_that_came_back_is_told_twice(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_OVERWRITTEN, 1), "gcc", "12");
	add_file(&inventory, STATUS, 1, SILT_FATE_OVERWRITTEN, 2);
	add(&inventory, add_file(&inventory, STATUS, 2, SILT_FATE_VISIBLE, SIZE_MAX), "gcc", "12");
	expect(&inventory, "gcc 12 0-0 deleted 1;gcc 12 2-2 visible;");
}

static void a_file_that_was_gone_between_is_told_twice(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_DELETED, 1), "gcc", "12");
	add(&inventory, add_file(&inventory, STATUS, 2, SILT_FATE_VISIBLE, SIZE_MAX), "gcc", "12");
	expect(&inventory, "gcc 12 0-0 deleted 1;gcc 12 2-2 visible;");
	inventory = (struct silt_sbom_inventory){0};
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_MASKED, 1), "gcc", "12");
	add(&inventory, add_file(&inventory, STATUS, 3, SILT_FATE_VISIBLE, SIZE_MAX), "gcc", "12");
	expect(&inventory, "gcc 12 0-0 masked 1;gcc 12 3-3 visible;");
}

/* Names that a link made one: of one layer, and of two. */
static void versions_of_a_file_may_have_other_names(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	struct silt_sbom_file *file = add_file(&inventory, STATUS, 1, SILT_FATE_VISIBLE, SIZE_MAX);
	file->raw = silt_bytes_text("link/status");
	add(&inventory, file, "gcc", "12");
	add(&inventory, file, "curl", "1");
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_OVERWRITTEN, 1), "gcc", "12");
	expect(&inventory, "curl 1 1-1 visible;gcc 12 0-1 visible;");
	inventory = (struct silt_sbom_inventory){0};
	file = add_file(&inventory, STATUS, 0, SILT_FATE_DELETED, 2);
	file->raw = silt_bytes_text("link/status");
	add(&inventory, file, "gcc", "12");
	file = add_file(&inventory, STATUS, 0, SILT_FATE_VISIBLE, SIZE_MAX);
	file->entry.index = file->name.index = 1;
	add(&inventory, file, "gcc", "12");
	expect(&inventory, "gcc 12 0-0 deleted 2;gcc 12 0-0 visible;");
}

/* A layer that takes a folder away and has it again, as one of overlayfs does: there is no tree without it. */
static void a_file_that_a_layer_deletes_and_has_again_stays(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_MASKED, 2), "gcc", "12");
	add(&inventory, add_file(&inventory, STATUS, 2, SILT_FATE_VISIBLE, SIZE_MAX), "gcc", "12");
	expect(&inventory, "gcc 12 0-2 visible;");
}

static void a_list_that_could_not_be_read_deletes_nothing(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	add(&inventory, add_file(&inventory, STATUS, 0, SILT_FATE_OVERWRITTEN, 1), "gcc", "12");
	add_file(&inventory, STATUS, 1, SILT_FATE_VISIBLE, SIZE_MAX)->whole = false;
	expect(&inventory, "gcc 12 0-0 overwritten 1;");
}

static void files_of_other_paths_are_of_other_packages(void **state)
{
	(void)state;
	struct silt_sbom_inventory inventory = {0};
	add(&inventory, add_file(&inventory, "a", 0, SILT_FATE_DELETED, 2), "x", "1");
	add(&inventory, add_file(&inventory, "b", 0, SILT_FATE_VISIBLE, SIZE_MAX), "x", "1");
	add(&inventory, add_file(&inventory, "c", 1, SILT_FATE_MASKED, 3), "x", "1");
	expect(&inventory, "x 1 0-0 deleted 2;x 1 0-0 visible;x 1 1-1 masked 3;");
}

/* ---- Package URLs -------------------------------------------------------------------------------------------------- */

static void expect_purl(const struct silt_sbom_found *found, const char *id, const char *wanted)
{
	const struct silt_sbom_inventory inventory = {.os_id = silt_bytes_text(id),
						      .os_version = silt_bytes_text(id ? "12" : NULL)};
	struct silt_buffer out = {0};
	silt_sbom_purl(&out, &inventory, found);
	assert_string_equal(silt_buffer_text(&out), wanted);
	silt_buffer_done(&out);
}

#define TEXT(text) SILT_LITERAL_INIT(text)

static void package_urls_are_those_of_the_specification(void **state)
{
	(void)state;
	static const struct {
		struct silt_sbom_found found;
		const char *id, *wanted;
	} cases[] = {
		{{.kind = SILT_SBOM_DEB,
		  .name = TEXT("libstdc++6"),
		  .version = TEXT("1:12.2-14~x"),
		  .arch = TEXT("amd64"),
		  .source = TEXT("gcc-12 (12.2-1)")},
		 "debian",
		 "pkg:deb/debian/libstdc%2B%2B6@1:12.2-14~x?arch=amd64&distro=debian-12&upstream=gcc-12%4012.2-1"},
		{{.kind = SILT_SBOM_DEB, .name = TEXT("Curl"), .version = TEXT("1")}, NULL, "pkg:deb/debian/curl@1"},
		{{.kind = SILT_SBOM_RPM,
		  .name = TEXT("ImageMagick"),
		  .version = TEXT("1:7-2.fc40"),
		  .arch = TEXT("x86_64"),
		  .source = TEXT("ImageMagick-7-2.fc40.src.rpm")},
		 "Fedora",
		 "pkg:rpm/fedora/ImageMagick@7-2.fc40?arch=x86_64&distro=Fedora-12&epoch=1&"
		 "upstream=ImageMagick-7-2.fc40.src.rpm"},
		{{.kind = SILT_SBOM_APK, .name = TEXT("musl"), .version = TEXT("1.2-r2")},
		 "alpine",
		 "pkg:apk/alpine/musl@1.2-r2?distro=alpine-12"},
		{{.kind = SILT_SBOM_PYTHON, .name = TEXT("Foo_Bar"), .version = TEXT("1.0")},
		 "debian",
		 "pkg:pypi/foo-bar@1.0"},
		{{.kind = SILT_SBOM_NPM, .group = TEXT("@angular"), .name = TEXT("core"), .version = TEXT("1")},
		 "x",
		 "pkg:npm/%40angular/core@1"},
		{{.kind = SILT_SBOM_GEM, .name = TEXT("x"), .version = TEXT("1"), .platform = TEXT("java")},
		 "x",
		 "pkg:gem/x@1?platform=java"},
		{{.kind = SILT_SBOM_JAVA, .group = TEXT("org.a"), .name = TEXT("b"), .version = TEXT("1")},
		 "x",
		 "pkg:maven/org.a/b@1"},
		{{.kind = SILT_SBOM_JAVA, .name = TEXT("b"), .version = TEXT("1")}, "x", ""},
		{{.kind = SILT_SBOM_GEM, .name = TEXT("a/b?c#d\x1b"), .version = TEXT("1@2 3\xc3\xa4")},
		 "x",
		 "pkg:gem/a%2Fb%3Fc%23d%1B@1%402%203%C3%A4"},
		{{.kind = SILT_SBOM_GEM, .name = TEXT("x\xff"), .version = TEXT("1")}, "x", ""},
		{{.kind = SILT_SBOM_GEM, .name = TEXT("x"), .version = TEXT("\xc3")}, "x", ""},
		{{.kind = SILT_SBOM_JAVA, .group = TEXT("\xff"), .name = TEXT("b"), .version = TEXT("1")}, "x", ""},
		{{.kind = SILT_SBOM_DEB,
		  .name = TEXT("a"),
		  .version = TEXT("1"),
		  .arch = TEXT("\xff"),
		  .source = TEXT("b\xff")},
		 "\xff",
		 "pkg:deb/debian/a@1"},
	};
	for (size_t i = 0; i < SILT_COUNT(cases); i++) {
		expect_purl(&cases[i].found, cases[i].id, cases[i].wanted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_package_that_stays_is_one_of_its_first_layer),
		cmocka_unit_test(what_a_newer_list_lacks_was_deleted),
		cmocka_unit_test(another_version_takes_the_place_of_the_older),
		cmocka_unit_test(what_no_file_took_the_place_of_was_deleted),
		cmocka_unit_test(a_package_that_came_back_is_told_twice),
		cmocka_unit_test(a_file_that_was_gone_between_is_told_twice),
		cmocka_unit_test(versions_of_a_file_may_have_other_names),
		cmocka_unit_test(a_file_that_a_layer_deletes_and_has_again_stays),
		cmocka_unit_test(a_list_that_could_not_be_read_deletes_nothing),
		cmocka_unit_test(files_of_other_paths_are_of_other_packages),
		cmocka_unit_test(package_urls_are_those_of_the_specification),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
