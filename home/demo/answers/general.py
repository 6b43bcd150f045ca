"""Genel bilgiler."""

from home.demo.texts import Answer, Category, Words, bullets, heading, notice, steps, text

MODULES = Answer(
    key="moduller",
    related=["kimler-kullanabilir", "yenilikler", "komisyon"],
    claims=["teams.modules_obeyed"],
    tr=Words(
        title="Diji.vet’te hangi modüller var?",
        slug="moduller",
        summary="Beş modül var: randevu, online danışmanlık, transfer, fon ve mağaza. Hazır olanı panelinden açıp "
        "kapatırsın.",
        synonyms="özellik, hizmet, bölüm, neler yapabilirim, ne işe yarar, randevu almak, görüntülü görüşme, nakil",
        responsible="Ürün ekibi",
        body=[
            text(
                "Diji.vet’i tek bir karne gibi düşün. Hayvanınla ilgili işler ayrı sayfalarda durur ama aynı "
                "hesaptan açılır. Beş modül var:"
            ),
            bullets(
                "<b>Randevu:</b> klinik, kuaför, otel ve eğitmen saatleri.",
                "<b>Online danışmanlık:</b> veterinerle görüntülü görüşme. Bilgi alırsın; muayene yerine geçmez.",
                "<b>Transfer:</b> hayvanının kapıdan kapıya yolculuğu.",
                "<b>Fon:</b> kendi hayvanın için birikim; yalnızca doğrulanmış klinikte harcanır.",
                "<b>Mağaza:</b> mama, kum, oyuncak ve bakım ürünleri.",
            ),
            heading("Bugün hangisi nerede açık?"),
            text(
                "Liste, panellerin kendisinden okunur; bir modülün sayfası açıldığı anda burada da değişir:"
            ),
            ("live", "teams.modules"),
            heading("Hepsini kullanmam gerekiyor mu?"),
            text(
                "Hayır. Modülleri kişi ya da işletme olarak sen seçersin. Kapalı tuttuğun modülün menüsü ve sayfaları "
                "görünmez, bildirimi gelmez; içindekiler silinmez."
            ),
            steps(
                "Giriş yap, menüden <b>Modüller</b> sayfasını aç. İşletmen için işletme panelindekini kullan.",
                "Anahtarına basarak modülü aç ya da kapat. Hazırlanan modülün henüz anahtarı yoktur.",
            ),
        ],
    ),
    en=Words(
        title="Which modules does Diji.vet have?",
        slug="modules",
        summary="There are five: appointments, online consultation, transfer, fund and store. You switch those that "
        "are ready on and off in your panel.",
        synonyms="features, services, sections, what can I do, book a visit, video call, pet transport",
        responsible="Product team",
        body=[
            text(
                "Think of Diji.vet as one booklet for your pet. Each matter has its own page, and all of them open "
                "from the same account. There are five modules:"
            ),
            bullets(
                "<b>Appointments:</b> hours of clinics, groomers, hotels and trainers.",
                "<b>Online consultation:</b> a video call with a veterinarian. You get advice; it does not replace "
                "an examination.",
                "<b>Transfer:</b> your pet’s journey from door to door.",
                "<b>Fund:</b> savings for your own pet, spent only at a verified clinic.",
                "<b>Store:</b> food, litter, toys and care products.",
            ),
            heading("Which one is open where today?"),
            text(
                "This list is read from the panels themselves; it changes the moment a module gets its page:"
            ),
            ("live", "teams.modules"),
            heading("Do I have to use all of them?"),
            text(
                "No. You choose modules as a person or as a business. A module you keep off shows no menu and no "
                "pages and sends no notices; nothing in it is deleted."
            ),
            steps(
                "Sign in and open <b>Modules</b> in the menu. For your business use the one in its panel.",
                "Press a switch to turn a module on or off. A module that is being prepared has no switch yet.",
            ),
        ],
    ),
)

NEWS = Answer(
    key="yenilikler",
    related=["resmi-duyurular", "planli-bakim"],
    claims=["notifications.announcement_told", "newsletter.to_confirmed_once"],
    tr=Words(
        title="Yenilikleri nasıl takip ederim?",
        slug="yenilikler",
        summary="Yenilik, panelinde bildirim olarak durur; istersen e-postayla da gelir. Aylık bültene abone "
        "olabilirsin.",
        synonyms="haber, bülten, newsletter, güncelleme, sosyal medya, e-bülten aboneliği, duyuru takip",
        responsible="İletişim ekibi",
        body=[
            text("Bir özellik açıldığında onu üç yoldan öğrenmeni istiyoruz:"),
            bullets(
                "<b>Panel bildirimi:</b> her resmî duyuru, ilgilendirdiği herkesin panelinde bir kez durur. Yalnız "
                "klinikler için yazılan duyuru hayvan ebeveynine gitmez. Duyuruları e-postayla da almak istersen "
                "“Hesap > Bildirim tercihleri”nden aç: ister hemen, ister günde bir özet olarak.",
                "<b>Aylık bülten:</b> ayda bir e-posta; yalnızca o ayın yenilikleri. Her sayfanın altından ya da "
                "“Hesap > Ayarlar > Bülten”den abone ol, gelen bağlantıyla onayla. Onaylamayana göndermeyiz, tek "
                "tıkla çıkarsın.",
                "<b>Sosyal medya:</b> aynı haberin kısa hâli. Resmî kaynak her zaman bu sitedir.",
            ),
            notice(
                "info",
                "Onaylamadığın sürece sana tanıtım e-postası göndermiyoruz. Çıktığın an, yola çıkmakta olan sayı da "
                "gelmez.",
            ),
            heading("Son sayılar"),
            ("live", "newsletter.issues"),
            heading("Bugün nereye bakayım?"),
            text(
                "Her yanıtın altında son güncelleme tarihi yazar. Bir modül açıldığında önce ilgili yanıt değişir, "
                "tarih de onunla birlikte ilerler. Bölümlerin son hâli:"
            ),
            ("live", "faq.contents"),
        ],
    ),
    en=Words(
        title="How do I keep up with what is new?",
        slug="whats-new",
        summary="News stands in your panel as a notice; by e-mail too, if you wish. You can subscribe to the monthly "
        "newsletter.",
        synonyms="news, newsletter, updates, social media, subscribe, follow announcements",
        responsible="Communication team",
        body=[
            text("We want you to hear about a new feature in three ways:"),
            bullets(
                "<b>Panel notice:</b> each official announcement stands once in the panel of everyone it concerns. "
                "What is written for clinics only does not go to pet parents. If you want announcements by e-mail "
                "too, turn them on under “Account > Notification preferences”: at once or as a daily digest.",
                "<b>Monthly newsletter:</b> one e-mail a month, only with that month’s news. Subscribe at the foot of "
                "any page or under “Account > Settings > Newsletter” and confirm with the link we send. Without your "
                "confirmation we send nothing, and you leave with one click.",
                "<b>Social media:</b> the same news in short. The official source is always this site.",
            ),
            notice(
                "info",
                "As long as you have not confirmed, we send you no promotional e-mail. From the moment you leave, not "
                "even an issue that is just going out reaches you.",
            ),
            heading("Latest issues"),
            ("live", "newsletter.issues"),
            heading("Where do I look today?"),
            text(
                "Each answer carries the date of its last update. When a module opens, its answer changes first and "
                "the date moves with it. The sections as they are now:"
            ),
            ("live", "faq.contents"),
        ],
    ),
)

WHO = Answer(
    key="kimler-kullanabilir",
    related=["moduller", "ekip-uyesi", "api"],
    claims=["teams.panels_apart"],
    tr=Words(
        title="Platformu kimler kullanabilir?",
        slug="kimler-kullanabilir",
        summary="Hayvan ebeveynleri, klinikler, bakım işletmeleri ve mağazalar. Herkes tek hesapla girer, kendi "
        "panelini açar.",
        synonyms="üyelik, üye olmak, veteriner hekim, klinik sahibi, pet kuaförü, otel, eğitmen, satıcı, kimin için",
        responsible="Ürün ekibi",
        body=[
            text(
                "Diji.vet’i iki taraf için kuruyoruz: hayvanına bakanlar ve bu işi meslek edinenler. Herkes tek bir "
                "kişi hesabıyla başlar."
            ),
            bullets(
                "<b>Hayvan ebeveynleri:</b> randevu alır, görüntülü danışır, nakil ister; mağazadan alışveriş eder. Hepsi panelinde durur. Mağazadan hesapsız da alabilirsin.",
                "<b>Klinikler ve hekimler:</b> takvim, ekip ve belgeleri kendi panellerinden yürütür.",
                "<b>Kuaför, otel, eğitmen ve taşıyıcılar:</b> kendi hizmetine göre sadeleşmiş bir panel görür.",
                "<b>Mağazalar:</b> ürün, stok, sipariş ve iadesini satıcı panelinden yönetir.",
            ),
            heading("Birden çok rolüm varsa?"),
            text(
                "Hem kedisi olan hem klinikte çalışan biri için ikinci hesap gerekmez. Aynı hesapla girer, paneller "
                "arasında geçersin; kimse yetkisi olmayan paneli göremez."
            ),
            notice(
                "info",
                "İşletme panellerinde takvim, ekip, modüller, belgeler ve mağaza açık. Fon hazırlanıyor.",
            ),
        ],
    ),
    en=Words(
        title="Who can use the platform?",
        slug="who-can-use-it",
        summary="Pet parents, clinics, care businesses and shops. Everyone signs in with one account and opens the "
        "panel that is theirs.",
        synonyms="membership, sign up, veterinarian, clinic owner, groomer, hotel, trainer, seller, who is it for",
        responsible="Product team",
        body=[
            text(
                "We build Diji.vet for two sides: people who care for a pet and people who do so for a living. "
                "Everyone starts with one personal account."
            ),
            bullets(
                "<b>Pet parents:</b> book, consult by video, ask for a transfer and buy in the store; all of it stands in their panel. You can buy without an account, too.",
                "<b>Clinics and veterinarians:</b> run calendar, team and documents in a panel of their own.",
                "<b>Groomers, hotels, trainers and carriers:</b> see a panel cut down to their own services.",
                "<b>Shops:</b> manage products, stock, orders and returns in the seller panel.",
            ),
            heading("What if I have several roles?"),
            text(
                "Someone who has a cat and works in a clinic needs no second account. You sign in once and switch "
                "between panels; nobody sees a panel without the right to it."
            ),
            notice(
                "info",
                "In the panels of businesses calendar, team, modules, documents and store are open. The fund is being prepared.",
            ),
        ],
    ),
)

OFFICIAL = Answer(
    key="resmi-duyurular",
    related=["yenilikler", "planli-bakim", "veri-guvenligi"],
    claims=["blog.announcements_everywhere", "notifications.announcement_told", "legal.versions_unchanged"],
    tr=Words(
        title="Resmî duyurular nerede yayımlanıyor?",
        slug="resmi-duyurular",
        summary="Resmî duyurunun tek kaynağı diji.vet’tir: blogda, panelindeki bildirimlerde ve hukuk bölümünde durur.",
        synonyms="açıklama, basın, sözleşme değişikliği, koşullar değişti, yasal metin, kvkk değişikliği, blog",
        responsible="İletişim ekibi",
        body=[
            text(
                "Bir duyuru bir kez yazılır ve aynı hâliyle üç yerde görünür: blogda herkese, panelde ilgili "
                "kişilere, hukuk bölümünde de bir metin değişmişse sürüm notu olarak. Kural bu; böylece iki yerde iki "
                "farklı cümle kalmaz."
            ),
            heading("Geri çekilen duyuru ne olur?"),
            text(
                "Silmeyiz. Üç yerde birden “geri çekildi” diye işaretleriz, ne zaman ve neden olduğunu yazarız."
            ),
            heading("Gerçek olduğunu nasıl anlarım?"),
            steps(
                "Adres çubuğunda <b>diji.vet</b> yazdığına bak.",
                "Duyuruyu e-postadaki bağlantıdan değil, siteyi kendin açarak bul.",
                "Şifreni, doğrulama kodunu ya da kart bilgini isteyen mesaja yanıt verme; biz bunları istemeyiz.",
            ),
            notice(
                "info",
                "Hukuk bölümünün bağlantıları her sayfanın altında; bildirimlerin panelinde, çan işaretinin ardında.",
            ),
            heading("Son duyurular"),
            ("live", "blog.announcements"),
        ],
    ),
    en=Words(
        title="Where are official announcements published?",
        slug="official-announcements",
        summary="The one source of official announcements is diji.vet: the blog, the notices in your panel and the "
        "legal section.",
        synonyms="statement, press, contract change, terms changed, legal text, privacy change, blog",
        responsible="Communication team",
        body=[
            text(
                "An announcement is written once and appears unchanged in three places: in the blog for everyone, in "
                "the panel for those it concerns, and in the legal section as a version note if a text has changed. "
                "That is the rule, so two places never carry two different sentences."
            ),
            heading("What happens to a withdrawn announcement?"),
            text("We do not delete it. We mark it as withdrawn in all three places and write when and why."),
            heading("How do I know that it is real?"),
            steps(
                "Check that the address bar says <b>diji.vet</b>.",
                "Open the site yourself instead of following a link in an e-mail.",
                "Do not answer a message that asks for your password, a code or card details; we never ask for them.",
            ),
            notice(
                "info",
                "The links of the legal section stand at the foot of every page; your notices are in your panel, behind the bell.",
            ),
            heading("Latest announcements"),
            ("live", "blog.announcements"),
        ],
    ),
)

CATEGORY = Category(
    key="genel-bilgiler",
    tone="visit",
    icon="book-open",
    tr=Words("Genel bilgiler", "genel-bilgiler", "Diji.vet nedir, kimler için, yenilik nereden öğrenilir."),
    en=Words("General information", "general", "What Diji.vet is, who it is for and where to hear the news."),
    answers=[MODULES, NEWS, WHO, OFFICIAL],
)
