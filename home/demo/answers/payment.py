"""Ödeme ve faturalandırma."""

from home.demo.texts import Answer, Category, Words, bullets, clause, heading, notice, steps, text

METHODS = Answer(
    key="odeme-yontemleri",
    related=["iade", "faturalar", "komisyon"],
    claims=["payments.ways_as_shown"],
    tr=Words(
        title="Hangi ödeme yöntemlerini destekliyorsunuz?",
        slug="odeme-yontemleri",
        summary="Kart, havale ve cüzdan; iyzico, PayTR ve Param üzerinden. Kart numaranı biz görmeyiz.",
        synonyms="kredi kartı, banka kartı, eft, taksit, cüzdan, iyzico, paytr, param, nasıl öderim, güvenli ödeme, pci",
        responsible="Finans ekibi",
        body=[
            text("Üç yol var; ödeme sayfasında şu an hangileri açıksa tabloda da onlar görünür:"),
            ("live", "payments.ways"),
            bullets(
                "<b>Kart:</b> iyzico, PayTR ya da Param’ın kendi sayfasında.",
                "<b>Havale:</b> sana özel kısa bir açıklama koduyla bizim hesabımıza; para üç iş günü içinde gelince ödenmiş sayılır.",
                "<b>Cüzdan:</b> iade bakiyen ya da kazandığın kredi. Yetmezse kalanını kart ya da havaleyle ödersin.",
            ),
            heading("Kart bilgim nerede durur?"),
            text(
                "Bizde durmaz. Kart numaranı ödeme kuruluşunun sayfasına yazarsın; sitemizde kart numarası soran tek bir "
                "alan yok. Kart güvenliği standardı PCI DSS’in gereğini bu kuruluşlar yerine getirir."
            ),
            heading("Önce neyi görürüm?"),
            text(
                "Toplamı ve paranı kimin alacağını düğmeye basmadan önce görürsün. Kapattığımız bir yöntem seçeneklerde "
                "hiç çıkmaz. Mağazada birkaç satıcıdan aldıklarını tek seferde ödersin; her satıcının tutarı ayrı yazar."
            ),
        ],
    ),
    en=Words(
        title="Which payment methods do you support?",
        slug="payment-methods",
        summary="Card, bank transfer and wallet, through iyzico, PayTR and Param. We never see your card number.",
        synonyms="credit card, debit card, bank transfer, instalments, wallet, iyzico, paytr, param, how to pay, pci",
        responsible="Finance team",
        body=[
            text(
                "There are three ways; the table shows those that are open on the payment page at this moment:"
            ),
            ("live", "payments.ways"),
            bullets(
                "<b>Card:</b> on the own page of iyzico, PayTR or Param.",
                "<b>Bank transfer:</b> to our account, with a short text that is yours alone; it is paid when the money arrives, within three business days.",
                "<b>Wallet:</b> your refund balance or credit you earned. The rest can be paid by card or transfer.",
            ),
            heading("Where is my card stored?"),
            text(
                "Not with us. You type the number on the page of the payment provider; our site has not one field for "
                "a card number. The providers meet the card security standard PCI DSS."
            ),
            heading("What do I see beforehand?"),
            text(
                "You see the total and who receives your money before you press the button. A method that we have closed "
                "is not offered at all. In the store you pay for the goods of several sellers at once; the share of each "
                "is written apart."
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
    claims=["payments.refund_same_day"],
    tr=Words(
        title="İade süreci nasıl işliyor?",
        slug="iade-sureci",
        summary="İptal ettiğin işlemin parası aynı gün, ödediğin yoldan geri gönderilir; her adımı saatiyle görürsün.",
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
                "Teslim aldığın günden başlayarak 14 gün içinde, neden göstermeden cayabilirsin. Kanundaki istisnaları ürün sayfasında yazarız. "
                "Siparişinde <b>Geri gönder</b>’e bas, kodu kutuya koy; kargoyu satıcı öder."
            ),
        ],
    ),
    en=Words(
        title="How do refunds work?",
        slug="refunds",
        summary="The money of what you cancel goes back the same day, the way you paid; you see each step with its time.",
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
                "You can withdraw within 14 days of delivery without a reason. Exceptions by law are written on the product’s page. "
                "Press <b>Send something back</b> in your order and put the code in the box; the seller pays the carrier."
            ),
        ],
    ),
)

COMMISSION = Answer(
    key="komisyon",
    audiences=["clinic", "partner"],
    related=["moduller", "odeme-yontemleri", "faturalar"],
    claims=["finance.rates_as_shown"],
    tr=Words(
        title="Komisyon oranları neler?",
        slug="komisyon-oranlari",
        summary="Oran modüle göre değişir. Bugünkü tablo aşağıda; tahsilatta okunan kayıtların kendisidir.",
        synonyms="kesinti, ücretlendirme, hizmet bedeli, yüzde kaç, satıcı ücreti, hakediş, fiyatlandırma",
        responsible="Finans ekibi",
        body=[
            text(
                "Komisyonu işletmeler öder; hayvan ebeveyninden ayrıca komisyon alınmaz. Oranlar bir modülden ötekine "
                "değişir, çünkü her modülün işi ve gideri farklı."
            ),
            heading("Bugünkü oranlar"),
            ("live", "finance.commissions"),
            heading("Hangi kurallarla?"),
            bullets(
                "Komisyon KDV dâhil fiyattan hesaplanır. İptalde ya da iadede, geri giden tutar kadar komisyon da geri döner.",
                "Tek bir oran tablosu vardır. Tahsilatta, “Finans > Ücretlendirme” sayfasında ve bu yanıtta aynı tablo "
                "okunur.",
                "Senden daha çok alan bir oran en az 15 gün önceden, başlayacağı tarihle duyurulur; eski işlemler eski "
                "oranla kalır.",
            ),
        ],
    ),
    en=Words(
        title="What are the commission rates?",
        slug="commission-rates",
        summary="They depend on the module. The table of today is below; it is read from the records that charge.",
        synonyms="fee, pricing, service charge, percent, seller fee, payout",
        responsible="Finance team",
        body=[
            text(
                "Businesses pay the commission; pet parents are not charged on top. Rates differ between modules, as "
                "each has its own work and cost."
            ),
            heading("Rates of today"),
            ("live", "finance.commissions"),
            heading("By which rules?"),
            bullets(
                "Commission is counted from the price with VAT. With a cancellation or refund it goes back in proportion.",
                "There is one table of rates. Charging, the page “Finance > Pricing” and this answer all read the same table.",
                "A rate that takes more of you is announced at least 15 days ahead with the day it begins; older "
                "transactions keep the older rate.",
            ),
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
