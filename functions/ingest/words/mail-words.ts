import { phraseSet, phrases, wordSet, words } from './tables.ts';

// Words of mail programs and of people who write mails, in lower case. `|` separates phrases.

/** Prefixes before the colon of a subject of forwarded mail. */
export const FORWARD_PREFIXES: ReadonlySet<string> = wordSet(
  'fw fwd wg tr rv i enc ilt vb vl pd doorst пересл пд tov redir 转发 轉寄 转寄 転送 전달 הועבר',
);

/** Prefixes before the colon of a subject of an answer. */
export const REPLY_PREFIXES: ReadonlySet<string> = wordSet(
  're aw sv antw antwort rif r ri res ynt odp отв ответ від vá 回复 回覆 答复 返信 회신 답장 השב رد',
);

/** Prefixes before the colon of a subject with different meanings: `VS` answers in Finnish, forwards in Danish. */
export const OTHER_PREFIXES: ReadonlySet<string> = wordSet('vs na на ant');

/** Lines above forwarded mail, without dashes and colons. */
export const FORWARD_MARKS: ReadonlySet<string> = phraseSet(
  `forwarded message|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|début du message transféré|début du message réexpédié|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|mensagem encaminhada|mensagem reencaminhada|início da mensagem reenviada|doorgestuurd bericht|begin doorgestuurd bericht|wiadomość przekazana dalej|przekazana wiadomość|treść przekazanej wiadomości|пересылаемое сообщение|пересланное сообщение|начало переадресованного сообщения|переслане повідомлення|пересланий лист|iletilmiş mesaj|yönlendirilen mesaj|iletilen mesaj|vidarebefordrat meddelande|vidarebefordrat brev|videresendt meddelelse|videresendt besked|videresendt melding|videresendte meldingen|välitetty viesti|edelleenlähetetty viesti|přeposlaná zpráva|přeposlaný e-mail|začátek přeposlané zprávy|továbbított üzenet|továbbított levél|továbbított levél kezdete|転送されたメッセージ|転送メッセージ|转发的邮件|转发的信息|转发邮件信息|已转发邮件|轉寄的郵件|전달된 메시지|전달된 편지|رسالة معاد توجيهها|رسالة مُعاد توجيهها|بدء الرسالة المعاد توجيهها|הודעה שהועברה|mesaj redirecționat|пренасочено съобщение`,
);

/** Lines above a message that was forwarded or answered, without dashes and colons. */
export const ORIGINAL_MARKS: ReadonlySet<string> = phraseSet(
  `original message|original appointment|ursprüngliche nachricht|originalnachricht|message d'origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|оригінальне повідомлення|orijinal mesaj|orijinal ileti|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|original melding|opprinnelig melding|alkuperäinen viesti|původní zpráva|eredeti üzenet|original mesaj|原始邮件|原始郵件|邮件原件|元のメッセージ|オリジナルメッセージ|원본 메시지|الرسالة الأصلية|הודעה מקורית|ההודעה המקורית`,
);

/** Header names of a message inside a message. */
export const MAIL_HEADERS: ReadonlyMap<string, 'from' | 'subject' | 'date' | 'other'> = new Map([
  ...phrases(
    `from|von|de|da|van|od|от|від|från|fra|lähettäjä|kimden|gönderen|odesílatel|feladó|expéditeur|remitente|mittente|remetente|afzender|отправитель|відправник|nadawca|avsändare|afsender|avsender|差出人|送信者|发件人|寄件者|보낸 사람|보낸사람|من|מאת`,
  ).map(name => [name, 'from'] as const),
  ...phrases(
    `subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|temat|тема|ämne|emne|aihe|konu|předmět|tárgy|件名|主题|主旨|제목|الموضوع|נושא`,
  ).map(name => [name, 'subject'] as const),
  ...phrases(
    `date|sent|datum|gesendet|envoyé|envoyé le|fecha|enviado|enviado el|enviada em|enviada|enviado em|data|inviato|verzonden|wysłano|дата|отправлено|надіслано|skickat|sendt|dato|lähetetty|päiväys|päivämäärä|gönderildi|gönderme tarihi|tarih|odesláno|elküldve|dátum|日時|送信日時|送信日|发送时间|日期|寄件日期|보낸 날짜|보낸날짜|날짜|تاريخ|التاريخ|أرسلت|تم الإرسال|أُرسلت|נשלח|תאריך`,
  ).map(name => [name, 'date'] as const),
  ...phrases(
    `to|cc|bcc|reply-to|reply to|attachments|importance|priority|an|kopie|antwort an|wichtigkeit|anlagen|à|répondre à|pièces jointes|a|para|responder a|cc a|aan|do|dw|do wiadomości|кому|копия|копія|till|kopia|til|kopi|vastaanottaja|kopio|kime|bilgi|alıcı|komu|címzett|másolatot kap|宛先|收件人|抄送|收件者|副本|받는 사람|받는사람|참조|إلى|نسخة|אל|עותק|per`,
  ).map(name => [name, 'other'] as const),
]);

/** Last words of the line above quoted mail, such as `On Monday, Jane Doe wrote:`. */
export const REPLY_ENDS: readonly string[] = phrases(
  `wrote:|writes:|schrieb:|geschrieben:|a écrit :|a écrit:|escribió:|ha scritto:|escreveu:|schreef:|geschreven:|napisał:|napisał(a):|napisała:|написал:|написал(а):|написала:|пишет:|пише:|написав:|написав(-ла):|skrev:|kirjoitti:|şunu yazdı:|yazdı:|napsal:|napsal(a):|napsala:|írta:|ezt írta:|a scris:|написа:|のメール:|のメール：|が書きました:|書きました：|写道：|写道:|寫道：|님이 작성:|님이 작성한 메시지:|작성:|كتب:|כתב:|כתב/ה:|כתבה:`,
);

/** Words in sender names of mail programs and gateways. Such a sender is not a person. */
export const ROLE_SENDERS: ReadonlySet<string> = new Set(
  words(
    'newsroom newsdesk desk press office info noreply no-reply editor editors redaktion rédaction redacción редакция редакція support service team mailing list alerts notifications',
  ),
);

/** First words of a greeting. */
export const GREETINGS: readonly string[] = phrases(
  `hi|hello|hey|dear|good morning|good afternoon|good evening|morning|hallo|liebe|lieber|guten tag|guten morgen|guten abend|moin|servus|sehr geehrte|sehr geehrter|bonjour|bonsoir|salut|cher|chère|chers|chères|hola|buenos días|buenas tardes|buenas|estimado|estimada|estimados|querido|querida|ciao|buongiorno|buonasera|salve|gentile|gentili|caro|cara|cari|olá|oi|bom dia|boa tarde|prezado|prezada|prezados|hoi|beste|goedemorgen|goedemiddag|goedendag|geachte|cześć|dzień dobry|witam|witaj|szanowny|szanowna|szanowni|drogi|droga|здравствуйте|привет|добрый день|добрый вечер|доброе утро|уважаемый|уважаемая|уважаемые|дорогой|дорогая|добрий день|доброго дня|вітаю|привіт|шановний|шановна|шановні|merhaba|selam|sayın|günaydın|iyi günler|hej|hejsan|god morgon|god morgen|god dag|hei|kära|kære|kjære|moi|terve|hyvä|päivää|ahoj|dobrý den|vážený|vážená|vážení|milý|milá|szia|sziasztok|helló|kedves|tisztelt|jó napot|bună|добър ден|здравейте`,
);

/** Parts of a greeting or a note in scripts without spaces or with joined words. */
export const JOINED_GREETINGS: readonly string[] = phrases(
  `您好|你好|大家好|各位|尊敬的|お世話になって|お疲れ様|こんにちは|様|殿|안녕하세요|님께|مرحبا|عزيزي|عزيزتي|السلام عليكم|تحية طيبة|שלום|היי|בוקר טוב`,
);

/** First words of a line that ends a letter. */
export const SIGN_OFFS: readonly string[] = phrases(
  `regards|kind regards|best regards|warm regards|with regards|best|best wishes|all the best|cheers|thanks|many thanks|thank you|thx|sincerely|yours sincerely|yours faithfully|yours truly|yours|love|grüße|viele grüße|liebe grüße|beste grüße|schöne grüße|herzliche grüße|gruß|viele grüsse|freundliche grüße|freundliche grüsse|mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit besten grüßen|mfg|lg|vg|danke|vielen dank|besten dank|herzlich|cordialement|bien cordialement|bien à vous|bien à toi|salutations|sincères salutations|merci|merci d'avance|merci beaucoup|amitiés|amicalement|bonne journée|bonne soirée|saludos|un saludo|saludos cordiales|un cordial saludo|un abrazo|atentamente|cordialmente|gracias|muchas gracias|saluti|cordiali saluti|distinti saluti|un saluto|un caro saluto|a presto|grazie|grazie mille|buona giornata|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|atenciosamente|abraço|um abraço|abraços|obrigado|obrigada|att|groet|groeten|groetjes|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|hartelijke groet|mvg|bedankt|alvast bedankt|dank|pozdrawiam|pozdrowienia|serdecznie pozdrawiam|z poważaniem|z wyrazami szacunku|dzięki|dziękuję|с уважением|с наилучшими пожеланиями|всего доброго|спасибо|заранее спасибо|з повагою|дякую|щиро|saygılarımla|saygılar|sevgiler|selamlar|teşekkürler|teşekkür ederim|iyi çalışmalar|kolay gelsin|hälsningar|hälsning|med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|vänligen|bästa hälsningar|mvh|tack|hilsen|med venlig hilsen|venlig hilsen|de bedste hilsner|mange hilsner|med vennlig hilsen|vennlig hilsen|beste hilsen|mange takk|vh|tak|takk|terveisin|ystävällisin terveisin|parhain terveisin|terv|kiitos|kiitoksia|s pozdravem|s přátelským pozdravem|zdravím|děkuji|díky|hezký den|üdvözlettel|üdv|tisztelettel|köszönettel|köszönöm|köszi|cu respect|mulțumesc|поздрави|с уважение|敬具|よろしくお願いします|よろしくお願いいたします|よろしくお願い致します|以上|此致|敬礼|谢谢|謝謝|祝好|顺颂商祺|감사합니다|고맙습니다|مع تحياتي|تحياتي|مع خالص التحية|وتفضلوا بقبول|شكرا|شكراً|בברכה|בכבוד רב|תודה|תודה רבה`,
);

/** Words with which the writer of a mail speaks to its reader, by language. Words of reports are left out. */
export const NOTE_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    en: "i i'm i’m i've i’ve i'll i’ll me my you you're you’re you'll you’ll your please pls attached asap fyi",
    de: 'ich mir mich mein meine meinen du dir dich euch dein deine deinen bitte anbei angehängt',
    fr: "je j'ai j’ai j'envoie j’envoie vous votre vos tu te ton mon ma ci-dessous ci-joint ci-jointe veuillez svp",
    es: 'yo me te os mi tu adjunto adjunta abajo favor envío mando podéis pueden',
    it: 'io mi ti allego allegato invio inviamo mando sotto',
    pt: 'eu me te você vocês meu minha envio anexo abaixo',
    nl: 'ik mij me je jij jullie u uw mijn hierbij bijgevoegd graag alsjeblieft alstublieft',
    pl: 'przesyłam wysyłam proszę poniżej załączam mój moją moje mi wam państwu',
    ru: 'я мне вы вам вас мой мою моя прошу пожалуйста ниже высылаю присылаю отправляю прилагаю',
    uk: 'я мені ви вам мій мою прошу будь нижче надсилаю додаю',
    tr: 'ben size sana aşağıda lütfen ekte yazım haberim gönderiyorum',
    sv: 'jag mig du dig er min mitt nedan bifogar bifogat',
    da: 'jeg mig du dig jer min mit nedenfor vedlagt vedhæftet hermed',
    no: 'jeg meg du deg dere min mitt nedenfor vedlagt herved',
    fi: 'minä minun sinulle teille ohessa liitteenä',
    cs: 'já mi vám ti můj posílám zasílám přikládám níže prosím',
    hu: 'én nekem önnek önöknek küldöm küldök mellékelem mellékelten alább kérlek kérem',
    ro: 'eu vă îți trimit atașat',
  }).map(([language, text]) => [language, new Set(words(text))]),
);

/** English words of such notes that no other language has in reports. Notes in English stand above all copy. */
export const SHARED_NOTE_WORDS: ReadonlySet<string> = wordSet('please pls attached asap fyi you your');

/** Words and phrases with which a note says that the story is attached. */
export const ATTACHED_WORDS: readonly string[] = phrases(
  `attached|attachment|attachments|enclosed|anbei|im anhang|angehängt|beigefügt|beiliegend|anlage|ci-joint|ci-jointe|ci-joints|pièce jointe|pièces jointes|en pj|adjunto|adjunta|adjuntos|adjuntamos|allegato|allegata|in allegato|alleghiamo|anexo|em anexo|anexamos|bijlage|bijgevoegd|bijgaand|w załączniku|załączam|załącznik|załączniku|во вложении|вложение|вложении|прилагаю|прилагаем|прикрепляю|у вкладенні|вкладення|вкладенні|додаю|ekte|ekteki|bifogat|bifogad|bifogar|bilaga|bilagan|vedhæftet|vedlagt|vedlegg|liitteenä|liite|ohessa|v příloze|přílohu|mellékelve|mellékelten|mellékelem|csatolva|csatoltan|atașat|în anexă|στο συνημμένο|συνημμένο|в прикачения`,
);

/** Parts of such words in scripts without spaces or with joined words. */
export const JOINED_ATTACHED_WORDS: readonly string[] = phrases(`添付|附件|附上|첨부|مرفق|מצורף|संलग्न`);

/** First words of a note that presents the copy. */
export const NOTE_STARTS: ReadonlySet<string> = wordSet(
  `here here's here’s below hier hierunter voici aquí ecco segue qui aqui her här tässä zde íme oto вот ось işte iată`,
);

/** Parts of such words in scripts without spaces or with joined words. */
export const JOINED_NOTE_WORDS: readonly string[] = phrases(
  `以下|原稿を|お送り|ください|お願い|添付|请|請|附上|如下|您|보냅니다|보내드립니다|부탁|아래|첨부|مرفق|أدناه|أرسل|يرجى|لكم|إليكم|מצורף|להלן|בבקשה|שולח|לך|לכם`,
);

/** Parts of words for “sent” in the line that a telephone or a mail program adds. */
export const SENT_WORDS: readonly string[] = phrases(
  `sent|get|gesendet|holen|envoyé|télécharge|obtenez|enviado|enviada|obtener|obtén|obter|inviato|inviata|scarica|ottieni|verstuurd|verzonden|download|wysłan|pobierz|отправлен|скачать|получить|надіслан|gönderil|edinin|skickat|skaffa|hämta|sendt|hent|få|lähetetty|lataa|hanki|odeslán|získejte|stáhn|küldve|trimis|изпратен|送信|入手|发送|发自|發自|傳送|获取|取得|보냄|보낸|다운로드|أرسل|أُرسل|مرسل|مُرسل|إرسال|נשלח|הורד`,
);

/** Devices and mail programs. */
export const DEVICES =
  /\b(?:i(?:phon|pad|pod|os\b)|android|samsung|galaxy|huawei|xiaomi|redmi|pixel|nokia|blackberry|windows|outlook|yahoo|gmail|proton|thunderbird|mail\.ru|spark|handy|smartphone|mobile|mobil|tablet|телефон\p{L}*)/iu;

/** Parts of words of a notice about confidential mail. */
export const CONFIDENTIAL =
  /confiden|vertraul|riservat|vertrouwelijk|poufn|конфиденциальн|конфіденційн|gizli|konfidenti|konfidensi|fortrolig|luottamuksel|důvěrn|bizalmas|virus|virenfrei|print|drucken|imprim|機密|秘密|保密|机密|기밀|سري|חסוי/i;
export const MAIL_NOUNS =
  /e-?mail|\bmail|message|nachricht|courriel|mensaje|correo|messagg|mensagem|bericht|wiadomo|письм|сообщени|повідомлен|лист|ileti|meddela|meddelelse|melding|viesti|zpráv|üzenet|levél|メール|邮件|郵件|메일|رسالة|הודעה|recipient|avast/i;
