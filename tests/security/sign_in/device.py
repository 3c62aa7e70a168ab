"""A device that keeps a passkey, and signs as a browser's does."""

import hashlib
import json

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.security.door import PASSWORD, sign_in

HOST = "localhost"
ORIGIN = f"http://{HOST}"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


class Device:
    """A key that signs what Oversight asks, for the person who holds it."""

    def __init__(self, number: int = 1, flags: int = PRESENT | VERIFIED):
        self.id, self.flags, self.key = bytes([number]) * 16, flags, ec.generate_private_key(ec.SECP256R1())

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": f"webauthn.{kind}", "challenge": challenge, "origin": ORIGIN}).encode()

    def _data(self, flags: int, key: bytes = b"") -> bytes:
        return hashlib.sha256(HOST.encode()).digest() + bytes([flags]) + (1).to_bytes(4) + key

    def make(self, challenge: str) -> dict:
        held = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData(self._data(self.flags | WITH_KEY, held))
        made = {
            "clientDataJSON": websafe_encode(self._said("create", challenge)),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._credential(made)

    def show(self, challenge: str, person) -> dict:
        said, data = self._said("get", challenge), self._data(self.flags)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        shown = {"clientDataJSON": said, "authenticatorData": data, "signature": signed}
        handle = user_pk_to_url_str(person).encode()
        return self._credential(
            {name: websafe_encode(value) for name, value in (shown | {"userHandle": handle}).items()}
        )

    def _credential(self, response: dict) -> dict:
        held = websafe_encode(self.id)
        return {"id": held, "rawId": held, "type": "public-key", "response": response, "clientExtensionResults": {}}


def give_passkey(person, client: Client | None = None, device: Device | None = None) -> Device:
    """Set a passkey up as the pages do."""
    client, device = client or Client(HTTP_HOST=HOST), device or Device()
    sign_in(person.email, client=client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    asked = client.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]["publicKey"]
    client.post(
        reverse("mfa_add_webauthn"), {"name": "Laptop", "credential": json.dumps(device.make(asked["challenge"]))}
    )
    return device


def hold_passkey(person) -> Authenticator:
    """A passkey of somebody, without the pages that set it up."""
    data = {"name": "Work laptop", "credential": Device().make("AAAA")}
    made = {"type": Authenticator.Type.WEBAUTHN, "data": data, "created_at": timezone.now()}
    return Authenticator.objects.create(user=person, **made)
