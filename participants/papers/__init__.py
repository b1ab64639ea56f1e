"""The papers of the register: what they say, and the codes they carry."""
