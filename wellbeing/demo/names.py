"""Made-up people: names from many places, so that a demo team looks like one at a real counter."""

from random import Random

FIRST_NAMES = tuple(
    """
    Aaliyah Adaeze Ahmed Aiko Alejandro Amara Amit Ana Anders Aroha Astrid Beatriz Bilal Bongani Carla Carlos
    Chidi Chloe Daniela Darius Deepa Diego Dmitri Elena Eleni Emeka Emma Esther Farah Fatima Felix Femi
    Gabriela Grace Hana Hassan Hiro Imani Ingrid Isaac Ivan Jamal Javier Jin Joana Jonas Joseph Kavita
    Keanu Kofi Lars Layla Leila Liam Lina Lucia Mai Malik Marek Maria Mateo Mei Miguel Mina Naomi
    Nadia Nikhil Nomsa Noor Oksana Olga Omar Paola Pedro Petra Priya Quentin Rafael Rania Ravi Rosa
    Ruth Samir Sana Santiago Sofia Soren Stella Tadeo Talia Tariq Thandi Thi Tomas Uma Valeria Victor
    Wanjiru Wei Xiomara Yara Yusuf Zainab Zofia
    """.split()
)
LAST_NAMES = tuple(
    """
    Abbott Abebe Acosta Adeyemi Ahlberg Almeida Amoah Andersson Aquino Bakker Banerjee Barros Bello Bianchi
    Boateng Brandt Calderon Castillo Chang Chowdhury Cohen Costa Dang Delgado Demir Diallo Dlamini Doherty
    Dubois Eze Farouk Fernandes Fischer Flores Fofana Gallo Garcia Ghosh Greco Gupta Haddad Hansen Hernandez
    Horvat Hughes Ibrahim Iglesias Ito Jansen Jovanovic Kaur Kim Kowalski Kruger Kumar Larsen Lopez Lund
    Mahlangu Marino Mbeki Mendoza Mensah Moreau Murphy Nakamura Ncube Nguyen Novak Nowak Obi Okafor Oliveira
    Ortiz Osei Park Patel Pereira Petrov Pham Quispe Rahman Reyes Rossi Ruiz Santos Sato Schmidt Silva Singh
    Suzuki Takahashi Tanaka Torres Tran Usman Varga Vega Wang Weber Wilson Wong Yamamoto Yilmaz Zapata Zulu
    """.split()
)


def made_up_names(dice: Random, count: int) -> list[str]:
    """Return ``count`` full names (at most 400), no two alike even as a tile shows them: "Ana R."."""
    names: dict[tuple[str, str], str] = {}
    while len(names) < count:
        first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
        names.setdefault((first, last[0]), f"{first} {last}")
    return list(names.values())
