"""What every route is, as the attacks see it; a route that is not named here fails the build."""

from enum import StrEnum

from flask import Flask


class Kind(StrEnum):
    """What a route may depend on."""

    FIGURES = "figures"  # released blocks, units, settings
    OPERATIONAL = "operational"  # the roster, tablets, codes, settings: changes with its own acts alone
    PERSONAL = "personal"  # the owner's own; everybody else meets a closed door
    TEXT = "text"  # the same words for everybody
    MONITOR = "monitor"  # what a machine may know about the machine
    COUNTER = "counter"  # the tablet's door
    WRITES = "writes"  # changes something; answers with a page, or leads back to one


GET: dict[str, Kind] = {
    "admin.overview": Kind.OPERATIONAL,
    "auth.first_time": Kind.TEXT,
    "auth.home": Kind.TEXT,
    "auth.sign_in": Kind.TEXT,
    "badges.in_unit": Kind.OPERATIONAL,
    "care.coach": Kind.TEXT,
    "care.lines": Kind.TEXT,
    "case_acts.closing_questions": Kind.OPERATIONAL,
    "case_figures.mine": Kind.OPERATIONAL,
    "case_figures.of_unit": Kind.OPERATIONAL,
    "cases.case": Kind.OPERATIONAL,
    "cases.changing": Kind.OPERATIONAL,
    "cases.every": Kind.OPERATIONAL,
    "cases.new": Kind.OPERATIONAL,
    "care_page.care": Kind.TEXT,
    "changes.log": Kind.OPERATIONAL,
    "contact.asked": Kind.OPERATIONAL,
    "contact.form": Kind.OPERATIONAL,
    "checkup.checkup": Kind.PERSONAL,
    "checkup.one_step": Kind.PERSONAL,
    "checkup_results.results": Kind.FIGURES,
    "counter.counter": Kind.TEXT,
    "counter.state": Kind.COUNTER,
    "counter_care.care": Kind.COUNTER,
    "floor.floor": Kind.OPERATIONAL,
    "floor.floors": Kind.OPERATIONAL,
    "floor.notice": Kind.OPERATIONAL,
    "floor.wall": Kind.OPERATIONAL,
    "clips.clip": Kind.OPERATIONAL,
    "clips.clips": Kind.OPERATIONAL,
    "content.all_kinds": Kind.OPERATIONAL,
    "content.one_kind": Kind.OPERATIONAL,
    "content.one_text": Kind.OPERATIONAL,
    "external.external_csv": Kind.FIGURES,
    "external.external_page": Kind.FIGURES,
    "health.alive": Kind.MONITOR,
    "health.ready": Kind.MONITOR,
    "help.get_help": Kind.TEXT,
    "help.what_happens": Kind.TEXT,
    "hr.summaries": Kind.FIGURES,
    "hr.summaries_file": Kind.FIGURES,
    "incident.blank": Kind.TEXT,
    "incident.every": Kind.OPERATIONAL,
    "incident.form": Kind.OPERATIONAL,
    "incident.report": Kind.OPERATIONAL,
    "lists.all_lists": Kind.OPERATIONAL,
    "lists.one_list": Kind.OPERATIONAL,
    "looked.log": Kind.OPERATIONAL,
    "metrics.metrics": Kind.MONITOR,
    "monday.pdf": Kind.FIGURES,
    "monday.sheet": Kind.FIGURES,
    "notes.notes": Kind.FIGURES,
    "people.in_unit": Kind.OPERATIONAL,
    "people.moving": Kind.OPERATIONAL,
    "people.teams": Kind.OPERATIONAL,
    "readers.readers": Kind.OPERATIONAL,
    "settings.settings": Kind.OPERATIONAL,
    "static": Kind.TEXT,
    "tablets.tablets_of_my_teams": Kind.OPERATIONAL,
    "talk.wall": Kind.OPERATIONAL,
    "talk.walls": Kind.OPERATIONAL,
    "team.team_mood": Kind.FIGURES,
    "team.teams": Kind.FIGURES,
    "units.merging": Kind.OPERATIONAL,
    "word.word": Kind.PERSONAL,
    "worker.worker": Kind.TEXT,
}
POST: dict[str, Kind] = {
    "admin.confirm_import": Kind.WRITES,
    "admin.confirm_person": Kind.WRITES,
    "auth.choose_language": Kind.WRITES,
    "auth.first_password": Kind.WRITES,
    "auth.first_time": Kind.WRITES,
    "auth.sign_in": Kind.WRITES,
    "auth.sign_out": Kind.WRITES,
    "auth.sign_out_everywhere": Kind.WRITES,
    "badges.print_sheet": Kind.WRITES,
    "badges.revoke": Kind.WRITES,
    "contact.answered": Kind.WRITES,
    "contact.send": Kind.WRITES,
    "contact.take_back": Kind.WRITES,
    **{
        f"case_acts.{act}": Kind.WRITES
        for act in ("answered", "close", "hand_over", "open_again", "recontacted", "write_note")
    },
    "cases.change": Kind.WRITES,
    "cases.write": Kind.WRITES,
    "clips.delete": Kind.WRITES,
    "clips.upload": Kind.WRITES,
    "content.arrange": Kind.WRITES,
    "content.change_text": Kind.WRITES,
    "checkup.save": Kind.WRITES,
    "checkup.take_back": Kind.WRITES,
    "checkup_results.answered": Kind.WRITES,
    "checkup_results.asked": Kind.WRITES,
    "checkup_results.inquiry": Kind.WRITES,
    "checkup_results.remove": Kind.WRITES,
    "counter.act": Kind.COUNTER,
    "counter.enrol": Kind.COUNTER,
    "counter.sealed": Kind.COUNTER,
    "floor.change": Kind.WRITES,
    "floor.end": Kind.WRITES,
    "floor.take_cover": Kind.WRITES,
    "floor.tell": Kind.WRITES,
    "floor.write": Kind.WRITES,
    "incident.delete": Kind.WRITES,
    "incident.read": Kind.WRITES,
    "incident.send": Kind.WRITES,
    "lists.change_list": Kind.WRITES,
    "notes.remove": Kind.WRITES,
    "notes.write": Kind.WRITES,
    "people.cancel_move": Kind.WRITES,
    "people.move": Kind.WRITES,
    "people.password_code": Kind.WRITES,
    "people.pin_code": Kind.WRITES,
    "readers.appoint": Kind.WRITES,
    "readers.dismiss": Kind.WRITES,
    "readers.name_contact": Kind.WRITES,
    "settings.badge_rule": Kind.WRITES,
    "settings.checkup_rule": Kind.WRITES,
    "settings.plan": Kind.WRITES,
    "settings.withdraw": Kind.WRITES,
    "tablets.enrolment_code": Kind.WRITES,
    "tablets.rename": Kind.WRITES,
    "tablets.revoke": Kind.WRITES,
    "talk.answer": Kind.WRITES,
    "talk.join": Kind.WRITES,
    "talk.leave": Kind.WRITES,
    "talk.make_pledge": Kind.WRITES,
    "talk.remove": Kind.WRITES,
    "talk.remove_pledge": Kind.WRITES,
    "talk.unsign": Kind.WRITES,
    "talk.write_idea": Kind.WRITES,
    "talk.write_moment": Kind.WRITES,
    "units.cancel_merge": Kind.WRITES,
    "units.merge": Kind.WRITES,
    "word.ask": Kind.WRITES,
    "word.stop": Kind.WRITES,
}
CLASSES = {"GET": GET, "POST": POST}


def doors(app: Flask) -> set[tuple[str, str]]:
    """Return every method and endpoint that the app answers."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def unclassified(app: Flask) -> list[str]:
    """Return a sentence for every route that nobody has classified yet."""
    return [
        f"{method} {endpoint} is not classified: say in tests/attacks/routes.py what it may depend on. "
        "From then on it takes part in every attack by itself."
        for method, endpoint in sorted(doors(app))
        if endpoint not in CLASSES.get(method, {})
    ]
