import type { MediaUse } from '../../../shared/model/article.ts';
import {
  isMediaAddress,
  keyOfAddress,
  mediaAddress,
  mediaKindOf,
  topFolderOf,
} from '../../../shared/model/media-address.ts';
import type { StatedRecording } from './stated.ts';

/** Most files of the bucket that one article shows or offers. */
const MOST_MEDIA = 50;

/** Most files that a story may not show of which its record tells. */
const MOST_REFUSED = 10;

/** Addresses of media in a clean body, in their order. Its attributes are double-quoted, and hold no `>`. */
const IN_BODY = /(<img src|<a href)="(\.\.\/media\/[^"]{1,120})"/g;

/** What a body is compared by: where a picture lies makes no other story of it. */
const FOLDER_OF_MEDIA = /"\.\.\/media\/[a-z2-7]{16}\//g;

/** What one story refers to in its own bucket: relative addresses become those that the files will have on the site. */
export class LocalMedia {
  readonly #home: string;
  readonly #sharedFolders: readonly string[];
  readonly #keys = new Map<string, string>();
  readonly #refused = new Set<string>();

  /**
   * @param home key of the story
   * @param sharedFolders top folders whose files every story may show
   */
  constructor(home: string, sharedFolders: readonly string[]) {
    this.#home = home;
    this.#sharedFolders = sharedFolders.map(folder => folder.normalize('NFC'));
  }

  /** Address on the site of the picture that a relative address means; undefined where it means none. */
  picture(raw: string | undefined): string | undefined {
    return this.#address(raw, 'picture');
  }

  recording(raw: string | undefined): string | undefined {
    return this.#address(raw, 'recording');
  }

  #address(raw: string | undefined, kind: 'picture' | 'recording'): string | undefined {
    const key = raw === undefined ? undefined : keyOfAddress(raw, this.#home);
    if (key === undefined || mediaKindOf(key) !== kind) return undefined;
    if (!this.#mayShow(key)) {
      this.#refused.add(key);
      return undefined;
    }
    const address = mediaAddress(key);
    this.#keys.set(address, key);
    return address;
  }

  /** Whoever may write one folder must not publish the picture of a story that another folder still holds. */
  #mayShow(key: string): boolean {
    const folder = topFolderOf(key);
    return (
      folder === topFolderOf(this.#home) || (folder !== undefined && this.#sharedFolders.includes(folder))
    );
  }

  /** What the story names in folders whose files it may not show, for its editors. */
  get warnings(): string[] {
    const home = topFolderOf(this.#home);
    const own = home === undefined ? 'files that lie in no folder' : `files of “${home}”`;
    const shared = this.#sharedFolders.map(folder => `“${folder}”`).join(', ');
    const may = shared === '' ? own : `${own} and of the shared folders ${shared}`;
    return [...this.#refused]
      .slice(0, MOST_REFUSED)
      .map(key => `“${key}” was left out: this story may show ${may} (setting articles.sharedFolders).`);
  }

  /**
   * The media that an article uses: its image, what its body names, its recordings; each once.
   * @returns also how many were too many
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
    return { media: all.slice(0, MOST_MEDIA), tooMany: Math.max(0, all.length - MOST_MEDIA) };
  }
}

/** The address, if it is that of a media file on the site; what cleaning made once, it keeps. */
export function mediaAddressIn(raw: string | undefined): string | undefined {
  return raw !== undefined && isMediaAddress(raw) ? raw : undefined;
}

/** A body without the folders of its media. */
export function withoutFolders(html: string): string {
  return html.replace(FOLDER_OF_MEDIA, '"');
}
