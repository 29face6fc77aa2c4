"""A certificate authority for one site on a shop's network: a root for its tablets, and a certificate.

Both are one PEM text each, the private key before the certificate, so that no crash can part the two.

The root is bound to the site's own names and addresses (RFC 5280, 4.2.1.10): whoever steals its key can
pretend to be this site to its tablets, and no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT_VALID = timedelta(days=3652)
# What phones take at most from any authority is 398 days.
SITE_VALID = timedelta(days=397)
RENEWED_BEFORE = timedelta(days=60)
# The clock of a tablet may be a little behind the server's.
EARLIER = timedelta(days=1)
EVERYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Where:
    """Under which names and addresses a site is reached."""

    names: tuple[str, ...]
    addresses: tuple[Address, ...] = ()


def new_root(where: Where, now: datetime) -> bytes:
    """Return a new root that can vouch for these names and addresses alone, for ten years."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Second Wind at {where.names[0]}, {now:%Y-%m-%d}")
    builder = _builder(name, name, key.public_key(), now, ROOT_VALID)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    builder = builder.add_extension(_bounds(where), critical=True)
    return _signed(builder, key, key)


def new_site(root: bytes, where: Where, now: datetime) -> bytes:
    """Return a new certificate of the site, vouched for by its root, for 397 days."""
    issuer, signer = _loaded(root)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(where.names[0]), issuer.subject, key.public_key(), now, SITE_VALID)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    builder = builder.add_extension(x509.SubjectAlternativeName(_alternatives(where)), critical=False)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return _signed(builder.add_extension(above, critical=False), key, signer)


def _name(text: str) -> x509.Name:
    # The common name takes 64 characters; browsers look at the alternative names alone.
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, valid: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + valid - EARLIER)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _bounds(where: Where) -> x509.NameConstraints:
    """Return what the root may vouch for; without an address of the site's own, for no address at all."""
    permitted: list[x509.GeneralName] = [x509.DNSName(name) for name in where.names]
    permitted += [x509.IPAddress(ip_network(address)) for address in where.addresses]
    kinds = {address.version for address in where.addresses}
    excluded = [x509.IPAddress(network) for network in EVERYWHERE if network.version not in kinds]
    return x509.NameConstraints(permitted, excluded or None)


def _alternatives(where: Where) -> Sequence[x509.GeneralName]:
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in where.names]
    return names + [x509.IPAddress(address) for address in where.addresses]


def _signed(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey
) -> bytes:
    form, pem = serialization.PrivateFormat.PKCS8, serialization.Encoding.PEM
    secret = key.private_bytes(pem, form, serialization.NoEncryption())
    return secret + builder.sign(signer, hashes.SHA256()).public_bytes(pem)


def _loaded(pem: bytes) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the root's key is not one that this site made")
    return x509.load_pem_x509_certificate(pem), key


def certificate_of(pem: bytes) -> bytes:
    """Return the certificate alone, in PEM: what may leave the server."""
    return x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.PEM)


def is_due(site: bytes, root: bytes, now: datetime) -> bool:
    """Tell whether a site's certificate is to be made anew: 60 days are left, or it has another root."""
    certificate, above = x509.load_pem_x509_certificate(site), x509.load_pem_x509_certificate(root)
    try:
        certificate.verify_directly_issued_by(above)
    except (ValueError, InvalidSignature):
        return True
    return valid_until(site) < now + RENEWED_BEFORE


def valid_until(pem: bytes) -> datetime:
    """Return the moment until which a certificate is valid."""
    return x509.load_pem_x509_certificate(pem).not_valid_after_utc


def where_of(pem: bytes) -> Where:
    """Return the names and addresses that a site's certificate stands for."""
    found = x509.load_pem_x509_certificate(pem).extensions
    names = found.get_extension_for_class(x509.SubjectAlternativeName).value
    return Where(tuple(names.get_values_for_type(x509.DNSName)), tuple(_addresses(names)))


def _addresses(names: x509.SubjectAlternativeName) -> Sequence[Address]:
    found = names.get_values_for_type(x509.IPAddress)
    return [address for address in found if isinstance(address, IPv4Address | IPv6Address)]


def fingerprint(pem: bytes) -> str:
    """Return the SHA-256 of a certificate as tablets show it: pairs of digits between colons."""
    digest = x509.load_pem_x509_certificate(pem).fingerprint(hashes.SHA256())
    return digest.hex(":").upper()
