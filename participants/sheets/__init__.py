"""Spreadsheets of people: opened apart, their columns guessed, their cells turned into values. No database here."""
