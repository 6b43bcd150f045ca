"""Hesap ve profiller."""

from home.demo.texts import Answer, Category, Words, bullets, heading, notice, steps, text

PROFILE = Answer(
    key="profil",
    claims=["accounts.settings", "teams.verified_facts_reviewed"],
    related=["sifre", "hesap-kapatma", "veri-guvenligi"],
    tr=Words(
        title="Profil bilgilerimi nereden düzenlerim?",
        slug="profil-bilgileri",
        summary="“Hesap > Ayarlar” altında: iletişim, adresler ve tercihler. Yeni e-posta ya da telefon, oraya giden "
        "kodla geçerli olur.",
        synonyms="hesap ayarları, isim değiştirme, telefon numarası, adres ekleme, e-posta değiştirme, ruhsat, klinik bilgisi",
        responsible="Hesap ekibi",
        body=[
            steps(
                "Giriş yap ve panelini aç.",
                "Menüden <b>Hesap > Ayarlar</b> yolunu izle.",
                "Değiştirmek istediğin bilgiyi düzenle ve kaydet.",
            ),
            heading("E-posta adresimi değiştirirsem?"),
            text(
                "Yeni adresin senin olduğunu görmemiz gerekir. Bu yüzden yeni adresine altı haneli bir kod "
                "göndeririz; telefonda kod SMS ile gelir. Sen kodu yazana kadar eskisi geçerli kalır, değişince "
                "eski adresine haber veririz."
            ),
            heading("Klinik bilgileri neden ayrı?"),
            text(
                "Ruhsat numarası ya da unvan gibi doğrulanan bilgiler doğrudan değişmez. Yeni bilgi incelemeye "
                "gider; onaylanana kadar sayfanda eskisi görünür. Kural bu, çünkü ziyaretçinin gördüğü bilgi "
                "doğrulanmış bilgi olmalı."
            ),
            notice(
                "info",
                "Klinik bilgileri işletme panelinde, <b>İşletme > Profil</b> yolundadır.",
            ),
        ],
    ),
    en=Words(
        title="Where do I edit my profile?",
        slug="edit-profile",
        summary="Under “Account > Settings”: contact, addresses and preferences. A new e-mail or phone counts once you "
        "write the code we send there.",
        synonyms="account settings, change name, phone number, add address, change e-mail, licence, clinic details",
        responsible="Accounts team",
        body=[
            steps(
                "Sign in and open your panel.",
                "Follow <b>Account > Settings</b> in the menu.",
                "Edit what you want to change and save.",
            ),
            heading("What if I change my e-mail?"),
            text(
                "We have to see that the new address is yours, so we send six digits there, to a phone by SMS. Until "
                "you write them the old one stays in force; after the change we tell the old address."
            ),
            heading("Why are clinic details apart?"),
            text(
                "Verified facts such as a licence number or a legal name do not change at once. The new value goes to "
                "review; until it is approved your page shows the old one. That is the rule, because what visitors see "
                "has to be what was verified."
            ),
            notice(
                "info",
                "Clinic details stand in the panel of the business under <b>Business > Profile</b>.",
            ),
        ],
    ),
)

TEAM = Answer(
    key="ekip-uyesi",
    audiences=["clinic", "partner"],
    related=["kimler-kullanabilir", "veri-guvenligi"],
    claims=["teams.panels_apart"],
    tr=Words(
        title="Ekibime yeni kullanıcı ekleyebilir miyim?",
        slug="ekip-uyesi-ekleme",
        summary="Evet. İşletme panelindeki “Ekip Yönetimi” sayfasından e-posta ile davet edersin; kişi senin "
        "seçtiğin rolle katılır.",
        synonyms="personel, çalışan, davet, yetki, rol, resepsiyon, ekip yönetimi, kullanıcı eklemek, ekip daveti",
        responsible="Hesap ekibi",
        body=[
            text(
                "Herkes kendi hesabıyla çalışır; ortak şifre paylaşılmaz. Böylece kimin ne yaptığı belli olur ve "
                "işten ayrılan birinin yetkisini tek adımda kaldırırsın."
            ),
            heading("Davet nasıl işler?"),
            steps(
                "<b>Ekip Yönetimi</b> sayfasında kişinin e-posta adresini yaz.",
                "Rolünü seç: hekim, resepsiyon, muhasebe gibi. Rolün neyi görüp neyi göremeyeceği yanında yazar.",
                "Daveti gönder. Bağlantı yedi gün geçerlidir, bir kez ve yalnızca o e-posta adresiyle çalışır; istediğin an "
                "geri çekersin.",
            ),
            heading("Kim, kime yetki verebilir?"),
            text(
                "Kimse kendinde olmayan bir yetkiyi başkasına veremez. İşletmenin son sahibi de kendini ekipten "
                "çıkaramaz; önce yerine birini seçmesi gerekir."
            ),
        ],
    ),
    en=Words(
        title="Can I add people to my team?",
        slug="add-team-members",
        summary="Yes. You invite by e-mail on the “Team management” page of your business’s panel; the person joins "
        "with the role you choose.",
        synonyms="staff, employee, invitation, permission, role, reception, team management, add user, invite",
        responsible="Accounts team",
        body=[
            text(
                "Everyone works with an own account; nobody shares a password. So it is clear who did what, and you "
                "remove the rights of someone who leaves in one step."
            ),
            heading("How does an invitation work?"),
            steps(
                "Write the person’s e-mail on the <b>Team management</b> page.",
                "Choose a role such as veterinarian, reception or accounting. What the role can and cannot see is "
                "written beside it.",
                "Send the invitation. The link is good for seven days, works once and only with that e-mail; you can "
                "withdraw it whenever you like.",
            ),
            heading("Who can give rights to whom?"),
            text(
                "Nobody can grant a right they do not hold. The last owner of a business cannot leave the team either; "
                "a successor has to be chosen first."
            ),
        ],
    ),
)

PASSWORD = Answer(
    key="sifre",
    related=["profil", "veri-guvenligi"],
    tr=Words(
        title="Şifremi unuttum, nasıl sıfırlarım?",
        slug="sifremi-unuttum",
        summary="Giriş sayfasında “Şifremi unuttum”u seç, e-postana gelen kodu yaz, yeni şifreni belirle.",
        synonyms="parola, giriş yapamıyorum, kod gelmedi, şifre sıfırlama, şifre yenileme, hesabıma giremiyorum, login",
        responsible="Hesap ekibi",
        body=[
            steps(
                "Giriş sayfasındaki <b>Şifremi unuttum</b> bağlantısını aç.",
                "Hesabının e-posta adresini yaz.",
                "E-postana gelen tek kullanımlık kodu gir.",
                "En az 12 karakterlik yeni bir şifre belirle. Birkaç kelimelik bir cümle hem uzun hem akılda kalıcıdır.",
            ),
            heading("Kod gelmediyse"),
            bullets(
                "İstenmeyen posta klasörüne bak.",
                "Adresi doğru yazdığından emin ol. Kayıtlı olmayan bir adres için de aynı cümleyi gösteririz; "
                "böylece kimse senin burada hesabın olup olmadığını öğrenemez.",
                "Bir süre bekleyip yeniden iste. Art arda çok istek gelirse seni korumak için kısa süre durdururuz.",
            ),
            notice("ok", "Şifren değiştiğinde öteki cihazlardaki oturumların kapanır."),
            text("Kodu kimseyle paylaşma. Diji.vet’te çalışan hiç kimse senden kod ya da şifre istemez."),
        ],
    ),
    en=Words(
        title="I forgot my password. How do I reset it?",
        slug="forgotten-password",
        summary="Choose “Forgot password” on the sign-in page, type the code from your e-mail and set a new password.",
        synonyms="passcode, cannot sign in, no code, reset password, renew password, locked out, login",
        responsible="Accounts team",
        body=[
            steps(
                "Open <b>Forgot password</b> on the sign-in page.",
                "Type the e-mail of your account.",
                "Enter the one-time code from your e-mail.",
                "Set a new password of at least 12 characters. A sentence of a few words is long and easy to remember.",
            ),
            heading("If no code arrives"),
            bullets(
                "Look into your spam folder.",
                "Check that you typed the address correctly. For an unknown address we show the same sentence, so "
                "nobody can find out whether you have an account here.",
                "Wait a while and ask again. After many requests in a row we pause for a short time to protect you.",
            ),
            notice("ok", "When your password changes, your sessions on other devices end."),
            text(
                "Do not share the code. Nobody who works at Diji.vet will ask you for a code or a password."
            ),
        ],
    ),
)

SUSPEND = Answer(
    key="hesap-kapatma",
    claims=["accounts.pause", "support.pause_by_ticket"],
    related=["profil", "destek-suresi", "veri-guvenligi"],
    tr=Words(
        title="Hesabımı geçici olarak kapatabilir miyim?",
        slug="hesabi-gecici-kapatma",
        summary="Evet. Ekibimizden istersin; verilerin silinmez ve dilediğinde dönersin.",
        synonyms="dondurma, askıya alma, hesap silme, üyelik iptali, hesabı dondurmak, ara vermek, pasif",
        responsible="Hesap ekibi",
        body=[
            text(
                "Ara vermek, silmek değildir. Geçici kapatmada hesabın askıya alınır: ilanların ve hatırlatmaların "
                "durur, kayıtların olduğu gibi kalır."
            ),
            heading("Nasıl olur?"),
            steps(
                "Panelinde Destek > Hesabımı askıya al sayfasını aç ve istersen bir dönüş tarihi yaz.",
                "Açık randevun ya da siparişin varsa önce onları birlikte sonuçlandırırız.",
                "Onaydan sonra hesabın kapanır; bunu sana e-postayla yazarız.",
            ),
            heading("Nasıl dönerim?"),
            text(
                "Her zamanki gibi giriş yapman yeter. Kapalıyken yalnızca “Geri dön” seçeneğini görürsün; seçtiğinde "
                "her şey bıraktığın yerdedir."
            ),
            notice(
                "info",
                "Kalıcı kapatma başka bir şeydir ve senin elindedir: Hesap > Verilerim.",
            ),
        ],
    ),
    en=Words(
        title="Can I close my account for a while?",
        slug="pause-account",
        summary="Yes. You ask our team for it; your data is kept and you return at will.",
        synonyms="freeze, suspend, delete account, cancel membership, take a break, inactive",
        responsible="Accounts team",
        body=[
            text(
                "A break is not a deletion. While your account is suspended, your listings and reminders stop and your "
                "records stay as they are."
            ),
            heading("How does it work?"),
            steps(
                "Open Support > Pause my account in your panel and add a date of return if you like.",
                "If you have open appointments or orders, we settle them together first.",
                "After approval your account closes, and we tell you so by e-mail.",
            ),
            heading("How do I come back?"),
            text(
                "Just sign in as usual. While the account is closed you see only “Come back”; choose it and everything "
                "is where you left it."
            ),
            notice(
                "info",
                "Closing for good is something else and in your own hands: Account > My data.",
            ),
        ],
    ),
)

CATEGORY = Category(
    key="hesap-ve-profiller",
    tone="consult",
    icon="user-cog",
    tr=Words("Hesap ve profiller", "hesap-ve-profiller", "Profilin, ekibin, şifren ve hesabına ara vermek."),
    en=Words("Account and profiles", "account", "Your profile, your team, your password and taking a break."),
    answers=[PROFILE, TEAM, PASSWORD, SUSPEND],
)
