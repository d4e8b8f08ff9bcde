/**
 * Words and letters of a language that shares its script with others. They identify a text of a few
 * sentences. docs/parser.md explains why no library is used.
 */
export interface LanguageWords {
  /** The most frequent small words, separated by spaces. */
  words: string;
  /** Letters that few other languages of the script use. */
  letters?: string;
}

export const LATIN_LANGUAGES: Readonly<Record<string, LanguageWords>> = {
  en: {
    words:
      'the of and to in that is for was on with as it by at from are this be has have his not they which their will been would who more about after said when were or an but he',
  },
  de: {
    words:
      'der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch',
    letters: 'ßäöü',
  },
  fr: {
    words:
      'le la les de des du et en un une que qui dans pour est par sur au pas plus avec ce il ne se sont cette aux mais ont été elle son ses leur nous vous comme ou à être fait deux',
    letters: 'çèêœàùûîëï',
  },
  es: {
    words:
      'el la los las de del y en que un una por con se para es al lo su más como no sus este ha esta entre pero fue sobre también ya son desde muy han hasta cuando años está',
    letters: 'ñ¿¡',
  },
  pt: {
    words:
      'o a os as de do da dos das e em que um uma por com se para é ao no na nos nas não mais como foi sua seu pela pelo também são ser tem já à ou entre até isso ele está',
    letters: 'ãõ',
  },
  it: {
    words:
      'il lo la gli le di del della dei delle e in che un una per con è al alla dal nel nella sono non si da più come anche ha ma i su dalla questo questa essere stato hanno alle ai degli dopo',
    letters: 'ìò',
  },
  nl: {
    words:
      'de het een en van in is dat op te zijn voor met die niet aan er om ook als maar bij door naar uit nog werd wordt heeft hebben over tot worden dan ze hij meer deze was kan geen zich ik we',
  },
  sv: {
    words:
      'och att i ett det som en på är av för med den till inte har de om var men sig från så kan när hade vi ska efter även blir eller nu där vara under jag över han hon också',
    letters: 'äåö',
  },
  da: {
    words:
      'og at det er en af til på som i for med den de der har ikke et var fra om han sig men kan vil blev også efter eller skal være havde mere nu over hun ud blive når meget hvor ved bliver hvad noget fordi blevet fået mellem gennem nogle dette siger flere op',
    letters: 'æøå',
  },
  no: {
    words:
      'og det er i som en på av for med til at den har de ikke et om var fra men seg han kan vil ble også etter eller skal være hadde mer nå over hun ut bli når meg hvor ved blir hva noe disse å blitt mye bare noen deg ha fikk få gjennom mellom fordi flere opp sier dette',
    letters: 'æøå',
  },
  fi: {
    words:
      'ja on ei että se oli hän mutta ovat myös kun joka jos tai sen mukaan niin kuin ole vain hänen ollut tämä nyt sitä olisi vielä jo siitä jotka kanssa voi sekä mitä sanoo',
    letters: 'äö',
  },
  et: {
    words:
      'ja on ei et see oli ka mis kui aga ta mida oma või selle siis kes ning veel olla pärast nii kuid välja sest seda üle ole ma saab eesti',
    letters: 'õäöü',
  },
  lv: {
    words:
      'un ir ka par no ar tas kas bet arī uz lai nav gan to tika vai kā pēc pie bija jau tikai savu viņš ko',
    letters: 'āēīūķļņģčšž',
  },
  lt: {
    words:
      'ir kad yra su iš buvo tai bet jis į ne kaip apie taip pat dėl per po nuo arba bus prie tik šis savo už būti',
    letters: 'ėųįąęū',
  },
  pl: {
    words:
      'w i na się z do nie to jest że o jak a po przez od co dla za tym ale był jego są już tego oraz może tylko ich które być które przed tak było czy także',
    letters: 'łąęśżźćńó',
  },
  cs: {
    words:
      'a v se na je že to z s o i do ve by za pro ale jsem jako po který jeho k podle nebo není byl až také jsou však od která jen bylo už přes bude jsme které aby může velmi byla roku více pouze tím při',
    letters: 'řůěý',
  },
  sk: {
    words:
      'a v sa na je že to z s o aj do vo by za pre ale som ako po ktorý jeho k podľa alebo nie bol až tiež sú však od ktorá len bolo už cez bude sme ktoré aby môže veľmi všetky bola roku viac iba tým pri',
    letters: 'ľĺŕôä',
  },
  sl: {
    words:
      'in je v na se da so za ki pa z ne tudi po bi kot bil ali še od pri kar ob tem bo med jih ter bilo sem že',
    letters: 'čšž',
  },
  hr: {
    words:
      'i u je na se da su za od s koji o što će ne a kao to iz bi nije te ali po bio koja do ili koje biti samo već još nakon',
    letters: 'đćčšž',
  },
  ro: {
    words:
      'și de în a la cu pe din că nu un o care este mai pentru au fi sunt ce fost dar prin să ca fie s-a i-a lui sau după între era această',
    letters: 'ățșţşî',
  },
  hu: {
    words:
      'a az és hogy nem is egy ez volt meg de csak már el kell még van vagy mint szerint ha ki aki olyan után lesz lehet azt pedig sem ami között',
    letters: 'őűáéöü',
  },
  tr: {
    words:
      've bir bu da de için ile olarak olan daha çok en gibi kadar sonra ne ise ki var oldu dedi o ya olduğu her ancak değil göre tarafından iki etti',
    letters: 'ığşİç',
  },
  id: {
    words:
      'yang dan di dengan untuk dari pada tidak ini itu dalam akan adalah juga oleh ke sebagai telah bisa karena ada mereka tersebut atau saat lebih kata sudah menjadi dapat',
  },
  ms: {
    words:
      'yang dan di dengan untuk dari pada tidak ini itu dalam akan adalah juga oleh ke sebagai telah kerana ialah beliau mereka tersebut atau lebih kata boleh bagi katanya turut berkata daripada sahaja seorang kepada',
  },
  vi: {
    words:
      'của và là có được trong cho không các một với những người đã này khi để từ cũng đến ra theo tại về năm như sẽ nhưng',
    letters: 'ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
  },
  ca: {
    words:
      'el la els les de del i en que un una per amb és al més no ha són com però també aquest aquesta seu ser fins hi ho entre anys han molt perquè',
    letters: '·çà',
  },
  eu: { words: 'eta da ez bat du dira izan den ere baina egin dute hori zen dela beste egiten edo izango' },
  gl: {
    words:
      'o a os as de do da dos das e en que un unha por con se para é ao na non máis como foi súa seu pola tamén son ser ten xa ou entre ata isto luns concello xunta dixo despois moi hai así pero',
  },
  sq: {
    words: 'dhe në të e për me një që nga është se nuk ka i më do janë si kjo ky por edhe duke u ishte',
    letters: 'ëç',
  },
  is: {
    words:
      'og að í á er sem um til við ekki en það með hann var af fyrir frá eru hefur verið þess þeir eða þegar',
    letters: 'þðæö',
  },
  sw: {
    words: 'ya na wa kwa ni za katika la kuwa hiyo cha ambayo huo hii baada pia alisema bila yake lakini',
  },
};

export const CYRILLIC_LANGUAGES: Readonly<Record<string, LanguageWords>> = {
  ru: {
    words:
      'и в на не что с по это как он из за от для его к был но также о был были она они все так же или после при уже может',
    letters: 'ыэёъ',
  },
  uk: {
    words:
      'і в на не що з по це як він із за від для його до був але також про була були вона вони всі так або після при вже може та у й який',
    letters: 'іїєґ',
  },
  be: {
    words:
      'і ў на не што з па гэта як ён за ад для яго да быў але таксама пра была былі яна яны у каб якія які гэтым было ці дзе пасля',
    letters: 'ўі',
  },
  bg: {
    words: 'и в на не че се с по това като той за от да е са но също към или след при вече може ще му си',
    letters: 'ъщ',
  },
  sr: {
    words: 'и у на се да је су за од с који о што ће не а као то из би није али по био која',
    letters: 'ђћџјљњ',
  },
  mk: {
    words: 'и во на не што се со по тоа како тој за од да е се но исто кон или после веќе може ќе',
    letters: 'ѓќѕџјљњ',
  },
  kk: { words: 'және бұл мен үшін деп бар болып осы бір ол да де', letters: 'әғқңөұүһ' },
};

export const ARABIC_LANGUAGES: Readonly<Record<string, LanguageWords>> = {
  ar: {
    words: 'في من على أن إلى التي الذي عن مع هذا هذه كان ما لا بعد قال ذلك بين كما أو وقد خلال',
    letters: 'ةأإىؤئ',
  },
  fa: {
    words: 'و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت شده بود می شد',
    letters: 'پچژگیک',
  },
  ur: { words: 'کے میں کی ہے اور سے کا کو اس پر نے کہ یہ ہیں بھی تھا وہ گیا کہا ایک کر', letters: 'ٹڈڑںہےھ' },
};

/**
 * Common Chinese characters that are written only in Traditional Chinese, and their Simplified forms in the same order.
 */
export const TRADITIONAL_CHARS =
  '這們來個時為國說對會學發經現過還讓從開關門問間見長東車書馬魚鳥龍風飛電雲習寫買賣與業產無實點兒華區師報導員動務總統議縣縮歲塊橋廣場應當錢銀鐵際單據傳聯絡網線認識話語';
export const SIMPLIFIED_CHARS =
  '这们来个时为国说对会学发经现过还让从开关门问间见长东车书马鱼鸟龙风飞电云习写买卖与业产无实点儿华区师报导员动务总统议县缩岁块桥广场应当钱银铁际单据传联络网线认识话语';
