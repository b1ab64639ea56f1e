import pytest

from accounts.requisites import is_inn, is_ogrn


@pytest.mark.parametrize("text", ["7707083893", "7830002293", "500100732259"])
def test_an_inn_with_right_check_digits_is_taken(text: str) -> None:
    assert is_inn(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "7707083894",
        "7707083983",
        "500100732258",
        "500100732249",
        "770708389",
        "77070838930",
        "770708389Х",
        "",
        "７７０７０８３８９３",
    ],
)
def test_an_inn_with_a_wrong_digit_sign_or_length_is_refused(text: str) -> None:
    assert is_inn(text) is False


@pytest.mark.parametrize("text", ["1027700132195", "1037739010891", "304500116000157"])
def test_an_ogrn_with_a_right_check_digit_is_taken(text: str) -> None:
    assert is_ogrn(text) is True


@pytest.mark.parametrize(
    "text", ["1027700132194", "1027700132915", "304500116000158", "102770013219", "", "102770013219X"]
)
def test_an_ogrn_with_a_wrong_digit_sign_or_length_is_refused(text: str) -> None:
    assert is_ogrn(text) is False
