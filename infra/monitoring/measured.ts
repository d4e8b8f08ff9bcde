import { Aws, type Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, METRICS, type MetricName, STACK_DIMENSION } from '../../shared/stack/metrics.ts';

/**
 * A metric that the functions of this stack emit.
 * @param props.value the value of the extra dimension of the metric, if it has one
 */
export function measured(
  name: MetricName,
  { value, ...props }: { statistic: string; period: Duration; label?: string; value?: string },
): cloudwatch.Metric {
  const { by } = METRICS[name];
  return new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: {
      [STACK_DIMENSION]: Aws.STACK_NAME,
      ...(by !== undefined && value !== undefined && { [by]: value }),
    },
    ...props,
  });
}
