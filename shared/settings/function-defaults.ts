import type { FunctionSettings } from './settings.ts';

/**
 * The defaults of the settings that functions read, as data, because loading their schema would slow down each cold
 * start. A test compares them with the schema.
 */
export const DEFAULT_FUNCTION_SETTINGS: FunctionSettings = {
  site: {
    title: 'Copydesk',
    language: 'en',
    sections: [],
    footer: [],
    social: [],
    search: true,
    redirects: {},
    front: { topStories: 4, sections: true, subscribe: true },
  },
  articles: {
    namespace: 'copydesk',
    timeZone: 'UTC',
    defaultSection: 'news',
    sectionFrom: 'file',
    sharedFolders: ['img', 'images', 'media', 'assets'],
  },
  feeds: {
    entries: 50,
    content: 'full',
    maxBytes: 700_000,
    tags: true,
    authors: true,
    collectMinutes: 15,
    noticeDays: 7,
    podcasts: {},
  },
  duplicates: { near: 'note', similarity: 0.8 },
  limits: { fileBytes: 10_000_000, mediaBytes: 25_000_000, parseSeconds: 20 },
};
