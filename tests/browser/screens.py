"""Every screen of the counter in one long visit: what is tapped or typed, and the screen that comes up.

A new screen has its line here, and with it is measured, looked at by axe, and read for what was left behind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, Route, expect

from tests.cast import Cast, pin_of

WRONG_PIN = "0000"
NEW_PIN = "2846"


@dataclass(frozen=True)
class Visit:
    """The counter's page, whom to tap, and the code of somebody who is there for the first time."""

    page: Page
    cast: Cast
    code: str


Doing = Callable[[Visit], None]
Step = tuple[str, Doing]
Steps = tuple[Step, ...]


def tap(selector: str) -> Doing:
    return lambda visit: visit.page.locator(selector).first.click()


def person(name: str) -> Doing:
    return lambda visit: visit.page.locator(f"[data-person='{visit.cast.people[name]}']").click()


def keys(digits: str) -> Doing:
    return lambda visit: visit.page.keyboard.type(digits)


def code(visit: Visit) -> None:
    visit.page.locator("#code").fill(visit.code)
    visit.page.keyboard.press("Enter")


def search(visit: Visit) -> None:
    """Names come up as somebody types, on the screen that stands."""
    visit.page.locator("#find").fill("Kai")
    visit.page.locator(".tile").first.wait_for()
    _unmark(visit.page)


def refused(selector: str) -> Doing:
    """Tap while the server refuses: what was tapped is gone."""

    def answer(route: Route) -> None:
        route.fulfill(status=404, json={"error": "That is not here any more.", "code": "not_found"})

    def do(visit: Visit) -> None:
        visit.page.route("**/counter/act", answer, times=1)
        visit.page.locator(selector).click()

    return do


def cut(visit: Visit) -> None:
    visit.page.evaluate(
        "import('/static/js/counter/store.js').then((store) => store.keepFor('unmatched', 3))"
    )
    visit.page.context.set_offline(True)


def marked(visit: Visit) -> None:
    """The marks come up once the tablet has counted."""
    expect(visit.page.locator("[data-waiting='1'] ~ [data-unmatched='3']")).to_be_visible()


LEAVE, NEXT = tap("[data-go=leave]"), tap("#screen [data-go=next]")
PIN = keys(pin_of("Sol"))
A_ROUGH_ONE: Steps = (
    ("who", tap("[data-act=rough]")),
    ("pin", person("Sol")),
    ("mood", PIN),
    ("severity", tap("[data-mood='2']")),
    ("chips", tap("[data-severity=hard]")),
)
NOORS_PIN: Steps = (
    ("who", tap("[data-act=check_in]")),
    ("code", person("Noor")),
    ("new-pin", code),
    ("repeat-pin", lambda visit: (keys(NEW_PIN)(visit), tap("[data-go=ok]")(visit))),
    ("pin-saved", keys(NEW_PIN)),
)
NOORS_CODE: Steps = (
    ("who", tap("[data-act=own_phone]")),
    ("pin", person("Noor")),
    ("own-phone", keys(NEW_PIN)),
)
WALK: Steps = (
    ("help", tap("[data-go=help]")),
    ("home", LEAVE),
    ("what-happens", tap("[data-go=what-happens]")),
    ("home", LEAVE),
    # Making it right: nobody says who they are.
    ("coach-start", tap("[data-act=right]")),
    ("coach", tap("[data-go=walk]")),
    ("coach", tap("[data-answer=next]")),
    ("coach", tap("[data-answer=yes]")),
    ("coach-start", LEAVE),
    ("lines", tap("[data-go=lines]")),
    ("line", tap("[data-go=large]")),
    ("home", lambda visit: (LEAVE(visit), LEAVE(visit))),
    # The wall: a line to write, why an empty one is none, and away again.
    ("wall", tap("[data-act=wall]")),
    ("say", tap("[data-go=moment]")),
    ("say", tap("[data-go=unsigned]")),
    ("wall", LEAVE),
    ("home", LEAVE),
    ("who", tap("[data-act=check_in]")),
    ("find", tap("[data-go=find]")),
    ("find", search),
    ("home", lambda visit: (LEAVE(visit), LEAVE(visit))),
    *NOORS_PIN,
    ("mood", NEXT),
    ("done", tap("[data-mood='4']")),
    ("home", NEXT),
    # Who has a PIN and no sign-in of their own gets a code for one.
    *NOORS_CODE,
    ("home", tap("[data-go=own-done]")),
    # A rough one, told to the end, and a break that nobody can cover now.
    ("who", tap("[data-act=rough]")),
    ("pin", person("Sol")),
    ("pin", keys(WRONG_PIN)),
    ("mood", PIN),
    ("severity", tap("[data-mood='2']")),
    ("safe", tap("[data-severity=severe]")),
    ("chips", tap("[data-go=safe]")),
    ("chips", lambda visit: (tap("[data-chip]")(visit), NEXT(visit))),
    ("chips", tap("[data-chip]")),
    ("chips", tap("[data-chip]")),
    ("care", tap("[data-chip]")),
    ("incident", tap("[data-go=incident]")),
    ("care", tap("[data-go=care-back]")),
    ("breathe", tap("[data-go=breathe]")),
    ("care", tap("[data-go=care-back]")),
    ("later", tap("[data-go=nobody]")),
    ("done", tap("[data-go=cover]")),
    ("home", NEXT),
    # Another one, with nothing more to tell: kind words, ideas, and what to take along to the next customer.
    *A_ROUGH_ONE,
    ("care", tap("[data-go=skip-rest]")),
    ("ideas", tap("[data-go=ideas]")),
    ("care", tap("[data-go=care-back]")),
    ("reset", tap("[data-go=work]")),
    ("done", tap("[data-intention=calm]")),
    ("home", NEXT),
    # A break with cover, and back: not yet, and then ready.
    ("who", tap("[data-act=break]")),
    ("pin", person("Sol")),
    ("break", PIN),
    ("done", tap("[data-kind=walk]")),
    ("done", tap("[data-go=undo]")),
    ("home", NEXT),
    ("who", tap("[data-act=back]")),
    ("pin", person("Sol")),
    ("mood", PIN),
    ("done", tap("[data-go=not-yet]")),
    ("home", NEXT),
    ("who", tap("[data-act=take_back]")),
    ("pin", person("Sol")),
    ("take-back", PIN),
    ("done", tap("[data-go=take-back-yes]")),
    ("home", NEXT),
    ("refused", refused("[data-cover]")),
    ("home", tap("#screen .button.primary")),
    # The cable is out: what is entered waits, beside three entries that nobody could match.
    ("who", lambda visit: (cut(visit), tap("[data-act=check_in]")(visit))),
    ("pin", person("Sol")),
    ("mood", PIN),
    ("done", tap("[data-mood='4']")),
    ("home", lambda visit: (NEXT(visit), marked(visit))),
)


def walk(visit: Visit, steps: Steps = WALK) -> Iterator[str]:
    """Go from the counter through every screen; yield the name of each as it stands."""
    yield "home"
    for step in steps:
        go(visit, step)
        yield step[0]


def go(visit: Visit, *steps: Step) -> None:
    """Take some steps, from wherever the visit is."""
    for screen, do in steps:
        # Two screens of a name may follow each other: the heading of the old one must be gone.
        visit.page.evaluate("document.querySelector('#screen > h1').dataset.old = ''")
        do(visit)
        expect(visit.page.locator("h1[data-old]")).to_have_count(0)
        expect(visit.page.locator("#screen")).to_have_attribute("data-screen", screen)


def _unmark(page: Page) -> None:
    page.evaluate("delete document.querySelector('#screen > h1').dataset.old")
