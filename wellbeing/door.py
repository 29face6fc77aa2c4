"""The plain-http door of a site with an authority of its own: it hands out the root, and leads on to https.

It is an app by itself, without secrets and without the database: all that it knows is on the site's disk.
"""

from pathlib import Path

import secure
from flask import Blueprint, Flask, Response, current_app, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale
from granian import Granian
from granian.constants import Interfaces

from wellbeing import listening, own_command
from wellbeing.certificates import kept
from wellbeing.certificates.kept import CertificateRefused
from wellbeing.extensions import preferred_language

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"
HEADERS = secure.Secure(
    csp=secure.ContentSecurityPolicy()
    .default_src("'none'")
    .style_src("'self'")
    .img_src("'self'")
    .font_src("'self'")
    .base_uri("'none'")
    .form_action("'none'")
    .frame_ancestors("'none'"),
    referrer=secure.ReferrerPolicy().no_referrer(),
    xcto=secure.XContentTypeOptions(),
    xfo=secure.XFrameOptions().deny(),
).headers


bp = Blueprint("door", __name__)


def create_door(instance: Path = INSTANCE) -> Flask:
    """Return the door of the site whose certificates lie in a folder."""
    door = Flask("wellbeing", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    door.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "wellbeing" / "translations")
    door.config["SITE"] = instance
    Babel(door, locale_selector=preferred_language)
    door.jinja_env.globals["get_locale"] = get_locale
    door.register_blueprint(bp)
    door.register_error_handler(CertificateRefused, _without)
    door.after_request(_protect)
    return door


@bp.get("/")
def how_to() -> ResponseReturnValue:
    """How a tablet takes up the root, and where the site is then."""
    return render_template("door/door.html", site=_address(), command=own_command.written("https show"))


@bp.get("/root.crt")
def root() -> ResponseReturnValue:
    """The root's certificate, as phones and tablets take it up."""
    return Response(kept.root_certificate(_site()), content_type="application/x-x509-ca-cert")


@bp.get("/<path:path>")
def elsewhere(path: str) -> ResponseReturnValue:
    """Everything else is at the https address; never at the one that a request names."""
    return redirect(_address() + path, 308)


def _site() -> Path:
    return Path(current_app.config["SITE"])


def _address() -> str:
    return f"https://{kept.where_of(_site()).names[0]}/"


def _without(_refused: CertificateRefused) -> ResponseReturnValue:
    return Response("This site has no certificates of its own.\n", 503, content_type="text/plain")


def _protect(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


def main() -> None:
    """Serve the door on HOST and PORT or 80, until told to stop."""
    Granian(
        target="wellbeing.door:create_door",
        factory=True,
        # Tablets are other machines.
        address=listening.host("0.0.0.0"),  # noqa: S104
        port=listening.port("80"),
        interface=Interfaces.WSGI,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
