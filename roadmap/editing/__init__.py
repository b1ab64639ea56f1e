"""Editing a living plan: what a change of it is, how texts are cut and joined, how two people's texts are compared.

Plain values in and out; the services write what is thought out here.
"""
