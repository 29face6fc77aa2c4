"""`flask https`: HTTPS on a shop network, by an authority of the site's own."""

import re
from ipaddress import ip_address
from pathlib import Path

import click
import segno
from flask.cli import AppGroup

from wellbeing import clock, site
from wellbeing.certificates import authority, kept
from wellbeing.certificates.authority import Address, Where
from wellbeing.certificates.kept import CertificateRefused
from wellbeing.reports import dates

group = AppGroup("https", help="HTTPS on a shop network, without anybody outside.")

NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


@group.command("make")
@click.argument("names", nargs=-1, required=True, metavar="NAME ...")
@click.option("--address", "addresses", multiple=True, metavar="IP", help="An address of this machine, too.")
@click.option("--again", is_flag=True, help="Make them anew; every tablet then takes up the new root.")
def make(names: tuple[str, ...], addresses: tuple[str, ...], again: bool) -> None:
    """Make a root for the tablets and the site's certificate, for NAME, such as wind.shop.example."""
    where = Where(tuple(_name(name) for name in names), tuple(_address(text) for text in addresses))
    instance = _instance()
    try:
        kept.make(instance, where, clock.now(), again)
    except CertificateRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"Made certificates for {kept.told(where)}.")
    _say_root(instance)


def _name(text: str) -> str:
    name = text.strip().lower().rstrip(".")
    if not NAME.fullmatch(name) or name.replace(".", "").isdigit():
        raise click.ClickException(f"{text!r} is no name of a machine, such as wind.shop.example.")
    return name


def _address(text: str) -> Address:
    try:
        return ip_address(text)
    except ValueError:
        raise click.ClickException(f"{text!r} is no address, such as 192.168.1.20.") from None


def _instance() -> Path:
    return site.config().instance


@group.command("renew")
def renew() -> None:
    """Renew the site's certificate if it runs out within 60 days; tablets keep their root."""
    try:
        renewed = kept.renew(_instance(), clock.now())
    except CertificateRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("The certificate was renewed." if renewed else "There is nothing to renew.")


@group.command("show")
def show() -> None:
    """Say what the certificates stand for, and print the address that tablets scan to take up the root."""
    try:
        where = kept.where_of(_instance())
        click.echo(f"Certificates for {kept.told(where)}.")
        _say_root(_instance())
    except CertificateRefused as refused:
        raise click.ClickException(str(refused)) from None
    door = f"http://{where.addresses[0] if where.addresses else where.names[0]}/"
    click.echo(f"Scan this with each tablet, or open {door} there:")
    segno.make_qr(door).terminal(compact=True)


def _say_root(instance: Path) -> None:
    root = kept.root_certificate(instance)
    click.echo(f"The root is valid until {dates.whole(authority.valid_until(root).date())}. Its SHA-256:")
    click.echo(authority.fingerprint(root))
