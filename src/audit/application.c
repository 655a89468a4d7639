/* Applications, by the path. */
#include "audit/application.h"

#include "base/attributes.h"
#include "base/path.h"

/* Folders of the system. A longer line of the next table is stronger than a shorter one here. */
static const char *const system_folders[] = {
	"bin",
	"boot",
	"dev",
	"etc",
	"go/pkg",
	"lib",
	"lib32",
	"lib64",
	"libx32",
	"lost+found",
	"proc",
	"root/buildinfo",
	"root/go/pkg",
	"run",
	"sbin",
	"sys",
	"usr",
	"usr/local/bin",
	"usr/local/bundle",
	"usr/local/cargo",
	"usr/local/etc",
	"usr/local/go",
	"usr/local/include",
	"usr/local/lib",
	"usr/local/lib64",
	"usr/local/libexec",
	"usr/local/man",
	"usr/local/rustup",
	"usr/local/sbin",
	"usr/local/share",
	"var",
};

static const char *const application_folders[] = {
	"usr/app",    "usr/local",   "usr/share/nginx/html", "usr/src",  "var/app",
	"var/lambda", "var/runtime", "var/service",          "var/task", "var/www",
};

static const char *const vendored[] = {
	".bundle",          ".cargo",        ".gem", ".npm",         ".nvm",          ".pnpm-store", ".yarn",
	"bower_components", "dist-packages", "gems", "node_modules", "site-packages", "vendor",
};

bool silt_is_system(struct silt_bytes path)
{
	static const char *const folders[] = {"bin", "etc", "lib", "lib32", "lib64", "libx32", "sbin", "usr"};
	for (size_t i = 0; i < SILT_COUNT(folders); i++) {
		if (silt_path_is_within(path, silt_bytes_text(folders[i]))) {
			return true;
		}
	}
	return false;
}

/* The length of the longest of the folders that `path` is in. */
static size_t longest(struct silt_bytes path, const char *const *folders, size_t count)
{
	size_t most = 0;
	for (size_t i = 0; i < count; i++) {
		struct silt_bytes folder = silt_bytes_text(folders[i]);
		if (folder.len > most && silt_path_is_within(path, folder)) {
			most = folder.len;
		}
	}
	return most;
}

bool silt_is_vendored(struct silt_bytes path)
{
	struct silt_bytes rest = path, component;
	while (silt_path_next(&rest, &component)) {
		for (size_t i = 0; i < SILT_COUNT(vendored); i++) {
			if (silt_bytes_equal(component, silt_bytes_text(vendored[i]))) {
				return true;
			}
		}
	}
	return false;
}

bool silt_is_application(struct silt_bytes path)
{
	size_t system = longest(path, system_folders, SILT_COUNT(system_folders));
	size_t application = longest(path, application_folders, SILT_COUNT(application_folders));
	return application >= system && !silt_is_vendored(path);
}
