import type { Settings } from '../../shared/settings/settings.ts';

/**
 * The same settings, which note the path of every single one that is read. To pass all on as JSON is no reading, and to
 * copy or list a group is refused: that would read each of its settings without a use for any.
 * @param leaves paths of the single settings, such as `site.title`
 */
export function watched(
  settings: Settings,
  leaves: ReadonlySet<string>,
  onRead: (path: string) => void,
): Settings {
  const watch = <T extends object>(group: T, path: string): T =>
    new Proxy(group, {
      get(target, name, receiver) {
        if (name === 'toJSON') return () => target;
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof name === 'symbol') return value;
        const at = path ? `${path}.${name}` : name;
        if (leaves.has(at)) onRead(at);
        return typeof value === 'object' && value !== null && !leaves.has(at) ? watch(value, at) : value;
      },
      ownKeys(target) {
        // All groups together are passed on by their names; of a single one nobody needs those.
        if (path) throw new Error(`The settings of ${path} are to be read one by one.`);
        return Reflect.ownKeys(target);
      },
    });
  return watch(settings, '');
}
