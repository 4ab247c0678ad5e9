"""Three versions of one file made one text, element by element. No disk, no git: bytes in, bytes out."""
