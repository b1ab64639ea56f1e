"""The check digits of INN and OGRN."""

from __future__ import annotations

INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_11 = (7, *INN_10)
INN_12 = (3, *INN_11)


def is_inn(text: str) -> bool:
    """10 digits of an organisation or 12 of a person, with right check digits.

    Source: order of the Federal Tax Service of 29.06.2012 ММВ-7-6/435@, weights modulo 11, then 10.
    """
    if not text.isascii() or not text.isdigit() or len(text) not in {10, 12}:
        return False
    digits = [int(sign) for sign in text]
    if len(digits) == 10:
        return _check_digit(digits, INN_10) == digits[9]
    return _check_digit(digits, INN_11) == digits[10] and _check_digit(digits, INN_12) == digits[11]


def is_ogrn(text: str) -> bool:
    """13 digits of an organisation (remainder by 11) or 15 of an entrepreneur (by 13), the last being the check.

    Source: Government decree of 19.06.2002 No. 438, section 2.
    """
    if not text.isascii() or not text.isdigit() or len(text) not in {13, 15}:
        return False
    return int(text[:-1]) % (len(text) - 2) % 10 == int(text[-1])


def _check_digit(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10
