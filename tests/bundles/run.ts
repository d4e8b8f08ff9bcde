// `npm run test:bundles`: all samples and fixtures through the functions that `cdk synth` bundled, on the Node that Lambda
// runs, and through the sources on this Node. The records and the sites must be equal.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { ENV } from '../../shared/stack/environment.ts';

import { allCopy } from '../support/all-copy.ts';
import { nodeOfLambda } from '../support/lambda-node.ts';
import { type Functions, type Published, publishCopy } from './pipeline.ts';

/** Differences that are printed: one fault shows in many records. */
const MAX_SHOWN = 10;
const MAX_VALUE_CHARS = 200;

/** What records say of their formats: a format without a file would be compared by nothing. */
const FORMATS = 'docx eml html markdown newsml ninjs nitf odt pdf rtf text wire'.split(' ');

// As in `cli/copydesk.js`: the SDK would say at every start that its releases of 2027 need Node 22.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const root = path.resolve(import.meta.dirname, '..', '..');
process.chdir(root);
const { functions, settings } = synthesized(path.join(root, 'cdk.out'));
const sources: Functions = {
  ingest: path.join(root, 'functions', 'ingest', 'lambda.ts'),
  publish: path.join(root, 'functions', 'publish', 'lambda.ts'),
  node: process.execPath,
  execArgv: ['--import', 'tsx'],
};
const copy = allCopy();
const options = { settings, now: new Date().toISOString() };
const expected = await publishCopy(copy, sources, options);
const actual = await publishCopy(copy, functions, options);

const formats = new Set([...expected.records.values()].flatMap(({ source }) => formatOf(source) ?? []));
const missing = [
  ...copy.filter(({ key }) => !expected.records.has(key)).map(({ key }) => `${key}: no record`),
  ...FORMATS.filter(format => !formats.has(format)).map(format => `${format}: no record has this format`),
];
const differences = [...missing, ...differencesOf(expected, actual)];
if (differences.length > 0) {
  process.exitCode = 1;
  process.stderr.write(`${differences.length} differences between bundles and sources:\n`);
  for (const line of differences.slice(0, MAX_SHOWN)) process.stderr.write(`${line}\n`);
} else {
  process.stdout.write(
    `${copy.length} files, ${expected.records.size} records (${[...formats].sort().join(', ')}) and ` +
      `${expected.site.size} files of the site: the bundles on Node ${versionOf(functions.node)} agree with the sources on ` +
      `Node ${versionOf(process.execPath)}.\n`,
  );
}

/** The functions in the template: the files that are deployed, and the settings that they are given. */
function synthesized(folder: string): { functions: Functions; settings: string } {
  const name = readdirSync(folder).find(file => file.endsWith('.template.json'));
  if (name === undefined) throw new Error('There is no template in cdk.out: run `npm run synth` first.');
  interface Resource {
    Type: string;
    Metadata?: Record<string, string>;
    Properties: { Environment?: { Variables?: Record<string, unknown> } };
  }
  const { Resources } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  const lambdas = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const having = (variable: string) => {
    const found = lambdas.find(each => each.Properties.Environment?.Variables?.[variable] !== undefined);
    const asset = found?.Metadata?.['aws:asset:path'];
    if (found === undefined || asset === undefined)
      throw new Error(`${name} has no function with ${variable}.`);
    return {
      module: path.join(folder, asset, 'index.mjs'),
      variables: found.Properties.Environment?.Variables,
    };
  };
  const ingest = having(ENV.rejectedPercent);
  return {
    functions: {
      ingest: ingest.module,
      publish: having(ENV.siteBucket).module,
      node: nodeOfLambda(),
      execArgv: [],
    },
    settings: String(ingest.variables?.[ENV.settings]),
  };
}

function formatOf(source: unknown): string | undefined {
  return (source as { format?: string }).format;
}

function versionOf(node: string): string {
  return execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
}

function differencesOf(sources: Published, bundles: Published): string[] {
  const lines: string[] = [];
  for (const key of new Set([...sources.records.keys(), ...bundles.records.keys()])) {
    const [ours = {}, theirs = {}] = [sources.records.get(key), bundles.records.get(key)];
    for (const field of new Set([...Object.keys(ours), ...Object.keys(theirs)]))
      if (!isDeepStrictEqual(ours[field], theirs[field]))
        lines.push(`${key}: ${field}: sources ${shown(ours[field])}, bundles ${shown(theirs[field])}`);
  }
  for (const name of new Set([...sources.site.keys(), ...bundles.site.keys()])) {
    const [ours, theirs] = [sources.site.get(name), bundles.site.get(name)];
    if (ours === undefined || theirs === undefined)
      lines.push(`the site's ${name}: only of the ${ours ? 'sources' : 'bundles'}`);
    else if (!ours.equals(theirs)) lines.push(`the site's ${name} differs`);
  }
  return lines;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, MAX_VALUE_CHARS);
}
