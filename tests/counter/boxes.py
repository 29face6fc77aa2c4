"""A tablet's sealed entries, made as the browser makes them."""

import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from wellbeing.sealing import CURVE, INFO, SUITE

STEP = 2048
Seal = Mapping[str, str]


def millis(moment: datetime) -> int:
    """Return a moment as a browser's clock tells it."""
    return int(moment.timestamp() * 1000)


def entry(seal: Seal, act: Mapping[str, object], at: object = None) -> dict[str, str]:
    """Return an act as a tablet keeps and sends it, sealed to the key that the state offers."""
    padded = json.dumps({"id": str(uuid.uuid4())} | dict(act) | {"at": at}).encode()
    padded = padded.ljust(-(-len(padded) // STEP) * STEP)
    return {"key": seal["key"], "box": box(seal, padded)}


def box(seal: Seal, text: bytes) -> str:
    """Return a text sealed, in base64url without padding."""
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, urlsafe_b64decode(seal["public"] + "="))
    return urlsafe_b64encode(SUITE.encrypt(text, public, INFO)).rstrip(b"=").decode()


def ago(moment: datetime, **past: float) -> int:
    """Return what the tablet's clock said some time before a moment: ``ago(now, hours=2)``."""
    return millis(moment - timedelta(**past))
