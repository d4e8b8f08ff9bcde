import { phraseSet, phrases } from '../tables.ts';

// Phrases of lines that are not part of a story, in the most frequent languages. They are in lower case and are
// compared with lines in lower case and with collapsed white space. A sentence needs a second sign; see story.ts.

/** Opening phrases of short lines that point to another story, mostly with a link. */
export const POINTER_STARTS: readonly string[] = phrases(`
  read more | read also | also read | read next | read our | read the full | read: | also: | see also | see:
  see related | le puede interesar | les puede interesar | puede leer | vea también | vea además | lea además
  mira también | mirá también | además: | more: | more on | more from | related: | related article | related story:
  related stories | watch: | watch more | watch the video | listen: | view gallery | view photos | photos:
  in pictures | gallery: | next: | previous: | check out | don't miss | click here | continue reading
  lesen sie auch | lesen sie mehr | lesen sie hier | lesen sie dazu | lies auch | mehr dazu | mehr zu | siehe auch
  weiterlesen | hier geht es | zum weiterlesen | lire aussi | a lire aussi | à lire | lire également | >> lire
  voir aussi | lire la suite | lea también | lee también | leer más | lee más | ver también | te puede interesar
  leia também | leia mais | leia: | veja também | saiba mais | leggi anche | leggi qui | leggi: | lees ook
  lees meer | lees hier | czytaj także | czytaj też | czytaj więcej | czytaj również | przeczytaj także
  przeczytaj też | zobacz także | zobacz też | zobacz: | czytaj: | läs också | läs mer | läs även | les også
  læs også | lue myös | čtěte také | čtěte dále | přečtěte si | prečítajte si | citește și | citeşte şi | vezi și
  διαβάστε επίσης | διαβάστε ακόμα | διαβάστε: | читайте также | читать также | читайте ещё | читайте еще
  смотрите также | читайте: | читайте також | дивіться також | прочетете още | вижте още | اقرأ أيضا | بیشتر بخوانید
  קראו גם | 相关阅读 | 延伸閱讀 | 関連記事 | 관련기사
`);

/** Opening phrases of advertising, invitations and remarks about the page. */
export const NOISE_STARTS: readonly string[] = phrases(`
  advertisement | sign up for | sign up to | sign up here | sign up now | subscribe to our | subscribe to the
  subscribe now | subscribe for | subscribe here | already a subscriber | follow us on | follow us for | join us on
  stay up to date | download our | download the app | share this | share on | leave a comment | leave a reply
  post a comment | add a comment | join the conversation | join the discussion | comments are closed | comments (
  view comments | updated at | posted at | posted in | posted by | to subscribe | first published | originally published
  email this | print this | pin it | find us on | like us on | follow me on | get the latest | join our | credit: | image:
  images: | picture: | donate | support our | send tips | got a tip | have a tip | loading | tag: | topics: | category:
  zurück zur | zurück zu | diesen artikel | foto | contact the author | contact the writer | to comment on this | log in to | please log in | please sign in | you must be logged in
  this article was originally published | this story was originally published | this post was originally published
  this article first appeared | all rights reserved | copyright © | copyright 20 | © 20 | © copyright | (c) 20
  filed under | filed in | tagged with | tagged: | tags: | categories: | keywords: | story continues below
  article continues below | continues below | we use cookies | this site uses | this website uses | by signing up
  by submitting | by subscribing | skip to | support us | become a member | click to share | about the author
  photo by | photo: | photo credit | photos by | photograph: | image credit | image source | image via
  getty images | featured image | last updated | last modified | published: | published on | posted on | updated:
  anzeige | werbung | newsletter | jetzt abonnieren | abonnieren sie | teilen | artikel teilen | kommentare
  kommentar schreiben | schreiben sie einen | schlagworte | schlagwörter | stichworte | themen: | kategorie:
  kategorien: | foto: | fotos: | bild: | bildquelle | quelle: | nach oben | alle rechte vorbehalten | publicité
  abonnez-vous | inscrivez-vous | s'abonner | suivez-nous | partager | imprimer | envoyer par | commentaires
  laisser un commentaire | mots-clés | tous droits réservés | crédit photo | photo : | crédits | publicidad
  suscríbete | suscríbase | síguenos | compartir | comparte | comentarios | deja un comentario | etiquetas
  todos los derechos reservados | publicidade | assine | siga-nos | compartilhe | comentários
  todos os direitos reservados | pubblicità | iscriviti | seguici | condividi | commenti | tutti i diritti riservati
  riproduzione riservata | © riproduzione | advertentie | abonneer | schrijf je in | volg ons | reageer | reklama
  zapisz się | podziel się | udostępnij | komentarze | dodaj komentarz | wszelkie prawa | tagi: | fot. | zdjęcie:
  źródło: | annons | prenumerera | dela | del på | följ oss | реклама | подпишитесь | подписывайтесь | поделиться
  комментарии | оставить комментарий | теги: | метки: | источник: | фото: | все права защищены | підписуйтесь
  підпишіться | поділитися | коментарі | залишити коментар | теги | джерело: | усі права | všechna práva | sdílet
  toate drepturile | πηγή: | φωτογραφία: | ακολουθήστε | reklam | bizi takip | yorumlar | إعلان | تابعونا | شارك
  广告 | 责任编辑 | 编辑： | 来源： | 版权 | 広告 | シェア | 광고 | 무단전재 | 저작권자
`);

/** Phrases that are boilerplate only if they are the whole line. */
export const NOISE_LINES: ReadonlySet<string> = phraseSet(`
  advert | advertisement | advertorial | iklan | externer inhalt | externe inhalte | external content
  kommentar verfassen | kommentar hinterlassen | kommentar abgeben | jetzt kommentieren | bild anzeigen
  bild vergrößern | vergrößern | weitere informationen | mehr informationen | weiterführender link
  weiterführende informationen | ad | ads | share | tweet | print | email | e-mail | facebook | twitter | linkedin
  whatsapp | telegram | pinterest | reddit | copy link | link copied | save | comment | comments | reply | replies
  like | follow | top | menu | home | search | close | play | video | photos | photo | gallery | image | caption
  next | previous | prev | sponsored | promoted | premium | exclusive | paid content | end | ends | pdf | drucken
  merken | schließen | startseite | imprimer | accueil | inicio | imprimir | stampa | drukuj | печать | друк | xing
  vk | rss | * * * | ***
`);

/** Opening phrases of picture credits near the end of a caption. */
export const CREDIT_MARKS: readonly string[] = phrases(`
  © | (image: | (photo: | (photo by | (picture: | (pic: | (foto: | (bild: | (crédit | (credit: | [photo: | [image:
  photo by: | photo credit: | image credit: | photo: | foto: | fotos: | bild: | bildquelle: | фото:
`);

/** Agencies and picture libraries at the end of a credit. */
export const CREDIT_ENDS: readonly string[] = phrases(`
  getty images | getty | afp | dpa | apa | ap | ap photo | reuters | picture alliance | shutterstock | istock
  imago | imago images | alamy | unsplash | pixabay | pexels | flickr | wikimedia commons | adobe stock | ansa | efe
  epa | pap | zuma press | bloomberg
`);

/**
 * Groups of words. A line with all words of a group is boilerplate. A word after `^` counts only at the start
 * of a sentence.
 */
export const NOISE_TOGETHER: readonly (readonly string[])[] = phrases(`
  ^sign up + newsletter | ^sign up + email | ^sign up + e-mail | ^sign up + inbox | ^sign up here
  ^subscribe + newsletter | ^subscribe + podcast | ^follow + facebook | ^follow + twitter | ^follow + instagram
  download + apps + ios | download + apps + android | bookmark + permalink | posted + follow any responses
  ^if you enjoyed reading | ^if you enjoyed this | ^if you liked this | review process + advertisers
  views expressed + author | opinions expressed + author | views expressed + necessarily
  opinions expressed + necessarily | comments + moderator | comments + moderated | prices are subject to change
  affiliate + commission | affiliate links + purchase | originally published + updated
  products + recommend + independent | ^we may earn + commission | ^we may receive + commission
  ^abonnieren + newsletter | newsletter + postfach | newsletter + mailbox | newsletter + anmelden
  beitrag + veröffentlicht + abgelegt | erstellt + abgelegt unter | dieser beitrag wurde + unter
  dieser beitrag wurde + veröffentlicht | dieser eintrag wurde | meinung + autors + redaktion
  meinung + autorin + redaktion | impressum + datenschutz | sie müssen + eingeloggt | müssen sie + eingeloggt
  müssen sie + einloggen | dazu musst du + einloggen | kommentar + schreiben zu können | kommentare + rss
  ^folgen sie uns | ^folge uns + auf | ^folgt uns + auf | jetzt + e-paper | abo + e-paper | im abo + kiosk
  ^inscrivez-vous + newsletter | ^recevez + newsletter | ^suivez + facebook | ^suivez + twitter
  ^suscríbete + newsletter | ^suscríbete + boletín | ^suscríbete + canal | suscribirse + newsletter
  ^síguenos + facebook | ^sigue + facebook + twitter | comentários + moderador | comentários + não serão
  comentarios + moderador | ^siga + facebook | ^siga + instagram | ^assine + newsletter | ^iscriviti + newsletter
  ^seguici + facebook | ^zapisz się + newsletter | ^schrijf je in + nieuwsbrief | ^подписывайтесь + канал
  ^подписывайтесь + telegram | ^подпишитесь + канал | подписаться + канал | ^підписуйтесь + канал
  ^підпишіться + канал
`).map(line => line.split(' + '));

/** Social networks and messengers that the last lines of a page name. */
export const SOCIAL_NETWORKS: readonly string[] = phrases(`
  facebook | twitter | instagram | youtube | tiktok | whatsapp | telegram | linkedin | pinterest | newsletter
  boletín | rss | podcast | spotify
`);

/** Parts of labels of lists of other stories. The labels have many variants. */
export const RELATED_PARTS: readonly string[] = phrases(`
  dich auch interessieren | sie auch interessieren | euch auch interessieren | ihnen auch gefallen
  dir auch gefallen | you might also | you may also | you might be interested | you may be interested
  puede interesar | podría interesar | pueden interesar | potrebbe interessar | potrebbero interessar
  vous intéresser | pourrait aussi vous | vous pourriez aussi | pode gostar | pode interessar
  może cię zainteresować | mogą cię zainteresować | может быть интересно | може бути цікаво
`);

/**
 * Pairs of words. A short line that begins with the first and ends with the second is a label of other
 * stories.
 */
export const RELATED_STARTS_AND_ENDS: readonly (readonly string[])[] = phrases(`
  more + stories | more + articles | more + news | more + posts | more + coverage | more + reading | more + reads
  other + stories | other + articles | other + news | other + posts | latest + stories | latest + news
  recent + posts | popular + posts | mehr + artikel | mehr + nachrichten | mehr + themen | weitere + artikel
  weitere + beiträge | weitere + themen | weitere + informationen | weitere + nachrichten | weitere + links
  weitere + meldungen | más + noticias | otras + noticias | más + artículos | autres + articles | plus + articles
  altri + articoli | altre + notizie | outras + notícias | meer + nieuws | więcej + artykułów | inne + artykuły
`).map(line => line.split(' + '));
