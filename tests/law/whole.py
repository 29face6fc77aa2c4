"""The facts of a made-up organisation, with nothing missing."""

from wellbeing.law.facts import Basis, Condition, Council, Facts, Hosting

WHOLE = Facts(
    controller="Harbour Motors Ltd.",
    address="1 Quay Street, Harbour Town",
    contact="privacy@harbour-motors.example",
    officer="Dr. Petra Lind, lind@dpo.example",
    basis=Basis.OBLIGATION,
    condition=Condition.EMPLOYMENT,
    national_law="Section 5 of the Working Conditions Act",
    council=Council.YES,
    hosting=Hosting.OWN,
    hosting_where="A small server in the locked room behind Parts",
    authority="Data Protection Authority, 2 Main Road, Harbour Town",
    staff_views="Asked at two staff meetings; the wish for 14 days between figures was taken up",
    incidents_kept="Ten years, in the accident book",
    files_kept="Two years",
)
