import { dayOf, monthOfDay } from '../../functions/publish/model/calendar.ts';
import { ALL_ARTICLES } from '../../functions/publish/states/positions.ts';
import { monthOf, recordIdOf, recordKey, toItem } from '../../shared/table/article-item.ts';
import type { Item } from '../../shared/table/keys.ts';
import { POSITION_SK, RECORD_SK, TABLE_INDEXES } from '../../shared/table/keys.ts';
import type { TableSeed } from './memory-table.ts';
import type { Synthetic } from './synthetic.ts';

/** The places of an article of the archive, each in the series of this name: by age in each. */
export function placesOf(archive: Synthetic, number: number): Map<string, number> {
  const day = dayOf(archive.publishedAt(number));
  const month = monthOfDay(day);
  return new Map([
    [ALL_ARTICLES, number],
    [month, number - archive.firstAt(`${month}-01`)],
    [day, number - archive.firstAt(day)],
  ]);
}

/** Numbers of the articles of a month or of a day: the first, and the one after the last. */
export function rangeOf(archive: Synthetic, series: string): [from: number, end: number] {
  const isMonth = series.length === '2026-11'.length;
  const start = new Date(isMonth ? `${series}-01` : series);
  const next = isMonth
    ? Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1)
    : start.getTime() + 86_400_000;
  return [archive.firstAt(start.toISOString()), archive.firstAt(new Date(next).toISOString())];
}

/** The months of an archive, newest first. */
export function monthsOf(archive: Synthetic): string[] {
  const months: string[] = [];
  for (let number = archive.size - 1; number >= 0; ) {
    const month = monthOf(archive.publishedAt(number));
    months.push(month);
    number = archive.firstAt(`${month}-01`) - 1;
  }
  return months;
}

/** The table as ingest and publish would have left it after the articles of an archive, item by item. */
export function tableOf(archive: Synthetic): TableSeed {
  const record = (number: number) => toItem(archive.article(number));
  const entry = (number: number): Item => {
    const [id, publishedAt] = [archive.idOf(number), archive.publishedAt(number)];
    const { partition, sort } = TABLE_INDEXES.newest;
    return { ...recordKey(id), [partition]: monthOf(publishedAt), [sort]: `${publishedAt}#${id}` };
  };
  const counter = (series: string) => {
    if (series === ALL_ARTICLES) return archive.size;
    const [from, end] = rangeOf(archive, series);
    return end - from;
  };
  return {
    item(pk, sk) {
      // The lists of sections, tags and authors begin with what is published from now on.
      if (pk.startsWith('series#') && pk.includes('/')) return undefined;
      if (pk.startsWith('series#')) return { pk, sk, taken: counter(pk.slice('series#'.length)) };
      const number = archive.numberOf(recordIdOf(pk) ?? '');
      if (number === undefined) return undefined;
      if (sk === RECORD_SK) return record(number);
      return sk === POSITION_SK ? { pk, sk, ...Object.fromEntries(placesOf(archive, number)) } : undefined;
    },
    *having(attribute, value) {
      if (attribute === 'pk' && value === 'calendar')
        for (const month of monthsOf(archive)) yield { pk: value, sk: month } satisfies Item;
      const { newest, section } = TABLE_INDEXES;
      if (attribute !== newest.partition && attribute !== section.partition) return;
      const [from, end] = rangeOf(archive, value.slice(-'2026-11'.length));
      for (let number = from; number < end; number++) {
        // The entries of this index are keys only. A whole record takes fifty times as long.
        const item = attribute === newest.partition ? entry(number) : record(number);
        if (item[attribute] === value) yield item;
      }
    },
  };
}
