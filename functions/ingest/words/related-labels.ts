import { phraseSet } from './tables.ts';

// Labels of lists of other stories, in the languages of newsrooms. They are in lower case, without colons,
// brackets and other marks. A label is the whole line or the text before a colon.

/** Labels above or before the titles of other stories, in text files and on pages. */
export const RELATED_LABELS: ReadonlySet<string> = phraseSet(`
  related | related stories | related story | related articles | related article | related news | related content
  related coverage | related links | related reading | related posts | read also | also read | read more
  read next | see also | more on this | more on this story | more on this topic | more stories | further reading
  you may also like | you might also like | recommended | recommended reading | don’t miss | don't miss
  more from us | more coverage | mehr zum thema | lesen sie auch | lesen sie mehr | auch interessant
  verwandte artikel | siehe auch | weitere artikel | lesen sie dazu | mehr dazu
  das könnte sie auch interessieren | lire aussi | à lire aussi | a lire aussi | à lire | à lire également
  voir aussi | sur le même sujet | articles liés | lire également | pour aller plus loin | articles similaires
  lea también | lee también | lee más | leer también | leer más | te puede interesar | le puede interesar
  relacionado | relacionados | noticias relacionadas | artículos relacionados | más información | ver también
  también te puede interesar | leia também | leia mais | veja também | saiba mais | notícias relacionadas
  artigos relacionados | ler também | leia ainda | relacionadas | leggi anche | articoli correlati | leggi di più
  vedi anche | potrebbe interessarti | lees ook | lees meer | lees verder | gerelateerd | gerelateerde artikelen
  zie ook | läs också | läs även | läs mer | relaterat | les også | les mer | relatert | læs også | læs mere
  lue myös | aiheesta lisää | lue lisää | loe ka | loe veel | lasi arī | lasi vēl | taip pat skaitykite
  skaitykite daugiau | czytaj też | czytaj także | czytaj również | przeczytaj także | zobacz też | zobacz także
  zobacz również | powiązane | przeczytaj też | čtěte také | čtěte též | související | související články
  mohlo by vás zajímat | prečítajte si aj | čítajte aj | súvisiace | pročitajte i | pročitajte još | povezano
  povezani članci | preberite tudi | citește și | citeşte şi | citiți și | vezi și | pe aceeași temă | olvasta már
  kapcsolódó | kapcsolódó cikkek | ezt is olvassa el | ilgili haberler | ayrıca okuyun | bunları da okuyun
  ayrıca bakınız | i̇lgili haberler | baca juga | berita terkait | artikel terkait | xem thêm | đọc thêm
  tin liên quan | bài liên quan | basahin din | soma pia | schon gelesen? | schon gelesen | auch lesenswert
  related topics | related video | related videos | recommended for you | recommended stories
  recommended articles | you may like | you might like | you may also be interested in
  you might also be interested in | similar articles | similar posts | similar stories
  das könnte dich auch interessieren | das könnte ihnen auch gefallen | weitere beiträge | weitere meldungen
  weiterlesen | ähnliche artikel | ähnliche beiträge | verwandte beiträge | verwandte themen | links zum thema
  sur le même thème | articles connexes | vous aimerez aussi | te recomendamos | contenido relacionado
  potrebbero interessarti | ti potrebbe interessare | articoli simili | meer over dit onderwerp | ook interessant
  czytaj więcej | przeczytaj również | powiązane artykuły | podobne artykuły | čtěte dále | přečtěte si také
  citiţi şi | articole similare | olvasson tovább | ajánlott cikkek | bunlar da ilginizi çekebilir
  διαβάστε επίσης | διαβάστε ακόμη | διαβάστε ακόμα | σχετικά άρθρα | δείτε επίσης | σχετικά
  читайте також | читайте ще | дивіться також | також читайте | читати також | на цю тему | за темою
  пов’язані новини | пов'язані новини | до теми | по темі | читати далі | більше на тему | читайте также
  читать также | смотрите также | по теме | материалы по теме | читайте ещё | похожие новости | ещё по теме
  еще по теме | читать далее | чытайце таксама | глядзіце таксама | прочетете още | вижте още | свързани
  прочитајте и | прочитајте још | повезано | прочитај и | читайте еще | статьи по теме | похожие статьи
  матеріали за темою | новини за темою | схожі новини | още по темата
  اقرأ أيضا | اقرأ أيضًا | إقرأ أيضا | مواضيع ذات صلة | أخبار ذات صلة | اقرأ المزيد | ذات صلة | شاهد أيضا
  بیشتر بخوانید | مطالب مرتبط | همچنین بخوانید | اخبار مرتبط | یہ بھی پڑھیں | اقرأ أيضاً | اقرأ ايضا
  קראו גם | קרא גם | כתבות נוספות | כתבות קשורות | קראו עוד | ראו גם
  यह भी पढ़ें | ये भी पढ़ें | संबंधित खबरें | আরও পড়ুন | இதையும் படியுங்கள் | อ่านเพิ่มเติม | ข่าวที่เกี่ยวข้อง
  관련 기사 | 관련기사 | 관련 뉴스 | 함께 읽기 | 더 읽기 | 함께 보기 | 관련뉴스
  相关阅读 | 相关新闻 | 相关报道 | 相关文章 | 延伸阅读 | 推荐阅读 | 相關閱讀 | 相關新聞 | 相關報導 | 延伸閱讀 | 関連記事 | 関連 | 関連ニュース | あわせて読みたい | 合わせて読みたい
  こちらもおすすめ
`);

/** Labels on pages only. In a text file these words can begin a sentence of the story. */
export const PAGE_LIST_LABELS: ReadonlySet<string> = phraseSet(`
  mehr davon | read more about | see more | more | more from | more news | more like this | more to read
  most read | most popular | popular | popular posts | popular stories | trending | trending now | latest
  latest news | latest stories | latest posts | recent posts | recent articles | what to read next | up next
  editor's picks | editors' picks | in this section | from our partners | around the web | from around the web
  promoted stories | sponsored stories | other articles | other news | other stories | zum thema
  weitere nachrichten | weiterführende links | meistgelesen | mehr aus diesem ressort | links
  dans la même rubrique | les plus lus | en savoir plus | más noticias | temas relacionados | lo más leído
  lo más visto | mais lidas | mais notícias | você pode gostar | altri articoli | i più letti | meest gelezen
  polecamy | najczęściej czytane | warto przeczytać
  другие новости | рекомендуем | популярное | інші новини | популярні новини
`);
