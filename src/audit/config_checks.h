/* The checks of the config of an image, each of one image. */
#ifndef SILT_AUDIT_CONFIG_CHECKS_H
#define SILT_AUDIT_CONFIG_CHECKS_H

#include "audit/tell.h"

/* The image has a config, and it is in the bundle. */
typedef enum silt_status silt_config_check_fn(const struct silt_case *of, struct silt_error *err);

silt_config_check_fn silt_config_tags;        /* config-latest-tag, config-no-version-label */
silt_config_check_fn silt_config_labels;      /* config-label-invalid */
silt_config_check_fn silt_config_forms;       /* config-shell-form, config-broken-exec-form */
silt_config_check_fn silt_config_cmd;         /* config-cmd-only, config-cmd-is-shell */
silt_config_check_fn silt_config_entry;       /* config-entry-missing */
silt_config_check_fn silt_config_script;      /* config-no-init, config-entrypoint-rewrites */
silt_config_check_fn silt_config_health;      /* config-no-healthcheck */
silt_config_check_fn silt_config_ports;       /* config-port-22, config-port-range */
silt_config_check_fn silt_config_volumes;     /* config-volume-sensitive */
silt_config_check_fn silt_config_daemon;      /* config-docker-sock */
silt_config_check_fn silt_config_environment; /* config-ld-preload, config-tls-off */
silt_config_check_fn silt_config_paths;       /* config-path-unsafe, config-workdir */
silt_config_check_fn silt_config_triggers;    /* config-onbuild */

/* The value of a variable of Env, the last one of that name. False if there is none. */
bool silt_config_env(const struct silt_config *config, const char *name, struct silt_bytes *value);

/* True unless paths and commands are those of another system: Windows, or a Wasm module. */
bool silt_config_is_for_linux(const struct silt_config *config);

/* `path` cleaned, as a path of the final tree, in the arena; ptr NULL if memory ran out. */
struct silt_bytes silt_config_path(struct silt_arena *arena, struct silt_bytes path);

/* True if a clean path is `folder`, or below it. */
bool silt_path_is_below(struct silt_bytes path, const char *folder);

#endif
