"""A browser that is signed in to a bench's site, and how long it waits for a page."""

import time

from flask.testing import FlaskClient

from bench import site


def browser(made: site.Site, sign_in: str = site.SIGN_IN) -> FlaskClient:
    """Return a client of a site that is signed in: as the first team's manager unless another is named."""
    client = made.app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = sign_in
        session["_fresh"] = True
    return client


def seconds(client: FlaskClient, path: str) -> float:
    """Return the seconds that a page takes; raise RuntimeError for one that is not shown."""
    begun = time.perf_counter()
    answer = client.get(path)
    taken = time.perf_counter() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return taken
