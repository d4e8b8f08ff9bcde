import fc from 'fast-check';
import type { Copy } from './newsroom.ts';
import { type NewsroomDesk, SECTIONS, TAGS } from './newsroom-desk.ts';

/** Something that somebody does, or that happens; model and system are one object here. */
export type NewsroomCommand = fc.AsyncCommand<NewsroomDesk, NewsroomDesk, true>;

/** Files of the newsroom: few, so that much happens to each. */
const KEYS = ['world/a.md', 'world/b.md', 'sport/c.md', 'd.md', 'world/e.md', 'business/f.md'];

const key = fc.constantFrom(...KEYS);
const index = fc.nat(20);
const section = fc.constantFrom(...SECTIONS);
const tags = fc.subarray([...TAGS]);
/** Most are told to the desk at once; the others wait, and come in another order. */
const soon = fc.integer({ min: 0, max: 3 }).map(number => number > 0);
const minutes = fc.integer({ min: 1, max: 4 });
/** Most files are moved within the day in which their story continues. */
const hoursLate = fc.constantFrom(0, 0, 0, 25);
/** Some are of the same minute, so that their order is decided by their ids. */
const date = fc.integer({ min: 1, max: 5 }).map(minute => `2026-11-01T10:0${minute}:00.000Z`);

const always = () => true;

class Command implements NewsroomCommand {
  readonly #name: string;
  readonly #can: (desk: NewsroomDesk) => boolean;
  readonly #do: (desk: NewsroomDesk) => Promise<void>;

  constructor(
    name: string,
    can: (desk: NewsroomDesk) => boolean,
    does: (desk: NewsroomDesk) => Promise<void>,
  ) {
    this.#name = name;
    this.#can = can;
    this.#do = does;
  }

  async check(desk: NewsroomDesk): Promise<boolean> {
    return this.#can(desk);
  }

  run(_: NewsroomDesk, desk: NewsroomDesk): Promise<void> {
    return this.#do(desk);
  }

  toString(): string {
    return this.#name;
  }
}

/** What lies under a key, if a story can be made of it. */
function copyAt(desk: NewsroomDesk, at: string): Copy | undefined {
  const file = desk.files.get(at);
  return file === 'broken' ? undefined : file;
}

async function save(desk: NewsroomDesk, at: string, copy: Copy | 'broken', told: boolean): Promise<void> {
  await desk.put(at, copy);
  if (told) await desk.deliver(desk.pending.length - 1);
}

async function remove(desk: NewsroomDesk, at: string, told: boolean, hours: number): Promise<void> {
  await desk.delete(at, hours);
  if (told) await desk.deliver(desk.pending.length - 1);
}

/** What is filed where nothing else is said. */
function newCopy(desk: NewsroomDesk): Copy {
  const number = desk.next();
  return {
    headline: number,
    text: number,
    section: 'World',
    tags: ['Ports'],
    date: '2026-11-01T09:00:00.000Z',
  };
}

/** The file is saved again with something changed in it, or for the first time. */
function edit(
  name: string,
  at: string,
  told: boolean,
  change: (copy: Copy, desk: NewsroomDesk) => Copy,
): NewsroomCommand {
  return new Command(`${name} ${at}${told ? '' : ' later'}`, always, desk =>
    save(desk, at, change(copyAt(desk, at) ?? newCopy(desk), desk), told),
  );
}

const edits = [
  fc.tuple(key, soon, section, tags, date).map(([at, told, name, list, day]) =>
    edit(`file anew in ${name} [${list}] of ${day}`, at, told, (_, desk) => ({
      ...newCopy(desk),
      section: name,
      tags: list,
      date: day,
    })),
  ),
  fc
    .tuple(key, soon, fc.constantFrom('headline', 'text', 'correction'))
    .map(([at, told, field]) =>
      edit(`correct the ${field} of`, at, told, (copy, desk) => ({ ...copy, [field]: desk.next() })),
    ),
  fc
    .tuple(key, soon, tags)
    .map(([at, told, list]) => edit(`tag [${list}]`, at, told, copy => ({ ...copy, tags: list }))),
  fc
    .tuple(key, soon, section)
    .map(([at, told, name]) => edit(`move to ${name}`, at, told, copy => ({ ...copy, section: name }))),
  fc.tuple(key, soon, minutes).map(([at, told, wait]) =>
    edit(`embargo for ${wait} min and rewrite`, at, told, (copy, desk) => ({
      ...copy,
      text: desk.next(),
      embargo: desk.instant(wait * 60),
    })),
  ),
  fc.tuple(key, soon).map(
    ([at, told]) =>
      new Command(
        `break ${at}${told ? '' : ' later'}`,
        desk => desk.files.has(at),
        desk => save(desk, at, 'broken', told),
      ),
  ),
  fc.tuple(key, soon, hoursLate).map(
    ([at, told, hours]) =>
      new Command(
        `delete ${at}${hours > 0 ? ` ${hours} h after its time` : ''}${told ? '' : ' later'}`,
        desk => desk.files.has(at),
        desk => remove(desk, at, told, hours),
      ),
  ),
  fc
    .tuple(key, soon)
    .map(([at, told]) => edit('lift the dates of', at, told, ({ embargo: _, expires: __, ...copy }) => copy)),
  fc.tuple(key, soon, fc.integer({ min: -1, max: 4 })).map(([at, told, wait]) =>
    edit(`expire in ${wait} min`, at, told, (copy, desk) => ({
      ...copy,
      expires: desk.instant(wait * 60),
    })),
  ),
  fc.tuple(key, soon).map(([at, told]) => edit('upload again', at, told, copy => copy)),
  fc.tuple(key, soon).map(([at, told]) => edit('pin', at, told, copy => ({ ...copy, pinned: !copy.pinned }))),
];

const copying = fc.tuple(key, key, soon, section, date).map(
  ([from, at, told, name, day]) =>
    new Command(
      `copy ${from} to ${at} in ${name} of ${day}${told ? '' : ' later'}`,
      desk => from !== at && copyAt(desk, from) !== undefined,
      async desk => {
        // Of two copies whose embargo ends at one instant, either can be the one that is shown.
        const { embargo: _, ...copy } = copyAt(desk, from) ?? newCopy(desk);
        await save(desk, at, { ...copy, section: name, date: day }, told);
      },
    ),
);

/** A file under another key, before or after its deletion under the first one. */
const moving = fc.tuple(key, key, fc.boolean(), fc.tuple(soon, soon), section, hoursLate).map(
  ([from, to, isUploadFirst, [toldFirst, toldThen], name, hours]) =>
    new Command(
      `move ${from} to ${to} in ${name}: ${isUploadFirst ? 'put' : 'delete'}${toldFirst ? '' : ' later'}, ${isUploadFirst ? 'delete' : 'put'}${hours > 0 ? ` (${hours} h)` : ''}${toldThen ? '' : ' later'}`,
      desk => from !== to && copyAt(desk, from) !== undefined,
      async desk => {
        const { embargo: _, ...copy } = copyAt(desk, from) ?? newCopy(desk);
        const put = (told: boolean) => save(desk, to, { ...copy, section: name }, told);
        const take = (told: boolean) => remove(desk, from, told, hours);
        for (const [step, told] of [
          [isUploadFirst ? put : take, toldFirst],
          [isUploadFirst ? take : put, toldThen],
        ] as const)
          await step(told);
      },
    ),
);

const byHand = [
  key.map(
    at =>
      new Command(
        `kill ${at}`,
        desk => desk.room.canBeKilled(at),
        desk => desk.kill(at),
      ),
  ),
  key.map(
    at =>
      new Command(
        `restore ${at}`,
        desk => desk.room.canBeRestored(at),
        desk => desk.restore(at),
      ),
  ),
  key.map(
    at =>
      new Command(
        `mend the headline of ${at} in the table`,
        desk => desk.room.canBeKilled(at),
        desk => desk.mend(at),
      ),
  ),
];

const deliveries = [
  index.map(
    at =>
      new Command(
        `deliver ${at}`,
        desk => desk.pending.length > 0,
        desk => desk.deliver(at),
      ),
  ),
  index.map(at => new Command(`deliver ${at} again`, always, desk => desk.deliverAgain(at))),
];

const publications = [
  fc
    .tuple(index, fc.integer({ min: 1, max: 3 }))
    .map(
      ([most, publishers]) =>
        new Command(`publish ${most + 1} by ${publishers}`, always, desk =>
          desk.publish(most + 1, publishers),
        ),
    ),
  fc
    .tuple(fc.nat(300), index)
    .map(
      ([at, most]) => new Command(`publish ${at}+${most} again`, always, desk => desk.publishAgain(at, most)),
    ),
];

const waiting = minutes.map(
  wait =>
    new Command(`wait ${wait} min`, always, async desk => {
      desk.pass(wait * 60);
      await desk.order('tick');
    }),
);

/** What can happen, in proportion. */
export const NEWSROOM_COMMANDS: fc.Arbitrary<NewsroomCommand> = fc.oneof(
  { weight: 48, arbitrary: fc.oneof(...edits) },
  { weight: 10, arbitrary: copying },
  { weight: 12, arbitrary: moving },
  { weight: 12, arbitrary: fc.oneof(...byHand) },
  { weight: 10, arbitrary: fc.oneof(...deliveries) },
  { weight: 10, arbitrary: fc.oneof(...publications) },
  { weight: 6, arbitrary: waiting },
  { weight: 3, arbitrary: fc.constant(new Command('poll', always, desk => desk.poll())) },
  { weight: 3, arbitrary: fc.constant(new Command('settle', always, desk => desk.settle())) },
  { weight: 1, arbitrary: fc.constant(new Command('rebuild', always, desk => desk.order('rebuild'))) },
);
