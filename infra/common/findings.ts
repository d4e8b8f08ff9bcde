import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Answers findings of cdk-nag's AwsSolutions pack beside the construct they are about: each by its rule, such as
 * `S1`, with a reason that a reviewer can judge.
 */
export function acknowledge(construct: IConstruct, reasons: Record<string, string>): void {
  for (const [rule, reason] of Object.entries(reasons))
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** What cdk-nag calls a resource with a wildcard in a policy: `IAM5[Resource::<LogicalId.Arn>/media/*]`. */
export function wildcardRule(scope: IConstruct, resource: string): string {
  return `IAM5[Resource::${flat(Stack.of(scope).resolve(resource))}]`;
}

/** An ARN as the template has it, in the one line into which cdk-nag makes it. */
function flat(part: unknown): string {
  if (typeof part !== 'object' || part === null) return String(part);
  if ('Ref' in part) return `<${part.Ref}>`;
  if ('Fn::GetAtt' in part && Array.isArray(part['Fn::GetAtt'])) return `<${part['Fn::GetAtt'].join('.')}>`;
  if (!('Fn::Join' in part)) return JSON.stringify(part);
  const [delimiter, parts] = part['Fn::Join'] as [string, unknown[]];
  return parts.map(flat).join(delimiter);
}
