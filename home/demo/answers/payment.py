"""Ödeme ve faturalandırma."""

from home.demo.texts import Answer, Category, Words, bullets, clause, heading, notice, steps, text

METHODS = Answer(
    key="odeme-yontemleri",
    related=["iade", "faturalar", "komisyon"],
    tr=Words(
        title="Hangi ödeme yöntemlerini destekliyorsunuz?",
        slug="odeme-yontemleri",
        summary="Kart, havale ve cüzdan; iyzico, PayTR ve Param üzerinden. Ödeme adımı hazırlanıyor, bugün para "
        "almıyoruz.",
        synonyms="kredi kartı, banka kartı, eft, taksit, cüzdan, iyzico, paytr, param, nasıl öderim, güvenli ödeme, pci",
        responsible="Finans ekibi",
        body=[
            notice(
                "warn",
                "Ödeme adımı hazırlanıyor. Bugün sepetini hazırlayabilirsin ama ödeme yapamazsın; kimse senden para isteyemez.",
            ),
            text("Ödeme açıldığında üç yol olacak:"),
            bullets(
                "<b>Kart:</b> iyzico, PayTR ya da Param’ın kendi sayfasında.",
                "<b>Havale:</b> sana özel kısa bir açıklama koduyla bizim hesabımıza.",
                "<b>Cüzdan:</b> iade bakiyen ya da kazandığın kredi.",
            ),
            heading("Kart bilgim nerede durur?"),
            text(
                "Bizde durmaz. Kart numaranı ödeme kuruluşunun sayfasına yazarsın; sitemizde kart numarası alan tek bir "
                "alan yok ve olmayacak. Kart güvenliği standardı PCI DSS’in gereğini bu kuruluşlar yerine getirir."
            ),
            heading("Önce neyi görürüm?"),
            text(
                "Toplamı, kargoyu, iptal koşulunu ve paranı kimin alacağını düğmeye basmadan önce görürsün. Bir yöntem "
                "geçici olarak çalışmıyorsa seçeneklerde hiç çıkmaz."
            ),
        ],
    ),
    en=Words(
        title="Which payment methods do you support?",
        slug="payment-methods",
        summary="Card, bank transfer and wallet, through iyzico, PayTR and Param. The payment step is being prepared; "
        "today we take no money.",
        synonyms="credit card, debit card, bank transfer, instalments, wallet, iyzico, paytr, param, how to pay, pci",
        responsible="Finance team",
        body=[
            notice(
                "warn",
                "The payment step is being prepared. Today you can fill a basket but not pay; nobody can ask you for money.",
            ),
            text("Once payment opens there will be three ways:"),
            bullets(
                "<b>Card:</b> on the own page of iyzico, PayTR or Param.",
                "<b>Bank transfer:</b> to our account, with a short reference that is yours alone.",
                "<b>Wallet:</b> your refund balance or credit you earned.",
            ),
            heading("Where is my card stored?"),
            text(
                "Not with us. You type the number on the page of the payment provider; our site has not one field for "
                "a card number and will not have one. The providers meet the card security standard PCI DSS."
            ),
            heading("What do I see beforehand?"),
            text(
                "You see the total, the delivery fee, the terms of cancelling and who receives your money before you "
                "press the button. A method that does not work for the moment is not offered at all."
            ),
        ],
    ),
)

INVOICES = Answer(
    key="faturalar",
    claims=["finance.documents"],
    related=["odeme-yontemleri", "iade", "komisyon"],
    tr=Words(
        title="Faturalarımı nereden indiririm?",
        slug="faturalar",
        summary="“Finans > Belgeler” sayfasından, tarih aralığı seçip PDF olarak. İstersen her yeni belge e-postayla da gelir.",
        synonyms="makbuz, e-arşiv, e-fatura, pdf, belge, dekont, fatura indirme, muhasebe, fiş",
        responsible="Finans ekibi",
        body=[
            text(
                "Kural şu: alınan her ödemenin bir belgesi, yapılan her iadenin bir iade belgesi olur. Hepsi aynı yerde durur."
            ),
            heading("Nasıl indireceğim?"),
            steps(
                "Panelinde <b>Finans > Belgeler</b> yolunu izle.",
                "Başlangıç ve bitiş gününü seç. İki gün de aralığa dahildir.",
                "Tek belgeyi PDF olarak, birden çoğunu tek dosyada indir.",
            ),
            heading("E-postayla gelsin istersem?"),
            text(
                "Aynı sayfadaki “Belgelerimi e-postayla gönder” anahtarını aç. O andan sonra kesilen her "
                "belge için bir e-posta alırsın; geçmiş belgeleri topluca göndermeyiz."
            ),
            notice(
                "info",
                "Belge, ödeme tamamlandığı an listededir; PDF’i o an hazır değilse indirirken hazırlanır. Belgeler "
                "hesabın kapansa da yasa gereği on yıl saklanır.",
            ),
        ],
    ),
    en=Words(
        title="Where do I download my invoices?",
        slug="invoices",
        summary="On “Finance > Documents”, as PDF for a range of dates. If you like, each new document also comes by e-mail.",
        synonyms="receipt, e-archive, e-invoice, pdf, document, download invoice, accounting",
        responsible="Finance team",
        body=[
            text(
                "The rule: every payment has one document and every refund one credit note. All of them are in one place."
            ),
            heading("How will I download them?"),
            steps(
                "Follow <b>Finance > Documents</b> in your panel.",
                "Choose the first and the last day. Both belong to the range.",
                "Download one document as PDF or several in one file.",
            ),
            heading("Can they come by e-mail?"),
            text(
                "Turn on “Send my documents by e-mail” on the same page. From that moment you get one "
                "e-mail for each new document; we do not send past documents in bulk."
            ),
            notice(
                "info",
                "A document is in the list the moment a payment is complete; if its PDF is not ready by then, it is "
                "made while you download it. By law documents are kept for ten years, also when your account is closed.",
            ),
        ],
    ),
)

REFUND = Answer(
    key="iade",
    related=["odeme-yontemleri", "faturalar", "destek-suresi"],
    tr=Words(
        title="İade süreci nasıl işliyor?",
        slug="iade-sureci",
        summary="Kural: iptal ettiğin işlemin parası aynı gün, ödediğin yoldan geri gönderilir. Ödemeler açılınca "
        "bu kuralla çalışacak.",
        synonyms="param ne zaman gelir, geri ödeme, para iadesi, iptal, iade süresi, kaç gün, cayma hakkı, ürün iadesi, paramı geri almak",
        responsible="Finans ekibi",
        body=[
            text(
                "İade için beklemeyi değil, günü biz üstleniyoruz. İptal onaylandığı anda iade de başlar; ayrıca "
                "başvurman gerekmez."
            ),
            bullets(
                "<b>Cüzdanla ödediysen</b> bakiyen o anda güncellenir.",
                "<b>Kartla ödediysen</b> iadeyi aynı gün ödeme kuruluşuna göndeririz. Ekstrende görünme süresi bankana "
                "bağlıdır.",
                "<b>Havaleyle ödediysen</b> para aynı gün IBAN’ına gönderilmek üzere sıraya alınır.",
                "<b>İki yoldan ödediysen</b> her parça kendi yoluna döner.",
            ),
            clause("iade", 1, "iade-2"),
            heading("Banka reddederse?"),
            text(
                "İade ortada kalmaz. Aynı gün bir çalışanımızın önüne iş olarak düşer; hangi aşamada olduğunu panelinde "
                "saatleriyle görürsün."
            ),
            heading("Mağaza ürününü geri göndermek"),
            text(
                "Teslim aldığın günden başlayarak 14 gün içinde, neden göstermeden cayabilirsin. Kanundaki istisnaları ürün sayfasında yazarız."
            ),
            notice("info", "Ödeme henüz açık değil, bu yüzden bugün iade edilecek bir işlem de yok."),
        ],
    ),
    en=Words(
        title="How do refunds work?",
        slug="refunds",
        summary="The rule: the money of what you cancel goes back the same day, the way you paid. Payments will work by "
        "this rule once they open.",
        synonyms="when do I get my money, money back, cancel, refund time, how many days, withdrawal, return a product",
        responsible="Finance team",
        body=[
            text(
                "The day is our burden, not yours. A refund begins the moment the cancellation is approved; you do not "
                "have to ask for it."
            ),
            bullets(
                "<b>Paid by wallet:</b> your balance changes at that moment.",
                "<b>Paid by card:</b> we send the refund to the provider the same day. When it shows on your statement "
                "depends on your bank.",
                "<b>Paid by transfer:</b> the money is queued for your IBAN the same day.",
                "<b>Paid in two ways:</b> each part goes back its own way.",
            ),
            clause("iade", 1, "iade-2"),
            heading("What if the bank refuses?"),
            text(
                "The refund is not left hanging. It becomes a task for one of our people the same day, and your panel "
                "shows each stage with its time."
            ),
            heading("Sending a store product back"),
            text(
                "You can withdraw within 14 days of delivery without a reason. Exceptions by law are written on the product’s page."
            ),
            notice("info", "Payment is not open yet, so there is nothing to refund today."),
        ],
    ),
)

COMMISSION = Answer(
    key="komisyon",
    audiences=["clinic", "partner"],
    related=["moduller", "odeme-yontemleri", "faturalar"],
    tr=Words(
        title="Komisyon oranları neler?",
        slug="komisyon-oranlari",
        summary="Oran modüle göre değişir ve yalnızca tamamlanan işlemden alınır. Oranlar henüz yürürlükte değil; "
        "bugün komisyon almıyoruz.",
        synonyms="kesinti, ücretlendirme, hizmet bedeli, yüzde kaç, satıcı ücreti, hakediş, fiyatlandırma",
        responsible="Finans ekibi",
        body=[
            text(
                "Komisyonu işletmeler öder; hayvan ebeveyninden ayrıca komisyon alınmaz. Oranlar bir modülden ötekine "
                "değişir, çünkü her modülün işi ve gideri farklı."
            ),
            heading("Hangi kurallarla?"),
            bullets(
                "Komisyon yalnızca <b>tamamlanan</b> işlemden alınır. İptalde ya da iadede komisyon da geri döner.",
                "Tek bir oran tablosu vardır. Tahsilatta, “Finans > Ücretlendirme” sayfasında ve bu yanıtta aynı tablo "
                "okunur.",
                "Oran değişikliği başlayacağı tarihle birlikte önceden görünür; eski işlemler eski oranla kalır.",
            ),
            heading("Bugünkü oran"),
            text(
                "Modüller ve ödemeler açılmadan bir oran yazmak doğru olmaz. Tablo yürürlüğe girdiğinde bu sayfada, "
                "elle yazılmış değil, kayıttan okunan hâliyle görünecek."
            ),
            notice("info", "Oran tablosu hazırlanıyor. Bugün hiçbir işlemden komisyon almıyoruz."),
        ],
    ),
    en=Words(
        title="What are the commission rates?",
        slug="commission-rates",
        summary="They depend on the module and are taken from completed transactions only. No rate is in force yet; today "
        "we take no commission.",
        synonyms="fee, pricing, service charge, percent, seller fee, payout",
        responsible="Finance team",
        body=[
            text(
                "Businesses pay the commission; pet parents are not charged on top. Rates differ between modules, as "
                "each has its own work and cost."
            ),
            heading("By which rules?"),
            bullets(
                "Commission is taken from <b>completed</b> transactions only. With a cancellation or refund it goes back too.",
                "There is one table of rates. Charging, the page “Finance > Pricing” and this answer all read the same table.",
                "A change is shown beforehand with the day it begins; older transactions keep the older rate.",
            ),
            heading("Today’s rate"),
            text(
                "It would not be right to write a rate before modules and payments open. Once the table is in force it "
                "appears on this page, read from the records and not typed by hand."
            ),
            notice("info", "The table of rates is being prepared. Today we take commission from nothing."),
        ],
    ),
)

CATEGORY = Category(
    key="odeme-ve-faturalandirma",
    tone="store",
    icon="credit-card",
    tr=Words(
        "Ödeme ve faturalandırma",
        "odeme-ve-faturalandirma",
        "Nasıl ödenir, belge nerede, para ne zaman döner.",
    ),
    en=Words("Payment and invoices", "payment", "How to pay, where documents are and when money comes back."),
    answers=[METHODS, INVOICES, REFUND, COMMISSION],
)
