"""Organismes: communes, committees, foreign authorities and federations, and the one dated table of mandates."""
