"""Rights of a business on the files that keepers share with it. Each goes deeper than the one before."""

from django.utils.translation import gettext_lazy as _

from teams.rights import MANAGER, RECEPTION, TECHNICIAN, VET, declare

PATIENTS = declare(
    "pets.patients", _("See shared pets and their vaccinations"), to={MANAGER, VET, TECHNICIAN, RECEPTION}
)
FILE = declare("pets.file", _("Read measurements and notes of shared pets"), to={MANAGER, VET, TECHNICIAN})
WRITE = declare(
    "pets.write", _("Write vaccinations and notes into shared files"), to={MANAGER, VET, TECHNICIAN}
)
