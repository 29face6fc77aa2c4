"""Headers and doors that hold for every page."""

import secure
from flask import Flask, Response, request

from wellbeing.config import Config
from wellbeing.storage import read_only
from wellbeing.web.access import refuse_unmarked

# Plotly adds one empty style element; its hash is all that style-src needs beyond our own files.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

POLICY = (
    secure.ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .style_src("'self'", EMPTY_STYLE)
    .img_src("'self'", "data:")
    .font_src("'self'")
    .media_src("'self'")
    .connect_src("'self'")
    .manifest_src("'self'")
    .worker_src("'self'")
    .form_action("'self'")
    .base_uri("'none'")
    .frame_ancestors("'none'")
)

# What browsers could lend a page: our own pages may scan a code, keep the screen on and ask for a passkey.
OURS = ("camera", "screen-wake-lock", "publickey-credentials-get", "publickey-credentials-create")
NOBODYS = (
    *("accelerometer", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
    *("picture-in-picture", "serial", "sync-xhr", "usb", "window-management", "xr-spatial-tracking"),
)
LENT = ", ".join([*(f"{name}=(self)" for name in OURS), *(f"{name}=()" for name in NOBODYS)])

# Forms are checked by their referrer under HTTPS, so our own pages may name themselves to each other.
HEADERS = {
    **secure.Secure(
        csp=POLICY,
        referrer=secure.ReferrerPolicy().same_origin(),
        xcto=secure.XContentTypeOptions(),
        xfo=secure.XFrameOptions().deny(),
        coop=secure.CrossOriginOpenerPolicy().same_origin(),
        corp=secure.CrossOriginResourcePolicy().same_origin(),
    ).headers,
    "Permissions-Policy": LENT,
}
HTTPS_ALONE = secure.Secure(hsts=secure.StrictTransportSecurity().max_age(31536000)).headers


def headers(config: Config) -> dict[str, str]:
    """Return what goes with every answer; a site that is reached by HTTPS alone also says so."""
    return {**HEADERS, **(HTTPS_ALONE if config.secure_cookies else {})}


def init_app(app: Flask, config: Config) -> None:
    """Hang the doors and the headers on the app."""
    always = headers(config)
    app.before_request(_choose_begin)
    app.before_request(refuse_unmarked)
    app.teardown_request(_forget_begin)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _choose_begin() -> None:
    read_only.set(request.method in ("GET", "HEAD", "OPTIONS"))


def _forget_begin(_error: BaseException | None) -> None:
    # Whatever else this thread does after the request may write.
    read_only.set(False)
