"""Makes of a docker archive one with a single layer in which the entries of all layers follow each other: a bad squash.

    append_layers.py IN OUT
"""
import hashlib
import io
import json
import sys
import tarfile


def add(out, name, body):
    member = tarfile.TarInfo(name)
    member.size = len(body)
    out.addfile(member, io.BytesIO(body))


def appended(archive, layers):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode='w', format=tarfile.PAX_FORMAT) as out:
        for name in layers:
            with tarfile.open(fileobj=archive.extractfile(name)) as layer:
                for entry in layer:
                    out.addfile(entry, layer.extractfile(entry) if entry.isreg() else None)
    return whole.getvalue()


def main():
    source, target = sys.argv[1:]
    with tarfile.open(source) as archive, tarfile.open(target, 'w') as out:
        manifest = json.load(archive.extractfile('manifest.json'))[0]
        config = json.load(archive.extractfile(manifest['Config']))
        layer = appended(archive, manifest['Layers'])
        config['rootfs']['diff_ids'] = ['sha256:' + hashlib.sha256(layer).hexdigest()]
        config['history'] = [{'created_by': 'squashed'}]
        body = json.dumps(config).encode()
        name = hashlib.sha256(body).hexdigest() + '.json'
        add(out, 'layer.tar', layer)
        add(out, name, body)
        names = [{'Config': name, 'RepoTags': manifest['RepoTags'], 'Layers': ['layer.tar']}]
        add(out, 'manifest.json', json.dumps(names).encode())


main()
