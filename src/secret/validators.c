/* One row for each validator that a rule may name. */
#include "secret/validators.h"

#include "base/attributes.h"
#include "secret/validate.h"

static const struct silt_validator validators[] = {
	{"atlassian", silt_validate_atlassian},
	{"atlassian-server", silt_validate_atlassian_server},
	{"aws-bedrock", silt_validate_aws_bedrock},
	{"aws-id", silt_validate_aws_id},
	{"aws-presigned", silt_validate_aws_presigned},
	{"aws-secret", silt_validate_aws_secret},
	{"aws-session", silt_validate_aws_session},
	{"azure-annotated", silt_validate_azure_annotated},
	{"azure-bare-key", silt_validate_azure_bare_key},
	{"azure-client-secret", silt_validate_azure_client_secret},
	{"azure-devops", silt_validate_azure_devops},
	{"azure-key", silt_validate_azure_key},
	{"azure-sas", silt_validate_azure_sas},
	{"bech32", silt_validate_bech32},
	{"ccache", silt_validate_ccache},
	{"cloudflare-tunnel", silt_validate_cloudflare_tunnel},
	{"confluent", silt_validate_confluent},
	{"crypt-hash", silt_validate_crypt_hash},
	{"der-key", silt_validate_der_key},
	{"django-secret-key", silt_validate_django_secret_key},
	{"docker-auth", silt_validate_docker_auth},
	{"environment-file", silt_validate_environment_file},
	{"ethereum", silt_validate_ethereum},
	{"extended-key", silt_validate_extended_key},
	{"filezilla-password", silt_validate_filezilla_password},
	{"fly", silt_validate_fly},
	{"github", silt_validate_github},
	{"github-fine-grained", silt_validate_github_fine_grained},
	{"github-server", silt_validate_github_server},
	{"gitlab", silt_validate_gitlab},
	{"gnupg-key", silt_validate_gnupg_key},
	{"java-keystore", silt_validate_java_keystore},
	{"jenkins-secret", silt_validate_jenkins_secret},
	{"jetbrains-password", silt_validate_jetbrains_password},
	{"jfrog-reference", silt_validate_jfrog_reference},
	{"jwk", silt_validate_jwk},
	{"jwt", silt_validate_jwt},
	{"keytab", silt_validate_keytab},
	{"kubernetes-token", silt_validate_kubernetes_token},
	{"minisign", silt_validate_minisign},
	{"mysql-login-path", silt_validate_mysql_login_path},
	{"npm", silt_validate_npm},
	{"npmrc", silt_validate_npmrc},
	{"nss-keys", silt_validate_nss_keys},
	{"onepassword", silt_validate_onepassword},
	{"openvpn-static", silt_validate_openvpn_static},
	{"pem", silt_validate_pem},
	{"pgp", silt_validate_pgp},
	{"pgp-packets", silt_validate_pgp_packets},
	{"pkcs12", silt_validate_pkcs12},
	{"presence", silt_validate_presence},
	{"putty", silt_validate_putty},
	{"pypi", silt_validate_pypi},
	{"secret-manifest", silt_validate_secret_manifest},
	{"service-account", silt_validate_service_account},
	{"slack-webhook", silt_validate_slack_webhook},
	{"solana", silt_validate_solana},
	{"stellar", silt_validate_stellar},
	{"stored-password", silt_validate_stored_password},
	{"supabase", silt_validate_supabase},
	{"totp", silt_validate_totp},
	{"url-password", silt_validate_url_password},
	{"vercel", silt_validate_vercel},
	{"wif", silt_validate_wif},
	{"wireguard", silt_validate_wireguard},
	{"xml-rsa", silt_validate_xml_rsa},
};

const struct silt_validator *silt_validator_find(struct silt_bytes name)
{
	for (size_t i = 0; i < SILT_COUNT(validators); i++) {
		if (silt_bytes_equal(name, silt_bytes_text(validators[i].name))) {
			return &validators[i];
		}
	}
	return NULL;
}
