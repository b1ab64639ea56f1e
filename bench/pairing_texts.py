"""What made-up pupils ask for and mentors offer, in words of about the length that people write."""

from __future__ import annotations

import random

SUBJECTS = (
    "математика", "алгебра", "геометрия", "физика", "химия", "биология", "русский язык", "литература",
    "английский язык", "немецкий язык", "история", "обществознание", "география", "информатика", "программирование",
    "робототехника", "музыка", "рисование", "шахматы", "волейбол",
)  # fmt: skip
REQUESTS = (
    "Хочу подтянуть предмет {0}, потому что пропустил две недели и теперь не понимаю новые темы на уроках.",
    "Готовлюсь к олимпиаде, нужна помощь по предмету {0}, а ещё хотелось бы больше узнать про {1}.",
    "Трудно даётся {0}: теряюсь у доски, боюсь отвечать и забываю всё, что выучил дома накануне.",
    "Мечтаю связать с этим профессию, поэтому ищу того, кто серьёзно занимается темой {0} и покажет, как это бывает.",
)
OFFERS = (
    "Преподаю {0} двенадцать лет, готовлю к экзаменам и конкурсам, веду кружок, увлекаюсь темой {1}.",
    "Учусь на четвёртом курсе, моё направление – {0}; умею объяснять сложное простыми словами и на примерах.",
    "Призёр городской олимпиады ({0}), помогал младшим с проектами, в свободное время – {1} и походы.",
    "Работаю инженером, {0} нужна мне каждый день; покажу лабораторию и помогу с исследованием.",
)


def words(draw: random.Random, templates: tuple[str, ...], times: int = 2) -> str:
    """Some sentences about some subjects."""
    return " ".join(draw.choice(templates).format(*draw.sample(SUBJECTS, 2)) for _time in range(times))


def interests(draw: random.Random) -> str:
    return ", ".join(draw.sample(SUBJECTS, 3))


def hours(draw: random.Random) -> list[int]:
    """As they are stored: `weekday * 100 + hour`."""
    return sorted(draw.sample([day * 100 + hour for day in range(1, 6) for hour in range(13, 19)], 6))
