"""Everything that a document is made of, for a made-up organisation."""

from datetime import date
from decimal import Decimal

from tests.law.whole import WHOLE
from wellbeing.law.filling import Known, Rankings, Signed
from wellbeing.law.set_so import SetSo
from wellbeing.models.agreements import AgreementKind

SO = SetSo(organisation="Harbour Motors", contact_readers=2, incident_readers=1)
SIGNED = Signed(
    AgreementKind.WORKS_COUNCIL,
    "WC 2026/14",
    date(2026, 11, 2),
    "Ada Vale",
    date(2026, 11, 20),
    1,
    date(2026, 11, 19),
)
RANKINGS = Rankings(Decimal("0.32"), Decimal("0.61"), Decimal("0.08"), Decimal("0.32"))
KNOWN = Known(WHOLE, SO, SO, 1, date(2026, 11, 18), SIGNED, RANKINGS)
