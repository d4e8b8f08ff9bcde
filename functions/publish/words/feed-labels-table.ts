/** The labels of feeds and of the pages that explain them. `labels-table.ts` has those of all pages. */
export interface FeedLabels {
  feed: string;
  about: string;
  addresses: string;
  howTo: string;
  steps: readonly string[];
  /** Beside the link to the OPML file: a reader with all of its feeds shows each article several times. */
  opmlNote: string;
  visit: string;
  /** A link that opens a feed. */
  open: string;
  /** For a person who has opened the feed itself in a browser. */
  opened: string;
}

export const ENGLISH_FEED_LABELS: FeedLabels = {
  feed: 'Feed',
  about: 'A feed brings new articles to you automatically, in full and without an account.',
  addresses: 'Addresses',
  howTo: 'How to subscribe',
  steps: [
    'Copy one of the addresses. RSS is understood by every feed reader.',
    'Add it in your feed reader, where it offers a new feed or subscription.',
    'New articles appear there automatically.',
  ],
  opmlNote:
    'The main feed has every article. The OPML file also lists the feeds of sections, tags and authors, which repeat parts of it.',
  visit: 'Read on the site',
  open: 'Open',
  opened: 'This is a feed. Copy the address of this page into your feed reader to follow it.',
};

/** By language, as in the table of labels. */
export const FEED_LABELS: ReadonlyMap<string, FeedLabels> = new Map([
  ['en', ENGLISH_FEED_LABELS],
  [
    'uk',
    {
      feed: 'Стрічка',
      about: 'RSS-стрічка автоматично надсилає вам нові матеріали, повністю й без реєстрації.',
      addresses: 'Адреси',
      howTo: 'Як підписатися',
      steps: [
        'Скопіюйте одну з адрес. Її зрозуміє будь-який RSS-рідер.',
        'Додайте її у своєму RSS-рідері як нову стрічку чи підписку.',
        'Нові матеріали з’являтимуться там автоматично.',
      ],
      opmlNote:
        'Головна стрічка містить усі матеріали. Файл OPML містить також стрічки розділів, тегів і авторів, які повторюють її частини.',
      visit: 'Читати на сайті',
      open: 'Відкрити',
      opened: 'Це стрічка. Щоб стежити за нею, скопіюйте адресу цієї сторінки у свій RSS-рідер.',
    },
  ],
  [
    'ru',
    {
      feed: 'Лента',
      about: 'RSS-лента автоматически присылает вам новые материалы, полностью и без регистрации.',
      addresses: 'Адреса',
      howTo: 'Как подписаться',
      steps: [
        'Скопируйте один из адресов. Его поймёт любая программа для чтения RSS.',
        'Добавьте его в своей программе для чтения RSS как новую ленту или подписку.',
        'Новые материалы будут появляться там автоматически.',
      ],
      opmlNote:
        'Главная лента содержит все материалы. Файл OPML содержит также ленты разделов, тегов и авторов, которые повторяют её части.',
      visit: 'Читать на сайте',
      open: 'Открыть',
      opened:
        'Это лента. Чтобы следить за ней, скопируйте адрес этой страницы в свою программу для чтения RSS.',
    },
  ],
  [
    'de',
    {
      feed: 'Feed',
      about: 'Mit einem Feed erhalten Sie neue Artikel automatisch, vollständig und ohne Anmeldung.',
      addresses: 'Adressen',
      howTo: 'So abonnieren Sie',
      steps: [
        'Kopieren Sie eine der Adressen. Jeder Feedreader kann RSS lesen.',
        'Fügen Sie sie in Ihrem Feedreader als neuen Feed oder neues Abonnement hinzu.',
        'Neue Artikel erscheinen dort automatisch.',
      ],
      opmlNote:
        'Der Haupt-Feed enthält alle Artikel. Die OPML-Datei enthält auch die Feeds der Ressorts, Schlagwörter, Autorinnen und Autoren, die Teile davon wiederholen.',
      visit: 'Auf der Website lesen',
      open: 'Öffnen',
      opened:
        'Dies ist ein Feed. Kopieren Sie die Adresse dieser Seite in Ihren Feedreader, um ihn zu abonnieren.',
    },
  ],
  [
    'fr',
    {
      feed: 'Flux',
      about: 'Recevez automatiquement les nouveaux articles, en intégralité et sans compte.',
      addresses: 'Adresses',
      howTo: 'Comment s’abonner',
      steps: [
        'Copiez l’une des adresses. Tous les lecteurs de flux prennent en charge le format RSS.',
        'Ajoutez-la à votre lecteur de flux comme nouvel abonnement.',
        'Les nouveaux articles y apparaissent automatiquement.',
      ],
      opmlNote:
        'Le flux principal contient tous les articles. Le fichier OPML contient aussi les flux des rubriques, des mots-clés et des auteurs, qui en reprennent une partie.',
      visit: 'Lire sur le site',
      open: 'Ouvrir',
      opened:
        'Ceci est un flux. Copiez l’adresse de cette page dans votre lecteur de flux pour vous abonner.',
    },
  ],
  [
    'es',
    {
      feed: 'Canal',
      about: 'Reciba automáticamente los artículos nuevos, completos y sin registrarse.',
      addresses: 'Direcciones',
      howTo: 'Cómo suscribirse',
      steps: [
        'Copie una de las direcciones. Todos los lectores de RSS la reconocen.',
        'Añádala en su lector de RSS como canal o suscripción nueva.',
        'Los artículos nuevos aparecerán allí automáticamente.',
      ],
      opmlNote:
        'El canal principal contiene todos los artículos. El archivo OPML incluye también los canales de secciones, temas y autores, que repiten partes de él.',
      visit: 'Leer en el sitio',
      open: 'Abrir',
      opened: 'Esto es un canal. Copie la dirección de esta página en su lector de RSS para seguirlo.',
    },
  ],
  [
    'it',
    {
      feed: 'Feed',
      about: 'Con un feed ricevi automaticamente i nuovi articoli, completi e senza registrazione.',
      addresses: 'Indirizzi',
      howTo: 'Come iscriversi',
      steps: [
        'Copia uno degli indirizzi. Ogni lettore di feed supporta RSS.',
        'Aggiungilo nel tuo lettore di feed come nuovo feed.',
        'I nuovi articoli vi compariranno automaticamente.',
      ],
      opmlNote:
        'Il feed principale contiene tutti gli articoli. Il file OPML contiene anche i feed di sezioni, argomenti e autori, che ne ripetono delle parti.',
      visit: 'Leggi sul sito',
      open: 'Apri',
      opened: 'Questo è un feed. Copia l’indirizzo di questa pagina nel tuo lettore di feed per seguirlo.',
    },
  ],
  [
    'pt',
    {
      feed: 'Feed',
      about: 'Com um feed, você recebe automaticamente os novos artigos, completos e sem cadastro.',
      addresses: 'Endereços',
      howTo: 'Como assinar',
      steps: [
        'Copie um dos endereços. Todos os leitores de feeds aceitam RSS.',
        'Adicione-o no seu leitor de feeds como novo feed ou nova assinatura.',
        'Os novos artigos aparecem lá automaticamente.',
      ],
      opmlNote:
        'O feed principal contém todos os artigos. O arquivo OPML contém também os feeds de seções, assuntos e autores, que repetem partes dele.',
      visit: 'Ler no site',
      open: 'Abrir',
      opened: 'Isto é um feed. Para acompanhá-lo, copie o endereço desta página para o seu leitor de feeds.',
    },
  ],
  [
    'nl',
    {
      feed: 'Feed',
      about: 'Met een feed krijgt u nieuwe artikelen automatisch, volledig en zonder account.',
      addresses: 'Adressen',
      howTo: 'Zo abonneert u zich',
      steps: [
        'Kopieer een van de adressen. Elke feedlezer ondersteunt RSS.',
        'Voeg het in uw feedlezer toe als nieuwe feed of nieuw abonnement.',
        'Nieuwe artikelen verschijnen daar automatisch.',
      ],
      opmlNote:
        'De hoofdfeed bevat alle artikelen. Het OPML-bestand bevat ook de feeds van rubrieken, onderwerpen en auteurs, die delen ervan herhalen.',
      visit: 'Lees op de site',
      open: 'Openen',
      opened: 'Dit is een feed. Kopieer het adres van deze pagina naar uw feedlezer om hem te volgen.',
    },
  ],
  [
    'pl',
    {
      feed: 'Kanał',
      about: 'Kanał RSS automatycznie dostarcza nowe artykuły, w całości i bez zakładania konta.',
      addresses: 'Adresy',
      howTo: 'Jak subskrybować',
      steps: [
        'Skopiuj jeden z adresów. RSS obsługuje każdy czytnik.',
        'Dodaj go w swoim czytniku kanałów jako nowy kanał lub subskrypcję.',
        'Nowe artykuły będą się tam pojawiać automatycznie.',
      ],
      opmlNote:
        'Główny kanał zawiera wszystkie artykuły. Plik OPML zawiera też kanały działów, tagów i autorów, które powtarzają jego części.',
      visit: 'Czytaj w serwisie',
      open: 'Otwórz',
      opened: 'To jest kanał. Aby go śledzić, skopiuj adres tej strony do swojego czytnika kanałów.',
    },
  ],
  [
    'cs',
    {
      feed: 'Kanál',
      about: 'Kanál RSS vám nové články doručí automaticky, celé a bez registrace.',
      addresses: 'Adresy',
      howTo: 'Jak odebírat',
      steps: [
        'Zkopírujte jednu z adres. RSS podporuje každá čtečka.',
        'Přidejte ji ve své čtečce kanálů jako nový kanál nebo odběr.',
        'Nové články se tam budou objevovat automaticky.',
      ],
      opmlNote:
        'Hlavní kanál obsahuje všechny články. Soubor OPML obsahuje i kanály rubrik, témat a autorů, které opakují jeho části.',
      visit: 'Číst na webu',
      open: 'Otevřít',
      opened: 'Toto je kanál. Chcete-li ho sledovat, zkopírujte adresu této stránky do své čtečky kanálů.',
    },
  ],
  [
    'sv',
    {
      feed: 'Flöde',
      about: 'Med ett flöde får du nya artiklar automatiskt, i sin helhet och utan konto.',
      addresses: 'Adresser',
      howTo: 'Så prenumererar du',
      steps: [
        'Kopiera en av adresserna. Alla RSS-läsare kan läsa den.',
        'Lägg till den i din RSS-läsare som nytt flöde eller ny prenumeration.',
        'Nya artiklar dyker upp där automatiskt.',
      ],
      opmlNote:
        'Huvudflödet innehåller alla artiklar. OPML-filen innehåller även flöden för avdelningar, ämnen och skribenter, som upprepar delar av det.',
      visit: 'Läs på webbplatsen',
      open: 'Öppna',
      opened: 'Det här är ett flöde. Kopiera sidans adress till din RSS-läsare för att följa det.',
    },
  ],
  [
    'da',
    {
      feed: 'Feed',
      about: 'Med et feed får du nye artikler automatisk, i deres helhed og uden konto.',
      addresses: 'Adresser',
      howTo: 'Sådan abonnerer du',
      steps: [
        'Kopiér en af adresserne. Alle feedlæsere kan læse RSS.',
        'Tilføj den i din feedlæser som nyt feed eller abonnement.',
        'Nye artikler dukker automatisk op der.',
      ],
      opmlNote:
        'Hovedfeedet indeholder alle artikler. OPML-filen indeholder også feeds for sektioner, emner og forfattere, som gentager dele af det.',
      visit: 'Læs på webstedet',
      open: 'Åbn',
      opened: 'Dette er et feed. Kopiér sidens adresse til din feedlæser for at følge det.',
    },
  ],
  [
    'no',
    {
      feed: 'Nyhetsstrøm',
      about: 'Med en nyhetsstrøm får du nye artikler automatisk, i sin helhet og uten konto.',
      addresses: 'Adresser',
      howTo: 'Slik abonnerer du',
      steps: [
        'Kopier en av adressene. Alle RSS-lesere kan lese den.',
        'Legg den til i RSS-leseren din som ny nyhetsstrøm eller nytt abonnement.',
        'Nye artikler dukker automatisk opp der.',
      ],
      opmlNote:
        'Hovedstrømmen inneholder alle artikler. OPML-filen inneholder også strømmene for seksjoner, emner og forfattere, som gjentar deler av den.',
      visit: 'Les på nettstedet',
      open: 'Åpne',
      opened:
        'Dette er en nyhetsstrøm. Kopier adressen til denne siden inn i RSS-leseren din for å følge den.',
    },
  ],
  [
    'fi',
    {
      feed: 'Syöte',
      about: 'Syötteestä saat uudet artikkelit automaattisesti, kokonaisina ja ilman rekisteröitymistä.',
      addresses: 'Osoitteet',
      howTo: 'Näin tilaat',
      steps: [
        'Kopioi jokin osoitteista. Kaikki syötteenlukijat tukevat RSS:ää.',
        'Lisää se syötteenlukijaasi uutena syötteenä tai tilauksena.',
        'Uudet artikkelit ilmestyvät sinne automaattisesti.',
      ],
      opmlNote:
        'Pääsyötteessä ovat kaikki artikkelit. OPML-tiedostossa ovat myös osastojen, aiheiden ja kirjoittajien syötteet, jotka toistavat sen osia.',
      visit: 'Lue sivustolla',
      open: 'Avaa',
      opened: 'Tämä on syöte. Kopioi tämän sivun osoite syötteenlukijaasi seurataksesi sitä.',
    },
  ],
  [
    'tr',
    {
      feed: 'RSS',
      about: 'RSS ile yeni haberleri otomatik olarak, eksiksiz ve üye olmadan alın.',
      addresses: 'Adresler',
      howTo: 'Nasıl abone olunur',
      steps: [
        'Adreslerden birini kopyalayın. Her RSS okuyucu bu adresleri açar.',
        'RSS okuyucunuza yeni abonelik olarak ekleyin.',
        'Yeni haberler orada otomatik olarak görünür.',
      ],
      opmlNote:
        'Ana RSS adresinde bütün haberler vardır. OPML dosyasında bölümlerin, etiketlerin ve yazarların RSS adresleri de vardır; aynı haberler onlarda da yer alır.',
      visit: 'Sitede oku',
      open: 'Aç',
      opened: 'Bu bir RSS sayfasıdır. Takip etmek için bu sayfanın adresini RSS okuyucunuza kopyalayın.',
    },
  ],
  [
    'ar',
    {
      feed: 'خلاصة',
      about: 'تأتيك الخلاصة بالمقالات الجديدة تلقائيا، كاملة ومن دون حساب.',
      addresses: 'العناوين',
      howTo: 'كيفية الاشتراك',
      steps: [
        'انسخ أحد العناوين. جميع قارئات الخلاصات تدعم RSS.',
        'أضفه في قارئ الخلاصات لديك خلاصة جديدة أو اشتراكا جديدا.',
        'تظهر المقالات الجديدة هناك تلقائيا.',
      ],
      opmlNote:
        'تحتوي الخلاصة الرئيسية على كل المقالات. ويحتوي ملف OPML أيضًا على خلاصات الأقسام والوسوم والكُتّاب، وهي تكرر أجزاء منها.',
      visit: 'اقرأ في الموقع',
      open: 'فتح',
      opened: 'هذه خلاصة. انسخ عنوان هذه الصفحة إلى قارئ الخلاصات لديك لمتابعتها.',
    },
  ],
  [
    'he',
    {
      feed: 'פיד',
      about: 'בפיד RSS מקבלים כתבות חדשות באופן אוטומטי, במלואן וללא הרשמה.',
      addresses: 'כתובות',
      howTo: 'איך נרשמים',
      steps: [
        'העתיקו אחת מהכתובות. כל קורא פידים תומך ב־RSS.',
        'הוסיפו אותה בקורא הפידים שלכם כפיד חדש או כמינוי חדש.',
        'כתבות חדשות יופיעו שם אוטומטית.',
      ],
      opmlNote:
        'הפיד הראשי כולל את כל הכתבות. קובץ ה־OPML כולל גם את הפידים של המדורים, התגיות והכותבים, שחוזרים על חלקים ממנו.',
      visit: 'לקריאה באתר',
      open: 'פתיחה',
      opened: 'זהו פיד. כדי לעקוב אחריו, העתיקו את כתובת הדף הזה לקורא הפידים שלכם.',
    },
  ],
  [
    'fa',
    {
      feed: 'خوراک',
      about: 'با خوراک، مطالب تازه به‌طور خودکار، کامل و بدون حساب کاربری به شما می‌رسد.',
      addresses: 'نشانی‌ها',
      howTo: 'روش اشتراک',
      steps: [
        'یکی از نشانی‌ها را کپی کنید. همهٔ خوراک‌خوان‌ها از RSS پشتیبانی می‌کنند.',
        'آن را در خوراک‌خوان خود به عنوان خوراک یا اشتراک تازه بیفزایید.',
        'مطالب تازه به‌طور خودکار آنجا نمایش داده می‌شود.',
      ],
      opmlNote:
        'خوراک اصلی همهٔ نوشته‌ها را دارد. فایل OPML خوراک بخش‌ها، برچسب‌ها و نویسندگان را هم دارد که بخش‌هایی از آن را تکرار می‌کنند.',
      visit: 'خواندن در سایت',
      open: 'باز کردن',
      opened: 'این یک خوراک است. برای دنبال کردن آن، نشانی این صفحه را در خوراک‌خوان خود کپی کنید.',
    },
  ],
  [
    'hi',
    {
      feed: 'फ़ीड',
      about: 'फ़ीड से नए लेख अपने-आप मिलते हैं, पूरे और बिना खाता बनाए।',
      addresses: 'पते',
      howTo: 'सब्सक्राइब कैसे करें',
      steps: [
        'इनमें से कोई एक पता कॉपी करें। RSS हर फ़ीड रीडर में चलता है।',
        'उसे अपने फ़ीड रीडर में नई फ़ीड के रूप में जोड़ें।',
        'नए लेख वहाँ अपने आप दिखाई देंगे।',
      ],
      opmlNote: 'मुख्य फ़ीड में सभी लेख हैं। OPML फ़ाइल में सेक्शन, टैग और लेखकों की फ़ीड भी हैं, जिनमें वही लेख दोबारा आते हैं।',
      visit: 'साइट पर पढ़ें',
      open: 'खोलें',
      opened: 'यह एक फ़ीड है। इसे पाते रहने के लिए इस पेज का पता अपने फ़ीड रीडर में कॉपी करें।',
    },
  ],
  [
    'ja',
    {
      feed: 'フィード',
      about: 'フィードを購読すると、新しい記事の全文が登録なしで自動的に届きます。',
      addresses: 'アドレス',
      howTo: '購読の方法',
      steps: [
        'アドレスを一つコピーします。RSS はどのフィードリーダーでも読めます。',
        'フィードリーダーで新しいフィード（購読）として追加します。',
        '新しい記事が自動的に表示されます。',
      ],
      opmlNote:
        'メインのフィードにはすべての記事が入っています。OPMLファイルには、カテゴリー、タグ、筆者ごとのフィードも入っており、内容は一部重複します。',
      visit: 'サイトで読む',
      open: '開く',
      opened:
        'これはフィードです。購読するには、このページのアドレスをフィードリーダーにコピーしてください。',
    },
  ],
  [
    'ko',
    {
      feed: '피드',
      about: '피드를 구독하면 새 기사 전문을 회원 가입 없이 자동으로 받아 볼 수 있습니다.',
      addresses: '주소',
      howTo: '구독 방법',
      steps: [
        '주소 하나를 복사하세요. RSS는 모든 피드 리더가 읽을 수 있습니다.',
        '피드 리더에서 새 피드나 새 구독으로 추가하세요.',
        '새 기사가 그곳에 자동으로 나타납니다.',
      ],
      opmlNote:
        '기본 피드에는 모든 기사가 있습니다. OPML 파일에는 섹션, 태그, 필자별 피드도 있으며 내용이 일부 겹칩니다.',
      visit: '사이트에서 읽기',
      open: '열기',
      opened: '이것은 피드입니다. 구독하려면 이 페이지의 주소를 피드 리더에 복사하세요.',
    },
  ],
  [
    'zh',
    {
      feed: '订阅源',
      about: '订阅后可自动收到新文章全文，无需注册账号。',
      addresses: '地址',
      howTo: '如何订阅',
      steps: [
        '复制其中一个地址。所有 RSS 阅读器都支持。',
        '在 RSS 阅读器中将它添加为新的订阅源。',
        '新文章会自动出现在那里。',
      ],
      opmlNote: '主订阅源包含全部文章。OPML 文件还列出各栏目、标签和作者的订阅源，内容会有部分重复。',
      visit: '在网站上阅读',
      open: '打开',
      opened: '这是一个订阅源。将本页地址复制到您的 RSS 阅读器即可订阅。',
    },
  ],
  [
    'zh-Hant',
    {
      feed: '訂閱來源',
      about: '訂閱後可自動收到新文章全文，無須註冊帳號。',
      addresses: '網址',
      howTo: '如何訂閱',
      steps: [
        '複製其中一個網址。所有 RSS 閱讀器都支援。',
        '在 RSS 閱讀器中將它新增為訂閱來源。',
        '新文章會自動出現在那裡。',
      ],
      opmlNote: '主要訂閱來源包含所有文章。OPML 檔案另外列出各分類、標籤和作者的訂閱來源，內容會有部分重複。',
      visit: '在網站上閱讀',
      open: '開啟',
      opened: '這是訂閱來源。將本頁網址複製到您的 RSS 閱讀器即可訂閱。',
    },
  ],
]);
