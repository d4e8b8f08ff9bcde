import { phraseSet, phrases, wordSet, words } from '../tables.ts';

// Words at which a sentence can be cut for a headline, and words of attributions. All are in lower case.

/**
 * Words that begin a clause or an adjunct, by language. The text before such a word is a complete sentence.
 */
export const CLAUSE_STARTS: ReadonlyMap<string, ReadonlySet<string>> = wordsByLanguage({
  en: 'and but or because while when before after although though since as amid despite following prior until unless whereas which who where that if so with without during over against for from in on at by to into under about between',
  de: 'und aber oder weil während wenn nachdem bevor obwohl seit trotz nach vor bis welche wobei damit dass für gegen mit ohne bei im am',
  fr: 'et mais ou parce pendant lorsque quand après avant bien depuis malgré afin qui où dont pour contre avec sans dans sur',
  es: 'y pero o porque mientras cuando después antes aunque desde tras hasta donde para contra con sin durante en sobre',
  pt: 'e mas porque enquanto quando depois antes embora desde após até onde para contra com sem durante em sobre',
  it: 'e ma perché mentre quando dopo prima benché nonostante dove per contro con senza durante su che',
  nl: 'en maar want omdat terwijl wanneer nadat voordat hoewel sinds ondanks waar voor tegen met zonder tijdens over',
  sv: 'och men eller eftersom medan när efter innan trots sedan utan med mot för att på i som',
  da: 'og men eller fordi mens når efter før trods siden uden med mod for at på i som',
  pl: 'i ale lub ponieważ podczas gdy kiedy po przed chociaż od mimo gdzie który która które dla przeciw z bez w na',
  cs: 'a ale nebo protože zatímco když po před ačkoli od přes kde který která které pro proti s bez v na',
  ru: 'и но или потому пока когда после до хотя несмотря где который которая которые для против с без в на из о',
  uk: 'і та але або тому поки коли після до хоча попри де який яка які для проти з без у в на із про',
  el: 'και αλλά ή επειδή ενώ όταν μετά πριν αν που για με χωρίς στη στην στο στον από',
  ar: 'لكن بينما حيث بعد قبل منذ خلال رغم بسبب لكي إذا حين عندما في ضد دون وذلك',
  he: 'כי אך אבל כאשר אחרי לאחר לפני בעקבות למרות בלי ללא נגד אם או',
  fa: 'و اما ولی زیرا که تا چون اگر یا',
  hi: 'और लेकिन मगर जबकि क्योंकि ताकि जो जिस जिसके जिससे जिसमें तथा एवं कि या',
  ur: 'اور لیکن مگر جبکہ کیونکہ تاکہ جو جس کہ یا',
  bn: 'এবং ও কিন্তু তবে কারণ যা যে যার অথবা',
  id: 'dan atau tetapi karena sementara ketika setelah sebelum meskipun sejak hingga yang untuk dengan tanpa di pada',
  vi: 'và hoặc nhưng vì khi sau trước dù để với tại trong',
  th: 'และ หรือ แต่ โดย ซึ่ง เพื่อ หลังจาก หลัง เนื่องจาก ก่อน ขณะที่ เพราะ พร้อม',
  lo: 'ແລະ ຫຼື ແຕ່ ໂດຍ ເຊິ່ງ ເພື່ອ ຫຼັງຈາກ ກ່ອນ',
  km: 'និង ឬ ប៉ុន្តែ ដោយ ដែល ដើម្បី ក្រោយ មុន',
});

/** Words after a comma that begin an attribution. */
export const ATTRIBUTION_STARTS: readonly string[] = phrases(`
  according to | said | says | reported | reports | officials said | police said | it said | he said | she said
  they said | as reported by | laut | sagte | teilte | berichtet | wie | nach angaben | selon | a déclaré
  a indiqué | a annoncé | d'après | según | dijo | informó | afirmó | segundo | disse | de acordo com | secondo
  ha detto | ha dichiarato | volgens | zei | aldus | według | powiedział | poinformował | jak podaje | сообщил
  сообщила | сообщает | сообщили | заявил | заявила | говорится | передает | передаёт | повідомив | повідомила
  повідомляє | повідомили | заявив | заявила | йдеться | пише | передає | за словами | за даними | по словам
  по данным | согласно | според | съобщи | prema | rekao je | podle | uvedl | uvedla | podľa | po slovách
  közölte | jelentette | mondta | potrivit | a declarat | a anunțat | enligt | uppger | sade | säger | skriver
  ifølge | opplyser | oplyser | siger | kertoo | sanoo | mukaan | όπως | σύμφωνα με | δήλωσε | ανέφερε | σημείωσε
  dedi | açıkladı | bildirdi | ujar | kata | menurut | demikian | theo | حسب | بحسب | حسبما | وفق | وفقا | وفقاً
  كما أعلن | كما قال | به گفته | به گزارش | כך | לדברי | לפי | אמר | אמרה
`);

/** Verbs of saying at the end of a sentence: `…, the ministry said`. */
export const SAYING_VERBS: ReadonlySet<string> = wordSet(`
  said says reported announced stated confirmed told added noted claimed wrote reports sagte mitteilte berichtete
  erklärte сообщил сообщила сообщили заявил заявила заявили рассказал рассказала повідомив повідомила повідомили
  заявив заявила заявили розповів розповіла قال قالت قالوا أعلن أعلنت ذكر ذكرت صرح صرحت אמר אמרה אמרו מסר מסרה
  הודיע הודיעה گفت گفتند کہا بتایا कहा बताया বলেন জানিয়েছেন জানান
`);

/** Chinese words of saying. They end the sentence: `，市长星期一说`. */
export const SAYING_ENDS_CJK: readonly string[] = words(
  '说 說 表示 指出 称 稱 透露 报道 報導 報道 介绍 介紹',
);

/** Labels of a list of key points before a story. */
export const KEY_POINT_LABELS: ReadonlySet<string> = phraseSet(`
  key points | key takeaways | key facts | key findings | highlights | at a glance | in brief | takeaways
  the key points | main points | what to know | what you need to know | summary | das wichtigste in kürze
  auf einen blick | das wichtigste | in kürze | l'essentiel | en bref | points clés | puntos clave | lo esencial
  claves | en síntesis | pontos-chave | em resumo | in breve | in sintesi | punti chiave | in het kort | kort
  najważniejsze informacje | w skrócie | главное | коротко | ключевые моменты | головне | стисло | ключові моменти
  öne çıkanlar | أهم النقاط | בקצרה | 要点 | 要點 | ポイント | 핵심 요약
`);

/** Names of news agencies in datelines of other scripts. */
export const WIRE_SERVICES: ReadonlySet<string> = phraseSet(`
  рейтер | рейтерс | тасс | риа новости | интерфакс | афп | ап | укрінформ | уніан | бта | танјуг | رويترز | أ ف ب
  أ.ف.ب | فرانس برس | د ب أ | أسوشيتد برس | وام | واس | سانا | ایسنا | ایرنا | רויטרס | भाषा | वार्ता | एपी
  रॉयटर्स | ロイター | 共同 | 時事 | 新华社 | 中央社 | 로이터 | 연합뉴스 | αμπε | απε-μπε | ρόιτερς | tass | ria novosti | interfax
  apa-ots | keystone-sda | sda | ats | afx | dpa-afx | sid | kna | epd | ddp | europa press | télam | telam
  notimex | agência brasil | agi | adnkronos | tt-reuters | tt-afp | bns | leta | elta | agerpres | bta | ana
  iha | dha | ians | ani | antara | bernama | vna | ttxvn | irna | isna
`);

/** Small words that need another word after them, by language. A headline must not end with one of them. */
export const DANGLING_WORDS: ReadonlyMap<string, ReadonlySet<string>> = wordsByLanguage({
  en: 'the a an of its their his her this these those has have had is are was were will would be been as than not no more very both either',
  de: 'der die das den dem des ein eine einen einem einer eines ist sind war wird werden hat haben als zur zum vom im am ans ins sehr noch auch sowie sich zu seine ihre dafür dabei dazu daran damit deren dessen',
  fr: "le la les l' un une des du de au aux ce cette ces est sont a ont sera se son sa ses leur leurs plus très en par vers chez entre dont qui",
  es: 'el la los las una lo al del un es son ha han será se su sus muy más que este esta entre',
  pt: 'o os as um uma ao à do da dos das no na nos nas é são foi ser se seu sua que mais muito',
  it: 'il lo gli i uno un una del della dei delle degli al alla ai alle dal dalla nel nella è sono ha hanno che più se suo sua di tra fra',
  nl: 'het een de van is zijn was wordt heeft hebben als dat dit naar te ten ter zeer meer',
  sv: 'den det en ett et som är er var har att och og av af på til till för ved vid eller men om',
  da: 'den det en ett et som er var har att og av af på til till för ved vid eller men om',
  pl: 'jest są był była było będzie się że jako oraz albo przy pod nad ze we jego jej ich nie',
  cs: 'je jsou byl byla bylo se že jako nebo při pod nad ze ve jeho její a v s k u o',
  sk: 'že sa sú bol bola bolo ako alebo pri zo vo jeho',
  hu: 'a az egy és hogy nem is meg vagy mint',
  ro: 'un o și de la cu pe din în că este sunt a au care al ai ale lui',
  tr: 've ile veya ama için gibi bir bu',
  fi: 'ja on ei että se sekä tai kuin joka jotka',
  ru: 'что как это его её их был была было были будет не ни со во об к у за при над под между чтобы если',
  uk: 'що як це його її їх був була було були буде не ні зі у в із за при над під між щоб якщо та й',
  bg: 'че се е са на от за да с със във при към и или',
  el: 'και ο η το οι τα του της των τον την στο στη στον στην στις στα σε με για από που να θα δεν ότι',
  ar: 'في من على إلى الى عن مع أن ان إن التي الذي الذين و أو او ثم بعد قبل بين حتى لا لم لن قد كان كانت هذا هذه',
  he: 'של את על עם אל כי או גם לא זה זו היא הוא אשר בין אחרי לפני',
  fa: 'در به از که با برای و تا بر این آن را یا',
  hi: 'और का की के में से पर को कि जो यह वह एक',
  ur: 'کے میں کی اور سے کا کو پر کہ',
  id: 'yang dan di ke dari untuk dengan pada dalam akan atau',
  vi: 'và của là có được cho với các những một',
  th: 'ที่ ใน ของ กับ จาก ให้ จะ ได้ เป็น ว่า มี ด้วย ไม่ การ ความ ถึง',
});

/** Small words of Chinese and Japanese that need another word after them. */
export const DANGLING_CJK: ReadonlySet<string> = wordSet(`
  的 和 与 與 在 对 對 将 將 为 為 被 把 向 从 從 及 并 並 但 而 是 了 因 以 由 于 於 の は が を に で と も へ や より から まで という など
`);

/** Words that begin an attribution without a comma before it. The spaces around them are included. */
export const TRAILING_SOURCES: readonly string[] = [
  ' according to ',
  ' selon ',
  " d'après ",
  ' d’après ',
  ' según ',
  ' σύμφωνα με ',
  ' وفقا ل',
  ' وفقاً ل',
  ' بحسب ',
  ' حسبما ',
  ' לפי ',
  ' לדברי ',
  ' به گفته ',
];

function wordsByLanguage(rows: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(rows).map(([language, words]) => [language, new Set(words.split(' '))]));
}
