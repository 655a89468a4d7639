"""Prints one throw-away secret that a checksum or its structure proves. Nothing of it is ever committed."""

import secrets
import string
import sys
import zlib

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def base62(number, width):
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = BASE62[rest] + digits
    return digits.rjust(width, "0")


def draw(alphabet, count):
    return "".join(secrets.choice(alphabet) for _ in range(count))


def github():
    body = draw(BASE62, 30)
    return "ghp_" + body + base62(zlib.crc32(body.encode()), 6)


def aws_id():
    return "AKIA" + draw(string.ascii_uppercase + "234567", 16)


def aws_secret():
    return draw(string.ascii_letters + string.digits + "+/", 40)


def password():
    return draw(string.ascii_letters + string.digits, 24)


MAKERS = {"github": github, "aws-id": aws_id, "aws-secret": aws_secret, "password": password}

if __name__ == "__main__":
    print(MAKERS[sys.argv[1]]())
