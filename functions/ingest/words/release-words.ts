// The vocabulary of release terms, in lower case. A release term states when a story may be public. Phrases
// are separated by commas. A line is a release term if nearly all of its words are in these tables, so the
// tables also hold words that editors write around a term.

/** Meaning of a word in a release term. */
export type ReleaseWord =
  /** The noun. It alone is weak evidence, because a story can be about an embargo. */
  | 'embargo'
  /** States that the story is under an embargo. */
  | 'embargoed'
  | 'not'
  | 'publish'
  /** Announces when the story may be public. */
  | 'release'
  /** Forbids publication in one phrase. */
  | 'forbidden'
  | 'immediate'
  | 'hold'
  | 'draft'
  | 'expires'
  | 'withdraw'
  /** Means `withdraw`, but is weaker evidence, because a story can be about something that was cancelled. */
  | 'cancel'
  | 'until'
  | 'over'
  /** The story itself, or another object of a term. */
  | 'copy'
  /** Makes a term stricter or marks a line as a term. */
  | 'strict'
  | 'filler';

const words = (text: string): readonly string[] =>
  text
    .split(/[,\n]/)
    .map(word => word.trim())
    .filter(Boolean);

/**
 * Prohibitions that are also parts of sentences about other things: “Do not run in the hall”. Words in scripts without
 * spaces are one character each.
 */
const AMBIGUOUS_BANS =
  'do not run, please do not use, do not use yet, nicht verwenden, noch nicht verwenden, nicht bringen, noch nicht bringen, ne pas utiliser, no usar, no utilizar, non utilizzare, não usar, não utilizar, niet gebruiken, må ikke brukes, må ikke bruges, får inte användas, får ej användas, nie używać, не використовувати, не использовать, 未 公 表, 未 発 表';

/** Phrases that name a release and its start. */
const CONFIDENTIAL_UNTIL =
  "confidential until, vertraulich bis, confidentiel jusqu'à, confidentiel jusqu'au, confidencial hasta, confidencial até, riservato fino a, vertrouwelijk tot, konfidentiellt till, fortroligt indtil, fortrolig til, poufne do, конфіденційно до, конфиденциально до";

export const RELEASE_WORDS: ReadonlyMap<ReleaseWord, readonly string[]> = new Map([
  [
    'embargo',
    words(`
embargoa, embargo, embargos, embargoes, embargo time, embargo date, press embargo, news embargo, media embargo, sendesperrfrist, embargo informativo, embargo periodístico, embargo presse, embargo médiatique, embargo mediático, embargo prasowe, пресс-эмбарго, прес-ембарго
sperrfrist, gesperrt, sperrvermerk, sperrefrist, sperrtid, spärrtid, klausul, julkaisukielto, embargon, embarga
embargiem, embargem, ембарго, эмбарго, ambargo, ambargosu, حظر النشر, حظر نشر, الحظر, حظر, إمبارغو
εμπάργκο, εμπαργκο, אמברגו, האמברגו, איסור פרסום, امبارگو, ممنوعیت انتشار, एम्बार्गो, एंबार्गो, प्रतिबंध, प्रकाशन पर रोक
エンバーゴ, 報道解禁, 情報解禁, 解禁日時, 解禁時間, 解禁日, 解禁, 엠바고, 보도유예, 보도 유예
禁发期, 禁發期, 发布禁令, 發布禁令, 新闻禁令, 解禁时间, 保密期, 禁运期, 时滞期
embargó, embargót, közlési tilalom, hírzárlat, zárolva, zárolt, publiceringsförbud, publiseringsforbud, publiceringsforbud, veröffentlichungsverbot, publicatieverbod, เอ็มบาร์โก, cấm vận thông tin, lệnh cấm đăng, embargó alatt, embargou, embargoul
  `),
  ],
  [
    'embargoed',
    words(`
embargoed, emb, embd, embg, embgo, embgd, embarg, sperrfr, embargo lifts, gesperrt für veröffentlichung, zur veröffentlichung gesperrt, sperret for publisering, sperret for offentliggjøring, spærret for offentliggørelse, spärrad för publicering, embargo ends, embargo expires, embargo'd, under embargo, under press embargo, unter sperrfrist, mit sperrfrist, mit embargo
unter embargo, sous embargo, embargado, embargada, embargados, embargadas, bajo embargo, con embargo, sob embargo
sotto embargo, embargato, embargata, onder embargo, geëmbargeerd, embargobelagd, embargobelagt, klausuleret
klausulert, båndlagt, embargon alainen, embargossa, pod embargiem, objęte embargiem, objęty embargiem
objęta embargiem, z embargiem, pod embargem, під ембарго, под эмбарго, ambargolu, ambargoludur
ambargo altında, ambargo altındadır, محظور, محظور النشر, تحت الحظر, خاضع للحظر, תחת אמברגו, באמברגו
υπό εμπάργκο, υπο εμπαργκο, sub embargo, تحت ممنوعیت انتشار, प्रतिबंधित, प्रतिबंध के अधीन, एम्बार्गो के तहत
embargó alatt, embargós, embargat, embargată, bị cấm vận, dalam embargo, di bawah embargo, pod embargom, ติดเอ็มบาร์โก, under sperrefrist, 解禁前
  `),
  ],
  [
    'forbidden',
    words(`
απαγορεύεται η δημοσίευση, nur zur internen verwendung, nur für den internen gebrauch, à usage interne uniquement, sólo para uso interno, solo para uso interno, solo per uso interno, απαγορευεται η δημοσιευση, όχι για δημοσίευση, οχι για δημοσιευση
${AMBIGUOUS_BANS}, do not run as is, unpublished, not for publication, for internal use only, internal use only, nfp, n.f.p, nyp, n.y.p, dnp, d.n.p, dnu, d.n.u, nfr, n.f.r, nzv, n.z.v, not yet public, not public yet, not yet live, not for pub, not for publ, not for pubn, not yet for pub, not yet for publication, not 4 publication, not 4 pub, not for release, not for broadcast, embargo applies, off the record, nepublikovat, nezveřejňovat, nezverejňovať
yayınlamayın, yayımlamayın, yayınlanamaz, yayımlanamaz, yayınlanmaz, yayın yasağı, ممنوع النشر, يمنع النشر, يُمنع النشر, يحظر النشر, غير قابل للنشر, ليس للنشر, غير مخصص للنشر
אסור לפרסום, לא לפרסום, אין לפרסם, אסור בפרסום, نه برای انتشار, غیرقابل انتشار, انتشار ممنوع, ممنوع الانتشار, प्रकाशन के लिए नहीं, प्रकाशन हेतु नहीं, प्रकाशित न करें, प्रकाशन निषिद्ध
公開禁止, 掲載禁止, 報道禁止, 公表禁止, 発表禁止, 公開しないで, 掲載しないで, 報道しないで, 報道を控えて, 報道はお控え, 報道をお控え, 公開を控えて, 公開をお控え, 掲載を控えて, 掲載をお控え, 公表を控えて, 社内限り, 公開不可, 掲載不可, 未公開
보도금지, 보도 금지, 게재금지, 게재 금지, 공개금지, 공개 금지, 배포금지, 배포 금지, 게시 금지, 비공개, 보도하지 마십시오
不得发布, 勿发布, 仅供内部参考, 仅供内部使用, 僅供內部參考, 勿發布, 勿刊登, 勿公开, 勿外传, 請勿發布, 请勿发布, 禁止发布, 禁止發布, 不可发布, 请勿刊登, 不得刊登, 勿发, 勿發, 禁发, 禁發, 不得发表, 请勿发表, 不得公开, 请勿公开, 不得報導, 不得报道, 禁止报道, 不得刊发, 请勿刊发, 未发布
yayımlanmaz, bekletilecek yayın, غیر قابل انتشار, nem publikálható, nem közölhető, nem nyilvános, közlése tilos, tilos közölni, nem hozható nyilvánosságra, ne publikáld, ne közöljék
ห้ามเผยแพร่, ยังไม่เผยแพร่, งดเผยแพร่, ไม่ให้เผยแพร่, ห้ามตีพิมพ์, cấm đăng, không đăng, không được đăng, chưa được đăng, không được công bố, chưa công bố, cấm công bố, cấm phổ biến, không phổ biến, cấm xuất bản
jangan diterbitkan, jangan dipublikasikan, tidak untuk dipublikasikan, tidak untuk diterbitkan, dilarang dipublikasikan, jangan disiarkan, nu publicați, nu publicaţi, nu publicati, nu se publică, nu pentru publicare, interzis publicării, interzisă publicarea
не за публикуване, да не се публикува, забранено за публикуване, nije za objavu, ne objavljivati, zabranjeno objavljivanje, ni za objavo, není určeno k publikaci, neurčeno k publikaci, nie je určené na zverejnenie, není určeno ke zveřejnění, 暂停发布, 暫停發布, ei julkaisuun
  `),
  ],
  [
    'not',
    words(`
μη, μην, δεν, όχι, να μη, να μην
so nicht, nicht so, noch nicht, vorerst nicht, not, do not, does not, must not, may not, no, never, don't, dont, cannot, mustn't, nicht, kein, keine, keinesfalls, niemals, nie, ne, n', pas, jamais, non, interdit, interdite
nunca, prohibido, prohibida, não, nao, proibido, proibida, vietato, vietata, mai, divieto, niet, geen, verboden, nooit
inte, ej, får ej, får inte, ikke, må ikke, må, aldri, aldrig, forbudt, förbjuden, förbjudet, ei, ei saa, älä, älkää, kielletty, nie wolno, zakaz, zakazane, zákaz, zakázáno, nesmí
не, заборонено, заборона, забороняється, нельзя, запрещено, запрещена, запрет, запрещается, değil, değildir, yasak, yasaktır, لا, غير, ليس, ليست, ممنوع, يمنع, يُمنع, יחול איסור, לא, אין, אסור, נה, نه, نباید, नहीं, न, मत, ना, निषिद्ध
nem, không, chưa, đừng, jangan, tidak, belum, ไม่, ห้าม, nu, tilos, nije, ni, 禁止, 严禁, 嚴禁, 不得, 请勿, 請勿
  `),
  ],
  [
    'publish',
    words(`
δημοσίευση, δημοσιευση, δημοσιευθεί, δημοσιευτεί, δημοσιεύσετε, δημοσιεύετε, μετάδοση
publish, publishable, published, publishing, share, shared, sharing, disclose, disclosed, publication, release, released, broadcast, broadcasting, broadcasts, print, printing, circulation, distribution
distribute, dissemination, circulate, transmission, air, use, posting, go live, live, public
veröffentlichung, veröffentlichen, veröffentlicht, publikation, publizieren, verbreiten, verbreitung, ausstrahlung, abdruck, freigabe, sendung
publier, publié, publiée, diffusion, diffuser, diffusé, parution, publicación, publicar, publicado, publicada, publicarse, publique, difusión, difundir, emisión
publicação, divulgação, divulgar, divulgado, veiculação, veicular, difusão, pubblicazione, pubblicare, pubblicato, pubblicata, diffusione, diffondere, divulgare, divulgazione
publicatie, publiceren, gepubliceerd, verspreiding, verspreiden, uitzending, publicering, publicera, publiceras, offentliggörande, offentliggöras, offentliggöra, spridning, sprids
offentliggørelse, offentliggøres, offentliggøre, publiceres, udgivelse, udgives, bringes, publisering, publiseres, publisere, offentliggjøring, offentliggjøres, offentliggjøre
julkaisu, julkaista, julkaistava, julkaistavaksi, julkaise, julkaiseminen, julkisuuteen, julkaisemista, publikacja, publikacji, publikować, publikuj, opublikować, emisji, rozpowszechniać, rozpowszechniania, upubliczniać
publikace, publikaci, publikovat, zveřejnění, zveřejnit, zveřejňovat, vydání, šířit, публікація, публікації, публікувати, опублікувати, оприлюднення, оприлюднювати, поширення, поширювати, друку
публикация, публикации, публиковать, опубликовать, печати, распространения, распространять, обнародования, обнародовать, yayın, yayını, yayınlanması, yayımlanması, yayınlama, yayınlamak, yayınlanacak
النشر, للنشر, نشر, ينشر, تنشر, نشره, تنشروا, البث, للبث, פרסום, לפרסום, לפרסם, הפרסום, לשידור, שידור, انتشار, منتشر, پخش, प्रकाशन, प्रकाशित, प्रसारण, प्रकाशनार्थ, जारी
公開, 掲載, 発表, 配信, 보도, 게재, 공개, 배포, 发布, 發布, 刊登, 发表, 公开, 刊发
publikálás, közlés, megjelenés, publikálható, közölhető, เผยแพร่, ตีพิมพ์, đăng, công bố, xuất bản, phát hành, publikasi, diterbitkan, dipublikasikan, publicare, publicarea, publicată, публикуване, публикува, objava, objavu, objavljivanje, zverejnenie, zverejniť, julkaisuun
  `),
  ],
  [
    'release',
    words(`
for release, release date, advance for use, advance for release, for sunday papers, for sunday editions, for the sunday papers, for morning papers, for the morning papers, for evening papers, earliest, at the earliest, no use before, release time, date of release, time of release, not to be used before, not to be used until, do not use before, do not run before, do not run until, release at, release on, release after, release once, for publication, to be published, to be released, to publish, publish at, publish on, publish after, publish from, goes live, for use, for broadcast, publication embargo
scheduled for, go live at, not before, nicht vor, pas avant, no antes, não antes, nao antes, non prima, niet vóór, niet eerder, inte före, ej före, ikke før, ei ennen, nie wcześniej, nie przed, ne před, ne dříve, не раніше, не ранее, не раньше
frei zur veröffentlichung, frühestens, veröffentlichung erlaubt, zur verwendung, verwendbar ab, frei für, zur veröffentlichung, zur veröffentlichung frei, frei ab, freigegeben ab, freigabe ab, freigabe am, veröffentlichung ab, veröffentlichung am, veröffentlichen am, veröffentlichen ab, erscheint am
à publier, à diffuser, au plus tôt, pour utilisation, utilisation autorisée, publication autorisée, diffusion autorisée, diffusion le, diffusion à partir du, publication le, publication à partir du, publier le, libre de publication, parution le
para publicar, publicar el, para uso, uso autorizado, publicación autorizada, publicação autorizada, uso permitido, per l uso, per uso, uso consentito, utilizzabile, pubblicazione consentita, publicar a partir, publicación el, para difundir, difundir a partir, para publicação, para divulgação, publicar em, divulgar em, divulgação em, da pubblicare, pubblicare il, pubblicare dal, pubblicazione il, diffusione dal, diffusione il
te publiceren, publiceren op, ten vroegste, voor gebruik, publicatie toegestaan, tidigast, för användning, tidligst, til brug, publicatie op, vrij voor publicatie, vrijgegeven op, vrijgave, vrij vanaf, för publicering, fri för publicering, fritt för publicering, publiceras den, til offentliggørelse, frigives, frigives den, til publicering, for publisering, til publisering, publiseres den, frigis, frigjøres
julkaisuvapaa, julkaistavissa, aikaisintaan, najwcześniej, do użytku od, nejdříve, vapaa julkaistavaksi, saa julkaista, julkaistaan, do publikacji, publikacja od, publikować od, do publikacji od, k publikaci, ke zveřejnění, zveřejnit od, publikovat od, do druku
до публікації, для публікації, публікація дозволена, публикация разрешена, для використання, для использования, опублікувати, публікувати з, дозволено до публікації, дозволена публікація, для публикации, к публикации, опубликовать, публиковать с, разрешено к публикации
yayınlanacaktır, للنشر في, للنشر يوم, موعد النشر, تاريخ النشر المسموح, מותר לפרסום, לפרסום ביום, מותר בפרסום, برای انتشار, تاریخ انتشار مجاز, प्रकाशन के लिए, जारी करने के लिए, प्रकाशनार्थ
公開予定, 掲載解禁, 조간부터, 석간부터, 보도하여, 公開可, 보도일시, 보도시점, 보도 시점, 게시예정, 게시 예정, 공개예정, 배포일시, 보도 가능, 보도해, 可发布, 发稿时间, 公开时间, 定于, 后发布, 後發布, 后刊发, 后公开, 후 보도, 이후 보도, ${CONFIDENTIAL_UNTIL}
  `),
  ],
  [
    'immediate',
    words(`
immediate, immediately, at once, free for use, free for publication, free to use, free to publish, cleared for publication, sofort, sofortige, sofortigen, ab sofort, immédiate, immédiat, inmediata, inmediato, imediata, imediato, immediata, immediato, onmiddellijk, onmiddellijke, directe, direct
omedelbar, omedelbart, omgående, umiddelbar, straks, øjeblikkelig, välittömästi, heti, natychmiastowa, natychmiastowej, natychmiast, okamžité, okamžitě, ihned, негайна, негайної, негайно, немедленной, немедленно, derhal, hemen, فوري, الفوري, فورا, מיידי, לפרסום מיידי, فوری, तत्काल, 即日, 即時, 즉시, 立即, 即时
  `),
  ],
  [
    'hold',
    words(`
hold, held, on hold, hfr, h.f.r, holding, put on hold, withhold, withheld, hold back, held back, hold over, do not move, zurückhalten, zurückgehalten, zurückgestellt, en attente, en suspens, retenir, retenu, retenue, à retenir, à garder, mettre en attente
retener, retenido, retenida, en espera, reter, retido, retida, em espera, aguardar, trattenere, in attesa, in sospeso, bloccare, bloccato, bloccata, vasthouden, in de wacht, aanhouden, håll inne, hålls inne, avvakta, avvaktar, invänta, hold tilbage, holdes tilbage, tilbageholdes, afvent, afventer, hold tilbake, holdes tilbake, holdes, avvent, avventer
pidä, pidätetään, pidätettävä, odottaa, odota, wstrzymać, wstrzymane, wstrzymany, wstrzymana, wstrzymano, wstrzymaj, pozdržet, pozdrženo, podržet, zadržet, zadrženo, pozastaveno, затримати, затримано, притримати, призупинено, на паузі, задержать, задержано, придержать, приостановлено, на паузе, beklet, bekletin, beklemede, bekletiliyor
معلق, معلّق, قيد الانتظار, يُحتفظ به, تأجيل النشر, בהמתנה, להמתין, מעוכב, עיכוב, להחזיק, در انتظار, نگه دارید, रोकें, होल्ड, रोक कर रखें, रोका गया, रोककर रखें, 保留, 掲載保留, 公開保留, ホールド, 待機, 보류, 게재보류, 대기, 홀드, 暂缓, 暂缓发布, 暫緩, 搁置, 暂扣, 待发, 待發, 暂不发布, 缓发
hold off, tilbageholdt, tilbakeholdt, bekletilecek, σε αναμονή, σε αναμονη, αναμονή, visszatartva, visszatartani, visszatartandó, várakozik, ระงับการเผยแพร่, รอการเผยแพร่, พักไว้, รอเผยแพร่, tạm giữ, giữ lại, tạm hoãn, chờ đăng, ditahan, ditunda, tahan
reținut, reţinut, retinut, reținută, în așteptare, în aşteptare, задържано, задържана, изчаква, zadržano, zadržati, na čekanju, zadržané, pozdržať, retingut, retinguda, 暂停, 暫停, hold released, hold removed, released from hold
  `),
  ],
  [
    'draft',
    words(`
draft, wip, draft copy, for approval, for your approval, awaiting approval, awaiting legal, awaiting sign off, awaiting signoff, awaiting clearance, awaiting editor, pending legal, pending approval, pending sign off, pending clearance, warten auf freigabe, wartet auf freigabe, en attente de validation, pendiente de aprobación, pendente de aprovação, in attesa di approvazione, wacht op goedkeuring, inväntar godkännande, väntar på godkännande, väntar på klartecken, afventer godkendelse, avventer godkjenning, oczekuje na akceptację, čeká na schválení, очікує погодження, ожидает согласования, onay bekliyor, 承認待ち, 승인 대기, 待批准, zur freigabe, zur abnahme, pour validation, para aprobación, para aprovação, per approvazione, draft version, draft only, first draft, rough draft, working draft, entwurf, rohfassung, arbeitsfassung, vorläufige fassung, brouillon, ébauche, version provisoire, borrador, rascunho, bozza, bozze, kladversie, klad, conceptversie, concept, utkast, udkast, kladde, kladd, luonnos, wersja robocza, szkic, brudnopis, roboczy, robocza
koncept, pracovní verze, чернетка, чорновик, черновик, черновой вариант, taslak, taslaktır, مسودة, مسوّدة, טיוטה, טיוטא, پیش نویس, پیش‌نویس, पیشنویس, मसौदा, ड्राफ्ट, प्रारूप, 下書き, 草稿, ドラフト, 初稿, 草案版, 초안, 초고, 드래프트
piszkozat, vázlat, tervezet, munkaváltozat, ร่าง, ฉบับร่าง, bản nháp, bản thảo, bản dự thảo, draf, konsep, naskah awal, ciornă, ciorna, schiță, schiţă, чернова, nacrt, skica, návrh, προσχέδιο, προσχεδιο, πρόχειρο, esborrany, 未定稿
  `),
  ],
  [
    'expires',
    words(`
expires, expire, expiry, expiration, expires at, expires on, valid until, not after, unpublish, unpublish at, take down, remove on, remove after, offline from, gültig bis, läuft ab, ablaufdatum, ablauf, verfällt, verfallsdatum, expire le, valable jusqu'au, caduca, expira, vence, caducidad, válido hasta, válido até, validade
scade, scadenza, valido fino al, verloopt, vervaldatum, geldig tot, går ut, giltig till, utgår, udløber, gyldig til, utløper, vanhenee, voimassa, wygasa, ważne do, ważny do, platí do, vyprší, expirace, platnost do, дійсне до, діє до, термін дії, истекает, действует до, срок действия, geçerlilik, son tarih, تنتهي, ينتهي, صالح حتى, פג תוקף, בתוקף עד, تاریخ انقضا, انقضا, معتبر تا, समाप्ति, मान्य
有効期限, 掲載期限, 公開終了, 公開期限, 만료, 만료일, 게시종료, 게시 종료, 有效期至, 有效期, 过期, 到期, 下线时间, 下架时间
  `),
  ],
  [
    'withdraw',
    words(`
kill, killed, kills, mandatory kill, withdraw, withdrawn, withdrawal, retract, retracted, retraction, spike
spiked, zurückziehen, zurückgezogen, annullierung, stornierung, retiré, retirée, retirer, anulación, anulação
cancelado, cancelada, cancelamento, retirar, retirado, retirada, annullamento, ritirare, ritirato, ritirata
intrekken, ingetrokken, intrekking, annulering, dra tillbaka, dras tillbaka, tillbakadragen, tillbakadraget
indragen, återkallelse, træk tilbage, trukket tilbage, tilbagetrukket, annullering, trekk tilbake, trukket tilbake
tilbaketrukket, vedetty pois, wycofać, wycofane, wycofany, wycofana, wycofano, anulacja, stáhnout, staženo, stažen
stažena, відкликано, відкликати, анулювання, скасовано, знято з публікації, отозвано, отозван, отозвать
аннулирование, аннуляция, снято с публикации, geri çekildi, geri çekin, سحب, تم سحبه, سُحب, הוסר, נמשך, حذف شد
वापस लिया गया, वापस लें, 撤回, 取り下げ, 配信取り消し, 配信取消, 記事取り消し, 掲載取り消し, 철회, 撤稿, 作废
  `),
  ],
  [
    'cancel',
    words(`
cancel, canceled, cancelled, cancellation, storniert, annulliert, annulée, annulé, annuler, annulation, anular
anulado, anulada, annullare, annullato, annullata, geannuleerd, annullerad, annulleret, annullert, peruttu
perutaan, anulowane, anulowano, anulować, zrušeno, анульовано, анулювати, аннулировано, аннулировать, iptal
iptal edildi, إلغاء, ملغى, ملغي, ملغاة, בוטל, ביטול, لغو, لغو شد, रद्द, 取り消し, 取消し, 取消, 취소, 撤销, 撤銷
  `),
  ],
  [
    'until',
    words(`
έως, εως, μέχρι, μεχρι, πριν, πριν από, până, până la, hingga, sampai
tbc, t.b.c, tbd, tba, earliest, at the earliest, frühestens, au plus tôt, ten vroegste, tidigast, tidligst, aikaisintaan, najwcześniej, nejdříve, 조간부터, 석간부터, on delivery, upon delivery, until delivery, against delivery, date follows, wird nachgereicht, à venir, to be confirmed, to be announced, to be determined, to be agreed, wird noch bekannt gegeben, noch offen, à confirmer, à préciser, por confirmar, a confirmar, a definir, da confermare, da definire, nader te bepalen, bekräftas senare, bekræftes senere, bekreftes senere, vahvistetaan myöhemmin, do potwierdzenia, bude upřesněno, уточнюється, буде уточнено, уточняется, будет уточнено, 未定, 待定, 미정
končí, is lifted when, is lifted once, is lifted after, is lifted as soon as, until, until further notice, further notice, till, til, 'til, until after, before, prior to, ahead of, no earlier than, not earlier than, bis, bis zum, vor, vor dem, jusqu'au, jusqu'à, jusque, avant, avant le, avant la, hasta, hasta el, hasta las, antes, antes de, antes del, até, ate, até às, até ao, fino a, fino al, fino alle, fino alla, prima, prima del, prima delle, tot, tot en met, voor, vóór, vanaf
tills, till den, före, innan, indtil, inntil, frem til, fram til, før, asti, saakka, ennen, ennen kuin, do, aż do, przed, do dnia, do godziny, až do, před, dřív než, dříve než, до, до завершення, перед, раніше, не раніше, ранее, раньше, не ранее, не раньше, kadar, önce, dek, tarihine kadar, حتى, قبل, إلى, لغاية, עד, לפני, קודם ל, تا, پیش از, قبل از, तक, से पहले, के पहले
まで, 以前, 以降, より前, 까지, 이전, 이후, 直到, 之前, 以后, 之后
előtt, ig, ก่อน, จนถึง, จนกว่า, trước, đến, cho đến, tới, đến khi, înainte de, înainte, преди, prije, pred, sebelum, fins, fins al, abans de, will be lifted, to be lifted, will lift, will end, will expire, wird aufgehoben, endet, entfällt, sera levé, sera levée, lève, se levantará, será levantado, será suspenso, sarà revocato, wordt opgeheven, vervalt, hävs, upphävs, ophæves, oppheves, päättyy, zostanie zniesione, bude zrušeno, буде знято, знімається, будет снято, снимается, kaldırılacak, ${CONFIDENTIAL_UNTIL}, fram till, 后发布, 後發布, 后刊发, 后公开, 후 보도, 이후 보도
  `),
  ],
  [
    'over',
    words(`
lifted, lift, none, over, off, ended, no longer, past, aufgehoben, abgelaufen, keine, levé, levée, aucun, aucune, levantado, ninguno, levantada, suspenso, nenhum, revocato, nessuno, opgeheven, geen, hävt, upphävt, ophævet, opphevet, ingen, inget, poistettu, ei ole, zniesione, brak, zrušeno, žádné, знято, снят, нет, немає, kaldırıldı, yok, مرفوع, لا يوجد, הוסר, ללא, لغو شده, ندارد, हटाया गया, कोई नहीं, なし, 解除, 해제, 없음, 无, 無, 已解除
has ended, has expired, is over, is lifted, has been lifted, expired, finished, cleared, ist aufgehoben, wurde aufgehoben, ist abgelaufen, beendet, entfallen, est levé, a été levé, terminé, finalizado, terminado, vencido, encerrado, terminato, scaduto, beëindigd, verlopen, avslutat, slut, afsluttet, avsluttet, päättynyt, zakończone, wygasło, skončilo, ukončeno, вийшло, закінчилося, скасовано, закончилось, истекло, отменено, kalktı, sona erdi, رفع, تم رفعه, انتهى, בוטל, लिफ्ट, feloldva, megszűnt, lejárt, ยกเลิกแล้ว, đã dỡ bỏ, đã hết, hết hạn, dicabut, berakhir, ridicat, вдигнато, ukinut, zrušené, 解除済み, 終了, 종료, 已过, 已過, 结束, 結束, hold released, hold removed, released from hold
  `),
  ],
  [
    'copy',
    words(`
story, stories, article, articles, copy, papers, newspapers, edition, editions, sundays, text, item, material, materials, report, reports, information, content, contents, news, press, media, release text, piece, file, document, version, embargoed material, editors, editor, eds, desks, desk, all, attention, attn, advisory, note, notes, bulletin, flash, quote, quotes, data, findings, results, speech, website, websites, web, online, social media, platforms, platform, news release, press release, media release, statement
artikel, meldung, zeitungen, ausgabe, ausgaben, sonntagsausgaben, samstagsausgaben, montagsausgaben, sonntagszeitungen, morgenausgaben, bericht, beitrag, presse, pressemitteilung, redaktion, redaktionen, hinweis, achtung, texte, communiqué, communiqué de presse, dépêche, artículo, articulo, texto, nota, nota de prensa, noticia, prensa, información, comunicado, comunicado de prensa, artigo, notícia, imprensa, informação, matéria, articolo, testo, stampa, comunicato, comunicato stampa, notizia, materiale, tekst, persbericht, pers, artikeln, texten, pressmeddelande, artiklen, teksten, pressemeddelelse, artikkelen, saken, pressemelding, juttu, artikkeli, tiedote, artykuł, materiał, prasowy, prasowa, komunikat, informacja prasowa, článek, zpráva, tisková zpráva, стаття, матеріал, текст, новина, прес-реліз, пресреліз, статья, материал, новость, пресс-релиз, haber, metin, yazı, basın, bülten, basın bülteni, الخبر, المقال, المادة, البيان, النص, بيان صحفي, הכתבה, הידיעה, הודעה לעיתונות, כתבה, ידיעה, متن, خبر, مطلب, समाचार, लेख, खबर, प्रेस, प्रेस विज्ञप्ति
本記事, 本原稿, 原稿, 夕刊, 朝刊, テレビ, ラジオ, インターネット, ネット, ウェブ, 放送, 通信, 조간, 석간, 방송, 인터넷, 신문, 記事, 報道, 情報, 資料, 本文, 本稿, 新闻稿, 新聞稿, 稿件, 稿, 新闻, 新聞, 媒体, 媒體, 文章, 通稿, 기사, 본 기사, 원고, 보도자료, 보도, 자료, 언론, プレスリリース
cikk, hír, anyag, szerkesztők, szerkesztőség, บทความ, ข่าว, bài, bài viết, tin, bản tin, berita, naskah, artikel ini, articolul, știre, știrea, статия, материалът, članak, vijest, článok
  `),
  ],
  [
    'strict',
    words(`
strict, strictly, observe, pls, plz, veuillez, respect, beachten, einhalten, respecter, respetar, respeitar, rispettare, respecteren, respektera, noudatettava, przestrzegać, dodržet, дотримуватися, соблюдать, absolute, absolutely, under, subject to, please, confidential, private, secret, internal, legal, important, warning, urgent, mandatory, only
streng, strikte, strikt, absolut, unter, bitte, vertraulich, unbedingt, stricte, strictement, sous, confidentiel, impérativement, absolument, merci, estricto, estrictamente, bajo, sujeto a, confidencial, absoluto, por favor, rigoroso, estritamente, sob, sujeito a, favor, stretto, strettamente, rigorosamente, tassativamente, tassativo, sotto, soggetto a, riservato, prego, onder, vertrouwelijk, gelieve, s.v.p, svp
strängt, obs, konfidentiellt, vänligen, strengt, fortroligt, konfidentielt, venligst, fortrolig, konfidensielt, vennligst, viktig, ehdoton, ehdottomasti, tiukka, luottamuksellinen, ścisłe, ścisły, bezwzględne, bezwzględny, pod, poufne, proszę, prosimy, objęte, przísné, přísné, přísně, důvěrné, prosíme, суворо, суворе, під, конфіденційно, будь ласка, просимо, строго, строгое, под, конфиденциально, пожалуйста, просим, kesinlikle, kesin, altında, gizli, lütfen, صارم, بشدة, قطعا, تحت, سري, يرجى, حصري, בהחלט, חמור, תחת, סודי, נא, בבקשה, אך ורק, به شدت, اکیدا, اکیداً, محرمانه, لطفا, لطفاً, सख्त, सख्ती से, कड़ा, गोपनीय, कृपया, के तहत
未审核, 未审, 取扱注意, 取り扱い注意, ohne freigabe, yet, 厳守, 厳禁, 厳重, 絶対, 厳格, 注意, 極秘, 社外秘, ください, 下さい, お願いします, 엄수, 엄격, 엄격히, 절대, 주의, 대외비, 바랍니다, 严格, 嚴格, 绝密, 保密, 切勿, 务必, 请, 請, 敬请
as is, as it stands, in this form, in this state, en l'état, tal cual, in dieser form, bu haliyle, see below, date below, see date below, see above, see end, see foot, see note, see notes, details below, siehe unten, s.u, siehe ende, voir ci-dessous, voir plus bas, ver abajo, ver abaixo, vedi sotto, zie onder, zie hieronder, se nedan, se nedenfor, ks. alla, patrz niżej, viz níže, див. нижче, дивись нижче, см. ниже, смотри ниже, aşağıya bakınız
not cleared, not yet cleared, not lifted, not yet lifted, not over, not yet over, still in force, remains in force, noch nicht aufgehoben, nicht aufgehoben, pas encore levé, non levé, no levantado, aún no levantado, niet opgeheven, nog niet opgeheven, не знято, ще не знято, не снято, ещё не снято, szigorúan, bizalmas, เคร่งครัด, nghiêm cấm, bảo mật, rahasia, strict secret, confidențial, strogo, επείγον, es gilt das gesprochene wort, check against delivery, seul le prononcé fait foi, 请于, 請於
  `),
  ],
  [
    'filler',
    words(`
a, an, the, this, issued, applies, apply, thereafter, dated, these, that, is, are, be, it, its, in, any, form, or, and, of, at, on, for, by, to, from, after, as, with, time, date, day, hours, hour, hrs, hrs., am, pm, a.m, p.m, local, noon, midday, midnight, midnite, today, tomorrow, tonight, morning, evening, afternoon, eastern, pacific, central, standard, daylight, summer, do, does, must, may, will, should, can, been, has, have, had, next, coming, uk, us, eu, version, end, start, start of, end of, close of, business, first, thing
der, die, das, den, gilt, nach, dem, des, diese, dieser, dieses, ist, sind, und, oder, zur, zum, zu, um, ab, auf, von, vom, mit, bestimmt, darf, dürfen, werden, wird, erst, uhr, uhrzeit, datum, zeit, mittag, mittags, mitternacht, heute, morgen, früh, abends, abend, ortszeit, nächsten, kommenden, bis auf weiteres
le, la, les, après, s'applique, l, l’, d', d, de, du, ce, cet, cette, à, au, aux, en, et, ou, est, sont, le matin, heure, heures, h, minuit, midi, demain, ce soir, pour, par, partir, à partir de, à partir du, nouvel ordre, avis, jusqu'à nouvel ordre
el, las, los, después, después de, rige, del, al, este, esta, y, o, para, por, se, hora, horas, fecha, mediodía, medianoche, mañana, lunes, será, su, nuevo aviso
os, depois, depois das, vigora, da, dos, em, no, na, às, ao, e, uma, até, data, meio-dia, meia-noite, amanhã, seu, sua
il, lo, gli, dopo, dopo le, i, di, dal, dalla, dalle, della, dei, alle, alla, ore, ora, questo, questa, ed, è, non oltre, mezzogiorno, mezzanotte, domani, partire, per, con, nuovo avviso
het, een, op, om, van, dit, deze, tijd, uur, middag, middernacht, voor, te, bestemd
det, till, kl, kl., klockan, tid, och, eller, för, på, är, som, dato, klokken, og, til, må, er, fra, denne, dette, denna
ja, tai, klo, kello, aika, päivä, päivänä, päivään, mennessä, tämä, tätä, ei ole, tarkoitettu
dla, w, we, z, lub, godz, godz., godzina, godziny, dnia, czas, ten, ta, jest, są, południe, północ, jutro, od
v, ve, k, ke, nebo, hod, hod., hodin, dne, čas, tento, tato, toto, je, určeno, není
в, у, о, об, на, з, із, і, й, та, або, год, год., година, години, дата, час, цей, ця, це, є, для, від, до, завтра, и, или, с, со, к, ч, часов, время, этот, эта, это, от, по, мск, київ, киев
ya, ye, dan, veya, için, saat, saati, tarih, tarihi, bu, ile, tarihinde, tarihinden, gün, günü, yarın
في, من, على, هذا, هذه, أو, و, إلى, الساعة, ساعة, يوم, تاريخ, بتوقيت, صباحا, مساء, صباحاً, مساءً, عن, مع, كل
של, את, זה, זו, ב, ה, או, ו, שעה, בשעה, יום, ביום, תאריך, בתאריך, עד ל, על, מיום, החל, כל
در, از, به, این, یا, ساعت, روز, تاریخ, را, است, شود, برای, نکنید, کنید, مورخ
yet, end of day, close of business, end of play, close of play, eod, cob
ο, η, το, την, τον, τη, τις, των, του, στις, και, για, ώρα, από, από τις, π.μ, μ.μ
के, का, की, को, में, से, पर, और, या, यह, है, हैं, बजे, दिनांक, तारीख, समय, लिए, तिथि, करें, न करें, इस
の, は, を, に, が, と, で, へ, も, です, ます, 日時, 日, 時, 分, 時間, 午前, 午後, 正午, 時点, しない, しないこと, すること, こと, 本, この, より, 付, 予定, から, する, 前, 後, 版, 日本時間
은, 는, 이, 가, 주시기, 하여, 을, 를, 의, 에, 로, 으로, 전, 후, 시, 분, 일, 일시, 시점, 시간, 오전, 오후, 정오, 자정, 본, 해주시기, 마십시오, 합니다, 입니다, 하십시오, 부터, 한국시간, 해제, 금지
的, 于, 於, 在, 此, 后, 至, 时, 点, 點, 日期, 时间, 上午, 下午, 中午, 凌晨, 晚, 早, 北京时间, 北京時間, 当地时间, 方可, 可, 为, 為, 是, 和, 或, 对外, 起
will be
kadar, gününe, tarihine, güne, pentru, pe, din, az, hogy, órakor, óra, szóló, alatt, นี้, วัน, วันที่, เวลา, น., ถึง, การ, มกราคม, กุมภาพันธ์, มีนาคม, เมษายน, พฤษภาคม, มิถุนายน, กรกฎาคม, สิงหาคม, กันยายน, ตุลาคม, พฤศจิกายน, ธันวาคม
ngày, giờ, lúc, vào, thứ, này, của, và, được, tháng, năm, tanggal, pukul, hari, ini, untuk, pada, за, za, u, sa, dia, hores
  `),
  ],
]);

/** Meaning of a word in a key of front matter or object metadata, in addition to {@link RELEASE_WORDS}. */
export type KeyWord =
  | 'status'
  | 'switch'
  | 'schedule'
  /**
   * The beginning of anything, with a date or “from”. A future date counts as the release date of the story.
   */
  | 'begin'
  | 'hidden'
  | 'at'
  | 'date'
  /** Where a story is published. */
  | 'channel'
  /** A list of marks, or the readers who may see a story. */
  | 'flags'
  | 'after'
  /** The date of publication in one word or phrase. */
  | 'publication';

export const KEY_WORDS: ReadonlyMap<KeyWord, readonly string[]> = new Map([
  [
    'status',
    words(
      `creative work status, editorial status, edit status, story status, article status, content status, entry status, review status, approval status, etat, estado editorial, status, pubstatus, pub status, publication status, post status, poststatus, state, stage, workflow, visibility, sichtbarkeit, visibilité, visibilidad, visibilidade, visibilità, zichtbaarheid, synlighet, synlighed, näkyvyys, widoczność, viditelnost, видимість, видимость, görünürlük, 公開範囲, 可见性, estado, estatus, stato, stan, stav, tila, durum, статус, стан, состояние, สถานะ, trạng thái, állapot, stare, statut, état, الحالة, סטטוס, وضعیت, स्थिति, 状态, 狀態, 状態, ステータス, 상태`,
    ),
  ],
  [
    'switch',
    words(
      `publish, published, public, live, visible, released, approved, ready, online, cleared, listed, publier, publié, publicar, publicado, publikovat, veröffentlichen, veröffentlicht, freigegeben, pubblicare, pubblicato, gepubliceerd, publicerad, publiceret, publisert, julkaistu, opublikowane, опубліковано, опубликовано, yayında`,
    ),
  ],
  [
    'schedule',
    words(
      `nbf, sunrise, on time, deferred delivery, delayed delivery, schedule, scheduled, go live, golive, lift, lifts, unlock, release, releases, available, availability, visible, live, online, publish, broadcast, air, active, starts showing, show, veröffentlichen, veröffentlichung, freigabe, frei, publier, diffusion, publicar, publicación, publicação, pubblicare, pubblicazione, publiceren, publicatie, publicera, publicering, julkaise, julkaisu, publikuj, publikacja, publikovat, publikace, zveřejnit, публікувати, публікація, публиковать, публикация, yayın, yayınla, begin, begins, freischalten, freischaltung, mise en ligne, en ligne`,
    ),
  ],
  [
    'begin',
    words(
      `nbf, sunrise, deliver, reveal, start, starts, begin, begins, valid, effective, display, displayed, activate, activation, activated, post, send, gültig, verfügbar, beginn, valable, valide, début, disponible, disponibile, disponível, válido, válida, valido, vigente, inicio, início, inizio, beschikbaar, geldig, giltig, gyldig, tillgänglig, tilgængelig, tilgjengelig, saatavilla, ważne, dostępne, platné, dostupné, действительно, доступно, начало, дійсне, початок, geçerli, başlangıç, launch, launches, open, opens, run, runs, push, drop, lancement, lanzamiento, lançamento, lancio, lancering, lansering, premiera, start publikacji, запуск, 公開日時, 公開日, 掲載日時, 掲載日, 配信日時, 配信日, 发布时间, 發布時間, 发布日期, 發布日期, 上线时间, 上線時間, 게시일시, 게시일, 공개일시, 공개일, 배포일`,
    ),
  ],
  [
    'hidden',
    words(
      `hidden, hide, locked, queue, private, secret, confidential, internal, unlisted, unpublished, unpublish, privat, vertraulich, intern, caché, privé, confidentiel, oculto, privado, confidencial, nascosto, privato, verborgen, vertrouwelijk, dold, skjult, piilotettu, ukryte, ukryty, skryto, приховано, скрыто, gizli, wait, delay, delayed, queued, deferred, postponed`,
    ),
  ],
  [
    'at',
    words(
      `at, on, from, up, for, since, am, ab, von, le, el, em, il, dal, da, desde, vanaf, från, fra, op, den, od, з, с, um`,
    ),
  ],
  [
    'date',
    words(
      `date, time, datetime, when, day, datum, zeit, zeitpunkt, heure, fecha, hora, data, ora, tijd, tid, dato, aika, czas, čas, дата, час, время, tarih, saat, ends, end, is, value, timestamp, ts, utc, gmt`,
    ),
  ],
  [
    'flags',
    words(
      `flag, flags, restriction, restrictions, release terms, usage terms, label, labels, marker, markers, mark, marks, markierung, markierungen, access, access level, access rights, accessibility level, privacy, audience, distribution, classification, sensitivity, zugriff, zugang, accès, acceso, acesso, accesso, toegang, åtkomst, adgang, tilgang, pääsy, dostęp, přístup, доступ, erişim, 閲覧範囲, 访问权限`,
    ),
  ],
  ['channel', words(`web, site, website, cms, wp, wordpress, page, app, feed, blog, homepage`)],
  ['after', words(`after, nach, après, después, depois, dopo, na, efter, etter, po, після, после`)],
  [
    'publication',
    words(`
entry date, date gmt, date utc, pub date, pubdate, pub start, issued, date issued, erscheint, udgivelsestidspunkt, publiseringstidspunkt, publiceringstidspunkt, veröffentlichungszeitpunkt, publicatietijdstip, publishing date, publication day, run date, tx date, erscheinungstermin, erscheinungsdatum, erscheinungstag, veröffentlichungsdatum, veröffentlichungstermin, publikationsdatum, publikationstermin, sendetermin, sendedatum, publicatiedatum, verschijningsdatum, publiceringsdatum, publiceringsdag, publiceringstid, udgivelsesdato, udgivelsesdag, publiceringsdato, publiseringsdato, publiseringstid, utgivelsesdato, julkaisupäivä, julkaisuaika, julkaisuajankohta, fecha de salida, data de saída, data di uscita, date de parution, data wydania, datum vydání, 発行日, 公開日, 掲載日, 配信日, 発表日, 발행일, 게시일, 공개일, 배포일, 发布日期, 發布日期, 刊登日期, 发稿日期
  `),
  ],
]);

/** Meaning of a word in a value of a status. `closed` names the few readers who may see the story. */
export type StatusWord = 'closed' | 'wait' | 'scheduled' | 'withdraw';

/** Values of a story's status in front matter, metadata and IPTC formats. Other values are ignored. */
export const STATUS_VALUES: ReadonlyMap<StatusWord, readonly string[]> = new Map([
  [
    'closed',
    words(`
private, internal, restricted, staff, staff only, team only, employees, editors only, newsroom, hidden, unpublished, unlisted, secret, confidential, intern, privat, vertraulich, mitarbeiter, versteckt, interne, privé, privée, confidentiel, confidentielle, caché, masqué, personnel, interno, interna, privado, privada, oculto, oculta, confidencial, privato, privata, riservato, nascosto, besloten, vertrouwelijk, verborgen, dold, skjult, yksityinen, sisäinen, piilotettu, prywatny, prywatne, prywatna, wewnętrzny, wewnętrzne, ukryty, ukryte, soukromé, soukromý, interní, skryto, приватно, приватна, приватний, внутрішній, внутрішнє, приховано, прихована, личное, приватный, внутренний, внутреннее, скрыто, скрытый, скрытая, закрыто, özel, gizli, خاص, داخلي, פרטי, פנימי, 社内, 社外秘, 内部, 私有, 비공개, 내부
  `),
  ],
  [
    'wait',
    words(`
pending, review, in review, under review, reviewing, unapproved, unverified, unchecked, unedited, wip, in progress, work in progress, todo, unfinished, incomplete, queued, waiting, awaiting, wait, submitted, proposed, inactive, offline, disabled, suspended, private, hidden, unpublished, unreleased, secret, confidential, internal, editing, edit, needs, later, tbc, tbd, restricted, blocked, locked, staging, archived, expired, parked, on ice, stub, idea, assigned, pitch, legal, approval, raw, auto draft
ausstehend, in prüfung, zur freigabe, zur prüfung, zur abnahme, prüfung, in arbeit, in bearbeitung, bearbeitung, unveröffentlicht, wartet, warten, privat, vertraulich, intern, offen, en attente, attente, à approuver, en relecture, relecture, en cours, non publié, inédit, privé, à valider, à relire, pendiente, en revisión, por revisar, por aprobar, a revisar, revisión, en proceso, inédito, privado, sin publicar, pendente, em revisão, revisão, em andamento, aguardando, oculto, in attesa, in revisione, revisione, in lavorazione, privato, da rivedere, in afwachting, ter controle, in behandeling, concept, niet gepubliceerd, väntar, väntande, granskning, under granskning, opublicerad, pågående, afventer, til gennemsyn, under arbejde, upubliceret, venter, til gjennomsyn, upublisert, under arbeid, odottaa, tarkistettavana, julkaisematon, kesken, oczekuje, oczekujące, do sprawdzenia, w trakcie, nieopublikowane, do akceptacji, čeká, čekající, ke kontrole, rozpracováno, nepublikováno, nezveřejněno, очікує, на перевірці, на модерації, на погодженні, на модерации, на утверждении, на согласовании, на розгляді, в роботі, неопубліковано, не опубліковано, ожидает, на проверке, на рассмотрении, в работе, неопубликовано, не опубликовано, beklemede, bekliyor, incelemede, onay bekliyor, yayınlanmadı, قيد المراجعة, 작성중, 검토중, 작성 중, 검토 중, 승인 대기, 審査中, 承認待ち, 校正中, 审核中, 审批中, معلق, غير منشور, بانتظار, בהמתנה, בבדיקה, לא פורסם, ממתין, در انتظار, در حال بررسی, منتشر نشده, लंबित, समीक्षा, अप्रकाशित, レビュー中, 保留中, 未公開, 非公開, 確認中, 대기, 대기중, 검토, 미공개, 비공개, 待审, 待审核, 待審, 未发布, 未發布, 待定, 待处理
  `),
  ],
  [
    'scheduled',
    words(
      `scheduled, future, planned, timed, geplant, terminiert, programmé, planifié, programado, agendado, programmato, pianificato, gepland, ingepland, schemalagd, planlagt, planerad, ajastettu, zaplanowane, zaplanowany, naplánováno, заплановано, запланировано, planlandı, مجدول, מתוזמן, زمان بندی شده, निर्धारित, 予約, 予定, 予約済み, 예약, 예약됨, 定时, 已排程, 定時`,
    ),
  ],
  [
    'withdraw',
    words(
      `deleted, delete, trash, trashed, removed, pulled, recalled, annulled, gelöscht, supprimé, eliminado, removido, rimosso, verwijderd, raderad, slettet, poistettu, usunięte, odstraněno, видалено, удалено, silindi`,
    ),
  ],
]);

/** Values that mean yes. */
export const YES_VALUES: ReadonlySet<string> = new Set(
  words(
    `true, yes, y, on, 1, t, x, ✓, ✔, ☑, [x], ja, j, jep, oui, vrai, sí, si, verdadero, sim, verdadeiro, vero, waar, sant, sand, kyllä, tosi, tak, prawda, ano, pravda, так, да, істина, evet, doğru, نعم, כן, بله, हाँ, हां, はい, 예, 네, 是, 对`,
  ),
);
/** Values that mean no or nothing. */
export const NO_VALUES: ReadonlySet<string> = new Set(
  words(`false, no, n, off, 0, f, none, null, nil, undefined, ~, -, –, —, n/a, na, n.a., [ ], [], {}, never, nein, nee, keine, keiner, kein, non, faux, aucun, aucune, ninguno, ninguna, falso, não, nao, nenhum, nenhuma, nessuno, nessuna, geen, niet, onwaar, nej, nei, ingen, inget, falskt, ei, epätosi, nie, brak, fałsz, ne, žádné, žádný, není, ні, немає, нет, ложь, hayır, yok, yanlış, لا, لا يوجد, לא, אין, ללא, نه, خیر, ندارد, नहीं, कोई नहीं, いいえ, なし, 아니오, 아니요, 없음, 否, 无, 無, 没有
lifted, ended, over, past, expired, released, immediate, immediately, immediate release, for immediate release, now, at once, sofort, aufgehoben, abgelaufen, levé, immédiat, levantado, inmediato, imediato, immediato, revocato, opgeheven, hävt, ophævet, opphevet, zniesione, zrušeno, знято, снято, kaldırıldı, 解除, 해제, 已解除, not embargoed, no embargo, unembargoed`),
);

/** Values that say that a date is not known yet, if no other word follows. */
export const OPEN_WORDS: readonly string[] = words(
  `open, pending, unknown, unclear, offen, unklar, unbekannt, ausstehend, folgt, inconnue, en attente, pendiente, desconocida, pendente, in sospeso, in attesa, onbekend, volgt, okänt, väntar, ukendt, afventer, ukjent, avventer, nieznana, neznámé, невідомо, неизвестно, bilinmiyor, 不明, 未知`,
);

/** Values that say that a date is not known yet. Other words can follow them: “TBC by the desk”. */
export const OPEN_VALUES: readonly string[] = words(`
on signal, on cue, on request, on demand, on call, on my, on our, by phone, manual, manually, wait, awaiting, auf zuruf, auf abruf, auf anfrage, sur signal, sur demande, bajo petición, a pedido, su richiesta, op verzoek, på signal, på begäran, na sygnał, за сигналом, по сигналу
tbc, t.b.c, tbd, t.b.d, tba, t.b.a, tbn, to be confirmed, to be announced, to be determined, to be decided, to be agreed, to be set, to be scheduled, to follow, not yet, not known, not set, not fixed, not decided, not scheduled, not confirmed, undecided, unscheduled, unconfirmed, no date
n.n.b, nnb, n.n, noch offen, noch unklar, noch nicht, steht noch nicht fest, steht nicht fest, wird noch, wird nachgereicht, wird bekannt gegeben, folgt noch, à confirmer, à préciser, à définir, à déterminer, à fixer, à venir, non défini, non définie, pas encore, por confirmar, por definir, por determinar, por decidir, por anunciar, a confirmar, a definir, sin confirmar, sin definir, sin fecha, aún no, sem data, ainda não, da confermare, da definire, da stabilire, da decidere, da destinarsi, non ancora, nader te bepalen, n.t.b, ntb, nog niet, nog onbekend, nog te bepalen, volgt nog
ej klart, inte klart, ännu inte, ej bestämt, inte bestämt, bekräftas senare, meddelas senare, endnu ikke, ikke fastlagt, bekræftes senere, meddeles senere, oplyses senere, ennå ikke, ikke bestemt, ikke avklart, avklares senere, bekreftes senere, ei vielä, avoinna, vahvistetaan myöhemmin, ilmoitetaan myöhemmin, do potwierdzenia, do ustalenia, do uzgodnienia, jeszcze nie, nieustalona, nieustalony, bude upřesněno, bude oznámeno, neurčeno, zatím ne, уточнюється, буде уточнено, буде оголошено, ще не, не визначено, уточняется, будет уточнено, будет объявлено, ещё не, еще не, не определена, не определено
belirlenecek, belli değil, henüz, duyurulacak, يحدد لاحقا, يُحدد لاحقا, لم يحدد, غير محدد, טרם נקבע, ייקבע בהמשך, לא נקבע, نامشخص, اعلام خواهد شد, तय नहीं, बाद में, निर्धारित नहीं
未定, 未決定, 調整中, 追って, 待定, 未确定, 未確定, 另行通知, 미정, 추후, 미확정
va fi anunțat, neconfirmat, később, akkor még nem, chưa xác định, chưa rõ, belum ditentukan, menyusul, θα ανακοινωθεί, ещё не известно, per confirmar, bit će objavljeno
`);

/** Weekdays in scripts without spaces, Monday first. */
export const UNSPACED_WEEKDAYS: readonly RegExp[] = [
  /(?:星期|周|週|礼拜|禮拜)一|月曜日?|월요일|วันจันทร์|יום שני/,
  /(?:星期|周|週|礼拜|禮拜)二|火曜日?|화요일|วันอังคาร|יום שלישי/,
  /(?:星期|周|週|礼拜|禮拜)三|水曜日?|수요일|วันพุธ|יום רביעי/,
  /(?:星期|周|週|礼拜|禮拜)四|木曜日?|목요일|วันพฤหัส(?:บดี)?|יום חמישי/,
  /(?:星期|周|週|礼拜|禮拜)五|金曜日?|금요일|วันศุกร์|יום שישי/,
  /(?:星期|周|週|礼拜|禮拜)六|土曜日?|토요일|วันเสาร์|יום שבת/,
  /(?:星期|周|週|礼拜|禮拜)[日天]|日曜日?|일요일|วันอาทิตย์|יום ראשון/,
];

/**
 * Times of day by their names. Midnight means the end of the named day, which is the later of its two
 * meanings.
 */
export const NAMED_TIMES: readonly (readonly [string, RegExp])[] = [
  [
    '12:00',
    /(?<![\p{L}\d])(?:12 )?(?:noon|midday|mittags?|(?<!après-)midi|mediod[ií]a|meio-dia|mezzogiorno|keskipäivä(?:llä)?|południe|poledne|полудень|полдень|öğle|الظهر|צהריים|ظهر|दोपहर)(?![\p{L}])|正午|中午|정오/giu,
  ],
  [
    '24:00',
    /(?<![\p{L}\d])(?:12 )?(?:midnight|midnite|mitternacht|minuit|medianoche|meia-noite|mezzanotte|middernacht|midnatt|midnat|keskiyö(?:llä|hön)?|północ(?:y)?|půlnoc[ei]?|опівночі|північ|полночь|полуночи|gece yarısı|منتصف الليل|חצות|نیمه شب|आधी रात)(?![\p{L}])|午夜|深夜零時|자정/giu,
  ],
];

const ZONE_NAMES: readonly (readonly [zone: string, names: string | RegExp])[] = [
  ['ET', '(?:u\\.?s\\.? )?eastern(?: (?:standard|daylight))?(?: time)?'],
  ['CT', 'central(?: (?:standard|daylight))? time'],
  ['MT', 'mountain(?: (?:standard|daylight))? time'],
  ['PT', '(?:u\\.?s\\.? )?pacific(?: (?:standard|daylight))?(?: time)?'],
  ['Europe/London', '(?:u\\.?k\\.?|british)(?: summer)? time'],
  ['CET', 'central european time'],
  ['CEST', 'central european summer time'],
  ['GMT', 'greenwich mean time'],
  ['Europe/Moscow', 'по московскому времени|мск|московского времени'],
  ['Europe/Kyiv', 'k(?:iev|yiv) time|за київським часом|за києвом|по киевскому времени'],
  ['Asia/Kolkata', /(?<!\p{L})(?:ist \()?indian standard time\)?(?!\p{L})/giu],
  ['Europe/Copenhagen', 'dansk tid|danish time'],
  ['Europe/Stockholm', 'svensk tid|swedish time'],
  ['Europe/Oslo', 'norsk tid|norwegian time'],
  ['Europe/Berlin', 'deutscher zeit|german time'],
  ['Europe/Paris', 'heure française|french time'],
  ['Europe/Madrid', 'hora (?:peninsular|española)'],
  ['Europe/Rome', 'ora italiana'],
  ['Europe/Istanbul', '(?:türkiye|i̇?stanbul) saati(?:yle)?'],
  ['America/Sao_Paulo', '(?:hor(?:a|ário) de )?brasília(?: time)?'],
  ['Asia/Shanghai', /北京时间|北京時間|beijing time/giu],
  ['Asia/Tokyo', /日本時間/gu],
  ['Asia/Seoul', /한국시간|한국 시간/gu],
];

/** Time zones as words, with the abbreviation or place that the date parser knows. */
export const NAMED_ZONES: readonly (readonly [zone: string, names: RegExp])[] = ZONE_NAMES.map(
  ([zone, names]) => [
    zone,
    typeof names === 'string' ? new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, 'giu') : names,
  ],
);

/** Declined and short names of weekdays that `Intl` does not know, Monday first. */
export const WEEKDAY_FORMS: readonly (readonly string[])[] = [
  words(
    `hétfőig, ponedjeljka, pondelka, понеделник, maanantaita, понеділка, понеділок, понедельника, понедельник, poniedziałku, pondělka, pondělku, maanantaina, maanantaihin, mandag, måndagen, pazartesiye, lundi, lunes, segunda, segunda-feira, الإثنين, الاثنين, יום שני, دوشنبه, सोमवार`,
  ),
  words(
    `keddig, utorka, вторник, tiistaita, вівторка, вторника, wtorku, úterka, úterý, tiistaina, tiistaihin, tirsdag, tisdagen, salıya, mardi, martes, terça, terça-feira, الثلاثاء, יום שלישי, سه‌شنبه, मंगलवार`,
  ),
  words(
    `szerdáig, srijede, stredy, сряда, keskiviikkoa, середи, среды, środy, středy, keskiviikkona, keskiviikkoon, onsdag, onsdagen, çarşambaya, mercredi, miércoles, quarta, quarta-feira, الأربعاء, יום רביעי, چهارشنبه, बुधवार`,
  ),
  words(
    `csütörtökig, četvrtka, štvrtka, четвъртък, torstaita, четверга, czwartku, čtvrtka, čtvrtku, torstaina, torstaihin, torsdag, torsdagen, perşembeye, jeudi, jueves, quinta, quinta-feira, الخميس, יום חמישי, پنجشنبه, गुरुवार`,
  ),
  words(
    `péntekig, petka, piatka, piatku, petek, петък, perjantaita, п'ятниці, п'ятницею, пʼятниці, п’ятниці, пятницы, piątku, piątek, piątkiem, pátku, pátkem, pátek, perjantaina, perjantaihin, fredag, fredagen, cumaya, vendredi, viernes, sexta, sexta-feira, الجمعة, יום שישי, शुक्रवार`,
  ),
  words(
    `szombatig, subote, събота, lauantaita, суботи, субботы, soboty, lauantaina, lauantaihin, lørdag, lördagen, cumartesiye, samedi, sábado, السبت, שבת, शनिवार`,
  ),
  words(
    `vasárnapig, nedjelje, nedele, неделя, sunnuntaita, неділі, воскресенья, niedzieli, neděle, sunnuntaina, sunnuntaihin, søndag, söndagen, pazara, dimanche, domingo, الأحد, יום ראשון, रविवार`,
  ),
];

/**
 * Words that put an end behind the day that follows or precedes them. “After Friday” names no instant. In Dutch,
 * “na” means “after” only behind “tot”, because it is a preposition of other languages too.
 */
export const AFTER_DAY: readonly RegExp[] = [
  /(?<![\p{L}\p{M}])(?:after|following|nach|après|después|tras|depois|após|dopo|tot na|tot ná|efter|etter|jälkeen|po|după|után|след|после|після|nakon|sonra|sonrası|μετά|μετα|بعد|پس از|אחרי|לאחר|बाद|sau|setelah|després)(?![\p{L}\p{M}])/u,
  /(?:直到|至|到).{0,30}(?:之后|之後|以后|以後)|(?:後|以降|以後)\s?まで|(?:후|이후|뒤)\s?까지|หลัง/u,
];

/**
 * Phrases that put an end behind an event whose time is not stated: “at the close of the conference”, “after the
 * AGM”. A date or a number of months behind the first word is news: “The embargo ends after nine months”.
 */
export const EVENT_ENDS: readonly RegExp[] = [
  /(?<!\p{L})(?:(?:at|when|once|after|before|upon|on|with|by|following|until) (?:the|our|his|her|its|their|we|he|she|they|i|end|close|start|conclusion|opening|delivery|completion)|as soon as)(?!\p{L})/iu,
  /(?<!\p{L})(?:at|when|once|after|before|upon|following|[Nn]ot [Bb]efore) \p{Lu}{2,}(?!\p{L})/u,
  /(?<!\p{L})(?:when|once|after|before|until) \p{L}+ (?:closes?|ends?|opens?|begins?|starts?|finish(?:es)?)(?!\p{L})/iu,
  /(?<!\p{L})vor (?:der|dem|den) \p{L}*(?:versammlung|konferenz|rede|sitzung|ansprache|verkündung|urteil|abstimmung)(?!\p{L})/iu,
  /(?<!\p{L})(?:\p{L}+(?:ince|ınca|unca|ünce)|sona erince|sonunda|sonrasında) kalkar(?!\p{L})/iu,
  /(?<!\p{L})(?:بعد|عند|مع|بانتهاء|لدى) \p{L}+/u,
  /(?:終了|閉会|開始|発表|结束|結束|開會|종료|시작|끝).{0,3}(?:まで|後|后|까지|후)|至.{1,12}(?:结束|結束)/u,
  /(?<!\p{L})(?:sobald|(?:nach|mit) (?:der|dem|den)|(?:nach|mit|bei|vor|zum|zu) (?:der |dem |den )?\p{L}*(?:ende|beginn|schluss|start|ablauf|eröffnung))(?!\p{L})/iu,
  /(?<!\p{L})(?:dès (?:que|la|le|les|l')|lorsque|quand|(?:à|après|avec|lors de|avant|pas avant) (?:la |le |les |l'))/iu,
  /(?<!\p{L})(?:cuando|en cuanto|al|tras (?:el|la|los|las)|después de|antes de que|antes de la|antes del|con (?:el|la)|quando|assim que|após [oa]|depois d[oa]|antes d[oa]|até [oa]|com [oa]|ao|dopo (?:il|la|lo|l')|appena|alla|al|prima (?:del|della|dell'|che)|con (?:il|la|l'))(?!\p{L})/iu,
  /(?<!\p{L})(?:zodra|wanneer|als|(?:na|bij|met|vóór|eerder dan) (?:het|de|afloop|einde|begin))(?!\p{L})/iu,
  /(?<!\p{L})(?:när|tills|så snart|når|så snart som|(?:efter|etter|vid|ved|före|før) \p{L}+(?:en|et|ets|ens|na|ne|nes|nas))(?!\p{L})/iu,
  /(?<!\p{L})(?:kun|heti kun|\p{L}+ (?:päätyttyä|jälkeen|alkaessa|alettua)|ennen \p{L}+ (?:päättymistä|loppua|alkua))(?!\p{L})/iu,
  /(?<!\p{L})(?:gdy|kiedy|jak tylko|(?:po|do|przed|wraz z|z chwilą|z) (?:zakończeni|rozpoczęci|końc|koniec|ogłoszeni|wystąpieni)\p{L}*|wcześniej niż|až|jakmile|(?:po|před|s) (?:skončení|ukončení|koncem|začátkem|zahájení|zveřejnění)\p{L}*)(?!\p{L})/iu,
  /(?<!\p{L})(?:коли|щойно|як тільки|когда|как только|(?:після|по|після|з|до|раніше|после|с|ранее|раньше)? ?(?:закінчен|завершен|початк|кінц|оголошен|окончан|начал|конц|оглашен)\p{L}*)(?!\p{L})/iu,
];

/** Words for the end of an embargo. They stand behind the word “embargo”: “Embargo expires at the close”. */
export const END_VERBS: ReadonlySet<string> = new Set(
  words(
    `lifts, ends, expires, finishes, válido, válida, valido, vigente, valable, vale, rige, cade, kalkar, gültig, drops, stands, applies, holds, remains, endet, erlischt, fällt, gilt, läuft, prend, expire, tombe, cesse, termina, finaliza, expira, vence, cae, caduca, concluye, acaba, cai, encerra, scade, decade, cessa, finisce, eindigt, vervalt, loopt, geldt, upphör, gäller, löper, ophører, udløber, gælder, opphører, utløper, gjelder, päättyy, raukeaa, kończy, wygasa, mija, obowiązuje, końci, končí, vyprší, platí, trvá, закінчується, спливає, завершується, діє, триває, заканчивается, истекает, завершается, действует, biter`,
  ),
);

/** Abbreviations and phrases that also have other meanings: “Not for pub landlords”, “Not yet public transport”. */
export const ABBREVIATIONS: ReadonlySet<string> = new Set(
  words(`off the record, nfp, n.f.p, nyp, n.y.p, dnp, d.n.p, dnu, d.n.u, nfr, n.f.r, nzv, n.z.v, hfr, h.f.r, wip
not for pub, not 4 pub, not yet for pub, not yet public, not public yet, not yet live, ${AMBIGUOUS_BANS}`),
);

/** Words for what a held story waits for: “Hold pending legal checks”. They say nothing without a word for “hold”. */
export const REASONS: ReadonlySet<string> = new Set(
  words(`pending, awaiting, waiting, approval, clearance, sign, signoff, check, checks, fact, further, review, verification, confirmation, permission, picture, pictures, subbed, subs, lawyer, lawyers, office, ok
prüfung, rechtsabteilung, abnahme, validation, vérification, relecture, juridique, aprobación, revisión, jurídica, aprovação, revisão, approvazione, verifica, legale, goedkeuring, controle, juridische, godkännande, granskning, juridisk, godkendelse, tjek, godkjenning, sjekk`),
);

/** Names of days that depend on an unknown current day. */
export const RELATIVE_DAYS: ReadonlySet<string> = new Set(
  words(`today, tomorrow, tonight, eod, cob, end of day, close of business, end of play, close of play, heute, morgen, demain, aujourd'hui, hoy, mañana, hoje, amanhã, oggi, domani, vandaag
idag, imorgon, huomenna, tänään, dziś, jutro, dnes, zítra, сьогодні, завтра, сегодня, bugün, yarın, اليوم, غدا, غداً, היום, מחר, امروز, فردا, आज, कल`),
);

/** Labels in the data of a film, an album, a book or a game. */
export const WORK_LABEL =
  /^[\s*_|•–-]*(?:direct(?:or|ed by)|cast|starring|gen(?:re|ere)|running time|artist|(?:record )?label|studio|developer|platforms?|isbn|pages|price|preis|prix|seiten|verlag|durée|länge|regie|darsteller|laufzeit|réalisation|reparto|duración|regia|durata|elenco|regissör|ohjaus|reżyseria|režie|режис(?:ер|с[её]р)|yönetmen|監督|출연|导演)[*_]*\s?[:：|]/iu;

/** Labels around a story that are no keys of front matter. Other labels beside a status show that it is data of the story. */
export const STORY_LABEL =
  /press|media|kontakt|contact|contatt|telefon|téléphone|teléfono|phone|^(?:tel|mobile|fax|e-?mail|editor|redaktion|quelle|version|words?|word count|wörter|zeichen|client|agency|company|source|photos?|fotos?|pictures?|notes?|job|from|to|subject|cc|web(?:site)?|edition|issue|owner|approved.*|reviewer|ref(?:erence)?)$/iu;
