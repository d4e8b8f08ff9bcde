import { embeddedName } from '../../media/embeddable.ts';
import type { LocalMedia } from '../../model/local-media.ts';
import { RTF_MARGINS, RTF_SKIPPED, RTF_WRAPPERS } from '../../words/rtf-words.ts';
import type { DocumentProperties } from './office-story.ts';
import { type Collected, endTable, type Flow, type Group, newGroup, writerOf } from './rtf-group.ts';
import { StoryWriter } from './story-writer.ts';

/** Maximum number of pictures of one document. An article shows 50. */
const MAX_PICTURES = 200;

/** Groups with properties of the file. */
const PROPERTIES = ['title', 'author', 'keywords', 'creatim', 'revtim'] as const;

/** What a document holds beside its story. */
export interface Aside {
  readonly local: LocalMedia;
  readonly properties: Map<string, Collected>;
  /** Lines of the headers and footers of pages. */
  readonly margins: string[];
  /** Number of pictures that became media of the article. */
  pictures: number;
  /** Number of pictures that were left out. */
  leftOut: number;
  /** The comments of editors. */
  readonly comments: string[];
}

type Begin = (group: Group, aside: Aside) => void;

const ofKind =
  (kind: Group['kind']): Begin =>
  group => {
    group.kind = kind;
  };

const each = (words: Iterable<string>, begin: Begin) => [...words].map(word => [word, begin] as const);

/** Control words that begin a group of its own kind. */
const DESTINATIONS: ReadonlyMap<string, Begin> = new Map<string, Begin>([
  ...each(RTF_SKIPPED, ofKind('skipped')),
  ...each(RTF_WRAPPERS, ofKind('wrapper')),
  ...each(RTF_MARGINS, margin),
  ['fonttbl', ofKind('fonts')],
  ['stylesheet', ofKind('styles')],
  ['info', ofKind('info')],
  ['shppict', () => {}],
  ['pict', picture],
  ['annotation', comment],
  ['listtext', label],
  ['pntext', label],
  ['footnote', note],
  ['field', field],
  ['fldinst', instruction],
]);

/** The only groups that are read in a wrapper. */
const IN_WRAPPER: ReadonlyMap<string, Begin> = new Map<string, Begin>([
  ...each(RTF_SKIPPED, ofKind('skipped')),
  ...each(RTF_WRAPPERS, ofKind('wrapper')),
  ['shptxt', box],
  ['dptxbxtext', box],
  ['pict', picture],
  ['ud', ofKind('story')],
]);

/** The only groups that are read among the properties of the file. The last two hold a property in two forms. */
const IN_INFO: ReadonlyMap<string, Begin> = new Map<string, Begin>([
  ...PROPERTIES.map(name => [name, property(name)] as const),
  ['upr', () => {}],
  ['ud', () => {}],
]);

/** Changes a group if a control word begins a group of its own kind. Returns true if it does. */
export function beginDestination(word: string, group: Group, aside: Aside): boolean {
  const begin = destinationsIn(group)?.get(word);
  begin?.(group, aside);
  return begin !== undefined;
}

function destinationsIn({ kind }: Group): ReadonlyMap<string, Begin> | undefined {
  switch (kind) {
    case 'skipped':
      return undefined;
    case 'wrapper':
      return IN_WRAPPER;
    case 'info':
      return IN_INFO;
    default:
      return DESTINATIONS;
  }
}

/** Collects the words of a group, instead of adding them to the story. */
export function collect(group: Group, collected: Collected, onClose?: () => void): void {
  group.kind = 'collected';
  group.collected = collected;
  group.onClose = onClose;
}

export function propertiesIn(found: ReadonlyMap<string, Collected>): DocumentProperties {
  const [title, creator, keywords, created, modified] = PROPERTIES.map(name => found.get(name)?.text);
  return { title, creator, keywords, created, modified };
}

function property(name: string): Begin {
  return (group, { properties }) => {
    const collected = { text: '' };
    properties.set(name, collected);
    collect(group, collected);
  };
}

function comment(group: Group, { comments }: Aside): void {
  const collected = { text: '' };
  collect(group, collected, () => {
    comments.push(collected.text);
  });
}

function label(group: Group): void {
  const { flow } = group;
  const collected = { text: '' };
  collect(group, collected, () => {
    flow.label = collected.text;
  });
}

function field(group: Group): void {
  group.field = { href: group.field?.href };
}

function instruction(group: Group): void {
  const collected = { text: '' };
  const { field } = group;
  collect(group, collected, () => {
    const href = /^\s*HYPERLINK\s+"?([^"\s\\]{1,2000})/i.exec(collected.text)?.[1];
    if (field && href) field.href = href;
  });
}

function note(group: Group): void {
  const writer = writerOf(group);
  if (group.isHidden || group.isDeleted) group.kind = 'skipped';
  else inner(group, html => writer.note(html));
}

function box(group: Group): void {
  const writer = writerOf(group);
  inner(group, html => writer.box(html));
}

/** Begins a text of its own inside the story. */
function inner(group: Group, use: (html: string) => void): void {
  const flow: Flow = { writer: group.flow.writer.inner(), label: '' };
  Object.assign(group, newGroup(flow.writer), {
    flow,
    font: group.font,
    replacements: group.replacements,
    onClose: () => {
      endTable(flow);
      use(flow.writer.content());
    },
  } satisfies Partial<Group>);
}

function margin(group: Group, { margins }: Aside): void {
  const writer = new StoryWriter();
  group.kind = 'story';
  group.flow = { writer, label: '' };
  group.onClose = () => {
    margins.push(...writer.document().shown.split('\n'));
  };
}

function picture(group: Group, aside: Aside): void {
  const hex = { text: '' };
  collect(group, hex, () => {
    const bytes = Buffer.from(hex.text.replaceAll(' ', ''), 'hex');
    const name = embeddedName(`picture-${aside.pictures + 1}`, bytes);
    if (name === undefined || group.isHidden || group.isDeleted || aside.pictures >= MAX_PICTURES)
      aside.leftOut += 1;
    else {
      aside.pictures += 1;
      writerOf(group).picture(aside.local.embed(name, bytes), '');
    }
  });
}
