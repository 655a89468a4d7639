/* Telling documents apart by their keys alone. */
#include "unit/bundle/kit.h"

static enum silt_document_kind classify(const char *text)
{
	struct kit kit = {0};
	struct silt_json *json = NULL;
	const char *document = kit_text(&kit, "%s", text);
	assert_int_equal(silt_json_parse(silt_bytes_text(document), &json, NULL), SILT_OK);
	enum silt_document_kind kind = silt_document_classify(json);
	silt_json_free(json);
	silt_arena_done(&kit.arena);
	return kind;
}

static void expect(const char *text, enum silt_document_kind kind)
{
	assert_string_equal(silt_document_kind_name(classify(text)), silt_document_kind_name(kind));
}

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void an_archive_manifest_is_an_array_with_config_or_layers(void **state)
{
	(void)state;
	expect("[{'Config':'x.json','RepoTags':null,'Layers':null}]", SILT_DOCUMENT_ARCHIVE_MANIFEST);
	expect("[{'Layers':[]}]", SILT_DOCUMENT_ARCHIVE_MANIFEST);
	expect("[1,{'Config':'x'}]", SILT_DOCUMENT_ARCHIVE_MANIFEST);
	expect("[]", SILT_DOCUMENT_OTHER);
	expect("[{'name':'x'}]", SILT_DOCUMENT_OTHER);
	expect("['Config']", SILT_DOCUMENT_OTHER);
}

static void keys_are_folded_as_go_does(void **state)
{
	(void)state;
	expect("[{'config':'config.json','layers':[]}]", SILT_DOCUMENT_ARCHIVE_MANIFEST);
	expect("{'ImageLayoutVersion':'1.0.0'}", SILT_DOCUMENT_OCI_LAYOUT);
	expect("{'manife\xC5\xBFts':[]}", SILT_DOCUMENT_INDEX);
}

static void an_index_has_manifests_which_may_be_null(void **state)
{
	(void)state;
	expect("{'schemaVersion':2,'manifests':[{'digest':'x'}]}", SILT_DOCUMENT_INDEX);
	expect("{'manifests':null}", SILT_DOCUMENT_INDEX);
	expect("{'manifests':'x'}", SILT_DOCUMENT_OTHER);
}

static void a_manifest_has_descriptors(void **state)
{
	(void)state;
	expect("{'config':{'digest':'sha256:1'},'layers':[]}", SILT_DOCUMENT_MANIFEST);
	expect("{'schemaVersion':2,'config':{'digest':'sha256:1'}}", SILT_DOCUMENT_MANIFEST);
	expect("{'layers':[{'digest':'sha256:1'}]}", SILT_DOCUMENT_MANIFEST);
	expect("{'schemaVersion':2,'config':{},'layers':null}", SILT_DOCUMENT_MANIFEST);
	expect("{'config':{'Env':[]},'layers':['x']}", SILT_DOCUMENT_OTHER);
}

static void a_document_of_two_kinds_is_an_index(void **state)
{
	(void)state;
	expect("{'manifests':[],'config':{'digest':'sha256:1'},'layers':[]}", SILT_DOCUMENT_INDEX);
}

static void a_config_has_a_rootfs_or_a_platform(void **state)
{
	(void)state;
	expect("{'rootfs':{'type':'layers','diff_ids':[]}}", SILT_DOCUMENT_CONFIG);
	expect("{'os':'linux','config':{}}", SILT_DOCUMENT_CONFIG);
	expect("{'architecture':'amd64','history':[]}", SILT_DOCUMENT_CONFIG);
	expect("{'id':'x','config':{},'rootfs':{'diff_ids':[]}}", SILT_DOCUMENT_CONFIG);
	expect("{'name':'pkg','os':['linux'],'config':{}}", SILT_DOCUMENT_OTHER);
	expect("{'rootfs':'x'}", SILT_DOCUMENT_OTHER);
}

static void legacy_json_has_an_id(void **state)
{
	(void)state;
	expect("{'id':'x','container_config':{}}", SILT_DOCUMENT_LEGACY);
	expect("{'id':'x','parent':'y','config':{},'os':'linux','architecture':'amd64'}", SILT_DOCUMENT_LEGACY);
	expect("{'id':7,'parent':'y'}", SILT_DOCUMENT_OTHER);
	expect("{'id':'x'}", SILT_DOCUMENT_OTHER);
}

static void repositories_lead_to_hex_ids(void **state)
{
	(void)state;
	expect("{'app':{'1':'" HEX "','2':'" HEX "'}}", SILT_DOCUMENT_REPOSITORIES);
	expect("{'app':{'1':'latest'}}", SILT_DOCUMENT_OTHER);
	expect("{'app':{}}", SILT_DOCUMENT_OTHER);
	expect("{'app':'" HEX "'}", SILT_DOCUMENT_OTHER);
}

static void attestations_are_statements_or_envelopes(void **state)
{
	(void)state;
	expect("{'_type':'https://in-toto.io/Statement/v0.1','predicateType':'https://slsa.dev/provenance/v0.2'}",
	       SILT_DOCUMENT_ATTESTATION);
	expect("{'payloadType':'application/vnd.in-toto+json','payload':'e30=','signatures':[]}",
	       SILT_DOCUMENT_ATTESTATION);
	expect("{'_type':'x'}", SILT_DOCUMENT_OTHER);
}

static void the_empty_object_is_nothing(void **state)
{
	(void)state;
	expect("{}", SILT_DOCUMENT_OTHER);
	expect("{'name':'x','version':'1'}", SILT_DOCUMENT_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_archive_manifest_is_an_array_with_config_or_layers),
		cmocka_unit_test(keys_are_folded_as_go_does),
		cmocka_unit_test(an_index_has_manifests_which_may_be_null),
		cmocka_unit_test(a_manifest_has_descriptors),
		cmocka_unit_test(a_document_of_two_kinds_is_an_index),
		cmocka_unit_test(a_config_has_a_rootfs_or_a_platform),
		cmocka_unit_test(legacy_json_has_an_id),
		cmocka_unit_test(repositories_lead_to_hex_ids),
		cmocka_unit_test(attestations_are_statements_or_envelopes),
		cmocka_unit_test(the_empty_object_is_nothing),
	};
	return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
