import { estimate, type Month, sumOf, togetherOf } from '../costs/estimate.ts';
import { PRICES, PRICES_OF, type PricedRegion } from '../costs/prices.ts';
import { EXIT } from '../output/exit-codes.ts';

interface EstimateOptions extends Month {
  region: PricedRegion;
  json?: boolean;
}

/** `copydesk estimate`: what a month would cost. */
export function estimateMonth({ region, json, ...month }: EstimateOptions): number {
  const lines = estimate(month, PRICES[region]);
  const total = sumOf(lines);
  const ofArticles = sumOf(lines.filter(({ per }) => per === 'article'));
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ ...month, region, pricesOf: PRICES_OF, lines, ofArticles, total })}\n`,
    );
    return EXIT.ok;
  }
  const row = (what: string, ...cells: string[]) =>
    what.padEnd(44) + cells.map(cell => cell.padStart(14)).join('');
  const numbers = ({ oneByOne, inBulk }: typeof total) => [dollars(oneByOne), dollars(inBulk)];
  process.stdout.write(
    [
      `A month with ${month.articles} articles of ${month.size} KB and ${month.readers} readers, in ${region}, in US dollars:`,
      '',
      row('', 'one by one', 'in bulk'),
      ...lines.map(line => row(line.what, ...numbers(line))),
      row('Of these, what each article adds', ...numbers(ofArticles)),
      row('All together', ...numbers(total)),
      '',
      `One by one: nobody else files within the same seconds. In bulk: ${togetherOf(month.size)} are published at once.`,
      `List prices of ${PRICES_OF}, without free tiers, taxes and agreements: check them. docs/costs.md says what is counted.`,
      '',
    ].join('\n'),
  );
  return EXIT.ok;
}

function dollars(amount: number): string {
  return amount.toFixed(2);
}
