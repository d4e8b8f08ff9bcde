/** The labels of feeds and of the pages that explain them. `labels-table.ts` has those of all pages. */
export interface FeedLabels {
  feed: string;
  about: string;
  addresses: string;
  howTo: string;
  steps: readonly string[];
  visit: string;
  /** A link that opens a feed. */
  open: string;
  /** For a person who has opened the feed itself in a browser. */
  opened: string;
}

export const ENGLISH_FEED_LABELS: FeedLabels = {
  feed: 'Feed',
  about: 'A feed brings new articles to you by themselves, in full and without an account.',
  addresses: 'Addresses',
  howTo: 'How to subscribe',
  steps: [
    'Copy one of the addresses. RSS is understood by every feed reader.',
    'Add it in your feed reader, where it offers a new feed or subscription.',
    'New articles appear there by themselves.',
  ],
  visit: 'Read on the site',
  open: 'Open',
  opened: 'This is a feed. Copy the address of this page into your feed reader to follow it.',
};

/** By primary language subtag (BCP 47), as in the table of labels. */
export const FEED_LABELS: ReadonlyMap<string, FeedLabels> = new Map([
  ['en', ENGLISH_FEED_LABELS],
  [
    'uk',
    {
      feed: 'Стрічка',
      about: 'Стрічка сама приносить вам нові статті, повністю й без облікового запису.',
      addresses: 'Адреси',
      howTo: 'Як підписатися',
      steps: [
        'Скопіюйте одну з адрес. RSS розуміє кожна програма для читання стрічок.',
        'Додайте її у своїй програмі для читання стрічок як нову стрічку чи підписку.',
        'Нові статті з’являтимуться там самі.',
      ],
      visit: 'Читати на сайті',
      open: 'Відкрити',
      opened:
        'Це стрічка. Щоб стежити за нею, скопіюйте адресу цієї сторінки у свою програму для читання стрічок.',
    },
  ],
  [
    'ru',
    {
      feed: 'Лента',
      about: 'Лента сама приносит вам новые статьи, полностью и без учётной записи.',
      addresses: 'Адреса',
      howTo: 'Как подписаться',
      steps: [
        'Скопируйте один из адресов. RSS понимает любая программа для чтения лент.',
        'Добавьте его в своей программе для чтения лент как новую ленту или подписку.',
        'Новые статьи будут появляться там сами.',
      ],
      visit: 'Читать на сайте',
      open: 'Открыть',
      opened:
        'Это лента. Чтобы следить за ней, скопируйте адрес этой страницы в свою программу для чтения лент.',
    },
  ],
  [
    'de',
    {
      feed: 'Feed',
      about: 'Ein Feed bringt Ihnen neue Artikel von selbst, vollständig und ohne Anmeldung.',
      addresses: 'Adressen',
      howTo: 'So abonnieren Sie',
      steps: [
        'Kopieren Sie eine der Adressen. RSS versteht jeder Feedreader.',
        'Fügen Sie sie in Ihrem Feedreader als neuen Feed oder neues Abonnement hinzu.',
        'Neue Artikel erscheinen dort von selbst.',
      ],
      visit: 'Auf der Website lesen',
      open: 'Öffnen',
      opened:
        'Dies ist ein Feed. Kopieren Sie die Adresse dieser Seite in Ihren Feedreader, um ihm zu folgen.',
    },
  ],
  [
    'fr',
    {
      feed: 'Flux',
      about: 'Un flux vous apporte les nouveaux articles de lui-même, en entier et sans compte.',
      addresses: 'Adresses',
      howTo: 'Comment s’abonner',
      steps: [
        'Copiez l’une des adresses. Tous les lecteurs de flux comprennent RSS.',
        'Ajoutez-la dans votre lecteur de flux, comme nouveau flux ou nouvel abonnement.',
        'Les nouveaux articles y apparaissent d’eux-mêmes.',
      ],
      visit: 'Lire sur le site',
      open: 'Ouvrir',
      opened: 'Ceci est un flux. Copiez l’adresse de cette page dans votre lecteur de flux pour le suivre.',
    },
  ],
  [
    'es',
    {
      feed: 'Canal',
      about: 'Un canal le trae los artículos nuevos por sí solo, completos y sin cuenta.',
      addresses: 'Direcciones',
      howTo: 'Cómo suscribirse',
      steps: [
        'Copie una de las direcciones. Todos los lectores de canales entienden RSS.',
        'Añádala en su lector de canales como canal o suscripción nueva.',
        'Los artículos nuevos aparecerán allí por sí solos.',
      ],
      visit: 'Leer en el sitio',
      open: 'Abrir',
      opened: 'Esto es un canal. Copie la dirección de esta página en su lector de canales para seguirlo.',
    },
  ],
  [
    'it',
    {
      feed: 'Feed',
      about: 'Un feed ti porta da solo i nuovi articoli, completi e senza registrazione.',
      addresses: 'Indirizzi',
      howTo: 'Come abbonarsi',
      steps: [
        'Copia uno degli indirizzi. RSS è compreso da ogni lettore di feed.',
        'Aggiungilo nel tuo lettore di feed come nuovo feed o abbonamento.',
        'I nuovi articoli vi compaiono da soli.',
      ],
      visit: 'Leggi sul sito',
      open: 'Apri',
      opened: 'Questo è un feed. Copia l’indirizzo di questa pagina nel tuo lettore di feed per seguirlo.',
    },
  ],
  [
    'pt',
    {
      feed: 'Feed',
      about: 'Um feed traz até você os novos artigos por si só, completos e sem conta.',
      addresses: 'Endereços',
      howTo: 'Como assinar',
      steps: [
        'Copie um dos endereços. Todos os leitores de feeds entendem RSS.',
        'Adicione-o no seu leitor de feeds como novo feed ou nova assinatura.',
        'Os novos artigos aparecem lá por si sós.',
      ],
      visit: 'Ler no site',
      open: 'Abrir',
      opened: 'Isto é um feed. Copie o endereço desta página para o seu leitor de feeds para o acompanhar.',
    },
  ],
  [
    'nl',
    {
      feed: 'Feed',
      about: 'Een feed brengt nieuwe artikelen vanzelf naar u toe, volledig en zonder account.',
      addresses: 'Adressen',
      howTo: 'Zo abonneert u zich',
      steps: [
        'Kopieer een van de adressen. Elke feedlezer begrijpt RSS.',
        'Voeg het in uw feedlezer toe als nieuwe feed of nieuw abonnement.',
        'Nieuwe artikelen verschijnen daar vanzelf.',
      ],
      visit: 'Lees op de site',
      open: 'Openen',
      opened: 'Dit is een feed. Kopieer het adres van deze pagina naar uw feedlezer om hem te volgen.',
    },
  ],
  [
    'pl',
    {
      feed: 'Kanał',
      about: 'Kanał sam dostarcza nowe artykuły, w całości i bez zakładania konta.',
      addresses: 'Adresy',
      howTo: 'Jak subskrybować',
      steps: [
        'Skopiuj jeden z adresów. RSS rozumie każdy czytnik kanałów.',
        'Dodaj go w swoim czytniku kanałów jako nowy kanał lub subskrypcję.',
        'Nowe artykuły będą się tam pojawiać same.',
      ],
      visit: 'Czytaj w serwisie',
      open: 'Otwórz',
      opened: 'To jest kanał. Aby go śledzić, skopiuj adres tej strony do swojego czytnika kanałów.',
    },
  ],
  [
    'cs',
    {
      feed: 'Kanál',
      about: 'Kanál vám nové články přináší sám, celé a bez účtu.',
      addresses: 'Adresy',
      howTo: 'Jak odebírat',
      steps: [
        'Zkopírujte jednu z adres. RSS rozumí každá čtečka kanálů.',
        'Přidejte ji ve své čtečce kanálů jako nový kanál nebo odběr.',
        'Nové články se tam budou objevovat samy.',
      ],
      visit: 'Číst na webu',
      open: 'Otevřít',
      opened: 'Toto je kanál. Chcete-li ho sledovat, zkopírujte adresu této stránky do své čtečky kanálů.',
    },
  ],
  [
    'sv',
    {
      feed: 'Flöde',
      about: 'Ett flöde ger dig nya artiklar av sig självt, i sin helhet och utan konto.',
      addresses: 'Adresser',
      howTo: 'Så prenumererar du',
      steps: [
        'Kopiera en av adresserna. Alla flödesläsare förstår RSS.',
        'Lägg till den i din flödesläsare som nytt flöde eller ny prenumeration.',
        'Nya artiklar dyker upp där av sig själva.',
      ],
      visit: 'Läs på webbplatsen',
      open: 'Öppna',
      opened: 'Det här är ett flöde. Kopiera sidans adress till din flödesläsare för att följa det.',
    },
  ],
  [
    'da',
    {
      feed: 'Feed',
      about: 'Et feed bringer dig nye artikler af sig selv, i deres helhed og uden konto.',
      addresses: 'Adresser',
      howTo: 'Sådan abonnerer du',
      steps: [
        'Kopiér en af adresserne. Alle feedlæsere forstår RSS.',
        'Tilføj den i din feedlæser som nyt feed eller abonnement.',
        'Nye artikler dukker op der af sig selv.',
      ],
      visit: 'Læs på webstedet',
      open: 'Åbn',
      opened: 'Dette er et feed. Kopiér sidens adresse til din feedlæser for at følge det.',
    },
  ],
  [
    'no',
    {
      feed: 'Strøm',
      about: 'En nyhetsstrøm gir deg nye artikler av seg selv, i sin helhet og uten konto.',
      addresses: 'Adresser',
      howTo: 'Slik abonnerer du',
      steps: [
        'Kopier en av adressene. Alle strømlesere forstår RSS.',
        'Legg den til i strømleseren din som ny strøm eller nytt abonnement.',
        'Nye artikler dukker opp der av seg selv.',
      ],
      visit: 'Les på nettstedet',
      open: 'Åpne',
      opened:
        'Dette er en nyhetsstrøm. Kopier adressen til denne siden inn i strømleseren din for å følge den.',
    },
  ],
  [
    'fi',
    {
      feed: 'Syöte',
      about: 'Syöte tuo uudet artikkelit luoksesi itsestään, kokonaisina ja ilman tiliä.',
      addresses: 'Osoitteet',
      howTo: 'Näin tilaat',
      steps: [
        'Kopioi jokin osoitteista. Jokainen syötteenlukija ymmärtää RSS:ää.',
        'Lisää se syötteenlukijaasi uutena syötteenä tai tilauksena.',
        'Uudet artikkelit ilmestyvät sinne itsestään.',
      ],
      visit: 'Lue sivustolla',
      open: 'Avaa',
      opened: 'Tämä on syöte. Kopioi tämän sivun osoite syötteenlukijaasi seurataksesi sitä.',
    },
  ],
  [
    'tr',
    {
      feed: 'Akış',
      about: 'Akış, yeni yazıları kendiliğinden, eksiksiz ve hesap gerektirmeden size getirir.',
      addresses: 'Adresler',
      howTo: 'Nasıl abone olunur',
      steps: [
        'Adreslerden birini kopyalayın. RSS’yi her akış okuyucu anlar.',
        'Akış okuyucunuza yeni akış ya da abonelik olarak ekleyin.',
        'Yeni yazılar orada kendiliğinden görünür.',
      ],
      visit: 'Sitede oku',
      open: 'Aç',
      opened: 'Bu bir akıştır. İzlemek için bu sayfanın adresini akış okuyucunuza kopyalayın.',
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
        'انسخ أحد العناوين. كل قارئ خلاصات يفهم RSS.',
        'أضفه في قارئ الخلاصات لديك خلاصة جديدة أو اشتراكا جديدا.',
        'تظهر المقالات الجديدة هناك تلقائيا.',
      ],
      visit: 'اقرأ في الموقع',
      open: 'فتح',
      opened: 'هذه خلاصة. انسخ عنوان هذه الصفحة إلى قارئ الخلاصات لديك لمتابعتها.',
    },
  ],
  [
    'he',
    {
      feed: 'פיד',
      about: 'פיד מביא אליך כתבות חדשות מעצמו, במלואן וללא חשבון.',
      addresses: 'כתובות',
      howTo: 'איך נרשמים',
      steps: [
        'העתיקו אחת מהכתובות. כל קורא פידים מבין RSS.',
        'הוסיפו אותה בקורא הפידים שלכם כפיד חדש או כמינוי חדש.',
        'כתבות חדשות יופיעו שם מעצמן.',
      ],
      visit: 'לקריאה באתר',
      open: 'פתיחה',
      opened: 'זהו פיד. כדי לעקוב אחריו, העתיקו את כתובת הדף הזה לקורא הפידים שלכם.',
    },
  ],
  [
    'fa',
    {
      feed: 'خوراک',
      about: 'خوراک مقاله‌های تازه را خودبه‌خود، کامل و بدون حساب کاربری به شما می‌رساند.',
      addresses: 'نشانی‌ها',
      howTo: 'روش اشتراک',
      steps: [
        'یکی از نشانی‌ها را کپی کنید. همهٔ خوراک‌خوان‌ها RSS را می‌شناسند.',
        'آن را در خوراک‌خوان خود به عنوان خوراک یا اشتراک تازه بیفزایید.',
        'مقاله‌های تازه خودبه‌خود آنجا پدیدار می‌شوند.',
      ],
      visit: 'خواندن در وبگاه',
      open: 'باز کردن',
      opened: 'این یک خوراک است. برای دنبال کردن آن، نشانی این صفحه را در خوراک‌خوان خود کپی کنید.',
    },
  ],
  [
    'hi',
    {
      feed: 'फ़ीड',
      about: 'फ़ीड नए लेख अपने आप आप तक लाती है, पूरे और बिना किसी खाते के।',
      addresses: 'पते',
      howTo: 'सदस्यता कैसे लें',
      steps: [
        'इनमें से कोई एक पता कॉपी करें। RSS हर फ़ीड रीडर समझता है।',
        'उसे अपने फ़ीड रीडर में नई फ़ीड या सदस्यता के रूप में जोड़ें।',
        'नए लेख वहाँ अपने आप दिखाई देंगे।',
      ],
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
      about: '피드를 구독하면 새 기사 전문이 계정 없이도 저절로 도착합니다.',
      addresses: '주소',
      howTo: '구독 방법',
      steps: [
        '주소 하나를 복사하세요. RSS는 모든 피드 리더가 읽을 수 있습니다.',
        '피드 리더에서 새 피드나 새 구독으로 추가하세요.',
        '새 기사가 그곳에 저절로 나타납니다.',
      ],
      visit: '사이트에서 읽기',
      open: '열기',
      opened: '이것은 피드입니다. 구독하려면 이 페이지의 주소를 피드 리더에 복사하세요.',
    },
  ],
  [
    'zh',
    {
      feed: '订阅源',
      about: '订阅源会自动为您送来新文章的全文，无需账号。',
      addresses: '地址',
      howTo: '如何订阅',
      steps: [
        '复制其中一个地址。所有阅读器都支持 RSS。',
        '在阅读器中将它添加为新的订阅源。',
        '新文章会自动出现在那里。',
      ],
      visit: '在网站上阅读',
      open: '打开',
      opened: '这是一个订阅源。将本页地址复制到您的阅读器即可订阅。',
    },
  ],
]);
