/*
 * The validators of silt's rules, and what they share. All of them are pure functions of their arguments.
 */
#ifndef SILT_SECRET_VALIDATE_H
#define SILT_SECRET_VALIDATE_H

#include "base/attributes.h"
#include "secret/rule.h"

/* Private keys: validate_pem.c, validate_der.c, validate_putty.c, validate_pgp.c. */
silt_validate_fn silt_validate_pem;
silt_validate_fn silt_validate_der_key;
silt_validate_fn silt_validate_putty;
silt_validate_fn silt_validate_pgp;
silt_validate_fn silt_validate_pgp_packets;
silt_validate_fn silt_validate_service_account;

/* Public halves of keys: validate_public.c. */
silt_validate_fn silt_validate_public_pem;
silt_validate_fn silt_validate_public_ssh;

/* Private keys in JSON and XML: validate_jwk.c. */
silt_validate_fn silt_validate_jwk;
silt_validate_fn silt_validate_xml_rsa;

/* Keys of single programs: validate_key_files.c. */
silt_validate_fn silt_validate_wireguard;
silt_validate_fn silt_validate_minisign;
silt_validate_fn silt_validate_openvpn_static;
silt_validate_fn silt_validate_gnupg_key;
silt_validate_fn silt_validate_totp;

/* Files that hold keys: validate_keystore.c. */
silt_validate_fn silt_validate_java_keystore;
silt_validate_fn silt_validate_pkcs12;
silt_validate_fn silt_validate_nss_keys;
silt_validate_fn silt_validate_keytab;
silt_validate_fn silt_validate_ccache;

/* Wallets: validate_wallet.c. */
silt_validate_fn silt_validate_extended_key;
silt_validate_fn silt_validate_wif;
silt_validate_fn silt_validate_stellar;
silt_validate_fn silt_validate_bech32; /* also age */
silt_validate_fn silt_validate_solana;
silt_validate_fn silt_validate_ethereum;

/* Tokens with a checksum: validate_checksum.c. */
silt_validate_fn silt_validate_github;
silt_validate_fn silt_validate_github_server;
silt_validate_fn silt_validate_github_fine_grained;
silt_validate_fn silt_validate_npm;
silt_validate_fn silt_validate_gitlab;

/* Tokens that say in JSON what they are for: validate_jwt.c. */
silt_validate_fn silt_validate_jwt;
silt_validate_fn silt_validate_kubernetes_token;

/* Hashes of passwords: validate_crypt.c. */
silt_validate_fn silt_validate_crypt_hash;

/* Tokens without one: validate_token.c. */
silt_validate_fn silt_validate_slack_webhook;
silt_validate_fn silt_validate_npmrc;
silt_validate_fn silt_validate_docker_auth;

/* Amazon Web Services: validate_aws.c. */
silt_validate_fn silt_validate_aws_id;
silt_validate_fn silt_validate_aws_secret;
silt_validate_fn silt_validate_aws_session;
silt_validate_fn silt_validate_aws_bedrock;
silt_validate_fn silt_validate_aws_presigned;

/* Microsoft Azure: validate_azure.c. */
silt_validate_fn silt_validate_azure_key;
silt_validate_fn silt_validate_azure_bare_key;
silt_validate_fn silt_validate_azure_annotated;
silt_validate_fn silt_validate_azure_client_secret;
silt_validate_fn silt_validate_azure_devops;

/* Other clouds and platforms: validate_cloud.c. */
silt_validate_fn silt_validate_azure_sas;
silt_validate_fn silt_validate_cloudflare_tunnel;
silt_validate_fn silt_validate_confluent;
silt_validate_fn silt_validate_onepassword;
silt_validate_fn silt_validate_supabase;

/* Source hosting, builds, packages: validate_hosting.c. */
silt_validate_fn silt_validate_atlassian;
silt_validate_fn silt_validate_atlassian_server;
silt_validate_fn silt_validate_fly;
silt_validate_fn silt_validate_jenkins_secret;
silt_validate_fn silt_validate_jfrog_reference;
silt_validate_fn silt_validate_pypi;
silt_validate_fn silt_validate_vercel;

/* Passwords where a file says that one stands: validate_password.c. */
silt_validate_fn silt_validate_stored_password;
silt_validate_fn silt_validate_url_password;
silt_validate_fn silt_validate_environment_file;
silt_validate_fn silt_validate_django_secret_key;
silt_validate_fn silt_validate_filezilla_password;
silt_validate_fn silt_validate_secret_manifest;

/* Files as a whole, and obscured passwords: validate_files.c. */
silt_validate_fn silt_validate_presence;
silt_validate_fn silt_validate_mysql_login_path;
silt_validate_fn silt_validate_jetbrains_password;

/* Services: validate_saas.c. */
silt_validate_fn silt_validate_discord;
silt_validate_fn silt_validate_elastic;
silt_validate_fn silt_validate_grafana;
silt_validate_fn silt_validate_intercom;
silt_validate_fn silt_validate_json_token;
silt_validate_fn silt_validate_mapbox;
silt_validate_fn silt_validate_matrix;
silt_validate_fn silt_validate_zuplo;

/* Names and values of any kind: validate_assignment.c. */
silt_validate_fn silt_validate_assignment;

/* Addresses and connection strings: validate_url.c. */
silt_validate_fn silt_validate_address_password;
silt_validate_fn silt_validate_basic_auth;
silt_validate_fn silt_validate_connection_password;
silt_validate_fn silt_validate_database_url;

/* ---- Shared ------------------------------------------------------------------------------------------------------ */

/* Proof: the severity goes up to `severity`. */
void silt_verdict_proven(struct silt_confirmation *verdict, enum silt_severity severity, const char *note);

/* Doubt: low and possible, never dropped. */
void silt_verdict_doubtful(struct silt_confirmation *verdict, const char *note);

/* Proof if the checksum of a token holds, else doubt. Returns true: either way it is a match. */
bool silt_verdict_checksum(struct silt_confirmation *verdict, enum silt_severity severity, bool holds);

/* Known to be harmless: shown for information. */
void silt_verdict_harmless(struct silt_confirmation *verdict, const char *note);

/* Adds one fact to verdict->facts, behind a comma. One that does not fit whole is left out. Never a part of a secret. */
void silt_facts_add(struct silt_confirmation *verdict, const char *format, ...) SILT_PRINTF(2, 3);

/*
 * Adds "name value", the value being the input's: only if it is one short word of printable ASCII, and no address with
 * a password in it.
 */
void silt_facts_add_word(struct silt_confirmation *verdict, const char *name, struct silt_bytes value);

#endif
