"""Addresses of "Hesap" in the panel. Names that begin with mfa_ are allauth's."""

from django.urls import path
from django.views.generic import RedirectView

from .panel_views import addresses, consents, data, security, settings

urlpatterns = [
    path("ayarlar/", settings.Contact.as_view(), name="account_settings"),
    path("ayarlar/e-posta/", settings.ChangeEmail.as_view(), name="settings_email"),
    path("ayarlar/telefon/", settings.ChangePhone.as_view(), name="settings_phone"),
    path("ayarlar/kod/<uuid:public_id>/", settings.ConfirmContact.as_view(), name="settings_code"),
    path("ayarlar/adresler/", addresses.Addresses.as_view(), name="settings_addresses"),
    path("ayarlar/adresler/ekle/", addresses.AddressForm.as_view(), name="settings_address_add"),
    path("ayarlar/adresler/<uuid:public_id>/", addresses.AddressForm.as_view(), name="settings_address"),
    path(
        "ayarlar/adresler/<uuid:public_id>/sil/",
        addresses.DeleteAddress.as_view(),
        name="settings_address_delete",
    ),
    path("ayarlar/tercihler/", settings.Preferences.as_view(), name="settings_preferences"),
    path("guvenlik/", security.security, name="account_security"),
    path("guvenlik/", security.security, name="mfa_index"),
    path("guvenlik/cihazlar/", security.device_list, name="account_devices"),
    path("guvenlik/uygulama/", security.activate_app, name="mfa_activate_totp"),
    path("guvenlik/uygulama/kapat/", security.deactivate_app, name="mfa_deactivate_totp"),
    path("guvenlik/kurtarma-kodlari/", security.recovery_codes, name="mfa_view_recovery_codes"),
    path("guvenlik/kurtarma-kodlari/yeni/", security.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("guvenlik/anahtar/ekle/", security.add_passkey, name="mfa_add_webauthn"),
    path("guvenlik/anahtar/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("guvenlik/anahtar/<int:pk>/sil/", security.remove_passkey, name="mfa_remove_webauthn"),
    path("onaylarim/", consents.Consents.as_view(), name="account_consents"),
    path("verilerim/", data.Data.as_view(), name="account_data"),
    path("verilerim/<uuid:public_id>/<slug:kind>/", data.CopyFile.as_view(), name="account_data_file"),
    path("verilerim/kapat/", data.Close.as_view(), name="account_close"),
    path("donus/", data.Return.as_view(), name="account_return"),
]
