export type Format = 'RSS' | 'Atom' | 'JSON';

/** File of the main feed in each format. */
export const FEED_FILES: Record<Format, string> = { RSS: 'feed.xml', Atom: 'atom.xml', JSON: 'feed.json' };

/** An entry as a reader shows it, or as a library gives it to a program. */
export interface Shown {
  /** By this the reader tells entries apart. */
  id: string;
  title: string;
  author: string;
  /** HTML or text. */
  content: string;
  /** As the reader writes it. Only compared. */
  date: string;
  /** Addresses of the recordings, in the order of the reader. */
  recordings: string[];
  /** Absent if the reader keeps no such mark. */
  unread?: boolean;
}

/** A feed to which a reader is subscribed. */
export interface Subscription {
  /** Reads the feed again, as the reader does by itself, with its cache. */
  poll(): Promise<void>;
  entries(): Promise<Shown[]>;
  /** Marks everything as read. */
  markRead?(): Promise<void>;
}

/** A reader or a library that is installed. */
export interface Reader {
  /** With its version. */
  name: string;
  /** Empty if it is asked for its discovery only. */
  formats: readonly Format[];
  /** `text`: it shows no HTML, so pictures and directions are not its matter. */
  shows: 'html' | 'text';
  /** It is a library: what it shows is the feed as it was read last. */
  keepsNothing?: boolean;
  /**
   * Subscribes to a feed.
   * @param folder an empty folder for its files
   */
  subscribe(feed: string, folder: string): Promise<Subscription>;
  /** The feeds that it finds on a page, the preferred one first. Absent if it looks for none. */
  discover?(page: string): Promise<string[]>;
}

/** A reader that may be installed. */
export interface Candidate {
  name: string;
  /**
   * Finds or installs it.
   * @throws MissingTool that says why it cannot be had
   */
  install(where: Where): Promise<Reader>;
}

export interface Where {
  /** The folder of the project. */
  root: string;
  /** A folder that is deleted at the end. */
  work: string;
}
