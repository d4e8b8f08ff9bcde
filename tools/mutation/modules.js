/**
 * The modules that decide what is published, with their tests. A run takes minutes. Only these tests run, and of them only
 * those that reach a changed line.
 *
 * @type {Record<string, { files: string[], tests: string[] }>}
 */
export const MODULES = {
  compose: {
    files: ['functions/ingest/record/compose.ts'],
    tests: ['unit/record/compose', 'unit/record/compose-laws'],
  },
  schedule: {
    files: ['shared/model/schedule.ts'],
    tests: ['unit/record/compose', 'unit/shared/schedule'],
  },
  edition: {
    files: [
      'functions/publish/views/merge-edition.ts',
      'functions/publish/model/edition-of.ts',
      'functions/publish/states/edition-state.ts',
    ],
    tests: ['unit/publish/merge-edition', 'unit/publish/merge-edition-laws'],
  },
  changes: {
    files: ['functions/publish/model/change.ts', 'functions/publish/receive/read-change.ts'],
    tests: ['unit/publish/changes'],
  },
  events: {
    files: ['functions/ingest/receive/s3-event.ts'],
    tests: ['unit/receive/s3-event', 'unit/receive/s3-event-fields'],
  },
  duplicates: {
    files: [
      'shared/duplicates/join-group.ts',
      'shared/duplicates/kills.ts',
      'shared/duplicates/membership.ts',
      'shared/duplicates/promote.ts',
      'shared/duplicates/settle.ts',
      'shared/table/duplicate-groups.ts',
    ],
    // Without the property test `duplicates`: each change would meet it, and the run would take over an hour.
    tests: [
      'unit/shared/duplicates/join-group',
      'unit/shared/duplicates/leave',
      'unit/shared/duplicates/settle',
      'unit/shared/duplicates/promote',
      'unit/shared/duplicates/kills',
      'unit/shared/duplicates/canonicals',
      'unit/shared/duplicates/group-items',
    ],
  },
  similarity: {
    files: ['shared/duplicates/similarity.ts', 'shared/table/similarity-index.ts', 'shared/model/minhash.ts'],
    tests: ['unit/shared/similarity-cases'],
  },
  'ingest-handler': {
    files: ['functions/ingest/receive/handler.ts', 'functions/ingest/receive/failed-message.ts'],
    tests: ['unit/receive/handler'],
  },
  'publish-handler': {
    files: [
      'functions/publish/receive/handler.ts',
      'functions/publish/receive/publish-batch.ts',
      'functions/publish/receive/tick.ts',
      'functions/publish/receive/failure-lines.ts',
    ],
    tests: ['unit/publish/handler'],
  },
  'release-terms': {
    files: ['functions/ingest/model/release-terms.ts', 'functions/ingest/release/stated.ts'],
    tests: ['unit/model/release-terms', 'unit/release/stated'],
  },
  'release-keys': {
    files: ['functions/ingest/release/keyed.ts', 'functions/ingest/release/keys.ts'],
    tests: ['unit/release/key-cases', 'unit/release/nested-terms'],
  },
  'release-lines': {
    files: [
      'functions/ingest/release/line.ts',
      'functions/ingest/release/line-kind.ts',
      'functions/ingest/release/unclear-lines.ts',
    ],
    tests: ['unit/release/line-cases', 'unit/release/event-lines', 'unit/release/headline-terms'],
  },
  'release-splits': {
    files: ['functions/ingest/release/split-terms.ts'],
    tests: ['unit/release/headline-terms', 'unit/release/line-cases'],
  },
  'release-words': {
    files: ['functions/ingest/release/leading-word.ts', 'functions/ingest/release/term-words.ts'],
    tests: ['unit/release/leading-word', 'unit/release/line-cases', 'unit/release/term-words'],
  },
  'release-instants': {
    files: ['functions/ingest/release/instants.ts'],
    tests: ['unit/release/instant-cases'],
  },
};
