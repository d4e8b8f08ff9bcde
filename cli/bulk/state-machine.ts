import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListMapRunsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import type { BulkStepEvent } from '../../shared/model/bulk-run.ts';

/** State of an execution of the state machine. */
export interface Execution {
  isRunning: boolean;
  /** Why it failed. */
  cause?: string | undefined;
}

/** The state machine of bulk runs. The caller closes it. */
export class StateMachine {
  readonly #client = makeClient(SFNClient, LIMITS.person);
  readonly #arn: string;

  /** @param arn ARN of the state machine, from the outputs of the stack */
  constructor(arn: string) {
    this.#arn = arn;
  }

  /**
   * Starts an execution with a first step.
   * @param name name of the execution, which is never used again
   * @returns ARN of the execution
   */
  async start(name: string, step: Omit<BulkStepEvent, 'copydesk' | 'execution'>): Promise<string> {
    const execution = `${this.#arn.replace(':stateMachine:', ':execution:')}:${name}`;
    const event: BulkStepEvent = { copydesk: 'bulk-step', ...step, execution };
    await this.#client.send(
      new StartExecutionCommand({ stateMachineArn: this.#arn, name, input: JSON.stringify(event) }),
    );
    return execution;
  }

  async stop(execution: string): Promise<void> {
    await this.#client.send(new StopExecutionCommand({ executionArn: execution }));
  }

  async describe(executionArn: string): Promise<Execution> {
    const { status, cause } = await this.#client.send(new DescribeExecutionCommand({ executionArn }));
    return { isRunning: status === 'RUNNING', cause };
  }

  /** The share of the present list that is done, from 0 to 1. */
  async shareOfList(executionArn: string): Promise<number> {
    // The newest run comes first.
    const { mapRuns = [] } = await this.#client.send(new ListMapRunsCommand({ executionArn }));
    const present = mapRuns.find(({ stopDate }) => stopDate === undefined);
    if (present?.mapRunArn === undefined) return 0;
    const { itemCounts } = await this.#client.send(
      new DescribeMapRunCommand({ mapRunArn: present.mapRunArn }),
    );
    const { total = 0, pending = 0, running = 0 } = itemCounts ?? {};
    return total === 0 ? 0 : (total - pending - running) / total;
  }

  close(): void {
    this.#client.destroy();
  }
}
