// `node host.ts MODULE INSTANT`: calls the handler of a function with each event that the parent sends, as Lambda does.
// The clock stands still, so that two versions of a function make the same record.
const [module = '', instant = ''] = process.argv.slice(2);
const now = Date.parse(instant);
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now], newTarget),
  get: (target, name) => (name === 'now' ? () => now : Reflect.get(target, name)),
});

const { handler } = (await import(module)) as { handler: (event: unknown) => Promise<unknown> };
process.on('message', event => {
  handler(event).then(
    result => process.send?.({ result: result ?? null }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ result: null });
