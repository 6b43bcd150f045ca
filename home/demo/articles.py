"""Texts of the demo blog: general care for animals, and what holds for the platform today.

Authors are roles. Texts about care are general on purpose and say when a veterinarian is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .texts import Words, bullets, heading, notice, steps, text


@dataclass(frozen=True)
class Post:
    """`days` is the age at loading; announcements are of today, since they are told when they are published."""

    key: str
    author: str
    scene: str
    colour: str
    alt: dict[str, str]
    tr: Words
    en: Words
    tags: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    days: int = 0
    official: bool = False


INDEX = {
    "tr": {
        "title": "Blog",
        "slug": "blog",
        "summary": "Bakım üstüne kısa yazılar ve Diji.vet’in resmî duyuruları.",
        "search_description": "Evcil hayvan bakımı üstüne yazılar ve Diji.vet’in resmî duyuruları.",
    },
    "en": {
        "title": "Our blog",
        "slug": "blog",
        "summary": "Short texts about care, and the official announcements of Diji.vet.",
        "search_description": "Texts about the care of pets and the official announcements of Diji.vet.",
    },
}
AUTHORS = {
    "care": {
        "tr": {"name": "Bakım masası", "role": "Evcil hayvan bakımı üstüne genel bilgiler yazar"},
        "en": {"name": "Care desk", "role": "Writes general advice on the care of pets"},
    },
    "news": {
        "tr": {"name": "İletişim ekibi", "role": "Diji.vet’in duyurularını yazar"},
        "en": {"name": "Communication team", "role": "Writes the announcements of Diji.vet"},
    },
}
TAGS = {
    "Kedi": "Cats",
    "Köpek": "Dogs",
    "Kış bakımı": "Winter care",
    "Klinik ziyareti": "Clinic visits",
    "Ev güvenliği": "Safety at home",
    "Platform": "Platform",
}

BLOG_OPENED = Post(
    key="blog-acildi",
    author="news",
    scene="news",
    colour="almond",
    alt={
        "tr": "Mor bir megafon ve yanında üç kısa yazı satırı.",
        "en": "A plum megaphone with three short lines of text beside it.",
    },
    official=True,
    tags=["Platform"],
    related=["canli-kanit"],
    tr=Words(
        title="Blog açıldı: resmî duyuruların adresi burası",
        slug="blog-acildi",
        summary="Bundan sonra her resmî duyuru burada yayımlanır ve burada kalır. Geri çektiğimizi silmeyiz, işaretleriz.",
        body=[
            text(
                "Diji.vet’in blogu bugün açıldı. İki tür yazı okuyacaksın: bakım üstüne kısa yazılar ve resmî duyurular. "
                "Resmî duyurular üstündeki işaretten tanınır, ayrıca kendi sayfasında en yenisi üstte olacak şekilde durur."
            ),
            heading("Bir duyuru nasıl yayımlanır?"),
            text(
                "Duyuruyu bir kez yazarız. Yayımlandığı anda blogda, duyurular sayfasında, Atom akışında ve içerik "
                "API’sinde aynı metin görünür. İki yerde iki ayrı cümle kalmaz, çünkü hepsi aynı kaydı okur. Hukuk "
                "bölümünde bir metnin yeni sürümü yayımlanınca sistem onun duyurusunu kendiliğinden yazar."
            ),
            heading("Yanlış çıkarsa ne yaparız?"),
            text(
                "Duyuruyu gizlemeyiz, silmeyiz. Geri çekeriz: sayfanın en üstünde ne zaman ve neden geri çekildiği yazar, "
                "listelerde ve akışta da “geri çekildi” diye işaretlenir. Geri çekme sessizce geri alınamaz; konu "
                "sonradan doğru çıkarsa yeni bir duyuru yazarız. Eski bağlantın hep çalışır."
            ),
            heading("Nasıl takip edersin?"),
            steps(
                "Akış okuyucun varsa blog sayfasının altındaki Atom akışını ekle; yazının tamamı gelir.",
                "Yalnız resmî duyuruları istersen duyurular sayfasının akışını ekle.",
                "Akış kullanmıyorsan adresi yer imlerine al: <b>diji.vet/duyurular</b>.",
            ),
            notice(
                "warn",
                "Diji.vet adına şifre, doğrulama kodu ya da kart bilgisi isteyen bir mesaj alırsan yanıt verme. Duyurunun "
                "aslını siteyi kendin açarak bul.",
            ),
        ],
    ),
    en=Words(
        title="The blog is open: the address of official announcements",
        slug="blog-is-open",
        summary="From now on every official announcement is published here and stays here. What we retract is marked, not deleted.",
        body=[
            text(
                "The blog of Diji.vet opens today. You will read two kinds of text: short ones about care, and official "
                "announcements. You recognise the latter by their mark; they also have a page of their own, newest first."
            ),
            heading("How is an announcement published?"),
            text(
                "We write it once. The moment it is published, the same text appears in the blog, on the page of "
                "announcements, in the Atom feed and in the content API. No two places carry two sentences, because all of "
                "them read the same record. When a legal text gets a new version, the system writes the announcement itself."
            ),
            heading("What if it turns out wrong?"),
            text(
                "We do not hide or delete it. We retract it: the top of the page says when and why, and lists and feeds mark "
                "it as retracted. A retraction cannot be undone in silence; if the matter turns out to be right after all, "
                "we write a new announcement. Your old link keeps working."
            ),
            heading("How do you follow it?"),
            steps(
                "If you use a feed reader, add the Atom feed at the foot of the blog page; it carries the whole text.",
                "If you want official announcements only, add the feed of their page.",
                "Without a feed reader, bookmark the address: <b>diji.vet/duyurular</b>.",
            ),
            notice(
                "warn",
                "If a message in our name asks for a password, a code or card details, do not answer. Find the announcement "
                "by opening the site yourself.",
            ),
        ],
    ),
)

LIVE_PROOF = Post(
    key="canli-kanit",
    author="news",
    scene="proof",
    colour="mint",
    alt={
        "tr": "Satırlı beyaz bir sayfa, üstünde yeşil çift halkalı onay mührü.",
        "en": "A white ruled page with a green seal of two rings and a tick.",
    },
    official=True,
    tags=["Platform"],
    related=["blog-acildi"],
    tr=Words(
        title="Yardım yanıtları sözünü artık kendisi denetliyor",
        slug="canli-kanit",
        summary="Bir yanıtın söylediğini sistem her on beş dakikada bir sınar. Tutmazsa bunu önce sen görürsün.",
        body=[
            text(
                "Yardım sayfalarında verdiğimiz sözlerin bir bölümü artık çalışan sisteme sorularak sınanıyor. Yanıtın "
                "üstündeki mühür, son denetimin gününü ve saatini taşır. Mühür varsa söz o saatte tutuyordu; yoksa o "
                "yanıt için henüz bir kanıt yazmadık demektir."
            ),
            heading("Kanıt nedir?"),
            text(
                "Kanıt, sistemin kendi kayıtlarını inceleyen küçük bir programdır. Örneğin biri her yanıtın yardım sayfasından "
                "iki tıkla açıldığına, biri şifre kodlarının kuralına uyduğuna, biri de resmî duyuruların olması gereken her "
                "yerde durduğuna bakar. Aynı program bizim testlerimizde de çalışır, yani sana gösterdiğimizle kendimize "
                "sorduğumuz aynıdır."
            ),
            heading("Tutmazsa ne olur?"),
            bullets(
                "Yanıttaki mühür renk değiştirir ve “yanıt güncelleniyor” der.",
                "Ana sayfadaki “Sözümüz ortada” bölümü sonucu olduğu gibi yazar.",
                "Ekip aynı anda ayrıntısını görür ve düzeltir.",
            ),
            heading("Neyi kanıtlamaz?"),
            text(
                "Kanıt, bir metnin güzel yazıldığını ya da bir kararın doğru olduğunu göstermez. Yalnızca ölçülebilen sözleri "
                "sınar. Bir saatten eski sonuç da kanıt sayılmaz; o zaman mühür görünmez. Yeni bir söz verdiğimizde önce "
                "kanıtını yazmaya çalışırız, yazamazsak yanıtta bunu söyleriz."
            ),
            notice("info", "Yanlış bulduğun bir yanıt olursa yardım sayfasındaki tarihe bak ve bize yaz."),
        ],
    ),
    en=Words(
        title="Help answers now check their own word",
        slug="live-proof",
        summary="The system tests what an answer says every fifteen minutes. If it does not hold, you see it first.",
        body=[
            text(
                "Some of the promises on our help pages are now tested by asking the running system. The seal on an answer "
                "carries day and time of the last check. Where there is a seal, the promise held at that hour; where there is "
                "none, we have not written a proof for that answer yet."
            ),
            heading("What is a proof?"),
            text(
                "A proof is a small program that examines the system’s own records. One looks whether every answer is two "
                "clicks away from the help page, one whether password codes keep their rules, one whether official "
                "announcements stand in every place. The same program runs in our tests, so what we show you is what we ask "
                "ourselves."
            ),
            heading("What if it does not hold?"),
            bullets(
                "The seal on the answer changes its colour and says that the answer is being updated.",
                "The section “Our word, in the open” on the home page shows the result as it is.",
                "The team sees the details at the same moment and repairs it.",
            ),
            heading("What does it not prove?"),
            text(
                "A proof does not show that a text is well written or a decision right. It tests only promises that can be "
                "measured. A result older than an hour is no proof either; the seal disappears then. When we give a new promise we "
                "try to write its proof first; where we cannot, the answer says so."
            ),
            notice(
                "info",
                "If you find an answer that is wrong, look at its date on the help page and write to us.",
            ),
        ],
    ),
)

WINTER = Post(
    key="kis-bakimi",
    author="care",
    scene="winter",
    colour="sky",
    alt={
        "tr": "Kar yağarken pembe atkı takmış siyah bir köpek.",
        "en": "A black dog with a pink scarf while snow falls.",
    },
    tags=["Köpek", "Kedi", "Kış bakımı"],
    days=4,
    tr=Words(
        title="Kışın kedi ve köpeğe nasıl bakılır?",
        slug="kis-bakimi",
        summary="Soğukta en çok patiler, su ve ısınma yeri unutulur. Kısa bir denetim listesi.",
        body=[
            text(
                "Tüyü olan her hayvan üşümez diye düşünmek kolaydır; oysa küçük ırklar, yavrular, yaşlılar ve kısa tüylüler "
                "soğuktan çabuk etkilenir. Kendi hayvanını izlemek, dereceye bakmaktan daha iyi bir ölçüdür: titriyorsa, "
                "patisini kaldırıyorsa ya da eve dönmek istiyorsa gezinti bitmiştir."
            ),
            heading("Gezintiden sonra"),
            steps(
                "Patileri ılık suyla yıka; yollara serpilen tuz tırnak arasını yakar ve yalanırsa mideyi bozar.",
                "Parmak aralarını kurula, çatlak ve kızarıklık var mı bak.",
                "Islak tüyü havluyla kurut; uzun tüyde ıslaklık saatlerce kalır.",
            ),
            heading("Evde"),
            bullets(
                "Yatağı kapı altından ve beton zeminden uzağa, bir karış yükseğe koy.",
                "Kaloriferin ya da sobanın dibinde uyuyan hayvanın kaçabileceği serin bir köşe bırak.",
                "Suyu günde iki kez değiştir. Kışın su içmek azalır, kuru hava ise gereksinimi artırır.",
                "Antifriz tatlı kokar ve çok zehirlidir; döküleni hemen sil, kabı kapalı dolapta tut.",
            ),
            heading("Mama artırılmalı mı?"),
            text(
                "Çoğu ev hayvanı kışın daha az hareket eder; o yüzden mamayı kendiliğinden artırmak kilo yapar. Dışarıda çok "
                "kalan çalışkan bir köpeğin gereksinimi artabilir. Miktarı değiştirmeden önce tart, iki hafta sonra yeniden tart."
            ),
            notice(
                "warn",
                "Uyuşukluk, sürekli titreme, soğuk ve soluk kulaklar ya da sendeleme görürsen bekleme; bir kliniği ara. Bu yazı "
                "geneldir, muayenenin yerini tutmaz.",
            ),
        ],
    ),
    en=Words(
        title="Winter care for cats and dogs",
        slug="winter-care",
        summary="In the cold, paws, water and a warm place are forgotten most. A short checklist.",
        body=[
            text(
                "It is easy to think that an animal with fur does not feel the cold; yet small breeds, the young, the old and "
                "the short-haired suffer from it quickly. Watching your own animal is a better measure than the thermometer: "
                "when it shivers, lifts a paw or wants to go home, the walk is over."
            ),
            heading("After the walk"),
            steps(
                "Wash the paws with lukewarm water; road salt burns between the toes and upsets the stomach when licked.",
                "Dry between the toes and look for cracks and redness.",
                "Dry wet fur with a towel; long hair stays damp for hours.",
            ),
            heading("At home"),
            bullets(
                "Put the bed away from draughty doors and bare floors, a hand’s breadth above the ground.",
                "Leave a cool corner for an animal that sleeps beside a radiator or stove.",
                "Change the water twice a day. Animals drink less in winter although dry air makes them need more.",
                "Antifreeze smells sweet and is very poisonous; wipe up spills at once and keep it in a closed cupboard.",
            ),
            heading("More food?"),
            text(
                "Most house pets move less in winter, so more food simply means more weight. A working dog that stays outside "
                "for long may need more. Weigh before you change the amount, and weigh again after two weeks."
            ),
            notice(
                "warn",
                "If you see drowsiness, constant shivering, cold pale ears or staggering, do not wait; call a clinic. This text "
                "is general and does not replace an examination.",
            ),
        ],
    ),
)

CARRIER = Post(
    key="tasima-cantasi",
    author="care",
    scene="carrier",
    colour="quince",
    alt={
        "tr": "Mor bir taşıma çantasının kapısından bakan siyah kedi.",
        "en": "A black cat looking out of the door of a plum carrier.",
    },
    tags=["Kedi", "Klinik ziyareti"],
    related=["ilk-ziyaret"],
    days=12,
    tr=Words(
        title="Kediyi taşıma çantasına alıştırmak: iki haftalık plan",
        slug="tasima-cantasi",
        summary="Çanta yalnızca klinik günü ortaya çıkarsa kedi onu tehlike sayar. Ortada duran çanta ise bir yuvadır.",
        body=[
            text(
                "Kedilerin çoğu çantadan değil, çantanın anlattığından korkar: dolaptan çıkar, kovalanır, sallanır, klinikte "
                "açılır. Bu sırayı bozmak için çantanın evin olağan bir eşyası olması gerekir. Acele etmezsen iki hafta yeter."
            ),
            heading("Birinci hafta: çanta bir yer olur"),
            steps(
                "Kapağını sök ya da açık bağla, kedinin zaten sevdiği bir köşeye koy.",
                "İçine onun kokusunu taşıyan bir örtü ser. Yeni yıkanmış örtü işe yaramaz.",
                "Günde bir kez içine küçük bir ödül bırak ve uzaklaş. Girmesini bekleme, girerse alkışlama.",
            ),
            heading("İkinci hafta: çanta kapanır ve yürür"),
            steps(
                "İçerideyken kapağı birkaç saniye kapat, aç, ödül ver. Süreyi her gün biraz uzat.",
                "Bir dakikayı bulunca çantayı altından tutarak kaldır ve yerine bırak.",
                "Odadan odaya taşı, sonra apartman kapısına kadar git ve dön.",
            ),
            heading("Yola çıkarken"),
            bullets(
                "Üstünü ince bir örtüyle yarıya kadar kapat; görmediği şey onu ürkütmez.",
                "Arabada çantayı yere ya da kemerle koltuğa sabitle.",
                "Bekleme salonunda yere değil, sandalyeye koy; köpeklerin göz hizasından uzak kalsın.",
            ),
            text(
                "Geriye düşersen bir adım önceki güne dön. Zorla sokulan tek bir gün, bir haftalık alışmayı siler. Çok "
                "ürken bir kedin varsa ziyaretten önce kliniği arayıp sor; bazı kedilere yol öncesi için destek verilebilir."
            ),
        ],
    ),
    en=Words(
        title="Getting a cat used to the carrier: a plan for two weeks",
        slug="cat-carrier",
        summary="A carrier that appears only on clinic days means danger. One that always stands there is a den.",
        body=[
            text(
                "Most cats do not fear the carrier but what it stands for: it comes out of the cupboard, there is a chase, it "
                "sways, it opens at the clinic. To break this order it has to become an ordinary thing of the home. Without "
                "haste, two weeks are enough."
            ),
            heading("First week: the carrier becomes a place"),
            steps(
                "Take the door off or tie it open, and put the carrier in a corner that the cat likes already.",
                "Lay in a blanket that carries its smell. A freshly washed one does not help.",
                "Leave a small treat inside once a day and walk away. Do not wait for it, and do not applaud.",
            ),
            heading("Second week: the carrier closes and walks"),
            steps(
                "While the cat is inside, close the door for some seconds, open it, give a treat. Take longer each day.",
                "Once you reach a minute, lift the carrier from below and put it back.",
                "Carry it from room to room, then to the front door and back.",
            ),
            heading("On the way"),
            bullets(
                "Cover half of it with a thin cloth; what a cat does not see does not frighten it.",
                "In the car put it on the floor or fasten it to a seat with the belt.",
                "In the waiting room put it on a chair, away from the eye level of dogs.",
            ),
            text(
                "If it goes wrong, return to the day before. A single day of force wipes out a week of practice. If your cat is "
                "very anxious, call the clinic before the visit; some cats can be given support for the way."
            ),
        ],
    ),
)

FIRST_VISIT = Post(
    key="ilk-ziyaret",
    author="care",
    scene="booklet",
    colour="rose",
    alt={
        "tr": "Kedi pullu açık bir karne; iki satırı yeşil, bir satırı sarı işaretli.",
        "en": "An open booklet with a cat stamp; two lines are marked green, one yellow.",
    },
    tags=["Klinik ziyareti"],
    related=["tasima-cantasi"],
    days=21,
    tr=Words(
        title="Kliniğe giderken yanına ne almalısın?",
        slug="klinige-giderken",
        summary="Hekim hayvanını on beş dakika görür, sen her gün görüyorsun. Gördüğünü yanında götür.",
        body=[
            text(
                "Muayenenin yarısı sorudur: ne zamandır, ne sıklıkta, neyden sonra? Heyecanlanınca insan bunları unutur. "
                "Kısa bir hazırlık hem süreyi iyi kullanmanı hem de gereksiz tetkikten kaçınmanı sağlar."
            ),
            heading("Çantaya koy"),
            bullets(
                "Karne ya da aşı kartı; yoksa eski reçete ve tahlillerin fotoğrafı.",
                "Kullandığı ilaç ve takviyelerin adı, dozu ve son verildiği saat.",
                "Yediği mamanın adı ve günlük miktarı; ödüller dâhil.",
                "Gerekirse taze dışkı örneği. Randevu alırken gerekip gerekmediğini sor.",
            ),
            heading("Telefona kaydet"),
            text(
                "Öksürük, sendeleme, garip bir ses gibi belirtiler klinikte çoğu zaman görünmez. On saniyelik bir video, "
                "uzun bir anlatımdan daha çok şey söyler. Çekerken ışığı arkana al ve hayvanın bütün gövdesini göster."
            ),
            heading("Üç soru yaz"),
            steps(
                "Beni buraya getiren şey tam olarak ne ve ne zaman başladı?",
                "Bugün hangi kararı vermem gerekiyor, hangisi bekleyebilir?",
                "Evde neyi izlemeliyim ve ne görürsem hemen aramalıyım?",
            ),
            text(
                "Çıkmadan önce tedavinin adını, dozunu ve bir sonraki tarihi yazılı iste. Ücreti sormak ayıp değildir; "
                "seçenekleri ve yaklaşık tutarı işlemden önce konuşmak iki taraf için de kolaydır."
            ),
            notice(
                "info",
                "Soluk alma güçlüğü, durmayan kanama, bayılma ya da zehirlenme kuşkusunda liste hazırlama; yola çık ve giderken ara.",
            ),
        ],
    ),
    en=Words(
        title="What to take along to the clinic",
        slug="what-to-take-along",
        summary="The veterinarian sees your pet for fifteen minutes, you see it every day. Take along what you saw.",
        body=[
            text(
                "Half of an examination is questions: since when, how often, after what? In the excitement one forgets. A short "
                "preparation helps you to use the time well and to avoid tests that are not needed."
            ),
            heading("Put into the bag"),
            bullets(
                "The booklet or vaccine card; without one, photos of old prescriptions and results.",
                "Names and doses of medicines and supplements, and when the last one was given.",
                "The name of the food and the daily amount, treats included.",
                "A fresh stool sample if needed. Ask when you make the appointment.",
            ),
            heading("Keep on the phone"),
            text(
                "A cough, a stagger or a strange sound rarely shows itself at the clinic. A video of ten seconds says more than "
                "a long tale. Film with the light behind you and show the whole body of the animal."
            ),
            heading("Write down three questions"),
            steps(
                "What exactly brings me here, and when did it begin?",
                "Which decision is needed today, and which can wait?",
                "What should I watch at home, and what makes me call at once?",
            ),
            text(
                "Before you leave, ask for the name of the treatment, its dose and the next date in writing. Asking about the "
                "price is fine; to talk about choices and rough sums beforehand is easier for both sides."
            ),
            notice(
                "info",
                "With trouble breathing, bleeding that does not stop, fainting or suspected poisoning, make no list; set out and "
                "call on the way.",
            ),
        ],
    ),
)

KITCHEN = Post(
    key="evdeki-zehirler",
    author="care",
    scene="kitchen",
    colour="apricot",
    alt={
        "tr": "Mutfak tezgâhında bir saksı, bir kalıp çikolata ve tezgâha bakan siyah kedi.",
        "en": "A kitchen counter with a potted plant, a bar of chocolate and a black cat looking at it.",
    },
    tags=["Ev güvenliği", "Kedi", "Köpek"],
    days=33,
    tr=Words(
        title="Mutfakta ve salonda unutulan zehirler",
        slug="evdeki-zehirler",
        summary="Bizim için sıradan olan bazı yiyecek ve çiçekler kedi ve köpek için tehlikelidir. Yerlerini şimdi değiştir.",
        body=[
            text(
                "Zehirlenmelerin çoğu kötü niyetten değil, açık kalan bir çekmeceden olur. Aşağıdaki liste tam değildir, ama en "
                "sık karşılaşılanları gösterir. Miktar küçük görünse de hayvanın ağırlığı bizimkinden çok azdır."
            ),
            heading("Köpeğe de kediye de verme"),
            bullets(
                "Çikolata, kakao ve kahve: bitter olanlar daha tehlikelidir.",
                "Üzüm ve kuru üzüm: az miktarı bile köpekte böbreğe zarar verebilir.",
                "Soğan, sarımsak, pırasa: çiği de pişmişi de.",
                "Ksilitol: şekersiz sakız, şekerleme ve bazı fıstık ezmelerinde bulunur.",
                "Alkol ve mayalı çiğ hamur.",
            ),
            heading("Kedisi olan evde zambak olmasın"),
            text(
                "Zambağın yaprağı, çiçeği, poleni, hatta vazosunun suyu kedi için ölümcül olabilir. Hediye gelen buketi eve "
                "sokmadan önce bak. Sevgi çiçeği, difenbahya ve salon sarmaşığı da ağızda ve midede tahriş yapabilir."
            ),
            heading("İnsan ilaçları"),
            text(
                "Parasetamol kediler için çok tehlikelidir; ağrı kesiciler köpeklere de kendi başına verilmez. İlacı çantada "
                "değil, kapaklı dolapta tut."
            ),
            heading("Yediğinden kuşkulanırsan"),
            steps(
                "Kalanı ve ambalajı al, ne zaman ve ne kadar yediğini not et.",
                "Kusturmaya çalışma; süt, tuz ya da yağ verme.",
                "Belirti bekleme, hemen bir kliniği ara ve ambalajı okuyarak anlat.",
            ),
            notice("warn", "Bu liste geneldir ve tam değildir. Kuşku varsa karar veterinerindir."),
        ],
    ),
    en=Words(
        title="Forgotten poisons in kitchen and living room",
        slug="poisons-at-home",
        summary="Some foods and flowers that are ordinary for us are dangerous for cats and dogs. Move them now.",
        body=[
            text(
                "Most poisonings come not from ill will but from an open drawer. The list below is not complete, yet it shows "
                "what happens most often. An amount that looks small is not small for an animal of little weight."
            ),
            heading("Neither for dogs nor for cats"),
            bullets(
                "Chocolate, cocoa and coffee: the darker, the more dangerous.",
                "Grapes and raisins: even a few can harm the kidneys of a dog.",
                "Onion, garlic, leek: raw and cooked.",
                "Xylitol: in sugar-free gum, sweets and some peanut butters.",
                "Alcohol and raw yeast dough.",
            ),
            heading("No lilies in a home with cats"),
            text(
                "Leaf, flower and pollen of a lily, even the water of its vase, can be deadly for a cat. Look at a bouquet "
                "before you bring it in. Kalanchoe, dumb cane and ivy can irritate mouth and stomach as well."
            ),
            heading("Human medicines"),
            text(
                "Paracetamol is very dangerous for cats, and painkillers are not given to dogs on one’s own either. Keep "
                "medicines in a closed cupboard, not in a bag."
            ),
            heading("If you suspect something"),
            steps(
                "Take the rest and the packaging, note when and how much was eaten.",
                "Do not try to make it vomit; give no milk, salt or oil.",
                "Do not wait for signs, call a clinic at once and read out the packaging.",
            ),
            notice("warn", "This list is general and not complete. In doubt the veterinarian decides."),
        ],
    ),
)

POSTS = [BLOG_OPENED, LIVE_PROOF, WINTER, CARRIER, FIRST_VISIT, KITCHEN]
