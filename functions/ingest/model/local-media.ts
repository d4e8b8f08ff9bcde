import { createHash } from 'node:crypto';
import type { EmbeddedFile, MediaUse } from '../../../shared/model/article.ts';
import {
  isMediaAddress,
  keyOfAddress,
  mediaAddress,
  mediaKindOf,
  topFolderOf,
} from '../../../shared/model/media-address.ts';
import type { StatedRecording } from './stated.ts';

/** Maximum number of media files that one article shows or offers. */
const MAX_MEDIA = 50;

/** Maximum number of warnings about files that a story is not allowed to show. */
const MAX_REFUSED_WARNINGS = 10;

/** Addresses of media in a clean body, in their order. The attributes are double-quoted and hold no `>`. */
const IN_BODY = /(<img src|<a href)="(\.\.\/media\/[^"]{1,120})"/g;

/** Beginning of the addresses of embedded files in the markup of a source. */
const EMBEDDED = 'embedded:';

/** Maximum length of the name of an embedded file in its key, in characters. */
const MAX_STEM_CHARS = 60;

/** Number of hexadecimal digits of a hash in the name of an embedded file. */
const NAME_HASH_CHARS = 12;

/** The folder in the address of a media file. */
const FOLDER_OF_MEDIA = /"\.\.\/media\/[a-z2-7]{16}\//g;

/**
 * The media that one story refers to in its bucket. Relative addresses become the addresses of the files on
 * the site.
 */
export class LocalMedia {
  readonly #home: string;
  readonly #sharedFolders: readonly string[];
  readonly #keys = new Map<string, string>();
  readonly #embedded = new Map<string, EmbeddedFile>();
  #isElsewhere = false;
  readonly #refused = new Set<string>();

  /**
   * @param home key of the story
   * @param sharedFolders top folders whose files every story may show
   */
  constructor(home: string, sharedFolders: readonly string[]) {
    this.#home = home;
    this.#sharedFolders = sharedFolders.map(folder => folder.normalize('NFC'));
  }

  /**
   * Adds a file that the source itself holds. Its key depends on its content, so the same picture keeps its address in
   * the next version of the source.
   * @param name its name, for the address; the ending says what the file is: `harbour.jpg`
   * @returns an address for the markup of the source, which {@link picture} and {@link recording} resolve
   */
  embed(name: string, bytes: Uint8Array): string {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, NAME_HASH_CHARS);
    const dot = name.lastIndexOf('.');
    const file = `${name.slice(0, dot).replaceAll('/', '-').slice(0, MAX_STEM_CHARS)}-${hash}${name.slice(dot)}`;
    const address = `${EMBEDDED}${hash}`;
    const known = this.#embedded.get(address);
    if (known === undefined)
      this.#embedded.set(address, { key: `${this.#home}/${file}`.normalize('NFC'), bytes });
    return address;
  }

  /** Relative addresses are addresses on another site. Only embedded files are resolved from now on. */
  readFromElsewhere(): void {
    this.#isElsewhere = true;
  }

  /** Whether an address leads to a file that the source holds. */
  isEmbedded(address: string | undefined): boolean {
    return address !== undefined && this.#embedded.has(address);
  }

  /** The embedded files among the media of an article. */
  embeddedIn(media: readonly MediaUse[]): EmbeddedFile[] {
    const keys = new Set(media.map(({ key }) => key));
    return [...this.#embedded.values()].filter(({ key }) => keys.has(key));
  }

  /** The address on the site for a relative address of a picture. Undefined for any other address. */
  picture(raw: string | undefined): string | undefined {
    return this.#address(raw, 'picture');
  }

  /** The address on the site for a relative address of a recording. Undefined for any other address. */
  recording(raw: string | undefined): string | undefined {
    return this.#address(raw, 'recording');
  }

  #address(raw: string | undefined, kind: 'picture' | 'recording'): string | undefined {
    const own = raw === undefined ? undefined : this.#embedded.get(raw.trim())?.key;
    if (this.#isElsewhere && own === undefined) {
      const known = mediaAddressIn(raw);
      return known !== undefined && mediaKindOf(known) === kind ? known : undefined;
    }
    const key = own ?? (raw === undefined ? undefined : keyOfAddress(raw, this.#home));
    if (key === undefined || mediaKindOf(key) !== kind) return undefined;
    if (own === undefined && !this.#mayShow(key)) {
      this.#refused.add(key);
      return undefined;
    }
    const address = mediaAddress(key);
    this.#keys.set(address, key);
    return address;
  }

  /**
   * Whether the story may show a file. A person who can write to one folder must not publish the picture of
   * an unpublished story in another folder.
   */
  #mayShow(key: string): boolean {
    const folder = topFolderOf(key);
    return (
      folder === topFolderOf(this.#home) || (folder !== undefined && this.#sharedFolders.includes(folder))
    );
  }

  /** Warnings for editors about the files that the story refers to but is not allowed to show. */
  get warnings(): string[] {
    const home = topFolderOf(this.#home);
    const own = home === undefined ? 'files outside of folders' : `files of “${home}”`;
    const shared = this.#sharedFolders.map(folder => `“${folder}”`).join(', ');
    const may = shared === '' ? own : `${own} and of the shared folders ${shared}`;
    return [...this.#refused]
      .slice(0, MAX_REFUSED_WARNINGS)
      .map(key => `“${key}” was left out: this story may show ${may} (setting articles.sharedFolders).`);
  }

  /**
   * The media that an article uses, each once: its image, the media in its body, its recordings.
   * @returns the first 50 of them, and the number of the others as `tooMany`
   */
  uses(parts: { image: string | undefined; html: string; recordings: readonly StatedRecording[] }): {
    media: MediaUse[];
    tooMany: number;
  } {
    const uses = new Map<string, MediaUse>();
    const add = (address: string, as: MediaUse['as'], title?: string) => {
      const key = this.#keys.get(address);
      if (key === undefined) return;
      const before = uses.get(key);
      if (before === undefined) uses.set(key, { key, as, ...(title === undefined ? {} : { title }) });
      else if (before.as === 'link' && as === 'picture') before.as = as;
    };
    for (const [, where, address = ''] of parts.html.matchAll(IN_BODY)) {
      const kind = mediaKindOf(address);
      add(address, kind === 'recording' ? 'recording' : where === '<a href' ? 'link' : 'picture');
    }
    for (const { address, title } of parts.recordings) add(address, 'recording', title);
    const body = [...uses.values()];
    if (parts.image !== undefined) add(parts.image, 'image');
    const stated = [...uses.values()].slice(body.length);
    const all = [...stated, ...body];
    return { media: all.slice(0, MAX_MEDIA), tooMany: Math.max(0, all.length - MAX_MEDIA) };
  }
}

/** Returns an address that already leads to a media file on the site, so that a second cleaning keeps it. */
export function mediaAddressIn(raw: string | undefined): string | undefined {
  return raw !== undefined && isMediaAddress(raw) ? raw : undefined;
}

/** A body without the folders of its media. Bodies that differ only in these folders are the same story. */
export function withoutFolders(html: string): string {
  return html.replace(FOLDER_OF_MEDIA, '"');
}
