"""What the journal says about accounts and roles."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.access.roles import ROLE_NAMES

SENTENCES = {
    "accounts.opened": _l("a ouvert le compte de %(name)s"),
    "accounts.signed_in": _l("est entré(e) (%(how)s)"),
    "accounts.role_given": _l("a donné à %(name)s le rôle « %(role)s »"),
    "accounts.role_changed": _l("a modifié le rôle de %(name)s : « %(role)s »"),
    "accounts.role_ends": _l("a fixé au %(until)s le dernier jour de %(name)s comme « %(role)s »"),
    "accounts.role_ended": _l("a mis fin au rôle « %(role)s » de %(name)s"),
    "accounts.role_handed_over": _l("a transmis à %(heir)s le rôle « %(role)s » de %(name)s"),
    "accounts.administers": _l("a confié à %(name)s l’administration de l’organisme"),
    "accounts.administers_no_more": _l("a retiré à %(name)s l’administration de l’organisme"),
    "accounts.invited": _l("a invité %(name)s (%(email)s) comme « %(role)s »"),
    "accounts.invitation_accepted": _l("a accepté l’invitation et devient « %(role)s »"),
    "accounts.invitation_withdrawn": _l("a retiré l’invitation de %(name)s"),
    "accounts.mailbox_recovered": _l("a remplacé l’adresse perdue de %(name)s : %(old)s devient %(new)s"),
    "accounts.address_changed": _l("a changé d’adresse électronique"),
    "accounts.tied": _l("a relié le compte de %(name)s à la fiche de %(person)s"),
    "accounts.untied": _l("a défait le lien entre le compte de %(name)s et la fiche de %(person)s"),
    "accounts.renamed": _l("se nomme désormais %(name)s"),
    "accounts.password_set": _l("a choisi un mot de passe"),
    "accounts.password_removed": _l("a retiré son mot de passe"),
    "accounts.totp_set": _l("a activé la double vérification"),
    "accounts.totp_removed": _l("a retiré la double vérification"),
    "accounts.sessions_ended": _l("s’est déconnecté(e) partout"),
    "accounts.administrator_named": _l("a nommé %(name)s à l’administration de l’installation"),
}

WORDS = {
    "role": {role.value: name for role, name in ROLE_NAMES.items()},
    "how": {
        "link": _l("par un lien"),
        "code": _l("par un code"),
        "password": _l("par mot de passe"),
        "persona": _l("comme personnage de la démonstration"),
        "invitation": _l("par une invitation"),
    },
}
