from __future__ import annotations

import email
from email import policy
from pathlib import Path

from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings


def test_without_a_mail_server_letters_become_files_that_a_mail_program_opens(
    settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "mentoring.mail.FolderBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    letter = EmailMessage("Код для входа", "Ваш код: 7421", "Ступени <stupeni@localhost>", ["maria@school.example"])

    sent = [letter.send(), letter.send()]

    found = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in settings.MAIL_DIR.iterdir()]
    assert sent == [1, 1]
    assert [(one["Subject"], one["To"], one.get_content()) for one in found] == [
        ("Код для входа", "maria@school.example", "Ваш код: 7421")
    ] * 2
    assert {path.suffix for path in settings.MAIL_DIR.iterdir()} == {".eml"}
    assert settings.MAIL_DIR.stat().st_mode & 0o777 == 0o700
