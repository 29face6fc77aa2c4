"""Sign-in through the company's identity provider: asked little, believed after checks, never in charge."""
