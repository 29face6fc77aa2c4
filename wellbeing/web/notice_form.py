"""The form of a notice; the domain says what may stand in it, and the sentence is shown at its field."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.widgets import DateTimeLocalInput

from wellbeing import notice_words, site
from wellbeing.models.floor import Notice
from wellbeing.notice_draft import Draft, NoticeRefused, Typed, draft
from wellbeing.web.forms import BaseForm, record_id

USUAL_RUN = timedelta(hours=4)


def _local_moment(label: object) -> StringField:
    return StringField(label, widget=DateTimeLocalInput(), render_kw={"required": True})


class NoticeForm(BaseForm):
    """What is known, from when until when, whom to tell, and the words to use."""

    what = StringField(
        _l("What is known"),
        description=_l("In a few words, such as “Loan cars are late”. At most 120 characters."),
        render_kw={"required": True, "maxlength": 120, "autocomplete": "off"},
    )
    starts = _local_moment(_l("From"))
    ends = _local_moment(_l("Until"))
    whom = TextAreaField(
        _l("Whom to tell"),
        description=_l(
            "One a line, up to eight, such as “Customers of today's pick-ups”. "
            "No names or numbers of customers."
        ),
        render_kw={"rows": 4},
    )
    words = TextAreaField(
        _l("Words to use"),
        description=_l(
            "What to say, honestly, in one or two sentences. At most 240 characters. May stay empty."
        ),
        render_kw={"rows": 3, "maxlength": 240},
    )

    @classmethod
    def usual(cls) -> "NoticeForm":
        """Return the form of a new notice, from now on for some hours, until a full one."""
        now, zone = site.now(), site.zone()
        until = (now + USUAL_RUN).replace(minute=0)
        times = {"starts": notice_words.field(now, zone), "ends": notice_words.field(until, zone)}
        return cls(formdata=None, data=times)

    @classmethod
    def of(cls, notice: Notice) -> "NoticeForm":
        """Return the form of a notice as it stands."""
        zone = site.zone()
        return cls(
            formdata=None,
            data={
                "what": notice.what,
                "words": notice.words,
                "starts": notice_words.field(notice.starts_at, zone),
                "ends": notice_words.field(notice.ends_at, zone),
                "whom": "\n".join(line.whom for line in notice.audience),
            },
        )

    def draft(self) -> Draft:
        """Return what was typed as it can be kept; raise NoticeRefused."""
        fields = ("what", "words", "starts", "ends", "whom")
        typed = Typed(**{name: self[name].data or "" for name in fields})
        return draft(typed, site.zone(), site.now())

    def say(self, refused: NoticeRefused) -> None:
        """Show why a notice was refused at the field that it is about."""
        self[refused.field].errors = [str(refused)]


class AudienceForm(BaseForm):
    """Names a line of whom to tell, and says whether they were told."""

    audience = record_id()
    told = StringField()

    @property
    def is_told(self) -> bool:
        """Whether the line is to be marked as told."""
        return bool(self.told.data == "1")


class CoverForm(BaseForm):
    """Names a request for cover."""

    cover = record_id()
