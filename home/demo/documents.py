"""The legal documents of the demo: our own sample texts, which counsel has to approve before real use."""

from __future__ import annotations

from dataclasses import dataclass, field

Row = tuple[str, str, str]


@dataclass(frozen=True)
class Paper:
    """A document in one language. A row is heading, official text, “Kısaca” (may be empty)."""

    title: str
    slug: str
    summary: str
    rows: list[Row]


@dataclass(frozen=True)
class Document:
    """`next_rows` are the clauses (by place) that the second version says differently."""

    key: str
    kind: str
    mode: str
    tr: Paper
    en: Paper
    live: str = ""
    changes: tuple[str, str] = ("", "")
    next_rows: dict[int, tuple[Row, Row]] = field(default_factory=dict)


INDEX = {
    "tr": {
        "title": "Hukuki dokümanlar",
        "slug": "hukuki",
        "summary": "Yürürlükteki metinler, eski sürümleri ve aralarındaki farklar. Yayımlanan bir sürüm sonradan değiştirilemez.",
    },
    "en": {
        "title": "Legal documents",
        "slug": "legal",
        "summary": "The texts in force, their earlier versions and the differences. A published version cannot be changed.",
    },
}
SAMPLE = (
    "Bu metin bir örnektir. Gerçek kullanıma açılmadan önce hukuk danışmanının onayından geçmesi gerekir.",
    "This text is a sample. Counsel has to approve it before the platform opens for real use.",
)

KVKK = Document(
    key="kvkk",
    kind="notice",
    mode="notify",
    tr=Paper(
        "KVKK aydınlatma metni",
        "kvkk",
        "Hangi kişisel verini, ne için, hangi dayanakla işlediğimiz ve hakların.",
        [
            (
                "Veri sorumlusu",
                "Kişisel verileriniz, 6698 sayılı Kanun uyarınca veri sorumlusu olarak Diji.vet’i işleten şirket tarafından işlenir. Şirketin unvanı, adresi ve MERSİS numarası yayın öncesinde bu maddeye yazılır.",
                "Verinden kimin sorumlu olduğu burada yazar.",
            ),
            (
                "İşlenen veriler",
                "Üyelikte ad, soyad, e-posta adresi ve şifrenin geri çevrilemeyen özeti; alışverişte sepet içeriği; güvenlik için giriş zamanı ve IP adresi işlenir. Özel nitelikli kişisel veri istenmez.",
                "Yalnız hesabın ve sepetin için gerekenler.",
            ),
            (
                "Amaçlar ve hukuki sebepler",
                "Veriler, üyelik sözleşmesinin kurulması ve ifası, kanundan doğan yükümlülüklerin yerine getirilmesi ve platformun güvenliğine ilişkin meşru menfaat sebeplerine dayanılarak işlenir. Bu sebeplerin bulunmadığı hâllerde ayrıca ve amaç amaç açık rıza istenir.",
                "Başka bir dayanak yoksa her amaç için ayrı ayrı sorarız.",
            ),
            (
                "Aktarım",
                "Veriler, hizmetin görülmesi için gerekli olduğu ölçüde hizmet sağlayıcılara ve kanunen yetkili kurumlara aktarılır. Yurt dışına aktarım, Kanun’un 9. maddesindeki şartlardan biri kayıt altına alınmadan yapılmaz.",
                "Dayanağı kayda geçmeden veri yurt dışına çıkmaz.",
            ),
            (
                "Toplama yöntemi",
                "Veriler, sitedeki formlar ve zorunlu çerezler aracılığıyla elektronik ortamda toplanır.",
                "",
            ),
            (
                "Haklarınız",
                "Kanun’un 11. maddesi uyarınca verilerinizin işlenip işlenmediğini öğrenme, bilgi isteme, amacına uygun kullanılıp kullanılmadığını ve aktarıldığı kişileri bilme, düzeltilmesini, silinmesini isteme, bu işlemlerin üçüncü kişilere bildirilmesini isteme, otomatik analiz sonucuna itiraz etme ve zararın giderilmesini talep etme haklarına sahipsiniz.",
                "Verini görebilir, düzelttirebilir, sildirebilirsin.",
            ),
            (
                "Başvuru",
                "Başvurular, talebin niteliğine göre en kısa sürede ve en geç otuz gün içinde ücretsiz olarak sonuçlandırılır. Kanunen saklanması gereken belgeler silinmez; hangilerinin neden saklandığı yanıtta belirtilir.",
                "En geç 30 günde, ücretsiz yanıt.",
            ),
        ],
    ),
    en=Paper(
        "Personal data notice (KVKK)",
        "personal-data-notice",
        "Which personal data we process, what for, on which ground, and your rights.",
        [
            (
                "Controller",
                "Your personal data is processed by the company that runs Diji.vet, as controller under law no. 6698. Its trade name, address and MERSİS number are written into this clause before launch.",
                "Here it says who is responsible for your data.",
            ),
            (
                "Data we process",
                "With membership: first and last name, e-mail address and a one-way digest of the password. With shopping: the contents of the basket. For security: the time of sign-in and the IP address. Special categories of personal data are not asked for.",
                "Only what your account and basket need.",
            ),
            (
                "Purposes and legal grounds",
                "Data is processed to conclude and perform the membership contract, to meet duties that arise from law, and on the ground of our legitimate interest in the security of the platform. Where none of these grounds exists, explicit consent is asked for separately, purpose by purpose.",
                "Without another ground we ask for each purpose apart.",
            ),
            (
                "Transfer",
                "Data is passed to service providers as far as the service needs it, and to authorities that the law empowers. Nothing is sent abroad before one of the conditions of article 9 of the law has been recorded.",
                "No data goes abroad without a recorded ground.",
            ),
            (
                "How data is collected",
                "Data is collected electronically, through the forms of the site and necessary cookies.",
                "",
            ),
            (
                "Your rights",
                "Under article 11 of the law you may learn whether your data is processed, ask for information, know whether it is used for its purpose and to whom it is passed, ask for correction and erasure and that third parties are told, object to the result of automated analysis, and claim compensation.",
                "You can see, correct and erase your data.",
            ),
            (
                "Requests",
                "Requests are answered as soon as their nature allows, within thirty days at the latest, free of charge. Documents that the law obliges us to keep are not erased; the answer says which are kept and why.",
                "An answer within 30 days, free of charge.",
            ),
        ],
    ),
)

PRIVACY = Document(
    key="gizlilik",
    kind="policy",
    mode="notify",
    tr=Paper(
        "Gizlilik politikası",
        "gizlilik",
        "Verini nasıl koruduğumuz, kimin görebildiği ve ne kadar tuttuğumuz.",
        [
            (
                "Kapsam",
                "Bu politika Diji.vet sitesini, hesapları ve mağazayı kapsar. Kliniklerin kendi kayıtları için klinikler ayrıca veri sorumlusudur.",
                "Kliniğin kendi kaydından klinik sorumludur.",
            ),
            (
                "Erişim",
                "Kayıtlara yalnızca görevi gerektiren kişiler, rolüyle sınırlı olarak erişir. Erişimler kayıt altına alınır.",
                "Herkes yalnız işinin gerektirdiğini görür.",
            ),
            (
                "Güvenlik",
                "Yayındaki siteye yalnızca şifreli bağlantıyla erişilir. Şifreler geri çevrilemeyen özet olarak saklanır. Sayfalarda üçüncü kişilerin izleme kodu çalıştırılmaz.",
                "Bağlantı şifreli, şifren bizde okunamaz, izleyici yok.",
            ),
            (
                "Saklama",
                "Veriler, işlendikleri amaç için gerekli olan süre boyunca, kanunun daha uzun süre öngördüğü belgeler ise o süre boyunca saklanır; süre dolunca silinir, yok edilir ya da anonim hâle getirilir.",
                "",
            ),
            (
                "Hayvan kayıtları",
                "Hayvanlara ilişkin sağlık kayıtları, sahibinin kimliğiyle ilişkili olduğu için gizli tutulur ve sahibi paylaşmadıkça üçüncü kişilere gösterilmez.",
                "Karne sende; sen paylaşmadıkça kimse göremez.",
            ),
            (
                "İhlal",
                "Kişisel verilerin başkalarınca ele geçirildiğinin öğrenilmesi hâlinde Kurul’a en geç yetmiş iki saat içinde, etkilenen kişilere en kısa sürede bildirim yapılır.",
                "Bir ihlal olursa sana da söyleriz.",
            ),
        ],
    ),
    en=Paper(
        "Privacy policy",
        "privacy",
        "How we protect your data, who can see it and how long we keep it.",
        [
            (
                "Scope",
                "This policy covers the site of Diji.vet, its accounts and its store. Clinics are controllers of their own records.",
                "A clinic answers for its own records.",
            ),
            (
                "Access",
                "Records are open only to people whose task needs them, within the limits of their role. Access is recorded.",
                "Everyone sees only what their work needs.",
            ),
            (
                "Security",
                "The public site is reached over encrypted connections only. Passwords are kept as one-way digests. No tracking code of third parties runs on the pages.",
                "Encrypted connection, unreadable password, no trackers.",
            ),
            (
                "Retention",
                "Data is kept as long as its purpose needs, and documents for which the law sets a longer period for that period; then it is deleted, destroyed or made anonymous.",
                "",
            ),
            (
                "Records of animals",
                "Health records of animals are confidential, as they belong to an identifiable owner, and are shown to no third party unless the owner shares them.",
                "The booklet is yours; nobody sees it unless you share it.",
            ),
            (
                "Breach",
                "Once we learn that others have obtained personal data, the Board is notified within seventy-two hours and the people concerned as soon as possible.",
                "If there is a breach we tell you too.",
            ),
        ],
    ),
)

COOKIES = Document(
    key="cerezler",
    kind="policy",
    mode="publish",
    live="legal.cookies",
    tr=Paper(
        "Çerez politikası",
        "cerezler",
        "Tarayıcında neyi, ne kadar ve neden sakladığımız. Tablo, sitenin kullandığı kayıttan okunur.",
        [
            (
                "Çerez nedir",
                "Çerez, sitenin tarayıcınıza bıraktığı küçük bir metindir. Tarayıcı deposu da aynı amaçla kullanılır ve bu metinde çerezlerle aynı kurallara tabidir.",
                "",
            ),
            (
                "Zorunlu olanlar",
                "Oturum, sepet, form güvenliği ve çerez tercihinin hatırlanması için gerekli olanlar, istenen hizmet bunlar olmadan sunulamadığından rıza aranmadan kullanılır.",
                "Bunlar olmadan giriş yapamazsın.",
            ),
            (
                "Tercihe bağlı olanlar",
                "Zorunlu olmayanlar, siz izin vermeden kullanılmaz. Reddetmek kabul etmek kadar kolaydır; soruyu kapatmak reddetmek sayılır ve site çalışmaya devam eder.",
                "Sen evet demeden açılmaz.",
            ),
            (
                "Geri alma",
                "Verilen izin, her sayfanın altındaki “Çerez tercihleri” bağlantısından istenildiği an geri alınabilir.",
                "Vazgeçmek de bir tıklama.",
            ),
            (
                "Süre",
                "Tercihiniz altı ay saklanır. Süre dolduğunda ya da izne bağlı kayıtlar değiştiğinde yeniden sorulur.",
                "Altı ayda bir yeniden sorarız.",
            ),
        ],
    ),
    en=Paper(
        "Cookie policy",
        "cookies",
        "What we keep in your browser, for how long and why. The table is read from the registry the site works by.",
        [
            (
                "What a cookie is",
                "A cookie is a small text that the site leaves in your browser. Browser storage serves the same purpose and follows the same rules here.",
                "",
            ),
            (
                "Necessary ones",
                "Those needed for the session, the basket, the safety of forms and for remembering your choice are used without consent, as the service you ask for cannot be given without them.",
                "Without them you cannot sign in.",
            ),
            (
                "Optional ones",
                "What is not necessary is not used before you allow it. Refusing is as easy as accepting; closing the question counts as refusing, and the site goes on working.",
                "Off until you say yes.",
            ),
            (
                "Taking it back",
                "You can take a permission back at any moment by the link “Cookie preferences” at the foot of every page.",
                "Changing your mind is one click too.",
            ),
            (
                "How long",
                "Your choice is kept for six months. We ask again when they are over or when the optional entries change.",
                "We ask again every six months.",
            ),
        ],
    ),
)

TERMS = Document(
    key="kosullar",
    kind="contract",
    mode="explicit",
    tr=Paper(
        "Kullanım koşulları",
        "kullanim-kosullari",
        "Hesap açarken kabul ettiğin sözleşme: kim neyi üstlenir.",
        [
            (
                "Taraflar ve konu",
                "Bu sözleşme, Diji.vet’i işleten şirket ile hesap açan kişi arasında, platformun kullanılmasına ilişkin olarak kurulur.",
                "",
            ),
            (
                "Platformun rolü",
                "Şirket, satıcıların ve hizmet verenlerin kendi adlarına yaptıkları satış ve hizmetlerde aracı hizmet sağlayıcıdır; kendi adına sattıklarında satıcıdır. Hangi rolde olduğu her işlemde yazar.",
                "Kimden aldığın her işlemde yazar.",
            ),
            (
                "Hesap",
                "Hesap kişiye özeldir ve doğru bilgiyle açılır. Şifrenin gizli tutulmasından hesap sahibi, hesabın güvenliği için gerekli teknik önlemlerden şirket sorumludur.",
                "Şifreni kimseyle paylaşma.",
            ),
            (
                "Kabul edilmeyen kullanım",
                "Hukuka aykırı içerik yüklemek, hayvanların satışını ilan etmek, reçeteye tabi ilaç satmak ya da başkasının hesabını kullanmak yasaktır.",
                "",
            ),
            (
                "Danışmanlığın sınırı",
                "Çevrim içi danışmanlık muayenenin yerine geçmez; tanı ve tedavi yetkili veteriner hekimin muayenesiyle yapılır.",
                "Acil durumda kliniğe git.",
            ),
            (
                "Değişiklik",
                "Yeni sürüm, yürürlük tarihinden önce yayımlanır. Yürürlüğe giren sürüm ayrıca kabul edilmedikçe hesap sahibini bağlamaz; kabul etmeyen kişi hesabını ücretsiz kapatabilir.",
                "Yeni sürümü ayrıca sorarız.",
            ),
            (
                "Uyuşmazlık",
                "Tüketici, parasal sınırlar içinde tüketici hakem heyetine ya da dava şartı olan arabuluculuğa başvurduktan sonra tüketici mahkemesine başvurabilir.",
                "",
            ),
        ],
    ),
    en=Paper(
        "Terms of use",
        "terms-of-use",
        "The contract you accept with an account: who answers for what.",
        [
            (
                "Parties and subject",
                "This contract is concluded between the company that runs Diji.vet and the person who opens an account, about the use of the platform.",
                "",
            ),
            (
                "Role of the platform",
                "For sales and services that sellers and providers offer in their own name the company is an intermediary; for what it sells in its own name it is the seller. Each transaction states which role applies.",
                "Each transaction says whom you buy from.",
            ),
            (
                "Account",
                "An account is personal and opened with true data. Its owner keeps the password secret; the company answers for the technical measures that protect the account.",
                "Share your password with nobody.",
            ),
            (
                "Use that is not accepted",
                "It is forbidden to upload unlawful content, to advertise the sale of animals, to sell prescription medicine or to use the account of someone else.",
                "",
            ),
            (
                "Limits of consultation",
                "Online consultation does not replace an examination; diagnosis and treatment need the examination of a licensed veterinarian.",
                "In an emergency go to a clinic.",
            ),
            (
                "Changes",
                "A new version is published before the day it begins. It does not bind the account’s owner until accepted separately; who does not accept may close the account free of charge.",
                "We ask you separately about a new version.",
            ),
            (
                "Disputes",
                "Within the money limits consumers may turn to the consumer arbitration committee or, after the mandatory mediation, to the consumer court.",
                "",
            ),
        ],
    ),
)

SALES = Document(
    key="mesafeli-satis",
    kind="contract",
    mode="publish",
    tr=Paper(
        "Mesafeli satış sözleşmesi",
        "mesafeli-satis",
        "Mağazadan alışverişte satıcıyla arandaki sözleşmenin genel metni. Siparişte sana ve satıcıya göre doldurulur.",
        [
            (
                "Taraflar",
                "Sözleşme, siparişte adı, adresi ve MERSİS numarası yazılı satıcı ile alıcı arasında kurulur. Şirket aracı hizmet sağlayıcıdır.",
                "Satıcının kim olduğu siparişte yazar.",
            ),
            (
                "Ön bilgilendirme",
                "Malın temel nitelikleri, tüm vergiler dâhil toplam bedel, teslimat ve öteki giderler, teslim süresi, cayma koşulları ve başvuru yolları ödeme yükümlülüğü doğmadan önce gösterilir ve ayrıca onaylanır.",
                "Toplamı ödemeden önce görürsün.",
            ),
            (
                "Teslim",
                "Mal, sipariş tarihinden itibaren en geç otuz gün içinde teslim edilir. Süre aşılırsa alıcı sözleşmeyi feshedebilir; ödenen tutar on dört gün içinde kanuni faiziyle geri verilir.",
                "30 günü geçerse vazgeçebilirsin.",
            ),
            (
                "Cayma hakkı",
                "Alıcı, malı teslim aldığı günden itibaren on dört gün içinde gerekçe göstermeden ve cezai şart ödemeden cayabilir. Bildirimin süre içinde gönderilmesi yeterlidir.",
                "14 gün, nedensiz.",
            ),
            (
                "Geri gönderme",
                "Alıcı malı cayma bildiriminden itibaren on gün içinde geri gönderir. Bildirilen taşıyıcı kullanıldığında iade kargosunu satıcı öder.",
                "İade kargosu satıcıdan.",
            ),
            (
                "Cayılamayan mallar",
                "Kişiye özel hazırlanan, çabuk bozulan ya da son kullanma tarihi geçebilecek olan, açıldığında sağlık ve hijyen bakımından iadesi uygun olmayan mallarda cayma hakkı kullanılamaz. Bu durum satın almadan önce ürün sayfasında yazar.",
                "İstisna varsa ürün sayfasında yazar.",
            ),
            (
                "Saklama",
                "Ön bilgilendirme ve sözleşme, onayın kaydıyla birlikte en az üç yıl saklanır ve alıcıya e-postayla gönderilir.",
                "",
            ),
        ],
    ),
    en=Paper(
        "Distance sales contract",
        "distance-sales",
        "The general text of the contract between you and a seller. It is filled in for each order.",
        [
            (
                "Parties",
                "The contract is concluded between the buyer and the seller whose name, address and MERSİS number stand in the order. The company is an intermediary.",
                "The order says who sells.",
            ),
            (
                "Information beforehand",
                "Main properties of the goods, the total price with all taxes, delivery and other costs, delivery time, terms of withdrawal and ways to complain are shown and confirmed separately before any duty to pay arises.",
                "You see the total before you pay.",
            ),
            (
                "Delivery",
                "Goods are delivered within thirty days of the order at the latest. After that the buyer may end the contract; what was paid is returned within fourteen days with legal interest.",
                "After 30 days you may step back.",
            ),
            (
                "Right of withdrawal",
                "The buyer may withdraw within fourteen days of delivery, without a reason and without a penalty. Sending the notice within that time is enough.",
                "14 days, no reason needed.",
            ),
            (
                "Sending back",
                "The buyer sends the goods back within ten days of the notice. The seller pays the return when the announced carrier is used.",
                "The seller pays the return.",
            ),
            (
                "Goods without withdrawal",
                "There is no withdrawal from goods made to measure, goods that perish or expire soon, and goods that for health and hygiene cannot be returned once opened. The product’s page says so before the purchase.",
                "An exception stands on the product’s page.",
            ),
            (
                "Keeping",
                "The information and the contract are kept for at least three years with the record of the confirmation and sent to the buyer by e-mail.",
                "",
            ),
        ],
    ),
)

REFUND = Document(
    key="iade",
    kind="contract",
    mode="notify",
    changes=(
        "Aynı gün iadenin ne zaman başlatılacağı yazıldı; cüzdan bakiyesinin süresinin dolmayacağı eklendi.",
        "It now says when a refund is started on the same day, and that wallet balances do not expire.",
    ),
    next_rows={
        1: (
            (
                "Aynı gün iade",
                "İptal edilen işlemin bedeli, iptalin yapıldığı takvim günü içinde, en geç iki saat sonra başlatılmak üzere, ödemede kullanılan yöntemle iade için gönderilir.",
                "Biz aynı gün göndeririz; hesabında ne zaman görüneceği bankana bağlıdır.",
            ),
            (
                "Refund on the same day",
                "The price of a cancelled transaction is sent back on the calendar day of the cancellation, started within two hours at the latest, by the method used to pay.",
                "We send it the same day; when it shows depends on your bank.",
            ),
        ),
        2: (
            (
                "Cüzdan",
                "Cüzdandan ödenen kısım, iptalle aynı anda bakiyeye eklenir ve süresi dolmaz.",
                "Cüzdan bakiyen hemen döner, kaybolmaz.",
            ),
            (
                "Wallet",
                "The part paid from the wallet is added to the balance at the moment of the cancellation and does not expire.",
                "Your balance is back at once and is not lost.",
            ),
        ),
    },
    tr=Paper(
        "İptal ve iade koşulları",
        "iade",
        "İptalde ve iadede paranın ne zaman, hangi yoldan döndüğü.",
        [
            (
                "Kapsam",
                "Bu koşullar platformda ödenen alışveriş ve hizmetlerin iptal ve iadesine uygulanır. Ödeme adımı açılana kadar uygulanacak bir işlem bulunmaz.",
                "Ödeme açılınca bu kurallarla çalışır.",
            ),
            (
                "Aynı gün iade",
                "İptal edilen işlemin bedeli, iptalin yapıldığı takvim günü içinde, ödemede kullanılan yöntemle iade için gönderilir.",
                "Biz aynı gün göndeririz; hesabında ne zaman görüneceği bankana bağlıdır.",
            ),
            (
                "Cüzdan",
                "Cüzdandan ödenen kısım, iptalle aynı anda bakiyeye eklenir.",
                "Cüzdan bakiyen hemen döner.",
            ),
            (
                "Hizmetlerde iptal",
                "Randevu, konaklama, bakım ve nakil hizmetleri başlama saatinden yirmi dört saat öncesine kadar ücretsiz iptal edilir. Sonrasında uygulanacak kesinti satın alma anında gösterilir ve artırılamaz.",
                "Ne kesileceğini ödemeden önce görürsün.",
            ),
            (
                "Hizmet verenin iptali",
                "Hizmeti veren iptal ederse bedelin tamamı iade edilir; kesinti uygulanmaz.",
                "",
            ),
            (
                "Yasal haklar",
                "Bu koşullar, tüketicinin kanundan doğan cayma hakkını ve öteki haklarını sınırlamaz. Cayma hâlinde ilk teslimat gideri dâhil ödenen tutar, ödeme yoluna en geç on dört gün içinde geri verilir.",
                "Kanunun verdiği hakların hepsi geçerli.",
            ),
        ],
    ),
    en=Paper(
        "Cancellation and refund terms",
        "refund",
        "When and how your money comes back after a cancellation or return.",
        [
            (
                "Scope",
                "These terms apply to cancelling and refunding purchases and services paid on the platform. Until payment opens there is nothing to apply them to.",
                "They apply once payment opens.",
            ),
            (
                "Refund on the same day",
                "The price of a cancelled transaction is sent back on the calendar day of the cancellation, by the method used to pay.",
                "We send it the same day; when it shows depends on your bank.",
            ),
            (
                "Wallet",
                "The part paid from the wallet is added to the balance at the moment of the cancellation.",
                "Your balance is back at once.",
            ),
            (
                "Cancelling services",
                "Appointments, stays, grooming and transport can be cancelled free of charge until twenty-four hours before they begin. What is kept after that is shown at the purchase and cannot be raised.",
                "You see what is kept before you pay.",
            ),
            (
                "Cancelled by the provider",
                "If the provider cancels, the whole price is returned; nothing is kept.",
                "",
            ),
            (
                "Rights by law",
                "These terms do not limit the right of withdrawal and other rights that consumers have by law. After a withdrawal what was paid, including the first delivery, is returned the same way within fourteen days.",
                "All rights the law gives you remain.",
            ),
        ],
    ),
)

COMMISSION = Document(
    key="komisyon",
    kind="contract",
    mode="publish",
    tr=Paper(
        "Komisyon koşulları",
        "komisyon",
        "Satıcı ve hizmet verenlerden alınan komisyonun kuralları. Oranlar ayrı tabloda yayımlanır.",
        [
            (
                "Kapsam",
                "Bu koşullar platformda satış yapan ya da hizmet veren işletmelere uygulanır. Hayvan ebeveynlerinden komisyon alınmaz.",
                "Komisyonu işletme öder.",
            ),
            (
                "Ne zaman alınır",
                "Komisyon yalnızca tamamlanan işlemden, hizmetin ya da teslimin tamamlandığı anda geçerli olan oranla hesaplanır; sonradan değişen oran tamamlanmış işleme uygulanmaz.",
                "Eski işlem eski oranla kalır.",
            ),
            (
                "Oranlar",
                "Oranlar modüllere göre, yürürlük tarihleriyle birlikte tek bir tabloda yayımlanır. Tabloda oran bulunmayan modülde komisyon alınmaz.",
                "Tabloda yoksa kesinti yok.",
            ),
            (
                "İptal ve iade",
                "İptal ya da iade edilen işlemin komisyonu aynı oranda geri verilir.",
                "İşlem dönerse komisyon da döner.",
            ),
            (
                "Değişiklik",
                "Oran değişikliği yürürlük tarihinden önce panelde ve bu bölümde duyurulur.",
                "",
            ),
        ],
    ),
    en=Paper(
        "Commission terms",
        "commission",
        "The rules of the commission that sellers and providers pay. Rates are published in their own table.",
        [
            (
                "Scope",
                "These terms apply to businesses that sell or offer services on the platform. Pet parents pay no commission.",
                "Businesses pay the commission.",
            ),
            (
                "When it is taken",
                "Commission is taken from completed transactions only, at the rate in force when the service or delivery was completed; a later change does not touch completed transactions.",
                "Older transactions keep their rate.",
            ),
            (
                "Rates",
                "Rates are published by module with the dates they are in force, in one table. In a module without a rate no commission is taken.",
                "Not in the table means nothing is kept.",
            ),
            (
                "Cancellation and refund",
                "The commission of a cancelled or refunded transaction is returned in the same proportion.",
                "If the money goes back, so does the commission.",
            ),
            (
                "Changes",
                "A change of rates is announced in the panel and in this section before it begins.",
                "",
            ),
        ],
    ),
)

INFORMATION = Document(
    key="on-bilgilendirme",
    kind="form",
    mode="publish",
    tr=Paper(
        "Ön bilgilendirme formu",
        "on-bilgilendirme",
        "Siparişten önce bilmen gerekenlerin genel metni. Siparişte satıcı, ürün ve bedelle doldurulur.",
        [
            (
                "Bilgilendirme",
                "Satıcının kimliği, malın temel nitelikleri, tüm vergiler dâhil toplam bedel, teslimat gideri ve teslim süresi yukarıda yazılıdır. Sipariş verildiğinde ödeme yükümlülüğü doğar.",
                "Onaydan önce hepsini görürsün.",
            ),
            (
                "Cayma hakkı",
                "Alıcı, malı teslim aldığı günden itibaren on dört gün içinde gerekçe göstermeden ve cezai şart ödemeden cayabilir. Bildirimin bu süre içinde satıcıya yöneltilmesi yeterlidir; örnek cayma formu ektedir.",
                "14 gün, nedensiz.",
            ),
            (
                "Cayma hakkının kullanılamadığı mallar",
                "Yanında açıkça yazılı olan mallarda, orada yazılı nedenle cayma hakkı kullanılamaz.",
                "",
            ),
            (
                "Geri gönderme ve bedelin iadesi",
                "Alıcı malı cayma bildiriminden itibaren on gün içinde geri gönderir. Satıcının bildirdiği taşıyıcı kullanıldığında iade kargosunu satıcı öder. Teslimat gideri dâhil bütün bedel, en geç on dört gün içinde ödeme aracına geri verilir.",
                "İade kargosu satıcıdan.",
            ),
            (
                "Şikâyet ve uyuşmazlık",
                "Şikâyetler destek sayfasından iletilir. Parasal sınırlar içinde tüketici hakem heyetine başvurulur; bu sınırların üzerindeki uyuşmazlıklarda, dava açmadan önce arabulucuya başvurulması zorunludur.",
                "Önce arabulucu.",
            ),
        ],
    ),
    en=Paper(
        "Pre-information form",
        "pre-information",
        "The general text of what you have to know before you order. It is filled in for each order.",
        [
            (
                "Information",
                "Who sells, the main properties of the goods, the total price with all taxes, the cost and time of delivery stand above. An order creates a duty to pay.",
                "You see all of it before you confirm.",
            ),
            (
                "Right of withdrawal",
                "The buyer may withdraw within fourteen days of delivery, without a reason and without a penalty. Sending the notice within that time is enough; a model form is attached.",
                "14 days, no reason needed.",
            ),
            (
                "Goods without withdrawal",
                "Where it says so beside the goods, there is no withdrawal, for the reason named there.",
                "",
            ),
            (
                "Sending back and refund",
                "The buyer sends the goods back within ten days of the notice. The seller pays the return when the carrier it names is used. All that was paid, delivery included, is returned within fourteen days the way it was paid.",
                "The seller pays the return.",
            ),
            (
                "Complaints and disputes",
                "Complaints go to the support page. Within the limits of value the consumer arbitration committee decides; above them a mediator has to be tried before going to court.",
                "A mediator first.",
            ),
        ],
    ),
)

WITHDRAWAL = Document(
    key="cayma-formu",
    kind="form",
    mode="publish",
    tr=Paper(
        "Örnek cayma formu",
        "cayma-formu",
        "Yalnızca sözleşmeden caymak istediğinde doldurup gönderirsin.",
        [
            (
                "Cayma bildirimi",
                "Bu formla, aşağıda yazılı malların satışına ilişkin sözleşmeden cayma hakkımı kullandığımı bildiririm.",
                "",
            ),
        ],
    ),
    en=Paper(
        "Model form of withdrawal",
        "withdrawal-form",
        "Fill it in and send it only if you want to withdraw from the contract.",
        [
            (
                "Notice of withdrawal",
                "With this form I give notice that I withdraw from the contract of sale of the goods named below.",
                "",
            ),
        ],
    ),
)

CONSULTATION = Document(
    key="danismanlik-bilgilendirme",
    kind="form",
    mode="publish",
    tr=Paper(
        "Online danışmanlık bilgilendirmesi",
        "online-danismanlik-bilgilendirmesi",
        "Görüntülü danışmanlık nedir, ne değildir; ne zaman beklemeden kliniğe gidilir.",
        [
            (
                "Danışmanlıktır, muayene değildir",
                "Online görüşme danışmanlık hizmetidir ve muayenenin yerine geçmez. Hayvana dokunulmadan, ölçüm ve tahlil yapılmadan verilen bilgi, gösterilen ve anlatılanla sınırlıdır.",
                "Tavsiye alırsın; muayene yerine geçmez.",
            ),
            (
                "Tanı ve reçete yoktur",
                "Görüşmede tanı konulmaz, reçete düzenlenmez, ilaç adı ve dozu verilmez. İlaç gerektiren durumda veteriner hekim hayvanı muayene etmek üzere kliniğe yönlendirir.",
                "İlaç ve doz ekrandan verilmez.",
            ),
            (
                "Acil belirtiler",
                "Nefes darlığı, durmayan kanama, nöbet, zehirlenme, idrar yapamama ve benzeri belirtilerde görüşme beklenmez; en yakın açık kliniğe gidilir.",
                "Acilde bekleme, kliniğe git.",
            ),
            (
                "Ne saklanır",
                "Görüntü ve ses tarayıcıdan tarayıcıya iletilir, kaydedilmez. Odaya giriş ve çıkış zamanları ile yazışma iki yıl, görüşme özeti randevu kaydı boyunca saklanır. Özet hayvanın dosyasına yazılır ve sahibine iletilir.",
                "Görüntü ve ses kaydedilmez; yazı ve özet saklanır.",
            ),
            (
                "Hekim gelmezse",
                "Başlangıçtan on dakika sonra işletmeden kimse odaya girmemişse, odada bekleyen kişi bunu bildirir; ödenen tutarın tamamı geri gönderilir.",
                "Kimse gelmezse paranın tamamı geri gelir.",
            ),
        ],
    ),
    en=Paper(
        "Notice on online consultations",
        "online-consultation-notice",
        "What a consultation by video is and is not, and when to go to a clinic without waiting.",
        [
            (
                "Advice, not an examination",
                "An online consultation is advice and does not replace an examination. What is said rests on what is shown and told, without touching the animal, measuring or testing.",
                "You get advice; it is no examination.",
            ),
            (
                "No diagnosis and no prescription",
                "No diagnosis is made, nothing is prescribed, no medicine and no dose is named. Where a medicine may be needed the vet sends the animal to a clinic.",
                "No medicine and no dose by video.",
            ),
            (
                "Signs of an emergency",
                "With trouble breathing, bleeding that does not stop, a seizure, poisoning, no urine and the like nobody waits for a talk: go to the nearest open clinic.",
                "In an emergency do not wait, go.",
            ),
            (
                "What is kept",
                "Picture and sound go from browser to browser and are not recorded. Times of entering and leaving and what is written are kept for two years, the summary as long as the record of the appointment. The summary is written into the file of the animal and sent to its owner.",
                "Picture and sound are not recorded; text and summary are kept.",
            ),
            (
                "If nobody comes",
                "When nobody of the business has entered the room ten minutes after the start, whoever waits there says so, and all that was paid is sent back.",
                "If nobody comes all of your money goes back.",
            ),
        ],
    ),
)

DOCUMENTS = [
    KVKK,
    PRIVACY,
    COOKIES,
    TERMS,
    SALES,
    REFUND,
    COMMISSION,
    INFORMATION,
    WITHDRAWAL,
    CONSULTATION,
]
