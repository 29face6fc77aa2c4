"""Files whose bytes are promised for ever: what changes one of them is a new version of its format."""

import hashlib

import pytest

from tests.reports.ledger import Released, held, release
from wellbeing.models.base import db
from wellbeing.models.ledger import CountWord, MoodWord, NoisyBlock

# When one of these has to change, raise that format's FORMAT_VERSION first.
DIGESTS = {
    ("/summaries.csv", "en"): "8617787548b59292",
    ("/summaries.csv", "es"): "7c2b57375a5280a8",
    ("/summaries.json", "en"): "0710b8c09b259355",
    ("/summaries.json", "es"): "25b22b4205912051",
    ("/summaries/external.csv", "en"): "537105b464699a3b",
    ("/summaries/external.csv", "es"): "96a60d7ccab40028",
}


@pytest.fixture
def hilde(app, site, client, sign_in):
    """HR's browser, with three weeks released."""
    with app.app_context():
        counter, showroom = site.units["Service counter"], site.units["Showroom"]
        release({counter: Released(20, "3.4", 5, CountWord.FEW), showroom: Released(5, MoodWord.LOW)})
        held()
        release({counter: Released(40, "4.8", CountWord.MOST, 7)})
        for position in (1, 2, 3):
            db.session.add(NoisyBlock(position=position, people=30, mood_sum=9, rough=4, breaks=12))
        db.session.commit()
    return sign_in(client, "hilde")


@pytest.mark.parametrize(("address", "language"), DIGESTS)
def test_the_same_choice_gives_the_bytes_that_it_gave_when_its_format_was_made(
    hilde, site, address, language
):
    asked = {"unit": sorted(site.units.values()), "from": 1, "to": 3, "lang": language}

    found = hilde.get(address, query_string=asked)

    assert found.status_code == 200
    assert hashlib.sha256(found.data).hexdigest()[:16] == DIGESTS[address, language]
