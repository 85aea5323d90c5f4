"""Helpers that draw the sample pictures: a camera, a scene, textures and street furniture."""
