/** The labels of the search. `labels-table.ts` has those of all pages. */
export interface SearchLabels {
  /** A link, a heading, a button, and the name of the field for words. */
  search: string;
  searching: string;
  /** Around the number of results. The number stands at the end, so that it needs no plural. */
  found: string;
  /** Around the words that the reader typed. */
  nothing: string;
  /** Around the number of searched articles and the number of all articles. */
  searched: string;
  /** A button that goes on with older articles. */
  older: string;
  failed: string;
  /** For a browser without scripts. A link to the archive follows. */
  withoutScripts: string;
}

export const ENGLISH_SEARCH_LABELS: SearchLabels = {
  search: 'Search',
  searching: 'Searching…',
  found: 'Results: {}',
  nothing: 'No results for “{}”.',
  searched: 'Articles searched: {} of {}',
  older: 'Search older articles',
  failed: 'The search did not finish. Please try again in a moment.',
  withoutScripts: 'Search needs JavaScript. The archive lists every article by date.',
};

/** By primary language subtag (BCP 47), as in the table of labels. `zh-Hant` is Chinese in traditional characters. */
export const SEARCH_LABELS: ReadonlyMap<string, SearchLabels> = new Map([
  ['en', ENGLISH_SEARCH_LABELS],
  [
    'uk',
    {
      search: 'Пошук',
      searching: 'Шукаємо…',
      found: 'Знайдено: {}',
      nothing: 'За запитом «{}» нічого не знайдено.',
      searched: 'Переглянуто статей: {} із {}',
      older: 'Шукати в давніших статтях',
      failed: 'Пошук не завершено. Спробуйте ще раз за мить.',
      withoutScripts: 'Для пошуку потрібен JavaScript. Усі статті за датами є в архіві.',
    },
  ],
  [
    'ru',
    {
      search: 'Поиск',
      searching: 'Идёт поиск…',
      found: 'Найдено: {}',
      nothing: 'По запросу «{}» ничего не найдено.',
      searched: 'Просмотрено статей: {} из {}',
      older: 'Искать в более старых статьях',
      failed: 'Поиск не завершён. Попробуйте ещё раз чуть позже.',
      withoutScripts: 'Для поиска нужен JavaScript. Все статьи по датам есть в архиве.',
    },
  ],
  [
    'de',
    {
      search: 'Suche',
      searching: 'Suche läuft …',
      found: 'Treffer: {}',
      nothing: 'Keine Treffer für „{}“.',
      searched: 'Durchsuchte Artikel: {} von {}',
      older: 'Ältere Artikel durchsuchen',
      failed: 'Die Suche konnte nicht abgeschlossen werden. Bitte versuchen Sie es gleich noch einmal.',
      withoutScripts: 'Die Suche braucht JavaScript. Das Archiv führt alle Artikel nach Datum auf.',
    },
  ],
  [
    'fr',
    {
      search: 'Rechercher',
      searching: 'Recherche en cours…',
      found: 'Résultats : {}',
      nothing: 'Aucun résultat pour « {} ».',
      searched: 'Articles parcourus : {} sur {}',
      older: 'Chercher dans les articles plus anciens',
      failed: 'La recherche n’a pas abouti. Veuillez réessayer dans un instant.',
      withoutScripts:
        'La recherche a besoin de JavaScript. Les archives présentent tous les articles par date.',
    },
  ],
  [
    'es',
    {
      search: 'Buscar',
      searching: 'Buscando…',
      found: 'Resultados: {}',
      nothing: 'No hay resultados para «{}».',
      searched: 'Artículos revisados: {} de {}',
      older: 'Buscar en artículos anteriores',
      failed: 'La búsqueda no ha terminado. Inténtelo de nuevo en un momento.',
      withoutScripts: 'La búsqueda necesita JavaScript. El archivo recoge todos los artículos por fecha.',
    },
  ],
  [
    'it',
    {
      search: 'Cerca',
      searching: 'Ricerca in corso…',
      found: 'Risultati: {}',
      nothing: 'Nessun risultato per «{}».',
      searched: 'Articoli esaminati: {} su {}',
      older: 'Cerca negli articoli meno recenti',
      failed: 'La ricerca non è terminata. Riprova tra un momento.',
      withoutScripts: 'La ricerca richiede JavaScript. L’archivio elenca tutti gli articoli per data.',
    },
  ],
  [
    'pt',
    {
      search: 'Pesquisar',
      searching: 'A pesquisar…',
      found: 'Resultados: {}',
      nothing: 'Nenhum resultado para “{}”.',
      searched: 'Artigos pesquisados: {} de {}',
      older: 'Pesquisar artigos mais antigos',
      failed: 'Não foi possível concluir a pesquisa. Tente novamente daqui a pouco.',
      withoutScripts: 'A pesquisa precisa de JavaScript. O arquivo reúne todos os artigos por data.',
    },
  ],
  [
    'nl',
    {
      search: 'Zoeken',
      searching: 'Bezig met zoeken…',
      found: 'Resultaten: {}',
      nothing: 'Geen resultaten voor ‘{}’.',
      searched: 'Doorzochte artikelen: {} van {}',
      older: 'Zoek in oudere artikelen',
      failed: 'Het zoeken is niet voltooid. Probeer het zo meteen opnieuw.',
      withoutScripts: 'Zoeken werkt alleen met JavaScript. In het archief staan alle artikelen op datum.',
    },
  ],
  [
    'pl',
    {
      search: 'Szukaj',
      searching: 'Trwa wyszukiwanie…',
      found: 'Wyniki: {}',
      nothing: 'Brak wyników dla „{}”.',
      searched: 'Przeszukane artykuły: {} z {}',
      older: 'Szukaj w starszych artykułach',
      failed: 'Nie udało się dokończyć wyszukiwania. Spróbuj ponownie za chwilę.',
      withoutScripts: 'Wyszukiwanie wymaga JavaScriptu. Archiwum zawiera wszystkie artykuły według daty.',
    },
  ],
  [
    'cs',
    {
      search: 'Hledat',
      searching: 'Hledá se…',
      found: 'Nalezeno: {}',
      nothing: 'Pro „{}“ se nic nenašlo.',
      searched: 'Prohledané články: {} z {}',
      older: 'Hledat ve starších článcích',
      failed: 'Hledání se nedokončilo. Zkuste to za chvíli znovu.',
      withoutScripts: 'Hledání vyžaduje JavaScript. Všechny články podle data najdete v archivu.',
    },
  ],
  [
    'sv',
    {
      search: 'Sök',
      searching: 'Söker…',
      found: 'Träffar: {}',
      nothing: 'Inga träffar för ”{}”.',
      searched: 'Genomsökta artiklar: {} av {}',
      older: 'Sök i äldre artiklar',
      failed: 'Sökningen kunde inte slutföras. Försök igen om en stund.',
      withoutScripts: 'Sökningen kräver JavaScript. I arkivet finns alla artiklar efter datum.',
    },
  ],
  [
    'da',
    {
      search: 'Søg',
      searching: 'Søger…',
      found: 'Resultater: {}',
      nothing: 'Ingen resultater for »{}«.',
      searched: 'Gennemsøgte artikler: {} af {}',
      older: 'Søg i ældre artikler',
      failed: 'Søgningen blev ikke færdig. Prøv igen om lidt.',
      withoutScripts: 'Søgningen kræver JavaScript. I arkivet findes alle artikler efter dato.',
    },
  ],
  [
    'no',
    {
      search: 'Søk',
      searching: 'Søker…',
      found: 'Treff: {}',
      nothing: 'Ingen treff for «{}».',
      searched: 'Gjennomsøkte artikler: {} av {}',
      older: 'Søk i eldre artikler',
      failed: 'Søket ble ikke fullført. Prøv igjen om litt.',
      withoutScripts: 'Søket krever JavaScript. I arkivet finnes alle artikler etter dato.',
    },
  ],
  [
    'fi',
    {
      search: 'Haku',
      searching: 'Haetaan…',
      found: 'Tuloksia: {}',
      nothing: 'Haulla ”{}” ei löytynyt tuloksia.',
      searched: 'Artikkeleita käyty läpi: {} / {}',
      older: 'Hae vanhemmista artikkeleista',
      failed: 'Hakua ei saatu valmiiksi. Yritä hetken kuluttua uudelleen.',
      withoutScripts: 'Haku vaatii JavaScriptin. Arkistossa on kaikki artikkelit päivämäärän mukaan.',
    },
  ],
  [
    'tr',
    {
      search: 'Ara',
      searching: 'Aranıyor…',
      found: 'Sonuç sayısı: {}',
      nothing: '“{}” için sonuç bulunamadı.',
      searched: 'Aranan haberler: {} / {}',
      older: 'Daha eski haberlerde ara',
      failed: 'Arama tamamlanamadı. Lütfen birazdan yeniden deneyin.',
      withoutScripts: 'Arama için JavaScript gerekir. Arşivde bütün haberler tarihe göre sıralanır.',
    },
  ],
  [
    'ar',
    {
      search: 'بحث',
      searching: 'جارٍ البحث…',
      found: 'عدد النتائج: {}',
      nothing: 'لا نتائج لعبارة «{}».',
      searched: 'المقالات التي جرى البحث فيها: {} من {}',
      older: 'البحث في مقالات أقدم',
      failed: 'لم يكتمل البحث. يُرجى المحاولة مجددًا بعد قليل.',
      withoutScripts: 'يتطلب البحث تفعيل JavaScript. يضم الأرشيف جميع المقالات بحسب التاريخ.',
    },
  ],
  [
    'he',
    {
      search: 'חיפוש',
      searching: 'מחפשים…',
      found: 'תוצאות: {}',
      nothing: 'לא נמצאו תוצאות עבור „{}”.',
      searched: 'כתבות שנבדקו: {} מתוך {}',
      older: 'חיפוש בכתבות ישנות יותר',
      failed: 'החיפוש לא הושלם. נסו שוב בעוד רגע.',
      withoutScripts: 'החיפוש דורש JavaScript. בארכיון מופיעות כל הכתבות לפי תאריך.',
    },
  ],
  [
    'fa',
    {
      search: 'جستجو',
      searching: 'در حال جستجو…',
      found: 'تعداد نتایج: {}',
      nothing: 'برای «{}» نتیجه‌ای پیدا نشد.',
      searched: 'مطالب جستجوشده: {} از {}',
      older: 'جستجو در مطالب قدیمی‌تر',
      failed: 'جستجو کامل نشد. لطفاً کمی بعد دوباره امتحان کنید.',
      withoutScripts: 'جستجو به JavaScript نیاز دارد. همهٔ مطالب به ترتیب تاریخ در بایگانی هست.',
    },
  ],
  [
    'hi',
    {
      search: 'खोजें',
      searching: 'खोज जारी है…',
      found: 'परिणाम: {}',
      nothing: '“{}” के लिए कोई परिणाम नहीं मिला।',
      searched: 'देखे गए लेख: {} / {}',
      older: 'पुराने लेखों में खोजें',
      failed: 'खोज पूरी नहीं हो सकी। कृपया थोड़ी देर बाद फिर कोशिश करें।',
      withoutScripts: 'खोज के लिए JavaScript ज़रूरी है। संग्रह में सभी लेख तारीख़ के क्रम से हैं।',
    },
  ],
  [
    'ja',
    {
      search: '検索',
      searching: '検索中…',
      found: '検索結果：{}件',
      nothing: '「{}」に一致する記事は見つかりませんでした。',
      searched: '検索した記事：{}／{}件',
      older: 'さらに古い記事を検索',
      failed: '検索を完了できませんでした。しばらくしてからもう一度お試しください。',
      withoutScripts: '検索にはJavaScriptが必要です。過去の記事は日付順でもご覧いただけます。',
    },
  ],
  [
    'ko',
    {
      search: '검색',
      searching: '검색 중…',
      found: '검색 결과: {}건',
      nothing: '‘{}’에 대한 검색 결과가 없습니다.',
      searched: '검색한 기사: {}/{}건',
      older: '이전 기사 검색',
      failed: '검색을 마치지 못했습니다. 잠시 후 다시 시도해 주세요.',
      withoutScripts: '검색하려면 JavaScript가 필요합니다. 모든 기사를 날짜순으로 보실 수 있습니다.',
    },
  ],
  [
    'zh',
    {
      search: '搜索',
      searching: '正在搜索……',
      found: '搜索结果：{} 条',
      nothing: '没有找到与“{}”相关的文章。',
      searched: '已搜索 {} 篇，共 {} 篇',
      older: '搜索更早的文章',
      failed: '搜索未能完成，请稍后再试。',
      withoutScripts: '搜索需要启用 JavaScript。全部文章也可按日期浏览。',
    },
  ],
  [
    'zh-Hant',
    {
      search: '搜尋',
      searching: '搜尋中……',
      found: '搜尋結果：{} 則',
      nothing: '找不到與「{}」相關的文章。',
      searched: '已搜尋 {} 篇，共 {} 篇',
      older: '搜尋更早的文章',
      failed: '搜尋未能完成，請稍後再試。',
      withoutScripts: '搜尋需要啟用 JavaScript。所有文章也可依日期瀏覽。',
    },
  ],
]);
