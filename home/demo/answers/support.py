"""Teknik destek ve güvenlik."""

from home.demo.texts import Answer, Category, Words, bullets, clause, heading, notice, steps, text

REPLY = Answer(
    key="destek-suresi",
    related=["hesap-kapatma", "planli-bakim"],
    claims=["support.one_message_away", "support.reply_in_time"],
    tr=Words(
        title="Destek talebi açınca ne kadar sürede dönüş alırım?",
        slug="destek-suresi",
        summary="Önceliğine göre en geç 24 saat, acil durumda çok daha önce. Saati sen de görürsün.",
        synonyms="yardım, müşteri hizmetleri, iletişim, telefon, yanıt süresi, ticket, acil, şikayet, canlı destek, size nasıl ulaşırım",
        responsible="Destek ekibi",
        body=[
            text(
                "Süre, bir insanın yazdığı ilk yanıta kadar sayılır; otomatik “talebini aldık” iletisi saati durdurmaz. "
                "Hafta sonu ve tatiller de süreye dahildir."
            ),
            bullets(
                "<b>Acil:</b> ayrı ve en önde duran bir sıra; nöbetçiye haber gider.",
                "<b>Yüksek:</b> iş yapmanı engelleyen sorunlar.",
                "<b>Olağan ve düşük:</b> sorular, öneriler, düzeltmeler.",
            ),
            heading("Süre aşılırsa?"),
            text(
                "Talep kendiliğinden başka bir çalışana geçer ve ekip lideri haber alır. Saati sen de görürsün."
            ),
            notice(
                "warn",
                "Hayvanının hayatı tehlikedeyse destek talebi açma, bekleme: en yakın açık kliniği ara ya da oraya git.",
            ),
            ("live", "support.first_reply"),
            text(
                "Her yanıtın altındaki “Destek bir mesaj uzağında” bağlantısından, üye olmadan da yazabilirsin. "
                "Talebin numarası ve bağlantısı e-postana gelir; yanıtı e-postadan da sürdürürsün."
            ),
        ],
    ),
    en=Words(
        title="How soon do I hear back from support?",
        slug="support-times",
        summary="By priority within 24 hours at most, in emergencies far sooner. You see the clock as well.",
        synonyms="help, customer service, contact, phone, reply time, ticket, urgent, complaint, live chat, reach you",
        responsible="Support team",
        body=[
            text(
                "The clock runs until the first reply written by a person; an automatic “we got your request” does not "
                "stop it. Weekends and holidays count too."
            ),
            bullets(
                "<b>Emergency:</b> a queue of its own, in front of all others; the person on call is told.",
                "<b>High:</b> problems that keep you from working.",
                "<b>Normal and low:</b> questions, ideas, corrections.",
            ),
            heading("What if it takes longer?"),
            text(
                "The ticket moves to someone else by itself and the lead of the team is told. You see the clock as well."
            ),
            notice(
                "warn",
                "If your pet’s life is in danger, do not open a ticket and do not wait: call or visit the nearest open clinic.",
            ),
            ("live", "support.first_reply"),
            text(
                "Write from the link “Support is one message away” under each answer, also without an account. The "
                "number and the link of your request come by e-mail, and you can go on by e-mail, too."
            ),
        ],
    ),
)

DATA = Answer(
    key="veri-guvenligi",
    related=["sifre", "hesap-kapatma", "api"],
    claims=["legal.privacy_pages_open", "legal.versions_unchanged", "accounts.data_requests"],
    tr=Words(
        title="Verilerim nasıl korunuyor?",
        slug="veri-guvenligi",
        summary="Bağlantı şifreli, yetkiler rollerle sınırlı, şifren okunamaz biçimde saklanır. KVKK ve gizlilik "
        "metinleri her sayfanın altında.",
        synonyms="kvkk, gizlilik, güvenlik, ssl, tls, kişisel veri, sızma testi, veri silme, gdpr, çerez",
        responsible="Güvenlik ekibi",
        body=[
            text("Korumanın çoğu görünmez; bu yüzden ne yaptığımızı tek tek yazıyoruz."),
            bullets(
                "<b>Yolda:</b> yayındaki site yalnızca şifreli bağlantıyla (TLS) açılır.",
                "<b>Kapıda:</b> şifreni geri çevrilemeyen bir özetle saklarız; biz de okuyamayız.",
                "<b>İçeride:</b> herkes yalnızca rolünün gerektirdiğini görür. Başkasına ait bir kaydın adresi tahmin "
                "edilse bile “bulunamadı” yanıtı gelir.",
                "<b>Sayfada:</b> tarayıcına yalnızca bizim sunucumuzdan gelen kodu çalıştırmasını söyleriz. Başka "
                "şirketlerin izleme kodu yok.",
            ),
            heading("Haklarım neler?"),
            text(
                "Verinin bir kopyasını isteyebilir, yanlışını düzelttirebilir, silinmesini isteyebilirsin. Yasanın "
                "saklamamızı istediği belgeler bunun dışındadır; hangileri olduğunu sana yazarız. Hepsi "
                "<b>Hesap > Verilerim</b> altında."
            ),
            clause("kvkk", 1, "kvkk-7"),
            notice(
                "info",
                "KVKK aydınlatma metni ve gizlilik politikası yayında; bugün örnek metinlerdir ve hukukçu onayı bekler. Sızma testi kayıtları hazırlanıyor.",
            ),
        ],
    ),
    en=Words(
        title="How is my data protected?",
        slug="data-protection",
        summary="Connections are encrypted, rights follow roles, and your password is stored unreadable. The privacy "
        "texts stand at the foot of every page.",
        synonyms="privacy, security, ssl, tls, personal data, penetration test, delete data, gdpr, cookies, kvkk",
        responsible="Security team",
        body=[
            text("Most protection is invisible, so we write down what we do, point by point."),
            bullets(
                "<b>On the way:</b> the public site opens over encrypted connections (TLS) only.",
                "<b>At the door:</b> we keep a one-way digest of your password; we cannot read it either.",
                "<b>Inside:</b> people see only what their role needs. Even a guessed address of someone else’s record "
                "answers “not found”.",
                "<b>On the page:</b> we tell your browser to run only code from our own server. There are no trackers of "
                "other companies.",
            ),
            heading("What are my rights?"),
            text(
                "You can ask for a copy of your data, have mistakes corrected and ask for deletion. Documents the law "
                "obliges us to keep are exempt; we tell you which they are. All of it is under <b>Account > My data</b>."
            ),
            clause("kvkk", 1, "kvkk-7"),
            notice(
                "info",
                "The personal data notice and the privacy policy are published; today they are samples that wait for counsel. Records of penetration tests are being prepared.",
            ),
        ],
    ),
)

MAINTENANCE = Answer(
    key="planli-bakim",
    related=["yenilikler", "resmi-duyurular", "destek-suresi"],
    claims=["upkeep.told_48_hours_ahead"],
    tr=Words(
        title="Planlı bakımlar ne zaman duyuruluyor?",
        slug="planli-bakim",
        summary="En az 48 saat önce, hem panelde hem e-postayla. Başlamasına bir gün ve bir saat kala hatırlatırız.",
        synonyms="kesinti, site açılmıyor, çalışmıyor, erişim sorunu, bakım çalışması, sunucu, durum sayfası",
        responsible="Altyapı ekibi",
        body=[
            text(
                "Planlı bakımı 48 saatten daha geç duyurmak sistemde mümkün değil: başlangıcına 48 saatten az kalmış bir "
                "bakım planlı olarak kaydedilemez. Öne alınan ya da uzatılan bakım için süre baştan başlar; yetişmiyorsa adı "
                "plansız olur ve öyle söylenir."
            ),
            ("live", "upkeep.windows"),
            heading("Bakım duyurusunda ne yazar?"),
            bullets(
                "Başlangıç ve bitiş saati, Türkiye saatiyle.",
                "Hangi bölümün okunur kalacağı, hangisinin duracağı.",
                "Bakımdan önce bitirmende yarar olan işler.",
            ),
            heading("Bakım sırasında"),
            text(
                "Kapalı bir sayfayı açarsan bitiş saatini söyleyen bir sayfa görürsün; okunur kalan bölümleri gezebilirsin. "
                "Gönderdiğin form o sayfada bekler, sonra yeniden gönderirsin. Sepetin ve kayıtların yerinde durur."
            ),
            text(
                "Durum sayfası her zaman açıktır: neyin çalıştığını, geçmişi ve sıradaki bakımı orada görür, takvimine "
                "eklersin. Beklenmedik kesintileri de oraya yazarız; bunlara önceden haber verilmiş demeyiz."
            ),
        ],
    ),
    en=Words(
        title="When is planned maintenance announced?",
        slug="planned-maintenance",
        summary="At least 48 hours ahead, both in the panel and by e-mail. We remind you a day and an hour before it "
        "begins.",
        synonyms="outage, site down, not working, access problem, downtime, server, status page",
        responsible="Infrastructure team",
        body=[
            text(
                "Announcing planned maintenance later than 48 hours ahead is not possible in the system: a window that "
                "starts sooner cannot be recorded as planned. If it is moved forward or made longer, the time begins anew; "
                "if there is not enough left, it is called unplanned."
            ),
            ("live", "upkeep.windows"),
            heading("What does an announcement say?"),
            bullets(
                "When it begins and ends, in the time of Türkiye.",
                "Which part can still be read and which stops.",
                "What is good to finish before.",
            ),
            heading("During maintenance"),
            text(
                "A closed page tells you when it will be back; what can be read stays open. A form you send waits in that "
                "page, and you send it again later. Your basket and your records stay where they are."
            ),
            text(
                "The status page is always open: it shows what works, what was and what comes next, for your calendar too. "
                "Unexpected outages stand there as well; we never say that they were announced."
            ),
        ],
    ),
)

API = Answer(
    key="api",
    audiences=["clinic", "partner"],
    claims=["api.content"],
    related=["kimler-kullanabilir", "veri-guvenligi"],
    tr=Words(
        title="API veya entegrasyon desteğiniz var mı?",
        slug="api-ve-entegrasyon",
        summary="Yardım içeriği bugün herkese açık bir REST API ile okunur. İş ortakları için ikinci API hazırlanıyor.",
        synonyms="rest, json, webhook, geliştirici, entegrasyon, dokümantasyon, muhasebe programı, yazılım, bağlantı",
        responsible="Entegrasyon ekibi",
        body=[
            text("İki ayrı kapı var; biri açık, biri hazırlanıyor."),
            heading("İçerik API’si: açık"),
            text(
                "Bu sitedeki sayfalar <b>/api/content/v2/pages/</b> adresinden JSON olarak okunur. Anahtar gerekmez. "
                "Örneğin Türkçe sorular için <b>?type=faq.QuestionPage&amp;locale=tr</b>, kliniklere yönelik olanlar için "
                "<b>&amp;audience=clinic</b> ekle. Yanıt ETag taşır; içerik değişmediyse yeniden indirmen gerekmez."
            ),
            heading("İş ortağı API’si: hazırlanıyor"),
            steps(
                "“Dokümantasyon” sayfasından erişim isteyeceksin.",
                "Önce deneme ortamının anahtarını alacak, çağrılarını orada deneyeceksin.",
                "İncelemeden sonra yalnızca istediğin kapsamlarla canlı anahtar verilecek.",
            ),
            notice("info", "İş ortağı API’si, “Dokümantasyon” sayfası ve erişim formu hazırlanıyor."),
        ],
    ),
    en=Words(
        title="Do you offer an API or integrations?",
        slug="api-and-integrations",
        summary="The help content can be read by anyone through a REST API today. A second one for partners is being "
        "prepared.",
        synonyms="rest, json, webhook, developer, integration, documentation, accounting software, connect",
        responsible="Integration team",
        body=[
            text("There are two doors: one is open, one is being prepared."),
            heading("Content API: open"),
            text(
                "The pages of this site can be read as JSON at <b>/api/content/v2/pages/</b>. No key is needed. Add "
                "<b>?type=faq.QuestionPage&amp;locale=en</b> for the questions in English, for example, and "
                "<b>&amp;audience=clinic</b> for those meant for clinics. Answers carry an ETag; what has not changed "
                "need not be downloaded again."
            ),
            heading("Partner API: being prepared"),
            steps(
                "You will ask for access on the “Documentation” page.",
                "First you get a key for the sandbox and try your calls there.",
                "After a review you get a live key with exactly the scopes you asked for.",
            ),
            notice(
                "info", "The partner API, the “Documentation” page and the request form are being prepared."
            ),
        ],
    ),
)

CATEGORY = Category(
    key="teknik-destek-ve-guvenlik",
    tone="transfer",
    icon="shield-check",
    tr=Words(
        "Teknik destek ve güvenlik",
        "teknik-destek-ve-guvenlik",
        "Destek, verilerin, bakımlar ve entegrasyon.",
    ),
    en=Words("Support and security", "support", "Support, your data, maintenance and integrations."),
    answers=[REPLY, DATA, MAINTENANCE, API],
)
