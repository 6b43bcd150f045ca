"""What may not be sold here, as words. A row is a stem (the start of a word) or several words in a row.

Sources, read on 1 November 2026:
- law 5996 and the regulation on veterinary medicinal products (RG 24.12.2011/28152): no sale or promotion of
  them on the internet; the union's notice to platforms (TVHB 2021)
- active substances and products: public list of licensed veterinary medicinal products (Ministry of
  Agriculture and Forestry), the groups that are offered most often
- plant protection products: regulation RG 10.3.2011/27870, ban of sale on the internet
- living animals: law 5199, articles 5 and 10; sale only in licensed places, cats and dogs by catalogue there
"""

MEDICINE, LIVE_ANIMAL = "medicine", "live_animal"

# Long and of no other meaning: also found when letters are pulled apart or written together with others.
SUBSTANCES = """
amoksisilin amoxicillin klavulanik clavulanic ampisilin penisilin penicillin sefaleksin cephalexin seftriakson
sefovesin enrofloksasin enrofloxacin marbofloksasin doksisiklin doxycycline oksitetrasiklin oxytetracycline
tetrasiklin tilosin tylosin gentamisin gentamicin neomisin florfenikol metronidazol metronidazole linkomisin
spiramisin sulfametoksazol trimetoprim ivermektin ivermectin selamektin selamectin moksidektin moxidectin
milbemisin milbemycin fipronil imidakloprid imidacloprid permetrin permethrin flumetrin flumethrin deltametrin
fluralaner afoksolaner afoxolaner sarolaner lotilaner spinosad piriproksifen metopren prazikuantel praziquantel
fenbendazol fenbendazole albendazol levamizol niklozamid febantel pirantel pyrantel toltrazuril ketamin
ketamine ksilazin xylazine medetomidin propofol asepromazin acepromazine izofluran tiletamin butorfanol tramadol
meloksikam meloxicam karprofen carprofen robenakoksib ketoprofen prednizolon prednisolone deksametazon
dexamethasone betametazon oksitosin oxytocin medroksiprogesteron megestrol progesteron kabergolin insulin
levotiroksin fenobarbital phenobarbital diazepam furosemid pimobendan benazepril oklasitinib oclacitinib
siklosporin ketokonazol itrakonazol ketoconazole terbinafin mirtazapin maropitant
metoklopramid
""".split()
BRANDS = """
frontline bravecto nexgard simparica credelio seresto advantix advantage advocate drontal milbemax synulox
baytril convenia apoquel cytopoint rimadyl metacam rabisin nobivac eurican purevax caninsulin
stronghold ivomec panacur droncit foresto kiltix scalibor capstar comfortis
""".split()
# Stems of groups; a word that begins so is a hit, unless it says that there is none of it (`-siz`).
GROUPS = """
antibiyoti antibiotic antiparazit antiparasit anestezi anesthe sedatif hormon kortizon cortisone
insektisit pestisit herbisit
""".split()
PHRASES = [
    "ic parazit",
    "dis parazit",
    "parazit damla",
    "parazit tablet",
    "parazit hap",
    "parazit ilac",
    "pire tasma",
    "pire damla",
    "pire ilac",
    "pire tablet",
    "pire hap",
    "pire sprey",
    "kene tasma",
    "kene damla",
    "kene ilac",
    "kene tablet",
    "kene sprey",
    "pire kene",
    "ense damla",
    "bit ilac",
    "uyuz ilac",
    "mantar ilac",
    "kulak ilac",
    "goz ilac",
    "goz damla",
    "kulak damla",
    "revolution damla",
    "agri kesici",
    "ates dusurucu",
    "kurt ilac",
    "kurt dusurucu",
    "solucan ilac",
    "kizginlik onleyici",
    "dogum kontrol",
    "serum ringer",
    "spot on",
    "veteriner ilac",
    "veteriner hekim recete",
    "recete ile",
    "receteli urun",
    "tarim ilac",
    "bitki koruma urunu",
    "bocek ilac",
]
# Whole words only: as stems they begin too many other words.
WORDS = """
asi asisi asilar asilari asinin asiyi serumu enjeksiyon enjektabl ampul ampulu flakon ilac ilaci ilaclar ilaclari
ilacini antihelmintik vaccine
""".split()
# Taken out before anybody looks: things around a medicine, and those that say they hold none.
HARMLESS = [
    "asi karnesi",
    "asi karti",
    "asi takvimi",
    "asi defteri",
    "asi cuzdani",
    "asi pasaportu",
    "ilac kutusu",
    "ilac kabi",
    "ilac verme",
    "ilac icirme",
    "ilac saklama",
    "ilac degildir",
    "ilac yerine gecmez",
    "ilac icermez",
    "ilac kesici",
    "ilac ezici",
    "antibiyotik icermez",
    "hormon icermez",
    "antibiyotik kullanilmadan",
    "hormon kullanilmadan",
    "hormon ve antibiyotik",
    "led ampul",
    "isitici ampul",
    "isi ampulu",
    "uvb ampul",
    "uva ampul",
    "teraryum ampulu",
    "seramik ampul",
    "gece ampulu",
    "gunduz ampulu",
]

ANIMALS = """
kedi kopek tavsan hamster ginepig kobay papagan muhabbet kanarya hint bulbulu sultan cennet jako kakadu macaw
balik beta japon lepistes moli cikla civciv tavuk horoz ordek kaz keklik bildircin guvercin sincap gelincik
kaplumbaga iguana yilan bukalemun gekko tarantula akrep keci kuzu koyun at tay esek british scottish fold
shorthair longhair iran persian siyam ankara van sphynx ragdoll maine coon bengal golden retriever labrador
kangal akbas pomeranian poodle maltese terrier yorkshire pug bulldog husky malamute alman kurdu rottweiler
doberman cane corso chihuahua beagle cocker boxer pitbull samoyed shih tzu border collie kus kusu baligi
""".split()
YOUNG = """
yavru yavrusu yavrulari disi erkek cift cifti tekli adet aylik haftalik gunluk yasinda yas buyuk kucuk
saf safkan irk irki mini toy orijinal
""".split()
SALE = """
satilik sahibinden ciftlesme anneden
""".split()
LIVE_PHRASES = [
    "canli hayvan",
    "canli kedi",
    "canli kopek",
    "canli papagan",
    "canli kus",
    "canli balik",
    "canli tavsan",
    "canli hamster",
    "canli civciv",
    "canli tavuk",
    "canli kaplumbaga",
    "canli iguana",
    "canli yilan",
    "anne sutu emmis",
    "anne sutunden ayrilmis",
    "asilari tam",
    "asilari yapildi",
    "asilari yapilmis",
    "irk garantili",
    "saf kan yavru",
    "safkan yavru",
    "yavrular satilik",
    "yavrulari hazir",
    "yuva ariyor",
    "ucretli sahiplendirme",
    "ele alisik yavru",
    "konusan papagan yavru",
]
