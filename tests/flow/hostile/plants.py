"""What is hidden, and the tars that hide it."""

import bundle
import lies_name
import lies_size
import lies_stream
import recipe
import tarwriter

SECRET = recipe.SECRETS["github"]("hidden")
PLANTS = {
    "secret": bundle.entry(b"srv/planted", b"token = " + SECRET.encode() + b"\n"),
    "setuid": bundle.entry(b"usr/bin/planted", bundle.PROGRAM, mode=0o4755),
}
LIES = {"%s.%s" % (family, name): lie for family, module in (("size", lies_size), ("stream", lies_stream),
                                                            ("name", lies_name))
        for name, lie in module.LIES.items()}

FIRST = bundle.entry(b"first", b"The first file.\n")
LAST = bundle.entry(b"last", b"The last file.\n")


def tar_of(lie, plant):
    """An honest file, the lie with its plant, an honest file, the end."""
    return FIRST + LIES[lie](PLANTS[plant]) + LAST + tarwriter.END
