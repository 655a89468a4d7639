/* The table of key pairs that everybody has. */
#include "secret/known_values.h"

#include "base/attributes.h"
#include "base/encoding.h"

enum { KNOWN_LEN = 16, HEX_SIZE = 2 * KNOWN_LEN + 1 };

static const char systemd[] = "publicly known: example in the manual of systemd.netdev";
static const char vagrant[] = "publicly known: insecure key of Vagrant";
static const char jwt_io[] = "publicly known: sample key of jwt.io";
static const char rfc7748[] = "publicly known: test vector of RFC 7748";
static const char rfc8032[] = "publicly known: test vector of RFC 8032";
static const char rfc8410[] = "publicly known: example of RFC 8410";
static const char rfc9500[] = "publicly known: test key of RFC 9500";
static const char jose[] = "publicly known: example of the JOSE documents (RFC 7515 to 7520)";
static const char go[] = "publicly known: test key in the source of Go";
static const char python[] = "publicly known: test key of Python";
static const char twisted[] = "publicly known: test key of Twisted";
static const char tornado[] = "publicly known: test key of Tornado";
static const char pycryptodome[] = "publicly known: self-test key of PyCryptodome";
static const char urllib3[] = "publicly known: test key of urllib3";
static const char requests[] = "publicly known: test key of Requests";
static const char google_auth[] = "publicly known: test key of google-auth";
static const char gsutil[] = "publicly known: test key of gsutil";
static const char boto[] = "publicly known: test key of boto";
static const char agent_base[] = "publicly known: test key of agent-base";
static const char public_encrypt[] = "publicly known: test key of public-encrypt";
static const char xmlsec[] = "publicly known: example key of XML Security Library";
static const char netty[] = "publicly known: key that Netty probes OpenSSL with";
static const char google_http[] = "publicly known: test key of the HTTP client of Google for Java";
static const char grpc[] = "publicly known: test key of gRPC";

/*
 * To add a key that its publisher meant to be public: the first 32 digits of
 *
 *     openssl pkey -in FILE -pubout -outform DER | sha256sum
 *
 * which are the `spki sha256` among the facts of a finding. Only for keys that silt_public_belongs can prove: RSA,
 * P-256, Ed25519, X25519. Others stand in known_values.c.
 */
static const struct known_key {
	char id[HEX_SIZE];
	const char *note;
} known_keys[] = {
	{"fcac25a44ecbf1a6c85a61eedc1758d6", systemd},
	{"a7279699e5c6a4ad971f9f205c2409a1", vagrant},
	{"bde93142b0780b2a66d27977d35f4f54", vagrant},
	{"a40f0f2e2974dc76a82df6ffe08ed0d7", jwt_io},
	{"f56c8b01227f62ddbc16eb29a6ac0b31", jwt_io},
	{"291c5293e030452a599851a7c7298f3f", rfc7748},
	{"e80c4532355b04160b97b1bee8a3e13c", rfc7748},
	{"06e3fd8fda29bb60ab59557de61edb0a", rfc8032},
	{"8d39ba50abe50f77b6bb8ae7b6927aff", rfc8032},
	{"deb2ded39dc26fce0e6085b6fc34bf6b", rfc8032},
	{"a1e9156054e04fac899ae9f275132cdc", rfc8410},
	{"8fb6bad671cfe698393c453357da61b5", rfc9500},
	{"229cabb741449d91d703195d4d69814f", jose},
	{"2bd1bb0c44a897c30a7aa0991cde38d8", jose},
	{"51b944cdfa544d4c3273aa6bf350625a", jose},
	{"627771f25da426d1f9ae315e42106d70", jose},
	{"6fd13c2435a361e7c588cd17f55f5ad3", jose},
	{"a4109e6bac8043ec089a57064aeb14d0", jose},
	{"ad32320cf6c596d884b05381ba573aba", jose},
	{"afced19652b8c879cd37c67a1902d40b", jose},
	{"bf0a7a74f9afb6edda89ebabe824241b", jose},
	{"c1de70b4f5ae92a53b86f6a7175e3b9b", jose},
	{"c8579d8d878fb8eab2a6f1e714c92118", jose},
	{"eb28a65877d2b84b92a6a9b5fd762a45", jose},
	{"226acd9b52f5731987d46521bbe02fa8", go},
	{"540101906e8daff636d6cd4b16d36079", go},
	{"587125d7590f83223c44c4a007c03db2", go},
	{"5d2c9394e69d9116f52dd7d665698f76", go},
	{"6c6f211b38eb2e24d0e1f042e8da8245", go},
	{"76a40ff8b96916f035544e3262130c75", go},
	{"77c013569a20543277d47d8ce82dc714", go},
	{"88b8f4f874a353fb84c3833024fe587f", go},
	{"9a9e5b0f404f4e2d4386e38b04ac91e5", go},
	{"a966992050beefe356dd2219c3059537", go},
	{"b2826a5439e55ac291fc97314e5f1bea", go},
	{"bbb3a427090d44d741d44bf7171a179d", go},
	{"ce3aa306f6b578932664a6ef81bead27", go},
	{"d5b9cfda5e2be4d90eb52bfac16d4d2f", go},
	{"de600bb9cc846f37396da95d77456c7d", go},
	{"e7c98a2e73e33d7de4216988d748b814", go},
	{"e97178009fc19e705c9257bae47fc004", go},
	{"fc7575b99276181ddc2ceded6d0c4a42", go},
	{"26d2841b8556aaf3cf1585c5b798b520", python},
	{"5ad9998793bbf038c562b117d04a32dd", python},
	{"62ccf706d946ae02d82b87c691afac83", python},
	{"9e4456c9dc7098dc4330cc8f0f84f27f", python},
	{"ea38a50b45447a19f2e640c6bbb7885f", python},
	{"f762cc1fb7fbcdc51a53041be6f07f45", python},
	{"173cfd71a8e276b2163268c31671dfac", twisted},
	{"4b8c7bc1ccd88b61622ed72ccf917962", twisted},
	{"94d71115241286373b1f722831bc4ec8", twisted},
	{"c813513363b6cdabb996c99b577babae", twisted},
	{"e2d06117d1b6d458bd3fca38bfe181e7", tornado},
	{"1674a478b6242065adfb32cb069793ba", pycryptodome},
	{"370fb30affeb0c77516cc7f6dd40ef4f", pycryptodome},
	{"53f5cdf3498d2d00111dd0992840135f", pycryptodome},
	{"ad2cd8a4ff00e67d9e088c7500d0c3a8", pycryptodome},
	{"b4e2ababf045c2009da783281bf8a28a", pycryptodome},
	{"d13bb89b8f08960d4947fd41ee3c2826", pycryptodome},
	{"d87579a31aaf56680d2bf397c7c8bd35", pycryptodome},
	{"f5c4c178156133e8c487de280870f88f", pycryptodome},
	{"fc58b1359310a07170fee659127ed7ab", pycryptodome},
	{"15f827f9a2bd16bcb865bceae460c267", urllib3},
	{"a4d1449297eced86c308fbd4c46e7057", urllib3},
	{"329799340ca9e9cf146fbe9b234094c1", requests},
	{"52eae116e12064eeb98a7cef2cf30a4c", requests},
	{"82f1794f17693e8f8017a801dee12ec7", requests},
	{"fc74a5b691c55b7598fc8c3942f9be9a", requests},
	{"16957203721350fafa7a382dce532c75", google_auth},
	{"38e6053a316fcc97dd2e367c33e844b7", google_auth},
	{"9b445b3d3080b3a8520c7467af119ec4", google_auth},
	{"bf7fe7a270746d8ca3234af72c896d2e", gsutil},
	{"7ed1483c0051bdf1c328a95573f31083", boto},
	{"f9fdc73330343640394d9ab03add6739", agent_base},
	{"43c504bfcb7a9b80f2976f6d77ab3b41", public_encrypt},
	{"4a9106a002dbe82bef3fd449647485c9", public_encrypt},
	{"5034d9eaf25118bb53d2ebb21ae81cc3", public_encrypt},
	{"6abc29c310d9c042fd93e21828b81781", public_encrypt},
	{"79d55b62f14e34e057a3baed33461056", public_encrypt},
	{"ef5ee52829413aeaa584c6f395a50d55", xmlsec},
	{"de40cc4b0335addabe664e9d770f2548", netty},
	{"b17e903c67c71bc947f19cba8a6f06ae", google_http},
	{"ba80a6b8632aa7aeaba53923fb196d87", google_http},
	{"2db38a3ae1c34711b860cd3268742421", grpc},
	{"70863a9c349c8ebfbbba2257b83070a5", grpc},
	{"77f7106e92d95adbec0dc9e500b67334", grpc},
	{"80f9f3d524d60d78bd24e2466b71cafb", grpc},
	{"8bc7c8a429149a656f3161bd99b365aa", grpc},
	{"d2a3ec0b9b1a83658385a3cd9b319c61", grpc},
};

const char *silt_known_key(const uint8_t spki[static 32])
{
	char hex[HEX_SIZE];
	silt_hex(silt_bytes(spki, KNOWN_LEN), hex);
	for (size_t i = 0; i < SILT_COUNT(known_keys); i++) {
		if (memcmp(hex, known_keys[i].id, HEX_SIZE) == 0) {
			return known_keys[i].note;
		}
	}
	return NULL;
}
