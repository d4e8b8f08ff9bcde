/** Words at which a sentence can be cut for a headline, and tails that say who said so. Lower case. */

/** A clause or an adjunct begins with these; what stands before is a sentence still. */
export const CLAUSE_STARTS: ReadonlySet<string> = new Set(
  `and but or because while when after before although though since as amid despite following prior until unless whereas which who
   where that if so with without during over against for from in on at by to into under about between
   und aber oder weil während wenn nachdem bevor obwohl seit trotz nach vor bis welche wobei damit dass für gegen mit ohne bei im am
   et mais ou parce pendant lorsque quand après avant bien depuis malgré afin qui où dont pour contre avec sans dans sur
   y pero o porque mientras cuando después antes aunque desde tras hasta donde para contra con sin durante en sobre
   e mas porque enquanto quando depois antes embora desde após até onde para contra com sem durante em sobre
   ma perché mentre quando dopo prima benché nonostante dove per contro con senza durante su
   en maar want omdat terwijl wanneer nadat voordat hoewel sinds ondanks waar die voor tegen met zonder tijdens over
   i ale lub ponieważ podczas gdy kiedy po przed chociaż od mimo gdzie który która które dla przeciw z bez w na
   и но или потому пока когда после до хотя несмотря где который которая которые для против с без в на из о
   і та але або тому поки коли після до хоча попри де який яка які для проти з без у в на із про`.split(
    /\s+/,
  ),
);

/** After a comma, these begin the words that say who said so. */
export const ATTRIBUTIONS: readonly string[] = `according to
said
says
reported
reports
officials said
police said
it said
he said
she said
they said
as reported by
laut
sagte
teilte
berichtet
wie
nach angaben
selon
a déclaré
a indiqué
a annoncé
d'après
según
dijo
informó
afirmó
segundo
disse
de acordo com
secondo
ha detto
ha dichiarato
volgens
zei
aldus
według
powiedział
poinformował
jak podaje
сообщил
сообщила
сообщает
сообщили
заявил
заявила
говорится
передает
передаёт
повідомив
повідомила
повідомляє
повідомили
заявив
заявила
йдеться
пише
передає`
  .split('\n')
  .map(phrase => phrase.trim());

/** Verbs of saying at the end of a sentence: `…, the ministry said`. */
export const SAYING_VERBS: ReadonlySet<string> = new Set(
  `said says reported announced stated confirmed told added noted claimed wrote reports
   sagte mitteilte berichtete erklärte
   сообщил сообщила сообщили заявил заявила заявили рассказал рассказала
   повідомив повідомила повідомили заявив заявила заявили розповів розповіла`.split(/\s+/),
);

/** Labels of a list of key points that stands before a story. */
export const KEY_POINT_LABELS: ReadonlySet<string> = new Set(
  `key points|key takeaways|key facts|key findings|highlights|at a glance|in brief|takeaways|the key points|main points|what to know|what you need to know|summary
   |das wichtigste in kürze|auf einen blick|das wichtigste|in kürze|l'essentiel|en bref|points clés|puntos clave|lo esencial|claves|en síntesis
   |pontos-chave|em resumo|in breve|in sintesi|punti chiave|in het kort|kort|najważniejsze informacje|w skrócie|главное|коротко|ключевые моменты
   |головне|стисло|ключові моменти|öne çıkanlar|أهم النقاط|בקצרה|要点|要點|ポイント|핵심 요약`
    .split('|')
    .map(label => label.trim()),
);
