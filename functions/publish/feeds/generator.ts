/** The generator in feeds. The version repeats package.json, because bundles do not contain that file. */
export const GENERATOR = { name: 'Copydesk', version: '0.1.0' } as const;
