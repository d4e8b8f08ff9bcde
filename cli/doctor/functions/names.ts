import type { Deployment } from '../../deployment/deployment.ts';

/** The names of the two functions. */
export function functionNames({ outputs }: Pick<Deployment, 'outputs'>): string[] {
  return [outputs.ingestFunction, outputs.publishFunction];
}
