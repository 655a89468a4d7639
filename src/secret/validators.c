/* One row for each validator that a rule may name. */
#include "secret/validators.h"

#include "base/attributes.h"
#include "secret/validate.h"

static const struct silt_validator validators[] = {
	{"aws-id", silt_validate_aws_id},
	{"aws-secret", silt_validate_aws_secret},
	{"aws-session", silt_validate_aws_session},
	{"crypt-hash", silt_validate_crypt_hash},
	{"docker-auth", silt_validate_docker_auth},
	{"github", silt_validate_github},
	{"github-fine-grained", silt_validate_github_fine_grained},
	{"github-server", silt_validate_github_server},
	{"gitlab", silt_validate_gitlab},
	{"jwt", silt_validate_jwt},
	{"kubernetes-token", silt_validate_kubernetes_token},
	{"npm", silt_validate_npm},
	{"npmrc", silt_validate_npmrc},
	{"pem", silt_validate_pem},
	{"pgp", silt_validate_pgp},
	{"putty", silt_validate_putty},
	{"service-account", silt_validate_service_account},
	{"slack-webhook", silt_validate_slack_webhook},
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
