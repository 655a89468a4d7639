/* The catalogue: archives that lie. */
#include "audit/catalogue.h"

#include "base/attributes.h"

static const struct silt_check_info rows[] = {
	{
		.id = "integrity-diffid-mismatch",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Layer is not the one its config names",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "rootfs.diff_ids of the config, the content of each layer",
		.decides =
			"The SHA-256 of the unpacked layer, to its real end, is not its diff ID, a diff ID is none, or "
			"there are more or fewer of them than layers. Damaged layers are told as such.",
		.why = "The config names each layer by its content, and the image by the config: a layer that does not "
		       "fit was changed after the build. docker load refuses such an image; tools that only unpack do "
		       "not notice. Editing an archive by hand is the usual reason.",
		.fix = "Save or build the image again: somebody edited the archive, or its config.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/config.md#layer-diffid",
	},
	{
		.id = "integrity-digest-mismatch",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Content does not match its digest",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "",
		.looks_at = "descriptors of indexes and manifests, names of blobs and configs",
		.decides =
			"The bytes or their number are not what a descriptor states or the name of the blob says, or a "
			"digest is not SHA-256, so that nothing can be compared.",
		.why = "Digests are all that ties an image to what was signed and pushed. One that does not fit means "
		       "damage on the way, or content put in place of other content.",
		.fix = "Do not use the archive: it is damaged or was altered. Save the image again.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/descriptor.md#verification",
	},
	{
		.id = "integrity-split-brain",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Two indexes name different images",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high if each names an image that the other does not; low if one names only fewer",
		.looks_at = "manifest.json and index.json, with the indexes it names",
		.decides = "The sets of images, by config and layers, differ, as in what Docker 25.0.0 wrote: a "
			   "manifest without layers. Platforms that only a nested index names are no other images.",
		.why = "Loaders choose differently: docker's old store and podman go by manifest.json, containerd by "
		       "index.json. One archive can show the scanner a harmless image and give the server another one. "
		       "All of them were audited here.",
		.fix = "Save the image again, and do not load the archive before it is clear who wrote it so.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/image-layout.md "
			      "https://github.com/moby/moby/issues/47210",
	},
	{
		.id = "integrity-orphan-blob",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Content that no image uses",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "medium for a tar like a layer; info for anything else",
		.looks_at = "all members of the archive",
		.decides = "A member with content that no document names. Copies of used blobs, and what Docker keeps "
			   "beside images (repositories, VERSION, the JSON of old layers), are normal. It is searched "
			   "like everything else.",
		.why = "Whoever has the archive can read it, and no tool that goes by the manifest ever shows it: a "
		       "layer "
		       "that was taken out of the manifest is still there.",
		.fix = "Save the image again, without it.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/image-layout.md",
	},
	{
		.id = "integrity-missing-blob",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Content is missing",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high if the audited image needs it; info for other platforms, attestations and foreign "
			      "layers",
		.looks_at = "what manifests and indexes name",
		.decides =
			"A layer, config or manifest that is named and not there. Layers that are downloaded from "
			"elsewhere, and platforms that were not saved, are absent by design. The scan is incomplete if "
			"files of the image are unknown because of it.",
		.why = "What is not there was not looked at: an image is not clean because a layer of it is lacking.",
		.fix = "Save the image again, with all its layers.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/image-layout.md",
	},
	{
		.id = "integrity-not-inspectable",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Content that cannot be looked at",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high for parts of an image; medium for an archive in a file or behind the end of a "
			      "layer, which "
			      "was matched as it lies",
		.looks_at = "everything that had to be read",
		.decides =
			"A layer that is encrypted, packed in an unknown way, damaged or cut off; a document that "
			"is none; packed bytes behind the end of a layer; a limit of silt that was reached. The scan "
			"is incomplete, and says so by its exit status.",
		.why = "A scanner that skips what it cannot read says \"clean\" of what it did not see. An attacker "
		       "only "
		       "has to make it stumble.",
		.fix = "Audit the image in a form that can be read: decrypted, undamaged, and in a known compression.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/layer.md",
	},
	{
		.id = "integrity-tar-disputed",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Tar that can be read in two ways",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high for a layer or the archive itself; medium for types of entries that tools for "
			      "backups write; info for a tar that is a file in a layer",
		.looks_at = "every header of a tar, as Go's archive/tar reads it and as libarchive does",
		.decides = "The two find other entries in the same bytes, or another name, type, size, owner or mode "
			   "of one. The image is judged as Docker, containerd and podman extract it, which is Go's "
			   "reading. What only the other reader finds has the fate \"disputed\"; it is searched and "
			   "judged, and excuses nothing. Or both find an entry of a type that those refuse to extract, "
			   "and other programs make a file of.",
		.why = "A file that one program lists and another one does not see passes by whoever looks with the "
		       "wrong one: a scanner, a registry, a reviewer with tar -t. No tool writes a tar of two "
		       "readings by accident.",
		.fix = "Do not trust the archive before it is clear who wrote it so; build or save the image again.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://pkg.go.dev/archive/tar https://github.com/advisories/GHSA-j5gw-2vrg-8fgx",
	},
	{
		.id = "integrity-media-type",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Content is not what it is declared as",
		.severity = SILT_SEVERITY_LOW,
		.severities = "",
		.looks_at = "media types of layers, ends of their names in manifest.json, their first bytes; "
			    "platforms in indexes and configs",
		.decides = "The compression that is declared is not that of the bytes: a plain tar as +gzip, gzip as "
			   "layer.tar (.tar.gz says nothing: some tools always write it). "
			   "Also a manifest that calls itself an attestation and is an image, and an index that states "
			   "another operating system or architecture for an image than its config has.",
		.why = "Tools that go by the declaration fail, or take the layer for something they need not look "
		       "into; "
		       "others go by the content and run it.",
		.fix = "Save the image again with a current tool.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/media-types.md",
	},
	{
		.id = "integrity-whiteout-body",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Deletion mark with content",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "entries called .wh.*",
		.decides = "A deletion mark that is not empty. Its content is searched like that of any file.",
		.why = "Marks are empty by the specification. What stands in one is in the image, and no runtime, and "
		       "hardly a scanner, ever shows it.",
		.fix = "Find out which tool wrote it, and build the layer again.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts",
	},
	{
		.id = "integrity-whiteout-odd",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Odd deletion mark",
		.severity = SILT_SEVERITY_LOW,
		.severities = "low; info for marks in an odd place; high where Docker shows what the mark hides",
		.looks_at = "names, devices and extended attributes of entries",
		.decides =
			"A name and its mark in one layer; a mark that names nothing or is no file; an unknown name "
			".wh..wh.*; the "
			"marks of overlayfs (a device 0:0, an attribute overlay.opaque), which mean nothing in a "
			"layer; an opaque mark behind its directory or on the root; an entry below something that is "
			"no directory; a "
			"directory that its layer replaces and makes again; what hides something behind a symlink of a "
			"lower layer.",
		.why = "Runtimes make different filesystems of it: what one deletes the other shows. It is a bug of a "
		       "tool, or a trick to show a scanner another image than the server runs.",
		.fix = "Build the layer again with a current tool.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts "
			      "https://docs.kernel.org/filesystems/overlayfs.html",
	},
	{
		.id = "integrity-hidden-bytes",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Bytes that no reader shows",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "all bytes of a layer and of the archive that are no entry's content",
		.decides =
			"Bytes behind the end of a tar or of the compressed data, in the padding of an entry, in a "
			"gzip "
			"comment or extra field, in a skippable frame of zstd. A PAX header or long name of a tar of "
			"more than 64 KiB. The index of eStargz, the tables of "
			"zstd:chunked and a file name in gzip are normal. All of it is searched.",
		.why = "Nothing unpacks these bytes, so nothing but a look at the raw archive finds what was put "
		       "there: "
		       "data that was not meant to be seen, or a payload for who knows where to look.",
		.fix = "Do not trust the archive before it is clear who wrote it so; build or save the image again.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://www.rfc-editor.org/rfc/rfc1952 https://www.rfc-editor.org/rfc/rfc8878",
	},
	{
		.id = "integrity-compression-ratio",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Layer that bursts when it is unpacked",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "",
		.looks_at = "how much comes out of the compression of a layer, of the whole archive, or of an archive "
			    "in a file",
		.decides = "More than 200 bytes come out of one, and more than 64 MiB in all. The limits ratio and "
			   "ratio-free set both. All of it is searched nevertheless.",
		.why = "Software packs to a third of its size. What packs to less than a two hundredth is zeros, "
		       "which cost the sender nothing and fill the disk of every host that pulls the image.",
		.fix = "Look at what the layer holds; make large empty files when the container starts.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://cwe.mitre.org/data/definitions/409.html",
	},
	{
		.id = "integrity-duplicate-entry",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Member twice in the archive",
		.severity = SILT_SEVERITY_MEDIUM,
		.severities = "low for a file in a layer and for equal members of the archive; medium for different "
			      "members, high if an image uses one of them",
		.looks_at = "names in each layer, and of the members of the archive",
		.decides =
			"A file that a layer has twice, of another size, time, mode or owner; a member of the archive "
			"that is there twice. Directories come twice in many layers, and are silent.",
		.why = "Who unpacks sees the last one, who reads may stop at the first, and both can be recovered. Two "
		       "index.json or manifest.json are two images under one name.",
		.fix = "Build the layer, or save the image, again.",
		.dockerfile = "",
		.aliases = "",
		.references = "",
	},
	{
		.id = "integrity-path-escape",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Name climbs out of the archive",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "high for a name, or the target of a hardlink, that climbs with \"..\"; low for control "
			      "characters, loops, hardlinks that lead nowhere or to what comes later, and an entry in "
			      "the place of the root; info for a symlink that climbs",
		.looks_at = "names and link targets of entries and members, and paths in manifest.json",
		.decides = "\"..\" above the root, a control character in a name, a hardlink without a target or "
			   "before it, "
			   "a path through a loop of links, an entry called \"/\" that is no directory. Absolute names "
			   "and symlinks mean the root of the container, and are "
			   "normal.",
		.why = "A program that unpacks without care writes outside of its folder: into /etc of the machine "
		       "that "
		       "only wanted to look at the image. Control characters deceive terminals and scripts.",
		.fix = "Do not unpack the archive: it is hostile or broken.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://cwe.mitre.org/data/definitions/22.html",
	},
	{
		.id = "integrity-json-ambiguous",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Document that parsers read differently",
		.severity = SILT_SEVERITY_HIGH,
		.severities = "medium; high for a document that is an index and a manifest at once",
		.looks_at = "keys and values of configs, manifests and indexes",
		.decides =
			"A key that is there twice, also with other case, for Go does not tell case apart and takes "
			"the last "
			"one. Labels and other maps keep their case. Old jib's lower-case keys alone are no trouble. "
			"Also a value of another type than the programs that load images want, which they refuse (the "
			"scan is incomplete), and a manifest.json or index.json that is a link.",
		.why = "A checker in another language takes the first one, or only the right spelling, and sees "
		       "another "
		       "user, entrypoint or layer than docker runs. CVE-2021-41190 was a document of two kinds.",
		.fix = "Save the image again, with each key once.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/opencontainers/image-spec/security/advisories/GHSA-77vh-xpmg-72qh",
	},
	{
		.id = "integrity-layer-count",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "More layers than Docker loads",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "manifests, manifest.json",
		.decides = "More than 125 layers, counting each reference. All of them were audited, up to 1000.",
		.why = "Docker refuses such an image, other programs may not. No build makes that many: an archive "
		       "that names one layer thousands of times makes a reader do the same work thousands of times.",
		.fix = "Put instructions that belong together into one, or squash the image.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://github.com/moby/moby/blob/master/layer/layer_store.go",
	},
	{
		.id = "integrity-time",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Times that cannot be",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "created of config and history, times of files, the day of the audit",
		.decides = "An image or file more than a day in the future, or a line of the history more than a day "
			   "older "
			   "than one before it. No time at all, 1970 and 1980 are what reproducible builds write.",
		.why = "A clock of the builder that is wrong, lines taken from other images, or an image that shall "
		       "look "
		       "newer than it is. A layer from a build cache is a harmless reason.",
		.fix = "Set the clock of the builder, or build with SOURCE_DATE_EPOCH.",
		.dockerfile = "",
		.aliases = "",
		.references = "https://reproducible-builds.org/docs/source-date-epoch/",
	},
	{
		.id = "integrity-no-provenance",
		.family = SILT_CHECKS_INTEGRITY,
		.title = "Nothing says what the image was built from",
		.severity = SILT_SEVERITY_INFO,
		.severities = "",
		.looks_at = "index.json and the indexes it names, labels, annotations",
		.decides = "No attestation in the archive, and neither a label nor an annotation "
			   "org.opencontainers.image.revision or source. Archives with manifest.json alone cannot "
			   "carry an "
			   "attestation, and are silent.",
		.why = "When a hole is found somebody has to know from which commit the image was built, by whom, and "
		       "with "
		       "what in it.",
		.fix = "Build with docker buildx build --provenance=true --sbom=true, or label the image with its "
		       "commit.",
		.dockerfile = "ARG COMMIT\nLABEL org.opencontainers.image.revision=\"${COMMIT}\"",
		.aliases = "4.12",
		.references = "https://docs.docker.com/build/metadata/attestations/slsa-provenance/ "
			      "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
	},
};

const struct silt_catalogue_part silt_catalogue_integrity = {rows, SILT_COUNT(rows)};
