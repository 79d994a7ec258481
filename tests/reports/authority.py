"""A certificate authority of the tests' own, and a signer's desk: keys, certificates, PAdES."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

DAY = timedelta(days=1)


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class Authority:
    """Issues certificates; its own is what a school puts among its trust roots."""

    title: str
    now: datetime

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        builder = self._builder(self.title, self.key, self.now - 3650 * DAY, self.now + 3650 * DAY)
        builder = builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
        self.certificate = builder.sign(self.key, hashes.SHA256())

    def _builder(self, subject, key, begin, end) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(self.title))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(begin).not_valid_after(end)
        )  # fmt: skip

    def put_into(self, folder: Path) -> None:
        pem = self.certificate.public_bytes(serialization.Encoding.PEM)
        (folder / "authority.pem").write_bytes(pem)

    def sign(
        self, pdf: bytes, subject="Nguyễn Văn A", begin=None, end=None, field="Signature1"
    ) -> bytes:
        """As the signer's own computer does: appended to the file, PAdES B-B."""
        key = ec.generate_private_key(ec.SECP256R1())
        begin, end = begin or self.now - 30 * DAY, end or self.now + 365 * DAY
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        builder = self._builder(subject, key, begin, end).add_extension(usage, critical=True)
        certificate = builder.sign(self.key, hashes.SHA256())
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )  # fmt: skip
        store = SimpleCertificateStore()
        store.register(_asn1(self.certificate))
        signer = signers.SimpleSigner(
            signing_cert=_asn1(certificate), signing_key=keys.PrivateKeyInfo.load(der),
            cert_registry=store,
        )  # fmt: skip
        meta = signers.PdfSignatureMetadata(
            field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        signed = BytesIO()
        signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer, output=signed)
        return signed.getvalue()


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
