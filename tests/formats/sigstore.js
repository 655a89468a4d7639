// Verifies an attestation with the code of sigstore: sigstore.js NODE_MODULES PUBLIC-KEY ENVELOPE
// Exit status: 0 it is verified, 1 it is refused, 2 this did not come to a verdict.
"use strict";
const fs = require("fs");
const path = require("path");

const [folder, keyFile, envelopeFile] = process.argv.slice(2);
const load = (name) => require(path.join(folder, "@sigstore", name));
const { Verifier, toSignedEntity, toTrustMaterial, VerificationError } = load("verify");

const pem = fs.readFileSync(keyFile, "ascii");
const der = Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ""), "base64");
const envelope = JSON.parse(fs.readFileSync(envelopeFile, "utf8"));
const hint = envelope.signatures[0].keyid;

// What sigstore calls a bundle: the envelope, and by which key; no log and no clock of sigstore's is asked.
const bundle = {
	mediaType: "application/vnd.dev.sigstore.bundle+json;version=0.1",
	verificationMaterial: {
		content: { $case: "publicKey", publicKey: { hint } },
		tlogEntries: [],
		timestampVerificationData: { rfc3161Timestamps: [] },
	},
	content: {
		$case: "dsseEnvelope",
		dsseEnvelope: {
			payload: Buffer.from(envelope.payload, "base64"),
			payloadType: envelope.payloadType,
			signatures: envelope.signatures.map((one) => ({
				keyid: one.keyid,
				sig: Buffer.from(one.sig, "base64"),
			})),
		},
	},
};
const nothing = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] };
const trust = toTrustMaterial(nothing, { [hint]: { rawBytes: der } });
const verifier = new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
try {
	verifier.verify(toSignedEntity(bundle));
} catch (error) {
	console.log(String(error.message));
	process.exit(error instanceof VerificationError ? 1 : 2);
}
