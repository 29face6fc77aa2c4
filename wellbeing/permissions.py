"""Who may do what: one table, read by every view."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to a unit; everybody is staff of their own team."""

    STAFF = "staff"
    MANAGER = "manager"
    HR = "hr"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing that a role allows on a unit and everything below it."""

    READ_LEDGER = "read ledger"
    EXPORT = "export"
    ENROL_TABLET = "enrol tablet"
    MAKE_CODE = "make code"
    SEE_FLOOR = "see floor"
    WRITE_NOTE = "write note"
    HANDLE_CASES = "handle cases"
    SHARE_WALL = "share wall"
    ADMINISTER = "administer"


ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: frozenset({Permission.READ_LEDGER, Permission.HANDLE_CASES, Permission.SHARE_WALL}),
    Role.MANAGER: frozenset(
        {
            Permission.READ_LEDGER,
            Permission.ENROL_TABLET,
            Permission.MAKE_CODE,
            Permission.SEE_FLOOR,
            Permission.WRITE_NOTE,
            Permission.HANDLE_CASES,
            Permission.SHARE_WALL,
        }
    ),
    Role.HR: frozenset({Permission.READ_LEDGER, Permission.EXPORT}),
    Role.ADMIN: frozenset(
        {
            Permission.READ_LEDGER,
            Permission.ENROL_TABLET,
            Permission.MAKE_CODE,
            Permission.SEE_FLOOR,
            Permission.WRITE_NOTE,
            Permission.HANDLE_CASES,
            Permission.SHARE_WALL,
            Permission.ADMINISTER,
        }
    ),
}

# A viewer of a unit never counts in a pool they can view; reading the mirror does not make staff one.
VIEWER_ROLES = frozenset({Role.MANAGER, Role.HR, Role.ADMIN})
