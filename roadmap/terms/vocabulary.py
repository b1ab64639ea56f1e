"""The words the grammar knows: every form that was seen, given a sort and a value.

Forms are lower case with е for ё. A word that is not here is of the sort WORD and means nothing to the grammar.
"""

from __future__ import annotations

from enum import Enum, auto


class Sort(Enum):
    """What a token is, as far as the grammar cares."""

    # Each is itself only, and looked up a hundred times in a term; Enum's own hash is made anew each time.
    __hash__ = object.__hash__

    # numbers
    YEAR = auto()  # four digits, or two where only a year can stand
    NUMBER = auto()  # one or two digits
    ORDINAL = auto()  # «первый», «II»; -1 is «последний»
    NUMERAL = auto()  # «два»
    SUFFIX = auto()  # the letters after a number: «2-й»
    # signs
    DASH = auto()
    COMMA = auto()
    SEMICOLON = auto()
    DOT = auto()
    SLASH = auto()
    # stretches of time
    MONTH = auto()
    SEASON = auto()
    WEEKDAY = auto()
    DAY_WORD = auto()
    WEEK = auto()
    DECADE = auto()
    HALF_OF = auto()  # «половина»
    EDGE = auto()  # «начало», «середина», «конец»
    MONTH_WORD = auto()
    QUARTER = auto()  # «квартал», of the calendar
    SCHOOL_TERM = auto()  # «четверть», of the school
    HALF_YEAR = auto()  # «полугодие», of the school year
    YEAR_WORD = auto()
    SCHOOL = auto()  # «учебный»
    PERIOD = auto()
    PROGRAMME = auto()  # words that follow «период»: «реализации программы»
    # links
    FROM = auto()
    UNTIL = auto()
    BY = auto()  # «не позднее», «к»
    AND = auto()
    IN = auto()
    NOT = auto()
    DURING = auto()
    ALL = auto()
    CURRENT = auto()
    # repetition
    EVERY = auto()
    EVERY_UNIT = auto()  # «ежемесячно»
    TIMES = auto()  # «раз»
    AT_LEAST = auto()
    DATE_WORD = auto()  # «числа»
    ALWAYS = auto()
    # terms without dates
    ACCORDING = auto()
    SCHEDULE = auto()
    WORD = auto()


FORMS: dict[tuple[Sort, int | str], str] = {
    (Sort.MONTH, 1): "январь января январе январю январем янв",
    (Sort.MONTH, 2): "февраль февраля феврале февралю февралем фев февр",
    (Sort.MONTH, 3): "март марта марте марту мартом мар",
    (Sort.MONTH, 4): "апрель апреля апреле апрелю апрелем апр",
    (Sort.MONTH, 5): "май мая мае маю маем",
    (Sort.MONTH, 6): "июнь июня июне июню июнем июн",
    (Sort.MONTH, 7): "июль июля июле июлю июлем июл",
    (Sort.MONTH, 8): "август августа августе августу августом авг",
    (Sort.MONTH, 9): "сентябрь сентября сентябре сентябрю сентябрем сен сент",
    (Sort.MONTH, 10): "октябрь октября октябре октябрю октябрем окт",
    (Sort.MONTH, 11): "ноябрь ноября ноябре ноябрю ноябрем ноя нояб",
    (Sort.MONTH, 12): "декабрь декабря декабре декабрю декабрем дек",
    (Sort.SEASON, 3): "весна весной весны весне весну",
    (Sort.SEASON, 6): "лето летом лета лете",
    (Sort.SEASON, 9): "осень осенью осени",
    (Sort.SEASON, 12): "зима зимой зимы зиме зиму",
    (Sort.WEEKDAY, "MO"): "понедельник понедельника понедельнику понедельникам понедельники пн",
    (Sort.WEEKDAY, "TU"): "вторник вторника вторнику вторникам вторники вт",
    (Sort.WEEKDAY, "WE"): "среда среду среды среде средам ср",
    (Sort.WEEKDAY, "TH"): "четверг четверга четвергу четвергам четверги чт",
    (Sort.WEEKDAY, "FR"): "пятница пятницу пятницы пятнице пятницам пт",
    (Sort.WEEKDAY, "SA"): "суббота субботу субботы субботе субботам сб",
    (Sort.WEEKDAY, "SU"): "воскресенье воскресенья воскресенью воскресеньям вс",
    (Sort.DAY_WORD, ""): "день дня дни дней",
    (Sort.WEEK, ""): "неделя недели неделе неделю неделей недель неделям нед",
    (Sort.DECADE, ""): "декада декады декаде декаду декад",
    (Sort.HALF_OF, ""): "половина половины половине половину",
    (Sort.EDGE, "start"): "начало начале начала началу",
    (Sort.EDGE, "middle"): "середина середине середины середину",
    (Sort.EDGE, "end"): "конец конце конца концу",
    (Sort.MONTH_WORD, ""): "месяц месяца месяце месяцы месяцев мес",
    (Sort.QUARTER, ""): "квартал квартала квартале кварталу кварталы кварталов кварталах кв",
    (Sort.SCHOOL_TERM, ""): "четверть четверти четвертью четвертей четвертях четв",
    (
        Sort.HALF_YEAR,
        "",
    ): "полугодие полугодия полугодии полугодию полугодий полгода семестр семестра семестре семестры",
    (Sort.YEAR_WORD, ""): "г гг год года году годом годе годы годов годам годах",
    (Sort.SCHOOL, ""): "уч учебн учебный учебного учебному учебном учебным учебные учебных учебной учебную",
    (Sort.PERIOD, ""): "период периода периоде срок срока сроки срокам сроков",
    (Sort.PROGRAMME, ""): (
        "реализации программы программ проекта наставничества карты дорожной модели целевой мероприятий "
        "действия работы обучения деятельности"
    ),
    (Sort.FROM, "since"): "с со ранее раньше",
    (Sort.FROM, "of"): "от",
    (Sort.UNTIL, "до"): "до",
    (Sort.UNTIL, "по"): "по",
    (Sort.BY, ""): "к ко позднее позже",
    (Sort.AND, ""): "и а также или",
    (Sort.IN, ""): "в во на за начиная",
    (Sort.NOT, ""): "не",
    (Sort.DURING, ""): "течение течении теч протяжении",
    (Sort.ALL, ""): "весь всего всей все всех",
    (Sort.CURRENT, ""): "текущего текущем текущий этого этом данного",
    (Sort.EVERY, ""): "каждый каждая каждое каждого каждой каждую каждом каждые каждых",
    (Sort.EVERY_UNIT, "day"): "ежедневно",
    (Sort.EVERY_UNIT, "week"): "еженедельно",
    (Sort.EVERY_UNIT, "month"): "ежемесячно",
    (Sort.EVERY_UNIT, "quarter"): "ежеквартально",
    (Sort.EVERY_UNIT, "year"): "ежегодно",
    (Sort.TIMES, 1): "раз раза р",
    (Sort.TIMES, 2): "дважды",
    (Sort.TIMES, 3): "трижды",
    (Sort.AT_LEAST, ""): "реже менее чаще минимум",
    (Sort.DATE_WORD, ""): "число числа числу",
    (Sort.ALWAYS, ""): "постоянно непрерывно систематически регулярно",
    (Sort.ACCORDING, ""): "согласно соответствии при",
    (Sort.SCHEDULE, ""): (
        "график графика графику графиком графике графикам план плана плану планом планам расписанию расписанием "
        "мере необходимости запросу запросам согласованию требованию"
    ),
    (Sort.ORDINAL, 1): "i первый первая первое первого первой первому первом первую первые первых",
    (Sort.ORDINAL, 2): "ii второй вторая второе второго второму втором вторую вторые вторых",
    (Sort.ORDINAL, 3): "iii третий третья третье третьего третьей третьему третьем третью третьи третьих",
    (Sort.ORDINAL, 4): "iv четвертый четвертая четвертое четвертого четвертой четвертому четвертом четвертую",
    (Sort.ORDINAL, 5): "v пятый пятая пятое пятого пятой пятому пятом пятую",
    (Sort.ORDINAL, -1): "последний последняя последнее последнего последней последнем последнюю последние",
    (Sort.NUMERAL, 1): "один одна одно одного одной одну",
    (Sort.NUMERAL, 2): "два две двух",
    (Sort.NUMERAL, 3): "три трех",
    (Sort.NUMERAL, 4): "четыре четырех",
    (Sort.SUFFIX, ""): "й я е ый ой ая ое ого го ому му ом ем м ую ю ые х ти",
}

SILENT_WORDS = frozenset({"включительно", "примерно", "ориентировочно", "далее", "затем"})
"""Words that change no date."""

SIGNS = {",": Sort.COMMA, ";": Sort.SEMICOLON, ".": Sort.DOT, "/": Sort.SLASH}
DASHES = "-‐‑‒–—―⁃−﹘﹣－~"
"""Every sign that people and programs put for a dash."""

LEXICON: dict[str, tuple[Sort, int | str]] = {form: key for key, forms in FORMS.items() for form in forms.split()}
"""Form → sort and value."""
