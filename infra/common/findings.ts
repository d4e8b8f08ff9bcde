import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges findings of cdk-nag's AwsSolutions pack about a construct.
 * @param reasons a reason for each rule, such as `S1`
 */
export function acknowledge(construct: IConstruct, reasons: Record<string, string>): void {
  for (const [rule, reason] of Object.entries(reasons))
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** The rule of cdk-nag for a wildcard resource in a policy: `IAM5[Resource::<LogicalId.Arn>/media/*]`. */
export function wildcardRule(scope: IConstruct, resource: string): string {
  return `IAM5[Resource::${flat(Stack.of(scope).resolve(resource))}]`;
}

/** Writes an ARN of the template in one line, as cdk-nag does. */
function flat(part: unknown): string {
  if (typeof part !== 'object' || part === null) return String(part);
  if ('Ref' in part) return `<${part.Ref}>`;
  if ('Fn::GetAtt' in part && Array.isArray(part['Fn::GetAtt'])) return `<${part['Fn::GetAtt'].join('.')}>`;
  if (!('Fn::Join' in part)) return JSON.stringify(part);
  const [delimiter, parts] = part['Fn::Join'] as [string, unknown[]];
  return parts.map(flat).join(delimiter);
}
