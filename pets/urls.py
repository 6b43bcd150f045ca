"""Addresses of this room: a person's animals, the patients of a business, the page of a lost pet."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from .views import business, file, life, people, pets, sharing

app_name = "pets"


class TabConverter(StringConverter):
    """Kinds of entries as an address names them."""

    regex = "asilar|olcumler|notlar"
    _names = {"asilar": "vaccinations", "olcumler": "measurements", "notlar": "notes"}

    def to_python(self, value: str) -> str:
        return self._names[value]

    def to_url(self, value: str) -> str:
        return {name: part for part, name in self._names.items()}[value]


register_converter(TabConverter, "tab")

of_pet = [
    path("", pets.PetFile.as_view(), name="file"),
    path("duzenle/", pets.EditPet.as_view(), name="edit"),
    path("foto/", pets.ChangePhoto.as_view(), name="change_photo"),
    path("foto/kaldir/", pets.RemovePhoto.as_view(), name="remove_photo"),
    path("foto/<slug:size>.jpg", pets.PetPhoto.as_view(), name="photo"),
    path("gorev/<slug:kind>/", pets.StateDuty.as_view(), name="state_duty"),
    path("arsivle/", pets.ArchivePet.as_view(), name="archive"),
    path("geri-getir/", pets.RestorePet.as_view(), name="restore"),
    path("asilar/", file.Vaccinations.as_view(), name="vaccinations"),
    path("olcumler/", file.Measurements.as_view(), name="measurements"),
    path("notlar/", file.Notes.as_view(), name="notes"),
    path("<tab:tab>/<int:pk>/cikar/", file.RemoveEntry.as_view(), name="remove_entry"),
    path("<tab:tab>/<int:pk>/geri-koy/", file.RestoreEntry.as_view(), name="restore_entry"),
    path("kisiler/", people.People.as_view(), name="people"),
    path("kisiler/<int:pk>/cikar/", people.RemoveKeeper.as_view(), name="remove_keeper"),
    path("kisiler/<int:pk>/devret/", people.HandOver.as_view(), name="hand_over"),
    path("kisiler/davet/<int:pk>/geri-cek/", people.WithdrawInvitation.as_view(), name="withdraw"),
    path("paylasim/", sharing.Sharing.as_view(), name="sharing"),
    path("paylasim/<int:pk>/geri-al/", sharing.RevokeGrant.as_view(), name="revoke"),
    path("kayip/", life.Lost.as_view(), name="lost"),
    path("kayip/kapat/", life.ClosePage.as_view(), name="close_page"),
    path("bulundu/", life.Found.as_view(), name="found"),
    path("veda/", life.Farewell.as_view(), name="farewell"),
    path("veda/duzelt/", life.TakeBack.as_view(), name="take_back"),
]
of_business = [
    path("", business.Patients.as_view(), name="patients"),
    path("<uuid:pet>/", business.Patient.as_view(), name="patient"),
    path("<uuid:pet>/asi/", business.AddVaccination.as_view(), name="patient_vaccination"),
    path("<uuid:pet>/not/", business.AddNote.as_view(), name="patient_note"),
    path("<uuid:pet>/foto/<slug:size>.jpg", business.PatientPhoto.as_view(), name="patient_photo"),
]
urlpatterns = [
    path("panel/hayvanlarim/", pets.PetList.as_view(), name="list"),
    path("panel/hayvanlarim/ekle/", pets.AddPet.as_view(), name="add"),
    path("panel/hayvanlarim/davet/<str:token>/", people.AnswerInvitation.as_view(), name="invitation"),
    path("panel/hayvanlarim/<uuid:pet>/", include(of_pet)),
    path("isletme/<slug:business>/hastalar/", include(of_business)),
    path("kayip/<str:token>/", life.lost_page, name="lost_page"),
    path("kayip/<str:token>/foto.jpg", life.lost_photo, name="lost_photo"),
]
