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
    COUNTER = "counter"  # the doors of tablets and own phones
    WRITES = "writes"  # changes something; answers with a page, or leads back to one


GET: dict[str, Kind] = {
    "admin.overview": Kind.OPERATIONAL,
    "audit_log.log": Kind.OPERATIONAL,
    "audit_log.log_file": Kind.OPERATIONAL,
    "auth.first_time": Kind.TEXT,
    "auth.home": Kind.TEXT,
    "auth.sign_in": Kind.TEXT,
    "second_factor.ask": Kind.TEXT,
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
    "company.company": Kind.OPERATIONAL,
    **{f"company_sign_in.{page}": Kind.TEXT for page in ("back", "begin", "unknown", "you")},
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
    **{
        f"my_data.{page}": Kind.PERSONAL
        for page in ("as_csv", "as_json", "data", "leave", "meanings", "receipt")
    },
    "my_data.gone": Kind.TEXT,
    "my_agreement.agreement": Kind.PERSONAL,
    "my_company.go": Kind.PERSONAL,
    "my_company.overview": Kind.PERSONAL,
    "my_days.days": Kind.PERSONAL,
    "my_diary.anew": Kind.PERSONAL,
    "my_diary.diary": Kind.PERSONAL,
    "my_diary.open_diary": Kind.PERSONAL,
    "my_share.choose": Kind.PERSONAL,
    "my_sign_in.overview": Kind.PERSONAL,
    **{f"my_second_factor.{page}": Kind.PERSONAL for page in ("app", "overview")},
    "my_import.start": Kind.PERSONAL,
    "my_insights.insights": Kind.PERSONAL,
    "my_log.log": Kind.PERSONAL,
    "my_phone.own_phone": Kind.PERSONAL,
    "notes.notes": Kind.FIGURES,
    "people.in_unit": Kind.OPERATIONAL,
    "people.moving": Kind.OPERATIONAL,
    "people.teams": Kind.OPERATIONAL,
    "phone.care": Kind.COUNTER,
    "phone.phone": Kind.TEXT,
    "phone.state": Kind.COUNTER,
    "privacy.notice": Kind.OPERATIONAL,
    "privacy.notice_pdf": Kind.OPERATIONAL,
    "privacy.one": Kind.OPERATIONAL,
    "privacy.one_pdf": Kind.OPERATIONAL,
    "privacy.privacy": Kind.OPERATIONAL,
    "readers.readers": Kind.OPERATIONAL,
    **dict.fromkeys(
        ("invite.invite", "people_file.choose", "roster.new", "roster.roster", "staff.person"),
        Kind.OPERATIONAL,
    ),
    "settings.settings": Kind.OPERATIONAL,
    "setup.setup": Kind.OPERATIONAL,
    "static": Kind.TEXT,
    "status.status": Kind.OPERATIONAL,
    "tablets.tablets_of_my_teams": Kind.OPERATIONAL,
    "talk.wall": Kind.OPERATIONAL,
    "talk.walls": Kind.OPERATIONAL,
    "team.team_mood": Kind.FIGURES,
    "team.teams": Kind.FIGURES,
    "unit.one": Kind.OPERATIONAL,
    "units.units": Kind.OPERATIONAL,
    "word.word": Kind.PERSONAL,
    "worker.phone_worker": Kind.TEXT,
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
    **{f"my_data.{act}": Kind.WRITES for act in ("go", "keep_for", "older", "pause")},
    **{f"my_days.{act}": Kind.WRITES for act in ("close", "older", "take_away", "write")},
    "my_insights.how_long_a_mood_lasts": Kind.WRITES,
    **{
        f"my_diary.{act}": Kind.WRITES
        for act in ("begin", "begin_anew", "new_code", "open_by_code", "open_by_password")
    },
    "my_share.made": Kind.WRITES,
    "my_sign_in.change_password": Kind.WRITES,
    **{f"my_sign_in.{act}": Kind.WRITES for act in ("end_browser", "end_others", "remove_phone")},
    **{f"my_second_factor.{act}": Kind.WRITES for act in ("begin", "confirm", "new_codes", "remove")},
    **{f"others_sign_in.{act}": Kind.WRITES for act in ("rule", "sign_out")},
    **{f"second_factor.{act}": Kind.WRITES for act in ("by_app", "by_spare_code")},
    **{f"company.{act}": Kind.WRITES for act in ("add", "check", "remove")},
    "company_sign_in.it_is_me": Kind.WRITES,
    "my_agreement.agree": Kind.WRITES,
    **{f"my_company.{act}": Kind.WRITES for act in ("end", "show")},
    **{f"my_passkeys.{act}": Kind.WRITES for act in ("add", "ask", "ask_first", "first", "remove", "rename")},
    "my_phone.set_up": Kind.WRITES,
    **{f"my_import.{act}": Kind.WRITES for act in ("load", "look", "remove")},
    "notes.remove": Kind.WRITES,
    "notes.write": Kind.WRITES,
    **{
        f"passkeys.{act}": Kind.WRITES for act in ("ask", "ask_for_mine", "let_open", "open_diary", "sign_in")
    },
    "people.cancel_move": Kind.WRITES,
    "people.move": Kind.WRITES,
    "people.password_code": Kind.WRITES,
    "people.pin_code": Kind.WRITES,
    "phone.act": Kind.COUNTER,
    "phone.sealed": Kind.COUNTER,
    "privacy.write": Kind.WRITES,
    "readers.appoint": Kind.WRITES,
    **{f"staff.{act}": Kind.WRITES for act in ("change", "close", "erase", "open_again", "open_person")},
    **{f"roster.{act}": Kind.WRITES for act in ("add", "find")},
    **{f"people_file.{act}": Kind.WRITES for act in ("load", "look")},
    **{f"roles.{act}": Kind.WRITES for act in ("give", "take")},
    **{f"loans.{act}": Kind.WRITES for act in ("end", "lend")},
    "invite.sheet": Kind.WRITES,
    "readers.dismiss": Kind.WRITES,
    "readers.name_contact": Kind.WRITES,
    **{
        f"setup.{step}": Kind.WRITES
        for step in ("confirm", "contact", "first_code", "names", "organisation", "sign", "tablet", "texts")
    },
    "setup.units": Kind.WRITES,
    "settings.badge_rule": Kind.WRITES,
    "settings.checkup_rule": Kind.WRITES,
    "settings.language": Kind.WRITES,
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
    **{f"unit.{act}": Kind.WRITES for act in ("add", "close", "move", "remove", "rename", "stay")},
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
