"""The handover between those who leave a board and those who come: nothing stays locked in anybody's account."""
