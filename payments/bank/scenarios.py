"""What may happen to a customer, and to a caller on the line; by name or by the kuruş of the amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Scenario:
    label: str
    kurus: int = -1  # amounts that end so
    group: str = "Ödeme"


SCENARIOS = {
    "success": Scenario("Başarılı ödeme"),
    "installments": Scenario("3 taksit", 62),
    "not_enough": Scenario("Yetersiz bakiye", 51, "Ret"),
    "three_d": Scenario("3D doğrulama başarısız", 52, "Ret"),
    "declined": Scenario("Banka reddetti", 66, "Ret"),
    "fraud": Scenario("Şüpheli işlem", 67, "Ret"),
    "expired": Scenario("Süre doldu", 53, "Ret"),
    "closed": Scenario("Pencereyi ödemeden kapat", 54, "Ret"),
    "retry": Scenario("Önce ret, sonra başarılı", 64, "Bildirim"),
    "early": Scenario("Bildirim yönlendirmeden önce", 63, "Bildirim"),
    "late": Scenario("Bildirim 5 dakika geç", 55, "Bildirim"),
    "silent": Scenario("Bildirim gelmesin", 56, "Bildirim"),
    "lost": Scenario("Öde ve pencereyi kapat, bildirim gelmesin", 65, "Bildirim"),
    "twice": Scenario("Bildirim tekrar tekrar", 57, "Bildirim"),
    "forged": Scenario("Ret, ama sahte başarı bildirimi", 58, "Saldırı"),
    "amount": Scenario("Tutar değişti", 59, "Saldırı"),
    "currency": Scenario("Para birimi değişti", 60, "Saldırı"),
    "review": Scenario("İnceleme altında", 61, "İnceleme"),
    "transfer": Scenario("Havale/EFT bekleniyor", 68, "İnceleme"),
}
BY_KURUS = {scenario.kurus: name for name, scenario in SCENARIOS.items() if scenario.kurus >= 0}

# Trouble on the line: `before` the work is done, or after it, when only the answer is lost.
TROUBLE = {
    "delay": Scenario("30 saniye gecikme", 81),
    "reset": Scenario("Yanıtın ortasında kopma", 82),
    "500": Scenario("500", 83),
    "html": Scenario("JSON yerine HTML", 84),
    "broken": Scenario("Bozuk yanıt", 85),
    "lost": Scenario("İşlem yapıldı, yanıt kayboldu", 86),
    "refused": Scenario("Bağlantı işlemden önce koptu", 87),
    "busy": Scenario("Çok fazla istek", 88),
}
TROUBLE_BY_KURUS = {trouble.kurus: name for name, trouble in TROUBLE.items()}
BEFORE = {"500", "html", "refused", "busy"}


def kurus(amount: Decimal) -> int:
    return int(amount * 100) % 100
